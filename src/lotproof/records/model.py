"""
A filled form as values: what somebody wrote, where it stands, and what it says; and what it comes to.

A record is what was written. A verdict is what follows from it under an order. Neither decides anything: the buyer does.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from lotproof.findings import Finding
from lotproof.frozen import Frozen

if TYPE_CHECKING:  # what the record of an inspection does not need
    from lotproof.records.arrivals import Arrival, Attributed, Incident, Supported
    from lotproof.sampling.risk import Bound


class Kind(StrEnum):
    """What was done when a record was made."""

    FIRST_ARTICLE = "first_article"
    IN_PRODUCTION = "in_production"
    PRE_SHIPMENT = "pre_shipment"
    REINSPECTION = "reinspection"
    LOADING = "loading"
    FACTORY_ACCEPTANCE = "factory_acceptance"
    SITE_ACCEPTANCE = "site_acceptance"
    LABORATORY = "laboratory_report"
    ARRIVAL = "arrival"


class Rung(StrEnum):
    """By what a value was found in the file: the first of these that names it."""

    TAG = "tag"
    """The tag of a content control in Word."""
    TITLE = "title"
    """The title of a content control, which LibreOffice keeps where it drops the tag."""
    NAME = "defined name"
    """The name of a cell in Excel."""
    PLACE = "row and column"
    """The printed row and the column, by what is printed there."""
    KEY = "key"
    """The key of a JSON file or of a transcript."""


class Fault(StrEnum):
    """Why what was written is no value."""

    AMBIGUOUS = "can be read in two ways"
    NO_NUMBER = "is no number"
    NO_WHOLE_NUMBER = "is no whole number"
    NO_DATE = "is no date"
    NO_CHOICE = "is none of the choices"
    UNKNOWN_UNIT = "has an unknown unit"
    TOO_LONG = "is longer than any answer"
    CALCULATED = "is calculated by a formula"
    AN_ERROR = "is an error of the spreadsheet"
    STRUCK = "is struck out"
    HIDDEN = "is hidden"
    SHOWN_OTHERWISE = "is shown otherwise than it is stored"
    TWO_VALUES = "stands there with two values"
    TWO_NAMES = "stands in a field with two names"
    PROMPT = "is marked as a prompt and not as an answer"


Value: TypeAlias = Decimal | str | datetime.date
"""A number, a text or the value of a choice, or a day."""


class Reading(Frozen, kw_only=True):
    """
    One field that was filled in.

    Attributes:
        tag: the name of the field (``machinery.noise.r1``).
        written: as it was written, letter by letter.
        value: what it says; None where it cannot be read.
        unit: id of the unit that was written behind a number; empty where none was.
        fault: why it cannot be read; None where it can.
        where: file and place, as findings show it.
        rung: by what it was found.
        term, lot, entry: of a row of the specification: the term, the lot, and the number of the entry (from 0) of its table.
        number: of a reading in its row, from 1: the unit or the machine in the order of drawing; 0 for what is no reading of a unit.
    """

    tag: str
    written: str
    value: Value | None
    unit: str
    fault: Fault | None
    where: str
    rung: Rung
    term: str = ""
    lot: str = ""
    entry: int | None = None
    number: int = 0


class Instrument(Frozen, kw_only=True):
    """
    A line of the list of equipment.

    Attributes:
        place: its number in the list, from 1.
        terms: ids of the terms that were measured with it.
        number, calibrated_until: as found; empty and None where they are missing.
    """

    place: int
    terms: tuple[str, ...]
    number: str
    calibrated_until: datetime.date | None
    where: str


class Quantities(Frozen, kw_only=True):
    """What was counted of one lot, in units and cartons; None where it is missing or cannot be read."""

    lot: str
    finished: int | None
    presented: int | None
    packed: int | None
    cartons: int | None
    cartons_opened: int | None
    carton_numbers: str


class Defect(Frozen, kw_only=True):
    """
    A line of the tally.

    Attributes:
        defect: id in the defect list; empty for one that is in no list.
        defect_class: of the list, or as the inspector classed it; empty where the class is missing or cannot be read.
        words: what the inspector called it, with its measure; empty for one of the list.
        judged: the lot or machine.
        found: units, or nonconformities where each is counted; None where the number cannot be read.
    """

    defect: str
    defect_class: str
    words: str
    judged: str
    found: int | None
    where: str


class Added(Frozen, kw_only=True):
    """A row that somebody added to a table: the table's id, the text of each of its cells, its place."""

    table: str
    cells: tuple[str, ...]
    where: str


