"""Workbooks as people return them: two sheets for one field, rows that were sorted, formulas, formats, notes beside the cells."""

from __future__ import annotations

import re
from functools import cache

import pytest

from filling import cell_of, edited, filled_xlsx, part
from judged import good, order_of
from lotproof.documents.checklist import checklist
from lotproof.documents.fields import PHONE
from lotproof.documents.nodes import Document
from lotproof.findings import Refused
from lotproof.inspection.inspected import Inspected, inspect
from lotproof.orders.model import Order
from lotproof.records.model import Cause, Fault, Outcome, Rung
from lotproof.writers.xlsx import write

TAG = "all.critical_dimensions#1.r1"
ROW = "all.critical_dimensions#1"


@cache
def form() -> tuple[Order, Document, dict[str, str], bytes]:
    """Return the mugs, their checklist, what is typed into it, and the workbook."""
    order = order_of("stoneware-mugs")
    document = checklist(order)
    values = good(order)
    return order, document, values, filled_xlsx(write(document), values, document)


def read(content: bytes) -> Inspected:
    return inspect(content, "checklist.xlsx", form()[0])


def with_cell(tag: str, cell: str, sheet: str = "") -> bytes:
    """Return the filled workbook with other content in the cell of a field: the end of its element."""
    name, at = cell_of(form()[3], tag, sheet)
    return edited(
        form()[3], name, lambda xml: re.sub(rf'<c r="{at}" (s="[0-9]+")(?:/>|.*?</c>)', rf'<c r="{at}" \1{cell}', xml)
    )


def codes(inspected: Inspected) -> set[str]:
    return {f.code for f in inspected.verdict.findings} - {"LP814"}


def reading(inspected: Inspected, tag: str = TAG) -> tuple[object, Fault | None]:
    found = next(r for r in inspected.verdict.record.readings if r.tag == tag)
    return found.value, found.fault


def outcome(inspected: Inspected, tag: str = ROW) -> tuple[Outcome, tuple[Cause, ...]]:
    result = next(row.result for row in inspected.verdict.rows if row.tag == tag)
    return result.outcome, result.causes


def test_a_workbook_as_excel_saves_it_is_read_by_its_names() -> None:
    inspected = read(form()[3])
    assert codes(inspected) == set()
    assert {r.rung for r in inspected.verdict.record.readings} == {Rung.NAME}
    assert {r.tag for r in inspected.verdict.record.readings} == set(form()[2])
    assert inspected.verdict.result.outcome is Outcome.PASS


def test_the_sheet_for_a_phone_alone_says_the_same() -> None:
    order, document, values, _ = form()
    inspected = inspect(filled_xlsx(write(document), values, document, PHONE), "checklist.xlsx", order)
    assert codes(inspected) == set()
    assert {r.tag: r.value for r in inspected.verdict.record.readings} == {
        r.tag: r.value for r in read(form()[3]).verdict.record.readings
    }


def test_both_sheets_filled_in_are_one_value_where_they_agree_and_none_where_they_differ() -> None:
    order, document, values, content = form()
    both = filled_xlsx(content, values, document, PHONE)
    assert codes(inspect(both, "f", order)) == set()
    differ = filled_xlsx(content, values | {TAG: "62.99"}, document, PHONE)
    inspected = inspect(differ, "f", order)
    assert codes(inspected) == {"LP805"}
    assert reading(inspected) == (None, Fault.TWO_VALUES)
    assert outcome(inspected) == (Outcome.PENDING, (Cause.UNREADABLE,))


def test_without_names_fields_are_found_by_their_rows() -> None:
    content = edited(form()[3], "xl/workbook.xml", lambda xml: re.sub(r"<definedNames>.*</definedNames>", "", xml))
    inspected = read(content)
    assert {r.rung for r in inspected.verdict.record.readings} == {Rung.PLACE}
    assert {r.tag: r.value for r in inspected.verdict.record.readings} == {
        r.tag: r.value for r in read(form()[3]).verdict.record.readings
    }
    assert codes(inspected) == set()


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("><f>60+2</f><v>62</v></c>", Fault.CALCULATED),
        (' t="str"><f>A1</f><v>62</v></c>', Fault.CALCULATED),
        (' t="e"><v>#DIV/0!</v></c>', Fault.AN_ERROR),
        (' t="inlineStr"><is><t>1,250</t></is></c>', Fault.AMBIGUOUS),
        (' t="inlineStr"><is><r><rPr><strike/></rPr><t>62</t></r></is></c>', Fault.STRUCK),
        (' t="b"><v>1</v></c>', Fault.NO_NUMBER),
        ("><v>62.000000000000000001</v></c>", None),
    ],
)
def test_a_cell_that_is_no_plain_value_is_none(cell: str, fault: Fault | None) -> None:
    inspected = read(with_cell(TAG, cell))
    assert reading(inspected)[1] is fault
    if fault:
        assert outcome(inspected) == (Outcome.PENDING, (Cause.UNREADABLE,))


