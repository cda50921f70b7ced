"""Random answers that are right, for every category of the catalogue."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from lotproof import sampling
from lotproof.catalog.loading import index, load_category
from lotproof.catalog.model import Category, Question
from lotproof.questions.reading import FORMAT
from lotproof.questions.values import row_questions
from lotproof.templates import load_templates

CATEGORIES = [row["id"] for row in index()]
WORDING = load_templates("standard").wording["zh"]
SALT = "0123456789abcdef0123456789abcdef"

PIECES = ("steel", "米", "A&B", "<b>", '"', "{{ 7*7 }}", "50", "№7", "שלום", "🙂", "x", "é", "%", "Ω")
TEXT = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join)
NAME = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6).map("".join)
ITEMS = st.lists(NAME.map(str.upper), min_size=1, max_size=3, unique=True)
CURRENCY = st.sampled_from(["USD", "CNY", "JPY"])
COIN = st.booleans()


def numbers(low: Decimal | None, high: Decimal | None, places: int = 2) -> st.SearchStrategy[Decimal]:
    """Decimals between two bounds, ends included."""
    least = Decimal(0) if low is None else low
    most = least + 1000 if high is None else high
    return st.decimals(least, most, places=places, allow_nan=False).map(lambda d: d + Decimal(0))


def value(question: Question) -> st.SearchStrategy[Any]:
    """An answer to one question, as TOML would hold it."""
    if question.type == "entries":
        return rows(question)
    return single(
        question.type,
        question.minimum,
        question.maximum,
        question.max_length,
        question.unit,
        tuple(choice for choice, _ in question.choices),
        percent=bool(question.percent_of),
    )


@cache
def single(
    type_: str,
    low: Decimal | None,
    high: Decimal | None,
    length: int,
    unit: str,
    choices: tuple[str, ...],
    *,
    percent: bool,
) -> st.SearchStrategy[Any]:
    """An answer that is no table; cached, since to prepare a strategy costs more than to draw from it."""
    match type_:
        case "text" | "words":
            words = TEXT.map(lambda s: s[:length].strip())
            return words if type_ == "text" else words.map(lambda s: {"en": s, "zh": f"{s}（中文）"})
        case "identifier":
            return NAME
        case "pattern":
            return st.sampled_from(["LOT-####", "@@-##", "A1"])
        case "integer":
            return st.integers(int(low or 0), int(min(high, Decimal(100_000)) if high is not None else 5000))
        case "decimal" | "money":
            return numbers(low, min(high, Decimal(30)) if high is not None else None)
        case "quantity":
            exact = numbers(low, high).map(lambda d: f"{d:f} {unit}")
            return st.one_of(exact, numbers(Decimal(0), Decimal(20)).map(lambda d: f"{d:f} %")) if percent else exact
        case "date":
            return st.dates(datetime.date(2027, 6, 1), datetime.date(2029, 1, 1))
        case "choice":
            return st.sampled_from(choices)
        case "flag":
            return st.booleans()
        case "list":
            return st.lists(NAME, min_size=1, max_size=3, unique=True)
        case "aql":
            return st.sampled_from(["zero", *[a for a in sampling.aqls() if a <= 10]])
        case _:
            raise AssertionError(type_)


def rows(question: Question) -> st.SearchStrategy[Any]:
    """Rows of entries with their own keys; shares add up to 100."""
    if question.each is None:
        return PARTS
    columns = tuple((column.key, value(column)) for column in row_questions(question))
    return entries(columns)


PARTS = st.sampled_from(
    [
        [{"key": "clay", "zh": "黏土", "share": "100 %", "tolerance": "0 %"}],
        [
            {"key": "cotton", "zh": "棉", "share": "60.5 %", "tolerance": "3 %"},
            {"key": "wool", "zh": "羊毛", "share": "39.5 %", "tolerance": "2 %"},
        ],
    ]
)


@cache
def entries(columns: tuple[tuple[str, st.SearchStrategy[Any]], ...]) -> st.SearchStrategy[Any]:
    """Rows with these columns."""
    row = st.fixed_dictionaries(dict(columns)).map(in_order)
    return st.lists(st.tuples(NAME, row), min_size=1, max_size=3, unique_by=lambda r: r[0]).map(
        lambda made: [{"key": key, "zh": f"{key}项", **inner} for key, inner in made]
    )


@st.composite
def answers(draw: st.DrawFn, category_id: str) -> bytes:
    """A whole answers file of a category, with nothing open."""
    category = load_category(category_id)
    data: dict[str, Any] = {
        "format": FORMAT,
        "category": category_id,
        "confirmed": sorted(c.id for c in category.clauses.values() if c.unverified),
    }
    minimum = {c for m in category.minimum for c in m.clauses if c in category.clauses}
    for group in category.groups:
        if not group.repeat and not (group.optional and draw(COIN)):
            data[group.id] = table(draw, group.questions)
    data["order"] |= {"salt": SALT, "date": datetime.date(2027, 1, 15), "supersedes": ""}
    data["payment"] |= {"currency": draw(CURRENCY)}
    if "zero_n" in data["inspection"]:
        data["inspection"]["zero_n"] = 1
    if data["inspection"].get("severity") == "reduced":
        data["inspection"]["plan"] = "single"  # double and multiple plans of reduced inspection are partly unverified
    data["delivery"] |= {"late_percent_per_week": 1, "late_cap_percent": 5}
    data["seller"] |= {
        "name_zh": "佛山市示例机械有限公司",
        "name_en": "Example Ltd",
        "registration": "91110000600037341L",
    }
    data["seller"] |= {"production_site": "佛山市示例路1号"}
    data["payment"] |= {"beneficiary": "佛山市示例机械有限公司", "deposit_percent": 30}
    if "end_client" in data["payment"]:
        data["payment"]["end_client"] = f"Endkunde {data['payment']['end_client']}"[
            :400
        ]  # whose name stands nowhere else
    if "damages" in data:
        data["damages"] = {"percent": 2, "cap_percent": 10}
    data["wording"] = {
        "confirmed_by": "Li Wei, lawyer",
        "confirmed_on": datetime.date(2027, 1, 10),
        "fingerprint": WORDING,
    }
    if "warranty" in data:
        data["notice"]["latent_months"] = 120
        data["warranty"] |= {"months": 12} | ({} if "acceptance_tests" in data else {"start": "opening"})
    items = draw(ITEMS)
    goods = next(g for g in category.groups if g.id == "goods")
    data["goods"] = []
    for item in items:
        row = table(draw, goods.questions) | {
            "item": item,
            "quantity": draw(st.integers(1, 9 if category.basis == "each" else 20_000)),
        }
        data["goods"].append({**row, "terms": {}})
    data["terms"] = {}
    for clause in category.clauses.values():
        if clause.id not in minimum and not draw(COIN):
            continue
        if clause.each.get("from") != "goods" and draw(st.integers(0, 3)) == 0:
            for row in data["goods"]:
                row["terms"][clause.id] = table(draw, clause.questions)
        else:
            data["terms"][clause.id] = table(draw, clause.questions)
    if "warranty" in data and "machinery.warranty" in data["terms"]:
        data["terms"]["machinery.warranty"]["limit"] = "12 month"
    return to_toml(data).encode()


def table(draw: st.DrawFn, questions: tuple[Question, ...]) -> dict[str, Any]:
    """Answers to all questions of a table; optional ones now and then left out."""
    return in_order({q.key: draw(value(q)) for q in questions if not (q.optional and draw(COIN))})


@st.composite
def tables(draw: st.DrawFn, questions: tuple[Question, ...]) -> dict[str, Any]:
    """Answers to the questions of one group."""
    return table(draw, questions)


def in_order(made: dict[str, Any]) -> dict[str, Any]:
    """Exchange a least and a most that stand the wrong way round."""
    least, most = made.get("least"), made.get("most")
    if least is not None and most is not None and least > most:
        return made | {"least": most, "most": least}
    return made


def to_toml(data: Mapping[str, Any], prefix: str = "") -> str:
    """Write a TOML file; enough for answers."""
    plain = {k: v for k, v in data.items() if not isinstance(v, Mapping) or set(v) <= {"en", "zh"} and v}
    lines = [f"{_key(k)} = {_toml(v)}" for k, v in plain.items() if not _is_tables(k, v)]
    for key, inner in data.items():
        path = f"{prefix}.{_key(key)}" if prefix else _key(key)
        if _is_tables(key, inner):
            for element in inner:
                lines += [f"[[{path}]]", to_toml(element, path)]
        elif key not in plain:
            lines += [f"[{path}]", to_toml(inner, path)]
    return "\n".join(lines)


def _is_tables(key: str, value: Any) -> bool:
    return key == "goods" and isinstance(value, list)


def _key(key: str) -> str:
    return key if key.replace("_", "").isalnum() and key.isascii() else json.dumps(key, ensure_ascii=False)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(k)} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def category_ids() -> st.SearchStrategy[str]:
    """Any category."""
    return st.sampled_from(CATEGORIES)


__all__ = ["CATEGORIES", "SALT", "Category", "answers", "category_ids", "to_toml"]
