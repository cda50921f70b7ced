"""Parties, law, payment and time: whether a claim finds somebody, something, money that waits, and days that are enough."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from lotproof.gate.looking import Looking, gap, say
from lotproof.gate.model import Check, Gap, Standing

_WEEK, _WORKED = 7, 5
ALL = Decimal(100)


def parties(looking: Looking) -> Check:
    """Give what the build has found about names, registration, beneficiary and trading companies (LP165 to LP169)."""
    seller, payment = looking.order.parties.seller, looking.order.commercial.payment
    names = [n for n in (seller.get("name_zh"), seller.get("name_en")) if isinstance(n, str)]
    evidence = []
    if names and isinstance(seller.get("registration"), str):
        evidence.append(say("seller_is", name=names[0], registration=str(seller["registration"])))
    if payment.get("beneficiary"):
        evidence.append(say("paid_to", beneficiary=str(payment["beneficiary"])))
    return Check(id="parties", evidence=tuple(evidence), gaps=looking.owned("parties", ()))


def law(looking: Looking) -> Check:
    """LP620: a court whose judgement does not reach what the seller owns; LP621: one of which that is not known."""
    answers = looking.law
    gaps = list(_court(looking, answers))
    evidence = []
    if answers.get("disputes") == "arbitration" and answers.get("institution"):
        evidence.append(
            say("arbitration", institution=_worded(answers["institution"]), seat=_worded(answers.get("seat")))
        )
    elif answers.get("disputes") == "court" and answers.get("court"):
        evidence.append(say("court", court=_worded(answers["court"])))
    return Check(id="law", evidence=tuple(evidence), gaps=(*gaps, *looking.owned("law", gaps)))


def _court(looking: Looking, answers: Mapping[str, Any]) -> Iterator[Gap]:
    court, seat = answers.get("court"), looking.order.parties.seller.get("seat")
    if answers.get("disputes") != "court" or not court:
        return
    texts = court.values() if isinstance(court, Mapping) else (str(court),)
    places = {c.place for c in looking.rules.courts if any(c.words.within(text) for text in texts)}
    shown = _worded(court)
    if seat == "mainland":
        if places & {"mainland"}:
            return
        if "hong_kong" in places:
            yield gap("LP621", "law.court", "court_hong_kong", Standing.HOLDS, court=shown)
        else:
            yield gap("LP620", "law.court", "court_away", court=shown)
    elif seat not in places:
        yield gap("LP621", "law.court", "court_unknown", Standing.HOLDS, court=shown)


def payment(looking: Looking) -> Check:
    """LP622: everything is paid before the inspection; LP623: so much of it that little waits for the inspection."""
    pay = looking.order.commercial.payment
    gaps = []
    deposit = pay.get("deposit_percent")
    evidence = []
    if isinstance(deposit, Decimal | int):
        share, rest = f"{Decimal(deposit):f}", f"{ALL - Decimal(deposit):f}"
        if deposit >= ALL:
            gaps.append(gap("LP622", "payment.deposit_percent", "all_before", share=share))
        else:
            evidence.append(say("balance_waits", share=share, rest=rest))
            if deposit > looking.rules.usual.deposit_percent:
                gaps.append(gap("LP623", "payment.deposit_percent", "most_before", Standing.HOLDS, share=share))
    return Check(id="payment", evidence=tuple(evidence), gaps=(*gaps, *looking.owned("payment", gaps)))


def time(looking: Looking) -> Check:
    """LP624: the days until shipment cannot hold; LP625: they leave no room for one rework; LP626: a sample falls due after shipment."""
    order = looking.order
    ship = order.commercial.delivery.get("ship_date")
    gaps: list[Gap] = []
    evidence = []
    if isinstance(ship, datetime.date):
        room = _room(looking, ship)
        if ship <= looking.today:
            gaps.append(gap("LP624", "delivery.ship_date", "ship_past", ship=ship.isoformat()))
        elif room is not None:
            evidence.append(say("room", days=str(max(room, 0)), ship=ship.isoformat()))
            gaps += _tight(looking, ship, room)
        for group, key in (("sealed_sample", "sealed_by"), ("first_article", "present_by")):
            due = order.inspection.duties.get(group, {}).get(key)
            if isinstance(due, datetime.date) and due >= ship:
                values = {"due": due.isoformat(), "ship": ship.isoformat()}
                gaps.append(gap("LP626", f"{group}.{key}", "sample_late", **values))
    return Check(id="time", evidence=tuple(evidence), gaps=(*gaps, *looking.owned("time", gaps)))


def _room(looking: Looking, ship: datetime.date) -> int | None:
    """
    Return the calendar days from the advance payment to the last day of a first inspection; None where an answer is blank.

    The contract is signed today, or on its date where that lies ahead; the inspection takes a day, and the buyer answers the report
    in working days, which are counted as weeks of five.
    """
    order = looking.order
    pay = order.commercial.payment
    days, answer = pay.get("deposit_days"), pay.get("release_days")
    if not isinstance(days, int) or not isinstance(answer, int):
        return None
    start = max(looking.today, order.header.date or looking.today)
    paid = start + datetime.timedelta(days=days if pay.get("deposit_percent") else 0)
    last = ship - datetime.timedelta(days=_calendar(answer) + 1)
    return (last - paid).days


def _tight(looking: Looking, ship: datetime.date, room: int) -> Iterator[Gap]:
    order, needed = looking.order, looking.inputs.production_days
    notice = order.inspection.answers.get("notice_days")
    rework = order.commercial.duties.get("remedies", {}).get("rework_days")
    answer = order.commercial.payment.get("release_days")
    shown = {"ship": ship.isoformat(), "days": str(max(room, 0))}
    if room <= 0 or (needed is not None and needed > room):
        key = "no_time" if needed is None else "no_time_needed"
        yield gap("LP624", "delivery.ship_date", key, needed=str(needed or 0), **shown)
        return
    if isinstance(notice, int) and notice > room:
        yield gap("LP624", "inspection.notice_days", "no_notice", notice=str(notice), **shown)
        return
    if isinstance(rework, int) and isinstance(answer, int):
        left = room - rework - _calendar(answer) - 1
        if left < (needed or 1):
            yield gap("LP625", "remedies.rework_days", "no_rework", Standing.HOLDS, rework=str(rework), **shown)


def _calendar(working: int) -> int:
    """Return working days as calendar days, the weekends with them."""
    return -(-working * _WEEK // _WORKED)


def _worded(value: Any) -> Mapping[str, str] | str:
    if isinstance(value, Mapping):
        return {str(k): str(v) for k, v in value.items()}
    return "[____]" if value is None else str(value)
