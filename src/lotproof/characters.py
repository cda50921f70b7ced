"""Which characters an answer may hold, so that what a person reads is what the data says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_PLAIN = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u0233\u4e00-\u9fff\u3001-\u3011\uff01-\uff5e]*\Z")
"""Text made of these alone has nothing to check: printable ASCII, Latin letters, Chinese characters and punctuation."""

_ZWJ, _ZWNJ, _VARIATION = "\u200d", "\u200c", "\ufe0f"
_WORD = re.compile(r"[^\W\d_]+")
_UNIT_LETTERS = frozenset("\u00b5\u03bc\u03a9\u2126\u0394\u03b1\u03b2\u03b3\u03b4\u03bb\u03c0\u03c1\u03c3\u03c6")


def forbidden(text: str, *, newlines: bool = False) -> Iterator[tuple[int, str]]:
    """
    Yield position and name of each character that may not stand in an answer.

    Refused are control characters (Cc), unpaired surrogates (Cs), unassigned and private code points (Cn, Co), line and
    paragraph separators, and invisible or direction-changing characters (Cf). A zero-width joiner is let through between two
    emoji, and a zero-width non-joiner between two Arabic letters, where spelling needs them.

    Args:
        newlines: let newline and tab through.
    """
    if _PLAIN.match(text):
        return
    for position, character in enumerate(text):
        category = unicodedata.category(character)
        if category[0] != "C" and category not in ("Zl", "Zp"):
            continue
        if newlines and character in "\n\t":
            continue
        if character == _ZWJ and _is_emoji(_before(text, position)) and _is_emoji(text[position + 1 : position + 2]):
            continue
        if character == _ZWNJ and _is_arabic(text[position - 1 : position]) and _is_arabic(text[position + 1 : position + 2]):
            continue
        yield position, f"U+{ord(character):04X} {unicodedata.name(character, 'control character' if category == 'Cc' else 'unnamed')}"


def mixed_words(text: str) -> list[str]:
    """
    Return the words that mix Latin letters with Cyrillic or Greek ones, which look alike.

    Greek letters used as symbols in units and formulas (µ, Ω, Δ ...) do not count, nor does Latin beside Chinese.
    """
    if text.isascii() or _PLAIN.match(text):
        return []
    found = []
    for word in _WORD.findall(text):
        scripts = {_script(c) for c in word if c not in _UNIT_LETTERS}
        if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK"} or {"CYRILLIC", "GREEK"} <= scripts:
            found.append(word)
    return found


def normal_form(text: str) -> str:
    """Return ``text`` in Unicode normal form C."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def has_chinese(text: str) -> bool:
    """Say whether ``text`` holds a Chinese character."""
    return any("\u3400" <= c <= "\u9fff" or "\U00020000" <= c <= "\U0003134f" for c in text)


def _before(text: str, position: int) -> str:
    while position and (text[position - 1] == _VARIATION or "\U0001f3fb" <= text[position - 1] <= "\U0001f3ff"):
        position -= 1
    return text[position - 1 : position]


def _is_emoji(character: str) -> bool:
    return bool(character) and unicodedata.category(character) == "So"


def _is_arabic(character: str) -> bool:
    return bool(character) and "\u0600" <= character <= "\u06ff"


def _script(character: str) -> str:
    return unicodedata.name(character, "UNKNOWN").split(" ")[0].split("-")[0]
