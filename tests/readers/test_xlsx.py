"""Workbooks that somebody has made to do harm, or that a program has written in its own way."""

from __future__ import annotations

import datetime
import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof import api
from lotproof.catalog.loading import load_category
from lotproof.findings import Refused
from lotproof.readers.formats import Format, day_of, format_of, hides_decimals
from lotproof.readers.grid import exact, unescaped
from lotproof.readers.workbook import cell_name
from lotproof.readers.xlsx import read_workbook
from lotproof.writers.xlsx.worksheet import cell

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(scope="module")
def book() -> dict[str, bytes]:
    """The parts of a workbook as lotproof writes it."""
    content = api.answers_workbook(load_category("other"), None, "0" * 32)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def with_sheet(book: dict[str, bytes], rows: str, after: str = "") -> bytes:
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return packed({**book, SHEET: xml.encode()})


def codes(content: bytes) -> list[str]:
    with pytest.raises(Refused) as refused:
        api.build(content, "a.xlsx")
    return [f.code for f in refused.value.findings]


def test_a_document_type_is_refused(book: dict[str, bytes]) -> None:
    evil = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + book[SHEET].partition(b"?>")[2]
    assert codes(packed({**book, SHEET: evil})) == ["LP505"]


@pytest.mark.parametrize(
    ("part", "content", "code"),
    [
        ("xl/vbaProject.bin", b"x", "LP507"),
        ("xl/externalLinks/externalLink1.xml", b"<x/>", "LP507"),
        ("xl/connections.xml", b"<x/>", "LP507"),
        ("XL/WORKBOOK.XML", b"<x/>", "LP504"),
        ("../evil.xml", b"<x/>", "LP504"),
    ],
)
def test_what_runs_fetches_or_reads_in_two_ways_is_refused(
    book: dict[str, bytes], part: str, content: bytes, code: str
) -> None:
    assert codes(packed({**book, part: content})) == [code]


def test_a_relation_to_the_outside_is_refused(book: dict[str, bytes]) -> None:
    relation = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'externalLinkPath" Target="http://198.51.100.7/x.xlsx" TargetMode="External"/></Relationships>'
    )
    rels = book["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", relation)
    assert codes(packed({**book, "xl/_rels/workbook.xml.rels": rels})) == ["LP506"]


def test_a_bomb_is_refused_before_it_is_unpacked(book: dict[str, bytes]) -> None:
    assert codes(packed({**book, "xl/media/x.bin": b"\0" * 70_000_000})) == ["LP503"]


