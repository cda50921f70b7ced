"""``lotproof verify``: what it prints, with which exit code, and what it refuses."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest

import edits
from lotproof import api
from lotproof.findings import Refused
from lotproof.readers.package import OLE
from lotproof.verify.verifying import verify
from mutated.targets import NOISE
from word_packages import packed, paragraph, parts, word


def run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as a whole process."""
    environ = {**os.environ, "NO_COLOR": "1"}
    command = [sys.executable, "-m", "lotproof", "verify", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environ, cwd=cwd)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The machines' files, a contract that was edited, and one of another order."""
    made = tmp_path_factory.mktemp("built")
    answers = (edits.ROOT / "examples" / "vffs-packing-machine" / "answers.toml").read_bytes()
    for name, content in api.render(api.build(answers).order, ("en",)):
        (made / name).write_bytes(content)
    edited = edits.in_term(NOISE, "78", "87")(edits.source("machine/en/contract.docx"))
    (made / "edited.docx").write_bytes(edits.packed(edited.parts))
    other = dict(api.render(api.build(answers.replace(b'limit = "78 dB(A)"', b'limit = "75 dB(A)"')).order))
    (made / "other.docx").write_bytes(other["checklist.docx"])
    return made


def test_an_intact_file_exits_with_0_and_shows_three_digests(folder: Path) -> None:
    done = run(str(folder / "contract.docx"))
    assert (done.returncode, done.stderr) == (0, "")
    first, second, *digests = done.stdout.splitlines()
    assert first == "contract.docx: INTACT"
    assert second.startswith("  contract of order NW-2027-004 revision A in en")
    assert [line.split()[0] for line in digests] == ["file", "content", "data"]
    assert all(len(line.split()[1]) == 64 for line in digests)


def test_a_change_is_said_with_clause_was_is_and_what_to_do(folder: Path) -> None:
    done = run(str(folder / "edited.docx"))
    assert done.returncode == 1
    assert "edited.docx: TEXT CHANGED" in done.stdout
    assert f"LP705 A11 {NOISE}" in done.stdout
    said = done.stdout.replace("\u00a0", " ")
    assert "was: " in said and "is:  " in said
    assert "78 dB(A)" in said and "87 dB(A)" in said
    assert "agree to the change in writing" in said
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize("other", ["checklist.docx", "checklist.xlsx", "order.json", ""])
def test_a_pair_of_one_build_belongs_together(folder: Path, other: str) -> None:
    done = run(str(folder / "contract.docx"), str(folder / other))
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].startswith("they belong together: one order, digest ")


def test_the_very_file_that_was_built_is_known_again(folder: Path) -> None:
    done = run(str(folder / "contract.docx"), str(folder))
    assert "the very file that order.json names contract.docx" in done.stdout
    assert "the very file" not in run(str(folder / "edited.docx"), str(folder)).stdout


def test_a_pair_of_two_orders_does_not(folder: Path) -> None:
    done = run(str(folder / "contract.docx"), str(folder / "other.docx"))
    assert done.returncode == 1
    assert "the same number NW-2027-004, revision A, and are of two orders all the same" in done.stdout


def test_json_is_one_document_with_every_change(folder: Path) -> None:
    done = run(str(folder / "edited.docx"), str(folder / "order.json"), "--json")
    data = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (1, "")
    (file,) = data["files"]
    assert (file["verdict"], file["kind"], file["number"]) == ("text changed", "contract", "NW-2027-004")
    (change,) = file["changes"]
    assert (change["code"], change["clause"], change["number"]) == ("LP705", NOISE, "A11")
    assert "78" in change["was"] and "87" in change["is"]
    assert data["pair"]["together"] is True
    assert [finding["code"] for finding in data["findings"]] == ["LP705"]
    assert set(file["digests"]) == {"file", "content", "data"}


def test_the_report_is_said_in_the_language_of_the_option(folder: Path) -> None:
    done = run(str(folder / "edited.docx"), str(folder / "other.docx"), "--lang", "zh")
    assert "edited.docx: 文字被改动" in done.stdout
    assert "订单 NW-2027-004 第A版 的合同" in done.stdout
    assert "原为：" in done.stdout and "现为：" in done.stdout
    assert "属于不同订单：不同的部分：" in done.stdout
    data = json.loads(run(str(folder / "edited.docx"), "--lang", "zh", "--json").stdout)
    assert data["files"][0]["verdict"] == "text changed", "what a program reads stays as it is"
    assert data["findings"][0]["message"].startswith("原为“")


