"""A workbook that somebody has filled in: every answer at its place, nothing dropped in silence, nothing that a person does not see."""

from __future__ import annotations

import datetime
import io
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from lotproof import api
from lotproof.catalog.loading import load_category
from lotproof.findings import Finding, Refused, Severity
from strategies import CATEGORIES, answers

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/answers.toml"))
Change = Callable[[Workbook], Any]


def read(content: bytes) -> dict[str, Any]:
    return tomllib.loads(content.decode(), parse_float=Decimal)


def workbook(content: bytes, language: str = "en") -> bytes:
    data = read(content)
    return api.answers_workbook(load_category(data["category"]), data, "0" * 32, language)


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def row_of(book: Workbook, key: str) -> tuple[Worksheet, int]:
    """Return the sheet and the row of a key."""
    return next((s, r[0].row) for s in book for r in s.iter_rows(max_col=1) if r[0].value == key)


def put(key: str, value: Any, column: str = "F", **looks: Any) -> Change:
    """Return what writes an answer into the row of a key."""

    def change(book: Workbook) -> None:
        sheet, row = row_of(book, key)
        sheet[f"{column}{row}"].value = value
        for name, look in looks.items():
            setattr(sheet[f"{column}{row}"], name, look)

    return change


def found(content: bytes, change: Change) -> list[Finding]:
    """Return what is found in a workbook of which something was changed, blanks and notes of the order apart."""
    book = opened(content)
    change(book)
    try:
        findings = api.build(saved(book), "a.xlsx").findings
    except Refused as refused:
        findings = refused.findings
    return [f for f in findings if f.code[:4] in ("LP18", "LP19") or f.severity is Severity.REFUSE]


def built(content: bytes, change: Change) -> Any:
    book = opened(content)
    change(book)
    return api.build(saved(book), "a.xlsx").order


@pytest.fixture(scope="module")
def book(mugs: bytes) -> bytes:
    return workbook(mugs)


@pytest.fixture(scope="module")
def machines(machine: bytes) -> bytes:
    return workbook(machine)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.parent.name)
def test_a_workbook_says_what_the_file_says_even_saved_by_another_program(path: Path, language: str) -> None:
    content = path.read_bytes()
    digest = api.digest(api.build(content).order)
    made = workbook(content, language)
    assert api.digest(api.build(made, "a.xlsx").order) == digest
    assert api.digest(api.build(saved(opened(made)), "a.xlsx").order) == digest


@pytest.mark.parametrize("category", CATEGORIES[::5])
@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_answers_come_back_from_a_workbook(category: str, data: st.DataObject) -> None:
    content = data.draw(answers(category))
    assert api.digest(api.build(workbook(content), "a.xlsx").order) == api.digest(api.build(content).order)


def test_the_same_answers_give_the_same_workbook(mugs: bytes, book: bytes) -> None:
    assert workbook(mugs) == book


def test_only_answers_can_be_typed_and_nothing_is_calculated_or_hidden(book: bytes) -> None:
    opened_book = opened(book)
    for sheet in opened_book:
        assert sheet.protection.sheet
        assert sheet.sheet_state == "visible"
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    sheet, at = row_of(opened_book, "payment.deposit_percent")
    assert not sheet[f"F{at}"].protection.locked
    assert sheet[f"C{at}"].protection.locked
    sheet, at = row_of(opened_book, "payment.route")
    assert any(f"F{at}" in rule.cells for rule in sheet.data_validations.dataValidation)


@pytest.mark.parametrize(
    ("key", "value", "looks", "answer"),
    [
        ("payment.deposit_percent", 25, {}, Decimal(25)),
        ("payment.deposit_percent", 2.5, {}, Decimal("2.5")),
        ("payment.deposit_percent", 0.1, {}, Decimal("0.1")),
        ("payment.deposit_percent", "25.50", {}, Decimal("25.50")),
        ("payment.deposit_percent", 0.25, {"number_format": "0%"}, Decimal(25)),
        ("payment.balance_days", 9, {}, 9),
        ("payment.balance_days", "9", {}, 9),
        ("payment.route", "bank transfer", {}, "bank_transfer"),
        ("payment.route", "银行汇款", {}, "bank_transfer"),
        ("payment.route", "bank_transfer", {}, "bank_transfer"),
    ],
)
def test_answers_are_read_as_people_type_them(
    book: bytes, key: str, value: Any, looks: dict[str, Any], answer: Any
) -> None:
    assert built(book, put(key, value, **looks)).commercial.payment[key.removeprefix("payment.")] == answer


