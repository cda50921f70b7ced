"""Whatever is answered is agreed: no answer can change without the digest changing."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lotproof import api
from lotproof.catalog.loading import load_category
from lotproof.catalog.model import Question
from strategies import to_toml

PATHS = ("examples/stoneware-mugs/answers.toml", "examples/vffs-packing-machine/answers.toml")


def read(path: str) -> str:
    """Return an example's answers."""
    return (Path(__file__).parents[2] / path).read_text(encoding="utf-8")


@cache
def digest(answers: bytes) -> str:
    """Return the digest of the order that some answers make."""
    return api.digest(api.build(answers).order)


def other(question: Question, value: Any) -> Any:
    """Return another right answer."""
    match question.type:
        case "choice":
            return next(choice for choice, _ in question.choices if choice != value)
        case "integer":
            return value - 1 if value > 1 else value + 1
        case "decimal" | "money":
            return value + Decimal("0.25") if value == 0 else value - Decimal("0.25")
        case "date":
            return (
                value + datetime.timedelta(days=1)
                if question.key != "ship_date"
                else value - datetime.timedelta(days=1)
            )
        case "aql":
            return "zero" if value != "zero" else Decimal("0.10")
        case "words":
            return {"en": "something else", "zh": "\u522b\u7684"}
        case "identifier" | "text":
            fixed = {"currency": "EUR", "salt": "0" * 32, "fingerprint": "0" * 16, "registration": "91110000600037341L"}
            return fixed.get(question.key, f"{value}-other")
        case _:
            raise AssertionError(question.type)


def answered(path: str) -> Iterator[tuple[str, str]]:
    """Yield group and key of each order-level answer of an example."""
    data = tomllib.loads(read(path))
    for group in load_category(data["category"]).groups:
        table = data.get(group.id, [{}])[0] if group.repeat else data.get(group.id, {})
        for question in group.questions:
            if table.get(question.key) not in (None, ""):
                yield group.id, question.key


@pytest.mark.parametrize(("path", "group", "key"), [(p, g, k) for p in PATHS for g, k in answered(p)])
def test_another_answer_is_another_digest(path: str, group: str, key: str) -> None:
    source = read(path)
    data = tomllib.loads(source, parse_float=Decimal)
    category = load_category(data["category"])
    question = next(q for g in category.groups if g.id == group for q in g.questions if q.key == key)
    table = data[group][0] if group == "goods" else data[group]
    before = digest(to_toml(data).encode())
    table[key] = other(question, Decimal(table[key]) if question.type in ("decimal", "money") else table[key])
    if (group, key) == ("order", "languages"):
        data["order"].pop("controlling")
    after = digest(to_toml(data).encode())
    assert before != after


@pytest.mark.parametrize("path", PATHS)
def test_another_limit_is_another_digest(path: str) -> None:
    source = read(path)
    before = digest(source.encode())
    spec = source.index("# --- The specification")
    changed = 0
    for line in source[spec:].splitlines():
        key, _, value = line.partition(" = ")
        if value.startswith('"') and value[1:2].isdigit():
            number, _, unit = value.strip('"').partition(" ")
            more = f'{key} = "{Decimal(number) + Decimal("0.5")} {unit}"'
            after = digest((source[:spec] + source[spec:].replace(line, more, 1)).encode())
            assert after != before, line
            changed += 1
    assert changed >= 5
