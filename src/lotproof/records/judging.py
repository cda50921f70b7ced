"""
What each row of a record comes to: readings against the requirement of their term, and everything that speaks against them.

A row passes only where nothing is missing: as many readings as the sample needs, all of them readable, the instrument known and
calibrated, the document there, and no tick that says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import assert_never

from lotproof import requirements
from lotproof.findings import Finding, Severity, quoted
from lotproof.frozen import Frozen, replace
from lotproof.messages import Message, say
from lotproof.orders.model import Order
from lotproof.quantity import Quantity, convert
from lotproof.records import values
from lotproof.records.model import (
    FAIL,
    PASS,
    Cause,
    Fault,
    Outcome,
    Reading,
    Record,
    Result,
    RowVerdict,
    pending,
    worst,
)
from lotproof.records.recording import SAID, Units
from lotproof.records.rows import (
    Cells,
    Check,
    Classes,
    Composition,
    Counted,
    Extremes,
    Figures,
    Found,
    Paper,
    Words,
    asked,
    field_tag,
    machines,
)
from lotproof.requirements import AtLeast, AtMost, OneOf, Shares, Statistic, Within

Limit = AtMost | AtLeast | Within


class Measured(Frozen, kw_only=True):
    """
    What the readings of a row say by themselves.

    Attributes:
        n: how many readings are needed; read: how many can be judged; outside: how many of those do not meet the requirement.
        each: the result of each reading in their order, where they belong to units.
    """

    result: Result
    n: int
    read: int
    outside: int | None
    each: tuple[Result, ...] = ()


class Judge:
    """
    Judges the rows of one record.

    Attributes:
        findings: what was found on the way.
    """

    def __init__(self, order: Order, record: Record, units: Units) -> None:
        self.order, self.record, self.units = order, record, units
        self.findings: list[Finding] = []
        self.found: Mapping[str, Reading] = {reading.tag: reading for reading in record.readings}
        self._altered = {altered.row for altered in record.altered}
        self._instruments = {term: one for one in record.instruments for term in one.terms}
        self._gap_passes = order.inspection.answers.get("severity") == "reduced"

    def row(self, check: Check, classes: Mapping[str, Result]) -> RowVerdict:
        """
        Judge one row.

        Args:
            classes: what the classes of defects of its lot come to, by name; asked for by a row that is judged by them.
        """
        measured = self._measured(check, classes)
        against = tuple(self._against(check, measured))
        ticked = self.record.ticks.get(check.tag, "")
        result = self._compared(check, measured.result, ticked)
        if against:
            result = pending(*against, *result.causes)
        named = self._by_machine(check, measured, result)
        return RowVerdict(
            tag=check.tag,
            term=check.term.id,
            lot=check.sample.lot,
            entry=check.entry,
            result=result,
            measured=measured.result,
            n=measured.n,
            read=measured.read,
            outside=measured.outside,
            ticked=ticked,
            by_machine=named,
            failed=tuple(number for number, one in enumerate(measured.each, 1) if one.outcome is Outcome.FAIL),
        )

    # readings

    def _measured(self, check: Check, classes: Mapping[str, Result]) -> Measured:
        wanted = asked(self.order, check)
        sample, requirement = check.sample, check.requirement
        match wanted:
            case Words():
                return Measured(result=pending(Cause.LIMIT_MISSING), n=1, read=0, outside=None)
            case Classes(plans=plans):
                results = tuple(classes[p.defect_class] for p in plans) or (pending(Cause.LIMIT_MISSING),)
                return Measured(result=worst(results), n=sample.n, read=0, outside=None)
            case Counted():
                return self._counted(check)
            case Found(sampled=sampled):
                return self._found(check, sampled=sampled)
            case Extremes():
                return self._extremes(check)
            case Paper():
                return self._paper(check)
            case Composition():
                assert isinstance(requirement, Shares)
                return self._composition(check, requirement)
            case Figures(names=names):
                assert isinstance(requirement, Limit)
                return self._each(check, names, replace(requirement, statistic=Statistic.EACH), 0, 1)
            case Cells(names=names):
                ac, re = (sample.ac or 0, sample.re or 1) if sample.plan != "once" else (0, 1)
                single = requirement
                if isinstance(single, Limit) and single.statistic in (Statistic.MEAN, Statistic.STDEV):
                    single = replace(single, statistic=Statistic.EACH)  # one figure for the lot, worked out on the spot
                assert single is not None
                return self._each(check, names, single, ac, re)
            case _:
                assert_never(wanted)

    def _each(
        self, check: Check, names: Sequence[str], requirement: requirements.Requirement, ac: int, re: int
    ) -> Measured:
        """Judge readings one by one, and count those outside against Ac and Re."""
        each = tuple(self._one(self.found.get(field_tag(check.tag, name)), requirement) for name in names)
        outside = sum(one.outcome is Outcome.FAIL for one in each)
        read = sum(one.outcome is not Outcome.PENDING for one in each)
        unreadable = any(Cause.UNREADABLE in one.causes for one in each)
        result = self._decided(outside, read, len(names), ac, re, unreadable=unreadable)
        return Measured(result=result, n=len(names), read=read, outside=outside, each=each)

    def _one(self, reading: Reading | None, requirement: requirements.Requirement) -> Result:
        if reading is None:
            return pending(Cause.NO_READING)
        value = self._comparable(reading, requirement)
        if value is None:
            return pending(Cause.UNREADABLE)
        match requirements.judge(requirement, (value,)):
            case requirements.Pass():
                return PASS
            case requirements.Fail():
                return FAIL
            case requirements.Pending():
                return pending(Cause.UNREADABLE)

    def _comparable(self, reading: Reading, requirement: requirements.Requirement) -> requirements.Reading | None:
        """Return a reading as the requirement takes it, in its unit; None where it cannot be compared (LP804)."""
        value = reading.value
        match requirement:
            case AtMost(limit=limit) | AtLeast(limit=limit) | Within(nominal=limit):
                return self._quantity(reading, limit.unit)
            case requirements.Count():
                if reading.unit not in ("", "pc", requirement.unit):
                    self._unfit(reading, requirement.unit)
                    return None
                whole = values.whole(value)
                if whole is None and reading.fault is None:
                    self._add("LP804", reading, SAID[Fault.NO_WHOLE_NUMBER], say("write a whole number, such as 12"))
                return whole
            case OneOf(options=options) if isinstance(value, str):
                return next((o for o in options if values.same_words(o, value)), value) if value else None
            case _:
                return None

    def _quantity(self, reading: Reading, unit: str) -> Quantity | None:
        if not isinstance(reading.value, Decimal):
            return None
        given = Quantity(reading.value, reading.unit or unit)
        if given.unit == unit:
            return given
        units = self.units()
        made = convert(given, unit, units) if unit in units and given.unit in units else None
        if made is None:
            self._unfit(reading, unit)
            return None
        return made[0]

    def _unfit(self, reading: Reading, unit: str) -> None:
        what = say("is in {given}, which does not convert into {unit}", given=reading.unit, unit=unit)
        self._add("LP804", reading, what, say("write it in {unit}", unit=unit))

    def _decided(self, outside: int, read: int, n: int, ac: int, re: int, *, unreadable: bool) -> Result:
        """Say what so many nonconforming among so many come to, where ``n`` are needed."""
        if outside >= re:
            return FAIL
        if unreadable:
            return pending(Cause.UNREADABLE)
        if not read:
            return pending(Cause.NO_READING)
        if read < n:
            return pending(Cause.SAMPLE_TOO_SMALL)
        if outside <= ac or self._gap_passes:
            return PASS
        return pending(Cause.NEXT_SAMPLE)

    # counts

    def _counted(self, check: Check) -> Measured:
        """Judge a number of nonconforming units among those that were checked."""
        sample = check.sample
        n, broken = self._count(check, "n")
        d, spoilt = self._count(check, "d")
        re = sample.re if sample.re is not None else 1
        if d is not None and n is not None and d > n:
            self._contradicts(check, say("{found} of {n} units are nonconforming", found=d, n=n))
            return Measured(result=pending(Cause.CONTRADICTION), n=sample.n, read=n, outside=d)
        if d is not None and d >= re:
            return Measured(result=FAIL, n=sample.n, read=n or 0, outside=d)
        if d is None and not spoilt:
            return Measured(result=pending(Cause.NO_READING), n=sample.n, read=n or 0, outside=None)
        if n is None and not broken and not spoilt:
            return Measured(result=pending(Cause.SAMPLE_TOO_SMALL), n=sample.n, read=0, outside=d)
        result = self._decided(d or 0, n or 0, sample.n, sample.ac or 0, re, unreadable=broken or spoilt)
        return Measured(result=result, n=sample.n, read=n or 0, outside=d)

    def _found(self, check: Check, *, sampled: bool) -> Measured:
        """Judge one count, over all units that were checked."""
        assert check.requirement is not None
        one = self._one(self.found.get(field_tag(check.tag, "r1")), check.requirement)
        outside = int(one.outcome is Outcome.FAIL)
        if not sampled:
            return Measured(result=one, n=1, read=int(one.outcome is not Outcome.PENDING), outside=outside)
        n, broken = self._count(check, "n")
        if one.outcome is Outcome.PASS:
            if broken:
                one = pending(Cause.UNREADABLE)
            elif n is None or n < check.sample.n:
                one = pending(Cause.SAMPLE_TOO_SMALL)
        return Measured(result=one, n=check.sample.n, read=n or 0, outside=outside)

    def _extremes(self, check: Check) -> Measured:
        """Judge a sample that is recorded by its lowest and highest reading and by the number outside the limit."""
        assert isinstance(check.requirement, Limit)
        sample = check.sample
        single = replace(check.requirement, statistic=Statistic.EACH)
        ends = tuple(self._one(self.found.get(field_tag(check.tag, name)), single) for name in ("lowest", "highest"))
        outside, broken = self._count(check, "outside")
        n, spoilt = self._count(check, "n")
        beyond = sum(end.outcome is Outcome.FAIL for end in ends)
        read = n or 0
        re = sample.re if sample.re is not None else 1
        values_of = [self.found.get(field_tag(check.tag, name)) for name in ("lowest", "highest")]
        turned = self._turned(values_of, single)
        says_none = outside == 0 and beyond > 0
        says_some = outside is not None and outside > 0 and all(end.outcome is Outcome.PASS for end in ends)
        if turned or says_none or says_some or (outside is not None and n is not None and outside > n):
            self._contradicts(check, say("lowest, highest and the number outside the limit do not go together"))
            return Measured(result=pending(Cause.CONTRADICTION), n=sample.n, read=read, outside=outside)
        if outside is not None and outside >= re:
            return Measured(result=FAIL, n=sample.n, read=read, outside=outside)
        if outside is None and beyond >= re:
            return Measured(result=FAIL, n=sample.n, read=read, outside=beyond)
        causes = {cause for end in ends for cause in end.causes}
        if broken or spoilt:
            causes.add(Cause.UNREADABLE)
        if outside is None and not broken:
            causes.add(Cause.NO_READING)
        if causes:
            return Measured(result=pending(*causes), n=sample.n, read=read, outside=outside)
        result = (
            pending(Cause.SAMPLE_TOO_SMALL)
            if n is None
            else self._decided(outside or 0, n, sample.n, sample.ac or 0, re, unreadable=False)
        )
        return Measured(result=result, n=sample.n, read=read, outside=outside)

    def _turned(self, ends: Sequence[Reading | None], requirement: Limit) -> bool:
        """Say whether the lowest reading is above the highest."""
        limit = requirement.nominal if isinstance(requirement, Within) else requirement.limit
        found = [self._quantity(end, limit.unit) if end is not None else None for end in ends]
        low, high = found
        return low is not None and high is not None and low.value > high.value

    def _count(self, check: Check, name: str) -> tuple[int | None, bool]:
        """Return a number of units, and whether something stands there that is none."""
        return self.count(field_tag(check.tag, name))

    def count(self, tag: str) -> tuple[int | None, bool]:
        """Return a whole number by its tag, and whether something stands there that is none (LP804)."""
        reading = self.found.get(tag)
        if reading is None:
            return None, False
        whole = values.whole(reading.value) if reading.unit in ("", "pc") else None
        if whole is None and reading.fault is None:
            self._add("LP804", reading, SAID[Fault.NO_WHOLE_NUMBER], say("write a whole number, such as 12"))
        return whole, whole is None

    # papers

    def _paper(self, check: Check) -> Measured:
        """Judge whether a document is there and is the right one: the inspector says so by the tick."""
        reading = self.found.get(field_tag(check.tag, "r1"))
        ticked = self.record.ticks.get(check.tag, "")
        if ticked == "fail":
            return Measured(result=FAIL, n=1, read=int(reading is not None), outside=1)
        if reading is None:
            return Measured(result=pending(Cause.DOCUMENT_AWAITED), n=1, read=0, outside=None)
        if reading.value is None:
            return Measured(result=pending(Cause.UNREADABLE), n=1, read=0, outside=None)
        if ticked != "pass":
            return Measured(result=pending(Cause.JUDGEMENT), n=1, read=1, outside=None)
        return Measured(result=PASS, n=1, read=1, outside=0)

    def _composition(self, check: Check, requirement: Shares) -> Measured:
        shares: dict[str, Decimal] = {}
        unreadable = False
        for place, part in enumerate(requirement.parts, 1):
            reading = self.found.get(field_tag(check.tag, f"s{place}"))
            if reading is not None:
                made = self._quantity(reading, "%")
                unreadable = unreadable or made is None
                if made is not None:
                    shares[part.name] = made.value
        read = len(shares)
        if sum(shares.values(), Decimal(0)) > 100:
            self._contradicts(check, say("the shares are more than 100 %"))
            return Measured(result=pending(Cause.CONTRADICTION), n=len(requirement.parts), read=read, outside=None)
        outside = sum(
            abs(shares[part.name] - part.share) > part.tolerance for part in requirement.parts if part.name in shares
        )
        result = self._decided(outside, read, len(requirement.parts), 0, 1, unreadable=unreadable)
        return Measured(result=result, n=len(requirement.parts), read=read, outside=outside)

    # what speaks against the readings

    def _against(self, check: Check, measured: Measured) -> Iterator[Cause]:
        """Yield why a row stays pending, whatever its readings say."""
        term = check.term
        if check.tag in self._altered:
            yield Cause.ALTERED
        if measured.result.outcome is Outcome.PENDING:
            if term.where == "laboratory" and measured.result.causes == (Cause.NO_READING,):
                yield Cause.DOCUMENT_AWAITED
            return
        if self._is_measured(check) and term.where == "factory" and term.brought_by in ("inspector", "factory"):
            yield from self._instrument(term.id)
        if (
            "document" in term.evidence
            and measured.result.outcome is Outcome.PASS
            and check.tag not in self.record.papers
        ):
            yield Cause.DOCUMENT_AWAITED

    @staticmethod
    def _is_measured(check: Check) -> bool:
        return isinstance(check.requirement, Limit)

    def _instrument(self, term: str) -> Iterator[Cause]:
        one = self._instruments.get(term)
        if one is None or not one.number or one.calibrated_until is None:
            yield Cause.INSTRUMENT_MISSING
        elif self.record.date is None:
            yield Cause.DATE_MISSING
        elif one.calibrated_until < self.record.date:
            yield Cause.OUT_OF_CALIBRATION

    def _compared(self, check: Check, result: Result, ticked: str) -> Result:
        """LP807: compare what the inspector ticked with what the readings say."""
        return self.compared(check.tag, self._where(check.tag), result, ticked)

    def compared(self, name: str, where: str, result: Result, ticked: str) -> Result:
        """Return a result after comparing it with a tick: a contradiction is pending (LP807), and so is what was ticked as pending."""
        if not ticked or ticked == result.outcome:
            return result
        if ticked == "pending":
            return pending(Cause.JUDGEMENT) if result.outcome is not Outcome.PENDING else result
        if result.outcome is Outcome.PENDING and ticked == "fail":
            return result
        message = say(
            "{name} is ticked {ticked}; its numbers say: {says}",
            name=name,
            ticked=outcome_said(ticked),
            says=outcome_said(result.outcome),
        )
        self.add("LP807", where, message, say("ask the inspector what was found; until then it is pending"))
        return pending(Cause.CONTRADICTION, *result.causes)

    def _where(self, tag: str) -> str:
        reading = self.found.get(field_tag(tag, "result"))
        return reading.where if reading else self.record.source.name

    def _contradicts(self, check: Check, what: Message) -> None:
        """LP809: counts of one row that do not go together."""
        message = say("{name}: {what}", name=check.tag, what=what)
        self.add(
            "LP809", self._where(check.tag), message, say("ask the inspector for the numbers; until then it is pending")
        )

    def _add(self, code: str, reading: Reading, what: Message, hint: Message) -> None:
        message = say("{field}: {text} {fault}", field=reading.tag, text=quoted(reading.written), fault=what)
        self.add(code, reading.where, message, hint)

    def add(self, code: str, where: str, message: Message, hint: Message) -> None:
        """Add a finding that leaves something pending."""
        finding = Finding(where=where, code=code, severity=Severity.OPEN, message=message, hint=hint)
        if finding not in self.findings:
            self.findings.append(finding)

    # machines

    def _by_machine(self, check: Check, measured: Measured, result: Result) -> Mapping[str, Result]:
        """Return the result of each machine that the row covers, where each is judged by itself."""
        if self.order.inspection.basis != "each":
            return {}
        covered = [name for name, item in machines(self.order) if item in check.term.items]
        if not covered:
            return {}
        if result.outcome is not Outcome.FAIL or len(covered) == 1:
            return dict.fromkeys(covered, result)
        if (
            len(measured.each) == check.sample.n
            and check.sample.per_unit
            and check.sample.n == check.sample.per_unit * len(covered)
        ):
            per = check.sample.per_unit
        elif len(measured.each) == len(covered):
            per = 1
        elif check.sample.plan == "once" or measured.outside == len(covered):
            return dict.fromkeys(covered, result)
        else:
            return dict.fromkeys(covered, pending(Cause.UNIT_NOT_NAMED))
        return {name: worst(measured.each[i * per : (i + 1) * per]) for i, name in enumerate(covered)}


_SAID: Mapping[str, Message] = MappingProxyType({"pass": say("pass"), "fail": say("fail"), "pending": say("pending")})


def outcome_said(outcome: str) -> Message:
    """Return an outcome as a word of a message."""
    return _SAID[outcome]
