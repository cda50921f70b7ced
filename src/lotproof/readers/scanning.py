"""
Large parts of office files, of whose elements few matter: one pattern finds these, where :func:`lotproof.readers.xml.visit` would call for each.

A part is parsed by expat all the same, so that it is well-formed and declares no document type. What is written otherwise than office
programs write it (comments, marked sections, other prefixes, UTF-16, elements within a text) is written down anew before it is looked through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

from lotproof.frozen import Frozen
from lotproof.readers.xml import NAMESPACES, Attributes, Visitor, verify, visit


class Wanted(Frozen):
    """
    The elements that matter, each with its prefix as in :func:`~lotproof.readers.xml.visit`, such as ``w:tc``.

    Attributes:
        names: those that :class:`~lotproof.readers.xml.Visitor` is told of; texts: those whose characters matter, too.
    """

    names: tuple[str, ...]
    texts: tuple[str, ...]


ATTRIBUTES = r"""[^>"']*+(?:(?:"[^"]*+"|'[^']*+')[^>"']*+)*+"""
"""A pattern: attributes as they stand in a tag, up to its end."""


def texts_of(content: bytes, wanted: Wanted, name: str, part: str) -> Iterator[str]:
    """
    Yield a part as it stands, where it is written as office programs write it, and then as it is written down anew.

    Whoever finds elements within a text looks at the second one.

    Args:
        content: UTF-8 or UTF-16.
        name: what findings call the file.
        part: the part's own name.

    Raises:
        Refused: a document type (LP505), too deep (LP503), or not well-formed (LP501).
    """
    if is_plain(content, wanted):
        verify(content, name, part)
        yield content.decode()
    yield settled(content, wanted, name, part)


class Usual(Protocol):
    """A visitor that takes most elements whole, by a pattern of its own."""

    def usual(self, found: tuple[str, ...]) -> None:
        """Take an element by the four groups of that pattern."""


def scan(content: bytes, visitor: Visitor, wanted: Wanted, name: str, part: str, usual: str = "") -> None:
    """
    Give the wanted elements of a part to ``visitor``, and the characters in those that hold text; every place is 0.

    Args:
        usual: a pattern with four groups of elements without their ``<`` that a :class:`Usual` visitor takes whole: the first is never
            empty, the last holds the characters of the one text within.

    Raises:
        Refused: as :func:`texts_of`.
    """
    pattern = _pattern(wanted, usual or "()()()()(?!)")
    found: Iterable[tuple[str, ...]] = ()
    for text in texts_of(content, wanted, name, part):
        found = found_in(pattern, text)
        if _are_whole(text, found, wanted):
            break
    _tell(found, visitor, wanted)


def found_in(pattern: re.Pattern[str], text: str) -> Iterable[tuple[str, ...]]:
    """Return the groups of each match, all at once, or again and again where they would take too much memory together."""
    return pattern.findall(text) if text.count("<") <= MOST_AT_ONCE else _Found(pattern, text)


MOST_AT_ONCE = 500_000
"""Tags of a part whose tokens are kept together: a form of 300 rows and 200 units has 150,000."""


class _Found:
    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self.pattern, self.text = pattern, text

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return (match.groups("") for match in self.pattern.finditer(self.text))


def _are_whole(text: str, found: Iterable[tuple[str, ...]], wanted: Wanted) -> bool:
    """Say whether no text has elements within."""
    ends = sum(text.count(f"</{_spelt(one)}>") for one in wanted.texts)
    return ends == sum(bool(one[3] or one[4]) for one in found)


def _tell(found: Iterable[tuple[str, ...]], visitor: Visitor, wanted: Wanted) -> None:
    """Give what is wanted to ``visitor``."""
    begin, finish, read = visitor.start, visitor.end, visitor.text
    short: Mapping[str, str] = {_spelt(one): one for one in (*wanted.names, *wanted.texts)}
    for token in found:
        if token[0]:
            visitor.usual(token[:4])  # type: ignore[attr-defined]
            continue
        _, _, _, _, holder, held, characters, closing, element, attributes = token
        known = short[holder or element]
        if holder:
            begin(known, attributes_of(held) if held else _NONE, 0)
            if characters:
                read(told(characters), 0)
            finish(known, 0)
        elif closing:
            finish(known, 0)
        else:
            begin(known, attributes_of(attributes) if "=" in attributes else _NONE, 0)
            if attributes[-1:] == "/":
                finish(known, 0)


@lru_cache(maxsize=16)
def _pattern(wanted: Wanted, usual: str) -> re.Pattern[str]:
    names = (*wanted.names, *wanted.texts)
    texts = one_of(map(_spelt, wanted.texts)) if wanted.texts else "(?!)"
    text = rf"({texts})((?:\s{ATTRIBUTES})?)(?<!/)>([^<]*+)</\5>"
    return re.compile(rf"<(?:{usual}|{text}|(/?)({one_of(map(_spelt, names))})(?=[\s/>])({ATTRIBUTES})>)")


def one_of(names: Iterable[str]) -> str:
    """Return a pattern of some names that compares no letter twice: ``w:t(?:r|c)`` for ``w:tr`` and ``w:tc``."""
    following: dict[str, list[str]] = {}
    for name in names:
        following.setdefault(name[:1], []).append(name[1:])
    ends = "" in following
    rest = [re.escape(first) + one_of(after) for first, after in following.items() if first]
    if not rest:
        return ""
    whole = rest[0] if len(rest) == 1 and not ends else f"(?:{'|'.join(rest)})"
    return f"{whole}?" if ends else whole


def _spelt(name: str) -> str:
    """Return a name as files spell it: spreadsheets declare their elements without a prefix."""
    return name.removeprefix("x:")


# characters and attributes


def attributes_of(text: str) -> Attributes:
    """Return attributes by their local names, as they stand in a tag."""
    found = _ATTRIBUTE.findall(text)
    if "&" in text or not text.isprintable():
        return {key.rpartition(":")[2]: told((one or other).translate(_SPACES)) for key, one, other in found}
    return {key.rpartition(":")[2]: one or other for key, one, other in found}


def told(text: str) -> str:
    """Return character data as it is read: entities as the characters they stand for, each line end as one character."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ENTITY.sub(_character, text) if "&" in text else text


