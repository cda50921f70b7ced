"""The sheet of a workbook for a phone: all of the document once more, in the width of a small screen."""

from __future__ import annotations

from collections.abc import Iterable

from lotproof.documents.fields import PHONE
from lotproof.documents.nodes import (
    Block,
    Cell,
    Clause,
    Exhibit,
    Field,
    Heading,
    Line,
    Paragraph,
    Pictures,
    Readings,
    Signatures,
    Table,
)
from lotproof.writers.xlsx.book import Book
from lotproof.writers.xlsx.grid import PHONE_NOTE, Grid
from lotproof.writers.xlsx.texts import height, lines, said, to_sign

PHONE_CELLS = 4
"""Reading cells beside each other on a phone."""

_LABEL, _CELL = 13, 8
"""Widths of the columns, in characters."""


class Phone(Grid):
    """Everything once more in the width of a phone: a row of a table becomes lines, each with its heading before it."""

    kind = PHONE

    def __init__(self, book: Book, name: str) -> None:
        super().__init__(book, name, landscape=False)

    def write(self, blocks: Iterable[Block]) -> None:
        """Write all blocks of the document."""
        self.sheet.width(0, 0, _LABEL)
        self.sheet.width(1, PHONE_CELLS, _CELL)
        self.sheet.frozen_rows = 1
        self.book.repeat(self.sheet, 1)
        self.sheet.write(0, 0, self.book.title, "heading")
        self.row = 1
        self._line("", lines(self.book.document.labels.get(PHONE_NOTE, ())), "plain")
        for block in blocks:
            match block:
                case Heading():
                    self.sheet.write(self.row, 0, self.book.heading(block), "heading")
                    self.row += 1
                case Clause(words=words) | Paragraph(words=words) | Exhibit(words=words):
                    role = "warning" if isinstance(block, Paragraph) and block.role == "warning" else "plain"
                    self._line("", lines(words), role)
                case Table(title=title):
                    if title:
                        self._line("", lines(title), "plain")
                    headings = [lines(column.words) for column in block.columns] if block.headed else []
                    for row in block.rows:
                        self._row(headings, row.cells)
                case Signatures():
                    for words, name in block.parties:
                        self._line("", to_sign(words, name), "plain")
                case Pictures(pictures=pictures):
                    for picture in pictures:
                        self._line("", lines(picture.words), "plain")
        self.validate()

    def _row(self, headings: list[str], cells: tuple[Cell, ...]) -> None:
        """Write a row: each cell after the heading of its column; where the table has none, after the cell before it."""
        if headings:
            pairs = list(zip(headings, cells, strict=True))
            texts = [bool(cell) and all(isinstance(part, Line) for part in cell) for cell in cells]
            joined = 0 if not texts[0] else 2 if texts[1] and _short(cells[0]) and len(cells) > 2 else 1
            first = [line for cell in cells[:joined] for line in cell if isinstance(line, Line)]
            strong = [line for line in first if line.role == "strong"] or first
            if strong:
                self._line("", "  ".join(lines(line.words) for line in strong), "head")
            if rest := [lines(line.words) for line in first if line not in strong]:
                self._line("", "\n".join(rest), "cell")
            pairs = pairs[joined:]
        else:
            pairs = [(self.book.said(cells[i]), cells[i + 1]) for i in range(0, len(cells) - 1, 2)]
        for label, cell in pairs:
            if cell:
                self._pair(label, cell)
        if headings:
            self.row += 1

    def _pair(self, label: str, cell: Cell) -> None:
        text = self.book.said(cell)
        places = [p for p in cell if not isinstance(p, Line)]
        if text and not places:
            self._line(label, text, "cell")
        elif text:
            label = f"{label}\n{text}"
        for index, part in enumerate(places):
            if isinstance(part, Readings):
                self._readings(label, part)
            else:
                self._label(label if not index else lines(part.label), self.row, self.row)
                self.field(part, self.row, self.row, 1, PHONE_CELLS)
                self.row += 1

    def _readings(self, label: str, node: Readings) -> None:
        places = self.book.slots(node)
        rows = -(-len(places) // PHONE_CELLS)
        self._label(label, self.row, self.row + rows - 1)
        for place, content in enumerate(places):
            row, column = self.row + place // PHONE_CELLS, 1 + place % PHONE_CELLS
            if isinstance(content, Field):
                self.field(content, row, row, column, 1)
            else:
                self.sheet.write(row, column, content, "cell")
        self.row += rows

    def _label(self, label: str, row: int, last: int) -> None:
        self.sheet.merge(row, 0, last, 0, label, "strong")
        each = height(label, _LABEL) / (last - row + 1)
        for at in range(row, last + 1):
            self.sheet.height(at, max(22.0, 12.2 * each + 3))

    def _line(self, label: str, text: str, style: str) -> None:
        """Write a line of text, with its label before it where it has one."""
        first = 1 if label else 0
        if label:
            self.sheet.write(self.row, 0, label, "strong")
        width = _CELL * PHONE_CELLS + (0 if label else _LABEL)
        self.sheet.merge(self.row, first, self.row, PHONE_CELLS, text, style)
        tall = max(height(text, width), height(label, _LABEL))
        self.sheet.height(self.row, min(400.0, 12.2 * tall + 3))
        self.row += 1


def _short(cell: Cell) -> bool:
    """Say whether a cell is no more than a number, which stands before the next one's words."""
    return len(cell) == 1 and isinstance(cell[0], Line) and len(said(cell)) <= 6
