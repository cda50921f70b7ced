"""Where a finding of an arrival came about: every rule as a line of a table, and what the record then supports."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

import pytest

from filling import complete
from judged import judged as judged_by
from judged import order_of, taken
from lotproof.catalog.origins import CAUSES, shipped_origins
from lotproof.catalog.source import read_source
from lotproof.documents.arrival import arrival
from lotproof.documents.nodes import Document
from lotproof.records.arrivals import Origin, Reason, Step
from lotproof.records.arriving import same_seal
from lotproof.records.model import Advice, Outcome, Record, Verdict
from lotproof.records.origins import attributed
from lotproof.shipped import shipped

WEIGHT = "consumer_goods.net_weight@MUG-350-WHT"
SIZE = "all.critical_dimensions#1"

HELD: Mapping[str, str] = {
    "header.seal_papers": "CN 447-1209",
    "header.seal_found": "cn4471209",
    "header.seal_intact": "yes",
    "header.shock": "not_fitted",
    "header.tilt": "clear",
    "header.humidity": "clear",
    "header.undamaged": "yes",
}
"""The agreed seal, unbroken, and nothing that speaks of the way."""


@cache
def document() -> Document:
    return arrival(order_of("stoneware-mugs"), ("en",))


@cache
def good() -> dict[str, str]:
    """Readings that all pass, without a single defect."""
    order = order_of("stoneware-mugs")
    values = complete(order, document(), 1)
    none = {
        tag: "0" for tag in values if tag.startswith("total.") or (tag.startswith("all.appearance.") and "r" in tag)
    }
    kept = {tag: text for tag, text in values.items() if not tag.startswith(("defect.", "unlisted."))}
    counted = {f"all.appearance.{name}": "0" for name in ("critical", "major", "minor")}
    return {**kept, **none, **counted}


def record(changes: Mapping[str, str]) -> Record:
    """Return the record of an arrival that holds but for some changes; an empty text leaves a field out."""
    values = {tag: text for tag, text in {**good(), **HELD, **changes}.items() if text}
    return taken(order_of("stoneware-mugs"), values, document=document())


def verdict(changes: Mapping[str, str]) -> Verdict:
    return judged_by(order_of("stoneware-mugs"), record(changes))


def found(subject: str, changes: Mapping[str, str]) -> list[tuple[Origin, tuple[Reason, ...]]]:
    return [(one.origin, one.reasons) for one in verdict(changes).origins if one.subject == subject]


CRACK, PINHOLE, RUST = "defect.crack", "defect.pinhole", "defect.rust"
DRAWN = {f"{CRACK}.found": "1", f"{PINHOLE}.found": "1", f"{RUST}.found": "1"}
CRUSHED = {"damaged.1.carton_no": "117", "damaged.1.damage_kind": "crushed"}
F, T, U = Origin.FACTORY, Origin.TRANSIT, Origin.UNKNOWN
R = Reason

RULES: list[tuple[str, dict[str, str], str, Origin, tuple[Reason, ...]]] = [
    # on units drawn
    ("all held", DRAWN, CRACK, F, (R.UNDAMAGED_CARTONS,)),
    ("never by transit", DRAWN, PINHOLE, F, (R.NOT_BY_TRANSIT,)),
    ("seal broken", {**DRAWN, "header.seal_intact": "no_answer"}, CRACK, U, (R.SEAL_BROKEN,)),
    ("seal broken, never by transit", {**DRAWN, "header.seal_intact": "no_answer"}, PINHOLE, U, (R.SEAL_BROKEN,)),
    ("another seal", {**DRAWN, "header.seal_found": "CN4471208"}, CRACK, U, (R.SEAL_DIFFERS,)),
    ("seal not stated", {**DRAWN, "header.seal_intact": ""}, CRACK, U, (R.SEAL_UNKNOWN,)),
    ("no number agreed", {**DRAWN, "header.seal_papers": ""}, CRACK, U, (R.SEAL_UNKNOWN,)),
    ("no number found", {**DRAWN, "header.seal_found": "/"}, CRACK, U, (R.SEAL_UNKNOWN,)),
    ("parcel", {**DRAWN, "header.seal_intact": "no_seal"}, CRACK, F, (R.UNDAMAGED_CARTONS,)),
    ("cartons not stated", {**DRAWN, "header.undamaged": ""}, CRACK, U, (R.CARTONS_UNKNOWN,)),
    ("cartons not stated, never by transit", {**DRAWN, "header.undamaged": ""}, PINHOLE, F, (R.NOT_BY_TRANSIT,)),
    ("damaged cartons drawn", {**DRAWN, "header.undamaged": "no_answer"}, CRACK, U, (R.CARTONS_MIXED,)),
    ("drawn from one of the damaged", {**DRAWN, **CRUSHED, "lot.carton9": "# 117"}, CRACK, U, (R.CARTONS_MIXED,)),
    ("shock", {**DRAWN, "header.shock": "triggered"}, CRACK, U, (R.INDICATOR,)),
    ("shock makes no rust", {**DRAWN, "header.shock": "triggered"}, RUST, F, (R.UNDAMAGED_CARTONS,)),
    ("humidity", {**DRAWN, "header.humidity": "triggered"}, RUST, U, (R.INDICATOR,)),
    ("humidity makes no crack", {**DRAWN, "header.humidity": "triggered"}, CRACK, F, (R.UNDAMAGED_CARTONS,)),
    ("tilt not stated", {**DRAWN, "header.tilt": ""}, CRACK, U, (R.INDICATOR_UNKNOWN,)),
    ("two doubts", {**DRAWN, "header.tilt": "", "header.undamaged": ""}, CRACK, U, (R.CARTONS_UNKNOWN, R.INDICATOR_UNKNOWN)),
    ("no number", {**DRAWN, f"{CRACK}.found": "some"}, CRACK, U, (R.COUNT_UNKNOWN,)),
    ("not in the list", {"unlisted.1.class": "major", "unlisted.1.found": "2"}, "unlisted.1", F, (R.UNDAMAGED_CARTONS,)),
    # in damaged cartons
    ("crushed makes a crack", {**CRUSHED, f"{CRACK}.damaged": "4"}, CRACK, T, (R.DAMAGED_CARTONS,)),
    ("torn too", {**CRUSHED, "damaged.1.damage_kind": "torn", f"{CRACK}.damaged": "4"}, CRACK, T, (R.DAMAGED_CARTONS,)),
    ("wet makes no crack", {**CRUSHED, "damaged.1.damage_kind": "wet", f"{CRACK}.damaged": "4"}, CRACK, U, (R.KIND_UNKNOWN,)),
    ("wet makes rust", {**CRUSHED, "damaged.1.damage_kind": "wet", f"{RUST}.damaged": "4"}, RUST, T, (R.DAMAGED_CARTONS,)),
    ("no carton named", {f"{CRACK}.damaged": "4"}, CRACK, U, (R.KIND_UNKNOWN,)),
    ("a pinhole stays the factory's", {**CRUSHED, f"{PINHOLE}.damaged": "4"}, PINHOLE, F, (R.NOT_BY_TRANSIT,)),
    ("a pinhole behind no seal", {**CRUSHED, f"{PINHOLE}.damaged": "4", "header.seal_intact": "no_answer"}, PINHOLE, U, (R.SEAL_BROKEN,)),
    ("in damaged cartons, not in the list", {**CRUSHED, "unlisted.1.defect": "dent", "unlisted.1.damaged": "2"}, "unlisted.1", U, (R.KIND_UNKNOWN,)),
    ("the carton itself", CRUSHED, "damaged.1", T, (R.DAMAGED_CARTONS,)),
    ("nobody says what is wrong with it", {**CRUSHED, "damaged.1.damage_kind": ""}, "damaged.1", U, (R.KIND_UNKNOWN,)),
    # cartons that are not there
    ("short behind the seal", {"lot.cartons_missing": "2"}, "missing", F, (R.SHORT_BEHIND_SEAL,)),
    ("short, seal broken", {"lot.cartons_missing": "2", "header.seal_intact": "no_answer"}, "missing", U, (R.SEAL_BROKEN,)),
    ("short, nothing sealed", {"lot.cartons_missing": "2", "header.seal_intact": "no_seal"}, "missing", U, (R.NO_SEAL,)),
    # rows
    ("a row", {f"{WEIGHT}.r1": "500"}, WEIGHT, F, (R.UNDAMAGED_CARTONS,)),
    ("a row, seal broken", {f"{WEIGHT}.r1": "500", "header.seal_intact": "no_answer"}, WEIGHT, U, (R.SEAL_BROKEN,)),
    ("a row, shock", {f"{WEIGHT}.r1": "500", "header.shock": "triggered"}, WEIGHT, U, (R.INDICATOR,)),
    ("units of two cartons", {f"{SIZE}.r1": "500", f"{SIZE}.r2": "500", "lot.carton1": "C1", "lot.carton2": "C2"}, SIZE, F, (R.UNDAMAGED_CARTONS, R.LOT_PATTERN)),
    ("units of one carton", {f"{SIZE}.r1": "500", f"{SIZE}.r2": "500", "lot.carton1": "C1", "lot.carton2": "C1"}, SIZE, F, (R.UNDAMAGED_CARTONS,)),
    ("units of an item are not those of the order of drawing", {f"{WEIGHT}.r1": "500", f"{WEIGHT}.r2": "500", "lot.carton1": "C1", "lot.carton2": "C2"}, WEIGHT, F, (R.UNDAMAGED_CARTONS,)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "subject", "origin", "reasons"), [rule[1:] for rule in RULES], ids=[r[0] for r in RULES]
)
def test_a_finding_has_the_origin_that_the_record_shows(
    changes: dict[str, str], subject: str, origin: Origin, reasons: tuple[Reason, ...]
) -> None:
    assert found(subject, changes) == [(origin, reasons)]


def test_what_is_found_in_both_is_of_the_factory_where_it_was_drawn_and_not_known_in_damaged_cartons() -> None:
    both = found(CRACK, {**CRUSHED, f"{CRACK}.found": "1", f"{CRACK}.damaged": "4"})
    assert both == [(F, (R.UNDAMAGED_CARTONS,)), (U, (R.IN_BOTH,))]


def test_an_inspection_that_found_the_same_keeps_damaged_cartons_from_explaining_it() -> None:
    order = order_of("stoneware-mugs")
    before = taken(order, {f"{CRACK}.found": "1"})
    now = record({**CRUSHED, f"{CRACK}.damaged": "4"})
    assert [(one.origin, one.reasons) for one in attributed(order, now, (), before) if one.defect == "crack"] == [
        (U, (R.IN_BOTH,))
    ]
    drawn = attributed(order, record({f"{CRACK}.found": "1"}), (), before)
    assert [one.reasons for one in drawn] == [(R.UNDAMAGED_CARTONS, R.BEFORE_SHIPMENT)]


def test_only_an_arrival_has_origins() -> None:
    order = order_of("stoneware-mugs")
    inspection = taken(order, {f"{CRACK}.found": "1"})
    assert inspection.arrival is None
    assert judged_by(order, inspection).origins == ()
    with pytest.raises(ValueError, match="arrival"):
        attributed(order, inspection, ())


def test_seals_are_compared_by_letters_and_digits() -> None:
    assert same_seal("CN 447-1209", "ｃｎ4471209") is True
    assert same_seal("CN4471209", "CN4471208") is False
    assert same_seal("", "CN4471209") is None
    assert same_seal("--", "CN4471209") is None


# what the record supports


def steps(changes: Mapping[str, str]) -> list[Step]:
    return [one.step for one in verdict(changes).supported]


REPORT = {
    "header.arrived_on": "2027-05-18",
    "header.report_date": "2027-05-20",
    "header.opening_place": "Kiel",
    "header.inspector": "Wei Lin",
    "findings": "A8",
}


def test_goods_without_a_fault_support_nothing_and_are_kept() -> None:
    said = verdict(REPORT)
    assert (said.result.outcome, said.supported, said.origins) == (Outcome.PASS, (), ())
    assert [lot.advice for lot in said.lots] == [Advice.KEEP]


def test_a_failed_row_of_the_factory_supports_notice_rejection_and_claim() -> None:
    said = verdict({**REPORT, f"{WEIGHT}.r1": "500"})
    assert [lot.advice for lot in said.lots] == [Advice.NOTIFY]
    assert {one.step: (one.subjects, one.rights) for one in said.supported} == {
        Step.NOTIFY: ((WEIGHT,), ("contract.arrival", "exhibit.arrival")),
        Step.REJECT: ((WEIGHT,), ("contract.remedies",)),
        Step.CLAIM: ((WEIGHT,), ("contract.remedies", "contract.filing_window")),
    }


def test_a_broken_seal_supports_notice_to_both_and_no_claim() -> None:
    said = steps({**REPORT, f"{WEIGHT}.r1": "500", "header.seal_intact": "no_answer"})
    assert said == [Step.NOTIFY, Step.CARRIER]


def test_transit_damage_goes_to_the_carrier_alone() -> None:
    assert steps({**REPORT, **CRUSHED, f"{CRACK}.damaged": "4"}) == [Step.CARRIER]


def test_a_doubt_that_words_settle_is_to_be_completed() -> None:
    said = steps({**REPORT, f"{WEIGHT}.r1": "500", "header.shock": ""})
    assert said == [Step.NOTIFY, Step.COMPLETE]


@pytest.mark.parametrize(
    "missing", ["header.report_date", "header.opening_place", "header.inspector", "header.arrived_on"]
)
def test_an_incident_report_without_a_field_names_it(missing: str) -> None:
    said = verdict({**REPORT, missing: ""})
    assert said.incident is not None
    assert said.incident.missing == (missing.removeprefix("header."),)
    assert [one.step for one in said.supported] == [Step.COMPLETE]


def test_findings_are_asked_for_where_something_was_found() -> None:
    nothing, something = (verdict({**REPORT, "findings": "", **more}) for more in ({}, DRAWN))
    assert nothing.incident is not None
    assert something.incident is not None
    assert (nothing.incident.missing, something.incident.missing) == ((), ("findings",))


# the list of what transit can make


def test_each_defect_of_the_catalogue_is_in_the_list_once() -> None:
    path = shipped("spec_catalog") / "rules" / "origins.toml"
    lists = tomllib.loads(path.read_text(encoding="utf-8"))["transit"]
    source = read_source(shipped("spec_catalog"))
    known = {defect["id"] for file in source.defects for defect in file.data["defect"]}
    assert set(shipped_origins()) == known
    assert set(lists) == {*CAUSES, "none"}
    some = [defect for cause in CAUSES for defect in lists[cause]]
    assert set(lists["none"]) & set(some) == set()
    assert all(len(names) == len(set(names)) for names in lists.values())


def test_an_arrival_checklist_says_beside_each_defect_where_it_may_come_from() -> None:
    order = order_of("stoneware-mugs")
    said = {
        defect.id: row[0][0]
        for defect, row in zip(order.spec.defects, order.texts["en"].tables["origins"], strict=True)
    }
    assert said["pinhole"] == "factory"
    assert said["stain"] == "factory or transit (wet, open)"
