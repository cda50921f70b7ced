"""What happened to an order, as people write it: ``arrival=2026-03-04`` or a small TOML file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from lotproof.clocks.model import EARLIEST, LATEST, SHANGHAI, Choices, Event
from lotproof.clocks.rules import EventKind, shipped_rules
from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.sources import line_of, parse_toml

EVENTS_FORMAT = "lotproof-events/1"
MOST_DAYS = 365
"""A buffer or a lead time is no longer than this."""

_WRITTEN = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
_ZONE = re.compile(r"[A-Za-z0-9_+-]{1,40}(?:/[A-Za-z0-9_+-]{1,40}){0,2}")
_KEYS = ("format", "zone", "buffer_days", "lead_days", "events")
_GOOD = say("write a date such as 2026-03-04, with a time if you know it: 2026-03-04T16:30 or 2026-03-04T16:30+01:00")
_DAY = datetime.timedelta(days=1)


class Happened(Frozen, kw_only=True):
    """
    What a file of events and the flags beside it say together.

    Attributes:
        events: each name once.
        zone: the buyer's, or None.
    """

    events: tuple[Event, ...]
    zone: ZoneInfo | None
    choices: Choices


class _Raw(Frozen, kw_only=True):
    """A value as it was written, and where."""

    where: str
    value: Any


def read_happened(
    flags: Sequence[str],
    file: tuple[str, bytes] | None = None,
    zone: str | None = None,
    buffer_days: int | None = None,
    lead_days: int | None = None,
) -> Happened:
    """
    Read events and choices from flags and, where there is one, from a file; a flag outweighs the file.

    Args:
        flags: ``NAME=DATE``.
        file: name and content.

    Raises:
        Refused: with every finding: LP101 no TOML, LP405 events, LP406 events that contradict each other, LP407 the zone, LP409
            numbers.
    """
    findings: list[Finding] = []
    written, given = _from_file(file, findings) if file else ({}, {})
    written |= _from_flags(flags, findings)
    for name, value in (("zone", zone), ("buffer_days", buffer_days), ("lead_days", lead_days)):
        if value is not None:
            given[name] = _Raw(where=f"--{name.removesuffix('_days')}", value=value)
    there = _zone(given.get("zone"), findings)
    kinds = shipped_rules().events
    events = [_event(kinds[name], raw, there, findings) for name, raw in written.items()]
    choices = Choices(_days(given.get("buffer_days"), findings), _days(given.get("lead_days"), findings))
    read = tuple(event for event in events if event is not None)
    findings += _contradictions({event.name: event for event in read}, written, kinds)
    if findings:
        raise Refused(findings)
    return Happened(events=read, zone=there, choices=choices)


def read_zone(text: str, where: str = "--zone") -> ZoneInfo:
    """
    Read the name of a time zone of the tz database.

    Raises:
        Refused: there is none of that name (LP407).
    """
    try:
        if not _ZONE.fullmatch(text):
            raise ValueError(text)
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        from zoneinfo import available_timezones

        names = available_timezones()
        hint = did_you_mean(text, names) if len(names) > 1 else say("install the package tzdata")
        if "..." in hint:
            hint = say("write a name of the tz database, such as Europe/Berlin or America/New_York")
        message = say("there is no time zone {text}", text=quoted(text))
        raise Refused([Finding(where=where, code="LP407", message=message, hint=hint)]) from None


def _from_flags(flags: Iterable[str], findings: list[Finding]) -> dict[str, _Raw]:
    """LP405: a flag without a name or a date, or an event that is given twice."""
    found: dict[str, _Raw] = {}
    for flag in flags:
        name, separator, text = flag.partition("=")
        name = name.strip()
        where = f"--event {quoted(name, 40)}"
        if not separator:
            findings.append(
                _finding(
                    "--event", say("{flag} names no date", flag=quoted(flag)), say("write --event arrival=2026-03-04")
                )
            )
        elif name not in shipped_rules().events:
            findings.append(_unknown(where, name))
        elif name in found:
            findings.append(_finding(where, say("{name} is given twice", name=name), say("give each event once")))
        else:
            found[name] = _Raw(where=f"--event {name}", value=text.strip())
    return found


def _from_file(file: tuple[str, bytes], findings: list[Finding]) -> tuple[dict[str, _Raw], dict[str, _Raw]]:
    """LP405: a file of another format, with unknown keys or events; returns events and choices as they are written."""
    name, content = file
    data, text = parse_toml(content, name)
    if data.get("format") != EVENTS_FORMAT:
        message = say("format is {given}", given=quoted(data.get("format", "missing")))
        findings.append(
            _finding(
                f"{name}:{line_of(text, ('format',))}: format",
                message,
                say('write format = "{format}" at the top', format=EVENTS_FORMAT),
            )
        )
    for key in data.keys() - set(_KEYS):
        where = f"{name}:{line_of(text, (key,))}"
        findings.append(_finding(where, say("unknown key {key}", key=quoted(key)), did_you_mean(key, _KEYS)))
    events = data.get("events", {})
    if not isinstance(events, Mapping):
        findings.append(
            _finding(f"{name}:{line_of(text, ('events',))}", say("events is no table"), say("write [events]"))
        )
        events = {}
    found = {}
    for event, value in events.items():
        where = f"{name}:{line_of(text, ('events', event))}: events.{quoted(event, 40)[1:-1]}"
        if event in shipped_rules().events:
            found[event] = _Raw(where=where, value=value)
        else:
            findings.append(_unknown(where, event))
    given = {
        key: _Raw(where=f"{name}:{line_of(text, (key,))}: {key}", value=data[key]) for key in _KEYS[1:4] if key in data
    }
    return found, given


def _event(kind: EventKind, raw: _Raw, zone: ZoneInfo | None, findings: list[Finding]) -> Event | None:
    """LP405: a date that cannot be read, lies outside the calendar, or has a time whose zone nobody knows."""
    when = _when(raw.value)
    if when is None:
        findings.append(_finding(raw.where, say("{value} is not a date", value=quoted(raw.value)), _GOOD))
        return None
    if not isinstance(when, datetime.datetime):
        day, moment = when, None
    elif when.tzinfo is not None:
        day, moment = when.date(), when
    else:
        place = SHANGHAI if kind.place == "china" else zone
        if place is None:
            hint = say(
                "give --zone, such as --zone Europe/Berlin, or write the time with its offset: 2026-03-04T16:30+01:00"
            )
            findings.append(_finding(raw.where, say("a time without a zone: the buyer's zone is not known"), hint))
            return None
        day, moment = when.date(), when.replace(tzinfo=place)
    if not EARLIEST <= day <= LATEST:
        hint = say("write a day from {first} to {last}", first=EARLIEST, last=LATEST)
        findings.append(_finding(raw.where, say("{day} is no day of an order", day=day), hint))
        return None
    return Event(name=kind.id, day=day, moment=moment)


def _when(value: Any) -> datetime.date | None:
    if isinstance(value, datetime.date):
        return value
    match = _WRITTEN.fullmatch(value) if isinstance(value, str) and len(value) < 40 else None
    if match is None:
        return None
    try:
        return datetime.datetime.fromisoformat(value) if match[2] else datetime.date.fromisoformat(value)
    except ValueError:
        return None


def _contradictions(
    events: Mapping[str, Event], written: Mapping[str, _Raw], kinds: Mapping[str, EventKind]
) -> Iterator[Finding]:
    """LP406: an event that lies before one that it follows, by more than the day that time zones account for."""
    for event in events.values():
        for name in kinds[event.name].after:
            before = events.get(name)
            if before is not None and event.day < before.day - _DAY:
                yield Finding(
                    where=written[event.name].where,
                    code="LP406",
                    message=say(
                        "{event} on {day} lies before {earlier} on {earlier_day}",
                        event=event.name,
                        day=event.day,
                        earlier=name,
                        earlier_day=before.day,
                    ),
                    hint=say("correct one of the two dates"),
                )


def _zone(raw: _Raw | None, findings: list[Finding]) -> ZoneInfo | None:
    if raw is None:
        return None
    try:
        return read_zone(str(raw.value), raw.where)
    except Refused as refused:
        findings += refused.findings
        return None


def _days(raw: _Raw | None, findings: list[Finding]) -> int | None:
    """LP409: a number of days that is none, or too large."""
    if raw is None:
        return None
    if type(raw.value) is int and 0 <= raw.value <= MOST_DAYS:
        return raw.value
    message = say("{value} is not a number of days from 0 to {most}", value=quoted(raw.value), most=MOST_DAYS)
    findings.append(
        Finding(where=raw.where, code="LP409", message=message, hint=say("write a whole number, such as 5"))
    )
    return None


def _unknown(where: str, name: str) -> Finding:
    events = shipped_rules().events
    hint = did_you_mean(name, events)
    if hint.startswith("known"):
        hint = say("known: {names}", names=tuple(events))
    return _finding(where, say("there is no event {name}", name=quoted(name, 40)), hint)


def _finding(where: str, message: Message, hint: Message) -> Finding:
    return Finding(where=where, code="LP405", message=message, hint=hint)
