"""The body of a page: blocks to elements."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import assert_never

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
    Picture,
    Pictures,
    Readings,
    Row,
    Signatures,
    Table,
    Words,
)
from lotproof.writers.html.text import Texts
from lotproof.writers.numbered import numbered, reference, set_apart
from lotproof.writers.xml import attribute, escape


def body(document: Document, texts: Texts) -> str:
    """Return the content of ``body``: header, contents, blocks, footer."""
    return "\n".join(_Body(document, texts).parts())


class _Body:
    def __init__(self, document: Document, texts: Texts) -> None:
        self.document = document
        self.texts = texts
        self.blocks = list(numbered(document.blocks))
        self.beside = any(isinstance(block, Clause) and len(block.words) > 1 for block in document.blocks)

    def parts(self) -> Iterator[str]:
        document, texts = self.document, self.texts
        status = f'<p class="status">{texts.shown(document.labels["draft"])}</p>' if document.draft else ""
        yield f"<header><h1>{texts.shown(document.title)}</h1>{status}</header>"
        yield "<main>"
        front = True
        for number, block in self.blocks:
            if front and not isinstance(block, Paragraph):
                front = False
                if document.contents:
                    yield self._contents()
            yield self._block(number, block)
        yield "</main>"
        digest = f"{texts.shown(document.labels['digest'])} <code>{escape(document.digest)}</code>"
        yield f'<footer><span>{texts.shown(document.title)} {escape(document.number)}</span><span class="digest">{digest}</span></footer>'

    def _contents(self) -> str:
        lines = []
        for number, block in self.blocks:
            if isinstance(block, Heading | Exhibit):
                link = attribute(f"#{block.anchor}")
                said = f"{self._number(number, block)}{self.texts.shown(block.words)}"
                lines.append(f"<li><a href={link}>{said}</a></li>")
        heading = f'<h2 id="contents">{self.texts.shown(self.document.contents)}</h2>'
        return f'<nav aria-labelledby="contents">{heading}<ol>{"".join(lines)}</ol></nav>'

    def _number(self, number: str, block: Heading | Exhibit) -> str:
        if isinstance(block, Heading):
            return f'<span class="no">{number}</span>'
        return f'<span class="no letter">{escape(self._lettered(block.anchor, number))}</span>'

    def _lettered(self, anchor: str, letter: str) -> str:
        places = range(len(self.document.languages))
        return " ".join(reference(self.document, anchor, letter, place) for place in places)

    def _block(self, number: str, block: Block) -> str:
        texts = self.texts
        match block:
            case Heading(words=words, anchor=anchor, part=part):
                kind = f"clause{self._single(words)}{' part' if part else ''}"
                return f'<h2 class="{kind}" id={attribute(anchor)}><span class="no">{number}</span>{texts.shown(words)}</h2>'
            case Clause(words=words, anchor=anchor):
                known = f" id={attribute(anchor)}" if anchor else ""
                return f'<div class="clause{self._single(words)}"{known}><span class="no">{number}</span>{texts.shown(words, "p")}</div>'
            case Paragraph(words=words, role=role):
                return texts.shown(words, "p", role)
            case Exhibit(words=words, anchor=anchor):
                places = range(len(self.document.languages))
                numbers = [reference(self.document, anchor, number, place) for place in places]
                return f'<h2 class="exhibit" id={attribute(anchor)}>{self._titled(numbers, words)}</h2>'
            case Table():
                return self._table(block, number)
            case Signatures():
                return self._signatures(block)
            case Pictures(pictures=pictures):
                return f'<div class="pictures">{"".join(map(self._picture, pictures))}</div>'
            case _:
                assert_never(block)

    def _picture(self, picture: Picture) -> str:
        """Return a photograph with its words; the file lies in the page, and the browser turns it by what it says of itself."""
        content = base64.b64encode(picture.content).decode()
        said = attribute(self.texts.plain(picture.words))
        return (
            f'<figure><img src="data:image/{picture.format};base64,{content}" alt={said}/>'
            f"<figcaption>{self.texts.shown(picture.words)}</figcaption></figure>"
        )

    def _single(self, words: Words) -> str:
        """Return the class of words that stand in one column."""
        return " single" if len(words) == 1 or not self.beside else ""

    def _titled(self, numbers: list[str], words: Words) -> str:
        """Return a title with its number in each language: ``Exhibit A – Drawings``."""
        return "".join(
            f"<span{self.texts.lang(words, place)}>{escape(number)} \u2013 {self.texts.inlines(words[place], place)}</span>"
            for place, number in enumerate(numbers[: len(words)])
        )

    # tables; the roles keep a table one for readers who hear it, where a narrow screen lays its cells out as lines

    def _table(self, table: Table, number: str) -> str:
        if not table.rows and not table.headed:
            return ""
        total = sum(column.width for column in table.columns)
        widths = "".join(f'<col class="w{column.width * 1000 // total}"/>' for column in table.columns)
        head = ""
        if table.headed:
            cells = "".join(
                f'<th scope="col" role="columnheader"{_align(column)}>{self.texts.shown(column.words)}</th>'
                for column in table.columns
            )
            head = f'<thead role="rowgroup"><tr role="row">{cells}</tr></thead>'
        rows = "\n".join(self._row(table, row) for row in table.rows)
        kind = "table" if table.headed else "table form"
        return (
            f'<table class="{kind}" role="table">{self._caption(table, number)}<colgroup>{widths}</colgroup>'
            f'{head}<tbody role="rowgroup">{rows}</tbody></table>'
        )

    def _caption(self, table: Table, number: str) -> str:
        """Return the title with its number; of a table without one its description, for readers who cannot see it."""
        if not table.title:
            return f'<caption class="hidden">{escape(table.caption)}</caption>'
        if "table" not in self.document.references:
            return f"<caption>{self.texts.shown(table.title)}</caption>"
        places = range(len(self.document.languages))
        numbers = [reference(self.document, f"table.{table.id}", number, place) for place in places]
        anchor = attribute(f"table.{table.id}")
        return f"<caption id={anchor}>{self._titled(numbers, table.title)}</caption>"

    def _row(self, table: Table, row: Row) -> str:
        own, at, listed = set_apart(row)
        cells = []
        for place, (column, cell) in enumerate(zip(table.columns, own, strict=True)):
            label = self.texts.plain(column.words)
            said = f" data-label={attribute(label)}" if table.headed and label else ""
            if listed and place < at:
                said += ' rowspan="2"'
            if cell and _names_row(table, place, cell):
                cells.append(f'<th scope="row" role="rowheader"{said}{_align(column)}>{self._cell(cell)}</th>')
            else:
                empty = "" if cell else ' class="empty"'
                cells.append(f'<td role="cell"{said}{empty or _align(column)}>{self._cell(cell)}</td>')
        key = f" data-term={attribute(row.key)}" if row.key else ""
        if not listed:
            return f'<tr role="row"{key}>{"".join(cells)}</tr>'
        under = f'<td role="cell" colspan="{len(own) - at}">{self._cell(listed)}</td>'
        return f'<tr class="above" role="row"{key}>{"".join(cells)}</tr><tr class="list" role="row"{key}>{under}</tr>'

    def _cell(self, cell: Cell) -> str:
        out = []
        for part in cell:
            match part:
                case Line(words=words, role=role):
                    out.append(self.texts.shown(words, "div", role if role != "plain" else ""))
                case Field():
                    out.append(f"<div>{self.texts.field(part)}</div>")
                case Readings(fields=fields):
                    out.append(f'<div class="readings">{"".join(map(self._reading, fields))}</div>')
                case _:
                    assert_never(part)
        return "".join(out)

    def _reading(self, field: Field) -> str:
        label = escape(self.texts.plain(field.label))
        return f'<span class="reading"><span class="label">{label}</span>{self.texts.field(field)}</span>'

    def _signatures(self, block: Signatures) -> str:
        shown = self.texts.shown
        lines = "".join(
            f'<div class="sign"><span>{shown(line)}</span><i class="rule"></i></div>' for line in block.lines
        )
        parties = "".join(
            f"<section><h3>{shown(role)}</h3><p>{shown(name, 'span', 'name')}</p>"
            f'<div class="execute"><div>{lines}</div><div class="chop">{shown(block.chop)}</div></div></section>'
            for role, name in block.parties
        )
        return f'<div class="signatures">{parties}</div>'


def _align(column: Column) -> str:
    return ' class="right"' if column.align == "right" else ""


def _names_row(table: Table, place: int, cell: Cell) -> bool:
    """Say whether a cell names its row: the first of a table with headings, every label of a form."""
    if table.headed:
        return place == 0 and all(isinstance(part, Line) for part in cell)
    return all(isinstance(part, Line) and part.role == "strong" for part in cell)
