"""Our own sentences may not be vague; where a word has to stand, its reason stands beside it and is used."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from lotproof.templates import house_folder, shipped_houses
from lotproof.templates.checking import vague_words
from lotproof.wording.linting import faults, spoken

KEPT = [{"words": "suitable", "why": "the word of the law"}]


def found(data: dict[str, Any]) -> list[tuple[tuple[str | int, ...], str]]:
    return [(tuple(fault.path), fault.message) for fault in faults(data)]


def test_each_vague_text_is_named_with_its_path_and_what_to_ask_for() -> None:
    data = {
        "title": {"en": "Play", "zh": "间隙"},
        "row": [{"en": "nothing"}, {"en": "a suitable point", "zh": "适当的点"}],
    }
    (first, second) = faults(data)
    assert (first.path, second.path) == (("row", 1, "en"), ("row", 1, "zh"))
    assert "'suitable'" in first.message
    assert "en.suitable" in first.message
    assert first.hint.startswith("Ask for")
    assert "zh.suitable" in second.message


def test_a_value_can_be_measured() -> None:
    assert found({"en": "The hinge is heavy-duty: {{ required }}."}) == []
    assert len(found({"en": "The hinge is heavy-duty."})) == 1
    said = spoken("{% if a %}x{% endif %} {{ 'exhibit.a' | clause }} {{ b }}")
    assert said.split() == ["x", "Exhibit", "A", "no.", "1", "(5", "mm)"]


def test_a_text_that_is_not_wanted_is_not_looked_at() -> None:
    data = {"why": {"en": "a suitable point"}}
    assert list(faults(data, lambda path: path[0] != "why")) == []


def test_a_word_with_its_reason_may_stand_where_the_reason_stands() -> None:
    assert found({"kept_words": KEPT, "row": [{"en": "a Suitable point"}]}) == []
    beside = found(
        {"row": [{"kept_words": KEPT, "text": {"en": "a suitable point"}}, {"text": {"en": "a suitable point"}}]}
    )
    assert [path for path, _ in beside] == [("row", 1, "text", "en")]


def test_a_reason_for_a_word_that_stands_nowhere_is_named() -> None:
    ((path, message),) = found({"kept_words": KEPT, "en": "a point"})
    assert path == ("kept_words",)
    assert "stands nowhere" in message


def test_no_context_reaches_from_one_text_into_another() -> None:
    data = [{"en": "AQL 2.5 for major defects"}, {"en": "The standard is ISO 2859-1:1999, n = 50, Ac 3."}]
    assert [path for path, _ in found({"row": data})] == [("row", 0, "en")]


@pytest.mark.parametrize("house", shipped_houses())
def test_no_shipped_house_is_vague(house: str) -> None:
    assert list(vague_words(house_folder(house))) == []


def test_a_vague_provision_is_found_on_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "mine"
    for part in ("contract", "exhibits"):
        (folder / part).mkdir(parents=True)
    (folder / "labels.toml").write_text('[label]\nok = { en = "Number", zh = "编号" }\n', encoding="utf-8")
    text = 'id = "contract.law"\n[heading]\nen = "Law"\nzh = "法律"\n[[paragraph]]\nen = "Delivery is prompt, as usual."\nzh = "交货。"\n'
    (folder / "contract" / "law.toml").write_text(text, encoding="utf-8")
    assert tomllib.loads(text)
    places = {(finding.where, finding.code) for finding in vague_words(folder)}
    assert places == {("templates/mine/contract/law.toml:6: paragraph[1].en", "LP205")}
