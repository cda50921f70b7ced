"""Two houses, or two versions of one: clause by clause what changed in meaning, then what only reads otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from lotproof.changes.aligning import Piece, align
from lotproof.changes.model import WEIGHTS, Change, Direction, Good, Kind, Texts
from lotproof.changes.rules import shipped_rules
from lotproof.changes.saying import NOTHING, answer_name, phrase, sentence
from lotproof.frozen import Frozen
from lotproof.questions.toml_text import toml_text
from lotproof.templates import Paragraph, Provision, Templates
from lotproof.upkeep.senses import SENSES, differing, senses
from lotproof.wording.conditions import Conditions
from lotproof.wording.sentences import Program
from lotproof.wording.uncompiling import reading_of

LANGUAGES = ("en", "zh")
"""The languages in which changes are told and shown."""

Spoken = Mapping[str, Program]

MOST_PAIRS, MOST_SENTENCES = 250_000, 500
"""Paragraphs of two clauses that are matched with each other, and sentences of a paragraph; what is larger is compared place by place, and as a whole."""

_SENTENCE = re.compile(r"(?<=[.;])\s+|(?<=[。；])")


class Compared(Frozen, kw_only=True):
    """
    Two houses compared.

    Attributes:
        old, new: id and version of each, for people.
        changes: those of meaning, clause by clause in the order of the contract, then those of wording.
    """

    old: str
    new: str
    changes: tuple[Change, ...]


def compare_houses(old: Templates, new: Templates, further: Iterable[Change] = ()) -> Compared:
    """
    Compare everything that two houses print: provisions, exhibits, labels.

    Args:
        further: what changed in what they say on top of the catalogue, as :mod:`lotproof.upkeep.said_catalogue` finds it.
    """
    found = [change for which in ("provisions", "exhibits") for change in _provisions(old, new, which)]
    found += [*further, *_labels(old, new)]
    places = {name: place for place, name in enumerate(dict.fromkeys(change.where for change in found))}
    found.sort(key=lambda change: (not change.of_meaning, places[change.where]))
    names = [f"{house.id} {house.version}" for house in (old, new)]
    return Compared(old=names[0], new=names[1], changes=tuple(found))


def compare_provisions(old: Provision | None, new: Provision | None) -> tuple[Change, ...]:
    """Return what changed in one clause, the weightiest first; a clause that one side does not have is whole."""
    return tuple(sorted(_provision(old, new), key=lambda change: (not change.of_meaning, WEIGHTS[change.kind])))


def _provisions(old: Templates, new: Templates, which: str) -> Iterator[Change]:
    sides: list[Sequence[Provision]] = [getattr(house, which) for house in (old, new)]
    before, after = ({one.id: one for one in side} for side in sides)
    for name in dict.fromkeys((*after, *before)):
        if before.get(name) != after.get(name):
            yield from compare_provisions(before.get(name), after.get(name))
    orders = [[name for name in side if name in before and name in after] for side in (before, after)]
    if orders[0] != orders[1]:
        moved = [
            name
            for tag, first, last, _, _ in SequenceMatcher(None, orders[0], orders[1], autojunk=False).get_opcodes()
            if tag in ("delete", "replace")
            for name in orders[0][first:last]
        ]
        shown = [", ".join(name for name in order if name in moved) for order in orders]
        yield change_of(Kind.ORDER, which, phrase("title", "provisions"), *(dict.fromkeys(LANGUAGES, s) for s in shown))


def _provision(old: Provision | None, new: Provision | None) -> Iterator[Change]:
    either = new or old
    assert either is not None
    where, title = either.id, _each(either.heading)
    if old is None or new is None:
        kind = Kind.PROVISION_ADDED if old is None else Kind.PROVISION_REMOVED
        yield change_of(kind, where, title, *(NOTHING if one is None else whole(one) for one in (old, new)))
        return
    heads: list[Spoken] = [{code: [text] for code, text in one.heading.items()} for one in (old, new)]
    yield from sentence_changes(where, _of(title, "heading"), heads[0], heads[1])
    yield from _told(Kind.WHEN, where, _of(title, "when"), _conditions(old.when), _conditions(new.when))
    yield from _told(Kind.WHEN, where, _of(title, "profiles"), ", ".join(old.profiles), ", ".join(new.profiles))
    yield from _told(Kind.PRINTED, where, _of(title, "table"), ", ".join(old.tables), ", ".join(new.tables))
    yield from _slots(where, _of(title, "slot"), old, new)
    for place, before, after in _aligned(old.paragraphs, new.paragraphs):
        yield from _paragraph(where, _of(title, "paragraph", n=place), before, after, same=old.profiles == new.profiles)


def _paragraph(
    where: str, title: Texts, old: Paragraph | None, new: Paragraph | None, *, same: bool
) -> Iterator[Change]:
    if old is None or new is None:
        kind = Kind.PROVISION_ADDED if old is None else Kind.PROVISION_REMOVED
        yield change_of(
            kind, where, title, *(NOTHING if one is None else paragraph_texts(one.sentences) for one in (old, new))
        )
        return
    yield from sentence_changes(where, title, old.sentences, new.sentences)
    yield from _told(Kind.WHEN, where, _of(title, "when"), _conditions(old.when), _conditions(new.when))
    if same:  # else it was said of the provision already
        yield from _told(Kind.WHEN, where, _of(title, "profiles"), ", ".join(old.profiles), ", ".join(new.profiles))


def _slots(where: str, title: Texts, old: Provision, new: Provision) -> Iterator[Change]:
    before, after = ({slot.key: slot for slot in one.slots} for one in (old, new))
    for key in dict.fromkeys((*before, *after)):
        sides = before.get(key), after.get(key)
        if sides[0] is None or sides[1] is None:
            shown = [NOTHING if slot is None else _each(slot.label) for slot in sides]
            yield change_of(Kind.PRINTED, where, title, *shown)
        else:
            labels: list[Spoken] = [
                {code: [text] for code, text in slot.label.items()} for slot in (sides[0], sides[1])
            ]
            yield from sentence_changes(where, title, labels[0], labels[1])
            for kind, a, b in (
                (Kind.WHEN, _conditions(sides[0].when), _conditions(sides[1].when)),
                (Kind.PRINTED, sides[0].kind, sides[1].kind),
            ):
                yield from _told(kind, where, title, a, b)


def _labels(old: Templates, new: Templates) -> Iterator[Change]:
    keys = dict.fromkeys(key for house in (new, old) for labels in house.labels.values() for key in labels)
    for key in keys:
        sides = [
            {code: labels[key] for code, labels in house.labels.items() if labels.get(key)} for house in (old, new)
        ]
        yield from compare_label(key, sides[0], sides[1])


def compare_label(key: str, old: Texts, new: Texts) -> tuple[Change, ...]:
    """Return what changed in a label, per language; empty texts where one side has none."""
    where, title = f"label.{key}", dict.fromkeys(LANGUAGES, key)
    if bool(old) != bool(new):
        return (change_of(Kind.PRINTED, where, title, *(_each(side) if side else NOTHING for side in (old, new))),)
    spoken: list[Spoken] = [{code: [text] for code, text in side.items()} for side in (old, new)]
    return tuple(sentence_changes(where, title, spoken[0], spoken[1]))


def compare_default(name: str, old: Any, new: Any) -> tuple[Change, ...]:
    """Return what changed in an answer that a house gives where nobody else does, by what a change of that answer is about; None where it gives none."""
    if old == new:
        return ()
    sense = shipped_rules().answers.get(name)
    shown = [NOTHING if value is None else dict.fromkeys(LANGUAGES, said_value(value)) for value in (old, new)]
    return (change_of(sense.kind if sense else Kind.DATA, f"defaults.{name}", answer_name(name), *shown),)


def said_value(value: Any) -> str:
    """Return a default as people read it."""
    return value if isinstance(value, str) else toml_text(value)


def sentence_changes(where: str, title: Texts, old: Spoken, new: Spoken) -> Iterator[Change]:
    """Yield what two sentences say differently, by each sense in which they do; else that they read differently."""
    if old == new:
        return
    shown = _shown(old, new)
    told: dict[Kind, dict[str, tuple[Counter[str], Counter[str]]]] = {}
    for code in LANGUAGES:
        if code in old and code in new:
            for kind, gone, come in differing(senses(old[code], code), senses(new[code], code)):
                told.setdefault(kind, {})[code] = (gone, come)
    for kind in SENSES:
        if kind in told:
            yield change_of(
                kind, where, _sensed(title, told[kind], len(old.keys() & new.keys() & set(LANGUAGES))), *shown
            )
    if not told:
        yield change_of(Kind.WORDING, where, title, *shown)


def _sensed(title: Texts, told: Mapping[str, tuple[Counter[str], Counter[str]]], languages: int) -> Texts:
    """Return a title that says what became what, and in which language where it did in one alone."""
    nothing = phrase("label", "nothing")
    lists = [
        {
            code: ", ".join(sorted((told.get(code) or next(iter(told.values())))[side].elements())) or nothing[code]
            for code in LANGUAGES
        }
        for side in (0, 1)
    ]
    titled = sentence("sense", LANGUAGES, **{"title": title, "was": lists[0], "is": lists[1]})
    if len(told) < languages:
        titled = sentence(f"only_{next(iter(told))}", LANGUAGES, title=titled)
    return titled


def _shown(old: Spoken, new: Spoken) -> tuple[Texts, Texts]:
    """Return the parts of two sentences that differ, per language; what both share is left out."""
    was, becomes = {}, {}
    for code in LANGUAGES:
        texts = [reading_of(side[code], code) if code in side else "" for side in (old, new)]
        pieces = [_SENTENCE.split(text) for text in texts]
        if max(map(len, pieces)) > MOST_SENTENCES:
            pieces = [[text] for text in texts]
        matcher = SequenceMatcher(None, pieces[0], pieces[1], autojunk=False)
        parts: list[list[str]] = [[], []]
        for tag, i, j, k, m in matcher.get_opcodes():
            if tag != "equal":
                parts[0] += pieces[0][i:j]
                parts[1] += pieces[1][k:m]
        between = "" if code == "zh" else " "
        was[code], becomes[code] = (between.join(side).strip() for side in parts)
    return (was if any(was.values()) else NOTHING), (becomes if any(becomes.values()) else NOTHING)


def whole(provision: Provision) -> Texts:
    """Return heading and paragraphs of a clause as one text, per language."""
    texts = [paragraph_texts(one.sentences) for one in provision.paragraphs]
    return {
        code: " ".join((f"{_each(provision.heading)[code]}:", *(t[code] for t in texts if t[code])))
        for code in LANGUAGES
    }


def paragraph_texts(spoken: Spoken) -> Texts:
    """Return a sentence as people read it, per language; empty in a language that it does not have."""
    return {code: reading_of(spoken[code], code) if code in spoken else "" for code in LANGUAGES}


def _aligned(
    old: Sequence[Paragraph], new: Sequence[Paragraph]
) -> Iterator[tuple[int, Paragraph | None, Paragraph | None]]:
    """Yield paragraphs side by side with the place from 1 of the newer one, else of the older one."""
    if len(old) * len(new) > MOST_PAIRS:
        yield from ((n, a, b) for n, (a, b) in enumerate(zip_longest(old, new), 1) if a != b)
        return
    pieces = [[_piece(one) for one in side] for side in (old, new)]
    for i, j in align(pieces[0], pieces[1]):
        yield (i or 0 if j is None else j) + 1, None if i is None else old[i], None if j is None else new[j]


def _piece(paragraph: Paragraph) -> Piece:
    text = "\n".join(reading_of(program, code) for code, program in sorted(paragraph.sentences.items()))
    return Piece(key=f"{text}\n{paragraph.when}\n{paragraph.profiles}", kind="", text=text)


def _told(kind: Kind, where: str, title: Texts, old: str, new: str) -> Iterator[Change]:
    if old != new:
        shown = [dict.fromkeys(LANGUAGES, text) if text else NOTHING for text in (old, new)]
        yield change_of(kind, where, title, *shown)


def _conditions(conditions: Conditions) -> str:
    return "; ".join(f"{name} = {' | '.join(values)}" for name, values in conditions)


def _of(title: Texts, name: str, **values: Any) -> Texts:
    said = {code: text.format(**values) for code, text in phrase("title", name).items()}
    return sentence("condition", LANGUAGES, title=title, condition=said)


def _each(texts: Mapping[str, str]) -> Texts:
    return {code: texts.get(code) or next(iter(texts.values()), "") for code in LANGUAGES}


def change_of(kind: Kind, where: str, title: Texts, was: Texts, becomes: Texts) -> Change:
    neither = kind in (Kind.WORDING, Kind.ORDER)
    return Change(
        kind=kind,
        where=where,
        title=title,
        was=was,
        becomes=becomes,
        direction=Direction.NEITHER if neither else Direction.UNKNOWN,
        good=Good.NEITHER if neither else Good.UNKNOWN,
        covers=(),
    )
