"""What counting gives: deadlines, with every way in which each was counted."""

from __future__ import annotations

import datetime

from lotproof.clocks.rules import Source, Texts
from lotproof.frozen import Frozen

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8), "Asia/Shanghai")
"""China has one time zone, without summer time since 1991."""

EARLIEST, LATEST = datetime.date(2000, 1, 1), datetime.date(2199, 12, 31)
"""Days outside are no dates of an order."""


class Event(Frozen, kw_only=True):
    """
    Something that happened, or is planned.

    Attributes:
        name: an id of ``spec_catalog/rules/events.toml``.
        day: as it was given.
        moment: with its zone, where a time was given too; else None, and the event lies anywhere in the day of its place.
    """

    name: str
    day: datetime.date
    moment: datetime.datetime | None


class Choices(Frozen):
    """
    What the buyer chooses; None where nothing was chosen.

    Attributes:
        buffer_days: calendar days that the cautious date lies before the end of the window, 0 to 365.
        lead_days: working days that the inspector asks for between booking and inspection, 0 to 365.
    """

    buffer_days: int | None = None
    lead_days: int | None = None


class Anchor(Frozen, kw_only=True):
    """What a clock starts at: an event or a date of the order, and its day; None where nobody has entered it."""

    name: str
    title: Texts
    stated: bool
    day: datetime.date | None


class Counted(Frozen, kw_only=True):
    """
    One way of counting.

    Attributes:
        anchor: name of the anchor.
        anchor_day: its day in ``zone``: the earliest possible where no time was given.
        counting: ``inclusive`` or ``exclusive``.
        day: what it gives.
    """

    anchor: str
    anchor_day: datetime.date
    zone: str
    counting: str
    day: datetime.date


class Need(Frozen):
    """What has to be entered before a date can be given: an ``event``, an ``answer`` of the order, a ``choice``; and its name."""

    kind: str
    name: str


class Deadline(Frozen, kw_only=True):
    """
    A clock of one order.

    Attributes:
        id, code, kind, who, title, todo, published: as in :class:`~lotproof.clocks.rules.Clock`.
        status: ``today``, ``ahead``, ``past``, ``done``, or ``not known``.
        day: the earliest of all countings, less the buffer where the rule takes one; None where it is not known.
        driven_by: the counting that gave it.
        countings: every counting of every known anchor, or of the later one where the rule says so, before the buffer.
        ends: when that day is over in the buyer's zone or in China, whichever is first, in the buyer's zone; only of kind ``by``.
        anchors: all that may start the clock in this order, known or not.
        needs: what has to be entered: one of each group; empty where the day is known.
        rule: the rule in words.
        sources: who says so.
        unconfirmed: answers that are blank and without which the day is not confirmed.
        ended: the event that did what the clock asks for, or after which nobody needs it.
        late_days: days after the latest counting on which the act was done, 0 where it was in time; None where it was not done.
        remarks: what else has to be known, in words.
    """

    id: str
    code: str
    kind: str
    who: str
    title: Texts
    todo: Texts
    published: bool
    status: str
    day: datetime.date | None
    driven_by: Counted | None
    countings: tuple[Counted, ...]
    ends: datetime.datetime | None
    anchors: tuple[Anchor, ...]
    needs: tuple[tuple[Need, ...], ...]
    rule: Texts
    sources: tuple[Source, ...]
    unconfirmed: tuple[str, ...]
    ended: Event | None
    late_days: int | None
    remarks: tuple[Texts, ...]
