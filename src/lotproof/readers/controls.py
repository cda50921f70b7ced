"""The tables of a Word document with the content controls in their cells, taken in as a stream."""

from __future__ import annotations

from dataclasses import dataclass, field

from lotproof.findings import Refused
from lotproof.messages import say
from lotproof.readers.numbering import is_on
from lotproof.readers.package import Package, too_large
from lotproof.readers.relations import main_part
from lotproof.readers.xml import Attributes, utf8, visit
from lotproof.records.model import Fault

MAX_CELLS = 100_000
"""Cells and controls of a document: a form of 300 rows and 200 units has some 20,000."""

_TAKEN = frozenset(
    f"w:{name}"
    for name in (
        *("t", "r", "tbl", "tr", "tc", "sdt", "del", "moveFrom", "rt", "tag", "alias", "showingPlcHdr", "tblCaption"),
        *("strike", "dstrike", "vanish", "tab", "ptab", "br", "cr", "noBreakHyphen"),
    )
) | {"mc:AlternateContent", "mc:Choice", "mc:Fallback"}
"""Elements that say something; the others are walked past."""

_WHITE = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}


@dataclass(slots=True, eq=False)
class Control:
    """A content control: its tag, its title, whether it shows a prompt, its text, and why that cannot be taken."""

    tag: str = ""
    title: str = ""
    prompt: bool = False
    texts: list[str] = field(default_factory=list)
    fault: Fault | None = None

    @property
    def text(self) -> str:
        """What a reader sees in it."""
        return "".join(self.texts).strip("\n")


@dataclass(slots=True, eq=False)
class FileCell:
    """A cell: texts and controls in their order."""

    parts: list[str | Control] = field(default_factory=list)

    @property
    def controls(self) -> list[Control]:
        return [part for part in self.parts if isinstance(part, Control)]

    @property
    def fixed(self) -> str:
        """The text around the controls."""
        return "".join(part for part in self.parts if isinstance(part, str))

    @property
    def whole(self) -> str:
        """All of its text."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


@dataclass(slots=True, eq=False)
class FileTable:
    """A table: its caption, and its rows, each a list of cells."""

    caption: str = ""
    rows: list[list[FileCell]] = field(default_factory=list)


def tables_of(package: Package) -> Tables:
    """
    Return the tables of a Word document.

    Raises:
        Refused: it names no main part, or that is damaged or too large (LP501, LP503, LP505).
    """
    main = main_part(package)
    tables = Tables(package.name)
    visit(utf8(package.read(main)), tables, package.name, main)
    return tables


class Tables:
    """
    Takes the main part; see :func:`lotproof.readers.xml.visit`. What lies in a table within a table belongs to the outer cell.

    Attributes:
        tables: in their order.
        loose: controls that stand in no table.
    """

    def __init__(self, name: str) -> None:
        self.tables: list[FileTable] = []
        self.loose: list[Control] = []
        self._name = name
        self._depth = self._skipped = self._cells = 0
        self._names: list[str] = []
        self._open: list[Control] = []
        self._choices: list[bool] = []
        self._cell: FileCell | None = None
        self._reading = False
        self._fault: Fault | None = None

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        """Begin a table, a row, a cell, a control, or a run."""
        self._names.append(name)
        if self._skipped:
            self._skipped += 1
            return
        if name not in _TAKEN:
            return
        match name:
            case "w:t":
                self._reading = True
            case "w:r":
                self._fault = None
            case "w:tbl":
                self._depth += 1
                if self._depth == 1:
                    self.tables.append(FileTable())
            case "w:tr" if self._depth == 1:
                self.tables[-1].rows.append([])
            case "w:tc" if self._depth == 1:
                self._cell = FileCell()
                self._count()
                if self.tables[-1].rows:
                    self.tables[-1].rows[-1].append(self._cell)
            case "w:sdt":
                self._open.append(Control())
                self._count()
            case "w:del" | "w:moveFrom" | "w:rt":
                self._skipped = 1
            case "mc:AlternateContent":
                self._choices.append(False)
            case "mc:Choice" | "mc:Fallback" if self._choices:
                if self._choices[-1]:
                    self._skipped = 1
                self._choices[-1] = True
            case _:
                self._property(name, attributes)

    def end(self, name: str, place: int) -> None:
        """Leave what was begun."""
        self._names.pop()
        if self._skipped:
            self._skipped -= 1
            return
        match name:
            case "w:t":
                self._reading = False
            case "w:p":
                self._add("\n")
            case "w:tc" if self._depth == 1:
                self._cell = None
            case "w:tbl":
                self._depth -= 1
            case "w:sdt" if self._open:
                self._close()
            case "mc:AlternateContent" if self._choices:
                self._choices.pop()

    def text(self, data: str, place: int) -> None:
        """Take characters."""
        if self._reading and not self._skipped:
            self._add(data)

    def _property(self, name: str, attributes: Attributes) -> None:
        inside = self._names[-2] if len(self._names) > 1 else ""
        if inside == "w:sdtPr" and self._open:
            value = attributes.get("val", "")
            if name == "w:tag":
                self._open[-1].tag = value
            elif name == "w:alias":
                self._open[-1].title = value
            elif name == "w:showingPlcHdr":
                self._open[-1].prompt = is_on(attributes.get("val", "1"))
        elif inside == "w:rPr" and self._names[-3:-2] == ["w:r"]:
            if name in ("w:strike", "w:dstrike") and is_on(attributes.get("val", "1")):
                self._fault = Fault.STRUCK
            elif name == "w:vanish" and is_on(attributes.get("val", "1")):
                self._fault = Fault.HIDDEN
        elif name == "w:tblCaption" and self._depth == 1:
            self.tables[-1].caption = attributes.get("val", "")
        elif inside == "w:r" and name in _WHITE:
            self._add(_WHITE[name])

    def _add(self, text: str) -> None:
        if self._open:
            control = self._open[0]
            control.texts.append(text)
            if self._fault is not None and text.strip():
                control.fault = self._fault
        elif self._cell is not None:
            self._cell.parts.append(text)

    def _close(self) -> None:
        """Put a control into its cell; one within another belongs to the outer one, which takes its name where it has none."""
        control = self._open.pop()
        if self._open:
            outer = self._open[0]
            outer.tag = outer.tag or control.tag
            outer.title = outer.title or control.title
            outer.prompt = outer.prompt or control.prompt
            return
        cell = self._cell
        if cell is None and self._depth and self.tables[-1].rows and self.tables[-1].rows[-1]:
            cell = self.tables[-1].rows[-1][-1]
        if cell is None:
            self.loose.append(control)
        else:
            cell.parts.append(control)

    def _count(self) -> None:
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise Refused([too_large(self._name, say("more than {most:,} cells and fields", most=MAX_CELLS))])
