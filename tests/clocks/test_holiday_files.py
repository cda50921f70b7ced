"""Holiday files: TOML for both places, a calendar for one."""

from __future__ import annotations

import datetime

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof.clocks.holiday_files import read_holidays
from lotproof.clocks.holidays import Holidays
from lotproof.findings import Refused

TOML = """format = "lotproof-holidays/1"

[seller]
place = "mainland China"
source = "notice of the State Council"
holidays = [2027-01-01, { from = 2027-02-05, to = 2027-02-12 }]
working_days = [2027-02-14]

[buyer]
place = "Dubai"
weekend = ["saturday", "sunday", "friday"]
holidays = [2027-12-02]
"""
ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//someone//holidays//EN
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1
SUMMARY:New Year
DTSTART;VALUE=DATE:20270101
DTEND;VALUE=DATE:20270102
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:A long
  holiday
DTSTART;VALUE=DA
 TE:20270205
DTEND;VALUE=DATE:20270208
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART:20270501T000000
DURATION:P2D
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART;VALUE=DATE:20270601
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:5
DTSTART;VALUE=DATE:20271003
END:VEVENT
END:VCALENDAR
"""


def day(text: str) -> datetime.date:
    """A day as ISO 8601 writes it."""
    return datetime.date.fromisoformat(text)


def read(content: str, place: str = "", name: str = "holidays") -> Holidays:
    """Read one file."""
    return read_holidays([(place, name, content.encode())])


def refused(content: str | bytes, place: str = "") -> list[tuple[str, str]]:
    """Where and what is wrong, of findings that all have the code LP408."""
    with pytest.raises(Refused) as error:
        read_holidays([(place, "h.toml", content if isinstance(content, bytes) else content.encode())])
    assert {f.code for f in error.value.findings} <= {"LP408", "LP101"}
    assert all(f.message and f.hint for f in error.value.findings)
    return [(f.where, f.message) for f in error.value.findings]


def test_a_file_holds_the_days_of_both_places() -> None:
    found = read(TOML)
    assert len(found.seller.holidays) == 9
    assert not found.seller.works(day("2027-02-12"))
    assert found.seller.works(day("2027-02-14")), "a Sunday that is worked"
    assert not found.seller.works(day("2027-02-13"))
    assert not found.buyer.works(day("2027-03-05")), "a Friday"
    assert found.buyer.works(day("2027-03-04"))
    assert found.seller.years == {2027}


@pytest.mark.parametrize("content", [ICS, ICS.replace("\n", "\r\n"), "\ufeff" + ICS])
def test_a_calendar_holds_the_days_of_one_place(content: str) -> None:
    found = read(content, "seller")
    wanted = ["2027-01-01", "2027-02-05", "2027-02-06", "2027-02-07", "2027-05-01", "2027-05-02", "2027-10-03"]
    assert sorted(found.seller.holidays) == list(map(day, wanted))
    assert found.buyer == Holidays().buyer


def test_a_calendar_reads_as_another_program_reads_it() -> None:
    days: set[datetime.date] = set()
    for event in icalendar.Calendar.from_ical(ICS).walk("VEVENT"):
        if event.get("STATUS") != "CANCELLED":
            first, last = event.start, event.end  # type: ignore[attr-defined]
            length = (last - first).days or 1
            start = first.date() if isinstance(first, datetime.datetime) else first
            days |= {start + datetime.timedelta(days=n) for n in range(length)}
    assert read(ICS, "buyer").buyer.holidays == days


def test_files_add_to_each_other() -> None:
    found = read_holidays([("", "a.toml", TOML.encode()), ("seller", "b.ics", ICS.encode())])
    assert len(found.seller.holidays) == 9 + 7 - 4, "1 January and 5 to 7 February stand in both"
    assert len(read_holidays([("buyer", "a.toml", TOML.encode())]).seller.holidays) == 0


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        ("lotproof-holidays/1", "x", "h.toml:1: format", "format is 'x'"),
        ("[buyer]", "[byer]", "h.toml:9: byer", "unknown key 'byer'"),
        ("place =", "plcae =", "h.toml:4: seller.plcae", "unknown key 'plcae'"),
        ("2027-01-01", '"2027-01-01"', "h.toml:6: seller.holidays[1]", "is no day and no span of days"),
        ("2027-01-01", "2027-01-01T00:00:00", "h.toml:6: seller.holidays[1]", "is no day"),
        ("2027-01-01", "1999-01-01", "h.toml:6: seller.holidays[1]", "is no day"),
        ("to = 2027-02-12", "to = 2027-02-01", "h.toml:6: seller.holidays[2]", "no span of days"),
        ("to = 2027-02-12", "to = 2029-02-12", "h.toml:6: seller.holidays[2]", "no span of days"),
        ("to = 2027-02-12", "until = 2027-02-12", "h.toml:6: seller.holidays[2]", "no span of days"),
        ("[2027-02-14]", "2027-02-14", "h.toml:7: seller.working_days", "is no list of days"),
        ('"friday"', '"freitag"', "h.toml:11: buyer.weekend", "is no weekend"),
        ('"friday"', '"friday", "monday"', "h.toml:11: buyer.weekend", "is no weekend"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(old: str, new: str, where: str, message: str) -> None:
    ((found_where, found_message),) = refused(TOML.replace(old, new, 1))
    assert found_where == where
    assert message in found_message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("DTEND;VALUE=DATE:20270102", "RRULE:FREQ=YEARLY", "repeats by a rule"),
        ("DTEND;VALUE=DATE:20270102", "RDATE;VALUE=DATE:20280101", "repeats by a rule"),
        ("DTSTART;VALUE=DATE:20270101", "DTSTART;VALUE=DATE:20271301", "no day that can be read"),
        ("DTSTART;VALUE=DATE:20270101", "X-NOTHING:1", "no day that can be read"),
        ("DTEND;VALUE=DATE:20270102", "DTEND:soon", "no day that can be read"),
        ("DURATION:P2D", "DURATION:PT48H", "no day that can be read"),
        ("DTEND;VALUE=DATE:20270102", "DTEND;VALUE=DATE:20300102", "lasts"),
    ],
)
def test_an_entry_that_is_no_day_is_said_with_its_line(old: str, new: str, message: str) -> None:
    ((where, found),) = refused(ICS.replace(old, new, 1), "seller")
    assert where in ("h.toml:11", "h.toml:25")
    assert message in found


def test_a_calendar_without_a_place_is_refused() -> None:
    ((where, message),) = refused(ICS)
    assert where == "h.toml"
    assert "does not say whose" in message


def test_files_that_are_too_large_or_no_text_are_refused() -> None:
    span = "{ from = 2027-01-01, to = 2027-12-31 }"
    many = 'format = "lotproof-holidays/1"\n[seller]\nholidays = [' + ", ".join(
        span.replace("2027", str(year)) for year in range(2027, 2050)
    )
    assert "more than 5,000 days" in refused(many + "]")[0][1]
    assert "not UTF-8" in refused(b"BEGIN:VCALENDAR\r\n\xff", "buyer")[0][1]
    assert refused(b"\xff\xfe")[0][1]
    endless = "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\nDTSTART:20270101\nDTEND:20271231\nEND:VEVENT\n" * 30_000
    assert read(endless, "buyer").buyer.holidays


@given(st.binary(max_size=200), st.sampled_from(["", "buyer"]))
def test_whatever_stands_in_a_file_is_read_or_refused(content: bytes, place: str) -> None:
    for start in (b"", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b'format = "lotproof-holidays/1"\n[buyer]\n'):
        try:
            read_holidays([(place, "h", start + content)])
        except Refused as refused:
            assert {f.code for f in refused.findings} <= {"LP408", "LP101"}
