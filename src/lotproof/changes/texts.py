"""Changes of sentences: what is printed differently without following from a change of the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lotproof.changes.aligning import Piece, align
from lotproof.changes.leaves import below
from lotproof.changes.ledger import Ledger
from lotproof.changes.model import Change, Direction, Kind, Texts
from lotproof.changes.saying import NOTHING, phrase
from lotproof.frozen import Frozen
from lotproof.orders.model import LanguageTexts, ParagraphText, ProvisionText, TermText
from lotproof.wording.inlines import Blank, Inline, Inlines, Value, plain

Languages = Mapping[str, LanguageTexts]
Spoken = Mapping[str, Inlines]
"""One sentence in each language."""

_FOLLOW: Mapping[str, tuple[str, ...]] = {
    "parties": ("parties",),
    "goods": ("goods",),
    "drawings": ("goods",),
    "prices": ("commercial", "goods"),
    "sampling": ("inspection",),
    "plan": ("inspection", "goods"),
    "shares": ("inspection", "goods"),
    "neighbours": ("inspection", "goods"),
    "summary": ("commercial", "inspection", "evidence", "spec", "goods", "header"),
}
"""The sections of data that each table prints; the tables of standards and defects print the catalogue's words and are compared row by row."""


def text_changes(
    ledger: Ledger,
    old: Languages,
    new: Languages,
    terms: Sequence[tuple[str, str]],
    defects: tuple[Sequence[str], Sequence[str]],
) -> None:
    """
    Note the sentences that differ, in the languages that both orders have; call it last.

    Args:
        terms: ids of the terms that belong together, as :func:`lotproof.changes.terms.pairs` finds them.
        defects: ids of the defects of each order, in the order of their rows.
    """
    codes = [code for code in ledger.voice.languages if code in old and code in new]
    if not codes:
        return
    said = _Said(ledger, {c: old[c] for c in codes}, {c: new[c] for c in codes})
    said.terms(terms)
    said.provisions("provisions")
    said.provisions("exhibits")
    said.defects(defects)
    said.standards()
    said.tables()
    said.labels()


class _Printed(Frozen):
    """What a provision prints in all languages: its paragraphs, each in every language."""

    texts: Mapping[str, ProvisionText]

    @property
    def paragraphs(self) -> list[Mapping[str, ParagraphText]]:
        return [
            dict(zip(self.texts, row, strict=True))
            for row in zip(*(t.paragraphs for t in self.texts.values()), strict=True)
        ]


