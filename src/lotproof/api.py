"""The stages as functions: read answers, build the order, lay out its documents, write them."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lotproof.catalog.loading import load_category
from lotproof.catalog.model import Category
from lotproof.documents.checklist import checklist
from lotproof.documents.contract import contract
from lotproof.documents.nodes import Document
from lotproof.findings import Finding, Refused, Severity
from lotproof.frozen import Frozen
from lotproof.houses import load_house
from lotproof.messages import say
from lotproof.orders.building import build_order
from lotproof.orders.digests import Seal, order_json, seal
from lotproof.orders.model import Order
from lotproof.questions.reading import read_source
from lotproof.questions.source import Source, toml_source
from lotproof.templates import FULL, PROFILES, shipped_houses
from lotproof.version import VERSION

if TYPE_CHECKING:  # what a build does not need
    import datetime
    from zoneinfo import ZoneInfo

    from lotproof.audit.model import Remark
    from lotproof.changes.model import Comparison, Side
    from lotproof.gate.model import Gate, Inputs
    from lotproof.inspection.inspected import Inspected
    from lotproof.questions.paths import Path
    from lotproof.questions.proposals import Proposal
    from lotproof.readers.model import Reading
    from lotproof.verify.model import Report

__all__ = [
    "FORMATS",
    "FULL",
    "PROFILES",
    "Audited",
    "Built",
    "amendment_files",
    "annotate",
    "answers_workbook",
    "attachments",
    "audit",
    "blank_transcript",
    "booking_files",
    "build",
    "check",
    "checklist",
    "compare",
    "contract",
    "diff",
    "digest",
    "gate_files",
    "inspect",
    "profile_of",
    "proposals",
    "redline",
    "render",
    "seal",
    "source",
    "supplier_workbook",
    "verdict_files",
    "verify",
    "word_contract",
]

FORMATS: Mapping[str, tuple[str, ...]] = {
    "contract": ("docx", "pdf", "html", "txt", "json"),
    "checklist": ("docx", "xlsx", "pdf", "html", "txt", "json"),
    "arrival": ("docx", "xlsx", "pdf", "html", "txt", "json"),
    "summary": ("docx", "pdf", "html", "txt", "json"),
}
"""Which document can be written in which format."""

_OFFICE = (b"PK", b"\xd0\xcf\x11\xe0")
"""How a workbook begins; a TOML file begins otherwise."""

DEFAULT_DOCUMENTS = ("contract", "checklist")

DEFAULT_FORMATS = ("docx", "xlsx")


class Built(Frozen):
    """An order and everything that was found on the way: blanks and notes, never a refusal."""

    order: Order
    findings: tuple[Finding, ...]

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that keep the order a draft."""
        return tuple(f for f in self.findings if f.severity is Severity.OPEN)


def build(
    answers: bytes,
    name: str = "answers.toml",
    *,
    final: bool = False,
    settings: Sequence[str] = (),
    house: pathlib.Path | None = None,
    places_of: Sequence[str] = (),
    salt: str = "",
) -> Built:
    """
    Build an order from an answers file.

    Args:
        answers: content of the file.
        name: what findings call it.
        final: refuse while anything is open.
        settings: answers that stand in the place of those in the file, each ``PATH=VALUE``.
        house: folder of a house of somebody's own, in whose words the contract is printed; the answers name it,
            what it stands on, or none.
        places_of: where each of ``settings`` stands, as findings show it.
        salt: of the order, where it is not the one in the file.

    Raises:
        Refused: with every finding.
    """
    given, tool = source(answers, name), f"lotproof {VERSION}"
    if house is not None:
        from lotproof.housed import build_housed

        order, findings = build_housed(house, given, settings, places_of, salt, tool)
    else:
        read, category, found = read_source(given, load_category, shipped_houses, settings, places_of, salt)
        order, findings = build_order(read, load_house(category.id, read.house), found, tool)
    built = Built(order, findings)
    if final and built.open:
        raise Refused(findings)
    return built


def profile_of(house: pathlib.Path | None) -> str:
    """Return the printing of a contract that a house prefers; the full one without a house, or where it says nothing."""
    if house is None:
        return FULL
    from lotproof.questions.defaults import profile_of as preferred
    from lotproof.templates.folders import stack

    return preferred(stack(house))


def source(answers: bytes, name: str) -> Source:
    """
    Return what a file of answers says, before it is checked.

    Args:
        answers: TOML, or a workbook as :func:`answers_workbook` gives it, filled in.

    Raises:
        Refused: it cannot be read.
    """
    if not answers.startswith(_OFFICE):
        return toml_source(answers, name)
    from lotproof.readers.answers import answers_source

    return answers_source(answers, name, load_category)


