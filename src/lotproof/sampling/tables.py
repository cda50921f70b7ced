"""
The tables of the standards, read from ``spec_catalog/sampling/``, and the arrows in them followed.

A cell of a master table holds one of

- ``down`` or ``up``: use the first plan below (larger sample) or above: letter, n, Ac and Re;
- ``single`` or ``double``: use the plan of that kind of the same letter;
- one ``Ac/Re`` for each stage, ``#`` for an Ac where the lot cannot be accepted yet.

In the tables of double and multiple sampling a grade follows: ``A`` to ``C``, or ``D`` for what is not verified.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from lotproof.frozen import Frozen
from lotproof.messages import say
from lotproof.sampling.model import NoPlan, Stage, word

LEVELS = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")
STANDARDS = ("ISO 2859-1:1999", "ANSI/ASQ Z1.4-2003", "MIL-STD-105E")
SEVERITIES = ("normal", "tightened", "reduced")
LARGEST_PERCENT_AQL = Decimal(10)
"""Above it an AQL counts nonconformities per 100 units (ISO 2859-1:1999, 5.2)."""

KINDS = ("single", "double", "multiple")
LETTERS = "ABCDEFGHJKLMNPQRS"
"""S stands in tightened inspection only, behind an arrow."""

_COLUMNS = 4
"""Columns of a master table before those of the AQLs."""
_UNVERIFIED = "D"


class Cell(Frozen, kw_only=True):
    """
    A plan of a master table, after arrows.

    Attributes:
        column: of the AQL, in :func:`aqls`.
        path: code letters from the one asked for to the one whose plan is used.
        direction: of the arrows on the path, empty without any.
        used_kind: the kind of the plan, where the table refers to another one.
        stages, total: the plan, and its samples together.
        confidence: as in :class:`lotproof.sampling.model.Plan`.
    """

    column: int
    path: str
    direction: str
    used_kind: str
    stages: tuple[Stage, ...]
    total: int
    confidence: str


def cell(standard: str, kind: str, severity: str, letter: str, column: int) -> Cell:
    """
    Return the plan of a code letter in column ``column`` of :func:`aqls`, arrows followed.

    Raises:
        NoPlan: the plan is graded ``D``: not verified.
    """
    table = _master(kind)
    path, direction = letter, ""
    words = _words(table, standard, severity, letter, column)
    while words[0] in ("down", "up"):
        direction = words[0]
        nearer = _nearer(path[-1], direction)
        if nearer in path:
            raise AssertionError(f"the arrows at {letter} lead in a circle")
        path += nearer
        words = _words(table, standard, severity, nearer, column)
    used, grade = kind, "" if kind == "single" else words[-1]
    if words[0] in KINDS:
        used = words[0]
        words = _words(_master(used), standard, severity, path[-1], column)
    n = int(_master(used)[standard, severity, path[-1]][_COLUMNS - 1])
    stages = tuple(_stage(n, word) for word in words if "/" in word)
    if grade == _UNVERIFIED:
        raise _not_verified(standard, kind, severity, path[-1], column)
    return Cell(
        column=column,
        path=path,
        direction=direction,
        used_kind=used,
        stages=stages,
        total=n * len(stages),
        confidence=grade,
    )


def sample_size(letter: str, standard: str, severity: str) -> int:
    """
    Return the sample size of a code letter in single sampling, in units.

    Raises:
        NoPlan: there is no such letter.
    """
    row = _master("single").get((standard, severity, letter))
    if row is None:
        raise NoPlan(
            say("no sample size for code letter {letter}", letter=repr(letter)),
            say("letters are {known}", known=LETTERS[:-1]),
        )
    return int(row[_COLUMNS - 1])


@cache
def aqls() -> tuple[Decimal, ...]:
    """Return the 26 preferred AQL values, 0.010 to 1000, with the digits the standards print."""
    return tuple(Decimal(text) for text in _rows("single")[0][_COLUMNS:])


@cache
def columns() -> dict[Decimal, int]:
    """Return the column of each AQL."""
    return {aql: column for column, aql in enumerate(aqls())}


@cache
def code_letters() -> tuple[tuple[int, int | None, tuple[str, ...]], ...]:
    """Return Table 1: smallest and largest lot of a band, and its letter at each of the ``LEVELS``."""
    return tuple((int(row[0]), int(row[1]) if row[1] else None, tuple(row[2:])) for row in _rows("code_letters")[1:])


@cache
def lot_minima() -> tuple[int, ...]:
    """Return the smallest lot of each band of Table 1."""
    return tuple(low for low, _, _ in code_letters())


def name(standard: str, kind: str, severity: str) -> str:
    """Return the number of a master table: ``Table 2-A`` in ISO 2859-1, ``Table II-A`` in its relatives."""
    number = KINDS.index(kind)
    iso = standard.startswith("ISO")
    return (
        f"Table {('2', '3', '4')[number] if iso else ('II', 'III', 'IV')[number]}-{'ABC'[SEVERITIES.index(severity)]}"
    )


def letters_name(standard: str) -> str:
    """Return the number of the table of code letters."""
    return "Table 1" if standard.startswith("ISO") else "Table I"


def _words(
    table: dict[tuple[str, str, str], list[str]], standard: str, severity: str, letter: str, column: int
) -> list[str]:
    return table[standard, severity, letter][_COLUMNS + column].split()


def _nearer(letter: str, direction: str) -> str:
    position = LETTERS.index(letter)
    return LETTERS[position + 1] if direction == "down" else LETTERS[:position][-1]


def _stage(n: int, text: str) -> Stage:
    ac, re = text.split("/")
    return Stage(n=n, ac=None if ac == "#" else int(ac), re=int(re))


def _not_verified(standard: str, kind: str, severity: str, letter: str, column: int) -> NoPlan:
    single = cell(standard, "single", severity, letter, column)
    stage = single.stages[0]
    message = say(
        "the {kind} plan of letter {letter} at AQL {aql} under {severity} inspection is not verified against {standard}, {table}",
        kind=word(kind),
        letter=letter,
        aql=aqls()[column],
        severity=word(severity),
        standard=standard,
        table=name(standard, kind, severity),
    )
    hint = say(
        "take single sampling (letter {letter}, n {n}, Ac {ac}, Re {re}), or normal inspection",
        letter=single.path[-1],
        n=stage.n,
        ac=str(stage.ac),
        re=stage.re,
    )
    return NoPlan(message, hint)


@cache
def _master(kind: str) -> dict[tuple[str, str, str], list[str]]:
    """Return the rows of a kind by standard, severity and code letter."""
    return {(standard, row[1], row[2]): row for row in _rows(kind)[1:] for standard in row[0].split("|")}


@cache
def _rows(file: str) -> list[list[str]]:
    from lotproof.shipped import shipped

    text = (shipped("spec_catalog") / "sampling" / f"{file}.csv").read_text(encoding="utf-8")
    return [line.split(",") for line in text.splitlines()]
