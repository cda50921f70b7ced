"""What was written into an arrival checklist besides its rows, as values: seal, indicators, cartons, units, photographs, report."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from lotproof.orders.model import Order
from lotproof.records import values
from lotproof.records.arrivals import (
    Arrival,
    CartonCount,
    Condition,
    DamagedCarton,
    Gauge,
    Indicator,
    Photo,
    Seal,
    Sealing,
    Shown,
    Unit,
)
from lotproof.records.model import Added, Reading
from lotproof.records.recording import Place
from lotproof.records.rows import (
    DAMAGED,
    MOST_CODES,
    SPARE_CARTONS,
    SPARE_DEFECTS,
    checks,
    drawn,
    field_tag,
    judged,
    terms_of,
    unit_name,
)

VISIT = (
    "seal",
    "doors",
    "load",
    "damaged_cartons",
    "drawn_units",
    "readings",
    "performance",
    "material",
    "failed_units",
)
"""Photographs of the visit, the seal first."""

_NEEDED = ("seal", "drawn_units")

_E = TypeVar("_E", bound=StrEnum)


def arrival_of(
    order: Order, found: Mapping[str, Reading], added: Iterable[Added], places: Mapping[str, Place]
) -> Arrival:
    """
    Return what a filled arrival checklist says besides its rows.

    Args:
        found: what was filled in, by the name of its field.
        added: rows that somebody added to its tables; those of damaged cartons are taken.
        places: the fields of the form.
    """
    return _Arriving(order, found, tuple(added), places).arrival()


def same_seal(one: str, other: str) -> bool | None:
    """Say whether two seals have one number, letters and digits alone compared; None where one has none."""
    left, right = (bare(text) for text in (one, other))
    return left == right if left and right else None


def bare(text: str) -> str:
    """Return letters and digits alone, in capitals and of one width: what two ways of writing a number share."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).upper() if letter.isalnum())