class _Said:
    def __init__(self, ledger: Ledger, old: Languages, new: Languages) -> None:
        self.ledger, self.old, self.new = ledger, old, new
        self.meant: tuple[Change, ...] = tuple(ledger.changes)
        self.headings = [
            {c: {p.id: p.heading for p in (*t.provisions, *t.exhibits)} for c, t in side.items()} for side in (old, new)
        ]

    # sentences

    def plain(self, spoken: Spoken, side: int) -> Texts:
        """Return a sentence as people read it; a reference names the heading of its target."""
        shown = {code: plain(words, self.headings[side][code]) for code, words in spoken.items()}
        first = next(iter(shown.values()))
        return {code: shown.get(code, first) for code in self.ledger.voice.languages}

    def differs(self, old: Spoken, new: Spoken, *, follows: bool) -> bool:
        """
        Say whether a sentence has to be noted: its words differ, or its values do and nothing else says so.

        Args:
            follows: a change of the data is known that its values follow from.
        """
        if old == new:
            return False
        if any(_frame(old[code]) != _frame(new[code]) for code in old):
            return True
        return not follows and not all(self._told(code, old[code], new[code]) for code in old)

    def _told(self, code: str, old: Inlines, new: Inlines) -> bool:
        """Say whether each value that differs stands in a change that was noted."""
        for before, after in zip(_values(old), _values(new), strict=True):
            if before != after and not any(_tells(change, code, before, after) for change in self.meant):
                return False
        return True

    def add(self, kind: Kind, where: str, title: Texts, pair: Sequence[Spoken | None], *names: str) -> None:
        """Note a sentence, old and new: its words are those that are printed."""
        words = (NOTHING if s is None else self.plain(s, side) for side, s in enumerate(pair))
        direction = Direction.NEITHER if kind is Kind.WORDING else Direction.UNKNOWN
        place = "texts"
        for name in (where, *names):
            place = below(place, name)
        self.ledger.add(kind, where, title, words, [place], direction, raw=(pair[0], pair[1]))

    # terms

    def terms(self, terms: Sequence[tuple[str, str]]) -> None:
        for before, after in terms:
            old = {code: t.terms[before] for code, t in self.old.items()}
            new = {code: t.terms[after] for code, t in self.new.items()}
            follows = bool({before, after} & self.ledger.touched)
            title: Texts = {code: text.title for code, text in new.items()}
            title = {code: title.get(code, next(iter(title.values()))) for code in self.ledger.voice.languages}
            for name in ("title", "method", "instrument", "duty", "action", "required", "defect_class"):
                pair = [{code: _inlines(getattr(t, name)) for code, t in side.items()} for side in (old, new)]
                own = name not in ("required", "defect_class")  # these are made of data and of the catalogue's phrases
                if self.differs(*pair, follows=follows) if own else not follows and pair[0] != pair[1]:
                    kind = {"method": Kind.METHOD, "instrument": Kind.INSTRUMENT}.get(name, Kind.WORDING)
                    self.add(kind, max(before, after, key=len), self._named(title, name), pair, name)
            if not follows:
                self._rows(max(before, after, key=len), title, old, new)

    def _rows(self, where: str, title: Texts, old: Mapping[str, TermText], new: Mapping[str, TermText]) -> None:
        """Note samples, rules and rows of a table that are said otherwise while the data is the same."""
        for name in ("entries", "samples", "rules"):
            pair = [
                {c: tuple(v for row in getattr(t, name) for v in (*_inlines(row), " ")) for c, t in s.items()}
                for s in (old, new)
            ]
            if pair[0] != pair[1]:
                key = "entry" if name == "entries" else "sample"
                self.add(Kind.WORDING, where, self._named(title, key), pair, name)

    def _named(self, title: Texts, name: str, **values: object) -> Texts:
        condition = phrase(
            "title", "document_title" if name == "title" else "class" if name == "defect_class" else name
        )
        shown = {code: text.format(**values) for code, text in condition.items()}
        return self.ledger.voice.sentence("condition", title=title, condition=shown)

    # provisions and exhibits

    def provisions(self, which: str) -> None:
        old, new = (
            {p.id: _printed(side, which, p.id) for p in getattr(next(iter(side.values())), which)}
            for side in (self.old, self.new)
        )
        for name in dict.fromkeys((*old, *new)):
            before, after = old.get(name), new.get(name)
            if before is None or after is None:
                self._whole(name, before, after)
            elif before != after:
                self._provision(name, before, after)

    def _whole(self, name: str, old: _Printed | None, new: _Printed | None) -> None:
        either = new or old
        assert either is not None
        kind = Kind.PROVISION_ADDED if old is None else Kind.PROVISION_REMOVED
        pair = [None if p is None else {c: _all(p, c) for c in p.texts} for p in (old, new)]
        self.add(kind, name, self._heading(either), pair)

    def _provision(self, name: str, old: _Printed, new: _Printed) -> None:
        title = self._heading(new)
        heads = [{code: (text.heading,) for code, text in p.texts.items()} for p in (old, new)]
        if heads[0] != heads[1]:
            self.add(Kind.WORDING, name, self._named(title, "heading"), heads, "heading")
        for place, before, after in _aligned(old.paragraphs, new.paragraphs):
            pair = [None if p is None else {c: t.words for c, t in p.items()} for p in (before, after)]
            named = self._named(title, "paragraph", n=place)
            if pair[0] is None or pair[1] is None or self.differs(pair[0], pair[1], follows=False):
                self.add(Kind.WORDING, name, named, pair, str(place))
            elif before and after and _profiles(before) != _profiles(after):
                printed = [{code: (", ".join(_profiles(p)),) for code in old.texts} for p in (before, after)]
                self.add(Kind.WORDING, name, self._named(title, "profiles"), printed, str(place), "profiles")
        for key, parts in (
            ("profiles", lambda t: t.profiles),
            ("table", lambda t: t.tables),
            ("slot", lambda t: tuple(f"{s.label} ({s.kind})" for s in t.slots)),
        ):
            pair = [{code: ("; ".join(parts(text)),) for code, text in p.texts.items()} for p in (old, new)]
            if pair[0] != pair[1]:
                self.add(Kind.WORDING, name, self._named(title, key), pair, key)

    def _heading(self, printed: _Printed) -> Texts:
        heading = {code: text.heading for code, text in printed.texts.items()}
        return {code: heading.get(code, next(iter(heading.values()))) for code in self.ledger.voice.languages}

    # tables and labels

    def defects(self, ids: tuple[Sequence[str], Sequence[str]]) -> None:
        """Note names and borders of defects that are in both lists; rows follow the lists."""
        old, new = (self._by(side, "defects", names) for side, names in zip((self.old, self.new), ids, strict=True))
        moved = {change.where for change in self.meant if change.kind is Kind.CLASS}
        for name in old:
            if name not in new:
                continue
            for column in (1, 2):
                pair = [{c: rows[column] for c, rows in side[name].items()} for side in (old, new)]
                if column == 2 and name in moved:  # the border says from where it was moved
                    pair = [{c: words[:1] for c, words in spoken.items()} for spoken in pair]
                if pair[0] != pair[1]:
                    kind = Kind.WORDING if column == 1 else Kind.BORDER
                    self.add(kind, name, self.ledger.voice.defect(name), pair, str(column))

    def standards(self) -> None:
        """Note what is said otherwise of a standard that both orders cite."""
        old, new = (
            self._by(side, "standards", [plain(row[0]) for row in next(iter(side.values())).tables["standards"]])
            for side in (self.old, self.new)
        )
        for name in old:
            if name in new and old[name] != new[name]:
                pair = [{c: _row(rows) for c, rows in side[name].items()} for side in (old, new)]
                self.add(Kind.WORDING, name, dict.fromkeys(self.ledger.voice.languages, name), pair, "standards")

    def _by(self, side: Languages, table: str, names: Sequence[str]) -> dict[str, dict[str, tuple[Inlines, ...]]]:
        return {
            name: {code: text.tables[table][place] for code, text in side.items()} for place, name in enumerate(names)
        }

    def tables(self) -> None:
        """Note the other tables that differ though no data that they print does."""
        changed = {cover.partition("/")[0] for change in self.meant for cover in change.covers}
        for name in dict.fromkeys((*next(iter(self.old.values())).tables, *next(iter(self.new.values())).tables)):
            if name in ("defects", "standards") or changed & set(_FOLLOW.get(name, ())):
                continue
            pair = [{c: _rows(t.tables.get(name, ())) for c, t in side.items()} for side in (self.old, self.new)]
            if pair[0] != pair[1]:
                title = self._named(dict.fromkeys(self.ledger.voice.languages, name), "table")
                self.add(Kind.WORDING, f"tables.{name}", title, pair)

    def labels(self) -> None:
        """Note labels and titles of the house and the category."""
        sides = [
            {code: {**t.labels, "languages": t.name, "title_of_goods": t.title} for code, t in side.items()}
            for side in (self.old, self.new)
        ]
        keys = dict.fromkeys(key for side in sides for labels in side.values() for key in labels)
        for key in keys:
            pair = [
                {code: (labels[key],) for code, labels in side.items()}
                if all(key in labels for labels in side.values())
                else None
                for side in sides
            ]
            if pair[0] != pair[1]:
                title = self._named(dict.fromkeys(self.ledger.voice.languages, key), "labels")
                self.add(Kind.WORDING, f"labels.{key}", title, pair)


