"""Records and verdicts straight from what was typed, without a file between."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from filling import complete
from lotproof import api
from lotproof.catalog.loading import units
from lotproof.documents.checklist import checklist
from lotproof.documents.nodes import Document
from lotproof.inspection.printed import places_of
from lotproof.orders.digests import seal
from lotproof.orders.model import Order
from lotproof.records.model import Added, Altered, Kind, Record, Rung, Source, Verdict
from lotproof.records.recording import Filled, Form, Written, record
from lotproof.records.verdicts import judge_record

EXAMPLES = Path(__file__).parents[1] / "examples"


@cache
def order_of(example: str) -> Order:
    """Return the order of an example."""
    return api.build((EXAMPLES / example / "answers.toml").read_bytes()).order


@cache
def changed(example: str, *settings: str) -> Order:
    """Return the order of an example with other answers: ``inspection.plan="double"``."""
    return api.build((EXAMPLES / example / "answers.toml").read_bytes(), settings=settings).order


@cache
def document_of(order_example: str) -> Document:
    """Return the checklist of an example."""
    return checklist(order_of(order_example))


def taken(
    order: Order,
    values: Mapping[str, str],
    *,
    document: Document | None = None,
    added: tuple[Added, ...] = (),
    altered: tuple[Altered, ...] = (),
    kind: Kind | None = None,
    name: str = "filled",
) -> Record:
    """Return the record of values that were typed into a checklist."""
    document = document or checklist(order)
    places = places_of(document)
    form = Form(order=order, digest=seal(order).digest, kind=document.kind, languages=document.languages, places=places)
    written = tuple(Written(tag=tag, text=text, where=f"{name}: {tag}", rung=Rung.KEY) for tag, text in values.items())
    filled = Filled(written=written, present=frozenset(places), added=added, altered=altered)
    return record(form, filled, Source(name=name, format="json", sha256="0" * 64), units, kind)


def judged(order: Order, made: Record, *later: Record) -> Verdict:
    """Return what a record comes to."""
    return judge_record(order, seal(order).digest, made, units, later)


def good(order: Order, seed: int = 1, *, bad: float = 0.0) -> dict[str, str]:
    """Return a whole set of readings."""
    return complete(order, checklist(order), seed, bad=bad)
