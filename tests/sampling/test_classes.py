"""Several classes of defects on one lot."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotproof import sampling
from lotproof.sampling import LEVELS, NoPlan, Plan, class_plans, plan, reread
from lotproof.sampling.tables import LETTERS

AQLS = sampling.aqls()


def shape(plans: dict[str, Plan]) -> dict[str, tuple[str, list[tuple[int, int | None, int]]]]:
    """Return letter and stages of each class."""
    return {name: (p.plan_letter, [(s.n, s.ac, s.re) for s in p.stages]) for name, p in plans.items()}


def test_classes_with_arrows_have_samples_of_their_own_or_the_largest_letter() -> None:
    aqls = {"major": Decimal("2.5"), "minor": Decimal("4.0")}
    assert shape(class_plans(aqls, lot_size=60)) == {"major": ("F", [(20, 1, 2)]), "minor": ("E", [(13, 1, 2)])}
    assert shape(class_plans(aqls, lot_size=60, samples="largest")) == {
        "major": ("F", [(20, 1, 2)]),
        "minor": ("F", [(20, 2, 3)]),
    }


def test_an_arrow_to_a_larger_sample_at_the_common_letter_moves_all_classes() -> None:
    aqls = {"major": Decimal("2.5"), "minor": Decimal("4.0")}
    assert shape(class_plans(aqls, lot_size=30)) == {"major": ("C", [(5, 0, 1)]), "minor": ("E", [(13, 1, 2)])}
    assert shape(class_plans(aqls, lot_size=30, samples="largest")) == {
        "major": ("F", [(20, 1, 2)]),
        "minor": ("F", [(20, 2, 3)]),
    }


def test_a_class_whose_arrow_points_to_a_smaller_sample_keeps_it() -> None:
    aqls = {"major": Decimal("1.5"), "minor": Decimal("2.5")}
    assert shape(class_plans(aqls, lot_size=20, samples="largest")) == {
        "major": ("D", [(8, 0, 1)]),
        "minor": ("C", [(5, 0, 1)]),
    }


def test_one_class_is_as_if_it_were_alone() -> None:
    alone = class_plans({"x": Decimal("2.5")}, lot_size=3000, samples="largest")["x"]
    assert alone == plan(lot_size=3000, aql=Decimal("2.5"))


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="nested, largest"):
        class_plans({"x": Decimal("2.5")}, lot_size=60, samples="both")
    with pytest.raises(NoPlan, match="unknown code letter 'S'"):
        reread(plan(lot_size=60, aql=Decimal("2.5")), "S")
    with pytest.raises(NoPlan, match=r"2\.5"):
        class_plans({"x": Decimal("2.5"), "y": Decimal("3.0")}, lot_size=60)


@settings(max_examples=400)
@given(
    lot=st.integers(2, 700_000),
    level=st.sampled_from(LEVELS),
    severity=st.sampled_from(["normal", "tightened", "reduced"]),
    aqls=st.lists(st.sampled_from(AQLS), min_size=2, max_size=3, unique=True).map(sorted),
)
def test_at_the_largest_letter_no_class_has_less_than_its_own_letter_or_a_foreign_ac(
    lot: int, level: str, severity: str, aqls: list[Decimal]
) -> None:
    named = {str(aql): aql for aql in aqls}
    own = class_plans(named, lot_size=lot, level=level, severity=severity)
    shared = class_plans(named, lot_size=lot, level=level, severity=severity, samples="largest")
    letter = max((p.plan_letter for p in shared.values()), key=LETTERS.index)
    assert LETTERS.index(letter) >= max(LETTERS.index(p.plan_letter) for p in own.values())
    by_strictness = [shared[str(aql)] for aql in aqls]
    for strict, loose in itertools.pairwise(by_strictness):
        if strict.plan_letter == loose.plan_letter:
            assert strict.ac <= loose.ac
    for found in shared.values():
        at = found.plan_letter.replace("S", "R")  # S has no column of its own: an arrow at R leads there
        assert reread(found, at).stages == found.stages  # n, Ac and Re of one cell of the table
