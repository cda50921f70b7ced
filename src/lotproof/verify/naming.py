"""Which clause each unit of a document says: its id, and the number that is printed before it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lotproof.documents.nodes import (
    Clause,
    Document,
    Exhibit,
    Field,
    Heading,
    Line,
    Paragraph,
    Pictures,
    Readings,
    Row,
    Signatures,
    Table,
)
from lotproof.documents.numbering import numbers, term_numbers
from lotproof.frozen import Frozen
from lotproof.orders.model import Order
from lotproof.verify.aligning import ascending
from lotproof.verify.model import Unit
from lotproof.wording.inlines import Inlines, Ref, Value

SIGNATURES = "signatures"
FRONT = "front"


class Name(Frozen):
    """The id of what a unit says, and its printed number, which may be empty."""

    clause: str
    number: str = ""


def names(units: Sequence[Unit], document: Document, order: Order) -> tuple[Name, ...]:
    """
    Return the name of each unit of a document that was just printed.

    The document's nodes and the printed units say the same in the same order. What only one node says and one unit prints is
    paired first; what stands between is looked for backwards, since a table of contents says before what headings say again.
    A unit that no node says (a caption, a header) is named after what stands before it.
    """
    entries = list(_entries(document, order))
    found = [Name(unit.part) for unit in units]
    for part in dict.fromkeys(unit.part for unit in units if unit.part not in _OUTSIDE):
        places = [place for place, unit in enumerate(units) if unit.part == part]
        known = _paired(entries, [units[place] for place in places], len(document.languages))
        current = Name(FRONT)
        for at, place in enumerate(places):
            current = entries[known[at]].name if at in known else current
            found[place] = current
    return tuple(found)


_OUTSIDE = frozenset({"header", "footer", "footnote", "endnote"})
_REACH = 40
"""Entries looked at from a unit: those in between are printed nowhere (a table without rows)."""

_BETWEEN = re.compile("\t|\u2002|  ")
"""What stands between two texts on one line."""


class _Entry(Frozen):
    """What a node says: its name, some words that it prints in its first language, and whether it is a row of a table."""

    name: Name
    needle: str
    is_row: bool


def _paired(entries: Sequence[_Entry], units: Sequence[Unit], languages: int) -> dict[int, int]:
    """Return the entry that each unit says, by their places."""
    by_line: dict[str, list[int]] = {}
    for place, unit in enumerate(units):
        lines = [line for cell in unit.words for text in cell for line in text.split("\n")]
        for said in dict.fromkeys(_bare(part) for line in lines for part in (line, *_BETWEEN.split(line))):
            by_line.setdefault(said, []).append(place)
    often = Counter(entry.needle for entry in entries)
    single = [
        (at, by_line[entry.needle][0])
        for at, entry in enumerate(entries)
        if often[entry.needle] == 1 and len(by_line.get(entry.needle, ())) == 1
    ]
    anchors = ascending(single)
    found = {unit: entry for entry, unit in anchors}
    for (left, start), (right, stop) in pairwise([(-1, -1), *anchors, (len(entries), len(units))]):
        at = right - 1
        for place in range(stop - 1, start, -1):
            words = _bare("\n".join(text for cell in units[place].words for text in cell))
            for behind in range(at, max(left, at - _REACH), -1):
                entry = entries[behind]
                if entry.needle and entry.needle in words and (entry.is_row or len(units[place].cells) <= languages):
                    found[place], at = behind, behind - 1
                    break
    return found


def _bare(text: str) -> str:
    """Return a text without its spaces, which a writer may set otherwise than the node has them."""
    return "".join(text.split())


def _entries(document: Document, order: Order) -> Iterator[_Entry]:
    """Yield the name of each node, row by row, some words that it prints, and whether they are a row of a table."""
    known = numbers(document.blocks)
    terms = term_numbers(order)
    section, clause, heading = FRONT, 0, 0
    for block in document.blocks:
        match block:
            case Heading(words=words, anchor=anchor):
                section, clause, heading = anchor, 0, heading + 1
                yield _Entry(Name(anchor, known[anchor]), _needle(words), False)
            case Exhibit(words=words, anchor=anchor):
                section = anchor
                yield _Entry(Name(anchor, known[anchor]), _needle(words), False)
            case Clause(words=words, anchor=anchor):
                clause += 1
                yield _Entry(Name(anchor or f"{section}.{clause}", f"{heading}.{clause}"), _needle(words), False)
            case Paragraph(words=words):
                yield _Entry(Name(section), _needle(words), False)
            case Table():
                if block.headed:
                    yield _Entry(Name(f"{block.id}.head"), _needle(block.columns[0].words), True)
                for place, row in enumerate(block.rows, 1):
                    key = row.key or _tagged(row) or f"{block.id}.{place}"
                    yield _Entry(Name(key, terms.get(row.key, "")), _row_needle(row), True)
            case Signatures(parties=parties, lines=lines):
                yield _Entry(Name(SIGNATURES), _needle(parties[0][0]), True)
                yield from (_Entry(Name(SIGNATURES), _needle(line), True) for line in lines)
            case Pictures(pictures=pictures):
                yield from (_Entry(Name(section), _needle(picture.words), True) for picture in pictures)


def document_tags(document: Document) -> list[str]:
    """Return the tag of every field of a document."""
    rows = (row for block in document.blocks if isinstance(block, Table) for row in block.rows)
    return [tag for row in rows for cell in row.cells for part in cell for tag in _tags(part)]


def _tagged(row: Row) -> str:
    """Return what a row is called that has fields and no id of its own: the first field's tag without its last word."""
    tags = [tag for cell in row.cells for part in cell for tag in _tags(part)]
    return tags[0].rpartition(".")[0] or tags[0] if tags else ""


def _tags(part: Line | Field | Readings) -> list[str]:
    if isinstance(part, Field):
        return [part.tag]
    return [field.tag for field in part.fields] if isinstance(part, Readings) else []


def _row_needle(row: Row) -> str:
    """Return the longest text of the first three lines of a row: a number alone would be found anywhere."""
    lines = [part.words for cell in row.cells for part in cell if isinstance(part, Line)]
    needles = [_needle(words) for words in lines[:3]]
    return max(needles, key=len, default="")


def _needle(words: Sequence[Inlines]) -> str:
    """Return the longest text without a reference in it."""
    best = text = ""
    for inline in words[0] if words else ():
        if isinstance(inline, Ref):
            text = ""
        else:
            text += inline if isinstance(inline, str) else inline.text if isinstance(inline, Value) else "[____]"
        best = max(best, text, key=len)
    return _bare(best)
