"""Says of a file whether it still is what was written, and of two files whether they belong together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from lotproof.documents.nodes import Document
from lotproof.documents.printing import print_again, print_of, unprintable
from lotproof.documents.speaking import TOOL
from lotproof.findings import Finding, Refused
from lotproof.messages import as_it_stands, say
from lotproof.orders.digests import seal
from lotproof.orders.inside import Inside, order_inside
from lotproof.orders.model import Order
from lotproof.readers.package import Package, open_package
from lotproof.readers.relations import content_type, main_part
from lotproof.verify.model import Change, Filled, Report, Seen
from lotproof.verify.rewording import data_changes


def verify(
    content: bytes, name: str, record: Order | None = None, again: Callable[[Order], bytes] | None = None
) -> tuple[Report, Inside]:
    """
    Verify a contract or a checklist by what it carries itself, or by the order that it should be of.

    Args:
        content: a Word file or a workbook, as it came back.
        name: what findings call it.
        record: the order as the buyer has kept it. Where the file states its digest, the file is compared with what this order
            prints instead of what it carries, so that sentences rewritten on the page and inside are found too.
        again: writes the contract of an order whose house gives a ``contract.docx``.

    Raises:
        Refused: it cannot or should not be read (LP500 to LP507), it is none of ours (LP700), its data stands there twice or cannot
            be read (LP701, LP702), or this version cannot print it again (LP703).
    """
    package = open_package(content, name)
    seen = read_seen(package)
    inside = order_inside(_one_data(seen, name), name)
    sealed = seal(record) if record is not None else None
    known = record if sealed is not None and sealed.digest == inside.sealed.digest else None
    of_house = known is not None and known.word is not None and inside.printed.kind == "contract"
    if inside.printed.page or of_house:
        kept = again(known) if known is not None and of_house and again is not None else b""
        return _of_house(content, name, seen, inside, package, kept), inside
    if record is not None and sealed is not None and sealed.digest == inside.sealed.digest:
        document = print_of(record, sealed, inside.printed, name)
    else:
        document = print_again(inside, name)
    written = _written(document, seen.format, inside, name)
    changes: tuple[Change, ...] = ()
    filled: tuple[Filled, ...] = ()
    if written != content:
        from lotproof.verify.differing import differences
        from lotproof.verify.naming import names

        expected = read_seen(open_package(written, name))
        changes, filled = differences(expected, names(expected.units, document, inside.order), seen)
        if seen.format == "xlsx":
            filled = _by_tag(document, filled)
    return _report(name, content, seen, inside, (*changes, *data_changes(inside, seen)), filled), inside


def _of_house(content: bytes, name: str, seen: Seen, inside: Inside, package: Package, kept: bytes) -> Report:
    """
    Verify a contract whose words are a house's: by what it says that it said, or by the contract that its order gives.

    Args:
        kept: the contract as the kept order prints it again; empty where nobody has kept it.
    """
    from lotproof.documents.numbering import term_numbers
    from lotproof.verify.differing import differences
    from lotproof.verify.page import page_digest, page_inside, seen_of, unsaid, word_names

    changes: tuple[Change, ...] = ()
    if kept:
        expected = read_seen(open_package(kept, name))
    else:
        page = page_inside(package)
        expected = seen_of(page, seen, name)
        if page_digest(page) != inside.printed.page or inside.printed.kind != "contract":
            about = say("what the file says that it said was changed after it was written")
            changes = (Change(code="LP704", kind="data", clause="page", number="", was="", now="", about=about),)
        changes += tuple(unsaid(expected.units, inside.order, inside.printed.languages))
    terms = {number: term for term, number in term_numbers(inside.order).items()}
    found, filled = differences(expected, word_names(expected.units, terms), seen)
    return _report(name, content, seen, inside, (*found, *changes, *data_changes(inside, seen)), filled)


def inside_of(content: bytes, name: str) -> Inside:
    """
    Return what a contract or a checklist carries of its order.

    Raises:
        Refused: as :func:`verify` does (LP500 to LP507, LP700 to LP702).
    """
    return order_inside(_one_data(read_seen(open_package(content, name)), name), name)


def read_seen(package: Package) -> Seen:
    """Read a Word file or a workbook; refused (LP500) where it is neither."""
    kind = content_type(package, main_part(package))
    if "wordprocessingml" in kind:
        from lotproof.verify.word import read_word

        return read_word(package)
    if "spreadsheetml" in kind:
        from lotproof.verify.book import read_book

        return read_book(package)
    hint = say("give a contract or a checklist that lotproof has written, as .docx or .xlsx")
    message = say("the file is no Word document and no workbook")
    raise Refused([Finding(where=package.name, code="LP500", message=message, hint=hint)])


def content_digest(seen: Seen) -> str:
    """
    Return the SHA-256 (hex) of what a reader sees, in reading order: texts with the numbers that are counted, cell by cell.

    Values in fields, page numbers, fonts and who saved the file when are not in it, so that it stays the same when a program
    saves the file; what is hidden, struck out or tracked is.
    """
    units = [
        [u.part, [[[line.number, line.text] for line in cell] for cell in u.cells], [[m.kind, m.text] for m in u.marks]]
        for u in seen.units
        if any(u.cells) or u.marks
    ]
    return hashlib.sha256(json.dumps(units, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _one_data(seen: Seen, name: str) -> str:
    found = tuple(dict.fromkeys(seen.data))
    if not found:
        stated = dict(seen.stated)
        raise Refused(
            [
                Finding(
                    where=name,
                    code="LP700",
                    message=say(
                        "not ours, as far as the file itself can say: its properties name an order of lotproof, and the data of it was taken out"
                    )
                    if stated
                    else say("not ours, as far as the file itself can say: it carries no data of an order"),
                    hint=say("ask for the file as lotproof wrote it, or compare it by hand with the one you have kept"),
                )
            ]
        )
    if len(found) > 1:
        raise Refused(
            [
                Finding(
                    where=name,
                    code="LP701",
                    message=say(
                        "the file carries the data of an order {n} times, and they differ: nobody can say which one counts",
                        n=len(found),
                    ),
                    hint=say("do not use this file; ask for it as lotproof wrote it"),
                )
            ]
        )
    return found[0]


def _by_tag(document: Document, filled: tuple[Filled, ...]) -> tuple[Filled, ...]:
    """Return what was filled in by the fields' tags instead of the names of their cells."""
    from lotproof.documents.fields import PHONE, field_name
    from lotproof.verify.naming import document_tags

    tags = {field_name(tag, sheet): tag for tag in document_tags(document) for sheet in ("", PHONE)}
    return tuple(Filled(tag=tags.get(one.tag, one.tag), clause=one.clause, value=one.value) for one in filled)


