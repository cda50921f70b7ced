"""Forms that are meant to hurt: bounded memory, no fault of ours, no pass."""

from __future__ import annotations

import tracemalloc
from functools import cache

import pytest

from filling import edited, filled_docx, filled_xlsx
from judged import good, order_of
from lotproof.documents.checklist import checklist
from lotproof.findings import Refused
from lotproof.inspection.inspected import inspect
from lotproof.writers import WRITERS

MB = 1_000_000
BODY = "word/document.xml"
DOCTYPE = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@cache
def form(kind: str) -> bytes:
    """Return a filled checklist of the mugs."""
    order = order_of("stoneware-mugs")
    document = checklist(order)
    write = {"docx": filled_docx, "xlsx": filled_xlsx}[kind]
    return write(WRITERS[kind](document), good(order), document)


def inside(piece: str) -> bytes:
    return edited(form("docx"), BODY, lambda xml: xml.replace("<w:body>", f"<w:body>{piece}", 1))


def refused(content: bytes) -> list[str]:
    with pytest.raises(Refused) as found:
        inspect(content, "form", order_of("stoneware-mugs"))
    return [f.code for f in found.value.findings]


@pytest.mark.parametrize(
    ("kind", "part"), [("docx", BODY), ("docx", "customXml/item1.xml"), ("xlsx", "xl/workbook.xml")]
)
def test_a_document_type_is_refused(kind: str, part: str) -> None:
    assert refused(edited(form(kind), part, lambda xml: xml.replace("?>", f"?>{DOCTYPE}", 1))) == ["LP505"]


@pytest.mark.parametrize(("kind", "part"), [("docx", BODY), ("xlsx", "xl/sharedStrings.xml")])
def test_a_part_that_is_cut_off_is_refused(kind: str, part: str) -> None:
    assert refused(edited(form(kind), part, lambda xml: xml[: len(xml) // 2])) == ["LP501"]


def test_a_part_that_grows_beyond_measure_is_refused() -> None:
    assert refused(inside(f"<w:p><w:r><w:t>{'a' * 60_000_000}</w:t></w:r></w:p>")) == ["LP503"]


def test_more_cells_than_any_form_are_refused() -> None:
    row = "<w:tr>" + "<w:tc><w:p/></w:tc>" * 60 + "</w:tr>"
    assert refused(inside(f"<w:tbl>{''.join(row for _ in range(2_000))}</w:tbl>")) == ["LP503"]


def test_a_macro_is_refused() -> None:
    link = '<Relationship Id="rId99" Type="http://x/vbaProject" Target="http://x/a" TargetMode="External"/></Relationships>'
    assert refused(
        edited(form("docx"), "word/_rels/document.xml.rels", lambda xml: xml.replace("</Relationships>", link))
    ) == ["LP506"]


@pytest.mark.parametrize(
    "piece",
    [
        "<w:tbl><w:tr><w:tc>" + "".join(f"<w:p><w:r><w:t>{i * 7919 % 100_003}</w:t></w:r></w:p>" for i in range(90_000)) + "</w:tc></w:tr></w:tbl>",
        "<w:sdt><w:sdtContent>" * 150 + "</w:sdtContent></w:sdt>" * 150,
        "<w:tbl>" * 100 + "</w:tbl>" * 100,
    ],
    ids=["long", "nested controls", "nested tables"],
)  # fmt: skip
def test_strange_bodies_are_read_in_bounded_memory(piece: str) -> None:
    content = inside(piece)
    tracemalloc.start()
    verdict = inspect(content, "form", order_of("stoneware-mugs")).verdict
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 150 * MB
    assert len(verdict.record.readings) == len(good(order_of("stoneware-mugs")))
