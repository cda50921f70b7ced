"""
Where the findings of an arrival came about, as far as the record shows it, and what that lets the buyer do.

Nothing is guessed. A finding is of the factory where no damage on the way can explain it, of the transit where nothing but damage on
the way explains it, and not known in every other case, with what is doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from lotproof.catalog.origins import shipped_origins
from lotproof.findings import Finding, Severity
from lotproof.messages import Message, say
from lotproof.orders.model import Order
from lotproof.records import values
from lotproof.records.arrivals import (
    Arrival,
    Attributed,
    Condition,
    Gauge,
    Incident,
    Origin,
    Reason,
    Sealing,
    Shown,
    Step,
    Supported,
)
from lotproof.records.arriving import bare
from lotproof.records.model import Added, LotVerdict, Outcome, Reading, Record, RowVerdict
from lotproof.records.recording import tally_cells
from lotproof.records.rows import SPARE_DEFECTS, Check, Classes, asked, checks, field_tag, judged, terms_of

ARRIVAL, REMEDIES = "contract.arrival", "contract.remedies"
"""The provisions on notice after arrival, and on what follows a failure."""

EVIDENCE, WINDOW, DELIVERY = "exhibit.arrival", "contract.filing_window", "contract.delivery"
"""The exhibit on evidence; the provisions on the platform's window and on where the risk passes."""

REPORTED: Mapping[str, Message] = MappingProxyType(
    {
        "arrived_on": say("the day of arrival"),
        "report_date": say("its date"),
        "opening_place": say("the place of opening"),
        "inspector": say("the name of the inspector"),
        "findings": say("the findings by row number"),
    }
)
"""What an incident report states, and how each is called."""

DOUBTS = frozenset(
    {
        Reason.SEAL_UNKNOWN,
        Reason.CARTONS_UNKNOWN,
        Reason.INDICATOR_UNKNOWN,
        Reason.COUNT_UNKNOWN,
    }
)
"""What a few words of whoever opened the goods would settle."""

_BY: Mapping[Gauge, str] = MappingProxyType({Gauge.SHOCK: "crushed", Gauge.TILT: "crushed", Gauge.HUMIDITY: "wet"})
_MAKES: Mapping[Condition, str] = MappingProxyType(
    {Condition.CRUSHED: "crushed", Condition.TORN: "crushed", Condition.WET: "wet", Condition.OPENED: "open"}
)


def attributed(
    order: Order, record: Record, rows: Sequence[RowVerdict], before: Record | None = None
) -> tuple[Attributed, ...]:
    """
    Return everything that is wrong on arrival, each with where it came about and why.

    The rules, the first that applies deciding (docs/arrival.md):

    * On units drawn: not known, where the seal is broken, differs or is not stated. Else of the factory where nothing on the way makes
      such a defect. Else not known, where the cartons of the sample or an indicator are doubtful. Else of the factory.
    * In damaged cartons: of the factory where nothing on the way makes such a defect and the seal held. Not known where the defect was
      found on units drawn or before shipment too, or the damage of no carton is known to make it. Else of the transit.

    Args:
        rows: what each row came to.
        before: the record of the inspection before shipment, where it is at hand.

    Raises:
        ValueError: the record is of no arrival.
    """
    if record.arrival is None:
        raise ValueError("only the record of an arrival says where something came about")
    return tuple(_Attributing(order, record, record.arrival, before).all(rows))


