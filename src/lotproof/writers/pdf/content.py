"""A document as the plain data that ``template.typ`` lays out: texts, numbers, widths; no markup."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from typing import Any, assert_never

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
    Part,
    Readings,
    Row,
    Signatures,
    Table,
    Words,
)
from lotproof.documents.numbering import numbers
from lotproof.frozen import frozen
from lotproof.wording.inlines import Blank, Inlines, Ref, Value, plain
from lotproof.writers.numbered import is_wide, language_tag, numbered, reference, shares, with_contents
from lotproof.writers.properties import UNDATED


@frozen(kw_only=True)
class Setting:
    """
    How close a document is set.

    Attributes:
        body, small: type of the text and of tables, in points.
        before: space before a heading, in points.
        inset: space above and under the text of a cell, in points.
        margin: at the sides of the page, in millimetres.
        field: height of an empty field, in millimetres.
    """

    body: float
    small: float
    before: float
    inset: float
    margin: float
    field: float


SETTINGS = {
    "normal": Setting(body=10, small=8.5, before=13, inset=3, margin=20, field=6),
    "form": Setting(body=9, small=8, before=11, inset=3, margin=14, field=8),
    "short": Setting(body=9, small=8, before=8, inset=2.5, margin=17, field=6),
}
"""By :attr:`lotproof.documents.nodes.Document.density`."""

WIDTH, HEIGHT = 210.0, 297.0
"""A4, in millimetres."""

BOX = 13.0
"""Least width of the box for one reading, in millimetres."""

_POINT = 25.4 / 72
_EM = 0.5
"""Mean width of a narrow character, in ems; a wide one has one em."""


def content(document: Document, fonts: Iterable[Any]) -> dict[str, Any]:
    """
    Return the document as data.

    Args:
        fonts: for each language of the document, the font families in the order in which they are tried.
    """
    return _Content(document, tuple(fonts)).data()


class _Content:
    def __init__(self, document: Document, fonts: tuple[Any, ...]) -> None:
        self.document = document
        self.setting = SETTINGS[document.density]
        self.fonts = fonts
        self.numbers = numbers(document.blocks)
        self.width = (HEIGHT if document.landscape else WIDTH) - 2 * self.setting.margin
        self.height = (WIDTH if document.landscape else HEIGHT) - 45
        self.shared_wide = next((k for k, tag in enumerate(document.languages) if tag == "zh"), 0)
        self.columns = shares(document)

    def data(self) -> dict[str, Any]:
        document = self.document
        blocks = []
        following = (*document.blocks[1:], None)
        for (number, block), after in zip(numbered(document.blocks), following, strict=True):
            blocks.append(self._block(number, block, after))
        kinds = [block["kind"] for block in blocks]
        for place, block in enumerate(blocks):
            if block["kind"] == "exhibit":
                block["first"] = "exhibit" not in kinds[:place]
        title = f"{self._plain(document.title)} {document.number}"
        digest = f"{self._plain(document.labels['digest'])} {document.digest[:16]}"
        year, month, day = (document.date or UNDATED).split("-")
        return {
            "title": title,
            "titles": self._words(document.title),
            "running": title,
            "keywords": [f"lotproof.kind {document.kind}", f"lotproof.digest {document.digest}"],
            "date": {"year": int(year), "month": int(month), "day": int(day)},
            "languages": [self._language(place) for place in range(len(document.languages))],
            "digest": digest,
            "page": self._pages(),
            "draft": self._words(document.labels["draft"]) if document.draft else [],
            "landscape": document.landscape,
            "body": self.setting.body,
            "small": self.setting.small,
            "before": self.setting.before,
            "inset": self.setting.inset,
            "margin": self.setting.margin,
            "columns": self.columns,
            "contents": with_contents(document),
            "front": next((k for k, kind in enumerate(kinds) if kind != "paragraph"), len(kinds)),
            "blocks": blocks,
            "data": document.data,
        }

    def _language(self, place: int) -> dict[str, Any]:
        language, _, region = language_tag(self.document.languages[place]).partition("-")
        return {"lang": language, "region": region or None, "font": self.fonts[place]}

    def _pages(self) -> list[Any]:
        """Return how a page is counted: language, before the number, between, after."""
        found = []
        for place in range(len(self.document.languages)):
            page, of, end = (self._in(self.document.labels[key], place) for key in ("page", "of", "page_end"))
            gap = " " if page.isascii() else ""
            found.append([place, page + gap, gap + of + gap, end])
        return found

    @staticmethod
    def _in(words: Words, place: int) -> str:
        return plain(words[place] if place < len(words) else words[0])

    @staticmethod
    def _plain(words: Words) -> str:
        return " ".join(plain(inlines) for inlines in words)

    # text

    def _words(self, words: Words, width: float = 0) -> list[Any]:
        """Return words as pairs of language and text; a word longer than ``width`` (mm) may break anywhere."""
        room = int((width or self.width) / (self.setting.body * _EM * _POINT))
        return [[self._place(words, place), self._inlines(words[place], place, room)] for place in range(len(words))]

    def _place(self, words: Words, place: int) -> int:
        if len(words) > 1:
            return place
        return self.shared_wide if is_wide(plain(words[0])) else 0

    def _inlines(self, inlines: Inlines, place: int, room: int) -> Any:
        """Return inlines as text, or as a list of texts, blanks, links and words that may break."""
        found: list[Any] = []
        for inline in inlines:
            match inline:
                case str() | Value():
                    found.append(inline if isinstance(inline, str) else inline.text)
                case Blank():
                    found.append(["blank"])
                case Ref(target):
                    found.append(["link", target, reference(self.document, target, self.numbers[target], place)])
                case _:
                    assert_never(inline)
        if all(isinstance(one, str) for one in found):
            text = "".join(found)
            return text if len(text) <= room else _broken([text], room)
        return _broken(found, room)

    # blocks

    def _block(self, number: str, block: Block, after: Block | None) -> dict[str, Any]:
        keep = isinstance(after, Signatures)
        match block:
            case Heading(words=words, anchor=anchor):
                said = f"{number} {self._plain(words)}"
                return {"kind": "heading", "number": number, "anchor": anchor, "words": self._words(words), "plain": said, "first": False}
            case Clause(words=words, anchor=anchor):
                breaks = self._clause_height(words) > 8 * self.setting.body
                return {"kind": "clause", "number": number, "anchor": anchor, "words": self._words(words), "breaks": breaks, "keep": keep}
            case Paragraph(words=words, role=role):
                return {"kind": "paragraph", "role": role, "words": self._words(words), "keep": keep or role == "note"}
            case Exhibit(words=words, anchor=anchor):
                lettered = [[place, reference(self.document, anchor, number, place)] for place in range(len(self.document.languages))]
                said = f"{' '.join(text for _, text in lettered)} \u2013 {self._plain(words)}"
                return {"kind": "exhibit", "anchor": anchor, "lettered": lettered, "words": self._words(words), "plain": said}
            case Table():
                return self._table(block)
            case Signatures():
                return {
                    "kind": "signatures",
                    "parties": [[self._words(role), self._words(name) if any(name) else []] for role, name in block.parties],
                    "lines": [self._words(line) for line in block.lines],
                    "chop": self._words(block.chop),
                }
            case _:
                assert_never(block)

    def _clause_height(self, words: Words) -> float:
        shared = self.columns if len(words) > 1 else [1]
        return max(
            self._height(plain(words[place]), self.width * share / sum(shared), self.setting.body)
            for place, share in enumerate(shared)
        )

    @staticmethod
    def _height(text: str, width: float, size: float) -> float:
        """Return about how high a text stands, in points, at a width in millimetres."""
        ems = sum(1 if is_wide(c) else _EM for c in text)
        return math.ceil(ems * size * _POINT * 1.1 / width) * size * 1.3

    # tables

    def _table(self, table: Table) -> dict[str, Any]:
        total = sum(column.width for column in table.columns)
        widths = [self.width * column.width / total - 3 for column in table.columns]
        return {
            "kind": "table",
            "id": table.id,
            "head": [self._words(c.words, w) for c, w in zip(table.columns, widths, strict=True)] if table.headed else [],
            "widths": [column.width for column in table.columns],
            "align": [column.align for column in table.columns],
            "boxed": any(not isinstance(part, Line) for row in table.rows for cell in row.cells for part in cell),
            "rows": [self._row(row, widths) for row in table.rows],
        }

    def _row(self, row: Row, widths: list[float]) -> dict[str, Any]:
        heights = [sum(self._part_height(part, width) for part in cell) for cell, width in zip(row.cells, widths, strict=True)]
        return {
            "cells": [self._cell(cell, width) for cell, width in zip(row.cells, widths, strict=True)],
            "breaks": max(heights) * _POINT > self.height / 2,
        }

    def _cell(self, cell: Cell, width: float) -> list[Any]:
        return [self._part(part, width) for part in cell]

    def _part(self, part: Part, width: float) -> list[Any]:
        match part:
            case Line(words=words, role=role):
                return [role, self._words(words, width)]
            case Field():
                return self._field(part)
            case Readings(fields=fields):
                if len(fields) == 1 and not _short(fields):
                    return self._field(fields[0])
                if _short(fields):
                    across = min(len(fields), max(1, int(width / BOX)))
                    return ["readings", ["small", max(across, min(4, int(width / BOX))), [self._plain(f.label) for f in fields]]]
                return ["readings", ["named", 1, [self._words(f.label) for f in fields]]]
            case _:
                assert_never(part)

    def _field(self, field: Field) -> list[Any]:
        if field.choices:
            return ["choice", [self._words(words) for _, words in field.choices]]
        return ["field", self.setting.field]

    def _part_height(self, part: Part, width: float) -> float:
        match part:
            case Line(words=words):
                return sum(self._height(plain(inlines), width, self.setting.small) for inlines in words)
            case Field(choices=choices):
                return max(self.setting.field / _POINT, len(choices) * 2 * self.setting.small)
            case Readings(fields=fields):
                across = max(1, int(width / BOX)) if _short(fields) else 1
                return math.ceil(len(fields) / across) * 9.2 / _POINT
            case _:
                assert_never(part)


def _short(fields: tuple[Field, ...]) -> bool:
    """Say whether the places are told apart by a number alone."""
    return all(len(field.label) == 1 and len(plain(field.label[0])) <= 3 for field in fields)


def _broken(inlines: list[Any], room: int) -> Any:
    """Return inlines in which no word is too long for its line."""
    found: list[Any] = []
    for inline in inlines:
        if not isinstance(inline, str):
            found.append(inline)
            continue
        for piece in _WORD.split(inline):
            long = len(piece) > room and not is_wide(piece) and " " not in piece
            if long:
                found.append(["long", *piece])
            elif piece:
                found.append(piece)
    return found[0] if len(found) == 1 and isinstance(found[0], str) else found


_WORD = re.compile(r"(\s+)")


def as_json(data: Any) -> str:
    """Return data as JSON for the template."""
    return json.dumps(data, ensure_ascii=False)
