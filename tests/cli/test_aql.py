"""``lotproof aql`` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from lotproof import sampling
from lotproof.cli import main, run
from lotproof.findings import Refused


def lotproof(*arguments: str) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, ["aql", *arguments])


def shown(*arguments: str) -> Any:
    """Run the command and read its JSON."""
    return json.loads(lotproof(*arguments, "--json").stdout)


def refused(*arguments: str) -> list[tuple[str, str]]:
    """Return where and code of each finding."""
    error = lotproof(*arguments).exception
    assert isinstance(error, Refused)
    assert all(f.message and f.hint for f in error.findings)
    return [(f.where, f.code) for f in error.findings]


def test_json_holds_the_plan_and_its_risks() -> None:
    found = shown("3000", "--aql", "2.5")
    assert {key: found[key] for key in ("standard", "lot_size", "level", "aql", "severity", "plan")} == {
        "standard": "ISO 2859-1:1999",
        "lot_size": 3000,
        "level": "II",
        "aql": "2.5",
        "severity": "normal",
        "plan": "single",
    }
    assert (found["code_letter"], found["plan_letter"]) == ("K", "K")
    assert found["stages"] == [{"n": 125, "ac": 7, "re": 8}]
    assert (found["full_inspection"], found["inspect_quantity"]) == (False, 125)
    assert (found["model"], found["nonconforming_at_aql"]) == ("hypergeometric", 75)
    assert found["probability_of_acceptance_at_aql"] == pytest.approx(0.988286396986640, abs=1e-9)
    assert found["lq_10"] == pytest.approx(100 * 275 / 3000)
    assert found["series"]["model"] == "binomial"


def test_json_of_several_aqls_is_a_list_of_plans() -> None:
    found = shown("3000", "--aql", "2.5", "--aql", "4.0", "--aql", "2.5")
    assert [plan["aql"] for plan in found["plans"]] == ["2.5", "4.0"]


def test_a_stage_that_cannot_accept_yet_has_no_ac() -> None:
    found = shown("3000", "--aql", "2.5", "--plan", "multiple", "--severity", "reduced", "--standard", "MIL-STD-105E")
    assert found["stages"][0]["ac"] is None
    assert len(found["stages"]) == 7


def test_above_aql_10_nonconformities_are_counted() -> None:
    found = shown("3000", "--aql", "25")
    assert (found["model"], found["counting"], found["nonconforming_at_aql"]) == ("poisson", "nonconformities", None)
    assert shown("3000", "--aql", "2.5", "--counting", "nonconformities")["model"] == "poisson"


def test_the_table_says_what_to_do_and_what_it_lets_through() -> None:
    text = lotproof("3000", "--aql", "2.5").stdout
    assert "Lot of 3,000 units, level II, normal inspection, single sampling, ISO 2859-1:1999" in text
    assert "Inspect 125 units. At most 7 nonconforming units: the lot passes; 8 or more: it fails." in text
    assert "still passes one time in ten" in text
    assert "95 %" not in text


@pytest.mark.parametrize("kind", sampling.KINDS)
@pytest.mark.parametrize("severity", sampling.SEVERITIES)
@pytest.mark.parametrize("lot", ["2", "20", "60", "3000", "500001"])
def test_every_plan_can_be_printed_and_explained(lot: str, severity: str, kind: str) -> None:
    for standard in sampling.STANDARDS:
        done = lotproof(
            lot, "--aql", "0.65", "--aql", "4.0", "--aql", "15", "--severity", severity, "--plan", kind,
            "--standard", standard, "--explain",
        )  # fmt: skip
        if done.exception is None:
            assert done.stdout.count("How AQL") == 3
            assert "None" not in done.stdout.replace("None nonconforming", "")
        else:
            assert isinstance(done.exception, Refused)
            assert "verified" in str(done.exception)


def test_explain_names_band_letter_and_arrow() -> None:
    steps = shown("60", "--aql", "2.5", "--explain")["explanation"]
    assert steps[0] == "Table 1: 51 to 90 units at level II is code letter E."
    assert "letter E at AQL 2.5 holds an arrow down to letter F" in steps[1]
    assert steps[-1] == "Plan: n 20, Ac 1, Re 2."
    assert "all 20 may be inspected" in shown("20", "--aql", "0.65", "--explain")["explanation"][-1]


def test_compare_sets_other_aqls_and_levels_beside_the_plan() -> None:
    rows = shown("3000", "--aql", "2.5", "--compare", "1.5,I", "--compare", "III", "--minutes", "2.5")["compare"]
    assert [(r["level"], r["aql"], r["inspect_quantity"], r["minutes"]) for r in rows] == [
        ("II", "2.5", 125, "312.5"),
        ("II", "1.5", 125, "312.5"),
        ("I", "2.5", 50, "125.0"),
        ("III", "2.5", 200, "500.0"),
    ]
    text = lotproof("3000", "--aql", "2.5", "--compare", "1.5,I").stdout
    assert "passes 1 in 10" in text
    assert "5/6" in text


def test_an_accept_zero_plan_from_a_limiting_quality() -> None:
    zero = shown("3000", "--lq", "1.8")["accept_zero"]
    assert (zero["n"], zero["ac"], zero["re"], zero["model"]) == (125, 0, 1, "hypergeometric")
    assert "one nonconforming unit fails the lot" in lotproof("3000", "--lq", "1.8%").stdout


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("0", "--aql", "2.5"), [("LOT", "LP150")]),
        (("1", "--aql", "2.5"), [("LOT", "LP150")]),
        (("3,000", "--aql", "2.5"), [("LOT", "LP150")]),
        (("2.5", "--aql", "2.5"), [("LOT", "LP150")]),
        (("9" * 14, "--aql", "2.5"), [("LOT", "LP150")]),
        (("many", "--aql", "2.5"), [("LOT", "LP150")]),
        (("3000", "--aql", "3"), [("--aql", "LP151")]),
        (("3000", "--aql", "0"), [("--aql", "LP151")]),
        (("3000", "--aql", "zero"), [("--aql", "LP151")]),
        (("3000", "--aql", "2,5"), [("--aql", "LP151")]),
        (("3000", "--aql", "15%"), [("--aql", "LP152")]),
        (("3000", "--aql", "15", "--counting", "units"), [("--aql", "LP152")]),
        (("3000", "--aql", "2.5", "--level", "IV"), [("--level", "LP153")]),
        (("3000", "--aql", "2.5", "--severity", "hard"), [("--severity", "LP153")]),
        (("3000", "--aql", "2.5", "--plan", "triple"), [("--plan", "LP153")]),
        (("3000", "--aql", "2.5", "--standard", "ISO 2859-1:2026"), [("--aql 2.5", "LP153")]),
        (("3000", "--aql", "2.5", "--compare", "IV"), [("--compare", "LP151")]),
        (("3000", "--aql", "2.5", "--plot", "curve.pdf"), [("--plot", "LP154")]),
        (("3000", "--aql", "2.5", "--aql", "15", "--plot", "curve.svg"), [("--plot", "LP154")]),
        (("3000", "--aql", "2.5", "--minutes", "0"), [("--minutes", "LP155")]),
        (("3000", "--lq", "100"), [("--lq", "LP155")]),
        (
            ("1", "--aql", "3", "--aql", "15%", "--level", "IV", "--lq", "x"),
            [("LOT", "LP150"), ("--level", "LP153"), ("--aql", "LP151"), ("--aql", "LP152"), ("--lq", "LP155")],
        ),
    ],
)
def test_bad_input_is_refused_all_at_once(arguments: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    assert refused(*arguments) == found


def test_an_aql_between_two_columns_names_its_neighbours(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["aql", "3000", "--aql", "3.0", "--json"])
    assert ended.value.code == 1
    finding = json.loads(capsys.readouterr().out)["findings"][0]
    assert (finding["code"], finding["hint"]) == ("LP151", "take 2.5 or 4.0")


def test_without_aql_and_lq_it_is_wrong_usage() -> None:
    assert lotproof("3000").exit_code == 2


HISTORY = """
[[lots]]
lot = "L1"
severity = "normal"
accepted = false
ac = 7
[[lots]]
lot = "L2"
severity = "normal"
accepted = {second}
ac = 7
passes_tighter = {second}
"""


@pytest.mark.parametrize(("second", "severity", "ac"), [("true", "normal", 7), ("false", "tightened", 5)])
def test_a_history_says_what_the_next_lot_is_inspected_under(
    tmp_path: Path, second: str, severity: str, ac: int
) -> None:
    (tmp_path / "lots.toml").write_text(HISTORY.format(second=second), encoding="utf-8")
    found = shown("3000", "--aql", "2.5", "--history", str(tmp_path / "lots.toml"))
    assert (found["severity"], found["stages"][0]["ac"]) == (severity, ac)
    assert found["switching"]["severity"] == severity
    assert found["switching"]["why"]
    page = lotproof("3000", "--aql", "2.5", "--history", str(tmp_path / "lots.toml")).output
    assert page.startswith(f"Next lot: {severity} inspection.")


def test_a_history_may_be_json_and_reduced_inspection_needs_more_than_lots(tmp_path: Path) -> None:
    lots = [{"lot": f"L{i}", "severity": "normal", "accepted": True, "ac": 1} for i in range(15)]
    for data in (lots, {"lots": lots}):
        (tmp_path / "lots.json").write_text(json.dumps(data), encoding="utf-8")
        asked = ("3000", "--aql", "2.5", "--history", str(tmp_path / "lots.json"))
        assert shown(*asked)["switching"]["score"] == 30
        assert shown(*asked)["severity"] == "normal"
        assert shown(*asked, "--steady", "--approved")["severity"] == "reduced"


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ("[[lots]]\nlot = 'L1'\nseverity = 'normal'\naccepted = 1\n", "LP156", "true or false"),
        ("lots = 5\n", "LP156", "no lots"),
        ("{", "LP156", "no JSON"),
        ("[[lots]]\nlot = 'L1'\nseverity = 'reduced'\naccepted = true\n", "LP157", "normal was due"),
    ],
)
def test_a_history_that_cannot_be_followed_is_refused(tmp_path: Path, content: str, code: str, words: str) -> None:
    (tmp_path / "lots.toml").write_text(content, encoding="utf-8")
    error = lotproof("3000", "--aql", "2.5", "--history", str(tmp_path / "lots.toml")).exception
    assert isinstance(error, Refused)
    assert error.findings[0].code == code
    assert error.findings[0].where.startswith("lots.toml")
    assert words in error.findings[0].message


def test_discontinued_inspection_has_no_plan(tmp_path: Path) -> None:
    rows = [("normal", False)] * 2 + [("tightened", False)] * 5
    lots = [{"lot": f"L{i}", "severity": s, "accepted": a, "ac": 5} for i, (s, a) in enumerate(rows)]
    (tmp_path / "lots.json").write_text(json.dumps(lots), encoding="utf-8")
    assert refused("3000", "--aql", "2.5", "--history", str(tmp_path / "lots.json")) == [("lots.json", "LP159")]


def test_several_classes_can_be_read_at_the_largest_letter() -> None:
    found = shown("60", "--aql", "2.5", "--aql", "4.0", "--samples", "largest")["plans"]
    assert [(p["plan_letter"], p["stages"][0]["n"], p["stages"][0]["ac"]) for p in found] == [
        ("F", 20, 1),
        ("F", 20, 2),
    ]


def test_a_png_is_drawn(tmp_path: Path) -> None:
    assert lotproof("3000", "--aql", "2.5", "--plot", str(tmp_path / "curve.png")).exit_code == 0
    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")


def test_the_picture_is_written_whole_and_never_through_a_link(tmp_path: Path) -> None:
    target = tmp_path / "curve.svg"
    assert lotproof("3000", "--aql", "2.5", "--plot", str(target)).stdout.splitlines()[-1] == str(target)
    first = target.read_bytes()
    assert first.startswith(b"<svg ")
    assert lotproof("3000", "--aql", "2.5", "--plot", str(target)).exit_code == 0
    assert target.read_bytes() == first
    assert refused("3000", "--aql", "4.0", "--plot", str(target)) == [(str(target), "LP404")]
    assert lotproof("3000", "--aql", "4.0", "--plot", str(target), "--force").exit_code == 0
    link = tmp_path / "link.svg"
    link.symlink_to(target)
    assert refused("3000", "--aql", "2.5", "--plot", str(link), "--force") == [(str(link), "LP403")]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["curve.svg", "link.svg"]
