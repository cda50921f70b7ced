"""The closed union of everything that can be judged, and the judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Context, Decimal, localcontext
from enum import StrEnum
from typing import ClassVar, TypeAlias, assert_never

from lotproof.frozen import Frozen
from lotproof.quantity import Quantity

Texts: TypeAlias = Mapping[str, str]
"""Somebody's own words, per language (``{"en": ..., "zh": ...}``); one language at least."""


class Statistic(StrEnum):
    """Which figure of the readings has to meet the limit."""

    EACH = "each"
    """Every single reading."""
    MEAN = "mean"
    """The arithmetic mean of the readings of the sample."""
    SHARE = "share"
    """A share that was counted over the whole run; each reading is one such share, in %."""
    STDEV = "stdev"
    """The sample standard deviation (n - 1) of the readings; two at least."""


class AtMost(Frozen, kw_only=True):
    """Readings do not exceed ``limit``; the limit itself passes."""

    kind: ClassVar[str] = "at_most"
    limit: Quantity
    statistic: Statistic = Statistic.EACH


class AtLeast(Frozen, kw_only=True):
    """Readings reach ``limit``; the limit itself passes."""

    kind: ClassVar[str] = "at_least"
    limit: Quantity
    statistic: Statistic = Statistic.EACH


class Within(Frozen, kw_only=True):
    """Readings lie from ``nominal - minus`` to ``nominal + plus``, ends included; all three share one unit."""

    kind: ClassVar[str] = "within"
    nominal: Quantity
    plus: Quantity
    minus: Quantity
    statistic: Statistic = Statistic.EACH


class OneOf(Frozen, kw_only=True):
    """The reading is one of the named options, letter by letter."""

    kind: ClassVar[str] = "one_of"
    options: tuple[str, ...]


class Count(Frozen, kw_only=True):
    """A whole number from ``least`` to ``most``, ends included; an end that is None is open."""

    kind: ClassVar[str] = "count"
    least: int | None = None
    most: int | None = None
    unit: str = "pc"


class Part(Frozen, kw_only=True):
    """One part of a composition: its share in % by mass and the tolerance in percentage points."""

    name: str
    label: Texts
    share: Decimal
    tolerance: Decimal


class Shares(Frozen, kw_only=True):
    """A composition: each named part lies within its tolerance and nothing else is in it."""

    kind: ClassVar[str] = "shares"
    parts: tuple[Part, ...]


class Entry(Frozen, kw_only=True):
    """One line of a table of requirements: a dimension, a size, an item."""

    key: str
    label: Texts
    requirement: Single


class PerKey(Frozen, kw_only=True):
    """A requirement for each key: a size table, a list of dimensions, a quantity per item."""

    kind: ClassVar[str] = "per_key"
    entries: tuple[Entry, ...]


class Matches(Frozen, kw_only=True):
    """
    The reading has the form of ``pattern``.

    ``#`` stands for a digit, ``@`` for a capital letter A to Z, everything else for itself.
    """

    kind: ClassVar[str] = "matches"
    pattern: str


class Conforms(Frozen, kw_only=True):
    """The unit agrees with a named exhibit, list or sealed sample in every listed point."""

    kind: ClassVar[str] = "conforms"
    to: Texts


class Documented(Frozen, kw_only=True):
    """The named document is there, and it names this product."""

    kind: ClassVar[str] = "documented"
    document: Texts


Single: TypeAlias = AtMost | AtLeast | Within | OneOf | Count | Shares | Matches | Conforms | Documented
Requirement: TypeAlias = Single | PerKey

Reading: TypeAlias = Quantity | int | str | bool | Mapping[str, Decimal]
"""
What was found: a quantity (limits), a whole number (counts), a text (options, patterns),
True or False (conforms, document seen), shares by name (composition).
"""


class Cause(StrEnum):
    """Why a verdict is pending."""

    NO_READING = "no reading"
    TOO_FEW = "too few readings"
    NOT_COMPARABLE = "reading of another kind"
    NO_REQUIREMENT = "no limit agreed"


class Pass(Frozen):
    """The readings meet the requirement."""


class Fail(Frozen):
    """They do not."""


class Pending(Frozen):
    """Nobody can say yet, and why."""

    cause: Cause


Verdict: TypeAlias = Pass | Fail | Pending

PASS = Pass()
FAIL = Fail()

_CLOSELY = Context(prec=60)
"""Means and deviations are computed so closely that rounding decides about no reading of up to 15 digits."""


def judge(requirement: Requirement | None, readings: Sequence[Reading] | Mapping[str, Sequence[Reading]]) -> Verdict:
    """
    Say whether ``readings`` meet ``requirement``.

    Args:
        requirement: from a term of the order; None where the limit was left blank.
        readings: in the unit of the requirement; by key for :class:`PerKey`. Empty where nothing was measured.

    Returns:
        Fail as soon as one thing fails; Pending where nothing fails and something is missing; else Pass.

    Raises:
        ValueError: the units differ. Readers convert units; this function never guesses.
    """
    if requirement is None:
        return Pending(Cause.NO_REQUIREMENT)
    if isinstance(requirement, PerKey):
        if not isinstance(readings, Mapping):
            return Pending(Cause.NOT_COMPARABLE if readings else Cause.NO_READING)
        return worst([judge(e.requirement, readings.get(e.key, ())) for e in requirement.entries])
    if isinstance(readings, Mapping):
        return Pending(Cause.NOT_COMPARABLE)
    if not readings:
        return Pending(Cause.NO_READING)
    return _judge_single(requirement, readings)


