"""The flow asks what is open, in order, and nothing that was answered is lost by a change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotproof.catalog.loading import load_category
from lotproof.frozen import replace
from lotproof.questions import flow as f
from lotproof.questions.steps import HIDDEN, TERMS, Flow, Step
from lotproof.sources import parse_toml

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/answers.toml"))
MUGS = next(path for path in EXAMPLES if path.parent.name == "stoneware-mugs")


def loaded(path: Path) -> tuple[Flow, f.State]:
    data, _ = parse_toml(path.read_bytes(), path.name)
    category = load_category(data["category"])
    return Flow(category), f.begin(category, data)


def step(flow: Flow, state: f.State, name: str) -> Step:
    return next(one for one in f.steps(flow, state) if one.id == name)


def drained(flow: Flow, state: f.State) -> tuple[f.State, list[str]]:
    """Leave every open step, and return their ids."""
    put: list[str] = []
    while (one := f.next_question(flow, state)) is not None:
        put.append(one.id)
        state = (
            f.leave(state, one)
            if one.kind == "answer"
            else f.answer(flow, state, one, () if one.kind == "clauses" else False)
        )
        if one.needed:
            break
    return state, put


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_answer_of_an_example_has_a_step_and_no_step_is_named_twice(path: Path) -> None:
    flow, state = loaded(path)
    found = list(f.steps(flow, state))
    assert len({one.id for one in found}) == len(found)
    answered = {one.path for one in found if one.kind == "answer"}
    for group in flow.category.groups:
        table = state.data.get(group.id)
        if isinstance(table, dict):
            for key, value in table.items():
                assert (group.id, key) in answered or f"{group.id}.{key}" in HIDDEN or value == ""


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_what_is_answered_is_not_asked_again(path: Path) -> None:
    flow, state = loaded(path)
    _, put = drained(flow, state)
    assert len(put) == len(set(put))
    for name in put:
        one = step(flow, state, name) if any(s.id == name for s in f.steps(flow, state)) else None
        assert one is None or f.is_open(state, one)


def test_what_decides_most_comes_first() -> None:
    category = load_category("ceramic_tableware")
    flow = Flow(category)
    state, seen = f.begin(category), []
    for _ in category.first:
        one = f.next_question(flow, state)
        assert one is not None
        seen.append(one.id)
        state = f.leave(state, one)
    assert tuple(seen) == category.first
    assert {"delivery.destination", "payment.route", "order.trouble"} <= set(seen)


def test_going_back_passes_every_step_in_the_other_direction() -> None:
    flow, state = loaded(MUGS)
    forward = [one.id for one in f.steps(flow, state) if one.kind != "row"]
    back, one = [], f.previous(flow, state, None)
    while one is not None:
        back.append(one.id)
        one = f.previous(flow, state, one)
    assert back[::-1] == forward


def test_a_table_that_is_not_wanted_comes_back_with_its_answers() -> None:
    flow, state = loaded(MUGS)
    wanted = step(flow, state, "warranty")
    state = f.answer(flow, state, wanted, True)
    months = step(flow, state, "warranty.months")
    state = f.answer(flow, state, months, 24)
    without = f.answer(flow, state, wanted, False)
    assert "warranty" not in without.data
    assert f.answer(flow, without, wanted, True).data == state.data


def test_changing_one_answer_keeps_the_later_ones() -> None:
    flow, state = loaded(MUGS)
    route = step(flow, state, "payment.route")
    changed = f.answer(flow, f.answer(flow, state, route, "bank"), route, "trade_assurance")
    assert changed.data == state.data


def test_a_suggestion_that_was_taken_follows_until_it_is_overridden() -> None:
    flow, state = loaded(MUGS)
    name, beneficiary = step(flow, state, "seller.name_zh"), step(flow, state, "payment.beneficiary")
    assert f.suggestions(flow, state, beneficiary)[0] == state.data["seller"]["name_zh"]
    state = f.answer(flow, state, beneficiary, f.suggestions(flow, state, beneficiary)[0], followed=True)
    state = f.answer(flow, state, name, "新示例陶瓷有限公司")
    assert state.data["payment"]["beneficiary"] == "新示例陶瓷有限公司"
    state = f.answer(flow, state, beneficiary, "另一收款人有限公司")
    state = f.answer(flow, state, name, "第三示例陶瓷有限公司")
    assert state.data["payment"]["beneficiary"] == "另一收款人有限公司"


def test_a_row_that_is_removed_moves_the_others_up() -> None:
    _, state = loaded(MUGS)
    items = [row["item"] for row in state.data["goods"]]
    after = f.remove_row(state, ("goods", 1))
    assert [row["item"] for row in after.data["goods"]] == [items[0], items[2]]
    assert state.data["goods"][1]["item"] == items[1]


def test_a_clause_for_each_item_begins_with_what_stood_for_all() -> None:
    flow, state = loaded(MUGS)
    after = f.by_item(state, "packaging.carton_gross_weight")
    stated = state.data["terms"]["packaging.carton_gross_weight"]
    assert "packaging.carton_gross_weight" not in after.data["terms"]
    assert all(row["terms"]["packaging.carton_gross_weight"] == stated for row in after.data["goods"])
    places = [s.path[:2] for s in f.steps(flow, after) if s.kind == "answer" and TERMS in s.path[1:]]
    assert [("goods", index) in places for index in range(3)] == [True, True, True]


def test_clause_tables_without_quotes_are_asked_about_once() -> None:
    data, _ = parse_toml(b'category = "machinery"\n[terms.machinery.noise]\nlimit = "75 dB(A)"\n', "answers.toml")
    category = load_category("machinery")
    state = f.begin(category, data)
    assert state.data["terms"] == {"machinery.noise": {"limit": "75 dB(A)"}}
    asked = step(Flow(category), state, "terms.machinery.noise.limit")
    assert not f.is_open(state, asked)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_next_question_is_the_first_open_one_behind_the_last_answer(data: Any) -> None:
    flow, state = loaded(MUGS)
    every = list(f.steps(flow, state))
    answers = [s for s in every if s.kind == "answer"]
    gone = data.draw(st.sets(st.integers(0, len(answers) - 1), max_size=12))
    for one in (answers[index] for index in gone):
        state = f.answer(flow, state, one, "" if one.question.type not in ("list", "entries") else [])
    at = every[data.draw(st.integers(0, len(every) - 1))]
    state = replace(state, at=(at.section, at.path))
    ordered = list(f.steps(flow, state))
    place = next((i + 1 for i, s in enumerate(ordered) if state.at == (s.section, s.path)), 0)
    expected = next((s for s in (*ordered[place:], *ordered[:place]) if f.is_open(state, s)), None)
    assert f.next_question(flow, state) == expected
