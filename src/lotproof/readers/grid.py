"""The parts of a workbook as they are parsed: its sheets, its texts, its formats, and the cells of one sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Context, Decimal, Inexact, InvalidOperation
from functools import lru_cache
from types import MappingProxyType

from lotproof.findings import Refused
from lotproof.frozen import Frozen
from lotproof.messages import say
from lotproof.quantity import MAX_DIGITS
from lotproof.readers.formats import BUILT_IN, GENERAL, Format, day_of, format_of
from lotproof.readers.package import damaged, too_large
from lotproof.readers.scanning import Wanted, scan, told
from lotproof.readers.workbook import At, Cell, Fault
from lotproof.readers.xml import Attributes

MAX_TEXT = 32_767
"""Characters that a cell of Excel holds."""

_MAX_MERGED, _MAX_STYLES, _MAX_STRINGS, _MAX_HIDDEN, _MAX_NAMES = 20_000, 70_000, 2_000_000, 1_000_000, 100_000
_LAST = (1_048_575, 16_383)

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})\Z", re.ASCII)
_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{0,40})?(?:[eE][+-]?[0-9]{1,3})?\Z", re.ASCII)


class Shared(Frozen):
    """What the sheets of a workbook share: texts (and whether they are struck out), formats, epoch, how many cells are left."""

    strings: list[tuple[str, bool]]
    looks: list[tuple[Format, bool]]
    since_1904: bool
    left: int


class Book:
    """Takes ``xl/workbook.xml``: name, relationship and visibility of each sheet, from when days are counted, what names name."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.since_1904 = False
        self._names: dict[str, list[str]] = {}
        self._name: list[str] | None = None

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        """Take a sheet, or the properties of the workbook."""
        if name == "x:sheet":
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), attributes.get("id", ""), hidden))
        elif name == "x:workbookPr":
            self.since_1904 = _true(attributes.get("date1904"))
        elif name == "x:definedName" and "localSheetId" not in attributes and len(self._names) < _MAX_NAMES:
            self._name = self._names.setdefault(attributes.get("name", ""), [])

    def end(self, name: str, place: int) -> None:
        """Leave a name."""
        if name == "x:definedName":
            self._name = None

    def text(self, data: str, place: int) -> None:
        """Take what a name names."""
        if self._name is not None:
            self._name.append(data)

    def names(self) -> dict[str, tuple[str, At]]:
        """Return sheet and cell of each name that names one cell, or an area by its first."""
        found = {}
        for name, texts in self._names.items():
            sheet, _, area = "".join(texts).rpartition("!")
            at = cell_at(area.partition(":")[0])
            if sheet and at is not None:
                quoted_ = sheet.startswith("'") and sheet.endswith("'") and len(sheet) > 1
                found[name] = (sheet[1:-1].replace("''", "'") if quoted_ else sheet.lstrip("$"), at)
        return found


