"""The three records read from a folder: forms of every format, what cannot be read, and what was changed since."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from filling import complete, filled_xlsx
from lotproof.cases.records import message_text
from lotproof.consistency.model import Agreement
from lotproof.documents.arrival import arrival
from lotproof.documents.checklist import checklist
from lotproof.findings import Refused
from lotproof.writers import WRITERS
from stories import HEAD, arrived_tags, made, order, told


def test_a_workbook_and_a_form_as_json_are_read_too(tmp_path: Path) -> None:
    sheet, arrived = checklist(order()), arrival(order())
    book = filled_xlsx(WRITERS["xlsx"](sheet), complete(order(), sheet, 1), sheet)
    fields = {
        tag: text for tag, text in {**complete(order(), arrived, 1), **HEAD}.items() if tag in arrived_tags(arrived)
    }
    record = {"format": "lotproof-record/1", "order": json.loads("".join(arrived.data)), "fields": fields}
    case = made(
        tmp_path,
        leave_out=("checklist.docx", "arrival.docx"),
        files=[
            ("checklist.xlsx", book, {"to": "inspection", "what": "checklist"}),
            ("arrival.json", json.dumps(record).encode(), {"to": "arrival", "what": "checklist"}),
        ],
    )
    story = told(case).story
    assert story.codes == ()
    assert story.one_story


def test_what_is_no_form_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    files = [
        ("half.docx", b"PK\x03\x04 half a file", {"to": "inspection", "what": "checklist"}),
        ("scan.pdf", b"%PDF-1.4 a scan", {"to": "inspection", "what": "checklist"}),
    ]
    story = told(made(tmp_path, files=files)).story
    assert sorted({f.where for f in story.findings}) == ["inspection/half.docx", "inspection/scan.pdf"]
    assert {f.code for f in story.findings} == {"LP860"}
    assert story.inspection is not None
    assert story.inspection.path == "inspection/checklist.docx"


def test_two_forms_of_one_visit_are_told_and_what_they_say_differently_is_open(tmp_path: Path) -> None:
    weight = "consumer_goods.net_weight@MUG-350-WHT"
    sheet = checklist(order())
    other = complete(order(), sheet, 1) | {f"{weight}.r{i}": "480" for i in range(1, 9)}
    book = filled_xlsx(WRITERS["xlsx"](sheet), other, sheet)
    story = told(made(tmp_path, files=[("again.xlsx", book, {"to": "inspection", "what": "checklist"})])).story
    assert [f.code for f in story.findings] == ["LP861"]
    line = next(t for t in story.terms if t.tag == weight)
    assert line.agreement is Agreement.NOT_COMPARABLE
    assert "C4" in line.codes


def test_a_case_without_records_says_what_to_record(tmp_path: Path) -> None:
    story = told(made(tmp_path, leave_out=("checklist",))).story
    assert [(f.code, f.where) for f in story.findings] == [("LP862", "inspection/"), ("LP862", "arrival/")]
    assert not story.one_story
    assert {t.agreement for t in story.terms} == {Agreement.MISSING}
    assert story.claims == ()


def test_a_file_that_was_changed_since_counts_for_nothing(tmp_path: Path) -> None:
    case = made(tmp_path)
    path = case / "arrival" / "arrival.docx"
    path.write_bytes(path.read_bytes() + b"\0")
    (case / "arrival" / "seal.jpg").unlink()
    found = told(case)
    assert found.story.arrival is None
    assert {m.where for m in found.story.mismatches if m.code == "C10"} == {"arrival/arrival.docx", "arrival/seal.jpg"}


def test_the_checklist_of_another_order_is_no_record_of_this_one(tmp_path: Path) -> None:
    story = told(made(tmp_path, inspected=order('order.number="HB-2027-999"'))).story
    assert story.inspection is None
    assert [m.where for m in story.mismatches if m.code == "C10"] == ["inspection/checklist.docx"]


def test_an_order_that_was_exchanged_refuses_the_whole_case(tmp_path: Path) -> None:
    case = made(tmp_path)
    (case / "contract" / "order.json").write_bytes(b"{}")
    with pytest.raises(Refused):
        told(case)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", "\ufeffok to ship".encode(), "ok to ship"),
        (
            "a.eml",
            b"Subject: =?utf-8?b?5ZCM5oSP?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nhello\r\n",
            "\u540c\u610f",
        ),
        ("a.eml", b"Content-Type: text/plain; charset=no-such\r\n\r\nhello\r\n", "hello"),
        ("a.eml", b"\xff\xfe\x00 no mail at all", ""),
        ("a.html", b"<p>a &lt; b</p><script>", "a < b"),
    ],
)
def test_the_words_of_a_message(name: str, content: bytes, words: str) -> None:
    assert words in message_text(name, content)
