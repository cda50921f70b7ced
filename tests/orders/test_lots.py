"""Samples of terms, case by case."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from lotproof.catalog.model import SampleRule
from lotproof.orders import lots
from lotproof.orders.model import GoodsLine

LINE = GoodsLine(item="A", description=None, drawing=None, hs_code=None, quantity=3000, unit="pc")
ANSWERS: dict[str, Any] = {
    "level": "II",
    "standard": "ISO 2859-1:1999",
    "aql_critical": "zero",
    "aql_major": Decimal("2.5"),
    "aql_minor": Decimal("4.0"),
    "lot": "combined",
}


def drawn(defect_class: str, **changes: Any) -> tuple[int, int | None, int | None, str, str]:
    """Return n, Ac, Re, letter and AQL of a sample at level S-2, judged by the AQL of its class."""
    answers = ANSWERS | changes
    (lot,) = lots.lots([LINE], "lot", answers)
    rule = SampleRule(plan="level", level="S-2", by_class=True, of={})
    (sample,) = lots.samples(rule, defect_class, [LINE], {"A": lot}, basis="lot", answers=answers)
    return sample.n, sample.ac, sample.re, sample.letter, sample.aql


@pytest.mark.parametrize(
    ("defect_class", "changes", "expected"),
    [
        ("major", {}, (5, 0, 1, "C", "2.5")),
        ("minor", {}, (13, 1, 2, "E", "4.0")),
        ("critical", {}, (8, 0, 1, "D", "")),
        ("major", {"aql_major": Decimal("6.5")}, (8, 1, 2, "D", "6.5")),
        ("major", {"severity": "tightened"}, (8, 0, 1, "D", "2.5")),
        ("major", {"aql_major": None}, (8, 0, 1, "D", "")),
    ],
)
def test_a_sample_of_its_own_level_is_judged_by_the_aql_of_its_class(
    defect_class: str, changes: dict[str, Any], expected: tuple[int, int, int, str, str]
) -> None:
    assert drawn(defect_class, **changes) == expected


def test_a_single_unit_has_no_plan_and_is_inspected() -> None:
    one = GoodsLine(item="A", description=None, drawing=None, hs_code=None, quantity=1, unit="pc")
    (lot,) = lots.lots([one], "lot", ANSWERS)
    assert [[(s.n, s.ac, s.re) for s in p.stages] for p in lot.plans] == [[(1, 0, 1)]] * 3
    assert all(p.full for p in lot.plans)
