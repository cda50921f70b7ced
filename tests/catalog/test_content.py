"""What every entry of the shipped catalogue brings along."""

from __future__ import annotations

import csv
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lotproof.catalog.checking.relations import STANDARD, standards
from lotproof.catalog.compiling import standard_names
from lotproof.catalog.loading import index, load_category
from lotproof.catalog.model import PARTS
from lotproof.catalog.source import Source, SourceFile, read_source
from lotproof.frozen import replace
from lotproof.shipped import shipped
from lotproof.upkeep.manual import pages
from lotproof.upkeep.reviewing import fingerprint, states

FOLDER = shipped("spec_catalog")


@cache
def read(file: Path) -> dict[str, Any]:
    """Return the data of a catalogue file."""
    return tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)


@cache
def source() -> Source:
    """Return the shipped catalogue."""
    return read_source(FOLDER)


CLAUSES = sorted(file for file in FOLDER.rglob("*.toml") if "wording" in read(file))
STANDARDS: list[dict[str, Any]] = read(FOLDER / "standards.toml")["standard"]


@pytest.mark.parametrize("file", CLAUSES, ids=lambda file: f"{file.parent.name}.{file.stem}")
def test_each_clause_shows_readings_that_pass_and_readings_that_fail(file: Path) -> None:
    examples = read(file)["example"]
    assert examples
    assert all(example["passes"] and example["fails"] for example in examples)


@pytest.mark.parametrize("file", CLAUSES, ids=lambda file: f"{file.parent.name}.{file.stem}")
def test_each_clause_keeps_method_and_limit_apart(file: Path) -> None:
    clause = read(file)
    assert "required" not in clause["method"]["en"]
    assert "{{ required }}" in clause["wording"]["en"]


@pytest.mark.parametrize("file", CLAUSES, ids=lambda file: f"{file.parent.name}.{file.stem}")
def test_the_standards_of_a_clause_are_those_that_its_texts_name(file: Path) -> None:
    clause = read(file)
    listed = {name.split(":")[0] for name in clause.get("standards", ())}
    reasons = " ".join(question["why"]["en"] for question in clause.get("question", ()) if "why" in question)
    method = {name.split(":")[0] for name in STANDARD.findall(clause["method"]["en"])}
    assert method <= listed
    assert listed <= method | {name.split(":")[0] for name in STANDARD.findall(reasons)}


def test_each_kind_of_requirement_knows_its_questions() -> None:
    kinds = {read(file)["kind"] for file in CLAUSES}
    assert kinds <= set(PARTS)
    assert len(kinds) >= 8


def test_each_clause_belongs_to_a_category() -> None:
    offered = {clause for row in index() for clause in row["clauses"]}
    assert offered == {read(file)["id"] for file in CLAUSES}


@pytest.mark.parametrize("category", [row["id"] for row in index()])
def test_each_category_can_satisfy_its_own_minimum(category: str) -> None:
    loaded = load_category(category)
    for minimum in loaded.minimum:
        assert not minimum.clauses or set(minimum.clauses) & set(loaded.clauses) or category == "all"


def test_a_standard_is_cited_with_its_edition_or_without() -> None:
    assert standards("IEC 60204-1", STANDARDS) == standards("IEC 60204-1:2016", STANDARDS) != []
    assert len(standards("ISO 2859-1", STANDARDS)) == 2
    assert standards("ISO 2859-1:1989", STANDARDS) == []
    assert standard_names({"number": "EN 10204"}) == ("EN 10204",)


def test_the_standards_that_the_domain_calls_withdrawn_are_marked() -> None:
    withdrawn = {
        standard_names(row)[-2] if "edition" in row else row["number"]
        for row in STANDARDS
        if row["status"] == "withdrawn"
    }
    assert withdrawn >= {"ISO 2768-2:1989", "ISO 2859-1:1999", "MIL-STD-105E"}


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("per ISO 11202, A-weighted", ["ISO 11202"]),
        ("按EN 12875-1:2005在家用洗碗机中", ["EN 12875-1:2005"]),
        ("ASTM F88/F88M, strips 15 mm wide", ["ASTM F88/F88M"]),
        ("(OIML R 87)", ["OIML R 87"]),
        ("inspection certificate EN 10204 type 3.1", ["EN 10204"]),
        ("the sequence of ISTA 1A, 10 drops", ["ISTA 1A"]),
        ("GB/T 2828.1-2012 and MIL-STD-105E", ["GB/T 2828.1-2012", "MIL-STD-105E"]),
        ("20 °C (ISO 1)", ["ISO 1"]),
        ("an isolated part, 60204 pieces", []),
    ],
)
def test_the_number_of_a_standard_is_read_out_of_a_sentence(sentence: str, found: list[str]) -> None:
    assert STANDARD.findall(sentence) == found


MANUAL = Path(__file__).parents[2] / "docs" / "catalog"


def test_the_manual_says_what_the_catalogue_says() -> None:
    """`lotproof catalog docs -o docs/catalog --force` makes it anew."""
    made = pages(source())
    assert {path.name for path in MANUAL.glob("*.md")} == set(made)
    stale = [name for name, text in made.items() if (MANUAL / name).read_text(encoding="utf-8") != text]
    assert not stale


def test_every_row_of_the_research_is_a_clause_or_has_a_reason() -> None:
    with (FOLDER / "coverage.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    ids = {read(clause)["id"] for clause in CLAUSES}
    assert len(rows) >= 450
    assert len({row["row"] for row in rows}) == len(rows)
    for row in rows:
        assert set(row["clauses"].split()) <= ids, row
        assert row["clauses"] or row["reason"], row


def test_a_stamp_holds_for_the_text_that_was_confirmed_alone() -> None:
    (_, file), other = source().clauses[0], "0" * 16
    stamp = {"clause": file.data["id"], "by": "Li Wei", "on": "2027-01-15", "fingerprint": fingerprint(file.data)}
    for mark, reviewed, stale in ((stamp["fingerprint"], "Li Wei, 2027-01-15", False), (other, "", True)):
        stamped = SourceFile(Path(), "", {"review": [stamp | {"fingerprint": mark}]}, "")
        found = {s.clause: s for s in states(replace(source(), reviews=stamped))}
        assert (found[file.data["id"]].reviewed, found[file.data["id"]].stale) == (reviewed, stale)
    assert not any(s.missing for s in states(source()))
