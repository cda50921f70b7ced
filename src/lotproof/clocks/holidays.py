"""Working days of a place: its weekend, its holidays, and the weekend days that are worked."""

from __future__ import annotations

import datetime

from lotproof.frozen import Frozen

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

SATURDAY, SUNDAY = 5, 6


class Workdays(Frozen, kw_only=True):
    """
    The working days of one place.

    Attributes:
        weekend: days of the week that are not worked, Monday as 0; at most three.
        holidays: days that are not worked.
        worked: days that are, although they fall on a weekend (make-up days); a day of both is worked.
        years: the years that the holidays cover; in any other only the weekend is left out.
    """

    weekend: frozenset[int] = frozenset({SATURDAY, SUNDAY})
    holidays: frozenset[datetime.date] = frozenset()
    worked: frozenset[datetime.date] = frozenset()

    @property
    def years(self) -> frozenset[int]:
        """The years of the holidays."""
        return frozenset(day.year for day in self.holidays)

    def works(self, day: datetime.date) -> bool:
        """Say whether people work there on a day."""
        return day in self.worked or not (day.weekday() in self.weekend or day in self.holidays)


class Holidays(Frozen):
    """The working days of the buyer's and of the seller's place; without a file, weekends alone."""

    buyer: Workdays = Workdays()
    seller: Workdays = Workdays()
