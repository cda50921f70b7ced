"""``lotproof paste``: what goes into the platform's form, and what is refused because two places differ."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gate_orders import EXAMPLES, MUGS, SHIRTS, answers, changed, line_of, order
from lotproof import api
from lotproof.cli import main
from lotproof.findings import Refused
from lotproof.gate.form import compare, fields, limits, remarks
from lotproof.gate.saying import said

FILE = str(EXAMPLES / MUGS / "answers.toml")


def lotproof(*arguments: str) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, ["paste", *arguments])


def shown(*arguments: str) -> Any:
    """Run the command and read its JSON."""
    done = lotproof(*arguments, "--json")
    assert done.exit_code == 0, done.exception
    return json.loads(done.stdout)


def refused(*arguments: str) -> list[tuple[str, str]]:
    """Return code and place of each finding."""
    error = lotproof(*arguments).exception
    assert isinstance(error, Refused), error
    return [(f.code, f.where) for f in error.findings]


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder as ``build`` makes it."""
    folder = tmp_path / "out"
    folder.mkdir()
    for name, content in api.render(order()):
        (folder / name).write_bytes(content)
    return folder


def test_every_field_of_the_form_has_the_value_of_the_order() -> None:
    found = {row["id"]: row["value"] for row in shown(FILE)["fields"]}
    assert found["goods.MUG-350-WHT.quantity"] == "4800"
    assert found["goods.MUG-350-WHT.unit_price"] == "1.42"
    assert found["goods.MUG-250-WHT.unit"] == "pieces"
    assert found["trade_term"] == "FCA Yantian port, Shenzhen, Incoterms 2020"
    assert found["ship_date"] == "2027-05-14"
    assert (found["deposit"], found["balance"], found["total"]) == ("4108.80", "9587.20", "13696.00")
    assert found["shipping_method"] is None, "the order says nothing of it, and nothing is made up"


def test_a_fee_that_the_buyer_pays_himself_stays_blank() -> None:
    def note(text: str) -> str:
        made = api.build(text.encode()).order
        return next(f.note["en"] for f in fields(made) if f.id == "shipping_fee")

    assert note(answers()).startswith("Leave it blank")
    assert not note(changed(('incoterm = "FCA"', 'incoterm = "CIF"'))).startswith("Leave it blank")


def test_the_page_says_that_fields_outrank_remarks_and_attachments() -> None:
    page = lotproof(FILE).stdout
    assert "outrank its remarks and every attachment" in " ".join(page.split())
    assert "(not in the order)" in page


@pytest.mark.parametrize("language", ["en", "zh"])
def test_remarks_fit_and_lead_to_the_contract(language: str) -> None:
    found = shown(FILE, "--lang", language)
    text = found["remarks"]["text"]
    assert len(text) == found["remarks"]["characters"] <= found["remarks"]["most"] == limits().characters
    assert api.digest(order()) in text
    assert "HB-2027-118 B" in text


@pytest.mark.parametrize("most", [0, 10, 200, 500])
def test_remarks_are_left_out_whole_the_least_important_first(most: int) -> None:
    kept = remarks(order(), "d" * 64, "en", most)
    every = remarks(order(), "d" * 64, "en", 10_000)
    assert len(" ".join(said(s, "en") for s in kept)) <= most
    assert len(every) == 6
    assert {s.key for s in kept} <= {s.key for s in every}


def test_attachments_are_the_files_of_the_folder_with_their_digests(built: Path) -> None:
    found = shown(str(built))
    assert [row["name"] for row in found["attachments"]] == ["contract.docx", "checklist.docx"]
    for row in found["attachments"]:
        assert row["sha256"] == hashlib.sha256((built / row["name"]).read_bytes()).hexdigest()
    assert found["compared"] == ["paste_files"]
    assert shown(FILE)["attachments"] == found["attachments"], "the same answers give the same files"


def test_a_file_that_was_edited_is_refused(built: Path) -> None:
    (built / "checklist.docx").write_bytes(b"edited")
    assert refused(str(built)) == [("LP632", str(built / "checklist.docx"))]


def test_a_file_that_is_gone_is_refused(built: Path) -> None:
    (built / "contract.docx").unlink()
    assert refused(str(built)) == [("LP632", str(built / "contract.docx"))]


