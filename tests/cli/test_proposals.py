"""``lotproof proposals`` as a buyer runs it, and the data sheet that the factory fills in."""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from lotproof import api
from lotproof.catalog.loading import load_category
from lotproof.cli import main
from lotproof.findings import Refused

CAPACITY = 'goods[1].terms."ceramic_tableware.capacity".nominal'
OTHER = 'goods[2].terms."ceramic_tableware.capacity".nominal'
REPLIES: Mapping[str, Any] = {
    OTHER: "250 g",
    "seller.contact": "陈伟, export@factory.example",
    CAPACITY: 352,
    "goods[2].hs_code": "691200",
}


def lotproof(*arguments: object) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, ["proposals", *map(str, arguments)])


def filled(answers: bytes, replies: Mapping[str, Any], *, remark: str = "") -> bytes:
    """Return the factory's workbook of an order with some answers in it."""
    data = tomllib.loads(answers.decode())
    book = openpyxl.load_workbook(
        io.BytesIO(api.supplier_workbook(load_category(data["category"]), "zh", data)),
    )
    left = dict(replies)
    for sheet in book:
        for (cell,) in sheet.iter_rows(max_col=1):
            if cell.value in left:
                sheet[f"G{cell.row}"].value = left.pop(cell.value)
                sheet[f"I{cell.row}"].value = remark or None
    assert not left
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def files(tmp_path: Path, mugs: bytes) -> tuple[Path, Path]:
    answers, workbook = tmp_path / "answers.toml", tmp_path / "supplier.xlsx"
    answers.write_bytes(mugs)
    workbook.write_bytes(filled(mugs, REPLIES, remark="已核实"))
    return answers, workbook


def listed(files: tuple[Path, Path], *options: str) -> dict[str, dict[str, Any]]:
    done = lotproof(*files, "--json", *options)
    assert done.exit_code == 0
    return {row["path"]: row for row in json.loads(done.stdout)["proposals"]}


def test_each_reply_stands_beside_the_answer_and_nothing_is_written(files: tuple[Path, Path], mugs: bytes) -> None:
    rows = listed(files)
    assert {path: row["status"] for path, row in rows.items()} == {
        OTHER: "refused",
        "seller.contact": "differs",
        "goods[2].hs_code": rows["goods[2].hs_code"]["status"],
        CAPACITY: "differs",
    }
    assert rows[CAPACITY]["theirs"] == "352 mL"
    assert rows[CAPACITY]["remark"] == "已核实"
    assert ": " in rows[CAPACITY]["where"]
    assert files[0].read_bytes() == mugs
    assert sorted(path.name for path in files[0].parent.iterdir()) == ["answers.toml", "supplier.xlsx"]


def test_without_a_terminal_they_are_listed_and_not_asked(files: tuple[Path, Path], mugs: bytes) -> None:
    done = lotproof(*files)
    assert done.exit_code == 0
    assert CAPACITY in done.output and "352 mL" in done.output and "1 refused" in done.output
    assert files[0].read_bytes() == mugs


def test_what_is_accepted_goes_into_a_new_file_with_its_origin_and_comments_stay(
    files: tuple[Path, Path], mugs: bytes
) -> None:
    done = lotproof(*files, "--accept", CAPACITY, "--by", "Ada Buyer", "--today", "2027-01-20")
    assert done.exit_code == 0
    new = files[0].with_name("answers-accepted.toml")
    text = new.read_text(encoding="utf-8")
    data = tomllib.loads(text)
    assert files[0].read_bytes() == mugs
    assert data["goods"][0]["terms"]["ceramic_tableware.capacity"]["nominal"] == "352 mL"
    assert data["origin"] == {CAPACITY: {"how": "supplier", "on": datetime.date(2027, 1, 20), "by": "Ada Buyer"}}
    assert text.splitlines()[0] == mugs.decode().splitlines()[0]
    assert data["seller"] == tomllib.loads(mugs.decode())["seller"]
    order = api.build(new.read_bytes()).order
    assert order.provenance.origins[0][:2] == (CAPACITY, "supplier")


