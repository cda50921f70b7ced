"""
What people type, as a value of an answers file: ``3/8 in``, ``1,250``, ``± 0,2 mm``, ``2 weeks``, ``14 May 2027``.

Nothing is guessed: what can be read in two ways comes back as a choice between the two, and every value is shown as it was understood
before it counts. The bounds and rules of a question are checked afterwards, by :func:`lotproof.questions.values.read_value`.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lotproof.catalog.model import Question
from lotproof.characters import has_chinese
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.quantity import MAX_DIGITS, Unit
from lotproof.questions.given import NO, YES

YES_OR_NO = {True: say("yes"), False: say("no")}
"""The answers to a question of type ``flag``, in words."""

LONGEST = 10_000
"""Characters that are looked at; no answer is longer."""


class Understood(Frozen):
    """A value as TOML holds it, and how it reads, which may be a message."""

    raw: Any
    shown: str


class Ambiguous(Frozen):
    """Readings of a text of which one has to be chosen."""

    readings: tuple[Understood, ...]


class Misread(Frozen):
    """Why a text is no answer, and how one looks."""

    message: Message


Read = Understood | Ambiguous | Misread


def understand(question: Question, text: str, units: Mapping[str, Unit]) -> Read:
    """
    Return what a typed text says as an answer to a question.

    Args:
        units: by id; a number without a unit is taken in the question's own, which is shown.
    """
    text = unicodedata.normalize("NFC", text).strip()[:LONGEST]
    match question.type:
        case "quantity":
            return _quantity(question, text, units)
        case "integer" | "decimal" | "money" | "aql":
            return _number(question, text)
        case "date":
            return _date(text)
        case "choice":
            return _choice(question, text)
        case "flag":
            return _flag(text)
        case "list":
            items = [part.strip() for part in re.split(r"[;；\n]|,(?![0-9])|、", text) if part.strip()]
            return Understood(items, "; ".join(items))
        case "words":
            return _words(text)
        case _:
            return Understood(text, text)


def _words(text: str) -> Read:
    """Read ``steel // 钢`` as English and Chinese, in either order; a text alone is in the language of its letters."""
    parts = [part.strip() for part in text.split("//")]
    if len(parts) == 2 and all(parts):
        turned = has_chinese(parts[0]) and not has_chinese(parts[1])
        english, chinese = reversed(parts) if turned else parts
        return Understood({"en": english, "zh": chinese}, f"en: {english} | zh: {chinese}")
    return Understood({"zh" if has_chinese(text) else "en": text}, text)


# numbers

_FRACTIONS = {
    "½": "1/2",
    "¼": "1/4",
    "¾": "3/4",
    "⅛": "1/8",
    "⅜": "3/8",
    "⅝": "5/8",
    "⅞": "7/8",
    "⅓": "1/3",
    "⅔": "2/3",
}
_LEAD = re.compile(r"(?:±|\+/-|\+-|[≤≥<>=≈~]|max\.?|min\.?|at most|at least|不大于|不小于|不超过)\s*", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,'’\u00a0\u2009\u202f ]*", re.ASCII)
_FRACTION = re.compile(r"([0-9]{1,6})(?:[ -]([0-9]{1,4}))?/([0-9]{1,4})(?![0-9])", re.ASCII)
_SPACES = re.compile(r"(?<=[0-9])['’\u00a0\u2009\u202f ](?=[0-9]{3}(?![0-9]))")


def _leading_number(text: str) -> tuple[tuple[Decimal, ...], str] | None:
    """Return the readings of the number that a text begins with, and the rest; None where it begins with none."""
    text = text.replace("\u2212", "-").replace("，", ",").replace("．", ".")
    for sign, written in _FRACTIONS.items():
        text = text.replace(sign, f" {written}")
    text = _LEAD.sub("", text.strip(), count=1)
    if (match := _FRACTION.match(text)) and int(match[3]):
        whole, top = (match[1], match[2]) if match[2] else ("0", match[1])
        value = Decimal(whole) + Decimal(top) / Decimal(match[3])
        if -int(value.as_tuple().exponent) < 9:  # a third has no end
            return (value,), text[match.end() :].strip()
        return None
    match = _NUMBER.match(text)
    if match is None:
        return None
    digits, rest = match.group().rstrip(" ,'’.\u00a0\u2009\u202f"), text[match.end() :].strip()
    readings = tuple(_decimals(_SPACES.sub("", digits)))
    return (readings, rest) if readings else None


def _decimals(digits: str) -> list[Decimal]:
    """Return the numbers that digits with points and commas may mean: ``1,250`` is two of them."""
    signs = [c for c in digits if c in ".,"]
    candidates: list[str] = []
    if not signs:
        candidates = [digits]
    elif len(set(signs)) == 2:
        last = max(digits.rfind("."), digits.rfind(","))
        whole, grouped = digits[:last], "," if digits[last] == "." else "."
        if digits.count(digits[last]) == 1 and _grouped(whole, grouped):
            candidates = [whole.replace(grouped, "") + "." + digits[last + 1 :]]
    elif len(signs) > 1:
        candidates = [digits.replace(signs[0], "")] if _grouped(digits, signs[0]) else []
    elif signs[0] == ".":
        candidates = [digits]
    else:
        candidates = [digits.replace(",", ".")]
        if _grouped(digits, ",") and not digits.lstrip("+-").startswith("0"):
            candidates.insert(0, digits.replace(",", ""))
    return [
        Decimal(one)
        for one in candidates
        if re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)?", one, re.ASCII) and sum(map(str.isdigit, one)) <= MAX_DIGITS
    ]


