"""The stages as functions: read answers, build the order, lay out its documents, write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lotproof.catalog.loading import load_category
from lotproof.documents.checklist import checklist
from lotproof.documents.contract import contract
from lotproof.documents.nodes import Document
from lotproof.findings import Finding, Refused, Severity
from lotproof.frozen import frozen
from lotproof.houses import House, load_house
from lotproof.orders.building import build_order
from lotproof.orders.digests import Seal, order_json, seal
from lotproof.orders.model import Order
from lotproof.questions.reading import read_answers
from lotproof.templates import FULL, PROFILES, shipped_houses
from lotproof.version import VERSION

if TYPE_CHECKING:
    import datetime

    from lotproof.gate.model import Gate, Inputs

__all__ = [
    "FORMATS",
    "FULL",
    "PROFILES",
    "Built",
    "attachments",
    "booking_files",
    "build",
    "check",
    "checklist",
    "contract",
    "digest",
    "gate_files",
    "render",
]

FORMATS: Mapping[str, tuple[str, ...]] = {
    "contract": ("docx", "txt", "json"),
    "checklist": ("docx", "xlsx", "txt", "json"),
    "arrival": ("docx", "xlsx", "txt", "json"),
    "summary": ("docx", "txt", "json"),
}
"""Which document can be written in which format."""

DEFAULT_DOCUMENTS = ("contract", "checklist")

DEFAULT_FORMATS = ("docx", "xlsx")


@frozen
class Built:
    """An order and everything that was found on the way: blanks and notes, never a refusal."""

    order: Order
    findings: tuple[Finding, ...]

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that keep the order a draft."""
        return tuple(f for f in self.findings if f.severity is Severity.OPEN)


def build(answers: bytes, name: str = "answers.toml", *, final: bool = False) -> Built:
    """
    Build an order from an answers file.

    Args:
        answers: content of the file.
        name: what findings call it.
        final: refuse while anything is open.

    Raises:
        Refused: with every finding.
    """
    read, category, found = read_answers(answers, name, load_category, shipped_houses)
    house: House = load_house(category.id, read.house)
    order, findings = build_order(read, house, found, f"lotproof {VERSION}")
    built = Built(order, findings)
    if final and built.open:
        raise Refused(findings)
    return built


def digest(order: Order) -> str:
    """Return the order's digest: SHA-256 over the digests of its sections, 64 hexadecimal digits."""
    return seal(order).digest


def documents(
    order: Order,
    languages: tuple[str, ...] | None = None,
    sealed: Seal | None = None,
    profiles: tuple[str, ...] = (FULL,),
    kinds: tuple[str, ...] = DEFAULT_DOCUMENTS,
) -> dict[str, Document]:
    """Return documents by name, the contract in each profile, in the order's own languages unless others are asked for."""
    wanted = languages or order.header.languages
    sealed = sealed or seal(order)
    found: dict[str, Document] = {}
    for kind in kinds:
        if kind == "contract":
            for profile in profiles:
                name = kind if profile == FULL else f"{kind}-{profile}"
                found[name] = contract(order, wanted, sealed, profile)
        else:
            found[kind] = _DOCUMENTS[kind](order, wanted, sealed)
    return found


def _arrival(order: Order, languages: tuple[str, ...], sealed: Seal) -> Document:
    from lotproof.documents.arrival import arrival

    return arrival(order, languages, sealed)


def _summary(order: Order, languages: tuple[str, ...], sealed: Seal) -> Document:
    from lotproof.documents.summary import summary

    return summary(order, languages, sealed)


_DOCUMENTS: Mapping[str, Callable[[Order, tuple[str, ...], Seal], Document]] = {
    "checklist": checklist,
    "arrival": _arrival,
    "summary": _summary,
}


def render(
    order: Order,
    languages: tuple[str, ...] | None = None,
    formats: tuple[str, ...] = DEFAULT_FORMATS,
    profiles: tuple[str, ...] = (FULL,),
    kinds: tuple[str, ...] = DEFAULT_DOCUMENTS,
) -> Iterator[tuple[str, bytes]]:
    """
    Yield name and bytes of each file of an order; ``order.json`` comes last and knows the others by SHA-256.

    Args:
        languages: print these; each is one of the order's texts.
        formats: of :data:`FORMATS`; the order itself is always written.
        profiles: of :data:`lotproof.templates.PROFILES`: one contract each.
        kinds: of :data:`FORMATS`: which documents.
    """
    import hashlib

    from lotproof.writers import WRITERS

    hashes: dict[str, str] = {}
    sealed = seal(order)
    for name, document in documents(order, languages, sealed, profiles, kinds).items():
        for kind in FORMATS[document.kind]:
            if kind in formats:
                content = WRITERS[kind](document)
                hashes[f"{name}.{kind}"] = hashlib.sha256(content).hexdigest()
                yield f"{name}.{kind}", content
    yield "order.json", order_json(order, sealed, hashes)


def check(order: Order, findings: Sequence[Finding], today: datetime.date, inputs: Inputs | None = None) -> Gate:
    """
    Judge an order before money moves.

    Args:
        findings: what the build of the order has found.
        today: the day of the judgement.
        inputs: what the buyer knows besides.
    """
    from lotproof.gate.check import check_gate

    return check_gate(order, findings, today, inputs=inputs)


def gate_files(order: Order, gate: Gate, language: str, formats: Sequence[str]) -> dict[str, bytes]:
    """Return name and bytes of the gate report in each format of the writers: for the buyer alone."""
    from lotproof.documents.gate import gate_report
    from lotproof.writers import WRITERS

    document = gate_report(order, gate, (language,))
    return {f"gate.{kind}": WRITERS[kind](document) for kind in formats}


def attachments(order: Order, stored: bytes = b"") -> dict[str, str]:
    """
    Return the SHA-256 (hex) of each document of an order by file name.

    Args:
        stored: the content of its ``order.json``, which names the files beside it; the documents are made now where it names none.
    """
    import hashlib
    import json

    if stored:
        files = json.loads(stored)["provenance"].get("files") or {}
        if files:
            return {str(name): str(value) for name, value in files.items()}
    return {n: hashlib.sha256(c).hexdigest() for n, c in render(order) if n != "order.json"}


def booking_files(
    order: Order,
    attached: Mapping[str, str],
    languages: tuple[str, ...],
    formats: Sequence[str],
    *,
    date: datetime.date | None = None,
    price: str = "",
    company: str = "",
) -> dict[str, bytes]:
    """Return name and bytes of the inspection order in each format of the writers; the checklists among ``attached`` go along."""
    from lotproof.documents.booking import booking
    from lotproof.writers import WRITERS

    checklists = {name: value for name, value in attached.items() if name.startswith("checklist.")}
    document = booking(order, checklists, languages, date=date, price=price, company=company)
    return {f"booking.{kind}": WRITERS[kind](document) for kind in formats}
