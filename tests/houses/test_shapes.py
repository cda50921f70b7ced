"""Files of a house that somebody typed wrongly: each fault is told at its place, and none ends in a fault of ours."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from lotproof.findings import Refused
from lotproof.sources import parse_toml
from lotproof.templates import house_folder, load_folder
from lotproof.templates.shapes import label_faults, provision_faults
from lotproof.upkeep.houses import look
from terminal import lotproof

OWN = """id = "contract.own"
reference = "K17"
position = 61
source = "own"
[heading]
en = "Own"
zh = "自有"
[[paragraph]]
en = "The seller keeps 2 samples."
zh = "卖方保留2件样品。"
"""
NEW = """format = "lotproof-house/1"
id = "agency"
version = "1.0"
title = { en = "A", zh = "代" }
base = "standard"
base_version = "0.1.0"
"""


def agency(folder: Path, files: dict[str, str]) -> Path:
    for name, text in {"house.toml": NEW, **files}.items():
        (folder / "agency" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "agency" / name).write_text(text, encoding="utf-8")
    return folder / "agency"


def told(folder: Path) -> Sequence[tuple[str, str]]:
    return [(finding.code, finding.where) for finding in look(folder).findings]


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ('en = "The', 'wen = { basis = ["lot"] }\nen = "The', "9: paragraph[1].wen"),
        ("position = 61", 'position = "61"', "3: position"),
        ("position = 61", "position = true", "3: position"),
        ("position = 61", "position = nan", "3: position"),
        ("position = 61", 'position = 61\nprofile = "short"', "4: profile"),
        ("position = 61", 'position = 61\nprofiles = "short"', "4: profiles"),
        ("position = 61", 'position = 61\nprofiles = ["shrt"]', "4: profiles"),
        ("position = 61", 'position = 61\ntables = ["price"]', "4: tables"),
        ("position = 61", 'position = 61\nwhen = { basis = "lot" }', "4: when"),
        ('id = "contract.own"', "id = 7", "1: id"),
        ('[heading]\nen = "Own"\nzh = "自有"', 'heading = "Own"', "5: heading"),
        ("[[paragraph]]", "[[slot]]\nkey = 3\n[[paragraph]]", "8: slot[1]"),
        ('zh = "卖方保留2件样品。"', "zh = 3", "10: paragraph[1].zh"),
        ("[[paragraph]]", "[paragraph]", "8: paragraph[1]"),
    ],
)
def test_a_provision_of_another_shape_is_told_at_its_line(tmp_path: Path, before: str, after: str, where: str) -> None:
    assert before in OWN
    folder = agency(tmp_path, {"contract/own.toml": OWN.replace(before, after)})
    assert ("LP904", f"agency/contract/own.toml:{where}") in told(folder)
    with pytest.raises(Refused) as caught:
        load_folder(folder)
    assert {finding.code for finding in caught.value.findings} == {"LP904"}


def test_everything_that_is_wrong_with_a_provision_is_told_at_once(tmp_path: Path) -> None:
    text = 'id = 3\nheading = "x"\nparagraph = [3]\nprofiles = "short"\nslot = [1]\nwhen = "a"\nfoo = 1\n'
    assert len(told(agency(tmp_path, {"contract/own.toml": text}))) == 7


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_paragraph_in_one_language_keeps_a_contract_from_being_built(tmp_path: Path, language: str) -> None:
    """What an import leaves open: said by the check, and by the build, which has nothing to print in the other column."""
    text = "\n".join(line for line in OWN.splitlines() if "2" not in line or not line.startswith(language))
    folder = agency(tmp_path, {"contract/own.toml": text})
    assert told(folder) == [("LP907", "agency/contract/own.toml:8: contract.own")]
    with pytest.raises(Refused) as caught:
        load_folder(folder)
    assert [finding.code for finding in caught.value.findings] == ["LP907"]


def test_a_heading_in_one_language_is_told(tmp_path: Path) -> None:
    text = OWN.replace('zh = "自有"\n', "")
    assert told(agency(tmp_path, {"contract/own.toml": text})) == [("LP904", "agency/contract/own.toml:5: heading")]


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("labels.toml", '[label]\ncontract = "x"\n', "labels.toml:2: label.contract"),
        ("labels.toml", "label = [1]\n", "labels.toml:1: label"),
        ("labels.toml", 'contract = { en = "x", zh = "y" }\n', "labels.toml:1: contract"),
        ("reviews.toml", "[[review]]\nx = 1\n", "reviews.toml:1: review[1]"),
        ("reviews.toml", "review = 3\n", "reviews.toml:1: review[1]"),
    ],
)
def test_labels_and_reviews_of_another_shape_are_told(tmp_path: Path, name: str, text: str, where: str) -> None:
    assert told(agency(tmp_path, {name: text})) == [("LP904", f"agency/{where}")]


def test_translations_that_are_no_list_are_no_fault_of_ours(tmp_path: Path) -> None:
    assert told(agency(tmp_path, {"lang/es.toml": "text = 3\n"})) == []


def test_what_ships_has_the_shape_that_is_asked_for() -> None:
    for path in sorted(house_folder("standard").glob("[ce][ox][nh]*/*.toml")):
        assert list(provision_faults(*parse_toml(path.read_bytes(), path.name), path.name)) == []
    labels = house_folder("standard") / "labels.toml"
    assert list(label_faults(*parse_toml(labels.read_bytes(), "labels.toml"), "labels.toml")) == []


def test_a_key_of_the_house_that_slid_under_a_removal_is_told(tmp_path: Path) -> None:
    removal = '[[removes]]\nid = "contract.tooling"\nreason = { en = "a", zh = "b" }\nlanguages = "en"\n'
    with pytest.raises(Refused) as caught:
        look(agency(tmp_path, {"house.toml": NEW + removal}))
    assert [finding.where for finding in caught.value.findings] == ["agency/house.toml:10: removes[1].languages"]


def test_the_reason_of_a_removal_is_given_in_both_languages(tmp_path: Path) -> None:
    removal = '[[removes]]\nid = "contract.tooling"\nreason = { en = "a" }\n'
    with pytest.raises(Refused) as caught:
        look(agency(tmp_path, {"house.toml": NEW + removal}))
    assert [finding.where for finding in caught.value.findings] == ["agency/house.toml:7: removes[1]"]


def test_a_link_is_told_by_its_whole_place(tmp_path: Path) -> None:
    folder = agency(tmp_path, {"contract/own.toml": OWN})
    (folder / "contract" / "x.toml").symlink_to(tmp_path / "nowhere.toml")
    with pytest.raises(Refused) as caught:
        look(folder)
    assert [finding.where for finding in caught.value.findings] == ["agency/contract/x.toml"]


def test_a_provision_that_is_refused_is_no_conflict_with_its_base_besides(tmp_path: Path) -> None:
    """The house has said nothing yet of what changed beneath it: it has to be read first."""
    from lotproof.upkeep.beginning import begin

    folder = agency(tmp_path, {})
    for name, content in begin(folder).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    standard = (house_folder("standard") / "contract" / "payment.toml").read_text(encoding="utf-8")
    (folder / "contract" / "payment.toml").write_text(standard, encoding="utf-8")
    assert [code for code, _ in told(folder)] == ["LP903"]


def test_a_client_s_house_begins_on_the_agency_s_and_says_nothing_yet(tmp_path: Path) -> None:
    assert lotproof("house", "new", str(tmp_path / "agency")).returncode == 0
    done = lotproof("house", "new", str(tmp_path / "client"), "--base", "agency", "--json")
    assert [Path(name).name for name in json.loads(done.stdout)["files"]] == ["house.toml", "base.lock"]
    assert [house.id for house in look(tmp_path / "client").houses] == ["standard", "agency", "client"]
    assert look(tmp_path / "client").findings == ()
    assert lotproof("house", "update", str(tmp_path / "client"), "--check").returncode == 0
    wrong = lotproof("house", "new", str(tmp_path / "other"), "--base", "agincy")
    assert (wrong.returncode, b"did you mean agency?" in wrong.stderr) == (1, True)


def test_a_new_house_overwrites_nothing_and_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "2024" / "contract").mkdir(parents=True)
    (tmp_path / "2024" / "contract" / "notices.toml").write_text("mine", encoding="utf-8")
    done = lotproof("house", "new", str(tmp_path / "2024"))
    assert (done.returncode, b"LP404" in done.stderr, b"--force" in done.stderr) == (1, True, False)
    assert [path.name for path in (tmp_path / "2024").rglob("*.*")] == ["notices.toml"]
    (tmp_path / "2024" / "contract" / "notices.toml").unlink()
    assert lotproof("house", "new", str(tmp_path / "2024")).returncode == 0
    assert look(tmp_path / "2024").houses[-1].id == "house-2024"


def test_the_category_of_the_manual_is_right(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "houses.md").read_text(encoding="utf-8")
    written = text.partition("# catalog/ceramic_tableware/category.toml")[2].partition("```")[0].partition("\n")[2]
    assert told(agency(tmp_path, {"catalog/ceramic_tableware/category.toml": written})) == []


def test_what_nothing_reads_is_named(tmp_path: Path) -> None:
    files = dict.fromkeys(("contracts/own.toml", "contract/own.TOML", "label.toml", "notes/a.md", ".git/a.toml"), "x")
    findings = look(agency(tmp_path, files)).findings
    assert [(f.code, f.where, f.severity) for f in findings] == [
        ("LP973", "agency/contracts", "note"),
        ("LP973", "agency/label.toml", "note"),
        ("LP973", "agency/contract/own.TOML", "note"),
    ]
    assert "did you mean contract" in str(findings[0].hint)


def test_a_lock_with_the_marks_of_a_merge_is_refused(tmp_path: Path) -> None:
    folder = agency(tmp_path, {"base.lock": "<<<<<<< HEAD\n"})
    assert told(folder) == [("LP941", "agency/base.lock")]