def _grouped(digits: str, sign: str) -> bool:
    first, *others = digits.lstrip("+-").split(sign)
    return bool(others) and 1 <= len(first) <= 3 and all(len(other) == 3 for other in others)


def _number(question: Question, text: str) -> Read:
    if question.type == "aql" and text.casefold() in ("zero", "0", "零"):
        return Understood("zero", "zero")
    found = _leading_number(re.sub(r"\A(?:[A-Z]{3}|[$€£¥￥])\s*", "", text))
    if found is None:
        return Misread(_NO_NUMBER)
    values, rest = found
    if question.type == "integer":
        factor = _of_time(question.key, rest)
        if rest and factor is None:
            return Misread(say("only a number is asked here, not {rest}", rest=rest[:30]))
        whole = tuple(value * (factor or 1) for value in values if value * (factor or 1) % 1 == 0)
        if not whole:
            return Misread(say("{text} is no whole number", text=text))
        return _one_of(tuple(Understood(int(value), f"{int(value)}") for value in whole))
    if rest and not re.fullmatch(r"[A-Za-z]{3}|%|[€£¥$]|元|美元", rest):
        return Misread(say("only a number is asked here, not {rest}", rest=rest[:30]))
    return _one_of(tuple(Understood(value, f"{value:f}") for value in values))


_TIMES = {
    "day": ({"", "d", "day", "days", "天", "日"}, {"w", "wk", "week", "weeks", "周", "星期"}, 7),
    "month": ({"", "mo", "month", "months", "个月", "月"}, {"y", "yr", "year", "years", "年"}, 12),
}


def _of_time(key: str, unit: str) -> int | None:
    """Return by what a number of weeks or years is multiplied for a key that counts days or months; None for another unit."""
    word = unit.casefold().strip(". ")
    for name, (ones, larger, factor) in _TIMES.items():
        if re.search(rf"(?:^|_){name}s?(?:_|$)", key):
            return 1 if word in ones else factor if word in larger else None
    return 1 if word in ("", "pc", "pcs", "piece", "pieces", "件", "个", "次") else None


def _quantity(question: Question, text: str, units: Mapping[str, Unit]) -> Read:
    found = _leading_number(text)
    if found is None:
        if question.by and text:
            return Understood(text, text)  # the name of a table that gives it
        return Misread(_NO_NUMBER)
    values, rest = found
    unit = _unit(rest, units) if rest else question.unit
    if unit is None:
        if question.by and text:
            return Understood(text, text)
        return Misread(
            say("{unit} is no unit that is known here; this is asked in {wanted}", unit=rest[:30], wanted=question.unit)
        )
    return _one_of(tuple(Understood(f"{value:f} {unit}", f"{value:f} {unit}") for value in values))


