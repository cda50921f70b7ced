"""Answers that are numbers: counts, decimals, quantities, AQL values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lotproof import sampling
from lotproof.catalog.model import Question
from lotproof.findings import Severity, did_you_mean, quoted
from lotproof.messages import reason, say
from lotproof.quantity import UNIT_MISSING, Quantity, Unit, convert, exact, parse_number, parse_quantity
from lotproof.questions.naming import Named, named
from lotproof.questions.problems import Problem, Report, example, shown, wrong_type

ZERO = "zero"
"""The answer for a zero-tolerance class: no sampling table has an AQL of 0."""


def integer(question: Question, raw: Any, report: Report) -> int | None:
    """Read a whole number within the bounds of the question."""
    if isinstance(raw, bool) or not isinstance(raw, int):
        wrong_type(question, raw, say("a whole number"), report)
        return None
    number = _number(question, raw, report)
    return raw if number is not None and _in_bounds(question, number, "", report) else None


def decimal(question: Question, raw: Any, report: Report) -> Decimal | None:
    """Read an exact number within the bounds of the question."""
    number = _number(question, raw, report)
    return number if number is not None and _in_bounds(question, number, "", report) else None


def quantity(question: Question, raw: Any, units: Mapping[str, Unit], report: Report) -> Quantity | Named | None:
    """
    Read a number with its unit, or the name of a table that gives it; a share of another answer may come in %.

    Another unit of the same dimension is converted, and what was written is kept beside it (LP127).
    """
    unit = question.unit
    if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
        wrong_type(question, raw, say("a number with its unit ({unit})", unit=unit), report)
        return None
    if not isinstance(raw, str):
        if (number := _number(question, raw, report)) is not None:
            report(
                Problem(
                    code="LP104",
                    message=say("{given} has no unit", given=shown(raw)),
                    hint=say('write "{number} {unit}", between quotes', number=number, unit=unit),
                )
            )
        return None
    table = named(question, raw)
    if table is not None:
        return table
    try:
        read = parse_quantity(raw, units)
    except ValueError as error:
        missing = str(error) == UNIT_MISSING
        hint = say('for example "{given} {unit}"', given=raw.strip(), unit=unit) if missing else example(question)
        report(
            Problem(
                code="LP104" if missing else "LP112",
                message=say("{given}: {why}", given=quoted(raw), why=reason(error)),
                hint=hint,
            )
        )
        return None
    except LookupError as error:
        hint = say("this is asked in {unit}", unit=unit)
        if len(str(error)) < 20:
            hint = say("this is asked in {unit}; {near}", unit=unit, near=did_you_mean(str(error), units))
        report(
            Problem(
                code="LP104",
                message=say("unknown unit {unit}", unit=quoted(error)),
                hint=hint,
            )
        )
        return None
    if question.percent_of and read.unit == "%":
        if 0 <= read.value <= 100:
            return read
        report(
            Problem(
                code="LP105",
                message=say("{value} % is not a share between 0 % and 100 %", value=read.value),
                hint=example(question),
            )
        )
        return None
    if read.unit != unit:
        same = convert(read, unit, units)
        if same is None:
            report(
                Problem(
                    code="LP104",
                    message=say("{unit} does not fit here", unit=read.unit),
                    hint=say("this is asked in {unit}", unit=unit),
                )
            )
            return None
        written, (other, exactly) = f"{read.value:f} {read.unit}", same
        if exactly:
            message = say("{given} is {value} {unit}: both are printed", given=written, value=other.value, unit=unit)
            hint = say("nothing to do")
        else:
            message = say(
                "{given} is about {value} {unit}: both are printed", given=written, value=other.value, unit=unit
            )
            hint = say("write the number in {unit} where the last digit matters", unit=unit)
        report(Problem(code="LP127", severity=Severity.NOTE, message=message, hint=hint))
        read = Quantity(other.value, unit, written.replace(" ", "\u00a0"))
    return read if _in_bounds(question, read.value, f" {unit}", report) else None


def aql(question: Question, raw: Any, report: Report) -> Decimal | str | None:
    """Read an AQL of the series, or :data:`ZERO`; the number 0 is taken for it."""
    if isinstance(raw, str) and raw == ZERO:
        return ZERO
    value = _number(question, raw, report)
    if value is None:
        return None
    if value == 0:
        return ZERO
    for known in sampling.aqls():
        if known == value:
            return known
    near = [str(known) for known in sampling.neighbours(value) if known is not None]
    report(
        Problem(
            code="LP107",
            message=say("AQL {aql} is not in the series of the standard", aql=value),
            hint=say("take {near: or }, or zero", near=near),
        )
    )
    return None


def _number(question: Question, raw: Any, report: Report) -> Decimal | None:
    try:
        if isinstance(raw, str):
            return parse_number(raw)
        if not isinstance(raw, bool) and isinstance(raw, int | Decimal):
            return exact(raw)
    except ValueError as error:
        report(
            Problem(
                code="LP112", message=say("{given}: {why}", given=shown(raw), why=reason(error)), hint=example(question)
            )
        )
        return None
    wrong_type(question, raw, say("a number"), report)
    return None


def _in_bounds(question: Question, value: Decimal, unit: str, report: Report) -> bool:
    low, high = question.minimum, question.maximum
    if low is not None and value < low:
        message = say(
            "{value}{unit} is below {low}{unit}, the least that makes sense here", value=value, unit=unit, low=low
        )
    elif high is not None and value > high:
        message = say(
            "{value}{unit} is above {high}{unit}, the most that makes sense here", value=value, unit=unit, high=high
        )
    else:
        return True
    report(Problem(code="LP105", message=message, hint=say("correct it, {example}", example=example(question))))
    return False