def test_a_name_that_leads_out_of_the_folder_is_refused(built: Path) -> None:
    data = json.loads((built / "order.json").read_bytes())
    data["provenance"]["files"]["../../etc/hostname"] = "0" * 64
    (built / "order.json").write_text(json.dumps(data), encoding="utf-8")
    assert [code for code, _ in refused(str(built))] == ["LP632"]


def test_answers_that_build_another_order_are_refused(built: Path, tmp_path: Path) -> None:
    assert shown(str(built), "--answers", FILE)["compared"] == ["paste_files", "paste_answers"]
    other = tmp_path / "answers.toml"
    other.write_text(changed(("unit_price = 1.42", "unit_price = 1.43")), encoding="utf-8")
    error = lotproof(str(built), "--answers", str(other)).exception
    assert isinstance(error, Refused)
    assert [f.code for f in error.findings] == ["LP633"]
    assert "commercial differ" in error.findings[0].message


def form(folder: Path, **values: str) -> str:
    """A form file with some fields filled in; a double underscore stands for a dot."""
    rows = "".join(f'"{key.replace("__", ".").replace("_wht", "-WHT")}" = "{value}"\n' for key, value in values.items())
    path = folder / "form.toml"
    path.write_text(f'format = "lotproof-form/1"\n[field]\n{rows}', encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("field", "value", "same"),
    [
        ("ship_date", "2027-05-14", True),
        ("ship_date", "2027-05-20", False),
        ("total", "13696", True),
        ("total", "13,696.00", True),
        ("total", "13,969.00", False),
        ("currency", "usd", True),
        ("trade_term", "fca  yantian port, Shenzhen, incoterms 2020", True),
        ("trade_term", "FOB Yantian port, Shenzhen, Incoterms 2020", False),
        ("goods__MUG-350_wht__quantity", "4,800", True),
        ("goods__MUG-350_wht__quantity", "4700", False),
        ("goods__MUG-350_wht__unit", "件", True),
        ("deposit", "4.1088e3", False),
        ("shipping_fee", "150", False),
    ],
)
def test_the_form_as_it_stands_is_compared_field_by_field(tmp_path: Path, field: str, value: str, same: bool) -> None:
    path = form(tmp_path, **{field: value})
    if same:
        assert shown(FILE, "--form", path)["compared"] == ["paste_form"]
    else:
        assert [code for code, _ in refused(FILE, "--form", path)] == ["LP634"]


def test_every_difference_is_named_at_once(tmp_path: Path) -> None:
    path = form(tmp_path, ship_date="2027-06-01", total="1", nonsense="x")
    assert sorted(code for code, _ in refused(FILE, "--form", path)) == ["LP634", "LP634", "LP635"]


@pytest.mark.parametrize("text", ['format = "lotproof-form/9"\n[field]\n', 'format = "lotproof-form/1"\n', "[field]\n"])
def test_a_file_that_is_no_form_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "form.toml").write_text(text, encoding="utf-8")
    assert [code for code, _ in refused(FILE, "--form", str(tmp_path / "form.toml"))] == ["LP635"]


def test_a_blank_form_compares_nothing_and_says_so(tmp_path: Path) -> None:
    assert lotproof(FILE, "-o", str(tmp_path)).exit_code == 0
    data = tomllib.loads((tmp_path / "form.toml").read_text(encoding="utf-8"))
    stated = {field.id for field in fields(order()) if field.value is not None}
    assert set(data["field"]) == stated
    findings, seen, blank = compare(order(), data, "form.toml")
    assert (findings, seen, set(blank)) == ([], 0, stated)
    assert set(shown(FILE, "--form", str(tmp_path / "form.toml"))["not_compared"]) == stated


def test_an_order_outside_the_platform_has_no_form() -> None:
    assert [code for code, _ in refused(str(EXAMPLES / SHIRTS / "answers.toml"))] == ["LP630"]


def test_nothing_of_a_draft_is_pasted(tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(changed((line_of("notice", "visible_days"), "")), encoding="utf-8")
    assert [code for code, _ in refused(str(file))] == ["LP631"]