def _unit(text: str, units: Mapping[str, Unit]) -> str | None:
    """Return the id of a unit as people write it: its symbol in either language, its name, its plural."""
    for written in (text, text.rstrip(".")):
        if written in units:
            return written
    wanted = _folded(text)
    near = {
        name
        for name, unit in units.items()
        if wanted in (_folded(name), *map(_folded, unit.symbol.values()), *map(_folded, unit.typed))
    }
    return near.pop() if len(near) == 1 else None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace(" ", "").replace("μ", "µ").rstrip(".")


def _one_of(readings: tuple[Understood, ...]) -> Read:
    return readings[0] if len(readings) == 1 else Ambiguous(readings)


# choices and dates

_YES = YES | {"y", "对", "要"}
_NO = NO | {"n", "不", "不要"}


def _flag(text: str) -> Read:
    word = text.casefold()
    if word in _YES or word in _NO:
        return Understood(word in _YES, YES_OR_NO[word in _YES])
    return Misread(say("type y for yes or n for no"))


def _choice(question: Question, text: str) -> Read:
    """Read the number of a choice in the list, its value, or the beginning of its words."""
    choices = question.choices
    if (
        text.isascii()
        and text.isdigit()
        and 1 <= int(text[:4]) <= len(choices)
        and not any(v == text for v, _ in choices)
    ):
        value, words = choices[int(text) - 1]
        return Understood(value, say("{choice}", choice=words))
    folded = text.casefold()
    exact = [(v, w) for v, w in choices if folded in (v.casefold(), *(x.casefold() for x in w.values()))]
    near = exact or [
        (v, w) for v, w in choices if folded and any(x.casefold().startswith(folded) for x in (v, *w.values()))
    ]
    if len(near) == 1:
        return Understood(near[0][0], say("{choice}", choice=near[0][1]))
    if near:
        return Ambiguous(tuple(Understood(v, say("{choice}", choice=w)) for v, w in near))
    if any(text == value for value, _ in question.refused):
        return Understood(text, text)  # refused with its reason where the value is read
    return Misread(say("type a number from 1 to {most}", most=len(choices)))


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"([0-9]{4})[-/.年 ]+([0-9]{1,2})[-/.月 ]+([0-9]{1,2})日?\Z", re.ASCII)
_OTHER = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})\Z", re.ASCII)
_NAMED = (
    re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ .-]+([a-z]{3,9})\.?,?[ -]+([0-9]{4})\Z", re.IGNORECASE | re.ASCII),
    re.compile(r"([a-z]{3,9})\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})\Z", re.IGNORECASE | re.ASCII),
)


def _date(text: str) -> Read:
    """Read a day; ``05/06/2027`` is two of them."""
    found: list[tuple[int, int, int]] = []
    if match := _ISO.match(text):
        found = [(int(match[1]), int(match[2]), int(match[3]))]
    elif match := _OTHER.match(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        found = [(year, second, first)]
        if match[2] != "." and first != second:
            found.append((year, first, second))
    elif (match := _NAMED[0].match(text)) and (month := _month(match[2])):
        found = [(int(match[3]), month, int(match[1]))]
    elif (match := _NAMED[1].match(text)) and (month := _month(match[1])):
        found = [(int(match[3]), month, int(match[2]))]
    days = []
    for parts in found:
        try:
            days.append(datetime.date(*parts))
        except ValueError:
            continue
    if not days:
        return Misread(say("type a day such as 2027-05-14"))
    return _one_of(tuple(Understood(day, _day_in_words(day)) for day in days))


def _day_in_words(day: datetime.date) -> Message:
    words = {
        "en": f"{day.day} {_MONTHS[day.month - 1].title()} {day.year}",
        "zh": f"{day.year}年{day.month}月{day.day}日",
    }
    return say("{day} ({words})", day=day, words=words)


def _month(name: str) -> int | None:
    short = name.casefold()[:3]
    return _MONTHS.index(short) + 1 if short in _MONTHS else None


_NO_NUMBER = say("no number was found: type it as 12.5")
