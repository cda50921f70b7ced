"""Every outcome, cause, kind and piece of advice has its words in both languages."""

from __future__ import annotations

import re
import tomllib

import pytest

from lotproof.records.model import Advice, Cause, Kind, Outcome
from lotproof.records.origins import REMEDIES
from lotproof.records.rows import SERVICES
from lotproof.records.verdicts import ACCEPTANCE, INSPECTION
from lotproof.shipped import shipped

WORDS = tomllib.loads((shipped("templates") / "standard" / "verdict.toml").read_text(encoding="utf-8"))
LABELS = tomllib.loads((shipped("templates") / "standard" / "labels.toml").read_text(encoding="utf-8"))["label"]


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        ("outcome", set(Outcome)),
        ("cause", set(Cause)),
        ("kind", set(Kind)),
        ("advice", {*Advice, "rounds_unknown"}),
        ("provision", {ACCEPTANCE, INSPECTION, REMEDIES}),
    ],
)
def test_each_has_its_words_in_both_languages_and_no_others(table: str, keys: set[str]) -> None:
    assert set(WORDS[table]) == {str(key) for key in keys}
    for texts in WORDS[table].values():
        assert set(texts) == {"en", "zh"}
        assert sorted(re.findall(r"\{\w+\}", texts["en"])) == sorted(re.findall(r"\{\w+\}", texts["zh"]))


def test_each_kind_that_may_be_chosen_is_a_kind_and_has_a_label() -> None:
    assert set(SERVICES) == {kind.value for kind in Kind} - {"arrival"}
    assert set(SERVICES) <= set(LABELS)


@pytest.mark.parametrize("provision", [ACCEPTANCE, INSPECTION, REMEDIES])
def test_a_right_is_a_provision_of_the_house(provision: str) -> None:
    file = shipped("templates") / "standard" / "contract" / f"{provision.partition('.')[2]}.toml"
    heading = tomllib.loads(file.read_text(encoding="utf-8"))["heading"]
    assert WORDS["provision"][provision] == heading
