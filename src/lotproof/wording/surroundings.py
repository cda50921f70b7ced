"""What stands around a vague word and makes it another thing: a number with its unit, a standard, a name, a heading, a prohibition."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Literal

from lotproof.frozen import Frozen
from lotproof.wording.folding import END, Folded

Side = Literal["before", "after", "both", "touching"]

_LONGEST = 24
"""No pattern of a context is longer, in tokens."""

_LONGEST_HEADING = 80
"""No heading is longer, in characters."""

_PARTS = frozenset((END, ",", "、"))
"""Signs between the parts of a sentence: in a list of properties each part has a number of its own, or none."""


class Context(Frozen):
    """
    Where something has to stand to change what a word means.

    Attributes:
        side: before the word, after it, on both sides, or ``touching``: sharing a token with it.
        within: how many tokens away at most.
        across: it may stand in another sentence.
        reach: it has to begin in the same part of the sentence, between commas, or within so many tokens behind the comma;
            None: anywhere in the sentence.
    """

    id: str
    side: Side
    within: int
    across: bool
    reach: int | None


class Surroundings:
    """
    The contexts that stand in one text.

    Args:
        text: as given.
        folded: the same, cut into tokens.
        contexts: what may stand around a word.
        found: start, end and number of each context that stands in the tokens.

    Attributes:
        places: starts and ends of the tokens in the text.
    """

    def __init__(
        self, text: str, folded: Folded, contexts: Sequence[Context], found: Iterable[tuple[int, int, int]]
    ) -> None:
        tokens = folded.tokens
        self.text, self.places, self._contexts = text, folded.places(), contexts
        self._firms = _FIRM_WORD.search(text) is not None
        self._chinese_firms = "公司" in text or "研究院" in text
        self._web = "@" in text or "://" in text or "www." in text or ".com" in text
        self._quotes = any(sign in text for sign in _QUOTES)
        self._headings = _headings(text)
        self._spans: dict[int, tuple[list[int], list[int]]] = {}
        for start, end, context in found:
            starts, ends = self._spans.setdefault(context, ([], []))
            starts.append(start)
            ends.append(end)
        signs = [i for i, token in enumerate(tokens) if token in _PARTS] if self._spans else []
        self._parts = [-1, *signs, len(tokens)]
        self._ends = [-1, *(i for i in signs if tokens[i] == END), len(tokens)]

    def stands(self, contexts: Iterable[int], start: int, end: int) -> bool:
        """Say whether one of ``contexts`` stands where it changes what the tokens from ``start`` to ``end`` mean."""
        spans = self._spans
        return bool(spans) and any(number in spans and self._near(number, start, end) for number in contexts)

    def is_no_promise(self, start: int, end: int) -> bool:
        """Say whether the words belong to the name of a firm, to an address on the web or to a heading, or are only quoted."""
        first, last = self.places[0][start], self.places[1][end - 1]
        if self._headings and bisect_right(self._headings, first) % 2:
            return True
        if not (self._firms or self._chinese_firms or self._web or self._quotes):
            return False
        before, after = self.text[max(0, first - 80) : first], self.text[last : last + 100]
        return (
            (self._firms and self.text[first].isupper() and _FIRM.match(after) is not None)
            or (self._chinese_firms and _CHINESE_FIRM.match(after) is not None)
            or (self._web and (_WEB_BEFORE.search(before) is not None or _WEB_AFTER.match(after) is not None))
            or (self._quotes and _QUOTED_BEFORE.search(before) is not None and _QUOTED_AFTER.match(after) is not None)
        )

    def _near(self, number: int, start: int, end: int) -> bool:
        context, (starts, ends) = self._contexts[number], self._spans[number]
        if context.side == "touching":
            first = bisect_left(starts, start - _LONGEST)
            return any(ends[i] > start for i in range(first, bisect_left(starts, end)))
        low = start - context.within if context.side != "after" else end
        high = end + context.within if context.side != "before" else start
        if not context.across:
            boundary = bisect_left(self._ends, start)
            low, high = max(low, self._ends[boundary - 1] + 1), min(high, self._ends[boundary])
        if context.reach is not None:
            low = max(low, self._parts[bisect_left(self._parts, start) - 1] + 1)
            high = min(high, self._parts[bisect_left(self._parts, end - 1)] + 1 + context.reach)
        inside = range(bisect_left(starts, max(low, start)), bisect_left(starts, min(high, end)))
        beside = bisect_left(starts, high) - bisect_left(starts, low) - len(inside)
        return beside > 0 or any(ends[i] > end for i in inside)  # what the words themselves hold stands not beside them


_FIRM_NAME = r"(?:Co|Ltd|Limited|Inc|GmbH|LLC|Corp|Corporation|Company|Pty|PLC|LLP)\b|(?:S\.A|B\.V)\."
_FIRM_WORD = re.compile(_FIRM_NAME)
_FIRM = re.compile(rf"(?:,? (?:[A-Z&(][\w&.'()-]*|and|of)){{0,8}},? ?\(?(?:{_FIRM_NAME})")
_CHINESE_FIRM = re.compile(
    r"(?:(?![的由与给为向从是和])[\u3400-\u9fff（）()]){0,14}(?:有限(?:责任)?公司|股份公司|研究院)"
)
_WEB_BEFORE = re.compile(r"(?:https?://|www\.)\S*\Z|[\w.-]@[\w.-]*\Z")
_WEB_AFTER = re.compile(r"[\w-]*(?:\.[\w-]+)*(?:@[\w-]|\.(?:com|cn|net|org)\b)")
_QUOTES = '"“”‘’「『'
_QUOTED_BEFORE = re.compile(
    r"(?:words?|terms?|expressions?|phrases?|wordings?|adjectives?|用语|词|字样|措辞|表述|使用|称|或|and|or|,|、)[\s:：]{0,2}[\"“‘'”」』]{0,2}[\"“‘'「『]\Z"
)
_QUOTED_AFTER = re.compile(r"[\"”’'」』]")
_TITLE = r"(?:[A-Z][\w'&/-]*|of|and|the|for|to|in|by|on|or|with|&|,)"
_HEADING = re.compile(
    r"\s*(?:#{1,6} .*"
    r"|(?:第[一二三四五六七八九十百0-9]{1,4}[条章节款]|[一二三四五六七八九十]{1,3}、)[\s:：]*[\u3400-\u9fff、]{2,12}[:：]?\s*"
    rf"|(?:(?:Article|Clause|Section|Chapter|Annex|Exhibit|Appendix|Schedule|Part)\s+)?(?:[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{0,3}}|[IVX]{{1,5}}|[A-Z])[.):]?\s+"
    rf"{_TITLE}(?: {_TITLE}){{0,7}}:?\s*)\Z"
)


def _headings(text: str) -> list[int]:
    """Return start and end, by turns, of the lines that are headings."""
    found, start = [], 0
    for line in text.split("\n"):
        if len(line) <= _LONGEST_HEADING and _HEADING.match(line) is not None:
            found += [start, start + len(line)]
        start += len(line) + 1
    return found
