"""Plans for one lot: against a search through every plan, in exact fractions."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotproof.sampling import NoPlan
from lotproof.sampling.isolated import accept_zero, isolated
from lotproof.sampling.risk import risk_of

RISKS = st.sampled_from([Decimal("0.05"), Decimal("0.10"), Decimal("0.20")])


def passes(lot: int, bad: int, n: int, ac: int) -> Fraction:
    """Return the probability that a lot passes, exactly."""
    ways = sum(math.comb(bad, k) * math.comb(lot - bad, n - k) for k in range(min(ac, n) + 1))
    return Fraction(ways, math.comb(lot, n))


@given(st.integers(1, 150), st.integers(1, 999).map(lambda i: Decimal(i) / 10), RISKS)
@settings(deadline=None)
def test_accept_zero_is_the_smallest_sample(lot: int, lq: Decimal, beta: Decimal) -> None:
    bad = math.ceil(Fraction(lq) * lot / 100)
    smallest = next(n for n in range(1, lot + 1) if passes(lot, bad, n, 0) <= Fraction(beta))
    found = accept_zero(lq=lq, beta=beta, lot_size=lot)
    assert (found.n, found.ac, found.full_inspection) == (smallest, 0, smallest == lot)
    assert found.consumers_risk == pytest.approx(float(passes(lot, bad, smallest, 0)), abs=1e-12)


@given(st.integers(2, 60), st.integers(2, 600), st.integers(0, 599), RISKS)
@settings(deadline=None, max_examples=60)
def test_the_isolated_plan_is_the_smallest_that_holds_both_risks(lot: int, high: int, low: int, beta: Decimal) -> None:
    lq, quality = Decimal(high) / 10, Decimal(min(low, high - 1)) / 10
    bad, good = math.ceil(Fraction(lq) * lot / 100), math.floor(Fraction(quality) * lot / 100)
    both = (
        (n, ac)
        for n in range(1, lot + 1)
        for ac in range(n)
        if passes(lot, bad, n, ac) <= Fraction(beta) and 1 - passes(lot, good, n, ac) <= Fraction(1, 20)
    )
    best = next(both, None)
    if best is None:
        with pytest.raises(NoPlan, match="told apart"):
            isolated(lq=lq, quality=quality, beta=beta, lot_size=lot)
        return
    found = isolated(lq=lq, quality=quality, beta=beta, lot_size=lot)
    assert (found.n, found.ac) == best


@pytest.mark.parametrize(("lot", "lq", "n"), [(3000, "1.8", 125), (None, "1.8", 127), (10, "10", 9), (1, "5", 1)])
def test_worked_accept_zero_plans(lot: int | None, lq: str, n: int) -> None:
    assert accept_zero(lq=Decimal(lq), lot_size=lot).n == n


def test_without_a_lot_both_risks_are_binomial() -> None:
    found = isolated(lq=Decimal("6.5"), quality=Decimal("1.0"))
    chances = risk_of(found.stages, model="binomial", lot_size=None)
    assert found.model == "binomial"
    assert chances.accepts(Decimal("6.5")) == pytest.approx(found.consumers_risk, abs=1e-12)
    assert found.consumers_risk <= 0.10
    assert chances.producers_risk(Decimal("1.0")) <= 0.05


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"lq": Decimal(0)}, "above 0"),
        ({"lq": Decimal(100)}, "below 100"),
        ({"beta": Decimal(1)}, "0.10"),
        ({"lot_size": 0}, "1 or more"),
        ({"lq": Decimal("0.00001")}, "larger LQ"),
    ],
)
def test_numbers_without_a_plan_are_refused_with_the_way_out(arguments: dict[str, Decimal | int], words: str) -> None:
    with pytest.raises(NoPlan, match=words):
        accept_zero(**{"lq": Decimal("2.5"), **arguments})  # type: ignore[arg-type]


def test_the_lq_lies_above_what_is_to_pass() -> None:
    with pytest.raises(NoPlan, match="must lie above"):
        isolated(lq=Decimal("2.5"), quality=Decimal("2.5"))
    with pytest.raises(NoPlan, match="told apart"):
        isolated(lq=Decimal("2.51"), quality=Decimal("2.5"))