@pytest.mark.parametrize("content", [b"PK", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_a_broken_or_older_file_is_refused(content: bytes) -> None:
    assert codes(content)[0] in ("LP500", "LP501")


def test_a_word_file_is_no_workbook(mugs: bytes) -> None:
    contract = dict(api.render(api.build(mugs).order))["contract.docx"]
    assert codes(contract) == ["LP182"]


@pytest.mark.parametrize("place", ["A0", "XFE1", "A1048577", "ZZZ9", "1A", "", "A1:B2"])
def test_a_cell_outside_of_every_sheet_is_refused(book: dict[str, bytes], place: str) -> None:
    assert codes(with_sheet(book, f'<row r="1"><c r="{place}"><v>1</v></c></row>')) == ["LP501"]


def test_a_cell_that_stands_twice_is_refused(book: dict[str, bytes]) -> None:
    assert codes(with_sheet(book, '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')) == ["LP501"]


def test_a_text_that_is_missing_is_refused(book: dict[str, bytes]) -> None:
    assert codes(with_sheet(book, '<row r="1"><c r="A1" t="s"><v>999999</v></c></row>')) == ["LP501"]


def test_too_many_cells_are_refused(book: dict[str, bytes]) -> None:
    rows = "".join(f'<row r="{r}">{"<c><v>1</v></c>" * 100}</row>' for r in range(1, 2_100))
    assert codes(with_sheet(book, rows)) == ["LP503"]


def test_a_cell_at_the_far_end_costs_nothing(book: dict[str, bytes]) -> None:
    sheet = read_workbook(with_sheet(book, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "a.xlsx").sheets[0]
    assert [cell_name(at) for at in sheet.cells] == ["XFD1048576"]


def test_cells_and_rows_without_a_place_follow_one_another(book: dict[str, bytes]) -> None:
    rows = '<row><c t="inlineStr"><is><t>a</t></is></c><c><v>2</v></c></row><row><c t="b"><v>1</v></c></row>'
    sheet = read_workbook(with_sheet(book, rows), "a.xlsx").sheets[0]
    assert {at: c.value for at, c in sheet.cells.items()} == {(0, 0): "a", (0, 1): Decimal(2), (1, 0): True}


def test_what_is_read_out_beside_chinese_is_no_part_of_a_text(book: dict[str, bytes]) -> None:
    inline = "<is><r><t>东</t></r><r><t>京_x0041_</t></r><rPh><t>とう</t></rPh></is>"
    rows = f'<row r="1"><c r="A1" t="inlineStr">{inline}</c></row>'
    assert read_workbook(with_sheet(book, rows), "a.xlsx").sheets[0].cells[0, 0].value == "东京A"


def test_a_text_of_which_some_is_struck_out_is_marked(book: dict[str, bytes]) -> None:
    inline = "<is><r><rPr><strike/></rPr><t>30</t></r><r><t> 20</t></r></is>"
    rows = f'<row r="1"><c r="A1" t="inlineStr">{inline}</c></row>'
    assert read_workbook(with_sheet(book, rows), "a.xlsx").sheets[0].cells[0, 0].fault == "struck"


def test_a_value_that_a_formula_left_is_marked_even_where_it_is_a_text(book: dict[str, bytes]) -> None:
    rows = '<row r="1"><c r="A1" t="str"><f>"x"</f><v>x</v></c><c r="B1"><f>1+1</f></c></row>'
    sheet = read_workbook(with_sheet(book, rows), "a.xlsx").sheets[0]
    assert [c.fault for c in sheet.cells.values()] == ["formula", "formula"]


def test_rows_that_are_hidden_by_default_are_hidden(book: dict[str, bytes]) -> None:
    xml = f'<worksheet xmlns="{MAIN}"><sheetFormatPr zeroHeight="1"/><sheetData/></worksheet>'
    assert read_workbook(packed({**book, SHEET: xml.encode()}), "a.xlsx").sheets[0].hidden


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=5))
def test_a_number_comes_back_as_it_was_typed_however_a_program_writes_its_double(number: Decimal) -> None:
    typed = Decimal(str(float(number)))
    for written in (repr(float(number)), f"{float(number):.17g}", f"{float(number):.15e}"):
        assert exact(written) == typed


@pytest.mark.parametrize(
    "raw", ["", "1,5", "0x10", "nan", "inf", "1e999", "1e-400", "0.123456789012345678", "1_0", "７"]
)
def test_what_is_no_exact_number_is_none(raw: str) -> None:
    assert exact(raw) is None


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", Format("general")),
        ("@", Format("text")),
        ("0.00", Format("fixed", 2)),
        ("#,##0.0;[Red]-#,##0.0", Format("fixed", 1)),
        ("_(* #,##0.00_)", Format("fixed", 2)),
        ("0%", Format("percent")),
        ("0.0 %", Format("percent", 1)),
        ("yyyy-mm-dd", Format("date")),
        ('yyyy"年"m"月"d"日"', Format("date")),
        ("[$-409]d-mmm-yy;@", Format("date")),
        ("[h]:mm", Format("date")),
        ("0,", Format("other")),
        ('0 "mm"', Format("other")),
        ("# ?/?", Format("other")),
        ("0.00E+00", Format("other")),
        (";;;", Format("other")),
        ("", Format("other")),
    ],
)
def test_a_format_is_what_a_person_sees(code: str, shown: Format) -> None:
    assert format_of(code) == shown


def test_days_are_counted_from_either_epoch_and_the_day_that_never_was_is_none() -> None:
    assert day_of(Decimal(61), since_1904=False) == datetime.date(1900, 3, 1)
    assert day_of(Decimal(46399), since_1904=False) == datetime.date(2027, 1, 12)
    assert day_of(Decimal(46399 - 1462), since_1904=True) == datetime.date(2027, 1, 12)
    assert [day_of(Decimal(n), since_1904=False) for n in ("60", "59", "0", "-1", "46399.5", "9999999")] == [None] * 6


@pytest.mark.parametrize(("number", "hidden"), [("30.4", True), ("30", False), ("30.00", False), ("0.004", True)])
def test_decimals_that_are_not_shown_are_seen(number: str, hidden: bool) -> None:
    assert hides_decimals(Decimal(number), Format("fixed")) == hidden
    assert not hides_decimals(Decimal(number), Format("general"))


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_a_cell_is_named_as_the_writer_names_it(row: int, column: int) -> None:
    assert cell_name((row, column)) == cell(row, column)


def test_half_of_a_character_is_not_made_of_an_escape() -> None:
    assert unescaped("_xD800_ _x000A_") == "_xD800_ \n"
