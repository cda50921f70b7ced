"""What the writers of pages share: each block with its printed number, how references read, languages, columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from lotproof.documents.nodes import Block, Cell, Clause, Document, Exhibit, Heading, Line, Row, Table
from lotproof.documents.numbering import numbers
from lotproof.wording.inlines import plain

_TAGS = {"en": "en-GB", "zh": "zh-CN"}


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Yield each block with its printed number: ``6``, ``6.2``, ``B``, ``3`` of a table; empty where it has none."""
    blocks = tuple(blocks)
    known = numbers(blocks)
    heading, clause = "", 0
    for block in blocks:
        match block:
            case Heading(anchor=anchor):
                heading, clause = known[anchor], 0
                yield heading, block
            case Clause():
                clause += 1
                yield f"{heading}.{clause}", block
            case Exhibit(anchor=anchor):
                yield known[anchor], block
            case Table(id=name):
                yield known.get(f"table.{name}", ""), block
            case _:
                yield "", block


def set_apart(row: Row) -> tuple[tuple[Cell, ...], int, Cell]:
    """Return the cells of a row without the lines of a list, the column in which the list begins, and the list: it goes on under the cells."""
    listed = [
        (at, part) for at, cell in enumerate(row.cells) for part in cell if isinstance(part, Line) and part.listed
    ]
    if not listed or listed[0][0] == len(row.cells) - 1:
        return row.cells, 0, ()
    own = tuple(tuple(p for p in cell if not (isinstance(p, Line) and p.listed)) for cell in row.cells)
    return own, listed[0][0], tuple(part for _, part in listed)


def reference(document: Document, target: str, number: str, place: int) -> str:
    """Return how a reference reads in the language at ``place``: ``clause 6.2``, ``Exhibit B``, ``Table 3``."""
    kind = target.partition(".")[0]
    form = kind if kind in ("exhibit", "table") else "clause"
    return document.references[form][place].format(number)


def language_tag(language: str) -> str:
    """Return the BCP 47 tag of a language of the order: ``zh-CN`` for ``zh``."""
    return _TAGS.get(language, language)


def wide(text: str) -> int:
    """Return how many characters of ``text`` take the room of two: Chinese ones and their signs, all from U+2E80 on."""
    return 0 if text.isascii() else _wide(text)


@lru_cache(maxsize=8192)
def _wide(text: str) -> int:
    """Count once what a document says in more than one place: the sheets of a workbook say all of it twice."""
    return sum(map("\u2e7f".__lt__, text))


def is_chinese(text: str) -> bool:
    """Say whether ``text`` is Chinese and not English with a Chinese word in it."""
    return 3 * wide(text) > len(text)


def shares(document: Document) -> list[int]:
    """
    Return the width of each language's column in twentieths of the text, by how much room its words take.

    A wide character takes that of 2.4 narrow ones. No columns where no clause has more than one language.
    """
    room = [1.0] * len(document.languages)
    clauses = [block for block in document.blocks if isinstance(block, Clause) and len(block.words) > 1]
    for block in clauses:
        for place, inlines in enumerate(block.words):
            text = plain(inlines)
            room[place] += len(text) + 1.4 * wide(text)
    return [max(7, round(20 * r / sum(room))) for r in room] if clauses else []
