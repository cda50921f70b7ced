"""The day of a command: what ``--today`` says, else the calendar of the person."""

from __future__ import annotations

import datetime


def read_today(given: str | None, option: str = "--today") -> datetime.date | None:
    """Read the day of ``--today``, or of another option. LP409: a day that is none."""
    from lotproof.clocks.model import EARLIEST, LATEST
    from lotproof.findings import Finding, Refused, quoted
    from lotproof.messages import say

    if given is None:
        return None
    try:
        day = datetime.date.fromisoformat(given)
        if EARLIEST <= day <= LATEST and given == day.isoformat():
            return day
    except ValueError:
        pass
    message = say("{given} is not a day from {first} to {last}", given=quoted(given), first=EARLIEST, last=LATEST)
    raise Refused([Finding(where=option, code="LP409", message=message, hint=say("write a day such as 2027-06-20"))])


def own_day() -> datetime.date:
    """Return the day of the person's own calendar."""
    return datetime.datetime.now(datetime.UTC).astimezone().date()


def read_now(given: str | None) -> datetime.datetime:
    """Read the moment of ``--now``, in UTC; the clock of this computer where none is given. LP409: a moment that is none."""
    from lotproof.clocks.model import EARLIEST, LATEST
    from lotproof.findings import Finding, Refused, quoted
    from lotproof.messages import say

    if given is None:
        return datetime.datetime.now(datetime.UTC)
    try:
        moment = datetime.datetime.fromisoformat(given)
        if moment.tzinfo is not None and EARLIEST < moment.date() < LATEST:
            return moment.astimezone(datetime.UTC)
    except ValueError:
        pass
    message = say(
        "{given} is not a moment with its zone from {first} to {last}",
        given=quoted(given),
        first=EARLIEST,
        last=LATEST,
    )
    hint = say("write a moment such as 2027-06-20T08:15:00Z or 2027-06-20T10:15:00+02:00")
    raise Refused([Finding(where="--now", code="LP409", message=message, hint=hint)])
