"""``lotproof case`` as a user runs it."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from case_folders import ROOT, order_file, photo, photos, run
from lotproof.cli import main
from lotproof.findings import Refused
from time_stamps import authority

NOW = ("--now", "2027-06-12T09:00:00Z")


def lotproof(*arguments: str | Path) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, ["case", *map(str, arguments)])


def shown(*arguments: str | Path) -> Any:
    """Run a command and read its JSON."""
    done = lotproof(*arguments, "--json")
    assert done.exit_code in (0, 1), done.exception
    return json.loads(done.stdout)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder as ``build`` leaves it."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "order.json").write_bytes(order_file())
    return folder


@pytest.fixture
def case(tmp_path: Path, built: Path) -> Path:
    done = lotproof("init", tmp_path / "case", "--order", built, *NOW)
    assert done.exit_code == 0, done.output
    return tmp_path / "case"


def test_a_case_is_laid_out_with_the_documents_of_its_order(tmp_path: Path) -> None:
    answers = ROOT / "examples" / "stoneware-mugs" / "answers.toml"
    out = tmp_path / "out"
    assert CliRunner().invoke(main, ["build", str(answers), "-o", str(out)]).exit_code == 0
    (out / "notes.txt").write_text("not of the order")
    found = shown("init", tmp_path / "case", "--order", out, *NOW)
    assert {entry["path"] for entry in found["entries"]} == {
        f"contract/{name}" for name in ("order.json", "contract.docx", "checklist.docx", "checklist.xlsx")
    }
    assert found["order"]["number"] == "HB-2027-118"
    assert {p.name for p in (tmp_path / "case").iterdir() if p.is_dir()} == {
        "contract",
        "inspection",
        "arrival",
        "messages",
        "claim",
    }
    assert (tmp_path / "case" / "contract" / "contract.docx").read_bytes() == (out / "contract.docx").read_bytes()


def test_a_document_that_was_edited_or_is_missing_is_said(tmp_path: Path) -> None:
    answers = ROOT / "examples" / "stoneware-mugs" / "answers.toml"
    out = tmp_path / "out"
    CliRunner().invoke(main, ["build", str(answers), "-o", str(out)])
    (out / "contract.docx").write_bytes(b"signed")
    (out / "checklist.xlsx").unlink()
    found = shown("init", tmp_path / "case", "--order", out)
    assert [(f["code"], f["where"], f["severity"]) for f in found["findings"]] == [
        ("LP851", "checklist.xlsx", "note"),
        ("LP851", "contract.docx", "note"),
    ]
    assert shown("verify", tmp_path / "case")["intact"]


def test_answers_make_no_case(tmp_path: Path) -> None:
    error = lotproof(
        "init", tmp_path / "case", "--order", ROOT / "examples" / "stoneware-mugs" / "answers.toml"
    ).exception
    assert isinstance(error, Refused)
    assert error.findings[0].code == "LP851"
    assert "lotproof build" in error.findings[0].hint
    assert not (tmp_path / "case").exists()


def test_from_the_photograph_to_the_verdict(case: Path, tmp_path: Path) -> None:
    paths = photos(tmp_path / "p", 3)
    done = lotproof("add", case, *paths, "--to", "arrival", "--what", "unit", "--unit", "1-3", *NOW)
    assert done.exit_code == 0, done.output
    recorded, head = done.stdout.splitlines()[-2:]
    assert recorded.startswith("3 recorded, ")
    verdict = lotproof("verify", case, "--head", head.removeprefix("head: "))
    assert verdict.exit_code == 0
    assert verdict.stdout.startswith("INTACT: 4 files, ")
    assert verdict.stdout.splitlines()[-1] == head
    (case / "arrival" / "IMG_0002.jpg").write_bytes(photo("another"))
    verdict = lotproof("verify", case)
    assert verdict.exit_code == 1
    assert verdict.stdout.startswith("NOT INTACT: 1 thing is not as recorded; 3 files are\n")
    assert "arrival/IMG_0002.jpg\n  refuse LP833: was changed" in verdict.stderr


def test_json_is_one_document_in_every_command(case: Path, tmp_path: Path) -> None:
    added = shown("add", case, *photos(tmp_path / "p", 1), "--to", "arrival", "--what", "seal", *NOW)
    (entry,) = added["recorded"]
    assert (entry["path"], entry["what"]) == ("arrival/IMG_0001.jpg", "seal")
    assert entry["picture"] == {
        "format": "jpeg",
        "whole": True,
        "taken": "2027-06-12T10:03:11",
        "offset": "+02:00",
        "place": None,
    }
    assert [f["code"] for f in added["findings"]] == ["LP840"]
    status = shown("status", case, "--today", "2027-06-15")
    assert status["head"] == added["head"] == entry["hash"]
    states = {item["id"]: item["state"] for item in status["items"]}
    assert (states["arrival.seal"], states["arrival.units"]) == ("there", "missing")
    verified = shown("verify", case)
    assert (verified["intact"], verified["files"], verified["stamps"]) == (True, 2, [])
    assert verified["order"] == status["order"]


def test_status_says_what_is_missing_by_when_and_exits_with_1_when_it_is_overdue(case: Path) -> None:
    events = ("--zone", "Europe/Berlin", "--event", "arrival=2027-06-12")
    done = lotproof("status", case, *events, "--today", "2027-06-15")
    assert done.exit_code == 0
    missing = done.stdout.split("WOULD HELP")[0]
    assert "MISSING" in missing
    assert re.search(r"by 2027-06-18 +The incident report", missing)
    assert "200 of 200 are missing: 1 to 200" in missing
    late = lotproof("status", case, *events, "--today", "2027-06-19")
    assert late.exit_code == 1
    assert "due 2027-06-18, past" in late.stdout
    assert "LP852" in late.stderr


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("more", [(), ("--all",)])
def test_the_page_has_80_columns(case: Path, language: str, more: tuple[str, ...]) -> None:
    done = lotproof("status", case, "--lang", language, *more)
    for line in done.stdout.splitlines():
        assert sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in line) <= 80, line


def test_a_stamp_from_request_to_verdict(case: Path, tmp_path: Path) -> None:
    request = tmp_path / "head.tsq"
    done = lotproof("stamp", case, "--request", request)
    assert done.exit_code == 0
    head = done.stdout.split()[-1]
    assert bytes.fromhex(head) in request.read_bytes()
    (tmp_path / "reply.tsr").write_bytes(authority().reply(bytes.fromhex(head)))
    (tmp_path / "chain.pem").write_bytes(authority().pem + authority().root_pem)
    done = lotproof("stamp", case, tmp_path / "reply.tsr", "--certificate", tmp_path / "chain.pem", *NOW)
    assert done.exit_code == 0, done.exception
    assert "existed at 2027-06-12 09:30:00 UTC by" not in done.stderr
    assert "everything up to entry 1 existed at 2027-06-12 09:30:00 UTC; checked" in done.stdout
    verdict = lotproof("verify", case, "--certificate", tmp_path / "chain.pem")
    assert (verdict.exit_code, "; checked" in verdict.stdout) == (0, True)
    unchecked = lotproof("verify", case)
    assert (unchecked.exit_code, "; not checked" in unchecked.stdout) == (1, True)
    assert unchecked.stdout.startswith("INTACT")


@pytest.mark.parametrize(
    "arguments",
    [
        ("init", "x"),
        ("add", "x", "y", "--to", "nowhere"),
        ("add", "x", "a", "b", "--as", "c"),
        ("stamp", "x"),
        ("stamp", "x", "y", "--request", "z"),
        ("verify",),
    ],
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...]) -> None:
    assert lotproof(*arguments).exit_code == 2


@pytest.mark.parametrize("command", ["add", "status", "verify", "stamp"])
def test_a_folder_that_is_no_case_is_refused(command: str, tmp_path: Path) -> None:
    (tmp_path / "r.tsr").write_bytes(b"x")
    error = lotproof(command, tmp_path, *([tmp_path / "r.tsr"] if command == "stamp" else [])).exception
    assert isinstance(error, Refused)
    assert [(f.code, "case init" in f.hint) for f in error.findings] == [("LP830", True)]


@pytest.mark.parametrize(
    "moment", ["today", "2027-06-12", "2027-06-12T10:00:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"]
)
def test_a_moment_that_is_none_is_refused(case: Path, moment: str) -> None:
    error = lotproof("add", case, "--now", moment).exception
    assert isinstance(error, Refused)
    assert error.findings[0].code == "LP409"


@pytest.mark.parametrize("command", ["init", "add", "status", "verify", "stamp"])
def test_each_command_has_help_with_an_example(command: str) -> None:
    done = lotproof(command, "--help")
    assert done.exit_code == 0
    assert f"lotproof case {command}" in done.stdout
    assert "Examples:" in done.stdout


def test_the_help_of_add_lists_what_a_file_may_show() -> None:
    from lotproof.cases.rules import shipped_rules

    listed = lotproof("add", "--help").stdout
    assert all(re.search(rf"^  {kind}\s", listed, re.MULTILINE) for kind in shipped_rules().kinds)


def test_a_refusal_as_a_whole_process_exits_with_1_and_writes_json(case: Path) -> None:
    done = run("case", "add", case, case / "nowhere.jpg", "--to", "arrival", "--json")
    assert done.returncode == 1
    assert [f["code"] for f in json.loads(done.stdout)["findings"]] == ["LP844"]


def test_verifying_imports_nothing_that_it_does_not_need(case: Path) -> None:
    code = f"""
import sys
from lotproof.cli import run
try: run(["case", "verify", {str(case)!r}])
except SystemExit: pass
print([m for m in ("PIL", "cryptography", "rfc3161_client", "docx", "jinja2", "babel", "jsonschema") if m in sys.modules])
"""
    assert run(code=code).stdout.splitlines()[-1] == "[]"


def test_the_result_is_said_in_the_language_of_the_option(case: Path) -> None:
    (case / "arrival" / "seal.jpg").write_bytes(b"x")
    done = lotproof("verify", case, "--lang", "zh")
    assert done.exit_code == 1
    assert "不完好：1处与登记不符" in done.stdout
    data = shown("verify", case, "--lang", "zh")
    assert [f["message"] for f in data["findings"] if f["code"] == "LP835"] == ["未登记：有人放入"]
