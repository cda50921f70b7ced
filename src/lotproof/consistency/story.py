"""Do contract, inspection and arrival tell one story, where do they not, and what can be claimed on the strength of all three."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from lotproof.clocks.deadlines import deadlines
from lotproof.clocks.holidays import Holidays
from lotproof.clocks.model import Choices, Event
from lotproof.consistency.claims import claims
from lotproof.consistency.conduct import conduct
from lotproof.consistency.facts import facts
from lotproof.consistency.model import Filled, Records, Story
from lotproof.consistency.rows import lines
from lotproof.findings import Finding, Severity
from lotproof.messages import say
from lotproof.orders.model import Order
from lotproof.records.model import Kind
from lotproof.records.recording import Units

COUNTING = (Kind.PRE_SHIPMENT, Kind.FACTORY_ACCEPTANCE, Kind.REINSPECTION)
"""Kinds of inspection after which goods are shipped; a later one takes the place of an earlier one."""


def tell(
    order: Order,
    digest: str,
    records: Records,
    holidays: Holidays,
    zone: ZoneInfo | None,
    today: datetime.date,
    choices: Choices | None = None,
    units: Units = dict,
) -> Story:
    """
    Lay the three records beside each other.

    Args:
        digest: of the order.
        zone, today, choices: as for :func:`lotproof.clocks.deadlines.deadlines`.
        units: gives the units by id, where a reading was written in another one.
    """
    inspections = last_visit([one for one in records.inspections if one.verdict.record.kind in COUNTING])
    arrivals = last_visit(list(records.arrivals))
    inspection, arrival = (visit[-1] if visit else None for visit in (inspections, arrivals))
    events = happened(records, inspection, arrival)
    clocks = deadlines(order, events, holidays, zone, today, choices)
    terms, of_terms = lines(order, inspections, arrivals, units)
    known, of_facts = facts(order, digest, inspection, arrival, records.loadings[-1] if records.loadings else None)
    mismatches = (*of_terms, *of_facts, *conduct(order, records, inspection, arrival, clocks))
    found = sorted(mismatches, key=lambda one: int(one.code[1:]))
    return Story(
        inspection=inspection,
        arrival=arrival,
        terms=terms,
        facts=known,
        mismatches=tuple(found),
        claims=claims(order, terms, found, records.evidence, inspection, arrival),
        clocks=clocks,
        findings=(*_findings(records, inspections, arrivals), *_absent(records, inspection, arrival)),
    )


def last_visit(files: Sequence[Filled]) -> tuple[Filled, ...]:
    """
    Return the forms of the visit that counts, the one that counts last.

    It is the re-inspection with the highest round, else the inspection with the latest day; of several that do not differ in that, the last in the order of the manifest.
    """
    if not files:
        return ()

    def visit(one: Filled) -> tuple[int, int]:
        record = one.verdict.record
        return (COUNTING.index(record.kind) if record.kind is Kind.REINSPECTION else 0, record.round)

    highest = max(map(visit, files))
    same = [one for one in files if visit(one) == highest]
    days = [day for one in same if (day := one.verdict.record.date) is not None]
    latest = max(days, default=None)
    return tuple(one for one in same if latest is None or one.verdict.record.date in (latest, None))


def happened(records: Records, inspection: Filled | None, arrival: Filled | None) -> tuple[Event, ...]:
    """Return what the buyer has said, and after it what the records say of days that the buyer has not."""
    told = {event.name: event for event in records.events}
    came = arrival.verdict.record.arrival if arrival else None
    days = {
        "inspection": inspection.verdict.record.date if inspection else None,
        "arrival": came.arrived_on if came else None,
        "opening": came.opened_on if came else None,
        "incident_report": came.reported_on if came else None,
    }
    read = {name: Event(name=name, day=day, moment=None) for name, day in days.items() if day is not None}
    return tuple((read | told).values())


def _findings(records: Records, inspections: Sequence[Filled], arrivals: Sequence[Filled]) -> Iterator[Finding]:
    """LP860: a form that could not be read; LP861: two forms of one visit."""
    for unread in records.unread:
        for finding in unread.findings:
            yield Finding(
                where=unread.path,
                code="LP860",
                severity=Severity.OPEN,
                message=say("could not be read as a filled form: {why}", why=finding.message),
                hint=finding.hint,
            )
    for visit in (inspections, arrivals):
        if len({one.verdict.record.source.sha256 for one in visit}) > 1:
            yield Finding(
                where=visit[-1].path,
                code="LP861",
                severity=Severity.OPEN,
                message=say(
                    "{files} are forms of one visit: the last one counts, and what they say differently is open",
                    files=[one.path for one in visit],
                ),
                hint=say("keep one, or state in the other that it is a re-inspection, with its round"),
            )


def _absent(records: Records, inspection: Filled | None, arrival: Filled | None) -> Iterator[Finding]:
    """LP862: one of the three records is not there."""
    if inspection is None:
        report = any(one.what == "report" for one in records.evidence)
        hint = (
            say(
                "copy its values: lotproof inspect --transcribe REPORT --order CASE/contract > values.toml, then lotproof case add CASE values.toml --to inspection --what checklist"
            )
            if report
            else say(
                "record the filled checklist: lotproof case add CASE checklist.docx --to inspection --what checklist"
            )
        )
        yield Finding(
            where="inspection/",
            code="LP862",
            severity=Severity.OPEN,
            message=say("holds no filled checklist of an inspection before shipment"),
            hint=hint,
        )
    if arrival is None:
        yield Finding(
            where="arrival/",
            code="LP862",
            severity=Severity.OPEN,
            message=say("holds no filled arrival checklist"),
            hint=say("record it: lotproof case add CASE arrival.docx --to arrival --what checklist"),
        )
