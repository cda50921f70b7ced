"""
Excel: a sheet for each part of the document, locked but for its fields.

Each heading of level 1 starts a sheet, checks apart, which share one; a last sheet holds all of it again in the width of a phone.
Every field is a cell of its own with a defined name, so that it is found again however the sheet was sorted, scrolled or saved.
"""

from __future__ import annotations

import datetime
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import xlsxwriter

from lotproof.documents.nodes import (
    Block,
    Cell,
    Clause,
    Document,
    Exhibit,
    Field,
    Heading,
    Line,
    Paragraph,
    Readings,
    Signatures,
    Table,
    Words,
)
from lotproof.documents.numbering import numbers
from lotproof.wording.inlines import plain

READINGS_A_ROW = 10
"""Reading cells beside each other; a larger sample goes on in the rows below."""

PHONE = "phone"
"""The label that names the sheet for a phone; a document whose labels lack it has no such sheet."""

PHONE_NOTE = "phone_note"
"""The label that says how the sheet for a phone and the other sheets go together."""

PHONE_CELLS = 4
"""Reading cells beside each other on a phone."""

_PHONE_LABEL, _PHONE_CELL = 13, 8
"""Widths of the columns of the sheet for a phone, in characters."""

_WIDTH = 130
"""Characters across a printed A4 page in landscape, at the sheet's font size."""

_ILLEGAL = re.compile(r"[^A-Za-z0-9_.]")
_WIDE = re.compile("[\u2e80-\uffff]")
_MOST = 32_000
"""Characters that a cell holds."""


def write(document: Document) -> bytes:
    """Return the document as a .xlsx workbook: no macro, no formula, no link; the same bytes for the same document."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    date = datetime.date.fromisoformat(document.date or "2000-01-01")
    book.set_properties(
        {
            "title": f"{_all(document.title)} {document.number}",
            "author": "lotproof",
            "created": datetime.datetime(date.year, date.month, date.day),
        }
    )
    for name, value in (
        ("lotproof.kind", document.kind),
        ("lotproof.number", document.number),
        ("lotproof.digest", document.digest),
    ):
        book.set_custom_property(name, value)
    _Book(book, document).write()
    book.close()
    return out.getvalue()


def field_name(tag: str, sheet: str = "") -> str:
    """
    Return the defined name of a field: ``lp_`` and its tag with other characters as underscores, and a checksum.

    Args:
        sheet: :data:`PHONE` for the field's cell on the sheet for a phone, whose name begins with ``lpn_``.
    """
    return f"{'lpn' if sheet == PHONE else 'lp'}_{_ILLEGAL.sub('_', tag)}_{zlib.crc32(tag.encode()):08x}"


def _all(words: Words) -> str:
    return " ".join(plain(inlines) for inlines in words)


def _to_sign(role: Words, name: Words) -> str:
    return f"{_all(role)} {_all(name)}".strip() + "  ____________________"


def _lines(words: Words, references: Any = None) -> str:
    return "\n".join(plain(inlines, references) for inlines in words)


class _Book:
    def __init__(self, book: Any, document: Document) -> None:
        self.book, self.document = book, document
        self.numbers = numbers(document.blocks)
        base = {"font_name": "Arial", "font_size": 9, "text_wrap": True, "valign": "top"}
        grid = {**base, "border": 1, "border_color": "#9AA5B1"}
        make = book.add_format
        self.formats = {
            "title": make({**base, "bold": True, "font_size": 14, "text_wrap": False}),
            "plain": make(base),
            "warning": make({**base, "bold": True, "font_color": "#9B1C1C"}),
            "heading": make({**base, "bold": True, "font_size": 11, "text_wrap": False}),
            "head": make({**grid, "bold": True, "bg_color": "#EDF1F5"}),
            "cell": make(grid),
            "strong": make({**grid, "bold": True}),
            "text": make({**grid, "locked": False, "bg_color": "#FFFDF0", "num_format": "@"}),
            "number": make({**grid, "locked": False, "bg_color": "#FFFDF0"}),
            "date": make({**grid, "locked": False, "bg_color": "#FFFDF0", "num_format": "yyyy-mm-dd"}),
            "choice": make({**grid, "locked": False, "bg_color": "#FFFDF0"}),
        }

    def write(self) -> None:
        for place, (name, blocks) in enumerate(self._sheets()):
            _Sheet(self, name, first=place == 0).write(blocks)
        if PHONE in self.document.labels:
            _Phone(self, plain(self.document.labels[PHONE][0])).write(self.document.blocks)
        data = self.book.add_worksheet("lotproof")
        data.hide()
        data.protect()
        text = self.document.data
        for row, start in enumerate(range(0, len(text), _MOST)):
            data.write_string(row, 0, text[start : start + _MOST])

    def _sheets(self) -> Iterator[tuple[str, list[Block]]]:
        """Yield each sheet's name and blocks."""
        name = ""
        blocks: list[Block] = []
        for block in self.document.blocks:
            if isinstance(block, Heading):
                checks = block.anchor in _CHECKS
                wanted = "Checks" if checks else _name(block, self.document)
                if name and wanted != name:
                    yield name, blocks
                    blocks = []
                name = wanted
            blocks.append(block)
        yield name or "Sheet", blocks

    def heading(self, block: Heading) -> str:
        return f"{self.numbers[block.anchor]}  {_all(block.words)}"


