"""The data of audits: whole in both languages, and each text belongs to a check."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path
from typing import Any

import pytest

from lotproof.audit import minimum, vague
from lotproof.audit.checks import CHECKS
from lotproof.audit.data import data
from lotproof.catalog.loading import index, load_category
from lotproof.shipped import shipped

FOLDER = shipped("spec_catalog") / "audit"
TEXTS: list[dict[str, Any]] = tomllib.loads((FOLDER / "findings.toml").read_text(encoding="utf-8"))["finding"]
SOURCE = Path(__file__).parents[2] / "src" / "lotproof" / "audit"


def names(text: str) -> set[str]:
    """Return the names in the braces of a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("row", TEXTS, ids=[f"{row['code']}.{row.get('form', '')}" for row in TEXTS])
def test_a_text_says_the_same_in_both_languages_and_how_to_mend(row: dict[str, Any]) -> None:
    for part in ("message", "hint"):
        english, chinese = row["en"][part], row["zh"][part]
        assert english.strip() and chinese.strip()
        if part == "message":
            assert names(english) == names(chinese) or row["code"] in ("LP510", "LP511")
        assert "{" in chinese or re.search(r"[\u3400-\u9fff]", chinese)


def test_every_check_names_its_code_and_every_code_has_a_text() -> None:
    documented = {code for check in CHECKS for code in re.findall(r"LP5\d\d", check.__doc__ or "")}
    assert all(re.match(r"LP5\d\d: ", check.__doc__ or "") for check in CHECKS)
    others = {"LP520", "LP525", "LP599"}
    assert documented | others == {row["code"] for row in TEXTS}
    assert "LP520" in (vague.vague_wording.__doc__ or "")
    assert "LP525" in (minimum.missing_items.__doc__ or "")


def test_every_name_that_a_check_asks_for_is_a_concept_and_every_concept_is_asked_for() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in SOURCE.glob("*.py"))
    asked = {name for name in data().concepts if f'"{name}"' in source}
    assert asked == set(data().concepts)


def test_every_minimum_item_of_every_category_has_a_subject() -> None:
    known = {name for subject in data().subjects for name in subject["minimum"]}
    wanted = {item.id for row in index() for item in load_category(row["id"]).minimum}
    assert wanted <= known


def test_units_of_subjects_are_units() -> None:
    for subject in data().subjects:
        assert set(subject["units"]) <= set(data().units), subject["id"]
