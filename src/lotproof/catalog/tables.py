"""Values that follow from a size or a weight: general tolerances, drop heights, errors of prepacks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lotproof.frozen import Frozen
from lotproof.quantity import Quantity


class Row(Frozen, kw_only=True):
    """What a table gives for a range; ``low`` belongs to it where ``from_low``, ``high`` where ``to_high``."""

    low: Decimal
    from_low: bool
    high: Decimal
    to_high: bool
    values: Mapping[str, str]


class Table(Frozen, kw_only=True):
    """
    One table of ``spec_catalog/tables.toml``.

    Attributes:
        of: the unit of what is looked up.
        columns: the names of its columns; none where a row gives one value.
    """

    id: str
    of: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """How an answer names the table: with its column, where it has some."""
        return tuple(f"{self.id} {column}" for column in self.columns) or (self.id,)

    def find(self, name: str, size: Decimal) -> Quantity | None:
        """Return what the table gives under ``name`` for a size in its unit; None outside its rows."""
        column = name.removeprefix(self.id).strip() or "gives"
        for row in self.rows:
            low = row.low <= size if row.from_low else row.low < size
            high = size <= row.high if row.to_high else size < row.high
            if low and high and column in row.values:
                number, unit = row.values[column].split(" ", maxsplit=1)
                return Quantity(Decimal(number), unit, name)
        return None


def read_table(data: Mapping[str, Any]) -> Table:
    """Build a table from compiled catalogue data."""
    bounds = ("from", "over", "to", "below")
    return Table(
        id=data["id"],
        of=data["of"],
        columns=tuple(data.get("columns", ())),
        rows=tuple(
            Row(
                low=Decimal(str(row.get("from", row.get("over")))),
                from_low="from" in row,
                high=Decimal(str(row.get("to", row.get("below")))),
                to_high="to" in row,
                values={key: value for key, value in row.items() if key not in bounds},
            )
            for row in data["row"]
        ),
    )
