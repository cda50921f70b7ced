"""Values as a reader of one language sees them: numbers, units, money, dates, lists."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from lotproof.frozen import Frozen
from lotproof.quantity import Quantity, Unit

NO_BREAK = "\u00a0"
MINUS = "\u2212"
TIGHT = ("%", "°", "′", "″")
"""Units without a space before them."""


class Money(Frozen):
    """An amount in the currency with the ISO 4217 ``code``; exact, with the digits that were agreed."""

    amount: Decimal
    code: str


class Formatter(Frozen):
    """
    Prints values in one language.

    Attributes:
        language: ``en``, ``zh`` or any language of the catalogue.
        decimal, group: the decimal sign and the sign between groups of three digits.
        months: the names of the twelve months.
        date: how a date is put together: ``{day} {month} {year}``; ``{number}`` is the month's number.
        units: every unit of the catalogue.
        comma: joins the items of a list (``, `` or ``、``).
    """

    language: str
    decimal: str
    group: str
    months: tuple[str, ...]
    date: str
    units: Mapping[str, Unit]
    comma: str

    def show(self, value: Any) -> str:
        """Return ``value`` in words; texts in several languages are read in this one, else in their first."""
        if isinstance(value, str):
            return value
        if isinstance(value, Quantity):  # most of what a long table shows
            return self.quantity(value)
        match value:
            case bool():
                raise TypeError("a yes or no has no words of its own: ask it in a condition")
            case Money():
                return f"{value.code}{NO_BREAK}{self.number(value.amount)}"
            case int() | Decimal():
                return self.number(value)
            case datetime.date():
                return self.date.format(
                    day=value.day, month=self.months[value.month - 1], number=value.month, year=value.year
                )
            case Mapping():
                return str(value.get(self.language) or next(iter(value.values())))
            case Sequence():
                return self.comma.join(map(self.show, value))
            case _:
                raise TypeError(f"no words for {type(value).__name__}")

    def number(self, value: int | Decimal) -> str:
        """Return ``value`` with exactly its own digits: ``4.0`` stays ``4.0``."""
        digits = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,d}"
        whole, _, fraction = digits.lstrip("-").partition(".")
        sign = MINUS if value < 0 else ""
        return sign + whole.replace(",", self.group) + (self.decimal + fraction if fraction else "")

    def quantity(self, quantity: Quantity) -> str:
        """Return number and unit (`grade 4`: unit and number), held together by a no-break space where there is a space."""
        number, unit = self.number(quantity.value), self.unit(quantity.unit, one=quantity.value == 1)
        said = (
            f"{unit.strip(NO_BREAK)}{NO_BREAK}{number}"
            if self.language in self.units[quantity.unit].before
            else number + unit
        )
        return f"{said} ({quantity.given})" if quantity.given else said

    def unit(self, unit: str, *, one: bool = False) -> str:
        """Return the unit's symbol with the space that goes before it."""
        symbol = _symbol(self.units[unit], self.language, one)
        tight = unit in TIGHT or not symbol.isascii() and "\u4e00" <= symbol[0] <= "\u9fff"
        return symbol if tight else NO_BREAK + symbol


def _symbol(unit: Unit, language: str, one: bool) -> str:
    if one and f"one:{language}" in unit.symbol:
        return unit.symbol[f"one:{language}"]
    return unit.symbol.get(language) or unit.symbol["en"]
