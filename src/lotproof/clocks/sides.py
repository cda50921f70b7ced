"""The two who count: the buyer in its zone with its holidays, and China with those of the seller."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from lotproof.clocks.counting import Works
from lotproof.clocks.holidays import Holidays, Workdays
from lotproof.clocks.model import SHANGHAI, Event
from lotproof.frozen import Frozen


class Side(Frozen, kw_only=True):
    """
    One who counts.

    Attributes:
        name: ``buyer`` or ``seller``.
    """

    name: str
    zone_name: str
    zone: datetime.tzinfo
    workdays: Workdays


class Sides(Frozen):
    """Both; without a zone of the buyer, both count in Shanghai."""

    buyer: Side
    seller: Side

    @property
    def both(self) -> tuple[Side, Side]:
        """The buyer first."""
        return self.buyer, self.seller

    def day_in(self, side: Side, event: Event, place: str) -> datetime.date:
        """
        Return the day of an event for one side.

        Without a time of day it is the earliest day of that side on which the event may lie.

        Args:
            place: where it happened, ``china`` or ``buyer``: whose day the event names.
        """
        home = self.seller if place == "china" else self.buyer
        if event.moment is not None:
            return event.moment.astimezone(side.zone).date()
        if home.zone_name == side.zone_name:
            return event.day
        return datetime.datetime.combine(event.day, datetime.time(), home.zone).astimezone(side.zone).date()

    def works(self, side: Side, calendar: str) -> Works:
        """Return the working days that a side counts: by ``each``, those of its own place, or those of ``both``."""
        if calendar == "each":
            return side.workdays.works
        return lambda day: self.buyer.workdays.works(day) and self.seller.workdays.works(day)

    def over(self, day: datetime.date, due: datetime.datetime | None = None) -> datetime.datetime:
        """Return when a day is over for the first of both, or a due time that comes before, as the buyer's clock shows it."""
        following, midnight = day + datetime.timedelta(days=1), datetime.time()
        moments = [datetime.datetime.combine(following, midnight, side.zone) for side in self.both]
        if due is not None:
            moments.append(due)
        return min(moment.astimezone(datetime.UTC) for moment in moments).astimezone(self.buyer.zone)


def sides(zone: ZoneInfo | None, holidays: Holidays) -> Sides:
    """Return both sides; ``zone`` is the buyer's."""
    shanghai = str(SHANGHAI)
    return Sides(
        Side(
            name="buyer",
            zone_name=shanghai if zone is None else zone.key,
            zone=SHANGHAI if zone is None else zone,
            workdays=holidays.buyer,
        ),
        Side(name="seller", zone_name=shanghai, zone=SHANGHAI, workdays=holidays.seller),
    )
