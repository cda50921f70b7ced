"""lotproof's own parts of a contract that a house lays out in Word: goods, specification, sampling, signatures, from the order's nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lotproof.documents.contract import SHARE, TABLES, exhibits, signatures
from lotproof.documents.nodes import Block, Cell, Document, Exhibit, Line, Paragraph, Row, Table, Words
from lotproof.documents.numbering import letter
from lotproof.documents.speaking import FRAME, Speaker
from lotproof.frozen import Frozen, replace
from lotproof.orders.digests import Seal
from lotproof.orders.inside import Share
from lotproof.orders.model import Order
from lotproof.templates import FULL
from lotproof.wording.inlines import Inline, Inlines, Ref

SPECIFIED = ("exhibit.specification", "exhibit.drawings", "exhibit.standards", "exhibit.packaging", "exhibit.documents")
"""What ``spec_exhibit`` prints; ``sampling_exhibit`` prints every other exhibit of the order."""

CARRIED = Share(sections=SHARE.sections, provisions=False, terms=SHARE.terms, tables=SHARE.tables)
"""What such a contract carries of its order: no provision, as it prints none."""


class Own(Frozen, kw_only=True):
    """
    The parts of one contract.

    Attributes:
        document: all of them as one document, for its languages, references and data.
        blocks: by the name of the part.
        numbers: of exhibits as the checklist has them, of tables in the order of the contract.
        cited: headings of the provisions that exhibits refer to, in the first language.
    """

    document: Document
    blocks: Mapping[str, tuple[Block, ...]]
    numbers: Mapping[str, str]
    cited: tuple[str, ...]
    speaker: Speaker


def own_parts(order: Order, sealed: Seal, used: Sequence[str]) -> Own:
    """
    Return the parts that a contract prints.

    Args:
        used: their names, in the order in which it prints them.
    """
    say = Speaker(order, order.header.languages, sealed)
    number, digest, date = say.heading_facts()
    found = list(_split(exhibits(say, FULL)))
    blocks: dict[str, tuple[Block, ...]] = {
        "goods_table": (say.table("goods", TABLES["goods"]),),
        "parties_table": (say.table("parties", TABLES["parties"]),),
        "price_table": (say.table("prices", TABLES["prices"]),),
        "spec_exhibit": tuple(b for name, part in found if name in SPECIFIED for b in part),
        "sampling_exhibit": tuple(b for name, part in found if name not in SPECIFIED for b in part),
        "signatures": (signatures(say),),
        "draft": (Paragraph(say.label("draft_line"), "warning"),) if order.draft else (),
    }
    headings = [{p.id: p.heading for p in texts.provisions} for texts in say.texts]
    cited: dict[str, None] = {}

    def told(inlines: Inlines, place: int) -> Inlines:
        out: list[Inline] = []
        for inline in inlines:
            if isinstance(inline, Ref) and inline.target in headings[place]:
                form = say.texts[place].labels["ref_clause"]
                quoted = form.format("\u201c{}\u201d").replace(" ", "\u00a0", 1).format(headings[place][inline.target])
                out.append(quoted)
                if place == 0:
                    cited[headings[place][inline.target]] = None
            else:
                out.append(inline)
        return tuple(out)

    blocks = {name: tuple(_retold(block, told) for block in part) for name, part in blocks.items()}
    numbers = {exhibit.id: letter(place) for place, exhibit in enumerate(say.texts[0].exhibits)}
    tables = [b for name in used for b in blocks[name] if isinstance(b, Table) and b.title]
    numbers |= {f"table.{table.id}": str(place) for place, table in enumerate(tables, 1)}
    document = Document(
        kind="contract",
        title=say.label("contract"),
        number=number,
        digest=digest,
        date=date,
        languages=say.languages,
        labels={key: say.label(key) for key in FRAME},
        references=say.reference_words() | {"table": tuple(texts.labels["ref_table"] for texts in say.texts)},
        draft=order.draft,
        landscape=False,
        density="normal",
        protected=False,
        data=(),
        blocks=tuple(b for name in used for b in blocks[name]),
    )
    return Own(document=document, blocks=blocks, numbers=numbers, cited=tuple(cited), speaker=say)


def data_of(own: Own, page: str) -> tuple[str, ...]:
    """
    Return what the contract carries of its order.

    Args:
        page: SHA-256 (hex) of the text as it was printed, see :mod:`lotproof.verify.page`.
    """
    return own.speaker.carried("contract", CARRIED, FULL, page)


def _split(blocks: Sequence[Block]) -> Iterator[tuple[str, list[Block]]]:
    part: list[Block] = []
    name = ""
    for block in blocks:
        if isinstance(block, Exhibit):
            if part:
                yield name, part
            name, part = block.anchor, []
        part.append(block)
    if part:
        yield name, part


def _retold(block: Block, told: Any) -> Block:
    """Return a block whose references to provisions name their headings: the contract around it numbers its clauses itself."""

    def words(given: Words) -> Words:
        return tuple(told(inlines, place) for place, inlines in enumerate(given))

    def cell(given: Cell) -> Cell:
        return tuple(replace(part, words=words(part.words)) if isinstance(part, Line) else part for part in given)

    match block:
        case Paragraph():
            return replace(block, words=words(block.words))
        case Table():
            rows = tuple(Row(tuple(map(cell, row.cells)), row.key) for row in block.rows)
            return replace(block, rows=rows)
        case _:
            return block
