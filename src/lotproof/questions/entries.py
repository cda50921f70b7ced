"""Answers that are tables: dimensions, sizes, parts of a composition."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lotproof.catalog.model import Question
from lotproof.findings import Severity, did_you_mean, quoted
from lotproof.messages import say
from lotproof.quantity import Unit
from lotproof.questions import numbers, texts
from lotproof.questions.problems import MAX_ROWS, Problem, Report, blank, example, inside, wrong_type

MAX_KEY = 80
"""Longest name of a row, in characters."""

_ROW = {
    "within": ("nominal", "plus", "minus"),
    "at_most": ("limit",),
    "at_least": ("limit",),
    "one_of": ("options",),
    "count": ("least", "most"),
    "share": ("share", "tolerance"),
}

_BELOW_ZERO = ("°C",)
"""Units in which what is measured may be negative; everywhere else a minus is a slip."""


def row_questions(question: Question) -> tuple[Question, ...]:
    """Return the columns of a row of entries, after ``key`` and ``zh``."""
    kind, unit = question.each or ("share", "%")
    columns = []
    for name in _ROW[kind]:
        of_type = "list" if name == "options" else "integer" if kind == "count" else "quantity"
        low = None if unit in _BELOW_ZERO and name in ("nominal", "limit") else Decimal(0)
        if name in ("nominal", "limit") and question.minimum is not None:
            low = question.minimum
        high = Decimal(100) if kind == "share" else question.maximum
        columns.append(
            Question(
                key=name,
                type=of_type,
                text=question.text,
                why={},
                unit=unit,
                minimum=low,
                maximum=high,
                by=question.by if name in ("plus", "minus") else None,
                percent_of="nominal" if name in ("plus", "minus") and unit != "%" else "",
            )
        )
    return tuple(columns)


def entries(
    question: Question, raw: Any, units: Mapping[str, Unit], report: Report
) -> tuple[Mapping[str, Any], ...] | None:
    """Read a table; each row gives ``key``, ``label`` (its name per language) and the values of its columns, None for a blank."""
    columns = row_questions(question)
    if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
        form = [f"{column.key} = ..." for column in columns]
        wrong_type(question, raw, say("a list of rows such as {{ key = ..., {form} }}", form=form), report)
        return None
    if len(raw) > MAX_ROWS:
        message = say("{count:,} rows, more than the {most} that fit", count=len(raw), most=MAX_ROWS)
        report(Problem(code="LP111", message=message, hint=say("put the table into a named exhibit")))
        return None
    rows = []
    first: dict[str, int] = {}
    for index, row in enumerate(raw):
        there = inside(report, index)
        label = _label(question, row, columns, there)
        cells = {column.key: _cell(column, row.get(column.key), units, inside(there, column.key)) for column in columns}
        if "en" not in label:
            continue
        key = label["en"]
        if first.setdefault(key, index) != index:
            message = say("{key} stands twice: row {first} has this key already", key=quoted(key), first=first[key] + 1)
            inside(there, "key")(Problem(code="LP114", message=message, hint=say("give each row its own key")))
        rows.append({"key": key, "label": label, **cells})
    return tuple(rows) if len(first) == len(raw) else None


def _label(question: Question, row: Mapping[str, Any], columns: tuple[Question, ...], report: Report) -> dict[str, str]:
    """Return the row's name per language; report what is wrong with it, and keys that no row has."""
    known = ("key", "zh", *(column.key for column in columns))
    for name in row:
        if name not in known:
            problem = Problem(
                code="LP102", message=say("unknown key {key}", key=quoted(name)), hint=did_you_mean(name, known)
            )
            inside(report, name)(problem)
    label: dict[str, str] = {}
    for language, name in (("en", "key"), ("zh", "zh")):
        given, there = row.get(name), inside(report, name)
        if blank(given):
            if name == "key":
                there(
                    Problem(
                        code="LP103", message=say("the row has no key"), hint=say('name it: key = "overall height"')
                    )
                )
        elif not isinstance(given, str):
            wrong_type(question, given, say("text between quotes"), there)
        elif (read := texts.read_text(given, MAX_KEY, there)) is not None:
            label[language] = read
    return label


def _cell(column: Question, raw: Any, units: Mapping[str, Unit], report: Report) -> Any:
    if blank(raw, column.type):
        report(Problem(code="LP120", severity=Severity.OPEN, message=say("not answered yet"), hint=example(column)))
        return None
    match column.type:
        case "list":
            return texts.texts(column, raw, report)
        case "integer":
            return numbers.integer(column, raw, report)
        case _:
            return numbers.quantity(column, raw, units, report)
