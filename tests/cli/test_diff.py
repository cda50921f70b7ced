"""``lotproof diff`` and ``lotproof amend`` as a user runs them."""

from __future__ import annotations

import json
import re
import unicodedata
import zipfile
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gate_orders import EXAMPLES, MUGS, answers
from lotproof import api
from lotproof.cli import main
from lotproof.findings import Refused
from lotproof.writers.xml import escape
from revised import REVISIONS, order, superseding
from settling import accepted, plain, rejected

FILE = str(EXAMPLES / MUGS / "answers.toml")


def lotproof(*arguments: str) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, list(arguments))


def written(folder: Path, text: str, name: str = "answers.toml") -> str:
    """An answers file in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def built(folder: Path, text: str) -> str:
    """A folder as ``build`` makes it."""
    folder.mkdir(parents=True)
    for name, content in api.render(order(text)):
        (folder / name).write_bytes(content)
    return str(folder)


@pytest.fixture
def newer(tmp_path: Path) -> str:
    """A revision of the example."""
    return written(tmp_path / "c", REVISIONS["limit and money"])


def codes(result: Result) -> list[str]:
    """The codes of what was refused."""
    assert isinstance(result.exception, Refused)
    return [finding.code for finding in result.exception.findings]


def test_nothing_differs_from_itself() -> None:
    done = lotproof("diff", FILE, FILE)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1] == "Nothing differs."


def test_changes_of_meaning_come_first_and_the_exit_code_says_that_there_are_some(newer: str) -> None:
    done = lotproof("diff", FILE, newer, "--lang", "en")
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert lines[1].startswith("5 changes of meaning, 0 of wording")
    at = lines.index("  LIMIT: tightened, good for the buyer")
    assert [line.replace("\u00a0", " ") for line in lines[at + 1 : at + 4]] == [
        "    Gross weight of the carton [packaging.carton_gross_weight]",
        "      was  at most 16 kg",
        "      is   at most 15 kg",
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_fits_into_80_columns(tmp_path: Path, language: str) -> None:
    new = written(tmp_path, REVISIONS["provision added"])
    done = lotproof("diff", FILE, new, "--lang", language)
    for line in done.stdout.splitlines():
        width = sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in line)
        assert width <= 80 or re.search(r"[0-9A-Za-z._\[\]]{40,}", line), line


def test_the_language_is_that_of_the_newer_contract(tmp_path: Path) -> None:
    chinese = answers().replace('languages = "en-zh"', 'languages = "zh"')
    chinese = re.sub(r'^controlling = "zh"\n', "", chinese, flags=re.MULTILINE)
    done = lotproof("diff", FILE, written(tmp_path, chinese))
    assert "实质变更" in done.stdout


def test_json_holds_every_change(newer: str) -> None:
    done = lotproof("diff", FILE, newer, "--json")
    data = json.loads(done.stdout)
    assert done.exit_code == 1
    assert not data["same"]
    first = data["changes"][0]
    assert (first["kind"], first["where"], first["direction"], first["good_for"]) == (
        "limit",
        "packaging.carton_gross_weight",
        "tightened",
        "buyer",
    )
    assert first["data"] == ["spec/terms/packaging.carton_gross_weight/requirement"]
    assert data["new"]["digest"] == api.digest(order(REVISIONS["limit and money"]))


def test_documents_are_compared_as_far_as_both_disclose(tmp_path: Path) -> None:
    old, new = built(tmp_path / "b", answers()), built(tmp_path / "c", REVISIONS["limit and money"])
    done = lotproof("diff", f"{old}/checklist.docx", f"{new}/contract.docx", "--json")
    data = json.loads(done.stdout)
    assert {c["kind"] for c in data["changes"]} == {"limit", "header"}
    assert data["hidden"] == [
        {"section": "commercial", "same": False},
        {"section": "evidence", "same": True},
        {"section": "private", "same": True},
    ]
    assert not data["wording_compared"]
    assert done.exit_code == 1


def test_a_checklist_belongs_to_its_contract(tmp_path: Path) -> None:
    folder = built(tmp_path / "b", answers())
    done = lotproof("diff", f"{folder}/checklist.docx", f"{folder}/contract.docx")
    assert done.exit_code == 0
    assert "Nothing that both show differs." in done.stdout or "Nothing differs." in done.stdout
    assert "same by digest" in done.stdout


def test_a_document_without_an_order_is_refused(tmp_path: Path) -> None:
    folder = built(tmp_path / "b", answers())
    bare = tmp_path / "bare.docx"
    with zipfile.ZipFile(f"{folder}/contract.docx") as package, zipfile.ZipFile(bare, "w") as out:
        for name in package.namelist():
            if not name.startswith("customXml"):
                out.writestr(name, package.read(name))
    assert codes(lotproof("diff", str(bare), folder)) == ["LP711"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"value":"16"', '"value":"17"', "LP712"),
        ('"unit":"kg"', '"unit":"stone"', "LP712"),
        ('"lotproof-order/1"', '"lotproof-order/9"', "LP711"),
        ('"sections":{', '"sections":[{', "LP711"),
        ('"kind":"at_most"', '"kind":"at_worst"', "LP711"),
    ],
)
def test_data_inside_that_was_changed_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    folder = built(tmp_path / "b", answers())
    changed = tmp_path / "changed.docx"
    with zipfile.ZipFile(f"{folder}/contract.docx") as package, zipfile.ZipFile(changed, "w") as out:
        for name in package.namelist():
            data = package.read(name)
            out.writestr(name, data.replace(old.encode(), new.encode()) if name == "customXml/item1.xml" else data)
    assert codes(lotproof("diff", str(changed), folder)) == [code]


def test_data_inside_that_proves_itself_and_means_nothing_is_refused(tmp_path: Path) -> None:
    from lotproof.orders.digests import order_digest, section_digest

    folder = built(tmp_path / "b", answers())
    with zipfile.ZipFile(f"{folder}/contract.docx") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    head, _, rest = unescape(parts["customXml/item1.xml"].decode()).partition(">{")
    data = json.loads("{" + rest.rpartition("}")[0] + "}")
    data["sections"]["spec"]["data"]["terms"][0]["samples"][0]["n"] = {"deep": "down"}
    data["sections"]["goods"]["data"]["lines"][0]["unit"] = "stone"
    digests = {
        name: one["digest"] if "digest" in one else section_digest(name, one["data"], one["salt"])
        for name, one in data["sections"].items()
    }
    data["digest"] = order_digest(digests)
    parts["customXml/item1.xml"] = f"{head}>{escape(json.dumps(data))}</lp:order>".encode()
    forged = tmp_path / "forged.docx"
    with zipfile.ZipFile(forged, "w") as out:
        for name, content in parts.items():
            out.writestr(name, content)
    assert codes(lotproof("diff", folder, str(forged))) == ["LP711"]


def test_a_redline_is_written_and_holds_both(tmp_path: Path, newer: str) -> None:
    target = tmp_path / "redline.docx"
    done = lotproof("diff", FILE, newer, "--redline", str(target), "--author", "J. Petersen", "--date", "2027-03-01")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == str(target)
    content = target.read_bytes()
    old, new = (dict(api.render(order(t)))["contract.docx"] for t in (answers(), REVISIONS["limit and money"]))
    assert (accepted(content), rejected(content)) == (plain(new), plain(old))
    assert b'w:author="J. Petersen" w:date="2027-03-01T00:00:00Z"' in zipfile.ZipFile(target).read("word/document.xml")


def test_a_redline_that_somebody_edited_is_left_alone(tmp_path: Path, newer: str) -> None:
    target = tmp_path / "redline.docx"
    target.write_bytes(b"mine")
    assert codes(lotproof("diff", FILE, newer, "--redline", str(target))) == ["LP404"]
    assert target.read_bytes() == b"mine"
    assert lotproof("diff", FILE, newer, "--redline", str(target), "--force").exit_code == 1
    assert target.read_bytes() != b"mine"


def test_a_redline_needs_the_whole_order(tmp_path: Path, newer: str) -> None:
    folder = built(tmp_path / "b", answers())
    target = tmp_path / "redline.docx"
    assert codes(lotproof("diff", f"{folder}/contract.docx", newer, "--redline", str(target))) == ["LP713"]
    assert not target.exists()


@pytest.mark.parametrize("author", ["", "  ", "a\u202eb", "x" * 121])
def test_an_author_that_cannot_be_printed_is_refused(newer: str, author: str) -> None:
    assert codes(lotproof("diff", FILE, newer, "--author", author)) == ["LP715"]


def test_a_redline_is_a_word_file(newer: str) -> None:
    done = lotproof("diff", FILE, newer, "--redline", "redline.pdf")
    assert done.exit_code == 2
    assert "redline.docx" in done.stderr


def test_a_date_is_a_date(newer: str) -> None:
    result = lotproof("diff", FILE, newer, "--date", "tomorrow")
    assert codes(result) == ["LP409"]
    assert isinstance(result.exception, Refused)
    assert result.exception.findings[0].where == "--date"


def test_an_amendment_is_written_with_what_changes_in_the_checklist(tmp_path: Path) -> None:
    new = written(tmp_path, superseding(answers(), REVISIONS["limit and money"]))
    done = lotproof("amend", FILE, new, "-o", str(tmp_path / "out"), "--json")
    assert done.exit_code == 0
    data = json.loads(done.stdout)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(data["files"])
    assert data["old"] == api.digest(order(answers()))
    page = (tmp_path / "out" / "amendment.txt").read_text(encoding="utf-8")
    assert data["old"] in page and data["new"] in page


def test_an_order_that_names_no_older_one_amends_nothing(tmp_path: Path, newer: str) -> None:
    result = lotproof("amend", FILE, newer, "-o", str(tmp_path / "out"))
    assert codes(result) == ["LP710"]
    assert not (tmp_path / "out").exists()


def test_an_amendment_needs_the_whole_order(tmp_path: Path, newer: str) -> None:
    folder = built(tmp_path / "b", answers())
    assert codes(lotproof("amend", f"{folder}/contract.docx", newer)) == ["LP713"]
