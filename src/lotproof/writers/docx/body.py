"""The body of a Word file: blocks to paragraphs, in sections that each print a part of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
from lotproof.writers.docx.runs import Runs, bookmark_name, field
from lotproof.writers.docx.styles import GUTTER, INDENT
from lotproof.writers.docx.tables import LOOK, SPACE, Tables
from lotproof.writers.xml import attribute, escape

_PARAGRAPH = {"body": "BodyText", "note": "Note", "subtitle": "Subtitle", "warning": "Warning"}
_KEEP = "<w:keepNext/>"
_GAP = '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'
_TAB = "<w:r><w:tab/></w:r>"
_COVER = '<w:spacing w:before="1000" w:after="200"/>'
"""Space above and below the title of a document with a table of contents, which has its first page for itself."""


def body(document: Document, parts: Sequence[Part]) -> tuple[str, list[str]]:
    """
    Return the content of ``w:body``: a section for each part, the page with the table of contents as one of its own.

    Returns:
        beside it the text of each part, as it was written: what :func:`lotproof.documents.parts.part_text` says, with its spaces.
    """
    writer = _Body(document)
    return "".join(writer.sections(parts)), writer.said


class _Body:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.width = text_width(document)
        self.numbers = numbers(document.blocks)
        self.runs = Runs(document.languages, self.numbers, document.references)
        self.tables = Tables(self.width, document.density, self.runs)
        self.many = len(document.languages)
        self.beside = _shared(self.width, document) if self.many > 1 else []
        """Widths of the languages beside each other; empty where none stand so."""
        self.heading = self.clause = 0
        self.said: list[str] = []
        self.shown = 0

    def sections(self, parts: Sequence[Part]) -> Iterator[str]:
        for part in parts:
            blocks: Sequence[Block] = part.blocks
            if part.place == 1:
                yield self._title()
                front = next((i for i, block in enumerate(blocks) if not isinstance(block, Paragraph)), len(blocks))
                if self.document.contents:
                    yield from self._blocks(blocks[:front], ends=False)
                    heard, self.runs.heard = self.runs.heard, []  # the contents are no text of the part
                    yield contents(self.document, self.runs, self.beside[0] if self.beside else 0)
                    self.runs.heard = heard
                    yield self._break(part)
                    blocks = blocks[front:]
            yield from self._blocks(blocks, ends=True)
            self.said.append("".join(self.runs.heard))
            self.runs.heard = []
            yield self._break(part) if part.place < len(parts) else section(self.document, part)

    def _break(self, part: Part) -> str:
        """Return the paragraph that ends a section; it takes no room."""
        return f'<w:p><w:pPr><w:pStyle w:val="Break"/>{section(self.document, part)}</w:pPr></w:p>'

    def _blocks(self, blocks: Sequence[Block], *, ends: bool) -> Iterator[str]:
        """Yield blocks; what ends a section is followed by its break, so that a table there needs no gap."""
        row: list[str] = []
        for block, following in zip(blocks, (*blocks[1:], None), strict=True):
            if isinstance(block, Clause) and self.beside and len(block.words) > 1:
                row.append(self._row(block, _keeps(following)))
                continue
            if row:
                yield self._columns(row)
                row = []
                if isinstance(block, Table) and not block.title:
                    yield _GAP  # two tables that touch are one
            yield self._block(block, following)
            if isinstance(block, Table | Signatures | Pictures) and not (ends and following is None):
                yield _GAP
        if row:
            yield self._columns(row)

    # text

    def _title(self) -> str:
        cover = _COVER if self.document.contents else ""
        return f'<w:p><w:pPr><w:pStyle w:val="Title"/>{cover}</w:pPr>{self._joined(self.document.title)}</w:p>'

    def _row(self, block: Clause, keep: str) -> str:
        """Return a clause as a row with the languages side by side; its number stands in the first."""
        self._count_clause()
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="{"ClauseBeside" if place else "Clause"}"/>{keep}</w:pPr>{self.runs.words(block.words, place)}</w:p></w:tc>'
            for place, width in enumerate(self.beside)
        )
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"

    def _columns(self, rows: list[str]) -> str:
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in self.beside)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="Columns"/><w:tblW w:w="{sum(self.beside)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{LOOK}'
            f"<w:tblCaption w:val={attribute(' / '.join(self.document.languages))}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def _block(self, block: Block, following: Block | None) -> str:
        match block:
            case Heading(words=words, anchor=anchor):
                self.heading, self.clause = self.heading + 1, 0
                self.runs.heard.append(str(self.heading))
                text = self.runs.bookmark(anchor, self._across(words))
                return f'<w:p><w:pPr><w:pStyle w:val="Heading1"/>{self._stop(INDENT)}</w:pPr>{text}</w:p>'
            case Clause(words=words):
                self._count_clause()
                return f'<w:p><w:pPr><w:pStyle w:val="Clause"/>{_keeps(following)}</w:pPr>{self._joined(words)}</w:p>'
            case Paragraph(words=words, role=role):
                return self._each(words, _PARAGRAPH[role], _keeps(following))
            case Exhibit(words=words, anchor=anchor):
                return f'<w:p><w:pPr><w:pStyle w:val="Exhibit"/>{self._stop()}</w:pPr>{self._titled("exhibit", anchor, words)}</w:p>'
            case Table():
                return self._table(block)
            case Signatures():
                return self.tables.signatures(block)
            case Pictures():
                self.shown += len(block.pictures)
                return pictures(block, self.runs, self.width, self.shown - len(block.pictures) + 1)
            case _:
                assert_never(block)

    def _count_clause(self) -> None:
        self.clause += 1
        self.runs.heard.append(f"{self.heading}.{self.clause}")

    def _table(self, table: Table) -> str:
        title = ""
        if table.title and "table" in self.document.references:
            said = self._titled("table", f"table.{table.id}", table.title)
            title = f'<w:p><w:pPr><w:pStyle w:val="Caption"/>{self._stop()}</w:pPr>{said}</w:p>'
        elif table.title:
            title = f'<w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr>{self._joined(table.title)}</w:p>'
        return title + self.tables.table(table)

    def _each(self, words: Words, style: str, keep: str) -> str:
        """Return a paragraph for each language."""
        return "".join(
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{self.runs.words(words, place)}</w:p>'
            for place in range(len(words))
        )

    def _joined(self, words: Words) -> str:
        """Return all languages in one paragraph."""
        return SPACE.join(self.runs.words(words, place) for place in range(len(words)))

    def _across(self, words: Words) -> str:
        """Return all languages in one paragraph, each above its column where there are columns."""
        if not self.beside:
            return self._joined(words)
        return _TAB.join(self.runs.words(words, place) for place in range(len(words)))

    def _stop(self, before: int = 0) -> str:
        """Return the tab stop of the second language; one of the number before it is stated again, which Word wants."""
        if not self.beside:
            return ""
        first = f'<w:tab w:val="left" w:pos="{before}"/>' if before else ""
        return f'<w:tabs>{first}<w:tab w:val="left" w:pos="{self.beside[0]}"/></w:tabs>'

    def _titled(self, kind: str, anchor: str, words: Words) -> str:
        """Return a title with its number, counted by a field in the first language and referred to in the others."""
        number = self.numbers[anchor]
        count = "SEQ Exhibit \\* ALPHABETIC" if kind == "exhibit" else "SEQ Table \\* ARABIC"
        said = []
        for place, form in enumerate(self.document.references[kind]):
            opening = self.runs.opening[place]
            self.runs.heard += (form.format(number), "\u2013")
            before, _, after = form.partition("{}")
            counted = (
                field(f"REF {bookmark_name(anchor)} \\h", number, opening)
                if place
                else self.runs.bookmark(anchor, field(count, number, opening))
            )
            text = f'{opening}<w:t xml:space="preserve">{{}}</w:t></w:r>'
            lead = text.format(escape(before.replace(" ", "\u00a0"))) if before else ""
            said.append(lead + counted + text.format(escape(after + " \u2013 ")) + self.runs.words(words, place))
        return (_TAB if self.beside else SPACE).join(said)


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
            room[place] += len(text) + (0 if text.isascii() else 1.1 * len(_WIDE.findall(text)))
    twentieths = [max(7, round(20 * r / sum(room))) for r in room]
    widths = [width * part // sum(twentieths) for part in twentieths]
    return [*widths[:-1], widths[-1] + GUTTER]


_WIDE = re.compile(
    "[^\x00-\u2e7f\U00010000-\U0010ffff]"
)  # U+2E80 to U+FFFF, said by what it is not: that compiles in a quarter of the time
