"""Answers that name a table instead of a number: ``ISO 2768-1 m`` becomes the tolerance of its own dimension."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from lotproof.catalog.model import Question
from lotproof.catalog.tables import Table
from lotproof.findings import did_you_mean, quoted
from lotproof.frozen import Frozen
from lotproof.messages import say
from lotproof.quantity import Quantity, Unit, convert
from lotproof.questions.problems import Problem, Report, inside


class Named(Frozen):
    """The name of a table, with its column: what it gives is not known before the answer it follows from."""

    name: str


def named(question: Question, raw: str) -> Named | None:
    """Return the name of a table that the question takes, or None where the text is none."""
    tables = question.by[0] if question.by else ()
    text = " ".join(raw.split())
    return Named(text) if any(text == table or text.startswith(f"{table} ") for table in tables) else None


def resolve(
    questions: Iterable[Question],
    values: Mapping[str, Any],
    tables: Mapping[str, Table],
    units: Mapping[str, Unit],
    report: Report,
) -> Mapping[str, Any]:
    """
    Return the answers of a table with every name of a table replaced by what it gives, None after reporting why it gives nothing.

    Reports LP128.
    """
    changed: dict[str, Any] = {}
    for question in questions:
        value = values.get(question.key)
        there = inside(report, question.key)
        if isinstance(value, Named):
            changed[question.key] = _given(value, question, values, tables, units, there)
        elif question.type == "entries" and value:
            changed[question.key] = tuple(
                _row(row, question, tables, units, inside(there, index)) for index, row in enumerate(value)
            )
    return MappingProxyType({**values, **changed}) if changed else values


def _row(
    row: Mapping[str, Any], question: Question, tables: Mapping[str, Table], units: Mapping[str, Unit], report: Report
) -> Mapping[str, Any]:
    names = {key: value for key, value in row.items() if isinstance(value, Named)}
    return {**row, **{k: _given(v, question, row, tables, units, inside(report, k)) for k, v in names.items()}}


def _given(
    value: Named,
    question: Question,
    values: Mapping[str, Any],
    tables: Mapping[str, Table],
    units: Mapping[str, Unit],
    report: Report,
) -> Quantity | None:
    assert question.by
    table = max(
        (tables[name] for name in question.by[0] if value.name == name or value.name.startswith(f"{name} ")),
        key=lambda known: len(known.id),
    )
    of = values.get(question.by[1])
    if value.name not in table.names:
        report(
            Problem(
                code="LP128",
                message=say("no table {name}", name=quoted(value.name)),
                hint=did_you_mean(value.name, table.names),
            )
        )
        return None
    if not isinstance(of, Quantity):
        hint = say("answer {other}, or write the number", other=question.by[1])
        report(
            Problem(
                code="LP128",
                message=say("{name} gives nothing without {other}", name=value.name, other=question.by[1]),
                hint=hint,
            )
        )
        return None
    size = convert(of, table.of, units)
    found = table.find(value.name, abs(size[0].value)) if size else None
    if size is None or found is None:
        message = say("{name} gives nothing for {value} {unit}", name=value.name, value=of.value, unit=of.unit)
        report(Problem(code="LP128", message=message, hint=say("write the number itself")))
        return None
    if found.unit == "%":
        return Quantity(_plain(size[0].value * found.value / 100), table.of, found.given)
    return found


def _plain(value: Decimal) -> Decimal:
    return Decimal(f"{value.normalize():f}")
