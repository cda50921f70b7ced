"""The incident report of an arrival: its last day, and what is said of it."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest

from judged import judged, order_of, taken
from lotproof.clocks.deadlines import countings_of
from lotproof.documents.arrival import arrival
from lotproof.inspection.incident import CLOCK, with_incident
from lotproof.records.model import Verdict

NEW_YORK = ZoneInfo("America/New_York")
WHOLE = {
    "header.arrived_on": "2027-06-10",
    "header.report_date": "2027-06-12",
    "header.opening_place": "Kiel",
    "header.inspector": "Wei Lin",
    "findings": "none",
}


def verdict(changes: dict[str, str], zone: ZoneInfo | None = None) -> Verdict:
    order = order_of("stoneware-mugs")
    values = {tag: text for tag, text in {**WHOLE, **changes}.items() if text}
    return with_incident(judged(order, taken(order, values, document=arrival(order, ("en",)))), zone)


def codes(said: Verdict) -> list[str]:
    return [f.code for f in said.findings if f.code in ("LP821", "LP822")]


def test_the_last_day_is_the_earliest_of_all_countings() -> None:
    said = verdict({})
    assert said.incident is not None
    assert said.incident.due == datetime.date(2027, 6, 16)
    assert (said.incident.missing, said.incident.late_days, codes(said)) == ((), 0, [])


def test_a_zone_behind_china_changes_no_day_and_one_ahead_takes_the_day_before() -> None:
    days = {zone: verdict({}, ZoneInfo(zone)).incident for zone in ("America/New_York", "Pacific/Auckland")}
    due = {zone: incident.due for zone, incident in days.items() if incident is not None}
    assert due == {"America/New_York": datetime.date(2027, 6, 16), "Pacific/Auckland": datetime.date(2027, 6, 15)}


@pytest.mark.parametrize(("made", "late"), [("2027-06-17", 0), ("2027-06-18", 1), ("2027-07-01", 14)])
def test_a_report_is_late_only_by_every_counting(made: str, late: int) -> None:
    said = verdict({"header.report_date": made})
    assert said.incident is not None
    assert said.incident.late_days == late
    assert codes(said) == (["LP822"] if late else [])


def test_without_the_day_of_arrival_nobody_knows_the_last_day() -> None:
    said = verdict({"header.arrived_on": ""})
    assert said.incident is not None
    assert (said.incident.due, said.incident.missing, codes(said)) == (None, ("arrived_on",), ["LP821"])


def test_what_is_missing_is_named_with_the_last_day() -> None:
    finding = next(f for f in verdict({"header.opening_place": ""}).findings if f.code == "LP821")
    assert "the place of opening" in finding.message
    assert "2027-06-16" in finding.hint


def test_only_a_clock_that_asks_nothing_of_an_order_is_counted_alone() -> None:
    day = datetime.date(2027, 6, 10)
    assert {one.zone for one in countings_of(CLOCK, day, NEW_YORK)} == {"America/New_York", "Asia/Shanghai"}
    for clock in ("notice.visible", "no.such"):
        with pytest.raises(ValueError, match=clock):
            countings_of(clock, day, None)
