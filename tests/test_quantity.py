"""Numbers and units: one exact reading or a refusal, never a guess."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof.catalog.loading import load_category
from lotproof.quantity import MAX_DIGITS, Quantity, convert, exact, parse_number, parse_quantity

UNITS = load_category("machinery").units
FACTORS = sorted(unit.id for unit in UNITS.values() if unit.factor is not None)

numbers = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(-(10**MAX_DIGITS) + 1, 10**MAX_DIGITS - 1),
    st.integers(0, MAX_DIGITS - 1),
).filter(lambda d: len(f"{abs(d):f}".replace(".", "")) <= MAX_DIGITS)
units = st.sampled_from(sorted(UNITS))
typed = st.text(st.sampled_from("0123456789٣७５.,+-−_' \u00a0eExnaif%/mg±"), max_size=12)


def printed(number: Decimal) -> str:
    return f"{number:f}"


@given(numbers)
def test_a_number_is_read_as_it_is_printed(number: Decimal) -> None:
    read = parse_number(printed(number))
    assert read == number
    assert printed(read) == printed(number or abs(number))


@given(numbers, units, st.sampled_from(["", " ", "\u00a0", "\u202f", "  "]))
def test_a_quantity_is_read_as_it_is_printed(number: Decimal, unit: str, space: str) -> None:
    read = parse_quantity(f"{printed(number)}{space}{unit}", UNITS)
    assert (read.value, read.unit) == (number, unit)


@given(typed)
def test_what_is_no_plain_decimal_is_refused(text: str) -> None:
    plain = re.fullmatch(r" *[+\-−]?[0-9]+(\.[0-9]+)? *", text, re.ASCII)
    if plain:
        assert printed(parse_number(text)).lstrip("-").strip("0.") == re.sub(r"[^0-9.]", "", text).strip("0.")
    else:
        with pytest.raises(ValueError, match=r"\w"):
            parse_number(text)


@given(typed, units)
def test_what_is_no_number_with_a_unit_is_refused(text: str, unit: str) -> None:
    if re.fullmatch(r" *[+\-−]?[0-9]+(\.[0-9]+)?[ \u00a0]*", text, re.ASCII):
        assert parse_quantity(text + unit, UNITS).unit == unit
    elif not re.search(r"[0-9]", text):
        with pytest.raises(ValueError, match="not a number"):
            parse_quantity(text + unit, UNITS)
    else:
        try:
            read = parse_quantity(text, UNITS)
        except (ValueError, LookupError):
            return
        assert re.fullmatch(rf" *[+\-−]?[0-9]+(\.[0-9]+)?[ \u00a0]*{re.escape(read.unit)}[ \u00a0]*", text, re.ASCII)


@pytest.mark.parametrize(
    "text",
    [
        *[
            "1,250",
            "1.250,00",
            "1'250",
            "1_250",
            "1e3",
            "1E-3",
            "nan",
            "NaN",
            "inf",
            "-inf",
            "0x10",
            "٣",
            "５",
            "1/2",
            "±",
            ".5",
            "5.",
            "--",
            "+-1",
            "1.2.3",
            "½",
            "²",
        ],
        *("", " ", "1 250", "1\u00a0250", "1\t", "1\n"),
    ],
)
def test_ambiguous_and_strange_numbers_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_number(text)
    with pytest.raises((ValueError, LookupError)):
        parse_quantity(f"{text} mm", UNITS)


@pytest.mark.parametrize("text", ["4.0 mm 5", "10-12 mm", "10–12 mm", "3 x 4 mm", "3×4 mm", "1 250 mm", "mm", "4 .mm"])
def test_more_than_one_number_is_refused(text: str) -> None:
    with pytest.raises((ValueError, LookupError)):
        parse_quantity(text, UNITS)


def test_a_missing_unit_and_an_unknown_one_are_told_apart() -> None:
    with pytest.raises(ValueError, match="the unit is missing"):
        parse_quantity("4.0", UNITS)
    with pytest.raises(LookupError, match="kgs"):
        parse_quantity("4.0 kgs", UNITS)


def test_both_code_points_of_micro_and_ohm_are_one_unit() -> None:
    assert parse_quantity("5 \u03bcm", UNITS) == parse_quantity("5 \u00b5m", UNITS)
    assert parse_quantity("5 M\u2126", UNITS) == parse_quantity("5 M\u03a9", UNITS)


def test_a_minus_sign_and_a_hyphen_are_one() -> None:
    assert parse_number("\u22124.0") == parse_number("-4.0")


@pytest.mark.parametrize("text", ["-0", "-0.00", "\u22120"])
def test_minus_zero_is_zero(text: str) -> None:
    assert printed(parse_number(text)).startswith("0")
    assert printed(exact(Decimal(text.replace("\u2212", "-")))).startswith("0")


def test_digits_end_where_no_instrument_measures() -> None:
    assert parse_number("9" * MAX_DIGITS) == Decimal("9" * MAX_DIGITS)
    with pytest.raises(ValueError, match="digits"):
        parse_number("9" * (MAX_DIGITS + 1))


@given(numbers)
def test_a_number_of_toml_stays_as_it_is(number: Decimal) -> None:
    assert printed(exact(number)) == printed(number or abs(number))


@pytest.mark.parametrize(
    "value", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+3", "0E+5", "1E-16", "1" * 16, "1E+999999", "1." + "1" * 5000]
)
def test_strange_numbers_of_toml_are_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        exact(Decimal(value))


def test_a_huge_integer_is_refused_without_being_printed() -> None:
    with pytest.raises(ValueError, match="digits"):
        exact(16**100_000)


@given(numbers, st.sampled_from(FACTORS), st.sampled_from(FACTORS))
def test_conversion_is_exact_both_ways_or_says_that_it_is_not(number: Decimal, unit: str, other: str) -> None:
    given_quantity = Quantity(number, unit)
    there = convert(given_quantity, other, UNITS)
    if there is None:
        return
    assert UNITS[unit].dimension == UNITS[other].dimension
    back = convert(there[0], unit, UNITS)
    assert back is not None
    assert Decimal(printed(there[0].value)).as_tuple() == there[0].value.as_tuple()
    if there[1] and back[1]:
        assert back[0].value == number
    else:
        assert abs(back[0].value - number) <= abs(number) * Decimal("1e-4") + abs(back[0].value) * Decimal("1e-4")


@given(units, units)
def test_nothing_converts_into_another_dimension(unit: str, other: str) -> None:
    same = UNITS[unit].dimension == UNITS[other].dimension
    assert same or convert(Quantity(Decimal(1), unit), other, UNITS) is None


@pytest.mark.parametrize(
    ("number", "unit", "other", "result", "exactly"),
    [
        ("40", "s", "min", "0.66667", False),
        ("90", "s", "min", "1.5", True),
        ("35", "cm", "mm", "350", True),
        ("3", "in", "mm", "76.2", True),
        ("2.5", "lb", "kg", "1.133980925", True),
        ("30", "psi", "kPa", "206.84", False),
        ("1", "bar", "kPa", "100", True),
        ("212", "°F", "°C", "100", True),
        ("-40", "°F", "°C", "-40", True),
        ("70", "°F", "°C", "21.111", False),
        ("100", "°C", "°F", "212", True),
        ("1", "gal", "L", "3.785411784", True),
        ("36", "km/h", "m/s", "10", True),
        ("5", "oz/yd²", "g/m²", "169.53", False),
        ("2", "m³/h", "L/min", "33.333", False),
        ("50", "ppb", "ppm", "0.05", True),
    ],
)
def test_units_convert_exactly_where_they_can(number: str, unit: str, other: str, result: str, exactly: bool) -> None:
    assert convert(Quantity(Decimal(number), unit), other, UNITS) == (Quantity(Decimal(result), other), exactly)
