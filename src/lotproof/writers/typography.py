"""What must not be torn: a tolerance, a number and its unit, a number and what it counts."""

from __future__ import annotations

import re

THIN, NO_BREAK = "\u202f", "\u00a0"

_UNITS = (
    "%|°C|mm[²³]?|cm[²³]?|km|m[²³]?|[µμ]m|nm|inch|ft|k?g|mg|g/m²|t|m?[Ll]|ms|s|min|h|days?|months?|years?|K|k?N|N/mm²?|[kM]?Pa|m?bar|"
    "k?V|m?A|k?Wh?|m?Ah|[kM]?Hz|M?Ω|lx|lm|cd|dB|rpm|ppm|cycles|pieces|pcs|cartons|machines"
)
_HELD = re.compile(
    " (?:"
    rf"(?<=[0-9] )(?=(?:{_UNITS})(?![A-Za-z0-9]))"  # a number and its unit
    r"|(?=[0-9=])(?:(?<=\b(?:n|=) )|(?<=\b(?:Ac|Re|No) )|(?<=\b(?:AQL|ISO|IEC) )|(?<= = )|(?<=\bEN )|(?<=\bGB )|(?<=\bGB/T ))"
    ")"
)
_SIDE = re.compile(r"(?<=[0-9%]) (?=[+\u2212][0-9])")
_SIDES = re.compile(r"(?<=[0-9%]) / (?=[+\u2212][0-9])")


def hold(text: str) -> str:
    """
    Return ``text`` with no-break spaces where a line must not end, and thin ones in a tolerance.

    Nothing but spaces changes: ``385 ± 19.25 g`` becomes ``385 ±19.25 g``, ``26 +1.5 / −1.0 mm`` and ``n = 8`` stay together.
    """
    if " " not in text:
        return text
    if "±" in text:
        text = text.replace(" ±", f"{THIN}±").replace("± ", "±")
    if "+" in text or "\u2212" in text:
        text = _SIDES.sub(f"{THIN}/{THIN}", _SIDE.sub(THIN, text))
    return _HELD.sub(NO_BREAK, text)