def test_accept_all_takes_what_is_new_or_differs_and_no_refused_one(files: tuple[Path, Path], tmp_path: Path) -> None:
    rows = listed(files, "--accept-all", "-o", str(tmp_path / "new.toml"))
    data = tomllib.loads((tmp_path / "new.toml").read_text(encoding="utf-8"))
    assert {path for path, row in rows.items() if row["accepted"]} == {
        path for path, row in rows.items() if row["status"] in ("new", "differs")
    }
    assert data["seller"]["contact"] == REPLIES["seller.contact"]
    assert data["goods"][1]["terms"]["ceramic_tableware.capacity"]["nominal"] != REPLIES[OTHER]
    assert {row["status"] for row in listed((tmp_path / "new.toml", files[1])).values()} == {"same", "refused"}


def test_the_answers_themselves_change_only_where_they_are_named_and_forced(
    files: tuple[Path, Path], mugs: bytes
) -> None:
    refused = lotproof(*files, "--accept", CAPACITY, "-o", files[0]).exception
    assert isinstance(refused, Refused)
    assert (refused.findings[0].code, files[0].read_bytes()) == ("LP404", mugs)
    assert lotproof(*files, "--accept", CAPACITY, "-o", files[0], "--force").exit_code == 0
    assert files[0].read_bytes() != mugs


@pytest.mark.parametrize("name", [OTHER, "payment.deposit_percent", "x"])
def test_what_cannot_be_accepted_is_refused_and_nothing_is_written(files: tuple[Path, Path], name: str) -> None:
    error = lotproof(*files, "--accept", name, "--accept", CAPACITY).exception
    assert isinstance(error, Refused)
    assert [f.code for f in error.findings] == ["LP191"]
    assert not files[0].with_name("answers-accepted.toml").exists()


def test_a_supplier_cannot_propose_what_it_is_not_asked(files: tuple[Path, Path], mugs: bytes) -> None:
    book = openpyxl.load_workbook(files[1])
    sheet = next(s for s in book if any(c.value == "seller.contact" for (c,) in s.iter_rows(max_col=1)))
    for row, (key, value) in enumerate(
        [("payment.deposit_percent", 90), ("payment.bank_account", "mine"), ("house", "x"), ("tooling", "yes")], 100
    ):
        sheet[f"A{row}"].value, sheet[f"G{row}"].value = key, value
    book.save(files[1])
    done = lotproof(*files, "--json", "--accept-all")
    result = json.loads(done.stdout)
    rows = {row["path"]: row for row in result["proposals"]}
    assert rows["payment.deposit_percent"]["status"] == rows["payment.bank_account"]["status"] == "refused"
    assert sum(f["code"] == "LP183" for f in result["findings"]) == 2
    data, before = tomllib.loads(Path(result["file"]).read_text(encoding="utf-8")), tomllib.loads(mugs.decode())
    assert (data["payment"], data["house"], "tooling" in data) == (before["payment"], before["house"], False)


def test_replies_follow_their_item_when_the_buyer_has_moved_it(files: tuple[Path, Path]) -> None:
    text = files[0].read_text(encoding="utf-8")
    first, second = (text.index("[[goods]]", at) for at in (0, text.index("[[goods]]") + 1))
    third = text.index("[[goods]]", second + 1)
    files[0].write_text(text[:first] + text[second:third] + text[first:second] + text[third:], encoding="utf-8")
    rows = listed(files)
    assert rows[CAPACITY.replace("[1]", "[2]")]["theirs"] == "352 mL"
    assert "goods[1].hs_code" in rows


def test_an_item_that_the_order_has_no_more_is_no_proposal(files: tuple[Path, Path]) -> None:
    files[0].write_bytes(files[0].read_bytes().replace(b'item = "MUG-350-WHT"', b'item = "MUG-400-WHT"'))
    rows = listed(files)
    assert rows[CAPACITY]["status"] == "refused"
    assert "MUG-350-WHT" in rows[CAPACITY]["why"]


