"""Fields to fill in: whether each is the one it was, and what stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lotproof.verify.glyphs import told_apart
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
                about = "the field shows words that the file calls a prompt and no value"
                changes.append(_change(name, before.tag, before.value, after.value, about))
            elif value not in PROMPTS:
                filled.append(Filled(tag=before.tag, clause=name.clause, value=value))
                if before.kind == "choice" and before.choices and value not in before.choices:
                    about = "the field shows what is none of its choices" + _told(value, before.choices)
                    changes.append(_change(name, before.tag, " / ".join(before.choices), value, about))
        elif before is not None:
            changes.append(_change(name, before.tag, "a place to fill in", "", "the field was taken out"))
        elif after is not None:
            tag = after.tag or after.title
            changes.append(_change(name, tag, "", f"a field {tag}".strip(), "a field was put in that was not there"))
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
    rungs = (("tag", before.tag, after.tag), ("title", before.title, after.title), ("binding", before.path, after.path))
    differ = [(what, was, now) for what, was, now in rungs if now and now != was]
    if differ:
        shown = ", ".join(f"{what} '{now[:80]}'" for what, _, now in differ)
        about = "what names the field was changed, so that a value may be taken for another one's"
        yield _change(name, before.tag, f"field {before.tag}", f"{shown} at the place of {before.tag}", about)
    elif named and not (after.tag and after.title) and after.kind != "cell":
        lost = "tag" if not after.tag else "title"
        about = f"the field has lost its {lost}, while others have theirs"
        yield _change(name, before.tag, f"{lost} {before.tag}", "", about)
    if after.kind != before.kind:
        yield _change(
            name, before.tag, f"a field of kind {before.kind}", f"of kind {after.kind}", "the field is of another kind"
        )
    if after.choices != before.choices:
        was, now = " / ".join(before.choices), " / ".join(after.choices)
        yield _change(name, before.tag, was, now, "the choices of the field were changed")


def _told(value: str, choices: Sequence[str]) -> str:
    return next((f"; {told}" for choice in choices if (told := told_apart(choice, value))), "")


def _change(name: Name, tag: str, was: str, now: str, about: str) -> Change:
    clause = name.clause if not tag or tag.startswith(name.clause) else f"{name.clause} ({tag})"
    return Change(code=FORM, kind="field", clause=clause, number=name.number, was=was, now=now, about=about)
