"""Counting days, working days, weeks and months, and what holds of it whatever is counted."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clock_orders import all_of, example, order_with
from lotproof.clocks.counting import UNITS, Span, counted
from lotproof.clocks.holidays import Holidays, Workdays
from lotproof.clocks.model import Choices

DAY = datetime.timedelta(days=1)
PLACE = Workdays()

some_days = st.dates(datetime.date(2026, 1, 1), datetime.date(2032, 12, 31))
spans = st.lists(st.builds(Span, st.integers(0, 60), st.sampled_from(UNITS)), min_size=1, max_size=3)
workdays = st.builds(
    lambda weekend, holidays, worked: Workdays(weekend=weekend, holidays=holidays, worked=worked),
    st.frozensets(st.integers(0, 6), max_size=3),
    st.frozensets(some_days, max_size=40),
    st.frozensets(some_days, max_size=5),
)
ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Auckland", "Pacific/Kiritimati", "Pacific/Honolulu", None)
EVENTS = (
    "agreed_payment",
    "arrival",
    "actual_receipt",
    "complaint",
    "confirmed_receipt",
    "escalation",
    "inspection",
    "opening",
    "release",
    "shipment",
    "specified_delivery",
)


def on(text: str) -> datetime.date:
    """A day as ISO 8601 writes it."""
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "span", "exclusive", "inclusive"),
    [
        ("2026-03-04", Span(0, "days"), "2026-03-04", "2026-03-04"),
        ("2026-03-04", Span(1, "days"), "2026-03-05", "2026-03-04"),
        ("2026-12-31", Span(1, "days"), "2027-01-01", "2026-12-31"),
        ("2028-02-28", Span(1, "days"), "2028-02-29", "2028-02-28"),
        ("2026-03-04", Span(2, "weeks"), "2026-03-18", "2026-03-17"),
        ("2026-01-31", Span(1, "months"), "2026-02-28", "2026-02-27"),
        ("2026-01-31", Span(0, "months"), "2026-01-31", "2026-01-31"),
        ("2026-11-30", Span(3, "months"), "2027-02-28", "2027-02-27"),
        ("2026-03-06", Span(1, "working_days"), "2026-03-09", "2026-03-06"),
        ("2026-03-07", Span(1, "working_days"), "2026-03-09", "2026-03-09"),
        ("2026-03-07", Span(0, "working_days"), "2026-03-07", "2026-03-07"),
    ],
)
def test_the_first_day_is_counted_or_not(start: str, span: Span, exclusive: str, inclusive: str) -> None:
    assert str(counted(on(start), [span], PLACE.works, inclusive=False)) == exclusive
    assert str(counted(on(start), [span], PLACE.works, inclusive=True)) == inclusive


def test_several_spans_go_on_where_the_last_ended() -> None:
    steps = [Span(1, "days"), Span(1, "weeks"), Span(1, "months"), Span(1, "working_days")]
    assert str(counted(on("2026-03-04"), steps, PLACE.works, inclusive=False)) == "2026-04-13"
    assert str(counted(on("2026-03-04"), steps, PLACE.works, inclusive=False, back=True)) == "2026-01-23"


def test_a_day_beyond_the_calendar_is_an_error_and_no_date() -> None:
    for unit in ("days", "weeks", "months"):
        for back in (False, True):
            with pytest.raises(OverflowError):
                counted(on("2026-03-04"), [Span(10**9, unit)], PLACE.works, inclusive=False, back=back)


@given(some_days, spans, workdays, st.booleans())
def test_counting_the_first_day_never_ends_later(
    start: datetime.date, steps: list[Span], place: Workdays, back: bool
) -> None:
    inclusive = counted(start, steps, place.works, inclusive=True, back=back)
    exclusive = counted(start, steps, place.works, inclusive=False, back=back)
    assert inclusive >= exclusive if back else inclusive <= exclusive


@given(some_days, spans, workdays, st.booleans(), st.booleans())
def test_a_later_start_never_ends_earlier(
    start: datetime.date, steps: list[Span], place: Workdays, inclusive: bool, back: bool
) -> None:
    first = counted(start, steps, place.works, inclusive=inclusive, back=back)
    assert counted(start + DAY, steps, place.works, inclusive=inclusive, back=back) >= first


@given(some_days, st.integers(0, 60), workdays, st.frozensets(some_days, max_size=40), st.booleans())
def test_more_holidays_never_bring_a_working_day_nearer(
    start: datetime.date, count: int, place: Workdays, more: frozenset[datetime.date], inclusive: bool
) -> None:
    fewer = Workdays(weekend=place.weekend, holidays=place.holidays, worked=place.worked - more)
    full = Workdays(weekend=place.weekend, holidays=place.holidays | more, worked=place.worked - more)
    steps = [Span(count, "working_days")]
    ahead = counted(start, steps, fewer.works, inclusive=inclusive)
    assert counted(start, steps, full.works, inclusive=inclusive) >= ahead
    back = counted(start, steps, fewer.works, inclusive=inclusive, back=True)
    assert counted(start, steps, full.works, inclusive=inclusive, back=True) <= back


@given(some_days, st.integers(1, 60), workdays)
def test_so_many_working_days_lie_in_the_period(start: datetime.date, count: int, place: Workdays) -> None:
    last = counted(start, [Span(count, "working_days")], place.works, inclusive=False)
    between = [start + n * DAY for n in range(1, (last - start).days + 1)]
    assert sum(map(place.works, between)) == count
    assert place.works(last)


# --- the same of all deadlines of an order --------------------------------------------------------------------------------------

happened = st.fixed_dictionaries({}, optional=dict.fromkeys(EVENTS, some_days))
ORDER = order_with({"warranty.months": 18, "warranty.start": "opening"})


def written(events: dict[str, datetime.date]) -> list[str]:
    """Events as flags; those that would contradict each other take each other's days."""
    later = dict(events)
    for chain in (
        ("shipment", "arrival", "actual_receipt", "opening", "confirmed_receipt"),
        ("complaint", "escalation"),
    ):
        there = [name for name in chain if name in events]
        later |= zip(there, sorted(events[name] for name in there), strict=True)
    return [f"{name}={day}" for name, day in later.items()]


