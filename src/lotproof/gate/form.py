"""What goes into the order form of the platform, field by field, and whether what stands there is the order's own."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from lotproof import messages
from lotproof.findings import Finding, did_you_mean, quoted
from lotproof.frozen import Frozen
from lotproof.gate.looking import say
from lotproof.gate.model import Saying
from lotproof.orders.model import Order
from lotproof.shipped import shipped
from lotproof.sources import parse_toml

Texts = Mapping[str, str]

FORM_FORMAT = "lotproof-form/1"
"""The format of the file that holds what stands in the form."""


class FormField(Frozen, kw_only=True):
    """
    One field of the form.

    Attributes:
        id: ``goods.MUG-350-WHT.quantity``, ``ship_date``.
        title: per language.
        value: what to paste, per language; None where the order does not say it.
        note: advice, per language; empty where there is none.
    """

    id: str
    title: Texts
    value: Texts | None
    note: Texts


class Limits(Frozen, kw_only=True):
    """How much the form holds: characters of remarks, attachments; ``confidence`` of the first."""

    characters: int
    attachments: int
    confidence: str


@cache
def _platform() -> Mapping[str, Any]:
    data, _ = parse_toml((shipped("spec_catalog") / "rules" / "platform.toml").read_bytes(), "platform.toml")
    return data


def limits() -> Limits:
    """Return the limits as the data states them."""
    data = _platform()
    return Limits(
        characters=data["remarks"]["most_characters"],
        attachments=data["attachments"]["most"],
        confidence=data["remarks"]["confidence"],
    )


def fields(order: Order) -> tuple[FormField, ...]:
    """Return every field of the form: those of each item, then those of the order."""
    rows = _platform()["field"]
    found = []
    for line in order.goods.lines:
        found += [
            FormField(
                id=f"goods.{line.item}.{row['id']}",
                title={code: f"{text} ({line.item})" for code, text in row["title"].items()},
                value=_of_item(order, line.item, row["id"]),
                note={},
            )
            for row in rows
            if row["of"] == "item"
        ]
    term = order.commercial.delivery.get("incoterm")
    for row in rows:
        if row["of"] == "order":
            value = _of_order(order, row["id"])
            blank = term in row.get("leave_blank_for", ())
            kept = order.commercial.retention and row.get("note_retention")
            note = row["note_blank"] if blank else kept or row.get("note", {})
            found.append(FormField(id=row["id"], title=row["title"], value=value, note=note))
    return tuple(found)


def remarks(order: Order, digest: str, language: str, most: int) -> tuple[Saying, ...]:
    """Return the sentences of the remarks that fit ``most`` characters, the most important first; none is cut."""
    from lotproof.gate.saying import said

    kept: list[Saying] = []
    used = 0
    for sentence in _remarks(order, digest):
        size = len(said(sentence, language)) + (1 if kept else 0)
        if used + size <= most:
            kept.append(sentence)
            used += size
    return tuple(kept)


def compare(order: Order, given: Mapping[str, Any], name: str) -> tuple[list[Finding], int, list[str]]:
    """
    Compare what stands in the form with the order.

    Args:
        given: the data of a form file: ``format``, and under ``field`` the texts by id.
        name: what findings call the file.

    Returns:
        findings (LP634 what differs, LP635 a file or a field that is none), how many fields agree or differ, and the ids left blank.
    """
    known = {field.id: field for field in fields(order)}
    table = given.get("field")
    if given.get("format") != FORM_FORMAT or not isinstance(table, Mapping):
        hint = messages.say(
            'write format = "{format}" and [field]; lotproof paste -o DIR writes a blank form.toml', format=FORM_FORMAT
        )
        return [_finding(name, "LP635", messages.say("this is no form file of this version"), hint)], 0, []
    findings: list[Finding] = []
    seen, blank = 0, []
    for key, raw in table.items():
        if key not in known or not isinstance(raw, str | int | Decimal | datetime.date):
            message = (
                messages.say("unknown field {key}", key=quoted(key))
                if key not in known
                else messages.say("{key} is no text", key=key)
            )
            hint = did_you_mean(str(key), known) if key not in known else messages.say('write a text: "4800"')
            findings.append(_finding(f"{name}: field.{quoted(key, 80)}", "LP635", message, hint))
            continue
        text, wanted = str(raw).strip(), known[key].value
        if not text:
            if wanted is not None:
                blank.append(key)
            continue
        seen += 1
        if wanted is None or not any(_same(text, value) for value in wanted.values()):
            shown = messages.say("nothing") if wanted is None else quoted(next(iter(wanted.values()))[:80])
            message = messages.say(
                "the form says {text}, the order {shown}: the field of the form would count",
                text=quoted(text),
                shown=shown,
            )
            hint = messages.say(
                "correct the field on the platform, or build a new revision of the order; pay neither before"
            )
            findings.append(_finding(f"{name}: field.{key}", "LP634", message, hint))
    return (
        findings,
        seen,
        [*blank, *(key for key, field in known.items() if field.value is not None and key not in table)],
    )


def blank_form(order: Order) -> str:
    """Return a blank form file: every field that the order states, to be copied from the platform's page."""
    keys = "\n".join(f'"{field.id}" = ""' for field in fields(order) if field.value is not None)
    return (
        "# Copy here what the platform's page shows once the form is filled in, then compare:\n"
        f'#   lotproof paste out --form form.toml\nformat = "{FORM_FORMAT}"\n\n[field]\n{keys}\n'
    )


