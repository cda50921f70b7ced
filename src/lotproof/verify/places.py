"""Where tables, cells and pages put their text: on the paper, or where nobody reads it."""

from __future__ import annotations

from lotproof.messages import say
from lotproof.readers.numbering import is_on
from lotproof.readers.xml import Attributes
from lotproof.verify.looks import FAR, measure, said, too_far
from lotproof.verify.model import Line, Mark
from lotproof.verify.unfinished import OpenParagraph

NARROW = 60
"""Twentieths of a point: what a cell must leave for its text, after its margins."""

_PAPER = (5_000, 34_000)
"""Sides of a page, in twentieths of a point: less than A6, more than A2."""

_WIDEST, _COLUMN = 8_500, 1_000
"""Twentieths of a point: a margin of 150 mm; a column of text of 18 mm."""

_CHARACTER, _LINE = 100, 180
"""Twentieths of a point: about what a narrow character takes in width, and a line of small text in height."""

_SIDES = {"w:left": "left", "w:start": "left", "w:right": "right", "w:end": "right"}
MARGINS = (*_SIDES, "w:top", "w:bottom")
"""Elements that are margins of cells where they stand in ``w:tcMar`` or ``w:tblCellMar``."""


class OpenTable:
    """A table while it is read."""

    __slots__ = ("grid", "margins", "style", "unseen")

    def __init__(self) -> None:
        self.style = self.unseen = ""
        self.grid: list[float] = []
        self.margins: dict[str, float] = {}

    def take(self, name: str, attributes: Attributes) -> None:
        """Take a property, or the width of a column."""
        match name:
            case "w:tblStyle":
                self.style = attributes.get("val", "")
            case "w:gridCol":
                self.grid.append(measure(attributes.get("w", ""), NARROW))
            case "w:tblInd" if too_far(attributes, ("w",)):
                self.unseen = say("text beside the page")
            case "w:tblpPr" if too_far(attributes, ("tblpX", "tblpY")):
                self.unseen = say("text beside the page")
            case _:
                pass

    def margin(self, side: str, attributes: Attributes) -> None:
        """Take a margin of its cells."""
        self.margins[_SIDES.get(side, side)] = measure(attributes.get("w", ""), 0)


class OpenRow:
    """A row of a table while it is read; ``outside`` is why the cell around its table is not seen."""

    __slots__ = (
        "_away",
        "_column",
        "_height",
        "_margins",
        "_span",
        "_width",
        "_widths",
        "cells",
        "fill",
        "inside",
        "marks",
        "table",
        "unseen",
    )

    def __init__(self, table: OpenTable, outside: str) -> None:
        self.cells: list[list[Line]] = []
        self.inside: list[OpenParagraph] = []
        self.marks: list[Mark] = []
        self.table = table
        self.fill = ""
        self.unseen = outside or table.unseen
        self._away: str | None = None
        self._column, self._span, self._width = 0, 0, float(FAR)
        self._height = 0.0
        self._margins: dict[str, float] = {}
        self._widths: list[float] = []

    def cell(self) -> None:
        """Begin a cell."""
        if self.cells:
            self._widths.append(self._room())
        self.cells.append([])
        self.fill = ""
        self._away = None
        self._column, self._span, self._width = self._column + self._span, 1, float(FAR)
        self._margins = {}

    def take(self, name: str, attributes: Attributes) -> None:
        """Take a property of the row, or of the cell that is read."""
        match name:
            case "w:hidden" if is_on(attributes.get("val", "1")):
                self.unseen = say("a hidden row")
            case "w:trHeight" if attributes.get("hRule") == "exact":
                self._height = measure(attributes.get("val", ""), NARROW)
                if self._height < NARROW:
                    self.unseen = say("a row without height")
            case "w:shd":
                self.fill = said(name, attributes)
            case "w:tcW" if attributes.get("type", "dxa") == "dxa":
                self._width = measure(attributes.get("w", ""), FAR)
            case "w:gridSpan" | "w:gridBefore":
                count = attributes.get("val", "")
                number = int(count) if count.isascii() and count.isdecimal() and len(count) < 4 else 1
                if name == "w:gridSpan":
                    self._span = number
                else:
                    self._column = number
            case _:
                pass

    def margin(self, side: str, attributes: Attributes) -> None:
        """Take a margin of the cell that is read."""
        self._margins[_SIDES.get(side, side)] = measure(attributes.get("w", ""), 0)

    def cut(self) -> str:
        """Return the text of the cell of which a fixed height shows less than half, by a rough measure; empty where there is none."""
        if not self._height:
            return ""
        for lines, room in zip(self.cells, (*self._widths, self._room()), strict=False):
            rows = sum(1 + _taken(line.text) // max(room, _CHARACTER) for line in lines)
            if rows * _LINE > 2 * max(self._height, _LINE):
                return " ".join(line.text for line in lines)
        return ""

    @property
    def away(self) -> str:
        """How the text of the cell that is read is kept from its reader; empty where it is not."""
        if self._away is None:
            self._away = self.unseen or self._narrow()
        return self._away

    def _narrow(self) -> str:
        margins = self.table.margins | self._margins
        if any(not 0 <= margin <= _WIDEST for margin in margins.values()):
            return say("text beside the page")
        return say("a cell without width") if self._width and self._room() < NARROW else ""

    def _room(self) -> float:
        """Return the width that the cell that is read leaves for its text."""
        margins = self.table.margins | self._margins
        columns = self.table.grid[self._column : self._column + self._span]
        width = min(self._width or FAR, sum(columns) if columns else FAR)
        return width - margins.get("left", 0) - margins.get("right", 0)


def _taken(text: str) -> int:
    """Return the width of a text, from its characters."""
    return _CHARACTER * (len(text) if text.isascii() else len(text) + sum(c > "\u2e7f" for c in text))


class OpenPage:
    """The properties of a section while they are read."""

    __slots__ = ("columns", "margins", "size", "why")

    def __init__(self) -> None:
        self.why = ""
        self.size, self.margins, self.columns = 0.0, 0.0, 1

    def take(self, name: str, attributes: Attributes) -> None:
        """Take the size of the pages, their margins, or the columns of text on them."""
        numbers = {key: measure(attributes[key], 0) for key in attributes if key not in ("orient", "code", "type")}
        match name:
            case "w:pgSz":
                self.size = numbers.get("w", 0)
                if any(not _PAPER[0] <= numbers[side] <= _PAPER[1] for side in ("w", "h") if side in numbers):
                    self.why = say("a page of another size than paper has")
            case "w:pgMar":
                self.margins = numbers.get("left", 0) + numbers.get("right", 0) + numbers.get("gutter", 0)
                if any(abs(number) > _WIDEST for number in numbers.values()):
                    self.why = say("a margin of more than 150 mm")
            case "w:cols":
                self.columns = max(1, min(int(numbers.get("num", 1)), 1000))

    def away(self) -> str:
        """Return how the pages keep their text from its reader; empty where they do not."""
        if self.size and (self.size - self.margins) / self.columns < _COLUMN:
            return self.why or say("columns of text that are too narrow to be read")
        return self.why
