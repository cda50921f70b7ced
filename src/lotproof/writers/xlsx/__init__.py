"""
Excel: a sheet for each part of the document, locked but for its fields.

Each heading of level 1 starts a sheet, checks apart, which share one; a last sheet holds all of it again in the width of a phone.
Every field is a cell of its own with a defined name, so that it is found again however the sheet was sorted, scrolled or saved.
"""

from __future__ import annotations

from collections.abc import Iterator

from lotproof.documents.fields import PHONE
from lotproof.documents.nodes import Block, Document, Heading
from lotproof.wording.inlines import plain
from lotproof.writers.xlsx.book import Book
from lotproof.writers.xlsx.phone import Phone
from lotproof.writers.xlsx.sheets import Sheet
from lotproof.writers.xlsx.worksheet import MOST

_CHECKS = frozenset(
    f"checklist.{s}"
    for s in (
        "documents",
        "quantity",
        "cartons",
        "packing",
        "unit",
        "measurement",
        "function",
        "laboratory",
        "destructive",
    )
)


def write(document: Document) -> bytes:
    """Return the document as a .xlsx workbook: no macro, no formula, no link; the same bytes for the same document."""
    book = Book(document)
    for place, (name, blocks) in enumerate(_parts(document)):
        Sheet(book, name, first=place == 0).write(blocks)
    if PHONE in document.labels:
        Phone(book, plain(document.labels[PHONE][0])).write(document.blocks)
    data = book.sheet("lotproof")
    data.hidden = True
    carried = "".join(document.data)
    for row, start in enumerate(range(0, len(carried), MOST)):
        data.write(row, 0, carried[start : start + MOST], "none")
    return book.pack()


def _parts(document: Document) -> Iterator[tuple[str, list[Block]]]:
    """Yield the name of each sheet and what stands on it."""
    name = ""
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            wanted = "Checks" if block.anchor in _CHECKS else plain(block.words[0])
            if name and wanted != name:
                yield name, blocks
                blocks = []
            name = wanted
        blocks.append(block)
    yield name or "Sheet", blocks