@pytest.mark.parametrize("text", ["62,4", "６２．４", "62.4 mm", "6.24 cm", " 62.4"])
def test_a_number_as_people_type_it_is_read(text: str) -> None:
    assert (
        outcome(read(with_cell(TAG, f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>')))[0]
        is Outcome.PASS
    )


def test_a_number_that_excel_keeps_as_a_fraction_of_two_is_the_one_that_was_typed() -> None:
    assert reading(read(with_cell(TAG, "><v>62.100000000000001</v></c>")))[0].__str__() == "62.1"


def test_values_in_a_sorted_sheet_belong_to_nobody() -> None:
    name, at = cell_of(form()[3], "all.identity.d")
    other = cell_of(form()[3], "all.sealed_sample.d")[1]
    first, second = (re.search("[0-9]+", cell)[0] for cell in (at, other))  # type: ignore[index]

    def swap(xml: str) -> str:
        rows = {n: re.search(rf'<row r="{n}"[^>]*>(.*?)</row>', xml)[1] for n in (first, second)}  # type: ignore[index]
        moved = {
            n: re.sub(rf'r="([A-Z]+){o}"', rf'r="\g<1>{n}"', rows[o]) for n, o in ((first, second), (second, first))
        }
        for n in (first, second):
            xml = xml.replace(f">{rows[n]}</row>", f">@{n}@</row>")
        for n in (first, second):
            xml = xml.replace(f"@{n}@", moved[n])
        return xml

    inspected = read(edited(form()[3], name, swap))
    assert "LP805" in codes(inspected)
    for tag in ("all.identity", "all.sealed_sample"):
        assert outcome(inspected, tag)[0] is Outcome.PENDING


@pytest.mark.parametrize("hide", ["row", "column"])
def test_a_value_that_nobody_sees_is_none(hide: str) -> None:
    name, at = cell_of(form()[3], TAG)
    column, row = re.fullmatch("([A-Z]+)([0-9]+)", at).groups()  # type: ignore[union-attr]
    number = ord(column) - 64
    hidden = {
        "row": lambda xml: xml.replace(f'<row r="{row}"', f'<row r="{row}" hidden="1"'),
        "column": lambda xml: xml.replace("<cols>", f'<cols><col min="{number}" max="{number}" width="6" hidden="1"/>'),
    }
    inspected = read(edited(form()[3], name, hidden[hide]))
    assert reading(inspected) == (None, Fault.HIDDEN)
    assert outcome(inspected) == (Outcome.PENDING, (Cause.UNREADABLE,))


def test_a_note_beside_the_cells_is_told_with_its_place() -> None:
    name, at = cell_of(form()[3], TAG)
    row = re.search("[0-9]+", at)[0]  # type: ignore[index]
    note = f'<c r="ZZ{row}" t="inlineStr"><is><t>see photo 12</t></is></c></row>'
    content = edited(form()[3], name, lambda xml: re.sub(rf'(<row r="{row}".*?)</row>', rf"\1{note}", xml))
    found = [f for f in read(content).verdict.findings if f.code == "LP811"]
    assert len(found) == 1
    assert found[0].where.endswith(f"!ZZ{row}")
    assert "see photo 12" in found[0].message


def test_a_limit_that_was_changed_is_named_and_its_row_is_pending() -> None:
    content = edited(
        form()[3], "xl/sharedStrings.xml", lambda xml: xml.replace("410 to 430\u00a0mm", "400 to 440\u00a0mm", 1)
    )
    inspected = read(content)
    assert "LP810" in codes(inspected)
    assert outcome(inspected, "packaging.carton_size#1") == (Outcome.PENDING, (Cause.ALTERED,))


def test_a_workbook_without_the_order_is_refused() -> None:
    content = edited(form()[3], "xl/workbook.xml", lambda xml: xml.replace('name="lotproof"', 'name="other"'))
    with pytest.raises(Refused) as refused:
        read(content)
    assert [f.code for f in refused.value.findings] == ["LP800"]


def test_a_cell_at_the_end_of_the_sheet_costs_nothing() -> None:
    name, _ = cell_of(form()[3], TAG)
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    content = edited(form()[3], name, lambda xml: xml.replace("</sheetData>", far))
    assert "LP811" in codes(read(content))


def test_every_field_has_a_name_of_its_own() -> None:
    names = re.findall(r'<definedName name="(lpn?_.*?)">', part(form()[3], "xl/workbook.xml"))
    assert len(names) == len(set(names)) > 600
