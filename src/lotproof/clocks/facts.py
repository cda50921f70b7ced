"""What an order says to the clocks: its answers by key, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lotproof.clocks.model import Choices
from lotproof.orders.model import Order
from lotproof.wording.conditions import Conditions, said

Facts = Mapping[str, Mapping[str, Any]]
"""Answers by group and key; blanks as None."""

BEHIND: Mapping[str, tuple[str, ...]] = {
    "given.deposit": ("payment.deposit_percent",),
    "given.balance": ("payment.deposit_percent",),
    "given.late_damages": ("delivery.late_percent_per_week", "delivery.late_cap_percent"),
    "computed.weeks_before_cap": ("delivery.late_percent_per_week", "delivery.late_cap_percent"),
}
"""The answers that a fact follows from."""


def facts(order: Order, choices: Choices) -> Facts:
    """Return the answers of an order by group, the buyer's choices under ``choice``, and what follows from them."""
    duties = {
        **order.inspection.duties,
        **order.commercial.duties,
        **order.evidence.duties,
        **order.private.duties,
    }
    window = dict(order.evidence.window)
    if window:
        window["confirmed_by"] = order.private.window_confirmed_by
    payment, delivery = order.commercial.payment, order.commercial.delivery
    return {
        **duties,
        "payment": payment,
        "delivery": delivery,
        "inspection": order.inspection.answers,
        "notice": order.evidence.notice,
        "window": window,
        "choice": {"buffer_days": choices.buffer_days, "lead_days": choices.lead_days},
        "given": {**dict.fromkeys(duties, "yes"), **_given(payment, delivery)},
        "computed": {"weeks_before_cap": _weeks_before_cap(delivery)},
    }


def answer(known: Facts, name: str) -> Any:
    """Return an answer by ``group.key``; None where it is blank or not asked. ``given.x`` is ``no`` where there is no group x."""
    group, _, key = name.partition(".")
    value = known.get(group, {}).get(key, "no" if group == "given" else None)
    return None if value == "" else value


def blanks(known: Facts, conditions: Conditions) -> tuple[str, ...]:
    """Return the answers that are blank and that conditions ask for."""
    return tuple(name for name, _ in conditions if answer(known, name) is None)


def fits(known: Facts, conditions: Conditions) -> bool:
    """Say whether every condition holds; one whose answer is blank may still come to hold, and counts as holding."""
    return all((value := answer(known, name)) is None or said(value) in values for name, values in conditions)


def behind(known: Facts, name: str) -> tuple[str, ...]:
    """Return the blank answers that keep a fact from being known."""
    return tuple(key for key in BEHIND.get(name, (name,)) if answer(known, key) is None)


def _given(payment: Mapping[str, Any], delivery: Mapping[str, Any]) -> dict[str, str | None]:
    """Return which payments and damages there are: yes, no, or None while the answers are blank."""
    deposit, retention = payment.get("deposit_percent"), payment.get("retention_percent") or 0
    rate, cap = delivery.get("late_percent_per_week"), delivery.get("late_cap_percent")
    none = rate == 0 or cap == 0
    return {
        "deposit": _said(None if deposit is None else deposit > 0),
        "balance": _said(None if deposit is None else deposit + retention < 100),
        "late_damages": _said(False if none else None if rate is None or cap is None else True),
    }


def _said(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _weeks_before_cap(delivery: Mapping[str, Any]) -> int | None:
    """Return the weeks of delay that come before the one in which damages reach their cap: each week begun counts in full."""
    rate, cap = delivery.get("late_percent_per_week"), delivery.get("late_cap_percent")
    if not isinstance(rate, Decimal | int) or not isinstance(cap, Decimal | int) or rate <= 0 or cap <= 0:
        return None
    (a, b), (c, d) = cap.as_integer_ratio(), rate.as_integer_ratio()
    return -(-a * d // (b * c)) - 1
