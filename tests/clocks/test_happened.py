"""Events as people write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof.clocks.happened import read_happened
from lotproof.clocks.model import Choices, Event
from lotproof.clocks.rules import shipped_rules
from lotproof.findings import Refused

FILE = """format = "lotproof-events/1"
zone = "Europe/Berlin"
buffer_days = 5
lead_days = 7

[events]
shipment = 2027-05-12
arrival = 2027-06-12T09:30:00
opening = "2027-06-14"
complaint = 2027-06-20T23:00:00-04:00
"""


def refused(flags: list[str], file: str | None = None, **more: str | int) -> list[tuple[str, str, str]]:
    """Where, code and hint of each finding."""
    with pytest.raises(Refused) as error:
        read_happened(flags, ("events.toml", file.encode()) if file else None, **more)  # type: ignore[arg-type]
    assert all(f.message and f.hint for f in error.value.findings)
    return [(f.where, f.code, f.hint) for f in error.value.findings]


def test_a_file_gives_events_zone_and_choices() -> None:
    read = read_happened([], ("events.toml", FILE.encode()))
    assert read.zone is not None
    assert read.zone.key == "Europe/Berlin"
    assert read.choices == Choices(buffer_days=5, lead_days=7)
    found = {event.name: event for event in read.events}
    assert found["shipment"] == Event(name="shipment", day=datetime.date(2027, 5, 12), moment=None)
    assert found["opening"] == Event(name="opening", day=datetime.date(2027, 6, 14), moment=None)
    assert found["arrival"].moment is not None
    assert found["arrival"].moment.isoformat() == "2027-06-12T09:30:00+02:00"
    assert found["complaint"].moment is not None
    assert found["complaint"].moment.isoformat() == "2027-06-20T23:00:00-04:00"


def test_a_flag_outweighs_the_file() -> None:
    read = read_happened(["arrival=2027-06-11"], ("events.toml", FILE.encode()), zone="Asia/Tokyo", buffer_days=0)
    assert read.zone is not None
    assert read.zone.key == "Asia/Tokyo"
    assert read.choices == Choices(buffer_days=0, lead_days=7)
    assert {e.name: str(e.day) for e in read.events}["arrival"] == "2027-06-11"


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("arrival=2026-03-04", None),
        ("arrival=2026-03-04T16:30", "2026-03-04T16:30:00+01:00"),
        ("arrival=2026-03-04 16:30", "2026-03-04T16:30:00+01:00"),
        ("arrival=2026-03-04T16:30:15Z", "2026-03-04T16:30:15+00:00"),
        ("shipment=2026-03-04T16:30", "2026-03-04T16:30:00+08:00"),
        (" arrival = 2026-03-04T16:30-05:00 ", "2026-03-04T16:30:00-05:00"),
    ],
)
def test_a_time_is_that_of_the_place_where_it_happened(written: str, moment: str | None) -> None:
    (event,) = read_happened([written], zone="Europe/Berlin").events
    assert (event.moment and event.moment.isoformat()) == moment
    assert event.day == datetime.date(2026, 3, 4)


@pytest.mark.parametrize(
    ("flag", "hint"),
    [
        ("arrivel=2026-03-04", "did you mean arrival"),
        ("shipped=2026-03-04", "did you mean shipment"),
        ("receipt=2026-03-04", "receipt"),
        ("=2026-03-04", "known: signing"),
        ("arrival", "write --event arrival=2026-03-04"),
        ("arrival=", "such as 2026-03-04"),
        ("arrival=04.03.2026", "such as 2026-03-04"),
        ("arrival=2026-02-30", "such as 2026-03-04"),
        ("arrival=20260304", "such as 2026-03-04"),
        ("arrival=2026-W10-3", "such as 2026-03-04"),
        ("arrival=2026-03-04T25:00", "such as 2026-03-04"),
        ("arrival=２０２６-03-04", "such as 2026-03-04"),
        ("arrival=2026-03-04=2026-03-05", "such as 2026-03-04"),
        ("arrival=1999-12-31", "from 2000-01-01 to 2199-12-31"),
        ("arrival=2200-01-01", "from 2000-01-01"),
        ("arrival=9999-12-31T23:59-12:00", "from 2000-01-01"),
        ("arrival=0001-01-01T00:00+14:00", "from 2000-01-01"),
    ],
)
def test_a_flag_that_cannot_be_read_is_refused_with_a_good_one(flag: str, hint: str) -> None:
    ((_, code, found),) = refused([flag], zone="Europe/Berlin")
    assert code == "LP405"
    assert hint in found


def test_all_that_is_wrong_is_said_at_once_with_its_line() -> None:
    bad = FILE.replace("Europe/Berlin", "Europe/Berln").replace("= 5", '= "five"').replace("lead_days = 7", "lead = 7")
    bad = bad.replace("opening", "openning").replace("2027-05-12", "12")
    found = refused(["arrival=soon", "arrival=2027-01-01", "complain=2027-01-01"], bad)
    assert {(where, code) for where, code, _ in found} == {
        ("events.toml:2: zone", "LP407"),
        ("events.toml:3: buffer_days", "LP409"),
        ("events.toml:4", "LP405"),
        ("events.toml:9: events.openning", "LP405"),
        ("events.toml:7: events.shipment", "LP405"),
        ("--event arrival", "LP405"),
        ("--event 'arrival'", "LP405"),
        ("--event 'complain'", "LP405"),
    }


@pytest.mark.parametrize(
    "file",
    ['format = "lotproof-answers/1"', "[events]\narrival = 2027-01-01", 'format = "lotproof-events/1"\nevents = 1'],
)
def test_a_file_of_another_shape_is_refused(file: str) -> None:
    assert {code for _, code, _ in refused([], file)} == {"LP405"}


@pytest.mark.parametrize(
    ("zone", "hint"),
    [
        ("Europe/Berln", "Europe/Berlin"),
        ("CET+1", ""),
        ("../../etc/passwd", "such as Europe/Berlin"),
        ("Europe", ""),
        ("/etc/localtime", ""),
        ("", "such as Europe/Berlin"),
        ("x" * 5000, "such as Europe/Berlin"),
        ("Europe/Ber\x00lin", ""),
    ],
)
def test_a_zone_that_does_not_exist_is_refused(zone: str, hint: str) -> None:
    ((where, code, found),) = refused([], zone=zone)
    assert (where, code) == ("--zone", "LP407")
    assert hint in found


@pytest.mark.parametrize("days", [-1, 366, 10**30])
def test_a_number_of_days_has_bounds(days: int) -> None:
    assert [(w, c) for w, c, _ in refused([], buffer_days=days)] == [("--buffer", "LP409")]
    assert [(w, c) for w, c, _ in refused([], lead_days=days)] == [("--lead", "LP409")]


def test_a_time_without_a_zone_is_refused_and_never_guessed() -> None:
    ((where, code, hint),) = refused(["arrival=2026-03-04T16:30"])
    assert (where, code) == ("--event arrival", "LP405")
    assert "--zone" in hint
    assert read_happened(["shipment=2026-03-04T16:30"]).events[0].moment is not None, "Beijing time is known"


def test_events_in_the_wrong_order_contradict_each_other() -> None:
    found = refused(["shipment=2026-03-10", "arrival=2026-03-04"])
    assert [(where, code) for where, code, _ in found] == [("--event arrival", "LP406")]
    kept = read_happened(["shipment=2026-03-05", "arrival=2026-03-04"]).events
    assert len(kept) == 2, "a day apart may be the date line"


@given(st.text(max_size=60), st.sampled_from([None, "Europe/Berlin"]))
def test_whatever_is_typed_is_read_or_refused(text: str, zone: str | None) -> None:
    for flag in (text, f"arrival={text}", f"{text}=2026-03-04"):
        try:
            assert {event.name for event in read_happened([flag], zone=zone).events} <= shipped_rules().events.keys()
        except Refused as refused:
            assert {f.code for f in refused.findings} == {"LP405"}