def _written(document: Document, form: str, inside: Inside, name: str) -> bytes:
    """Write the document again; refused (LP703) where a sentence refers to one that was taken out."""
    from lotproof.writers import WRITERS

    try:
        return WRITERS[form](document)
    except (KeyError, IndexError, ValueError, TypeError, AttributeError) as error:
        why = as_it_stands(f"{type(error).__name__}: {error}"[:120])
        raise Refused([unprintable(name, inside.printed, why)]) from None


def _report(
    name: str, content: bytes, seen: Seen, inside: Inside, changes: tuple[Change, ...], filled: tuple[Filled, ...]
) -> Report:
    header = inside.order.header
    kinds = (
        (say("text"), ("LP705", "LP706", "LP707")),
        (say("form"), ("LP708",)),
        (say("data"), ("LP704",)),
    )
    parts = [what for what, codes in kinds if any(change.code in codes for change in changes)]
    notes = []
    if inside.printed.tool != TOOL:
        notes.append(
            say(
                "printed by {tool}, compared as {ours} prints it: what is no clause may differ for that alone",
                tool=inside.printed.tool,
                ours=TOOL,
            )
        )
    ours = seen.program == "lotproof"
    if not ours:
        notes.append(say("saved by another program: {program}", program=seen.program or say("it does not say which")))
    return Report(
        name=name,
        verdict=say("{parts: and } changed", parts=parts) if parts else say("intact"),
        kind=inside.printed.kind,
        number=header.number or "",
        revision=header.revision or "",
        languages=inside.printed.languages,
        printed_by=inside.printed.tool,
        saved_by=seen.program,
        draft=inside.order.draft,
        hidden=inside.hidden,
        digests=(
            ("file", hashlib.sha256(content).hexdigest()),
            ("content", content_digest(seen)),
            ("data", inside.sealed.digest),
        ),
        changes=changes,
        filled=filled,
        notes=tuple(notes),
    )
