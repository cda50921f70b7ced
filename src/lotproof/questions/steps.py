"""The steps of an order in the order in which they are put, as it is answered now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias

from lotproof.catalog.model import Category, Group, Question
from lotproof.frozen import Frozen, replace
from lotproof.questions.facts import Facts
from lotproof.questions.paths import Path, value_at
from lotproof.questions.problems import MAX_ROWS
from lotproof.questions.values import row_questions
from lotproof.sources import show_path

Kind: TypeAlias = Literal["answer", "table", "row", "clauses"]
Data: TypeAlias = Mapping[str, Any]

FIRST, TERMS, PICK = "first", "terms", "pick"
"""Sections that are no group: what decides most, the clauses of the minimum specification, the clauses offered besides."""

HIDDEN = frozenset({"order.salt", "order.supersedes"})
"""Answers that a program fills in."""

_ENTRY = (
    Question(key="key", type="text", text={"en": "Name of the row?", "zh": "该行的名称？"}, why={}, max_length=80),
    Question(
        key="zh",
        type="text",
        text={"en": "The same in Chinese?", "zh": "中文名称？"},
        why={},
        max_length=80,
        optional=True,
    ),
)
"""What a row of a table is called, before its columns."""


class Step(Frozen, kw_only=True):
    """
    One thing to ask.

    Attributes:
        kind: ``answer``; ``table``: is this optional table wanted; ``row``: is a further row wanted; ``clauses``: which are taken.
        path: where the answer goes.
        section: in which part of the flow it is asked.
        clauses: ids to choose from; of kind ``clauses`` only.
        needed: of kind ``clauses``: at least one has to be taken.
    """

    kind: Kind
    path: Path
    question: Question
    section: str
    clauses: tuple[str, ...] = ()
    needed: bool = False

    @property
    def id(self) -> str:
        """The path as it stands in findings."""
        return show_path(self.path)


class Flow:
    """The questions of a category in the order in which they are put."""

    def __init__(self, category: Category) -> None:
        self.category = category
        self.groups = {group.id: group for group in category.groups}
        self.sections: tuple[str, ...] = (
            FIRST,
            *(g.id for g in category.groups if not g.optional),
            TERMS,
            PICK,
            *(g.id for g in category.groups if g.optional),
        )
        self.places = {section: index for index, section in enumerate(self.sections)}
        needed: dict[str, None] = {}
        minimum = []
        for clauses in dict.fromkeys(m.clauses for m in category.minimum if m.clauses):
            minimum.append((clauses, tuple(clause for clause in clauses if clause not in needed)))
            needed.update(dict.fromkeys(clauses))
        self.minimum = tuple(minimum)
        """What the minimum specification asks for: clauses of which one is needed, and those of them that are asked about here."""
        self.near_minimum = {clause: place for place, (_, own) in enumerate(minimum) for clause in own}
        self.offered = tuple(clause for clause in category.clauses if clause not in needed)
        self.near_offered = {clause: place for place, clause in enumerate(self.offered)}
        self._columns: dict[int, tuple[Question, ...]] = {}  # the questions live as long as their category
        self.follows: dict[str, list[tuple[str, Question]]] = {}
        for group in category.groups:
            for question in group.questions:
                if question.follow is not None and not group.repeat:
                    self.follows.setdefault(question.follow[0], []).append((f"{group.id}.{question.key}", question))

    def columns(self, question: Question) -> tuple[Question, ...]:
        """Return what is asked of each row of a table."""
        found = self._columns.get(id(question))
        if found is None:
            found = tuple(replace(c, text=_column_text(question, c)) for c in (*_ENTRY, *row_questions(question)))
            self._columns[id(question)] = found
        return found

    def title(self, section: str, language: str) -> str:
        """Return what a section is called."""
        if section in _TITLES:
            return _TITLES[section][language]
        return self.groups[section].title[language]


_TITLES = {
    FIRST: {"en": "What decides most", "zh": "最关键的几项"},
    TERMS: {"en": "The specification: what no contract goes without", "zh": "技术规格：合同必备项目"},
    PICK: {"en": "The specification: what may be added", "zh": "技术规格：可选项目"},
}


def is_stated(data: Data, clause: str) -> bool:
    """Say whether a clause is stated, for all goods or for an item."""
    return any(True for _ in stated_at(data, clause))


def stated_at(data: Data, clause: str) -> Iterator[Path]:
    """Yield where a clause is stated: at the top, or at items."""
    if value_at(data, (TERMS, clause)) is not None:
        yield ()
    for index, row in enumerate(value_at(data, ("goods",)) or ()):
        if value_at(row, (TERMS, clause)) is not None:
            yield ("goods", index)


def steps_behind(flow: Flow, facts: Facts, at: tuple[str, Path] | None) -> Iterator[Step]:
    """Yield the steps behind one of them; all where ``at`` is None."""
    start = 0
    if at is not None:
        section, path = at
        start = flow.places[section] + 1
        yield from _behind(flow, facts, section, path)
    for name in flow.sections[start:]:
        yield from steps_of(flow, facts, name)


def _behind(flow: Flow, facts: Facts, section: str, path: Path) -> Iterator[Step]:
    """Yield the rest of a section behind a path; all of it where the path has gone."""
    found = False
    skipped: list[Step] = []
    for step in steps_of(flow, facts, section, path):
        if found:
            yield step
        elif step.path == path:
            found = True
        else:
            skipped.append(step)
    if not found:
        yield from skipped


def steps_of(flow: Flow, facts: Facts, section: str, near: Path = ()) -> Iterator[Step]:
    """Yield the steps of a section; those well before ``near`` may be left out."""
    if section == FIRST:
        for name in flow.category.first:
            group, key = name.split(".")
            question = next(q for q in flow.groups[group].questions if q.key == key)
            if facts.hold(flow.groups[group].when) and facts.hold(question.when):
                yield Step(kind="answer", path=(group, key), question=question, section=section)
    elif section == TERMS:
        for clauses, own in flow.minimum[flow.near_minimum.get(_clause_of(near), 0) :]:
            if len(clauses) > 1:
                question = _choosing(flow, clauses)
                path: Path = (TERMS, *clauses)
                yield Step(kind="clauses", path=path, question=question, section=section, clauses=clauses, needed=True)
            for clause in own:
                if len(clauses) == 1 or is_stated(facts.data, clause):
                    yield from _clause(flow, facts, clause, section, near)
    elif section == PICK:
        place = flow.near_offered.get(_clause_of(near), -1)
        if flow.offered and place < 0:
            question = _choosing(flow, ())
            yield Step(kind="clauses", path=(PICK,), question=question, section=section, clauses=flow.offered)
        for clause in flow.offered[max(place, 0) :]:
            if is_stated(facts.data, clause):
                yield from _clause(flow, facts, clause, section, near)
    else:
        yield from _group(flow, flow.groups[section], facts, near)


def _clause_of(path: Path) -> str:
    """Return the clause that a path leads to; empty where it leads to none."""
    return str(path[path.index(TERMS) + 1]) if TERMS in path[:-1] else ""


def _group(flow: Flow, group: Group, facts: Facts, near: Path) -> Iterator[Step]:
    if not facts.hold(group.when):
        return
    if group.repeat:
        yield from _rows(flow, group, facts, near)
        return
    if group.optional:
        wanted = _flag(group.id, {language: f"{title}?" for language, title in group.title.items()})
        yield Step(kind="table", path=(group.id,), question=wanted, section=group.id)
        if value_at(facts.data, (group.id,)) is None:
            return
    asked = tuple(q for q in group.questions if f"{group.id}.{q.key}" not in flow.category.first)
    yield from _questions(flow, asked, facts, (group.id,), group.id, None)


def _rows(flow: Flow, group: Group, facts: Facts, near: Path) -> Iterator[Step]:
    rows = value_at(facts.data, (group.id,)) or []
    first = near[1] if len(near) > 1 and near[0] == group.id and isinstance(near[1], int) else 0
    for index in range(min(first, len(rows)), max(len(rows), 0 if group.optional else 1)):
        row = rows[index] if index < len(rows) else {}
        yield from _questions(flow, group.questions, facts, (group.id, index), group.id, row)
    if len(rows) < MAX_ROWS and (rows or group.optional):
        text = {"en": f"{group.title['en']}: another one?", "zh": f"{group.title['zh']}：再加一个？"}
        path: Path = (group.id, len(rows))
        yield Step(kind="row", path=path, question=_flag(group.id, text), section=group.id)


def _clause(flow: Flow, facts: Facts, clause: str, section: str, near: Path) -> Iterator[Step]:
    """Yield the questions of a clause, wherever it is stated."""
    places = tuple(stated_at(facts.data, clause)) or ((),)
    here = near[: near.index(TERMS)] if clause in near else ()
    for place in places[places.index(here) if here in places else 0 :]:
        path: Path = (*place, TERMS, clause)
        yield from _questions(flow, flow.category.clauses[clause].questions, facts, path, section, None, near)


def _questions(
    flow: Flow,
    questions: tuple[Question, ...],
    facts: Facts,
    path: Path,
    section: str,
    row: Mapping[str, Any] | None,
    near: Path = (),
) -> Iterator[Step]:
    for question in questions:
        here: Path = (*path, question.key)
        if show_path(here) in HIDDEN or not facts.hold(question.when, row):
            continue
        if question.type != "entries":
            yield Step(kind="answer", path=here, question=question, section=section)
            continue
        rows = value_at(facts.data, here) or []
        columns = flow.columns(question)
        reached = near[len(here)] if near[: len(here)] == here and len(near) > len(here) else 0
        for index in range(min(int(reached), max(len(rows) - 1, 0)), max(1, len(rows))):
            for cell in columns:
                yield Step(kind="answer", path=(*here, index, cell.key), question=cell, section=section)
        if rows and len(rows) < MAX_ROWS:
            text = {"en": f"{question.text['en']} Another row?", "zh": f"{question.text['zh']}再加一行？"}
            yield Step(kind="row", path=(*here, len(rows)), question=_flag(question.key, text), section=section)


def _column_text(question: Question, column: Question) -> Mapping[str, str]:
    if column in _ENTRY:
        return column.text
    return {language: f"{text} [{column.key}]" for language, text in question.text.items()}


def _flag(key: str, text: Mapping[str, str]) -> Question:
    return Question(key=key, type="flag", text=text, why={})


def _choosing(flow: Flow, clauses: tuple[str, ...]) -> Question:
    text = (
        {"en": "Which of these fits the goods? At least one", "zh": "以下哪项适用于该货物？至少选一项"}
        if clauses
        else {"en": "Which of these does the contract state as well?", "zh": "合同还约定以下哪些项目？"}
    )
    return Question(key="clauses", type="list", text=text, why={})
