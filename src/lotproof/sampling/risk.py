"""
What a plan lets through: probability of acceptance, OC curve, LQ, average sample number, AOQL, and bounds after an inspection.

Three models, named in each result:

- ``hypergeometric``: n units drawn without replacement from one lot of known size. Exact for a single order, which is an
  isolated lot.
- ``binomial``: units from a process, or a lot of unknown size.
- ``poisson``: nonconformities per 100 units, of which one unit may have several; for AQLs above 10 there is nothing else.

Quality is written as an AQL is: in percent nonconforming, or in nonconformities per 100 units. Where a reduced plan has a gap
between Ac and Re, fewer than Re nonconforming units pass the lot, so the curve uses Re - 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from operator import mul

from lotproof.frozen import Frozen
from lotproof.messages import say
from lotproof.sampling import LARGEST_PERCENT_AQL, NoPlan, Plan, Stage
from lotproof.sampling.distributions import binomial, hypergeometric, poisson

MODELS = ("hypergeometric", "binomial", "poisson")
Quality = Decimal | float
TIE = 1 + 1e-12
"""Probabilities that differ by less count as equal, so that rounding moves no LQ."""
_STEPS = 200


class Risk(Frozen, kw_only=True):
    """
    The risks of one plan under one model; :func:`risk` makes it.

    A stage is kept as the number of units drawn so far, and as weights by the number d of nonconforming units among them: the
    probability that the plan accepts at this stage, or goes on after it, once d is given. The weights depend on neither the lot
    nor its quality.

    Attributes:
        model: one of :data:`MODELS`.
        lot_size: units in the lot; None for a process.
        drawn: units drawn by the end of each stage, the lot at most.
        accepting: for each stage, the weight of accepting by d.
        going_on: for each stage but the last, the weight of drawing the next by d.
    """

    model: str
    lot_size: int | None
    drawn: tuple[int, ...]
    accepting: tuple[tuple[float, ...], ...]
    going_on: tuple[tuple[float, ...], ...]

    def accepts(self, quality: Quality) -> float:
        """
        Return the probability that a lot of this quality passes.

        Args:
            quality: percent, or nonconformities per 100 units. A known lot holds whole units: the largest number of
                nonconforming units that does not exceed ``quality`` is taken.
        """
        return min(1.0, sum(self._by_stage(self.accepting, self._number(quality))))

    def accepts_lot(self, defectives: int) -> float:
        """
        Return the probability that the lot passes with exactly so many nonconforming units in it.

        Raises:
            NoPlan: no lot of known size, or more nonconforming units than it has.
        """
        lot = self._lot()
        if not 0 <= defectives <= lot:
            raise NoPlan(
                say("a lot of {lot} cannot hold {defectives} nonconforming units", lot=lot, defectives=defectives),
                say("give 0 to {lot}", lot=lot),
            )
        return min(1.0, sum(self._by_stage(self.accepting, defectives)))

    def curve(self, points: int = _STEPS, upto: Quality | None = None) -> list[tuple[float, float]]:
        """
        Return the OC curve: quality and probability of acceptance, from 0 upwards.

        Args:
            points: at most so many; a small lot has fewer, one for each number of nonconforming units.
            upto: last quality; where one lot in a thousand passes, if not given.
        """
        end = upto if upto is not None else self.lq(0.001)
        if self.model == "hypergeometric":
            lot = self._lot()
            most = lot if end is None else max(1, whole(lot, end))
            counts = sorted({round(i * most / (points - 1)) for i in range(points)})
            return [(100 * d / lot, self.accepts_lot(d)) for d in counts]
        last = float(100 if end is None else end)
        return [(q, self.accepts(q)) for q in (i * last / (points - 1) for i in range(points))]

    def lq(self, beta: float = 0.10) -> float | None:
        """
        Return the limiting quality: the least nonconforming share that passes with a probability of ``beta`` at most.

        None where even the worst lot passes more often.
        """
        if self.model == "hypergeometric":
            defectives = self.defectives_at_lq(beta)
            return None if defectives is None else 100 * defectives / self._lot()
        high = 100.0
        while self.accepts(high) > beta * TIE:
            if self.model == "binomial":
                return None
            high *= 2
        return _crossing(lambda quality: self.accepts(quality) > beta, 0.0, high)

    def defectives_at_lq(self, beta: float = 0.10) -> int | None:
        """Return the least number of nonconforming units with which the lot passes with a probability of ``beta`` at most."""
        lot = self._lot()
        if self.accepts_lot(lot) > beta * TIE:
            return None
        low, high = 0, lot
        while high - low > 1:
            middle = (low + high) // 2
            if self.accepts_lot(middle) > beta * TIE:
                low = middle
            else:
                high = middle
        return high

    def producers_risk(self, aql: Quality) -> float:
        """Return the probability that a lot as good as the AQL fails."""
        return 1 - self.accepts(aql)

    def asn(self, quality: Quality) -> float:
        """Return the average number of units inspected, each stage that is begun being finished (no curtailment)."""
        sizes = [after - before for before, after in zip(self.drawn, self.drawn[1:], strict=False)]
        begun = self._by_stage(self.going_on, self._number(quality))
        return self.drawn[0] + sum(size * chance for size, chance in zip(sizes, begun, strict=True))

    def aoq(self, quality: Quality) -> float:
        """
        Return the average outgoing quality, where lots that fail are sorted whole and what is found is replaced.

        The uninspected units of a lot that passed keep their share: q Pa (N - n) / N, summed over the stages.
        """
        if self.model == "hypergeometric":
            raise NoPlan(say("outgoing quality is an average over many lots"), say("ask for the binomial model"))
        lot = self.lot_size
        rest = [1.0 if lot is None else (lot - drawn) / lot for drawn in self.drawn]
        by_stage = self._by_stage(self.accepting, self._number(quality))
        return float(quality) * sum(left * chance for left, chance in zip(rest, by_stage, strict=True))

    def aoql(self) -> float:
        """Return the average outgoing quality limit: the largest average outgoing quality over all incoming qualities."""
        end = self.lq(0.001)
        last = 100.0 if end is None else end
        best = max(range(_STEPS + 1), key=lambda i: self.aoq(i * last / _STEPS))
        low, high = max(0, best - 1) * last / _STEPS, min(_STEPS, best + 1) * last / _STEPS
        for _ in range(100):
            left, right = low + (high - low) / 3, high - (high - low) / 3
            low, high = (left, high) if self.aoq(left) < self.aoq(right) else (low, right)
        return self.aoq((low + high) / 2)

    def _lot(self) -> int:
        if self.model != "hypergeometric" or self.lot_size is None:
            raise NoPlan(
                say("the {model} model knows no lot", model=self.model),
                say("ask for the hypergeometric one, with a lot size"),
            )
        return self.lot_size

    def _number(self, quality: Quality) -> float:
        """Return what the distribution is asked for: nonconforming units of the lot, or their share or rate per unit."""
        if quality < 0 or (quality > 100 and self.model != "poisson"):
            raise NoPlan(say("no lot is {quality} % nonconforming", quality=str(quality)), say("give 0 to 100"))
        return whole(self._lot(), quality) if self.model == "hypergeometric" else float(quality / 100)

    def _by_stage(self, weights: Sequence[Sequence[float]], number: float) -> list[float]:
        """Return, for each stage, the sum of its weights over d, each times the probability of d."""
        sums = []
        for drawn, by_d in zip(self.drawn, weights, strict=False):
            chances = self._chances(drawn, len(by_d) - 1, number) if by_d else []
            sums.append(sum(map(mul, by_d, chances)))
        return sums

    def _chances(self, n: int, most: int, number: float) -> list[float]:
        """Return the probabilities of 0, 1, ... ``most`` nonconforming units (or nonconformities) among n."""
        if self.model == "hypergeometric":
            return hypergeometric(self.lot_size or 0, int(number), n, most)
        return binomial(n, number, most) if self.model == "binomial" else poisson(n * number, most)


def model_of(plan: Plan) -> str:
    """Return the model a plan is judged by if none is asked for: the exact one for its lot, Poisson above AQL 10."""
    return "poisson" if plan.aql > LARGEST_PERCENT_AQL else "hypergeometric"


def risk(plan: Plan, model: str = "") -> Risk:
    """
    Return the risks of a plan of the tables.

    Args:
        model: one of :data:`MODELS`; :func:`model_of` if not given.

    Raises:
        NoPlan: an unknown model, or one that counts units above AQL 10.
    """
    chosen = model or model_of(plan)
    if chosen in ("hypergeometric", "binomial") and plan.aql > LARGEST_PERCENT_AQL:
        raise NoPlan(
            say("AQL {aql} counts nonconformities per 100 units", aql=plan.aql),
            say("percent nonconforming ends at AQL 10"),
        )
    return risk_of(plan.stages, model=chosen, lot_size=plan.lot_size)


def risk_of(stages: Sequence[Stage], *, model: str, lot_size: int | None) -> Risk:
    """
    Return the risks of the stages of any plan.

    A sample that would exceed the lot is the whole lot.

    Raises:
        NoPlan: an unknown model, or the hypergeometric one without a lot.
    """
    if model not in MODELS:
        raise NoPlan(say("unknown model {model}", model=repr(model)), say("models are {known}", known=MODELS))
    if model == "hypergeometric" and lot_size is None:
        raise NoPlan(say("the hypergeometric model needs a lot size"), say("give it, or ask for the binomial one"))
    drawn: list[int] = []
    accepting: list[tuple[float, ...]] = []
    going_on: list[tuple[float, ...]] = []
    so_far = 0
    before: tuple[float, ...] = ()
    for number, stage in enumerate(stages, 1):
        now = so_far + stage.n if lot_size is None else min(lot_size, so_far + stage.n)
        reached = [_reached(before, d, so_far, now, model) for d in range(stage.re)]
        last = number == len(stages)
        ac = stage.re - 1 if last else -1 if stage.ac is None else stage.ac
        drawn.append(now)
        accepting.append(tuple(reached[: ac + 1]))
        before = tuple(0.0 if d <= ac else weight for d, weight in enumerate(reached))
        if not last:
            going_on.append(before)
        so_far = now
    return Risk(
        model=model,
        lot_size=lot_size,
        drawn=tuple(drawn),
        accepting=tuple(accepting),
        going_on=tuple(going_on),
    )


class Bound(Frozen, kw_only=True):
    """
    How bad an inspected lot may be.

    Attributes:
        percent: upper bound of the nonconforming share, or of nonconformities per 100 units.
        defectives: the same in units, those found included; None where the lot is not known.
    """

    percent: float
    defectives: int | None


def upper_bound(found: int, n: int, *, confidence: float = 0.95, lot_size: int | None = None, model: str = "") -> Bound:
    """
    Return the exact one-sided upper bound of the lot's quality after an inspection.

    Worse lots show so few nonconforming units with a probability of 1 - ``confidence`` at most. Hypergeometric where the lot is
    known; Clopper-Pearson (binomial) or its Poisson form otherwise.

    Args:
        found: nonconforming units (or nonconformities) in the sample.
        n: units inspected.
        model: one of :data:`MODELS`; hypergeometric with a lot size, else binomial, if not given.

    Raises:
        NoPlan: numbers that no inspection gives.
    """
    chosen = model or ("binomial" if lot_size is None else "hypergeometric")
    if n < 1 or found < 0 or (found > n and chosen != "poisson") or (lot_size is not None and n > lot_size):
        raise NoPlan(
            say("{found} found in {n} inspected is no result", found=found, n=n),
            say("a sample holds 0 to n, and n is 1 to the lot size"),
        )
    if not 0 < confidence < 1:
        raise NoPlan(
            say("a confidence of {confidence} says nothing", confidence=str(confidence)),
            say("give a share between 0 and 1, such as 0.95"),
        )
    seen = risk_of((Stage(n=n, ac=found, re=found + 1),), model=chosen, lot_size=lot_size)
    alpha = 1 - confidence
    if chosen == "hypergeometric" and lot_size is not None:
        beyond = seen.defectives_at_lq(alpha)
        most = lot_size if beyond is None else max(beyond - 1, found)
        return Bound(percent=100 * most / lot_size, defectives=most)
    bound = seen.lq(alpha)
    return Bound(percent=100.0 if bound is None else bound, defectives=None)


def lower_bound(found: int, n: int, *, confidence: float = 0.95, lot_size: int | None = None, model: str = "") -> Bound:
    """
    Return the exact one-sided lower bound of the lot's quality after an inspection.

    Better lots show so many nonconforming units or more with a probability of 1 - ``confidence`` at most.

    Args:
        found: nonconforming units (or nonconformities) in the sample.
        n: units inspected.
        model: one of :data:`MODELS`; hypergeometric with a lot size, else binomial, if not given.

    Raises:
        NoPlan: numbers that no inspection gives.
    """
    chosen = model or ("binomial" if lot_size is None else "hypergeometric")
    if n < 1 or found < 0 or (found > n and chosen != "poisson") or (lot_size is not None and n > lot_size):
        raise NoPlan(
            say("{found} found in {n} inspected is no result", found=found, n=n),
            say("a sample holds 0 to n, and n is 1 to the lot size"),
        )
    if not 0 < confidence < 1:
        raise NoPlan(
            say("a confidence of {confidence} says nothing", confidence=str(confidence)),
            say("give a share between 0 and 1, such as 0.95"),
        )
    known = chosen == "hypergeometric" and lot_size is not None
    if not found:
        return Bound(percent=0.0, defectives=0 if known else None)
    fewer = risk_of((Stage(n=n, ac=found - 1, re=found),), model=chosen, lot_size=lot_size)
    if known and lot_size is not None:
        low, high = found - 1, lot_size
        while high - low > 1:
            middle = (low + high) // 2
            if fewer.accepts_lot(middle) * TIE >= confidence:
                low = middle
            else:
                high = middle
        return Bound(percent=100 * high / lot_size, defectives=high)
    bound = fewer.lq(confidence)
    return Bound(percent=100.0 if bound is None else bound, defectives=None)


def whole(lot: int, quality: Quality) -> int:
    """Return the largest number of units of a lot that does not exceed ``quality`` percent."""
    if isinstance(quality, Decimal):
        return min(lot, int(lot * quality / 100))
    return min(lot, math.floor(lot * quality / 100 + 1e-9))


def _reached(before: Sequence[float], d: int, so_far: int, now: int, model: str) -> float:
    """Return the probability that a plan has not ended before a stage, given d among the units drawn by its end."""
    if not so_far:
        return 1.0
    new = now - so_far
    if model == "poisson":
        share = so_far / now
        return math.fsum(w * math.comb(d, k) * share**k * (1 - share) ** (d - k) for k, w in enumerate(before[: d + 1]))
    ways = math.comb(now, d)
    if not ways:
        return 0.0
    return math.fsum(
        w * (math.comb(so_far, k) * math.comb(new, d - k) / ways) for k, w in enumerate(before[: d + 1]) if w
    )


def _crossing(above: Callable[[float], bool], low: float, high: float) -> float:
    """Return where ``above`` turns from true to false, to the last digit."""
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if above(middle) else (low, middle)
    return high
