"""Who is drawn: how a sample is shared among the items of a lot, and which cartons are opened."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import isqrt

_RULE = "lotproof-draw/1"


def share(n: int, quantities: Mapping[str, int]) -> dict[str, int]:
    """
    Return how many units of each item a sample of ``n`` takes, in proportion to the quantities.

    Each item gets one unit at least where there are enough (else the largest quantities get one), and beyond that whole units in
    proportion. What is then left over goes to the items that lie farthest below their proportion; where the first units of small
    items took more than was left over, those farthest above it give one back. Where two lie equally far, the larger quantity comes
    off better, then the item that stands first. No item gives more than it has.

    Args:
        n: sample size in units, 0 to the sum of the quantities.
        quantities: units of each item in the lot, 0 or more, in the order of the contract.

    Raises:
        ValueError: ``n`` or a quantity is out of bounds.
    """
    total = sum(quantities.values())
    if any(q < 0 for q in quantities.values()) or not 0 <= n <= total:
        raise ValueError(f"a sample of {n} cannot be drawn from {total} units")
    places = {item: place for place, item in enumerate(quantities)}
    by_size = sorted((item for item, q in quantities.items() if q), key=lambda item: (-quantities[item], places[item]))
    shares = dict.fromkeys(quantities, 0)
    if n <= len(by_size):
        return shares | dict.fromkeys(by_size[:n], 1)
    for item in by_size:
        shares[item] = max(1, n * quantities[item] // total)

    def lacks(item: str) -> tuple[int, int, int]:
        return n * quantities[item] - shares[item] * total, quantities[item], -places[item]

    left = n - sum(shares.values())
    for _ in range(left):  # fewer than there are items
        shares[max((item for item in by_size if shares[item] < quantities[item]), key=lacks)] += 1
    for _ in range(-left):
        shares[min((item for item in by_size if shares[item] > 1), key=lacks)] -= 1
    return shares


def cartons_to_open(cartons: int) -> int:
    """
    Return how many cartons are opened at least: the square root of their number, rounded up (trade practice).

    Raises:
        ValueError: a negative number.
    """
    if cartons < 0:
        raise ValueError(f"{cartons} is no number of cartons")
    return isqrt(cartons - 1) + 1 if cartons else 0


def draw(seed: str, count: int, population: int) -> tuple[int, ...]:
    """
    Return the numbers that are drawn from 1 to ``population``, in ascending order: the same for everybody who knows the seed.

    The numbers are cut into ``count`` ranges as equal as can be, and one number is drawn from each, so the sample spreads over the
    whole pile and has no fixed step. In range i (counted from 1) of w numbers the one at SHA-256 of the text
    ``lotproof-draw/1|seed|count|population|i``, read as one number, modulo w. A seed that nobody knew before the day, such as the lottery
    draw of that morning or a number that the buyer sends after the cartons are sealed, leaves nobody a choice.

    Args:
        seed: any text; blanks at its ends do not count.
        count: how many numbers, 0 to ``population``.

    Raises:
        ValueError: no seed, or numbers out of bounds.
    """
    text = seed.strip()
    if not text:
        raise ValueError("a draw needs a seed: a text that nobody knew before the day")
    if not 0 <= count <= population:
        raise ValueError(f"{count} of {population} cannot be drawn")
    edges = [place * population // count for place in range(count + 1)] if count else [0]
    return tuple(
        low + 1 + _number(f"{_RULE}|{text}|{count}|{population}|{place}") % (high - low)
        for place, (low, high) in enumerate(pairwise(edges), 1)
    )


def _number(text: str) -> int:
    import hashlib  # only a draw needs it

    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
