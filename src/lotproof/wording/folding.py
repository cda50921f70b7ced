"""Text as the lexicon reads it: written alike whatever the keyboard, cut into tokens, each with its place in the text as given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import accumulate

from lotproof.frozen import Frozen

END = "."
"""The token of a boundary: the end of a sentence, a semicolon, or a line that starts something new."""

_LETTER = r"A-Za-z\u00c0-\u024f\u0370-\u03ff"
_SIGNS = r"。;!?,、:()\[\]/~≈≅±≤≥<>=%°\"“”‘’《》「」—–+*&#@$^"
_ABBREVIATION = "".join(
    rf"(?<!\b{word}\.)"
    for word in ("[Nn]o", "[Nn]os", "[Cc]a", "[Aa]pprox", "[Ff]ig", "[Aa]rt", "[Rr]ev", "e\\.g", "i\\.e")
)
# Every token begins with one of a set of characters, which the engine looks for quickly; what it is, is asked behind it.
_TOKEN = re.compile(
    rf"[{_LETTER}0-9\u3400-\u9fff{_SIGNS}.\n-](?:"
    rf"(?<=[{_LETTER}])[{_LETTER}]*(?:'[A-Za-z]{{1,2}}(?![A-Za-z]))?"
    rf"|(?<=[\u3400-\u9fff{_SIGNS}])"
    r"|(?<=[0-9])[0-9]*(?:[.,][0-9]+)*"
    r"|(?<=\n)(?=[ \t]*(?:\n|\Z|[^a-z\s\u3400-\u9fff(]|第|[一二三四五六七八九十]{1,3}[、.]|[\u3400-\u9fff]{1,8}:))"
    r"|(?<=[。;!?:]\n)"
    rf"|(?<=\.){_ABBREVIATION}(?=[ \t]+[A-Z\"(\u3400-\u9fff]|\s*\Z|\n)"
    r"|(?<=-)(?=[ \t]*[0-9])|(?<=\s-)(?=\s)"
    r")"
)
_APART = re.compile(f"({_TOKEN.pattern})")
_BOUNDARIES = dict.fromkeys("。;!?\n.", END)


class Folded(Frozen, kw_only=True):
    """
    A text, cut into tokens.

    Attributes:
        text: folded: full width, traditional characters and typographic signs in one form.
        tokens: words as they are written (lower case is the reader's), numbers, single Chinese characters, signs, :data:`END`.
        offsets: for each character of ``text``, its place in the text as given, and one more for the end; None where they agree.
    """

    text: str
    tokens: Sequence[str]
    offsets: Sequence[int] | None

    def places(self) -> tuple[Sequence[int], Sequence[int]]:
        """Return where the tokens start and where they end in the text as given."""
        tokens = self.tokens
        starts: Sequence[int]
        ends: Sequence[int]
        if len(tokens) == len(self.text):  # one character each and nothing between them, as in Chinese
            starts, ends = range(len(tokens)), range(1, len(tokens) + 1)
        else:
            bounds = list(
                accumulate(map(len, _APART.split(self.text)))
            )  # what stands between two tokens, and a token, by turns
            starts, ends = bounds[:-1:2], bounds[1::2]
        if self.offsets is None:
            return starts, ends
        given = self.offsets
        return [given[start] for start in starts], [given[end - 1] + 1 for end in ends]


def fold(text: str, simplified: Mapping[str, str]) -> Folded:
    """
    Cut a text into tokens, in time that grows with its length.

    Args:
        text: as somebody wrote it; any characters.
        simplified: traditional Chinese characters and the simplified ones that the lexicon knows them by.
    """
    if text.isascii():
        return Folded(text=text, tokens=_tokens(text), offsets=None)
    table = {ord(c): _form(c, simplified) for c in set(text) if not c.isascii()}
    changed = {code: form for code, form in table.items() if form != chr(code)}
    folded = text.translate(changed) if changed else text
    if all(len(form) == 1 for form in changed.values()):
        return Folded(text=folded, tokens=_tokens(folded), offsets=None)
    offsets: list[int] = []
    for place, character in enumerate(text):
        form = changed.get(ord(character))
        if form is None or len(form) == 1:
            offsets.append(place)
        else:
            offsets += [place] * len(form)
    return Folded(text=folded, tokens=_tokens(folded), offsets=offsets)


def _tokens(text: str) -> list[str]:
    tokens = _TOKEN.findall(text)
    return list(map(_BOUNDARIES.get, tokens, tokens)) if any(sign in text for sign in _BOUNDARIES) else tokens


_ALIKE = {
    "’": "'",
    "ʼ": "'",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "～": "~",
    "〜": "~",
    "∼": "~",
    "﹣": "-",
    "﹕": ":",
    "∶": ":",
    "．": ".",
    "｡": "。",
}


def _form(character: str, simplified: Mapping[str, str]) -> str:
    if character in _ALIKE:
        return _ALIKE[character]
    if unicodedata.category(character) in ("Cf", "Mn"):
        return ""
    form = unicodedata.normalize("NFKC", character)
    if len(form) > 1 and not form.isalpha():  # a fraction, a degree sign: it grows together with nothing beside it
        return f" {form} "
    return simplified.get(form, form)
