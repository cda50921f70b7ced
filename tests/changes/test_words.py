"""Everything that can change has a name and a sense, in both languages."""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import Any

import pytest

from lotproof.catalog.loading import index, load_category
from lotproof.changes.model import Direction, Good, Kind
from lotproof.changes.rules import shipped_rules
from lotproof.changes.saying import phrase
from lotproof.shipped import shipped
from lotproof.sources import parse_toml

NOT_AGREED = {"order.trouble", "order.salt", "payment.end_client", "window.confirmed_by", "goods.item"}
"""Answers that the agreed data does not hold under their own names."""


def read(name: str) -> dict[str, Any]:
    """A file of the standard templates."""
    return parse_toml((shipped("templates") / "standard" / name).read_bytes(), name)[0]


def asked() -> set[str]:
    """Every answer that an order may hold, over all categories."""
    found = set()
    for row in index():
        for group in load_category(row["id"]).groups:
            if group.id != "own_terms":
                found |= {f"{group.id}.{question.key}" for question in group.questions}
    return found - NOT_AGREED


def test_every_answer_has_a_name_and_a_sense() -> None:
    names, senses = set(read("changes.toml")["answer"]), set(shipped_rules().answers)
    assert asked() <= names
    assert names == senses


def test_ranks_name_choices_that_exist() -> None:
    choices: dict[str, set[str]] = {}
    for row in index():
        for group in load_category(row["id"]).groups:
            for question in group.questions:
                choices.setdefault(f"{group.id}.{question.key}", set()).update(v for v, _ in question.choices)
    for name, sense in shipped_rules().answers.items():
        assert set(sense.ranks) <= choices.get(name, set()), name
        assert not (sense.ranks and not sense.more), name
        assert sense.more in ("", "tightens", "loosens", "buyer", "seller")


@pytest.mark.parametrize(("table", "keys"), [("kind", Kind), ("direction", Direction), ("good", Good)])
def test_every_kind_has_words(table: str, keys: Any) -> None:
    for key in keys:
        assert set(phrase(table, key.value)) == {"en", "zh"}


def texts(data: Any, where: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of a file with its place."""
    if isinstance(data, dict):
        if "en" in data and all(isinstance(v, str) for v in data.values()):
            yield where, data
        else:
            for key, value in data.items():
                yield from texts(value, f"{where}.{key}")


@pytest.mark.parametrize("name", ["changes.toml", "amendment.toml"])
def test_languages_fill_in_the_same_values(name: str) -> None:
    found = list(texts(read(name)))
    assert len(found) > 20
    for where, words in found:
        fields = [sorted(f for _, f, _, _ in string.Formatter().parse(text) if f) for text in words.values()]
        assert set(words) == {"en", "zh"}, where
        assert fields[0] == fields[1], where
