"""The calendar file, read back by another program."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clock_orders import TODAY, all_of, example
from lotproof import api
from lotproof.clocks.ics import _folded, _text, calendar
from lotproof.clocks.model import Deadline

EVENTS = ["shipment=2026-02-10", "arrival=2026-03-04", "opening=2026-03-06", "confirmed_receipt=2026-03-05"]
DIGEST = "1d108d158502b87b" * 4


def written(
    found: Iterable[Deadline], language: str = "en", stamp: datetime.date = TODAY, digest: str = DIGEST
) -> bytes:
    """The calendar of deadlines."""
    return calendar(found, digest=digest, number="HB-1 B", stamp=stamp, zone="Europe/Berlin", language=language)


def entries(content: bytes) -> list[Any]:
    """Its entries."""
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_known_date_is_an_entry_with_three_alarms(language: str) -> None:
    found = all_of(example("stoneware-mugs"), EVENTS)
    running = {d.title[language]: d for d in found.values() if d.day is not None and d.ended is None}
    there = entries(written(found.values(), language))
    assert len(there) == len([d for d in found.values() if d.day is not None and d.ended is None]) > 8
    for entry in there:
        title = str(entry["SUMMARY"]).removeprefix("HB-1 B: ")
        deadline = running[title]
        assert entry["DTSTART"].dt == deadline.day
        assert entry["DTSTART"].params["VALUE"] == "DATE"
        assert entry["DTEND"].dt == deadline.day + datetime.timedelta(days=1)
        assert deadline.todo[language] in str(entry["DESCRIPTION"])
        alarms = entry.walk("VALARM")
        assert [alarm["TRIGGER"].dt for alarm in alarms] == [-datetime.timedelta(days=n) for n in (7, 3, 1)]
        assert {str(alarm["ACTION"]) for alarm in alarms} == {"DISPLAY"}
        assert {str(alarm["DESCRIPTION"]) for alarm in alarms} == {str(entry["SUMMARY"])}


def test_what_is_done_or_not_known_is_no_entry() -> None:
    today = datetime.date(2026, 3, 4)
    found = all_of(example("stoneware-mugs"), ["shipment=2026-02-10"], today=today)
    titles = " ".join(str(entry["SUMMARY"]) for entry in entries(written(found.values())))
    assert "Ship date" not in titles
    assert "Notice of visible defects" not in titles


def test_the_same_deadlines_give_the_same_bytes_and_a_later_day_a_higher_sequence() -> None:
    found = list(all_of(example("stoneware-mugs"), EVENTS).values())
    assert written(found) == written(found)
    first, later = entries(written(found)), entries(written(found, stamp=datetime.date(2026, 3, 1)))
    assert [e["UID"] for e in first] == [e["UID"] for e in later]
    assert all(a["SEQUENCE"] < b["SEQUENCE"] for a, b in zip(first, later, strict=True))
    assert {e["DTSTAMP"].dt.date() for e in later} == {datetime.date(2026, 3, 1)}


def test_a_uid_belongs_to_a_clock_of_one_order() -> None:
    found = list(all_of(example("stoneware-mugs"), EVENTS).values())
    moved = list(all_of(example("stoneware-mugs"), [*EVENTS[:1], "arrival=2026-03-08"]).values())
    uids = {str(e["SUMMARY"]): str(e["UID"]) for e in entries(written(found))}
    again = {str(e["SUMMARY"]): str(e["UID"]) for e in entries(written(moved))}
    assert len(set(uids.values())) == len(uids)
    assert all(uids[title] == uid for title, uid in again.items())
    other = {str(e["UID"]) for e in entries(written(found, digest=api.digest(example("power-bank"))))}
    assert not other & set(uids.values())


def test_an_unconfirmed_window_says_so_in_its_title() -> None:
    from clock_orders import order_with

    found = all_of(order_with({"window.source": None}), EVENTS)
    titles = {str(e["SUMMARY"]) for e in entries(written([found["platform.window"]]))}
    assert titles == {"HB-1 B: Filing window of the platform, as you read it (NOT CONFIRMED)"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_lines_end_as_the_standard_says_and_are_at_most_75_octets(language: str) -> None:
    content = written(all_of(example("stoneware-mugs"), EVENTS).values(), language)
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    assert any(len(line) > 70 for line in lines)
    assert all(line.decode() for line in lines), "no character is cut"


@given(st.text(max_size=200))
def test_any_text_comes_back_as_it_was_but_for_what_cannot_be_printed(text: str) -> None:
    folded = "\r\n".join(_folded(f"SUMMARY:{_text(text)}"))
    event = icalendar.Event.from_ical(f"BEGIN:VEVENT\r\n{folded}\r\nEND:VEVENT\r\n")
    kept = "".join(c for c in text if c.isprintable() or c == "\n")
    assert str(event["SUMMARY"]) == kept
