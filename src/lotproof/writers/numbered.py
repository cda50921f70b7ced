"""What the writers of pages share: each block with its printed number, and how references read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lotproof.documents.nodes import Block, Clause, Document, Exhibit, Heading
from lotproof.documents.numbering import numbers
from lotproof.wording.inlines import plain

LONG = 6
"""Headings from which a contract has a table of contents."""

_TAGS = {"en": "en-GB", "zh": "zh-CN"}
_WIDE = re.compile("[\u2e80-\ufaff\ufe30-\uffef\U00020000-\U0003ffff]")


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Yield each block with its printed number: ``6``, ``6.2``, ``B``; empty where it has none."""
    blocks = tuple(blocks)
    known = numbers(blocks)
    heading = clause = 0
    for block in blocks:
        match block:
            case Heading():
                heading, clause = heading + 1, 0
                yield str(heading), block
            case Clause():
                clause += 1
                yield f"{heading}.{clause}", block
            case Exhibit(anchor=anchor):
                yield known[anchor], block
            case _:
                yield "", block


def reference(document: Document, target: str, number: str, place: int) -> str:
    """Return how a reference reads in the language at ``place``: ``clause 6.2``, ``Exhibit B``."""
    form = "exhibit" if target.startswith("exhibit.") else "clause"
    return document.references[form][place].format(number)


def with_contents(document: Document) -> bool:
    """Say whether the document is long enough for a table of contents."""
    return document.kind == "contract" and document.density != "short" and _headings(document) >= LONG


def _headings(document: Document) -> int:
    return sum(isinstance(block, Heading | Exhibit) for block in document.blocks)


def language_tag(language: str) -> str:
    """Return the BCP 47 tag of a language of the order: ``zh-CN`` for ``zh``."""
    return _TAGS.get(language, language)


def is_wide(text: str) -> bool:
    """Say whether ``text`` holds a Chinese character or sign."""
    return not text.isascii() and _WIDE.search(text) is not None


def shares(document: Document) -> list[int]:
    """
    Return the width of each language's column in twentieths of the text, by how much room its words take.

    A wide character takes that of 2.7 narrow ones: a little over two in width, and its lines stand further apart.
    """
    room = [1.0] * len(document.languages)
    for block in document.blocks:
        if isinstance(block, Clause) and len(block.words) == len(room):
            for place, inlines in enumerate(block.words):
                text = plain(inlines)
                room[place] += len(text) + (0 if text.isascii() else 1.7 * len(_WIDE.findall(text)))
    return [max(7, round(20 * r / sum(room))) for r in room]
