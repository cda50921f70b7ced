"""Numbers with units: exact decimals and one parser for all input."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Context, Decimal, Inexact

from lotproof.frozen import Frozen
from lotproof.messages import say

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?\Z", re.ASCII)
_LEADING = re.compile(r"[+-]?[0-9.,_']*[0-9]([eE][+-]?[0-9]+)?", re.ASCII)
_AS_ASCII = {0x2212: "-", 0x00A0: "_", 0x202F: "_"}
"""What may stand in a number beside ASCII, as :data:`_LEADING` is shown it: a class of such characters takes longer to compile than to be used."""
_LOOK_ALIKE = {0x03BC: 0x00B5, 0x2126: 0x03A9}
_LOOK_ALIKE_BACK = {after: before for before, after in _LOOK_ALIKE.items()}
MAX_DIGITS = 15

UNIT_MISSING = say("the unit is missing")
"""What :func:`parse_quantity` says of a number alone."""


class Quantity(Frozen):
    """
    A number and its unit, exactly as agreed: ``72 dB(A)``, ``50 packs/min``.

    Attributes:
        value: exact decimal, never a float; ``4.0`` stays ``4.0``.
        unit: a key of ``spec_catalog/units.toml``.
        given: how it was written, where that was in another unit (``3 in``) or by the name of a table (``ISO 2768-1 m``).
    """

    value: Decimal
    unit: str
    given: str = ""


class Unit(Frozen, kw_only=True):
    """
    One row of ``spec_catalog/units.toml``.

    Attributes:
        id: how the unit is written in data: ``mm``, ``dB(A)``, ``packs/min``.
        dimension: units of one dimension convert into each other.
        factor, divisor: exact size in the dimension's base unit, as a fraction; None where no factor exists (``dB(A)``, ``%``).
        zero: what the unit reads at the zero of the base unit (32 for °F).
        symbol: how it is printed, per language.
        typed: other ways in which people type it.
        before: languages that print it before the number (``grade 4``).
    """

    id: str
    dimension: str
    factor: Decimal | None
    symbol: Mapping[str, str]
    typed: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    divisor: Decimal = Decimal(1)
    zero: Decimal = Decimal(0)


def parse_number(text: str) -> Decimal:
    """
    Read an exact decimal: ASCII digits, at most one decimal point, an optional sign. ``-0`` is 0.

    Raises:
        ValueError: with the reason and an example, for anything else: grouping, comma, exponent, NaN, underscores.
    """
    stripped = text.strip(" ").replace("\u2212", "-")
    if _NUMBER.match(stripped):
        if sum(c.isdigit() for c in stripped) > MAX_DIGITS:
            raise ValueError(say("more than {most} digits", most=MAX_DIGITS))
        return _unsigned_zero(Decimal(stripped))
    if "," in stripped:
        raise ValueError(
            say("a comma is ambiguous: write 1250 for one thousand two hundred and fifty, 1.25 for a decimal")
        )
    if "_" in stripped or "'" in stripped:
        raise ValueError(say("grouping signs are not read: write 1250"))
    if re.fullmatch(r"[+-]?[0-9]*\.?[0-9]*[eE][+-]?[0-9]+", stripped, re.ASCII):
        raise ValueError(say("no exponents: write the number out"))
    raise ValueError(say("not a number: write digits with at most one decimal point, such as 4.0"))


def exact(value: int | Decimal) -> Decimal:
    """
    Return a number that TOML has read as an exact decimal. ``-0.0`` is 0.0.

    Raises:
        ValueError: NaN, infinity, an exponent, or more digits than any measurement has.
    """
    if isinstance(value, int) and value.bit_length() > 4 * MAX_DIGITS:
        raise ValueError(say("more than {most} digits", most=MAX_DIGITS))
    number = Decimal(value)
    if len(str(number)) > 4 * MAX_DIGITS:
        raise ValueError(say("more than {most} digits", most=MAX_DIGITS))
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(say("not a finite number"))
    if exponent > 0:
        raise ValueError(say("no exponents: write the number out"))
    if len(number.as_tuple().digits) > MAX_DIGITS or -exponent > MAX_DIGITS:
        raise ValueError(say("more than {most} digits", most=MAX_DIGITS))
    return _unsigned_zero(number)


def parse_quantity(text: str, units: Mapping[str, Unit]) -> Quantity:
    """
    Read ``72 dB(A)``: a number as in :func:`parse_number`, then a unit of ``units``.

    The two code points of the micro sign are one unit, as are those of the ohm sign: nobody can tell them apart.

    Raises:
        ValueError: the number cannot be read, or the unit is missing.
        LookupError: the unit is not in ``units``; the error is the unit as it was written.
    """
    stripped = text.strip(" ")
    match = _LEADING.match(stripped if stripped.isascii() else stripped.translate(_AS_ASCII))
    if match is None:
        raise ValueError(say("not a number with a unit: write it as 4.0 mm"))
    number = parse_number(stripped[: match.end()])
    unit = stripped[match.end() :].strip(" \u00a0\u202f")
    if not unit:
        raise ValueError(UNIT_MISSING)
    if unit[0] in "0123456789.,+-\u2212\u2013/*x\u00d7":
        raise ValueError(say("not one number with one unit: write it as 4.0 mm"))
    for written in (unit, unit.translate(_LOOK_ALIKE), unit.translate(_LOOK_ALIKE_BACK)):
        if written in units:
            return Quantity(number, written)
    raise LookupError(unit)


def convert(quantity: Quantity, unit: str, units: Mapping[str, Unit]) -> tuple[Quantity, bool] | None:
    """
    Return ``quantity`` in ``unit``, and whether that is exact; None where the two are not of one dimension.

    What is not exact has two digits more than were given, and five at least.
    """
    if quantity.unit == unit:
        return quantity, True
    source, target = units[quantity.unit], units[unit]
    if source.dimension != target.dimension or source.factor is None or target.factor is None:
        return None
    wide = Context(prec=60)
    base = wide.multiply(wide.subtract(quantity.value, source.zero), wide.multiply(source.factor, target.divisor))
    value = wide.add(wide.divide(base, wide.multiply(source.divisor, target.factor)), target.zero)
    if not wide.flags[Inexact]:
        return Quantity(Decimal(f"{value.normalize(wide):f}"), unit), True
    digits = max(5, len(quantity.value.as_tuple().digits) + 2)
    return Quantity(Decimal(f"{value.normalize(Context(prec=digits)):f}"), unit), False


def _unsigned_zero(number: Decimal) -> Decimal:
    return number or number.copy_abs()
