"""What stood in the fields of a form, as a record: each value read, each row linked to what it answers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from lotproof.findings import Finding, Severity, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.orders.model import Order
from lotproof.quantity import Unit
from lotproof.records import values
from lotproof.records.model import (
    Added,
    Altered,
    Defect,
    Fault,
    Instrument,
    Kind,
    Quantities,
    Reading,
    Record,
    Rung,
    Source,
    Value,
)
from lotproof.records.rows import (
    SPARE_DEFECTS,
    Cells,
    Check,
    Figures,
    asked,
    checks,
    field_tag,
    instruments,
    judged,
    names,
    sections_of,
    terms_of,
)

if TYPE_CHECKING:
    from lotproof.records.arrivals import Arrival

Units = Callable[[], Mapping[str, Unit]]
"""Gives the units by id; called where somebody wrote one."""


class Place(Frozen):
    """A field of a form: ``text``, ``number``, ``date`` or ``choice``, and its choices with their words per language."""

    kind: str
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Written(Frozen, kw_only=True):
    """What stands in a field, as it stands there; ``fault`` where the file itself says that it is no value."""

    tag: str
    text: str
    where: str
    rung: Rung
    fault: Fault | None = None


class Form(Frozen, kw_only=True):
    """
    A form as it was printed: for which order, in which languages, and its fields in their order.

    Attributes:
        kind: ``checklist`` or ``arrival``.
        digest: of the order.
    """

    order: Order
    digest: str
    kind: str
    languages: tuple[str, ...]
    places: Mapping[str, Place]


class Filled(Frozen, kw_only=True):
    """
    What a file holds: its fields that are filled in, rows that were added, printed text that was changed.

    Attributes:
        present: tags of the fields that the file has, filled in or not.
        findings: what was found while it was read.
    """

    written: tuple[Written, ...]
    present: frozenset[str]
    added: tuple[Added, ...] = ()
    altered: tuple[Altered, ...] = ()
    findings: tuple[Finding, ...] = ()


def record(form: Form, filled: Filled, source: Source, units: Units, kind: Kind | None = None) -> Record:
    """
    Return the record of a filled form.

    Args:
        kind: what was done, where it is known otherwise; as the form states, else.
    """
    return _Recording(form, filled, source, units).record(kind)


class _Recording:
    def __init__(self, form: Form, filled: Filled, source: Source, units: Units) -> None:
        self.form, self.order, self.source, self.units = form, form.order, source, units
        self.findings: list[Finding] = list(filled.findings)
        self.filled = filled
        self.terms = terms_of(form.order, form.kind)
        self.rows = tuple(checks(form.order, self.terms))
        self.links = dict(_links(form.order, self.rows))
        self.found: dict[str, Reading] = {}
        for written in filled.written:
            self._take(written)
        self._missing = tuple(tag for tag in form.places if tag not in filled.present)

    def record(self, kind: Kind | None) -> Record:
        header = self.order.header
        facts = {tag.removeprefix("header."): r.written for tag, r in self.found.items() if tag.startswith("header.")}
        stated = self._choice("header.service")
        done = kind or (Kind(stated) if stated else Kind.ARRIVAL if self.form.kind == "arrival" else Kind.PRE_SHIPMENT)
        if self._missing:
            self._add("LP813", self.source.name, *_lost(self._missing))
        return Record(
            kind=done,
            round=values.whole(self._value("header.round")) or 0 if done is Kind.REINSPECTION else 0,
            earlier=facts.get("earlier_report", "").strip(),
            form=self.form.kind,
            digest=self.form.digest,
            number=header.number or "",
            revision=header.revision or "",
            languages=self.form.languages,
            source=self.source,
            facts=MappingProxyType(facts),
            date=self._day("header.inspection_date") or self._day("header.opened_on") or self._day("header.arrived_on"),
            instruments=tuple(self._instruments()),
            quantities=tuple(self._quantities()),
            defects=tuple(self._defects()),
            ticks=MappingProxyType(dict(self._ticks())),
            papers=MappingProxyType(self._texts("document")),
            photos=MappingProxyType(self._texts("photo")),
            readings=tuple(self.found[tag] for tag in self.form.places if tag in self.found),
            added=self.filled.added,
            altered=self.filled.altered,
            blank=tuple(t for t in self.form.places if t not in self.found and t in self.filled.present),
            missing=self._missing,
            findings=tuple(self.findings),
            arrival=self._arrival() if self.form.kind == "arrival" else None,
        )

    def _arrival(self) -> Arrival:
        from lotproof.records.arriving import arrival_of

        return arrival_of(self.order, self.found, self.filled.added, self.form.places)

    # fields

    def _take(self, written: Written) -> None:
        """Read what stands in a field; two values of one field are no value (LP805)."""
        place = self.form.places.get(written.tag)
        if place is None or (values.is_blank(written.text) and written.fault is None):
            return
        said = values.Said(value=None, fault=written.fault) if written.fault else self._said(place, written.text)
        row, number = self.links.get(written.tag, (None, 0))
        reading = Reading(
            tag=written.tag,
            written=written.text,
            value=said.value,
            unit=said.unit,
            fault=said.fault,
            where=written.where,
            rung=written.rung,
            term=row.term.id if row else "",
            lot=row.sample.lot if row else "",
            entry=row.entry if row else None,
            number=number,
        )
        before = self.found.get(written.tag)
        if before is not None and (before.value, before.unit, before.fault) != (said.value, said.unit, said.fault):
            self.found[written.tag] = _torn(before, reading)
            message = say(
                "{field} is {one} and, at {where}, {other}",
                field=written.tag,
                one=quoted(before.written),
                where=written.where,
                other=quoted(written.text),
            )
            hint = say("ask the inspector which of the two was found; until then the row is pending")
            self._add("LP805", before.where, message, hint)
            return
        if before is None:
            self.found[written.tag] = reading
            self._tell(reading, said.told)

    def _said(self, place: Place, text: str) -> values.Said:
        match place.kind:
            case "number":
                said = values.number(text, None)
                return values.number(text, self.units()) if said.fault is Fault.NO_NUMBER else said
            case "date":
                return values.day(text)
            case "choice":
                return values.choice(text, place.choices)
            case _:
                return values.words(text)

    def _tell(self, reading: Reading, told: str) -> None:
        """LP804: what cannot be read; LP806: how a value was read that was written otherwise."""
        shown = quoted(reading.written)
        if reading.fault is not None:
            message = say("{field}: {text} {fault}", field=reading.tag, text=shown, fault=SAID[reading.fault])
            self._add("LP804", reading.where, message, _MEND.get(reading.fault, _MEND[Fault.NO_NUMBER]))
        elif told:
            message = say("{field}: {text} was read as {told}", field=reading.tag, text=shown, told=told)
            self._add("LP806", reading.where, message, say("look whether that is what was meant"), Severity.NOTE)

    def _add(self, code: str, where: str, message: Message, hint: Message, severity: Severity = Severity.OPEN) -> None:
        self.findings.append(Finding(where=where, code=code, severity=severity, message=message, hint=hint))

    def _value(self, *parts: str) -> Value | None:
        found = self.found.get(field_tag(*parts))
        return found.value if found else None

    def _text(self, *parts: str) -> str:
        found = self.found.get(field_tag(*parts))
        return found.written.strip() if found and found.fault is None else ""

    def _day(self, *parts: str) -> datetime.date | None:
        value = self._value(*parts)
        return value if isinstance(value, datetime.date) else None

    def _choice(self, *parts: str) -> str:
        value = self._value(*parts)
        return value if isinstance(value, str) else ""

    # what the fields say together

    def _instruments(self) -> Iterator[Instrument]:
        for place, (_, terms) in enumerate(instruments(self.order, self.form.languages, self.terms), 1):
            line = f"equipment.{place}"
            found = self.found.get(f"{line}.number")
            yield Instrument(
                place=place,
                terms=tuple(term.id for term in terms),
                number=self._text(line, "number"),
                calibrated_until=self._day(line, "calibrated"),
                where=found.where if found else "",
            )

    def _quantities(self) -> Iterator[Quantities]:
        for name in judged(self.order):
            if field_tag(name, "presented") not in self.form.places:
                continue
            counts = ("finished", "presented", "packed", "cartons", "cartons_opened")
            counted = {key: values.whole(self._value(name, key)) for key in counts}
            yield Quantities(lot=name, carton_numbers=self._text(name, "carton_numbers"), **counted)

    def _defects(self) -> Iterator[Defect]:
        listed = {defect.id: defect.defect_class for defect in self.order.spec.defects}
        for defect, defect_class in listed.items():
            yield from self._found(f"defect.{defect}.found", defect, defect_class, "")
        for place in range(1, SPARE_DEFECTS + 1):
            line = f"unlisted.{place}"
            words = " ".join(part for key in ("defect", "measure") if (part := self._text(line, key)))
            found = list(self._found(f"{line}.found", "", self._choice(line, "class"), words))
            elsewhere = any(tag.startswith(f"{line}.damaged") for tag in self.found)
            if not found and not elsewhere and (words or self._choice(line, "class")):
                where = next(r.where for tag, r in self.found.items() if tag.startswith(f"{line}."))
                found = [
                    Defect(
                        defect="",
                        defect_class=self._choice(line, "class"),
                        words=words,
                        judged="",
                        found=None,
                        where=where,
                    )
                ]
            yield from found
        for row in self.filled.added:
            if row.table == "tally":
                yield self._added(row)

    def _found(self, tag: str, defect: str, defect_class: str, words: str) -> Iterator[Defect]:
        names = judged(self.order)
        for name in names:
            reading = self.found.get(field_tag(tag) if len(names) < 2 else field_tag(tag, name))
            if reading is not None:
                yield Defect(
                    defect=defect,
                    defect_class=defect_class,
                    words=words,
                    judged=name,
                    found=values.whole(reading.value),
                    where=reading.where,
                )

    def _added(self, row: Added) -> Defect:
        """Return a row that was added to the tally: class, what, measure, how many, photograph."""
        defect_class, what, measure, count, *_ = (*tally_cells(row, self.form.kind), "", "", "", "")
        place = self.form.places.get("unlisted.1.class")
        said = values.choice(defect_class, place.choices) if place else values.Said(value=None)
        names = judged(self.order)
        elsewhere = self.form.kind == "arrival" and values.is_blank(count)  # in damaged cartons alone
        found = 0 if elsewhere else values.whole(values.number(count, None).value)
        if said.value is None or found is None or len(names) > 1:
            text = quoted(" | ".join(row.cells), 120)
            message = say("a row was added that cannot be counted: {text}", text=text)
            hint = say(
                "state its class in the words of the list and the number found as a whole number, such as Major and 2"
            )
            self._add("LP812", row.where, message, hint)
        return Defect(
            defect="",
            defect_class=str(said.value or ""),
            words=f"{what} {measure}".strip(),
            judged=names[0] if len(names) == 1 else "",
            found=found,
            where=row.where,
        )

    def _ticks(self) -> Iterator[tuple[str, str]]:
        """Yield what was ticked: of each row by its tag, of each section and each conclusion by the name of its field."""
        ticked = [(row.tag, field_tag(row.tag, "result")) for row in self.rows]
        sections = (f"section.{section}" for section in sections_of(self.order, self.terms))
        ticked += [(section, field_tag(section, "result")) for section in sections]
        ticked += [(f"conclusion.{name}", field_tag("conclusion", name)) for name in judged(self.order)]
        for name, tag in ticked:
            value = self._choice(tag)
            if value:
                yield name, value

    def _texts(self, key: str) -> dict[str, str]:
        """Return document or photograph numbers by row, by line of the tally, or by what is photographed."""
        lines = [row.tag for row in self.rows]
        lines += [f"defect.{defect.id}" for defect in self.order.spec.defects]
        lines += [f"unlisted.{place}" for place in range(1, SPARE_DEFECTS + 1)]
        found = {line: text for line in lines if (text := self._text(line, key))}
        visit = (tag for tag in self.found if key == "photo" and tag.startswith("photo."))
        return found | {tag: text for tag in visit if (text := self._text(tag))}


def tally_cells(row: Added, form: str) -> tuple[str, ...]:
    """Return the cells of a row that was added to the tally: class, what, measure, found, of an arrival in damaged cartons, photograph."""
    whole = form == "arrival" and len(row.cells) > _ARRIVED
    return (
        (*row.cells[:3], *row.cells[4:]) if whole else row.cells
    )  # without the printed text on where it may come from


_ARRIVED = 6


def _links(order: Order, rows: Iterable[Check]) -> Iterator[tuple[str, tuple[Check, int]]]:
    """Yield the tag of each field of a row with its row, and its number where it is the reading of a unit."""
    for row in rows:
        wanted = asked(order, row)
        counted = isinstance(wanted, Cells | Figures)
        for number, name in enumerate(names(wanted), 1):
            yield field_tag(row.tag, name), (row, number if counted else 0)
        for name in ("result", "photo", "document"):
            yield field_tag(row.tag, name), (row, 0)


def _torn(one: Reading, other: Reading) -> Reading:
    """Return one field that stands there with two values."""
    return Reading(
        tag=one.tag,
        written=f"{one.written} | {other.written}",
        value=None,
        unit="",
        fault=Fault.TWO_VALUES,
        where=one.where,
        rung=one.rung,
        term=one.term,
        lot=one.lot,
        entry=one.entry,
        number=one.number,
    )


def _lost(missing: tuple[str, ...]) -> tuple[Message, Message]:
    """LP813: fields that are not in the file."""
    shown = [*missing[:5], *(["..."] if len(missing) > 5 else [])]
    message = say("fields of the form that are not in the file: {count:,} ({fields})", count=len(missing), fields=shown)
    return message, say("ask for the file as it was filled in; what these fields would answer is pending")


SAID: Mapping[Fault, Message] = MappingProxyType(
    {
        Fault.AMBIGUOUS: say("can be read in two ways"),
        Fault.NO_NUMBER: say("is no number"),
        Fault.NO_WHOLE_NUMBER: say("is no whole number"),
        Fault.NO_DATE: say("is no date"),
        Fault.NO_CHOICE: say("is none of the choices"),
        Fault.UNKNOWN_UNIT: say("has an unknown unit"),
        Fault.TOO_LONG: say("is longer than any answer"),
        Fault.CALCULATED: say("is calculated by a formula"),
        Fault.AN_ERROR: say("is an error of the spreadsheet"),
        Fault.STRUCK: say("is struck out"),
        Fault.HIDDEN: say("is hidden"),
        Fault.SHOWN_OTHERWISE: say("is shown otherwise than it is stored"),
        Fault.TWO_VALUES: say("stands there with two values"),
        Fault.TWO_NAMES: say("stands in a field with two names"),
        Fault.PROMPT: say("is marked as a prompt and not as an answer"),
    }
)
"""What is wrong with something that was written."""

_MEND: Mapping[Fault, Message] = MappingProxyType(
    {
        Fault.AMBIGUOUS: say(
            "write 1250 for one thousand two hundred and fifty, 1.25 for a decimal, 2027-05-14 for a day"
        ),
        Fault.NO_NUMBER: say("write one number, such as 62.4, and nothing else but its unit"),
        Fault.NO_DATE: say("write the day as 2027-05-14"),
        Fault.NO_CHOICE: say("choose one of the list, and write nothing beside it"),
        Fault.UNKNOWN_UNIT: say("write the unit as the row prints it, or leave it out"),
        Fault.TOO_LONG: say("write the value alone"),
        Fault.CALCULATED: say("ask for the value itself: a formula shows something else in another program"),
        Fault.AN_ERROR: say("ask for the value itself"),
        Fault.STRUCK: say("write what was found, and nothing that is struck out"),
        Fault.HIDDEN: say("ask for the file with everything in it shown"),
        Fault.SHOWN_OTHERWISE: say("ask for the number as it was read, in a cell of the format General"),
        Fault.TWO_NAMES: say("ask the inspector to which row it belongs; until then these rows are pending"),
        Fault.PROMPT: say("fill the field in, and save the file again"),
    }
)
