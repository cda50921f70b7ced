"""Fields to fill in: whether each is the one it was, and what stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lotproof.messages import Message, say
from lotproof.verify.glyphs import joined, told_apart
from lotproof.verify.model import Change, Control, Filled
from lotproof.verify.naming import Name

FORM = "LP708"
PROMPTS = frozenset({"", "____", "[____]", "待填", "「待填」"})
"""What stands in a field that nobody has filled in."""


def control_changes(
    name: Name, mine: Sequence[Control], theirs: Sequence[Control], *, named: bool
) -> tuple[list[Change], list[Filled]]:
    """
    Compare the fields of a unit.

    A field is named by its tag, its title and the path it is bound to; a program may drop some of them, so each that is there has to
    agree with the field that was written at this place. Two that disagree are a conflict: none of them is believed.

    Args:
        named: the file has tags; LibreOffice drops all of them when it saves a file.

    Returns:
        what was changed about the fields, and the values that somebody filled in, which are no change.
    """
    changes: list[Change] = []
    filled: list[Filled] = []
    for before, after in _paired(mine, theirs):
        if before is not None and after is not None:
            changes += _conflicts(name, before, after, named=named)
            value = after.value.strip()
            if after.prompt and value not in PROMPTS and value != before.value.strip():
                about = say("the field shows words that the file calls a prompt and no value")
                changes.append(_change(name, before.tag, before.value, after.value, about))
            elif value not in PROMPTS:
                filled.append(Filled(tag=before.tag, clause=name.clause, value=value))
                if before.kind == "choice" and before.choices and value not in before.choices:
                    about = joined((say("the field shows what is none of its choices"), *_told(value, before.choices)))
                    changes.append(_change(name, before.tag, " / ".join(before.choices), value, about))
        elif before is not None:
            was = say("a place to fill in")
            changes.append(_change(name, before.tag, was, "", say("the field was taken out")))
        elif after is not None:
            tag = after.tag or after.title
            now = say("a field {tag}", tag=tag) if tag else say("a field")
            changes.append(_change(name, tag, "", now, say("a field was put in that was not there")))
    return changes, filled


def _paired(mine: Sequence[Control], theirs: Sequence[Control]) -> Iterator[tuple[Control | None, Control | None]]:
    """Yield fields that stand at the same place, or, where there are more or fewer of them, that are called the same."""
    if len(mine) == len(theirs):
        yield from zip(mine, theirs, strict=True)
        return
    left = list(theirs)
    for control in mine:
        same = next((one for one in left if control.tag in (one.tag, one.title)), None)
        if same is not None:
            left.remove(same)
        yield control, same
    yield from ((None, one) for one in left)


def _conflicts(name: Name, before: Control, after: Control, *, named: bool) -> Iterator[Change]:
    tag, title, binding = say("tag"), say("title"), say("binding")
    rungs = ((tag, before.tag, after.tag), (title, before.title, after.title), (binding, before.path, after.path))
    differ = [(what, was, now) for what, was, now in rungs if now and now != was]
    if differ:
        shown = [say("{what} '{text}'", what=what, text=now[:80]) for what, _, now in differ]
        about = say("what names the field was changed, so that a value may be taken for another one's")
        was = say("field {tag}", tag=before.tag)
        yield _change(name, before.tag, was, say("{names} at the place of {tag}", names=shown, tag=before.tag), about)
    elif named and not (after.tag and after.title) and after.kind != "cell":
        lost = tag if not after.tag else title
        about = say("the field has lost its {what}, while others have theirs", what=lost)
        yield _change(name, before.tag, say("{what} '{text}'", what=lost, text=before.tag), "", about)
    if after.kind != before.kind:
        was, now = say("a field of kind {kind}", kind=before.kind), say("a field of kind {kind}", kind=after.kind)
        yield _change(name, before.tag, was, now, say("the field is of another kind"))
    if after.choices != before.choices:
        about = say("the choices of the field were changed")
        yield _change(name, before.tag, " / ".join(before.choices), " / ".join(after.choices), about)


def _told(value: str, choices: Sequence[str]) -> list[Message]:
    return [told for choice in choices if (told := told_apart(choice, value))][:1]


def _change(name: Name, tag: str, was: str, now: str, about: Message) -> Change:
    clause = name.clause if not tag or tag.startswith(name.clause) else f"{name.clause} ({tag})"
    return Change(code=FORM, kind="field", clause=clause, number=name.number, was=was, now=now, about=about)
