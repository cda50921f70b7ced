"""``lotproof check`` as a user runs it."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gate_orders import EXAMPLES, MUGS, SHIRTS, answers, changed, line_of
from lotproof import api
from lotproof.cli import main
from lotproof.findings import Refused

FILE = str(EXAMPLES / MUGS / "answers.toml")
COMMON = ("--today", "2027-02-10")


def lotproof(*arguments: str, given: bytes | None = None) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, ["check", *arguments], input=given)


def shown(*arguments: str) -> Any:
    """Run the command and read its JSON."""
    done = lotproof(*arguments, *COMMON, "--json")
    assert done.exit_code in (0, 1), done.exception
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as ``build`` makes it."""
    folder = tmp_path_factory.mktemp("built")
    for name, content in api.render(api.build(answers().encode()).order, formats=("txt",)):
        (folder / name).write_bytes(content)
    return folder


def test_an_order_is_taken_as_answers_as_a_file_and_as_a_folder(built: Path) -> None:
    found = [lotproof(path, *COMMON) for path in (FILE, str(built), str(built / "order.json"))]
    piped = lotproof("-", *COMMON, given=answers().encode())
    assert {done.exit_code for done in (*found, piped)} == {0}
    assert len({done.stdout for done in (*found, piped)}) == 1
    assert found[0].stdout.startswith("READY TO PAY: no known gap is left\nHB-2027-118 B, looked at on 2027-02-10")


def test_what_is_not_ready_exits_with_1_and_says_why_and_how_to_mend_it(tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(changed((line_of("window", "confirmed_by"), "")), encoding="utf-8")
    done = lotproof(str(file), *COMMON)
    assert done.exit_code == 1
    assert done.stdout.startswith("NOT READY TO PAY: 1 known gap\n")
    assert "LP614 window.confirmed_by is blank" in done.stdout
    assert "Mend: Write where it was read" in done.stdout


def test_json_is_one_document_with_every_finding() -> None:
    found = shown(FILE)
    assert found["ready"] is True
    assert [row["id"] for row in found["patterns"]] == [
        "specification",
        "inspection",
        "destination",
        "outside",
        "window",
    ]
    assert {row["standing"] for row in found["patterns"]} == {"holds"}
    assert found["findings"] == []
    assert [row["route"] for row in found["pending"]] == ["report"] * 3
    rules = [rule for row in found["silence"] for rule in row["applied"]]
    assert {rule["regime"] for rule in rules} == {"platform", "prc"}
    assert all(isinstance(s["age_days"], int) and s["title"] for rule in rules for s in rule["sources"])


def test_json_names_what_stops(tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(changed((line_of("notice", "visible_days"), "")), encoding="utf-8")
    found = shown(str(file))
    assert found["ready"] is False
    (stop,) = [row for row in found["findings"] if row["severity"] == "open"]
    assert (stop["code"], stop["where"]) == ("LP607", "notice.visible_days")
    assert stop["message"]
    assert stop["hint"]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("example", [MUGS, SHIRTS])
def test_the_page_has_80_columns(language: str, example: str) -> None:
    done = lotproof(str(EXAMPLES / example / "answers.toml"), *COMMON, "--lang", language)
    for line in done.stdout.splitlines():
        assert sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in line) <= 80, line


def test_the_page_is_written_where_asked_and_nowhere_else(tmp_path: Path) -> None:
    done = lotproof(FILE, *COMMON, "-o", str(tmp_path / "page"))
    assert done.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "page").iterdir()) == ["gate.docx", "gate.txt"]
    assert done.stdout.splitlines()[-1].endswith("gate.txt")
    again = lotproof(FILE, "--today", "2027-02-11", "-o", str(tmp_path / "page"))
    assert isinstance(again.exception, Refused), "a page of another day is not overwritten without --force"
    assert lotproof(FILE, "--today", "2027-02-11", "-o", str(tmp_path / "page"), "--force").exit_code == 0


def test_the_same_day_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        lotproof(FILE, *COMMON, "-o", str(tmp_path / name), "--format", "docx,txt,json")
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert files == ["gate.docx", "gate.json", "gate.txt"]
    assert all((tmp_path / "a" / n).read_bytes() == (tmp_path / "b" / n).read_bytes() for n in files)


def test_what_the_buyer_knows_besides_counts(tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(changed((line_of("window", "anchor"), 'anchor = "shipment"\n')), encoding="utf-8")
    assert lotproof(str(file), *COMMON).exit_code == 1
    assert lotproof(str(file), *COMMON, "--transit", "25").exit_code == 0
    assert lotproof(FILE, *COMMON, "--production", "90").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("nowhere",), "LP401"), (("--today", "soon", FILE), "LP409"), (("-",), "LP1")],
)
def test_what_is_no_order_or_no_day_is_refused(arguments: tuple[str, ...], code: str) -> None:
    error = lotproof(*arguments, given=b"nothing = ").exception
    assert isinstance(error, Refused)
    assert error.findings[0].code.startswith(code)


@pytest.mark.parametrize("arguments", [("--transit", "0"), ("--format", "xlsx"), ("--lang", "fr")])
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...]) -> None:
    assert lotproof(FILE, *arguments).exit_code == 2


def test_a_changed_order_file_is_refused(built: Path, tmp_path: Path) -> None:
    text = (built / "order.json").read_text(encoding="utf-8").replace('"visible_days": 30', '"visible_days": 60')
    (tmp_path / "order.json").write_text(text, encoding="utf-8")
    error = lotproof(str(tmp_path), *COMMON).exception
    assert isinstance(error, Refused)
    assert error.findings[0].code == "LP142"
