"""Whole cases, each with exactly the codes that it has to give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from lotproof.consistency.model import Agreement, Record
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
    size = order().inspection.lots[0].size
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
    story = told(make(tmp_path), **events).story
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
