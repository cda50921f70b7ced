"""
What a language's locale says of numbers, dates and money, taken from babel when the catalogue is compiled.

So the words of a contract do not change with the version of babel on the machine that prints it, and no build pays for loading it.
"""

from __future__ import annotations

from typing import Any


def compile_locale(locale: str) -> dict[str, Any]:
    """
    Return the symbols of a locale (CLDR, through babel): decimal and grouping sign, names of the months.

    Args:
        locale: babel's name, such as ``en`` or ``zh``.
    """
    from babel import Locale
    from babel.numbers import get_decimal_symbol, get_group_symbol

    months = Locale.parse(locale).months["format"]["wide"]
    return {
        "decimal": get_decimal_symbol(locale),
        "group": get_group_symbol(locale),
        "months": [months[number] for number in range(1, 13)],
    }


def compile_currencies() -> dict[str, int]:
    """Return the ISO 4217 codes that are in use or were, each with its number of decimal digits."""
    from babel.numbers import get_currency_precision, list_currencies

    return {code: get_currency_precision(code) for code in sorted(list_currencies())}
