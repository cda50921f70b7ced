"""A workbook: its sheets in their order, the names of its fields, its parts."""

from __future__ import annotations

import re

from lotproof.documents.nodes import Cell, Document, Field, Heading, Readings
from lotproof.documents.numbering import numbers
from lotproof.writers.package import OFFICE, beside, opening, pack, relationships
from lotproof.writers.properties import core, custom
from lotproof.writers.xlsx.styles import styles
from lotproof.writers.xlsx.texts import all_languages, said, slots
from lotproof.writers.xlsx.worksheet import NAMESPACE, Strings, Worksheet, letters
from lotproof.writers.xml import DECLARATION, attribute, escape

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_NAME = 31
"""Characters of a sheet's name, at most."""


class Book:
    """The workbook of a document while it is written."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbers = numbers(document.blocks)
        self.title = f"{all_languages(document.title)} {document.number}"
        self._strings = Strings()
        self.sheets: list[Worksheet] = []
        self.places: dict[str, tuple[str, tuple[int, int]]] = {}
        """Sheet, row and column of each name."""
        self._repeated: dict[int, int] = {}
        self._slots: dict[int, list[Field | str]] = {}
        self._said: dict[int, str] = {}

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet; its name is cut and made different from the others where it must be."""
        clean = _NOT_IN_A_NAME.sub(" ", name).strip("' ")[:_NAME] or "Sheet"
        taken = {sheet.name.casefold() for sheet in self.sheets}
        wanted, number = clean, 1
        while wanted.casefold() in taken:
            number += 1
            wanted = f"{clean[: _NAME - 4]} {number}"
        sheet = Worksheet(wanted, self._strings)
        self.sheets.append(sheet)
        return sheet

    def name(self, name: str, sheet: Worksheet, row: int, column: int) -> None:
        """Give a cell a name of the whole workbook."""
        self.places[name] = sheet.name, (row, column)

    def slots(self, node: Readings) -> list[Field | str]:
        """Return the cells of some readings, which each sheet that has them asks for: :func:`lotproof.writers.xlsx.texts.slots`."""
        found = self._slots.get(id(node))  # the document holds it, so its place stays its own
        if found is None:
            found = self._slots[id(node)] = slots(node)
        return found

    def said(self, cell: Cell) -> str:
        """Return the text of a cell of a table, without its fields, which each sheet asks for: :func:`lotproof.writers.xlsx.texts.said`."""
        found = self._said.get(id(cell))
        if found is None:
            found = self._said[id(cell)] = said(cell)
        return found

    def repeat(self, sheet: Worksheet, rows: int) -> None:
        """Print the first rows of a sheet on each of its pages."""
        self._repeated[self.sheets.index(sheet)] = rows

    def heading(self, block: Heading) -> str:
        """Return a heading with its number, in all languages."""
        return f"{self.numbers[block.anchor]}  {all_languages(block.words)}"

    def pack(self) -> bytes:
        """Return the workbook's bytes."""
        document = self.document
        properties = {
            "lotproof.kind": document.kind,
            "lotproof.number": document.number,
            "lotproof.digest": document.digest,
        }
        sheets = {f"xl/worksheets/sheet{at}.xml": s for at, s in enumerate(self.sheets, 1)}
        parts = {
            **opening(
                "xl/workbook.xml",
                {
                    "/xl/workbook.xml": f"{_TYPE}sheet.main+xml",
                    "/xl/styles.xml": f"{_TYPE}styles+xml",
                    "/xl/sharedStrings.xml": f"{_TYPE}sharedStrings+xml",
                    **{f"/{part}": f"{_TYPE}worksheet+xml" for part in sheets},
                },
            ),
            **{part: beside(s.xml(selected=s is self.sheets[0])) for part, s in sheets.items()},
            "xl/workbook.xml": self._workbook(),
            "xl/_rels/workbook.xml.rels": relationships(
                (
                    *((f"rId{at}", "worksheet", part.removeprefix("xl/")) for at, part in enumerate(sheets, 1)),
                    (f"rId{len(sheets) + 1}", "styles", "styles.xml"),
                    (f"rId{len(sheets) + 2}", "sharedStrings", "sharedStrings.xml"),
                )
            ),
            "xl/sharedStrings.xml": beside(self._strings.xml()),
            "docProps/core.xml": core(self.title, document.date, document.languages[0]),
            "docProps/custom.xml": custom(properties),
        }
        return pack(parts, {"xl/styles.xml": styles()})

    def _workbook(self) -> str:
        sheets = "".join(
            f'<sheet name={attribute(s.name)} sheetId="{at}"{" state=" + chr(34) + "hidden" + chr(34) if s.hidden else ""} r:id="rId{at}"/>'
            for at, s in enumerate(self.sheets, 1)
        )
        titles_of = {s.name: escape(_quoted(s.name)) for s in self.sheets}
        named = sorted([(name.lower(), name) for name in self.places])
        places = [(name, *self.places[name]) for _, name in named]
        names = "".join(
            [  # a name is made of letters, digits, points and underscores: lotproof.documents.fields
                f'<definedName name="{name}">{titles_of[title]}!${letters(column)}${row + 1}</definedName>'
                for name, title, (row, column) in places
            ]
        )
        titles = "".join(
            f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">{escape(_quoted(self.sheets[at].name))}!$1:${rows}</definedName>'
            for at, rows in self._repeated.items()
        )
        return (
            f'{DECLARATION}<workbook xmlns="{NAMESPACE}" xmlns:r="{OFFICE.removesuffix("/")}"><bookViews><workbookView activeTab="0"/></bookViews>'
            f"<sheets>{sheets}</sheets><definedNames>{titles}{names}</definedNames></workbook>"
        )


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
