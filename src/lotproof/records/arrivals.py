"""
What a filled arrival checklist says besides its rows, and what follows from it.

:class:`Arrival` is what was written: seal, cartons, indicators, units, photographs. It stands in :attr:`lotproof.records.model.Record.arrival`.
:class:`Attributed` and :class:`Incident` are what follows: where a finding came from, as far as the record shows it, and whether the
incident report is whole. They stand in :class:`lotproof.records.model.Verdict`.
"""

from __future__ import annotations

import datetime
from enum import StrEnum

from lotproof.frozen import Frozen

# what was written


class Sealing(StrEnum):
    """How the seal was found."""

    UNBROKEN = "yes"
    BROKEN = "no_answer"
    NONE = "no_seal"
    """Nothing was sealed, as with parcels: the cartons alone say what happened on the way."""


class Gauge(StrEnum):
    """What an indicator on the cartons or in the container shows."""

    SHOCK = "shock"
    TILT = "tilt"
    HUMIDITY = "humidity"


class Shown(StrEnum):
    """What became of an indicator."""

    NOT_FITTED = "not_fitted"
    CLEAR = "clear"
    TRIGGERED = "triggered"


class Condition(StrEnum):
    """What is wrong with a damaged carton."""

    CRUSHED = "crushed"
    WET = "wet"
    TORN = "torn"
    OPENED = "open"


class Seal(Frozen, kw_only=True):
    """
    The seal, before it was cut.

    Attributes:
        container: number of the container or consignment; transport: of the bill of lading or waybill.
        agreed: number of the seal in the loading report or the papers; found: as read on the door. Both as written, empty where nothing was.
        state: None where nobody says.
        matches: whether ``agreed`` and ``found`` are one number, letters and digits alone compared; None where one is missing.
        photo: file number of the photograph before opening; empty where there is none.
        where: file and place of what was found, as findings show it.
    """

    container: str
    transport: str
    agreed: str
    found: str
    state: Sealing | None
    matches: bool | None
    photo: str
    where: str


class Indicator(Frozen, kw_only=True):
    """What an indicator showed; ``shown`` is None where nobody says."""

    gauge: Gauge
    shown: Shown | None
    where: str


class CartonCount(Frozen, kw_only=True):
    """Cartons of one lot or machine; None where a number is missing or cannot be read."""

    lot: str
    counted: int | None
    missing: int | None
    damaged: int | None
    opened: int | None
    where: str


class DamagedCarton(Frozen, kw_only=True):
    """
    A line of the list of damaged cartons.

    Attributes:
        line: from 1.
        number: of the carton, as written.
        condition: None where nobody says.
        words: what else was written of the damage.
        units: units inside that are damaged; None where it is missing or cannot be read.
        photo: file numbers of its photographs.
    """

    line: int
    number: str
    condition: Condition | None
    words: str
    units: int | None
    photo: str
    where: str


class Unit(Frozen, kw_only=True):
    """
    A unit that was drawn.

    Attributes:
        name: as :func:`lotproof.records.rows.drawn_units` names it; ``--unit`` of ``lotproof case add`` takes the same.
        lot: the lot, or the machine where each is judged by itself.
        number: in the order of drawing in its lot, from 1: the number of its readings.
        code: its lot code; carton: number of the carton it lay in. Empty where nothing was written.
        where: of the lot code, else of the carton.
    """

    name: str
    lot: str
    number: int
    code: str
    carton: str
    where: str


class Photo(Frozen, kw_only=True):
    """
    A photograph, or several, by what they show.

    Attributes:
        shows: ``seal``, ``doors`` ... of the list of photographs; else ``row``, ``defect``, ``unlisted`` or ``damaged`` (a carton).
        of: tag of the row, id of the defect, number of the spare line or of the damaged carton's line; empty for the list.
        files: file numbers, as written; empty where the form asks for one and none is named.
        needed: of the minimum that a dispute asks for: seal, units with lot codes; and a comparison for each row.
    """

    shows: str
    of: str
    files: str
    needed: bool
    where: str


class Arrival(Frozen, kw_only=True):
    """
    What an arrival checklist says besides its rows.

    Attributes:
        arrived_on, opened_on: None where missing or unreadable; opened_at: time and zone as written.
        place: where it was opened; receipt: remark on the carrier's receipt.
        undamaged: whether all units were drawn from undamaged cartons; None where nobody says.
        units: one for each unit that the form has a place for, filled in or not.
        inspector, witness, findings: of the incident report, as written; reported_on: its date.
        cause: what the inspector gives as the cause: ``no_damage``, ``in_transit``, ``of_the_goods``, ``both_causes``; empty where nothing.
    """

    arrived_on: datetime.date | None
    opened_on: datetime.date | None
    opened_at: str
    place: str
    receipt: str
    seal: Seal
    indicators: tuple[Indicator, ...]
    cartons: tuple[CartonCount, ...]
    damaged: tuple[DamagedCarton, ...]
    undamaged: bool | None
    units: tuple[Unit, ...]
    photos: tuple[Photo, ...]
    inspector: str
    witness: str
    reported_on: datetime.date | None
    cause: str
    findings: str


