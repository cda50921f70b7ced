"""Patterns that cost next to nothing in a text in which they cannot match."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lotproof.frozen import Frozen


class Sought(Frozen):
    """
    A pattern, and the words of which one has to stand in a text for it to match at all.

    To look for a word is some hundred times as quick as to try a pattern at every character.

    Attributes:
        words: in lower case.
    """

    pattern: re.Pattern[str]
    words: tuple[str, ...]

    def each(self, text: str, lower: str) -> Iterator[re.Match[str]]:
        """Yield the matches in a text; ``lower`` is the same in lower case."""
        return self.pattern.finditer(text) if self.may_match(lower) else iter(())

    def first(self, text: str, lower: str) -> re.Match[str] | None:
        """Return the first match in a text; ``lower`` is the same in lower case."""
        return self.pattern.search(text) if self.may_match(lower) else None

    def may_match(self, lower: str) -> bool:
        """Say whether one of the words stands in a text, given in lower case."""
        return any(word in lower for word in self.words)


def sought(pattern: str, words: str, flags: re.RegexFlag = re.NOFLAG) -> Sought:
    """
    Return a pattern with its words.

    Args:
        words: parted by ``|``, in lower case.
        flags: of :mod:`re`.
    """
    return Sought(re.compile(pattern, flags), tuple(words.split("|")))
