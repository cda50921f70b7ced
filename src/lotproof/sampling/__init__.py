"""
Sampling plans by attributes: lot size, level and AQL to sample size, Ac and Re.

Tables: MIL-STD-105E, ANSI/ASQ Z1.4-2003 and ISO 2859-1:1999, Table 1 (code letters) and Table 2-A (single sampling, normal
inspection), kept as data in ``spec_catalog/sampling/``.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from lotproof.frozen import frozen
from lotproof.shipped import shipped

LEVELS = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")
STANDARDS = ("ISO 2859-1:1999", "ANSI/ASQ Z1.4-2003")


class NoPlan(ValueError):
    """There is no such plan; the message says why and names the way out."""


@frozen(kw_only=True)
class Stage:
    """
    One sample of a plan.

    Attributes:
        n: sample size, in units.
        ac: acceptance number: this many nonconforming units still pass.
        re: rejection number.
    """

    n: int
    ac: int
    re: int


@frozen(kw_only=True)
class Plan:
    """
    A sampling plan, as the table gives it.

    Attributes:
        standard: standard and edition (``ISO 2859-1:1999``).
        lot_size: units in the lot, 2 or more.
        level: inspection level.
        aql: acceptance quality limit, one of :func:`aqls`.
        severity: ``normal``.
        kind: ``single``.
        code_letter: from Table 1.
        plan_letter: of the plan that is used, after arrows.
        stages: one :class:`Stage` for a single plan.
        full_inspection: the sample size is not below the lot size, so every unit is inspected.
        inspect_quantity: units to inspect: n, or the whole lot.
    """

    standard: str
    lot_size: int
    level: str
    aql: Decimal
    severity: str
    kind: str
    code_letter: str
    plan_letter: str
    stages: tuple[Stage, ...]
    full_inspection: bool
    inspect_quantity: int


def plan(
    *,
    lot_size: int,
    aql: Decimal,
    level: str = "II",
    severity: str = "normal",
    kind: str = "single",
    standard: str = "ISO 2859-1:1999",
) -> Plan:
    """
    Return the plan for a lot.

    An arrow replaces the whole plan: letter, n, Ac and Re are those of the first plan below (or above) it.

    Args:
        lot_size: 2 or more; a lot of one unit has no plan (inspect the unit).
        aql: a value of the series, compared exactly: 2.5, not 2.4.

    Raises:
        NoPlan: lot size, AQL, level, severity, kind or standard without a table here.
    """
    if severity != "normal" or kind != "single":
        raise NoPlan(
            f"no table for {kind} sampling under {severity} inspection: only single sampling under normal inspection is here"
        )
    letter = code_letter(lot_size, level)
    letters, cells = _single_normal(standard)
    index = _index(aql)
    position = start = letters.index(letter)
    cell = cells[position][index]
    while isinstance(cell, str):
        position += 1 if cell == "down" else -1
        if not 0 <= position < len(letters) or position == start:
            raise NoPlan(f"the arrows of letter {letter} at AQL {aql} lead to no plan")
        cell = cells[position][index]
    ac, re = cell
    n = sample_size(letters[position], standard)
    return Plan(
        standard=standard,
        lot_size=lot_size,
        level=level,
        aql=aqls()[index],
        severity=severity,
        kind=kind,
        code_letter=letter,
        plan_letter=letters[position],
        stages=(Stage(n=n, ac=ac, re=re),),
        full_inspection=n >= lot_size,
        inspect_quantity=min(n, lot_size),
    )


def code_letter(lot_size: int, level: str) -> str:
    """
    Return the sample size code letter of Table 1.

    Raises:
        NoPlan: a lot below 2, or an unknown level.
    """
    if level not in LEVELS:
        raise NoPlan(f"unknown inspection level {level!r}: levels are {', '.join(LEVELS)}")
    if lot_size < 2:
        raise NoPlan(f"a lot of {lot_size} has no sampling plan: inspect every unit")
    column = LEVELS.index(level)
    for low, high, letters in _code_letters():
        if lot_size >= low and (high is None or lot_size <= high):
            return letters[column]
    raise AssertionError("Table 1 has no gap above 2")


def sample_size(letter: str, standard: str = "ISO 2859-1:1999") -> int:
    """Return the sample size of a code letter under normal inspection, in units."""
    return _sizes(standard)[letter]


def bands(lot_size: int, level: str) -> tuple[tuple[int, int | None, str], ...]:
    """Return the lot size bands below, at and above ``lot_size``: smallest and largest lot, code letter."""
    rows = [(low, high, letters[LEVELS.index(level)]) for low, high, letters in _code_letters()]
    here = next(i for i, (low, high, _) in enumerate(rows) if lot_size >= low and (high is None or lot_size <= high))
    return tuple(rows[max(0, here - 1) : here + 2])


@lru_cache(maxsize=1)
def aqls() -> tuple[Decimal, ...]:
    """Return the 26 preferred AQL values, 0.010 to 1000, with the digits the standards print."""
    return tuple(Decimal(column) for column in _rows("single_normal.csv")[0][3:])


def neighbours(aql: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """Return the nearest values of the series below and above ``aql``."""
    series = aqls()
    return (
        max((a for a in series if a < aql), default=None),
        min((a for a in series if a > aql), default=None),
    )


def _index(aql: Decimal) -> int:
    for index, value in enumerate(aqls()):
        if value == aql:
            return index
    below, above = neighbours(aql)
    raise NoPlan(
        f"AQL {aql} is not in the series: the neighbours are {' and '.join(str(a) for a in (below, above) if a is not None)}"
    )


@lru_cache(maxsize=8)
def _single_normal(standard: str) -> tuple[list[str], list[list[str | tuple[int, int]]]]:
    if standard not in STANDARDS:
        raise NoPlan(f"no verified tables for {standard!r}: there are tables for {', '.join(STANDARDS)}")
    letters, cells = [], []
    for row in _rows("single_normal.csv")[1:]:
        if row[0] == standard:
            letters.append(row[1])
            cells.append([_cell(text) for text in row[3:]])
    return letters, cells


def _cell(text: str) -> str | tuple[int, int]:
    if text in ("down", "up"):
        return text
    ac, re = text.split("/")
    return int(ac), int(re)


@lru_cache(maxsize=8)
def _sizes(standard: str) -> dict[str, int]:
    return {row[1]: int(row[2]) for row in _rows("single_normal.csv")[1:] if row[0] == standard}


@lru_cache(maxsize=1)
def _code_letters() -> tuple[tuple[int, int | None, tuple[str, ...]], ...]:
    return tuple(
        (int(row[0]), int(row[1]) if row[1] else None, tuple(row[2:])) for row in _rows("code_letters.csv")[1:]
    )


@lru_cache(maxsize=4)
def _rows(name: str) -> list[list[str]]:
    text = (shipped("spec_catalog") / "sampling" / name).read_text(encoding="utf-8")
    return [line.split(",") for line in text.splitlines()]
