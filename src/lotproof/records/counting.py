"""
What the classes of defects of a lot come to: units or nonconformities counted as the order says, against Ac and Re of each sample.

The same defects stand in several places of a form: in the lines of the tally, in the totals, in the rows that are judged by the
defect list. A class passes only where all of them are filled in and go together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.orders.lots import class_plans
from lotproof.orders.model import ClassPlan, Lot, Order
from lotproof.records.judging import Judge
from lotproof.records.model import (
    FAIL,
    PASS,
    Cause,
    ClassVerdict,
    Defect,
    Outcome,
    Record,
    Result,
    pending,
)
from lotproof.records.rows import Check, field_tag, judged, machines, stage_tag
from lotproof.sampling import NoPlan
from lotproof.sampling.risk import Bound, lower_bound, upper_bound

CONFIDENCE = 0.95
"""Of the bounds of the lot's quality."""

_ORDERED = "ordered"

_CLASSES: Mapping[str, Message] = MappingProxyType(
    {"critical": say("critical"), "major": say("major"), "minor": say("minor")}
)
_HARMLESS = frozenset({"site", "equipment", "photos", "sections", "conclusion", "quantities"})
"""Tables whose printed text says nothing about how defects are counted."""


class Count(Frozen, kw_only=True):
    """What was counted in one sample; None where it is missing, ``broken`` where it cannot be read."""

    inspected: int | None
    found: int | None
    rows: tuple[int | None, ...]
    broken: bool


