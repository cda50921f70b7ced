"""
What somebody wrote into a field, as a value: numbers as people type them, units, days, choices.

Nothing is guessed. What can be read in two ways (``1,250``) is no value, and what was read in another spelling than our own
(``１２．５``, ``12,5``, ``1,250.5``) is told.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal

from lotproof.frozen import Frozen
from lotproof.quantity import MAX_DIGITS, Unit
from lotproof.records.model import Fault, Value

LONGEST = 4_000
"""Characters of a text; a number has far fewer."""

_LONGEST_NUMBER = 80
_EMPTY = frozenset({"", "[]", "待填", "[待填]", "【待填】"})
_BLANKS = str.maketrans("", "", "_＿ \t\n\r\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\u200b\ufeff")
_DAY = re.compile(r"([0-9]{4})(-|/|\.|年)([0-9]{1,2})(?:\2|月)([0-9]{1,2})(?:日)?\Z", re.ASCII)
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*", re.ASCII)
_NARROW: Mapping[int, str | int] = {
    0x3000: " ",
    0x2212: "-",
    0x2013: "-",
    0x00A0: " ",
    0x202F: " ",
    **{c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)},
}
"""Full-width signs as ASCII; nothing else is folded in a number: a superscript is no digit."""

_NO_UNIT = frozenset("0123456789.,+-/*=<>~≈±×;:")


class Said(Frozen, kw_only=True):
    """
    What a text says.

    Attributes:
        value: None where it cannot be read.
        unit: id of the unit behind a number; empty where there is none.
        fault: why it cannot be read.
        told: how it was read, where it was written otherwise than a program would write it.
    """

    value: Value | None
    unit: str = ""
    fault: Fault | None = None
    told: str = ""


def is_blank(text: str) -> bool:
    """Say whether a field holds nothing: no more than the line or the word that marks it as a place to fill in."""
    return text.translate(_BLANKS) in _EMPTY


def number(text: str, units: Mapping[str, Unit] | None) -> Said:
    """
    Read a number, with a unit behind it or without.

    Args:
        units: by id; None where no unit belongs there.
    """
    if len(text) > _LONGEST_NUMBER:
        return Said(value=None, fault=Fault.TOO_LONG)
    text = text.strip()
    plain = text.translate(_NARROW).strip()
    match = _NUMBER.match(plain)
    if match is None:
        return Said(value=None, fault=Fault.NO_NUMBER)
    digits, rest = match.group(), plain[match.end() :].strip()
    if digits[-1] in ".,":
        return Said(value=None, fault=Fault.NO_NUMBER)
    readings = _decimals(digits)
    if len(readings) != 1:
        return Said(value=None, fault=Fault.AMBIGUOUS if readings else Fault.NO_NUMBER)
    unit = ""
    if rest:
        if units is None or rest[0] in _NO_UNIT:
            return Said(value=None, fault=Fault.NO_NUMBER)
        found = unit_of(rest, units)
        if found is None:
            return Said(value=None, fault=Fault.UNKNOWN_UNIT)
        unit = found
    value = readings[0]
    told = f"{value:f}" if digits != text[: len(digits)] or "," in digits else ""
    return Said(value=value, unit=unit, told=told)


def unit_of(text: str, units: Mapping[str, Unit]) -> str | None:
    """Return the id of a unit by its name, its symbol or another way in which people type it; None for none or several."""
    if text in units:
        return text
    exact = {unit.id for unit in units.values() if text in (*unit.symbol.values(), *unit.typed)}
    if len(exact) == 1:
        return exact.pop()
    wanted = _folded(text)
    near = {
        unit.id
        for unit in units.values()
        if wanted in (_folded(unit.id), *map(_folded, (*unit.symbol.values(), *unit.typed)))
    }
    return near.pop() if len(near) == 1 else None


def day(text: str) -> Said:
    """Read a day, year first: ``2027-05-14``, ``2027/5/14``, ``2027年5月14日``; any other order of its parts can be read in two ways."""
    plain = text.translate(_NARROW).strip().removesuffix("T00:00:00").removesuffix(" 00:00:00")
    match = _DAY.match(plain)
    if match is None:
        two = re.fullmatch(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:[0-9]{2}){1,2}", plain, re.ASCII)
        return Said(value=None, fault=Fault.AMBIGUOUS if two else Fault.NO_DATE)
    try:
        value = datetime.date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return Said(value=None, fault=Fault.NO_DATE)
    return Said(value=value, told="" if text == value.isoformat() else value.isoformat())


def choice(text: str, choices: Iterable[tuple[str, tuple[str, ...]]]) -> Said:
    """
    Read one of some choices, by its value or by all of its words in one language or in all: never by a part of them.

    The Chinese for "fail" holds that for "pass".

    Args:
        choices: the value of each, and its words per language.
    """
    wanted = _said(text)
    found = {value for value, words in choices if wanted in (_said(value), *map(_said, words), _said(" ".join(words)))}
    return Said(value=found.pop()) if len(found) == 1 else Said(value=None, fault=Fault.NO_CHOICE)


def words(text: str) -> Said:
    """Read a text: as it was written, without white space around it."""
    if len(text) > LONGEST:
        return Said(value=None, fault=Fault.TOO_LONG)
    return Said(value=text.strip())


def same_words(one: str, other: str) -> bool:
    """Say whether two texts are the same, letter by letter, but for their width and the white space around them."""
    return unicodedata.normalize("NFKC", one).strip() == unicodedata.normalize("NFKC", other).strip()


def printable(text: str) -> str:
    """Return a text as a report may show it: on one line, what nobody sees as a question mark."""
    return "".join(c if c.isprintable() else " " if c in "\n\t" else "?" for c in text)


def whole(value: Value | None) -> int | None:
    """Return a number as a count; None for anything that is none."""
    if isinstance(value, Decimal) and value >= 0 and value == value.to_integral_value():
        return int(value)
    return None


def _said(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace(" ", "").replace("μ", "µ").rstrip(".")


def _decimals(digits: str) -> list[Decimal]:
    """Return the numbers that digits with points and commas may mean: ``1,250`` is two of them."""
    signs = [c for c in digits if c in ".,"]
    sign, bare = (digits[0], digits[1:]) if digits[0] in "+-" else ("", digits)
    candidates: list[str] = []
    if not signs:
        candidates = [bare]
    elif len(set(signs)) == 2:
        last = max(bare.rfind("."), bare.rfind(","))
        grouped = "," if bare[last] == "." else "."
        if bare.count(bare[last]) == 1 and _grouped(bare[:last], grouped):
            candidates = [bare[:last].replace(grouped, "") + "." + bare[last + 1 :]]
    elif len(signs) > 1:
        candidates = [bare.replace(signs[0], "")] if _grouped(bare, signs[0]) else []
    elif signs[0] == ".":
        candidates = [bare]
    else:
        candidates = [bare.replace(",", ".")]
        if _grouped(bare, ",") and not bare.startswith("0"):
            candidates.append(bare.replace(",", ""))
    return [
        Decimal((sign if sign == "-" and one.strip("0.") else "") + one)
        for one in candidates
        if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", one, re.ASCII) and sum(map(str.isdigit, one)) <= MAX_DIGITS
    ]


def _grouped(digits: str, sign: str) -> bool:
    first, *others = digits.split(sign)
    return bool(others) and 1 <= len(first) <= 3 and all(len(other) == 3 for other in others)
