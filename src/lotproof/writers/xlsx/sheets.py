"""The sheets of a workbook that an inspector fills in at a desk: a sheet for each part of the document."""

from __future__ import annotations

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
from lotproof.writers.xlsx.texts import height, lines, to_sign

READINGS_A_ROW = 10
"""Reading cells beside each other; a larger sample goes on in the rows below."""

_WIDTH = 130
"""Characters across a printed A4 page in landscape, at the sheet's font size."""


class Sheet(Grid):
    """One worksheet: columns are those of its widest table; reading cells take ten narrow columns at its right."""

    def __init__(self, book: Book, name: str, *, first: bool) -> None:
        super().__init__(book, name, landscape=True)
        self.first = first

    def write(self, blocks: list[Block]) -> None:
        tables = [b for b in blocks if isinstance(b, Table)]
        self.readings = next((at for t in tables if (at := self._reading_column(t)) is not None), None)
        self.columns = max((self._spread(t) for t in tables), default=1)
        widest = max(tables, key=self._spread, default=None)
        if widest is not None:
            self._widths(widest)
        if self.first:
            self.sheet.write(0, 0, self.book.title, "title")
            self.row = 1
            self._wide(lines(self.book.document.labels.get(PHONE_NOTE, ())), "plain")
            self.row += 1
        for block in blocks:
            self._block(block)
        self.validate()

    def _spread(self, table: Table) -> int:
        return len(table.columns) + (READINGS_A_ROW - 1 if self.readings is not None else 0)

    def _widths(self, table: Table) -> None:
        total = sum(c.width for c in table.columns)
        at = 0
        for index, column in enumerate(table.columns):
            if index == self.readings:
                self.sheet.width(at, at + READINGS_A_ROW - 1, 6)
                at += READINGS_A_ROW
            else:
                self.sheet.width(at, at, max(6, _WIDTH * column.width / total))
                at += 1

    @staticmethod
    def _reading_column(table: Table) -> int | None:
        return next(
            (i for row in table.rows for i, cell in enumerate(row.cells) if any(isinstance(p, Readings) for p in cell)),
            None,
        )

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self.sheet.write(self.row, 0, self.book.heading(block), "heading")
                self.row += 1
            case Clause(words=words) | Paragraph(words=words) | Exhibit(words=words):
                role = "warning" if isinstance(block, Paragraph) and block.role == "warning" else "plain"
                text = lines(words)
                self._wide(text, role)
            case Table():
                self._table(block)
                self.row += 1
            case Signatures():
                for role_words, name in block.parties:
                    self._wide(to_sign(role_words, name), "plain")
            case Pictures(pictures=pictures):
                for picture in pictures:
                    self._wide(lines(picture.words), "plain")

    def _wide(self, text: str, role: str) -> None:
        self.sheet.merge(self.row, 0, self.row, self.columns - 1, text, role)
        self.sheet.height(self.row, 12.5 * sum(1 + len(line) // 150 for line in text.split("\n")))
        self.row += 1

    def _table(self, table: Table) -> None:
        if table.title:
            self._wide(lines(table.title), "plain")
        readings = self.readings
        at, starts = 0, []
        for index in range(len(table.columns)):
            starts.append(at)
            at += READINGS_A_ROW if index == readings else 1
        spans = [READINGS_A_ROW if index == readings else 1 for index in range(len(table.columns))]
        if len(table.columns) < self.columns and readings is None:
            spans[-1] = self.columns - starts[-1]
        widths = [max(6.0, _WIDTH * c.width / sum(c.width for c in table.columns)) for c in table.columns]
        if table.headed:
            for start, span, column in zip(starts, spans, table.columns, strict=True):
                self.sheet.merge(self.row, start, self.row, start + span - 1, lines(column.words), "head")
            self.sheet.height(self.row, 12.5 * max((len(c.words) for c in table.columns), default=1) + 4)
            self.row += 1
        for row in table.rows:
            self._row(row.cells, starts, spans, widths)

    def _row(self, cells: tuple[Cell, ...], starts: list[int], spans: list[int], widths: list[float]) -> None:
        needed = max([self._needed(cell) for cell in cells], default=1)
        last = self.row + needed - 1
        tall = 1.0
        for start, span, cell, width in zip(starts, spans, cells, widths, strict=True):
            text = self.book.said(cell)
            only = cell[0] if len(cell) == 1 else None
            fields = readings = None
            if not isinstance(only, Line):  # as it is in most
                fields = [p for p in cell if isinstance(p, Field)]
                readings = next((p for p in cell if isinstance(p, Readings)), None)
            if readings is not None:
                self._readings(readings, start, last)
            elif fields and len(fields) > 1:
                self._stacked(fields, start, span, last)
            elif fields:
                lead = 3 if text and span > 3 else 0
                if lead:
                    self.sheet.merge(self.row, start, last, start + lead - 1, text, "cell")
                self.field(fields[0], self.row, last, start + lead, span - lead)
            else:
                strong = isinstance(only, Line) and only.role == "strong"
                self.sheet.merge(self.row, start, last, start + span - 1, text, "strong" if strong else "cell")
                tall = max(tall, height(text, max(1, int(width * 1.05))))
        for row in range(self.row, last + 1):
            self.sheet.height(row, min(400.0, max(15.0, 12.2 * tall / needed + 3)))
        self.row = last + 1

    def _stacked(self, fields: list[Field], start: int, span: int, last: int) -> None:
        """Write several fields of one cell under each other; the first one is what the column's heading says."""
        row = self.row
        for place, field in enumerate(fields):
            if place:
                self.sheet.merge(row, start, row, start + span - 1, lines(field.label), "cell")
                row += 1
            end = last if place == len(fields) - 1 else row
            self.field(field, row, end, start, span)
            row = end + 1

    def _readings(self, node: Readings, start: int, last: int) -> None:
        """Write the reading cells of a row; one whose label is no number has its label in the cell before it."""
        cells = self.book.slots(node)
        cells = cells + [""] * ((last - self.row + 1) * READINGS_A_ROW - len(cells))
        for place, content in enumerate(cells):
            row, column = self.row + place // READINGS_A_ROW, start + place % READINGS_A_ROW
            if isinstance(content, Field):
                self.field(content, row, row, column, 1)
            else:
                self.sheet.write(row, column, content, "cell")

    def _needed(self, cell: Cell) -> int:
        """Return how many rows a cell takes: readings beside each other, further fields under their labels."""
        if len(cell) == 1 and isinstance(cell[0], Line):  # as most are
            return 1
        readings = max((len(self.book.slots(p)) for p in cell if isinstance(p, Readings)), default=1)
        fields = sum(isinstance(p, Field) for p in cell)
        return max(-(-readings // READINGS_A_ROW), 2 * fields - 1)
