"""
The data sheet for the factory: only what it knows (``known_by = "supplier"`` in the catalogue), in its own language first.

It shows which goods and clauses the order has, and no answer of the buyer: no price, no bank, no client, no limit, no salt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from lotproof.catalog.model import Category, Clause, Question
from lotproof.frozen import Frozen
from lotproof.questions.forms import (
    ENTRY_COLUMNS,
    NONE,
    ROWS_OF_A_TABLE,
    Form,
    FormCell,
    FormSheet,
    answer_cells,
    help_text,
    label,
    table_row,
    title_of,
)
from lotproof.questions.paths import Path, written

SUPPLIER = "supplier"
"""Who knows the answer, as the catalogue says it."""

FORMAT = "lotproof-supplier/1"

_HEADS = ("key", "topic", "question", "other", "help", "unit", "answer", "answer.zh", "remark")
_WIDTHS = (16, 24, 40, 40, 36, 9, 32, 32, 26)
_OTHER = {"en": "zh", "zh": "en"}

_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "title": {"en": "Data sheet of the factory", "zh": "工厂数据表"},
        "start": {"en": "Start", "zh": "说明"},
        "terms": {"en": "Technical data", "zh": "技术数据"},
        "tables": {"en": "Tables", "zh": "表格"},
        "how": {
            "en": "Please fill in the light cells: what you make and guarantee. Number and unit, such as 12.5 mm. What you do not know "
            "stays empty. No formulas. These are proposals: nothing is agreed until the buyer has confirmed it.",
            "zh": "请填写浅色单元格：贵厂生产并保证的数据。填写数值和单位，如12.5 mm。不清楚的请留空，不要使用公式。所填内容为建议，经买方确认后方为约定。",
        },
    }
)


class Knows(Frozen):
    """A question that the factory can answer: its path, what it belongs to, and its clause where it has one."""

    path: Path
    topic: str
    question: Question
    clause: Clause | None = None


def supplier_questions(category: Category, data: Mapping[str, Any] | None, language: str) -> Iterator[Knows]:
    """
    Yield what the factory is asked.

    Args:
        data: answers of the order, for its items and clauses; without them, every clause of the category.
        language: of the topics.
    """
    items = [row for row in (data or {}).get("goods") or () if isinstance(row, Mapping)]
    for group in category.groups:
        known = [question for question in group.questions if question.known_by == SUPPLIER]
        for question in known:
            if not group.repeat:
                yield Knows((group.id, question.key), group.title[language], question)
        for index, row in enumerate(items if group.id == "goods" else ()):
            for question in known:
                yield Knows((group.id, index, question.key), str(row.get("item") or index + 1), question)
    wanted = tuple(category.clauses) if data is None else tuple(_clauses(data.get("terms")))
    tables: list[tuple[Path, str, str]] = [(("terms", name), name, "") for name in wanted]
    for index, row in enumerate(items):
        item = str(row.get("item") or index + 1)
        tables += [(("goods", index, "terms", name), name, f" ({item})") for name in _clauses(row.get("terms"))]
    for path, name, item in tables:
        clause = category.clauses.get(name)
        for question in clause.questions if clause else ():
            if clause and question.known_by == SUPPLIER:
                yield Knows((*path, question.key), title_of(clause, language) + item, question, clause)


def supplier_form(category: Category, language: str = "zh", data: Mapping[str, Any] | None = None) -> Form:
    """Return the data sheet; ``language`` comes first and the other one beside it."""
    asked = tuple(supplier_questions(category, data, language))
    parties = [one for one in asked if one.clause is None]
    terms = [one for one in asked if one.clause is not None and one.question.type != "entries"]
    tables = [one for one in asked if one.question.type == "entries"]
    items = [str(row.get("item") or "") for row in (data or {}).get("goods") or () if isinstance(row, Mapping)]
    names = {group.id: group.title[language] for group in category.groups}
    groups: dict[str, list[Knows]] = {}
    for one in parties:
        groups.setdefault(str(one.path[0]), []).append(one)
    sheets = [
        _start(category, language, items),
        *(_sheet(names[group], _rows(rows, language), language) for group, rows in groups.items()),
        *([_sheet(_WORDS["terms"][language], _rows(terms, language), language)] if terms else []),
        *([_tables(tables, language)] if tables else []),
    ]
    title = f"{_WORDS['title'][language]}: {category.title[language]}"
    return Form(title=title, kind="supplier", language=language, sheets=tuple(sheets))


def _both(key: str, language: str) -> str:
    return f"{_WORDS[key][language]}\n{_WORDS[key][_OTHER[language]]}"


def _heads(names: tuple[str, ...], language: str) -> tuple[FormCell, ...]:
    return tuple(label(name, language) for name in names)


def _start(category: Category, language: str, items: list[str]) -> FormSheet:
    title = f"{_WORDS['title'][language]} {_WORDS['title'][_OTHER[language]]}"
    fixed = (("format", FORMAT), ("category", category.id), *((("items", "\n".join(items)),) if items else ()))
    return FormSheet(
        name=_WORDS["start"][language],
        widths=_WIDTHS,
        rows=(
            (FormCell(text=title, role="title"),),
            (FormCell(text=_both("how", language), role="plain"),),
            _heads(_HEADS, language),
            *((FormCell(text=key), NONE, NONE, NONE, NONE, NONE, FormCell(text=value)) for key, value in fixed),
        ),
        frozen=3,
    )


def _sheet(name: str, rows: Iterator[tuple[FormCell, ...]], language: str) -> FormSheet:
    head = (
        (FormCell(text=name, role="title"),),
        (FormCell(text=_both("how", language), role="plain"),),
        _heads(_HEADS, language),
    )
    return FormSheet(name=name, widths=_WIDTHS, rows=(*head, *rows), frozen=len(head))


def _rows(asked: list[Knows], language: str) -> Iterator[tuple[FormCell, ...]]:
    for one in asked:
        question = one.question
        yield (
            FormCell(text=written(one.path)),
            FormCell(text=one.topic),
            FormCell(text=question.text[language], role="strong"),
            FormCell(text=question.text[_OTHER[language]]),
            FormCell(text=_help(question, language)),
            FormCell(text=question.unit),
            *answer_cells(question, None, language),
            FormCell(role="text"),
        )


def _help(question: Question, language: str) -> str:
    """Return how a question is answered, without why the buyer asks and what the buyer is offered."""
    from lotproof.frozen import replace

    return help_text(replace(question, why={}, suggest=()), language)


def _tables(asked: list[Knows], language: str) -> FormSheet:
    names = ("key", "topic", "question", "entry.key", "entry.zh")
    head = (
        (FormCell(text=_WORDS["tables"][language], role="title"),),
        (FormCell(text=_both("how", language), role="plain"),),
        (
            *_heads(names, language),
            *(FormCell(text=name, role="head") for name in ENTRY_COLUMNS),
            label("remark", language),
        ),
    )
    rows = [
        (*table_row(written(one.path), one.clause, one.question, {}, language, told=not n), FormCell(role="text"))
        for one in asked
        if one.clause is not None
        for n in range(ROWS_OF_A_TABLE)
    ]
    widths = (24, 26, 44, 26, 26, *(13 for _ in ENTRY_COLUMNS), 26)
    return FormSheet(name=_WORDS["tables"][language], widths=widths, rows=(*head, *rows), frozen=len(head))


def _clauses(raw: Any) -> Iterator[str]:
    """Yield the ids of clauses in a table of terms, written with quotes or without."""
    for name, table in raw.items() if isinstance(raw, Mapping) else ():
        if "." in name:
            yield name
        else:
            yield from (f"{name}.{inner}" for inner in (table if isinstance(table, Mapping) else ()))
