"""What tests of pages share: documents of the examples, hostile ones made by hand, text without white space."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lotproof import api
from lotproof.documents.nodes import (
    Block,
    Cell,
    Clause,
    Column,
    Document,
    Exhibit,
    Field,
    Heading,
    Line,
    Paragraph,
    Row,
    Signatures,
    Table,
)
from lotproof.documents.parts import Part, part_text, parts
from lotproof.wording.inlines import Blank, Ref, Value

EXAMPLES = ("stoneware-mugs", "vffs-packing-machine")
LANGUAGES = (("en",), ("zh",), ("en", "zh"))
KINDS = tuple(api.FORMATS)

HOSTILE = (
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0": *',
    "$ x^2 $ *bold* _italic_ `raw` <label> @reference // no comment /* none */",
    "\\ \\u{41} \\n backslashes",
    "\"double\" 'single' quotes, ] } ) ends [ { (",
    "<script>alert(1)</script> & &amp; <!-- -->",
    "</script><img src=x onerror=alert(1)>",
    "{{ 7*7 }} ${7*7} %s ]]>",
    "= Heading - item + item / term: x",
)
"""Answers that mean something to typst, HTML or a template."""


@dataclass(frozen=True)
class Case:
    """A document of an example, as a test is parametrised with it."""

    example: str
    kind: str
    languages: tuple[str, ...]

    @property
    def name(self) -> str:
        """What a test calls it."""
        return f"{self.example}-{self.kind}-{'-'.join(self.languages)}"

    @property
    def document(self) -> Document:
        """The document."""
        return documents(self.example, self.languages)[self.kind]


CASES = [Case(example, kind, languages) for example in EXAMPLES for kind in KINDS for languages in LANGUAGES]


@cache
def built(example: str) -> api.Built:
    """Return the order of an example."""
    return api.build((Path(__file__).parents[1] / "examples" / example / "answers.toml").read_bytes())


@cache
def documents(example: str, languages: tuple[str, ...]) -> dict[str, Document]:
    """Return every document of an example."""
    return api.documents(built(example).order, languages, kinds=KINDS)


def dense(text: str) -> str:
    """Return text without white space, in NFC, as digests of parts see it."""
    return unicodedata.normalize("NFC", "".join(text.split()))


def document(*blocks: Block, **changed: object) -> Document:
    """Return a document of a few blocks."""
    given: dict[str, object] = {
        "kind": "contract",
        "title": (("Order contract",),),
        "number": "T-1 A",
        "digest": "0123456789abcdef" * 4,
        "date": "2027-02-08",
        "languages": ("en",),
        "labels": {
            "number": (("Contract no.",),),
            "draft": (("DRAFT",),),
            "page": (("Page",),),
            "of": (("of",),),
            "page_end": (("",),),
            "digest": (("Digest",),),
            "part": (("text of this part",),),
        },
        "references": {"clause": ("clause {}",), "exhibit": ("Exhibit {}",), "table": ("Table {}",)},
        "draft": False,
        "landscape": False,
        "density": "normal",
        "protected": False,
        "data": '{"a":"</script><b>&amp;"}',
        "blocks": blocks,
        "contents": (),
    }
    return Document(**(given | changed))  # type: ignore[arg-type]


def saying(*texts: str) -> Document:
    """Return a document that says each text at every place where a document says something."""
    words = tuple(((text,),) for text in texts)
    columns = (Column(300, ((texts[0],),)), Column(700, (("What",),)))
    rows = tuple(
        Row((cell(text), (Line(((Value(text),),), "id"), Field(tag=f"f{place}", label=((text,),)))))
        for place, text in enumerate(texts)
    )
    return document(
        Heading(((texts[0],),), "one"),
        *(Clause(said, f"one.{place}") for place, said in enumerate(words, 1)),
        Clause((("see ", Ref("one.1"), ", ", Blank("terms.x"), "."),), "one.last"),
        *(Paragraph(said, "body") for said in words),
        Signatures(parties=((((texts[0],),), ((texts[0],),)),) * 2, lines=(((texts[0],),),), chop=((texts[0],),)),
        Exhibit(((texts[0],),), "exhibit.a"),
        Table(id="t", caption=texts[0], columns=columns, rows=rows, title=((texts[0],),)),
        title=((texts[0],),),
        number=texts[0],
    )


def cell(text: str) -> Cell:
    """Return a cell that says ``text`` twice: as it is, and in bold."""
    return (Line(((text,),)), Line(((text,),), "strong"))


def clauses(given: Document) -> Iterator[tuple[str, str]]:
    """Yield number and text of each clause, as the text writer prints them."""
    from lotproof.writers import WRITERS

    for line in WRITERS["txt"](given).decode().splitlines():
        number, gap, text = line.partition("  ")
        if gap and number.replace(".", "").isdigit():
            yield number, text


def stretches(given: Document) -> Iterator[str]:
    """
    Yield the text of each stretch of a document as digests of parts see it, without white space.

    A stretch ends where something is filled in: writers lay out those labels each in its own order.
    """
    for part in parts(given):
        blocks: list[Block] = []
        place = part.place
        for block in (*part.blocks, None):
            if block is not None and not _is_filled_in(block):
                blocks.append(block)
                continue
            said = Part(place=place, anchor="", name=part.name, blocks=tuple(blocks))
            yield dense(part_text(given, said))
            blocks, place = [], 0


def _is_filled_in(block: Block) -> bool:
    if isinstance(block, Table):
        return any(not isinstance(part, Line) for row in block.rows for cell in row.cells for part in cell)
    return isinstance(block, Signatures)
