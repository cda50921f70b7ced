"""Which characters an answer may hold, so that what a person reads is what the data says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lotproof.messages import Message, say

_PLAIN = (
    ("\u4e00", "\u9fff"),
    (" ", "~"),
    ("\u3001", "\u3011"),
    ("\uff01", "\uff0f"),
    ("\uff1a", "\uff20"),
    ("\uff3b", "\uff40"),
    ("\u00a1", "\u00ac"),
    ("\u00ae", "\u0233"),
)
"""
First and last of the characters that hide nothing and mix no alphabets: printable ASCII, Latin letters, Chinese characters and signs.
"""

_ZWJ, _ZWNJ = "\u200d", "\u200c"
_WORD = r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"
_SYMBOLS = frozenset("\u00b5\u03bc\u03a9\u2126\u0394\u03b4\u03bb\u03c0\u03c6\u00aa\u00ba")
"""Greek letters of units and formulas that look like no Latin one, and the two ordinal signs: they belong to no alphabet."""

_SHORT = _SYMBOLS | frozenset("\u03b1\u03b2\u03b3\u03c1\u03c3")
"""Those that may be taken for a, b, y, p and o count as symbols only in words of up to three letters."""

_TOGETHER = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "MODIFIER", "IDEOGRAPHIC"})
"""Scripts that stand beside others without a space."""

_HOLLOW = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc")
"""Letters, marks and symbols that print nothing."""


def forbidden(text: str, *, newlines: bool = False) -> Iterator[tuple[int, Message]]:
    """
    Yield position and name of each character that may not stand in an answer.

    Refused are control characters (Cc), unpaired surrogates (Cs), unassigned and private code points (Cn, Co), line and
    paragraph separators, invisible or direction-changing characters (Cf), and letters that print nothing. Let through, where
    spelling needs them: a zero-width joiner between two emoji or after an Indic virama, a zero-width non-joiner between two
    Arabic letters or after a virama, one variation selector after the symbol or the Chinese character that it varies.

    Args:
        newlines: let newline and tab through.
    """
    if _is_plain(text):
        return
    for position, character in enumerate(text):
        category = unicodedata.category(character)
        if category[0] != "C" and category not in ("Zl", "Zp", "Mn") and character not in _HOLLOW:
            continue
        if category == "Mn" and character not in _HOLLOW and not _is_selector(character):
            continue
        if (newlines and character in "\n\t") or _needed(character, text, position):
            continue
        nameless = say("control character") if category == "Cc" else say("unnamed")
        name = unicodedata.name(character, nameless)
        yield position, say("U+{code} {name}", code=f"{ord(character):04X}", name=name)


def mixed_words(text: str) -> list[str]:
    """
    Return the words that mix letters of two alphabets, such as Latin with Cyrillic ones, which look alike.

    Greek letters used as symbols in units and formulas (µm, MΩ, ΔE) do not count, nor does Latin beside Chinese.
    """
    if _is_plain(text):
        return []
    found = []
    for word in re.findall(_WORD, text):
        symbols = _SHORT if len(word) <= 3 else _SYMBOLS
        scripts = {_script(c) for c in word if c not in symbols and unicodedata.category(c)[0] == "L"}
        if len(scripts - _TOGETHER) > 1:
            found.append(word)
    return found


def _is_plain(text: str) -> bool:
    """Say so of a text made of :data:`_PLAIN` alone; without a pattern, which takes longer to compile than the answers of an order to look at."""
    if text.isascii():
        return text.isprintable()
    return all(any(first <= c <= last for first, last in _PLAIN) for c in set(text))


def normal_form(text: str) -> str:
    """Return ``text`` in Unicode normal form C."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def has_chinese(text: str) -> bool:
    """Say whether ``text`` holds a Chinese character."""
    return any("\u3400" <= c <= "\u9fff" or "\U00020000" <= c <= "\U0003134f" for c in text)


def _needed(character: str, text: str, position: int) -> bool:
    """Say whether an invisible character is part of the spelling where it stands."""
    before, after = text[max(0, position - 1) : position], text[position + 1 : position + 2]
    if not before:
        return False
    if character == _ZWJ:
        joined = _is_emoji(_visible_before(text, position)) and _is_emoji(after)
        return joined or (_is_virama(before) and _is_letter(after))
    if character == _ZWNJ:
        return (_is_arabic(before) and _is_arabic(after)) or (_is_virama(before) and _is_letter(after))
    if character in "\ufe0e\ufe0f":
        return before in "0123456789#*" or unicodedata.category(before)[0] in "SP"
    return _is_selector(character) and has_chinese(before)


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _visible_before(text: str, position: int) -> str:
    while position and (_is_selector(text[position - 1]) or "\U0001f3fb" <= text[position - 1] <= "\U0001f3ff"):
        position -= 1
    return text[max(0, position - 1) : position]


def _is_emoji(character: str) -> bool:
    return bool(character) and unicodedata.category(character) == "So"


def _is_letter(character: str) -> bool:
    return bool(character) and unicodedata.category(character)[0] == "L"


def _is_arabic(character: str) -> bool:
    return _is_letter(character) and "\u0600" <= character <= "\u06ff"


def _is_virama(character: str) -> bool:
    return bool(character) and unicodedata.combining(character) == 9


def _script(character: str) -> str:
    return unicodedata.name(character, "UNKNOWN").split(" ")[0].split("-")[0]
