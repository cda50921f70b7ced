"""A form as it was printed: its fields, and what findings and records call the rows and tables they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lotproof.documents.nodes import Cell, Document, Field, Readings, Table
from lotproof.records.arriving import Place
from lotproof.wording.inlines import plain


def squeezed(text: str) -> str:
    """Return a text without white space of any kind: programs break lines, and keep spaces, in their own ways."""
    return "".join(text.split()).replace("\u200b", "").replace("\u00ad", "")


def places_of(document: Document) -> Mapping[str, Place]:
    """Return every field of a form by its tag, in the order of the form."""
    found = {}
    for field in fields_of(document):
        choices = tuple((value, tuple(plain(i) for i in words)) for value, words in field.choices)
        found[field.tag] = Place(field.kind, choices)
    return MappingProxyType(found)


def fields_of(document: Document) -> Iterator[Field]:
    """Yield every field of a form."""
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from fields_in(cell)


def names_of(document: Document) -> Mapping[str, tuple[str, str]]:
    """Return the table of each field, and what its row is called: the row of a check, a line of the tally, else the table."""
    found: dict[str, tuple[str, str]] = {}
    for block in document.blocks:
        if not isinstance(block, Table):
            continue
        for row in block.rows:
            tags = [field.tag for cell in row.cells for field in fields_in(cell)]
            result = next((tag.removesuffix(".result") for tag in tags if tag.endswith(".result")), "")
            name = row.key if row.key.startswith("defect.") else result or block.id
            found |= dict.fromkeys(tags, (block.id, name))
    return MappingProxyType(found)


def fields_in(cell: Cell) -> Iterator[Field]:
    """Yield the fields of a cell."""
    for part in cell:
        if isinstance(part, Field):
            yield part
        elif isinstance(part, Readings):
            yield from part.fields
