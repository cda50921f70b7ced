"""Every row of the specification and every class of defects, in the three records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from lotproof.consistency.model import Agreement, Filled, Mismatch, Seen, TermLine
from lotproof.frozen import replace
from lotproof.messages import Message, say
from lotproof.orders.model import Order
from lotproof.quantity import Quantity, convert
from lotproof.records.model import Cause, ClassVerdict, Outcome, Reading, Result, RowVerdict, pending
from lotproof.records.recording import Units
from lotproof.records.rows import Cells, Check, Extremes, Figures, asked, checks, field_tag, repeated
from lotproof.requirements import AtLeast, AtMost, Requirement, Within

MOST_VALUES = 60
"""Readings of a row that are kept as they were written."""

METHOD = frozenset(
    {
        Cause.SAMPLE_TOO_SMALL,
        Cause.ALTERED,
        Cause.INSTRUMENT_MISSING,
        Cause.OUT_OF_CALIBRATION,
        Cause.NEXT_SAMPLE,
    }
)
"""What says that a row was not done as agreed (C3)."""

NOT_DONE = frozenset(
    {Cause.NO_READING, Cause.DOCUMENT_AWAITED, Cause.JUDGEMENT, Cause.UNREADABLE, Cause.UNIT_NOT_NAMED, Cause.NOT_ASKED}
)
"""What says that a row has no result (C2)."""

_N = TypeVar("_N", RowVerdict, ClassVerdict)


def lines(
    order: Order, inspections: Sequence[Filled], arrivals: Sequence[Filled], units: Units
) -> tuple[tuple[TermLine, ...], tuple[Mismatch, ...]]:
    """
    Return every row and every class as the three records have it, with C1 to C4 and C6.

    Args:
        inspections, arrivals: forms of the same visit; the last one counts, and what the others say otherwise makes a row doubtful.
        units: gives the units by id, where a reading was written in another one.
    """
    before, after = _Side(order, inspections, units), _Side(order, arrivals, units)
    found = _Lines(order, bool(inspections), bool(arrivals))
    rows = [found.row(check, before.row(check), after.row(check)) for check in checks(order)]
    classes = [
        found.defects(f"{lot}.{name}", lot, name, before.defects(lot, name), after.defects(lot, name))
        for lot, name in dict.fromkeys((*before.classes, *after.classes))
    ]
    return (*rows, *classes), tuple(found.mismatches)


class _Side:
    """What one of the records says of each row; doubtful where two of its files disagree."""

    def __init__(self, order: Order, files: Sequence[Filled], units: Units) -> None:
        self.order, self.files, self.units = order, files, units
        self.rows = [{row.tag: row for row in one.verdict.rows} for one in files]
        self.counted = [{(c.lot, c.defect_class): c for c in one.verdict.classes} for one in files]
        self.classes = tuple(self.counted[-1]) if files else ()
        self.read: list[Mapping[str, Reading]] = [{r.tag: r for r in one.verdict.record.readings} for one in files]

    def row(self, check: Check) -> Seen | None:
        row = self.rows[-1].get(check.tag) if self.files else None
        if row is None:
            return None
        written = [
            r
            for name in _figures(self.order, check)
            if (r := self.read[-1].get(field_tag(check.tag, name))) is not None
        ]
        numbers = [n for r in written if (n := self._number(r, check.requirement)) is not None]
        mean = sum(numbers, Decimal(0)) / len(numbers) if numbers and not _ends(self.order, check) else None
        readings = written or [
            r for r in self.read[-1].values() if (r.term, r.lot, r.entry) == (row.term, row.lot, row.entry)
        ]
        return Seen(
            path=self.files[-1].path,
            result=self._one(row.result, [found.get(check.tag) for found in self.rows]),
            measured=row.measured,
            n=row.n,
            read=row.read,
            outside=row.outside,
            lowest=min(numbers, default=None),
            highest=max(numbers, default=None),
            mean=mean,
            values=tuple(r.written.strip() for r in written[:MOST_VALUES]),
            where=readings[0].where if readings else "",
        )

    def defects(self, lot: str, name: str) -> Seen | None:
        one = self.counted[-1].get((lot, name)) if self.files else None
        if one is None:
            return None
        result = self._one(one.result, [found.get((lot, name)) for found in self.counted])
        return Seen(
            path=self.files[-1].path,
            result=result,
            measured=one.result,
            n=one.n,
            read=one.inspected or 0,
            outside=one.found,
        )

    def _one(self, result: Result, all_of_them: Sequence[_N | None]) -> Result:
        """Return the result of the last file; a contradiction where another file of the same visit has another outcome."""
        outcomes = {one.result.outcome for one in all_of_them if one is not None} - {Outcome.PENDING}
        return pending(Cause.CONTRADICTION, *result.causes) if len(outcomes) > 1 else result

    def _number(self, reading: Reading, requirement: Requirement | None) -> Decimal | None:
        limit = _limit(requirement)
        if limit is None or not isinstance(reading.value, Decimal):
            return None
        given = Quantity(reading.value, reading.unit or limit.unit)
        if given.unit == limit.unit:
            return given.value
        known = self.units()
        made = convert(given, limit.unit, known) if limit.unit in known and given.unit in known else None
        return made[0].value if made else None


class _Lines:
    def __init__(self, order: Order, inspected: bool, arrived: bool) -> None:
        self.order, self.inspected, self.arrived = order, inspected, arrived
        self.mismatches: list[Mismatch] = []

    def row(self, check: Check, before: Seen | None, after: Seen | None) -> TermLine:
        term = check.term
        codes: list[str] = []
        if self._unlimited(check):
            codes.append(self._add("C1", check.tag, say("the contract states no limit")))
        again = repeated(term)
        codes += self._done(check.tag, before, after if again else None, unlimited="C1" in codes)
        drift = self._drift(check, before, after) if again else None
        if drift:
            codes.append(self._add("C6", check.tag, drift, before, after))
        agreement, why = self._agreement(before, after, again=again, drift=drift, unlimited="C1" in codes)
        return TermLine(
            tag=check.tag,
            term=term.id,
            lot=check.sample.lot,
            entry=check.entry,
            defect_class=term.defect_class,
            inspection=before,
            arrival=after,
            agreement=agreement,
            why=why,
            codes=tuple(dict.fromkeys(codes)),
        )

    def defects(self, tag: str, lot: str, name: str, before: Seen | None, after: Seen | None) -> TermLine:
        codes = self._done(tag, before, after, unlimited=False)
        drift = _flips(before, after)
        if drift:
            codes.append(self._add("C6", tag, drift, before, after))
        agreement, why = self._agreement(before, after, again=True, drift=drift, unlimited=False)
        return TermLine(
            tag=tag,
            term="",
            lot=lot,
            entry=None,
            defect_class=name,
            inspection=before,
            arrival=after,
            agreement=agreement,
            why=why,
            codes=tuple(dict.fromkeys(codes)),
        )

    def _add(self, code: str, where: str, message: Message, *seen: Seen | None) -> str:
        paths = tuple(dict.fromkeys(one.path for one in seen if one is not None))
        self.mismatches.append(Mismatch(code=code, where=where, message=message, paths=paths))
        return code

    def _unlimited(self, check: Check) -> bool:
        return check.requirement is None or not check.term.samples

    def _done(self, tag: str, before: Seen | None, after: Seen | None, *, unlimited: bool) -> list[str]:
        """C2, C3, C4: a row that was not done, was done otherwise than agreed, or whose result its own numbers contradict."""
        codes = []
        if self.inspected and not unlimited:
            not_done = before is None or _only(before.result, NOT_DONE)
            if not_done:
                codes.append(self._add("C2", tag, say("the inspection has no result"), before))
        for seen, record in ((before, say("the inspection")), (after, say("the arrival record"))):
            if seen is None:
                continue
            causes = set(seen.result.causes)
            if causes & METHOD:
                message = say(
                    "{record} did not do it as agreed: {read:,} of {n:,}, {why}",
                    record=record,
                    read=seen.read,
                    n=seen.n,
                    why=[_CAUSES[cause] for cause in Cause if cause in causes & METHOD],
                )
                codes.append(self._add("C3", tag, message, seen))
            if Cause.CONTRADICTION in causes or Cause.CLASS_MISSING in causes:
                message = say("in {record} the result and its own numbers do not go together", record=record)
                codes.append(self._add("C4", tag, message, seen))
        return codes

    def _drift(self, check: Check, before: Seen | None, after: Seen | None) -> Message | None:
        """C6: what passed before shipment fails on arrival, or the means lie further apart than the tolerance."""
        flipped = _flips(before, after)
        requirement = check.requirement
        if flipped or before is None or after is None or not isinstance(requirement, Within):
            return flipped
        if before.mean is None or after.mean is None:
            return None
        if any(Cause.CONTRADICTION in seen.result.causes for seen in (before, after)):
            return None  # nobody knows which of its numbers hold
        apart = abs(after.mean - before.mean)
        tolerance = max(requirement.plus.value, requirement.minus.value)
        if apart <= tolerance:
            return None
        return say(
            "the readings on arrival lie {apart} {unit} from those of the inspection on average; the tolerance is {tolerance} {unit}",
            apart=_short(apart),
            tolerance=tolerance,
            unit=requirement.nominal.unit,
        )

    def _agreement(
        self, before: Seen | None, after: Seen | None, *, again: bool, drift: Message | None, unlimited: bool
    ) -> tuple[Agreement, Message | None]:
        if unlimited:
            return Agreement.NOT_COMPARABLE, say("the contract states no limit")
        if drift:
            return Agreement.DIFFERS, drift
        absent = [
            name
            for there, seen, name in (
                (True, before, say("the inspection")),
                (again, after, say("the arrival record")),
            )
            if there and (seen is None or _only(seen.result, NOT_DONE))
        ]
        if absent:
            return Agreement.MISSING, say("{records} says nothing of it", records=absent)
        if not again:
            return Agreement.NOT_COMPARABLE, say(
                "it is not looked at again on arrival: a paper, or a count at the factory"
            )
        assert before is not None
        assert after is not None
        doubtful = [
            name
            for seen, name in ((before, say("the inspection")), (after, say("the arrival record")))
            if seen.result.outcome is Outcome.PENDING
        ]
        if doubtful:
            return Agreement.NOT_COMPARABLE, say("its result is open in {records}", records=doubtful)
        if before.result.outcome is not after.result.outcome:  # failed before, passes on arrival
            return Agreement.DIFFERS, say("it failed at the inspection and passes on arrival")
        return Agreement.AGREES, None


def with_codes(found: Iterable[TermLine], codes: Mapping[str, Sequence[str]]) -> tuple[TermLine, ...]:
    """Return lines with further codes, by tag."""
    return tuple(
        replace(line, codes=tuple(dict.fromkeys((*line.codes, *codes[line.tag])))) if line.tag in codes else line
        for line in found
    )


def _flips(before: Seen | None, after: Seen | None) -> Message | None:
    if before is None or after is None:
        return None
    if before.result.outcome is Outcome.PASS and after.result.outcome is Outcome.FAIL:
        return say("passed at the inspection and fails on arrival")
    return None


def _only(result: Result, causes: frozenset[Cause]) -> bool:
    """Whether a result is pending for nothing but some causes."""
    return result.outcome is Outcome.PENDING and set(result.causes) <= causes


def _figures(order: Order, check: Check) -> Iterator[str]:
    match asked(order, check):
        case Cells(names=names) | Figures(names=names):
            yield from names
        case Extremes():
            yield from ("lowest", "highest")


def _ends(order: Order, check: Check) -> bool:
    return isinstance(asked(order, check), Extremes)


def _limit(requirement: Requirement | None) -> Quantity | None:
    match requirement:
        case AtMost(limit=limit) | AtLeast(limit=limit) | Within(nominal=limit):
            return limit
    return None


def _short(value: Decimal) -> Decimal:
    """Return a difference with as many digits as somebody can use: four that count."""
    return Decimal(f"{value:.4g}") if value else value


_CAUSES: Mapping[Cause, Message] = {
    Cause.SAMPLE_TOO_SMALL: say("the sample is too small"),
    Cause.ALTERED: say("the printed text was changed"),
    Cause.INSTRUMENT_MISSING: say("no instrument is named"),
    Cause.OUT_OF_CALIBRATION: say("the instrument was out of calibration"),
    Cause.NEXT_SAMPLE: say("the next sample was not drawn"),
}
