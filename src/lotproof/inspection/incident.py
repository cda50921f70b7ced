"""The incident report of an arrival: by when it is due, whether it was in time, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lotproof.findings import Finding, Severity
from lotproof.frozen import replace
from lotproof.messages import say
from lotproof.records.arrivals import Incident
from lotproof.records.model import Verdict
from lotproof.records.origins import REPORTED

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

CLOCK = "arrival.incident"
"""The clock that says by when the report is due."""


def with_incident(verdict: Verdict, zone: ZoneInfo | None) -> Verdict:
    """
    Return the verdict on an arrival with the last day of its incident report, and what is wrong with the report.

    Args:
        zone: the buyer's: the day is the earliest of those there and in China; None counts in China alone.
    """
    arrival, incident = verdict.record.arrival, verdict.incident
    if arrival is None or incident is None:
        return verdict
    if arrival.arrived_on is not None:
        from lotproof.clocks.deadlines import countings_of

        days = [one.day for one in countings_of(CLOCK, arrival.arrived_on, zone)]
        made = arrival.reported_on
        late = None if made is None else max(0, (made - max(days)).days)
        incident = replace(incident, due=min(days), late_days=late)
    found = tuple(_faults(verdict.record.source.name, incident, zone))
    return replace(verdict, incident=incident, findings=(*verdict.findings, *found))


def _faults(where: str, incident: Incident, zone: ZoneInfo | None) -> Iterator[Finding]:
    """LP821: the incident report lacks something. LP822: it was made after its last day."""
    if incident.missing:
        lacking = [REPORTED[name] for name in incident.missing]
        hint = (
            say(
                "write it into the last part of the arrival checklist; it is due on {day}, the earliest day there and in China",
                day=incident.due.isoformat(),
            )
            if incident.due
            else say(
                "write it into the arrival checklist; the report is due 7 days after the day of arrival, such as 2027-06-12"
            )
        )
        message = say("the incident report lacks {fields: and }", fields=lacking)
        yield Finding(where=where, code="LP821", severity=Severity.OPEN, message=message, hint=hint)
    if incident.late_days:
        message = say("the incident report was made {days:,} days after its last day", days=incident.late_days)
        hint = say("file it all the same: a later report is still evidence and shortens no period of notice")
        yield Finding(where=where, code="LP822", severity=Severity.NOTE, message=message, hint=hint)