# what follows


class Origin(StrEnum):
    """Where a finding came about, as far as the record shows it."""

    FACTORY = "factory"
    TRANSIT = "transit"
    UNKNOWN = "not_known"


class Reason(StrEnum):
    """Why a finding is counted as of the factory, of the transit, or as not known."""

    # of the factory
    UNDAMAGED_CARTONS = "undamaged_cartons"
    """Found in undamaged cartons behind the agreed seal, unbroken; no indicator says otherwise."""
    LOT_PATTERN = "lot_pattern"
    """Found on units of several cartons, or in each carton of one lot code."""
    BEFORE_SHIPMENT = "before_shipment"
    """The inspection before shipment found it too."""
    NOT_BY_TRANSIT = "not_by_transit"
    """Nothing that happens on the way makes such a defect."""
    SHORT_BEHIND_SEAL = "short_behind_seal"
    """Cartons are missing behind the agreed seal, unbroken."""
    # of the transit
    DAMAGED_CARTONS = "damaged_cartons"
    """Found in damaged cartons alone, and of a kind that such damage makes."""
    # not known
    SEAL_BROKEN = "seal_broken"
    SEAL_DIFFERS = "seal_differs"
    SEAL_UNKNOWN = "seal_unknown"
    """Nobody says how the seal was found, or one of its two numbers is missing."""
    NO_SEAL = "no_seal"
    """Nothing was sealed, so that nobody can say where cartons went missing."""
    CARTONS_UNKNOWN = "cartons_unknown"
    """Nobody says whether the units were drawn from undamaged cartons."""
    CARTONS_MIXED = "cartons_mixed"
    """Units were drawn from damaged cartons too."""
    INDICATOR = "indicator"
    """An indicator was triggered by what can make such a defect."""
    INDICATOR_UNKNOWN = "indicator_unknown"
    """Nobody says what an indicator shows, nor that there is none."""
    IN_BOTH = "in_both"
    """Found in damaged and in undamaged cartons: those of the damaged ones may have either origin."""
    KIND_UNKNOWN = "kind_unknown"
    """Found in damaged cartons, and such damage is not known to make it, or nobody says what the damage is."""
    COUNT_UNKNOWN = "count_unknown"
    """The number found cannot be read."""


class Attributed(Frozen, kw_only=True):
    """
    A finding of the arrival and where it came about.

    Attributes:
        subject: tag of the row that failed, ``defect.<id>`` or ``unlisted.<line>``, ``damaged.<line>`` of a damaged carton,
            ``missing`` of cartons that are not there.
        term: id of the term, of a row; defect: id in the defect list, of a line of it; else empty.
        judged: the lot or machine.
        damaged_cartons: whether it was found in damaged cartons; of a row and of what was drawn, False.
        found: units, nonconformities, readings or cartons; None where nobody counted, or the number cannot be read.
        reasons: what speaks for ``origin``; one at least.
    """

    subject: str
    term: str
    defect: str
    judged: str
    damaged_cartons: bool
    found: int | None
    origin: Origin
    reasons: tuple[Reason, ...]
    where: str


class Incident(Frozen, kw_only=True):
    """
    Whether the incident report is whole and in time.

    Attributes:
        missing: names of the fields that are empty or cannot be read, of ``arrived_on``, ``report_date``, ``opening_place``,
            ``inspector``, ``findings``; in this order. ``findings`` may be empty where nothing was found.
        due: its last day, the earliest of all countings of the clock ``arrival.incident``; None where nobody says when the goods arrived.
        late_days: days after the latest counting on which it was made, 0 where it was in time; None where that is not known.
    """

    missing: tuple[str, ...]
    due: datetime.date | None
    late_days: int | None


class Step(StrEnum):
    """What an arrival lets the buyer do."""

    NOTIFY = "notify"
    """Notify the seller of every failed row, whatever its origin: the period runs from the opening."""
    REJECT = "reject"
    """Reject the lot, or ask for what the contract gives instead: a class or a row failed, and it came about in the factory."""
    CLAIM = "claim"
    """Claim from the seller for units that do not conform, and on the platform within its window."""
    CARRIER = "carrier"
    """Notify the carrier and the insurer."""
    COMPLETE = "complete"
    """Complete what is missing before anybody is held to it."""


class Supported(Frozen, kw_only=True):
    """
    What the record supports, and by what.

    Attributes:
        judged: the lots or machines that it is about.
        subjects: of :class:`Attributed` on which it rests; empty where it rests on the incident report.
        rights: ids of the provisions that give the right; empty where the contract has none: it is then the contract of carriage or
            of insurance.
    """

    step: Step
    judged: tuple[str, ...]
    subjects: tuple[str, ...]
    rights: tuple[str, ...]
