"""
A checked template rendered with docxtpl, and the contract made of it: the order's data, the digest and the styles of our own parts.

docxtpl joins the runs and repeats rows and paragraphs; what it hands to Jinja is parsed once more and has to pass the same allowlist, and what
Jinja gives has to be well-formed. The same order gives the same bytes.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lotproof.findings import Finding, Refused
from lotproof.frozen import Frozen
from lotproof.messages import Message, as_it_stands, say
from lotproof.orders.digests import seal
from lotproof.templates import FULL
from lotproof.wordhouses.blocks import Own, data_of, own_parts
from lotproof.wordhouses.expressions import NotAllowed, check, environment
from lotproof.wordhouses.filling import Node, Walked, lacking, structure, walk
from lotproof.wordhouses.found import NAME
from lotproof.wordhouses.packaged import read_package
from lotproof.wordhouses.tags import MOST_TAGS, Tagged, large, read_tags
from lotproof.wordhouses.trees import W, parsed
from lotproof.wordhouses.values import context

if TYPE_CHECKING:
    from lotproof.orders.digests import Seal
    from lotproof.orders.model import Order


MOST_OUTPUT = 16_000_000
"""Characters of one part, rendered."""

_A4 = (11906, 1134)


class Template(Frozen, kw_only=True):
    """A template that may be rendered: its tags, and the conditions and loops that they make."""

    tagged: Tagged
    nodes: Mapping[str, tuple[Node, ...]]


class Printed:
    """A part of ours on its way through Jinja: XML, and not a text to be escaped."""

    def __init__(self, xml: str) -> None:
        self.xml = xml

    def __html__(self) -> str:
        return self.xml


def read_template(content: bytes, name: str = NAME) -> Template:
    """
    Check a template: nothing of it is rendered.

    Args:
        name: what findings call it: ``riverside/contract.docx``.

    Raises:
        Refused: with everything that is wrong (LP500 to LP507, LP950 to LP954, LP956).
    """
    tagged = read_tags(read_package(content, name))
    return Template(tagged=tagged, nodes=structure(tagged))


def contract_file(order: Order, sealed: Seal | None = None, name: str = NAME) -> bytes:
    """
    Return the contract of an order whose house gives a ``contract.docx``.

    Args:
        sealed: the order's digests, where they are at hand.

    Raises:
        Refused: as :func:`read_template`; docxtpl is not installed (LP960); the order does not fit (LP954 to LP956); what it prints is no
            document (LP958); a part is missing or stands there twice (LP959).
    """
    assert order.word is not None  # asked by whoever calls
    sealed = sealed or seal(order)
    template = read_template(base64.b64decode(order.word.template), name)
    try:
        values = context(order.word.values)
    except (ValueError, KeyError, TypeError, StopIteration, AttributeError, RecursionError) as error:
        raise Refused([_joined(name, "", as_it_stands(f"{type(error).__name__}: {error}"[:160]))]) from None
    walked = walk(template.nodes, values)
    missing = list(lacking(walked.parts, name))
    if missing:
        raise Refused(missing)
    own = own_parts(order, sealed, walked.parts)
    parts = {one: Printed(xml) for one, xml in _fragments(own, template, walked).items()}
    rendered = render(template, {**values, **parts})
    return _assembled(rendered, template, own, order, sealed)


def contract_alone(
    order: Order, sealed: Seal, languages: Sequence[str] | None, formats: Sequence[str], profiles: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    """
    Yield name and bytes of the one contract that a ``contract.docx`` gives, where it is asked for as it is.

    Raises:
        Refused: another format, language or profile is asked for (LP961), and what :func:`contract_file` refuses.
    """
    other = [one for one in formats if one not in ("docx", "xlsx")]  # no contract is ever written as a workbook
    asked = [*other, *(one for one in profiles if one != FULL)]
    if languages is not None and tuple(languages) != order.header.languages:
        asked.append("-".join(languages))
    if asked:
        message = say(
            "the contract of this house is a Word file in its own words: it is not printed as {asked}", asked=asked
        )
        hint = say(
            "leave that out for the contract, and print the checklist by itself: --document checklist; a PDF is saved in Word"
        )
        raise Refused([Finding(where=NAME, code="LP961", message=message, hint=hint)])
    if "docx" in formats:
        yield NAME, contract_file(order, sealed)


def render(template: Template, values: Mapping[str, Any]) -> dict[str, bytes]:
    """
    Return the parts of a template, rendered.

    Args:
        values: as :func:`lotproof.wordhouses.filling.walk` has walked with.

    Raises:
        Refused: docxtpl is not installed (LP960), or the result is no document (LP958).
    """
    try:
        from docxtpl import DocxTemplate
    except ImportError:
        raise Refused([not_installed(template.tagged.packaged.name)]) from None
    name = template.tagged.packaged.name

    class Careful(DocxTemplate):  # type: ignore[misc]  # docxtpl says nothing of its types
        """docxtpl, but for how a part is rendered: checked once more, bounded, and well-formed or refused."""

        def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
            self.current_rendering_part = part
            said = str(part.partname).lstrip("/")
            try:
                source = environment().parse(src_xml)
                check(source, most=60 * MOST_TAGS)
            except NotAllowed as error:
                raise Refused([_joined(name, said, error.why)]) from None
            made: list[str] = []
            size = 0
            for piece in environment().from_string(source).generate(context):
                size += len(piece)
                if size > MOST_OUTPUT:
                    raise Refused([large(name, say("it prints more than {most:,} characters", most=MOST_OUTPUT))])
                made.append(piece)
            xml = str(self.resolve_listing("".join(made)))
            _well_formed(xml, name, said)
            return xml

        def render_properties(self, context: Any, jinja_env: Any = None) -> None:
            """The properties are ours."""

    from jinja2 import TemplateError
    from lxml.etree import LxmlError

    document = Careful(io.BytesIO(pack(template.tagged.parts)))
    try:
        document.render(dict(values), environment())
    except (TemplateError, LxmlError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused([_joined(name, "", as_it_stands(f"{type(error).__name__}: {error}"[:160]))]) from None
    out = io.BytesIO()
    document.save(out)
    import zipfile

    with zipfile.ZipFile(out) as package:
        return {one: package.read(one) for one in package.namelist()}


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return a package: the content types first, the other parts by name, all of one date."""
    import zipfile

    out = io.BytesIO()
    first = ("[Content_Types].xml", "_rels/.rels")
    with zipfile.ZipFile(out, "w") as package:
        for name in [*(n for n in first if n in parts), *sorted(n for n in parts if n not in first)]:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            package.writestr(entry, parts[name], compresslevel=6)
    return out.getvalue()


