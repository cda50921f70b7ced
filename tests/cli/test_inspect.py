"""``lotproof inspect``: what is printed, written and returned."""

from __future__ import annotations

import io
import json
import re
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest

from filling import complete, filled_docx, filled_xlsx
from judged import EXAMPLES, good, order_of
from lotproof import api
from lotproof.documents.arrival import arrival
from lotproof.documents.checklist import checklist
from lotproof.orders.digests import order_json
from lotproof.writers import WRITERS
from terminal import lotproof

MUGS = "stoneware-mugs"


@cache
def form(bad: str = "") -> bytes:
    """Return a filled checklist of the mugs; ``bad`` is a field that holds 3."""
    order = order_of(MUGS)
    document = checklist(order)
    values = good(order) | ({bad: "3"} if bad else {})
    return filled_docx(WRITERS["docx"](document), values, document)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the order, a checklist that passes and one that fails."""
    (tmp_path / "order.json").write_bytes(order_json(order_of(MUGS)))
    (tmp_path / "good.docx").write_bytes(form())
    (tmp_path / "bad.docx").write_bytes(form("all.identity.d"))
    return tmp_path


def test_a_checklist_that_passes_ends_with_0_and_one_that_fails_with_1(folder: Path) -> None:
    for name, code, word in (("good.docx", 0, "lot: pass"), ("bad.docx", 1, "lot: fail")):
        done = lotproof("inspect", str(folder / name), "--order", str(folder))
        assert done.returncode == code
        assert word in done.stdout.decode()
        assert max(map(len, done.stdout.decode().splitlines())) <= 80


def test_the_provision_is_named_by_its_number_where_the_order_is_given(folder: Path) -> None:
    with_order = lotproof("inspect", str(folder / "bad.docx"), "--order", str(folder)).stdout.decode()
    without = lotproof("inspect", str(folder / "bad.docx"))
    assert "clause 13, What follows a failure" in with_order
    assert "the clause “What follows a failure”" in without.stdout.decode()
    assert "LP815" in without.stderr.decode()


def test_the_report_is_advice_in_three_formats(folder: Path) -> None:
    done = lotproof("inspect", str(folder / "bad.docx"), "--order", str(folder), "-o", str(folder / "out"))
    assert done.returncode == 1
    word = docx.Document(str(folder / "out" / "verdict.docx"))
    said = "\n".join(
        [*(p.text for p in word.paragraphs), *(c.text for t in word.tables for r in t.rows for c in r.cells)]
    )
    assert "advice and no decision" in said
    assert "all.identity" in said
    book = openpyxl.load_workbook(io.BytesIO((folder / "out" / "verdict.xlsx").read_bytes()))
    assert any("fail" in str(cell.value) for sheet in book for row in sheet for cell in row)
    data = json.loads((folder / "out" / "verdict.json").read_bytes())
    assert data["result"] == {"outcome": "fail", "causes": []}
    assert next(row for row in data["rows"] if row["tag"] == "all.identity")["outside"] == 3


def test_the_same_record_gives_the_same_bytes(folder: Path) -> None:
    inspected = api.inspect(form(), "good.docx", order=order_of(MUGS))
    kinds = ("docx", "xlsx", "json", "txt")
    assert api.verdict_files(inspected, ("en", "zh"), kinds) == api.verdict_files(inspected, ("en", "zh"), kinds)


def test_json_is_one_document_with_everything(folder: Path) -> None:
    done = lotproof("inspect", str(folder / "bad.docx"), "--order", str(folder), "--json")
    data = json.loads(done.stdout)
    assert data["format"] == "lotproof-verdict/1"
    assert data["lots"][0]["advice"] == "rework"
    assert {c["class"] for c in data["classes"]} == {"critical", "major", "minor"}
    assert len(data["readings"]) == len(good(order_of(MUGS)))


def test_a_chinese_report_is_chinese(folder: Path) -> None:
    done = lotproof("inspect", str(folder / "bad.docx"), "--order", str(folder), "--lang", "zh")
    assert "不合格" in done.stdout.decode()
    assert "本页仅为建议" in done.stdout.decode()


def test_readings_may_come_as_json(folder: Path) -> None:
    order = order_of(MUGS)
    data = {"format": "lotproof-record/1", "order": "".join(checklist(order).data), "fields": good(order)}
    (folder / "filled.json").write_text(json.dumps(data), encoding="utf-8")
    assert lotproof("inspect", str(folder / "filled.json"), "--order", str(folder)).returncode == 0
    data["fields"] = {**good(order), "all.identity.x": "1"}
    (folder / "filled.json").write_text(json.dumps(data), encoding="utf-8")
    assert "LP811" in lotproof("inspect", str(folder / "filled.json"), "--order", str(folder)).stderr.decode()


def test_a_laboratory_report_completes_a_checklist(folder: Path) -> None:
    order = order_of(MUGS)
    document = checklist(order)
    rows = {t.id for t in order.spec.terms if t.where == "laboratory"}
    later = {
        k: v
        for k, v in good(order).items()
        if k.split("#")[0].split(".r")[0] in rows or any(k.startswith(r) for r in rows)
    }
    first = {k: v for k, v in good(order).items() if k not in later}
    for name, values in (("first", first), ("lab", later | {"header.service": "laboratory_report"})):
        (folder / f"{name}.xlsx").write_bytes(filled_xlsx(WRITERS["xlsx"](document), values, document))
    alone = lotproof("inspect", str(folder / "first.xlsx"), "--order", str(folder))
    assert alone.returncode == 1
    assert "a document or a laboratory report is awaited" in " ".join(alone.stdout.decode().split())
    both = lotproof("inspect", str(folder / "first.xlsx"), "--order", str(folder), "--with", str(folder / "lab.xlsx"))
    assert both.returncode == 0


def test_what_nobody_sees_reaches_no_report(folder: Path) -> None:
    values = good(order_of(MUGS)) | {"header.inspector": "Wei\u0001Lin\u202e", "remarks": "a\x00b"}
    data = {"format": "lotproof-record/1", "order": "".join(checklist(order_of(MUGS)).data), "fields": values}
    (folder / "filled.json").write_text(json.dumps(data), encoding="utf-8")
    done = lotproof("inspect", str(folder / "filled.json"), "--order", str(folder), "-o", str(folder / "out"))
    assert done.returncode == 0
    word = docx.Document(str(folder / "out" / "verdict.docx"))
    assert "Wei?Lin?" in [cell.text for table in word.tables for row in table.rows for cell in row.cells]


# transcripts


def test_values_of_a_report_in_another_form_are_copied_and_judged(folder: Path) -> None:
    report = folder / "EI-27.pdf"
    report.write_bytes(b"%PDF-1.7 the company's own report")
    blank = lotproof("inspect", "--transcribe", str(report), "--order", str(folder))
    assert blank.returncode == 0
    text = blank.stdout.decode().replace('by = ""', 'by = "Anna Schmidt"')
    for tag, value in good(order_of(MUGS)).items():
        text = text.replace(f'"{tag}" = {{ value = "", page = 0 }}', f'"{tag}" = {{ value = "{value}", page = 3 }}')
    (folder / "values.toml").write_text(text, encoding="utf-8")
    arguments = ["inspect", str(folder / "values.toml"), "--order", str(folder)]
    done = lotproof(*arguments, "--transcribe", str(report))
    assert (done.returncode, done.stderr.decode()) == (0, done.stderr.decode())
    assert "lot: pass" in done.stdout.decode()
    assert "LP818" in lotproof(*arguments).stderr.decode()
    report.write_bytes(b"%PDF-1.7 another report")
    other = lotproof(*arguments, "--transcribe", str(report))
    assert other.returncode == 1
    assert "LP818" in other.stderr.decode()


@pytest.mark.parametrize(
    ("find", "put"),
    [
        ('by = "A"', 'by = ""'),
        ("page = 3", "page = 0"),
        ('"0", page', "0, page"),
        ("lotproof-transcript/1", "lotproof-transcript/2"),
        ("[fields]", "[felds]"),
    ],
)
def test_a_transcript_that_is_not_whole_is_refused(folder: Path, find: str, put: str) -> None:
    report = folder / "EI-27.pdf"
    report.write_bytes(b"%PDF")
    text = lotproof("inspect", "--transcribe", str(report), "--order", str(folder)).stdout.decode()
    text = text.replace('by = ""', 'by = "A"')
    text = text.replace('"all.identity.d" = { value = "", page = 0 }', '"all.identity.d" = { value = "0", page = 3 }')
    assert find in text
    (folder / "values.toml").write_text(text.replace(find, put, 1), encoding="utf-8")
    done = lotproof("inspect", str(folder / "values.toml"), "--order", str(folder), "--transcribe", str(report))
    assert done.returncode == 1
    assert "LP819" in done.stderr.decode()


# bad input


def test_another_revision_is_told_and_another_order_refused(folder: Path) -> None:
    answers = (EXAMPLES / MUGS / "answers.toml").read_bytes()
    later = api.build(answers, settings=['order.revision="C"', "inspection.packed_percent=90"]).order
    (folder / "later.json").write_bytes(order_json(later))
    done = lotproof("inspect", str(folder / "good.docx"), "--order", str(folder / "later.json"))
    assert done.returncode == 1
    assert "LP802" in done.stderr.decode()
    assert "the form belongs to another revision" in " ".join(done.stdout.decode().split())
    (folder / "other.json").write_bytes(order_json(order_of("power-bank")))
    other = lotproof("inspect", str(folder / "good.docx"), "--order", str(folder / "other.json"))
    assert (other.returncode, other.stdout) == (1, b"")
    assert "LP801" in other.stderr.decode()


@pytest.mark.parametrize("content", [b"", b"PK", b"{}", b"\xd0\xcf\x11\xe0", b'{"format": "lotproof-record/1"}', b"[a"])
def test_what_is_no_form_is_refused_without_a_fault_of_ours(folder: Path, content: bytes) -> None:
    (folder / "x.docx").write_bytes(content)
    done = lotproof("inspect", str(folder / "x.docx"), "--order", str(folder))
    assert done.returncode == 1
    assert b"mend:" in done.stderr


def test_nothing_to_inspect_is_wrong_usage() -> None:
    assert lotproof("inspect").returncode == 2


@pytest.fixture
def landed(folder: Path) -> Path:
    """A folder with an arrival: pinholes in undamaged cartons, chips in a crushed one, no date of the report."""
    order = order_of(MUGS)
    document = arrival(order, ("en",))
    values = complete(order, document, 1)
    kept = {tag: text for tag, text in values.items() if not tag.startswith(("defect.", "total.", "unlisted."))}
    kept |= {
        **dict.fromkeys(("all.appearance.critical", "all.appearance.major"), "0"),
        "all.appearance.minor": "15",
        "defect.pinhole.found": "15",
        "total.lot.critical": "0",
        "total.lot.major": "0",
        "total.lot.minor": "15",
        "damaged.1.carton_no": "117",
        "damaged.1.damage_kind": "crushed",
        "defect.chip_foot.damaged": "4",
        "header.seal_papers": "CN4471209",
        "header.seal_found": "CN4471209",
        "header.seal_intact": "yes",
        "header.shock": "not_fitted",
        "header.tilt": "not_fitted",
        "header.humidity": "not_fitted",
        "header.undamaged": "yes",
        "header.arrived_on": "2027-06-10",
        "header.opening_place": "Kiel",
        "findings": "pinholes, chips",
    }
    (folder / "arrival.docx").write_bytes(filled_docx(WRITERS["docx"](document), kept, document))
    return folder


def test_an_arrival_gives_no_release_but_what_the_record_supports(landed: Path) -> None:
    done = lotproof("inspect", str(landed / "arrival.docx"), "--order", str(landed), "--zone", "America/New_York")
    said = done.stdout.decode()
    assert done.returncode == 1
    assert "release" not in said
    assert "pinhole (15): factory" in said
    assert "chip at the foot, in damaged cartons (4): transit" in said
    assert "lacks its date; due on 2027-06-16" in said
    assert "Return the goods" in said
    assert "Give notice to the carrier" in said
    assert re.search(r"exhibit [A-H], Evidence on arrival", " ".join(said.split()))
    assert max(map(len, said.splitlines())) <= 80


def test_the_json_of_an_arrival_has_what_was_written_and_what_follows(landed: Path) -> None:
    out = landed / "out"
    done = lotproof("inspect", str(landed / "arrival.docx"), "--order", str(landed), "--json", "-o", str(out))
    data = json.loads(done.stdout)
    assert data["record"]["kind"] == "arrival"
    assert data["arrival"]["seal"]["matches"] is True
    assert len(data["arrival"]["units"]) == 200
    assert {one["subject"]: (one["origin"], one["reasons"]) for one in data["origins"]} == {
        "defect.pinhole": ("factory", ["not_by_transit"]),
        "defect.chip_foot": ("transit", ["damaged_cartons"]),
        "damaged.1": ("transit", ["damaged_cartons"]),
    }
    assert [one["step"] for one in data["supported"]] == ["notify", "reject", "claim", "carrier", "complete"]
    assert data["incident"] == {"missing": ["report_date"], "due": "2027-06-16", "late_days": None}
    said = "\n".join(c.text for t in docx.Document(str(out / "verdict.docx")).tables for r in t.rows for c in r.cells)
    assert "nothing on the way makes such a defect" in said


def test_an_arrival_reads_in_chinese(landed: Path) -> None:
    said = lotproof("inspect", str(landed / "arrival.docx"), "--order", str(landed), "--lang", "zh").stdout.decode()
    assert "来源" in said
    assert "缺少：报告日期；截止日期2027-06-16" in said


def test_a_zone_that_is_none_is_refused(landed: Path) -> None:
    done = lotproof("inspect", str(landed / "arrival.docx"), "--zone", "Europe/Atlantis")
    assert done.returncode == 1
    assert "LP407" in done.stderr.decode()
