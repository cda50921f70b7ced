"""XML of files that others send: parsed as a stream, without document types, entities of its own or endless depth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol
from xml.parsers import expat

from lotproof.findings import Finding, Refused, quoted
from lotproof.readers.package import damaged, too_large

MAX_DEPTH = 400
"""Elements within elements; tables within tables of a contract reach some sixty."""

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHORT = {
    TRANSITIONAL: "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "x",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "x",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:lotproof:order:1": "lp",
    "urn:schemas-microsoft-com:office:office": "o",
}

_MOST_NAMES = 2_000

Attributes = Mapping[str, str]


class Visitor(Protocol):
    """Takes the elements and the text of a part; ``place`` is the byte at which the element or the text begins."""

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        """Take the start of an element, its name such as ``w:p``."""

    def end(self, name: str, place: int) -> None:
        """Take the end of an element."""

    def text(self, data: str, place: int) -> None:
        """Take characters; a run of them may come in several pieces."""


def visit(content: bytes, visitor: Visitor, name: str, part: str) -> None:
    """
    Parse a part and give it to ``visitor``.

    Args:
        content: UTF-8 or UTF-16.
        name: what findings call the file.
        part: the part's own name.

    Raises:
        Refused: a document type (LP505), too deep (LP503), or not well-formed (LP501).
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = False
    parser.ordered_attributes = True
    depth = 0
    short, local = _Names(_short), _Names(_local)
    enter, leave = visitor.start, visitor.end

    def start(tag: str, attributes: list[str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise Refused([too_large(name, f"{quoted(part)} nests elements more than {MAX_DEPTH} deep")])
        pairs = {local[attributes[i]]: attributes[i + 1] for i in range(0, len(attributes), 2)} if attributes else {}
        enter(short[tag], pairs, parser.CurrentByteIndex)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        leave(short[tag], parser.CurrentByteIndex)

    def doctype(*_: object) -> None:
        raise Refused([_document_type(name, part)])

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda data: visitor.text(data, parser.CurrentByteIndex)
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Refused([damaged(name, f"{quoted(part)} is not well-formed XML at line {error.lineno}")]) from None
    finally:
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None


def utf8(content: bytes) -> bytes:
    """Return XML as UTF-8 without a declaration, whichever of the two encodings of office files it came in."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", "replace")
        return (text.partition("?>")[2] if text.startswith("<?xml") else text).encode()
    return content


class _Names(dict[str, str]):
    """Names by what expat calls them, each worked out once: a part has few of them, many times."""

    def __init__(self, work: Callable[[str], str]) -> None:
        self._work = work

    def __missing__(self, name: str) -> str:
        if len(self) < _MOST_NAMES:
            return self.setdefault(name, self._work(name))
        return self._work(name)


def _short(tag: str) -> str:
    uri, _, local = tag.rpartition(" ")
    return f"{_SHORT.get(uri, '')}:{local}"


def _local(attribute: str) -> str:
    return attribute.rpartition(" ")[2]


def _document_type(name: str, part: str) -> Finding:
    """LP505: a document type, which no office program writes."""
    return Finding(
        where=name,
        code="LP505",
        message=f"{quoted(part)} declares a document type or an entity, which no office program writes",
        hint="do not use this file: it may read other files of the machine; ask for a new copy saved by Word",
    )