def test_a_day_is_read_from_either_epoch_and_from_text(book: bytes) -> None:
    day = datetime.date(2027, 5, 20)

    def in_1904(opened_book: Workbook) -> None:
        opened_book.epoch = CALENDAR_MAC_1904
        put("delivery.ship_date", day, number_format="yyyy-mm-dd")(opened_book)

    for change in (
        put("delivery.ship_date", day, number_format="dd/mm/yyyy"),
        put("delivery.ship_date", "2027-05-20"),
        in_1904,
    ):
        assert built(book, change).commercial.delivery["ship_date"] == day


def test_a_number_is_taken_in_the_unit_beside_it_and_that_is_said(machines: bytes) -> None:
    key = 'terms."machinery.noise".limit'
    (finding,) = found(machines, put(key, 71))
    assert (finding.code, finding.severity) == ("LP187", Severity.NOTE)
    assert "71 dB(A)" in finding.message
    term = next(t for t in built(machines, put(key, 71)).spec.terms if t.clause == "machinery.noise")
    assert (str(term.requirement.limit.value), term.requirement.limit.unit) == ("71", "dB(A)")


def test_a_unit_that_was_changed_beside_the_answer_is_refused(machines: bytes) -> None:
    def change(opened_book: Workbook) -> None:
        sheet, row = row_of(opened_book, 'terms."machinery.noise".limit')
        sheet[f"E{row}"].value, sheet[f"F{row}"].value = "dB", 71

    assert "LP184" in [f.code for f in found(machines, change)]


@pytest.mark.parametrize(
    ("key", "value", "looks", "words"),
    [
        ("payment.deposit_percent", "=10+20", {}, "formula"),
        ("payment.deposit_percent", "#N/A", {}, "error"),
        ("payment.deposit_percent", 30, {"font": Font(strike=True)}, "struck"),
        ("payment.deposit_percent", 1 / 3, {}, "digits"),
        ("payment.deposit_percent", 30.4, {"number_format": "0"}, "fewer decimals"),
        ("payment.deposit_percent", 30, {"number_format": '0 "mm"'}, "format"),
        ("payment.deposit_percent", 3000, {"number_format": "0,"}, "format"),
        ("payment.balance_days", 0.3, {"number_format": "0%"}, "30%"),
        ("seller.contact", datetime.date(2027, 3, 4), {"number_format": "d-mmm"}, "2027-03-04"),
        ("delivery.ship_date", datetime.datetime(2027, 3, 4, 12), {"number_format": "yyyy-mm-dd"}, "time of day"),
    ],
)
def test_a_cell_that_shows_another_thing_than_it_holds_is_refused_at_its_cell(
    book: bytes, key: str, value: Any, looks: dict[str, Any], words: str
) -> None:
    first = found(book, put(key, value, **looks))[0]
    assert (first.code, first.severity) == ("LP184", Severity.REFUSE)
    assert words in first.message
    sheet, row = row_of(opened(book), key)
    assert first.where == f"a.xlsx: {sheet.title}!F{row}"


def test_what_is_wrong_with_an_answer_is_found_at_its_cell(book: bytes) -> None:
    (finding,) = found(book, put("payment.deposit_percent", 300))
    sheet, row = row_of(opened(book), "payment.deposit_percent")
    assert (finding.code, finding.where) == ("LP105", f"a.xlsx: {sheet.title}!F{row}: payment.deposit_percent")


@pytest.mark.parametrize("column", ["G", "H", "ZZ"])
def test_a_filled_cell_that_belongs_to_no_question_is_found(book: bytes, column: str) -> None:
    (finding,) = found(book, put("payment.deposit_percent", "and 10 % later", column))
    assert (finding.code, finding.severity) == ("LP183", Severity.REFUSE)
    assert finding.where.endswith(f"!{column}{row_of(opened(book), 'payment.deposit_percent')[1]}")


def test_rows_and_sheets_without_a_key_are_found(book: bytes) -> None:
    def below(opened_book: Workbook) -> None:
        row_of(opened_book, "payment.route")[0]["F900"].value = "see my mail"

    def beside(opened_book: Workbook) -> None:
        opened_book.create_sheet("Notes")["B2"].value = "AQL 1.5 please"

    for change, place in ((below, "!F900"), (beside, "Notes!B2")):
        (finding,) = found(book, change)
        assert finding.code == "LP183"
        assert finding.where.endswith(place)


def test_an_unknown_key_is_told_what_was_meant(book: bytes) -> None:
    def change(opened_book: Workbook) -> None:
        sheet, row = row_of(opened_book, "payment.deposit_percent")
        sheet[f"A{row}"].value = "payment.deposit_procent"

    (finding,) = found(book, change)
    assert finding.code == "LP183"
    assert "payment.deposit_percent" in finding.hint


def hide_row(opened_book: Workbook) -> None:
    sheet, row = row_of(opened_book, "payment.route")
    sheet.row_dimensions[row].hidden = True


