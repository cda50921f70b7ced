"""What a case lacks, and by when: counted from what was recorded, never from what somebody says of it."""

from __future__ import annotations

import datetime
import json
import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator

from case_folders import NOW, add, new_case, order, photo, photos
from lotproof.cases.folder import read_manifest
from lotproof.cases.labels import read_units
from lotproof.cases.missing import Standing, faults, ranges, standings
from lotproof.cases.model import FOLDERS, Case
from lotproof.cases.rules import shipped_rules
from lotproof.clocks.deadlines import deadlines
from lotproof.clocks.happened import read_happened
from lotproof.clocks.holidays import Holidays
from lotproof.clocks.rules import shipped_rules as clock_rules
from lotproof.findings import Severity
from lotproof.records.rows import repeated
from lotproof.shipped import shipped

BERLIN = ZoneInfo("Europe/Berlin")
ARRIVED = ("arrival=2027-06-12",)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return new_case(tmp_path / "case")


def known(case: Path) -> Case:
    found = read_manifest(case)[1].case
    assert found is not None
    return found


def standing(case: Path, id_: str, today: str = "2027-06-15", events: tuple[str, ...] = ARRIVED) -> Standing:
    (found,) = [one for one in every(case, today, events) if one.needed.id == id_]
    return found


def every(case: Path, today: str = "2027-06-15", events: tuple[str, ...] = ARRIVED) -> tuple[Standing, ...]:
    day = datetime.date.fromisoformat(today)
    happened = read_happened(events, None, "Europe/Berlin")
    return standings(known(case), order(), deadlines(order(), happened.events, Holidays(), BERLIN, day), day)


def said(case: Path, today: str = "2027-06-15", events: tuple[str, ...] = ARRIVED) -> list[tuple[str, str, Severity]]:
    happened = read_happened(events, None, "Europe/Berlin")
    return [(f.code, f.where, f.severity) for f in faults(known(case), every(case, today, events), happened.events)]


