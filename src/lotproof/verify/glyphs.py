"""Characters that look alike, and those that nobody sees, by their names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from lotproof.findings import quoted
from lotproof.messages import Message, say

_LOOK = {
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "і": "i", "ј": "j", "ѕ": "s", "һ": "h", "ԁ": "d", "ԛ": "q",
    "ԝ": "w", "г": "r", "к": "k", "м": "m", "т": "t", "в": "b", "н": "h", "п": "n", "ӏ": "l", "ь": "b",
    "А": "A", "В": "B", "Е": "E", "К": "K", "М": "M", "Н": "H", "О": "O", "Р": "P", "С": "C", "Т": "T", "Х": "X", "У": "Y", "І": "I",
    "Ѕ": "S", "Ј": "J", "З": "3", "з": "3", "б": "6", "Ԁ": "D", "Ԍ": "G", "Ԝ": "W", "Г": "r",
    "α": "a", "ο": "o", "ρ": "p", "υ": "u", "ν": "v", "ι": "i", "κ": "k", "τ": "t", "χ": "x", "γ": "y", "σ": "o", "ϲ": "c", "ω": "w",
    "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N", "Ο": "O", "Ρ": "P", "Τ": "T", "Υ": "Y",
    "Χ": "X", "Ϲ": "C", "ո": "n", "օ": "o", "ս": "u", "հ": "h", "ց": "g", "Լ": "L", "Օ": "O",
    "ı": "i", "ȷ": "j", "ɑ": "a", "ɡ": "g", "ʟ": "L", "ǀ": "l", "Ɩ": "l", "ƽ": "5", "Ƽ": "5", "ʒ": "3", "Ʒ": "3", "ȝ": "3", "Ȣ": "8",
    "ƨ": "2", "Ƨ": "2", "Ꮞ": "4", "Ꮾ": "6", "৪": "8", "੪": "8", "೦": "o", "٠": ".", "۰": ".", "০": "0", "०": "0", "੦": "0", "௦": "0",
    "0": "o", "O": "o", "1": "l", "I": "l", "|": "l",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "﹣": "-", "－": "-", "⁃": "-", "ー": "-", "一": "-", "˗": "-",
    "∕": "/", "⁄": "/", "／": "/", "⧸": "/", "∶": ":", "：": ":", "ː": ":", "꞉": ":", "׃": ":", "·": ".", "․": ".", "。": ".", "•": ".", "∙": ".",
    "⋅": ".", "˙": ".", "，": ",", "‚": ",", "、": ",", "ˏ": ",", "؛": ";", "；": ";", "‘": "'", "’": "'", "ʼ": "'", "′": "'", "＇": "'",
    "ˈ": "'", "“": '"', "”": '"', "″": '"', "＂": '"', "ʺ": '"', "∼": "~", "～": "~", "˜": "~", "〜": "~", "±": "±", "∓": "±", "＋": "+", "＝": "=",
    "⩽": "≤", "≦": "≤", "⩾": "≥", "≧": "≥", "º": "°", "˚": "°", "ᵒ": "°", "∘": "°", "μ": "µ", "Ω": "Ω", "∆": "Δ", "×": "x", "✕": "x", "⨯": "x",
    "‹": "<", "›": ">", "＜": "<", "＞": ">",
}  # fmt: skip
_SKELETON: Mapping[int, str] = MappingProxyType({ord(one): other for one, other in _LOOK.items()})

_MOST = 6
"""Characters that are named of one change."""


def skeleton(text: str) -> str:
    """Return what a text looks like: compatibility forms, letters of other alphabets and signs that look alike in one form."""
    visible = "".join(c for c in text if not invisible(c))
    folded = unicodedata.normalize("NFKC", visible.translate(_SKELETON))
    return "".join(folded.translate(_SKELETON).split()).casefold()


def invisible(character: str) -> bool:
    """Say whether nothing is seen of a character, a space or a line's end apart."""
    if character < "\x7f":
        return character < " " and character not in "\t\n"
    category = unicodedata.category(character)
    return (
        category in ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp")
        or "\ufe00" <= character <= "\ufe0f"
        or character in _HOLLOW
    )


_HOLLOW = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"


def joined(parts: Sequence[Message]) -> Message:
    """Return several things that are said of one change; empty where there are none."""
    return say("{parts:; }", parts=[part for part in parts if part])


def told_apart(was: str, now: str) -> Message:
    """
    Return what a reader would not see of a change, empty where there is nothing: ``now has U+0435 CYRILLIC SMALL LETTER IE where U+0065 stood``.

    Characters that nobody sees are named wherever they came in; those that look alike only where the two texts look the same.
    """
    unseen = [c for c in dict.fromkeys(now) if invisible(c) and c not in was]
    parts = [say("{character}, which nobody sees", character=spelt(c)) for c in unseen]
    if was != now and skeleton(was) == skeleton(now):
        parts += list(_swapped(was, now))
    return joined(parts[:_MOST])


def _swapped(was: str, now: str) -> Iterator[Message]:
    old, new = ([c for c in text if not invisible(c)] for text in (was, now))
    if len(old) == len(new):
        pairs = dict.fromkeys((a, b) for a, b in zip(old, new, strict=True) if a != b)
        for a, b in pairs:
            yield say("{now} where {was} stood", now=spelt(b), was=spelt(a))
    else:
        for c in dict.fromkeys(c for c in new if c not in old):
            yield say("{character}, which was not there", character=spelt(c))


def spelt(character: str) -> Message:
    """Return a character with its code point and its name."""
    nameless = say("control character") if unicodedata.category(character) == "Cc" else say("unnamed")
    name = unicodedata.name(character, nameless)
    named = say("U+{code} {name}", code=f"{ord(character):04X}", name=name)
    if character.isprintable() and not character.isspace() and not invisible(character):
        return say("{character} {named}", character=quoted(character), named=named)
    return named
