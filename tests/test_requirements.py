"""The judge: limits included, and no reading is never a pass."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof.quantity import Quantity
from lotproof.requirements import (
    FAIL,
    PASS,
    AtLeast,
    AtMost,
    Cause,
    Conforms,
    Count,
    Documented,
    Entry,
    Matches,
    OneOf,
    Part,
    Pending,
    PerKey,
    Reading,
    Requirement,
    Shares,
    Single,
    Statistic,
    Within,
    judge,
    matches,
    worst,
)

STEP = Decimal("0.001")

decimals = st.decimals(-10_000, 10_000, places=3, allow_nan=False)
positive = st.decimals(0, 10_000, places=3, allow_nan=False)
many = st.lists(decimals, min_size=1, max_size=6)


def mm(value: Decimal | int | str) -> Quantity:
    return Quantity(Decimal(value), "mm")


def readings(values: Sequence[Decimal]) -> list[Reading]:
    return [mm(v) for v in values]


NAMES = st.sampled_from(["cotton", "wool", "steel"])

singles: st.SearchStrategy[Single] = st.one_of(
    st.builds(AtMost, limit=decimals.map(mm), statistic=st.sampled_from(Statistic)),
    st.builds(AtLeast, limit=decimals.map(mm), statistic=st.sampled_from(Statistic)),
    st.builds(
        Within,
        nominal=decimals.map(mm),
        plus=positive.map(mm),
        minus=positive.map(mm),
        statistic=st.sampled_from(Statistic),
    ),
    st.builds(OneOf, options=st.lists(NAMES, min_size=1, max_size=2).map(tuple)),
    st.builds(Count, least=st.one_of(st.none(), st.integers(0, 5)), most=st.one_of(st.none(), st.integers(0, 5))),
    st.builds(Matches, pattern=st.sampled_from(["LOT-##", "@#", ""])),
    st.builds(Conforms, to=st.just({"en": "exhibit A"})),
    st.builds(Documented, document=st.just({"en": "report"})),
    st.builds(
        Shares,
        parts=st.lists(
            st.builds(
                Part,
                name=NAMES,
                label=st.just({"en": "x"}),
                share=st.decimals(0, 100, places=1),
                tolerance=st.decimals(0, 5, places=1),
            ),
            min_size=1,
            max_size=3,
            unique_by=lambda p: p.name,
        ).map(tuple),
    ),
)
requirements: st.SearchStrategy[Requirement] = st.one_of(
    singles,
    st.lists(
        st.builds(Entry, key=NAMES, label=st.just({"en": "x"}), requirement=singles),
        max_size=3,
        unique_by=lambda e: e.key,
    ).map(lambda entries: PerKey(entries=tuple(entries))),
)
anything: st.SearchStrategy[Any] = st.one_of(
    decimals.map(mm),
    st.integers(-3, 8),
    st.booleans(),
    st.sampled_from(["cotton", "LOT-12", "A1", "", "lot-12"]),
    st.dictionaries(NAMES, st.decimals(0, 100, places=1)),
    st.just(Quantity(Decimal("NaN"), "mm")),
    st.just({"cotton": Decimal("NaN")}),
)


# --- nothing measured ----------------------------------------------------------------------------------------------


@given(requirements)
def test_no_reading_is_not_a_pass(requirement: Requirement) -> None:
    assert judge(requirement, ()) == Pending(Cause.NO_READING)
    assert isinstance(judge(requirement, {}), Pending)


@given(st.lists(anything, max_size=3))
def test_no_limit_agreed_is_not_a_pass(found: list[Reading]) -> None:
    assert judge(None, found) == Pending(Cause.NO_REQUIREMENT)


@given(requirements, st.lists(anything, max_size=4))
def test_readings_of_any_kind_get_a_verdict_and_only_comparable_ones_pass(
    requirement: Requirement, found: list[Reading]
) -> None:
    verdict = judge(requirement, found)
    if verdict == PASS:
        assert found
        assert not isinstance(requirement, PerKey)
        assert all(judge(requirement, [one]) == PASS for one in found) or getattr(requirement, "statistic", "") in (
            "mean",
            "stdev",
        )


@given(requirements, st.lists(anything, min_size=1, max_size=3), anything)
def test_one_reading_more_never_heals_a_failure_of_each(
    requirement: Requirement, found: list[Reading], more: Reading
) -> None:
    if getattr(requirement, "statistic", Statistic.EACH) is Statistic.EACH and judge(requirement, found) == FAIL:
        assert judge(requirement, [*found, more]) == FAIL


@given(singles, st.lists(anything, min_size=1, max_size=3))
def test_what_cannot_be_compared_keeps_a_pass_away(requirement: Single, found: list[Reading]) -> None:
    for strange in (Quantity(Decimal("NaN"), "mm"), {"steel": Decimal("NaN")}):
        assert judge(requirement, [*found, strange]) != PASS


def test_another_unit_is_an_error_not_a_guess() -> None:
    with pytest.raises(ValueError, match="cm"):
        judge(AtMost(limit=mm(5)), [Quantity(Decimal("0.4"), "cm")])


# --- limits --------------------------------------------------------------------------------------------------------


@given(decimals)
def test_a_limit_itself_passes_and_the_next_step_fails(limit: Decimal) -> None:
    for statistic in (Statistic.EACH, Statistic.MEAN, Statistic.SHARE):
        assert judge(AtMost(limit=mm(limit), statistic=statistic), [mm(limit)]) == PASS
        assert judge(AtMost(limit=mm(limit), statistic=statistic), [mm(limit + STEP)]) == FAIL
        assert judge(AtLeast(limit=mm(limit), statistic=statistic), [mm(limit)]) == PASS
        assert judge(AtLeast(limit=mm(limit), statistic=statistic), [mm(limit - STEP)]) == FAIL


@given(decimals, positive, positive)
def test_both_ends_of_a_range_pass_and_what_lies_beyond_fails(nominal: Decimal, plus: Decimal, minus: Decimal) -> None:
    requirement = Within(nominal=mm(nominal), plus=mm(plus), minus=mm(minus))
    for inside in (nominal - minus, nominal, nominal + plus):
        assert judge(requirement, [mm(inside)]) == PASS
    for outside in (nominal - minus - STEP, nominal + plus + STEP):
        assert judge(requirement, [mm(outside)]) == FAIL


@given(many, decimals)
def test_each_judges_every_single_reading(values: list[Decimal], limit: Decimal) -> None:
    assert (judge(AtMost(limit=mm(limit)), readings(values)) == PASS) == (max(values) <= limit)
    assert (judge(AtLeast(limit=mm(limit)), readings(values)) == PASS) == (min(values) >= limit)


@given(many, decimals)
def test_mean_judges_the_exact_mean(values: list[Decimal], limit: Decimal) -> None:
    mean = sum(map(Fraction, values), Fraction(0)) / len(values)
    assert (judge(AtMost(limit=mm(limit), statistic=Statistic.MEAN), readings(values)) == PASS) == (
        mean <= Fraction(limit)
    )
    assert (judge(AtLeast(limit=mm(limit), statistic=Statistic.MEAN), readings(values)) == PASS) == (
        mean >= Fraction(limit)
    )


@given(st.lists(decimals, min_size=1, max_size=4), st.sampled_from([1, 3, 7]))
def test_a_mean_that_is_the_limit_passes_whatever_the_number_of_readings(values: list[Decimal], times: int) -> None:
    limit = values[0]
    spread = [limit + v for v in values] + [limit - v for v in values]
    for requirement in (AtMost, AtLeast):
        assert judge(requirement(limit=mm(limit), statistic=Statistic.MEAN), readings(spread * times)) == PASS


@given(st.lists(decimals, min_size=2, max_size=6), positive)
def test_deviation_is_that_of_a_sample(values: list[Decimal], limit: Decimal) -> None:
    exceeds = statistics.variance(map(Fraction, values)) > Fraction(limit) ** 2
    verdict = judge(AtMost(limit=mm(limit), statistic=Statistic.STDEV), readings(values))
    assert verdict == (FAIL if exceeds else PASS)


def test_a_deviation_needs_two_readings() -> None:
    assert judge(AtMost(limit=mm(5), statistic=Statistic.STDEV), [mm(1)]) == Pending(Cause.TOO_FEW)


def test_a_failure_is_found_beside_a_reading_that_cannot_be_compared() -> None:
    strange: list[Reading] = ["n/a", mm(6)]
    assert judge(AtMost(limit=mm(5)), strange) == FAIL
    assert judge(AtMost(limit=mm(6)), strange) == Pending(Cause.NOT_COMPARABLE)
    assert judge(AtMost(limit=mm(9), statistic=Statistic.MEAN), strange) == Pending(Cause.NOT_COMPARABLE)


# --- counts, options, patterns, documents -----------------------------------------------------------------------------


@given(st.integers(0, 9), st.one_of(st.none(), st.integers(0, 9)), st.one_of(st.none(), st.integers(0, 9)))
def test_both_ends_of_a_count_pass(found: int, least: int | None, most: int | None) -> None:
    meets = (least is None or found >= least) and (most is None or found <= most)
    assert judge(Count(least=least, most=most), [found]) == (PASS if meets else FAIL)


@pytest.mark.parametrize("reading", [True, -1, "3", mm(3)])
def test_only_whole_numbers_from_zero_count(reading: Reading) -> None:
    assert judge(Count(least=0, most=9), [reading]) == Pending(Cause.NOT_COMPARABLE)


def test_an_option_is_compared_letter_by_letter() -> None:
    requirement = OneOf(options=("304", "316L"))
    assert judge(requirement, ["304", "316L"]) == PASS
    for other in ("316l", "304 ", "", "3\u200b04", "３０４"):
        assert judge(requirement, ["304", other]) == FAIL


@given(st.text(st.sampled_from("#@AZaz09-é٣"), max_size=6), st.text(st.sampled_from("AZaz09-é٣#@"), max_size=6))
def test_a_pattern_fits_character_by_character(pattern: str, text: str) -> None:
    digits, capitals = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    allowed = [digits if p == "#" else capitals if p == "@" else p for p in pattern]
    assert matches(pattern, text) == (
        len(text) == len(allowed) and all(c in a for c, a in zip(text, allowed, strict=True))
    )


@pytest.mark.parametrize("requirement", [Conforms(to={"en": "A"}), Documented(document={"en": "B"})])
def test_only_an_explicit_yes_conforms(requirement: Single) -> None:
    assert judge(requirement, [True]) == PASS
    assert judge(requirement, [True, False]) == FAIL
    for other in (1, "yes", "True"):
        assert judge(requirement, [other]) == Pending(Cause.NOT_COMPARABLE)


# --- shares and tables -----------------------------------------------------------------------------------------------

BLEND = Shares(
    parts=(
        Part(name="cotton", label={"en": "cotton"}, share=Decimal(65), tolerance=Decimal(3)),
        Part(name="polyester", label={"en": "polyester"}, share=Decimal(35), tolerance=Decimal(3)),
    )
)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        ({"cotton": "65", "polyester": "35"}, PASS),
        ({"cotton": "62", "polyester": "38"}, PASS),
        ({"cotton": "61.9", "polyester": "38"}, FAIL),
        ({"cotton": "65", "polyester": "34", "elastane": "1"}, FAIL),
        ({"cotton": "65"}, Pending(Cause.TOO_FEW)),
        ({"cotton": "50"}, FAIL),
        ({}, Pending(Cause.TOO_FEW)),
        ({"cotton": "NaN", "polyester": "35"}, Pending(Cause.NOT_COMPARABLE)),
        ({"cotton": "NaN", "polyester": "50"}, FAIL),
    ],
)
def test_each_part_lies_within_its_tolerance_and_nothing_else_is_in_it(
    found: Mapping[str, str], verdict: object
) -> None:
    reading = {name: Decimal(share) for name, share in found.items()}
    assert judge(BLEND, [reading]) == verdict


def test_a_table_passes_only_with_every_row_measured() -> None:
    table = PerKey(
        entries=(
            Entry(key="length", label={"en": "length"}, requirement=AtMost(limit=mm(5))),
            Entry(key="width", label={"en": "width"}, requirement=AtMost(limit=mm(5))),
        )
    )
    assert judge(table, {"length": [mm(5)], "width": [mm(5)]}) == PASS
    assert judge(table, {"length": [mm(5)]}) == Pending(Cause.NO_READING)
    assert judge(table, {"length": [mm(6)]}) == FAIL
    assert judge(table, [mm(5)]) == Pending(Cause.NOT_COMPARABLE)
    assert judge(PerKey(entries=()), {"length": [mm(5)]}) == Pending(Cause.NO_READING)


@given(st.lists(st.sampled_from([PASS, FAIL, Pending(Cause.TOO_FEW), Pending(Cause.NO_READING)]), max_size=5))
def test_a_whole_is_as_good_as_its_worst_part(verdicts: list[Any]) -> None:
    whole = worst(verdicts)
    assert (whole == FAIL) == (FAIL in verdicts)
    assert (whole == PASS) == (bool(verdicts) and all(v == PASS for v in verdicts))
