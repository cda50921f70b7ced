"""Every clock of an order, counted in every way, with the earliest date and what drove it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from lotproof.clocks import saying
from lotproof.clocks.counting import EXCLUSIVE, INCLUSIVE, Span, counted
from lotproof.clocks.facts import Facts, answer, behind, blanks, facts, fits
from lotproof.clocks.holidays import Holidays
from lotproof.clocks.model import (
    EARLIEST,
    LATEST,
    Anchor,
    Choices,
    Counted,
    Deadline,
    Event,
    Need,
)
from lotproof.clocks.rules import Clock, Rules, Source, Start, Step, Texts, shipped_rules
from lotproof.clocks.sides import Side, Sides, sides
from lotproof.frozen import Frozen
from lotproof.orders.model import Order

_UNIT_OF = {"calendar": "days", "business": "working_days"}


class _Begun(Frozen, kw_only=True):
    """A start whose anchor and steps are known."""

    anchor: Anchor
    spans: tuple[Span, ...]


def deadlines(
    order: Order,
    events: Iterable[Event],
    holidays: Holidays,
    zone: ZoneInfo | None,
    today: datetime.date,
    choices: Choices | None = None,
    rules: Rules | None = None,
) -> tuple[Deadline, ...]:
    """
    Return every clock of an order: those with a date first, the earliest before the later, then those without.

    A date is the earliest of all countings: from each known anchor, with its day counted and not counted, in the buyer's zone and
    in Shanghai. Where an event has no time of day it lies anywhere in its day, so in the other zone it may lie on the day before,
    and that day is taken. A date that the order states is the same day in both zones. An anchor that nobody has entered gives no
    date.

    Args:
        events: each name once.
        zone: the buyer's; None counts in Shanghai alone.
        today: what is past and what lies ahead.
        rules: those that ship, where none are given.
    """
    used = rules or shipped_rules()
    chosen = choices or Choices()
    counting = _Counting(order, {event.name: event for event in events}, holidays, zone, today, chosen, used)
    found = [found for clock in used.clocks if (found := counting.deadline(clock)) is not None]
    return tuple(sorted(found, key=lambda d: (d.day is None, d.day or today)))


def countings_of(
    clock: str, day: datetime.date, zone: ZoneInfo | None, rules: Rules | None = None
) -> tuple[Counted, ...]:
    """
    Return every counting of a clock that asks nothing of an order, such as ``arrival.incident``.

    Args:
        day: of the event that it starts at.
        zone: the buyer's; None counts in Shanghai alone.

    Raises:
        ValueError: there is no such clock, or it counts by what an order states.
    """
    used = rules or shipped_rules()
    rule = next((one for one in used.clocks if one.id == clock), None)
    if rule is None or len(rule.start) != 1 or not all(isinstance(step.count, int) for step in rule.start[0].add):
        raise ValueError(f"{clock} counts by what an order states")
    start, both = rule.start[0], sides(zone, Holidays())
    event = Event(name=start.anchor, day=day, moment=None)
    kind = used.events[start.anchor]
    anchor = Anchor(name=start.anchor, title=kind.title, stated=False, day=day)
    spans = tuple(Span(step.count, step.of) for step in start.add if isinstance(step.count, int))
    begun = _Begun(anchor=anchor, spans=spans)
    return tuple(_ways(rule, begun, both, lambda side: both.day_in(side, event, kind.place)))


def _ways(clock: Clock, start: _Begun, both: Sides, day_in: Callable[[Side], datetime.date]) -> Iterator[Counted]:
    """Yield each way of counting from one start: by both sides, the first day counted and not."""
    for counting in (EXCLUSIVE, INCLUSIVE):
        inclusive = counting == INCLUSIVE and clock.counting == "both"
        for side in both.both:
            begins = day_in(side)
            works = both.works(side, clock.calendar)
            day = counted(begins, start.spans, works, inclusive=inclusive, back=clock.before)
            yield Counted(anchor=start.anchor.name, anchor_day=begins, zone=side.zone_name, counting=counting, day=day)


class _Counting:
    """What all clocks of one run share."""

    def __init__(
        self,
        order: Order,
        events: Mapping[str, Event],
        holidays: Holidays,
        zone: ZoneInfo | None,
        today: datetime.date,
        choices: Choices,
        rules: Rules,
    ) -> None:
        self.order, self.events, self.today, self.rules = order, events, today, rules
        self.facts: Facts = facts(order, choices)
        self.sides = sides(zone, holidays)

    def deadline(self, clock: Clock) -> Deadline | None:
        """Return a clock as it runs in this order; None where the order has no such clock."""
        if not fits(self.facts, clock.when):
            return None
        if clock.only_while_blank and not any(answer(self.facts, name) is None for name in clock.only_while_blank):
            return None
        starts = tuple(start for start in clock.start if fits(self.facts, start.when))
        anchors = {start.anchor: self._anchor(start.anchor) for start in starts}
        begun, needs = self._begun(clock, starts, anchors)
        remarks: list[Texts] = []
        try:
            every = tuple(dict.fromkeys(c for start in begun for c in self._countings(clock, start)))
            countings = _of_the_later(every) if clock.pick == "latest" else every
            driver = min(countings, key=lambda c: c.day, default=None)
            day = None if driver is None else self._less(clock, driver.day, remarks)
        except OverflowError:
            countings, driver, day = (), None, None
            remarks.append(saying.BEYOND)
        remarks += self._remarks(clock, begun, anchors.values(), countings)
        ended = self._ended(clock)
        late = None
        if ended is not None and ended.name == clock.done_by and countings:
            late = max(0, (ended.day - max(c.day for c in countings)).days)
        return Deadline(
            id=clock.id,
            code=clock.code,
            kind=clock.kind,
            who=clock.who,
            title=clock.title,
            todo=clock.todo,
            published=clock.published,
            status="done" if ended else _status(day, self.today),
            day=day,
            driven_by=driver,
            countings=countings,
            ends=None if day is None or clock.kind != "by" else self._ends(clock, day),
            anchors=tuple(anchors.values()),
            needs=needs,
            rule=saying.rule(clock, [(anchors[start.anchor], self._steps(start.add)) for start in starts]),
            sources=(*self._provision(clock), *clock.sources),
            unconfirmed=tuple(name for name in clock.confirm if answer(self.facts, name) is None),
            ended=ended,
            late_days=late,
            remarks=tuple(remarks),
        )

    # --- what a clock starts at ----------------------------------------------------------------------------------------------

    def _anchor(self, name: str) -> Anchor:
        if name in self.rules.events:
            event = self.events.get(name)
            title = self.rules.events[name].title
            return Anchor(name=name, title=title, stated=False, day=event.day if event else None)
        day = answer(self.facts, name)
        known = isinstance(day, datetime.date) and EARLIEST <= day <= LATEST
        return Anchor(name=name, title=self.rules.dates[name], stated=True, day=day if known else None)

    def _begun(
        self, clock: Clock, starts: Sequence[Start], anchors: Mapping[str, Anchor]
    ) -> tuple[tuple[_Begun, ...], tuple[tuple[Need, ...], ...]]:
        """Return the starts that can be counted from, by the rule's pick, and what has to be entered where there is none."""
        unsure = [*blanks(self.facts, clock.when), *(name for s in starts for name in blanks(self.facts, s.when))]
        if unsure:
            return (), tuple(
                dict.fromkeys((Need("answer", key),) for name in unsure for key in behind(self.facts, name))
            )
        there = [start for start in starts if anchors[start.anchor].day is not None]
        enough = len(there) == len(starts) if clock.pick == "latest" else bool(there)
        missing = tuple(_entered(anchors[start.anchor]) for start in starts if start not in there)
        needs: list[tuple[Need, ...]] = []
        if not enough:
            needs += [(need,) for need in missing] if clock.pick == "latest" else [missing]
        used = there[:1] if enough and clock.pick == "first" else there if enough else starts
        needs += [(need,) for start in used for step in start.add for need in self._lacking(step)]
        if needs:
            return (), tuple(dict.fromkeys(needs))
        return tuple(_Begun(anchor=anchors[s.anchor], spans=tuple(map(self._span, s.add))) for s in used), ()

    def _lacking(self, step: Step) -> Iterator[Need]:
        for name in (step.count, step.of):
            if isinstance(name, str) and "." in name and answer(self.facts, name) is None:
                for key in behind(self.facts, name):
                    yield Need("choice" if key.startswith("choice.") else "answer", key)

    def _span(self, step: Step) -> Span:
        count = step.count if isinstance(step.count, int) else answer(self.facts, step.count)
        unit = answer(self.facts, step.of) if "." in step.of else step.of
        return Span(int(count), _UNIT_OF.get(unit, unit))

    def _steps(self, steps: Sequence[Step]) -> tuple[Span | None, ...]:
        """Return steps for the rule in words; None for one whose number is blank."""
        return tuple(None if any(self._lacking(step)) else self._span(step) for step in steps)

    # --- counting ------------------------------------------------------------------------------------------------------------

    def _countings(self, clock: Clock, start: _Begun) -> Iterator[Counted]:
        """Yield each way of counting from one start."""
        yield from _ways(clock, start, self.sides, lambda side: self._day_in(side, start.anchor))

    def _day_in(self, side: Side, anchor: Anchor) -> datetime.date:
        """Return the day of a known anchor for a side; a date that the order states is the same for both."""
        assert anchor.day is not None
        if anchor.stated:
            return anchor.day
        return self.sides.day_in(side, self.events[anchor.name], self.rules.events[anchor.name].place)

    def _less(self, clock: Clock, day: datetime.date, remarks: list[Texts]) -> datetime.date:
        """Take the buffer off."""
        if not clock.less:
            return day
        buffer = answer(self.facts, clock.less)
        remarks.append(saying.buffer(buffer))
        return day - datetime.timedelta(days=buffer or 0)

    def _ends(self, clock: Clock, day: datetime.date) -> datetime.datetime:
        due = self.events.get(clock.start[0].anchor) if clock.due_time else None
        return self.sides.over(day, due.moment if due else None)

    # --- what else has to be said ---------------------------------------------------------------------------------------------

    def _ended(self, clock: Clock) -> Event | None:
        """Return the act that the clock asks for, where it is done, or else what made the clock needless."""
        there = [self.events[name] for name in (clock.done_by, *clock.ended_by) if name in self.events]
        return next((event for event in there if event.day <= self.today), None)

    def _remarks(
        self, clock: Clock, begun: Sequence[_Begun], anchors: Iterable[Anchor], countings: Sequence[Counted]
    ) -> Iterator[Texts]:
        if not countings:
            return
        used = {start.anchor.name for start in begun}
        others = [anchor for anchor in anchors if anchor.name not in used and anchor.day is None]
        if others and clock.pick == "earliest":
            yield saying.also_starts(others)
        for anchor in (start.anchor for start in begun if not start.anchor.stated):
            event = self.events[anchor.name]
            if clock.due_time and event.moment is None:
                yield saying.no_time(anchor)
            if event.day > self.today and not self.rules.events[anchor.name].agreed:
                yield saying.planned(anchor)
        if any(span.unit == "working_days" for start in begun for span in start.spans):
            days = [day for c in countings for day in (c.anchor_day, c.day)]
            years = frozenset(range(min(days).year, max(days).year + 1))
            uncovered = {side.name: tuple(sorted(years - side.workdays.years)) for side in self.sides.both}
            for missing in dict.fromkeys(uncovered.values()):
                if missing:
                    places = [name for name, lacking in uncovered.items() if lacking == missing]
                    yield saying.no_holidays(places, missing, back=clock.before)

    def _provision(self, clock: Clock) -> Iterator[Source]:
        """Yield the provision of the order that states the rule, under its heading."""
        if clock.provision:
            title = {code: _heading(self.order, code, clock.provision) for code in ("en", "zh")}
            yield Source(
                id=clock.provision, title=title, where="order", dated=None, superseded=None, confidence="agreed"
            )


def _entered(anchor: Anchor) -> Need:
    return Need("answer" if anchor.stated else "event", anchor.name)


def _of_the_later(countings: Sequence[Counted]) -> tuple[Counted, ...]:
    """Return, of each way of counting, the one whose anchor comes last."""
    ways = dict.fromkeys((c.zone, c.counting) for c in countings)
    return tuple(max((c for c in countings if (c.zone, c.counting) == way), key=lambda c: c.day) for way in ways)


def _status(day: datetime.date | None, today: datetime.date) -> str:
    if day is None:
        return "not known"
    return "today" if day == today else "past" if day < today else "ahead"


def _heading(order: Order, code: str, provision: str) -> str:
    texts = order.texts.get(code)
    if texts is not None:
        for printed in (*texts.provisions, *texts.exhibits):
            if printed.id == provision:
                return printed.heading
    return provision
