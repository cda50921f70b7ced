"""A document as the plain data that ``template.typ`` lays out: texts, numbers, widths; no markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, assert_never

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
from lotproof.documents.parts import Part, part_code, part_digests, parts
from lotproof.wording.inlines import plain
from lotproof.writers.numbered import language_tag, numbered, reference, shares
from lotproof.writers.pdf.setting import HEIGHT, POINT, WIDTH, height, setting_of
from lotproof.writers.pdf.tables import Tables
from lotproof.writers.pdf.texts import Texts
from lotproof.writers.properties import UNDATED
from lotproof.writers.qr import QUIET, SIZE, modules


def content(document: Document) -> dict[str, Any]:
    """Return the document as data."""
    return _Content(document).data()


if TYPE_CHECKING:
    from lotproof.looks.model import Look
    from lotproof.looks.palette import Palette

_COLOURS = {
    "ink": "1f2933",
    "muted": "52606d",
    "title": "1f2933",
    "heading": "1f2933",
    "shade": "eef1f4",
    "head": "1f2933",
}


def _colours(document: Document) -> dict[str, str]:
    """Return the colours of a document by what they are for."""
    if document.look is None:
        return _COLOURS
    said = _palette(document.look)
    return {name: getattr(said, name) for name in _COLOURS}


def _palette(look: Look) -> Palette:
    from lotproof.looks.palette import palette

    return palette(look)


class _Content:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.setting = setting_of(document)
        self.width = (HEIGHT if document.landscape else WIDTH) - 2 * self.setting.margin
        self.columns = shares(document)
        self.texts = Texts(document)
        self.tall = (WIDTH if document.landscape else HEIGHT) * 0.45
        self.tables = Tables(self.texts, self.setting, self.width, self.tall)
        self.numbers = iter(numbered(document.blocks))

    def data(self) -> dict[str, Any]:
        document, texts = self.document, self.texts
        title = f"{texts.plain(document.title)} {document.number}"
        year, month, day = (document.date or UNDATED).split("-")
        number = f"{texts.plain(document.labels['number'])} {document.number}"
        found = parts(document)
        return {
            "title": title,
            "titles": self._words(document.title),
            "keywords": [
                f"lotproof {document.kind}",
                f"digest {document.digest}",
                "draft" if document.draft else "final",
            ],
            "date": {"year": int(year), "month": int(month), "day": int(day)},
            "languages": [self._language(place) for place in range(len(document.languages))],
            "order": f"{number}  \u00b7  {texts.plain(document.labels['digest'])} {document.digest[:16]}",
            "page": self._pages(),
            "draft": self._words(document.labels["draft"]) if document.draft else [],
            "landscape": document.landscape,
            "body": self.setting.body,
            "small": self.setting.small,
            "before": self.setting.before,
            "inset": self.setting.inset,
            "margin": self.setting.margin,
            "colours": _colours(document),
            "centred": document.look is None or _palette(document.look).centred,
            "columns": self.columns,
            "contents": self._words(document.contents),
            "parts": [
                self._part(part, digest) for part, digest in zip(found, part_digests(document, found), strict=True)
            ],
            "data": "".join(document.data),
        }

    def _language(self, place: int) -> dict[str, Any]:
        language, _, region = language_tag(self.document.languages[place]).partition("-")
        return {"lang": language} | ({"region": region} if region else {})

    def _pages(self) -> list[Any]:
        """Return how a page is counted, by language: before its number, between the two, after the last."""
        found = []
        for place in range(len(self.document.languages)):
            page, of, end = (self._in(self.document.labels[key], place) for key in ("page", "of", "page_end"))
            gap = "\u00a0" if page.isascii() else ""
            found.append([place, page + gap, gap + of + gap, end])
        return found

    @staticmethod
    def _in(words: Words, place: int) -> str:
        return plain(words[place] if place < len(words) else words[0])

    def _words(self, words: Words) -> list[Any]:
        """Return words that stand alone, or in the columns of their languages."""
        columns = self.columns if len(words) > 1 and self.columns else [1]
        return self.texts.words(words, (self.width - 20) * min(columns) / sum(columns))

    def _part(self, part: Part, digest: str) -> dict[str, Any]:
        """Return a part: its blocks, and what its footers say and show, which are those of the Word file."""
        code = part_code(self.document, part, digest)
        following = (*part.blocks, None)[1:]
        blocks = [self._block(*next(self.numbers), after) for after in following]
        front = next((i for i, block in enumerate(part.blocks) if not isinstance(block, Paragraph)), len(part.blocks))
        return {
            "name": f"{self.texts.plain(part.name)}  \u00b7  {self.texts.plain(self.document.labels['part'])} {digest}",
            "code": _picture(code),
            "said": f"QR code: {code}",
            "front": front if part.place == 1 and self.document.contents else 0,
            "blocks": blocks,
        }

    def _block(self, number: str, block: Block, after: Block | None) -> dict[str, Any]:
        keep = isinstance(after, Signatures | Table)
        match block:
            case Heading(words=words, anchor=anchor):
                plain_title = f"{number} {self.texts.plain(words)}"
                return {
                    "kind": "heading",
                    "number": number,
                    "anchor": anchor,
                    "words": self._words(words),
                    "plain": plain_title,
                }
            case Clause(words=words, anchor=anchor):
                breaks = self._clause_height(words) * POINT > self.tall
                return {
                    "kind": "clause",
                    "number": number,
                    "anchor": anchor,
                    "words": self._words(words),
                    "breaks": breaks,
                    "keep": keep,
                }
            case Paragraph(words=words, role=role):
                return {"kind": "paragraph", "role": role, "words": self._words(words), "keep": keep or role == "note"}
            case Exhibit(words=words, anchor=anchor):
                lettered = self._lettered(anchor, number)
                plain_title = f"{' '.join(said for _, said in lettered)} \u2013 {self.texts.plain(words)}"
                return {
                    "kind": "exhibit",
                    "first": number == "A",
                    "lettered": lettered,
                    "anchor": anchor,
                    "words": self._words(words),
                    "plain": plain_title,
                }
            case Table(id=name):
                titled = "table" in self.document.references and block.title
                lettered = self._lettered(f"table.{name}", number) if titled else []
                signed = isinstance(after, Signatures)
                return self.tables.table(block) | {
                    "lettered": lettered,
                    "title": self._words(block.title),
                    "keep": signed,
                }
            case Signatures():
                return {
                    "kind": "signatures",
                    "parties": [
                        [self._words(role), self._words(name) if any(name) else []] for role, name in block.parties
                    ],
                    "lines": [self._words(line) for line in block.lines],
                    "chop": self._words(block.chop),
                }
            case Pictures(pictures=pictures):  # what they show and their names: nothing that is printed as PDF has any
                said = tuple(i for picture in pictures for i in (*picture.words[0], "  "))
                return {"kind": "paragraph", "role": "note", "words": self._words((said,)), "keep": keep}
            case _:
                assert_never(block)

    def _lettered(self, target: str, number: str) -> list[Any]:
        places = range(len(self.document.languages))
        return [[place, reference(self.document, target, number, place).replace(" ", "\u00a0")] for place in places]

    def _clause_height(self, words: Words) -> float:
        columns = self.columns if len(words) > 1 else [1]
        widths = (self.width * column / sum(columns) for column in columns)
        return max(
            height(plain(inlines), width, self.setting.body) for inlines, width in zip(words, widths, strict=True)
        )


def _picture(code: str) -> str:
    """Return a QR code as SVG: a rectangle for each run of dark modules."""
    side = SIZE + 2 * QUIET
    runs = []
    for y, row in enumerate(modules(code), QUIET):
        for run in _DARK.finditer(row):
            runs.append(f"M{run.start() + QUIET} {y}h{run.end() - run.start()}v1h-{run.end() - run.start()}z")
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{"".join(runs)}"/></svg>'


_DARK = re.compile("1+")
