"""
The question flow: which question comes next, what a new answer changes, and the way back; pure, the same for every front.

A :class:`State` is what has been answered so far, in the form of an answers file, and what was put and left open. Every function
returns a new one. A :class:`Step` is one thing to ask: an answer, whether an optional table or a further row is wanted, or which of
some clauses are taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lotproof.catalog.model import Category, Question
from lotproof.frozen import Frozen, replace
from lotproof.questions.facts import Facts
from lotproof.questions.paths import Path, value_at
from lotproof.questions.problems import blank
from lotproof.questions.steps import TERMS, Data, Flow, Step, is_stated, stated_at, steps_behind, steps_of
from lotproof.sources import show_path


class State(Frozen, kw_only=True):
    """
    What has been answered.

    Attributes:
        data: the answers, as an answers file holds them.
        put: ids of steps that were put and left open, or declined.
        followed: ids of answers that were taken over from a suggestion; they follow what the suggestion follows.
        kept: answers of tables and clauses that are not wanted any more, by id; wanted again, they come back.
        at: section and path of the step answered last.
    """

    data: Data
    put: frozenset[str] = frozenset()
    followed: frozenset[str] = frozenset()
    kept: Mapping[str, Any]
    at: tuple[str, Path] | None = None


def begin(category: Category, data: Data | None = None, put: frozenset[str] = frozenset()) -> State:
    """Return the state of a new answers file, or of one that was begun."""
    data = _named_in_full(data or {"category": category.id}, category)
    goods = data.get("goods")
    if isinstance(goods, list):
        data = {**data, "goods": [_named_in_full(row, category) for row in goods]}
    return State(data=data, put=put, kept={})


def _named_in_full(table: Data, category: Category) -> Data:
    """Return answers with ``[terms.machinery.noise]``, for which people forget the quotes, as ``[terms."machinery.noise"]``."""
    terms = table.get(TERMS)
    if not isinstance(terms, Mapping) or all(name in category.clauses for name in terms):
        return table
    named: dict[str, Any] = {}
    for name, value in terms.items():
        inner = value if isinstance(value, Mapping) and name not in category.clauses else {}
        clauses = {f"{name}.{key}": answers for key, answers in inner.items()}
        named |= clauses if clauses and clauses.keys() <= category.clauses.keys() else {name: value}
    return {**table, TERMS: named}


def next_question(flow: Flow, state: State) -> Step | None:
    """
    Return the next step that is open, after the one answered last and round to the beginning; None when nothing is open.

    The time it takes does not grow with what has been answered: it begins where the last answer stands.
    """
    facts = Facts(state.data, flow.category)
    for step in steps_behind(flow, facts, state.at):
        if is_open(state, step):
            return step
    if state.at is not None:
        for step in steps_behind(flow, facts, None):
            if (step.section, step.path) == state.at:
                break
            if is_open(state, step):
                return step
    return None


def is_open(state: State, step: Step) -> bool:
    """Say whether a step still has to be put."""
    if step.id in state.put:
        return False
    match step.kind:
        case "answer":
            return blank(value_at(state.data, step.path), step.question.type)
        case "table":
            return value_at(state.data, step.path) is None
        case "clauses":
            return not step.needed or not any(is_stated(state.data, c) for c in step.clauses)
        case "row":
            return True


def steps(flow: Flow, state: State) -> Iterator[Step]:
    """Yield every step that belongs to the order as it is answered now, from the first to the last."""
    return steps_behind(flow, Facts(state.data, flow.category), None)


def section_steps(flow: Flow, state: State, section: str) -> Iterator[Step]:
    """Yield the steps of one section."""
    return steps_of(flow, Facts(state.data, flow.category), section)


def previous(flow: Flow, state: State, step: Step | None) -> Step | None:
    """Return the step before another one, or the last of all; None before the first."""
    facts = Facts(state.data, flow.category)
    last = flow.places[step.section] if step else len(flow.sections) - 1
    for place in range(last, -1, -1):
        before = None
        for one in steps_of(flow, facts, flow.sections[place]):
            if step is not None and (one.section, one.path) == (step.section, step.path):
                break
            if one.kind != "row":
                before = one
        if before is not None:
            return before
    return None


def answer(flow: Flow, state: State, step: Step, value: Any, *, followed: bool = False) -> State:
    """
    Return the state after a step was answered.

    Args:
        value: for an ``answer`` what TOML holds; for ``table`` and ``row`` whether it is wanted; for ``clauses`` the ids taken.
        followed: the answer was taken over from a suggestion, and changes with it from now on.
    """
    data, kept = state.data, dict(state.kept)
    put = state.put - {step.id}
    match step.kind:
        case "answer":
            data = with_value(data, step.path, value)
        case "table" if value:
            data = with_value(data, step.path, kept.pop(step.id, {}))
        case "table":
            data, put = _without(data, step.path, kept), put | {step.id}
        case "row" if value:
            data = with_value(data, step.path, {})
        case "row":
            put |= {step.id}
        case "clauses":
            for clause in step.clauses:
                path: Path = (TERMS, clause)
                if clause in value and not is_stated(data, clause):
                    data = with_value(data, path, kept.pop(show_path(path), {}))
                elif clause not in value:
                    for place in stated_at(data, clause):
                        data = _without(data, (*place, *path), kept)
            put |= {step.id}
    marks = state.followed | {step.id} if followed else state.followed - {step.id}
    after = replace(state, data=data, put=put, followed=marks, kept=kept, at=(step.section, step.path))
    return _follow(flow, after, step.id)


def by_item(state: State, clause: str) -> State:
    """Return the state with a clause stated for each item by itself; each begins with the answers that stood for all goods."""
    data = state.data
    values = value_at(data, (TERMS, clause)) or {}
    data = _without(data, (TERMS, clause), {})
    for index in range(len(value_at(data, ("goods",)) or ())):
        data = with_value(data, ("goods", index, TERMS, clause), values)
    return replace(state, data=data, at=None)


def leave(state: State, step: Step) -> State:
    """Return the state after a step was put and left open; an earlier answer is taken away."""
    data = state.data
    if step.kind == "answer" and not blank(value_at(data, step.path), step.question.type):
        data = with_value(data, step.path, [] if step.question.type in ("entries", "list") else "")
    return replace(state, data=data, put=state.put | {step.id}, at=(step.section, step.path))


def remove_row(state: State, path: Path) -> State:
    """Return the state without a row of a repeated table; the rows behind it move up."""
    rows = list(value_at(state.data, path[:-1]) or ())
    assert isinstance(path[-1], int)
    del rows[path[-1]]
    prefix = show_path(path[:-1])
    put = frozenset(one for one in state.put if not one.startswith(f"{prefix}["))
    return replace(state, data=with_value(state.data, path[:-1], rows), put=put, at=None)


def suggestions(flow: Flow, state: State, step: Step) -> tuple[Any, ...]:
    """Return what is offered for a step: what follows from other answers first, then what the catalogue offers, as TOML holds it."""
    computed = _computed(state.data, step.question)
    return (*((computed,) if computed is not None else ()), *(s for s in step.question.suggest if s != computed))


def with_value(data: Any, path: Path, value: Any) -> Any:
    """Return data with a value at a path; tables and rows on the way are made where they are missing."""
    if not path:
        return value
    first, rest = path[0], path[1:]
    if isinstance(first, int):
        rows = list(data) if isinstance(data, list) else []
        rows += [{} for _ in range(first + 1 - len(rows))]
        rows[first] = with_value(rows[first], rest, value)
        return rows
    table = dict(data) if isinstance(data, Mapping) else {}
    table[first] = with_value(table.get(first), rest, value)
    return table


def _without(data: Data, path: Path, kept: dict[str, Any]) -> Data:
    value = value_at(data, path)
    if value is None:
        return data
    if value:
        kept[show_path(path)] = value
    table = {key: inner for key, inner in value_at(data, path[:-1]).items() if key != path[-1]}
    changed: Data = with_value(data, path[:-1], table)
    return changed


def _computed(data: Data, question: Question) -> Any:
    """Return what follows from the answer that a question follows, or None."""
    if question.follow is None:
        return None
    source, values = question.follow
    given = value_at(data, tuple(source.split(".")))
    if blank(given, "words"):
        return None
    return values.get(str(given)) if values else given


def _follow(flow: Flow, state: State, changed: str) -> State:
    """Change the answers that were taken over from a suggestion that follows what was just answered."""
    for name, question in flow.follows.get(changed, ()):
        if name in state.followed and (computed := _computed(state.data, question)) is not None:
            state = replace(state, data=with_value(state.data, tuple(name.split(".")), computed))
            state = _follow(flow, state, name)
    return state