_CHECKS = frozenset(
    f"checklist.{s}"
    for s in (
        "documents",
        "quantity",
        "cartons",
        "packing",
        "unit",
        "measurement",
        "function",
        "laboratory",
        "destructive",
    )
)


def _name(block: Heading, document: Document) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", plain(block.words[0]))[:28]


_CELLS_A_RULE = 500
"""Cells that one rule of validation names at most."""

_VALIDATED: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "choice": {"validate": "list"},
        "date": {
            "validate": "date",
            "criteria": ">",
            "value": datetime.date(2000, 1, 1),
            "input_message": "2027-04-30",
        },
        "number": {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_type": "warning",
            "error_title": "0-9",
            "error_message": "0, 12.5, 300",
        },
    }
)
"""What may be typed into a field, by its kind."""


class _Grid:
    """A worksheet and the ways to write into it: text over some cells, a field, the head of the page."""

    kind = ""

    def __init__(self, book: _Book, name: str) -> None:
        self.book = book
        self.sheet = book.book.add_worksheet(name)
        self.name = name
        self.row = 0
        self.formats = book.formats
        self.validated: dict[tuple[str, str, tuple[str, ...]], list[tuple[int, int]]] = {}

    def _page(self) -> None:
        """Say how the sheet is printed and protected."""
        sheet = self.sheet
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.6, 0.6)
        number = self.book.document.number.replace("&", "&&")
        sheet.set_footer(f"&L{number}  {self.book.document.digest[:16]}&R&P / &N")
        sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})

    def _field(self, node: Field, row: int, last: int, start: int, span: int) -> None:
        style = self.formats[node.kind]
        if last > row or span > 1:
            self.sheet.merge_range(row, start, last, start + span - 1, "", style)
        else:
            self.sheet.write_blank(row, start, None, style)
        self.book.book.define_name(field_name(node.tag, self.kind), f"='{self.name}'!{_absolute(row, start)}")
        if node.kind in _VALIDATED:
            label = _all(node.label)[:32] if node.kind != "number" else ""
            choices = tuple(_all(words) for _, words in node.choices)
            self.validated.setdefault((node.kind, label, choices), []).append((row, start))

    def _validate(self) -> None:
        """Say once for all fields of a kind what may be typed into them; one rule for each field would cost most of the writing."""
        for (kind, label, choices), cells in self.validated.items():
            rule: dict[str, Any] = dict(_VALIDATED[kind])
            if label:
                rule["input_title"] = label
            if choices:
                rule["source"] = list(choices)
            for at in range(0, len(cells), _CELLS_A_RULE):
                some = cells[at : at + _CELLS_A_RULE]
                rule["multi_range"] = " ".join(_absolute(*cell).replace("$", "") for cell in some)
                self.sheet.data_validation(*some[0], *some[0], rule)

    def _merged(self, row: int, last: int, start: int, span: int, text: str, style: str) -> None:
        if last > row or span > 1:
            self.sheet.merge_range(row, start, last, start + span - 1, "", self.formats[style])
        if text:
            self.sheet.write_string(row, start, text[:_MOST], self.formats[style])
        else:
            self.sheet.write_blank(row, start, None, self.formats[style])


