"""What stands around a vague word and makes it another thing: a number with its unit, a standard, a name, a heading, a prohibition."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Literal

from lotproof.frozen import frozen
from lotproof.wording.folding import END

Side = Literal["before", "after", "both", "touching"]

_LONGEST = 24
"""No pattern of a context is longer, in tokens."""


@frozen
class Context:
    """
    Where something has to stand to silence a word.

    Attributes:
        side: before the word, after it, on both sides, or ``touching``: sharing a token with it.
        within: how many tokens away at most; the end of a sentence is never crossed.
        everywhere: it silences every expression.
    """

    id: str
    side: Side
    within: int
    everywhere: bool


class Surroundings:
    """
    The contexts that stand in one text.

    Args:
        text: as given.
        places: start and end of each token in it.
        found: start, end and number of each context in the tokens.
    """

    def __init__(
        self,
        text: str,
        tokens: Sequence[str],
        places: Sequence[tuple[int, int]],
        contexts: Sequence[Context],
        found: Iterable[tuple[int, int, int]],
    ) -> None:
        self._text, self._tokens, self._places, self._contexts = text, tokens, places, contexts
        self._ends = [-1, *(i for i, token in enumerate(tokens) if token == END), len(tokens)]
        spans: dict[int, tuple[list[int], list[int]]] = {}
        for start, end, context in found:
            starts, ends = spans.setdefault(context, ([], []))
            starts.append(start)
            ends.append(end)
        self._spans = spans

    def silence(self, start: int, end: int, _tag: int, unless: Sequence[int]) -> bool:
        """Say whether one of the contexts ``unless`` stands where it silences the tokens from ``start`` to ``end``."""
        return any(self._stands(context, start, end) for context in unless if context in self._spans) or self._is_name(
            start, end
        )

    def _stands(self, number: int, start: int, end: int) -> bool:
        context, (starts, ends) = self._contexts[number], self._spans[number]
        if context.side == "touching":
            first = bisect_left(starts, start - _LONGEST)
            return any(ends[i] > start for i in range(first, bisect_left(starts, end)))
        boundary = bisect_left(self._ends, start)
        low = max(start - context.within, self._ends[boundary - 1] + 1) if context.side != "after" else end
        high = min(end + context.within, self._ends[boundary]) if context.side != "before" else start
        return bisect_left(starts, low) < bisect_left(starts, high)

    def _is_name(self, start: int, end: int) -> bool:
        """Say whether the words belong to the name of a firm or to an address on the web."""
        first, last = self._places[start][0], self._places[end - 1][1]
        before, after = self._text[max(0, first - 60) : first], self._text[last : last + 90]
        if _WEB_BEFORE.search(before) or _WEB_AFTER.match(after):
            return True
        return self._text[first].isupper() and bool(_FIRM.match(after))


_WEB_BEFORE = re.compile(r"(?:https?://|www\.)\S*\Z|[\w.-]@[\w.-]*\Z")
_WEB_AFTER = re.compile(r"[\w-]*(?:\.[\w-]+)*(?:@[\w-]|\.(?:com|cn|net|org)\b)")
_FIRM = re.compile(
    r"(?:,? (?:[A-Z&(][\w&.'()-]*|and|of)){0,8},? ?\(?(?:Co\b|Ltd\b|Limited\b|Inc\b|GmbH\b|LLC\b|Corp\b|Corporation\b|Company\b|S\.A\.|B\.V\.|Pty\b|PLC\b|LLP\b)"
)
