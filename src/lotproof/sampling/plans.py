"""From lot size, level and AQL to a plan, and how it was found."""

from __future__ import annotations

from bisect import bisect
from decimal import Decimal
from functools import cache, lru_cache

from lotproof.messages import Message, say
from lotproof.sampling import tables
from lotproof.sampling.model import Arrow, Explanation, NoPlan, Plan
from lotproof.sampling.tables import KINDS, LEVELS, SEVERITIES, STANDARDS, aqls

_OTHER_STANDARDS = {
    "ISO 2859-1:2026": (
        say("ISO 2859-1:2026 exists, but has no verified tables here"),
        say("agree on ISO 2859-1:1999 by its year and print the plan"),
    ),
    "GB/T 2828.1-2012": (say("GB/T 2828.1-2012 has the tables of ISO 2859-1:1999"), say("name that")),
    "ISO 2859-1": (say("ISO 2859-1 has editions with different tables"), say("name one, ISO 2859-1:1999")),
    "ANSI/ASQ Z1.4": (say("ANSI/ASQ Z1.4 has editions"), say("name one, ANSI/ASQ Z1.4-2003")),
    "MIL-STD-105": (say("MIL-STD-105 has editions with different tables"), say("name one, MIL-STD-105E")),
}


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
        aql: a value of the series, compared exactly: 2.5, not 2.4. Above 10 it counts nonconformities per 100 units.

    Raises:
        NoPlan: lot size, AQL, level, severity, kind or standard without a verified table here.
    """
    if type(lot_size) is not int or type(aql) is not Decimal or not aql.is_finite():
        raise NoPlan(
            say("lot size {lot_size}, AQL {aql}", lot_size=repr(lot_size), aql=repr(aql)),
            say("give a whole number of units, and an AQL such as Decimal('2.5')"),
        )
    return _plan(lot_size, aql, level, severity, kind, standard)


def explain(
    *,
    lot_size: int,
    aql: Decimal,
    level: str = "II",
    severity: str = "normal",
    kind: str = "single",
    standard: str = "ISO 2859-1:1999",
) -> Explanation:
    """
    Return the steps by which :func:`plan` finds its plan.

    Raises:
        NoPlan: as :func:`plan`.
    """
    found = plan(lot_size=lot_size, aql=aql, level=level, severity=severity, kind=kind, standard=standard)
    cell = _cell(standard, kind, severity, found.code_letter, aql)
    low, high, _ = tables.code_letters()[_band(lot_size, level)]
    path = cell.path
    return Explanation(
        lot_min=low,
        lot_max=high,
        letter_table=tables.letters_name(standard),
        code_letter=found.code_letter,
        plan_table=tables.name(standard, kind, severity),
        arrows=(Arrow(direction=cell.direction, start=path[0], end=path[-1], passed=tuple(path[1:-1])),)
        if cell.direction
        else (),
        used_table=tables.name(standard, cell.used_kind, severity),
        plan=found,
    )


def code_letter(lot_size: int, level: str) -> str:
    """
    Return the sample size code letter of Table 1.

    Raises:
        NoPlan: a lot below 2, or an unknown level.
    """
    return tables.code_letters()[_band(lot_size, level)][2][LEVELS.index(level)]


def sample_size(letter: str, standard: str = "ISO 2859-1:1999", severity: str = "normal") -> int:
    """
    Return the sample size of a code letter in single sampling, in units.

    Raises:
        NoPlan: an unknown letter, standard or severity.
    """
    _check_standard(standard)
    _check(say("severity"), severity, SEVERITIES)
    return tables.sample_size(letter, standard, severity)


def bands(lot_size: int, level: str) -> tuple[tuple[int, int | None, str], ...]:
    """
    Return the lot size bands below, at and above ``lot_size``: smallest and largest lot, code letter.

    Raises:
        NoPlan: as :func:`code_letter`.
    """
    here = _band(lot_size, level)
    column = LEVELS.index(level)
    rows = tables.code_letters()[max(0, here - 1) : here + 2]
    return tuple((low, high, letters[column]) for low, high, letters in rows)


def neighbours(aql: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """Return the nearest values of the series below and above ``aql``."""
    series = aqls()
    return (
        max((a for a in series if a < aql), default=None),
        min((a for a in series if a > aql), default=None),
    )


def reread(found: Plan, letter: str) -> Plan:
    """
    Return the plan of the same lot and AQL at another code letter: n, Ac and Re are read again there, an arrow is followed again.

    ISO 2859-1 allows it where several classes of defects get different samples: the letter of the largest serves for all.

    Raises:
        NoPlan: there is no such letter, or its plan is not verified.
    """
    if letter not in tables.LETTERS[:-1]:
        raise NoPlan(
            say("unknown code letter {letter}", letter=repr(letter)),
            say("letters are {known}", known=tables.LETTERS[:-1]),
        )
    return _at(
        letter, found.lot_size, found.aql, found.level, found.severity, found.kind, found.standard, found.code_letter
    )


@lru_cache(maxsize=8192)
def _plan(lot_size: int, aql: Decimal, level: str, severity: str, kind: str, standard: str) -> Plan:
    letter = code_letter(lot_size, level)
    return _at(letter, lot_size, aql, level, severity, kind, standard, letter)


def _at(at: str, lot_size: int, aql: Decimal, level: str, severity: str, kind: str, standard: str, letter: str) -> Plan:
    cell = _cell(standard, kind, severity, at, aql)
    return Plan(
        standard=standard,
        lot_size=lot_size,
        level=level,
        aql=aqls()[cell.column],
        severity=severity,
        kind=kind,
        used_kind=cell.used_kind,
        code_letter=letter,
        plan_letter=cell.path[-1],
        stages=cell.stages,
        confidence=cell.confidence,
        full_inspection=cell.total >= lot_size,
        inspect_quantity=min(cell.total, lot_size),
    )


@cache  # at most one for each cell of the tables; a refusal is not kept
def _cell(standard: str, kind: str, severity: str, letter: str, aql: Decimal) -> tables.Cell:
    _check(say("severity"), severity, SEVERITIES)
    _check(say("kind of sampling"), kind, KINDS)
    _check_standard(standard)
    column = tables.columns().get(aql)
    if column is None:
        near = [str(value) for value in neighbours(aql) if value is not None]
        way = say("the neighbours are {near: and }", near=near)
        if len(near) == 1:
            way = say("the nearest value is {near}", near=near[0])
        if aql == 0:
            way = say("{way}; a class that tolerates no defect takes Ac 0 on a sample of its own", way=way)
        raise NoPlan(say("AQL {aql} is not in the series", aql=aql), way)
    return tables.cell(standard, kind, severity, letter, column)


def _band(lot_size: int, level: str) -> int:
    """Return the row of Table 1."""
    _check(say("inspection level"), level, LEVELS)
    if lot_size < 2:
        raise NoPlan(say("a lot of {lot_size} has no sampling plan", lot_size=lot_size), say("inspect every unit"))
    return bisect(tables.lot_minima(), lot_size) - 1


def _check(what: Message, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise NoPlan(say("unknown {what} {value}", what=what, value=repr(value)), say("known are {known}", known=known))


def _check_standard(standard: str) -> None:
    if standard not in STANDARDS:
        if standard in _OTHER_STANDARDS:
            raise NoPlan(*_OTHER_STANDARDS[standard])
        raise NoPlan(
            say("no verified tables for {standard}", standard=repr(standard)),
            say("there are tables for {known}", known=STANDARDS),
        )