def test_a_workbook_of_answers_or_of_another_category_is_refused(files: tuple[Path, Path], mugs: bytes) -> None:
    data = tomllib.loads(mugs.decode(), parse_float=Decimal)
    for content in (
        api.answers_workbook(load_category(data["category"]), data, "0" * 32),
        api.supplier_workbook(load_category("toys"), "en"),
    ):
        files[1].write_bytes(content)
        error = lotproof(*files).exception
        assert isinstance(error, Refused)
        assert [f.code for f in error.findings] == ["LP192"]


def test_answers_in_a_workbook_take_proposals_into_a_file(files: tuple[Path, Path], mugs: bytes) -> None:
    data = tomllib.loads(mugs.decode(), parse_float=Decimal)
    mine = files[0].with_suffix(".xlsx")
    mine.write_bytes(api.answers_workbook(load_category(data["category"]), data, "0" * 32))
    assert lotproof(mine, files[1], "--accept", CAPACITY).exit_code == 0
    new = api.build(files[0].with_name("answers-accepted.toml").read_bytes()).order
    assert api.digest(new) != api.digest(api.build(mugs).order)
    assert new.header.number == data["order"]["number"]


@pytest.mark.parametrize(
    "example", sorted(p.parent.name for p in (Path(__file__).parents[2] / "examples").glob("*/answers.toml"))
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_data_sheet_shows_no_answer_of_the_buyer(example: str, language: str) -> None:
    content = (Path(__file__).parents[2] / "examples" / example / "answers.toml").read_bytes()
    data = tomllib.loads(content.decode())
    book = openpyxl.load_workbook(io.BytesIO(api.supplier_workbook(load_category(data["category"]), language, data)))
    cells = [str(c.value) for s in book for row in s.iter_rows() for c in row if c.value is not None]
    keys = [key for s in book for (c,) in s.iter_rows(max_col=1) if (key := str(c.value))]
    assert not [
        key for key in keys if key.startswith(("payment", "window", "order", "buyer", "law", "notice", "inspection"))
    ]
    assert not [key for key in keys if "price" in key or "quantity" in key]
    secret = [
        data["order"]["salt"],
        data["order"]["number"],
        data["payment"].get("bank_account", "-none-"),
        data["payment"].get("end_client", "-none-"),
        *(row["description"]["en"] for row in data["goods"]),
    ]
    assert not [
        c for s in book for row in s.iter_rows() for c in row if c.value is not None and not c.protection.locked
    ]
    assert not [text for text in secret if any(text in cell for cell in cells)]


def test_chinese_comes_first_and_english_beside(mugs: bytes) -> None:
    data = tomllib.loads(mugs.decode())
    book = openpyxl.load_workbook(io.BytesIO(api.supplier_workbook(load_category(data["category"]), "zh", data)))
    sheet = next(s for s in book if any(c.value == "seller.contact" for (c,) in s.iter_rows(max_col=1)))
    row = next(c.row for (c,) in sheet.iter_rows(max_col=1) if c.value == "seller.contact")
    assert (sheet[f"C{row}"].value, sheet[f"D{row}"].value) == (
        "联系人及电子邮箱？",
        "Contact person and e-mail address?",
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminal")
def test_in_a_terminal_each_open_proposal_is_asked_for(files: tuple[Path, Path], mugs: bytes) -> None:
    import pty

    command = [sys.executable, "-m", "lotproof", "proposals", *map(str, files)]
    master, slave = pty.openpty()
    os.write(master, b"y\nn\nn\nn\n")
    try:
        process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave)
        os.close(slave)
        seen = b""
        with contextlib.suppress(OSError):  # the terminal closes with the last process in it
            while block := os.read(master, 4096):
                seen += block
        assert process.wait() == 0
    finally:
        os.close(master)
    rows = listed(files)
    wanted = [path for path, row in rows.items() if row["status"] in ("new", "differs")]
    assert seen.count(b"accept?") == len(wanted) > 1
    new = tomllib.loads(files[0].with_name("answers-accepted.toml").read_text(encoding="utf-8"))
    assert list(new["origin"]) == wanted[:1]
    assert files[0].read_bytes() == mugs
