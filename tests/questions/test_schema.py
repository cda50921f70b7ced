"""The JSON Schema of the answers and the reading of them agree on every answers file."""

from __future__ import annotations

import copy
import datetime
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from drawn import NAMES, ORDERS, Drawn
from lotproof.catalog.loading import load_category
from lotproof.findings import Finding, Refused, Severity
from lotproof.questions.printing import blank_answers
from lotproof.questions.reading import read_answers
from lotproof.questions.schema import answers_schema
from lotproof.sources import show_path
from lotproof.templates import shipped_houses
from strategies import CATEGORIES, SALT, answers

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/answers.toml"))


@cache
def check_schema(schema: str) -> None:
    """Look at a schema; each once, since categories share most of their clauses."""
    Draft202012Validator.check_schema(json.loads(schema))


@lru_cache(maxsize=16)
def validator(category: str) -> Draft202012Validator:
    """The schema of a category, as an editor gets it: through JSON."""
    return Draft202012Validator(json.loads(json.dumps(answers_schema(load_category(category)))))


def refusals(text: str) -> list[Finding]:
    """What reading refuses."""
    try:
        read_answers(text.encode(), "answers.toml", load_category, shipped_houses)
    except Refused as refused:
        return [f for f in refused.findings if f.severity is Severity.REFUSE]
    return []


def as_json(value: Any) -> Any:
    """What an editor sees of a TOML value: dates are strings to it, and it cannot tell them apart."""
    match value:
        case Mapping():
            return {key: as_json(inner) for key, inner in value.items()}
        case list():
            return [as_json(inner) for inner in value]
        case Decimal():
            return float(value)
        case datetime.date() | datetime.time():
            return value.isoformat()
        case _:
            return value


def inline(value: Any) -> str:
    """Write a TOML value on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value, ensure_ascii=False)
        case Mapping():
            return "{" + ", ".join(f"{json.dumps(key)} = {inline(inner)}" for key, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(inline, value)) + "]"
        case Decimal():
            return f"{value:f}"
        case datetime.date() | datetime.time():
            return value.isoformat()
        case _:
            return str(value)


def written(data: Mapping[str, Any]) -> str:
    return "\n".join(f"{json.dumps(key)} = {inline(value)}" for key, value in data.items())


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value in a file."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


STRANGE: list[Any] = [
    *(
        "",
        "x",
        "zero",
        "2.5",
        " 2.5 ",
        "1 kg",
        "3.0 %",
        "-1 mm",
        "5 \u03bcm",
        "nan",
        "1e3",
        "en",
        "zh",
        "2027-01-15",
        "2027-13-15",
        "x" * 500,
    ),
    *(0, 1, -1, 7, 10**20, Decimal("0.5"), Decimal("2.5"), Decimal("2.40"), Decimal("-0.0"), True, False),
    *(datetime.date(2027, 1, 15), datetime.datetime(2027, 1, 15, 10), datetime.time(10)),
    *(
        [],
        [""],
        ["a"],
        ["a", "a"],
        [1],
        [{}],
        [[]],
        [{"key": "a"}],
        [{"key": 1, "zh": 2}],
        ["x"] * 201,
        [{"key": "a", "zh": ""}] * 2,
    ),
    *({}, {"en": ""}, {"en": "a"}, {"en": "a", "zh": ""}, {"fr": "a"}, {"en": 1}, {"en": "a", "x": {}}, {"noise": {}}),
]
KEYS = [
    "number",
    "salt",
    "limit",
    "key",
    "zh",
    "terms",
    "item",
    "machinery",
    "all",
    "all.function",
    "machinery.noise",
    "x",
    "confirmed",
    "house",
    "entries",
]


WHOLE_FILES = settings(
    max_examples=settings().max_examples // 2,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # whole files shrink slowly, and the finding names the place
)


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A right answers file of any category in which many values are changed, added or taken away."""
    category = draw(st.sampled_from(CATEGORIES))
    data = tomllib.loads(draw(answers(category)).decode(), parse_float=Decimal)
    for _ in range(draw(st.integers(0, 40))):
        path = draw(st.sampled_from(list(places(data))))
        table = parent(data, path)
        match draw(st.sampled_from(["change", "change", "take", "add"])):
            case "change" if path != ("category",):
                table[path[-1]] = copy.deepcopy(draw(st.sampled_from(STRANGE)))
            case "add" if isinstance(table, dict):
                table[draw(st.sampled_from(KEYS))] = copy.deepcopy(draw(st.sampled_from(STRANGE)))
            case "take" if path[0] != "category":
                table.pop(path[-1])
            case _:
                pass
    return category, data


