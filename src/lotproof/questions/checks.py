"""Answers that are each right and contradict one another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from lotproof.catalog.model import CLASSES
from lotproof.findings import Severity, quoted
from lotproof.messages import say
from lotproof.questions.numbers import ZERO
from lotproof.questions.parties import parties
from lotproof.questions.problems import CLASS_WORDS, LANGUAGES, Problem
from lotproof.sampling import LARGEST_PERCENT_AQL

Table = Mapping[str, Any]

BINDING = ("goods", "inspection", "terms")
"""The tables whose words are what is delivered and how it is judged."""

_NAMES = {"en": say("English"), "zh": say("Chinese")}
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def limits_in_order(values: Table) -> Iterator[Problem]:
    """LP106: a minimum above its maximum, or shares of a whole that are not 100 %."""
    rows = [row for row in values.get("entries") or () if isinstance(row, Mapping)]
    places: list[tuple[Table, tuple[str | int, ...]]] = [
        (values, ()),
        *((row, ("entries", i)) for i, row in enumerate(rows)),
    ]
    for table, path in places:
        least, most = table.get("least"), table.get("most")
        if isinstance(least, int) and isinstance(most, int) and least > most:
            message = say("the least, {least}, is above the most, {most}", least=least, most=most)
            yield Problem(code="LP106", message=message, hint=say("exchange the two"), path=(*path, "least"))
    parts = values.get("parts")
    if (
        isinstance(parts, tuple)
        and all(isinstance(p, Mapping) and "share" in p for p in parts)
        and all(part["share"] is not None for part in parts)
    ):
        total = sum((part["share"].value for part in parts), Decimal(0))
        if total != 100:
            message = say("the shares add up to {total} %, not to 100 %", total=total)
            yield Problem(
                code="LP106", message=message, hint=say("state every part of the composition"), path=("parts",)
            )


def across(
    groups: Mapping[str, Table], goods: Sequence[Table], terms: Mapping[str, Table], currencies: Container[str]
) -> Iterator[Problem]:
    """Yield what is wrong between answers of different tables; paths start at the top of the file."""
    yield from contradictions(groups)
    yield from periods(groups, terms)
    yield from parties(groups)
    yield from severity_of_classes(groups)
    yield from percentages(groups)
    yield from zero_sample(groups)
    yield from currency(groups, currencies)
    order = groups.get("order", {})
    wanted = str(order.get("languages") or "en-zh").split("-")
    controlling = order.get("controlling") or (wanted[0] if len(wanted) == 1 else "")
    yield from between_languages({**groups, "terms": terms}, wanted, controlling=controlling)
    for index, row in enumerate(goods):
        yield from between_languages(row, wanted, ("goods", index), controlling=controlling)


def contradictions(groups: Mapping[str, Table]) -> Iterator[Problem]:
    """LP140: two answers contradict each other."""
    delivery = groups.get("delivery", {})
    made, shipped = groups.get("order", {}).get("date"), delivery.get("ship_date")
    if made is not None and shipped is not None and shipped < made:
        message = say("the shipment date {shipped} lies before the contract date {made}", shipped=shipped, made=made)
        yield Problem(code="LP140", message=message, hint=say("correct one of the two"), path=("delivery", "ship_date"))
    rate, cap = delivery.get("late_percent_per_week"), delivery.get("late_cap_percent")
    if rate is not None and cap is not None and rate > cap:
        message = say("the cap of {cap} % lies below the damages of one week, {rate} %", cap=cap, rate=rate)
        hint = say("raise the cap or lower the weekly rate")
        yield Problem(code="LP140", message=message, hint=hint, path=("delivery", "late_cap_percent"))
    damages = groups.get("damages", {})
    each, most = damages.get("percent"), damages.get("cap_percent")
    if each is not None and most is not None and each > most:
        message = say(
            "the cap of {most} % lies below the damages of one failed inspection, {each} %", most=most, each=each
        )
        yield Problem(
            code="LP140", message=message, hint=say("raise the cap or lower the rate"), path=("damages", "cap_percent")
        )
    payment = groups.get("payment", {})
    first, kept = payment.get("deposit_percent"), payment.get("retention_percent")
    if first is not None and kept is not None and first + kept > 100:
        message = say(
            "the advance payment of {first} % and the part kept back, {kept} %, are more than the price",
            first=first,
            kept=kept,
        )
        yield Problem(
            code="LP140", message=message, hint=say("lower one of the two"), path=("payment", "retention_percent")
        )


def periods(groups: Mapping[str, Table], terms: Mapping[str, Table]) -> Iterator[Problem]:
    """LP170: periods and payments that do not fit one another, so that one of them is worth nothing."""
    warranty, notice = groups.get("warranty", {}), groups.get("notice", {})
    months, latent = warranty.get("months"), notice.get("latent_months")
    if months is not None and latent is not None and latent < months:
        yield Problem(
            code="LP170",
            severity=Severity.OPEN,
            message=say(
                "latent defects are notified within {latent} months, before the warranty of {months} months ends",
                latent=latent,
                months=months,
            ),
            hint=say("write latent_months = {months} or more", months=months),
            path=("notice", "latent_months"),
        )
    stated = terms.get("machinery.warranty", {}).get("limit")
    if months is not None and stated is not None and stated.value != months:
        yield Problem(
            code="LP170",
            severity=Severity.OPEN,
            message=say(
                "the warranty is {months} months here and {value} months in machinery.warranty",
                months=months,
                value=stated.value,
            ),
            hint=say("write the same number in both"),
            path=("warranty", "months"),
        )
    if warranty.get("start") == "site_test" and not groups.get("acceptance_tests"):
        yield Problem(
            code="LP170",
            severity=Severity.OPEN,
            message=say("the warranty runs from a test at the site, and no such test is agreed"),
            hint=say("add [acceptance_tests], or let it run from the opening of the goods"),
            path=("warranty", "start"),
        )
    payment = groups.get("payment", {})
    if payment.get("retention_percent") is not None and payment.get("route") == "trade_assurance":
        yield Problem(
            code="LP170",
            severity=Severity.NOTE,
            message=say(
                "a Trade Assurance order has two payments: the part kept back is paid outside it and not covered"
            ),
            hint=say("agree on a guarantee of the seller for it, or leave it out"),
            path=("payment", "retention_percent"),
        )


def severity_of_classes(groups: Mapping[str, Table]) -> Iterator[Problem]:
    """LP124: graver defects that are let through more often than lighter ones."""
    inspection = groups.get("inspection", {})
    for graver, lighter in (("critical", "major"), ("major", "minor")):
        strict, loose = inspection.get(f"aql_{graver}"), inspection.get(f"aql_{lighter}")
        strict, loose = (Decimal(0) if aql == ZERO else aql for aql in (strict, loose))
        if strict is not None and loose is not None and strict > loose:
            message = say(
                "AQL {strict} for {graver} defects lets more through than AQL {loose} for {lighter} ones",
                strict=strict,
                graver=CLASS_WORDS[graver],
                loose=loose,
                lighter=CLASS_WORDS[lighter],
            )
            hint = say("look whether the two are exchanged")
            yield Problem(
                code="LP124", severity=Severity.NOTE, message=message, hint=hint, path=("inspection", f"aql_{graver}")
            )


def percentages(groups: Mapping[str, Table]) -> Iterator[Problem]:
    """LP152: an AQL above 10 where units are counted; more than one unit in ten would be no percentage of any table."""
    inspection = groups.get("inspection", {})
    for name in CLASSES:
        aql = inspection.get(f"aql_{name}")
        if inspection.get("counting") == "units" and isinstance(aql, Decimal) and aql > LARGEST_PERCENT_AQL:
            message = say(
                "AQL {aql} is no percentage of nonconforming units: above 10 it counts nonconformities per 100 units",
                aql=aql,
            )
            hint = say('take 10 or less, or write counting = "nonconformities"')
            yield Problem(code="LP152", message=message, hint=hint, path=("inspection", f"aql_{name}"))


def zero_sample(groups: Mapping[str, Table]) -> Iterator[Problem]:
    """LP121: a sample for zero classes where no class is marked zero."""
    inspection = groups.get("inspection", {})
    aqls = [inspection.get(f"aql_{name}") for name in CLASSES]
    if inspection.get("zero_n") is not None and None not in aqls and ZERO not in aqls:
        message, hint = say("no class is marked zero, so it is not used"), say("remove it, or mark a class zero")
        path = ("inspection", "zero_n")
        yield Problem(code="LP121", severity=Severity.NOTE, message=message, hint=hint, path=path)


def currency(groups: Mapping[str, Table], known: Container[str]) -> Iterator[Problem]:
    """LP113: the currency has no ISO 4217 code of that name."""
    code = groups.get("payment", {}).get("currency")
    if code is None or code in known:
        return
    hint = (
        say('write "{code}"', code=code.upper())
        if code.upper() in known
        else say("three capital letters, for example USD, EUR or CNY")
    )
    yield Problem(
        code="LP113",
        message=say("{code} is no ISO 4217 currency code", code=quoted(code)),
        hint=hint,
        path=("payment", "currency"),
    )


def between_languages(
    value: Any, wanted: Sequence[str], path: tuple[str | int, ...] = (), *, controlling: str = ""
) -> Iterator[Problem]:
    """
    LP122, LP125: words given in one language of a contract that has two, or with other numbers in the other.

    Words of the goods, the inspection and the specification that the ``controlling`` language lacks keep the order a draft;
    a name or an address may stay in the other language.
    """
    if isinstance(value, tuple):
        for index, row in enumerate(value):
            if isinstance(row, Mapping):
                yield from between_languages(row.get("label", {}), wanted, (*path, index), controlling=controlling)
    elif isinstance(value, Mapping) and value and all(k in LANGUAGES and isinstance(v, str) for k, v in value.items()):
        missing = [language for language in wanted if language not in value]
        if missing:
            lacking, given = (_NAMES.get(code, code) for code in (missing[0], next(iter(value))))
            message = say(
                "no {lacking} text: the {lacking} column will print the {given} one", lacking=lacking, given=given
            )
            hint = say('write {{ en = "...", zh = "..." }}')
            binding = controlling in missing and bool(path) and path[0] in BINDING
            severity = Severity.OPEN if binding else Severity.NOTE
            yield Problem(code="LP122", severity=severity, message=message, hint=hint, path=path)
        yield from _numbers_differ(value, path)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from between_languages(inner, wanted, (*path, key), controlling=controlling)


def _numbers_differ(texts: Mapping[str, str], path: tuple[str | int, ...]) -> Iterator[Problem]:
    found = {language: Counter(_DIGITS.findall(text.replace(",", ""))) for language, text in texts.items()}
    if "en" in found and "zh" in found and found["en"] != found["zh"]:
        only = {name: tuple((found[name] - found[other]).elements()) for name, other in (("en", "zh"), ("zh", "en"))}
        message = say(
            "the numbers differ: only in English {english}, only in Chinese {chinese}",
            english=only["en"] or say("none"),
            chinese=only["zh"] or say("none"),
        )
        hint = say("write the same numbers in both, in digits: whoever reads one column must not read another contract")
        yield Problem(code="LP125", severity=Severity.OPEN, message=message, hint=hint, path=path)
