"""Decimal signs stand under each other, in every format that has columns."""

from __future__ import annotations

import pytest

from lotproof.documents.nodes import Column, Document, Line, Row, Table
from lotproof.documents.summary import summary
from lotproof.frozen import replace
from lotproof.writers import WRITERS
from lotproof.writers.decimals import decimals, lacking, most_decimals
from stories import order

NUMBERS = ("2.5", "10", "0.065", "zero", "1,250.5")


def table(align: str) -> Table:
    rows = tuple(Row(((Line(((text,),)),),)) for text in NUMBERS)
    return Table(id="numbers", caption="numbers", columns=(Column(1000, (("AQL",),), align),), rows=rows)


def document() -> Document:
    plain = summary(order(), ("en",))
    return replace(plain, blocks=(*plain.blocks, table("right")))


@pytest.mark.parametrize(
    ("text", "digits"), [("2.5", 1), ("10", 0), ("USD 1,250.50", 2), ("10 pieces", None), ("", None), ("1.", None)]
)
def test_decimals_of_a_number_at_the_end(text: str, digits: int | None) -> None:
    assert decimals(text) == digits


def test_each_number_leaves_the_room_that_it_lacks() -> None:
    most = most_decimals(table("right"), 0)
    assert most == 3
    assert [lacking(Line(((text,),)), most) for text in NUMBERS] == ["00", ".000", "", "", "00"]
    assert most_decimals(table("left"), 0) == 0


def test_html_keeps_the_room_out_of_the_text() -> None:
    page = WRITERS["html"](document()).decode()
    assert '<div data-room=".000"' in page
    assert "10.000" not in page


def test_pdf_keeps_the_room_out_of_the_text() -> None:
    import io

    from pypdf import PdfReader

    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(WRITERS["pdf"](document()))).pages)
    assert "0.065" in text
    assert "10.000" not in text
    assert "2.500" not in text
