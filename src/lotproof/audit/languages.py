"""English and Chinese side by side: the same numbers in both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from lotproof.audit.contract import Contract, Unit, language_of
from lotproof.audit.model import Hit
from lotproof.audit.numbers import find_dates, value_of
from lotproof.frozen import Frozen
from lotproof.readers.docx import typed_number

Span = tuple[int, int]

_LONGEST = 20_000
"""No paragraph of a contract is longer, in characters."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_WORDS = re.compile(r"(?<![A-Za-z-])(?:is|are|by|of|the|per|for|to|in|on|at|within|after|[a-z]{5,})(?![A-Za-z-])")
_LABEL = re.compile(r"[^:\n]{1,50}:")
_FULL_WIDTH = re.compile(r"[，。；：（）、]")
_DIGITS = re.compile(r"(?<![A-Za-z#_0-9])[0-9]+(?:[.,][0-9]+){0,4}")
_ENGLISH = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety|hundred|thousand|half|once|twice|double|pair|both|first|second|third|dozen|zero|none|no|an?|each|every|all|full|whole|entire)\b"
)
_VALUES = {
    **{word: n for n, word in enumerate(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"))},
    "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
    "thousand": 1000, "once": 1, "twice": 2, "double": 2, "pair": 2, "both": 2, "first": 1, "second": 2, "third": 3, "dozen": 12, "none": 0, "no": 0,
    "a": 1, "an": 1, "each": 1, "every": 1, "half": 50, "all": 100, "full": 100, "whole": 100, "entire": 100,
}  # fmt: skip
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万半双]{1,8}")
_DIGIT_SIGNS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "双": 2}
_MYRIADS = re.compile(r"(?<![A-Za-z0-9.])([0-9]+(?:\.[0-9]+)?)\s?([万亿千百])(?![能克瓦牛伏])")
_ENUMERATOR = re.compile(
    r"\s*(?:第.{1,4}[条章节款]|[(（]?[0-9]{1,3}(?:\.[0-9]{1,3}){0,4}[.)、）]?(?=[\s\u3400-\u9fff]))"
)
"""A number in front of a paragraph: it may be the clause's, which one language alone prints."""


_NAMED = re.compile(
    r"第\s?[0-9]{1,6}\s?号|(?<![A-Za-z0-9])(?:[A-Z]{1,6}(?:-[0-9A-Z]{1,8}){1,4}|[0-9]{4,18}[A-Z][0-9A-Z]{1,14})(?![A-Za-z0-9])"
)
"""The number of a paper or of a company, ``第1号``, ``HB-2027-118``, ``91445100MA0000XX7D``: a name and no quantity."""

_IDENTIFIER = re.compile(r"[a-z_]+(?:\.[a-z_0-9]+)+[^\s.]*\Z")
"""A name for programs, such as ``packaging.carton_size#1``, which is in no language."""

_BETWEEN = "\u2002"
"""An en space, which parts two languages on one line."""


class Pair(Frozen, kw_only=True):
    """Two stretches of text that say the same in two languages."""

    en: tuple[Span, ...]
    zh: tuple[Span, ...]


def numbers_differ(contract: Contract) -> Iterator[Hit]:
    """LP579: the two languages state different numbers."""
    for pair in pairs(contract):
        english, spelt_en = _numbers(contract, pair.en, "en")
        chinese, spelt_zh = _numbers(contract, pair.zh, "zh")
        only_en = {n: span for n, span in english.items() if n not in chinese and n not in spelt_zh}
        only_zh = {n: span for n, span in chinese.items() if n not in english and n not in spelt_en}
        if only_en or only_zh:
            start, end = next(iter((only_en or only_zh).values()))
            none = {"en": "none", "zh": "无"}
            yield Hit(
                name="LP579",
                start=start,
                end=end,
                values={"en": _listed(only_en) or none, "zh": _listed(only_zh) or none},
            )


def pairs(contract: Contract) -> Iterator[Pair]:
    """Yield what stands beside each other in the two languages: in a cell, a row, a paragraph, or one paragraph after another."""
    alone: list[tuple[str, Unit]] = []
    for unit in contract.units:
        if unit.table:
            yield from _in_row(contract, unit)
            continue
        if contract.passages[unit.first].kind in ("header", "footer"):
            continue
        split = _split(contract, unit.start, unit.end)
        if split:
            alone.append(("", unit))
            yield split
        else:
            alone.append((_only_language(contract.text[unit.start : min(unit.end, unit.start + 2000)]), unit))
    if contract.languages == {"en", "zh"}:
        yield from _in_turn(contract, alone)


def _only_language(text: str) -> str:
    """Return the one language of a text; empty where words of both stand in it."""
    language = language_of(text)
    return "" if language == "en" and len(_HAN.findall(text)) > 1 else language