class _Sheet(_Grid):
    """One worksheet: columns are those of its widest table; reading cells take ten narrow columns at its right."""

    def __init__(self, book: _Book, name: str, *, first: bool) -> None:
        super().__init__(book, name)
        self.first = first

    def write(self, blocks: list[Block]) -> None:
        sheet = self.sheet
        tables = [b for b in blocks if isinstance(b, Table)]
        self.readings = next((at for t in tables if (at := self._reading_column(t)) is not None), None)
        self.columns = max((self._spread(t) for t in tables), default=1)
        widest = max(tables, key=self._spread, default=None)
        if widest is not None:
            self._widths(widest)
        sheet.set_landscape()
        self._page()
        if self.first:
            sheet.write_string(
                0, 0, f"{_all(self.book.document.title)} {self.book.document.number}", self.formats["title"]
            )
            self.row = 1
            self._wide(_lines(self.book.document.labels.get(PHONE_NOTE, ())), "plain")
            self.row += 1
        for block in blocks:
            self._block(block)
        self._validate()

    def _spread(self, table: Table) -> int:
        return len(table.columns) + (READINGS_A_ROW - 1 if self.readings is not None else 0)

    def _widths(self, table: Table) -> None:
        total = sum(c.width for c in table.columns)
        at = 0
        for index, column in enumerate(table.columns):
            if index == self.readings:
                self.sheet.set_column(at, at + READINGS_A_ROW - 1, 6)
                at += READINGS_A_ROW
            else:
                self.sheet.set_column(at, at, max(6, _WIDTH * column.width / total))
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
                self.sheet.write_string(self.row, 0, self.book.heading(block), self.formats["heading"])
                self.row += 1
            case Clause(words=words) | Paragraph(words=words) | Exhibit(words=words):
                role = "warning" if isinstance(block, Paragraph) and block.role == "warning" else "plain"
                text = _lines(words)
                self._wide(text, role)
            case Table():
                self._table(block)
                self.row += 1
            case Signatures():
                for role_words, name in block.parties:
                    self._wide(_to_sign(role_words, name), "plain")

    def _wide(self, text: str, role: str) -> None:
        if self.columns > 1:
            self.sheet.merge_range(self.row, 0, self.row, self.columns - 1, "", self.formats[role])
        self.sheet.write_string(self.row, 0, text[:_MOST], self.formats[role])
        self.sheet.set_row(self.row, 12.5 * sum(1 + len(line) // 150 for line in text.split("\n")))
        self.row += 1

    def _table(self, table: Table) -> None:
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
                self._merged(self.row, self.row, start, span, _lines(column.words), "head")
            self.sheet.set_row(self.row, 12.5 * max((len(c.words) for c in table.columns), default=1) + 4)
            self.row += 1
        for row in table.rows:
            self._row(row.cells, starts, spans, widths)

    def _row(self, cells: tuple[Cell, ...], starts: list[int], spans: list[int], widths: list[float]) -> None:
        lines = max((_lines_needed(cell) for cell in cells), default=1)
        last = self.row + lines - 1
        height = 1.0
        for start, span, cell, width in zip(starts, spans, cells, widths, strict=True):
            fields = [p for p in cell if isinstance(p, Field)]
            readings = next((p for p in cell if isinstance(p, Readings)), None)
            text = "\n".join(_lines(p.words) for p in cell if isinstance(p, Line))
            if readings is not None:
                self._readings(readings, start, last)
            elif len(fields) > 1:
                self._stacked(fields, start, span, last)
            elif fields:
                lead = 3 if text and span > 3 else 0
                if lead:
                    self._merged(self.row, last, start, lead, text, "cell")
                self._field(fields[0], self.row, last, start + lead, span - lead)
            else:
                strong = bool(cell) and isinstance(cell[0], Line) and cell[0].role == "strong" and len(cell) == 1
                self._merged(self.row, last, start, span, text, "strong" if strong else "cell")
                height = max(height, sum(1 + _columns(line) // max(1, int(width * 1.05)) for line in text.split("\n")))
        for row in range(self.row, last + 1):
            self.sheet.set_row(row, min(400.0, max(15.0, 12.2 * height / lines + 3)))
        self.row = last + 1

    def _stacked(self, fields: list[Field], start: int, span: int, last: int) -> None:
        """Write several fields of one cell under each other; the first one is what the column's heading says."""
        row = self.row
        for place, field in enumerate(fields):
            if place:
                self._merged(row, row, start, span, _lines(field.label), "cell")
                row += 1
            end = last if place == len(fields) - 1 else row
            self._field(field, row, end, start, span)
            row = end + 1

    def _readings(self, node: Readings, start: int, last: int) -> None:
        """Write the reading cells of a row; one whose label is no number has its label in the cell before it."""
        cells = _slots(node)
        cells += [""] * ((last - self.row + 1) * READINGS_A_ROW - len(cells))
        for place, content in enumerate(cells):
            row, column = self.row + place // READINGS_A_ROW, start + place % READINGS_A_ROW
            if isinstance(content, Field):
                self._field(content, row, row, column, 1)
            else:
                self._merged(row, row, column, 1, content, "cell")


class _Phone(_Grid):
    """Everything once more in the width of a phone: a row of a table becomes lines, each with its heading before it."""

    kind = PHONE

    def write(self, blocks: Iterable[Block]) -> None:
        self.sheet.set_column(0, 0, _PHONE_LABEL)
        self.sheet.set_column(1, PHONE_CELLS, _PHONE_CELL)
        self.sheet.freeze_panes(1, 0)
        self._page()
        self.sheet.repeat_rows(0)
        self.sheet.write_string(
            0, 0, f"{_all(self.book.document.title)} {self.book.document.number}", self.formats["heading"]
        )
        self.row = 1
        self._line("", _lines(self.book.document.labels.get(PHONE_NOTE, ())), "plain")
        for block in blocks:
            match block:
                case Heading():
                    self.sheet.write_string(self.row, 0, self.book.heading(block), self.formats["heading"])
                    self.row += 1
                case Clause(words=words) | Paragraph(words=words) | Exhibit(words=words):
                    role = "warning" if isinstance(block, Paragraph) and block.role == "warning" else "plain"
                    self._line("", _lines(words), role)
                case Table():
                    for row in block.rows:
                        self._row(block, row.cells)
                case Signatures():
                    for words, name in block.parties:
                        self._line("", _to_sign(words, name), "plain")
        self._validate()

    def _row(self, table: Table, cells: tuple[Cell, ...]) -> None:
        """Write a row: each cell after the heading of its column; where the table has none, after the cell before it."""
        if table.headed:
            pairs = [(_lines(column.words), cell) for column, cell in zip(table.columns, cells, strict=True)]
            said = [bool(cell) and all(isinstance(part, Line) for part in cell) for cell in cells]
            joined = 0 if not said[0] else 2 if said[1] and _short(cells[0]) and len(cells) > 2 else 1
            first = [line for cell in cells[:joined] for line in cell if isinstance(line, Line)]
            strong = [line for line in first if line.role == "strong"] or first
            if strong:
                self._line("", "  ".join(_lines(line.words) for line in strong), "head")
            if rest := [_lines(line.words) for line in first if line not in strong]:
                self._line("", "\n".join(rest), "cell")
            pairs = pairs[joined:]
        else:
            pairs = [(_said(cells[i]), cells[i + 1]) for i in range(0, len(cells) - 1, 2)]
        for label, cell in pairs:
            if cell:
                self._pair(label, cell)
        if table.headed:
            self.row += 1

    def _pair(self, label: str, cell: Cell) -> None:
        text = "\n".join(_lines(p.words) for p in cell if isinstance(p, Line))
        places = [p for p in cell if not isinstance(p, Line)]
        if text and not places:
            self._line(label, text, "cell")
        elif text:
            label = f"{label}\n{text}"
        for index, part in enumerate(places):
            if isinstance(part, Readings):
                self._readings(label, part)
            else:
                self._label(label if not index else _lines(part.label), self.row, self.row)
                self._field(part, self.row, self.row, 1, PHONE_CELLS)
                self.row += 1

    def _readings(self, label: str, node: Readings) -> None:
        slots = _slots(node)
        rows = -(-len(slots) // PHONE_CELLS)
        self._label(label, self.row, self.row + rows - 1)
        for place, content in enumerate(slots):
            row, column = self.row + place // PHONE_CELLS, 1 + place % PHONE_CELLS
            if isinstance(content, Field):
                self._field(content, row, row, column, 1)
            else:
                self._merged(row, row, column, 1, content, "cell")
        self.row += rows

    def _label(self, label: str, row: int, last: int) -> None:
        self._merged(row, last, 0, 1, label, "strong")
        lines = _height(label, _PHONE_LABEL) / (last - row + 1)
        for at in range(row, last + 1):
            self.sheet.set_row(at, max(22.0, 12.2 * lines + 3))

    def _line(self, label: str, text: str, style: str) -> None:
        """Write a line of text, with its label before it where it has one."""
        first = 1 if label else 0
        if label:
            self._merged(self.row, self.row, 0, 1, label, "strong")
        width = _PHONE_CELL * PHONE_CELLS + (0 if label else _PHONE_LABEL)
        self._merged(self.row, self.row, first, PHONE_CELLS + 1 - first, text, style)
        height = max(_height(text, width), _height(label, _PHONE_LABEL))
        self.sheet.set_row(self.row, min(400.0, 12.2 * height + 3))
        self.row += 1


def _said(cell: Cell) -> str:
    return "\n".join(_lines(p.words) for p in cell if isinstance(p, Line))


def _short(cell: Cell) -> bool:
    """Say whether a cell is no more than a number, which stands before the next one's words."""
    return len(cell) == 1 and isinstance(cell[0], Line) and len(_said(cell)) <= 6


def _height(text: str, width: int) -> int:
    """Return how many lines a text takes in a column of so many characters."""
    return sum(1 + _columns(line) // width for line in text.split("\n"))


def _slots(node: Readings) -> list[Field | str]:
    """Return the cells of some readings, in order: a field whose label is not its number has its label before it."""
    slots: list[Field | str] = []
    for index, one in enumerate(node.fields, 1):
        label = _lines(one.label)
        slots += [one] if label == str(index) else [label, one]
    return slots


def _lines_needed(cell: Cell) -> int:
    """Return how many rows of a sheet a cell takes: readings beside each other, further fields under their labels."""
    readings = max((len(_slots(p)) for p in cell if isinstance(p, Readings)), default=1)
    fields = sum(isinstance(p, Field) for p in cell)
    return max(-(-readings // READINGS_A_ROW), 2 * fields - 1)


def _columns(line: str) -> int:
    return len(line) if line.isascii() else len(line) + len(_WIDE.findall(line))


def _absolute(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"${letters}${row + 1}"