def _fragments(own: Own, template: Template, walked: Walked) -> dict[str, str]:
    from lotproof.writers.docx.fragments import fragment

    width = _width(template)
    return {name: fragment(own.document, own.blocks[name], own.numbers, width) for name in walked.parts}


def _width(template: Template) -> int:
    """Return the width of the text on the template's last page, in twentieths of a point."""
    packaged = template.tagged.packaged
    root = parsed(packaged.parts[packaged.main])
    size, margin = root.find(f".//{W}body/{W}sectPr/{W}pgSz"), root.find(f".//{W}body/{W}sectPr/{W}pgMar")
    try:
        page = int(size.get(f"{W}w", "")) if size is not None else _A4[0]
        sides = (
            [int(margin.get(f"{W}{side}", "")) for side in ("left", "right")] if margin is not None else [_A4[1]] * 2
        )
    except ValueError:
        page, sides = _A4[0], [_A4[1]] * 2
    return min(max(page - sum(sides), 5000), 30_000)


def _assembled(rendered: dict[str, bytes], template: Template, own: Own, order: Order, sealed: Seal) -> bytes:
    """Return the contract: what was rendered, with styles, properties and data; what the pages say is read from it and put in."""
    from lotproof.readers.package import open_package
    from lotproof.verify.page import PART, ROOT, page_digest, page_of
    from lotproof.verify.word import read_word
    from lotproof.wordhouses.assembling import with_data, with_draft, with_properties, with_styles

    name, main = template.tagged.packaged.name, template.tagged.packaged.main
    parts = with_styles(rendered, main)
    if order.draft:
        parts = with_draft(parts, main, own)
    parts = with_properties(parts, own.document)
    seen = read_word(open_package(pack(parts), name))
    marks = [mark for unit in seen.units for mark in unit.marks]
    if marks or seen.comments:
        what = say("{kind}: {text}", kind=marks[0].kind, text=marks[0].text[:60]) if marks else say("a comment")
        raise Refused([_joined(name, "", say("it would hold text that is not simply read: {what}", what=what))])
    page = page_of(seen)
    data = data_of(own, page_digest(page))
    return pack(with_data(parts, main, {"customXml/item1.xml": ("lp:order", data), PART: (ROOT, (page,))}))


def _well_formed(xml: str, name: str, part: str) -> None:
    """LP958: a condition begins inside of one element and ends inside of another."""
    from xml.parsers import expat

    try:
        expat.ParserCreate().Parse(_NO_PREFIX.sub("", xml).encode(), True)
    except (expat.ExpatError, UnicodeEncodeError) as error:
        raise Refused([_joined(name, part, as_it_stands(str(error)[:80]))]) from None


_NO_PREFIX = re.compile(r"\A<\?xml[^>]*\?>")


def _joined(name: str, part: str, why: Message) -> Finding:
    """LP958: the template cannot be rendered to a document."""
    return Finding(
        where=f"{name}: {part}" if part else name,
        code="LP958",
        message=say("what this template prints is no document: {why}", why=why),
        hint=say(
            "let each condition and each loop begin and end in the same paragraph, or with tags of their own rows or paragraphs ({{%tr %}}, {{%p %}})"
        ),
    )


def not_installed(name: str) -> Finding:
    """LP960: docxtpl is missing."""
    return Finding(
        where=name,
        code="LP960",
        message=say("this house prints its contract from a contract.docx, and docxtpl is not installed"),
        hint=say("install it: pip install 'lotproof[word]'"),
    )