def related(one: str, other: str) -> bool:
    """Say whether one place lies in the other; the top of the file holds all places."""
    return one.startswith(other) or other.startswith(one)


def places_of_misfits(category: str, data: Mapping[str, Any]) -> dict[str, str]:
    """Where the schema refuses, and why."""
    return {
        show_path(list(error.absolute_path)): error.message[:200]
        for error in validator(category).iter_errors(as_json(data))
    }


@WHOLE_FILES
@given(spoilt())
def test_reading_refuses_what_the_schema_refuses_at_the_same_place(made: tuple[str, dict[str, Any]]) -> None:
    category, data = made
    refused = [finding.where.partition(": ")[2] for finding in refusals(written(data))]
    for place, why in places_of_misfits(category, data).items():
        assert any(related(place, where) for where in refused), f"{place}: {why}; refused: {refused}"


@WHOLE_FILES
@given(spoilt())
def test_the_schema_refuses_a_key_a_type_a_unit_or_a_choice_where_reading_does(
    made: tuple[str, dict[str, Any]],
) -> None:
    category, data = made
    misfits = places_of_misfits(category, data)
    for finding in refusals(written(data)):
        shape = finding.code in ("LP102", "LP104", "LP116", "LP201")
        shape |= finding.code == "LP103" and "expected" in finding.message and "the date or time" not in finding.message
        shape &= "found a list" not in finding.message  # of dates, which stand as texts in JSON
        shape |= finding.code == "LP113" and "choices" in finding.message
        if shape and "has no code" not in finding.message:
            where = finding.where.partition(": ")[2]
            assert any(related(place, where) for place in misfits), str(finding)


@pytest.mark.parametrize("drawn", ORDERS, indirect=True, ids=NAMES)
def test_right_answers_fit_the_schema(drawn: Drawn) -> None:
    data = tomllib.loads(drawn.answers.decode(), parse_float=Decimal)
    assert not refusals(drawn.answers.decode())
    validator(data["category"]).validate(as_json(data))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("category", CATEGORIES)
def test_the_schema_is_one_and_describes_every_answer(category: str, language: str) -> None:
    text = json.dumps(answers_schema(load_category(category), language), ensure_ascii=False)
    schema = json.loads(text)
    outer = schema | {"$defs": {}, "properties": {}}
    for part in (outer, *schema["$defs"].values(), *schema["properties"].values()):
        check_schema(json.dumps(part))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for question in (q for group in load_category(category).groups for q in group.questions):
        assert json.dumps(question.text[language], ensure_ascii=False)[1:-1] in text
    open_tables = [
        path
        for path in places(schema)
        if path[-1] == "properties" and parent(schema, path).get("additionalProperties") is not False
    ]
    assert not open_tables


def parent(data: Any, path: tuple[Any, ...]) -> Any:
    """What holds the last part of a path."""
    for part in path[:-1]:
        data = data[part]
    return data


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("category", CATEGORIES)
def test_the_blank_answers_of_a_category_fit_its_schema(category: str, language: str) -> None:
    blank = tomllib.loads(blank_answers(load_category(category), SALT, language))
    validator(category).validate(as_json(blank))


@pytest.mark.parametrize("category", CATEGORIES)
def test_any_answer_may_be_blank_but_the_salt(category: str) -> None:
    data = tomllib.loads(blank_answers(load_category(category), SALT))
    data["terms"] = {c.id: {q.key: "" for q in c.questions} for c in load_category(category).clauses.values()}
    validator(category).validate(as_json(data))
    data["order"]["salt"] = ""
    assert not validator(category).is_valid(as_json(data))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda p: p.parent.name)
def test_the_examples_fit_their_schema(example: Path) -> None:
    data = tomllib.loads(example.read_text(encoding="utf-8"), parse_float=Decimal)
    validator(data["category"]).validate(as_json(data))


def test_a_quantity_is_a_number_and_its_unit() -> None:
    schema = answers_schema(load_category("ceramic_tableware"))["$defs"]["ceramic_tableware.capacity"]["properties"][
        "tolerance"
    ]
    (pattern,) = (part["pattern"] for part in schema["anyOf"] if "pattern" in part)
    for right in ("3 %", "10 mL", "10mL", "\u22121.50 mL", "3.0\u00a0%", "12 cm³", "0.35 L"):
        assert re.search(pattern, right), right
    for wrong in ("3", "mL", "3 ml", "3 g", "1e3 mL", "1,5 mL", "3 % mL", "x 3 mL"):
        assert not re.search(pattern, wrong), wrong
