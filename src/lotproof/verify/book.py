"""Workbooks as their readers see them: row by row, with the cells that can be filled in apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from lotproof.findings import Refused
from lotproof.messages import say
from lotproof.readers.grid import Book, Grid, Shared, Strings, Styles, cell_at
from lotproof.readers.package import Package, damaged, too_large
from lotproof.readers.relations import main_part, refuse_active, relations
from lotproof.readers.workbook import At, Cell, cell_name
from lotproof.readers.xlsx import MAX_CELLS, MAX_SHEETS
from lotproof.readers.xml import Attributes, Visitor, utf8, visit
from lotproof.verify.data import properties_of, saved_by
from lotproof.verify.model import FIELD, Comment, Control, Line, Mark, Seen, Unit

DATA_SHEET = "lotproof"
_PLACE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\s]+))!\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})\Z")
_CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&[BIUSEXY]')
_SMALL = Decimal(4)
_WHITE = say("white text")
_NARROW, _LOW = Decimal(1), Decimal(6)
"""Characters, and points: a column or a row of less is not read."""

_INDENT = 50
"""Characters by which a text may be moved in; the widest column of ours has 80."""

_MOST_RULES, _MOST_AREAS = 5_000, 500
"""Areas of a rule; areas of several cells, and of narrow columns, of a sheet: each is looked at for every cell."""


def read_book(package: Package) -> Seen:
    """
    Read a workbook.

    Raises:
        Refused: it is damaged or hostile (LP500 to LP507).
    """
    refuse_active(package)
    main = main_part(package)
    parts = {relation.id: relation for relation in relations(package, main)}
    by_kind = {r.kind: r.target for r in parts.values() if not r.external and r.target in package}
    book, strings, looks, styles = Book(), Strings(), _Looks(), Styles()
    _visit(package, main, book)
    if len(book.sheets) > MAX_SHEETS:
        raise Refused([too_large(package.name, say("{sheets:,} sheets", sheets=len(book.sheets)))])
    for kind, visitor in (("sharedStrings", strings), ("styles", looks), ("styles", styles)):
        if kind in by_kind:
            _visit(package, by_kind[kind], visitor)
    named, printed = _names(book), _print_areas(package, main)
    units: list[Unit] = []
    comments: list[Comment] = []
    protected: list[str] = []
    data: list[str] = []
    left = MAX_CELLS
    for title, identifier, hidden in book.sheets:
        relation = parts.get(identifier)
        if relation is None or relation.target not in package:
            raise Refused([damaged(package.name, say("a sheet is missing"))])
        sheet = _Sheet(package.name, Shared(strings.found, styles.looks(), book.since_1904, left))
        _visit(package, relation.target, sheet)
        left -= len(sheet.cells)
        if title == DATA_SHEET or str(getattr(sheet.cells.get((0, 0)), "value", "")).startswith('{"digest":'):
            data.append("".join(str(cell.value) for _, cell in sorted(sheet.cells.items())))
            continue
        if sheet.protected:
            protected.append(title)
        notes = _comments(package, relation.target, title)
        comments += [comment for _, comment in notes]
        units += _units(title, sheet, named.get(title, {}), looks, notes)
        if hidden or sheet.hidden:
            units.append(
                Unit(part=title, cells=(), marks=(Mark(kind="unseen", text=title, how=say("a hidden sheet")),))
            )
        beside = {r.kind for r in relations(package, relation.target)} & {
            "drawing",
            "oleObject",
            "package",
            "image",
            "hyperlink",
        }
        beside |= sheet.things | ({say("a print area")} if title in printed else set())
        if beside:
            units.append(Unit(part=title, cells=(), things=tuple(sorted(beside))))
        if sheet.footers:
            units.append(Unit(part="footer", cells=tuple((Line(number="", text=f),) for f in sheet.footers)))
    return Seen(
        format="xlsx",
        units=tuple(units),
        comments=tuple(comments),
        data=tuple(data),
        protection=tuple(protected),
        program=saved_by(package),
        stated=properties_of(package),
    )


def _units(
    title: str,
    sheet: _Sheet,
    names: Mapping[At, tuple[str, ...]],
    looks: _Looks,
    notes: list[tuple[At, Comment]],
) -> Iterator[Unit]:
    rows: dict[int, list[int]] = {}
    for row, column in sorted({*sheet.cells, *names, *(at for at, _ in notes)}):
        rows.setdefault(row, []).append(column)
    for row, columns in rows.items():
        cells: list[tuple[Line, ...]] = []
        marks: list[Mark] = []
        controls: list[Control] = []
        calculated: list[str] = []
        for column in columns:
            at = (row, column)
            cell = sheet.cells.get(at)
            text = _text(cell)
            why = _unseen(sheet, at, looks)
            if cell is not None and cell.fault == "formula":
                calculated.append(say("a formula") if at in names else say("a formula in {cell}", cell=cell_name(at)))
            for name in names.get(at, ()):
                offered = sheet.offered(at)
                controls.append(
                    Control(tag=name, title="", path="", kind="cell", value=text, prompt=False, choices=offered)
                )
            if at in names:
                if why:
                    marks.append(Mark(kind="unseen", text=text, how=why))
                cells.append((Line(number="", text=FIELD * len(names[at])),))
            elif text and (why or (cell is not None and cell.fault == "struck")):
                marks.append(Mark(kind="unseen" if why else "struck", text=text, how=why))
            elif text:
                cells.append((Line(number="", text=text.replace(FIELD, "<U+FFFC>")),))
        here = tuple(comment.id for at, comment in notes if at[0] == row)
        if cells or marks or here:
            yield Unit(
                part=title,
                cells=tuple(cells),
                controls=tuple(controls),
                marks=tuple(marks),
                calculated=tuple(calculated),
                comments=here,
            )


def _text(cell: Cell | None) -> str:
    if cell is None:
        return ""
    value = cell.value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    text = f"{value:f}" if isinstance(value, Decimal) else value if isinstance(value, str) else value.isoformat()
    return text.strip(" \t\n")


def _unseen(sheet: _Sheet, at: At, looks: _Looks) -> str:
    row, column = at
    if row in sheet.hidden_rows:
        return say("a hidden row")
    if any(first <= column <= last for first, last in sheet.hidden_columns):
        return say("a hidden column")
    if row in sheet.low:
        return say("a row without height")
    if any(first <= column <= last for first, last in sheet.narrow):
        return say("a column without width")
    return looks.unseen(sheet.styles.get(at, 0))


class _PrintAreas:
    """Takes ``xl/workbook.xml``: the sheets of which not all is printed."""

    def __init__(self) -> None:
        self.sheets: list[str] = []
        self.found: set[str] = set()

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        """Take a sheet or a name."""
        if name == "x:sheet":
            self.sheets.append(attributes.get("name", ""))
        elif name == "x:definedName" and attributes.get("name", "").lower() == "_xlnm.print_area":
            at = _index(attributes.get("localSheetId", "0"))
            self.found |= set(self.sheets[at : at + 1])

    def end(self, name: str, place: int) -> None:
        """Nothing ends."""

    def text(self, data: str, place: int) -> None:
        """The areas themselves do not matter: a workbook of ours has none."""


def _print_areas(package: Package, main: str) -> set[str]:
    areas = _PrintAreas()
    _visit(package, main, areas)
    return areas.found


def _names(book: Book) -> dict[str, dict[At, tuple[str, ...]]]:
    """Return the names of ours by sheet and cell."""
    found: dict[str, dict[At, tuple[str, ...]]] = {}
    for name, (sheet, at) in book.names().items():
        if name.startswith(("lp_", "lpn_")):
            cells = found.setdefault(sheet, {})
            cells[at] = (*cells.get(at, ()), name)
    return found


class _Sheet(Grid):
    """Takes a sheet: its cells, the style of each, protection and footers."""

    def __init__(self, name: str, shared: Shared) -> None:
        super().__init__(name, shared)
        self.styles: dict[At, int] = {}
        self.protected = False
        self.low: set[int] = set()
        self.narrow: list[tuple[int, int]] = []
        self.things: set[str] = set()
        self._areas: list[tuple[At, At, tuple[str, ...]]] = []
        """First and last cell of each area with a list of choices, and the choices; areas of one cell stand in the next."""
        self._single: dict[At, tuple[str, ...]] = {}
        self._rule: list[str] | None = None
        self._ruled = ""
        self.footers: list[str] = []
        self._footer: list[str] | None = None

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        """Begin an element."""
        super().start(name, attributes, place)
        if name == "x:sheetProtection":
            self.protected = attributes.get("sheet", "0") in ("1", "true", "on")
        elif name == "x:row" and _less(attributes.get("ht"), _LOW):
            self.low.add(self._row)
        elif name == "x:col" and len(self.narrow) < _MOST_AREAS and _less(attributes.get("width"), _NARROW):
            self.narrow.append((_index(attributes.get("min", "1")) - 1, _index(attributes.get("max", "1")) - 1))
        elif name.endswith(":conditionalFormatting"):
            self.things.add(say("conditional formatting"))
        elif name == "x:dataValidation":
            self._ruled = attributes.get("sqref", "") if attributes.get("type") == "list" else ""
        elif name == "x:formula1" and self._ruled:
            self._rule = []
        elif name in ("x:oddFooter", "x:oddHeader", "x:firstFooter", "x:firstHeader", "x:evenFooter", "x:evenHeader"):
            self._footer = []

    def end(self, name: str, place: int) -> None:
        """End an element."""
        if name == "x:c" and self._style and len(self.styles) < MAX_CELLS:
            self.styles[self._at] = self._style
        super().end(name, place)
        if name == "x:formula1" and self._rule is not None:
            self._offer("".join(self._rule))
            self._rule = None
        if self._footer is not None and name in (
            "x:oddFooter",
            "x:oddHeader",
            "x:firstFooter",
            "x:firstHeader",
            "x:evenFooter",
            "x:evenHeader",
        ):
            text = _CODES.sub("", "".join(self._footer)[:2000])
            if text.strip():
                self.footers.append(text)
            self._footer = None

    def text(self, data: str, place: int) -> None:
        """Take characters."""
        if self._footer is not None:
            self._footer.append(data)
        elif self._rule is not None:
            self._rule.append(data)
        else:
            super().text(data, place)

    def _offer(self, formula: str) -> None:
        """Take the choices of some areas: a list between quotes; what another formula offers cannot be seen here."""
        choices = tuple(c.strip() for c in formula.strip().strip('"').replace('""', '"').split(","))
        for area in self._ruled.split()[:_MOST_RULES]:
            first, _, last = area.partition(":")
            start, stop = cell_at(first), cell_at(last or first)
            if start is not None and start == stop:
                self._single[start] = choices
            elif start is not None and stop is not None and len(self._areas) < _MOST_AREAS:
                self._areas.append((start, stop, choices))

    def offered(self, at: At) -> tuple[str, ...]:
        """Return what may be chosen in a cell; nothing where it has no list of choices."""
        if at in self._single:
            return self._single[at]
        row, column = at
        for (top, left), (bottom, right), choices in self._areas:
            if top <= row <= bottom and left <= column <= right:
                return choices
        return ()


class _Looks:
    """Takes ``xl/styles.xml``: which styles of cells show nothing."""

    def __init__(self) -> None:
        self._fonts: list[str] = []
        self._filled: list[bool] = []
        self._codes: dict[str, bool] = {}
        self._why: list[str] = []
        self._inside: list[str] = []

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        """Take a font, a fill, a number format or a style."""
        self._inside.append(name)
        above = self._inside[-2] if len(self._inside) > 1 else ""
        if len(self._fonts) + len(self._filled) + len(self._why) > 200_000:
            return
        if name == "x:font" and above == "x:fonts":
            self._fonts.append("")
        elif name == "x:color" and above == "x:font" and self._fonts and self._inside[-3:-2] == ["x:fonts"]:
            if attributes.get("rgb", "").upper() in ("FFFFFFFF", "00FFFFFF") or attributes.get("theme") == "0":
                self._fonts[-1] = self._fonts[-1] or _WHITE
        elif name == "x:sz" and above == "x:font" and self._fonts:
            size = attributes.get("val", "11")
            if size.replace(".", "", 1).isdigit() and len(size) < 8 and Decimal(size) < _SMALL:
                self._fonts[-1] = say("text of {size} point", size=size)
        elif name == "x:fill" and above == "x:fills":
            self._filled.append(False)
        elif name == "x:patternFill" and self._filled:
            self._filled[-1] = attributes.get("patternType", "none") != "none"
        elif name == "x:numFmt" and above == "x:numFmts":
            code = attributes.get("formatCode", "")
            self._codes[attributes.get("numFmtId", "")] = code.count(";") >= 3 and not code.strip("; ")
        elif name == "x:xf" and above == "x:cellXfs":
            self._why.append(self._style(attributes))
        elif name == "x:alignment" and self._inside[-3:-1] == ["x:cellXfs", "x:xf"] and self._why:
            if not 0 <= _index(attributes.get("indent", "0")) <= _INDENT:
                self._why[-1] = self._why[-1] or say("text beside its cell")
            elif attributes.get("shrinkToFit", "0") in ("1", "true"):
                self._why[-1] = self._why[-1] or say("text that shrinks with its cell")

    def end(self, name: str, place: int) -> None:
        """Leave an element."""
        self._inside.pop()

    def text(self, data: str, place: int) -> None:
        """There is no text."""

    def unseen(self, style: int) -> str:
        """Return why nothing is seen of a cell with a style; empty where it is seen."""
        return self._why[style] if 0 <= style < len(self._why) else ""

    def _style(self, attributes: Attributes) -> str:
        font, fill = (_index(attributes.get(key, "0")) for key in ("fontId", "fillId"))
        if self._codes.get(attributes.get("numFmtId", ""), False):
            return say("a number format that shows nothing")
        why = self._fonts[font] if font < len(self._fonts) else ""
        return "" if why == _WHITE and fill < len(self._filled) and self._filled[fill] else why


class _Notes:
    """Takes the comments of a sheet."""

    def __init__(self, title: str) -> None:
        self.found: list[tuple[At, Comment]] = []
        self._title = title
        self._at: str | None = None
        self._texts: list[str] = []
        self._reading = False

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        """Begin a comment."""
        if name in ("x:comment", ":threadedComment"):
            self._at, self._texts = attributes.get("ref", ""), []
        self._reading = name in ("x:t", ":text")

    def end(self, name: str, place: int) -> None:
        """Keep a comment."""
        self._reading = False
        if name in ("x:comment", ":threadedComment") and self._at is not None and len(self.found) < 10_000:
            match = _PLACE.match(f"x!{self._at}")
            column = 0
            for letter in match[3] if match else "A":
                column = column * 26 + ord(letter) - 64
            at = (int(match[4]) - 1 if match else 0, column - 1)
            text = "".join(self._texts).strip()
            self.found.append((at, Comment(id=f"{self._title}!{self._at}", by="", text=text)))
            self._at = None

    def text(self, data: str, place: int) -> None:
        """Take characters."""
        if self._reading:
            self._texts.append(data)


def _comments(package: Package, part: str, title: str) -> list[tuple[At, Comment]]:
    notes = _Notes(title)
    for relation in relations(package, part):
        if relation.kind in ("comments", "threadedComment") and not relation.external and relation.target in package:
            _visit(package, relation.target, notes)
    return notes.found


def _visit(package: Package, part: str, visitor: Visitor) -> None:
    visit(utf8(package.read(part)), visitor, package.name, part)


def _less(text: str | None, least: Decimal) -> bool:
    """Say whether a measure is given and less than it may be."""
    if text is None or len(text) > 30:
        return text is not None
    return text.replace(".", "", 1).isdecimal() and Decimal(text) < least


def _index(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
