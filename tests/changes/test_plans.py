"""A plan that is called tightened lets no lot pass more easily, whatever its quality."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lotproof import sampling
from lotproof.changes.model import Direction
from lotproof.changes.plans import plan_direction
from lotproof.orders.model import ClassPlan
from lotproof.sampling import Plan, Stage
from lotproof.sampling.risk import risk

QUALITIES = [Decimal(percent) / 4 for percent in range(121)]


def plans(kind: str) -> list[Plan]:
    """Plans of one kind for many lot sizes and AQLs."""
    found = []
    for size in (40, 200, 1000, 9600, 100_000):
        for aql in ("0.65", "1.0", "2.5", "4.0"):
            try:
                found.append(sampling.plan(lot_size=size, aql=Decimal(aql), kind=kind))
            except sampling.NoPlan:
                continue
    return found


def class_plan(plan: Plan) -> ClassPlan:
    """The plan as an order holds it."""
    return ClassPlan(
        defect_class="major",
        aql=str(plan.aql),
        code_letter=plan.code_letter,
        plan_letter=plan.plan_letter,
        stages=plan.stages,
        full=False,
    )


@pytest.mark.parametrize("kind", ["single", "double"])
def test_plans_agree_with_their_operating_characteristic(kind: str) -> None:
    every = plans(kind)
    said = set()
    for old in every:
        for new in every:
            direction = plan_direction(class_plan(old), class_plan(new))
            said.add(direction)
            if direction in (Direction.TIGHTENED, Direction.NEITHER):
                curves = [risk(p, model="binomial") for p in (old, new)]
                assert all(curves[1].accepts(q) <= curves[0].accepts(q) + 1e-9 for q in QUALITIES), (old, new)
    assert Direction.TIGHTENED in said and Direction.UNKNOWN in said


@pytest.mark.parametrize(
    ("old", "new", "direction"),
    [
        ((200, 10, 11), (200, 7, 8), "tightened"),
        ((200, 7, 8), (200, 10, 11), "loosened"),
        ((200, 10, 11), (315, 10, 11), "tightened"),
        ((200, 10, 11), (315, 14, 15), "unknown"),
        ((200, 10, 11), (200, 10, 11), "neither"),
    ],
)
def test_more_units_and_fewer_failures_are_stricter(
    old: tuple[int, int, int], new: tuple[int, int, int], direction: str
) -> None:
    sides = [
        ClassPlan(
            defect_class="major",
            aql="2.5",
            code_letter="L",
            plan_letter="L",
            stages=(Stage(n=n, ac=ac, re=re),),
            full=False,
        )
        for n, ac, re in (old, new)
    ]
    assert plan_direction(*sides).value == direction
