"""Every cell of every master table against the pattern of the printed tables, written down here without the stored cells."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lotproof import sampling
from lotproof.sampling import NoPlan, plan
from lotproof.shipped import shipped

LETTERS = "ABCDEFGHJKLMNPQRS"
COLUMNS = (
    "0.010 0.015 0.025 0.040 0.065 0.10 0.15 0.25 0.40 0.65 1.0 1.5 2.5 4.0 6.5 10 15 25 40 65 100 150 250 400 650 1000"
)
AQLS = COLUMNS.split()
SERIES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150)
SMALLER = {"single": 0, "double": 1, "multiple": 3}
"""Steps down the series of sample sizes, from a single plan to each sample of its double and multiple plan."""

ISO, Z14, MIL = sampling.STANDARDS
FAMILY = {ISO: "iso", Z14: "mil", MIL: "mil"}
LOT_OF_LETTER = {
    **{
        letter: (lot, "II")
        for letter, lot in zip(
            LETTERS[:15],
            (2, 9, 16, 26, 51, 91, 151, 281, 501, 1201, 3201, 10001, 35001, 150001, 500001),
            strict=True,
        )
    },
    "R": (500_001, "III"),
}

# From the cell of Ac 0 along a row of single sampling; the same in each row, one column further left in the next one.
NORMAL = "0/1 up down 1/2 2/3 3/4 5/6 7/8 10/11 14/15 21/22 30/31 44/45"
TIGHTENED = "0/1 down down 1/2 2/3 3/4 5/6 8/9 12/13 18/19 27/28 41/42"
REDUCED = {
    "iso": "0/1 up down down 1/2 2/3 3/4 5/6 6/7 8/9 10/11 14/15 21/22",
    "mil": "0/1 up down 0/2 1/3 1/4 2/5 3/6 5/8 7/10 10/13 14/17 21/24",
}
REDUCED_B = {
    "iso": "0/1 up down down 1/2 2/3 3/4 5/6 7/8 10/11 14/15 21/22 30/31",
    "mil": "0/1 up down 0/2 1/3 2/4 3/5 5/6 7/8 10/11 14/15 21/22 30/31",
}
LAST_STEP_FROM_F = {"normal": 10, "tightened": 9, "reduced": 10}

DOUBLE = {
    ("iso", "normal"): "1=0/2 1/2;2=0/3 3/4;3=1/3 4/5;5=2/5 6/7;7=3/6 9/10;10=5/9 12/13;14=7/11 18/19;21=11/16 26/27;"
    "30=17/22 37/38;44=25/31 56/57",
    (
        "iso",
        "tightened",
    ): "1=0/2 1/2;2=0/3 3/4;3=1/3 4/5;5=2/5 6/7;8=4/7 10/11;12=6/10 15/16;18=9/14 23/24;27=15/20 34/35;41=23/29 52/53",
    ("iso", "reduced"): "1=0/2 1/2;2=0/3 3/4;3=1/3 4/5;6=3/6 7/8;8=4/7 10/11;10=5/9 12/13;14=7/11 18/19;21=11/16 26/27",
    ("mil", "normal"): "1=0/2 1/2;2=0/3 3/4;3=1/4 4/5;5=2/5 6/7;7=3/7 8/9;10=5/9 12/13;14=7/11 18/19;21=11/16 26/27;"
    "30=17/22 37/38;44=25/31 56/57",
    (
        "mil",
        "tightened",
    ): "1=0/2 1/2;2=0/3 3/4;3=1/4 4/5;5=2/5 6/7;8=3/7 11/12;12=6/10 15/16;18=9/14 23/24;27=15/20 34/35;41=23/29 52/53",
    ("mil", "reduced"): "0/2=0/2 0/2;1/3=0/3 0/4;1/4=0/4 1/5;2/5=0/4 3/6;3/6=1/5 4/7;5/8=2/7 6/9;7/10=3/8 8/12;"
    "10/13=5/10 12/16;14/17=7/12 18/22;21/24=11/17 26/30",
}
MULTIPLE = {
    ("iso", "normal"): "1=#/2 0/2 0/2 0/2 1/2;2=#/2 0/3 0/3 1/3 3/4;3=#/3 0/3 1/4 2/5 4/5;5=#/4 1/5 2/6 4/7 6/7;"
    "7=0/4 1/6 3/8 5/9 9/10;10=0/5 3/8 6/10 9/12 12/13;14=1/7 4/10 8/13 12/17 18/19;21=2/9 7/14 13/19 20/25 26/27;"
    "30=4/12 11/19 19/27 28/34 37/38;44=6/16 17/27 29/38 40/48 56/57",
    ("iso", "tightened"): "1=#/2 0/2 0/2 0/2 1/2;2=#/2 0/3 0/3 1/3 3/4;3=#/3 0/3 1/4 2/5 4/5;5=#/4 1/5 2/6 4/7 6/7;"
    "8=0/4 2/7 4/9 6/11 10/11;12=0/6 3/9 7/12 11/15 15/16;18=1/8 6/12 11/17 16/22 23/24;27=3/10 10/17 17/24 25/31 34/35;"
    "41=6/15 16/25 26/35 38/45 52/53",
    ("iso", "reduced"): "1=#/2 0/2 0/2 0/2 1/2;2=#/2 0/3 0/3 1/3 3/4;3=#/3 0/3 1/4 2/5 4/5;6=0/4 1/6 2/7 4/8 7/8;"
    "8=0/4 2/7 4/9 6/11 10/11;10=0/5 3/8 6/10 9/12 12/13",
    ("mil", "normal"): "1=#/2 #/2 0/2 0/3 1/3 1/3 2/3;2=#/2 0/3 0/3 1/4 2/4 3/5 4/5;3=#/3 0/3 1/4 2/5 3/6 4/6 6/7;"
    "5=#/4 1/5 2/6 3/7 5/8 7/9 9/10;7=0/4 1/6 3/8 5/10 7/11 10/12 13/14;10=0/5 3/8 6/10 8/13 11/15 14/17 18/19;"
    "14=1/7 4/10 8/13 12/17 17/20 21/23 25/26;21=2/9 7/14 13/19 19/25 25/29 31/33 37/38;"
    "30=4/12 11/19 19/27 27/34 36/40 45/47 53/54;44=6/16 17/27 29/39 40/49 53/58 65/68 77/78",
    ("mil", "tightened"): "1=#/2 #/2 0/2 0/3 1/3 1/3 2/3;2=#/2 0/3 0/3 1/4 2/4 3/5 4/5;3=#/3 0/3 1/4 2/5 3/6 4/6 6/7;"
    "5=#/4 1/5 2/6 3/7 5/8 7/9 9/10;8=0/4 2/7 4/9 6/11 9/12 12/14 14/15;12=0/6 3/9 7/12 10/15 14/17 18/20 21/22;"
    "18=1/8 6/12 11/17 16/22 22/25 27/29 32/33;27=3/10 10/17 17/24 24/31 32/37 40/43 48/49;"
    "41=6/15 16/25 26/36 37/46 49/55 61/64 72/73",
    (
        "mil",
        "reduced",
    ): "0/2=#/2 #/2 0/2 0/3 0/3 0/3 1/3;1/3=#/2 #/3 0/3 0/4 0/4 1/5 1/5;1/4=#/3 #/3 0/4 0/5 1/6 1/6 2/7;"
    "2/5=#/3 0/4 0/5 1/6 2/7 3/7 4/8;3/6=#/4 0/5 1/6 2/7 3/8 4/9 6/10;5/8=#/4 1/6 2/8 3/10 5/11 7/12 9/14;"
    "7/10=0/5 1/7 3/9 5/12 7/13 10/15 13/17;10/13=0/6 3/9 6/12 8/15 11/17 14/20 18/22",
}
KINDS_OF = {"double": DOUBLE, "multiple": MULTIPLE}


def in_single(family: str, severity: str, row: int, column: int) -> str:
    """Say what the master table of single sampling prints in a cell: ``down``, ``up`` or ``Ac/Re``."""
    if row == 16:
        return "1/2"
    ladder = {"normal": NORMAL, "tightened": TIGHTENED, "reduced": REDUCED[family]}[severity].split()
    if severity == "reduced" and row < 2:
        ladder = (REDUCED_B[family] if row == 1 else NORMAL).split()
    step = row + column - 14 - (severity == "tightened")
    if step < 0:
        return "down"
    if step >= len(ladder) or (row >= 5 and step > LAST_STEP_FROM_F[severity]):
        return "up"
    cell = ladder[step]
    if row == 0 and (cell == "up" or (family == "mil" and severity == "tightened" and step == 0)):
        return "down"
    nothing_below = row == 15 or (row == 14 and severity == "reduced" and family == "iso" and column == 2)
    if nothing_below and cell == "down" and not (severity == "tightened" and column == 2):
        return "up"
    return cell


def expected(standard: str, kind: str, severity: str, letter: str, aql: str) -> tuple[str, str, list[tuple[int, str]]]:
    """Return the letter and the kind of the plan, and of each stage its n and ``Ac/Re``."""
    family, row, column = FAMILY[standard], LETTERS.index(letter), AQLS.index(aql)
    while (cell := in_single(family, severity, row, column)) in ("down", "up"):
        row += 1 if cell == "down" else -1
    first_double = 3 if severity == "reduced" else 1
    used = kind
    if cell == "0/1" or row < first_double:
        used = "single"
    elif kind == "multiple" and row < first_double + 2:
        used = "double"
    size = max(0, row - 2) if severity == "reduced" else row
    stages = cell
    if used != "single":
        table = dict(part.split("=") for part in KINDS_OF[used][family, severity].split(";"))
        stages = table.get(cell) or table.get(cell.split("/")[0], "")
    return LETTERS[row], used, [(SERIES[size - SMALLER[used]], stage) for stage in stages.split()]


@pytest.mark.parametrize("severity", sampling.SEVERITIES)
@pytest.mark.parametrize("kind", sampling.KINDS)
@pytest.mark.parametrize("standard", sampling.STANDARDS)
def test_every_cell_follows_the_pattern_of_the_printed_table(standard: str, kind: str, severity: str) -> None:
    refused = 0
    for letter, (lot, level) in LOT_OF_LETTER.items():
        for aql in AQLS:
            used_letter, used_kind, stages = expected(standard, kind, severity, letter, aql)
            asked = {"level": level, "severity": severity, "kind": kind, "standard": standard}
            if not stages:
                refused += 1
                with pytest.raises(NoPlan, match=r"not verified .* take single sampling"):
                    plan(lot_size=lot, aql=Decimal(aql), **asked)
                continue
            found = plan(lot_size=lot, aql=Decimal(aql), **asked)
            assert (found.code_letter, found.plan_letter, found.used_kind) == (letter, used_letter, used_kind), aql
            got = [(s.n, f"{'#' if s.ac is None else s.ac}/{s.re}") for s in found.stages]
            assert got == stages, (letter, aql)
    assert refused == (13 if standard == ISO and severity == "reduced" and kind != "single" else 0)


def test_the_grade_of_a_plan_is_that_of_its_cell() -> None:
    def grade(kind: str, aql: str, standard: str) -> str:
        return plan(lot_size=3000, aql=Decimal(aql), kind=kind, standard=standard).confidence

    assert [grade(kind, "2.5", ISO) for kind in sampling.KINDS] == ["", "B", "C"]
    assert [grade(kind, "2.5", MIL) for kind in sampling.KINDS] == ["", "B", "B"]
    assert [grade(kind, "0.10", ISO) for kind in sampling.KINDS] == ["", "A", "A"], "the single plan of the letter"


def test_every_table_is_complete_and_named_with_its_source() -> None:
    folder = shipped("spec_catalog") / "sampling"
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for file in sorted(folder.glob("*.csv")):
        rows = [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()]
        assert {len(row) for row in rows} == {len(rows[0])}
        assert f"`{file.name}`" in readme
    assert [str(aql) for aql in sampling.aqls()] == AQLS