class _Arriving:
    def __init__(
        self, order: Order, found: Mapping[str, Reading], added: tuple[Added, ...], places: Mapping[str, Place]
    ) -> None:
        self.order, self.found, self.added, self.places = order, found, added, places

    def arrival(self) -> Arrival:
        damaged = tuple(self._damaged())
        return Arrival(
            arrived_on=self._day("header.arrived_on"),
            opened_on=self._day("header.opened_on"),
            opened_at=self._text("header.opened_at"),
            place=self._text("header.opening_place"),
            receipt=self._text("header.carrier_receipt"),
            seal=self._seal(),
            indicators=tuple(
                Indicator(
                    gauge=gauge,
                    shown=self._choice(Shown, "header", gauge.value),
                    where=self._where("header", gauge.value),
                )
                for gauge in Gauge
            ),
            cartons=tuple(self._cartons()),
            damaged=damaged,
            undamaged={"yes": True, "no_answer": False}.get(self._text("header.undamaged", value=True)),
            units=tuple(self._units()),
            photos=tuple(self._photos(damaged)),
            inspector=self._text("header.inspector"),
            witness=self._text("header.witness"),
            reported_on=self._day("header.report_date"),
            cause=self._text("header.damage_cause", value=True),
            findings=self._text("findings"),
        )

    def _seal(self) -> Seal:
        agreed, found = self._text("header.seal_papers"), self._text("header.seal_found")
        return Seal(
            container=self._text("header.container_no"),
            transport=self._text("header.transport_no"),
            agreed=agreed,
            found=found,
            state=self._choice(Sealing, "header", "seal_intact"),
            matches=same_seal(agreed, found),
            photo=self._text("photo.seal"),
            where=self._where("header", "seal_found") or self._where("header", "seal_intact"),
        )

    def _cartons(self) -> Iterator[CartonCount]:
        for name in judged(self.order):
            tags = [field_tag(name, f"cartons_{key}") for key in ("counted", "missing", "damaged", "opened")]
            counted, missing, damaged, opened = (self._whole(tag) for tag in tags)
            yield CartonCount(
                lot=name,
                counted=counted,
                missing=missing,
                damaged=damaged,
                opened=opened,
                where=next((self.found[tag].where for tag in tags if tag in self.found), ""),
            )

    def _damaged(self) -> Iterator[DamagedCarton]:
        """Yield the printed lines that are filled in, then the rows that were added."""
        line = 0
        for line in range(1, SPARE_CARTONS + 1):
            tags = [field_tag(f"damaged.{line}", key) for key in DAMAGED]
            where = next((self.found[tag].where for tag in tags if tag in self.found), "")
            if where:
                yield DamagedCarton(
                    line=line,
                    number=self._text(tags[0]),
                    condition=self._choice(Condition, tags[1]),
                    words=self._text(tags[2]),
                    units=self._whole(tags[3]),
                    photo=self._text(tags[4]),
                    where=where,
                )
        choices = self.places.get("damaged.1.damage_kind", Place("choice")).choices
        for row in self.added:
            if row.table == "damaged":
                line += 1
                number, kind, words, units, photo, *_ = (*row.cells[-len(DAMAGED) :], "", "", "", "", "")
                said = values.choice(kind, choices)
                yield DamagedCarton(
                    line=line,
                    number=number.strip(),
                    condition=Condition(said.value) if isinstance(said.value, str) and said.fault is None else None,
                    words=words.strip() if said.value else f"{kind} {words}".strip(),
                    units=values.whole(values.number(units, None).value),
                    photo=photo.strip(),
                    where=row.where,
                )

    def _units(self) -> Iterator[Unit]:
        for name, n in drawn(self.order):
            for number in range(1, min(n, MOST_CODES) + 1):
                code, carton = (field_tag(f"{name}.{what}{number}") for what in ("code", "carton"))
                yield Unit(
                    name=unit_name(self.order, name, number),
                    lot=name,
                    number=number,
                    code=self._text(code),
                    carton=self._text(carton),
                    where=self._where(code) or self._where(carton),
                )

    def _photos(self, damaged: Iterable[DamagedCarton]) -> Iterator[Photo]:
        for shows in VISIT:
            tag = f"photo.{shows}"
            needed = shows in _NEEDED
            yield Photo(shows=shows, of="", files=self._text(tag), needed=needed, where=self._where(tag))
        for check in checks(self.order, terms_of(self.order, "arrival")):
            tag = field_tag(check.tag, "photo")
            if "photo" in check.term.evidence:
                yield Photo(shows="row", of=check.tag, files=self._text(tag), needed=True, where=self._where(tag))
        lines = [("defect", defect.id) for defect in self.order.spec.defects]
        lines += [("unlisted", str(line)) for line in range(1, SPARE_DEFECTS + 1)]
        for shows, of in lines:
            tag = field_tag(f"{shows}.{of}.photo")
            if text := self._text(tag):
                yield Photo(shows=shows, of=of, files=text, needed=False, where=self._where(tag))
        for carton in damaged:
            yield Photo(shows="damaged", of=str(carton.line), files=carton.photo, needed=False, where=carton.where)

    # fields

    def _text(self, tag: str, *, value: bool = False) -> str:
        """Return what was written; of a choice with ``value``, what was chosen. Nothing where it cannot be read."""
        reading = self.found.get(tag)
        if reading is None or reading.fault is not None:
            return ""
        return str(reading.value) if value else reading.written.strip()

    def _day(self, tag: str) -> datetime.date | None:
        reading = self.found.get(tag)
        return reading.value if reading and isinstance(reading.value, datetime.date) else None

    def _whole(self, tag: str) -> int | None:
        reading = self.found.get(tag)
        return values.whole(reading.value) if reading else None

    def _choice(self, kind: type[_E], *parts: str) -> _E | None:
        text = self._text(field_tag(*parts), value=True)
        return kind(text) if text else None

    def _where(self, *parts: str) -> str:
        reading = self.found.get(field_tag(*parts))
        return reading.where if reading else ""
