"""Numbers, days and choices as people write them: read exactly, or not at all."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof.catalog.loading import units
from lotproof.records import values
from lotproof.records.model import Fault

RESULTS = (("pass", ("Pass", "合格")), ("fail", ("Fail", "不合格")), ("pending", ("Pending", "待定")))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("62.4", "62.4", ""),
        (" 62.4 ", "62.4", ""),
        ("62.4mm", "62.4", "mm"),
        ("62,4 mm", "62.4", "mm"),
        ("１２．５", "12.5", ""),
        ("0,250", "0.250", ""),
        ("1,25", "1.25", ""),
        ("1,250.5", "1250.5", ""),
        ("1.250,5", "1250.5", ""),
        ("1,250,000", "1250000", ""),
        ("-3", "-3", ""),
        ("\u22123.5", "-3.5", ""),
        ("-0.0", "0.0", ""),
        ("6.24 厘米", "6.24", "cm"),
        ("5 %", "5", "%"),
        ("72 dB(A)", "72", "dB(A)"),
    ],
)
def test_a_number_is_read_as_it_was_meant(text: str, value: str, unit: str) -> None:
    said = values.number(text, units())
    assert (said.value, said.unit, said.fault) == (Decimal(value), unit, None)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("1,250", Fault.AMBIGUOUS),
        ("12,345 mm", Fault.AMBIGUOUS),
        ("62.4 62.5", Fault.NO_NUMBER),
        ("62 100", Fault.NO_NUMBER),
        ("62.4/62.5", Fault.NO_NUMBER),
        ("<5", Fault.NO_NUMBER),
        ("~5", Fault.NO_NUMBER),
        ("5±1", Fault.NO_NUMBER),
        ("12²", Fault.UNKNOWN_UNIT),
        ("½", Fault.NO_NUMBER),
        ("1e3", Fault.UNKNOWN_UNIT),
        ("OK", Fault.NO_NUMBER),
        ("合格", Fault.NO_NUMBER),
        ("/", Fault.NO_NUMBER),
        ("1.2.3", Fault.NO_NUMBER),
        ("5.", Fault.NO_NUMBER),
        ("٧٥", Fault.NO_NUMBER),
        ("5 furlongs", Fault.UNKNOWN_UNIT),
        ("9" * 20, Fault.NO_NUMBER),
        ("9" * 100, Fault.TOO_LONG),
    ],
)
def test_what_is_no_single_number_is_none(text: str, fault: Fault) -> None:
    said = values.number(text, units())
    assert (said.value, said.fault) == (None, fault)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-99999, max_value=99999))
def test_a_number_as_a_program_writes_it_is_that_number(number: Decimal) -> None:
    said = values.number(f"{number:f}", None)
    assert said.value == number
    assert said.told == ""


@given(st.text(max_size=30))
def test_any_text_is_read_or_told_to_be_none(text: str) -> None:
    for said in (values.number(text, units()), values.day(text), values.choice(text, RESULTS)):
        assert (said.value is None) == (said.fault is not None)


@pytest.mark.parametrize("text", ["１２．５", "62,4", "1,250.5"])
def test_another_spelling_is_told(text: str) -> None:
    assert values.number(text, None).told


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("不合格", "fail"),
        ("合格", "pass"),
        ("Fail 不合格", "fail"),
        (" PASS ", "pass"),
        ("Ｐａｓｓ", "pass"),
        ("合 格", None),
        ("合格/不合格", None),
        ("基本合格", None),
        ("ok", None),
        ("P", None),
        ("", None),
    ],
)
def test_a_choice_is_one_of_the_list_and_never_a_part_of_another(text: str, value: str | None) -> None:
    assert values.choice(text, RESULTS).value == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-05-14", "2027-05-14"),
        ("2027/5/14", "2027-05-14"),
        ("2027.05.14", "2027-05-14"),
        ("2027年5月14日", "2027-05-14"),
        ("05/06/2027", None),
        ("14.05.2027", None),
        ("2027-13-01", None),
        ("soon", None),
    ],
)
def test_a_day_is_read_year_first_or_not_at_all(text: str, day: str | None) -> None:
    assert values.day(text).value == (datetime.date.fromisoformat(day) if day else None)


@pytest.mark.parametrize("text", ["", "____", "[____]", "  ", "\u3000\u00a0", "待填", "_\n_"])
def test_the_mark_of_a_field_is_nothing(text: str) -> None:
    assert values.is_blank(text)


@pytest.mark.parametrize("text", ["0", "/", "-", "n/a", "_5_"])
def test_whatever_somebody_wrote_is_something(text: str) -> None:
    assert not values.is_blank(text)
