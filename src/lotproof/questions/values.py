"""One answer at a time: from what TOML holds to a typed value, or a problem that says how to mend it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lotproof import sampling
from lotproof.catalog.model import Question
from lotproof.characters import forbidden, has_chinese, mixed_words, normal_form
from lotproof.findings import Severity, did_you_mean, quoted
from lotproof.quantity import Quantity, Unit, convert, exact, parse_number, parse_quantity

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z", re.ASCII)
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z", re.ASCII)
_PATTERN = re.compile(r"[ -~]+\Z", re.ASCII)

ZERO = "zero"
"""The answer for a zero-tolerance class: no sampling table has an AQL of 0."""

MAX_ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with a value; :mod:`lotproof.questions.reading` adds the place."""

    code: str
    message: str
    hint: str
    severity: Severity = Severity.REFUSE
    path: tuple[str | int, ...] = ()


Report = Callable[[Problem], None]


def blank(raw: Any) -> bool:
    """Say whether an answer was left open: missing, an empty string, list or table."""
    return raw is None or raw == "" or raw == [] or raw == {}


def read_value(question: Question, raw: Any, units: Mapping[str, Unit], report: Report) -> Any:
    """
    Return the typed value of ``raw``, or None after reporting why there is none.

    Types: text, identifier, pattern, choice -> str; words -> texts per language; integer -> int; decimal, money -> Decimal;
    quantity -> Quantity; date -> date; flag -> bool; list -> tuple of str; aql -> Decimal or :data:`ZERO`; entries -> tuple of
    tables with ``key``, ``label`` and the values of the row.
    """
    return _READERS[question.type](question, raw, units, report)


def _wrong_type(question: Question, raw: Any, wanted: str, report: Report) -> None:
    kind = "a table" if isinstance(raw, Mapping) else "a list" if isinstance(raw, list) else f"{type(raw).__name__} {quoted(raw)}"
    report(Problem(code="LP103", message=f"expected {wanted}, found {kind}", hint=_example(question)))


def _example(question: Question) -> str:
    if question.example:
        return f"for example {question.example}"
    if question.suggest:
        return f"for example {question.suggest[0]}"
    if question.choices:
        return "one of: " + ", ".join(value for value, _ in question.choices)
    return {
        "quantity": f'for example "10 {question.unit}"',
        "date": "for example 2027-01-15, without quotes",
        "integer": "a whole number without quotes",
        "decimal": "a number without quotes, such as 2.5",
        "money": "a number without quotes, such as 1.85",
        "flag": "true or false, without quotes",
    }.get(question.type, "text between quotes")


def read_text(raw: str, max_length: int, report: Report) -> str | None:
    """Return ``raw`` in normal form C, or None after reporting what may not stand in it (LP109, LP110, LP111)."""
    if len(raw) > max_length:
        report(Problem(code="LP111", message=f"{len(raw):,} characters, more than the {max_length:,} that fit: {quoted(raw, 30)}", hint="shorten it, and put the long text into a named exhibit"))
        return None
    bad = list(forbidden(raw))
    if bad:
        position, name = bad[0]
        more = f" and {len(bad) - 1} more" if len(bad) > 1 else ""
        report(Problem(code="LP109", message=f"character {position + 1} is {name}{more}, which a reader cannot see: {quoted(raw)}", hint="delete the text and type it again"))
        return None
    for word in mixed_words(raw):
        report(Problem(code="LP110", severity=Severity.OPEN, message=f"{quoted(word)} mixes letters of two alphabets that look alike", hint="type the word again in one alphabet"))
    normal = normal_form(raw)
    if normal != raw:
        report(Problem(code="LP118", severity=Severity.NOTE, message=f"{quoted(raw)} is stored in Unicode normal form C", hint="nothing to do: it looks the same"))
    if not normal.strip():
        report(Problem(code="LP103", message="only spaces", hint="write the answer, or leave the string empty"))
        return None
    if normal != normal.strip():
        report(Problem(code="LP103", message=f"spaces at the ends of {quoted(raw)}", hint="remove them"))
        return None
    return normal


