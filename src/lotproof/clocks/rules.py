"""The rules of the clocks, read from ``spec_catalog/rules/``: what is counted from where, and who says so."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from typing import Any

from lotproof.frozen import Frozen
from lotproof.shipped import shipped
from lotproof.sources import parse_toml
from lotproof.wording.conditions import Conditions, read_conditions

Texts = Mapping[str, str]
"""A text by language: ``en``, ``zh``."""

CLOCKS_FORMAT = "lotproof-clocks/1"


class EventKind(Frozen, kw_only=True):
    """
    Something that can happen to an order.

    Attributes:
        place: ``china`` or ``buyer``: whose day the date is, where no time is given.
        agreed: a date that was set, and nothing that happens on it.
        after: kinds that cannot happen on a later day.
    """

    id: str
    agreed: bool
    place: str
    title: Texts
    after: tuple[str, ...]


class Source(Frozen, kw_only=True):
    """
    Where a rule was published.

    Attributes:
        where: a page, or what kind of text it was read in.
        dated: day of the text; None where the page does not say.
        superseded: day from which newer orders fall under another rule.
        confidence: ``V`` seen, ``M`` well known, ``M?`` uncertain, ``typ`` trade practice, ``agreed`` a provision of the order.
    """

    id: str
    title: Texts
    where: str
    dated: datetime.date | None
    superseded: datetime.date | None
    confidence: str


class Step(Frozen):
    """
    What is added to a date.

    Attributes:
        count: a number, or the key of an answer or a choice that holds it.
        of: ``days``, ``working_days``, ``weeks``, ``months``, or the key of an answer that says ``calendar`` or ``business``.
    """

    count: int | str
    of: str


class Start(Frozen, kw_only=True):
    """Where a clock starts: an event, or a date of the order (``delivery.ship_date``); only under its conditions."""

    anchor: str
    when: Conditions
    add: tuple[Step, ...]


class Clock(Frozen, kw_only=True):
    """
    One rule. The comment at the head of ``spec_catalog/rules/clocks.toml`` says what each key means.

    Attributes:
        code: what the rule is called where it was published side by side with others, or empty.
        published: the rule is printed for comparison only.
    """

    id: str
    code: str
    published: bool
    kind: str
    who: str
    title: Texts
    todo: Texts
    when: Conditions
    start: tuple[Start, ...]
    before: bool
    pick: str
    counting: str
    calendar: str
    due_time: bool
    less: str
    only_while_blank: tuple[str, ...]
    confirm: tuple[str, ...]
    done_by: str
    ended_by: tuple[str, ...]
    provision: str
    sources: tuple[Source, ...]
    confidence: str


class Rules(Frozen, kw_only=True):
    """
    All rules.

    Attributes:
        as_of: day on which they were put together.
        events: what can happen, by id.
        dates: dates of an order at which a clock may start: their titles, by the key of the answer.
        clocks: in the order of the file.
    """

    as_of: datetime.date
    events: Mapping[str, EventKind]
    dates: Mapping[str, Texts]
    clocks: tuple[Clock, ...]


@cache
def shipped_rules() -> Rules:
    """Return the rules that ship with the program."""
    folder = shipped("spec_catalog") / "rules"
    clocks, _ = parse_toml((folder / "clocks.toml").read_bytes(), "clocks.toml")
    events, _ = parse_toml((folder / "events.toml").read_bytes(), "events.toml")
    return build_rules(clocks, events)


def build_rules(clocks: Mapping[str, Any], events: Mapping[str, Any]) -> Rules:
    """
    Build rules from data of the shape of ``spec_catalog/rules/``.

    Raises:
        KeyError: a key that every rule has is missing, or a source is not listed.
    """
    known = {row["id"]: row for row in clocks["source"]}
    return Rules(
        as_of=clocks["as_of"],
        events={row["id"]: _event(row) for row in events["event"]},
        dates={row["id"]: row["title"] for row in events["date"]},
        clocks=tuple(_clock(row, known) for row in clocks["clock"]),
    )


def _event(row: Mapping[str, Any]) -> EventKind:
    return EventKind(
        id=row["id"],
        agreed=row.get("agreed", False),
        place=row["place"],
        title=row["title"],
        after=tuple(row.get("after", ())),
    )


def _clock(row: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> Clock:
    confidence = row.get("confidence", "")
    return Clock(
        id=row["id"],
        code=row.get("code", ""),
        published=row.get("published", False),
        kind=row["kind"],
        who=row["who"],
        title=row["title"],
        todo=row["todo"],
        when=read_conditions(row.get("when")),
        start=tuple(_start(start) for start in row["start"]),
        before=row.get("before", False),
        pick=row.get("pick", "earliest"),
        counting=row.get("counting", "both"),
        calendar=row.get("calendar", "each"),
        due_time=row.get("due_time", False),
        less=row.get("less", ""),
        only_while_blank=tuple(row.get("only_while_blank", ())),
        confirm=tuple(row.get("confirm", ())),
        done_by=row.get("done_by", ""),
        ended_by=tuple(row.get("ended_by", ())),
        provision=row.get("provision", ""),
        sources=tuple(_source(known[name], confidence) for name in row.get("source", ())),
        confidence=confidence or "agreed",
    )


def _start(row: Mapping[str, Any]) -> Start:
    steps = tuple(Step(step["count"], step["of"]) for step in row["add"])
    return Start(anchor=row["anchor"], when=read_conditions(row.get("when")), add=steps)


def _source(row: Mapping[str, Any], confidence: str) -> Source:
    return Source(
        id=row["id"],
        title=row["title"],
        where=row["where"],
        dated=row.get("dated"),
        superseded=row.get("superseded"),
        confidence=confidence,
    )