class Altered(Frozen, kw_only=True):
    """
    Printed text that stands there otherwise than it was printed.

    Attributes:
        row: the name of the row (a check's tag, a defect's), or of its table where the row has none.
        printed, found: what differs.
    """

    row: str
    printed: str
    found: str
    where: str


class Transcript(Frozen, kw_only=True):
    """
    Who copied values from a report that came in a form of its own.

    Attributes:
        file, sha256: of that report.
        pages: of each field, by its tag.
    """

    file: str
    sha256: str
    by: str
    on: datetime.date | None
    pages: Mapping[str, int]


class Source(Frozen, kw_only=True):
    """
    The file a record was read from.

    Attributes:
        format: ``docx``, ``xlsx``, ``json`` or ``toml``.
        sha256: of its bytes (hex).
    """

    name: str
    format: str
    sha256: str
    transcript: Transcript | None = None


class Record(Frozen, kw_only=True):
    """
    A filled form.

    Attributes:
        kind: what was done.
        round: of a re-inspection, from 1; 0 for any other kind, and where it is not stated.
        earlier: number of the report before, as stated.
        form: ``checklist`` or ``arrival``.
        digest, number, revision: of the order that the form was printed for.
        languages: that the form was printed in.
        facts: the lines at its head by key, as written (``inspector``, ``inspection_firm``, ``report_no``, ``site_position`` ...).
        date: of the inspection, or on which the goods were opened.
        readings: every field that was filled in, in the order of the form.
        ticks: the results that were ticked, by row, section (``section.stage_unit``) and lot or machine (``conclusion.lot``).
        papers: document numbers by row; photos: photograph numbers by row or name.
        blank: fields of the form that stand there and are empty; missing: those that are not in the file at all.
        findings: what was found on the way.
        arrival: of an arrival checklist, what it says besides its rows; None of any other form.
    """

    kind: Kind
    round: int
    earlier: str
    form: str
    digest: str
    number: str
    revision: str
    languages: tuple[str, ...]
    source: Source
    facts: Mapping[str, str]
    date: datetime.date | None
    instruments: tuple[Instrument, ...]
    quantities: tuple[Quantities, ...]
    defects: tuple[Defect, ...]
    ticks: Mapping[str, str]
    papers: Mapping[str, str]
    photos: Mapping[str, str]
    readings: tuple[Reading, ...]
    added: tuple[Added, ...]
    altered: tuple[Altered, ...]
    blank: tuple[str, ...]
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]
    arrival: Arrival | None = None


# what it comes to


