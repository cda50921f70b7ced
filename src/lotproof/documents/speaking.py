"""An order's texts in the languages of one document."""

from __future__ import annotations

from collections.abc import Callable

from lotproof.documents.nodes import Cell, Column, Field, Line, Row, Table, Words
from lotproof.frozen import frozen
from lotproof.orders.digests import Seal
from lotproof.orders.model import LanguageTexts, Order
from lotproof.wording.inlines import Inlines

FRAME = ("number", "draft", "page", "of", "page_end", "digest", "part")
"""Labels of headers and footers."""


def merged(words: tuple[Inlines, ...]) -> Words:
    """Return ``words`` once where every language prints the same."""
    return words[:1] if all(w == words[0] for w in words[1:]) else words


@frozen
class Speaker:
    """Says things in the languages of a document."""

    order: Order
    languages: tuple[str, ...]
    sealed: Seal

    @property
    def texts(self) -> tuple[LanguageTexts, ...]:
        """The order's texts, one per language of the document."""
        return tuple(self.order.texts[language] for language in self.languages)

    def each(self, get: Callable[[LanguageTexts], Inlines | str]) -> Words:
        """Return what ``get`` finds in each language."""
        found = [get(texts) for texts in self.texts]
        return merged(tuple((text,) if isinstance(text, str) else text for text in found))

    def label(self, key: str) -> Words:
        """Return a label."""
        return self.each(lambda texts: texts.labels[key])

    def rows(self, table: str) -> tuple[Row, ...]:
        """Return a frozen table of the order, its cells side by side in all languages."""
        return tuple(
            Row(tuple((Line(merged(cell)),) if any(cell) else () for cell in zip(*row, strict=True)))
            for row in zip(*(texts.tables[table] for texts in self.texts), strict=True)
        )

    def table(self, table: str, columns: tuple[tuple[int, str, str], ...]) -> Table:
        """Return a frozen table with headings from labels: (width, label, align)."""
        return Table(
            id=table,
            caption=self.order.texts[self.languages[0]].labels[table],
            title=self.label(table),
            columns=tuple(Column(width, self.label(key), align) for width, key, align in columns),
            rows=self.rows(table),
        )

    def field(self, tag: str, kind: str = "text", label: str = "", choices: tuple[str, ...] = ()) -> Field:
        """Return a field whose label and choices are labels of the house."""
        return Field(
            tag=short_tag(tag),
            kind=kind,
            label=self.label(label) if label else (),
            choices=tuple((choice, self.label(choice)) for choice in choices),
        )

    def reference_words(self) -> dict[str, tuple[str, ...]]:
        """Return how references read, per language."""
        return {kind: tuple(texts.labels[f"ref_{kind}"] for texts in self.texts) for kind in ("clause", "exhibit")}

    def heading_facts(self) -> tuple[str, str, str]:
        """Return contract number with revision, digest and ISO date, as headers and footers print them."""
        header = self.order.header
        number = " ".join(part for part in (header.number or "[____]", header.revision) if part)
        return number, self.sealed.digest, header.date.isoformat() if header.date else ""


def cell(words: Words, role: str = "plain") -> Cell:
    """Return a cell with one line."""
    return (Line(words, role),)


def short_tag(tag: str) -> str:
    """Return a field's tag within Word's 64 characters; a longer one keeps its start and a hash of the whole."""
    if len(tag) <= 64:
        return tag
    import hashlib

    return f"{tag[:51]}~{hashlib.sha256(tag.encode()).hexdigest()[:12]}"
