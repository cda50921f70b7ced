"""The amendment of a contract, and what changes in its checklist: what reads otherwise, old beside new, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from lotproof.documents.checklist import DISCLOSED as SHOWN_TO_INSPECTOR
from lotproof.documents.checklist import checklist
from lotproof.documents.contract import DISCLOSED, TABLES, contract, signatures
from lotproof.documents.nodes import (
    Block,
    Cell,
    Clause,
    Column,
    Document,
    Heading,
    Line,
    Paragraph,
    Row,
    Table,
    Words,
)
from lotproof.documents.numbering import numbers
from lotproof.documents.printed import Pair, Unit, pairs, same, shown, units
from lotproof.documents.speaking import Speaker, cell, merged
from lotproof.frozen import replace
from lotproof.orders.digests import seal
from lotproof.orders.model import Order
from lotproof.shipped import shipped
from lotproof.sources import parse_toml
from lotproof.wording.inlines import BLANK, Inline, Inlines, plain

CHANGE_FORM = "exhibit.change_form"
"""The exhibit that says how a contract is changed."""

_SHORT = 40
"""Signs that a cell may have to be set in one line with its neighbours."""

_HEADS = {"contract": ("checklist",), "checklist": ("header",)}
"""Tables that state number, revision and digest, which differ in every amendment and are stated by themselves."""


def amendment(
    old: Order, new: Order, languages: tuple[str, ...] | None = None, day: Mapping[str, str] | None = None
) -> Document:
    """
    Lay out the amendment that makes the contract of ``new`` of the contract of ``old``.

    Args:
        languages: codes of the texts of both orders; those of the newer order where None.
        day: the date of the newer order in words, per language; as ISO 8601 where None.
    """
    made = _Amendment(old, new, languages or new.header.languages, day)
    return made.document()


def checklist_changes(old: Order, new: Order, languages: tuple[str, ...] | None = None) -> Document:
    """Lay out which rows of the checklist are added, removed or changed: for the inspector, without anything commercial."""
    made = _Amendment(old, new, languages or new.header.languages)
    return made.checklist()


def changed_units(old: Document, new: Document) -> list[Pair]:
    """Return the units of two documents of one kind that do not say the same."""
    without = _HEADS[new.kind]
    found = pairs(units(old, without), units(new, without))
    return [(a, b) for a, b in found if a is None or b is None or not same(a, b)]


@cache
def _file() -> Mapping[str, Any]:
    content = (shipped("templates") / "standard" / "amendment.toml").read_bytes()
    return parse_toml(content, "amendment.toml")[0]


class _Amendment:
    def __init__(
        self, old: Order, new: Order, languages: tuple[str, ...], day: Mapping[str, str] | None = None
    ) -> None:
        self.old, self.new, self.languages, self.day = old, new, languages, day
        self.seals = seal(old), seal(new)
        self.say = Speaker(new, languages, self.seals[1])

    def document(self) -> Document:
        """Return the amendment."""
        contracts = tuple(contract(o, self.languages, s) for o, s in zip((self.old, self.new), self.seals, strict=True))
        blocks: list[Block] = [Paragraph(self.label("subtitle", **self._revisions()), "subtitle")]
        if self.new.draft or self.old.draft:
            blocks.append(Paragraph(self.say.label("draft_line"), "warning"))
        blocks += [Heading(self.label("parties"), "amendment.parties"), Clause(self._made())]
        blocks.append(self.say.table("parties", TABLES["parties"]))
        blocks += [Heading(self.label("amended"), "amendment.amended"), Clause(self.sentence("amends"))]
        form = numbers(contracts[0].blocks).get(CHANGE_FORM)
        if form:
            exhibit = {c: self.say.order.texts[c].labels["ref_exhibit"].format(form) for c in self.languages}
            blocks.append(Clause(self.sentence("form", exhibit=exhibit)))
        blocks.append(self._heads())
        blocks += [Heading(self.label("changes"), "amendment.changes"), Clause(self.sentence("rows"))]
        blocks.append(self._table("changes", changed_units(*contracts), contracts))
        blocks += self._renumbered(contracts)
        blocks += [Heading(self.label("stays"), "amendment.stays"), Clause(self.sentence("stays"))]
        blocks.append(Clause(self.sentence("checklist")))
        controlling = self.new.header.controlling
        if len(self.languages) > 1 and controlling in _file()["language"]:
            blocks.append(Clause(self.sentence("controlling", language=_file()["language"][controlling])))
        blocks.append(signatures(self.say))
        return self._laid_out(contracts[1], "amendment", "title", DISCLOSED, blocks)

    def checklist(self) -> Document:
        """Return what changes in the checklist."""
        lists = tuple(checklist(o, self.languages, s) for o, s in zip((self.old, self.new), self.seals, strict=True))
        blocks: list[Block] = [
            Paragraph(self.label("subtitle", **self._revisions()), "subtitle"),
            Paragraph(self.label("delta_note", **self._revisions(), digest=self.seals[1].digest), "body"),
        ]
        changed = changed_units(*lists)
        if changed:
            blocks.append(self._table("changes", changed, lists, kinds=True))
        else:
            blocks.append(Paragraph(self.label("delta_none"), "body"))
        frame = replace(lists[1], protected=False)
        return self._laid_out(frame, "changes", "delta_title", SHOWN_TO_INSPECTOR, blocks)

    def _laid_out(
        self, like: Document, kind: str, title: str, sections: tuple[str, ...], blocks: list[Block]
    ) -> Document:
        """Return a document with the frame of another one."""
        return replace(
            like,
            kind=kind,
            title=self.label(title),
            draft=self.new.draft or self.old.draft,
            density="normal",
            data=self.seals[1].disclosed(sections),
            blocks=tuple(blocks),
        )

    # words

    def label(self, key: str, **values: object) -> Words:
        return self._filled("label", key, values)

    def sentence(self, key: str, **values: object) -> Words:
        return self._filled("sentence", key, values)

    def _filled(self, table: str, key: str, values: Mapping[str, object]) -> Words:
        texts = _file()[table][key]
        return merged(
            tuple(
                (texts[code].format_map({n: v[code] if isinstance(v, Mapping) else v for n, v in values.items()}),)
                for code in self.languages
            )
        )

    def _revisions(self) -> dict[str, str]:
        old, new = self.old.header, self.new.header
        return {"number": new.number or BLANK, "old": old.revision or BLANK, "new": new.revision or BLANK}

    def _made(self) -> Words:
        day = self.new.header.date
        if day is None:
            return self.sentence("made_undated")
        return self.sentence("made", date=self.day or day.isoformat())

    # tables

    def _heads(self) -> Table:
        """Return what the two contracts are called and known by."""
        columns = (Column(200, ()), Column(400, self.label("before")), Column(400, self.label("after")))
        rows = []
        for key, get in _FACTS:
            cells = (
                cell(((get(order, seal_.digest),),), "id" if key == "digest" else "plain")
                for order, seal_ in self._sides()
            )
            rows.append(Row((cell(self.label(key), "strong"), *cells)))
        return Table(id="amended", caption=self._caption("amended"), columns=columns, rows=tuple(rows))

    def _sides(self) -> Iterator[tuple[Order, Any]]:
        yield from zip((self.old, self.new), self.seals, strict=True)

    def _caption(self, key: str) -> str:
        text: str = _file()["label"][key][self.languages[0]]
        return text

    def _table(
        self, name: str, changed: Sequence[Pair], documents: tuple[Document, ...], *, kinds: bool = False
    ) -> Table:
        """Return the units that do not say the same, old beside new."""
        known = [numbers(document.blocks) for document in documents]
        alike = [_alike(units(document)) for document in documents]
        columns = (
            Column(220, self.label("place")),
            *((Column(100, self.label("change")),) if kinds else ()),
            Column(340 if kinds else 390, self.label("was")),
            Column(340 if kinds else 390, self.label("becomes")),
        )
        rows = []
        for old, new in changed:
            kind = "changed" if old and new else "added" if new else "removed"
            sides = (
                self._lines(
                    unit, None if _named(old, new) & (alike[0] | alike[1]) else other, document, numbers_of, empty
                )
                for unit, other, document, numbers_of, empty in (
                    (old, new, documents[0], known[0], "new"),
                    (new, old, documents[1], known[1], "falls"),
                )
            )
            between = (cell(self.label(kind)),) if kinds else ()
            rows.append(Row((self._place(old, new, part=kinds), *between, *sides)))
        return Table(id=name, caption=self._caption(name), columns=columns, rows=tuple(rows))

    def _lines(
        self, unit: Unit | None, other: Unit | None, document: Document, known: Mapping[str, str], empty: str
    ) -> Cell:
        """Return what a unit says; of a row with a name of its own that was there before, what it says otherwise."""
        if unit is None:
            return (Line(self.label(empty), "muted"),)
        lines = list(zip(unit.heads or ((),) * len(unit.lines), unit.lines, strict=True))
        if other is not None and unit.kind == "row":
            theirs = list(zip(other.heads, other.lines, strict=True))
            lines = [line for line in lines if line not in theirs] or ([] if theirs else lines)
        out: list[Line] = []
        short: list[tuple[Words, Words]] = []
        for column, words in ((column, shown(words, document, known)) for column, words in lines):
            if column and max(len(plain(inlines)) for inlines in words) <= _SHORT:
                short.append((column, words))
                continue
            out += self._joined(short)
            short = []
            if column:
                out.append(Line(column, "muted"))
            out.append(Line(words))
        return (*out, *self._joined(short)) or (Line(self.label(empty), "muted"),)

    def _joined(self, cells: Sequence[tuple[Words, Words]]) -> list[Line]:
        """Return short cells of a row as one line, each with the heading of its column."""
        if not cells:
            return []

        def line(place: int, code: str) -> Inlines:
            colon, stop = ("：", "；") if code == "zh" else (": ", "; ")
            out: list[Inline] = []
            head: Inlines = ()
            for column, words in cells:
                said, named = _at(words, place), _at(column, place)
                out += [] if not out else [" " if named == head else stop]
                out += [*([] if named == head else [*named, colon]), *said]
                head = named
            return tuple(out)

        return [Line(merged(tuple(line(place, code) for place, code in enumerate(self.languages))))]

    def _place(self, old: Unit | None, new: Unit | None, *, part: bool) -> Cell:
        """Return where a unit stands: its number in both contracts, the heading over it, and what names its row."""
        unit = old or new
        assert unit is not None
        places = [self._number(u, part=part) for u in (old, new) if u]
        words = places[0]
        if len(places) > 1 and places[0] != places[1]:
            texts = [{c: plain(_at(p, n)) for n, c in enumerate(self.languages)} for p in places]
            words = self.label("moved_number", old=texts[0], new=texts[1])
        lines = [Line(words, "strong"), Line(unit.place[2], "muted")]
        if unit.kind == "row" and unit.lines:
            named = (new or unit).lines[0]
            lines.append(Line(named))
        return tuple(line for line in lines if line.words)

    def _number(self, unit: Unit, *, part: bool) -> Words:
        """Return the number of a unit in words; the headings of a checklist are its parts."""
        if unit.kind == "row" and unit.number:
            return self.label("row", number=unit.number)
        kind, number, _ = unit.place
        key = f"ref_{kind}"
        shown_number = unit.number if unit.kind == "clause" else number
        if not kind:
            return ()
        if part:
            return self.label("part", number=shown_number)
        return self.say.each(lambda texts: texts.labels[key].format(shown_number))

    def _renumbered(self, contracts: tuple[Document, ...]) -> list[Block]:
        """Return which clauses and rows keep their words and have another number."""
        without = _HEADS["contract"]
        moved = [
            (a, b)
            for a, b in pairs(units(contracts[0], without), units(contracts[1], without))
            if a and b and same(a, b) and a.number != b.number
        ]
        rows = [Row((cell(((old,),)), cell(((new,),)))) for old, new in _ranges(moved)]
        if not rows:
            return []
        columns = (Column(500, self.label("old_number")), Column(500, self.label("new_number")))
        return [
            Clause(self.sentence("numbers")),
            Table(id="numbers", caption=self._caption("old_number"), columns=columns, rows=tuple(rows)),
        ]


_FACTS: tuple[tuple[str, Callable[[Order, str], str]], ...] = (
    ("number", lambda order, _: order.header.number or BLANK),
    ("revision", lambda order, _: order.header.revision or BLANK),
    ("date", lambda order, _: order.header.date.isoformat() if order.header.date else BLANK),
    ("digest", lambda _, digest: digest),
)


def _at(words: Words, place: int) -> Inlines:
    """Return what words say in one language."""
    return words[place] if place < len(words) else words[0] if words else ()


def _named(*pair: Unit | None) -> set[tuple[str, str]]:
    return {(unit.part, unit.name) for unit in pair if unit}


def _alike(all_units: Sequence[Unit]) -> set[tuple[str, str]]:
    """Return the names that several rows of a table have: what such a row says otherwise does not tell which one it is."""
    counted = Counter((unit.part, unit.name) for unit in all_units if unit.kind == "row")
    return {name for name, number in counted.items() if number > 1}


def _ranges(moved: Sequence[Pair]) -> Iterator[tuple[str, str]]:
    """Yield numbers and what they become; a run of numbers as one line."""
    runs: list[list[tuple[str, str]]] = []
    for old, new in moved:
        assert old and new
        pair = (old.number, new.number)
        if runs and all(_follows(a, b) for a, b in zip(runs[-1][-1], pair, strict=True)):
            runs[-1].append(pair)
        else:
            runs.append([pair])
    for run in runs:
        first, last = run[0], run[-1]
        yield (
            (first[0], first[1]) if len(run) == 1 else (f"{first[0]} \u2013 {last[0]}", f"{first[1]} \u2013 {last[1]}")
        )


def _follows(number: str, following: str) -> bool:
    """Say whether one printed number comes right after the other: ``6.1`` after ``6`` and before ``6.2``, ``A8`` after ``A7``."""
    if "." not in number and following == f"{number}.1":
        return True
    head = number.rstrip("0123456789")
    digits = number[len(head) :]
    if not digits:
        return len(number) == len(following) == 1 and ord(following) == ord(number) + 1
    return following == f"{head}{int(digits) + 1}"