def answers_workbook(
    category: Category,
    data: Mapping[str, Any] | None,
    salt: str,
    language: str = "en",
    notes: Mapping[Path, str] | None = None,
) -> bytes:
    """
    Return the workbook in which the answers of an order are given.

    Args:
        data: answers to begin with, as TOML holds them; none at all asks for the minimum specification.
        salt: a fresh random key, for an order that has none yet.
        notes: why an answer is asked again, by its path.
    """
    from lotproof.questions.buyer_form import answers_form
    from lotproof.writers.xlsx.form import write_form

    minimum = {clause: dict[str, Any]() for m in category.minimum for clause in m.clauses if clause in category.clauses}
    given = data if data is not None else {"order": {"salt": salt}, "terms": minimum}
    return write_form(answers_form(category, given, language, notes))


def supplier_workbook(category: Category, language: str = "zh", data: Mapping[str, Any] | None = None) -> bytes:
    """
    Return the data sheet that a factory fills in: what it knows and the buyer does not, and no answer of the buyer.

    Args:
        language: that comes first; the other stands beside it.
        data: answers of the order, which say for which goods and clauses the factory is asked.
    """
    from lotproof.questions.supplier_form import supplier_form
    from lotproof.writers.xlsx.form import write_form

    return write_form(supplier_form(category, language, data))


class Audited(Frozen):
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


def proposals(
    answers: bytes, name: str, workbook: bytes, workbook_name: str
) -> tuple[Source, tuple[Proposal, ...], tuple[Finding, ...]]:
    """
    Put the replies of a factory beside the answers of an order.

    Returns:
        the answers as they stand, each reply beside its answer, and what was found in the workbook.

    Raises:
        Refused: the answers or the workbook cannot be read, or are of two categories (LP192).
    """
    from lotproof.questions.proposals import propose
    from lotproof.questions.supplier_form import supplier_questions
    from lotproof.readers.answers import supplier_replies

    given = source(answers, name)
    _, category, _ = read_source(given, load_category, shipped_houses)
    theirs, replies, found = supplier_replies(workbook, workbook_name, load_category)
    if theirs.id != category.id:
        message = say("the workbook is for {theirs}, the answers are for {ours}", theirs=theirs.id, ours=category.id)
        hint = say("give the workbook that was made for this order")
        raise Refused([Finding(where=workbook_name, code="LP192", message=message, hint=hint)])
    questions = {one.path: one.question for one in supplier_questions(category, given.data, "en")}
    return given, propose(given.data, category, replies, questions), found


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
    sealed: Seal | None = None,
) -> Iterator[tuple[str, bytes]]:
    """
    Yield name and bytes of each file of an order; ``order.json`` comes last and knows the others by SHA-256.

    Args:
        languages: print these; each is one of the order's texts.
        formats: of :data:`FORMATS`; the order itself is always written.
        profiles: of :data:`lotproof.templates.PROFILES`: one contract each.
        kinds: of :data:`FORMATS`: which documents.
        sealed: :func:`seal` of the order, where it is at hand.
    """
    import hashlib

    from lotproof.writers import WRITERS

    hashes: dict[str, str] = {}
    sealed = sealed or seal(order)
    if order.word is not None and "contract" in kinds:
        from lotproof.wordhouses.rendering import contract_alone

        kinds = tuple(kind for kind in kinds if kind != "contract")
        for name, content in contract_alone(order, sealed, languages, formats, profiles):
            hashes[name] = hashlib.sha256(content).hexdigest()
            yield name, content
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


def verify(content: bytes, name: str, *, record: Order | None = None) -> Report:
    """
    Say of a contract or a checklist that came back what was changed in it, clause by clause.

    Args:
        content: a Word file or a workbook.
        name: what findings call it.
        record: the order as the buyer has kept it (:func:`lotproof.orders.stored.read_order`): a stronger witness than the file itself.

    Raises:
        Refused: it cannot or should not be read (LP500 to LP507), or is not ours (LP700 to LP703).
    """
    from lotproof.verify.verifying import verify as verified

    return verified(content, name, record, word_contract)[0]


def word_contract(order: Order) -> bytes:
    """
    Return the contract of an order whose house gives a ``contract.docx``.

    Raises:
        Refused: docxtpl is not installed (LP960); what is wrong with the template (LP950 to LP959).
    """
    from lotproof.wordhouses.rendering import contract_file

    return contract_file(order)


def diff(old: Order, new: Order) -> Comparison:
    """Return what differs between two orders: changes of meaning by weight, then changes of wording."""
    from lotproof.changes.model import side_of

    return compare(side_of(old), side_of(new))


