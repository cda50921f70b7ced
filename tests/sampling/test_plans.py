"""Single normal plans: every cell against a rule of its own, worked cases, and what has no plan."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof import sampling
from lotproof.sampling import NoPlan, plan

LETTERS = "ABCDEFGHJKLMNPQR"
SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000)
LOWER = (
    "0.010",
    "0.015",
    "0.025",
    "0.040",
    "0.065",
    "0.10",
    "0.15",
    "0.25",
    "0.40",
    "0.65",
    "1.0",
    "1.5",
    "2.5",
    "4.0",
    "6.5",
)
ACCEPTANCE = {0: 0, **dict(enumerate((1, 2, 3, 5, 7, 10, 14, 21), 3))}
BAND_OF_LETTER_II = dict(
    zip(
        "ABCDEFGHJKLMNPQ",
        (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10000, 35000, 150000, 500000, 500001),
        strict=True,
    )
)


def by_the_diagonal(letter: str, aql: str) -> tuple[str, int, int]:
    """Resolve a plan by the diagonal pattern of Table 2-A, which knows nothing of the stored cells."""
    row, column = LETTERS.index(letter), LOWER.index(aql)
    while (step := row + column - 14) not in ACCEPTANCE:
        row += 1 if step < 0 or step == 2 else -1
    return LETTERS[row], SIZES[row], ACCEPTANCE[step]


@pytest.mark.parametrize("standard", sampling.STANDARDS)
@pytest.mark.parametrize("aql", LOWER)
@pytest.mark.parametrize("letter", BAND_OF_LETTER_II)
def test_every_plan_up_to_aql_6_5_follows_the_diagonal(letter: str, aql: str, standard: str) -> None:
    found = plan(lot_size=BAND_OF_LETTER_II[letter], aql=Decimal(aql), standard=standard)
    assert found.code_letter == letter
    stage = found.stages[0]
    assert (found.plan_letter, stage.n, stage.ac) == by_the_diagonal(letter, aql)
    assert stage.re == stage.ac + 1
    assert found.inspect_quantity == min(stage.n, found.lot_size)
    assert found.full_inspection == (stage.n >= found.lot_size)


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


@given(st.integers(2, 2_000_000), st.sampled_from(sampling.LEVELS), st.sampled_from(sampling.aqls()))
def test_arrows_end_and_a_larger_aql_never_accepts_a_smaller_share(lot: int, level: str, aql: Decimal) -> None:
    found = plan(lot_size=lot, level=level, aql=aql)
    larger = [a for a in sampling.aqls() if a > aql]
    if larger:
        above = plan(lot_size=lot, level=level, aql=larger[0])
        mine, theirs = found.stages[0], above.stages[0]
        assert mine.ac * theirs.n <= theirs.ac * mine.n or mine.ac <= theirs.ac


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"lot_size": 0}, "inspect every unit"),
        ({"lot_size": 1}, "inspect every unit"),
        ({"aql": Decimal("3.0")}, "2.5 and 4.0"),
        ({"aql": Decimal("0.001")}, "0.010"),
        ({"level": "IV"}, "S-1"),
        ({"standard": "ISO 2859-1:2026"}, "ISO 2859-1:1999"),
        ({"severity": "tightened"}, "normal"),
        ({"kind": "double"}, "single"),
    ],
)
def test_what_has_no_plan_is_refused_with_the_way_out(arguments: dict[str, object], words: str) -> None:
    given_arguments = {"lot_size": 3000, "aql": Decimal("2.5"), **arguments}
    with pytest.raises(NoPlan, match=words):
        plan(**given_arguments)  # type: ignore[arg-type]


def test_neighbouring_bands_enclose_the_lot() -> None:
    assert sampling.bands(9600, "II") == ((1201, 3200, "K"), (3201, 10000, "L"), (10001, 35000, "M"))
    assert sampling.bands(2, "II")[0] == (2, 8, "A")
    assert sampling.bands(900_000, "II")[-1] == (500_001, None, "Q")
