"""A re-order keeps what stays, empties what is new each time, and asks what is new or changed."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from lotproof import api
from lotproof.catalog.loading import load_category
from lotproof.catalog.model import Category
from lotproof.findings import Refused
from lotproof.frozen import replace
from lotproof.houses import load_house
from lotproof.questions.paths import written
from lotproof.questions.printing import answers_text
from lotproof.questions.reordering import ADDED, EACH_ORDER, OPEN, REWORDED, STILL, Reorder, reorder

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/answers.toml"))
SALT = "f" * 32
WORDING = load_house("toys").templates.wording["zh"]


def read(content: bytes) -> dict[str, Any]:
    return tomllib.loads(content.decode(), parse_float=Decimal)


def again(content: bytes, category: Category | None = None, wording: str = WORDING) -> Reorder:
    old = read(content)
    return reorder(old, category or load_category(old["category"]), salt=SALT, wording=wording)


def why(made: Reorder) -> dict[str, str]:
    return {written(asked.path): asked.why for asked in made.asked}


def test_what_is_new_each_time_is_emptied_and_the_rest_stays(mugs: bytes) -> None:
    made, old = again(mugs), read(mugs)
    order = made.data["order"]
    assert order["salt"] == SALT != old["order"]["salt"]
    assert not {"number", "revision", "date", "supersedes"} & set(order)
    assert "ship_date" not in made.data["delivery"]
    for group in ("buyer", "seller", "remedies", "law", "notice"):
        assert made.data[group] == old[group]
    assert made.data["terms"] == old["terms"]
    assert not {"source", "confirmed_on", "confirmed_by"} & set(made.data.get("window", {}))


def test_only_what_is_new_or_may_have_changed_is_asked(mugs: bytes) -> None:
    asked = why(again(mugs))
    assert asked["order.number"] == asked["delivery.ship_date"] == asked["window.source"] == EACH_ORDER
    assert asked["goods[1].quantity"] == asked["goods[1].unit_price"] == asked["window.days"] == STILL
    assert not [
        name for name in asked if name.startswith(("buyer", "seller", "remedies", "law", "terms", "inspection"))
    ]
    assert "order.supersedes" not in asked and "order.salt" not in asked


def test_nothing_of_the_earlier_file_is_changed(mugs: bytes) -> None:
    old = read(mugs)
    before = repr(old)
    reorder(old, load_category(old["category"]), salt=SALT, wording=WORDING)
    assert repr(old) == before


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.parent.name)
def test_a_reorder_with_the_old_answers_put_back_is_the_old_order(path: Path) -> None:
    content = path.read_bytes()
    made = again(content)
    text = answers_text(load_category(read(content)["category"]), made.data, notes={a.path: a.why for a in made.asked})
    settings = []
    for group, key in [(g, k) for g, table in read(content).items() if isinstance(table, dict) for k in table]:
        if key != "salt" and group != "terms" and made.data.get(group, {}).get(key) != read(content)[group][key]:
            settings.append(f"{group}.{key}={read(content)[group][key]}")
    built = api.build(text.replace(SALT, read(content)["order"]["salt"]).encode(), final=True, settings=settings)
    assert api.digest(built.order) == api.digest(api.build(content).order)


def test_a_question_that_the_earlier_file_lacks_is_told_from_one_left_blank(mugs: bytes) -> None:
    lacking = mugs.replace(b"cost_days = 10\n", b"").replace(b'role = "principal"', b'role = ""')
    asked = why(again(lacking))
    assert (asked["remedies.cost_days"], asked["buyer.role"]) == (ADDED, OPEN)


def test_an_answer_that_is_none_any_more_is_emptied_and_asked(mugs: bytes) -> None:
    made = again(mugs.replace(b"rounds = 2", b"rounds = 99"))
    assert "99 is above 5" in why(made)["remedies.rounds"]
    assert "rounds" not in made.data["remedies"]


def test_what_was_withdrawn_is_listed_with_its_answer(mugs: bytes) -> None:
    made = again(
        mugs.replace(b"[remedies]", b"[remedies]\nrepair_days = 12").replace(
            b'[terms."all.appearance"]', b'[terms."all.shine"]\nlimit = "3 mm"\n[terms."all.appearance"]'
        )
    )
    gone = {row.name: row.answer for row in made.withdrawn}
    assert gone == {"remedies.repair_days": "12", 'terms."all.shine"': '{ limit = "3 mm" }'}
    assert "all.shine" not in made.data["terms"]


def test_a_clause_revised_since_is_asked_and_keeps_its_answers(mugs: bytes) -> None:
    category = load_category("ceramic_tableware")
    clause = category.clauses["ceramic_tableware.water_absorption"]
    revised = replace(category, clauses={**category.clauses, clause.id: replace(clause, revision=clause.revision + 1)})
    made = again(mugs, revised)
    name = f'terms."{clause.id}"'
    assert "revised, from 1 to 2" in why(made)[name]
    assert made.data["terms"][clause.id] == read(mugs)["terms"][clause.id]
    text = answers_text(revised, made.data)
    assert name not in why(again(text.encode(), revised))


def test_the_wording_stays_confirmed_only_while_it_is_the_same(mugs: bytes) -> None:
    old = read(mugs)
    assert again(mugs, wording=old["wording"]["fingerprint"]).data["wording"] == old["wording"]
    made = again(mugs, wording="0" * 16)
    assert (made.data["wording"], why(made)["wording"]) == ({}, REWORDED)


def test_confirmed_clauses_are_confirmed_again(mugs: bytes) -> None:
    made = again(mugs.replace(b'house = "standard"', b'house = "standard"\nconfirmed = ["ceramic_tableware.capacity"]'))
    assert "confirmed" not in made.data
    assert "confirmed" in why(made)


def test_origins_stay_with_the_answers_that_do(mugs: bytes) -> None:
    made = again(mugs + b'\n[origin]\n"order.number" = { how = "typed" }\n"law.cisg" = { how = "suggestion" }\n')
    assert made.data["origin"] == {"law.cisg": {"how": "suggestion"}}


def test_what_the_minimum_asks_by_now_is_asked(mugs: bytes) -> None:
    text = mugs.decode()
    start = text.index('[terms."all.appearance"]')
    made = again((text[:start] + text[text.index("[terms", start + 5) :]).encode())
    category = load_category("ceramic_tableware")
    needed = {clause for minimum in category.minimum for clause in minimum.clauses}
    assert ('terms."all.appearance"' in why(made)) == ("all.appearance" in needed)


@pytest.mark.parametrize(
    ("old", "code"),
    [({}, "LP103"), ({"format": "lotproof-answers/1", "category": "toys"}, "LP194")],
)
def test_no_other_file_starts_a_reorder(old: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        reorder(old, load_category("ceramic_tableware"), salt=SALT, wording=WORDING)
    assert refused.value.findings[0].code == code


@pytest.mark.parametrize("value", [5, "x", [], [5], {"x": 5}, {"machinery": {"x": 5}}])
@pytest.mark.parametrize("key", ["goods", "terms", "order", "own_terms", "origin", "revisions", "defects", "tooling"])
def test_a_strange_earlier_file_gives_a_reorder_all_the_same(key: str, value: Any) -> None:
    old = {"format": "lotproof-answers/1", "category": "ceramic_tableware", key: value}
    category = load_category("ceramic_tableware")
    made = reorder(old, category, salt=SALT, wording=WORDING)
    assert SALT in answers_text(category, made.data, notes={asked.path: asked.why for asked in made.asked})
