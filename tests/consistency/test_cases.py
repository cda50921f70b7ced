"""Whole cases, each with exactly the codes that it has to give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from lotproof.consistency.model import Against, Agreement, Record
from lotproof.consistency.rules import shipped_rules
from lotproof.messages import in_language
from stories import made, order, told

WEIGHT = "consumer_goods.net_weight@MUG-350-WHT"
HEAVY = {f"{WEIGHT}.r{i}": "480" for i in range(1, 9)}
"""Readings that are far outside the agreed weight."""

INSPECTOR = {"header.inspector": "Wang Li", "header.inspection_firm": "the factory's own QC"}


def agreement(folder: Path) -> Path:
    return made(folder)


def failed_throughout(folder: Path) -> Path:
    """The factory defect that the inspection found, and that arrived."""
    return made(folder, before=HEAVY, after=HEAVY)


def no_limit(folder: Path) -> Path:
    return made(folder, settings=('terms."ceramic_tableware.rim_roundness".limit=""',))


def not_inspected(folder: Path) -> Path:
    return made(folder, before={f"{WEIGHT}.r{i}": None for i in range(1, 9)})


def sample_too_small(folder: Path) -> Path:
    return made(folder, before={f"{WEIGHT}.r{i}": None for i in range(5, 9)})


def contradiction(folder: Path) -> Path:
    """All readings outside, and the row ticked as passed."""
    return made(folder, before={**HEAVY, f"{WEIGHT}.result": "pass"}, after=HEAVY)


def other_quantity(folder: Path) -> Path:
    size = order().inspection.lots[0].size * 103 // 100  # the contract takes 2 % more and nothing less
    return made(
        folder, before={"lot.finished": str(size + 24), "lot.presented": str(size + 24), "lot.packed": str(size + 24)}
    )


def drift(folder: Path) -> Path:
    """The factory defect that the inspection passed: undamaged cartons behind the agreed seal."""
    return made(folder, after=HEAVY)


def transit_damage(folder: Path) -> Path:
    crushed = {
        "defect.chip_foot.damaged": "14",
        "damaged.1.carton_no": "17",
        "damaged.1.damage_kind": "crushed",
        "damaged.1.units_damaged": "14",
        "header.damage_cause": "in_transit",
    }
    return made(folder, after=crushed)


def no_transit_exclusion(folder: Path) -> Path:
    return made(folder, leave_out=("seal", "carton"))


def other_seal(folder: Path) -> Path:
    return made(folder, after={"header.seal_found": "CN 9999999"})


def other_seal_than_loaded(folder: Path) -> Path:
    """The papers and the door agree, and the inspector who saw the loading wrote another number."""
    return made(folder, before={"header.seal_put_on": "ML-CN 0456780"})


def other_container(folder: Path) -> Path:
    return made(folder, before={"header.container_no": "MSKU 765432-1"})


def late_report(folder: Path) -> Path:
    return made(folder, after={"header.report_date": "2027-06-29"})


def inspected_after_shipment(folder: Path) -> Path:
    return made(folder, before={"header.inspection_date": "2027-05-30"})


def late_filing(folder: Path) -> Path:
    return made(folder, before=HEAVY, after=HEAVY)


def supplier_inspects(folder: Path) -> Path:
    return made(folder, before=INSPECTOR)


def other_revision(folder: Path) -> Path:
    return made(folder, inspected=order("order.revision=A", "inspection.aql_major=4.0"))


def waiver(folder: Path) -> Path:
    said = b"Hello Li,\nthe cups weigh 480 g. We can accept the difference this time, please ship.\n"
    return made(
        folder,
        before=HEAVY,
        after=HEAVY,
        files=[("mail.txt", said, {"to": "messages", "what": "message", "terms": (WEIGHT,)})],
    )


CASES: Mapping[str, tuple[Callable[[Path], Path], tuple[str, ...], Mapping[str, str]]] = {
    "agreement": (agreement, (), {}),
    "failed throughout": (failed_throughout, (), {}),
    "C1": (no_limit, ("C1",), {}),
    "C2": (not_inspected, ("C2",), {}),
    "C3": (sample_too_small, ("C3",), {}),
    "C4": (contradiction, ("C4",), {}),
    "C5": (other_quantity, ("C5",), {}),
    "C6, a factory defect that the inspection passed": (drift, ("C6",), {}),
    "transit damage": (transit_damage, (), {}),
    "C7": (no_transit_exclusion, ("C7",), {}),
    "another seal": (other_seal, ("C5", "C7"), {}),
    "another seal than was loaded": (other_seal_than_loaded, ("C5", "C7"), {}),
    "another container": (other_container, ("C5",), {}),
    "C8, the report": (late_report, ("C8",), {}),
    "C8, the inspection": (inspected_after_shipment, ("C8",), {}),
    "C8, late filing": (late_filing, ("C8",), {"confirmed_receipt": "2027-06-12", "complaint": "2027-09-30"}),
    "C9, the inspector is the supplier": (supplier_inspects, ("C9",), {}),
    "C10, the wrong revision": (other_revision, ("C10",), {}),
    "C11": (waiver, ("C11",), {}),
}


@pytest.mark.parametrize("name", CASES)
def test_each_case_gives_exactly_its_codes(name: str, tmp_path: Path) -> None:
    make, codes, events = CASES[name]
    story = told(make(tmp_path), events).story
    assert story.codes == codes, [(m.code, m.where, str(m.message)) for m in story.mismatches]
    assert not story.findings, story.findings


def _claim(story: Any, line: str) -> Any:
    return next(claim for claim in story.claims if claim.line == line)


def test_what_all_three_records_agree_on_is_a_supported_claim(tmp_path: Path) -> None:
    story = told(failed_throughout(tmp_path)).story
    claim = _claim(story, WEIGHT)
    assert claim.supported
    assert claim.by == tuple(Record)
    assert claim.reasons == ()
    assert claim.photos == ("arrival/comparison.jpg",)
    line = next(t for t in story.terms if t.tag == WEIGHT)
    assert line.agreement is Agreement.AGREES


def test_what_the_inspection_passed_is_borne_by_two_and_says_why(tmp_path: Path) -> None:
    claim = _claim(told(drift(tmp_path)).story, WEIGHT)
    assert not claim.supported
    assert claim.by == (Record.CONTRACT, Record.ARRIVAL)
    assert [str(reason) for reason in claim.reasons] == ["the inspection says that it passes"]


def test_what_came_about_on_the_way_is_no_claim_against_the_seller(tmp_path: Path) -> None:
    story = told(transit_damage(tmp_path)).story
    assert [(c.line, c.against, c.supported) for c in story.claims] == [("defect.chip_foot", Against.CARRIER, False)]
    assert story.claims[0].photos == ("arrival/cartons.jpg",)


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ("C11", "a deviation was accepted: messages/mail.txt"),
        ("C4", "the inspection contradicts itself there"),
        ("photographs", "no photograph shows it"),
        ("C9", "the inspection was made by the factory's own QC, who belongs to the seller"),
        ("the seal", "nobody can exclude that it came about on the way"),
    ],
)
def test_what_speaks_against_a_claim_keeps_it_from_being_supported(case: str, reason: str, tmp_path: Path) -> None:
    makers: Mapping[str, Callable[[], Path]] = {
        "C11": lambda: waiver(tmp_path),
        "C4": lambda: contradiction(tmp_path),
        "photographs": lambda: made(tmp_path, before=HEAVY, after=HEAVY, leave_out=("comparison",)),
        "C9": lambda: made(tmp_path, before={**HEAVY, **INSPECTOR}, after=HEAVY),
        "the seal": lambda: made(tmp_path, after={**HEAVY, "header.seal_found": "CN 9999999"}),
    }
    claim = _claim(told(makers[case]()).story, WEIGHT)
    assert not claim.supported
    assert reason in [str(one) for one in claim.reasons]


def test_a_change_form_covers_what_a_message_accepts(tmp_path: Path) -> None:
    files = [
        ("mail.txt", b"We accept the deviation.", {"to": "messages", "what": "message", "terms": (WEIGHT,)}),
        ("change.pdf", b"%PDF-1.4 change form", {"to": "contract", "what": "amendment", "terms": (WEIGHT,)}),
    ]
    assert told(made(tmp_path, files=files)).story.codes == ()


def test_a_message_that_accepts_is_told_with_its_words_and_one_that_refuses_is_not(tmp_path: Path) -> None:
    files = [
        ("yes.eml", b"Subject: weight\r\n\r\nFine, ok to ship.\r\n", {"to": "messages", "what": "message"}),
        ("no.txt", "We do not accept the deviation. 我们不接受偏差。".encode(), {"to": "messages", "what": "message"}),
        ("page.html", "<p>好的，<b>可以出货</b></p>".encode(), {"to": "messages", "what": "message"}),
    ]
    story = told(made(tmp_path, files=files)).story
    said = {m.paths[0]: str(m.message) for m in story.mismatches}
    assert sorted(said) == ["messages/page.html", "messages/yes.eml"]
    assert said["messages/yes.eml"].endswith("ok to ship")


def test_every_code_has_its_words_in_both_languages() -> None:
    assert [*shipped_rules().codes] == [f"C{n}" for n in range(1, 12)]
    for code in shipped_rules().codes.values():
        for texts in (code.title, code.means, code.mend):
            assert set(texts) == {"en", "zh"}
    for texts in shipped_rules().labels.values():
        assert set(texts) == {"en", "zh"}


def test_every_mismatch_can_be_said_in_chinese(tmp_path: Path) -> None:
    for name, (make, _, events) in CASES.items():
        if name.startswith("C"):
            folder = tmp_path / name.replace(",", "")
            folder.mkdir()
            for one in told(make(folder), events).story.mismatches:
                assert any("\u4e00" <= c <= "\u9fff" for c in in_language(one.message, "zh")), (name, one)


def test_a_quantity_that_the_contract_takes_is_no_mismatch(tmp_path: Path) -> None:
    more = order().inspection.lots[0].size * 101 // 100
    within = {f"lot.{key}": str(more) for key in ("finished", "presented", "packed")}
    assert told(made(tmp_path, before=within)).story.codes == ()
