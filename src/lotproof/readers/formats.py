"""What the number format of a cell makes of its number: a day, a share, as many decimals as it shows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, TypeAlias

from lotproof.frozen import Frozen

Kind: TypeAlias = Literal["general", "text", "fixed", "percent", "date", "other"]

_LONGEST = 255


class Format(Frozen):
    """
    How a cell shows its number.

    Attributes:
        kind: ``general`` shows the number itself, ``fixed`` so many decimals, ``other`` something that a person reads otherwise.
        decimals: shown after the point; of ``fixed`` and ``percent``.
    """

    kind: Kind
    decimals: int = 0


GENERAL = Format("general")

_DATES = (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))
BUILT_IN: Mapping[int, Format] = MappingProxyType(
    {
        0: GENERAL,
        1: Format("fixed"),
        2: Format("fixed", 2),
        3: Format("fixed"),
        4: Format("fixed", 2),
        9: Format("percent"),
        10: Format("percent", 2),
        37: Format("fixed"),
        38: Format("fixed"),
        39: Format("fixed", 2),
        40: Format("fixed", 2),
        49: Format("text"),
        **{number: Format("date") for number in _DATES},
    }
)
"""The formats that every workbook has, by number (ISO/IEC 29500-1, 18.8.30); those that are missing here show something else."""

_SILENT = re.compile(r"\[(?:[A-Za-z]+|Color ?[0-9]+|\$-[0-9A-Fa-f]+|h+|m+|s+)\]|_.|\*.", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"|\\.')
_FIXED = re.compile(r"[#0?,]*[0#](?:\.([0#?]+))?(%?)\Z")


def format_of(code: str) -> Format:
    """Return what a format code of a workbook shows."""
    first = code[:_LONGEST].partition(";")[0]
    if first.strip().lower() == "general":
        return GENERAL
    if first.strip() == "@":
        return Format("text")
    bare = _LITERAL.sub("", _SILENT.sub("", first))
    if re.search(r"[ymdhs年月日]", bare, re.IGNORECASE) or re.search(r"\[(?:h+|m+|s+)\]", first, re.IGNORECASE):
        return Format("date")
    number = _FIXED.match(_SILENT.sub("", first).replace(" ", "").replace("-", "").replace("(", "").replace(")", ""))
    if number is None or first.rstrip("% ").endswith(","):
        return Format("other")
    return Format("percent" if number[2] else "fixed", len(number[1] or ""))


def day_of(serial: Decimal, *, since_1904: bool) -> datetime.date | None:
    """
    Return the day of a serial number; None for a time of day, and for days that one program counts and another does not.

    The count from 1900 holds a 29 February 1900 that never was; before it, programs differ by a day.
    """
    if serial % 1 or not 0 < serial < 2_958_466 or (not since_1904 and serial < 61):
        return None
    start = datetime.date(1904, 1, 1) if since_1904 else datetime.date(1899, 12, 30)
    try:
        return start + datetime.timedelta(days=int(serial))
    except OverflowError:
        return None


def hides_decimals(number: Decimal, shown: Format) -> bool:
    """Say whether a cell shows fewer decimals than it holds."""
    if shown.kind not in ("fixed", "percent"):
        return False
    exponent = (number * 100 if shown.kind == "percent" else number).normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent > shown.decimals
