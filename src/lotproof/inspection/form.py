"""
A form that somebody filled in, whatever program saved it: the order it carries, the form as it was printed, and what was written.

Word, Excel and JSON are read. The form is printed again from the data inside it, so that neither catalogue nor house is needed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from lotproof.documents.nodes import Document
from lotproof.documents.printing import print_again
from lotproof.findings import Finding, Refused, Severity, quoted
from lotproof.frozen import Frozen, replace
from lotproof.inspection.printed import places_of
from lotproof.messages import Message, as_it_stands, say
from lotproof.orders.digests import Seal
from lotproof.orders.inside import order_inside
from lotproof.orders.model import Order
from lotproof.readers.package import Package, open_package, too_large
from lotproof.readers.relations import content_type, main_part, refuse_active, relations
from lotproof.readers.xml import Attributes, utf8, visit
from lotproof.records.model import Kind, Record, Rung, Source
from lotproof.records.recording import Filled, Form, Units, Written, record

FORMS = ("checklist", "arrival")
"""Documents that are filled in and read back."""

RECORD = "lotproof-record/1"
"""The format of a filled form as JSON."""

_DATA = "urn:lotproof:order:1"
_MOST_FIELDS = 100_000
_LONGEST = 40_000


class Given(Frozen, kw_only=True):
    """
    A filled form.

    Attributes:
        order, sealed: the order that it carries, and its digests.
        record: what was written.
    """

    order: Order
    sealed: Seal
    record: Record


def read_form(
    content: bytes,
    name: str,
    units: Units,
    order: tuple[Order, Seal] | None = None,
    kind: Kind | None = None,
) -> Given:
    """
    Read a filled form.

    Args:
        content: a Word file, a workbook or JSON.
        name: what findings call it.
        units: gives the units by id, where a number was written with one.
        order: the order with its digests, where it is at hand: a form of it is compared with what this order prints, so that no
            sentence counts that only the form knows.
        kind: what was done, where it is known otherwise than by the form.

    Raises:
        Refused: it is no form that lotproof printed (LP800), its data was changed (LP803) or cannot be read (LP702, LP703), or the
            file cannot or should not be read (LP500 to LP507).
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        format_, data, read = "json", *_json(content, name)
    else:
        package = open_package(content, name)
        refuse_active(package)
        format_, data, read = _office(package)
    inside = order_inside(data, name)
    if inside.printed.kind not in FORMS:
        raise Refused([_no_form(name, say("it is a {kind}, which is not filled in", kind=quoted(inside.printed.kind)))])
    if not (inside.proven and inside.texts_proven):
        raise Refused([_changed(name)])
    if order is not None and order[1].digest == inside.sealed.digest:
        inside = replace(inside, order=order[0], sealed=order[1])
    document = print_again(inside, name)
    form = Form(
        order=inside.order,
        digest=inside.sealed.digest,
        kind=document.kind,
        languages=document.languages,
        places=places_of(document),
    )
    source = Source(name=name, format=format_, sha256=hashlib.sha256(content).hexdigest())
    taken = record(form, read(document), source, units, kind)
    return Given(order=inside.order, sealed=inside.sealed, record=taken)


def _office(package: Package) -> tuple[str, str, Any]:
    """Return the format of an office file, the data that it carries, and how its fields are read."""
    main = main_part(package)
    kind = content_type(package, main)
    if "wordprocessingml" in kind:
        from lotproof.inspection.word import read_docx

        return "docx", _custom_part(package, main), lambda document: read_docx(package, document)
    if "spreadsheetml.sheet.main" in kind:
        from lotproof.inspection.workbook import read_xlsx

        return "xlsx", *read_xlsx(package)
    raise Refused([_no_form(package.name, say("it is neither a Word file nor a workbook"))])


class _Data:
    """Takes the custom part that holds the order."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.found = False

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        """See whether the part is one of ours."""
        self.found = self.found or name == "lp:order"

    def end(self, name: str, place: int) -> None:
        """Nothing ends that was begun."""

    def text(self, data: str, place: int) -> None:
        """Take characters."""
        self.texts.append(data)


def _custom_part(package: Package, main: str) -> str:
    """Return the data of the custom part of a Word file, wherever the program that saved it has put it."""
    named = [r.target for r in relations(package, main) if r.kind == "customXml" and r.target in package]
    for part in dict.fromkeys((*named, *(p for p in package.entries if p.startswith("customXml/item")))):
        content = package.read(part)
        if part.endswith(".xml") and _DATA.encode() in content[:2_000]:
            taken = _Data()
            visit(utf8(content), taken, package.name, part)
            if taken.found:
                return "".join(taken.texts)
    raise Refused([_no_form(package.name, say("it carries no order"))])


def _json(content: bytes, name: str) -> tuple[str, Any]:
    """Return the data of a filled form in JSON, and how its fields are read."""
    try:
        text = content.decode("utf-8-sig")
        data = json.loads(text, object_pairs_hook=_unique)
        if data["format"] != RECORD:
            raise ValueError(f"format {data['format']!r}")
        fields: Mapping[str, Any] = data["fields"]
        if len(fields) > _MOST_FIELDS:
            raise Refused([too_large(name, say("{count:,} fields", count=len(fields)))])
        if not all(isinstance(v, str) and len(v) <= _LONGEST for v in fields.values()):
            raise TypeError("a value that is no text")
        inside = data["order"]
        order = inside if isinstance(inside, str) else json.dumps(inside, ensure_ascii=False)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        why = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise Refused([_no_form(name, as_it_stands(why[:200]))]) from None

    def read(document: Document) -> Filled:
        known = places_of(document)
        written = tuple(
            Written(tag=tag, text=value, where=f"{name}: fields.{tag}"[:200], rung=Rung.KEY)
            for tag, value in fields.items()
            if tag in known
        )
        strays = tuple(stray(name, tag) for tag in fields if tag not in known)
        return Filled(written=written, present=frozenset(known), findings=strays[:1_000])

    return order, read


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return made


def stray(name: str, tag: str) -> Finding:
    """LP811: a value of a field that was not printed."""
    message = say("the form has no field {field}", field=quoted(tag))
    hint = say("give each value under the tag of its field, such as all.identity.d")
    return Finding(where=name, code="LP811", severity=Severity.OPEN, message=message, hint=hint)


def _no_form(name: str, why: Message) -> Finding:
    """LP800: no form that lotproof printed."""
    return Finding(
        where=name,
        code="LP800",
        message=say("this is no filled checklist: {why}", why=why),
        hint=say(
            "give the checklist or the arrival checklist that lotproof built, filled in and saved as .docx or .xlsx; "
            "values of a report in another form are copied with lotproof inspect --transcribe"
        ),
    )


def _changed(name: str) -> Finding:
    """LP803: the data inside does not give the digest that it states."""
    return Finding(
        where=name,
        code="LP803",
        message=say("the order inside this form was changed after it was printed: it does not give its digest"),
        hint=say("do not use it; ask for the form that you sent, filled in, and compare with lotproof verify"),
    )