def _printed(side: Languages, which: str, name: str) -> _Printed:
    return _Printed({code: next(p for p in getattr(t, which) if p.id == name) for code, t in side.items()})


def _profiles(paragraph: Mapping[str, ParagraphText]) -> tuple[str, ...]:
    return next(iter(paragraph.values())).profiles


def _all(printed: _Printed, code: str) -> Inlines:
    """Return a whole provision as one text."""
    words: list[Inline] = [printed.texts[code].heading]
    for paragraph in printed.texts[code].paragraphs:
        words += [" ", *paragraph.words]
    words += [f" {slot.label}" for slot in printed.texts[code].slots]
    return tuple(words)


def _aligned(old: list[Any], new: list[Any]) -> Iterator[tuple[int, Any, Any]]:
    """Yield paragraphs side by side with the place from 1 of the newer one, else of the older one; None where one has no partner."""
    pieces = [[_piece(paragraph) for paragraph in side] for side in (old, new)]
    if [p.key for p in pieces[0]] <= [p.key for p in pieces[1]]:  # the same pairs, whichever order is the newer one
        matches = align(pieces[0], pieces[1])
    else:
        matches = [(i, j) for j, i in align(pieces[1], pieces[0])]
    for i, j in matches:
        yield (i or 0 if j is None else j) + 1, None if i is None else old[i], None if j is None else new[j]


def _piece(paragraph: Mapping[str, ParagraphText]) -> Piece:
    text = "\n".join(plain(text.words) for text in paragraph.values())
    return Piece(key=repr(sorted((code, repr(text.words)) for code, text in paragraph.items())), kind="", text=text)


def _inlines(value: Any) -> Inlines:
    return value if isinstance(value, tuple) else (value,)


def _frame(words: Inlines) -> tuple[object, ...]:
    """Return what a sentence says apart from its values."""
    return tuple(None if isinstance(inline, Value | Blank) else inline for inline in words)


def _values(words: Inlines) -> list[str]:
    return [plain((inline,)) for inline in words if isinstance(inline, Value | Blank)]


def _tells(change: Change, code: str, before: str, after: str) -> bool:
    """Say whether a change shows both values, each alone or as part of what it shows."""
    shown = change.was.get(code, ""), change.becomes.get(code, "")
    return all(a and (a in b or b in a) for a, b in zip(shown, (before, after), strict=True))


def _row(cells: Sequence[Inlines]) -> Inlines:
    return tuple(inline for cell in cells for inline in (*cell, " "))


def _rows(rows: Sequence[Sequence[Inlines]]) -> Inlines:
    return tuple(inline for row in rows for inline in (*_row(row), " | "))
