"""``lotproof consistency``."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from case_folders import run
from lotproof.cases.verifying import verify_case
from stories import made, order

WEIGHT = "consumer_goods.net_weight@MUG-350-WHT"
HEAVY = {f"{WEIGHT}.r{i}": "480" for i in range(1, 9)}
TODAY = ("--today", "2027-06-16", "--event", "shipment=2027-05-24")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("failed"), before=HEAVY, after=HEAVY)


def test_the_page_fits_eighty_columns_and_names_the_claim(case: Path) -> None:
    done = run("consistency", case, *TODAY)
    assert done.returncode == 0
    assert "A8 Net weight: borne by all three records (contract, inspection, arrival)" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_chinese(case: Path) -> None:
    done = run("consistency", case, *TODAY, "--lang", "zh")
    assert "三份记录均支持" in done.stdout
    assert "净重" in done.stdout


def test_json_is_one_document(tmp_path: Path) -> None:
    done = run("consistency", made(tmp_path, after=HEAVY), *TODAY, "--json")
    data = json.loads(done.stdout)
    assert done.returncode == 1
    assert data["codes"] == ["C6"]
    assert data["one_story"] is False
    assert sum(data["counts"].values()) == len(data["terms"])
    assert [c["row"] for c in data["claims"]] == [WEIGHT]
    assert data["claims"][0]["by"] == ["contract", "arrival"]


def test_the_dossier_holds_everything_but_the_end_client(case: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        done = run("consistency", case, *TODAY, "-o", tmp_path / name, "--dossier")
        assert done.returncode == 0, done.stderr
    names = ["claim.en.txt", "claim.zh.txt", "consistency.docx", "consistency.html", "dossier.docx", "dossier.zip"]
    assert sorted(p.name for p in (tmp_path / "one").iterdir()) == names
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    client = order().private.end_client or ""
    assert client
    with zipfile.ZipFile(tmp_path / "one" / "dossier.zip") as archive:
        listed = {
            row["path"]: row["sha256"]
            for row in map(json.loads, archive.read("manifest.jsonl").splitlines())
            if row.get("path")
        }
        assert set(archive.namelist()) == {
            *listed,
            "manifest.jsonl",
            "dossier.docx",
            "claim.en.txt",
            "claim.zh.txt",
        } - {"contract/order.json"}
        for path in archive.namelist():
            content = archive.read(path)
            if path in listed:
                assert hashlib.sha256(content).hexdigest() == listed[path]
            assert client.encode() not in _inside(content), path


def _inside(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"".join(package.read(name) for name in package.namelist())


def test_the_draft_of_the_claim_names_clause_reading_and_photograph(case: Path, tmp_path: Path) -> None:
    run("consistency", case, *TODAY, "-o", tmp_path / "out", "--dossier")
    english = (tmp_path / "out" / "claim.en.txt").read_text(encoding="utf-8")
    assert "1. A8 Net weight. Agreed: 385" in english
    assert "8 of 8 do not meet it, readings from 480 to 480 g" in english
    assert "arrival/comparison.jpg" in english
    chinese = (tmp_path / "out" / "claim.zh.txt").read_text(encoding="utf-8")
    assert "8个中8个不符，读数480至480 g" in chinese


def test_nothing_is_drafted_that_the_three_records_do_not_bear(tmp_path: Path) -> None:
    case = made(tmp_path, after=HEAVY)
    run("consistency", case, *TODAY, "-o", tmp_path / "out", "--dossier")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "consistency.docx",
        "consistency.html",
        "dossier.docx",
        "dossier.zip",
    ]


def test_the_case_is_left_as_it_was(case: Path, tmp_path: Path) -> None:
    run("consistency", case, *TODAY, "-o", tmp_path / "out", "--dossier")
    assert verify_case(str(case)).intact


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--dossier",), 2, "--dossier needs a folder"),
        (("--format", "pdf", "-o", "x"), 2, "formats are docx, html, txt, json"),
        (("--event", "arival=2027-06-12"), 1, "did you mean arrival"),
        (("--today", "soon"), 1, "LP409"),
    ],
)
def test_wrong_usage_says_what_to_write(case: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = run("consistency", case, *arguments)
    assert done.returncode == code
    assert said in done.stderr


def test_a_folder_that_is_no_case(tmp_path: Path) -> None:
    done = run("consistency", tmp_path)
    assert done.returncode == 1
    assert "LP830" in done.stderr
