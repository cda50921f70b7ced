"""Holiday files: TOML with the days of both places, or a calendar (ICS) with those of one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias

from lotproof.clocks.holidays import WEEKDAYS, Holidays, Workdays
from lotproof.clocks.model import EARLIEST, LATEST
from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.frozen import replace
from lotproof.messages import Message, say
from lotproof.sources import KeyPath, line_of, parse_toml, show_path

HOLIDAYS_FORMAT = "lotproof-holidays/1"
PLACES = ("buyer", "seller")
MOST = 5000
"""A file holds no more days than this for a place: 200 years of 25."""

_KEYS = ("place", "source", "weekend", "holidays", "working_days")
_LONGEST = 366
_DAY = datetime.timedelta(days=1)
_STARTS = re.compile(r"(DTSTART|DTEND)(?:;[^:]{0,200})?:([0-9]{8})(?:T[0-9]{6}Z?)?")
_LASTS = re.compile(r"DURATION(?:;[^:]{0,200})?:P([0-9]{1,3})([DW])")


_Report: TypeAlias = Callable[[KeyPath, Message, Message], None]


def read_holidays(files: Sequence[tuple[str, str, bytes]]) -> Holidays:
    """
    Read holiday files.

    Args:
        files: place (``buyer``, ``seller``, or empty where the file itself says so), name, content. A later file adds to an
            earlier one.

    Raises:
        Refused: with every finding: LP101 no TOML, LP408 what is no day, no place, or too much.
    """
    findings: list[Finding] = []
    found = {place: Workdays() for place in PLACES}
    for place, name, content in files:
        if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].upper() == b"BEGIN:VCALENDAR":
            if not place:
                hint = say("say whose place it is: --holidays seller={name}", name=name)
                findings.append(_finding(name, say("a calendar does not say whose holidays it holds"), hint))
                continue
            found[place] = _added(found[place], _calendar(content, name, findings), (), None)
            continue
        for owner, days, worked, weekend in _toml(place, content, name, findings):
            found[owner] = _added(found[owner], days, worked, weekend)
    for owner, there in found.items():
        if len(there.holidays) + len(there.worked) > MOST:
            message = say("more than {most:,} days for the {owner}'s place", most=MOST, owner=owner)
            findings.append(_finding("--holidays", message, say("give the years that the order runs in")))
    if findings:
        raise Refused(findings)
    return Holidays(**found)


def _added(
    there: Workdays,
    days: Iterable[datetime.date],
    worked: Iterable[datetime.date],
    weekend: frozenset[int] | None,
) -> Workdays:
    return replace(
        there,
        holidays=there.holidays | frozenset(days),
        worked=there.worked | frozenset(worked),
        weekend=there.weekend if weekend is None else weekend,
    )


# --- TOML ----------------------------------------------------------------------------------------------------------------------


def _toml(
    place: str, content: bytes, name: str, findings: list[Finding]
) -> Iterator[tuple[str, list[datetime.date], list[datetime.date], frozenset[int] | None]]:
    """LP408: a file of another format, an unknown place or key, a day that is none; yields each place with its days."""
    data, text = parse_toml(content, name)

    def report(path: KeyPath, message: Message, hint: Message) -> None:
        findings.append(_finding(f"{name}:{line_of(text, path)}: {show_path(path)}", message, hint))

    if data.get("format") != HOLIDAYS_FORMAT:
        hint = say(
            'write format = "{format}" at the top; a calendar begins with BEGIN:VCALENDAR', format=HOLIDAYS_FORMAT
        )
        report(("format",), say("format is {given}", given=quoted(data.get("format", "missing"))), hint)
        return
    for key, table in data.items():
        if key == "format":
            continue
        if key not in PLACES or not isinstance(table, Mapping):
            hint = say("write [buyer] and [seller], each with holidays = [...]")
            report((key,), say("unknown key {key}", key=quoted(key)), hint)
            continue
        if place and key != place:
            continue
        for inner in table.keys() - set(_KEYS):
            report((key, inner), say("unknown key {key}", key=quoted(inner)), did_you_mean(inner, _KEYS))
        weekend = _weekend(table.get("weekend"), (key, "weekend"), report)
        days, worked = (
            list(islice(_days(table.get(inner, []), (key, inner), report), MOST + 1))
            for inner in ("holidays", "working_days")
        )
        yield key, days, worked, weekend


def _weekend(raw: Any, path: KeyPath, report: _Report) -> frozenset[int] | None:
    if raw is None:
        return None
    if isinstance(raw, list) and len(raw) <= 3 and all(day in WEEKDAYS for day in raw):
        return frozenset(map(WEEKDAYS.index, raw))
    hint = say('write at most three days, such as weekend = ["friday", "saturday"]')
    report(path, say("{value} is no weekend", value=quoted(raw)), hint)
    return None


def _days(raw: Any, path: KeyPath, report: _Report) -> Iterator[datetime.date]:
    hint = say("write days such as 2027-02-06, or {{ from = 2027-02-05, to = 2027-02-12 }}")
    if not isinstance(raw, list):
        report(path, say("{value} is no list of days", value=quoted(raw)), hint)
        return
    for number, row in enumerate(raw[: MOST + 1]):
        pair = (row.get("from"), row.get("to")) if isinstance(row, Mapping) and len(row) == 2 else (row, row)
        first, last = map(_a_day, pair)
        if first is None or last is None or not first <= last <= first + _LONGEST * _DAY:
            report((*path, number), say("{value} is no day and no span of days", value=quoted(row)), hint)
            continue
        yield from _span(first, last)


def _a_day(value: Any) -> datetime.date | None:
    return value if type(value) is datetime.date and EARLIEST <= value <= LATEST else None


def _span(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    for number in range((last - first).days + 1):
        yield first + number * _DAY


# --- ICS -----------------------------------------------------------------------------------------------------------------------


def _calendar(content: bytes, name: str, findings: list[Finding]) -> list[datetime.date]:
    """LP408: an entry of a calendar that repeats by a rule, has no day, or cannot be read; returns the days of all others."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = content[: error.start].count(b"\n") + 1
        findings.append(_finding(f"{name}:{at}", say("this is not UTF-8"), say("save the calendar as UTF-8")))
        return []
    days: list[datetime.date] = []
    begun = 0
    entry: dict[str, str] = {}
    for number, line in _unfolded(text):
        upper = line[:300].upper()
        if upper == "BEGIN:VEVENT":
            begun, entry = number, {}
        elif upper == "END:VEVENT" and begun:
            days += _entry_days(entry, f"{name}:{begun}", findings)
            begun = 0
            if len(days) > MOST or len(findings) > 100:
                break
        elif begun and (match := _STARTS.fullmatch(upper)):
            entry[match[1]] = match[2]
        elif begun and (match := _LASTS.fullmatch(upper)):
            entry["DAYS"] = str(int(match[1]) * (7 if match[2] == "W" else 1))
        elif begun and (name_of := re.match("RRULE|RDATE|DURATION|DTEND", upper)):
            entry[name_of[0]] = ""
        elif begun and upper == "STATUS:CANCELLED":
            entry["CANCELLED"] = ""
    return days


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Yield each content line with its number; a line that begins with a blank goes on with the one before."""
    held: list[str] = []
    started = 1
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if line[:1] in (" ", "\t"):
            held.append(line[1:])
            continue
        if held:
            yield started, "".join(held)
        held, started = [line], number
    yield started, "".join(held)


def _entry_days(entry: Mapping[str, str], where: str, findings: list[Finding]) -> Iterator[datetime.date]:
    if "CANCELLED" in entry:
        return
    if "RRULE" in entry or "RDATE" in entry:
        findings.append(_finding(where, say("an entry repeats by a rule"), say("give a calendar that names each day")))
        return
    first = _day(entry.get("DTSTART", ""))
    after = _day(entry.get("DTEND", "")) if "DTEND" in entry else None
    if first is None or "DURATION" in entry or ("DTEND" in entry and after is None):
        findings.append(
            _finding(where, say("an entry has no day that can be read"), say("write DTSTART;VALUE=DATE:20270101"))
        )
        return
    last = first + (int(entry["DAYS"]) - 1) * _DAY if "DAYS" in entry else first if after is None else after - _DAY
    last = max(first, last)
    if last - first > _LONGEST * _DAY:
        findings.append(
            _finding(
                where, say("an entry lasts {days:,} days", days=(last - first).days + 1), say("give single holidays")
            )
        )
        return
    yield from _span(first, last)


def _day(text: str) -> datetime.date | None:
    try:
        day = datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def _finding(where: str, message: Message, hint: Message) -> Finding:
    return Finding(where=where, code="LP408", message=message, hint=hint)
