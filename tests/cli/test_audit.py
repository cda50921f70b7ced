"""``lotproof audit``: what it prints, in which language, with which exit code, and what it writes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from lotproof.cli.audit import _wrapped
from word_packages import paragraph, word

HERE = Path(__file__).parents[1] / "audit" / "contracts"
BAD = "1. The goods are of high quality.\n2. Inspection: AQL 98%.\n"


def run(*arguments: str, given: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a whole process."""
    environ = {**os.environ, "NO_COLOR": "1", **more}
    return subprocess.run(
        [sys.executable, "-m", "lotproof", "audit", *arguments],
        input=given,
        capture_output=True,
        check=False,
        env=environ,
    )


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A contract with findings."""
    path = tmp_path / "bad.txt"
    path.write_text(BAD, encoding="utf-8")
    return path


def test_a_contract_without_findings_exits_with_0_and_says_so() -> None:
    done = run(str(HERE / "good-en.txt"))
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.startswith(b"No findings")


def test_findings_are_grouped_by_place_and_exit_with_1(bad: Path) -> None:
    done = run(str(bad))
    text = done.stdout.decode()
    assert done.returncode == 1
    assert (
        text.index("clause 1, line 1")
        < text.index("high quality")
        < text.index("clause 2, line 2")
        < text.index("LP533")
    )
    assert "mend: " in text
    assert b"of severity spec" in done.stderr
    assert max(map(len, text.splitlines())) <= 80


def test_what_is_only_worth_a_look_exits_with_0(tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    path.write_text('"Service Engineer" means a person.\n', encoding="utf-8")
    done = run(str(path), "--json")
    assert done.returncode == 0
    assert [row["severity"] for row in json.loads(done.stdout)["findings"]] == ["info"]


def test_json_is_one_document_with_the_six_keys(bad: Path) -> None:
    done = run(str(bad), "--json")
    found = json.loads(done.stdout)["findings"]
    assert done.returncode == 1
    assert done.stderr == b""
    assert {tuple(row) for row in found} == {("where", "code", "quote", "message", "hint", "severity")}
    rows = {(row["code"], row["quote"]) for row in found}
    assert rows >= {("LP520", "high quality"), ("LP533", "AQL 98%")}


def test_messages_come_in_chinese(bad: Path) -> None:
    done = run(str(bad), "--lang", "zh", "--json")
    first = json.loads(done.stdout)["findings"][0]
    assert first["where"] == "1条款，第1行"
    assert "检验员" in first["message"]
    text = run(str(bad), "--lang", "zh").stdout.decode()
    assert max(sum(1 + (east_asian_width(c) in "WF") for c in line) for line in text.splitlines()) <= 80


def test_standard_input_is_read(bad: Path) -> None:
    assert json.loads(run("-", "--json", given=BAD.encode()).stdout) == json.loads(run(str(bad), "--json").stdout)


def test_a_copy_with_comments_is_written_and_not_overwritten(tmp_path: Path) -> None:
    contract = tmp_path / "contract.docx"
    contract.write_bytes(word(paragraph("The goods are of high quality.")))
    target = tmp_path / "commented.docx"
    done = run(str(contract), "--annotate", str(target))
    assert done.returncode == 1
    package = zipfile.ZipFile(io.BytesIO(target.read_bytes()))
    assert b"LP520" in package.read("word/comments.xml")
    target.write_bytes(b"somebody's edits")
    refused = run(str(contract), "--annotate", str(target))
    assert refused.returncode == 1
    assert b"LP404" in refused.stderr
    assert target.read_bytes() == b"somebody's edits"
    assert run(str(contract), "--annotate", str(target), "--force").returncode == 1
    assert target.read_bytes().startswith(b"PK")


def test_the_contract_itself_is_never_overwritten(tmp_path: Path) -> None:
    contract = tmp_path / "contract.docx"
    contract.write_bytes(word(paragraph("x")))
    before = contract.read_bytes()
    done = run(str(contract), "--annotate", str(contract), "--force")
    assert done.returncode == 1
    assert b"LP403" in done.stderr
    assert contract.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, b"Missing argument"),
        (("nothing.docx",), 1, b"LP401"),
        (("{}", "--category", "mugs"), 1, b"LP201"),
        (("{}", "--annotate", "out.pdf"), 2, b"--annotate writes a Word file"),
        (("{}", "--lang", "fr"), 2, b"fr"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: tuple[str, ...], code: int, words: bytes, bad: Path) -> None:
    done = run(*(argument.format(bad) for argument in arguments))
    assert done.returncode == code
    assert words in done.stderr
    assert done.stdout == b""


def test_a_file_that_cannot_be_read_is_a_finding_in_json_too(tmp_path: Path) -> None:
    path = tmp_path / "contract.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    done = run(str(path), "--json")
    assert done.returncode == 1
    assert [row["code"] for row in json.loads(done.stdout)["findings"]] == ["LP500"]


def test_help_of_the_program_does_not_import_the_audit() -> None:
    code = (
        "import sys; from lotproof.cli import run\n"
        "try: run(['--help'])\n"
        "except SystemExit: pass\n"
        "print([m for m in sys.modules if m.startswith(('lotproof.audit', 'lotproof.readers', 'lotproof.wording.lexicon'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("text", ["a" * 200, "质量" * 60, "word " * 50, "质量要求 quality " * 20, "", "（" * 90])
@pytest.mark.parametrize("width", [20, 73])
def test_lines_fit_and_lose_no_word(text: str, width: int) -> None:
    lines = _wrapped(text, width)
    assert all(sum(1 + (east_asian_width(c) in "WF") for c in line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