def _in_row(contract: Contract, unit: Unit) -> Iterator[Pair]:
    """Pair the languages of one cell; else the one column that is English with the one that is Chinese."""
    columns: dict[int, dict[str, list[Span]]] = {}
    seen: Counter[tuple[int, str]] = Counter()
    for number in range(unit.first, unit.last + 1):
        cell = contract.passages[number].cell
        seen[cell.column if cell else 0, _bare(contract, number)] += 1
    for number in range(unit.first, unit.last + 1):
        passage = contract.passages[number]
        start = contract.starts[number]
        end = start + len(passage.text)
        split = _split(contract, start, end)
        if split:
            yield split
        elif passage.cell is None or _BETWEEN in passage.text or seen[passage.cell.column, _bare(contract, number)] > 1:
            continue  # the same words in both languages, as names and codes are
        elif contract.languages == {"en", "zh"} and (language := _of_a_line(passage.text)):
            columns.setdefault(passage.cell.column, {}).setdefault(language, []).append((start, end))
    both = [one for one in columns.values() if len(one) == 2]
    for one in both:
        if _alike(contract, one["en"], one["zh"]):
            yield Pair(en=tuple(one["en"]), zh=tuple(one["zh"]))
    if not both and len(columns) == 2:
        first, second = columns.values()
        if set(first) != set(second):
            sides = first | second
            if _alike(contract, sides["en"], sides["zh"]):
                yield Pair(en=tuple(sides["en"]), zh=tuple(sides["zh"]))


def _of_a_line(text: str) -> str:
    """Return the language of a line beside its translation: signs of full width are Chinese, however few the characters."""
    if _IDENTIFIER.match(text):
        return ""
    return "zh" if _HAN.search(text) and _FULL_WIDTH.search(text) else language_of(text)


def _bare(contract: Contract, number: int) -> str:
    start = contract.starts[number]
    return contract.plain[start : start + len(contract.passages[number].text)].replace(" ", "")


def _split(contract: Contract, start: int, end: int) -> Pair | None:
    """Return the two halves of a stretch that says everything in English and again in Chinese, or the other way round."""
    label = _LABEL.match(contract.plain, start, end)
    if label and _HAN.search(label[0]) and _LATIN.search(label[0]):
        start = label.end()
    parted = contract.text.find(_BETWEEN, start, end)
    if parted >= 0 and contract.text.find(_BETWEEN, parted + 1, end) < 0:
        halves = ((start, parted), (parted + 1, end))
        if [language_of(contract.plain[at:behind]) for at, behind in halves] == ["en", "zh"]:
            return Pair(en=halves[:1], zh=halves[1:])
    text = contract.plain[start:end]
    first = _HAN.search(text)
    if first is None or len(text) > _LONGEST or " ; " in text:  # cells of a row written as one line
        return None
    han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
    if han < 3 or latin < 8 or contract.unit_at(start).party:
        return None
    ahead = text[: first.start()]
    if len(_LATIN.findall(ahead)) >= 8 and len(_LATIN.findall(text[first.start() :])) <= han:
        cut = re.search(r"[|/.;:)\n]\s{0,3}[\"“(0-9A-Z %.,-]{0,12}\Z", ahead)
        at = cut.start() + 1 if cut else None
        return _pair(contract, start, start + at, start + at, end) if at else None
    last = max(m.end() for m in _HAN.finditer(text))
    tail = re.match(r"[。；）)|/\s;.]{1,4}", text[last:])  # after a colon stands what the words before it ask for
    if tail and len(_LATIN.findall(text[last:])) >= 8 and len(_LATIN.findall(text[:last])) <= han:
        return _pair(contract, start + last + tail.end(), end, start, start + last)
    return None


def _is_sentence(text: str) -> bool:
    """Say whether a text has English words of its own, and not only names and codes."""
    return _WORDS.search(text) is not None


def _pair(contract: Contract, en_start: int, en_end: int, zh_start: int, zh_end: int) -> Pair | None:
    en, zh = [(en_start, en_end)], [(zh_start, zh_end)]
    fits = _is_sentence(contract.plain[en_start:en_end]) and _alike(contract, en, zh)
    return Pair(en=tuple(en), zh=tuple(zh)) if fits else None


