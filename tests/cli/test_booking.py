"""``lotproof booking`` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gate_orders import EXAMPLES, MUGS, order
from lotproof import api
from lotproof.cli import main
from lotproof.findings import Refused

FILE = str(EXAMPLES / MUGS / "answers.toml")


def lotproof(*arguments: str) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, ["booking", *arguments])


def test_the_page_is_written_with_what_the_buyer_gave(tmp_path: Path) -> None:
    done = lotproof(FILE, "-o", str(tmp_path), "--to", "QIMA Ltd", "--date", "2027-05-02", "--price", "320 USD")
    assert done.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["booking.docx", "booking.txt"]
    page = (tmp_path / "booking.txt").read_text(encoding="utf-8")
    assert "To ; QIMA Ltd\n" in page
    assert "Day wanted ; 2027-05-02" in page
    assert "Price agreed ; 320 USD" in page


def test_what_nobody_gave_is_left_to_fill_in(tmp_path: Path) -> None:
    lotproof(FILE, "-o", str(tmp_path))
    page = (tmp_path / "booking.txt").read_text(encoding="utf-8")
    assert "Price agreed ; [____]{booking.price}" in page
    assert "Day wanted ; [____]{booking.date}" in page


def test_the_checklists_that_go_along_are_those_of_the_folder(tmp_path: Path) -> None:
    files = dict(api.render(order()))
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    named = json.loads(files["order.json"])["provenance"]["files"]
    lotproof(str(tmp_path), "-o", str(tmp_path / "booking"))
    page = (tmp_path / "booking" / "booking.txt").read_text(encoding="utf-8")
    assert f"checklist.docx, SHA-256 {named['checklist.docx']}" in page
    assert f"checklist.xlsx, SHA-256 {named['checklist.xlsx']}" in page


@pytest.mark.parametrize("price", ["320", "USD", "three hundred USD", "320 usd", "1e9 USD", "320 USD\n", "-5 USD"])
def test_a_price_is_an_amount_and_a_currency(tmp_path: Path, price: str) -> None:
    error = lotproof(FILE, "-o", str(tmp_path / "out"), "--price", price).exception
    assert isinstance(error, Refused)
    assert [f.code for f in error.findings] == ["LP640"]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("company", ["QIMA\u202eLtd", "a\nb", "x" * 121])
def test_a_name_that_hides_something_is_refused(tmp_path: Path, company: str) -> None:
    error = lotproof(FILE, "-o", str(tmp_path / "out"), "--to", company).exception
    assert isinstance(error, Refused)
    assert [f.code for f in error.findings] == ["LP641"]


def test_json_names_the_files(tmp_path: Path) -> None:
    done = lotproof(FILE, "-o", str(tmp_path), "--format", "docx", "--json")
    assert json.loads(done.stdout)["files"] == ["booking.docx"]
