"""A form as it was printed: its tables row by row, what is printed in each cell, and the fields between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lotproof.documents.nodes import Cell, Document, Field, Line, Readings, Row, Table, Words
from lotproof.documents.numbering import numbers
from lotproof.frozen import frozen
from lotproof.records.recording import Place
from lotproof.wording.inlines import Inline, Ref, plain


@frozen(kw_only=True)
class PrintedCell:
    """
    A cell.

    Attributes:
        text: all that is printed in it, labels of fields included, without white space.
        parts: labels and fields in their order, by which a value is found again where it stands between two labels.
        tags: of its fields, in their order.
    """

    text: str
    parts: tuple[str | Field, ...]
    tags: tuple[str, ...]


@frozen(kw_only=True)
class PrintedRow:
    """
    A row; ``name`` is what findings and records call it.

    Attributes:
        key: the text of the cells that hold no field, each with its column: what the row is known by.
    """

    name: str
    cells: tuple[PrintedCell, ...]
    key: tuple[tuple[int, str], ...]


@frozen(kw_only=True)
class PrintedTable:
    """A table: its id, its headings (empty where it has none), its rows."""

    id: str
    heading: tuple[str, ...]
    rows: tuple[PrintedRow, ...]


def squeezed(text: str) -> str:
    """Return a text without white space of any kind: programs break lines, and keep spaces, in their own ways."""
    return "".join(text.split()).replace("\u200b", "").replace("\u00ad", "")


def printed_tables(document: Document) -> tuple[PrintedTable, ...]:
    """Return the tables of a form that hold fields, as Word shows them."""
    say = _Said(document)
    return tuple(say.table(block) for block in document.blocks if isinstance(block, Table) and _has_fields(block))


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


def fields_in(cell: Cell) -> Iterator[Field]:
    """Yield the fields of a cell."""
    for part in cell:
        if isinstance(part, Field):
            yield part
        elif isinstance(part, Readings):
            yield from part.fields


def _has_fields(table: Table) -> bool:
    return any(True for row in table.rows for cell in row.cells for _ in fields_in(cell))


class _Said:
    """Says what Word shows of words: references by their numbers."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbers = numbers(document.blocks)

    def table(self, table: Table) -> PrintedTable:
        heading = tuple(squeezed("".join(self.words(c.words))) for c in table.columns) if table.headed else ()
        return PrintedTable(id=table.id, heading=heading, rows=tuple(self.row(table, row) for row in table.rows))

    def row(self, table: Table, row: Row) -> PrintedRow:
        cells = tuple(self.cell(cell) for cell in row.cells)
        key = tuple((i, cell.text) for i, cell in enumerate(cells) if cell.text and not cell.tags)
        tags = [tag for cell in cells for tag in cell.tags]
        result = next((tag.removesuffix(".result") for tag in tags if tag.endswith(".result")), "")
        name = row.key if row.key.startswith("defect.") else result or table.id
        return PrintedRow(name=name, cells=cells, key=key)

    def cell(self, cell: Cell) -> PrintedCell:
        parts: list[str | Field] = []
        for part in cell:
            if isinstance(part, Line):
                parts.append("".join(self.words(part.words)))
            elif isinstance(part, Field):
                parts.append(part)
            elif len(part.fields) == 1:
                parts.append(part.fields[0])
            else:
                for field in part.fields:
                    parts += ["/".join(self.words(field.label)) + ":", field]
        text = "".join(part for part in parts if isinstance(part, str))
        tags = tuple(part.tag for part in parts if isinstance(part, Field))
        return PrintedCell(text=squeezed(text), parts=tuple(parts), tags=tags)

    def words(self, words: Words) -> Iterator[str]:
        for place, inlines in enumerate(words):
            yield "".join(self._inline(inline, place) for inline in inlines)

    def _inline(self, inline: Inline, place: int) -> str:
        if isinstance(inline, Ref):
            kind = "exhibit" if inline.target.startswith("exhibit.") else "clause"
            return self.document.references[kind][place].format(self.numbers.get(inline.target, ""))
        return plain((inline,))
