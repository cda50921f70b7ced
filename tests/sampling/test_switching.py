"""Switching between severities, by the rules of each standard."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof.findings import Refused
from lotproof.frozen import replace
from lotproof.sampling import STANDARDS
from lotproof.sampling.history import Inspected, read_history
from lotproof.sampling.switching import Next, next_severity

ISO, Z14, MIL = STANDARDS


def lots(results: str, severity: str = "normal", first: int = 1, **more: Any) -> list[Inspected]:
    """Return a lot for each sign: ``+`` accepted, ``-`` not, ``r`` not accepted when presented again."""
    given_already = {"ac": 1} | more
    return [
        Inspected(lot=f"L{first + i}", severity=severity, accepted=sign == "+", original=sign != "r", **given_already)
        for i, sign in enumerate(results)
    ]


def after(*parts: list[Inspected], standard: str = ISO, **more: Any) -> Next:
    """Return what follows from runs of lots, numbered through."""
    history = [lot for part in parts for lot in part]
    numbered = [replace(lot, lot=f"L{i}") for i, lot in enumerate(history, 1)]
    return next_severity(numbered, standard, **more)


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize(
    ("results", "severity"),
    [
        ("", "normal"),
        ("+", "normal"),
        ("-", "normal"),
        ("--", "tightened"),
        ("-+++-", "tightened"),
        ("-++++-", "normal"),
        ("+++-+-", "tightened"),
        ("-rr", "normal"),
        ("-r+-", "tightened"),
    ],
)
def test_two_of_five_lots_not_accepted_lead_to_tightened(results: str, severity: str, standard: str) -> None:
    assert after(lots(results), standard=standard).severity == severity


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize(
    ("results", "severity"),
    [
        ("++++", "tightened"),
        ("+++++", "normal"),
        ("++++-++++", "tightened"),
        ("++++-+++++", "normal"),
        ("----", "tightened"),
        ("-----", "discontinued"),
        ("-+-+-+-+-", "discontinued"),
        ("-+-+-+-++++", "tightened"),
    ],
)
def test_tightened_ends_after_five_accepted_or_five_not(results: str, severity: str, standard: str) -> None:
    assert after(lots("--"), lots(results, "tightened"), standard=standard).severity == severity


def test_inspection_resumes_tightened_once_action_was_taken() -> None:
    stopped = [*lots("--"), *lots("-----", "tightened")]
    resumed = lots("+", "tightened", resumed=True)
    found = after(stopped, resumed)
    assert found.severity == "tightened"
    assert found.why == "1 of 5 consecutive lots accepted, 0 of 5 not accepted: tightened"
    for wrong in (lots("+", "tightened"), lots("+", "normal", resumed=True)):
        with pytest.raises(Refused, match=r"LP157.*after inspection had been discontinued"):
            after(stopped, wrong)


@pytest.mark.parametrize(
    ("what", "points"),
    [
        ({"ac": 0}, 2),
        ({"ac": 1}, 2),
        ({"ac": 2, "passes_tighter": True}, 3),
        ({"ac": 2, "passes_tighter": False}, 0),
        ({"ac": None, "kind": "double", "decided_on": 1}, 3),
        ({"ac": None, "kind": "double", "decided_on": 2}, 0),
        ({"ac": None, "kind": "multiple", "decided_on": 3}, 3),
        ({"ac": None, "kind": "multiple", "decided_on": 4}, 0),
    ],
)
def test_the_switching_score_adds_up_and_is_set_back(what: dict[str, Any], points: int) -> None:
    assert after(lots("+++"), lots("+", **what)).score == (6 + points if points else 0)
    assert after(lots("+++-")).score == 0


def test_reduced_needs_the_score_steady_production_and_approval() -> None:
    fourteen, fifteen = lots("+" * 14), lots("+" * 15)
    assert not after(fourteen, steady=True, approved=True).reduced_allowed
    waiting = after(fifteen, steady=True)
    assert (waiting.severity, waiting.score, waiting.reduced_allowed) == ("normal", 30, True)
    assert "approval" in waiting.why
    assert after(fifteen, steady=True, approved=True).severity == "reduced"


@pytest.mark.parametrize("standard", [Z14, MIL])
def test_ten_accepted_lots_lead_to_reduced(standard: str) -> None:
    agreed: dict[str, Any] = {"steady": True, "approved": True, "standard": standard}
    assert after(lots("+" * 9), **agreed).severity == "normal"
    assert after(lots("+" * 10), **agreed).severity == "reduced"
    assert after(lots("+" * 10), **agreed).score is None
    assert after(lots("-" + "+" * 10), **agreed).severity == "reduced"
    assert after(lots("+" * 9 + "-+"), **agreed).severity == "normal"
    assert after(lots("+" * 10), **agreed, limit_numbers_met=False).severity == "normal"
    assert after(lots("+" * 10), **agreed, limit_numbers_met=True).severity == "reduced"


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize(
    ("lot", "severity"),
    [
        ({"accepted": True}, "reduced"),
        ({"accepted": False}, "normal"),
        ({"accepted": True, "irregular": True}, "normal"),
        ({"accepted": True, "between": True}, "normal"),
    ],
)
def test_reduced_ends_with_a_lot_not_accepted_in_the_gap_or_irregular(
    lot: dict[str, Any], severity: str, standard: str
) -> None:
    history = [*lots("+" * 15), Inspected(lot="R", severity="reduced", ac=1, **lot)]
    if standard == ISO and "between" in lot:
        with pytest.raises(Refused, match="no plan with a gap"):
            next_severity(history, standard)
        return
    assert next_severity(history, standard).severity == severity


def test_the_score_begins_anew_after_each_change() -> None:
    back = after(lots("--"), lots("+++++", "tightened"))
    assert (back.severity, back.score) == ("normal", 0)
    assert after(lots("+" * 15), lots("++-", "reduced"), lots("+")).score == 2
    assert after(lots("-+-"), lots("+++++", "tightened"), lots("-")).severity == "normal"


def test_the_reason_names_the_lots() -> None:
    assert after(lots("+-+-")).why == "2 of 3 consecutive lots not accepted (L2, L4): tightened"
    assert "L3, L4, L5, L6, L7" in after(lots("--"), lots("-----", "tightened")).why
    assert after(lots("++")).why == "switching score 4 of 30 (lot L2 adds 2)"


@pytest.mark.parametrize(
    ("history", "words"),
    [
        (lots("+", "tightened"), "normal was due"),
        (lots("+", "reduced"), "normal was due"),
        (lots("--+"), "tightened was due"),
        (lots("+", resumed=True), "had not been discontinued"),
    ],
)
def test_a_lot_that_was_inspected_out_of_line_is_a_finding(history: list[Inspected], words: str) -> None:
    with pytest.raises(Refused, match=f"LP157.*{words}"):
        next_severity(history, ISO)


def test_a_series_may_start_as_directed() -> None:
    assert next_severity(lots("+++++", "tightened"), ISO, start="tightened").severity == "normal"
    assert next_severity([], ISO, start="tightened").severity == "tightened"


@pytest.mark.parametrize(
    ("history", "words"),
    [
        (lots("+", ac=None), "needs the Ac"),
        (lots("+", ac=2), "one AQL tighter"),
        (lots("-", ac=2, passes_tighter=True), "cannot pass a tighter AQL"),
        (lots("+", "hard"), "unknown severity 'hard'"),
        (lots("+", kind="triple"), "unknown kind"),
        (lots("+", kind="double", decided_on=3), "sample 3"),
        (lots("+", ac=-1), "below 0"),
        (lots("+", between=True), "between Ac and Re"),
        ([*lots("+"), *lots("+")], "stands twice"),
    ],
)
def test_an_unknown_or_contradictory_history_is_a_finding(history: list[Inspected], words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        next_severity(history, ISO)
    assert {f.code for f in refused.value.findings} == {"LP156"}
    assert all(f.hint for f in refused.value.findings)


def test_an_unknown_standard_or_start_is_a_finding() -> None:
    with pytest.raises(Refused, match="no switching rules for 'ISO 2859-1:2026'"):
        next_severity([], "ISO 2859-1:2026")
    with pytest.raises(Refused, match="unknown severity 'easy'"):
        next_severity([], ISO, start="easy")


def test_a_history_is_read_with_all_its_faults_at_once() -> None:
    assert read_history([{"lot": "A", "severity": "normal", "accepted": True, "ac": None}])[0].ac is None
    with pytest.raises(Refused) as refused:
        read_history([{"lot": 7, "severity": "normal", "acepted": True}, "lot"])
    said = [f"{f.where}: {f.message}" for f in refused.value.findings]
    assert said == [
        "lots[1]: unknown key 'acepted'",
        "lots[1]: accepted is missing",
        "lots[1].lot: expected a text, found '7'",
        "lots[2]: a lot is a table of keys and values",
    ]


@given(st.lists(st.booleans(), max_size=60), st.sampled_from(STANDARDS), st.booleans())
def test_whoever_follows_the_advice_is_never_out_of_line(results: list[bool], standard: str, agreed: bool) -> None:
    history: list[Inspected] = []
    found = next_severity(history, standard)
    for number, accepted in enumerate(results):
        stopped = found.severity == "discontinued"
        severity = "tightened" if stopped else found.severity
        history.append(Inspected(lot=str(number), severity=severity, accepted=accepted, ac=0, resumed=stopped))
        found = next_severity(history, standard, steady=agreed, approved=agreed)
        assert found.severity in ("normal", "tightened", "reduced", "discontinued")
        assert found.why
