"""Plans as asked for: worked cases, the faults seen elsewhere, how a plan is explained, and what has no plan."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof import sampling
from lotproof.sampling import NoPlan, Plan, explain, plan

ISO, Z14, MIL = sampling.STANDARDS
LOTS = {
    **dict(
        zip(
            "ABCDEFGHJKLMNPQ",
            ((low, "II") for low in (2, 9, 16, 26, 51, 91, 151, 281, 501, 1201, 3201, 10001, 35001, 150001, 500001)),
            strict=True,
        )
    ),
    "R": (500_001, "III"),
}
asked = st.fixed_dictionaries(
    {
        "lot_size": st.one_of(st.integers(2, 2_000_000), st.integers(2, 600)),
        "level": st.sampled_from(sampling.LEVELS),
        "aql": st.sampled_from(sampling.aqls()),
        "severity": st.sampled_from(sampling.SEVERITIES),
        "kind": st.sampled_from(sampling.KINDS),
        "standard": st.sampled_from(sampling.STANDARDS),
    }
)


def at(letter: str, aql: str, **more: str) -> Plan:
    lot, level = LOTS[letter]
    return plan(lot_size=lot, level=level, aql=Decimal(aql), **more)


def brief(found: Plan) -> str:
    """Return ``plan letter: n Ac/Re, ...``."""
    return f"{found.plan_letter}: " + ", ".join(f"{s.n} {'#' if s.ac is None else s.ac}/{s.re}" for s in found.stages)


@pytest.mark.parametrize(
    ("lot", "level", "aql", "letter", "used", "n", "ac"),
    [
        (3000, "II", "2.5", "K", "K", 125, 7),
        (3000, "II", "4.0", "K", "K", 125, 10),
        (10000, "II", "2.5", "L", "L", 200, 10),
        (1000, "II", "2.5", "J", "J", 80, 5),
        (1000, "II", "4.0", "J", "J", 80, 7),
        (200, "II", "2.5", "G", "G", 32, 2),
        (60, "II", "2.5", "E", "F", 20, 1),
        (60, "II", "4.0", "E", "E", 13, 1),
        (30, "II", "2.5", "D", "C", 5, 0),
        (600_000, "III", "1.0", "R", "Q", 1250, 21),
        (2, "S-1", "6.5", "A", "A", 2, 0),
        (150, "II", "15", "F", "F", 20, 7),
    ],
)
def test_worked_cases(lot: int, level: str, aql: str, letter: str, used: str, n: int, ac: int) -> None:
    found = plan(lot_size=lot, level=level, aql=Decimal(aql))
    assert (found.code_letter, found.plan_letter, found.stages[0].n, found.stages[0].ac) == (letter, used, n, ac)


@pytest.mark.parametrize(
    ("letter", "aql", "more", "words"),
    [
        # n moves with the arrow, down and up, and the plan is that of the letter at its end
        ("E", "2.5", {}, "F: 20 1/2"),
        ("D", "2.5", {}, "C: 5 0/1"),
        ("A", "0.010", {}, "Q: 1250 0/1"),
        ("R", "1.0", {}, "Q: 1250 21/22"),
        # an upward arrow past Ac 21 leads to the small letters, not to 21 on the letter's own sample
        ("F", "150", {}, "E: 13 30/31"),
        ("R", "1000", {}, "B: 3 44/45"),
        # the Ac/Re gap of reduced inspection; ISO has none
        ("K", "2.5", {"severity": "reduced", "standard": MIL}, "K: 50 3/6"),
        ("K", "2.5", {"severity": "reduced", "standard": Z14}, "K: 50 3/6"),
        ("K", "2.5", {"severity": "reduced"}, "K: 50 5/6"),
        # tightened and reduced have tables of their own
        ("K", "2.5", {"severity": "tightened"}, "K: 125 5/6"),
        ("L", "6.5", {"severity": "tightened"}, "L: 200 18/19"),
        # letter S
        ("Q", "0.025", {"severity": "tightened"}, "S: 3150 1/2"),
        ("R", "0.025", {"severity": "tightened", "standard": MIL, "kind": "double"}, "S: 2000 0/2, 2000 1/2"),
        # cells that the diagonal rule would fill, but that hold arrows
        ("R", "0.015", {}, "P: 800 0/1"),
        ("A", "10", {}, "C: 5 1/2"),
        ("Q", "0.025", {"severity": "reduced"}, "N: 200 0/1"),
        # the cell in which tightened inspection differs
        ("A", "10", {"severity": "tightened"}, "A: 2 0/1"),
        ("A", "10", {"severity": "tightened", "standard": Z14}, "D: 8 1/2"),
        # rows that pages and copies get wrong
        ("L", "2.5", {}, "L: 200 10/11"),
        ("B", "1000", {}, "B: 3 44/45"),
        # five stages in ISO 2859-1, seven in its relatives; no acceptance on the first sample
        ("K", "1.0", {"kind": "multiple"}, "K: 32 #/3, 32 0/3, 32 1/4, 32 2/5, 32 4/5"),
        (
            "K",
            "1.0",
            {"kind": "multiple", "standard": MIL},
            "K: 32 #/3, 32 0/3, 32 1/4, 32 2/5, 32 3/6, 32 4/6, 32 6/7",
        ),
        ("K", "1.0", {"kind": "double"}, "K: 80 1/3, 80 4/5"),
        ("K", "1.0", {"kind": "double", "standard": Z14}, "K: 80 1/4, 80 4/5"),
    ],
)
def test_what_other_calculators_get_wrong_is_right(letter: str, aql: str, more: dict[str, str], words: str) -> None:
    assert brief(at(letter, aql, **more)) == words


@pytest.mark.parametrize(
    ("lot", "level", "letter"),
    [
        (35_001, "S-1", "D"),
        (150, "S-3", "C"),
        (151, "S-3", "D"),
        (500_001, "S-3", "H"),
        (25, "S-4", "B"),
        (26, "S-4", "C"),
        (500_000, "S-4", "J"),
        (500_001, "S-4", "K"),
        (8, "III", "B"),
        (500_001, "III", "R"),
    ],
)
def test_special_levels_and_the_ends_of_bands(lot: int, level: str, letter: str) -> None:
    assert sampling.code_letter(lot, level) == letter


def test_a_cell_may_refer_to_the_plan_of_another_kind() -> None:
    single = at("K", "0.10", kind="multiple")
    assert (single.kind, single.used_kind, brief(single)) == ("multiple", "single", "K: 125 0/1")
    double = at("C", "10", kind="multiple")
    assert (double.kind, double.used_kind, brief(double)) == ("multiple", "double", "C: 3 0/2, 3 1/2")


def test_totals_are_those_of_all_samples() -> None:
    found = at("K", "1.0", kind="multiple")
    assert (found.total, found.cumulative, found.ac, found.re) == (160, (32, 64, 96, 128, 160), 4, 5)
    assert found.inspect_quantity == 160
    gap = at("K", "2.5", severity="reduced", standard=MIL)
    assert (gap.total, gap.ac, gap.re) == (50, 3, 6)


@given(asked)
def test_samples_that_reach_the_lot_mean_inspecting_every_unit(given_arguments: dict[str, Any]) -> None:
    try:
        found = plan(**given_arguments)
    except NoPlan as refusal:
        assert "not verified" in str(refusal)
        return
    assert found.full_inspection == (found.total >= found.lot_size)
    assert found.inspect_quantity == min(found.total, found.lot_size)


def test_a_sample_above_the_lot_keeps_its_numbers() -> None:
    found = plan(lot_size=150, aql=Decimal("0.010"))
    assert (brief(found), found.full_inspection, found.inspect_quantity) == ("Q: 1250 0/1", True, 150)


@given(asked)
def test_an_explanation_leads_from_the_lot_to_the_plan(given_arguments: dict[str, Any]) -> None:
    try:
        found = plan(**given_arguments)
    except NoPlan:
        with pytest.raises(NoPlan):
            explain(**given_arguments)
        return
    steps = explain(**given_arguments)
    assert steps.plan == found
    assert steps.lot_min <= found.lot_size and (steps.lot_max is None or found.lot_size <= steps.lot_max)
    assert steps.code_letter == found.code_letter
    letters = "ABCDEFGHJKLMNPQRS"
    position = letters.index(found.code_letter)
    for arrow in steps.arrows:
        way = 1 if arrow.direction == "down" else -1
        for letter in (arrow.start, *arrow.passed):
            assert letter == letters[position]
            position += way
        assert arrow.end == letters[position]
    assert letters[position] == found.plan_letter
    assert (steps.used_table == steps.plan_table) == (found.used_kind == found.kind)


def test_an_explanation_names_the_tables_as_the_standard_does() -> None:
    steps = explain(lot_size=60, aql=Decimal("2.5"))
    assert (steps.lot_min, steps.lot_max, steps.letter_table, steps.code_letter) == (51, 90, "Table 1", "E")
    (arrow,) = steps.arrows
    assert (steps.plan_table, arrow.direction, arrow.start, arrow.end) == ("Table 2-A", "down", "E", "F")
    steps = explain(lot_size=3000, aql=Decimal("0.10"), kind="multiple", severity="tightened", standard=MIL)
    assert (steps.letter_table, steps.plan_table, steps.used_table) == ("Table I", "Table IV-B", "Table II-B")


# What has no plan


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"lot_size": 0}, "inspect every unit"),
        ({"lot_size": 1}, "inspect every unit"),
        ({"lot_size": -5}, "inspect every unit"),
        ({"lot_size": 12.5}, "a whole number of units"),
        ({"lot_size": True}, "a whole number of units"),
        ({"aql": Decimal("3.0")}, "2.5 and 4.0"),
        ({"aql": Decimal("0.001")}, "nearest value is 0.010"),
        ({"aql": Decimal(1500)}, "nearest value is 1000"),
        ({"aql": Decimal(0)}, "Ac 0 on a sample of its own"),
        ({"aql": Decimal("NaN")}, "an AQL such as"),
        ({"aql": Decimal("sNaN")}, "an AQL such as"),
        ({"aql": Decimal("Infinity")}, "an AQL such as"),
        ({"aql": 2.5}, "an AQL such as"),
        ({"level": "IV"}, "S-1"),
        ({"level": "ii"}, "S-1"),
        ({"standard": "ISO 2859-1:2026"}, "no verified tables here: .*ISO 2859-1:1999"),
        ({"standard": "ISO 2859-1"}, "name one, ISO 2859-1:1999"),
        ({"standard": "GB/T 2828.1-2012"}, "ISO 2859-1:1999"),
        ({"standard": "ISO 3951-1"}, "there are tables for ISO 2859-1:1999, ANSI/ASQ Z1.4-2003, MIL-STD-105E"),
        ({"severity": "strict"}, "normal, tightened, reduced"),
        ({"kind": "triple"}, "single, double, multiple"),
        (
            {"severity": "reduced", "kind": "double", "aql": Decimal("2.5")},
            "letter K .* not verified .*Table 3-C: take single sampling .letter K, n 50, Ac 5, Re 6",
        ),
    ],
)
def test_what_has_no_plan_is_refused_with_the_way_out(arguments: dict[str, object], words: str) -> None:
    given_arguments = {"lot_size": 3000, "aql": Decimal("2.5"), **arguments}
    with pytest.raises(NoPlan, match=words):
        plan(**given_arguments)  # type: ignore[arg-type]


def test_a_refusal_stays_one_after_the_plan_beside_it_was_given() -> None:
    assert plan(lot_size=3000, aql=Decimal("2.5")).lot_size == 3000
    with pytest.raises(NoPlan):
        plan(lot_size=3000.0, aql=Decimal("2.5"))  # type: ignore[arg-type]


def test_the_aql_of_a_plan_has_the_digits_of_the_table() -> None:
    assert str(plan(lot_size=3000, aql=Decimal(1)).aql) == "1.0"
    assert str(plan(lot_size=3000, aql=Decimal("0.1")).aql) == "0.10"


def test_sample_sizes_are_those_of_standard_and_severity() -> None:
    assert sampling.sample_size("K") == 125
    assert sampling.sample_size("K", MIL, "reduced") == 50
    for letter, standard in (("I", ISO), ("K", "ISO 2859-1:2026")):
        with pytest.raises(NoPlan):
            sampling.sample_size(letter, standard)


def test_neighbouring_bands_enclose_the_lot() -> None:
    assert sampling.bands(9600, "II") == ((1201, 3200, "K"), (3201, 10000, "L"), (10001, 35000, "M"))
    assert sampling.bands(2, "II")[0] == (2, 8, "A")
    assert sampling.bands(900_000, "II")[-1] == (500_001, None, "Q")
    with pytest.raises(NoPlan, match="inspect every unit"):
        sampling.bands(1, "II")