_ATTRIBUTE = re.compile(r"""([^\s="']++)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SPACES = str.maketrans("\t\n\r", "   ")
_ENTITY = re.compile(r"&(#x[0-9A-Fa-f]+|#[0-9]+|lt|gt|amp|quot|apos);")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_NONE: Attributes = MappingProxyType({})


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if name[0] != "#":
        return _NAMED[name]
    return chr(int(f"0{name[1:]}", 0) if name[1] == "x" else int(name[1:]))


# parts that are written otherwise


def is_plain(content: bytes, wanted: Wanted) -> bool:
    """Say whether a part is written as office programs write it, so that a tag stands wherever the text of one does."""
    head = content[:200]
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!" in content:
        return False
    if content.count(b"<?") != head.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml"):
        return False
    if b"encoding" in head and b"utf-8" not in head[: head.find(b"?>")].lower():
        return False
    root = content.find(b">", content.find(b"<", content.find(b"?>") + 1)) + 1
    declarations = content[:root] if content.find(b"xmlns", root) < 0 else content
    return all(_is_usual(declarations, prefix) for prefix in {name.partition(":")[0] for name in wanted.names})


def _is_usual(content: bytes, prefix: str) -> bool:
    """Say whether a namespace is declared once, under the prefix under which office programs declare it."""
    declares = b'xmlns="' if prefix == "x" else f'xmlns:{prefix}="'.encode()
    uris = [uri.encode() for uri, short in NAMESPACES.items() if short == prefix]
    times = sum(content.count(b'"' + uri + b'"') + content.count(b"'" + uri + b"'") for uri in uris)
    declared = sum(content.count(declares + uri + b'"') for uri in uris)
    anew = content.count(declares) + content.count(declares.replace(b'"', b"'"))
    spaced = b"xmlns =" in content or (b"xmlns:" + prefix.encode() + b" ") in content
    return times == declared == anew and declared <= 1 and not spaced and (declared == 1 or prefix == "mc")


def settled(content: bytes, wanted: Wanted, name: str, part: str) -> str:
    """Return the wanted elements of a part, and the characters in those that hold text, as office programs write them."""
    written = _Settling(wanted)
    visit(content, written, name, part)
    return "".join((*written.joined, *written.pieces))


class _Settling:
    """Writes down what is wanted."""

    def __init__(self, wanted: Wanted) -> None:
        self.joined: list[str] = []
        self.pieces: list[str] = []
        self._names, self._texts = frozenset((*wanted.names, *wanted.texts)), frozenset(wanted.texts)
        self._open = 0

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        """Take the start of an element; those within a text are left out."""
        if name in self._names and not self._open:
            said = "".join(f' {key}="{_held(value)}"' for key, value in attributes.items())
            self.pieces.append(f"<{_spelt(name)}{said}>")
        self._open += name in self._texts

    def end(self, name: str, place: int) -> None:
        """Take the end of an element."""
        self._open -= name in self._texts
        if name in self._names and not self._open:
            self.pieces.append(f"</{_spelt(name)}>")
        if len(self.pieces) > _PIECES:
            self.joined.append("".join(self.pieces))
            self.pieces.clear()

    def text(self, data: str, place: int) -> None:
        """Take characters."""
        if self._open:
            self.pieces.append(_held(data))


_PIECES = 10_000
"""Pieces that are joined together, as each takes far more memory than its characters."""


def _held(text: str) -> str:
    """Return characters as they may stand in a text or an attribute, to be read as they are."""
    for sign, entity in _HELD:
        text = text.replace(sign, entity)
    return text


_HELD = (
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    ('"', "&quot;"),
    ("\r", "&#13;"),
    ("\n", "&#10;"),
    ("\t", "&#9;"),
)