def _finding(where: str, code: str, message: messages.Message, hint: messages.Message) -> Finding:
    return Finding(where=where, code=code, message=message, hint=hint)


def _same(given: str, wanted: str) -> bool:
    """Say whether two texts say the same: as numbers where both are numbers, else letter by letter, blanks and case aside."""
    numbers = _number(given), _number(wanted)
    if None not in numbers:
        return numbers[0] == numbers[1]
    plain = (" ".join(unicodedata.normalize("NFKC", text).casefold().split()) for text in (given, wanted))
    return next(plain) == next(plain)


_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,6})?\Z")
"""Digits in groups of three, as pages show them: compared with a number that is known, they can be read."""


def _number(text: str) -> Decimal | None:
    plain = text.replace(",", "") if _GROUPED.match(text) else text
    try:
        value = Decimal(plain) if len(plain) <= 40 else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() and "e" not in text.casefold() else None


def _of_item(order: Order, item: str, key: str) -> Texts | None:
    line = next(line for line in order.goods.lines if line.item == item)
    match key:
        case "product":
            texts = line.description
            return {code: f"{item}: {text}" for code, text in texts.items()} if texts else None
        case "quantity":
            return _same_everywhere(line.quantity)
        case "unit":
            units: Mapping[str, Texts] = _platform()["units"]
            return units.get(line.unit or "")
        case "unit_price":
            return _same_everywhere(order.commercial.prices.get(item))
        case _:
            raise AssertionError(f"a field of an item that nobody fills in: {key}")


def _of_order(order: Order, key: str) -> Texts | None:
    money, delivery = order.commercial, order.commercial.delivery
    match key:
        case "currency":
            return _same_everywhere(money.payment.get("currency"))
        case "trade_term":
            term, place = delivery.get("incoterm"), delivery.get("place")
            if term is None or not isinstance(place, Mapping):
                return _same_everywhere(f"{term} {place}" if term and place else None)
            return {code: f"{term} {text}, Incoterms 2020" for code, text in place.items()}
        case "ship_date":
            return _same_everywhere(delivery.get("ship_date"))
        case "total" | "deposit" | "balance":
            return _same_everywhere(getattr(money, key))
        case "shipping_method" | "shipping_fee" | "insurance":
            return None
        case _:
            raise AssertionError(f"a field of the order that nobody fills in: {key}")


def _same_everywhere(value: Any) -> Texts | None:
    if value is None:
        return None
    return {"en": f"{value:f}" if isinstance(value, Decimal) else str(value)}


def _remarks(order: Order, digest: str) -> Iterator[Saying]:
    header, answers = order.header, order.inspection.answers
    number = " ".join(part for part in (header.number, header.revision) if part)
    yield say("remark_contract", number=number, digest=digest)
    yield say("remark_quality")
    inspector = answers.get("inspector")
    who: str | Texts = {k: str(v) for k, v in inspector.items()} if isinstance(inspector, Mapping) else str(inspector)
    if order.inspection.basis == "each":
        yield say("remark_each", inspector=who)
    else:
        values = {"standard": "standard", "level": "level", "critical": "aql_critical", "major": "aql_major"}
        shown = {name: _plain(answers.get(key)) for name, key in (*values.items(), ("minor", "aql_minor"))}
        yield say("remark_plan", inspector=who, **shown)
    yield say("remark_release")
    yield say("remark_changes")
    yield say("remark_evidence")


def _plain(value: Any) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
