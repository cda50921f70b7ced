"""Two sequences laid beside each other: what stands in both, what stands in one of them, what was changed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias, TypeVar

Pair: TypeAlias = tuple[int | None, int | None]
"""Places in the two sequences; None where one has nothing that belongs to the other."""

_MOST = 40_000
"""Pairs that are compared closely in one gap; a larger gap is paired from its start."""

_T = TypeVar("_T")
LEAST = 0.34
"""How much two things must have in common to be one that was changed."""


def aligned(before: Sequence[_T], after: Sequence[_T], alike: Callable[[_T, _T], float]) -> list[Pair]:
    """
    Pair two sequences in their order, in time that grows with their length (closely compared gaps are bounded).

    Args:
        before, after: hashable; equal ones are never told apart.
        alike: how much two of them have in common, 0 to 1.

    Returns:
        pairs, each element in one of them; the elements of each sequence come in their order.
    """
    return list(_between(before, after, 0, len(before), 0, len(after), alike, 0))


def _between(
    before: Sequence[_T],
    after: Sequence[_T],
    low: int,
    high: int,
    start: int,
    stop: int,
    alike: Callable[[_T, _T], float],
    depth: int,
) -> Iterator[Pair]:
    while low < high and start < stop and before[low] == after[start]:
        yield low, start
        low, start = low + 1, start + 1
    ends: list[Pair] = []
    while low < high and start < stop and before[high - 1] == after[stop - 1]:
        high, stop = high - 1, stop - 1
        ends.append((high, stop))
    anchors = _anchors(before, after, low, high, start, stop) if low < high and start < stop and depth < 20 else []
    if anchors:
        for left, right in anchors:
            yield from _between(before, after, low, left, start, right, alike, depth + 1)
            yield left, right
            low, start = left + 1, right + 1
        yield from _between(before, after, low, high, start, stop, alike, depth + 1)
    else:
        yield from _gap(before, after, low, high, start, stop, alike)
    yield from reversed(ends)


def _anchors(
    before: Sequence[_T], after: Sequence[_T], low: int, high: int, start: int, stop: int
) -> list[tuple[int, int]]:
    """Return what stands once in each part, in the longest run of it that keeps its order."""
    counts, others = Counter(before[low:high]), Counter(after[start:stop])
    places = {after[at]: at for at in range(start, stop) if others[after[at]] == 1}
    single = [(at, places[before[at]]) for at in range(low, high) if counts[before[at]] == 1 and before[at] in places]
    return ascending(single)


def ascending(single: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs whose second places ascend as their first ones do (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    back: list[int] = []
    for place, (_, right) in enumerate(single):
        pile = bisect_left(tops, right)
        back.append(piles[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(right)
            piles.append(place)
        else:
            tops[pile], piles[pile] = right, place
    found: list[tuple[int, int]] = []
    place = piles[-1] if piles else -1
    while place >= 0:
        found.append(single[place])
        place = back[place]
    return found[::-1]


def _gap(
    before: Sequence[_T],
    after: Sequence[_T],
    low: int,
    high: int,
    start: int,
    stop: int,
    alike: Callable[[_T, _T], float],
) -> Iterator[Pair]:
    """Pair what has no equal: those that have most in common, in their order."""
    rows, columns = high - low, stop - start
    if rows == columns == 1:
        yield low, start
        return
    if not rows or not columns or rows * columns > _MOST:
        paired = min(rows, columns) if rows and columns else 0
        yield from ((low + at, start + at) for at in range(paired))
        yield from ((at, None) for at in range(low + paired, high))
        yield from ((None, at) for at in range(start + paired, stop))
        return
    score = [[alike(before[low + i], after[start + j]) for j in range(columns)] for i in range(rows)]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            both = score[i][j] + best[i + 1][j + 1] if score[i][j] >= LEAST else -1.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < rows and j < columns:
        if score[i][j] >= LEAST and best[i][j] == score[i][j] + best[i + 1][j + 1]:
            yield low + i, start + j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield low + i, None
            i += 1
        else:
            yield None, start + j
            j += 1
    yield from ((low + at, None) for at in range(i, rows))
    yield from ((None, start + at) for at in range(j, columns))
