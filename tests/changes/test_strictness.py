"""A requirement that is called tightened lets nothing pass that the looser one does not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof.changes.model import OPPOSITE, Direction
from lotproof.changes.strictness import compare
from lotproof.quantity import Quantity
from lotproof.requirements import (
    PASS,
    AtLeast,
    AtMost,
    Conforms,
    Count,
    Documented,
    Entry,
    Matches,
    OneOf,
    Part,
    PerKey,
    Requirement,
    Shares,
    Statistic,
    Within,
    judge,
)

NUMBERS = st.integers(-4, 8).map(Decimal)
SIZES = st.integers(0, 4).map(Decimal)
STATISTICS = st.sampled_from(Statistic)


def mm(value: Decimal) -> Quantity:
    """A length."""
    return Quantity(value, "mm")


RANGES = st.one_of(
    st.builds(lambda v, s: AtMost(limit=mm(v), statistic=s), NUMBERS, STATISTICS),
    st.builds(lambda v, s: AtLeast(limit=mm(v), statistic=s), NUMBERS, STATISTICS),
    st.builds(
        lambda v, p, m, s: Within(nominal=mm(v), plus=mm(p), minus=mm(m), statistic=s),
        NUMBERS,
        SIZES,
        SIZES,
        STATISTICS,
    ),
)
ENDS = st.none() | st.integers(0, 6)
COUNTS = st.builds(lambda a, b: Count(least=a, most=b), ENDS, ENDS)
OPTIONS = st.lists(st.sampled_from("abcd"), min_size=1, unique=True).map(lambda o: OneOf(options=tuple(o)))
MARKS = st.text(st.sampled_from("#@1AZ-"), min_size=1, max_size=3).map(lambda p: Matches(pattern=p))
PARTS = st.dictionaries(st.sampled_from(["a", "b"]), st.tuples(SIZES, SIZES), min_size=1).map(
    lambda found: Shares(
        parts=tuple(Part(name=n, label={"en": n}, share=s * 10, tolerance=t) for n, (s, t) in found.items())
    )
)
SINGLE = st.one_of(RANGES, COUNTS, OPTIONS, MARKS, PARTS)
TABLES = st.dictionaries(st.sampled_from(["x", "y"]), RANGES | COUNTS).map(
    lambda rows: PerKey(entries=tuple(Entry(key=k, label={"en": k}, requirement=r) for k, r in rows.items()))
)
READING = st.one_of(
    NUMBERS.map(mm),
    st.integers(0, 7),
    st.sampled_from(["a", "b", "c", "d"]),
    st.text(st.sampled_from("0159AZ-"), min_size=1, max_size=3),
    st.dictionaries(st.sampled_from(["a", "b"]), st.integers(0, 45).map(Decimal)),
    st.booleans(),
)
READINGS = st.lists(READING, min_size=1, max_size=3) | st.lists(NUMBERS.map(mm), min_size=1, max_size=4)


def passes(requirement: Requirement, readings: Any) -> bool:
    """Whether some readings pass."""
    return judge(requirement, readings) == PASS


def agrees(old: Requirement, new: Requirement, readings: Any) -> None:
    """Assert that what is said of two requirements holds for some readings."""
    direction = compare(old, new)
    if direction in (Direction.TIGHTENED, Direction.NEITHER) and passes(new, readings):
        assert passes(old, readings)
    if direction in (Direction.LOOSENED, Direction.NEITHER) and passes(old, readings):
        assert passes(new, readings)


@given(SINGLE, SINGLE, READINGS)
def test_what_passes_the_tighter_one_passes_the_looser_one(old: Requirement, new: Requirement, readings: Any) -> None:
    agrees(old, new, readings)


@given(RANGES, RANGES, st.lists(NUMBERS.map(mm), min_size=1, max_size=4))
def test_ranges_agree_with_the_judge_for_every_statistic(old: Requirement, new: Requirement, readings: Any) -> None:
    agrees(old, new, readings)


@given(TABLES, TABLES, st.dictionaries(st.sampled_from(["x", "y"]), READINGS))
def test_tables_agree_with_the_judge(old: Requirement, new: Requirement, readings: Any) -> None:
    agrees(old, new, readings)


@given(SINGLE | TABLES, SINGLE | TABLES)
def test_the_way_back_is_the_opposite(old: Requirement, new: Requirement) -> None:
    assert compare(new, old) is OPPOSITE[compare(old, new)]


@given(RANGES, RANGES)
def test_ranges_that_cannot_be_compared_each_let_something_pass_alone(old: Any, new: Any) -> None:
    if old.statistic is new.statistic is Statistic.EACH and compare(old, new) is Direction.UNKNOWN:
        values = [[mm(Decimal(v))] for v in range(-12, 16)]
        assert any(passes(old, v) and not passes(new, v) for v in values)
        assert any(passes(new, v) and not passes(old, v) for v in values)


@pytest.mark.parametrize(
    ("old", "new", "direction"),
    [
        (AtMost(limit=mm(Decimal(5))), AtMost(limit=mm(Decimal(4))), "tightened"),
        (AtLeast(limit=mm(Decimal(5))), AtLeast(limit=mm(Decimal(4))), "loosened"),
        (AtMost(limit=mm(Decimal(5))), AtMost(limit=mm(Decimal("5.0"))), "neither"),
        (AtMost(limit=mm(Decimal(5))), AtMost(limit=Quantity(Decimal(5), "cm")), "unknown"),
        (AtMost(limit=mm(Decimal(5)), statistic=Statistic.MEAN), AtMost(limit=mm(Decimal(5))), "tightened"),
        (AtMost(limit=mm(Decimal(5)), statistic=Statistic.STDEV), AtMost(limit=mm(Decimal(5))), "unknown"),
        (
            Within(nominal=mm(Decimal(10)), plus=mm(Decimal(1)), minus=mm(Decimal(1))),
            Within(nominal=mm(Decimal("10.5")), plus=mm(Decimal("0.5")), minus=mm(Decimal("0.5"))),
            "tightened",
        ),
        (
            Within(nominal=mm(Decimal(10)), plus=mm(Decimal(1)), minus=mm(Decimal(1))),
            Within(nominal=mm(Decimal(11)), plus=mm(Decimal(1)), minus=mm(Decimal(1))),
            "unknown",
        ),
        (
            AtMost(limit=mm(Decimal(11))),
            Within(nominal=mm(Decimal(10)), plus=mm(Decimal(1)), minus=mm(Decimal(1))),
            "tightened",
        ),
        (Count(least=1, most=5), Count(least=1, most=None), "loosened"),
        (Matches(pattern="LOT-##"), Matches(pattern="LOT-1#"), "tightened"),
        (Conforms(to={"en": "sample A"}), Conforms(to={"en": "sample B"}), "unknown"),
        (Documented(document={"en": "report"}), Conforms(to={"en": "report"}), "unknown"),
        (None, AtMost(limit=mm(Decimal(5))), "unknown"),
    ],
)
def test_what_a_step_does(old: Requirement | None, new: Requirement | None, direction: str) -> None:
    assert compare(old, new).value == direction
