"""Which clause each unit of a document says: its id, and the number that is printed before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lotproof.documents.nodes import (
    Clause,
    Document,
    Exhibit,
    Field,
    Heading,
    Line,
    Paragraph,
    Readings,
    Row,
    Signatures,
    Table,
)
from lotproof.documents.numbering import numbers, term_numbers
from lotproof.frozen import frozen
from lotproof.orders.model import Order
from lotproof.verify.model import Unit
from lotproof.wording.inlines import Inlines, Ref, Value

SIGNATURES = "signatures"
FRONT = "front"


@frozen
class Name:
    """The id of what a unit says, and its printed number, which may be empty."""

    clause: str
    number: str = ""


def names(units: Sequence[Unit], document: Document, order: Order) -> tuple[Name, ...]:
    """
    Return the name of each unit of a document that was just printed.

    The document's nodes and the printed units say the same in the same order; a unit that no node says (a table of contents, a
    header) is named after what stands before it.
    """
    found: list[Name] = []
    entries = list(_entries(document, order))
    at, reach, current, most, part = 0, _REACH, Name(FRONT), len(document.languages), ""
    for unit in units:
        if unit.part in _OUTSIDE:
            found.append(Name(unit.part))
            continue
        if unit.part != part:  # another sheet may begin anywhere, and the one for a phone begins again
            part, at, reach, current = unit.part, 0, len(entries), Name(FRONT)
        words = "\n".join(text for cell in unit.words for text in cell)
        for ahead in range(at, min(at + reach, len(entries))):
            name, needle, is_row = entries[ahead]
            if needle and needle in words and (is_row or len(unit.cells) <= most):
                at, reach, current = ahead + 1, _REACH, name
                break
        found.append(current)
    return tuple(found)


_OUTSIDE = frozenset({"header", "footer", "footnote", "endnote"})
_REACH = 40
"""Entries looked at ahead: those in between are printed nowhere (a table without rows)."""


def _entries(document: Document, order: Order) -> Iterator[tuple[Name, str, bool]]:
    """Yield the name of each node, row by row, some words that it prints, and whether they are a row of a table."""
    known = numbers(document.blocks)
    terms = term_numbers(order)
    section, clause, heading = FRONT, 0, 0
    for block in document.blocks:
        match block:
            case Heading(words=words, anchor=anchor):
                section, clause, heading = anchor, 0, heading + 1
                yield Name(anchor, known[anchor]), _needle(words), False
            case Exhibit(words=words, anchor=anchor):
                section = anchor
                yield Name(anchor, known[anchor]), _needle(words), False
            case Clause(words=words, anchor=anchor):
                clause += 1
                yield Name(anchor or f"{section}.{clause}", f"{heading}.{clause}"), _needle(words), False
            case Paragraph(words=words):
                yield Name(section), _needle(words), False
            case Table():
                if block.headed:
                    yield Name(f"{block.id}.head"), _needle(block.columns[0].words), True
                for place, row in enumerate(block.rows, 1):
                    key = row.key or _tagged(row) or f"{block.id}.{place}"
                    yield Name(key, terms.get(row.key, "")), _row_needle(row), True
            case Signatures(parties=parties, lines=lines):
                yield Name(SIGNATURES), _needle(parties[0][0]), True
                yield from ((Name(SIGNATURES), _needle(line), True) for line in lines)


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
    return best.strip(" \t\n")
