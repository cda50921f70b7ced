"""Changes of the specification: terms, their requirements, how they are tested, and the list of defects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from lotproof.catalog.model import CLASSES
from lotproof.changes.leaves import below, differ
from lotproof.changes.ledger import Ledger
from lotproof.changes.model import Direction, Kind, Texts
from lotproof.changes.plans import note_followers, sample_changes
from lotproof.changes.saying import NOTHING, phrase
from lotproof.changes.strictness import compare
from lotproof.frozen import fields
from lotproof.orders.model import AgreedDefect, Lot, Spec, Term
from lotproof.requirements import (
    AtLeast,
    AtMost,
    Conforms,
    Count,
    Documented,
    Entry,
    Matches,
    OneOf,
    PerKey,
    Requirement,
    Shares,
    Within,
)

Pair = tuple[Term | None, Term | None]
Covers = Callable[..., list[str]]
"""Gives the places of an attribute of a term, in both orders."""


def spec_changes(ledger: Ledger, old: Spec, new: Spec, lots: tuple[Sequence[Lot], Sequence[Lot]]) -> None:
    """Note what differs between two specifications; ``lots`` are those of both orders, none where they are not shown."""
    for before, after in pairs(old.terms, new.terms):
        ledger.rank = _rank(before or after)
        if before is not None and after is not None:
            _changed(ledger, before, after, lots)
            note_followers(ledger, (before, after), lots)
        elif after is not None:
            ledger.add(
                Kind.TERM_ADDED,
                after.id,
                _title(ledger, after),
                (NOTHING, ledger.voice.requirement(after.requirement)),
                [_place(after)],
                Direction.TIGHTENED,
            )
        elif before is not None:
            ledger.add(
                Kind.TERM_REMOVED,
                before.id,
                _title(ledger, before),
                (ledger.voice.requirement(before.requirement), NOTHING),
                [_place(before)],
                Direction.LOOSENED,
            )
    ledger.rank = 9
    _defects(ledger, old.defects, new.defects)


def pairs(old: Sequence[Term], new: Sequence[Term]) -> Iterator[Pair]:
    """
    Yield each term beside what became of it.

    Terms with one id belong together. A term that is only on one side belongs to each term of the same clause and of one of its
    items on the other: an item that gets values of its own had the general ones before.
    """
    before, after = {t.id: t for t in old}, {t.id: t for t in new}
    found: dict[tuple[str, str], Pair] = {}
    for term in (*old, *new):
        partner = (before.get(term.id), after.get(term.id))
        if None not in partner:
            found[term.id, term.id] = partner
            continue
        ours = term.id in before
        others = [t for t in (new if ours else old) if t.clause == term.clause and set(t.items) & set(term.items)]
        for other in others:
            pair = (term, other) if ours else (other, term)
            found[pair[0].id, pair[1].id] = pair
        if not others:
            found[term.id, ""] = partner
    yield from found.values()


def _rank(term: Term | None) -> int:
    return CLASSES.index(term.defect_class) if term and term.defect_class in CLASSES else len(CLASSES)


def _place(term: Term, *names: str) -> str:
    place = below("spec/terms", term.id)
    for name in names:
        place = below(place, name)
    return place


def _title(ledger: Ledger, term: Term) -> Texts:
    """Return the title of a term, with the item where it has values of its own; what is printed where the catalogue has none."""
    title = ledger.voice.clause(term.clause) or ledger.titles.get(term.id) or ledger.voice.named(term.clause)
    item = term.id.partition("@")[2]
    return ledger.voice.sentence("at", title=title, where=item) if item else title


_DIRECT = ("standards", "evidence", "brought_by", "where", "nature", "stage", "destructive", "minutes", "unverified")


def _changed(ledger: Ledger, old: Term, new: Term, lots: tuple[Sequence[Lot], Sequence[Lot]]) -> None:
    where = max(old.id, new.id, key=len)
    title = _title(ledger, new if new.id == where else old)
    parted = old.id != new.id
    found = len(ledger.entries)

    def covers(*names: str) -> list[str]:
        return list(dict.fromkeys((_place(old, *names), _place(new, *names))))

    if parted:
        _parted(ledger, old, new, where, title, covers)
    elif old.items != new.items:
        direction = _sets(set(old.items), set(new.items))
        _add(ledger, Kind.ITEMS, where, title, old.items, new.items, covers("items"), direction)
    if differ(old.requirement, new.requirement):
        requirement_changes(ledger, where, title, old.requirement, new.requirement, covers("requirement"))
    _conditions(ledger, where, title, old, new, covers)
    for name in _DIRECT:
        if differ(getattr(old, name), getattr(new, name)):
            _direct(ledger, name, where, title, old, new, covers(name))
    if old.defect_class != new.defect_class:
        graver = CLASSES.index(new.defect_class) < CLASSES.index(old.defect_class)
        words = (ledger.voice.defect_class(t.defect_class) for t in (old, new))
        direction = Direction.TIGHTENED if graver else Direction.LOOSENED
        ledger.add(Kind.CLASS, where, title, words, covers("defect_class"), direction)
    if old.revision != new.revision:
        named = _named(ledger, title, "revision")
        words = (ledger.voice.show(t.revision) for t in (old, new))
        ledger.add(Kind.CHECK, where, named, words, covers("revision"), Direction.NEITHER)
    if old.samples != new.samples:
        sample_changes(ledger, where, title, (old, new), lots, covers)
    if len(ledger.entries) > found:
        ledger.touched |= {old.id, new.id}


def _parted(ledger: Ledger, old: Term, new: Term, where: str, title: Texts, covers: Covers) -> None:
    """Note that a row got values of its own, or lost them; what differs in them is noted by itself."""
    places = [p for name in ("id", "items") for p in covers(name)]
    places += [p for name in fields(Term) if not differ(getattr(old, name), getattr(new, name)) for p in covers(name)]
    places += [
        p for key in old.conditions if old.conditions[key] == new.conditions.get(key) for p in covers("conditions", key)
    ]
    if isinstance(old.requirement, PerKey) and isinstance(new.requirement, PerKey):
        after = {entry.key: entry for entry in new.requirement.entries}
        places += covers("requirement", "kind")
        for entry in old.requirement.entries:
            other = after.get(entry.key)
            for name in fields(Entry) if other else ():
                if not differ(getattr(entry, name), getattr(other, name)):
                    places += covers("requirement", "entries", entry.key, name)
    places += [p for sample in old.samples if sample in new.samples for p in covers("samples", sample.lot)]
    words = (ledger.voice.listed(t.items) for t in (old, new))
    ledger.add(Kind.ITEMS, where, title, words, dict.fromkeys(places), Direction.NEITHER, raw=(old.id, new.id))


def _sets(old: set[str], new: set[str]) -> Direction:
    if old == new:
        return Direction.NEITHER
    return Direction.TIGHTENED if old < new else Direction.LOOSENED if new < old else Direction.UNKNOWN


def _named(ledger: Ledger, title: Texts, name: str) -> Texts:
    return ledger.voice.sentence("condition", title=title, condition=phrase("title", name))


def _add(
    ledger: Ledger, kind: Kind, where: str, title: Texts, old: Any, new: Any, covers: list[str], direction: Direction
) -> None:
    say = ledger.voice.listed
    ledger.add(kind, where, title, (say(old), say(new)), covers, direction, raw=(old, new))


def _direct(ledger: Ledger, name: str, where: str, title: Texts, old: Term, new: Term, covers: list[str]) -> None:
    """Note a change of one of the plain attributes of a term."""
    before, after = getattr(old, name), getattr(new, name)
    voice = ledger.voice
    if name == "standards":
        _add(ledger, Kind.STANDARD, where, title, before, after, covers, Direction.UNKNOWN)
    elif name == "evidence":
        words = (voice.listed(values, "evidence") for values in (before, after))
        direction = _sets(set(before), set(after))
        ledger.add(Kind.EVIDENCE, where, title, words, covers, direction, raw=(before, after))
    else:
        kind = Kind.INSTRUMENT if name == "brought_by" else Kind.CHECK
        words = (voice.value(name, v) if isinstance(v, str) else voice.show(v) for v in (before, after))
        direction = Direction.UNKNOWN if name in ("where", "destructive") else Direction.NEITHER
        ledger.add(kind, where, _named(ledger, title, name), words, covers, direction, raw=(before, after))


def _conditions(ledger: Ledger, where: str, title: Texts, old: Term, new: Term, covers: Covers) -> None:
    for key in dict.fromkeys((*old.conditions, *new.conditions)):
        before, after = old.conditions.get(key), new.conditions.get(key)
        if before != after:
            words = (NOTHING if v is None else ledger.voice.show(v) for v in (before, after))
            named = ledger.voice.sentence("condition", title=title, condition=ledger.voice.condition(new.clause, key))
            ledger.add(Kind.CONDITION, where, named, words, covers("conditions", key), raw=(before, after))


def requirement_changes(
    ledger: Ledger, where: str, title: Texts, old: Requirement | None, new: Requirement | None, covers: Sequence[str]
) -> None:
    """Note what differs between two requirements: row by row in tables, else as a whole."""
    if isinstance(old, PerKey) and isinstance(new, PerKey):
        before, after = {e.key: e for e in old.entries}, {e.key: e for e in new.entries}
        if len(before) == len(old.entries) and len(after) == len(new.entries):
            for key in dict.fromkeys((*before, *after)):
                rows = [below(below(place, "entries"), key) for place in covers]
                _entry(ledger, where, title, before.get(key), after.get(key), rows)
            return
    words = (ledger.voice.requirement(r) for r in (old, new))
    ledger.add(_kind(old, new), where, title, words, covers, compare(old, new), raw=(old, new))


def _entry(
    ledger: Ledger, where: str, title: Texts, old: Entry | None, new: Entry | None, covers: Sequence[str]
) -> None:
    """Note what differs in a row of a table."""
    if not differ(old, new):
        return
    voice = ledger.voice
    either = new or old
    assert either is not None
    named = voice.sentence("entry", title=title, entry=voice.show(either.label))
    if old is None or new is None:
        words = (NOTHING if e is None else voice.requirement(e.requirement) for e in (old, new))
        direction = Direction.TIGHTENED if old is None else Direction.LOOSENED
        ledger.add(_kind(either.requirement, either.requirement), where, named, words, covers, direction)
        return
    if old.label != new.label:
        label = voice.sentence("condition", title=title, condition=phrase("title", "label"))
        words = (voice.show(e.label) for e in (old, new))
        places = [below(place, "label") for place in covers]
        ledger.add(Kind.WORDING, where, label, words, places, Direction.NEITHER, raw=(old.label, new.label))
    if differ(old.requirement, new.requirement):
        words = (voice.requirement(e.requirement) for e in (old, new))
        places = [below(place, "requirement") for place in covers]
        kind, direction = _kind(old.requirement, new.requirement), compare(old.requirement, new.requirement)
        ledger.add(kind, where, named, words, places, direction, raw=(old.requirement, new.requirement))


_KINDS: Mapping[type, Kind] = {
    OneOf: Kind.OPTIONS,
    Count: Kind.COUNT,
    Shares: Kind.COMPOSITION,
    Matches: Kind.PATTERN,
    Conforms: Kind.REFERENCE,
    Documented: Kind.DOCUMENT,
}


def _kind(old: Requirement | None, new: Requirement | None) -> Kind:
    """Return what the difference is about, the weightiest where it is about several things."""
    match old, new:
        case (None, _) | (_, None):
            return Kind.BLANK
        case (AtMost(), AtMost()) | (AtLeast(), AtLeast()):
            assert isinstance(old, AtMost | AtLeast) and isinstance(new, AtMost | AtLeast)
            return Kind.STATISTIC if old.limit == new.limit and old != new else Kind.LIMIT
        case Within(), Within():
            if old.nominal != new.nominal:
                return Kind.NOMINAL
            parts = (old.plus, old.minus) != (new.plus, new.minus)
            return Kind.TOLERANCE if parts or old == new else Kind.STATISTIC
        case _:
            return _KINDS.get(type(old), Kind.REQUIREMENT) if type(old) is type(new) else Kind.REQUIREMENT


def _defects(ledger: Ledger, old: Sequence[AgreedDefect], new: Sequence[AgreedDefect]) -> None:
    voice = ledger.voice
    before, after = {d.id: d for d in old}, {d.id: d for d in new}
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name), after.get(name)
        if one == other:
            continue
        title, place = voice.defect(name), below("spec/defects", name)
        if one is None or other is None:
            kind = Kind.DEFECT_ADDED if one is None else Kind.DEFECT_REMOVED
            words = (NOTHING if d is None else _class_words(ledger, d) for d in (one, other))
            direction = Direction.TIGHTENED if one is None else Direction.LOOSENED
            ledger.add(kind, name, title, words, [place], direction)
            continue
        ranks = [CLASSES.index(d.defect_class) for d in (one, other)]
        direction = (
            Direction.NEITHER
            if ranks[0] == ranks[1]
            else Direction.TIGHTENED
            if ranks[1] < ranks[0]
            else Direction.LOOSENED
        )
        words = (_class_words(ledger, d) for d in (one, other))
        ledger.add(Kind.CLASS, name, title, words, [place], direction, raw=(one, other))


def _class_words(ledger: Ledger, defect: AgreedDefect) -> Texts:
    """Return the class of a defect; where it was moved, from which one and why."""
    voice = ledger.voice
    if defect.defect_class == defect.listed and not defect.reason:
        return voice.defect_class(defect.defect_class)
    classes = {"class": voice.defect_class(defect.defect_class), "listed": voice.defect_class(defect.listed)}
    return voice.sentence("moved_defect", **classes, reason=voice.show(defect.reason))