def _text(question: Question, raw: Any, _units: Mapping[str, Unit], report: Report) -> str | None:
    if not isinstance(raw, str):
        _wrong_type(question, raw, "text between quotes", report)
        return None
    return read_text(raw, question.max_length, report)


def _words(question: Question, raw: Any, _units: Mapping[str, Unit], report: Report) -> Mapping[str, str] | None:
    if isinstance(raw, str):
        text = read_text(raw, question.max_length, report)
        return None if text is None else {"zh" if has_chinese(text) else "en": text}
    if not isinstance(raw, Mapping) or not raw:
        _wrong_type(question, raw, "text, or a table such as { en = ..., zh = ... }", report)
        return None
    texts: dict[str, str] = {}
    for language, text in raw.items():
        def there(problem: Problem, language: str = language) -> None:
            report(Problem(code=problem.code, message=problem.message, hint=problem.hint, severity=problem.severity, path=(language,)))

        if language not in ("en", "zh"):
            there(Problem(code="LP102", message=f"unknown language {quoted(language)}", hint="languages are en and zh"))
        elif not isinstance(text, str):
            there(Problem(code="LP103", message=f"expected text, found {type(text).__name__}", hint=_example(question)))
        elif text and (read := read_text(text, question.max_length, there)) is not None:
            texts[language] = read
    return texts or None


def _identifier(question: Question, raw: Any, units: Mapping[str, Unit], report: Report) -> str | None:
    limit = min(question.max_length, 40)
    if not isinstance(raw, str):
        _wrong_type(question, raw, "letters and digits between quotes", report)
        return None
    if len(raw) > limit or not _IDENTIFIER.match(raw):
        report(Problem(code="LP116", message=f"{quoted(raw)} is not a code", hint=f"use letters, digits, dot, hyphen and underscore, {limit} characters at most, {_example(question)}"))
        return None
    return raw


def _pattern(question: Question, raw: Any, units: Mapping[str, Unit], report: Report) -> str | None:
    if not isinstance(raw, str) or not _PATTERN.match(raw) or len(raw) > 40:
        _wrong_type(question, raw, "a pattern of at most 40 printable ASCII characters (# a digit, @ a capital letter)", report)
        return None
    return raw


def _choice(question: Question, raw: Any, _units: Mapping[str, Unit], report: Report) -> str | None:
    values = [value for value, _ in question.choices]
    if isinstance(raw, str) and raw in values:
        return raw
    report(Problem(code="LP113", message=f"{quoted(raw)} is not one of the choices", hint=did_you_mean(str(raw), values)))
    return None


def _flag(question: Question, raw: Any, _units: Mapping[str, Unit], report: Report) -> bool | None:
    if isinstance(raw, bool):
        return raw
    _wrong_type(question, raw, "true or false", report)
    return None


def _integer(question: Question, raw: Any, _units: Mapping[str, Unit], report: Report) -> int | None:
    if isinstance(raw, bool) or not isinstance(raw, int):
        _wrong_type(question, raw, "a whole number", report)
        return None
    return raw if _in_bounds(question, Decimal(raw), "", report) else None


def _decimal(question: Question, raw: Any, _units: Mapping[str, Unit], report: Report) -> Decimal | None:
    number = _number(question, raw, report)
    return number if number is not None and _in_bounds(question, number, "", report) else None


def _number(question: Question, raw: Any, report: Report) -> Decimal | None:
    try:
        if isinstance(raw, str):
            return parse_number(raw)
        if not isinstance(raw, bool) and isinstance(raw, int | Decimal):
            return exact(raw)
    except ValueError as error:
        report(Problem(code="LP112", message=f"{quoted(raw)}: {error}", hint=_example(question)))
        return None
    _wrong_type(question, raw, "a number", report)
    return None


