"""A contract that somebody else wrote, taken apart once for all checks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from lotproof.audit.data import Data, data
from lotproof.audit.numbers import Citation, Date, Number, Spans, find_citations, find_dates, find_numbers
from lotproof.audit.sought import Sought
from lotproof.frozen import Frozen
from lotproof.readers.model import Passage
from lotproof.wording.folding import END, Folded, fold

_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"(?<![A-Za-z0-9-])[A-Za-z]?[a-z]{2,}(?![A-Za-z0-9])")
"""An English word, and no unit or code."""
_ALIKE = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) != "，"},
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\n\t", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63", "-"),
    **dict.fromkeys("～〜∼", "~"),
    **dict.fromkeys("‘’ʼ", "'"),
    **dict.fromkeys("“”„", '"'),
    "\u00b5": "\u03bc",
    "\u2126": "\u03a9",
    "∶": ":",
    "﹕": ":",
    "【": "[",
    "】": "]",
}
"""Signs that are written in several ways, each by one character: places stay what they are."""

_APART = {" | ": " ^ ", "\n": ";"}
"""What parts cells, and the paragraphs of a cell, for a search of words."""

_PARTIES = re.compile(
    r"(?:\b(?:tel|telephone|phone|mobile|fax|e-?mail|post ?code|zip(?: code)?|swift|iban|account(?: no\.?| number| name)?|bank(?: name| account| address)?|"
    r"(?:[a-z]{4,12} )?address|contact(?: person)?)\.?|地址|电话|传真|邮箱|开户行?|账号|帐号|联系人|联系方式|邮编)[^a-z:|\n]{0,16}[:|]"
)


class Found(Frozen):
    """Where a concept stands: characters of the text."""

    start: int
    end: int


class Unit(Frozen, kw_only=True):
    """
    What is read together: a paragraph, or a row of a table.

    Attributes:
        start, end: characters of the text.
        first, last: numbers of its passages.
        table: number of its table, 0 outside tables.
        row: number of its row.
        party: it gives an address, an account, a number to call: its numbers measure nothing.
    """

    start: int
    end: int
    first: int
    last: int
    table: int
    row: int
    party: bool


class Contract:
    """
    The text of a contract and what stands where.

    Attributes:
        passages: as they were read; comments are left out.
        text: all of them, paragraphs parted by empty lines, the cells of a row by ``|``.
        apart: the text with signs between cells that no expression runs across; as long as ``text``.
        plain: the text with every sign in one form, simplified characters, no line ends; as long as ``text``.
        lower: ``plain`` in lower case.
        starts: where each passage begins in the text.
        units: in order.
    """

    def __init__(self, passages: Sequence[Passage], known: Data | None = None) -> None:
        self.data = known or data()
        self.passages = tuple(passage for passage in passages if passage.kind != "comment")
        self.comments = tuple(passage for passage in passages if passage.kind == "comment")
        pieces: list[str] = []
        apart: list[str] = []
        self.starts: list[int] = []
        length = 0
        before: Passage | None = None
        bounds: list[tuple[int, int]] = []
        continued = _continued(self.passages)
        for number, passage in enumerate(self.passages):
            joint = _joint(before, passage, continued)
            pieces.append(joint)
            apart.append(_APART.get(joint, joint))
            length += len(joint)
            if joint in ("\n\n", ""):
                bounds.append((number, length))
            self.starts.append(length)
            pieces.append(passage.text)
            apart.append(passage.text.replace("|", "^"))
            length += len(passage.text)
            before = passage
        self.text = "".join(pieces)
        self.apart = "".join(apart)
        self.plain = self._plain()
        self._lower = self.plain.lower()
        self.lower = self._lower if len(self._lower) == len(self.plain) else self.plain
        self.units = tuple(self._units(bounds))
        self._unit_starts = [unit.start for unit in self.units]

    def passage_at(self, place: int) -> int:
        """Return the number of the passage that a character of the text stands in."""
        return max(0, bisect_right(self.starts, place) - 1)

    def unit_at(self, place: int) -> Unit:
        """Return the unit that a character of the text stands in."""
        return self.units[self.unit_number(place)]

    def unit_number(self, place: int) -> int:
        """Return the number, from 0, of the unit that a character of the text stands in."""
        return max(0, bisect_right(self._unit_starts, place) - 1)

    def sentence_at(self, place: int) -> tuple[int, int]:
        """Return where the sentence around a character begins and ends; it never leaves its unit."""
        after = bisect_right(self._ends, place)
        unit = self.unit_at(place)
        start = self._ends[after - 1] if after else 0
        end = self._ends[after] if after < len(self._ends) else len(self.text)
        return max(start, unit.start), min(end, unit.end)

    def sentences(self, unit: Unit) -> Iterator[tuple[int, int]]:
        """Yield the sentences of a unit."""
        start = unit.start
        for place in range(bisect_right(self._ends, start), len(self._ends)):
            end = self._ends[place]
            if end >= unit.end:
                break
            yield start, end
            start = end
        if start < unit.end:
            yield start, unit.end

    def all(self, concept: str) -> Sequence[Found]:
        """Return every place of a concept, in order."""
        return self._concepts.get(concept, ())

    def within(self, concept: str, start: int, end: int) -> Found | None:
        """Return the first place of a concept that begins between two characters, or None."""
        starts = self._concept_starts.get(concept, [])
        place = bisect_left(starts, start)
        return self._concepts[concept][place] if place < len(starts) and starts[place] < end else None

    def each_within(self, concept: str, start: int, end: int) -> Iterator[Found]:
        """Yield the places of a concept that begin between two characters."""
        starts = self._concept_starts.get(concept, [])
        for place in range(bisect_left(starts, start), bisect_left(starts, end)):
            yield self._concepts[concept][place]

    def any(self, *concepts: str) -> bool:
        """Say whether one of the concepts stands anywhere."""
        return any(self._concepts.get(concept) for concept in concepts)

    def each(self, wanted: Sought) -> Iterator[re.Match[str]]:
        """Yield the matches of a pattern in ``plain``, in order."""
        return wanted.each(self.plain, self._lower)

    def first(self, wanted: Sought) -> re.Match[str] | None:
        """Return the first match of a pattern in ``plain``."""
        return wanted.first(self.plain, self._lower)

    def cell_texts(self, unit: Unit) -> dict[int, str]:
        """Return the text of each column of a row."""
        columns: dict[int, str] = {}
        for number in range(unit.first, unit.last + 1):
            passage = self.passages[number]
            if passage.cell is not None:
                before = columns.get(passage.cell.column)
                columns[passage.cell.column] = f"{before}\n{passage.text}" if before else passage.text
        return columns

    @cached_property
    def is_contract(self) -> bool:
        """It has a buyer, a seller and a price or a payment: the whole of a contract, and no sheet that belongs to one."""
        return (
            self.any("buyer")
            and self.any("seller")
            and self.any("pay", "price", "deposit", "balance")
            and not self.belongs
        )

    @cached_property
    def belongs(self) -> bool:
        """It says that it belongs to a contract, so what it lacks may stand there."""
        head = self.lower[:4000]
        return bool(
            re.search(
                r"(?:checklist|sheet|report|page|summary|list)\s{1,3}(?:belongs|is part|for the buyer)|inspection checklist|"
                r"summary for the buyer|本页属于|检验清单|买方摘要|清单与|到货(?:检查|检验)?清单|arrival checklist",
                head,
            )
        )

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages in which a good part of the text is written."""
        han, latin = sum(map(len, _HAN_RUN.findall(self.text))), sum(map(len, _WORD.findall(self.text)))
        found = set()
        if han >= 3 and han * 12 > latin:
            found.add("zh")
        if latin >= 8 and latin > han * 1.2:
            found.add("en")
        return frozenset(found)

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """Standards that are named."""
        return tuple(c for c in self._named if not self.unit_at(c.start).party)

    @cached_property
    def dates(self) -> tuple[Date, ...]:
        """Days of the calendar, also those that it does not have."""
        return tuple(find_dates(self.plain))

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Numbers that measure or count: none of a standard, a date, an address, an account or a code."""
        taken = Spans([*((c.start, c.end) for c in self.citations), *((d.start, d.end) for d in self.dates)])
        return tuple(
            number
            for number in find_numbers(self.plain, self.data)
            if not taken.cover(number.start) and not self.unit_at(number.start).party
        )

    def numbers_within(self, start: int, end: int) -> tuple[Number, ...]:
        """Return the numbers that begin between two characters."""
        return self.numbers[bisect_left(self._number_starts, start) : bisect_left(self._number_starts, end)]

    def cited_within(self, start: int, end: int) -> tuple[Citation, ...]:
        """Return the standards that are named between two characters."""
        return tuple(c for c in self.named_within(start, end) if not self.unit_at(c.start).party)

    def dates_within(self, start: int, end: int) -> tuple[Date, ...]:
        """Return the days that are named between two characters."""
        return self.dates[bisect_left(self._date_starts, start) : bisect_left(self._date_starts, end)]

    @cached_property
    def _date_starts(self) -> list[int]:
        return [date.start for date in self.dates]

    def named_within(self, start: int, end: int) -> tuple[Citation, ...]:
        """Return what looks like a standard between two characters, addresses included."""
        return tuple(self._named[bisect_left(self._named_starts, start) : bisect_left(self._named_starts, end)])

    @cached_property
    def _named(self) -> list[Citation]:
        return list(find_citations(self.plain))

    @cached_property
    def _named_starts(self) -> list[int]:
        return [citation.start for citation in self._named]

    def is_reference(self, place: int) -> bool:
        """
        Say whether a character stands where a list only says what a standard is about.

        That is a row of a table whose first cell is the standard's number and nothing else, or a line that begins with it and `` ; ``.
        """
        unit = self.unit_at(place)
        if unit.table:
            start, first = unit.start, self.passages[unit.first].text
        else:
            start = self.text.rfind("\n", unit.start, place) + 1 or unit.start
            first, parted, _ = self.text[start : unit.end].partition(" ; ")
            if not parted or "\n" in first:
                return False
        cited = self.cited_within(start, start + len(first) + 1)
        return any(self.text[c.start : c.end].strip() == first.strip() for c in cited)

    @cached_property
    def _number_starts(self) -> list[int]:
        return [number.start for number in self.numbers]

    @cached_property
    def _concepts(self) -> dict[str, list[Found]]:
        known, found = self.data, dict[str, list[Found]]()
        hits = list(known.finder.find(known.vocabulary.symbols([*self._folded.tokens, END])))
        if not hits:
            return found
        starts, ends = self._places
        last = len(ends)
        for start, end, tag in hits:
            found.setdefault(known.concepts[tag], []).append(Found(starts[start], ends[min(end, last) - 1]))
        return found

    @cached_property
    def _concept_starts(self) -> dict[str, list[int]]:
        return {concept: [one.start for one in places] for concept, places in self._concepts.items()}

    @property
    def folded(self) -> Folded | None:
        """``apart``, cut into tokens, where that has been done already."""
        return self._folded if self.apart == self.text else None

    @cached_property
    def _folded(self) -> Folded:
        return fold(self.text, self.data.simplified)

    @cached_property
    def _places(self) -> tuple[Sequence[int], Sequence[int]]:
        return self._folded.places()

    @cached_property
    def _ends(self) -> list[int]:
        return [end for end, token in zip(self._places[1], self._folded.tokens, strict=True) if token == END]

    def _plain(self) -> str:
        if self.text.isascii() and "\n" not in self.text and "\t" not in self.text:
            return self.text
        table = {ord(c): _ALIKE.get(c) or self.data.simplified.get(c, c) for c in set(self.text)}
        changed = {code: form for code, form in table.items() if len(form) == 1 and form != chr(code)}
        return self.text.translate(changed) if changed else self.text

    def _units(self, bounds: Sequence[tuple[int, int]]) -> Iterator[Unit]:
        ends = [*(number for number, _ in bounds[1:]), len(self.passages)]
        for (first, start), behind in zip(bounds, ends, strict=True):
            last = behind - 1
            end = self.starts[last] + len(self.passages[last].text)
            cell = self.passages[first].cell
            yield Unit(
                start=start,
                end=end,
                first=first,
                last=last,
                table=cell.table if cell else 0,
                row=cell.row if cell else 0,
                party=_PARTIES.search(self.lower, start, min(end, start + 400)) is not None and end - start < 600,
            )


def language_of(text: str) -> str:
    """Return ``zh`` or ``en``: what most of a text is written in; empty for numbers, codes and signs alone."""
    han, latin = len(_HAN.findall(text)), sum(map(len, _WORD.findall(text)))
    if han * 3 >= latin and han:
        return "zh"
    return "en" if latin else ""


def _continued(passages: Sequence[Passage]) -> set[tuple[int, int]]:
    """Return tables and rows that go on with the row above: nothing stands in them but further lines of one cell."""
    columns: dict[tuple[int, int], set[int]] = {}
    for passage in passages:
        if passage.cell is not None:
            columns.setdefault((passage.cell.table, passage.cell.row), set()).add(passage.cell.column)
    found: set[tuple[int, int]] = set()
    for (table, row), only in sorted(columns.items()):
        above = (table, row - 1)
        if len(only) == 1 and min(only) > 1 and (above in found or len(columns.get(above, ())) > 1):
            found.add((table, row))
    return found


def _joint(before: Passage | None, passage: Passage, continued: set[tuple[int, int]]) -> str:
    """Return what parts two passages: cells of one row are read together, and so are the paragraphs of one cell."""
    if before is None:
        return ""
    if before.cell is None or passage.cell is None or before.kind != passage.kind:
        return "\n\n"
    row = (passage.cell.table, passage.cell.row)
    if (before.cell.table, before.cell.row) != row and not (before.cell.table == row[0] and row in continued):
        return "\n\n"
    return "\n" if before.cell.column == passage.cell.column else " | "
