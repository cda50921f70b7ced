"""
Plans for one lot, computed from the quality that must not pass: accept-zero, and (n, Ac) from both parties' risks.

The tables of ISO 2859-1 are made for a series of lots with switching rules; for a single order its plans let through more than
their AQL suggests. These plans start from the limiting quality LQ instead. Nothing is copied from a table: each is the smallest
sample whose risk, hypergeometric for a known lot and binomial otherwise, is as asked for.
"""

from __future__ import annotations

from decimal import Decimal

from lotproof.frozen import Frozen
from lotproof.messages import say
from lotproof.sampling import NoPlan, Stage
from lotproof.sampling.distributions import binomial, hypergeometric
from lotproof.sampling.risk import TIE

MAX_AC = 1000
MAX_N = 10_000_000


class IsolatedPlan(Frozen, kw_only=True):
    """
    A single-sampling plan for one lot.

    Attributes:
        model: ``hypergeometric`` or ``binomial``.
        lot_size: units in the lot; None where it is not known.
        n: sample size.
        ac: acceptance number; one more nonconforming unit fails the lot.
        lq: percent nonconforming that is to fail.
        consumers_risk: probability that a lot at the LQ passes.
        quality: percent nonconforming that is to pass; None for an accept-zero plan.
        producers_risk: probability that a lot of this quality fails; None without one.
        full_inspection: the sample is the lot.
    """

    model: str
    lot_size: int | None
    n: int
    ac: int
    lq: Decimal
    consumers_risk: float
    quality: Decimal | None
    producers_risk: float | None
    full_inspection: bool

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The one sample, as :func:`lotproof.sampling.risk.risk_of` takes it."""
        return (Stage(n=self.n, ac=self.ac, re=self.ac + 1),)


def accept_zero(*, lq: Decimal, beta: Decimal = Decimal("0.10"), lot_size: int | None = None) -> IsolatedPlan:
    """
    Return the smallest sample that, with Ac 0, passes a lot at the LQ with a probability of ``beta`` at most.

    Args:
        lq: percent nonconforming; the least number of units that reaches it is what a known lot holds.
        beta: consumer's risk, a share.
        lot_size: 1 or more; None for a process or an unknown lot.

    Raises:
        NoPlan: numbers between which no plan lies.
    """
    _check(lq, beta, lot_size)
    n = _smallest(0, lq, beta, lot_size, 0)
    return _plan(n, 0, lq, None, lot_size)


def isolated(
    *,
    lq: Decimal,
    quality: Decimal,
    beta: Decimal = Decimal("0.10"),
    alpha: Decimal = Decimal("0.05"),
    lot_size: int | None = None,
) -> IsolatedPlan:
    """
    Return the smallest (n, Ac) that holds both risks.

    Args:
        lq: percent nonconforming that passes with a probability of ``beta`` at most (consumer's risk).
        quality: percent nonconforming that fails with a probability of ``alpha`` at most (producer's risk); the largest number
            of units that does not exceed it is what a known lot holds.
        lot_size: 1 or more; None for a process or an unknown lot.

    Raises:
        NoPlan: the two qualities are too close to be told apart, or no such numbers exist.
    """
    _check(lq, beta, lot_size)
    _check(quality, alpha, lot_size, zero=True)
    if quality >= lq:
        raise NoPlan(
            say("a lot of {quality} % is to pass and one of {lq} % to fail", quality=quality, lq=lq),
            say("the LQ must lie above the other"),
        )
    n = 0
    for ac in range(MAX_AC + 1):
        if lot_size is not None and ac >= _at_least(lot_size, lq):
            break
        n = _smallest(ac, lq, beta, lot_size, n)
        found = _plan(n, ac, lq, quality, lot_size)
        if found.producers_risk is not None and found.producers_risk <= float(alpha) * TIE:
            return found
    raise NoPlan(
        say("{quality} % and {lq} % cannot be told apart with these risks", quality=quality, lq=lq),
        say("move them apart, or inspect every unit"),
    )


def _check(percent: Decimal, share: Decimal, lot_size: int | None, *, zero: bool = False) -> None:
    if not (0 <= percent < 100 if zero else 0 < percent < 100):
        raise NoPlan(
            say("a quality of {percent} % leads to no plan", percent=percent),
            say("give a percentage above 0 and below 100"),
        )
    if not 0 < share < 1:
        raise NoPlan(
            say("a risk of {share} leads to no plan", share=share), say("give a share between 0 and 1, such as 0.10")
        )
    if lot_size is not None and lot_size < 1:
        raise NoPlan(say("a lot of {lot_size} has no plan", lot_size=lot_size), say("give its units, 1 or more"))


def _smallest(ac: int, lq: Decimal, beta: Decimal, lot_size: int | None, above: int) -> int:
    """Return the smallest n with which a lot at the LQ passes with a probability of ``beta`` at most; n exceeds ``above``."""
    limit = float(beta) * TIE
    most = MAX_N if lot_size is None else lot_size
    low, high = max(above, ac), max(above, ac) + 1
    while high < most and _passes(high, ac, lq, lot_size, bad=True) > limit:
        low, high = high, high + 2 * max(1, high - above)
    high = min(high, most)
    if lot_size is None and high == most:
        raise NoPlan(
            say("an LQ of {lq} % needs more than {most} units", lq=lq, most=MAX_N),
            say("give a larger LQ, or the lot size"),
        )
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _passes(middle, ac, lq, lot_size, bad=True) > limit else (low, middle)
    return high


def _passes(n: int, ac: int, quality: Decimal, lot_size: int | None, *, bad: bool) -> float:
    """Return the probability that a lot of this quality passes; a ``bad`` one has at least so many, another at most."""
    if lot_size is None:
        return min(1.0, sum(binomial(n, float(quality / 100), ac)))
    count = _at_least(lot_size, quality) if bad else int(lot_size * quality / 100)
    return min(1.0, sum(hypergeometric(lot_size, count, n, ac)))


def _at_least(lot_size: int, quality: Decimal) -> int:
    whole, rest = divmod(lot_size * quality, 100)
    return int(whole) + (rest > 0)


def _plan(n: int, ac: int, lq: Decimal, quality: Decimal | None, lot_size: int | None) -> IsolatedPlan:
    return IsolatedPlan(
        model="binomial" if lot_size is None else "hypergeometric",
        lot_size=lot_size,
        n=n,
        ac=ac,
        lq=lq,
        consumers_risk=_passes(n, ac, lq, lot_size, bad=True),
        quality=quality,
        producers_risk=None if quality is None else 1 - _passes(n, ac, quality, lot_size, bad=False),
        full_inspection=n == lot_size,
    )
