"""What an order leaves unsaid, and what is applied in its place: looked up in the dated rules, never made here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from lotproof.gate import texts
from lotproof.gate.looking import Looking
from lotproof.gate.model import Silence
from lotproof.orders.model import PACKAGING, Order, exhibit_of

_PLANS = ("standard", "level", "aql_critical", "aql_major", "aql_minor")


def regimes(law: Mapping[str, Any]) -> tuple[str, ...]:
    """
    Return the bodies of rules that fill an order's silence under its answers about law, the first before the next.

    Empty where nothing is known: the law is blank or has no rules here, or it is open whether the convention applies.
    """
    governing, convention = law.get("governing"), law.get("cisg")
    if governing is None or convention is None:
        return ()
    national = ("prc",) if governing == "prc" else ()
    return ("cisg", *national) if convention == "applies" else national


def silence(looking: Looking) -> tuple[Silence, ...]:
    """Return every topic about which the order is silent, in the order of the rules file."""
    legal = regimes(looking.law)
    unanswered = any(looking.law.get(key) is None for key in ("governing", "cisg"))
    found = []
    for topic in looking.rules.topics:
        wheres = _SILENT[topic.id](looking.order)
        if wheres is None:
            continue
        rules = [r for r in looking.rules.silence if r.topic == topic.id]
        platform = [r for r in rules if r.regime == "platform" and looking.platform]
        of_law = next((mine for name in legal if (mine := [r for r in rules if r.regime == name])), [])
        law = "rule" if of_law else "blank" if unanswered else "none"
        found.append(Silence(topic=topic, wheres=tuple(wheres), rules=(*platform, *of_law), law=law))
    return tuple(found)


def _always(_order: Order) -> Iterable[str] | None:
    return ()


def _limit(order: Order) -> Iterable[str] | None:
    return [texts.place(t) for t in order.spec.terms if t.requirement is None] or None


def _sample(order: Order) -> Iterable[str] | None:
    blank = [texts.place(t) for t in order.spec.terms if not t.samples]
    if order.inspection.basis == "lot":
        blank += [f"inspection.{key}" for key in _PLANS if order.inspection.answers.get(key) is None]
    return blank or None


def _quantity(order: Order) -> Iterable[str] | None:
    stated = any(t.stage == "quantity" and t.requirement is not None for t in order.spec.terms)
    blank = [f"goods.{line.item}.quantity" for line in order.goods.lines if line.quantity is None]
    return None if stated and not blank else blank


def _packaging(order: Order) -> Iterable[str] | None:
    terms = [t for t in order.spec.terms if exhibit_of(t) == PACKAGING]
    return None if any(t.requirement is not None for t in terms) else [texts.place(t) for t in terms]


def _warranty(order: Order) -> Iterable[str] | None:
    return None if (order.evidence.duties.get("warranty") or {}).get("months") else ()


def _remedies(order: Order) -> Iterable[str] | None:
    answers = order.commercial.duties.get("remedies", {})
    blank = [f"remedies.{key}" for key, value in answers.items() if value is None]
    return blank if blank or not answers else None


def _late(order: Order) -> Iterable[str] | None:
    delivery = order.commercial.delivery
    keys = [key for key in ("late_percent_per_week", "late_cap_percent") if not delivery.get(key)]
    return [f"delivery.{key}" for key in keys] or None


def _liability(order: Order) -> Iterable[str] | None:
    return None if (order.commercial.duties.get("liability") or {}).get("cap_percent") else ()


def _blank(
    group: Callable[[Order], Mapping[str, Any]], name: str, *keys: str
) -> Callable[[Order], Iterable[str] | None]:
    def silent(order: Order) -> Iterable[str] | None:
        return [f"{name}.{key}" for key in keys if not group(order).get(key)] or None

    return silent


_SILENT: Mapping[str, Callable[[Order], Iterable[str] | None]] = MappingProxyType(
    {
        "unstated": _always,
        "limit": _limit,
        "sample": _sample,
        "quantity": _quantity,
        "packaging": _packaging,
        "inspector": _blank(lambda o: o.inspection.answers, "inspection", "inspector"),
        "visible": _blank(lambda o: o.evidence.notice, "notice", "visible_days"),
        "latent": _blank(lambda o: o.evidence.notice, "notice", "latent_months"),
        "warranty": _warranty,
        "remedies": _remedies,
        "late": _late,
        "delivery": _blank(lambda o: o.commercial.delivery, "delivery", "ship_date", "place"),
        "liability": _liability,
    }
)
"""For each topic what is blank; an empty list where the order has no such thing, None where it has said it."""