def _in_turn(contract: Contract, alone: Sequence[tuple[str, Unit]]) -> Iterator[Pair]:
    """Pair paragraphs that follow each other, one in each language; and clauses of the same number in two halves of a contract."""
    used = set()
    order = ("en", "zh") if _fitting(contract, alone, "en") >= _fitting(contract, alone, "zh") else ("zh", "en")
    for place in range(len(alone) - 1):
        (one, first), (other, second) = alone[place], alone[place + 1]
        before = alone[place - 1][0] if place else ""
        after = alone[place + 2][0] if place + 2 < len(alone) else ""
        if (
            (one, other) != order
            or before == one
            or after == other
            or _closes(contract, first) != _closes(contract, second)
        ):
            continue
        used |= {place, place + 1}
        en, zh = (first, second) if one == "en" else (second, first)
        if _alike(contract, [(en.start, en.end)], [(zh.start, zh.end)]):
            yield Pair(en=((en.start, en.end),), zh=((zh.start, zh.end),))
    clauses: dict[str, dict[str, list[Unit]]] = {}
    for place, (language, unit) in enumerate(alone):
        passage = contract.passages[unit.first]
        number = passage.number or typed_number(passage.text)
        if language and number and place not in used:
            clauses.setdefault(number, {}).setdefault(language, []).append(unit)
    for sides in clauses.values():
        if len(sides.get("en", ())) == 1 and len(sides.get("zh", ())) == 1:
            en, zh = sides["en"][0], sides["zh"][0]
            if _alike(contract, [(en.start, en.end)], [(zh.start, zh.end)]):
                yield Pair(en=((en.start, en.end),), zh=((zh.start, zh.end),))


def _closes(contract: Contract, unit: Unit) -> bool:
    """Say whether a paragraph ends as a sentence does."""
    return contract.plain[unit.start : unit.end].rstrip()[-1:] in (".", "。", ";", "!", "?")


def _fitting(contract: Contract, alone: Sequence[tuple[str, Unit]], first: str) -> int:
    """Count the paragraphs in one language that the next one, in the other, may translate."""
    return sum(
        one == first
        and other not in ("", first)
        and _alike(contract, *([(u.start, u.end)] for u in ((unit, beside) if first == "en" else (beside, unit))))
        for (one, unit), (other, beside) in pairwise(alone)
    )


def _alike(contract: Contract, en: Sequence[Span], zh: Sequence[Span]) -> bool:
    """Say whether two texts are of such lengths that one can translate the other: Chinese takes a third of the letters."""
    if sum(end - start for start, end in (*en, *zh)) > _LONGEST:
        return False
    latin = sum(len(_LATIN.findall(contract.text, start, end)) for start, end in en)
    han = sum(len(_HAN.findall(contract.text, start, end)) for start, end in zh)
    return han * 9 >= latin and latin * 4 >= han * 3


def _numbers(contract: Contract, spans: Sequence[Span], language: str) -> tuple[dict[Decimal, Span], set[Decimal]]:
    """Return the numbers in digits with the place of each, and those that are spelt out."""
    found: dict[Decimal, Span] = {}
    spelt: set[Decimal] = set()
    for start, end in spans:
        text = contract.plain[start:end]
        skipped = None if any(date.start < 4 for date in find_dates(text[:24])) else _ENUMERATOR.match(text)
        base = start + (skipped.end() if skipped else 0)
        if skipped:
            spelt |= {value for part in _DIGITS.findall(skipped[0]) if (value := value_of(part)) is not None}
            text = text[skipped.end() :]
        for match in _NAMED.finditer(text):
            text = _blanked(text, match.start(), match.end())
        for citation in contract.named_within(base, end):
            text = _blanked(text, citation.start - base, citation.end - base)
        for date in list(find_dates(text)):
            if date.day:
                for part in (date.day.year, date.day.month, date.day.day):
                    found.setdefault(Decimal(part), (base + date.start, base + date.end))
                text = _blanked(text, date.start, date.end)
        for match in _MYRIADS.finditer(text):
            size = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}[match[2]]
            found.setdefault((Decimal(match[1]) * size).normalize() + 0, (base + match.start(), base + match.end()))
            text = _blanked(text, match.start(), match.end())
        for match in _DIGITS.finditer(text):
            value = value_of(match[0])
            if value is not None and len(match[0]) < 16:
                found.setdefault(value.normalize() + 0, (base + match.start(), base + match.end()))
        spelt |= _spelt(text, language)
    return found, spelt


def _spelt(text: str, language: str) -> set[Decimal]:
    if language == "en":
        return {Decimal(_VALUES[word]) for word in _ENGLISH.findall(text.lower()) if word in _VALUES}
    found = {Decimal(value) for numeral in _CHINESE.findall(text) if (value := _chinese(numeral)) is not None}
    if re.search(r"全部|全数|百分之百|全额|全款", text):
        found.add(Decimal(100))
    return found | {Decimal(1), Decimal(0)}


def _chinese(numeral: str) -> int | None:
    """Read 十二, 三十, 一百零五; a sign of size alone counts once."""
    if numeral == "半":
        return 50
    total, digit = 0, 0
    for sign in numeral:
        size = {"十": 10, "百": 100, "千": 1000, "万": 10_000}.get(sign)
        if size:
            total, digit = total + (digit or 1) * size, 0
        elif sign in _DIGIT_SIGNS:
            digit = _DIGIT_SIGNS[sign]
        else:
            return None
    return total + digit


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _listed(numbers: dict[Decimal, Span]) -> str:
    return ", ".join(f"{number:f}" for number in list(numbers)[:6])
