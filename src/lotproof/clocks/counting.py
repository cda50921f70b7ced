"""Counting: from a day, so many days, working days, weeks or months, with the first day counted or not."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Sequence
from typing import TypeAlias

from lotproof.frozen import Frozen

Works: TypeAlias = Callable[[datetime.date], bool]
"""Says whether a day is a working day."""

INCLUSIVE, EXCLUSIVE = "inclusive", "exclusive"
UNITS = ("days", "working_days", "weeks", "months")

_DAY = datetime.timedelta(days=1)


class Span(Frozen):
    """So many of a unit of :data:`UNITS`, 0 or more."""

    count: int
    unit: str


def counted(
    start: datetime.date, spans: Sequence[Span], works: Works, *, inclusive: bool, back: bool = False
) -> datetime.date:
    """
    Return the last day of a period.

    ``exclusive``: the day after ``start`` is the first; ``inclusive``: ``start`` itself is, where it can be counted. Only the
    first span knows the difference: those that follow begin where it ended. A month ends on the same day of a later month, or
    on that month's last day; counted inclusively a day before. A last day that is a holiday stays where it is.

    Args:
        back: count back from ``start`` instead: the same day by day, towards the past.

    Raises:
        OverflowError: the day lies beyond the calendar.
    """
    step = -1 if back else 1
    day = start
    for number, span in enumerate(spans):
        from_here = inclusive and number == 0 and span.count > 0
        if span.unit == "months":
            day = _months(day, step * span.count) - from_here * step * _DAY
            continue
        if from_here:
            day -= step * _DAY
        if span.unit == "working_days":
            day = _working(day, span.count, works, step)
        else:
            day += step * span.count * (7 if span.unit == "weeks" else 1) * _DAY
    return day


def _months(day: datetime.date, count: int) -> datetime.date:
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        raise OverflowError(f"the year {year} lies beyond the calendar")
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _working(day: datetime.date, count: int, works: Works, step: int) -> datetime.date:
    while count:
        day += step * _DAY
        count -= works(day)
    return day