def hide_column(opened_book: Workbook) -> None:
    row_of(opened_book, "payment.route")[0].column_dimensions["F"].hidden = True


def hide_sheet(opened_book: Workbook) -> None:
    row_of(opened_book, "payment.route")[0].sheet_state = "veryHidden"


@pytest.mark.parametrize("change", [hide_row, hide_column, hide_sheet])
def test_an_answer_that_nobody_sees_is_refused(book: bytes, change: Change) -> None:
    findings = found(book, change)
    assert {f.code for f in findings} == {"LP185"}
    assert Severity.REFUSE in {f.severity for f in findings}


def test_answers_in_merged_cells_are_refused(book: bytes) -> None:
    def change(opened_book: Workbook) -> None:
        sheet, row = row_of(opened_book, "payment.deposit_percent")
        sheet.merge_cells(f"F{row}:F{row + 1}")

    assert "LP186" in {f.code for f in found(book, change)}


def test_comments_are_pointed_out(book: bytes) -> None:
    def change(opened_book: Workbook) -> None:
        sheet, row = row_of(opened_book, "payment.route")
        sheet[f"F{row}"].comment = Comment("only if the price stays", "Li")

    (finding,) = found(book, change)
    assert (finding.code, finding.severity) == ("LP188", Severity.NOTE)


def test_an_answer_given_twice_names_both_places(book: bytes) -> None:
    def change(opened_book: Workbook) -> None:
        sheet, _ = row_of(opened_book, "payment.deposit_percent")
        sheet["A900"].value, sheet["F900"].value = "payment.deposit_percent", 25

    (finding,) = found(book, change)
    assert finding.code == "LP189"
    assert finding.where.endswith("!A900")
    assert f"!F{row_of(opened(book), 'payment.deposit_percent')[1]}" in finding.message


def test_answers_of_a_clause_that_is_not_wanted_contradict(machines: bytes) -> None:
    assert [f.code for f in found(machines, put('terms."machinery.noise"', "no"))] == ["LP190"]


def test_a_clause_is_wanted_or_not_and_nothing_between(book: bytes) -> None:
    assert any(t.clause == "all.appearance" for t in built(book, lambda _: None).spec.terms)
    assert [f.code for f in found(book, put('terms."all.appearance"', "maybe"))] == ["LP184"]


def test_empty_rows_between_items_are_closed_up_and_their_values_go_along(book: bytes, mugs: bytes) -> None:
    def change(opened_book: Workbook) -> None:
        sheet, row = row_of(opened_book, "goods[3]")
        for cell in sheet[row][1:]:
            sheet.cell(row + 4, cell.column).value, cell.value = cell.value, None
        for one in opened_book:
            for (cell,) in one.iter_rows(max_col=1):
                if str(cell.value).startswith("goods[3]."):
                    cell.value = str(cell.value).replace("goods[3].", "goods[7].")

    assert api.digest(built(book, change)) == api.digest(api.build(mugs).order)


def test_rows_may_be_sorted(book: bytes, mugs: bytes) -> None:
    def change(opened_book: Workbook) -> None:
        sheet, _ = row_of(opened_book, "payment.route")
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
        for at, values in enumerate(reversed(rows), 4):
            for column, value in enumerate(values, 1):
                sheet.cell(at, column).value = value

    assert api.digest(built(book, change)) == api.digest(api.build(mugs).order)


def test_a_workbook_that_is_none_of_ours_is_refused() -> None:
    empty = Workbook()
    empty.create_sheet("x")["A1"].value = "payment.route"
    with pytest.raises(Refused) as refused:
        api.build(saved(empty), "a.xlsx")
    assert "LP182" in [f.code for f in refused.value.findings]


def test_a_workbook_for_the_supplier_is_no_answers(mugs: bytes) -> None:
    data = read(mugs)
    with pytest.raises(Refused) as refused:
        api.build(api.supplier_workbook(load_category(data["category"]), "zh", data), "s.xlsx")
    (finding,) = refused.value.findings
    assert finding.code == "LP192"
    assert "lotproof proposals" in finding.hint


def test_origins_travel_in_the_workbook(mugs: bytes) -> None:
    content = mugs + b'\n[origin]\n"payment.route" = { how = "suggestion", on = 2027-01-15, by = "Ada" }\n'
    order = api.build(workbook(content), "a.xlsx").order
    assert order.provenance.origins == (("payment.route", "suggestion", "2027-01-15", "Ada"),)


def test_settings_go_before_the_workbook(book: bytes) -> None:
    order = api.build(book, "a.xlsx", settings=("payment.deposit_percent=25",)).order
    assert order.commercial.payment["deposit_percent"] == 25
