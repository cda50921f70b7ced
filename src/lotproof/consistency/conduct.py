"""Who looked, when, at which paper, and what proves it: C7 to C11."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lotproof.clocks.model import Deadline, Event
from lotproof.consistency.model import Evidence, Filled, Mismatch, Records
from lotproof.gate.inspector import is_seller
from lotproof.messages import Message, say
from lotproof.orders.model import Order
from lotproof.records.model import Kind

SEALS, CARTONS, UNITS = "seal", "carton", "unit"
"""Kinds of photograph without which nobody can exclude that something happened on the way."""

_PROOF = ("seal", "carton", "unit", "comparison")

_REVISION = frozenset({"LP801", "LP802", "LP803"})
"""Findings on a form of another order or revision, or with another order inside."""

_LATE: Mapping[str, Message] = {
    "arrival.incident": say("the incident report"),
    "notice.visible": say("the notice of visible defects"),
    "notice.latent": say("the notice of latent defects"),
    "platform.window": say("the complaint on the platform"),
}
"""Clocks whose day, once missed, weakens every claim."""


def conduct(
    order: Order, records: Records, inspection: Filled | None, arrival: Filled | None, clocks: Iterable[Deadline]
) -> Iterator[Mismatch]:
    """Yield C7 (what the photographs lack), C8, C9, C10 and C11."""
    happened = {event.name: event for event in records.events}
    if arrival is not None:
        yield from _unproved(records.evidence, arrival)
    yield from _order_of_days(inspection, arrival, happened)
    yield from _late(records.evidence, clocks)
    yield from _people(order, inspection, arrival)
    yield from _papers(records)
    yield from _waived(records)


# C7, C8: photographs


def _unproved(evidence: Sequence[Evidence], arrival: Filled) -> Iterator[Mismatch]:
    """C7: no photograph of the seal or of the cartons; C8: photographs that do not say when they were taken."""
    pictures = [one for one in evidence if one.what in _PROOF and one.shows and one.picture]
    kinds = {one.what for one in pictures}
    lacking = [words for kind, words in _NEEDED.items() if kind not in kinds]
    if lacking:
        message = say("the case has no photograph of {what: and no photograph of }", what=lacking)
        yield Mismatch(code="C7", where="arrival", message=message, paths=(arrival.path,))
    timeless = [one.path for one in pictures if not one.taken]
    if timeless:
        message = say(
            "{n:,} of {of:,} photographs of the arrival do not say when they were taken",
            n=len(timeless),
            of=len(pictures),
        )
        yield Mismatch(code="C8", where="arrival", message=message, paths=tuple(timeless))


_NEEDED: Mapping[str, Message] = {SEALS: say("the seal before opening"), CARTONS: say("the cartons as they arrived")}


# C8: days


def _order_of_days(
    inspection: Filled | None, arrival: Filled | None, happened: Mapping[str, Event]
) -> Iterator[Mismatch]:
    """C8: a record without its day, an inspection after the shipment, an arrival that two sources date differently."""
    for one, record in ((inspection, say("the inspection")), (arrival, say("the arrival record"))):
        if one is not None and one.verdict.record.date is None:
            message = say("{record} does not say on which day it was made", record=record)
            yield Mismatch(code="C8", where="date", message=message, paths=(one.path,))
    looked = inspection.verdict.record.date if inspection else None
    shipped = happened.get("shipment")
    came = arrival.verdict.record.arrival if arrival else None
    arrived = came.arrived_on if came else None
    if inspection is not None and looked is not None:
        for day, what in ((shipped.day if shipped else None, say("shipment")), (arrived, say("arrival"))):
            if day is not None and looked > day:
                message = say(
                    "the inspection is dated {day}, after the {what} on {other}", day=looked, what=what, other=day
                )
                yield Mismatch(code="C8", where="date", message=message, paths=(inspection.path,))
                break
    said = happened.get("arrival")
    if arrival is not None and arrived is not None and said is not None and said.day != arrived:
        message = say(
            "the arrival record says that the goods arrived on {day}; you say {other}", day=arrived, other=said.day
        )
        yield Mismatch(code="C8", where="date", message=message, paths=(arrival.path,))


def _late(evidence: Sequence[Evidence], clocks: Iterable[Deadline]) -> Iterator[Mismatch]:
    """C8: a report, a notice or a complaint after the last day by any counting."""
    filed = {"platform.window": "claim", "arrival.incident": "incident", "notice.visible": "notice"}
    for clock in clocks:
        what = _LATE.get(clock.id)
        if what is None:
            continue
        last = max((counted.day for counted in clock.countings), default=None)
        if clock.late_days:
            message = say(
                "{what} came {n:,} days after its last day, {day}", what=what, n=clock.late_days, day=last or ""
            )
            yield Mismatch(code="C8", where=clock.id, message=message)
        elif clock.late_days is None and last is not None:
            late = [one for one in evidence if one.what == filed.get(clock.id) and one.recorded.date() > last]
            in_time = any(one.what == filed.get(clock.id) and one.recorded.date() <= last for one in evidence)
            if late and not in_time:
                message = say(
                    "{what} was recorded on {day}, after its last day, {last}; nobody says when it was made",
                    what=what,
                    day=_first(late),
                    last=last,
                )
                yield Mismatch(code="C8", where=clock.id, message=message, paths=tuple(one.path for one in late))


def _first(evidence: Sequence[Evidence]) -> datetime.date:
    return min(one.recorded for one in evidence).date()


# C9


def _people(order: Order, inspection: Filled | None, arrival: Filled | None) -> Iterator[Mismatch]:
    """C9: nobody is named, or the inspector belongs to the seller."""
    for one, record in ((inspection, say("the inspection")), (arrival, say("the arrival record"))):
        if one is None:
            continue
        told = one.verdict.record.facts
        person, firm = told.get("inspector", "").strip(), told.get("inspection_firm", "").strip()
        if not person:
            message = say("{record} does not name who inspected", record=record)
            yield Mismatch(code="C9", where="inspector", message=message, paths=(one.path,))
        if one is inspection and not firm and one.verdict.record.kind is not Kind.ARRIVAL:
            message = say("{record} does not name the firm that inspected", record=record)
            yield Mismatch(code="C9", where="inspector", message=message, paths=(one.path,))
        for name in dict.fromkeys((person, firm)):
            if name and is_seller(order, name):
                message = say("{record} was made by {name}, who belongs to the seller", record=record, name=name)
                yield Mismatch(code="C9", where="inspector", message=message, paths=(one.path,))
                break


# C10, C11


def _papers(records: Records) -> Iterator[Mismatch]:
    """C10: a form of another revision or order, and files that are not as they were recorded."""
    for unread in records.unread:
        if any(finding.code in _REVISION for finding in unread.findings):
            message = say(
                "it belongs to another order, or its order was changed: {why}", why=unread.findings[0].message
            )
            yield Mismatch(code="C10", where=unread.path, message=message, paths=(unread.path,))
    for one in (*records.inspections, *records.arrivals, *records.loadings):
        record = one.verdict.record
        if any(finding.code in _REVISION for finding in record.findings):
            message = say(
                "it was made by revision {revision} of the order, which is not that of the contract",
                revision=record.revision,
            )
            yield Mismatch(code="C10", where=one.path, message=message, paths=(one.path,))
    for path, why in records.changed:
        yield Mismatch(
            code="C10", where=path, message=say("it is not as it was recorded: {why}", why=why), paths=(path,)
        )


def _waived(records: Records) -> Iterator[Mismatch]:
    """C11: the buyer has accepted a deviation in a message, and no change form covers it."""
    covered = {term for one in records.evidence if one.what == "amendment" for term in one.terms or ("",)}
    told = {said.path: said.quote for said in records.acceptances}
    for one in records.evidence:
        marked = one.what == "acceptance"
        if not marked and one.path not in told:
            continue
        open_ = [term for term in one.terms or ("",) if term not in covered and "" not in covered]
        if not open_:
            continue
        message = (
            say("a message accepts a deviation, and no signed change form covers it")
            if marked
            else say(
                "a message reads as if a deviation was accepted, and no signed change form covers it: {quote}",
                quote=told[one.path],
            )
        )
        for term in open_:
            yield Mismatch(code="C11", where=term or one.path, message=message, paths=(one.path,))
