"""Answers to a clause become its requirement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from lotproof.catalog.model import Clause
from lotproof.quantity import Quantity
from lotproof.requirements import (
    AtLeast,
    AtMost,
    Conforms,
    Count,
    Documented,
    Entry,
    Matches,
    OneOf,
    Part,
    PerKey,
    Requirement,
    Shares,
    Single,
    Statistic,
    Within,
)

Goods = Sequence[tuple[str, int | None, str | None]]
"""Item code, ordered quantity and unit of each item that a term covers."""


def requirement(clause: Clause, answers: Mapping[str, Any], goods: Goods = ()) -> Requirement | None:
    """
    Return the requirement of ``clause``, or None while an answer that it needs is blank.

    A tolerance in % is taken of the nominal value, exactly. A quantity range in % of the order is rounded inwards to
    whole units: the least up, the most down.
    """
    if clause.kind == "per_key":
        if clause.each.get("from") == "goods":
            return _quantities(answers, goods)
        rows = answers.get("entries")
        if not rows:
            return None
        entries = [
            (row, _single(clause.each["kind"], clause.each.get("unit", ""), row, {}, Statistic.EACH)) for row in rows
        ]
        if any(made is None for _, made in entries):
            return None
        return PerKey(
            entries=tuple(Entry(key=row["key"], label=row["label"], requirement=made) for row, made in entries if made)
        )
    return _single(clause.kind, clause.unit, answers, clause.fixed, Statistic(clause.statistic))


def _single(
    kind: str, unit: str, answers: Mapping[str, Any], fixed: Mapping[str, Any], statistic: Statistic
) -> Single | None:
    def got(key: str) -> Any:
        value = answers.get(key)
        return fixed.get(key) if value is None else value

    match kind:
        case "at_most":
            return None if got("limit") is None else AtMost(limit=got("limit"), statistic=statistic)
        case "at_least":
            return None if got("limit") is None else AtLeast(limit=got("limit"), statistic=statistic)
        case "within":
            return _within(got, statistic)
        case "one_of":
            return OneOf(options=got("options")) if got("options") else None
        case "count":
            if got("least") is None and got("most") is None:
                return None
            return Count(least=got("least"), most=got("most"), unit=unit or "pc")
        case "matches":
            return Matches(pattern=got("pattern")) if got("pattern") else None
        case "conforms":
            return Conforms(to=got("to")) if got("to") else None
        case "documented":
            return Documented(document=got("document")) if got("document") else None
        case "shares":
            parts = got("parts")
            if not parts or any(p["share"] is None or p["tolerance"] is None for p in parts):
                return None
            return Shares(
                parts=tuple(
                    Part(name=p["key"], label=p["label"], share=p["share"].value, tolerance=p["tolerance"].value)
                    for p in parts
                )
            )
        case _:
            raise AssertionError(f"a kind that the schema does not know: {kind}")


def _within(got: Any, statistic: Statistic) -> Within | None:
    nominal, tolerance = got("nominal"), got("tolerance")
    plus, minus = (tolerance, tolerance) if tolerance is not None else (got("plus"), got("minus"))
    if nominal is None or plus is None or minus is None:
        return None
    return Within(nominal=nominal, plus=_absolute(plus, nominal), minus=_absolute(minus, nominal), statistic=statistic)


def _absolute(tolerance: Quantity, nominal: Quantity) -> Quantity:
    if tolerance.unit != "%" or nominal.unit == "%":
        return tolerance
    value = tolerance.value * nominal.value / 100
    shortest = value.normalize()
    exponent = shortest.as_tuple().exponent
    return Quantity(
        shortest.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else shortest, nominal.unit
    )


def _quantities(answers: Mapping[str, Any], goods: Goods) -> PerKey | None:
    under, over = answers.get("under"), answers.get("over")
    if (
        under is None
        or over is None
        or not goods
        or any(quantity is None or unit is None for _, quantity, unit in goods)
    ):
        return None
    entries = []
    for item, quantity, unit in goods:
        ordered = Decimal(quantity or 0)
        least = (ordered * (100 - under) / 100).to_integral_value(ROUND_CEILING)
        most = (ordered * (100 + over) / 100).to_integral_value(ROUND_FLOOR)
        entries.append(
            Entry(key=item, label={"en": item}, requirement=Count(least=int(least), most=int(most), unit=unit or "pc"))
        )
    return PerKey(entries=tuple(entries))
