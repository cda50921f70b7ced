"""The items of a contract as sections: headings by style and number, paragraphs with their languages beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from lotproof.frozen import Frozen
from lotproof.wordhouses.importing.items import Item

_TOP = re.compile(
    r"[0-9]{1,3}\.?|第.{1,5}[条章节]|(?:Article|Clause|Section)\s+[0-9IVX]{1,5}\.?|[一二三四五六七八九十]{1,3}|[IVX]{1,5}\.?",
    re.IGNORECASE,
)
"""The number of a section, and not of a clause under it."""
_ENDS = ".。;；,，"
_LONGEST_HEADING = 80
_STYLED = 3
"""From so many headings by style on, a number before a short text outside of tables is one of a list."""


class Section(Frozen, kw_only=True):
    """
    A section of a contract.

    Attributes:
        heading: by language; empty where the contract begins without one.
        number: as printed before it.
        paragraphs: each by language.
        place: of its heading.
    """

    heading: Mapping[str, str]
    number: str
    paragraphs: tuple[Mapping[str, Item], ...]
    place: str


class Divided(Frozen, kw_only=True):
    """Sections in order, and what belongs into none: each item with why (a word of ``house.WHY``)."""

    sections: tuple[Section, ...]
    unplaced: tuple[tuple[Item, str], ...]


def divide(items: Sequence[Item]) -> Divided:
    """Divide a contract; every item comes into a section or among those that were not placed."""
    styled = sum(item.kind == "heading" and not item.cell[0] and not item.why for item in items) >= _STYLED
    made = _Divider(numbered=any(_is_heading(item) and item.number for item in items), styled=styled)
    for table, group in groupby(items, key=lambda item: item.cell[0]):
        of_table = list(group)
        if not table or any(item.why for item in of_table):
            for item in of_table:
                made.take({item.language: item}) if not table else made.refuse(item, item.why or "table")
            continue
        rows = [list(row) for _, row in groupby(of_table, key=lambda item: item.cell[1])]
        paired = [_pairs(row) for row in rows]
        if sum(pair is not None for pair in paired) * 5 >= 3 * len(rows):
            for row, pair in zip(rows, paired, strict=True):
                for entry in pair if pair is not None else [{item.language: item} for item in row]:
                    made.take(entry, beside=True)
        else:
            for item in of_table:
                made.refuse(item, "table")
    return made.done()


class _Divider:
    def __init__(self, *, numbered: bool, styled: bool) -> None:
        self.numbered, self.styled = numbered, styled
        self.sections: list[tuple[dict[str, str], str, list[dict[str, Item]], str]] = []
        self.unplaced: list[tuple[Item, str]] = []
        self._closed = True

    def take(self, entry: Mapping[str, Item], *, beside: bool = False) -> None:
        """Take a paragraph in one language, or in two that stand ``beside`` each other."""
        first = next(iter(entry.values()))
        if first.why or not first.language or any(not item.text for item in entry.values()):
            for item in entry.values():
                self.refuse(item, item.why or "empty")
            return
        listed = self.styled and first.kind != "heading" and not first.cell[0]
        if not listed and all(map(_is_heading, entry.values())):
            self._heading(entry)
            return
        if not self.sections:
            self.sections.append(({}, "", [], first.place))
        paragraphs = self.sections[-1][2]
        if not beside and paragraphs and not self._closed and _completes(paragraphs[-1], first):
            paragraphs[-1] |= entry
            self._closed = True
        else:
            paragraphs.append(dict(entry))
            self._closed = beside and len(entry) > 1

    def refuse(self, item: Item, why: str) -> None:
        """Note an item that belongs into no section."""
        self.unplaced.append((item, why))

    def done(self) -> Divided:
        return Divided(
            sections=tuple(
                Section(heading=heading, number=number, paragraphs=tuple(paragraphs), place=place)
                for heading, number, paragraphs, place in self.sections
            ),
            unplaced=tuple(self.unplaced),
        )

    def _heading(self, entry: Mapping[str, Item]) -> None:
        first = next(iter(entry.values()))
        if not self.sections and self.numbered and not first.number:
            for item in entry.values():
                self.refuse(item, "title")
            return
        texts = {language: item.text.rstrip(" :：") for language, item in entry.items()}
        if self.sections:
            heading, number, paragraphs, _ = self.sections[-1]
            alike = not first.number or not number or first.number == number or first.number[-1:] == number[-1:]
            if heading and not paragraphs and len(heading) == 1 and not set(heading) & set(texts) and alike:
                heading.update(texts)
                return
        self.sections.append((texts, first.number, [], first.place))
        self._closed = True


def _is_heading(item: Item) -> bool:
    if not item.text or len(item.text) > _LONGEST_HEADING or item.why:
        return False
    numbered = _TOP.fullmatch(item.number) is not None
    if item.kind == "heading":
        return numbered or not item.number
    return numbered and item.text[-1] not in _ENDS and any(sign.isalpha() for sign in item.text)


def _completes(before: Mapping[str, Item], item: Item) -> bool:
    """Say whether an item is the paragraph before it in the other language."""
    if len(before) > 1 or item.language in before:
        return False
    other = next(iter(before.values()))
    return not item.number or not other.number or item.number == other.number


def _pairs(row: Sequence[Item]) -> list[dict[str, Item]] | None:
    """Return the paragraphs of a row with a language in each of two cells; None where it is another row."""
    cells: dict[int, list[Item]] = {}
    for item in row:
        cells.setdefault(item.cell[2], []).append(item)
    columns = [cell for cell in cells.values() if not all(_is_number(item) for item in cell)]
    languages = [{item.language for item in cell} for cell in columns]
    if (
        len(columns) != 2
        or any(len(one) != 1 for one in languages)
        or languages[0] == languages[1]
        or {""} in languages
    ):
        return None
    first, second = columns
    return list(_zipped(first, second))


def _zipped(first: Sequence[Item], second: Sequence[Item]) -> Iterator[dict[str, Item]]:
    for place in range(max(len(first), len(second))):
        yield {side[place].language: side[place] for side in (first, second) if place < len(side)}


def _is_number(item: Item) -> bool:
    return not any(sign.isalpha() for sign in item.text) and len(item.text) <= 8
