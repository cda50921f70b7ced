"""
A filled form in Excel: what stands in each field, on the sheets for a desk and on the one for a phone.

A field is found by the name of its cell, and by the printed row it stands in. A name moves along where rows are inserted, and does not
where they are sorted: where the two lead to different cells, what stands in them belongs to neither.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from lotproof.documents.fields import PHONE, field_name
from lotproof.documents.nodes import Document
from lotproof.findings import Finding, Refused, Severity, quoted
from lotproof.inspection.printed import names_of, places_of, squeezed
from lotproof.inspection.word import altered_text, written_elsewhere
from lotproof.messages import Message, say
from lotproof.readers.formats import hides_decimals
from lotproof.readers.package import Package, open_package
from lotproof.readers.workbook import At, Cell, Sheet, Workbook, cell_name
from lotproof.readers.xlsx import workbook_of
from lotproof.records.arriving import DAMAGED
from lotproof.records.model import Added, Altered, Fault, Rung
from lotproof.records.recording import Filled, Written
from lotproof.records.rows import SPARE_CARTONS, SPARE_DEFECTS
from lotproof.records.values import is_blank

DATA = "lotproof"
"""The hidden sheet that carries the order."""

MOST_STRAYS = 200
"""Cells outside of the fields that are told one by one."""

_UNREAD: Mapping[str, Message] = MappingProxyType(
    {
        "comments": say("the sheet has comments, which are not read"),
        "drawings": say("the sheet has pictures, text boxes or embedded files, which are not read"),
        "chart": say("this is a sheet without cells, which is not read"),
    }
)
_FAULTS: Mapping[str, Fault] = {
    "formula": Fault.CALCULATED,
    "error": Fault.AN_ERROR,
    "struck": Fault.STRUCK,
    "time": Fault.NO_DATE,
    "digits": Fault.NO_NUMBER,
}


def read_xlsx(package: Package) -> tuple[str, Callable[[Document], Filled]]:
    """
    Return the data that a workbook carries, and how its fields are read once the form is printed again.

    Raises:
        Refused: it carries no order (LP800), or is damaged or too large (LP501, LP503, LP505).
    """
    book = workbook_of(package)
    data = next((sheet for sheet in book.sheets if sheet.name == DATA), None)
    if data is None or not data.cells:
        raise Refused([_no_order(package.name)])
    texts = (str(cell.value) for at, cell in sorted(data.cells.items()) if at[1] == 0)

    def read(document: Document) -> Filled:
        from lotproof.writers.xlsx import write

        return _Aligned(book, workbook_of(open_package(write(document), package.name)), document).filled()

    return "".join(texts), read


class _Aligned:
    """The sheets of a file beside those that were printed."""

    def __init__(self, book: Workbook, printed: Workbook, document: Document) -> None:
        self.book, self.printed = book, printed
        self.sheets = {sheet.name: sheet for sheet in book.sheets}
        self.places = places_of(document)
        self.rows_of = names_of(document)
        self.written: list[Written] = []
        self.present: set[str] = set()
        self.findings: list[Finding] = []
        self.altered: list[Altered] = []
        self.added: list[Added] = []
        self.moved: dict[str, dict[int, int]] = {}
        self.used: set[tuple[str, At]] = set()
        self._texts = {sheet.name: _by_row(sheet) for sheet in printed.sheets if sheet.name != DATA}

    def filled(self) -> Filled:
        for sheet in self.printed.sheets:
            if sheet.name != DATA:
                self.moved[sheet.name] = self._rows(sheet)
        for kind in ("", PHONE):
            for tag in self.places:
                self._field(tag, kind)
        for sheet in self.printed.sheets:
            if sheet.name != DATA:
                self._compare(sheet)
        self._added()
        self._strays()
        self.findings += [altered_text(one) for one in self.altered]
        return Filled(
            written=tuple(self.written),
            present=frozenset(self.present),
            added=tuple(self.added),
            altered=tuple(self.altered),
            findings=tuple(self.findings),
        )

    # rows

    def _rows(self, printed: Sheet) -> dict[int, int]:
        """Return which row of the file each printed row of a sheet is, by what is printed in it."""
        sheet = self.sheets.get(printed.name)
        if sheet is None:
            return {}
        wanted: dict[tuple[tuple[int, str], ...], list[int]] = {}
        for row, cells in _by_row(printed).items():
            wanted.setdefault(tuple(sorted(cells.items())), []).append(row)
        patterns = sorted({tuple(column for column, _ in key) for key in wanted}, key=len, reverse=True)
        found: dict[tuple[tuple[int, str], ...], list[int]] = {}
        for row, cells in _by_row(sheet).items():
            for pattern in patterns:
                key = tuple((column, cells.get(column, "")) for column in pattern)
                if key in wanted:
                    found.setdefault(key, []).append(row)
                    break
        moved: dict[int, int] = {}
        for key, rows in wanted.items():
            there = found.get(key, [])
            if len(there) == len(rows):
                moved |= dict(zip(rows, there, strict=True))
            elif set(rows) <= set(there):
                moved |= {row: row for row in rows}
        return moved

    # fields

    def _field(self, tag: str, kind: str) -> None:
        """LP805: the name of a field and its printed row lead to different cells, and something stands in one of them."""
        name = field_name(tag, kind)
        origin = self.printed.names.get(name)
        if origin is None:
            return
        named = self.book.names.get(name)
        if named is not None and named[0] not in self.sheets:
            named = None
        placed = self._placed(*origin)
        targets = dict.fromkeys(place for place in (named, placed) if place is not None)
        if not targets:
            return
        self.present.add(tag)
        torn = len(targets) > 1
        for title, at in targets:
            self.used.add((title, at))
            cell = self.sheets[title].cells.get(at)
            if cell is None:
                continue
            text, fault = self._value(self.sheets[title], at, cell)
            if is_blank(text) and fault is None:
                continue
            where = self._where(title, at)
            if torn and self._is_printed(title, at, text):
                continue  # a name that was left behind by a sort points at printed text
            if torn:
                message = say(
                    "{text} stands in a cell that is named for {field} or lies in its row, but not both",
                    text=quoted(text),
                    field=tag,
                )
                hint = say(
                    "rows were sorted or moved: ask the inspector to which row it belongs; until then it is pending"
                )
                self._add("LP805", where, message, hint)
                fault = Fault.TWO_NAMES
            rung = Rung.NAME if named is not None else Rung.PLACE
            self.written.append(Written(tag=tag, text=text, where=where, rung=rung, fault=fault))

    def _placed(self, title: str, at: At) -> tuple[str, At] | None:
        """Return where the printed row of a field has gone; a row without text goes with the one above it."""
        moved = self.moved.get(title, {})
        row = at[0]
        texts = self._texts.get(title, {})
        while row >= 0 and row not in texts:
            row -= 1
        if row not in moved:
            return None
        return title, (moved[row] + at[0] - row, at[1])

    def _is_printed(self, title: str, at: At, text: str) -> bool:
        return squeezed(text) in {t for cells in self._texts.get(title, {}).values() for t in cells.values()}

    def _value(self, sheet: Sheet, at: At, cell: Cell) -> tuple[str, Fault | None]:
        """Return the text of a cell, and why it is no value."""
        value, fault = cell.value, _FAULTS.get(cell.fault or "")
        if sheet.is_hidden(at):
            fault = Fault.HIDDEN
        if isinstance(value, Decimal):
            if fault is None and (cell.shown.kind == "other" or hides_decimals(value, cell.shown)):
                fault = Fault.SHOWN_OTHERWISE
            return (f"{value * 100:f} %" if cell.shown.kind == "percent" else f"{value:f}"), fault
        if isinstance(value, datetime.date):
            return value.isoformat(), fault
        return str(value), fault

    # what was printed

    def _compare(self, printed: Sheet) -> None:
        """Note printed rows that stand there otherwise than they were printed, or not at all."""
        sheet = self.sheets.get(printed.name)
        moved = self.moved[printed.name]
        fields = self._fields_by_row(printed.name)
        name = printed.name
        for row, cells in self._texts[printed.name].items():
            name = next((self.rows_of[tag][1] for tag in fields.get(row, ())), name)
            if row in moved:
                continue
            wanted = "".join(text for _, text in sorted(cells.items()))
            found = "" if sheet is None else "".join(self._nearby(sheet, printed.name, row, cells))
            where = f"{self.book.name}: {quoted(printed.name, 31)[1:-1]}, row {row + 1}"
            if wanted != found:
                self.altered.append(Altered(row=name, printed=wanted, found=found, where=where))

    def _fields_by_row(self, title: str) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        kind = "" if any(self.printed.names.get(field_name(t), ("",))[0] == title for t in self.places) else PHONE
        for tag in self.places:
            origin = self.printed.names.get(field_name(tag, kind))
            if origin is not None and origin[0] == title:
                found.setdefault(origin[1][0], []).append(tag)
        return found

    def _nearby(self, sheet: Sheet, title: str, row: int, cells: Mapping[int, str]) -> Iterator[str]:
        """Yield what stands where a printed row should: beside the row before it that was found."""
        moved = self.moved[title]
        before = max((r for r in moved if r < row), default=None)
        place = row if before is None else moved[before] + row - before
        for column in sorted(cells):
            cell = sheet.cells.get((place, column))
            if cell is not None and (sheet.name, (place, column)) not in self.used:
                yield squeezed(str(cell.value))

    # what was not printed

    def _added(self) -> None:
        """Take rows that were added below the spare lines for defects, and for damaged cartons."""
        self._below("tally", f"unlisted.{SPARE_DEFECTS}", ("class", "defect", "measure", "found", "damaged", "photo"))
        self._below("damaged", f"damaged.{SPARE_CARTONS}", DAMAGED)

    def _below(self, table: str, line: str, keys: tuple[str, ...]) -> None:
        wanted = [key for key in keys if f"{line}.{key}" in self.places]
        last = [self.printed.names.get(field_name(f"{line}.{key}")) for key in wanted]
        if not last or any(one is None for one in last):
            return
        title = last[0][0]  # type: ignore[index]
        sheet = self.sheets.get(title)
        start = self._placed(*last[0])  # type: ignore[misc]
        if sheet is None or start is None:
            return
        columns = [one[1][1] for one in last if one is not None]
        known = set(self.moved[title].values())
        row = start[1][0] + 1
        while row not in known and any((row, column) in sheet.cells for column in columns):
            cells = []
            for column in columns:
                cell = sheet.cells.get((row, column))
                self.used.add((title, (row, column)))
                cells.append("" if cell is None else self._value(sheet, (row, column), cell)[0])
            self.added.append(Added(table=table, cells=tuple(cells), where=self._where(title, (row, 0))))
            row += 1

    def _strays(self) -> None:
        """LP811: cells that hold something, are no field, and were not printed."""
        told = 0
        for sheet in self.book.sheets:
            if sheet.name == DATA:
                continue
            printed = Counter(t for cells in self._texts.get(sheet.name, {}).values() for t in cells.values())
            altered = {text for one in self.altered for text in (one.found,)}
            for at, cell in sorted(sheet.cells.items()):
                text, _ = self._value(sheet, at, cell)
                plain = squeezed(text)
                if (sheet.name, at) in self.used or is_blank(text) or plain in printed or plain in altered:
                    continue
                told += 1
                if told <= MOST_STRAYS:
                    self.findings.append(written_elsewhere(self._where(sheet.name, at), text))
            for kind in sheet.unread:
                where = f"{self.book.name}: {quoted(sheet.name, 31)[1:-1]}"
                hint = say("look at them, and put what they say into the fields")
                self._add("LP811", where, _UNREAD[kind], hint)
        if told > MOST_STRAYS:
            message = say("{count:,} cells more stand where no field was printed", count=told - MOST_STRAYS)
            self._add("LP811", self.book.name, message, say("ask for the form filled in and otherwise unchanged"))

    def _where(self, title: str, at: At) -> str:
        return f"{self.book.name}: {quoted(title, 31)[1:-1]}!{cell_name(at)}"

    def _add(self, code: str, where: str, message: Message, hint: Message) -> None:
        self.findings.append(Finding(where=where, code=code, severity=Severity.OPEN, message=message, hint=hint))


def _by_row(sheet: Sheet) -> dict[int, dict[int, str]]:
    """Return the texts of a sheet by row and column, without white space."""
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if isinstance(cell.value, str):
            rows.setdefault(row, {})[column] = squeezed(cell.value)
    return rows


def _no_order(name: str) -> Finding:
    """LP800: a workbook without an order in it."""
    return Finding(
        where=name,
        code="LP800",
        message=say("this is no filled checklist: the workbook carries no order"),
        hint=say("give the checklist.xlsx that lotproof built, filled in and saved as .xlsx, with all of its sheets"),
    )
