"""Numbers that stand at the right of a column: how many decimals each has, and the room it leaves so that decimal signs stand under each other."""

from __future__ import annotations

import re
from functools import lru_cache

from lotproof.documents.nodes import Line, Table
from lotproof.wording.inlines import plain

_NUMBER = re.compile(r"[0-9](?:\.([0-9]+))?\Z")


@lru_cache(maxsize=4096)
def decimals(text: str) -> int | None:
    """Return the digits behind the decimal sign of a text that ends with a number; None where it does not."""
    match = _NUMBER.search(text)
    return None if match is None else len(match[1] or "")


def most_decimals(table: Table, place: int) -> int:
    """Return the digits behind the decimal sign that a column has at most; 0 for one that does not stand at the right."""
    if table.columns[place].align != "right":
        return 0
    lines = [part for row in table.rows for part in row.cells[place] if isinstance(part, Line) and part.words]
    return max([decimals(plain(line.words[0])) or 0 for line in lines], default=0)


def lacking(line: Line, most: int) -> str:
    """Return what a number lacks of its column's decimals, as text that takes its room and is not seen: ``.00``."""
    own = decimals(plain(line.words[0])) if most and line.words else None
    return "" if own is None or own >= most else "." * (own == 0) + "0" * (most - own)