@settings(max_examples=60, deadline=None)
@given(happened, st.sampled_from(ZONES), workdays, workdays, st.integers(0, 30))
def test_the_printed_date_is_never_later_than_any_counting(
    events: dict[str, datetime.date], zone: str | None, buyer: Workdays, seller: Workdays, buffer: int
) -> None:
    found = all_of(ORDER, written(events), zone, Holidays(buyer, seller), Choices(buffer, 7))
    for deadline in found.values():
        assert (deadline.day is None) == (not deadline.countings) == (deadline.driven_by is None)
        if deadline.day is not None:
            assert all(deadline.day <= c.day for c in deadline.countings), deadline.id
            assert deadline.driven_by in deadline.countings


@settings(max_examples=60, deadline=None)
@given(happened, st.sampled_from(ZONES), workdays, workdays)
def test_moving_all_events_a_day_later_never_brings_a_date_nearer(
    events: dict[str, datetime.date], zone: str | None, buyer: Workdays, seller: Workdays
) -> None:
    holidays = Holidays(buyer, seller)
    first = all_of(ORDER, written(events), zone, holidays)
    later = all_of(ORDER, written({name: day + DAY for name, day in events.items()}), zone, holidays)
    for name, deadline in first.items():
        assert deadline.day is None or (moved := later[name].day) is None or moved >= deadline.day, name


@settings(max_examples=60, deadline=None)
@given(happened, st.sampled_from(ZONES), st.frozensets(some_days, max_size=40), st.frozensets(some_days, max_size=40))
def test_holidays_never_bring_a_date_nearer_that_is_counted_forward(
    events: dict[str, datetime.date],
    zone: str | None,
    buyer: frozenset[datetime.date],
    seller: frozenset[datetime.date],
) -> None:
    bare = all_of(ORDER, written(events), zone)
    full = all_of(ORDER, written(events), zone, Holidays(Workdays(holidays=buyer), Workdays(holidays=seller)))
    for name, deadline in bare.items():
        back = name.startswith("inspection.") or name == "published.booking"
        if deadline.day is not None and not back:
            assert full[name].day >= deadline.day, name  # type: ignore[operator]


@settings(max_examples=30, deadline=None)
@given(happened, st.sampled_from(ZONES))
def test_an_unknown_anchor_gives_no_date(events: dict[str, datetime.date], zone: str | None) -> None:
    found = all_of(example("stoneware-mugs"), written(events), zone)
    for deadline in found.values():
        known = [anchor for anchor in deadline.anchors if anchor.day is not None]
        assert known or deadline.day is None
        assert {c.anchor for c in deadline.countings} <= {anchor.name for anchor in known}