def _in_bounds(question: Question, value: Decimal, unit: str, report: Report) -> bool:
    low, high = question.minimum, question.maximum
    if low is not None and value < low:
        report(Problem(code="LP105", message=f"{value}{unit} is below {low}{unit}, the least that makes sense here", hint=_example(question)))
        return False
    if high is not None and value > high:
        report(Problem(code="LP105", message=f"{value}{unit} is above {high}{unit}, the most that makes sense here", hint=_example(question)))
        return False
    return True


def _quantity(question: Question, raw: Any, units: Mapping[str, Unit], report: Report) -> Quantity | None:
    unit = question.unit
    if isinstance(raw, Mapping | list | bool) or not isinstance(raw, str | int | Decimal):
        _wrong_type(question, raw, f"a number with its unit ({unit})", report)
        return None
    if not isinstance(raw, str):
        if _number(question, raw, report) is not None:
            report(Problem(code="LP104", message=f"{quoted(raw)} has no unit", hint=f'write "{raw} {unit}", between quotes'))
        return None
    try:
        quantity = parse_quantity(raw, units)
    except ValueError as error:
        missing = str(error) == "the unit is missing"
        report(Problem(code="LP104" if missing else "LP112", message=f"{quoted(raw)}: {error}", hint=f'for example "{raw.strip()} {unit}"' if missing else _example(question)))
        return None
    except LookupError as error:
        hint = f"this is asked in {unit}" + ("; " + did_you_mean(str(error), units) if len(str(error)) < 20 else "")
        report(Problem(code="LP104", message=f"unknown unit {quoted(error)}", hint=hint))
        return None
    if question.percent_of and quantity.unit == "%":
        if not 0 <= quantity.value <= 100:
            report(Problem(code="LP105", message=f"{quantity.value} % is not a share between 0 % and 100 %", hint=_example(question)))
            return None
        return quantity
    if quantity.unit != unit:
        same = convert(quantity, unit, units)
        hint = f'write "{same.value} {unit}"' if same else f"this is asked in {unit}"
        report(Problem(code="LP104", message=f"{quantity.unit} does not fit here", hint=hint))
        return None
    return quantity if _in_bounds(question, quantity.value, f" {unit}", report) else None


def _date(question: Question, raw: Any, _units: Mapping[str, Unit], report: Report) -> datetime.date | None:
    if isinstance(raw, datetime.date) and not isinstance(raw, datetime.datetime):
        return raw
    match = _DATE.match(raw) if isinstance(raw, str) else None
    try:
        if match:
            return datetime.date(*map(int, match.groups()))
    except ValueError:
        pass
    report(Problem(code="LP115", message=f"{quoted(raw)} is not a date", hint=_example(question)))
    return None


def _list(question: Question, raw: Any, _units: Mapping[str, Unit], report: Report) -> tuple[str, ...] | None:
    if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
        _wrong_type(question, raw, "a list of texts", report)
        return None
    if len(raw) > MAX_ROWS:
        report(Problem(code="LP111", message=f"{len(raw):,} entries, more than the {MAX_ROWS} that fit", hint="put the list into a named exhibit"))
        return None
    texts = [read_text(item, question.max_length, report) for item in raw]
    kept = [text for text in texts if text is not None]
    if len(kept) < len(raw):
        return None
    if len(set(kept)) < len(kept):
        twice = next(text for text in kept if kept.count(text) > 1)
        report(Problem(code="LP114", message=f"{quoted(twice)} stands twice", hint="remove one"))
        return None
    return tuple(kept)


def _aql(question: Question, raw: Any, _units: Mapping[str, Unit], report: Report) -> Decimal | str | None:
    if raw == ZERO:
        return ZERO
    value = _number(question, raw, report)
    if value is None:
        return None
    if value == 0:
        return ZERO
    for aql in sampling.aqls():
        if aql == value:
            return aql
    below, above = sampling.neighbours(value)
    near = " or ".join(str(aql) for aql in (below, above) if aql is not None)
    report(Problem(code="LP107", message=f"AQL {value} is not in the series of the standard", hint=f"take {near}, or zero"))
    return None


