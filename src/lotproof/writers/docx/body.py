"""The body of a Word file: blocks to paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from lotproof.documents.nodes import (
    Block,
    Cell,
    Clause,
    Document,
    Exhibit,
    Field,
    Heading,
    Line,
    Paragraph,
    Readings,
    Signatures,
    Table,
    Words,
)
from lotproof.documents.numbering import numbers
from lotproof.wording.inlines import plain
from lotproof.writers.docx.fixed import SETTINGS, SHADE
from lotproof.writers.docx.runs import Runs, field
from lotproof.writers.xml import attribute, escape

PORTRAIT, LANDSCAPE = (11906, 16838), (16838, 11906)
"""Page sizes in twentieths of a point: A4."""

CHOP = 2551
"""Side of the place for a chop, in twentieths of a point: 45 mm, for a round company chop of up to 42 mm."""

_CELL = {"plain": "Cell", "strong": "CellStrong", "muted": "CellMuted", "id": "CellId"}
_OPENING = tuple(
    {role: f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{jc}</w:pPr>' for role, style in _CELL.items()}
    for jc in ("", '<w:jc w:val="right"/>')
)
"""How the paragraph of a line opens, by alignment and role."""

_PARAGRAPH = {"body": "Normal", "note": "Note", "subtitle": "Subtitle", "warning": "Warning"}
_BESIDE = {"Heading1": "HeadingBeside", "Clause": "ClauseBeside"}
_KEEP = "<w:keepNext/>"
"""Text that introduces the signatures stays on their page: no signature stands under nothing."""

_LOOK = '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'


def body(document: Document) -> str:
    """Return the content of ``w:body``, without the section properties."""
    return "".join(_Body(document).parts())


def text_width(document: Document) -> int:
    """Return the width between the margins, in twentieths of a point."""
    return (LANDSCAPE if document.landscape else PORTRAIT)[0] - 2 * SETTINGS[document.density].margin


class _Body:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.width = text_width(document)
        self.numbers = numbers(document.blocks)
        self.runs = Runs(document.languages, self.numbers, document.references)
        self.many = len(document.languages)
        self.beside = _shared(self.width, document) if self.many > 1 else [self.width]

    def parts(self) -> Iterator[str]:
        yield self._single(self.document.title, "Title")
        row: list[str] = []
        blocks = self.document.blocks
        for block, following in zip(blocks, (*blocks[1:], None), strict=True):
            beside = self._beside(block, following)
            if beside:
                row.append(beside)
                continue
            if row:
                yield self._columns(row)
                row = []
            yield self._block(block, following)
        if row:
            yield self._columns(row)

    # text

    def _beside(self, block: Block, following: Block | None) -> str:
        """Return a row with the languages side by side; a heading over a table stays a paragraph, which keeps with it."""
        if self.many == 1 or not isinstance(block, Heading | Clause) or len(block.words) == 1:
            return ""
        if isinstance(block, Heading) and not isinstance(following, Clause):
            return ""
        style = "Heading1" if isinstance(block, Heading) else "Clause"
        keep = _KEEP if isinstance(following, Signatures) else ""
        cells = []
        for place in range(self.many):
            content = self.runs.words(block.words, place)
            if place == 0 and isinstance(block, Heading):
                content = self.runs.bookmark(block.anchor, content)
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{self.beside[place]}" w:type="dxa"/></w:tcPr>'
                f'<w:p><w:pPr><w:pStyle w:val="{style if place == 0 else _BESIDE[style]}"/>{keep}</w:pPr>{content}</w:p></w:tc>'
            )
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"

    def _columns(self, rows: list[str]) -> str:
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in self.beside)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="Columns"/><w:tblW w:w="{sum(self.beside)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{_LOOK}'
            f"<w:tblCaption w:val={attribute(' / '.join(self.document.languages))}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def _block(self, block: Block, following: Block | None) -> str:
        match block:
            case Heading(words=words, anchor=anchor):
                return f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{self.runs.bookmark(anchor, self._joined(words))}</w:p>'
            case Clause(words=words):
                keep = _KEEP if isinstance(following, Signatures) else ""
                return f'<w:p><w:pPr><w:pStyle w:val="Clause"/>{keep}</w:pPr>{self._joined(words)}</w:p>'
            case Paragraph(words=words, role=role):
                keep = _KEEP if isinstance(following, Signatures) else ""
                return "".join(self._paragraph(words, place, _PARAGRAPH[role], keep) for place in range(len(words)))
            case Exhibit():
                return self._exhibit(block)
            case Table():
                return self._table(block) + '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'
            case Signatures():
                return self._signatures(block)
            case _:
                assert_never(block)

    def _paragraph(self, words: Words, place: int, style: str, keep: str) -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{self.runs.words(words, place)}</w:p>'

    def _single(self, words: Words, style: str) -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{self._joined(words)}</w:p>'

    def _joined(self, words: Words) -> str:
        """Return all languages in one paragraph."""
        return '<w:r><w:t xml:space="preserve">  </w:t></w:r>'.join(
            self.runs.words(words, place) for place in range(len(words))
        )

    def _exhibit(self, block: Exhibit) -> str:
        letter = self.runs.bookmark(block.anchor, field("SEQ Exhibit \\* ALPHABETIC", self.numbers[block.anchor]))
        parts = []
        for place in range(self.many):
            before, _, after = self.document.references["exhibit"][place].partition("{}")
            number = (
                letter
                if place == 0
                else field(f"REF lp_{block.anchor.replace('.', '_')} \\h", self.numbers[block.anchor])
            )
            opening = self.runs.opening[place]
            text = f'{opening}<w:t xml:space="preserve">{{}}</w:t></w:r>'
            lead = "  " if place else ""
            parts.append(
                text.format(escape(lead + before)) * bool(lead + before)
                + number
                + text.format(escape(after + " \u2013 "))
                + self.runs.words(block.words, place)
            )
        return f'<w:p><w:pPr><w:pStyle w:val="Exhibit"/></w:pPr>{"".join(parts)}</w:p>'

    # tables

    def _table(self, table: Table) -> str:
        total = sum(column.width for column in table.columns)
        widths = [self.width * column.width // total for column in table.columns]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        opening = [f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>' for width in widths]
        right = [column.align == "right" for column in table.columns]
        rows = [self._head(table, widths)] if table.headed else []
        for row in table.rows:
            cells = [
                f"{start}{self._cell(cell, at_right)}</w:tc>"
                for start, cell, at_right in zip(opening, row.cells, right, strict=True)
            ]
            rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
        if not table.rows and not table.headed:
            return ""
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{_LOOK}'
            f"<w:tblCaption w:val={attribute(table.caption)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def _head(self, table: Table, widths: list[int]) -> str:
        cells = []
        for width, column in zip(widths, table.columns, strict=True):
            jc = '<w:jc w:val="right"/>' if column.align == "right" else ""
            paragraphs = "".join(
                f'<w:p><w:pPr><w:pStyle w:val="CellHead"/>{jc}</w:pPr>{self.runs.words(column.words, place)}</w:p>'
                for place in range(max(1, len(column.words)))
                if column.words
            )
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr>'
                f"{paragraphs or _EMPTY}</w:tc>"
            )
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"

    def _cell(self, cell: Cell, at_right: bool) -> str:
        opening = _OPENING[at_right]
        write = self.runs.inlines
        out = []
        for part in cell:
            if isinstance(part, Line):
                start = opening[part.role]
                words = part.words
                if len(words) == 1:
                    out.append(f"{start}{write(words[0], 0)}</w:p>")
                    continue
                for place, inlines in enumerate(words):
                    out.append(f"{start}{write(inlines, place)}</w:p>")
            else:
                out.append(f"{opening['plain']}{self._places(part)}</w:p>")
        return "".join(out) or _EMPTY

    def _places(self, part: Field | Readings) -> str:
        if isinstance(part, Field):
            return self.runs.control(part)
        if len(part.fields) == 1:
            return self.runs.control(part.fields[0])
        out = []
        for index, node in enumerate(part.fields):
            label = "/".join(self.runs.text(inlines) for inlines in node.label)
            out.append(
                f'<w:r><w:t xml:space="preserve">{"   " if index else ""}{label}:\u00a0</w:t></w:r>{self.runs.control(node)}'
            )
        return "".join(out)

    def _signatures(self, block: Signatures) -> str:
        width = self.width // len(block.parties)
        keep = '<w:pPr><w:pStyle w:val="{}"/><w:keepNext/></w:pPr>'

        def paragraphs(words: Words, style: str, after: str = "") -> str:
            return "".join(
                f"<w:p>{keep.format(style)}{self.runs.words(words, place)}{after}</w:p>" for place in range(len(words))
            )

        def row(cells: list[str], height: int = 0, *, last: bool = False) -> str:
            tall = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
            tcs = "".join(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{c}</w:tc>' for c in cells)
            return (
                f"<w:tr><w:trPr><w:cantSplit/>{tall}</w:trPr>{tcs.replace('<w:keepNext/>', '') if last else tcs}</w:tr>"
            )

        sides = [side for _ in block.parties for side in (width - CHOP, CHOP)]

        def cell(content: str, at: int, span: int = 1, merge: str = "") -> str:
            spread = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            return (
                f'<w:tc><w:tcPr><w:tcW w:w="{sum(sides[at : at + span])}" w:type="dxa"/>{spread}{merge}</w:tcPr>'
                f"{content or _EMPTY}</w:tc>"
            )

        names = "".join(
            cell(paragraphs(role, "CellHead") + (paragraphs(name, "Cell") if any(name) else ""), 2 * place, 2)
            for place, (role, name) in enumerate(block.parties)
        )
        rows = [f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{names}</w:tr>"]
        for index, line in enumerate(block.lines):
            merge = "<w:vMerge/>" if index else '<w:vMerge w:val="restart"/>'
            chop = "" if index else paragraphs(block.chop, "CellMuted")
            cells = "".join(
                cell(paragraphs(line, "CellMuted"), 2 * place) + cell(chop, 2 * place + 1, merge=merge)
                for place in range(len(block.parties))
            )
            last = index == len(block.lines) - 1
            tall = f'<w:trHeight w:val="{CHOP // len(block.lines)}" w:hRule="atLeast"/>'
            rows.append(
                f"<w:tr><w:trPr><w:cantSplit/>{tall}</w:trPr>{cells.replace('<w:keepNext/>', '') if last else cells}</w:tr>"
            )
        grid = "".join(f'<w:gridCol w:w="{side}"/>' for side in sides)
        return (
            f'<w:p>{keep.format("Gap")}</w:p><w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{sum(sides)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{_LOOK}'
            f'<w:tblCaption w:val="Signatures"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl><w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'
        )


def _shared(width: int, document: Document) -> list[int]:
    """
    Return the width of each language's column, by how much room its words take.

    A wide character takes that of 2.7 narrow ones: a little over two in width, and its lines stand further apart.
    """
    room = [1.0] * len(document.languages)
    for block in document.blocks:
        if isinstance(block, Clause) and len(block.words) == len(room):
            for place, inlines in enumerate(block.words):
                text = plain(inlines)
                room[place] += len(text) + (0 if text.isascii() else 1.7 * len(_WIDE.findall(text)))
    twentieths = [max(7, round(20 * r / sum(room))) for r in room]
    return [width * part // sum(twentieths) for part in twentieths]


_WIDE = re.compile("[\u2e80-\uffff]")
_EMPTY = '<w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr></w:p>'
