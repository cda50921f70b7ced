"""
What the program tells people about their data: written in English where it is said, and said in other languages from a file of sentences.

The idiom is that of gettext, typed: ``say("the shares add up to {total} %, not to 100 %", total=total)`` is an English text that
remembers its sentence and its values. Whoever shows it asks :func:`in_language` for it; until then it is a text like any other, and no
file is read. The sentences of a language are data, ``templates/messages/<language>/*.toml``, each under its English; a place
in braces is filled, and what stands behind the colon of a place that holds a list joins it: ``{names:、}``.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, LiteralString, Self, TypeAlias

ENGLISH = "en"

_DEEPEST = 8
"""Messages inside messages that are read from a file; what the program says itself has three."""

Value: TypeAlias = str | int | Decimal | datetime.date | Mapping[str, str] | Sequence["Value"]
"""
What fills a place: a text, which may be a message itself, a number, a day, a text per language, or a list of these.

A list is joined by what its place says after the colon, by a comma if that is nothing: ``{names}``, ``{names: or }``.
"""


class Message(str):
    """
    An English text that can be said in another language.

    Attributes:
        sentence: with its places, as :meth:`str.format` takes them.
        values: of the places.
    """

    __slots__ = ("sentence", "values")
    sentence: str
    values: Mapping[str, Any]

    def __new__(cls, text: str, sentence: str, values: Mapping[str, Any]) -> Self:
        made = super().__new__(cls, text)
        made.sentence, made.values = sentence, values
        return made


class _Listed:
    """A list that the place which it fills joins."""

    def __init__(self, parts: Sequence[Any]) -> None:
        self.parts = parts

    def __format__(self, between: str) -> str:
        return (between or ", ").join(map(str, self.parts))


def say(sentence: LiteralString, /, **values: Value) -> Message:
    """
    Return a message.

    Args:
        sentence: in English; a brace that is meant as one stands twice.
        values: one for each place; a decimal is written in plain digits, a day as ISO 8601 has it.
    """
    kept = {name: _kept(value) for name, value in values.items()}
    return Message(_filled(sentence, kept, ENGLISH), sentence, kept)


def reason(error: Exception) -> Message:
    """Return what an error says that was raised with a message, or its text as it stands."""
    text = error.args[0] if error.args else ""
    return text if isinstance(text, Message) else as_it_stands(str(error))


def as_it_stands(text: str) -> Message:
    """Return as a message what is no sentence of the program: a name, or what another library says."""
    return say("{text}", text=text)


def in_language(text: str, language: str) -> str:
    """Return a text in a language: in English where it is no message, or has no sentence in that language."""
    if language == ENGLISH or not isinstance(text, Message):
        return text
    try:
        return _said(text, language)
    except (LookupError, ValueError, TypeError):  # the values of a message that was read from a file need not fit
        return str(text)


def as_data(text: str) -> Any:
    """Return a text as JSON keeps it; its English stands beside it wherever it is a message."""
    return _data(text)


def from_data(text: str, data: Any) -> Message:
    """
    Return the message that :func:`as_data` has kept.

    Nothing of it is trusted: a sentence that no file of sentences has is never filled in.

    Args:
        text: its English, which was kept beside it.
    """
    try:
        read = _read(data, _DEEPEST)
    except (LookupError, TypeError):
        read = None
    return Message(text, read.sentence, read.values) if isinstance(read, Message) else as_it_stands(text)


@cache
def sentences(language: str) -> Mapping[str, str]:
    """Return the sentences of a language by their English."""
    import tomllib  # neither of the two is needed before somebody asks for another language

    from lotproof.shipped import shipped

    files = sorted((shipped("templates") / "messages" / language).glob("*.toml"))
    rows = [row for file in files for row in tomllib.loads(file.read_text(encoding="utf-8"))["message"]]
    return {row[ENGLISH]: row[language] for row in rows}


def _kept(value: Value) -> Any:
    match value:
        case str() | int() | Mapping():
            return value
        case Decimal():
            return f"{value:f}"
        case datetime.date():
            return value.isoformat()
        case _:
            return tuple(map(_kept, value))


def _filled(sentence: str, values: Mapping[str, Any], language: str) -> str:
    return sentence.format_map({name: _worded(value, language) for name, value in values.items()})


def _worded(value: Any, language: str) -> Any:
    match value:
        case Message():
            return value if language == ENGLISH else _said(value, language)
        case str() | int():
            return value
        case Mapping():
            return value.get(language) or value.get(ENGLISH) or next(iter(value.values()), "")
        case _:
            return _Listed([_worded(part, language) for part in value])


def _said(message: Message, language: str) -> str:
    return _filled(sentences(language)[message.sentence], message.values, language)


def _data(value: Any) -> Any:
    match value:
        case Message():
            return {"say": value.sentence, "values": {name: _data(inner) for name, inner in value.values.items()}}
        case str() | int():
            return value
        case Mapping():
            return dict(value)
        case _:
            return [_data(part) for part in value]


def _read(data: Any, deep: int) -> Any:
    if not deep:
        raise LookupError
    match data:
        case str() | int():
            return data
        case {"say": str(sentence), "values": Mapping() as values}:
            return Message("", sentence, {str(name): _read(value, deep - 1) for name, value in values.items()})
        case Mapping():
            return {str(language): str(text) for language, text in data.items()}
        case list() | tuple():
            return tuple(_read(part, deep - 1) for part in data)
    raise TypeError