def compare(old: Side, new: Side) -> Comparison:
    """
    Return what differs between two orders, of which one or both may be known from a document alone.

    Values are said in the words of the orders' categories; in those of goods of no category where these are not known here.

    Raises:
        Refused: a document carries values that this version has no words for (LP711).
    """
    from lotproof.changes.comparing import compare as compared
    from lotproof.changes.saying import Voice

    try:
        return compared(old, new, Voice(*(_category(str(side.data["header"]["category"])) for side in (new, old))))
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        if old.texts and new.texts:
            raise  # an order that was read whole is one: the fault is ours
        message = say(
            "a document carries what this version has no words for: {error}",
            error=f"{type(error).__name__} {error}"[:160],
        )
        hint = say("give the order.json of both, or use the version of lotproof that wrote the document")
        raise Refused([Finding(where=old.name, code="LP711", message=message, hint=hint)]) from None


def _category(name: str) -> Category:
    """Return a category, that of goods of none where this one is not known here."""
    try:
        return load_category(name)
    except Refused:
        return load_category("other")


def redline(
    old: Order,
    new: Order,
    *,
    author: str = "lotproof",
    date: datetime.date | None = None,
    languages: tuple[str, ...] | None = None,
    profile: str = FULL,
) -> bytes:
    """
    Return the contract of the newer order as a Word file that holds the older one as tracked changes.

    Accepting all changes gives the newer contract, rejecting all the older one.

    Args:
        author: of every change.
        date: of every change; that of the newer order if not given.
        languages: of the contract; those of the newer order if not given.
    """
    from lotproof.writers import WRITERS
    from lotproof.writers.docx.redline.package import redline as redlined
    from lotproof.writers.properties import UNDATED

    day = date or new.header.date
    wanted = languages or new.header.languages
    files = [WRITERS["docx"](contract(order, wanted, None, profile)) for order in (old, new)]
    return redlined(files[0], files[1], author, day.isoformat() if day else UNDATED)


def amendment_files(
    old: Order, new: Order, *, languages: tuple[str, ...] | None = None, formats: Sequence[str] = ("docx", "txt")
) -> dict[str, bytes]:
    """
    Return name and bytes of the amendment that makes one contract of another, and of what changes in the checklist.

    Args:
        languages: of both documents; those of the newer order if not given.
        formats: of ``docx``, ``txt`` and ``json``.

    Raises:
        Refused: the newer order does not name the older one as the one that it replaces (LP710), has another number or the same
            revision (LP716), or nothing but its head differs (LP714).
    """
    from lotproof.changes.superseding import refuse_unless_amended
    from lotproof.documents.amendment import amendment, checklist_changes
    from lotproof.writers import WRITERS

    refuse_unless_amended(old, new, diff(old, new).changes)
    wanted = languages or new.header.languages
    made = {
        "amendment": amendment(old, new, wanted, _day(new)),
        "checklist-changes": checklist_changes(old, new, wanted),
    }
    return {f"{name}.{kind}": WRITERS[kind](document) for name, document in made.items() for kind in formats}


def _day(order: Order) -> dict[str, str] | None:
    """Return the date of an order in words, per language."""
    day = order.header.date
    languages = _category(order.header.category).languages
    return None if day is None else {code: language.formatter.show(day) for code, language in languages.items()}


def inspect(
    content: bytes,
    name: str,
    *,
    order: Order | None = None,
    later: Sequence[tuple[bytes, str]] = (),
    report: tuple[bytes, str] | None = None,
    zone: ZoneInfo | None = None,
) -> Inspected:
    """
    Judge a filled checklist or arrival checklist.

    Args:
        content: a Word file, a workbook or JSON that was filled in; or TOML with values copied from a report in another form.
        name: what findings call it.
        order: by which it is judged; the order that the form carries, else.
        later: content and name of reports that complete it.
        report: content and name of the report that the values were copied from.
        zone: the buyer's, for the last day of the incident report of an arrival; China's alone, else.

    Raises:
        Refused: it is no such form, belongs to another order (LP801), or was changed (LP800 to LP803, LP818, LP819).
    """
    from lotproof.inspection.inspected import inspect as inspected

    return inspected(content, name, order, later, report, zone)


def blank_transcript(order: Order, report: bytes, name: str) -> str:
    """Return a TOML file in which the values of an inspection company's own report are written down."""
    from lotproof.inspection.transcripts import blank_transcript as blank

    return blank(order, report, name)


def verdict_files(inspected: Inspected, languages: tuple[str, ...], formats: Sequence[str]) -> dict[str, bytes]:
    """Return name and bytes of the verdict report in each format of the writers."""
    from lotproof.inspection.inspected import verdict_files as files

    return files(inspected, languages, formats)
