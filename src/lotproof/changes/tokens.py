"""Text word by word, in any script: what a person would strike out as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_TOKEN = re.compile(f"[{_WIDE}]|[ \\t\\r\\n]+|[^{_WIDE} \\t\\r\\n]+")
"""A wide character, blanks, or what stands between them: a no-break space holds a number and its unit together."""

_OPENING, _CLOSING = "([{\"'\u2018\u201c\u00ab", ")]}\"'\u2019\u201d\u00bb.,;:!?"


def tokens(text: str) -> Iterator[str]:
    """Yield the words of a text with everything between them: together they are the text again."""
    for match in _TOKEN.finditer(text):
        yield from _peeled(match.group())


def _peeled(token: str) -> Iterator[str]:
    """Take the punctuation off a word; a bracket that is opened in the word stays (``72 dB(A)``)."""
    start, end = 0, len(token)
    while start < end and token[start] in _OPENING:
        start += 1
    while end > start and token[end - 1] in _CLOSING:
        if token[end - 1] == ")" and token.count("(", start, end) >= token.count(")", start, end):
            break
        end -= 1
    yield from token[:start]
    if start < end:
        yield token[start:end]
    yield from token[end:]
