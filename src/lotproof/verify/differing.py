"""What a file says otherwise than the order, clause by clause."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TypeAlias, TypeVar

from lotproof.frozen import replace
from lotproof.messages import Message, as_it_stands, say
from lotproof.verify.aligning import aligned
from lotproof.verify.controls import control_changes
from lotproof.verify.glyphs import joined, told_apart
from lotproof.verify.model import FIELD, Change, Comment, Filled, Line, Mark, Seen, Unit
from lotproof.verify.naming import SIGNATURES, Name
from lotproof.verify.signing import is_signing

Words: TypeAlias = tuple[tuple[str, ...], ...]
_T = TypeVar("_T")

TEXT, TRACKED, UNSEEN, FORM = "LP705", "LP706", "LP707", "LP708"
"""Codes by what kind of change it is."""

_TRACKED: Mapping[str, Message] = MappingProxyType(
    {
        "inserted": say("tracked change, inserted"),
        "deleted": say("tracked change, deleted"),
        "moved from": say("tracked change, moved away"),
        "moved to": say("tracked change, moved here"),
    }
)
_TOKEN = re.compile(r"[^\W\d_]+|[0-9]+|[^\w\s]")
_WIDE = re.compile("[\u3400-\u9fff]")


def differences(expected: Seen, names: Sequence[Name], seen: Seen) -> tuple[tuple[Change, ...], tuple[Filled, ...]]:
    """
    Compare a file with what it was when it was written.

    Args:
        expected: the file as it was written, read in the same way.
        names: of the expected units.
        seen: the file as it is.

    Returns:
        what was changed, in the order of the document, and what was filled in by hand.
    """
    changes: list[Change] = []
    filled: list[Filled] = []
    parts = dict.fromkeys([*(u.part for u in expected.units), *(u.part for u in seen.units)])
    comments = {comment.id: comment for comment in seen.comments}
    named = any(control.tag for unit in seen.units for control in unit.controls)
    for part in parts:
        of_part = [(u, n) for u, n in zip(expected.units, names, strict=True) if u.part == part]
        theirs = [u for u in seen.units if u.part == part]
        one = _Part(part, [u for u, _ in of_part], [n for _, n in of_part], theirs, comments, named=named)
        changes += one.changes()
        filled += one.filled
    changes += _orphans(seen, comments)
    if expected.protection != seen.protection:
        was, now = (", ".join(one.protection) or say("not protected") for one in (expected, seen))
        changes.append(_form("protection", "", was, now, say("the protection of the file is another one")))
    return tuple(changes), tuple(filled)


class _Part:
    """A body, the headers, the text boxes: one sequence of units beside another."""

    def __init__(
        self,
        part: str,
        mine: Sequence[Unit],
        names: Sequence[Name],
        theirs: Sequence[Unit],
        comments: dict[str, Comment],
        *,
        named: bool,
    ) -> None:
        self.part, self.named = part, named
        self.mine, self.names, self.theirs, self.comments = mine, names, theirs, comments
        self.filled: list[Filled] = []

    def changes(self) -> Iterator[Change]:
        pairs = aligned(list(map(_key, self.mine)), list(map(_key, self.theirs)), _alike(self.mine, self.theirs))
        gone = [mine for mine, theirs in pairs if theirs is None and mine is not None]
        come = [theirs for mine, theirs in pairs if mine is None and theirs is not None]
        moved = _moves(self.mine, self.theirs, gone, come)
        numbers: list[Change] = []
        name = self.names[0] if self.names else Name(self.part)
        for mine, theirs in pairs:
            if mine is not None:
                name = self.names[mine]
            if mine is not None and theirs is not None:
                yield from self._changed(name, self.mine[mine], self.theirs[theirs], numbers)
            elif mine is not None:
                if mine in moved:
                    yield from self._moved(name, self.mine[mine], self.theirs[moved[mine]])
                else:
                    yield from _numbers(numbers)
                    yield _removed(name, self.mine[mine])
            elif theirs is not None and theirs not in moved.values():
                unit = self.theirs[theirs]
                if (
                    name.clause == SIGNATURES
                    and not unit.marks
                    and all(is_signing(text) for cell in unit.words for text in cell)
                ):
                    self.filled.append(Filled(tag=SIGNATURES, clause=SIGNATURES, value=_shown(unit)))
                else:
                    yield from self._added(name, unit)
        yield from _numbers(numbers)

    # pairs

    def _changed(self, name: Name, mine: Unit, theirs: Unit, numbers: list[Change]) -> Iterator[Change]:
        marks = _more(mine.marks, theirs.marks)
        if any(mine.words) and not any(theirs.words):
            found = [_removed(name, mine)]
            how = dict.fromkeys((mark.kind, mark.how) for mark in marks)
            marks = [Mark(kind=kind, text="", how=by) for kind, by in how]
        else:
            found = list(self._lines(name, mine, theirs, numbers))
        yield from _with_marks(name, found, marks)
        changes, filled = control_changes(name, mine.controls, theirs.controls, named=self.named)
        yield from changes
        self.filled += filled
        yield from self._beside(name, mine, theirs)

    def _lines(self, name: Name, mine: Unit, theirs: Unit, numbers: list[Change]) -> Iterator[Change]:
        cells: list[tuple[Sequence[Line], Sequence[Line]]]
        if len(mine.cells) == len(theirs.cells):
            cells = list(zip(mine.cells, theirs.cells, strict=True))
        else:
            cells = [tuple([line for cell in unit.cells for line in cell] for unit in (mine, theirs))]  # type: ignore[list-item]
        for before, after in cells:
            if before == after:
                continue
            texts = [line.text for line in before], [line.text for line in after]
            for old, new in aligned(*texts, _lines_alike):
                if old is not None and new is not None:
                    yield from self._line(name, before[old], after[new], numbers)
                elif old is not None:
                    yield _change("removed", name, before[old].text, "", say("this was taken out"))
                elif new is not None:
                    if name.clause == SIGNATURES and is_signing(after[new].text):
                        self.filled.append(Filled(tag=SIGNATURES, clause=SIGNATURES, value=after[new].text))
                    else:
                        yield _change("added", name, "", after[new].text, say("this was put in"))

    def _line(self, name: Name, before: Line, after: Line, numbers: list[Change]) -> Iterator[Change]:
        if before.text != after.text:
            value = (
                after.text[len(before.text) :].strip(" :\u3000\uff1a_") if after.text.startswith(before.text) else ""
            )
            if name.clause == SIGNATURES and before.text and value and is_signing(value):
                self.filled.append(Filled(tag=SIGNATURES, clause=SIGNATURES, value=f"{before.text} {value}"))
            else:
                yield _change("text", name, before.text, after.text, told_apart(before.text, after.text))
        if before.number != after.number:
            about = say("the number that a reader sees is another one")
            numbers.append(_change("number", name, before.number, after.number, about))

    def _beside(self, name: Name, mine: Unit, theirs: Unit) -> Iterator[Change]:
        """Yield what stands beside the text: fields that calculate, pictures, links, comments."""
        for one in _more(mine.calculated, theirs.calculated):
            about = say("a field of Word that was not there shows its result")
            yield _form(name.clause, name.number, "", one, about)
        for one in _more(mine.things, theirs.things):
            yield _form(name.clause, name.number, "", _thing(one), say("this was put in"))
        for one in _more(theirs.things, mine.things):
            yield _form(name.clause, name.number, _thing(one), "", say("this was taken out"))
        for identifier in theirs.comments:
            yield from self._comment(name, identifier)

    def _comment(self, name: Name, identifier: str) -> Iterator[Change]:
        comment = self.comments.pop(identifier, None)
        if comment is not None:
            yield _commented(name, comment)

    # what has no pair

    def _moved(self, name: Name, mine: Unit, theirs: Unit) -> Iterator[Change]:
        yield _change("moved", name, _shown(mine), _shown(theirs), say("this stands at another place"))
        yield from self._beside(name, mine, theirs)
        changes, filled = control_changes(name, mine.controls, theirs.controls, named=self.named)
        yield from changes
        self.filled += filled

    def _added(self, name: Name, unit: Unit) -> Iterator[Change]:
        marks = unit.marks
        if any(unit.words):
            where = say("this was put in, behind what the order has here")
            about = joined((where, told_apart("", _shown(unit))))
            yield from _with_marks(name, [_change("added", name, "", _shown(unit), about)], marks)
        else:
            yield from _with_marks(name, [], marks)
        yield from self._beside(name, Unit(part=unit.part, cells=()), unit)


# words


def _with_marks(name: Name, found: list[Change], marks: Sequence[Mark]) -> Iterator[Change]:
    """Yield changes of text, each with what is tracked, hidden or struck out beside it; marks alone where no word differs."""
    said = dict.fromkeys(_mark_words(mark) for mark in marks)
    unseen = any(mark.kind in ("unseen", "struck", "glyphs", "readings") for mark in marks)
    if not marks:
        yield from found
    elif found:
        kind, code = ("unseen", UNSEEN) if unseen else ("tracked", TRACKED)
        for change in found:
            yield replace(change, code=code, kind=kind, about=joined((change.about, *said)))
    else:
        for mark in marks:
            hides = mark.kind in ("unseen", "struck", "glyphs", "readings")
            code, kind = (
                (UNSEEN, "unseen") if hides else (FORM, "form") if mark.kind == "formatted" else (TRACKED, "tracked")
            )
            gone = mark.kind in ("deleted", "moved from")
            yield Change(
                code=code,
                kind=kind,
                clause=name.clause,
                number=name.number,
                was=mark.text if gone else "",
                now="" if gone else mark.text,
                about=_mark_words(mark),
            )


def _mark_words(mark: Mark) -> Message:
    match mark.kind:
        case "unseen":
            what = mark.how if isinstance(mark.how, Message) else as_it_stands(mark.how)
        case "struck":
            what = say("struck out")
        case "glyphs":
            what = say("the font {font} shows other signs than the letters that stand there", font=mark.how)
        case "readings":
            return say("programs show two texts: {one} or {other}", one=_cut(mark.how), other=_cut(mark.text))
        case "formatted":
            return _by(say("a tracked change of how it looks"), mark.how)
        case _:
            what = _by(_TRACKED[mark.kind], mark.how)
    return say("{what}: {text}", what=what, text=_cut(mark.text)) if mark.text else what


def _by(what: Message, who: str) -> Message:
    return say("{what} by {who}", what=what, who=who) if who else what


def _removed(name: Name, unit: Unit) -> Change:
    what = say("a row was taken out") if len(unit.cells) > 1 else say("a paragraph was taken out")
    return _change("removed", name, _shown(unit), "", what)


def _change(kind: str, name: Name, was: str, now: str, about: Message) -> Change:
    return Change(
        code=TEXT, kind=kind, clause=name.clause, number=name.number, was=_blanks(was), now=_blanks(now), about=about
    )


def _form(clause: str, number: str, was: str, now: str, about: Message) -> Change:
    return Change(code=FORM, kind="form", clause=clause, number=number, was=was, now=now, about=about)


def _blanks(text: str) -> str:
    return text.replace(FIELD, "____")


def _shown(unit: Unit) -> str:
    return _blanks(
        " | ".join("\n".join(f"{line.number} {line.text}".strip() for line in cell) for cell in unit.cells if cell)
    )


def _thing(thing: str) -> str:
    return thing if len(thing) < 80 else f"{thing[:24]} ..."


def _cut(text: str) -> Message:
    return say("'{text}'", text=text if len(text) <= 80 else f"{text[:80]}...")


def _numbers(found: list[Change]) -> Iterator[Change]:
    """Yield the first of some numbers that differ, and how many follow: one clause less shifts all that come after it."""
    if found:
        more = [say("{n} more numbers after it differ", n=len(found) - 1)] if len(found) > 1 else []
        yield replace(found[0], about=joined((found[0].about, *more)))
    found.clear()


def _orphans(seen: Seen, comments: dict[str, Comment]) -> Iterator[Change]:
    """Yield comments that stand at no text."""
    for comment in comments.values():
        yield _commented(Name(""), comment)


def _commented(name: Name, comment: Comment) -> Change:
    return Change(
        code=TRACKED,
        kind="comment",
        clause=name.clause,
        number=name.number,
        was="",
        now=comment.text,
        about=say("a comment by {who}", who=comment.by or say("somebody unnamed")),
    )


# likeness


def _more(before: Sequence[_T], after: Sequence[_T]) -> list[_T]:
    """Return what is in ``after`` and not in ``before``, as often as it is."""
    left = Counter(before)
    found: list[_T] = []
    for one in after:
        if left[one]:
            left[one] -= 1
        else:
            found.append(one)
    return found


def _moves(mine: Sequence[Unit], theirs: Sequence[Unit], gone: Sequence[int], come: Sequence[int]) -> dict[int, int]:
    """Return what was taken out at one place and put in unchanged at another."""
    free: dict[Words, list[int]] = {}
    for place in reversed(come):
        free.setdefault(theirs[place].words, []).append(place)
    return {
        place: free[mine[place].words].pop() for place in gone if any(mine[place].words) and free.get(mine[place].words)
    }


def _alike(mine: Sequence[Unit], theirs: Sequence[Unit]) -> Callable[[Words, Words], float]:
    by_words: dict[Words, Unit] = {_key(u): u for u in (*mine, *theirs)}

    def alike(one: Words, other: Words) -> float:
        a, b = by_words[one], by_words[other]
        tags = {c.tag or c.title for c in a.controls} & {c.tag or c.title for c in b.controls}
        shared = _dice(_whole(a), _whole(b))
        same_start = bool(a.cells and b.cells and a.words[0] and a.words[0] == b.words[0] and len(a.cells) > 1)
        return min(1.0, shared + (0.5 if tags else 0) + (0.35 if same_start or _same_number(a, b) else 0))

    return alike


def _key(unit: Unit) -> Words:
    """Return what a unit is known by: its words; of one that shows none, what it hides."""
    return unit.words if any(unit.words) else (tuple(mark.text for mark in unit.marks), (*unit.things, *unit.comments))


def _whole(unit: Unit) -> str:
    """Return all the words of a unit, those that are not seen among them."""
    return "\n".join([*(text for cell in unit.words for text in cell), *(mark.text for mark in unit.marks)])


def _same_number(one: Unit, other: Unit) -> bool:
    numbers = [next((line.number for cell in unit.cells for line in cell if line.number), "") for unit in (one, other)]
    return bool(numbers[0]) and numbers[0] == numbers[1]


def _lines_alike(one: str, other: str) -> float:
    return 0.4 + 0.6 * _dice(one, other)


def _dice(one: str, other: str) -> float:
    """Return how many words (Chinese: characters) two texts share, of all they have."""
    a, b = _tokens(one), _tokens(other)
    total = sum(a.values()) + sum(b.values())
    return 2 * sum((a & b).values()) / total if total else 1.0


@lru_cache(maxsize=4096)
def _tokens(text: str) -> Counter[str]:
    return Counter(
        [t for word in _TOKEN.findall(text[:4000].casefold()) for t in (word if _WIDE.match(word) else (word,))]
    )
