"""
Three records laid beside each other, term by term: the contract, the inspection before shipment, the goods as they arrived.

Nothing here is read from a file: a case is read by :mod:`lotproof.cases.records`, and what follows from it is said by
:func:`lotproof.consistency.story.tell`. Codes C1 to C11 stand in ``spec_catalog/rules/consistency.toml``.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from enum import StrEnum

from lotproof.clocks.model import Deadline, Event
from lotproof.findings import Finding
from lotproof.frozen import Frozen
from lotproof.messages import Message
from lotproof.records.model import Result, Verdict

# what goes in


class Evidence(Frozen, kw_only=True):
    """
    A file of the case.

    Attributes:
        what: a kind of ``spec_catalog/rules/evidence.toml``.
        units, terms: that it shows, as the buyer has said.
        taken: local time of the camera (``2027-06-12T10:03:11``); empty where it is not known, or for what is no picture.
        recorded: when it was recorded in the case, in UTC.
        picture: it is a picture or a film that is whole.
        shows: it may count: whatever has to be a picture is one, and is whole.
    """

    path: str
    what: str
    sha256: str
    size: int
    units: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    note: str = ""
    taken: str = ""
    recorded: datetime.datetime
    picture: bool = False
    shows: bool = True


class Filled(Frozen):
    """A filled form of the case: where it lies, and what it comes to under the order."""

    path: str
    verdict: Verdict


class Unread(Frozen, kw_only=True):
    """A filled form that gives no verdict: the code of the first finding, and all of them."""

    path: str
    findings: tuple[Finding, ...]


class Said(Frozen):
    """A message that can be read as text: its path, and a passage in it that accepts a deviation."""

    path: str
    quote: str


class Records(Frozen, kw_only=True):
    """
    Everything that a case holds, read.

    Attributes:
        inspections: filled forms of an inspection before shipment, in the order of the manifest; those of an arrival; those of a loading.
        unread: filled forms that could not be read, or belong to another order.
        evidence: every file, once, with the labels that were given last.
        changed: paths of files that are not as they were recorded, with what is wrong.
        acceptances: passages of messages that accept a deviation.
        events: what happened, as the buyer has said.
    """

    inspections: tuple[Filled, ...] = ()
    arrivals: tuple[Filled, ...] = ()
    loadings: tuple[Filled, ...] = ()
    unread: tuple[Unread, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    changed: tuple[tuple[str, Message], ...] = ()
    acceptances: tuple[Said, ...] = ()
    events: tuple[Event, ...] = ()


# what comes out


class Agreement(StrEnum):
    """What three records come to, laid beside each other."""

    AGREES = "agrees"
    DIFFERS = "differs"
    MISSING = "missing"
    """One of them says nothing."""
    NOT_COMPARABLE = "not_comparable"
    """They cannot be laid beside each other: no limit, another revision, not looked at again by agreement, or doubtful."""


class Seen(Frozen, kw_only=True):
    """
    What one record says of a term.

    Attributes:
        path: of the file it was read from.
        result: as judged, with everything that speaks against it; measured: what the readings alone say.
        n, read, outside: as in :class:`lotproof.records.model.RowVerdict`; ``read`` units of a class.
        lowest, highest, mean: of the readings, in the unit of the requirement; None where they are no numbers.
        values: readings as they were written, in the order of drawing.
        where: place of the first reading in its file.
    """

    path: str
    result: Result
    measured: Result
    n: int
    read: int
    outside: int | None
    lowest: Decimal | None = None
    highest: Decimal | None = None
    mean: Decimal | None = None
    values: tuple[str, ...] = ()
    where: str = ""


class TermLine(Frozen, kw_only=True):
    """
    A row of the specification, or a class of defects, in the three records.

    Attributes:
        tag: of the row; ``<lot>.<class>`` of a class.
        term: its id; empty for a class of defects.
        defect_class: of the term; the class itself.
        inspection, arrival: None where the record does not have the row.
        why: why it is as it is, where it does not agree.
        codes: of its mismatches.
    """

    tag: str
    term: str
    lot: str
    entry: int | None
    defect_class: str
    inspection: Seen | None
    arrival: Seen | None
    agreement: Agreement
    why: Message | None
    codes: tuple[str, ...] = ()


class FactLine(Frozen, kw_only=True):
    """
    A fact that is no term: order, quantity, cartons, seal, container, dates, who looked.

    Attributes:
        id: a label of ``spec_catalog/rules/consistency.toml``.
        contract, inspection, arrival: as each record has it; empty where it says nothing.
    """

    id: str
    contract: str
    inspection: str
    arrival: str
    agreement: Agreement
    codes: tuple[str, ...] = ()


class Mismatch(Frozen, kw_only=True):
    """
    Something that weakens the story.

    Attributes:
        code: C1 to C11.
        where: the row, the class or the fact; the path of a file where it is about one.
        paths: files that show it.
    """

    code: str
    where: str
    message: Message
    paths: tuple[str, ...] = ()


class Record(StrEnum):
    """Where something is said."""

    CONTRACT = "contract"
    INSPECTION = "inspection"
    ARRIVAL = "arrival"


class Against(StrEnum):
    """Against whom a claim is made."""

    SELLER = "seller"
    CARRIER = "carrier"
    """Whoever carried or insured the goods."""


class Claim(Frozen, kw_only=True):
    """
    A term or a class of defects that the goods do not meet, and who says so.

    Attributes:
        line: tag of the :class:`TermLine`; of what came about on the way ``defect.<id>`` or ``unlisted.<line>``.
        supported: contract, inspection and arrival agree on it, a photograph shows it, and nothing speaks against it.
        by: the records that bear it.
        reasons: what it lacks, or what speaks against it; empty where it is supported.
        photos: paths of the photographs that show it, those of the term before those of its units.
    """

    line: str
    against: Against
    supported: bool
    by: tuple[Record, ...]
    reasons: tuple[Message, ...]
    photos: tuple[str, ...]


class Story(Frozen, kw_only=True):
    """
    What a case comes to.

    Attributes:
        inspection: the record that counts as that of the inspection before shipment; arrival: as that of the arrival; None where there is none.
        terms: rows of the specification in contract order, then classes of defects.
        claims: in the order in which they should be made: supported ones first, the gravest class first.
        clocks: of this order with what happened to it.
        findings: what is wrong with a file of the case.
    """

    inspection: Filled | None
    arrival: Filled | None
    terms: tuple[TermLine, ...]
    facts: tuple[FactLine, ...]
    mismatches: tuple[Mismatch, ...]
    claims: tuple[Claim, ...]
    clocks: tuple[Deadline, ...]
    findings: tuple[Finding, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all mismatches, each once, in the order of their numbers."""
        return tuple(sorted({one.code for one in self.mismatches}, key=lambda code: int(code[1:])))

    @property
    def one_story(self) -> bool:
        """Whether the three records are there and nothing is at odds."""
        whole = self.inspection is not None and self.arrival is not None
        return whole and not self.mismatches and all(t.agreement is not Agreement.MISSING for t in self.terms)
