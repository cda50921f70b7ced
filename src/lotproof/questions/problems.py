"""What is wrong with an answer, before the file and line are known, and how values are named in messages."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from lotproof.catalog.model import Question
from lotproof.findings import Severity, quoted
from lotproof.frozen import frozen, replace
from lotproof.shipped import languages

LANGUAGES = languages()
"""The languages in which somebody's own words may be given."""

MAX_ROWS = 200
"""Longest table or list of one answer, in rows; what is longer belongs into a named exhibit."""


@frozen(kw_only=True)
class Problem:
    """What is wrong with a value; ``path`` leads from the answer to the place inside it."""

    code: str
    message: str
    hint: str
    severity: Severity = Severity.REFUSE
    path: tuple[str | int, ...] = ()


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
    offers = f" (offered: {', '.join(question.suggest)})" if question.suggest else ""
    if question.example and not offers:
        offers = f" (for example {question.example})"
    return Problem(code="LP120", severity=Severity.OPEN, message="not answered yet", hint=question.text["en"] + offers)


def wrong_type(question: Question, raw: Any, wanted: str, report: Report) -> None:
    """Report LP103: a value of another type than was asked for."""
    report(Problem(code="LP103", message=f"expected {wanted}, found {shown(raw)}", hint=example(question)))


def example(question: Question) -> str:
    """Return how an answer to ``question`` may look."""
    if question.example:
        return f"for example {question.example}"
    if question.suggest:
        return f"for example {question.suggest[0]}"
    if question.choices:
        return "one of: " + ", ".join(value for value, _ in question.choices)
    return {
        "quantity": f'for example "10 {question.unit}"',
        "date": "for example 2027-01-15, without quotes",
        "integer": "a whole number without quotes",
        "decimal": "a number without quotes, such as 2.5",
        "money": "a number without quotes, such as 1.85",
        "flag": "true or false, without quotes",
        "list": 'for example ["first", "second"]',
        "entries": 'for example [{ key = "overall height", ... }, { key = "overall width", ... }]',
    }.get(question.type, "text between quotes")


def shown(raw: Any) -> str:
    """Name a value of a TOML file inside a message, briefly and on one line, whatever it is."""
    match raw:
        case bool():
            return "true" if raw else "false"
        case str():
            return f"the text {quoted(raw)}"
        case int() if raw.bit_length() > 400:
            return "a whole number of more than 100 digits"
        case int() | Decimal():
            return f"the number {quoted(raw)}"
        case datetime.datetime() | datetime.date() | datetime.time():
            return f"the date or time {raw.isoformat()}"
        case Mapping():
            return "a table"
        case list():
            return "a list"
        case _:
            return type(raw).__name__
