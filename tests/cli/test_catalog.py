"""``lotproof catalog list``, ``show`` and ``check`` as a user runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from lotproof.cli import main, run

BAD = Path(__file__).parent.parent / "catalog" / "bad"


def lotproof(*arguments: str) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, arguments)


def shown(*arguments: str) -> Any:
    """Run a command and read its JSON."""
    return json.loads(lotproof(*arguments).stdout)


def test_list_json_holds_the_categories_and_nothing_else() -> None:
    listed = shown("catalog", "list", "--json")
    assert set(listed) == {"categories"}
    for row in listed["categories"]:
        assert set(row) == {"id", "parent", "title", "clauses"}
        assert set(row["title"]) == {"en", "zh"}
        assert row["clauses"]


def test_list_json_has_one_root_and_parents_before_children() -> None:
    rows = shown("catalog", "list", "--json")["categories"]
    assert [row["id"] for row in rows if row["parent"] is None] == ["all"]
    seen: set[str | None] = {None}
    for row in rows:
        assert row["parent"] in seen
        seen.add(row["id"])


def test_list_indents_each_category_under_its_parent() -> None:
    lines = lotproof("catalog", "list").stdout.splitlines()
    assert lines[0].startswith("all: ")
    at = next(number for number, line in enumerate(lines) if line.startswith("    packaging_machines: "))
    assert any(line.startswith("  machinery: ") for line in lines[:at])
    assert all("clause" in line for line in lines)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("category", ["all", "ceramic_tableware", "packaging_machines"])
def test_show_names_every_clause_with_its_questions_and_source(category: str, language: str) -> None:
    text = lotproof("catalog", "show", category, "--lang", language).stdout
    data = shown("catalog", "show", category, "--json")
    for clause in data["clauses"]:
        assert f"  {clause['id']}: {clause['title'][language]}" in text
        for question in clause["questions"]:
            assert f": {question['key']}: " in text
    for defect in data["defects"]:
        assert f"  {defect['id']}: {defect['name'][language]}" in text
    for minimum in data["minimum"]:
        assert f"  {minimum['title'][language]}: " in text


def test_show_prints_bounds_suggestions_and_marks() -> None:
    text = " ".join(lotproof("catalog", "show", "machinery").stdout.split())
    assert "40 .. 120 dB(A); offered: 75 dB(A), 80 dB(A)" in text
    assert "(method V, range typ)" in text
    assert "at <load>, the emission sound pressure level at the operator position is <required>" in text


def test_show_json_keeps_numbers_as_text_and_sentences_as_they_stand() -> None:
    clauses = {clause["id"]: clause for clause in shown("catalog", "show", "machinery", "--json")["clauses"]}
    noise = clauses["machinery.noise"]
    limit = noise["questions"][0]
    assert (limit["min"], limit["max"]) == ("40", "120")
    assert "{{ required }}" in noise["wording"]["zh"]
    assert noise["confidence"] == {"method": "V", "range": "typ"}


def test_show_of_an_unknown_category_suggests_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(["catalog", "show", "ceramics_tableware"])
    assert left.value.code == 1
    assert "did you mean ceramic_tableware" in capsys.readouterr().err


def test_check_of_the_shipped_catalogue_says_so_in_one_line() -> None:
    result = lotproof("catalog", "check")
    assert result.exit_code == 0
    assert result.stdout.startswith("clean, 4 to note: ")
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr.count("LP311") == 4  # withdrawn standards without a successor are named
    assert "refuse" not in result.stderr


def test_check_of_planted_faults_reports_each_file_and_fails() -> None:
    result = lotproof("catalog", "check", str(BAD))
    assert result.exit_code == 1
    for file in BAD.rglob("*.toml"):
        assert f"{file}:" in result.stderr


def test_check_json_is_one_document_with_findings() -> None:
    result = lotproof("catalog", "check", str(BAD / "machinery" / "unit_unknown.toml"), "--json")
    data = json.loads(result.stdout)
    assert result.exit_code == 1
    assert not data["clean"]
    assert data["checked"]["clauses"] == 1
    (finding,) = data["findings"]
    assert (finding["code"], finding["severity"]) == ("LP305", "refuse")
    assert finding["where"].endswith("unit_unknown.toml:37: question[2].unit")


def test_check_of_a_note_alone_passes_and_shows_it() -> None:
    result = lotproof("catalog", "check", str(BAD / "machinery" / "standard_withdrawn.toml"))
    assert result.exit_code == 0
    assert "LP311" in result.stderr
    assert result.stdout.startswith("clean, 1 to note: 1 clause")


def test_check_of_a_path_that_is_not_there_is_wrong_usage() -> None:
    assert lotproof("catalog", "check", "no/such/file.toml").exit_code == 2


def test_check_of_a_folder_without_toml_is_wrong_usage(tmp_path: Path) -> None:
    result = lotproof("catalog", "check", str(tmp_path))
    assert result.exit_code == 2
    assert "holds no .toml file" in result.stderr


@pytest.mark.parametrize("arguments", [["list"], ["show"], ["check"], []])
def test_each_command_has_help_with_an_example(arguments: list[str]) -> None:
    text = lotproof("catalog", *arguments, "--help").stdout
    assert "Usage: " in text
    assert "lotproof catalog " in text or "Commands:" in text


def test_the_module_runs_as_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lotproof", "catalog", "list", "--json"],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert len(json.loads(done.stdout)["categories"]) == 29
    assert done.stderr == ""
