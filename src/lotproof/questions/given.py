"""What somebody has written in a cell or behind ``--set``, as TOML would hold it for a question."""

from __future__ import annotations

import re
from typing import Any

from lotproof.catalog.model import Question
from lotproof.findings import Refused
from lotproof.messages import say
from lotproof.sources import parse_toml

_WHOLE = re.compile(r"[+-]?[0-9]{1,30}\Z", re.ASCII)
_SEPARATORS = re.compile(r"[;；]")

YES = frozenset({"yes", "true", "是"})
NO = frozenset({"no", "false", "否"})


def given(question: Question, text: str) -> Any:
    """
    Return a text as the type of a question takes it; what does not fit comes back as text, so that its reader says why.

    A choice may be named by its words in either language, a flag as yes or no, a list by a line or a semicolon for each entry.
    """
    match question.type:
        case "integer":
            return int(text) if _WHOLE.match(text) else text
        case "flag":
            word = text.casefold()
            return True if word in YES else False if word in NO else text
        case "choice":
            return choice_of(question, text)
        case "list":
            return entries_of(text)
        case _:
            return text


def choice_of(question: Question, text: str) -> str:
    """Return the value whose words are ``text``; the text itself where it is a value, or nobody's words."""
    if any(value == text for value, _ in question.choices):
        return text
    found = [value for value, words in question.choices if text in words.values()]
    return found[0] if len(found) == 1 else text


def entries_of(text: str) -> list[str]:
    """Return the entries of a list: one a line; on a single line, one between semicolons."""
    parts = text.split("\n") if "\n" in text else _SEPARATORS.split(text)
    return [part.strip() for part in parts if part.strip()]


def toml_value(text: str) -> Any:
    """
    Return a value written as TOML writes it: ``"30"``, ``["a", "b"]``, ``{ en = "..." }``.

    Raises:
        ValueError: it is none.
    """
    try:
        data, _ = parse_toml(f"value = {text}".encode(), "value")
    except Refused as refused:
        raise ValueError(refused.findings[0].message) from None
    if list(data) != ["value"]:
        raise ValueError(say("more than one value"))
    return data["value"]
