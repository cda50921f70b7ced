"""What must not be torn: a tolerance, a number and its unit, a number and what it counts."""

from __future__ import annotations

import re

THIN, NO_BREAK = "\u202f", "\u00a0"

_UNITS = frozenset(
    [
        "%",
        "°C",
        "mm",
        "cm",
        "km",
        "m",
        "µm",
        "μm",
        "nm",
        "inch",
        "ft",
        "g",
        "kg",
        "mg",
        "t",
        "L",
        "l",
        "mL",
        "ml",
        "ms",
        "s",
        "min",
        "h",
        "day",
        "days",
        "month",
        "months",
        "year",
        "years",
        "K",
        "N",
        "kN",
        "Pa",
        "kPa",
        "MPa",
        "bar",
        "mbar",
        "V",
        "kV",
        "A",
        "mA",
        "W",
        "kW",
        "Wh",
        "kWh",
        "Ah",
        "mAh",
        "Hz",
        "kHz",
        "MHz",
        "Ω",
        "MΩ",
        "lx",
        "lm",
        "cd",
        "dB",
        "rpm",
        "ppm",
        "cycles",
        "pieces",
        "pcs",
        "cartons",
        "machines",
    ]
)
_HELD = re.compile(
    " (?:"
    r"(?<=[0-9] )(?=(%|°C|[µμ]m|M?Ω|[A-Za-z]+)(?![A-Za-z0-9]))"  # a number and what may be its unit, or that of which it is a part: m²
    r"|(?=[0-9=])(?:(?<=\b(?:n|=) )|(?<=\b(?:Ac|Re|No) )|(?<=\b(?:AQL|ISO|IEC) )|(?<= = )|(?<=\bEN )|(?<=\bGB )|(?<=\bGB/T ))"
    ")"
)
_SIDE = re.compile(" ([+\u2212])(?=[0-9])(?<=[0-9%] .)")
_SIDES = re.compile(" / ([+\u2212])(?=[0-9])(?<=[0-9%] / .)")
"""Each opens with what it looks for and looks back afterwards, so that a text is searched and not tried at every character."""


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
        text = _SIDES.sub(rf"{THIN}/{THIN}\1", _SIDE.sub(rf"{THIN}\1", text))
    return _HELD.sub(_held, text)


def _held(space: re.Match[str]) -> str:
    unit = space[1]
    return NO_BREAK if unit is None or unit in _UNITS else " "
