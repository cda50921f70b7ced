"""Texts in the columns of a terminal, where a Chinese character takes two."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

WIDTH = 80


def wrapped(text: str, indent: int) -> Iterator[str]:
    """Yield a text in lines of 80 columns, where a Chinese character takes two; it breaks at blanks, and before Chinese characters."""
    line, width = "", indent
    for word in _pieces(text):
        size = _width(word.rstrip())
        if line and width + size > WIDTH:
            yield " " * indent + line.rstrip()
            line, width, word = "", indent, word.lstrip()
        line += word
        width += _width(word)
    yield " " * indent + line.rstrip()


def padded(text: str, width: int) -> str:
    """Fill a text up with blanks to a width in columns, with one blank at least."""
    return text + " " * max(1, width - _width(text))


def _pieces(text: str) -> Iterator[str]:
    """Yield what stays together: a word with the blanks after it, a wide character with the punctuation after it."""
    piece = ""
    for before, character in zip(" " + text, text, strict=False):
        word = before == " " != character
        wide = _wide(character) and _kind(character) != "closing"
        if piece and _kind(before) != "opening" and (word or wide or (_wide(before) and character.isalnum())):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _kind(character: str) -> str:
    """Say whether punctuation opens or closes: what opens stays with what follows, all other with what comes before."""
    category = unicodedata.category(character)
    return "opening" if category in ("Ps", "Pi") else "closing" if category[0] == "P" else ""


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _width(text: str) -> int:
    return sum(1 + _wide(character) for character in text)
