"""
A workbook of questions that somebody has filled in: each answer at its key, and everything that is none.

The layout is that of :mod:`lotproof.questions.forms`; rows may have been moved, sorted or left out. Nothing is dropped in silence: a
filled cell that belongs to no question is a finding, and so is an answer that a person does not see.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from lotproof.findings import Finding, Severity, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.questions.forms import LABELS
from lotproof.readers.formats import hides_decimals
from lotproof.readers.workbook import At, Cell, Sheet, Workbook, cell_name

CHOICES = "Choices"
"""The sheet of the lists to choose from; nothing is answered on it."""

_ROLES: Mapping[str, str] = {text: f"@{name}" for name, texts in LABELS.items() for text in texts.values()}
_PRINTED = frozenset({"@topic", "@question", "@other", "@help"})
"""Columns of our own words."""

_KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.zh)?\Z")


class Filled(Frozen, kw_only=True):
    """
    A row that begins with a key.

    Attributes:
        key: as it stands in the cell.
        cells: what is filled in, by the column: the key of a question, or ``@`` and a name of :data:`LABELS`.
        places: sheet and cell of each of them, and of the key, as findings show it.
    """

    key: str
    cells: Mapping[str, Cell]
    places: Mapping[str, str]


class Rows:
    """
    Reads the rows of a workbook.

    Attributes:
        findings: what was found on the way.
    """

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.findings: list[Finding] = []

    def read(self) -> Iterator[Filled]:
        """Yield every row that has a key, in the order of the sheets."""
        for sheet in self.book.sheets:
            self._unread(sheet)
            if sheet.name != CHOICES:
                yield from self._sheet(sheet)

    def add(self, where: str, code: str, message: Message, hint: Message, severity: Severity = Severity.REFUSE) -> None:
        """Add a finding."""
        self.findings.append(Finding(where=where, code=code, severity=severity, message=message, hint=hint))

    def place(self, sheet: Sheet, at: At) -> str:
        """Return sheet and cell as findings show them."""
        return f"{self.book.name}: {quoted(sheet.name, 31)[1:-1]}!{cell_name(at)}"

    def value(self, cell: Cell, where: str) -> Cell | None:
        """Return a cell whose value may be taken; None after reporting why it may not (LP184)."""
        why: tuple[Message, Message] | None = None
        if cell.fault is not None:
            why = _FAULTS[cell.fault]
        elif isinstance(cell.value, Decimal) and cell.shown.kind == "other":
            why = (say("its format shows the number otherwise than it is stored"), say("format the cell as General"))
        elif isinstance(cell.value, Decimal) and hides_decimals(cell.value, cell.shown):
            why = (
                say("it holds {value} and shows fewer decimals", value=cell.value),
                say("type the number that is meant"),
            )
        if why is None:
            return cell
        self.add(where, "LP184", say("this cell cannot be taken as an answer: {why}", why=why[0]), why[1])
        return None

    def stray(self, where: str, cell: Cell, hint: Message | None = None) -> None:
        """LP183: a filled cell that belongs to no question."""
        shown = cell.value.isoformat() if isinstance(cell.value, datetime.date) else f"{cell.value}"
        hint = hint or say("move it into an answer cell beside its question, or empty the cell")
        self.add(where, "LP183", say("{shown} belongs to no question", shown=quoted(shown)), hint)

    def _unread(self, sheet: Sheet) -> None:
        for kind in sheet.unread:
            message, hint = _UNREAD[kind]
            where = f"{self.book.name}: {quoted(sheet.name, 31)[1:-1]}"
            self.add(where, "LP188", message, hint, Severity.NOTE)
        if sheet.hidden and not sheet.cells:
            return
        if sheet.hidden:
            message, hint = (
                say("the sheet is hidden"),
                say("show the sheet (right click on a tab, Unhide), and look at it"),
            )
            self.add(f"{self.book.name}: {quoted(sheet.name, 31)[1:-1]}", "LP185", message, hint, Severity.NOTE)

    def _sheet(self, sheet: Sheet) -> Iterator[Filled]:
        heads = _heads(sheet)
        if not heads:
            if sheet.cells:
                first = min(sheet.cells)
                shown: Message = quoted(sheet.cells[first].value)
                if len(sheet.cells) > 1:
                    shown = say("{cell} (and {count} cells more)", cell=shown, count=len(sheet.cells) - 1)
                hint = say(
                    "this sheet has no column of keys: put the answers beside their questions, and remove the sheet"
                )
                where = self.place(sheet, first)
                self.add(
                    where,
                    "LP183",
                    say("{shown} belongs to no question", shown=shown),
                    hint,
                )
            return
        by_row: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(sheet.cells.items()):
            by_row.setdefault(row, {})[column] = cell
        roles: Mapping[int, str] = {}
        top = min(heads)
        for row, cells in by_row.items():
            if row in heads:
                roles = heads[row]
            elif row < top:
                self._above(sheet, row, cells, heads[top])
            else:
                yield from self._row(sheet, row, cells, roles)

    def _above(self, sheet: Sheet, row: int, cells: Mapping[int, Cell], roles: Mapping[int, str]) -> None:
        """Rows over the heads hold our own words: in the first column, and over the columns of a sheet with a row an item."""
        for column, cell in cells.items():
            if column and (column not in roles or not isinstance(cell.value, str)):
                self.stray(self.place(sheet, (row, column)), cell)

    def _row(self, sheet: Sheet, row: int, cells: Mapping[int, Cell], roles: Mapping[int, str]) -> Iterator[Filled]:
        key = cells[0].value if 0 in cells else None
        if not isinstance(key, str) or cells[0].fault:
            for column, cell in cells.items():
                self.stray(self.place(sheet, (row, column)), cell, _NO_KEY)
            return
        found: dict[str, Cell] = {}
        places = {"key": self.place(sheet, (row, 0))}
        for column, cell in cells.items():
            role = roles.get(column, "")
            if role in _PRINTED or not column:
                continue
            if not role:
                self.stray(self.place(sheet, (row, column)), cell)
                continue
            found[role], places[role] = cell, self.place(sheet, (row, column))
            if role != "@unit":
                self._seen(sheet, (row, column))
        if any(role != "@unit" for role in found):
            self._seen(sheet, (row, 0))
        yield Filled(key=key.strip(), cells=found, places=places)

    def _seen(self, sheet: Sheet, at: At) -> None:
        """LP185, LP186: an answer, or its key, that a person who looks at the sheet does not see, or not there."""
        if sheet.is_hidden(at):
            hint = say("show hidden sheets, rows and columns, look at the answer, and save the workbook")
            self.add(self.place(sheet, at), "LP185", say("an answer stands in a hidden cell"), hint)
        for top, left, bottom, right in sheet.merged:
            if top <= at[0] <= bottom and left <= at[1] <= right:
                hint = say("take the merged cells apart (Merge and Centre), and write each answer into its own cell")
                self.add(self.place(sheet, at), "LP186", say("an answer stands in merged cells"), hint)
                return


_NO_KEY = say("the row has no key in its first column: put the answer into the row of its question")

_FAULTS: Mapping[str, tuple[Message, Message]] = {
    "formula": (say("it is calculated by a formula"), say("type the value itself, or paste it as a value")),
    "error": (say("it shows an error"), say("type the value itself")),
    "struck": (say("some of it is struck out"), say("type what is meant, and nothing else")),
    "time": (say("it holds a time of day, or a day before March 1900"), say("type the day alone, such as 2027-05-14")),
    "digits": (
        say("its number has more digits than a cell holds exactly"),
        say("type the number with at most 15 digits"),
    ),
}

_UNREAD: Mapping[str, tuple[Message, Message]] = {
    "comments": (
        say("the sheet has comments, which are not read"),
        say("read them, and put what they answer into the cells"),
    ),
    "drawings": (
        say("the sheet has pictures, text boxes or embedded files, which are not read"),
        say("look at them, and put what they answer into the cells"),
    ),
    "chart": (say("this is a sheet without cells, which is not read"), say("look at it, and remove it")),
}


def _heads(sheet: Sheet) -> dict[int, dict[int, str]]:
    """Return the rows that name their columns: what stands in each column."""
    rows = [row for (row, column), cell in sheet.cells.items() if not column and _ROLES.get(str(cell.value)) == "@key"]
    heads: dict[int, dict[int, str]] = {row: {} for row in rows}
    for (row, column), cell in sheet.cells.items():
        if row in heads and isinstance(cell.value, str):
            text = cell.value.strip()
            role = _ROLES.get(text) or (text if _KEY.match(text) else "")
            if role and role not in heads[row].values():
                heads[row][column] = role
    return heads
