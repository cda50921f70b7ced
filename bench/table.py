"""The table of results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """
    A line of the table.

    Attributes:
        what: what is measured.
        measured: the ratio.
        detail: the absolute figures behind it, with their units.
        at_least, at_most: the target; without either, the line is told for information.
    """

    what: str
    measured: float
    detail: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def target(self) -> str:
        """The target in words."""
        if self.at_least is not None:
            return f">= {self.at_least:g}"
        return f"<= {self.at_most:g}" if self.at_most is not None else "\u2013"

    @property
    def verdict(self) -> str:
        """``met``; ``missed`` with the distance to the target; or nothing without one."""
        if self.at_least is not None:
            return "met" if self.measured >= self.at_least else f"missed ({self.measured / self.at_least:.0%} of it)"
        if self.at_most is not None:
            return "met" if self.measured <= self.at_most else f"missed (by {self.measured / self.at_most - 1:.0%})"
        return ""


def printed(results: Sequence[Result]) -> str:
    """Return the table as text, one line a result."""
    rows = [("what", "target", "measured", "", "medians")]
    rows += [(r.what, r.target, f"{r.measured:.2f}", r.verdict, r.detail) for r in results]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "  ".join((*(cell.ljust(w) for cell, w in zip(row, widths, strict=False)), row[4])).rstrip() for row in rows
    ]
    return "\n".join((lines[0], "-" * min(140, max(map(len, lines))), *lines[1:]))
