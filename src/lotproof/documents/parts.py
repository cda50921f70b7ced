"""
The parts of a document and their digests, so that a chopped scan can be compared with a file part by part.

A part is what starts a page of its own: the terms, the page of signatures, each exhibit; of a checklist the head, the checks, the closing pages.
Pages themselves are known only to the program that lays them out.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from typing import assert_never

from lotproof.documents.nodes import (
    Block,
    Clause,
    Document,
    Exhibit,
    Heading,
    Line,
    Paragraph,
    Pictures,
    Readings,
    Signatures,
    Table,
    Words,
)
from lotproof.documents.numbering import numbers
from lotproof.frozen import Frozen
from lotproof.wording.inlines import plain

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The digits of base 32 after Crockford: no I, L, O and U, which are taken for 1, 0 and V."""

LENGTH = 10
"""Letters of a part's digest: 50 bits. They find a slip, a lost page or a changed word; the order's own digest has all 256 bits."""


class Part(Frozen, kw_only=True):
    """
    A part of a document.

    Attributes:
        place: from 1, in the order of the document.
        anchor: of the block that opens it; empty for the first.
        name: as a footer says it.
        blocks: what it consists of; the title of the document belongs to the first part.
    """

    place: int
    anchor: str
    name: Words
    blocks: tuple[Block, ...]


def parts(document: Document) -> tuple[Part, ...]:
    """Return the parts of a document: one at least."""
    known = numbers(document.blocks)
    starts = [(0, "", document.title)]
    for index, block in enumerate(document.blocks):
        if isinstance(block, Exhibit):
            forms = document.references["exhibit"]
            starts.append((index, block.anchor, tuple((form.format(known[block.anchor]),) for form in forms)))
        elif isinstance(block, Heading) and block.part:
            starts.append((index, block.anchor, block.part))
    ends = [index for index, _, _ in starts[1:]] + [len(document.blocks)]
    return tuple(
        Part(place=place, anchor=anchor, name=name, blocks=document.blocks[index:end])
        for place, ((index, anchor, name), end) in enumerate(zip(starts, ends, strict=True), 1)
    )


def part_text(document: Document, part: Part) -> str:
    """
    Return the text that the digest of a part is taken over.

    It is every visible word in reading order, from the top and from left to right: automatic numbers as printed; of a clause or cell in
    several languages the first language, then the next; tables row by row, the lines of a list after the cells of their row. It leaves out the table of contents, headers and footers, and
    whatever is filled in: fields are no text, the labels that stand beside them are. All white space is dropped, the rest is in NFC:
    so line ends, columns and thin spaces of a layout make no difference.
    """
    return squeezed("".join(_Text(document).said(part)))


def part_digests(document: Document, some: Iterable[Part]) -> list[str]:
    """Return :func:`part_digest` of each part, with the numbers of the document counted once."""
    text = _Text(document)
    return [text_digest(squeezed("".join(text.said(part)))) for part in some]


def squeezed(text: str) -> str:
    """Return a text in NFC without its white space."""
    for space in _SPACES:
        if space in text:
            text = text.replace(space, "")
    return composed(text.encode().translate(None, _BLANKS).decode())


def composed(text: str) -> str:
    """Return a text in NFC."""
    return unicodedata.normalize("NFC", text)


_BLANKS = b"\t\n\v\f\r\x1c\x1d\x1e\x1f "
_SPACES = (
    "\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""White space, as Unicode has it: what takes one byte in UTF-8, and what takes more."""


def text_digest(text: str) -> str:
    """Return the first 50 bits of the SHA-256 of ``text`` in UTF-8 as two groups of five letters: ``7K3QM-2XVPD``."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 14
    letters = "".join(LETTERS[number >> shift & 31] for shift in range(5 * LENGTH - 5, -5, -5))
    return f"{letters[:5]}-{letters[5:]}"


def part_digest(document: Document, part: Part) -> str:
    """Return the digest of a part: :func:`text_digest` of its :func:`part_text`."""
    return text_digest(part_text(document, part))


def part_code(document: Document, part: Part, digest: str) -> str:
    """
    Return what the QR code of a part says, in characters of the alphanumeric mode.

    ``LP1 <16 digits of the order's digest> <kind> <languages> <place of the part> <digest of the part>``, such as
    ``LP1 FC639055616E53D1 CONTRACT EN-ZH 3 7K3QM2XVPD``.
    """
    kind = document.kind.replace("_", "-")
    words = (document.digest[:16], kind, "-".join(document.languages), str(part.place))
    return f"LP1 {' '.join(words)} {digest.replace('-', '')}".upper()


class _Text:
    """Says blocks as a reader sees them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbers = numbers(document.blocks)
        forms = document.references
        self.references = [
            {
                target: forms["exhibit" if target.startswith("exhibit.") else "clause"][place].format(number)
                for target, number in self.numbers.items()
            }
            for place in range(len(document.languages))
        ]

    def said(self, part: Part) -> Iterator[str]:
        if part.place == 1:
            yield self.words(self.document.title)
        number, clause = "", 0
        for block in part.blocks:
            match block:
                case Heading(words=words, anchor=anchor):
                    number, clause = self.numbers[anchor], 0
                    yield number + self.words(words)
                case Clause(words=words):
                    clause += 1
                    yield f"{number}.{clause}{self.words(words)}"
                case Paragraph(words=words):
                    yield self.words(words)
                case Exhibit(words=words, anchor=anchor):
                    yield self._titled("exhibit", self.numbers[anchor], words)
                case Table():
                    yield from self._table(block)
                case Signatures():
                    yield from self._signatures(block)
                case Pictures(pictures=pictures):
                    yield from (self.words(picture.words) for picture in pictures)
                case _:
                    assert_never(block)

    def words(self, words: Words) -> str:
        return "".join(plain(inlines, self.references[place]) for place, inlines in enumerate(words))

    def _titled(self, kind: str, number: str, words: Words) -> str:
        """Return a title with its number in each language: ``Exhibit A – Drawings``."""
        forms = self.document.references[kind]
        return "".join(
            f"{form.format(number)}\u2013{plain(words[min(place, len(words) - 1)], self.references[place])}"
            for place, form in enumerate(forms)
        )

    def _table(self, table: Table) -> Iterator[str]:
        if table.title:
            if "table" in self.document.references:
                yield self._titled("table", self.numbers[f"table.{table.id}"], table.title)
            else:
                yield self.words(table.title)
        if table.headed:
            for column in table.columns:
                yield self.words(column.words)
        said: list[str] = []
        for row in table.rows:
            listed: list[str] = []
            for cell in row.cells:
                for part in cell:
                    if isinstance(part, Line):
                        out = listed if part.listed else said
                        for place, inlines in enumerate(part.words):
                            out.append(plain(inlines, self.references[place]))
                    elif isinstance(part, Readings) and len(part.fields) > 1:
                        said += ["/".join(map(plain, field.label)) + ":" for field in part.fields]
            said += listed
        yield "".join(said)

    def _signatures(self, block: Signatures) -> Iterator[str]:
        for role, name in block.parties:
            yield self.words(role) + self.words(name)
        for place, line in enumerate(block.lines):
            for _ in block.parties:
                yield self.words(line)
                if place == 0:
                    yield self.words(block.chop)
