"""A workbook as others send it, as values: what each cell holds, and what a person who looks at it does not see."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, TypeAlias

from lotproof.frozen import Frozen
from lotproof.readers.formats import GENERAL, Format

At = tuple[int, int]
"""Row and column, from 0."""

Fault: TypeAlias = Literal["formula", "error", "struck", "time", "digits"]


class Cell(Frozen, kw_only=True):
    """
    What a cell holds.

    Attributes:
        value: a text, a number, a day, or true and false.
        shown: how its number is shown.
        fault: why the value may not be taken: it is calculated, an error, struck out, a time of day, or has too many digits.
    """

    value: str | Decimal | datetime.date | bool
    shown: Format = GENERAL
    fault: Fault | None = None


class Sheet(Frozen, kw_only=True):
    """
    A sheet.

    Attributes:
        cells: those that hold something.
        hidden: the whole sheet, or its rows by default.
        hidden_rows: from 0.
        hidden_columns: first and last, from 0.
        merged: first row and column, last row and column of each merged area.
        unread: what stands on it besides cells: ``comments``, ``drawings``, or ``chart`` for a sheet without cells.
    """

    name: str
    cells: Mapping[At, Cell]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    unread: tuple[str, ...] = ()

    def is_hidden(self, at: At) -> bool:
        """Say whether a person who looks at the sheet does not see a cell."""
        row, column = at
        return self.hidden or row in self.hidden_rows or any(a <= column <= b for a, b in self.hidden_columns)


class Workbook(Frozen):
    """A workbook: what findings call it, its sheets in their order, and sheet and cell of each name that names one cell."""

    name: str
    sheets: tuple[Sheet, ...]
    names: Mapping[str, tuple[str, At]] = MappingProxyType({})


def cell_name(at: At) -> str:
    """Return the name of a cell: ``B7``."""
    row, column = at
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return f"{name}{row + 1}"