class Counting:
    """Judges the classes of defects of one record."""

    def __init__(self, order: Order, record: Record, judge: Judge, rows: Sequence[Check]) -> None:
        self.order, self.record, self.judge = order, record, judge
        self.each_counts = order.inspection.answers.get("counting") == "nonconformities"
        self._own = {row.tag for row in rows} | _HARMLESS
        self._rows = [row for row in rows if row.sample.ac is None]
        self._quantities = {one.lot: one for one in record.quantities}

    def verdicts(self) -> Iterator[ClassVerdict]:
        """Yield the verdict of each class in each lot, or in each machine."""
        if self.order.inspection.basis == "each":
            yield from self._machines()
            return
        for lot in self.order.inspection.lots:
            size, unknown = self.lot_size(lot)
            for plan in self._plans(lot, size):
                yield self._class(lot, plan, size, unknown)

    def lot_size(self, lot: Lot) -> tuple[int, Cause | None]:
        """Return the units that the plan is taken for, and why that is not known: then the size that was ordered."""
        wanted = str(self.order.inspection.answers.get("lot_quantity") or _ORDERED)
        counted = self._quantities.get(lot.id)
        if wanted == _ORDERED or counted is None:
            return lot.size, None
        size = counted.finished if wanted == "finished" else counted.presented
        return (lot.size, Cause.SAMPLE_TOO_SMALL) if not size else (size, None)

    def _plans(self, lot: Lot, size: int) -> tuple[ClassPlan, ...]:
        """Return the plans of a lot of another size than was ordered; those that the order prints where they are the same."""
        if size == lot.size or not lot.plans:
            return lot.plans
        try:
            return class_plans(size, self.order.inspection.answers)
        except NoPlan:
            return lot.plans

    def _class(self, lot: Lot, plan: ClassPlan, size: int, unknown: Cause | None) -> ClassVerdict:
        names = [stage_tag(plan.defect_class, place) for place, _ in enumerate(plan.stages, 1)]
        counts = [self._count(lot, name) for name in names]
        lines = [d for d in self.record.defects if d.judged == lot.id and d.defect_class == plan.defect_class]
        least, most = self._of_lines(lines)
        drawn = self._drawn(counts)
        upto = counts[:drawn]
        n, ac, re = self._stage(plan, drawn)
        inspected = _sum(count.inspected for count in upto)
        found = _sum(count.found for count in upto)
        result, ends = self._result(plan, counts, size)
        against = set(self._against(lot, plan, upto, lines, least, most))
        if inspected is not None and inspected > size:
            self._contradicts(lot, plan, say("{n:,} units were checked of a lot of {size:,}", n=inspected, size=size))
            against.add(Cause.CONTRADICTION)
        known = max((one for one in (least, found) if one is not None), default=0)
        if ends and (result.outcome is not Outcome.FAIL):
            n, ac, re = self._stage(plan, ends)
            inspected, found = (_sum(getattr(c, key) for c in counts[:ends]) for key in ("inspected", "found"))
        if Cause.CONTRADICTION in against:
            result = pending(Cause.CONTRADICTION, *result.causes)
        elif known >= plan.stages[-1].re and result.outcome is not Outcome.FAIL:
            result = FAIL
        elif result.outcome is Outcome.PASS and (against or unknown):
            result = pending(*against, *((unknown,) if unknown else ()))
        elif result.outcome is Outcome.PENDING:
            result = pending(*result.causes, *against)
        next_n = plan.stages[drawn].n if Cause.NEXT_SAMPLE in result.causes and drawn < len(plan.stages) else 0
        upper, lower = self._bounds(found, inspected, size)
        return ClassVerdict(
            lot=lot.id,
            defect_class=plan.defect_class,
            aql=plan.aql,
            result=result,
            lot_size=size,
            n=n,
            ac=ac,
            re=re,
            inspected=inspected,
            found=found,
            next_n=next_n,
            upper=upper,
            lower=lower,
        )

    def _result(self, plan: ClassPlan, counts: Sequence[Count], size: int) -> tuple[Result, int]:
        """Return what the totals say, sample after sample, and at which sample they end."""
        inspected = found = needed = 0
        for place, (stage, count) in enumerate(zip(plan.stages, counts, strict=False), 1):
            needed = min(size, needed + stage.n)
            if count.broken:
                return pending(Cause.UNREADABLE), place
            if count.found is None:
                return (pending(Cause.NO_READING) if place == 1 else pending(Cause.NEXT_SAMPLE)), max(1, place - 1)
            found += count.found
            if found >= stage.re:
                return FAIL, place
            if count.inspected is None:
                return pending(Cause.SAMPLE_TOO_SMALL), place
            inspected += count.inspected
            if inspected < needed:
                return pending(Cause.SAMPLE_TOO_SMALL), place
            last = place == len(plan.stages)
            if (stage.ac is not None and found <= stage.ac) or (last and self._gap_passes()):
                return PASS, place
        return pending(Cause.NEXT_SAMPLE), len(plan.stages)

    def _gap_passes(self) -> bool:
        return self.order.inspection.answers.get("severity") == "reduced"

    def _against(
        self, lot: Lot, plan: ClassPlan, upto: Sequence[Count], lines: Sequence[Defect], least: int, most: int
    ) -> Iterator[Cause]:
        """Yield what speaks against the totals (LP809): other counts of the same defects."""
        found = _sum(count.found for count in upto)
        for count in upto:
            if count.found is not None and count.inspected is not None and not self.each_counts:
                if count.found > count.inspected:
                    self._contradicts(
                        lot, plan, say("{found} of {n} units are nonconforming", found=count.found, n=count.inspected)
                    )
                    yield Cause.CONTRADICTION
            rows = [row for row in count.rows if row is not None]
            if len(rows) < len(count.rows):
                yield Cause.NO_READING
            elif rows and count.found is not None and not self._together(count.found, max(rows), sum(rows)):
                self._contradicts(
                    lot,
                    plan,
                    say("the total is {total}, and the rows of the walk count {rows}", total=count.found, rows=rows),
                )
                yield Cause.CONTRADICTION
        if any(line.found is None for line in lines):
            yield Cause.UNREADABLE
        elif found is not None and not self._together(found, least, most):
            self._contradicts(
                lot,
                plan,
                say("the total is {total}, and the lines of the tally count {lines}", total=found, lines=most),
            )
            yield Cause.CONTRADICTION
        unclassed = any(d.judged in (lot.id, "") and not d.defect_class and d.found != 0 for d in self.record.defects)
        if unclassed:
            yield Cause.CLASS_MISSING
        if any(d.judged == "" and d.defect_class == plan.defect_class and d.found != 0 for d in self.record.defects):
            yield Cause.UNREADABLE
        if any(altered.row not in self._own for altered in self.record.altered):
            yield Cause.ALTERED

    def _together(self, total: int, least: int, most: int) -> bool:
        """Say whether a total goes with its parts: a unit with two defects is counted once, a nonconformity each time."""
        return total == most if self.each_counts else least <= total <= most

    def _of_lines(self, lines: Sequence[Defect]) -> tuple[int, int]:
        """Return the least and the most units or nonconformities that the lines of a class stand for."""
        numbers = [line.found for line in lines if line.found is not None]
        return (sum(numbers) if self.each_counts else max(numbers, default=0)), sum(numbers)

    def _count(self, lot: Lot, name: str) -> Count:
        inspected, spoilt = self.judge.count(field_tag("inspected", lot.id, name))
        found, broken = self.judge.count(field_tag("total", lot.id, name))
        rows = [self.judge.count(field_tag(row.tag, name)) for row in self._rows if row.sample.lot == lot.id]
        return Count(
            inspected=inspected,
            found=found,
            rows=tuple(number for number, _ in rows),
            broken=broken or spoilt or any(bad for _, bad in rows),
        )

    @staticmethod
    def _drawn(counts: Sequence[Count]) -> int:
        """Return how many samples were drawn: up to the last for which something is written, one at least."""
        return max((i for i, c in enumerate(counts, 1) if c.found is not None or c.inspected is not None), default=1)

    @staticmethod
    def _stage(plan: ClassPlan, place: int) -> tuple[int, int | None, int]:
        stage = plan.stages[place - 1]
        return sum(s.n for s in plan.stages[:place]), stage.ac, stage.re

    def _bounds(self, found: int | None, n: int | None, size: int) -> tuple[Bound | None, Bound | None]:
        if found is None or not n or n > size or (found > n and not self.each_counts):
            return None, None
        if self.each_counts:
            return (
                upper_bound(found, n, confidence=CONFIDENCE, model="poisson"),
                lower_bound(found, n, confidence=CONFIDENCE, model="poisson"),
            )
        return (
            upper_bound(found, n, confidence=CONFIDENCE, lot_size=size),
            lower_bound(found, n, confidence=CONFIDENCE, lot_size=size),
        )

    def _contradicts(self, lot: Lot, plan: ClassPlan, what: Message) -> None:
        """LP809: counts of one class that do not go together."""
        where = self.record.source.name
        name = say("defects of the class {name} in {lot}", name=_CLASSES[plan.defect_class], lot=lot.id)
        hint = say("ask the inspector for the numbers; until then it is pending")
        self.judge.add("LP809", where, say("{name}: {what}", name=name, what=what), hint)

    # machines

    def _machines(self) -> Iterator[ClassVerdict]:
        """
        Yield the classes of each machine: none critical and none major passes; minor ones are listed and corrected.

        A machine on whose line of the tally nothing was written has no defect only where the totals say how many were looked at.
        """
        names = judged(self.order)
        total, inspected, broken = self._all_machines()
        for name, _ in machines(self.order):
            unclassed = any(d.judged in (name, "") and not d.defect_class and d.found != 0 for d in self.record.defects)
            for defect_class in ("critical", "major", "minor"):
                lines = [d for d in self.record.defects if d.judged == name and d.defect_class == defect_class]
                found = sum(d.found or 0 for d in lines)
                if defect_class != "minor" and found:
                    result = FAIL
                elif broken or any(d.found is None for d in lines):
                    result = pending(Cause.UNREADABLE)
                elif unclassed:
                    result = pending(Cause.CLASS_MISSING)
                elif total is None or inspected is None:
                    result = pending(Cause.NO_READING)
                elif inspected < len(names):
                    result = pending(Cause.SAMPLE_TOO_SMALL)
                elif total and not any(d.found for d in self.record.defects):
                    result = pending(Cause.UNIT_NOT_NAMED)
                else:
                    result = PASS
                yield ClassVerdict(
                    lot=name,
                    defect_class=defect_class,
                    aql="",
                    result=result,
                    lot_size=1,
                    n=1,
                    ac=None if defect_class == "minor" else 0,
                    re=1,
                    inspected=1 if inspected is not None and inspected >= len(names) else None,
                    found=found,
                    next_n=0,
                    upper=None,
                    lower=None,
                )

    def _all_machines(self) -> tuple[int | None, int | None, bool]:
        totals, looked = [], []
        broken = False
        for lot in self.order.inspection.lots:
            total, bad = self.judge.count(field_tag("total", lot.id, "all"))
            inspected, spoilt = self.judge.count(field_tag("inspected", lot.id, "all"))
            totals.append(total)
            looked.append(inspected)
            broken = broken or bad or spoilt
        return _sum(totals), _sum(looked), broken


def by_class(verdicts: Iterable[ClassVerdict], lot: str) -> Mapping[str, Result]:
    """Return the result of each class of a lot, by name."""
    return {one.defect_class: one.result for one in verdicts if one.lot == lot}


def _sum(numbers: Iterable[int | None]) -> int | None:
    """Return a sum; None where a part of it is missing, or there is none."""
    known = list(numbers)
    return None if not known or any(n is None for n in known) else sum(n for n in known if n is not None)
