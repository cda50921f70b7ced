"""The lexicon that ships is clean, and each planted fault in one is found where it stands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lotproof.shipped import shipped
from lotproof.upkeep.lexicon import check_lexicon

SHIPPED = shipped("spec_catalog") / "lexicon"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped lexicon, to be spoilt."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "lexicon"))


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_lexicon_is_clean() -> None:
    assert list(check_lexicon(SHIPPED)) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ('severity = "error"', 'severity = "grave"', "LP301", "severity"),
        ('id = "en.good-quality"', 'id = "en.first-class"', "LP350", "stands twice"),
        ('id = "en.good-quality"', 'id = "zh.good-quality-2"', "LP350", "another language"),
        ('unless = ["standard"]', 'unless = ["standart"]', "LP350", "'standart'"),
        ('reason = "R1"', 'reason = "R99"', "LP350", "'R99'"),
        ('patterns = ["premium"', 'patterns = ["(premium"', "LP350", "bracket is left open"),
        ('silent = ["Goods of', 'silent = ["Excellent goods of', "LP351", "en.good-quality"),
        ('fires = ["The goods shall be of good quality."', 'fires = ["The goods."', "LP351", "finds nothing"),
    ],
)
def test_a_fault_is_found(folder: Path, old: str, new: str, code: str, said: str) -> None:
    spoil(folder / "en.toml", old, new)
    found = list(check_lexicon(folder))
    assert {finding.code for finding in found} == {code}
    assert any(said in f"{finding.where} {finding.message}" for finding in found)
    assert all(finding.where.startswith(f"{folder.parent.name}/lexicon/en.toml:") and finding.hint for finding in found)


def test_a_list_of_the_same_name_in_two_files_is_found(folder: Path) -> None:
    spoil(folder / "zh.toml", "[list]\n", '[list]\nfine_word = ["好"]\n')
    assert any("@fine_word stands in two files" in finding.message for finding in check_lexicon(folder))
