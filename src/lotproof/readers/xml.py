"""XML of files that others send: parsed as a stream, without document types, entities of its own or endless depth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Protocol
from xml.parsers import expat

from lotproof.findings import Finding, Refused, quoted
from lotproof.messages import say
from lotproof.readers.package import damaged, too_large

MAX_DEPTH = 400
"""Elements within elements; tables within tables of a contract reach some sixty."""

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = {
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
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "urn:lotproof:order:1": "lp",
}
"""What stands before the name of an element, by its namespace."""

_MOST_KNOWN = 1024
"""Names of elements that are kept; no office format has as many."""

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
    depth = 0
    begin, finish, read = visitor.start, visitor.end, visitor.text

    def handlers(parser: Any) -> tuple[Any, Any, Any]:
        def start(tag: str, attributes: list[str]) -> None:
            nonlocal depth
            depth += 1
            if depth > MAX_DEPTH:
                raise Refused(
                    [
                        too_large(
                            name, say("{part} nests elements more than {most} deep", part=quoted(part), most=MAX_DEPTH)
                        )
                    ]
                )
            pairs = dict(zip(map(_local, attributes[::2]), attributes[1::2], strict=True)) if attributes else _NONE
            begin(_short(tag), pairs, parser.CurrentByteIndex)

        def end(tag: str) -> None:
            nonlocal depth
            depth -= 1
            finish(_short(tag), parser.CurrentByteIndex)

        return start, end, lambda data: read(data, parser.CurrentByteIndex)

    _parse(content, name, part, handlers)


class Walker(Protocol):
    """
    Takes the elements of a part by their names, and their text; for parts that are large and of whose elements few matter.

    Attributes:
        names: of the elements that are open, the innermost last; :func:`walk` keeps it, two empty ones stand before the root.
        skipped: while it is above 0, :meth:`skip` and :meth:`unskip` are called for every element, and count it.
    """

    names: list[str]
    skipped: int

    @property
    def starts(self) -> Mapping[str, Callable[[str, Attributes], None]]:
        """What is called when an element of a name starts."""

    @property
    def ends(self) -> Mapping[str, Callable[[], None]]:
        """What is called when an element of a name ends."""

    def skip(self, name: str) -> None:
        """Take the start of an element inside of one that is passed over."""

    def unskip(self) -> None:
        """Take its end."""

    def characters(self, data: str) -> None:
        """Take characters; a run of them may come in several pieces."""


def walk(content: bytes, walker: Walker, name: str, part: str) -> None:
    """
    Parse a part and give it to ``walker``: as :func:`visit`, without places and in two thirds of the time.

    Raises:
        Refused: as :func:`visit`.
    """
    names, starts, ends, most = walker.names, walker.starts, walker.ends, MAX_DEPTH + 2

    known: dict[str, tuple[str, Callable[[str, Attributes], None] | None]] = {}

    def start(tag: str, attributes: list[str]) -> None:
        found = known.get(tag)
        if found is None:
            found = _short(tag), starts.get(_short(tag))
            if len(known) < _MOST_KNOWN:
                known[tag] = found
        short, begin = found
        names.append(short)
        if len(names) > most:
            raise Refused(
                [too_large(name, say("{part} nests elements more than {most} deep", part=quoted(part), most=MAX_DEPTH))]
            )
        if walker.skipped:
            walker.skip(short)
            return
        if begin is not None:
            begin(short, _attributes(*attributes) if attributes else _NONE)

    def end(_: str) -> None:
        short = names.pop()
        if walker.skipped:
            walker.unskip()
            return
        finish = ends.get(short)
        if finish is not None:
            finish()

    _parse(content, name, part, lambda _: (start, end, walker.characters))


def verify(content: bytes, name: str, part: str) -> None:
    """
    Parse a part and take nothing of it.

    Raises:
        Refused: a document type (LP505), or not well-formed (LP501).
    """
    _parse(content, name, part, lambda _: (None, None, None))


def _parse(content: bytes, name: str, part: str, handlers: Callable[[Any], tuple[Any, Any, Any]]) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = False
    parser.ordered_attributes = True

    def doctype(*_: object) -> None:
        raise Refused([_document_type(name, part)])

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = handlers(parser)
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Refused(
            [damaged(name, say("{part} is not well-formed XML at line {line}", part=quoted(part), line=error.lineno))]
        ) from None
    finally:
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None


_NONE: Attributes = MappingProxyType({})


def utf8(content: bytes) -> bytes:
    """Return XML as UTF-8 without a declaration, whichever of the two encodings of office files it came in."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", "replace")
        return (text.partition("?>")[2] if text.startswith("<?xml") else text).encode()
    return content


@lru_cache(maxsize=1024)
def _short(tag: str) -> str:
    uri, _, local = tag.rpartition(" ")
    return f"{NAMESPACES.get(uri, '')}:{local}"


@lru_cache(maxsize=1024)
def _attributes(*given: str) -> Attributes:
    """Return attributes by their local names; most elements of a document say what others say."""
    return dict(zip(map(_local, given[::2]), given[1::2], strict=True))


@lru_cache(maxsize=1024)
def _local(attribute: str) -> str:
    return attribute.rpartition(" ")[2]


def _document_type(name: str, part: str) -> Finding:
    """LP505: a document type, which no office program writes."""
    return Finding(
        where=name,
        code="LP505",
        message=say("{part} declares a document type or an entity, which no office program writes", part=quoted(part)),
        hint=say("do not use this file: it may read other files of the machine; ask for a new copy saved by Word"),
    )
