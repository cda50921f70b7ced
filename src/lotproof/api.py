"""The stages as functions: read answers, build the order, lay out its documents, write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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

if TYPE_CHECKING:  # what a build does not need
    from lotproof.audit.model import Remark
    from lotproof.readers.model import Reading

__all__ = [
    "FORMATS",
    "FULL",
    "PROFILES",
    "Audited",
    "Built",
    "annotate",
    "audit",
    "build",
    "checklist",
    "contract",
    "digest",
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


@frozen
class Audited:
    """A contract that somebody else wrote, read, and what is wrong with it."""

    reading: Reading
    remarks: tuple[Remark, ...]


def audit(content: bytes, name: str, *, category: str | None = None, language: str = "en") -> Audited:
    """
    Audit a contract.

    Args:
        content: a Word file, a PDF, plain text or Markdown.
        name: what findings call it; its ending tells Markdown from plain text.
        category: id of a category: ask for its minimum specification, and propose its clauses.
        language: of the messages, ``en`` or ``zh``.

    Raises:
        Refused: the file cannot be read, or should not be (LP500 to LP509); there is no such category (LP201).
    """
    from lotproof.audit.auditing import audit as audited
    from lotproof.readers import read

    known = load_category(category) if category else None
    reading = read(content, name)
    return Audited(reading, audited(reading.passages, known, language))


def annotate(content: bytes, audited: Audited, *, language: str = "en") -> bytes:
    """Return a Word document that shows the remarks of an audit of ``content`` as comments at their places."""
    from lotproof.audit.annotating import annotate as annotated

    return annotated(content, audited.reading, audited.remarks, language)


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