class Outcome(StrEnum):
    """Pass and fail are certain; everything doubtful is pending."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    PENDING = "pending"


class Cause(StrEnum):
    """Why something is pending."""

    LIMIT_MISSING = "limit_missing"
    """The order agrees no limit."""
    NO_READING = "no_reading"
    """Nothing was written."""
    SAMPLE_TOO_SMALL = "sample_too_small"
    """Fewer units or readings than the sample needs, or nobody says how many."""
    UNREADABLE = "unreadable"
    """Something was written that is no value, or is one with an unfit unit."""
    CONTRADICTION = "contradiction"
    """Two things that were written do not go together: a tick and the readings, two counts, two cells of one field."""
    INSTRUMENT_MISSING = "instrument_missing"
    """Nobody says with which instrument it was measured, or until when that is calibrated."""
    OUT_OF_CALIBRATION = "out_of_calibration"
    """The calibration of the instrument had ended on the day."""
    DATE_MISSING = "date_missing"
    """The day of the inspection is not stated, so that no calibration can be compared with it."""
    DOCUMENT_AWAITED = "document_awaited"
    """A document or the report of a laboratory is not there."""
    JUDGEMENT = "judgement"
    """The inspector leaves it to the client, or has not said what a document shows."""
    NEXT_SAMPLE = "next_sample"
    """The number lies between Ac and Re: the next sample is drawn."""
    UNIT_NOT_NAMED = "unit_not_named"
    """Something failed, and nobody says on which machine."""
    NOT_READY = "not_ready"
    """Less was finished or packed than has to be when the inspector comes."""
    CLASS_MISSING = "class_missing"
    """A defect was found and nobody says of which class."""
    ALTERED = "altered"
    """What was printed there has been changed."""
    OTHER_REVISION = "other_revision"
    """The form belongs to another revision of the order, in which this was agreed otherwise, or is judged as a whole."""
    NOT_ASKED = "not_asked"
    """The form has no row for it."""


class Result(Frozen):
    """An outcome; ``causes`` of what is pending, in the order of :class:`Cause`, and of nothing else."""

    outcome: Outcome
    causes: tuple[Cause, ...] = ()


PASS, FAIL = Result(Outcome.PASS), Result(Outcome.FAIL)


def pending(*causes: Cause) -> Result:
    """Return a pending result."""
    order = list(Cause)
    return Result(Outcome.PENDING, tuple(sorted(set(causes), key=order.index)))


def worst(results: tuple[Result, ...]) -> Result:
    """Return the result of a whole: fail before pending before pass; nothing at all is pending."""
    if any(result.outcome is Outcome.FAIL for result in results):
        return FAIL
    causes = [cause for result in results for cause in result.causes]
    return pending(*causes) if causes else PASS if results else pending(Cause.NO_READING)


class RowVerdict(Frozen, kw_only=True):
    """
    What a row of the specification comes to in one lot.

    Attributes:
        tag, term, lot, entry: of the row (:class:`lotproof.records.rows.Check`).
        result: after everything that speaks against it.
        measured: what the readings alone say.
        n: readings, units or figures that the sample needs.
        read: those that are there and can be read.
        outside: those that do not meet the requirement; None where there is nothing to count.
        ticked: what the inspector ticked; empty where nothing.
        by_machine: of an order in which each machine is judged by itself, the result of each, by name.
        failed: numbers of the readings that do not meet the requirement, from 1; empty where the row has a count and no readings.
    """

    tag: str
    term: str
    lot: str
    entry: int | None
    result: Result
    measured: Result
    n: int
    read: int
    outside: int | None
    ticked: str
    by_machine: Mapping[str, Result]
    failed: tuple[int, ...] = ()


class ClassVerdict(Frozen, kw_only=True):
    """
    What a class of defects comes to in one lot.

    Attributes:
        lot, defect_class: a machine instead of a lot where each is judged by itself.
        aql: as agreed; empty for a machine.
        lot_size: units that the plan was taken for.
        n, ac, re: of all samples up to the one that decides, or that was drawn last; Ac is None where the plan has none there.
        inspected, found: in these samples; None where nobody says.
        next_n: units of the next sample, where it has to be drawn.
        upper: the lot holds no more nonconforming units than this, with 95 in 100 confidence; None where nothing was counted.
        lower: the least share of nonconforming units that is compatible with the count, with the same confidence, in %.
    """

    lot: str
    defect_class: str
    aql: str
    result: Result
    lot_size: int
    n: int
    ac: int | None
    re: int
    inspected: int | None
    found: int | None
    next_n: int
    upper: Bound | None
    lower: Bound | None


class SectionVerdict(Frozen, kw_only=True):
    """What a part of the walk comes to: ``stage_unit``, ``tally``, ``quantities``; and what the inspector ticked."""

    section: str
    result: Result
    ticked: str


class Advice(StrEnum):
    """What the contract lets the buyer do next. It is advice: the buyer decides."""

    RELEASE = "release"
    REWORK = "rework"
    REJECT = "reject"
    NEXT_SAMPLE = "next_sample"
    COMPLETE = "complete"
    # of an arrival: the goods are there, so there is nothing to release
    KEEP = "keep"
    NOTIFY = "notify"
    CLARIFY = "clarify"


class LotVerdict(Frozen, kw_only=True):
    """
    What a lot or a machine comes to.

    Attributes:
        name: of the lot or machine.
        result: after the inspector's conclusion was compared with it.
        counted: what rows, classes and quantities say without that conclusion.
        ticked: the inspector's conclusion; empty where there is none.
        advice: what to do next.
        rights: ids of the provisions that give the right to it.
        rounds: failed re-inspections after which the contract lets the buyer reject; None where that cannot be seen here.
    """

    name: str
    result: Result
    counted: Result
    ticked: str
    advice: Advice
    rights: tuple[str, ...]
    rounds: int | None


class Verdict(Frozen, kw_only=True):
    """
    What a record comes to under an order.

    Attributes:
        record: with what later records have completed.
        digest: of the order that it was judged by.
        completed: names of the files that completed it, in their order.
        result: of everything that is judged: the worst of its lots or machines.
        findings: those of the record and of the judgement, none twice.
        origins: of an arrival, each thing that is wrong and where it came about; supported: what that lets the buyer do.
        incident: of an arrival, whether its incident report is whole and in time; None of any other record.
    """

    record: Record
    digest: str
    completed: tuple[str, ...]
    result: Result
    rows: tuple[RowVerdict, ...]
    classes: tuple[ClassVerdict, ...]
    sections: tuple[SectionVerdict, ...]
    lots: tuple[LotVerdict, ...]
    findings: tuple[Finding, ...]
    origins: tuple[Attributed, ...] = ()
    supported: tuple[Supported, ...] = ()
    incident: Incident | None = None