_ROW = {
    "within": ("nominal", "plus", "minus"),
    "at_most": ("limit",),
    "at_least": ("limit",),
    "one_of": ("options",),
    "count": ("least", "most"),
    "share": ("share", "tolerance"),
}


def row_questions(question: Question) -> tuple[Question, ...]:
    """Return the columns of a row of entries, after ``key`` and ``zh``."""
    kind, unit = question.each or ("share", "%")
    columns = []
    for name in _ROW[kind]:
        of_type = "list" if name == "options" else "integer" if kind == "count" else "quantity"
        low = Decimal(0) if name in ("plus", "minus", "tolerance", "share", "least", "most") else question.minimum
        high = Decimal(100) if kind == "share" else question.maximum
        columns.append(Question(key=name, type=of_type, text=question.text, why={}, unit=unit, minimum=low, maximum=high))
    return tuple(columns)


def _at(report: Callable[..., None], index: int, key: str) -> Report:
    return lambda problem: report(problem, index, key)


def _entries(question: Question, raw: Any, units: Mapping[str, Unit], report: Report) -> tuple[Mapping[str, Any], ...] | None:
    columns = row_questions(question)
    if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
        _wrong_type(question, raw, "a list of rows such as { key = ..., " + ", ".join(f"{c.key} = ..." for c in columns) + " }", report)
        return None
    if len(raw) > MAX_ROWS:
        report(Problem(code="LP111", message=f"{len(raw):,} rows, more than the {MAX_ROWS} that fit", hint="put the table into a named exhibit"))
        return None
    rows: list[Mapping[str, Any]] = []
    seen: set[str] = set()
    complete = True
    for index, row in enumerate(raw):
        def there(problem: Problem, index: int = index, key: str = "") -> None:
            path = (index, key, *problem.path) if key else (index, *problem.path)
            report(Problem(code=problem.code, message=problem.message, hint=problem.hint, severity=problem.severity, path=path))

        known = {"key", "zh", *(c.key for c in columns)}
        for name in row:
            if name not in known:
                there(Problem(code="LP102", message=f"unknown key {quoted(name)}", hint=did_you_mean(name, known)))
                complete = False
        key = row.get("key")
        label: dict[str, str] = {}
        for language, name in (("en", key), ("zh", row.get("zh"))):
            if isinstance(name, str) and name:
                read = read_text(name, 80, there)
                if read is not None:
                    label[language] = read
            elif language == "en":
                there(Problem(code="LP103", message="the row has no key", hint='name it: key = "overall height"'))
        if "en" not in label:
            complete = False
            continue
        if label["en"] in seen:
            there(Problem(code="LP114", message=f"{quoted(label['en'])} stands twice", hint="give each row its own key"))
            complete = False
        seen.add(label["en"])
        values: dict[str, Any] = {"key": label["en"], "label": label}
        for column in columns:
            cell = row.get(column.key)
            if blank(cell):
                there(Problem(code="LP120", severity=Severity.OPEN, message="not answered yet", hint=_example(column)), key=column.key)
                values[column.key] = None
            else:
                values[column.key] = read_value(column, cell, units, _at(there, index, column.key))
        rows.append(values)
    return tuple(rows) if complete else None


_READERS: Mapping[str, Callable[[Question, Any, Mapping[str, Unit], Report], Any]] = {
    "text": _text,
    "words": _words,
    "identifier": _identifier,
    "pattern": _pattern,
    "choice": _choice,
    "flag": _flag,
    "integer": _integer,
    "decimal": _decimal,
    "money": _decimal,
    "quantity": _quantity,
    "date": _date,
    "list": _list,
    "aql": _aql,
    "entries": _entries,
}