def worst(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict of a whole: fail before pending before pass; nothing at all is pending."""
    if not verdicts:
        return Pending(Cause.NO_READING)
    for verdict in verdicts:
        if isinstance(verdict, Fail):
            return verdict
    for verdict in verdicts:
        if isinstance(verdict, Pending):
            return verdict
    return PASS


def _judge_single(requirement: Single, readings: Sequence[Reading]) -> Verdict:
    match requirement:
        case AtMost(limit=limit, statistic=statistic):
            return _compare(readings, limit, statistic, lambda value: value <= limit.value)
        case AtLeast(limit=limit, statistic=statistic):
            return _compare(readings, limit, statistic, lambda value: value >= limit.value)
        case Within(nominal=nominal, plus=plus, minus=minus, statistic=statistic):
            low, high = nominal.value - minus.value, nominal.value + plus.value
            return _compare(readings, nominal, statistic, lambda value: low <= value <= high)
        case Count(least=least, most=most):
            return _all(
                readings,
                lambda r: isinstance(r, int) and not isinstance(r, bool) and r >= 0,
                lambda r: (least is None or r >= least) and (most is None or r <= most),  # type: ignore[operator]
            )
        case OneOf(options=options):
            return _all(readings, lambda r: isinstance(r, str), lambda r: r in options)
        case Matches(pattern=pattern):
            return _all(readings, lambda r: isinstance(r, str), lambda r: matches(pattern, str(r)))
        case Conforms() | Documented():
            return _all(readings, lambda r: isinstance(r, bool), lambda r: r is True)
        case Shares(parts=parts):
            return worst([_judge_shares(parts, r) for r in readings])
        case _:
            assert_never(requirement)


def matches(pattern: str, text: str) -> bool:
    """Say whether ``text`` has the form of ``pattern`` (see :class:`Matches`); linear in the length."""
    return len(pattern) == len(text) and all(
        (c.isdigit() and c.isascii()) if p == "#" else ("A" <= c <= "Z") if p == "@" else p == c
        for p, c in zip(pattern, text, strict=True)
    )


def _compare(
    readings: Sequence[Reading], limit: Quantity, statistic: Statistic, meets: Callable[[Decimal], bool]
) -> Verdict:
    values: list[Decimal] = []
    for reading in readings:
        if not isinstance(reading, Quantity):
            continue
        if reading.unit != limit.unit:
            raise ValueError(f"reading in {reading.unit}, requirement in {limit.unit}")
        if reading.value.is_finite():
            values.append(reading.value)
    comparable = len(values) == len(readings)
    match statistic:
        case Statistic.EACH | Statistic.SHARE:
            figures = values
        case Statistic.MEAN | Statistic.STDEV if not comparable:
            figures = []
        case Statistic.MEAN:
            figures = [_mean(values)]
        case Statistic.STDEV if len(values) < 2:
            return Pending(Cause.TOO_FEW)
        case Statistic.STDEV:
            figures = [_stdev(values)]
        case _:
            assert_never(statistic)
    if not all(meets(figure) for figure in figures):
        return FAIL
    return PASS if comparable else Pending(Cause.NOT_COMPARABLE)


def _mean(values: Sequence[Decimal]) -> Decimal:
    with localcontext(_CLOSELY):
        return sum(values, Decimal(0)) / len(values)


def _stdev(values: Sequence[Decimal]) -> Decimal:
    with localcontext(_CLOSELY):
        mean = sum(values, Decimal(0)) / len(values)
        return (sum(((v - mean) ** 2 for v in values), Decimal(0)) / (len(values) - 1)).sqrt()


def _all(
    readings: Sequence[Reading], comparable: Callable[[Reading], bool], meets: Callable[[Reading], bool]
) -> Verdict:
    known = [r for r in readings if comparable(r)]
    if not all(meets(r) for r in known):
        return FAIL
    return PASS if len(known) == len(readings) else Pending(Cause.NOT_COMPARABLE)


def _judge_shares(parts: Sequence[Part], reading: Reading) -> Verdict:
    if not isinstance(reading, Mapping):
        return Pending(Cause.NOT_COMPARABLE)
    if set(reading) - {p.name for p in parts}:
        return FAIL
    found = [(p, share) for p in parts if (share := reading.get(p.name)) is not None]
    measured = [(p, share) for p, share in found if share.is_finite()]
    if any(abs(share - p.share) > p.tolerance for p, share in measured):
        return FAIL
    if len(measured) < len(found):
        return Pending(Cause.NOT_COMPARABLE)
    return Pending(Cause.TOO_FEW) if len(found) < len(parts) else PASS
