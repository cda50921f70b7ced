"""Defects that the buyer puts into another class: up at will, down with a reason, a critical one never down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lotproof.catalog.model import CLASSES, Category, Question
from lotproof.findings import did_you_mean, quoted
from lotproof.frozen import Frozen
from lotproof.messages import say
from lotproof.questions import texts
from lotproof.questions.problems import CLASS_WORDS, MAX_ROWS, Problem, Report, blank, inside, shown

KEYS = ("id", "class", "reason")
_REASON = Question(key="reason", type="words", text={"en": "", "zh": ""}, why={}, max_length=400)


class Moved(Frozen, kw_only=True):
    """A defect of the catalogue in another class; ``reason`` is empty where it went up and nobody gave one."""

    id: str
    defect_class: str
    reason: Mapping[str, str]


def moved_defects(raw: Any, category: Category, report: Report) -> tuple[Moved, ...]:
    """
    Read ``[[defects]]``: a table for each defect that changes its class.

    Reports LP102 and LP103 for what is no such table, LP114 for a defect that stands twice, LP135 for a class that it may not have.
    """
    if blank(raw, "list"):
        return ()
    if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw) or len(raw) > MAX_ROWS:
        message = say("expected a table for each defect, found {given}", given=shown(raw))
        report(
            Problem(code="LP103", message=message, hint=say('write [[defects]] with id = "..." and class = "major"'))
        )
        return ()
    known = {defect.id: defect.defect_class for defect in category.defects}
    found: dict[str, Moved] = {}
    for index, row in enumerate(raw):
        there = inside(report, index)
        for key in row.keys() - set(KEYS):
            inside(there, key)(
                Problem(code="LP102", message=say("unknown key {key}", key=quoted(key)), hint=did_you_mean(key, KEYS))
            )
        name, wanted = row.get("id"), row.get("class")
        if not isinstance(name, str) or name not in known:
            hint = did_you_mean(name, known) if isinstance(name, str) else say('write id = "scratch"')
            message = say("{category} has no defect {name}", category=category.id, name=shown(name))
            inside(there, "id")(Problem(code="LP102", message=message, hint=hint))
        elif name in found:
            inside(there, "id")(
                Problem(code="LP114", message=say("{name} stands twice", name=quoted(name)), hint=say("remove one"))
            )
        elif wanted not in CLASSES:
            hint = say("write class = critical, major or minor, in quotes")
            inside(there, "class")(
                Problem(code="LP103", message=say("{wanted} is no class of defects", wanted=shown(wanted)), hint=hint)
            )
        else:
            moved = _moved(name, str(wanted), known[name], row.get("reason"), there)
            if moved:
                found[name] = moved
    return tuple(found.values())


def _moved(name: str, wanted: str, listed: str, raw: Any, report: Report) -> Moved | None:
    """LP135: a critical defect that goes down, one that goes down without a reason, or one that stays where it is."""
    reason = None if blank(raw) else texts.words(_REASON, raw, inside(report, "reason"))
    there = inside(report, "class")
    if wanted == listed:
        hint = say("remove the table, or choose another class")
        there(
            Problem(
                code="LP135",
                message=say("{name} is {listed} already", name=name, listed=CLASS_WORDS[listed]),
                hint=hint,
            )
        )
    elif listed == "critical":
        hint = say("remove the table; a defect that may injure or breaks the law stays critical")
        there(Problem(code="LP135", message=say("{name} is critical and cannot be moved down", name=name), hint=hint))
    elif CLASSES.index(wanted) > CLASSES.index(listed) and not reason:
        message = say(
            "{name} goes down from {listed} to {wanted} without a reason",
            name=name,
            listed=CLASS_WORDS[listed],
            wanted=CLASS_WORDS[wanted],
        )
        there(
            Problem(code="LP135", message=message, hint=say('add reason = {{ en = "...", zh = "..." }}: it is printed'))
        )
    else:
        return Moved(id=name, defect_class=wanted, reason=reason or {})
    return None
