"""What people type is understood as they mean it, or asked; nothing is guessed."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof.catalog.loading import load_category
from lotproof.catalog.model import Question
from lotproof.questions.typed import Ambiguous, Misread, Understood, understand

UNITS = load_category("all").units


def question(kind: str, key: str = "x", unit: str = "", **more: Any) -> Question:
    return Question(key=key, type=kind, text={"en": "?", "zh": "？"}, why={}, unit=unit, **more)


def read(kind: str, text: str, key: str = "x", unit: str = "", **more: Any) -> Any:
    """Return what was understood, a list of the readings, or None."""
    match understand(question(kind, key, unit, **more), text, UNITS):
        case Understood(raw, _):
            return raw
        case Ambiguous(readings):
            return [one.raw for one in readings]
        case Misread():
            return None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3/8 in", "0.375 in"),
        ('1 1/2"', "1.5 in"),
        ("½ inch", "0.5 in"),
        ("1,250", ["1250 mm", "1.250 mm"]),
        ("1,250.5", "1250.5 mm"),
        ("1.250,50", "1250.50 mm"),
        ("0,125", "0.125 mm"),
        ("12,5", "12.5 mm"),
        ("1,250,000", "1250000 mm"),
        ("1,25,000", None),
        ("± 0,2 mm", "0.2 mm"),
        ("+/- 0.2", "0.2 mm"),
        ("2 weeks", "2 week"),
        ("4 800 g", "4800 g"),
        ("4'800", "4800 mm"),
        ("≤75dBA", "75 dB(A)"),
        ("-18 °C", "-18 °C"),
        ("20 gsm", "20 g/m²"),
        ("3 %", "3 %"),
        ("1/3 in", None),
        ("1/0 in", None),
        ("12 parsec", None),
        ("about ten", None),
        ("", None),
    ],
)
def test_a_quantity_is_read_as_people_write_it(text: str, value: Any) -> None:
    assert read("quantity", text, unit="mm") == value


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("notice_days", "2 weeks", 14),
        ("notice_days", "10", 10),
        ("notice_days", "3 months", None),
        ("latent_months", "2 years", 24),
        ("quantity", "1,250", 1250),
        ("quantity", "4 800 pcs", 4800),
        ("quantity", "2.5", None),
    ],
)
def test_a_count_of_days_takes_weeks_and_a_count_of_pieces_takes_a_comma(key: str, text: str, value: Any) -> None:
    assert read("integer", text, key) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$ 1.42", "1.42"),
        ("1.42 USD", "1.42"),
        ("1,42", "1.42"),
        ("USD 1,250.00", "1250.00"),
        ("1,250", ["1250", "1.250"]),
    ],
)
def test_money_keeps_its_digits(text: str, value: Any) -> None:
    wanted = [Decimal(one) for one in value] if isinstance(value, list) else Decimal(value)
    found = read("money", text)
    assert str(found) == str(wanted)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2027-05-14", ["2027-05-14"]),
        ("14 May 2027", ["2027-05-14"]),
        ("May 14th, 2027", ["2027-05-14"]),
        ("2027年5月14日", ["2027-05-14"]),
        ("14.05.2027", ["2027-05-14"]),
        ("05/06/2027", ["2027-06-05", "2027-05-06"]),
        ("14/05/2027", ["2027-05-14"]),
        ("05/14/2027", ["2027-05-14"]),
        ("31/02/2027", []),
        ("soon", []),
    ],
)
def test_a_day_that_reads_in_two_ways_is_asked(text: str, days: list[str]) -> None:
    found = read("date", text)
    found = found if isinstance(found, list) else [] if found is None else [found]
    assert found == [datetime.date.fromisoformat(day) for day in days]


def test_a_choice_is_taken_by_number_value_or_words() -> None:
    choices = (("bank", {"en": "bank transfer", "zh": "银行转账"}), ("lc", {"en": "letter of credit", "zh": "信用证"}))
    for text in ("2", "lc", "letter", "信用证", "LETTER OF CREDIT"):
        assert read("choice", text, choices=choices) == "lc"
    assert read("choice", "3", choices=choices) is None


def test_words_in_two_languages_stand_on_one_line_in_either_order() -> None:
    both = {"en": "steel", "zh": "钢"}
    assert read("words", "steel // 钢") == both
    assert read("words", "钢 // steel") == both
    assert read("words", "钢") == {"zh": "钢"}


@given(st.decimals(min_value=0, max_value=10**6, places=3), st.sampled_from(["mm", "kg", "°C", "dB(A)", "%"]))
def test_what_data_writes_is_read_as_itself(value: Decimal, unit: str) -> None:
    assert read("quantity", f"{value:f} {unit}", unit=unit) == f"{value:f} {unit}"


@given(st.integers(min_value=0, max_value=10**9))
def test_grouping_by_commas_is_among_the_readings(value: int) -> None:
    found = read("decimal", f"{value:,}")
    assert Decimal(value) in (found if isinstance(found, list) else [found])


@given(
    st.text(max_size=60),
    st.sampled_from(["quantity", "integer", "decimal", "money", "date", "choice", "flag", "list", "words", "aql"]),
)
def test_any_text_is_understood_asked_or_refused(text: str, kind: str) -> None:
    result = understand(question(kind, unit="mm"), text, UNITS)
    assert isinstance(result, Understood | Ambiguous | Misread)