class _Attributing:
    def __init__(self, order: Order, record: Record, arrival: Arrival, before: Record | None) -> None:
        self.order, self.arrival = order, arrival
        self.found: Mapping[str, Reading] = {reading.tag: reading for reading in record.readings}
        self.causes = shipped_origins()
        self.added = tuple(row for row in record.added if row.table == "tally")
        self.earlier = {one.defect for one in before.defects if one.defect and one.found} if before else set[str]()
        self.source = record.source.name
        self.seal = _seal_doubt(arrival)
        self.cartons = {unit.number: unit.carton for unit in arrival.units if unit.carton}
        self.drawn_from = self._drawn_from()

    def all(self, rows: Sequence[RowVerdict]) -> Iterator[Attributed]:
        by_tag = {row.tag: row for row in rows}
        for check in checks(self.order, terms_of(self.order, "arrival")):
            row = by_tag.get(check.tag)
            if row and row.result.outcome is Outcome.FAIL and not isinstance(asked(self.order, check), Classes):
                yield from self._row(check, row)
        for defect in self.order.spec.defects:
            yield from self._line(f"defect.{defect.id}", defect.id)
        for line in range(1, SPARE_DEFECTS + 1):
            yield from self._line(f"unlisted.{line}", "")
        for line, one in enumerate(self.added, SPARE_DEFECTS + 1):
            yield from self._of_added(line, one)
        yield from self._damaged()
        yield from self._missing()

    # rows and lines

    def _row(self, check: Check, row: RowVerdict) -> Iterator[Attributed]:
        machines = [name for name, result in row.by_machine.items() if result.outcome is Outcome.FAIL]
        origin, reasons = self._drawn("", self._pattern(check, row))
        where = next((r.where for tag, r in self.found.items() if tag.startswith(f"{check.tag}.")), self.source)
        for name in machines or [row.lot]:
            yield Attributed(
                subject=row.tag,
                term=row.term,
                defect="",
                judged=name,
                damaged_cartons=False,
                found=row.outside if len(machines) < 2 else None,
                origin=origin,
                reasons=reasons,
                where=where,
            )

    def _pattern(self, check: Check, row: RowVerdict) -> tuple[Reason, ...]:
        """Say whether what failed lay in several cartons; nothing of rows whose readings are not those of the units in the order of drawing."""
        lot = next(lot for lot in self.order.inspection.lots if lot.id == row.lot)
        if check.term.stage not in _OF_UNITS or not set(lot.items) <= set(check.term.items):
            return ()
        per = check.sample.per_unit or 1
        cartons = {self.cartons[unit] for n in row.failed if (unit := (n - 1) // per + 1) in self.cartons}
        return (Reason.LOT_PATTERN,) if len(cartons) > 1 else ()

    def _line(self, line: str, defect: str) -> Iterator[Attributed]:
        """Yield what a line of the defect list says of the units drawn, and of damaged cartons, lot by lot."""
        names = judged(self.order)
        for name in names:
            tags = [f"{line}.{what}" for what in ("found", "damaged")]
            drawn, broken = (self.found.get(field_tag(t) if len(names) < 2 else field_tag(t, name)) for t in tags)
            if drawn is not None and _counts(drawn):
                pattern = (Reason.BEFORE_SHIPMENT,) if defect in self.earlier else ()
                origin, reasons = self._drawn(defect, pattern)
                yield self._counted(line, defect, name, drawn, origin, reasons, damaged=False)
            if broken is not None and _counts(broken):
                origin, reasons = self._in_damaged(defect, both=drawn is not None and _counts(drawn))
                yield self._counted(line, defect, name, broken, origin, reasons, damaged=True)

    def _counted(
        self,
        line: str,
        defect: str,
        name: str,
        reading: Reading,
        origin: Origin,
        reasons: tuple[Reason, ...],
        *,
        damaged: bool,
    ) -> Attributed:
        count = values.whole(reading.value)
        return Attributed(
            subject=line,
            term="",
            defect=defect,
            judged=name,
            damaged_cartons=damaged,
            found=count,
            origin=Origin.UNKNOWN if count is None else origin,
            reasons=(Reason.COUNT_UNKNOWN,) if count is None else reasons,
            where=reading.where,
        )

    def _of_added(self, line: int, row: Added) -> Iterator[Attributed]:
        """Yield what a row says that somebody added to the tally."""
        cells = (*tally_cells(row, "arrival"), "", "", "", "", "")
        names = judged(self.order)
        drawn = not values.is_blank(cells[3])
        for damaged, text in ((False, cells[3]), (True, cells[4])):
            count = values.whole(values.number(text, None).value)
            if values.is_blank(text) or count == 0:
                continue
            origin, reasons = self._in_damaged("", both=drawn) if damaged else self._drawn("", ())
            yield Attributed(
                subject=f"unlisted.{line}",
                term="",
                defect="",
                judged=names[0] if len(names) == 1 else "",
                damaged_cartons=damaged,
                found=count,
                origin=Origin.UNKNOWN if count is None else origin,
                reasons=(Reason.COUNT_UNKNOWN,) if count is None else reasons,
                where=row.where,
            )

    # the rules

    def _drawn(self, defect: str, pattern: tuple[Reason, ...]) -> tuple[Origin, tuple[Reason, ...]]:
        """Return where something came about that was found on units drawn."""
        if self.seal is not None:
            return Origin.UNKNOWN, (self.seal,)
        causes = self.causes.get(defect)
        if causes == ():
            return Origin.FACTORY, (Reason.NOT_BY_TRANSIT, *pattern)
        doubts = tuple(self._doubts(causes))
        if doubts:
            return Origin.UNKNOWN, doubts
        return Origin.FACTORY, (Reason.UNDAMAGED_CARTONS, *pattern)

    def _doubts(self, causes: tuple[str, ...] | None) -> Iterator[Reason]:
        """Yield why something found on units drawn may have come about on the way."""
        if self.drawn_from is not None:
            yield self.drawn_from
        shown = [one.shown for one in self.arrival.indicators if causes is None or _BY[one.gauge] in causes]
        if Shown.TRIGGERED in shown:
            yield Reason.INDICATOR
        elif None in shown:
            yield Reason.INDICATOR_UNKNOWN

    def _drawn_from(self) -> Reason | None:
        """Return why it is doubtful that the sample came from undamaged cartons alone; None where it is not."""
        if self.arrival.undamaged is None:
            return Reason.CARTONS_UNKNOWN
        broken = {bare(carton.number) for carton in self.arrival.damaged if carton.number}
        if not self.arrival.undamaged or broken & {bare(carton) for carton in self.cartons.values()}:
            return Reason.CARTONS_MIXED
        return None

    def _in_damaged(self, defect: str, *, both: bool) -> tuple[Origin, tuple[Reason, ...]]:
        """Return where something came about that was found in damaged cartons."""
        causes = self.causes.get(defect)
        if causes == ():
            if self.seal is not None:
                return Origin.UNKNOWN, (self.seal,)
            return Origin.FACTORY, (Reason.NOT_BY_TRANSIT,)
        if both or defect in self.earlier:
            return Origin.UNKNOWN, (Reason.IN_BOTH,)
        made = {_MAKES[carton.condition] for carton in self.arrival.damaged if carton.condition is not None}
        if causes is None or not made & set(causes):
            return Origin.UNKNOWN, (Reason.KIND_UNKNOWN,)
        return Origin.TRANSIT, (Reason.DAMAGED_CARTONS,)

    # cartons

    def _damaged(self) -> Iterator[Attributed]:
        """Yield each damaged carton: the damage of the carton itself."""
        for carton in self.arrival.damaged:
            known = carton.condition is not None
            yield Attributed(
                subject=f"damaged.{carton.line}",
                term="",
                defect="",
                judged="",
                damaged_cartons=True,
                found=carton.units,
                origin=Origin.TRANSIT if known else Origin.UNKNOWN,
                reasons=(Reason.DAMAGED_CARTONS if known else Reason.KIND_UNKNOWN,),
                where=carton.where,
            )

    def _missing(self) -> Iterator[Attributed]:
        for count in self.arrival.cartons:
            if not count.missing:
                continue
            unsealed = Reason.NO_SEAL if self.arrival.seal.state is Sealing.NONE else None
            doubt = self.seal or unsealed
            yield Attributed(
                subject="missing",
                term="",
                defect="",
                judged=count.lot,
                damaged_cartons=False,
                found=count.missing,
                origin=Origin.UNKNOWN if doubt else Origin.FACTORY,
                reasons=(doubt or Reason.SHORT_BEHIND_SEAL,),
                where=count.where,
            )


_OF_UNITS = ("unit", "measurement", "function")
"""Stages whose readings are taken on the units drawn, the first unit first; elsewhere they are of cartons or of laboratory samples."""


def _seal_doubt(arrival: Arrival) -> Reason | None:
    """Return why it is doubtful that nobody opened the goods on the way; None where it is not."""
    match arrival.seal.state:
        case Sealing.NONE:
            return None
        case Sealing.BROKEN:
            return Reason.SEAL_BROKEN
        case Sealing.UNBROKEN if arrival.seal.matches is not None:
            return None if arrival.seal.matches else Reason.SEAL_DIFFERS
        case _:
            return Reason.SEAL_UNKNOWN


def _counts(reading: Reading) -> bool:
    """Say whether something was found, or something stands there that is no count."""
    return values.whole(reading.value) != 0


def incident_of(arrival: Arrival, origins: Sequence[Attributed]) -> Incident:
    """Return what the incident report lacks; its last day is counted elsewhere (:mod:`lotproof.clocks`)."""
    there = {
        "arrived_on": arrival.arrived_on is not None,
        "report_date": arrival.reported_on is not None,
        "opening_place": bool(arrival.place),
        "inspector": bool(arrival.inspector),
        "findings": bool(arrival.findings) or not origins,
    }
    return Incident(missing=tuple(name for name in REPORTED if not there[name]), due=None, late_days=None)


def supported(
    record: Record, origins: Sequence[Attributed], lots: Sequence[LotVerdict], incident: Incident
) -> tuple[Supported, ...]:
    """Return what the record lets the buyer do, the first step first."""
    assert record.arrival is not None
    failed = tuple(lot.name for lot in lots if lot.result.outcome is Outcome.FAIL)
    wrong = [one for one in origins if not one.subject.startswith("damaged.")]
    factory = [one for one in wrong if one.origin is Origin.FACTORY]
    steps = []
    noticed = [one for one in wrong if one.origin is not Origin.TRANSIT]
    if noticed or failed:
        steps.append(_step(Step.NOTIFY, noticed, (ARRIVAL, EVIDENCE), failed))
    grave = [one for one in factory if one.judged in failed and not one.damaged_cartons]
    if grave:
        steps.append(_step(Step.REJECT, grave, (REMEDIES,)))
    if factory:
        steps.append(_step(Step.CLAIM, factory, (REMEDIES, WINDOW)))
    seal, indicators = record.arrival.seal, record.arrival.indicators
    broken = seal.state is Sealing.BROKEN or seal.matches is False
    on_the_way = [one for one in origins if one.damaged_cartons or (one.subject == "missing" and one not in factory)]
    if on_the_way or broken or any(one.shown is Shown.TRIGGERED for one in indicators):
        steps.append(_step(Step.CARRIER, on_the_way, (EVIDENCE, DELIVERY)))
    doubtful = [one for one in origins if DOUBTS & set(one.reasons)]
    if doubtful or incident.missing:
        steps.append(_step(Step.COMPLETE, doubtful, (EVIDENCE,)))
    return tuple(steps)


def _step(step: Step, on: Sequence[Attributed], rights: tuple[str, ...], names: tuple[str, ...] = ()) -> Supported:
    lots = (*names, *(one.judged for one in on if one.judged))
    return Supported(
        step=step,
        judged=tuple(dict.fromkeys(lots)),
        subjects=tuple(dict.fromkeys(one.subject for one in on)),
        rights=rights,
    )


def doubted(name: str, origins: Sequence[Attributed]) -> Iterator[Finding]:
    """LP823: where something came about is not known, and a few words would settle it."""
    for reason in sorted({r for one in origins for r in one.reasons if r in DOUBTS}, key=list(Reason).index):
        subjects = list(dict.fromkeys(one.subject for one in origins if reason in one.reasons))
        shown = [*subjects[:5], *(["..."] if len(subjects) > 5 else [])]
        why, hint = _SETTLED[reason]
        message = say(
            "nobody can say where {count:,} findings came about ({subjects}): {why}",
            count=len(subjects),
            subjects=shown,
            why=why,
        )
        yield Finding(where=name, code="LP823", severity=Severity.OPEN, message=message, hint=hint)


_SETTLED: Mapping[Reason, tuple[Message, Message]] = MappingProxyType(
    {
        Reason.SEAL_UNKNOWN: (
            say("the seal, or one of its two numbers, is not stated"),
            say("write whether the seal was unbroken, its number, and that of the loading report, such as CN4471209"),
        ),
        Reason.CARTONS_UNKNOWN: (
            say("it is not stated whether the units were drawn from undamaged cartons"),
            say("write yes or no beside that question, and the carton of each unit"),
        ),
        Reason.INDICATOR_UNKNOWN: (
            say("it is not stated what the indicators show"),
            say("write what each shows; none fitted is an answer too"),
        ),
        Reason.COUNT_UNKNOWN: (
            say("the number found cannot be read"),
            say("write a whole number, such as 12"),
        ),
    }
)
