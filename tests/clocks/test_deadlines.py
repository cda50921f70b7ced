"""Deadlines against dates that were worked out by hand with a calendar."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from clock_orders import all_of, example, order_with
from lotproof import api
from lotproof.clocks.holidays import Holidays, Workdays
from lotproof.clocks.model import Choices
from lotproof.orders.digests import order_json, seal
from lotproof.orders.stored import read_order

BERLIN, NEW_YORK, AUCKLAND = "Europe/Berlin", "America/New_York", "Pacific/Auckland"
SHANGHAI = "Asia/Shanghai"
EXCLUSIVE, INCLUSIVE = "exclusive", "inclusive"


def day(text: str) -> datetime.date:
    """A day as ISO 8601 writes it."""
    return datetime.date.fromisoformat(text)


def days(*texts: str) -> frozenset[datetime.date]:
    """Several days."""
    return frozenset(map(day, texts))


GOLDEN_WEEK = days(*(f"2026-10-{number:02}" for number in range(1, 8)))
LABOUR_DAY = days(*(f"2027-05-{number:02}" for number in range(1, 6)))

# id of the clock, events, zone, earliest date, the counting and the zone that gave it
WINDOWS = [
    # W1: 30 days; 4 March counted, the 30th day is 2 April
    ("published.w1", ["actual_receipt=2026-03-04"], BERLIN, "2026-04-02", INCLUSIVE, BERLIN),
    # 4 March in New York begins at 13:00 of 4 March in Shanghai
    ("published.w1", ["actual_receipt=2026-03-04"], NEW_YORK, "2026-04-02", INCLUSIVE, NEW_YORK),
    # 4 March in Auckland begins at 19:00 of 3 March in Shanghai: what arrives then is received there on 3 March
    ("published.w1", ["actual_receipt=2026-03-04"], AUCKLAND, "2026-04-01", INCLUSIVE, SHANGHAI),
    # with its time it is 4 March in both
    ("published.w1", ["actual_receipt=2026-03-04T09:00"], AUCKLAND, "2026-04-02", INCLUSIVE, AUCKLAND),
    ("published.w1", ["actual_receipt=2026-03-04T22:00"], NEW_YORK, "2026-04-02", INCLUSIVE, NEW_YORK),
    ("published.w1", ["actual_receipt=2026-03-04T02:00+08:00"], BERLIN, "2026-04-01", INCLUSIVE, BERLIN),
    # both sides of the date line: UTC+14 and UTC-10
    ("published.w1", ["actual_receipt=2026-03-04"], "Pacific/Kiritimati", "2026-04-01", INCLUSIVE, SHANGHAI),
    ("published.w1", ["actual_receipt=2026-03-04"], "Pacific/Honolulu", "2026-04-02", INCLUSIVE, "Pacific/Honolulu"),
    ("published.w2", ["confirmed_receipt=2026-03-31"], BERLIN, "2026-04-29", INCLUSIVE, BERLIN),
    ("published.w3", ["confirmed_receipt=2028-02-01"], BERLIN, "2028-03-01", INCLUSIVE, BERLIN),
    (
        "published.w4",
        ["actual_receipt=2026-03-01", "confirmed_receipt=2026-03-05"],
        BERLIN,
        "2026-03-30",
        INCLUSIVE,
        BERLIN,
    ),
    ("published.w4", ["confirmed_receipt=2026-03-05"], BERLIN, "2026-04-03", INCLUSIVE, BERLIN),
    ("published.w5", ["actual_receipt=2026-12-15"], BERLIN, "2027-01-13", INCLUSIVE, BERLIN),
    ("published.w6", ["customs_clearance=2026-03-01", "shipment=2026-01-10"], BERLIN, "2026-03-15", INCLUSIVE, BERLIN),
    # 4 March in Shanghai begins on 3 March in Berlin and in Honolulu; 29 + 30 + 30 days later it is 31 May
    ("published.w6", ["shipment=2026-03-04"], BERLIN, "2026-05-31", INCLUSIVE, BERLIN),
    ("published.w6", ["shipment=2026-03-04"], "Pacific/Honolulu", "2026-05-31", INCLUSIVE, "Pacific/Honolulu"),
    ("published.w6", ["shipment=2026-03-04T15:00"], BERLIN, "2026-06-01", INCLUSIVE, BERLIN),
    ("published.w7", ["shipment=2026-03-04"], BERLIN, "2026-03-02", EXCLUSIVE, BERLIN),
    ("published.w7", ["shipment=2026-03-04"], AUCKLAND, "2026-03-03", EXCLUSIVE, AUCKLAND),
    (
        "published.w8",
        ["agreed_payment=2026-01-31", "specified_delivery=2026-03-31"],
        BERLIN,
        "2026-06-28",
        INCLUSIVE,
        BERLIN,
    ),
    (
        "published.w8",
        ["agreed_payment=2026-03-31", "specified_delivery=2026-01-31"],
        BERLIN,
        "2026-06-28",
        INCLUSIVE,
        BERLIN,
    ),
    ("published.w9", ["specified_delivery=2026-03-31"], BERLIN, "2026-04-29", INCLUSIVE, BERLIN),
]

DISPUTE = [
    ("complaint.dossier", ["complaint=2026-03-04"], BERLIN, "2026-03-04", EXCLUSIVE, BERLIN),
    ("complaint.negotiation", ["complaint=2026-03-04"], BERLIN, "2026-03-06", INCLUSIVE, BERLIN),
    ("complaint.escalate", ["complaint=2026-03-04"], BERLIN, "2026-03-07", INCLUSIVE, BERLIN),
    ("complaint.automatic_b", ["complaint=2026-03-04"], BERLIN, "2026-03-10", INCLUSIVE, BERLIN),
    ("complaint.automatic_a", ["complaint=2026-03-04"], BERLIN, "2026-03-11", INCLUSIVE, BERLIN),
    ("complaint.automatic_a", ["complaint=2026-03-04"], AUCKLAND, "2026-03-10", INCLUSIVE, SHANGHAI),
    # Wednesday counted, then Thursday; Friday counted, then Monday
    ("complaint.officer", ["escalation=2026-03-11"], BERLIN, "2026-03-12", INCLUSIVE, BERLIN),
    ("complaint.review", ["upload=2026-03-13"], BERLIN, "2026-03-16", INCLUSIVE, BERLIN),
    ("complaint.upload", ["upload_due=2026-03-18"], BERLIN, "2026-03-18", EXCLUSIVE, BERLIN),
    ("complaint.upload", ["upload_due=2026-03-18T06:00+08:00"], BERLIN, "2026-03-17", EXCLUSIVE, BERLIN),
]

CONTRACT = [
    ("arrival.incident", ["arrival=2026-03-04"], BERLIN, "2026-03-10", INCLUSIVE, BERLIN),
    # summer time begins and ends; in Beirut 29 March 2026 has no midnight
    ("arrival.incident", ["arrival=2026-03-29"], BERLIN, "2026-04-04", INCLUSIVE, BERLIN),
    ("arrival.incident", ["arrival=2026-10-25"], BERLIN, "2026-10-31", INCLUSIVE, BERLIN),
    ("arrival.incident", ["arrival=2026-03-29"], "Asia/Beirut", "2026-04-04", INCLUSIVE, "Asia/Beirut"),
    ("notice.visible", ["opening=2026-12-15"], BERLIN, "2027-01-13", INCLUSIVE, BERLIN),
    ("law.prc_long_stop", ["actual_receipt=2026-02-28"], BERLIN, "2028-02-27", INCLUSIVE, BERLIN),
    ("payment.deposit", ["signing=2027-02-08"], SHANGHAI, "2027-02-14", INCLUSIVE, SHANGHAI),
    ("inspection.plan", ["inspection_failed=2027-05-03"], SHANGHAI, "2027-05-05", INCLUSIVE, SHANGHAI),
    ("inspection.rework", ["inspection_failed=2027-05-03"], SHANGHAI, "2027-05-12", INCLUSIVE, SHANGHAI),
    ("notice.answer", ["defect_notice=2027-06-30"], BERLIN, "2027-07-06", INCLUSIVE, BERLIN),
    ("notice.replacement", ["defect_notice=2027-06-30"], BERLIN, "2027-07-29", INCLUSIVE, BERLIN),
    # Friday counted: Friday, Monday to Thursday; a Saturday cannot be counted: Monday to Friday
    ("payment.balance", ["release=2027-05-07"], BERLIN, "2027-05-13", INCLUSIVE, BERLIN),
    ("payment.balance", ["release=2027-05-08"], BERLIN, "2027-05-14", EXCLUSIVE, BERLIN),
    ("inspection.release", ["report=2027-05-07"], BERLIN, "2027-05-11", INCLUSIVE, BERLIN),
    ("delivery.ship", [], NEW_YORK, "2027-05-14", EXCLUSIVE, NEW_YORK),
    ("delivery.ship", [], AUCKLAND, "2027-05-14", EXCLUSIVE, AUCKLAND),
    ("delivery.late_start", [], NEW_YORK, "2027-05-15", EXCLUSIVE, NEW_YORK),
    # 5 % at 0.5 % a week: the tenth week begins nine weeks later
    ("delivery.late_cap", [], BERLIN, "2027-07-17", EXCLUSIVE, BERLIN),
]


@pytest.mark.parametrize(("clock", "events", "zone", "wanted", "counting", "driver"), [*WINDOWS, *DISPUTE, *CONTRACT])
def test_the_earliest_date_and_what_drove_it(
    clock: str, events: list[str], zone: str, wanted: str, counting: str, driver: str
) -> None:
    found = all_of(example("stoneware-mugs"), events, zone)[clock]
    assert found.driven_by is not None
    assert (str(found.day), found.driven_by.counting, found.driven_by.zone) == (wanted, counting, driver)


# notices and warranties of months: the answer, the event, the day with the first day not counted and counted
MONTHS: list[tuple[str, dict[str, Any], str, str, str]] = [
    ("notice.latent", {"notice.latent_months": 1}, "opening=2027-01-31", "2027-02-28", "2027-02-27"),
    ("notice.latent", {"notice.latent_months": 1}, "opening=2028-01-30", "2028-02-29", "2028-02-28"),
    ("notice.latent", {"notice.latent_months": 12}, "opening=2028-02-29", "2029-02-28", "2029-02-27"),
    ("notice.latent", {"notice.latent_months": 12}, "opening=2027-02-28", "2028-02-28", "2028-02-27"),
    ("notice.latent", {"notice.latent_months": 6}, "opening=2027-08-31", "2028-02-29", "2028-02-28"),
    ("notice.latent", {"notice.latent_months": 12}, "opening=2027-12-31", "2028-12-31", "2028-12-30"),
    ("warranty.end", {"warranty.months": 12, "warranty.start": "opening"}, "opening=2028-02-29", "2029-02-28", "2029-02-27"),
    ("warranty.end", {"warranty.months": 48, "warranty.start": "site_test"}, "site_test=2028-02-29", "2032-02-29", "2032-02-28"),
    ("epidemic.end", {"epidemic.months": 24}, "opening=2027-03-01", "2029-03-01", "2029-02-28"),
]  # fmt: skip


@pytest.mark.parametrize(("clock", "answers", "event", "exclusive", "inclusive"), MONTHS)
def test_months_end_on_the_same_day_or_on_the_last_of_the_month(
    clock: str, answers: dict[str, Any], event: str, exclusive: str, inclusive: str
) -> None:
    found = all_of(order_with(answers), [event])[clock]
    assert {(c.counting, str(c.day)) for c in found.countings} == {(EXCLUSIVE, exclusive), (INCLUSIVE, inclusive)}
    assert str(found.day) == inclusive


def test_a_warranty_from_shipment_counts_from_the_day_in_either_zone() -> None:
    order = order_with({"warranty.months": 12, "warranty.start": "shipment"})
    found = all_of(order, ["shipment=2028-03-01"])["warranty.end"]
    assert str(found.day) == "2029-02-27", "1 March in Shanghai begins on 29 February in Berlin"


# --- working days and holidays -----------------------------------------------------------------------------------------------

SELLER_OFF = Holidays(seller=Workdays(holidays=GOLDEN_WEEK))


@pytest.mark.parametrize(
    ("clock", "events", "holidays", "wanted", "driver"),
    [
        # a platform's working days: Wednesday and Thursday in Berlin, Wednesday and 8 October in China
        ("complaint.officer", ["escalation=2026-09-30"], SELLER_OFF, "2026-10-01", BERLIN),
        # Saturday 10 October is a make-up day in China
        (
            "complaint.officer",
            ["escalation=2026-10-09"],
            Holidays(seller=Workdays(holidays=GOLDEN_WEEK, worked=days("2026-10-10"))),
            "2026-10-10",
            SHANGHAI,
        ),
        # Friday and Saturday are the buyer's weekend: Thursday and Sunday there, Thursday and Friday in China
        (
            "complaint.officer",
            ["escalation=2026-03-12"],
            Holidays(buyer=Workdays(weekend=frozenset({4, 5}))),
            "2026-03-13",
            SHANGHAI,
        ),
        # a contract's working days: banks open in both places
        ("payment.balance", ["release=2026-09-30"], SELLER_OFF, "2026-10-13", BERLIN),
        (
            "payment.balance",
            ["release=2027-05-07"],
            Holidays(buyer=Workdays(holidays=days("2027-05-10")), seller=Workdays(holidays=days("2027-05-11"))),
            "2027-05-17",
            BERLIN,
        ),
        # days of the calendar take no notice of holidays
        ("arrival.incident", ["arrival=2026-09-30"], SELLER_OFF, "2026-10-06", BERLIN),
    ],
)
def test_holidays_count_by_the_place_that_the_rule_names(
    clock: str, events: list[str], holidays: Holidays, wanted: str, driver: str
) -> None:
    found = all_of(example("stoneware-mugs"), events, holidays=holidays)[clock]
    assert found.driven_by is not None
    assert (str(found.day), found.driven_by.zone) == (wanted, driver)


@pytest.mark.parametrize(
    ("events", "holidays", "wanted"),
    [
        # from Friday 14 May back: 3 working days to answer, 3 for inspection and report, 7 for the inspector
        ([], Holidays(), "2027-04-27"),
        ([], Holidays(seller=Workdays(holidays=LABOUR_DAY)), "2027-04-22"),
        # from a day of one's own, which in Berlin begins on 4 May
        (["inspection=2027-05-05"], Holidays(), "2027-04-23"),
        (["inspection=2027-05-05T10:00"], Holidays(), "2027-04-26"),
    ],
)
def test_the_inspection_is_booked_before_its_lead_time(events: list[str], holidays: Holidays, wanted: str) -> None:
    found = all_of(example("stoneware-mugs"), events, holidays=holidays, choices=Choices(lead_days=7))
    assert str(found["inspection.booking"].day) == wanted


def test_the_last_days_of_inspection_leave_time_for_report_answer_and_rework() -> None:
    found = all_of(example("stoneware-mugs"))
    assert str(found["inspection.day"].day) == "2027-05-07"
    assert str(found["inspection.rework_room"].day) == "2027-04-26"


def test_years_without_holidays_are_named() -> None:
    found = all_of(example("stoneware-mugs"), ["escalation=2026-12-31"], holidays=SELLER_OFF)["complaint.officer"]
    assert [r["en"] for r in found.remarks] == [
        "counted from a day that lies ahead: escalation to the platform",
        "no holidays of the buyer's place for 2026, 2027: only weekends are left out",
        "no holidays of the seller's place for 2027: only weekends are left out",
    ]
    booking = all_of(example("stoneware-mugs"), choices=Choices(lead_days=7))["inspection.booking"]
    assert booking.remarks[0]["en"].endswith("so the real day may be earlier")
    assert "and the seller's place for 2027" in booking.remarks[0]["en"]


# --- delay -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "cap", "wanted"), [("0.5", "5", "2027-07-17"), ("0.75", "5", "2027-06-26"), ("1", "1", "2027-05-15"), ("2", "1", "2027-05-15")]
)  # fmt: skip
def test_the_cap_is_reached_when_the_week_begins_that_reaches_it(rate: str, cap: str, wanted: str) -> None:
    from decimal import Decimal

    answers = {"delivery.late_percent_per_week": Decimal(rate), "delivery.late_cap_percent": Decimal(cap)}
    assert str(all_of(order_with(answers))["delivery.late_cap"].day) == wanted


def test_without_damages_no_clock_of_delay_runs() -> None:
    found = all_of(order_with({"delivery.late_percent_per_week": 0}))
    assert not {"delivery.late_start", "delivery.late_cap"} & found.keys()


def test_a_rate_that_reaches_its_cap_in_no_lifetime_gives_no_date() -> None:
    from decimal import Decimal

    answers = {"delivery.late_percent_per_week": Decimal("1E-30"), "delivery.late_cap_percent": Decimal(5)}
    found = all_of(order_with(answers))["delivery.late_cap"]
    assert (found.day, found.status) == (None, "not known")
    assert "beyond the calendar" in found.remarks[0]["en"]


# --- the window --------------------------------------------------------------------------------------------------------------

ANCHORS = ("actual_receipt", "confirmed_receipt", "customs_clearance", "shipment", "specified_delivery")


@pytest.mark.parametrize("anchor", ANCHORS)
def test_the_window_starts_where_the_buyer_read_it(anchor: str) -> None:
    order = order_with({"window.anchor": anchor, "window.days": 15, "window.day_type": "calendar"})
    others = [f"{other}=2027-06-01T12:00" for other in ANCHORS if other != anchor]
    assert all_of(order, others)["platform.window"].needs[0][0].name == anchor
    found = all_of(order, [*others, f"{anchor}=2027-06-01T12:00"])["platform.window"]
    assert (str(found.day), found.driven_by and found.driven_by.anchor) == ("2027-06-15", anchor)
    assert found.unconfirmed == ()


def test_business_days_of_a_window_are_counted_as_such() -> None:
    order = order_with({"window.days": 10, "window.day_type": "business", "window.anchor": "confirmed_receipt"})
    assert str(all_of(order, ["confirmed_receipt=2027-06-04"])["platform.window"].day) == "2027-06-17"


def test_the_cautious_date_takes_the_earliest_anchor_and_the_buffer() -> None:
    order = order_with({"window.days": 30, "window.day_type": "calendar", "window.anchor": "confirmed_receipt"})
    events = ["customs_clearance=2027-06-10", "arrival=2027-06-12", "actual_receipt=2027-06-20"]
    found = all_of(order, events, choices=Choices(buffer_days=5))["platform.cautious"]
    assert (str(found.day), found.driven_by and found.driven_by.anchor) == ("2027-07-04", "customs_clearance")
    assert [r["en"] for r in found.remarks[:2]] == [
        "5 days of buffer are taken off",
        "may start earlier, not entered: confirmed_receipt",
    ]
    without = all_of(order, events)["platform.cautious"]
    assert str(without.day) == "2027-07-09"
    assert "no buffer was chosen" in without.remarks[0]["en"]


@pytest.mark.parametrize("anchor", ["shipment", "specified_delivery"])
def test_an_anchor_that_the_buyer_read_is_plausible_too(anchor: str) -> None:
    events = ["arrival=2027-06-12", f"{anchor}=2027-05-20T12:00"]
    read = all_of(order_with({"window.anchor": anchor}), events)["platform.cautious"]
    other = all_of(order_with({"window.anchor": "actual_receipt"}), events)["platform.cautious"]
    assert (read.driven_by and read.driven_by.anchor, other.driven_by and other.driven_by.anchor) == (anchor, "arrival")


@pytest.mark.parametrize("key", ["days", "day_type", "anchor", "source", "confirmed_on", "confirmed_by"])
def test_a_window_with_a_blank_is_not_confirmed(key: str) -> None:
    found = all_of(order_with({f"window.{key}": None}), ["confirmed_receipt=2027-06-04", "actual_receipt=2027-06-04"])
    assert found["platform.window"].unconfirmed == (f"window.{key}",)
    assert (found["platform.window"].day is None) == (key in ("days", "day_type", "anchor"))
    assert ("platform.cautious_published" in found) == (key in ("days", "day_type"))


def test_a_blank_window_is_counted_by_the_published_days_and_says_so() -> None:
    order = order_with({"window.days": None})
    found = all_of(order, ["arrival=2027-06-12"], choices=Choices(buffer_days=5))
    assert [need.name for (need,) in found["platform.cautious"].needs] == ["window.days"]
    assert str(found["platform.cautious_published"].day) == "2027-07-06"
    assert found["platform.cautious_published"].unconfirmed == ("window.days",)


# --- what is not known -------------------------------------------------------------------------------------------------------


def test_without_events_only_dates_of_the_order_are_known() -> None:
    found = all_of(example("stoneware-mugs"))
    known = {name for name, d in found.items() if d.day is not None}
    assert known == {
        "delivery.ship",
        "delivery.late_start",
        "delivery.late_cap",
        "inspection.day",
        "inspection.rework_room",
        "published.booking",
    }
    for name in found.keys() - known:
        assert found[name].needs, name
        assert found[name].status == "not known"
        assert found[name].driven_by is None
        assert found[name].countings == ()


@pytest.mark.parametrize(
    ("clock", "answers", "events", "needs"),
    [
        ("notice.visible", {}, ["arrival=2027-06-12"], [["event opening"]]),
        ("notice.visible", {"notice.visible_days": None}, ["opening=2027-06-12"], [["answer notice.visible_days"]]),
        ("notice.visible", {"notice.visible_days": None}, [], [["event opening"], ["answer notice.visible_days"]]),
        ("delivery.ship", {"delivery.ship_date": None}, [], [["answer delivery.ship_date"]]),
        ("delivery.ship", {"delivery.ship_date": datetime.date(9999, 12, 31)}, [], [["answer delivery.ship_date"]]),
        ("delivery.late_cap", {"delivery.late_cap_percent": None}, [], [["answer delivery.late_cap_percent"]]),
        ("payment.deposit", {"payment.deposit_percent": None}, [], [["answer payment.deposit_percent"]]),
        ("platform.window", {"payment.route": None}, [], [["answer payment.route"]]),
        ("warranty.end", {"warranty.months": 12, "warranty.start": None}, ["opening=2027-06-12"], [["answer warranty.start"]]),
        ("inspection.booking", {}, [], [["choice choice.lead_days"]]),
        ("inspection.booking", {"delivery.ship_date": None}, [], [["event inspection", "answer delivery.ship_date"], ["choice choice.lead_days"]]),
        ("platform.cautious", {}, [], [["event actual_receipt", "event confirmed_receipt", "event customs_clearance", "event arrival"]]),
        ("published.w8", {}, ["agreed_payment=2026-01-31"], [["event specified_delivery"]]),
        ("published.w8", {}, [], [["event agreed_payment"], ["event specified_delivery"]]),
    ],
)  # fmt: skip
def test_what_is_not_known_says_what_has_to_be_entered(
    clock: str, answers: dict[str, Any], events: list[str], needs: list[list[str]]
) -> None:
    found = all_of(order_with(answers), events)[clock]
    assert found.day is None
    assert [[f"{n.kind} {n.name}" for n in group] for group in found.needs] == needs


def test_clocks_of_other_routes_and_groups_do_not_run() -> None:
    mugs, machine = all_of(example("stoneware-mugs")), all_of(order_with({"acceptance_tests.site_days": 30}))
    assert not [
        name for name in all_of(order_with({"payment.route": "escrow"})) if name.startswith(("platform.", "complaint."))
    ]
    assert "payment.credit" not in mugs
    assert "payment.credit" in all_of(order_with({"payment.route": "letter_of_credit", "payment.credit_days": 14}))
    assert ("site_test.day" in mugs, "site_test.day" in machine) == (False, True)
    assert "warranty.end" not in all_of(order_with({"warranty": None}))
    assert ("law.prc_long_stop" in mugs, "law.prc_long_stop" in all_of(order_with({"law.governing": "england"}))) == (
        True,
        False,
    )
    assert ("law.cisg_long_stop" in mugs) == (example("stoneware-mugs").commercial.duties["law"]["cisg"] == "applies")


# --- past, done, and what the day means --------------------------------------------------------------------------------------


def test_past_today_and_ahead_are_told_apart_and_sorted() -> None:
    order, events = example("stoneware-mugs"), ["complaint=2026-03-04"]
    found = all_of(order, events, today=day("2026-03-10"))
    assert [(d.id, d.status) for d in found.values() if d.id.startswith("complaint.") and d.day] == [
        ("complaint.dossier", "past"),
        ("complaint.negotiation", "past"),
        ("complaint.escalate", "past"),
        ("complaint.automatic_b", "today"),
        ("complaint.automatic_a", "ahead"),
    ]
    dates = [d.day for d in found.values()]
    known = [d for d in dates if d is not None]
    assert dates == sorted(known) + [None] * (len(dates) - len(known))


@pytest.mark.parametrize(("shipped", "late"), [("2027-05-10", 0), ("2027-05-14", 0), ("2027-05-16", 2)])
def test_what_is_done_no_longer_runs_and_says_whether_it_was_late(shipped: str, late: int) -> None:
    found = all_of(example("stoneware-mugs"), [f"shipment={shipped}"], today=day("2027-06-01"))
    assert (found["delivery.ship"].status, found["delivery.ship"].late_days) == ("done", late)
    assert (found["inspection.day"].status, found["inspection.day"].late_days) == ("done", None)
    planned = all_of(example("stoneware-mugs"), [f"shipment={shipped}"], today=day("2027-05-01"))
    assert planned["delivery.ship"].status == "ahead", "what is planned is not done"


@pytest.mark.parametrize(
    ("zone", "ends"),
    [
        (BERLIN, "2026-03-10T17:00:00+01:00"),
        (NEW_YORK, "2026-03-10T12:00:00-04:00"),
        (AUCKLAND, "2026-03-10T00:00:00+13:00"),
        (None, "2026-03-11T00:00:00+08:00"),
    ],
)
def test_a_day_ends_in_the_zone_where_it_ends_first(zone: str | None, ends: str) -> None:
    found = all_of(example("stoneware-mugs"), ["arrival=2026-03-04"], zone)["arrival.incident"]
    assert found.ends is not None
    assert found.ends.isoformat() == ends


def test_a_due_time_ends_the_day_before_the_day_does() -> None:
    found = all_of(example("stoneware-mugs"), ["upload_due=2026-03-18T14:30"])["complaint.upload"]
    assert found.ends is not None
    assert (str(found.day), found.ends.isoformat(), found.remarks) == ("2026-03-18", "2026-03-18T14:30:00+01:00", ())
    without = all_of(example("stoneware-mugs"), ["upload_due=2026-03-18"], today=day("2026-03-18"))["complaint.upload"]
    assert "may be early in the day" in without.remarks[0]["en"]


def test_without_a_zone_everything_is_counted_in_shanghai() -> None:
    found = all_of(example("stoneware-mugs"), ["arrival=2026-03-04", "shipment=2026-02-04"], None)
    assert {c.zone for d in found.values() for c in d.countings} == {SHANGHAI}
    assert str(found["published.w6"].day) == "2026-05-04"


def test_an_order_read_back_has_the_same_clocks() -> None:
    for name in ("stoneware-mugs", "vffs-packing-machine"):
        order = example(name)
        again = read_order(order_json(order, seal(order)))
        assert api.digest(again) == api.digest(order)
        events = ["arrival=2027-06-12", "opening=2027-06-13", "confirmed_receipt=2027-06-14"]
        assert all_of(again, events) == all_of(order, events)
