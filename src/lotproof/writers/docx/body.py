"""The body of a Word file: blocks to paragraphs, in sections that each print a part of the document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from lotproof.documents.nodes import (
    Block,
    Clause,
    Document,
    Exhibit,
    Heading,
    Paragraph,
    Pictures,
    Signatures,
    Table,
    Words,
)
from lotproof.documents.numbering import numbers
from lotproof.documents.parts import Part
from lotproof.wording.inlines import plain
from lotproof.writers.docx.contents import contents
from lotproof.writers.docx.page import section, text_width
from lotproof.writers.docx.pictures import pictures
from lotproof.writers.docx.runs import TAB, Runs
from lotproof.writers.docx.styles import GUTTER, INDENT
from lotproof.writers.docx.tables import LOOK, SPACE, Tables
from lotproof.writers.numbered import wide
from lotproof.writers.xml import attribute

_PARAGRAPH = {"body": "BodyText", "note": "Note", "subtitle": "Subtitle", "warning": "Warning"}
_KEEP = "<w:keepNext/>"
_GAP = b'<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'
_COVER = '<w:spacing w:before="1000" w:after="200"/>'
"""Space above and below the title of a document with a table of contents, which has its first page for itself."""


def body(document: Document, parts: Sequence[Part]) -> tuple[list[bytes], list[str]]:
    """
    Return the content of ``w:body`` in pieces: a section for each part, the page with the table of contents as one of its own.

    Returns:
        beside it the text of each part, as it was written and without white space: what :func:`lotproof.documents.parts.part_text`
        says before it is composed.
    """
    writer = Body(document)
    said = [writer.part(part, last=part.place == len(parts)) for part in parts]
    return writer.runs.out, said


class Body:
    """Writes the blocks of a document, one story for all of them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.width = text_width(document)
        self.numbers = numbers(document.blocks)
        self.runs = Runs(document.languages, self.numbers, document.references)
        self.add = self.runs.out.append
        self.tables = Tables(self.width, document, self.runs)
        self.beside = _shared(self.width, document) if len(document.languages) > 1 else []
        """Widths of the languages beside each other; empty where none stand so."""
        self.heading = self.clause = self.sections = 0
        self.shown = 0

    def part(self, part: Part, *, last: bool) -> str:
        """Write a part, and return its text."""
        blocks: Sequence[Block] = part.blocks
        if part.place == 1:
            self._title()
            front = next((i for i, block in enumerate(blocks) if not isinstance(block, Paragraph)), len(blocks))
            if self.document.contents:
                self.blocks(blocks[:front], ends=False)
                heard = list(self.runs.heard)
                contents(self.document, self.runs, self.beside[0] if self.beside else 0)
                self.runs.heard[:] = heard  # the contents are no text of the part
                self._break(part)
                blocks = blocks[front:]
        self.blocks(blocks, ends=True)
        said = "".join(self.runs.heard)
        self.runs.heard.clear()
        if last:
            self.add(self._section(part).encode())
        else:
            self._break(part)
        return said

    def _break(self, part: Part) -> None:
        """Write the paragraph that ends a section; it takes no room."""
        self.add(f'<w:p><w:pPr><w:pStyle w:val="Break"/>{self._section(part)}</w:pPr></w:p>'.encode())

    def _section(self, part: Part) -> str:
        self.sections += 1
        return section(self.document, part, opens=self.sections == 1)

    def blocks(self, blocks: Sequence[Block], *, ends: bool) -> None:
        """Write blocks; what ends a section is followed by its break, so that a table there needs no gap."""
        columns = False
        for block, following in zip(blocks, (*blocks[1:], None), strict=True):
            if isinstance(block, Clause) and self.beside and len(block.words) > 1:
                if not columns:
                    self._columns()
                    columns = True
                self._row(block, _keeps(following))
                continue
            if columns:
                self.add(b"</w:tbl>")
                columns = False
                if isinstance(block, Table) and not block.title:
                    self.add(_GAP)  # two tables that touch are one
            self._block(block, following)
            if isinstance(block, Table | Signatures | Pictures) and not (ends and following is None):
                self.add(_GAP)
        if columns:
            self.add(b"</w:tbl>")

    # text

    def _title(self) -> None:
        cover = _COVER if self.document.contents else ""
        self.add(f'<w:p><w:pPr><w:pStyle w:val="Title"/>{cover}</w:pPr>'.encode())
        self._joined(self.document.title)
        self.add(b"</w:p>")

    def _columns(self) -> None:
        """Begin a table of clauses, each a row with the languages side by side."""
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in self.beside)
        self.add(
            (
                f'<w:tbl><w:tblPr><w:tblStyle w:val="Columns"/><w:tblW w:w="{sum(self.beside)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{LOOK}'
                f"<w:tblCaption w:val={attribute(' / '.join(self.document.languages))}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
            ).encode()
        )

    def _row(self, block: Clause, keep: str) -> None:
        """Write a clause as a row with the languages side by side; its number stands in the first."""
        self._count_clause()
        self.add(b"<w:tr><w:trPr><w:cantSplit/></w:trPr>")
        for place, width in enumerate(self.beside):
            style = "ClauseBeside" if place else "Clause"
            self.add(
                (
                    f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>'
                ).encode()
            )
            self.runs.words(block.words, place)
            self.add(b"</w:p></w:tc>")
        self.add(b"</w:tr>")

    def _block(self, block: Block, following: Block | None) -> None:
        match block:
            case Heading(words=words, anchor=anchor):
                self.heading, self.clause = self.heading + 1, 0
                self.runs.heard.append(str(self.heading))
                self.add(f'<w:p><w:pPr><w:pStyle w:val="Heading1"/>{self._stop(INDENT)}</w:pPr>'.encode())
                end = self.runs.bookmark(anchor)
                self._joined(words, TAB if self.beside else SPACE)
                self.add(end + b"</w:p>")
            case Clause(words=words):
                self._count_clause()
                self.add(f'<w:p><w:pPr><w:pStyle w:val="Clause"/>{_keeps(following)}</w:pPr>'.encode())
                self._joined(words)
                self.add(b"</w:p>")
            case Paragraph(words=words, role=role):
                for place in range(len(words)):
                    self.add(f'<w:p><w:pPr><w:pStyle w:val="{_PARAGRAPH[role]}"/>{_keeps(following)}</w:pPr>'.encode())
                    self.runs.words(words, place)
                    self.add(b"</w:p>")
            case Exhibit(words=words, anchor=anchor):
                self._titled("Exhibit", "exhibit", anchor, words)
            case Table():
                self._table(block)
            case Signatures():
                self.tables.signatures(block)
            case Pictures():
                pictures(block, self.runs, self.width, self.shown + 1)
                self.shown += len(block.pictures)
            case _:
                assert_never(block)

    def _count_clause(self) -> None:
        self.clause += 1
        self.runs.heard.append(f"{self.heading}.{self.clause}")

    def _table(self, table: Table) -> None:
        if table.title and "table" in self.document.references:
            self._titled("Caption", "table", f"table.{table.id}", table.title)
        elif table.title:
            self.add(b'<w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr>')
            self._joined(table.title)
            self.add(b"</w:p>")
        self.tables.table(table)

    def _titled(self, style: str, kind: str, anchor: str, words: Words) -> None:
        self.add(f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{self._stop()}</w:pPr>'.encode())
        self.runs.titled(kind, anchor, words, TAB if self.beside else SPACE)
        self.add(b"</w:p>")

    def _joined(self, words: Words, between: bytes = SPACE) -> None:
        """Write all languages in one paragraph; a tab sets each above its column where there are columns."""
        for place in range(len(words)):
            if place:
                self.add(between)
            self.runs.words(words, place)

    def _stop(self, before: int = 0) -> str:
        """Return the tab stop of the second language; one of the number before it is stated again, which Word wants."""
        if not self.beside:
            return ""
        first = f'<w:tab w:val="left" w:pos="{before}"/>' if before else ""
        return f'<w:tabs>{first}<w:tab w:val="left" w:pos="{self.beside[0]}"/></w:tabs>'


def _keeps(following: Block | None) -> str:
    """Return that a paragraph stays with the signatures or the table that it introduces: neither stands under nothing."""
    return _KEEP if isinstance(following, Signatures | Table) else ""


def _shared(width: int, document: Document) -> list[int]:
    """
    Return the width of each language's column, by how much room its words take; none where no clause stands in columns.

    A wide character takes that of 2.1 narrow ones.
    """
    room = [1.0] * len(document.languages)
    clauses = [b for b in document.blocks if isinstance(b, Clause) and len(b.words) == len(room)]
    if not clauses:
        return []
    for block in clauses:
        for place, inlines in enumerate(block.words):
            text = plain(inlines)
            room[place] += len(text) + 1.1 * wide(text)
    twentieths = [max(7, round(20 * r / sum(room))) for r in room]
    widths = [width * part // sum(twentieths) for part in twentieths]
    return [*widths[:-1], widths[-1] + GUTTER]