def test_a_file_of_somebody_else_is_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "theirs.docx"
    path.write_bytes(word(paragraph("1. The goods are of high quality.")))
    done = run(str(path))
    assert done.returncode == 1
    assert "theirs.docx: NOT OURS" in done.stdout
    assert "LP700" in done.stderr
    data = json.loads(run(str(path), "--json").stdout)
    assert [file["verdict"] for file in data["files"]] == ["not ours"]
    assert [finding["code"] for finding in data["findings"]] == ["LP700"]


def test_two_files_are_the_most_and_a_record_needs_a_file(folder: Path) -> None:
    files = [str(folder / name) for name in ("contract.docx", "checklist.docx", "checklist.xlsx")]
    for arguments in (files, [str(folder), str(folder / "order.json")], [str(folder)], []):
        done = run(*arguments)
        assert done.returncode == 2
        assert "Usage: lotproof verify" in done.stderr


def entity(given: dict[str, str]) -> dict[str, str]:
    """Return the parts with an entity in the body."""
    return {
        **given,
        edits.BODY: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + given[edits.BODY].partition("?>")[2],
    }


def outside(given: dict[str, str]) -> dict[str, str]:
    """Return the parts with a template that would be fetched."""
    rels = "word/_rels/settings.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    relation = f'<Relationship Id="r1" Type="{kind}" Target="http://example.org/t.dotm" TargetMode="External"/>'
    return {
        **given,
        rels: f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>',
    }


def bomb() -> bytes:
    """Return a file that would unpack to 300 MB."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts("").items():
            package.writestr(name, content)
        with package.open("customXml/item1.xml", "w") as part:
            for _ in range(300):
                part.write(b" " * 1_000_000)
    return made.getvalue()


GOOD = edits.packed(edits.source("machine/en/contract.docx").parts)
ONE = dict(edits.source("machine/en/contract.docx").parts)
HOSTILE = {
    "no zip": (b"Not a Word file at all.", "LP501"),
    "encrypted": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "LP502"),
    "of the older kind": (OLE + b"\0" * 600, "LP500"),
    "cut short": (GOOD[: len(GOOD) // 2], "LP501"),
    "a bomb": (bomb(), "LP503"),
    "an entity": (edits.packed(entity(ONE)), "LP505"),
    "a template from outside": (edits.packed(outside(ONE)), "LP506"),
    "macros": (edits.packed({**ONE, "word/vbaProject.bin": "x"}), "LP507"),
    "a part twice": (edits.packed({**ONE, "WORD/document.xml": "<x/>"}), "LP504"),
    "no document": (packed({"a.txt": "x"}), "LP501"),
    "a deep document": (edits.packed({**ONE, edits.BODY: "<w:p>" * 5000}), "LP501|LP503"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(name: str, tmp_path: Path) -> None:
    content, codes = HOSTILE[name]
    path = tmp_path / "returned.docx"
    path.write_bytes(content)
    done = run(str(path), "--json")
    assert (done.returncode, done.stderr) == (1, "")
    data = json.loads(done.stdout)
    assert [file["verdict"] for file in data["files"]] == ["refused"]
    assert {finding["code"] for finding in data["findings"]} <= set(codes.split("|"))
    assert data["findings"] and all(finding["hint"] for finding in data["findings"])


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.docx"
    with path.open("wb") as file:
        file.write(GOOD)
        file.truncate(200_000_000)
    done = run(str(path))
    assert done.returncode == 1
    assert "LP503" in done.stderr


@pytest.mark.parametrize(
    "xml",
    [
        "<w:p/>" * 100_000,
        "<w:p>" + "<w:r><w:t>x</w:t></w:r>" * 60_000 + "</w:p>",
        "<w:tbl>" + "<w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>" * 20_000 + "</w:tbl>",
    ],
    ids=["paragraphs", "runs", "rows"],
)
def test_a_document_without_end_is_read_or_refused_in_bounded_memory(xml: str) -> None:
    body = ONE[edits.BODY].replace("<w:body>", f"<w:body>{xml}")
    content = edits.packed({**ONE, edits.BODY: body})
    tracemalloc.start()
    try:
        report, _ = verify(content, "x.docx")
        assert report.verdict != "intact"
    except Refused as refused:
        assert [f.code for f in refused.findings] == ["LP503"]
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 400_000_000
