"""Whole cases, made in a moment: an order, its two filled checklists, photographs, and what happened."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from case_folders import photo
from filling import complete, filled_docx
from lotproof import api
from lotproof.cases.adding import add_files
from lotproof.cases.beginning import begin_case
from lotproof.cases.labels import Labels
from lotproof.cases.telling import Told, tell_case
from lotproof.clocks.happened import Happened
from lotproof.clocks.holidays import Holidays
from lotproof.clocks.model import Choices, Event
from lotproof.documents.arrival import arrival
from lotproof.documents.checklist import checklist
from lotproof.orders.digests import order_json
from lotproof.orders.model import Order
from lotproof.records.rows import drawn_units, repeated
from lotproof.writers import WRITERS

EXAMPLES = Path(__file__).parents[1] / "examples"
NOW = datetime.datetime(2027, 6, 15, 9, 0, tzinfo=datetime.UTC)
TODAY = datetime.date(2027, 10, 15)
EVENTS = {"shipment": "2027-05-24", "arrival": "2027-06-12", "opening": "2027-06-12"}

HEAD = {
    "header.container_no": "MSKU 123456-7",
    "header.transport_no": "MAEU577112233",
    "header.seal_papers": "ML-CN 0456789",
    "header.seal_found": "MLCN0456789",
    "header.seal_intact": "yes",
    "photo.seal": "IMG_0001",
    "header.shock": "clear",
    "header.tilt": "clear",
    "header.humidity": "clear",
    "header.undamaged": "yes",
    "header.arrived_on": "2027-06-12",
    "header.opened_on": "2027-06-12",
    "header.opened_at": "10:00 CEST",
    "header.opening_place": "Hamburg, gate 4",
    "header.carrier_receipt": "subject to inspection",
    "header.inspector": "Ute Brandt",
    "header.witness": "Jan Meyer",
    "header.report_date": "2027-06-14",
    "header.damage_cause": "no_damage",
    "findings": "see rows",
}


@cache
def order(*settings: str) -> Order:
    """The order of the mugs, with other answers."""
    return api.build((EXAMPLES / "stoneware-mugs" / "answers.toml").read_bytes(), settings=settings).order


def made(
    folder: Path,
    *,
    settings: Sequence[str] = (),
    before: Mapping[str, str | None] | None = None,
    after: Mapping[str, str | None] | None = None,
    leave_out: Sequence[str] = (),
    files: Sequence[tuple[str, bytes, Mapping[str, Any]]] = (),
    inspected: Order | None = None,
) -> Path:
    """
    Make a case in which all agrees, but for what is said otherwise.

    Args:
        before, after: other values in the checklist and in the arrival checklist, by tag; None empties a field.
        leave_out: kinds of evidence that are not there.
        files: further files: name, content, labels.
        inspected: the order whose checklist was filled in; the order of the case where None.
    """
    case = folder / "case"
    agreed = order(*settings)
    begin_case(str(case), agreed, {"order.json": order_json(agreed)}, now=NOW, tool="tests")
    sheet = checklist(inspected or agreed)
    arrived = arrival(agreed)
    first = _with({**complete(inspected or agreed, sheet, 1)}, before)
    second = _with({**complete(agreed, arrived, 1), **HEAD}, after, arrived_tags(arrived))
    sources = folder / "sources"
    sources.mkdir()
    given: list[tuple[str, bytes, Mapping[str, Any]]] = [
        (
            "checklist.docx",
            filled_docx(WRITERS["docx"](sheet), first, sheet),
            {"to": "inspection", "what": "checklist"},
        ),
        (
            "arrival.docx",
            filled_docx(WRITERS["docx"](arrived), second, arrived),
            {"to": "arrival", "what": "checklist"},
        ),
        ("seal.jpg", photo("seal"), {"to": "arrival", "what": "seal"}),
        ("cartons.jpg", photo("cartons"), {"to": "arrival", "what": "carton"}),
        ("units.jpg", photo("units"), {"to": "arrival", "what": "unit", "units": drawn_units(agreed)}),
        (
            "comparison.jpg",
            photo("comparison"),
            {"to": "arrival", "what": "comparison", "terms": tuple(t.id for t in agreed.spec.terms if repeated(t))},
        ),
        ("incident.txt", b"Incident report", {"to": "arrival", "what": "incident"}),
    ]
    for name, content, labels in (*given, *files):
        if labels["what"] in leave_out or name in leave_out:
            continue
        (sources / name).write_bytes(content)
        rest = {key: value for key, value in labels.items() if key not in ("to", "now")}
        add_files(
            str(case), [str(sources / name)], Labels(folder=labels["to"], **rest), now=labels.get("now", NOW), name=""
        )
    return case


def told(case: Path, events: Mapping[str, str] | None = None) -> Told:
    """Tell the story of a case; ``events`` come beside :data:`EVENTS`."""
    days = {**EVENTS, **(events or {})}
    happened = tuple(Event(name=name, day=datetime.date.fromisoformat(day), moment=None) for name, day in days.items())
    return tell_case(str(case), Happened(events=happened, zone=None, choices=Choices()), Holidays(), TODAY)


def arrived_tags(document: Any) -> frozenset[str]:
    """Return the tags of the fields of a document."""
    from lotproof.inspection.printed import fields_of

    return frozenset(field.tag for field in fields_of(document))


def _with(
    values: Mapping[str, str], other: Mapping[str, str | None] | None, known: frozenset[str] | None = None
) -> dict[str, str]:
    merged = {**values, **(other or {})}
    return {tag: value for tag, value in merged.items() if value is not None and (known is None or tag in known)}
