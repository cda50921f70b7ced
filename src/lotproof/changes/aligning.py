"""Which piece of one sequence became which piece of another: equal pieces first, then those that are alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

from lotproof.changes.tokens import tokens
from lotproof.frozen import Frozen

Match: TypeAlias = tuple[int | None, int | None]
"""Places of two pieces that belong together; None where a piece has no partner."""

MOST = 40_000
"""Pairs that are weighed against each other between two fixed points; in a larger gap only equal pieces are matched."""


class Piece(Frozen, kw_only=True):
    """
    What is aligned.

    Attributes:
        key: equal where two pieces are the same.
        kind: pieces of different kinds never belong together.
        text: what it says.
        name: what stays the same when the words change (the code of an item), or empty.
        anchor: what it surely is, whatever it says (the bookmark of a heading), or empty; stands once.
    """

    key: str
    kind: str
    text: str
    name: str = ""
    anchor: str = ""


def align(old: Sequence[Piece], new: Sequence[Piece]) -> list[Match]:
    """Return every piece of both in their orders, matched ones together; of a gap the old pieces come first."""
    names = [[f"{piece.kind} {piece.anchor}" if piece.anchor else "" for piece in side] for side in (old, new)]
    return list(_between(old, new, list(_anchors(names[0], names[1])), _align_equal))


def _align_equal(old: Sequence[Piece], new: Sequence[Piece]) -> Iterable[Match]:
    keys = [[piece.key for piece in side] for side in (old, new)]
    return _between(old, new, list(_anchors(keys[0], keys[1])), _gap)


def _between(
    old: Sequence[Piece],
    new: Sequence[Piece],
    fixed: Sequence[tuple[int, int]],
    within: Callable[[Sequence[Piece], Sequence[Piece]], Iterable[Match]],
) -> Iterator[Match]:
    """Yield the fixed points, and between them what ``within`` finds there."""
    i = j = 0
    for a, b in (*fixed, (len(old), len(new))):
        for x, y in within(old[i:a], new[j:b]):
            yield None if x is None else i + x, None if y is None else j + y
        if a < len(old):
            yield a, b
        i, j = a + 1, b + 1


def _anchors(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    """Yield places that surely belong together: names that stand once in each, in the longest common order."""
    ones, others = Counter(old), Counter(new)
    single = {key for key, number in ones.items() if key and number == 1 and others.get(key) == 1}
    places = [[(key, at) for at, key in enumerate(side) if key in single] for side in (old, new)]
    left, right = ([key for key, _ in side] for side in places)
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            yield places[0][block.a + step][1], places[1][block.b + step][1]


def _gap(old: Sequence[Piece], new: Sequence[Piece]) -> list[Match]:
    """Match what lies between two fixed points so that the pieces that stay say as much as possible."""
    if not old or not new:
        return [*((i, None) for i in range(len(old))), *((None, j) for j in range(len(new)))]
    words = [[_words(piece) for piece in side] for side in (old, new)]
    weigh = _weight if len(old) * len(new) <= MOST else _equal
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    pairs = [[weigh(*a, *b) for b in zip(new, words[1], strict=True)] for a in zip(old, words[0], strict=True)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            both = best[i + 1][j + 1] + pairs[i][j] if pairs[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    found: list[Match] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if pairs[i][j] and best[i][j] == best[i + 1][j + 1] + pairs[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            found.append((i, None))
            i += 1
        else:
            found.append((None, j))
            j += 1
    return [*found, *((x, None) for x in range(i, len(old))), *((None, y) for y in range(j, len(new)))]


def _words(piece: Piece) -> Counter[str]:
    return Counter(token for token in tokens(piece.text) if not token.isspace())


def _equal(old: Piece, said: Counter[str], new: Piece, _: Counter[str]) -> float:
    return 1.0 + said.total() if old.kind == new.kind and old.key == new.key else 0.0


def _weight(old: Piece, said: Counter[str], new: Piece, says: Counter[str]) -> float:
    """Return how much it is worth to keep two pieces together, 0 where they have too little in common."""
    if old.kind != new.kind:
        return 0.0
    size = max(said.total(), says.total())
    if old.key == new.key:
        return 1.0 + size
    named = bool(old.name) and old.name == new.name
    common = (said & says).total()
    if not named and (not size or 2 * common < size):
        return 0.0
    return 0.5 + 0.9 * common
