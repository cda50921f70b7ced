"""``lotproof questions`` as a user runs it: blank files, workbooks, re-orders."""

from __future__ import annotations

import io
import json
import tomllib
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from lotproof import api
from lotproof.catalog.loading import load_category
from lotproof.cli import main
from lotproof.findings import Refused
from lotproof.questions.buyer_form import answers_form
from lotproof.writers.xlsx.form import CHOICES
from strategies import CATEGORIES

MUGS = Path(__file__).parents[2] / "examples" / "stoneware-mugs" / "answers.toml"


def lotproof(*arguments: object) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, ["questions", *map(str, arguments)])


def test_a_blank_file_is_printed_and_written_the_same_but_for_its_salt(tmp_path: Path) -> None:
    printed = lotproof("toys").stdout
    assert lotproof("toys", "-o", tmp_path / "a.toml").exit_code == 0
    written = (tmp_path / "a.toml").read_text(encoding="utf-8")
    differ = [a for a, b in zip(printed.splitlines(), written.splitlines(), strict=True) if a != b]
    assert [line.partition(" ")[0] for line in differ] == ["salt"]


def test_a_workbook_asks_every_question_of_the_category(tmp_path: Path) -> None:
    assert lotproof("ceramic_tableware", "--format", "xlsx", "-o", tmp_path / "a.xlsx").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = {str(c.value) for s in book for row in s.iter_rows() for c in row if c.value is not None}
    category = load_category("ceramic_tableware")
    missing = [
        question.key
        for group in category.groups
        for question in group.questions
        if not {question.key, f"{group.id}.{question.key}"} & cells
    ]
    missing += [
        f"{clause.id}.{question.key}"
        for clause in category.clauses.values()
        for question in clause.questions
        if f'terms."{clause.id}".{question.key}' not in cells
    ]
    assert missing == []


def test_a_blank_workbook_builds_a_draft_only_once_it_has_an_item(tmp_path: Path) -> None:
    lotproof("ceramic_tableware", "--format", "xlsx", "-o", tmp_path / "a.xlsx")
    content = (tmp_path / "a.xlsx").read_bytes()
    with pytest.raises(Refused) as refused:
        api.build(content, "a.xlsx")
    assert {f.code for f in refused.value.findings if f.severity == "refuse"} == {"LP108"}
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet, row = next((s, c.row) for s in book for (c,) in s.iter_rows(max_col=1) if c.value == "goods[1]")
    sheet[f"B{row}"].value = "MUG-1"
    book.save(tmp_path / "a.xlsx")
    assert api.build((tmp_path / "a.xlsx").read_bytes(), "a.xlsx").order.draft


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_two_choices_of_a_question_read_the_same(category: str, language: str) -> None:
    form = answers_form(load_category(category), {"order": {"salt": "0" * 32}, "terms": {}}, language)
    lists = {c.choices for s in form.sheets for row in s.rows for c in row if c.choices}
    assert lists
    assert [words for words in lists if len(set(words)) != len(words)] == []


def test_long_lists_stand_on_a_sheet_of_their_own() -> None:
    book = openpyxl.load_workbook(io.BytesIO(api.answers_workbook(load_category("ceramic_tableware"), None, "0" * 32)))
    assert book.sheetnames[-1] == CHOICES
    formulas = [rule.formula1 for s in book for rule in s.data_validations.dataValidation if rule.type == "list"]
    assert any(formula.startswith(f"{CHOICES}!$") for formula in formulas)
    assert all(len(formula) <= 257 for formula in formulas)


def test_a_reorder_is_printed_with_what_to_ask_on_stderr(tmp_path: Path) -> None:
    done = lotproof("ceramic_tableware", "--from", MUGS)
    assert done.exit_code == 0
    old, new = tomllib.loads(MUGS.read_text(encoding="utf-8")), tomllib.loads(done.stdout)
    assert new["seller"] == old["seller"]
    assert new["order"]["salt"] != old["order"]["salt"]
    assert new["order"]["number"] == ""
    assert "order.number\n  ask: new for each order" in done.stderr
    assert "# >>> new for each order\nnumber" in done.stdout
    with pytest.raises(Refused) as refused:
        api.build(done.stdout.encode(), final=True)
    assert {f.severity for f in refused.value.findings} <= {"open", "note"}


def test_a_reorder_as_json_is_one_document() -> None:
    made = json.loads(lotproof("ceramic_tableware", "--from", MUGS, "--json").stdout)
    assert {"path": "order.number", "why": "new for each order"} in made["ask"]
    assert made["answers"]["payment"]["route"] == tomllib.loads(MUGS.read_text(encoding="utf-8"))["payment"]["route"]
    assert made["withdrawn"] == []


def test_a_reorder_in_a_workbook_says_what_to_ask_beside_the_question(tmp_path: Path) -> None:
    lotproof("ceramic_tableware", "--from", MUGS, "--format", "xlsx", "-o", tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet, row = next((s, c.row) for s in book for (c,) in s.iter_rows(max_col=1) if c.value == "delivery.ship_date")
    assert str(sheet[f"D{row}"].value).startswith(">>> new for each order")
    again = lotproof("ceramic_tableware", "--from", tmp_path / "a.xlsx")
    assert tomllib.loads(again.stdout)["seller"] == tomllib.loads(MUGS.read_text(encoding="utf-8"))["seller"]


@pytest.mark.parametrize(
    "options",
    [("--format", "xlsx"), ("--for", "supplier"), ("--for", "supplier", "--format", "xlsx")],
)
def test_a_workbook_without_a_file_is_wrong_usage(options: tuple[str, ...]) -> None:
    assert lotproof("toys", *options).exit_code == 2


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("mine", encoding="utf-8")
    error = lotproof("toys", "-o", tmp_path / "a.toml").exception
    assert isinstance(error, Refused)
    assert error.findings[0].code == "LP404"
    assert (tmp_path / "a.toml").read_text(encoding="utf-8") == "mine"


def test_another_category_starts_no_reorder() -> None:
    error = lotproof("toys", "--from", MUGS).exception
    assert isinstance(error, Refused)
    assert error.findings[0].code == "LP194"