def test_the_file_of_rules_has_the_shape_of_its_schema() -> None:
    folder = shipped("spec_catalog")
    schema = json.loads((folder / "schema" / "evidence.schema.json").read_text(encoding="utf-8"))
    data = tomllib.loads((folder / "rules" / "evidence.toml").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []
    for rows in (data["kind"], data["item"]):
        assert len({row["id"] for row in rows}) == len(rows)


def test_each_rule_names_kinds_folders_and_clocks_that_exist() -> None:
    rules = shipped_rules()
    clocks = {clock.id for clock in clock_rules().clocks}
    for needed in rules.needed:
        assert set(needed.any_of) <= rules.kinds.keys()
        assert needed.clock in {*clocks, ""}
        assert not needed.folder or all(needed.folder in rules.kinds[kind].folders for kind in needed.any_of)
    asked = {kind for needed in rules.needed for kind in needed.any_of}
    assert rules.kinds.keys() - asked == {"amendment", "invoice", "sample", "message", "other"}
    assert all(set(kind.folders) <= set(FOLDERS) for kind in rules.kinds.values())


def test_the_minimum_on_arrival_is_asked_for() -> None:
    minimum = {needed.id for needed in shipped_rules().needed if needed.minimum}
    assert {"arrival.seal", "arrival.units", "arrival.comparison", "arrival.incident"} <= minimum
    assert {"contract.signed", "inspection.record"} <= minimum


def test_a_new_case_has_nothing_of_it(case: Path) -> None:
    assert {one.state for one in every(case)} == {"missing"}
    assert not any(one.overdue for one in every(case))


def test_the_incident_report_is_due_seven_days_after_the_arrival(case: Path) -> None:
    assert standing(case, "arrival.incident").due == datetime.date(2027, 6, 18), (
        "the first day counted: the earliest counting"
    )
    assert standing(case, "arrival.incident", events=()).due is None
    assert standing(case, "arrival.incident", events=()).needs == ("arrival",)


@pytest.mark.parametrize(("today", "overdue"), [("2027-06-18", False), ("2027-06-19", True)])
def test_what_is_not_there_after_its_day_is_overdue(case: Path, today: str, overdue: bool) -> None:
    assert standing(case, "arrival.seal", today).overdue is overdue
    found = {where for code, where, severity in said(case, today) if (code, severity) == ("LP852", Severity.OPEN)}
    assert found == ({"arrival.seal", "arrival.units", "arrival.comparison", "arrival.incident"} if overdue else set())


def test_every_unit_that_is_drawn_needs_its_photograph(case: Path, tmp_path: Path) -> None:
    add(case, *photos(tmp_path / "p", 5), what="unit", units=read_units(["1-3", "10", "200"]))
    found = standing(case, "arrival.units")
    assert (found.state, found.of, len(found.lacking)) == ("partly", 200, 195)
    assert ranges(found.lacking) == "4 to 9, 11 to 199"
    add(case, *photos(tmp_path / "q", 195, "Q"), what="unit", units=found.lacking)
    assert standing(case, "arrival.units").state == "there"


def test_every_row_of_the_arrival_checklist_needs_its_comparison(case: Path, tmp_path: Path) -> None:
    terms = [t.id for t in order().spec.terms if repeated(t) and t.stage != "laboratory" and "photo" in t.evidence]
    paths = photos(tmp_path / "p", len(terms))
    for path, term in zip(paths[1:], terms[1:], strict=True):
        add(case, path, what="comparison", terms=(term,))
    found = standing(case, "arrival.comparison")
    assert (found.state, found.lacking, found.of) == ("partly", (terms[0],), len(terms))
    add(case, paths[0], what="comparison", terms=(terms[0],))
    assert standing(case, "arrival.comparison").state == "there"


def test_a_photograph_that_is_none_or_of_another_folder_or_kind_does_not_count(case: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.jpg").write_bytes(b"no picture")
    (tmp_path / "cut.jpg").write_bytes(photo()[:-2])
    add(case, tmp_path / "bad.jpg", tmp_path / "cut.jpg", what="seal")
    add(case, *photos(tmp_path / "p", 1), what="carton")
    found = standing(case, "arrival.seal")
    assert (found.state, found.files) == ("missing", ())
    assert found.doubtful == ("arrival/bad.jpg", "arrival/cut.jpg")


def test_one_file_counts_once_unless_it_is_a_declared_copy(case: Path, tmp_path: Path) -> None:
    (path,) = photos(tmp_path / "p", 1)
    add(case, path, what="carton")
    add(case, path, name="seal.jpg", what="seal")
    assert standing(case, "arrival.seal").state == "missing"
    add(case, case / "arrival" / "seal.jpg", to=None, duplicate=True)
    assert standing(case, "arrival.seal").state == "there"


def test_what_came_after_every_counting_is_late_and_counts(case: Path, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(b"%PDF")
    add(case, tmp_path / "report.pdf", what="incident", now=datetime.datetime(2027, 6, 19, 20, tzinfo=datetime.UTC))
    assert not standing(case, "arrival.incident").late
    (tmp_path / "later.pdf").write_bytes(b"%PDF later")
    add(case, tmp_path / "later.pdf", what="incident", now=datetime.datetime(2027, 6, 20, 1, tzinfo=datetime.UTC))
    found = standing(case, "arrival.incident")
    assert (found.state, found.late) == ("there", True)
    assert ("LP852", "arrival.incident", Severity.NOTE) in said(case)


@pytest.mark.parametrize(
    ("seal", "unit", "events", "expected"),
    [
        ("2027:06:12 10:00:00", "2027:06:12 11:00:00", ARRIVED, False),
        ("2027:06:12 12:00:00", "2027:06:12 11:00:00", ARRIVED, True),
        ("2027:06:13 08:00:00", "", (*ARRIVED, "opening=2027-06-12"), True),
        ("2027:06:12 08:00:00", "", (*ARRIVED, "opening=2027-06-12"), False),
        ("", "2027:06:12 11:00:00", ARRIVED, False),
    ],
)
def test_photographs_of_the_seal_are_taken_before_the_opening(
    case: Path, tmp_path: Path, seal: str, unit: str, events: tuple[str, ...], expected: bool
) -> None:
    (tmp_path / "seal.jpg").write_bytes(photo("seal", taken=seal))
    (tmp_path / "unit.jpg").write_bytes(photo("unit", taken=unit))
    late = NOW + datetime.timedelta(days=2)
    add(case, tmp_path / "seal.jpg", what="seal", now=late)
    add(case, tmp_path / "unit.jpg", what="unit", units=("1",), now=late)
    assert ("LP853" in [code for code, _, _ in said(case, events=events)]) is expected


def test_a_claim_is_asked_for_only_where_something_is_wrong(case: Path) -> None:
    found = every(case, "2030-01-01", (*ARRIVED, "opening=2027-06-14"))
    assert {one.needed.id for one in found if one.needed.if_defective} == {"messages.notice", "claim.filed"}
    assert not any(one.overdue for one in found if one.needed.if_defective)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([], ""),
        (["1"], "1"),
        (["1", "2", "3", "7"], "1 to 3, 7"),
        (["A #1", "A #2"], "A #1, A #2"),
        ([str(n) for n in range(1, 40, 2)], "1, 3, 5, 7, 9, 11 and 14 more"),
    ],
)
def test_ranges_are_short(labels: list[str], expected: str) -> None:
    assert ranges(labels) == expected
