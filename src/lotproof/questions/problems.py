"""What is wrong with an answer, before the file and line are known, and how values are named in messages."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from lotproof.catalog.model import Question
from lotproof.findings import Severity, quoted
from lotproof.frozen import Frozen, replace
from lotproof.messages import Message, as_it_stands, say
from lotproof.shipped import languages

LANGUAGES = languages()
"""The languages in which somebody's own words may be given."""

MAX_ROWS = 200
"""Longest table or list of one answer, in rows; what is longer belongs into a named exhibit."""


class Problem(Frozen, kw_only=True):
    """What is wrong with a value; ``path`` leads from the answer to the place inside it."""

    code: str
    message: Message
    hint: Message
    severity: Severity = Severity.REFUSE
    path: tuple[str | int, ...] = ()


CLASS_WORDS: Mapping[str, Message] = MappingProxyType(
    {"critical": say("critical"), "major": say("major"), "minor": say("minor")}
)
"""The classes of defects, as messages name them."""

Report = Callable[[Problem], None]


def inside(report: Report, *path: str | int) -> Report:
    """Return a reporter for what lies at ``path`` inside the value that ``report`` is for."""
    return lambda problem: report(replace(problem, path=(*path, *problem.path)))


def blank(raw: Any, kind: str = "") -> bool:
    """
    Say whether an answer was left open.

    That is: missing, or an empty string; for a question of type ``list`` or ``entries`` also an empty list, for ``words`` also
    a table that says nothing in any language.
    """
    if raw is None or (isinstance(raw, str) and not raw):
        return True
    if kind == "words" and isinstance(raw, Mapping):
        return all(language in LANGUAGES and text == "" for language, text in raw.items())
    return kind in ("list", "entries") and isinstance(raw, list) and not raw


def unanswered(question: Question) -> Problem:
    """LP120: a blank; the hint asks the question again."""
    hint = say("{question}", question=question.text)
    if question.suggest:
        hint = say("{question} (offered: {offers})", question=question.text, offers=question.suggest)
    elif question.example:
        hint = say("{question} (for example {example})", question=question.text, example=question.example)
    return Problem(code="LP120", severity=Severity.OPEN, message=say("not answered yet"), hint=hint)


def wrong_type(question: Question, raw: Any, wanted: Message, report: Report) -> None:
    """Report LP103: a value of another type than was asked for."""
    report(
        Problem(
            code="LP103",
            message=say("expected {wanted}, found {given}", wanted=wanted, given=shown(raw)),
            hint=example(question),
        )
    )


def example(question: Question) -> Message:
    """Return how an answer to ``question`` may look."""
    if question.example:
        return say("for example {example}", example=question.example)
    if question.suggest:
        return say("for example {example}", example=question.suggest[0])
    if question.choices:
        return say("one of: {known}", known=[value for value, _ in question.choices])
    match question.type:
        case "quantity":
            return say('for example "10 {unit}"', unit=question.unit)
        case "date":
            return say("for example 2027-01-15, without quotes")
        case "integer":
            return say("a whole number without quotes")
        case "decimal":
            return say("a number without quotes, such as 2.5")
        case "money":
            return say("a number without quotes, such as 1.85")
        case "flag":
            return say("true or false, without quotes")
        case "list":
            return say('for example ["first", "second"]')
        case "entries":
            return say('for example [{{ key = "overall height", ... }}, {{ key = "overall width", ... }}]')
        case _:
            return say("text between quotes")


def shown(raw: Any) -> Message:
    """Name a value of a TOML file inside a message, briefly and on one line, whatever it is."""
    match raw:
        case bool():
            return as_it_stands("true" if raw else "false")
        case str():
            return say("the text {text}", text=quoted(raw))
        case int() if raw.bit_length() > 400:
            return say("a whole number of more than 100 digits")
        case int() | Decimal():
            return say("the number {number}", number=quoted(raw))
        case datetime.datetime() | datetime.date() | datetime.time():
            return say("the date or time {day}", day=raw.isoformat())
        case Mapping():
            return say("a table")
        case list():
            return say("a list")
        case _:
            return as_it_stands(type(raw).__name__)
