"""What the three records say of the order itself: which one, how much, in what cartons, behind which seal, when, by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lotproof.consistency.model import Agreement, FactLine, Filled, Mismatch
from lotproof.messages import Message, say
from lotproof.orders.model import Order
from lotproof.records.arrivals import Sealing
from lotproof.records.arriving import same_seal
from lotproof.records.rows import accepted


def facts(
    order: Order, digest: str, inspection: Filled | None, arrival: Filled | None, loading: Filled | None = None
) -> tuple[tuple[FactLine, ...], tuple[Mismatch, ...]]:
    """
    Return every fact as the three records have it, with C5 where they differ, and C7 for the seal.

    Args:
        loading: the record of the loading, which says what seal was put on; that of the inspection where none is given.
    """
    found = _Facts(order, digest, inspection, arrival, loading or inspection)
    return tuple(found.lines()), tuple(found.mismatches)


class _Facts:
    def __init__(
        self, order: Order, digest: str, inspection: Filled | None, arrival: Filled | None, loading: Filled | None
    ) -> None:
        self.order, self.digest = order, digest
        self.before, self.after, self.loading = inspection, arrival, loading
        self.mismatches: list[Mismatch] = []

    def lines(self) -> Iterator[FactLine]:
        yield self._order_line()
        yield from self._quantities()
        yield from self._cartons()
        yield self._container()
        yield self._seal()
        yield self._dates()
        yield self._people()

    def _line(self, name: str, contract: str, before: str, after: str, *wrong: str) -> FactLine:
        said = [text for text in (contract, before, after) if text]
        agreement = Agreement.DIFFERS if wrong else Agreement.AGREES if len(said) > 1 else Agreement.MISSING
        return FactLine(id=name, contract=contract, inspection=before, arrival=after, agreement=agreement, codes=wrong)

    def _add(self, code: str, where: str, message: Message, *sides: Filled | None) -> str:
        paths = tuple(one.path for one in sides if one is not None)
        self.mismatches.append(Mismatch(code=code, where=where, message=message, paths=paths))
        return code

    def _order_line(self) -> FactLine:
        header = self.order.header
        contract = " ".join(part for part in (header.number or "", header.revision or "", self.digest[:16]) if part)
        sides = [
            " ".join(part for part in (r.number, r.revision, r.digest[:16]) if part) if r is not None else ""
            for r in (one.verdict.record if one else None for one in (self.before, self.after))
        ]
        wrong = [side for side in sides if side and side != contract]  # C10 says so, where the form was read
        return FactLine(
            id="order",
            contract=contract,
            inspection=sides[0],
            arrival=sides[1],
            agreement=Agreement.DIFFERS if wrong else Agreement.AGREES if any(sides) else Agreement.MISSING,
            codes=("C10",) if wrong else (),
        )

    def _quantities(self) -> Iterator[FactLine]:
        """C5: fewer or more units were presented than the contract takes."""
        counted = {one.lot: one for one in (self.before.verdict.record.quantities if self.before else ())}
        if self.order.inspection.basis == "each":
            return
        for lot in self.order.inspection.lots:
            one = counted.get(lot.id)
            presented = one.presented if one else None
            wrong: tuple[str, ...] = ()
            least, most = accepted(self.order, lot.size, lot.items)
            if presented is not None and (presented < least or (most is not None and presented > most)):
                message = say(
                    "the contract has {ordered:,} units, and {presented:,} were presented to the inspector",
                    ordered=lot.size,
                    presented=presented,
                )
                wrong = (self._add("C5", f"quantity:{lot.id}", message, self.before),)
            yield self._line(f"quantity:{lot.id}", f"{lot.size:,}", _number(presented), "", *wrong)

    def _cartons(self) -> Iterator[FactLine]:
        """C5: other cartons arrived than were inspected."""
        packed = {one.lot: one.cartons for one in (self.before.verdict.record.quantities if self.before else ())}
        arrived = self.after.verdict.record.arrival if self.after else None
        for one in arrived.cartons if arrived else ():
            before = packed.get(one.lot)
            wrong: tuple[str, ...] = ()
            if before is not None and one.counted is not None and before != one.counted:
                message = say(
                    "{before:,} cartons at the inspection, {after:,} on arrival",
                    before=before,
                    after=one.counted,
                )
                wrong = (self._add("C5", f"cartons:{one.lot}", message, self.before, self.after),)
            yield self._line(f"cartons:{one.lot}", "", _number(before), _number(one.counted), *wrong)

    def _container(self) -> FactLine:
        """C5: another container arrived than was loaded."""
        arrived = self.after.verdict.record.arrival if self.after else None
        loaded, found = self._loaded("container_no"), arrived.seal.container if arrived else ""
        if same_seal(loaded, found) is not False:
            return self._line("container", "", loaded, found)
        message = say("container {found} arrived; {loaded} was loaded", found=found, loaded=loaded)
        return self._line(
            "container", "", loaded, found, self._add("C5", "container", message, self.loading, self.after)
        )

    def _loaded(self, key: str) -> str:
        """Return what the record of the loading says, or that of the inspection where it saw the loading."""
        return self.loading.verdict.record.facts.get(key, "").strip() if self.loading else ""

    def _seal(self) -> FactLine:
        """C5 and C7: the seal is another one; C7: it was broken, or nobody says."""
        arrived = self.after.verdict.record.arrival if self.after else None
        if arrived is None:
            return self._line("seal", "", "", "")
        seal = arrived.seal
        wrong: list[str] = []
        loaded = self._loaded("seal_put_on")
        if same_seal(loaded, seal.found) is False:
            message = say(
                "the seal on the door is {found}; at the loading it was {loaded}", found=seal.found, loaded=loaded
            )
            both = (self.loading, self.after)
            wrong += [self._add("C5", "seal", message, *both), self._add("C7", "seal", message, *both)]
        elif seal.matches is False:
            message = say(
                "the seal on the door is {found}; the papers say {agreed}", found=seal.found, agreed=seal.agreed
            )
            wrong += [self._add("C5", "seal", message, self.after), self._add("C7", "seal", message, self.after)]
        elif seal.state is Sealing.BROKEN:
            wrong.append(self._add("C7", "seal", say("the seal was broken before the goods were opened"), self.after))
        elif seal.state is None or (seal.matches is None and seal.state is not Sealing.NONE):
            message = say("the arrival record does not say whether the seal was unbroken and which number it has")
            wrong.append(self._add("C7", "seal", message, self.after))
        return self._line("seal", "", loaded or seal.agreed, seal.found, *dict.fromkeys(wrong))

    def _dates(self) -> FactLine:
        days = [one.verdict.record.date if one else None for one in (self.before, self.after)]
        return self._line("date", "", *(day.isoformat() if day else "" for day in days))

    def _people(self) -> FactLine:
        contract = _text(self.order.inspection.answers.get("inspector"))
        return self._line("inspector", contract, *(_who(one) for one in (self.before, self.after)))


def _who(one: Filled | None) -> str:
    if one is None:
        return ""
    told = one.verdict.record.facts
    return ", ".join(t for t in (told.get("inspector", "").strip(), told.get("inspection_firm", "").strip()) if t)


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("en") or next(iter(value.values()), ""))
    return str(value) if value else ""


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"
