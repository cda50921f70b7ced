"""
A workbook of questions, as rows of cells: no format and no file.

Each row that takes an answer begins with its key, the answer's name as in ``--set`` (``payment.deposit_percent``); a row that begins
with the word for key names its columns. A reader needs nothing else to find the answers again.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from lotproof.catalog.model import Clause, Question
from lotproof.frozen import Frozen
from lotproof.messages import in_language
from lotproof.questions.entries import row_questions
from lotproof.questions.problems import blank
from lotproof.questions.toml_text import toml_text
from lotproof.wording.conditions import words_of

LABELS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "key": {"en": "Key", "zh": "代码"},
        "topic": {"en": "Item", "zh": "项目"},
        "question": {"en": "Question", "zh": "问题"},
        "other": {"en": "Question (Chinese)", "zh": "问题（英文）"},
        "help": {"en": "How to answer", "zh": "填写说明"},
        "unit": {"en": "Unit", "zh": "单位"},
        "answer": {"en": "Answer", "zh": "答复"},
        "answer.zh": {"en": "Answer in Chinese", "zh": "中文答复"},
        "remark": {"en": "Remark", "zh": "备注"},
        "entry.key": {"en": "Name of the row", "zh": "行名称（英文）"},
        "entry.zh": {"en": "The same in Chinese", "zh": "行名称（中文）"},
    }
)
"""The words above the columns, by what stands in the column."""

YES_NO = MappingProxyType({"en": ("yes", "no"), "zh": ("是", "否")})

ENTRY_COLUMNS = ("nominal", "plus", "minus", "limit", "options", "least", "most", "share", "tolerance")
"""The values that a row of a table may have."""


ROWS_OF_A_TABLE = 8
"""Rows for each table, at least."""


class FormCell(Frozen, kw_only=True):
    """
    A cell.

    Attributes:
        role: ``title``, ``plain``, ``head``, ``label``, ``strong``; or, to be filled in, ``text``, ``number``, ``date``, ``choice``.
        choices: what the cell takes; of role ``choice``.
    """

    text: str = ""
    role: str = "label"
    choices: tuple[str, ...] = ()


NONE = FormCell()


class FormSheet(Frozen, kw_only=True):
    """A sheet: the width of each column in characters, its rows, and how many of them stay in view."""

    name: str
    widths: tuple[int, ...]
    rows: tuple[tuple[FormCell, ...], ...]
    frozen: int = 0


class Form(Frozen, kw_only=True):
    """A workbook: its title, kind, language, and sheets."""

    title: str
    kind: str
    language: str
    sheets: tuple[FormSheet, ...]


def label(name: str, language: str) -> FormCell:
    """Return the head of a column."""
    return FormCell(text=LABELS[name][language], role="head")


def cell_text(question: Question, value: Any, language: str) -> str:
    """Return an answer as it stands in a cell; ``words`` in two languages have a cell for each."""
    if blank(value, question.type):
        return ""
    match value:
        case bool():
            return YES_NO[language][0 if value else 1]
        case str() if question.type == "choice":
            return next((words[language] for name, words in question.choices if name == value), value)
        case str():
            return value
        case list():
            lines = [item if isinstance(item, str) else toml_text(item) for item in value]
            return "\n".join(lines) + ("\n" if len(lines) == 1 and any(c in lines[0] for c in ";；") else "")
        case _:
            return toml_text(value)


def answer_cells(question: Question, value: Any, language: str) -> tuple[FormCell, FormCell]:
    """Return the two cells of an answer: the answer, and for words the Chinese one."""
    if question.type == "words":
        texts = value if isinstance(value, Mapping) else {"en": "" if value is None else value}
        english, chinese = (FormCell(text=str(texts.get(code, "")), role="text") for code in ("en", "zh"))
        return english, chinese
    text = cell_text(question, value, language)
    if question.type == "choice":
        return FormCell(text=text, role="choice", choices=tuple(w[language] for _, w in question.choices)), NONE
    if question.type == "flag":
        return FormCell(text=text, role="choice", choices=YES_NO[language]), NONE
    role = {"integer": "number", "decimal": "number", "money": "number", "date": "date"}.get(question.type, "text")
    return FormCell(text=text, role=role), NONE


def help_text(question: Question, language: str, note: str = "") -> str:
    """Return how a question is answered, and why it is asked; choices stand in the list of the cell."""
    say = _HELP[language]
    lines = [f">>> {note}"] if note else []
    if question.why:
        lines.append(question.why[language])
    low, high = question.minimum, question.maximum
    if low is not None or high is not None:
        name = "bounds" if low is not None and high is not None else "low" if low is not None else "high"
        bounds = say[name].format(*(f"{bound:f}" for bound in (low, high) if bound is not None))
        lines.append(f"{bounds} {question.unit}".rstrip())
    if question.by:
        lines.append(say["by"].format(", ".join(question.by[0]), question.by[1]))
    if question.percent_of:
        lines.append(say["percent"].format(question.percent_of))
    lines += [say[question.type]] if question.type in ("list", "pattern", "aql") else []
    if question.suggest:
        lines.append(say["offered"].format(", ".join(question.suggest)))
    elif question.example:
        lines.append(say["example"].format(question.example))
    if question.optional and question.key != "salt":
        lines.append(say["optional"])
    if asked := tuple(condition for condition in question.when if "." in condition[0]):
        lines.append(say["when"].format(in_language(words_of(asked), language)))
    return "\n".join(lines)


_HELP: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "bounds": "between {} and {}",
            "low": "at least {}",
            "high": "at most {}",
            "by": "or the name of a table that gives it from {1}: {0}",
            "percent": "or a share of {} in %",
            "list": "one entry a line",
            "pattern": "# stands for a digit, @ for a capital letter",
            "aql": "zero, or a value of the series such as 2.5",
            "offered": "offered: {}",
            "example": "for example: {}",
            "optional": "may stay empty",
            "when": "only where {}",
        },
        "zh": {
            "bounds": "{} 至 {}",
            "low": "不小于 {}",
            "high": "不大于 {}",
            "by": "或填写可据 {1} 查得该值的表名：{0}",
            "percent": "或填写占 {} 的百分比（%）",
            "list": "每行一项",
            "pattern": "# 代表一位数字，@ 代表一个大写字母",
            "aql": "zero（零容忍），或系列值，如 2.5",
            "offered": "可选：{}",
            "example": "例如：{}",
            "optional": "可留空",
            "when": "仅当 {}",
        },
    }
)


def row_of(key: str, topic: str, question: Question, language: str, value: Any, note: str = "") -> tuple[FormCell, ...]:
    """Return the row of a question."""
    return (
        FormCell(text=key),
        FormCell(text=topic),
        FormCell(text=question.text[language], role="strong"),
        FormCell(text=help_text(question, language, note)),
        FormCell(text=question.unit),
        *answer_cells(question, value, language),
    )


HEADS = ("key", "topic", "question", "help", "unit", "answer", "answer.zh")
WIDTHS = (24, 26, 44, 44, 9, 32, 32)


def switch(key: str, topic: str, text: str, note: str, language: str, *, on: bool) -> tuple[FormCell, ...]:
    """Return the row that says whether a clause or an optional table is wanted."""
    chosen = FormCell(text=YES_NO[language][0] if on else "", role="choice", choices=YES_NO[language])
    return (
        FormCell(text=key),
        FormCell(text=topic, role="strong"),
        FormCell(text=text),
        FormCell(text=note),
        NONE,
        chosen,
        NONE,
    )


def title_of(clause: Clause, language: str) -> str:
    """Return the title of a clause."""
    return "".join(part for part in clause.sentences["title"][language] if isinstance(part, str))


TABLE_WIDTHS = (40, 26, 44, 28, 28, *(14 for _ in ENTRY_COLUMNS))


def table_head(title: str, note: str, language: str) -> tuple[tuple[FormCell, ...], ...]:
    """Return the rows above the tables."""
    heads = (label(name, language) for name in ("key", "topic", "question", "entry.key", "entry.zh"))
    columns = (FormCell(text=name, role="head") for name in ENTRY_COLUMNS)
    return (FormCell(text=title, role="title"),), (FormCell(text=note, role="plain"),), (*heads, *columns)


def table_row(
    key: str, clause: Clause, question: Question, row: Mapping[str, Any], language: str, *, told: bool
) -> tuple[FormCell, ...]:
    """Return a row of a table; the columns that it has not are locked."""
    columns = {column.key: column for column in row_questions(question)}
    free = (FormCell(text=str(row.get(name) or ""), role="text") for name in ("key", "zh"))
    values = (
        FormCell(text=cell_text(columns[name], row.get(name), language), role="text") if name in columns else NONE
        for name in ENTRY_COLUMNS
    )
    text = FormCell(text=question.text[language] if told else "")
    return FormCell(text=key), FormCell(text=title_of(clause, language)), text, *free, *values