class _Text:
    """Collects one text of several runs; what is read out beside Chinese or Japanese signs is left out."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.struck = False
        self._reading = self._aside = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "x:rPh":
            self._aside = True
        elif name == "x:t" and not self._aside:
            self._reading = True
        elif name == "x:strike" and _true(attributes.get("val", "1")):
            self.struck = True

    def end(self, name: str) -> None:
        if name == "x:rPh":
            self._aside = False
        elif name == "x:t":
            self._reading = False

    def text(self, data: str) -> None:
        if self._reading:
            self.pieces.append(data)

    def whole(self) -> tuple[str, bool]:
        return unescaped("".join(self.pieces)), self.struck


class Strings:
    """Takes ``xl/sharedStrings.xml``: each text, and whether some of it is struck out."""

    def __init__(self) -> None:
        self.found: list[tuple[str, bool]] = []
        self._one = _Text()

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        """Begin a text, or a run of it."""
        if name == "x:si":
            self._one = _Text()
        self._one.start(name, attributes)

    def end(self, name: str, place: int) -> None:
        """Keep a whole text."""
        self._one.end(name)
        if name == "x:si" and len(self.found) < _MAX_STRINGS:
            self.found.append(self._one.whole())

    def text(self, data: str, place: int) -> None:
        """Take characters."""
        self._one.text(data)


class Styles:
    """Takes ``xl/styles.xml``: the number format of each style of a cell, and whether it strikes out."""

    def __init__(self) -> None:
        self._codes: dict[int, Format] = {}
        self._struck: list[bool] = []
        self._cells: list[tuple[int, int]] = []
        self._inside: list[str] = []

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        """Take a format, a font or a style."""
        self._inside.append(name)
        above = self._inside[-2] if len(self._inside) > 1 else ""
        if len(self._cells) + len(self._codes) + len(self._struck) > _MAX_STYLES:
            return
        if name == "x:numFmt" and above == "x:numFmts":
            self._codes[_whole(attributes.get("numFmtId"))] = format_of(attributes.get("formatCode", ""))
        elif name == "x:font" and above == "x:fonts":
            self._struck.append(False)
        elif name == "x:strike" and above == "x:font" and self._struck:
            self._struck[-1] = _true(attributes.get("val", "1"))
        elif name == "x:xf" and above == "x:cellXfs":
            self._cells.append((_whole(attributes.get("numFmtId")), _whole(attributes.get("fontId"))))

    def end(self, name: str, place: int) -> None:
        """Leave an element."""
        self._inside.pop()

    def text(self, data: str, place: int) -> None:
        """There is no text."""

    def looks(self) -> list[tuple[Format, bool]]:
        """Return format and strike-out of each style, by its index."""
        other = Format("other")
        return [
            (
                self._codes.get(number) or BUILT_IN.get(number, other),
                self._struck[font] if 0 <= font < len(self._struck) else False,
            )
            for number, font in self._cells
        ]


_CELL = r'c r="(\$?[A-Z]{1,3}[1-9][0-9]{0,6})"(?: s="([0-9]{1,9})")?(?: t="([a-zA-Z]+)")?(?:/>|><v>([^<]++)</v></c>)'
"""A cell as most are: empty, or with nothing but a value."""


class Grid:
    """Takes a sheet: its cells, and which rows and columns nobody sees."""

    def __init__(self, name: str, shared: Shared) -> None:
        self.cells: dict[At, Cell] = {}
        self.hidden = False
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self._name, self._shared = name, shared
        self._row, self._at, self._empty = -1, (0, -1), ""
        self._kind, self._style = "n", 0
        self._value: list[str] = []
        self._reading = self._formula = False
        self._inline: _Text | None = None

    def take(self, content: bytes, part: str) -> None:
        """
        Take a sheet.

        Raises:
            Refused: as :func:`lotproof.readers.scanning.scan`; or a cell stands twice, or lies outside of every sheet.
        """
        scan(content, self, WANTED[Grid], self._name, part, _CELL)

    def usual(self, found: tuple[str, ...]) -> None:
        """Take a cell as most are, by the groups of :data:`_CELL`."""
        reference, style, kind, value = found
        if not value:
            self._empty = reference
            return
        self._at = self._place(reference)
        self._kind, self._style = kind or "n", int(style or 0)
        self._value, self._formula, self._inline = [told(value)], False, None
        self._keep()

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        """Begin a row, a cell or a part of one, or take what is hidden or merged."""
        if self._inline is not None:
            self._inline.start(name, attributes)
        match name:
            case "x:row":
                self._row = _whole(attributes.get("r"), self._row + 2) - 1
                self._at, self._empty = (self._row, -1), ""
                if (_true(attributes.get("hidden")) or attributes.get("ht") == "0") and len(
                    self.hidden_rows
                ) < _MAX_HIDDEN:
                    self.hidden_rows.add(self._row)
            case "x:c":
                self._at = self._place(attributes.get("r"))
                self._kind, self._style = attributes.get("t", "n"), _whole(attributes.get("s"))
                self._value, self._formula, self._inline = [], False, None
            case "x:v":
                self._reading = True
            case "x:f":
                self._formula = True
            case "x:is":
                self._inline = _Text()
            case "x:sheetFormatPr":
                self.hidden = _true(attributes.get("zeroHeight"))
            case "x:col" if _true(attributes.get("hidden")) or attributes.get("width") == "0":
                self.hidden_columns.append((_whole(attributes.get("min")) - 1, _whole(attributes.get("max")) - 1))
            case "x:mergeCell" if len(self.merged) < _MAX_MERGED:
                first, _, last = attributes.get("ref", "").partition(":")
                self.merged.append((*self._place(first), *self._place(last or first)))

    def end(self, name: str, place: int) -> None:
        """Keep a cell that holds something."""
        if self._inline is not None:
            self._inline.end(name)
        if name == "x:v":
            self._reading = False
        elif name == "x:c":
            self._keep()

    def _keep(self) -> None:
        """Keep a cell that holds something."""
        cell = self._cell()
        if cell is not None:
            if len(self.cells) >= self._shared.left:
                raise Refused([too_large(self._name, say("it has more filled cells than any answers"))])
            if self._at in self.cells:
                raise Refused([damaged(self._name, say("a cell stands twice in a sheet"))])
            self.cells[self._at] = cell

    def text(self, data: str, place: int) -> None:
        """Take characters of a value."""
        if self._reading:
            self._value.append(data)
        elif self._inline is not None:
            self._inline.text(data)

    def _place(self, reference: str | None) -> At:
        if reference is None:
            before = cell_at(self._empty) or self._at
            at = (before[0], before[1] + 1)
        else:
            found = cell_at(reference)
            if found is None:
                raise Refused([damaged(self._name, say("a cell has no place"))])
            at = found
        self._empty = ""
        if at[0] > _LAST[0] or at[1] > _LAST[1]:
            raise Refused([damaged(self._name, say("a cell lies outside of every sheet"))])
        return at

    def _cell(self) -> Cell | None:
        """Return the cell that ends here; None for one that holds nothing."""
        raw = "".join(self._value)
        looks = self._shared.looks
        shown, struck = looks[self._style] if 0 <= self._style < len(looks) else (GENERAL, False)
        fault: Fault | None = "formula" if self._formula else "struck" if struck else None
        if self._inline is not None or self._kind in ("s", "str", "inlineStr"):
            text, crossed = self._text(raw)
            if not text.strip() and not self._formula:
                return None
            return Cell(value=text, shown=shown, fault=fault or ("struck" if crossed else None))
        if not raw.strip():
            return Cell(value="", shown=shown, fault=fault) if self._formula else None
        if self._kind == "b":
            return Cell(value=raw.strip() == "1", shown=shown, fault=fault)
        if self._kind == "e":
            return Cell(value=raw[:20], shown=shown, fault="error")
        if self._kind == "d":
            return Cell(value=raw[:40].removesuffix("T00:00:00"), shown=shown, fault=fault)
        return self._number(raw.strip(), shown, fault)

    def _number(self, raw: str, shown: Format, fault: Fault | None) -> Cell:
        number = exact(raw)
        if number is None:
            return Cell(value=raw[:40], shown=shown, fault=fault or "digits")
        if shown.kind == "date":
            day = day_of(number, since_1904=self._shared.since_1904)
            return Cell(
                value=number if day is None else day, shown=shown, fault=fault or ("time" if day is None else None)
            )
        return Cell(value=number, shown=shown, fault=fault)

    def _text(self, raw: str) -> tuple[str, bool]:
        if self._inline is not None:
            text, struck = self._inline.whole()
        elif self._kind == "s":
            index = _whole(raw.strip(), -1)
            if not 0 <= index < len(self._shared.strings):
                raise Refused([damaged(self._name, say("a cell refers to a text that is missing"))])
            text, struck = self._shared.strings[index]
        else:
            text, struck = unescaped(raw), False
        return text[: MAX_TEXT + 1], struck


WANTED: Mapping[type, Wanted] = MappingProxyType(
    {
        Book: Wanted(("x:sheet", "x:workbookPr"), ("x:definedName",)),
        Strings: Wanted(("x:si", "x:rPh", "x:strike"), ("x:t",)),
        Styles: Wanted(("x:numFmts", "x:numFmt", "x:fonts", "x:font", "x:strike", "x:cellXfs", "x:xf"), ()),
        Grid: Wanted(
            (
                *("x:row", "x:c", "x:f", "x:is", "x:sheetFormatPr", "x:col", "x:mergeCell"),
                *("x:rPh", "x:strike"),
            ),
            ("x:v", "x:t"),
        ),
    }
)
"""The elements that matter to each of them."""


def cell_at(reference: str) -> At | None:
    """Return row and column of a reference such as ``$B$7``; None for anything else."""
    match = _REFERENCE.match(reference)
    if match is None:
        return None
    return int(match[2]) - 1, _column(match[1])


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """Return the number of a column, from 0: ``A``, ``B`` … ``Z``, ``AA``."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def exact(raw: str) -> Decimal | None:
    """
    Return a number of a cell as it was typed: ``0.1`` for ``0.10000000000000001``, which is how a program may write it.

    None for what is no number, or has more digits than a cell can hold exactly.
    """
    if not _NUMBER.match(raw):
        return None
    context = Context(prec=MAX_DIGITS)
    try:
        number = context.create_decimal(raw)
    except InvalidOperation:
        return None
    if context.flags[Inexact] and float(number) != float(raw):
        return None
    if not -MAX_DIGITS <= number.adjusted() < MAX_DIGITS:
        return None if number else Decimal(0)
    return Decimal(f"{number.normalize():f}")


def unescaped(text: str) -> str:
    """Return a text of a cell with ``_x000D_`` and its like as the characters they stand for."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(_character, text).replace("\r\n", "\n")


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code < 0xE000 else chr(code)


def _true(value: str | None) -> bool:
    return value in ("1", "true", "on")


def _whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else otherwise
