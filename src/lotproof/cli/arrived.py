"""An arrival as ``lotproof inspect`` prints it besides its rows: for people, and as JSON."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from lotproof.cli.columns import wrapped
from lotproof.documents.arrived import Arrived
from lotproof.frozen import fields, is_frozen
from lotproof.orders.model import Order
from lotproof.records import saying
from lotproof.records.model import Verdict
from lotproof.records.rows import Check


def lines(
    order: Order,
    verdict: Verdict,
    numbers: Mapping[str, tuple[Check, str]],
    clauses: Mapping[str, str],
    language: str,
) -> Iterator[str]:
    """Yield the lines of an arrival: facts, origins, steps and the incident report."""
    arrived = Arrived(order, verdict, numbers, clauses)
    yield ""
    yield saying.arrived("consignment", language)
    for label, text in arrived.facts(language):
        yield from wrapped(f"{label}: {text}", 2)
    yield from wrapped(f"{saying.arrived('incident', language)}: {arrived.incident(language)}", 2)
    if verdict.origins:
        yield ""
        yield saying.arrived("origins", language)
        for one in verdict.origins:
            count = "" if one.found is None else f" ({one.found:,})"
            origin = saying.worded("origin", one.origin, language)
            yield from wrapped(f"{arrived.named(one, language)}{count}: {origin}", 2)
            yield from wrapped(arrived.why(one, language), 4)
    if verdict.supported:
        yield ""
        yield saying.arrived("supported", language)
        for step in verdict.supported:
            yield from wrapped(saying.worded("step", step.step, language), 2)
            if rests := arrived.rests_on(step, language):
                yield from wrapped(f"{saying.arrived('rests_on', language)}: {rests}", 4)
            for right in arrived.rights(step, language):
                yield from wrapped(right, 4)


def as_json(verdict: Verdict) -> dict[str, Any]:
    """Return an arrival as JSON: ``arrival`` as it was written, ``origins``, ``supported`` and ``incident`` as they follow from it."""
    return {
        "arrival": _plain(verdict.record.arrival),
        "origins": _plain(verdict.origins),
        "supported": _plain(verdict.supported),
        "incident": _plain(verdict.incident),
    }


def _plain(value: Any) -> Any:
    """Return frozen values as JSON: their fields by name, days in ISO form."""
    if is_frozen(type(value)):
        return {name: _plain(getattr(value, name)) for name in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, datetime.date) else value
