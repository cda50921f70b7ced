"""What the goods do not meet, who says so, and what such a claim lacks: supported ones first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lotproof.catalog.model import CLASSES
from lotproof.consistency.model import Against, Claim, Evidence, Filled, Mismatch, Record, Seen, TermLine
from lotproof.messages import Message, say
from lotproof.orders.model import Order
from lotproof.records.arrivals import Attributed, Origin
from lotproof.records.model import Cause, Outcome

_CARTON = "damaged."
"""What an arrival record calls a damaged carton."""

_OF_A_RECORD = frozenset({"C9", "C10"})
"""Mismatches that take away from a whole record."""


def claims(
    order: Order,
    lines: Sequence[TermLine],
    mismatches: Iterable[Mismatch],
    evidence: Sequence[Evidence],
    inspection: Filled | None,
    arrival: Filled | None,
) -> tuple[Claim, ...]:
    """
    Return a claim for each row and each class of defects that failed, or whose readings fail, in the order in which to make them.

    One is supported where the contract states a limit, inspection and arrival both failed it, a photograph shows it, it did not come
    about on the way, and nothing was waived.
    """
    found = _Claims(order, tuple(mismatches), evidence, inspection, arrival)
    made = [(line, found.claim(line)) for line in lines if _failed(line)]
    order_of = {line.tag: place for place, line in enumerate(lines)}
    ranked = tuple(
        claim
        for line, claim in sorted(
            made,
            key=lambda pair: (
                not pair[1].supported,
                -len(pair[1].by),
                len(pair[1].reasons),
                _grave(pair[0].defect_class),
                -_share(pair[0].arrival or pair[0].inspection),
                order_of[pair[0].tag],
            ),
        )
    )
    return (*ranked, *found.of_the_way())


def _failed(line: TermLine) -> bool:
    return any(
        seen is not None and Outcome.FAIL in (seen.result.outcome, seen.measured.outcome)
        for seen in (line.inspection, line.arrival)
    )


def _grave(defect_class: str) -> int:
    return CLASSES.index(defect_class) if defect_class in CLASSES else len(CLASSES)


def _share(seen: Seen | None) -> float:
    return (seen.outside or 0) / seen.read if seen is not None and seen.read else 0.0


class _Claims:
    def __init__(
        self,
        order: Order,
        mismatches: Sequence[Mismatch],
        evidence: Sequence[Evidence],
        inspection: Filled | None,
        arrival: Filled | None,
    ) -> None:
        self.order, self.evidence = order, evidence
        self.before, self.after = inspection, arrival
        self.mismatches = mismatches
        self.terms = {term.id: term for term in order.spec.terms}
        self.origins: Mapping[str, list[Attributed]] = _by_subject(arrival)

    def claim(self, line: TermLine) -> Claim:
        by: list[Record] = []
        reasons: list[Message] = []
        if "C1" in line.codes:
            reasons.append(say("the contract states no limit for it"))
        else:
            by.append(Record.CONTRACT)
        for record, seen, name in (
            (Record.INSPECTION, line.inspection, say("the inspection")),
            (Record.ARRIVAL, line.arrival, say("the arrival record")),
        ):
            if seen is not None and seen.result.outcome is Outcome.FAIL:
                by.append(record)
            else:
                reasons.append(_silent(seen, name))
        photos = self.photos(line)
        if not photos:
            reasons.append(say("no photograph shows it"))
        reasons += self._origin(line)
        reasons += self._against(line)
        supported = len(by) == len(Record) and not reasons
        return Claim(
            line=line.tag,
            against=Against.SELLER,
            supported=supported,
            by=tuple(by),
            reasons=tuple(reasons),
            photos=photos,
        )

    def of_the_way(self) -> Iterator[Claim]:
        """Yield what came about on the way: a claim against whoever carried or insured the goods."""
        cartons = tuple(one.path for one in self.evidence if one.what == "carton" and one.picture and one.shows)
        for subject, found in self.origins.items():
            if any(one.origin is Origin.TRANSIT for one in found) and not subject.startswith(_CARTON):
                reasons = [say("it came about on the way: it is a claim against the carrier or the insurer")]
                if not cartons:
                    reasons.append(say("no photograph shows the damaged cartons"))
                yield Claim(
                    line=subject,
                    against=Against.CARRIER,
                    supported=False,
                    by=(Record.ARRIVAL,),
                    reasons=tuple(reasons),
                    photos=cartons,
                )

    def photos(self, line: TermLine) -> tuple[str, ...]:
        """Return the photographs that show a row: those that name its term, then those of units, for a class of defects those of units."""
        named = [one for one in self.evidence if one.picture and one.shows and line.term and line.term in one.terms]
        units = [] if line.term else [one for one in self.evidence if one.picture and one.shows and _of_defects(one)]
        return tuple(dict.fromkeys(one.path for one in (*named, *units)))

    def _origin(self, line: TermLine) -> list[Message]:
        found = self.origins.get(line.tag, []) if line.term else self._of_class(line)
        if not found or line.arrival is None or line.arrival.result.outcome is not Outcome.FAIL:
            return []
        origins = {one.origin for one in found}
        if Origin.TRANSIT in origins:
            return [say("it came about on the way: it is a claim against the carrier or the insurer")]
        if origins == {Origin.UNKNOWN} and not self._found_before(line):
            return [say("nobody can exclude that it came about on the way")]
        return []

    def _found_before(self, line: TermLine) -> bool:
        return line.inspection is not None and line.inspection.result.outcome is Outcome.FAIL

    def _of_class(self, line: TermLine) -> list[Attributed]:
        classes = {defect.id: defect.defect_class for defect in self.order.spec.defects}
        return [
            one
            for group in self.origins.values()
            for one in group
            if one.defect and classes.get(one.defect) == line.defect_class and one.judged == line.lot
        ]

    def _against(self, line: TermLine) -> list[Message]:
        """Return what speaks against it besides: its own mismatches, and those of a whole record."""
        reasons = []
        for one in self.mismatches:
            if one.code == "C11" and one.where in (line.term, line.tag):
                reasons.append(say("a deviation was accepted: {path}", path=", ".join(one.paths)))
            elif one.code == "C11" and one.where in one.paths:
                reasons.append(say("a message may accept it, read it first: {path}", path=", ".join(one.paths)))
            elif one.code in _OF_A_RECORD and self._counts(one):
                reasons.append(one.message)
        return reasons

    def _counts(self, one: Mismatch) -> bool:
        """Whether a mismatch of a record is of one that counts here."""
        counting = {filled.path for filled in (self.before, self.after) if filled is not None}
        return bool(counting & set(one.paths))


def _by_subject(arrival: Filled | None) -> Mapping[str, list[Attributed]]:
    found: dict[str, list[Attributed]] = {}
    for one in arrival.verdict.origins if arrival else ():
        found.setdefault(one.subject, []).append(one)
    return found


def _of_defects(one: Evidence) -> bool:
    return one.what in ("unit", "comparison", "inspection_photo") and not one.terms


def _silent(seen: Seen | None, name: Message) -> Message:
    if seen is None:
        return say("{record} says nothing of it", record=name)
    if seen.result.outcome is Outcome.PASS:
        return say("{record} says that it passes", record=name)
    if Cause.CONTRADICTION in seen.result.causes:
        return say("{record} contradicts itself there", record=name)
    return say("{record} leaves it open", record=name)
