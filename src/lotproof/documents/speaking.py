"""An order's texts in the languages of one document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lotproof.documents.nodes import Cell, Column, Field, Line, Row, Table, Words
from lotproof.frozen import replace
from lotproof.orders.digests import Pieces, Seal, seal
from lotproof.orders.inside import Printed, Share, carried
from lotproof.orders.model import LanguageTexts, Order
from lotproof.records.rows import short_tag
from lotproof.version import VERSION
from lotproof.wording.inlines import Inlines

FRAME = ("number", "draft", "page", "of", "page_end", "digest", "part")
"""Labels of headers and footers."""
TOOL = f"lotproof {VERSION}"
"""What documents say of the program that printed them."""


def merged(words: tuple[Inlines, ...]) -> Words:
    """Return ``words`` once where every language prints the same."""
    return words[:1] if all(w == words[0] for w in words[1:]) else words


class Speaker:
    """
    Says things in the languages of a document, and notes which labels it said: the document carries those and no others.

    Args:
        sealed: the order's digests, where they are at hand.
    """

    def __init__(self, order: Order, languages: tuple[str, ...] | None = None, sealed: Seal | None = None) -> None:
        self.order = order
        self.languages = languages or order.header.languages
        self.sealed = sealed or seal(order)
        self._said: set[str] = set()
        self.texts: tuple[LanguageTexts, ...] = tuple(
            replace(texts, labels=_Labels(texts.labels, self._said))
            for texts in (order.texts[language] for language in self.languages)
        )
        """The order's texts, one per language of the document."""

    def carried(self, kind: str, share: Share, profile: str = "", page: str = "") -> Pieces:
        """
        Return what the document carries of the order, once everything in it has been said.

        Args:
            page: see :class:`~lotproof.orders.inside.Printed`.
        """
        printed = Printed(
            kind=kind, languages=self.languages, profile=profile, tool=TOOL, look=self.order.look, page=page
        )
        controlling = self.order.header.controlling if share.provisions or page else ""
        return carried(self.sealed, printed, share, self._said, controlling)

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
            caption=self.texts[0].labels[table],
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


class _Labels(Mapping[str, str]):
    """Labels of one language; notes each key that is read."""

    def __init__(self, labels: Mapping[str, str], said: set[str]) -> None:
        self._labels, self._said = labels, said

    def __getitem__(self, key: str) -> str:
        found = self._labels[key]
        self._said.add(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def __len__(self) -> int:
        return len(self._labels)
