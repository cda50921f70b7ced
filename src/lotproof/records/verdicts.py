"""What a record comes to as a whole: its rows, its classes of defects, its sections, each lot or machine, and what may follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from lotproof.findings import Finding, Severity, quoted
from lotproof.frozen import replace
from lotproof.messages import say
from lotproof.orders.model import Hidden, Order
from lotproof.records.counting import Counting, by_class
from lotproof.records.judging import Judge, outcome_said
from lotproof.records.model import (
    PASS,
    Advice,
    Cause,
    ClassVerdict,
    Fault,
    Kind,
    LotVerdict,
    Outcome,
    Quantities,
    Record,
    Result,
    RowVerdict,
    SectionVerdict,
    Verdict,
    pending,
    worst,
)
from lotproof.records.recording import Units
from lotproof.records.rows import accepted, checks, field_tag, judged, lot_of, sections_of, terms_of

if TYPE_CHECKING:
    from lotproof.records.arrivals import Arrival

ACCEPTANCE, INSPECTION, REMEDIES = "contract.acceptance", "contract.inspection", "contract.remedies"
"""The provisions that say what follows a pass, a pending item or a sample, and a failure."""

ARRIVAL = "contract.arrival"
"""The provision on notice after arrival."""

QUANTITIES = "quantities"
"""The section of what was finished, presented and packed."""


def judge_record(
    order: Order,
    digest: str,
    record: Record,
    units: Units,
    later: Sequence[Record] = (),
    alike: frozenset[str] | None = None,
) -> Verdict:
    """
    Judge a record under an order.

    Args:
        digest: of the order.
        units: gives the units by id, where a reading was written in another one.
        later: records that complete it, such as the reports of a laboratory; what they add stands in the verdict's record.
        alike: ids of the terms that another revision, for which the form was printed, agrees in the same way (:func:`unchanged`): they
            alone are compared, and no lot gets a verdict. None for a form of this order.
    """
    completed, found = complete(order, record, later)
    judging = _Judging(order, digest, completed, units, alike)
    verdict = judging.verdict(tuple(one.source.name for one in later))
    return replace(verdict, findings=tuple(dict.fromkeys((*completed.findings, *found, *verdict.findings))))


def complete(order: Order, record: Record, later: Sequence[Record]) -> tuple[Record, tuple[Finding, ...]]:
    """
    Return a record with what later ones add to it, and what does not go together.

    A later record fills in what the first one left open. Where both answer a row and not in the same way, neither counts (LP817).
    """
    findings: list[Finding] = []
    for other in later:
        readings = {reading.tag: reading for reading in record.readings}
        for reading in other.readings:
            before = readings.get(reading.tag)
            if not reading.term:
                continue
            if before is None:
                readings[reading.tag] = reading
            elif (before.value, before.unit) != (reading.value, reading.unit):
                both = f"{before.written} | {reading.written}"
                readings[reading.tag] = replace(before, value=None, fault=Fault.TWO_VALUES, written=both)
                message = say(
                    "{field} is {one}, and {other} in {file}",
                    field=reading.tag,
                    one=quoted(before.written),
                    other=quoted(reading.written),
                    file=other.source.name,
                )
                hint = say("ask which of the two holds; until then the row is pending")
                where = reading.where
                findings.append(Finding(where=where, code="LP817", severity=Severity.OPEN, message=message, hint=hint))
        ticks = dict(record.ticks)
        for name, tick in other.ticks.items():
            if name.startswith(("section.", "conclusion.")):
                continue  # of the later record as a whole, which is another visit
            first = ticks.get(name, "pending")
            ticks[name] = tick if first == "pending" else first if tick in ("pending", first) else "pending"
        record = replace(
            record,
            readings=tuple(readings.values()),
            ticks=MappingProxyType(ticks),
            papers=MappingProxyType({**other.papers, **record.papers}),
            photos=MappingProxyType({**other.photos, **record.photos}),
            findings=(*record.findings, *other.findings),
        )
    return record, tuple(findings)


_V = TypeVar("_V", RowVerdict, ClassVerdict)


class _Judging:
    def __init__(self, order: Order, digest: str, record: Record, units: Units, alike: frozenset[str] | None) -> None:
        self.order, self.digest, self.record, self.alike = order, digest, record, alike
        self.judge = Judge(order, record, units)
        self.terms = terms_of(order, record.form)
        self.rows = tuple(checks(order, self.terms))
        self.counting = Counting(order, record, self.judge, self.rows)

    def verdict(self, completed: tuple[str, ...]) -> Verdict:
        classes = tuple(self._dated(one, alike=False) for one in self.counting.verdicts())
        judged_rows = (self.judge.row(row, by_class(classes, row.sample.lot)) for row in self.rows)
        rows = tuple(self._dated(one, alike=one.term in (self.alike or ())) for one in judged_rows)
        readiness = {one.lot: self._readiness(one) for one in self.record.quantities}
        sections = tuple(self._sections(rows, classes, tuple(readiness.values())))
        lots = tuple(self._lot(name, rows, classes, readiness, sections) for name in judged(self.order))
        self._photos(rows)
        verdict = Verdict(
            record=self.record,
            digest=self.digest,
            completed=completed,
            result=worst(tuple(lot.result for lot in lots)),
            rows=rows,
            classes=classes,
            sections=sections,
            lots=lots,
            findings=tuple(self.judge.findings),
        )
        return verdict if self.record.arrival is None else self._arrived(verdict, self.record.arrival)

    def _arrived(self, verdict: Verdict, arrival: Arrival) -> Verdict:
        """Return the verdict on an arrival with where each finding came about, and what that supports."""
        from lotproof.records.origins import attributed, doubted, incident_of, supported

        origins = attributed(self.order, self.record, verdict.rows)
        incident = incident_of(arrival, origins)
        return replace(
            verdict,
            findings=(*verdict.findings, *doubted(self.record.source.name, origins)),
            origins=origins,
            supported=supported(self.record, origins, verdict.lots, incident),
            incident=incident,
        )

    def _dated(self, one: _V, *, alike: bool) -> _V:
        """Return a verdict as pending where the form is of another revision that agrees this otherwise."""
        if self.alike is None or alike:
            return one
        return replace(one, result=pending(Cause.OTHER_REVISION))

    def _sections(
        self, rows: Sequence[RowVerdict], classes: Sequence[ClassVerdict], readiness: tuple[Result, ...]
    ) -> Iterator[SectionVerdict]:
        """Yield what each part of the walk comes to, after its tick."""
        stages = {check.tag: check.term.stage for check in self.rows}
        for section in sections_of(self.order, self.terms):
            if section == "tally":
                results = tuple(one.result for one in classes)
            else:
                results = tuple(row.result for row in rows if f"stage_{stages[row.tag]}" == section)
            ticked = self.record.ticks.get(f"section.{section}", "")
            where = self._where(f"section.{section}", "result")
            result = self.judge.compared(f"section.{section}", where, worst(results), ticked)
            yield SectionVerdict(section=section, result=result, ticked=ticked)
        if readiness:
            yield SectionVerdict(section=QUANTITIES, result=worst(readiness), ticked="")

    def _where(self, *tag: str) -> str:
        reading = self.judge.found.get(field_tag(*tag))
        return reading.where if reading else self.record.source.name

    def _readiness(self, counted: Quantities) -> Result:
        """Say whether a lot was ready: all of it produced and presented, and as much packed as agreed."""
        lot = lot_of(self.order, counted.lot)
        if lot is None or None in (counted.finished, counted.presented, counted.packed):
            return pending(Cause.NO_READING)
        finished, presented, packed = counted.finished or 0, counted.presented or 0, counted.packed or 0
        if presented > finished or packed > finished:
            where = self._where(counted.lot, "presented")
            message = say(
                "{lot}: {finished:,} finished, {presented:,} presented, {packed:,} packed",
                lot=counted.lot,
                finished=finished,
                presented=presented,
                packed=packed,
            )
            self.judge.add("LP809", where, message, say("ask the inspector for the numbers; until then it is pending"))
            return pending(Cause.CONTRADICTION)
        percent = self.order.inspection.answers.get("packed_percent")
        share = percent if isinstance(percent, int | Decimal) else 0
        ready = (
            finished >= accepted(self.order, lot.size, lot.items)[0]
            and presented >= finished
            and packed * 100 >= finished * share
        )
        return PASS if ready else pending(Cause.NOT_READY)

    def _lot(
        self,
        name: str,
        rows: Sequence[RowVerdict],
        classes: Sequence[ClassVerdict],
        readiness: Mapping[str, Result],
        sections: Sequence[SectionVerdict],
    ) -> LotVerdict:
        each = self.order.inspection.basis == "each"
        results = [
            row.by_machine[name] if each else row.result
            for row in rows
            if (name in row.by_machine if each else row.lot == name)
        ]
        results += [one.result for one in classes if one.lot == name]
        results += [readiness[name]] if name in readiness else []
        if self.record.form == "checklist" and not each and name not in readiness:
            results.append(pending(Cause.NO_READING))
        counted = worst(tuple(results))
        torn = tuple(s.result for s in sections if Cause.CONTRADICTION in s.result.causes and s.ticked)
        ticked = self.record.ticks.get(f"conclusion.{name}", "")
        result = self._concluded(name, counted, ticked)
        if torn and result.outcome is Outcome.PASS:
            result = worst(torn)
        if self.record.altered and result.outcome is Outcome.PASS:
            result = pending(Cause.ALTERED)
        if self.alike is not None:
            result = pending(Cause.OTHER_REVISION, *result.causes)
        rounds = self._rounds()
        advice = self._advice(result, rounds, classes, name)
        return LotVerdict(
            name=name,
            result=result,
            counted=counted,
            ticked=ticked,
            advice=advice,
            rights=_RIGHTS[advice],
            rounds=rounds,
        )

    def _concluded(self, name: str, counted: Result, ticked: str) -> Result:
        """LP808: compare the conclusion with what was counted; a pass that the rows do not bear out is pending."""
        if not ticked or ticked == counted.outcome or ticked == "pending":
            if ticked == "pending" and counted.outcome is not Outcome.PENDING:
                return pending(Cause.JUDGEMENT)
            return counted
        if counted.outcome is Outcome.PENDING and ticked == "fail":
            return counted
        where = self._where("conclusion", name)
        message = say(
            "the conclusion on {name} is {ticked}; its rows and counts say: {says}",
            name=name,
            ticked=outcome_said(ticked),
            says=outcome_said(counted.outcome),
        )
        self.judge.add("LP808", where, message, say("ask the inspector what was found; until then it is pending"))
        return pending(Cause.CONTRADICTION, *counted.causes)

    def _rounds(self) -> int | None:
        """Return after how many failed re-inspections the buyer may reject; None where the form does not show it."""
        commercial = self.order.commercial
        if isinstance(commercial, Hidden):
            return None
        rounds = commercial.duties.get("remedies", {}).get("rounds")
        return rounds if isinstance(rounds, int) else None

    def _advice(self, result: Result, rounds: int | None, classes: Sequence[ClassVerdict], name: str) -> Advice:
        """Return what the contract lets the buyer do next."""
        if self.record.arrival is not None:
            return _ARRIVED[result.outcome]
        if result.outcome is Outcome.PASS:
            return Advice.RELEASE
        if result.outcome is Outcome.FAIL:
            last = rounds is not None and self.record.kind is Kind.REINSPECTION and self.record.round >= rounds
            return Advice.REJECT if last else Advice.REWORK
        if any(one.next_n for one in classes if one.lot == name):
            return Advice.NEXT_SAMPLE
        return Advice.COMPLETE

    def _photos(self, rows: Sequence[RowVerdict]) -> None:
        """LP814: rows whose photograph is asked for and not named."""
        wanting = [
            check.tag
            for check, row in zip(self.rows, rows, strict=True)
            if "photo" in check.term.evidence and check.tag not in self.record.photos and (row.read or row.ticked)
        ]
        if wanting:
            shown = [*wanting[:5], *(["..."] if len(wanting) > 5 else [])]
            message = say("rows without the number of a photograph: {count:,} ({rows})", count=len(wanting), rows=shown)
            hint = say("ask for the photographs with the camera's own file numbers, as the camera made them")
            where = self.record.source.name
            self.judge.findings.append(
                Finding(where=where, code="LP814", severity=Severity.NOTE, message=message, hint=hint)
            )


_RIGHTS: Mapping[Advice, tuple[str, ...]] = MappingProxyType(
    {
        Advice.RELEASE: (ACCEPTANCE,),
        Advice.REWORK: (ACCEPTANCE, REMEDIES),
        Advice.REJECT: (ACCEPTANCE, REMEDIES),
        Advice.NEXT_SAMPLE: (INSPECTION,),
        Advice.COMPLETE: (ACCEPTANCE,),
        Advice.KEEP: (),
        Advice.NOTIFY: (ARRIVAL, REMEDIES),
        Advice.CLARIFY: (ARRIVAL,),
    }
)

_ARRIVED: Mapping[Outcome, Advice] = MappingProxyType(
    {Outcome.PASS: Advice.KEEP, Outcome.FAIL: Advice.NOTIFY, Outcome.PENDING: Advice.CLARIFY}
)


def unchanged(order: Order, other: Order) -> frozenset[str]:
    """Return the ids of the terms that two revisions of an order agree in the same way, sample and class included."""
    before = {term.id: term for term in other.spec.terms}
    return frozenset(term.id for term in order.spec.terms if before.get(term.id) == term)
