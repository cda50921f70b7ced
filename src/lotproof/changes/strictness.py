"""Which of two requirements is the stricter one: by what passes them, never by a guess."""

from __future__ import annotations

from decimal import Decimal

from lotproof.changes.model import Direction
from lotproof.requirements import (
    AtLeast,
    AtMost,
    Count,
    Matches,
    OneOf,
    PerKey,
    Requirement,
    Shares,
    Statistic,
    Within,
)

Bounds = tuple[Decimal | None, Decimal | None]
"""Lowest and highest value that pass, ends included; an end that is None is open."""


def compare(old: Requirement | None, new: Requirement | None) -> Direction:
    """
    Say what the step from ``old`` to ``new`` does.

    Tightened: all readings that pass ``new`` under :func:`lotproof.requirements.judge` pass ``old``; loosened: the other way round.
    Neither: the same readings pass. Unknown: some pass the one alone and some the other alone, or nobody can say.
    """
    if old is None or new is None:
        return Direction.NEITHER if old is new else Direction.UNKNOWN
    return _direction(_implies(new, old), _implies(old, new))


def _direction(tighter: bool, looser: bool) -> Direction:
    if tighter and looser:
        return Direction.NEITHER
    return Direction.TIGHTENED if tighter else Direction.LOOSENED if looser else Direction.UNKNOWN


def bounded(old: Bounds, new: Bounds) -> Direction:
    """Compare two ranges of values."""
    return _direction(_inside(new, old), _inside(old, new))


def _implies(strict: Requirement, loose: Requirement) -> bool:
    """Say whether everything that passes ``strict`` passes ``loose``; False where it cannot be told."""
    match strict, loose:
        case (AtMost() | AtLeast() | Within(), AtMost() | AtLeast() | Within()):
            unit, inner = _range(strict)
            other, outer = _range(loose)
            return unit == other and _figure_implies(strict.statistic, loose.statistic) and _inside(inner, outer)
        case Count(), Count():
            return strict.unit == loose.unit and _inside(_count(strict), _count(loose))
        case OneOf(options=few), OneOf(options=many):
            return set(few) <= set(many)
        case Matches(pattern=narrow), Matches(pattern=wide):
            return len(narrow) == len(wide) and all(map(_sign_implies, narrow, wide))
        case Shares(), Shares():
            return _shares_imply(strict, loose)
        case PerKey(), PerKey():
            entries = {entry.key: entry.requirement for entry in strict.entries}
            kept = all(e.key in entries and _implies(entries[e.key], e.requirement) for e in loose.entries)
            return kept and bool(loose.entries or not entries)  # nothing passes a table without a row
        case _:
            return strict == loose


def _figure_implies(strict: Statistic, loose: Statistic) -> bool:
    """Where every reading lies in a range, their mean does as well; no other figure follows from another one."""
    return strict is loose or (strict is Statistic.EACH and loose is Statistic.MEAN)


def _range(requirement: AtMost | AtLeast | Within) -> tuple[str, Bounds]:
    match requirement:
        case AtMost(limit=limit):
            return limit.unit, (None, limit.value)
        case AtLeast(limit=limit):
            return limit.unit, (limit.value, None)
        case Within(nominal=nominal, plus=plus, minus=minus):
            return nominal.unit, (nominal.value - minus.value, nominal.value + plus.value)


def _count(count: Count) -> Bounds:
    least, most = count.least, count.most
    return Decimal(least or 0), None if most is None else Decimal(most)


def _inside(inner: Bounds, outer: Bounds) -> bool:
    low = outer[0] is None or (inner[0] is not None and inner[0] >= outer[0])
    return low and (outer[1] is None or (inner[1] is not None and inner[1] <= outer[1]))


def _sign_implies(narrow: str, wide: str) -> bool:
    if wide == "#":
        return narrow == "#" or (narrow.isascii() and narrow.isdigit())
    if wide == "@":
        return narrow == "@" or "A" <= narrow <= "Z"
    return narrow == wide


def _shares_imply(strict: Shares, loose: Shares) -> bool:
    outer = {p.name: (p.share - p.tolerance, p.share + p.tolerance) for p in loose.parts}
    inner = {p.name: (p.share - p.tolerance, p.share + p.tolerance) for p in strict.parts}
    return outer.keys() == inner.keys() and all(_inside(inner[name], outer[name]) for name in inner)
