"""The numbers that Word prints before paragraphs: they stand in no text and are counted here as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lotproof.frozen import Frozen
from lotproof.readers.xml import Attributes

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
    (4, "iv"), (1, "i"),
)  # fmt: skip
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_MOST_LEVELS = 9


class Level(Frozen, kw_only=True):
    """One level of a list: its format, and its text with ``%1`` where the number of level 1 stands."""

    start: int
    format: str
    text: str
    style: str
    legal: bool


class Style(Frozen, kw_only=True):
    """A paragraph or character style: what it is based on, and what it says itself; empty and None where it is silent."""

    based_on: str
    list_id: str
    level: int | None
    outline: int | None
    hidden: bool | None


class Lists:
    """Collects ``numbering.xml``."""

    def __init__(self) -> None:
        self.levels: dict[str, dict[int, Level]] = {}
        self.lists: dict[str, str] = {}
        self.restarts: dict[str, dict[int, int]] = {}
        self._abstract = self._list = ""
        self._level = -1
        self._values: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        value = attributes.get("val", "")
        match name:
            case "w:abstractNum":
                self._abstract, self._list = attributes.get("abstractNumId", ""), ""
            case "w:num":
                self._abstract, self._list = "", attributes.get("numId", "")
            case "w:abstractNumId":
                self.lists[self._list] = value
            case "w:lvl" | "w:lvlOverride":
                self._level, self._values = _number(attributes.get("ilvl", "")), {}
            case "w:startOverride":
                self.restarts.setdefault(self._list, {})[self._level] = _number(value)
            case "w:start" | "w:numFmt" | "w:lvlText" | "w:pStyle" | "w:isLgl":
                self._values.setdefault(name, attributes.get("val", "1" if name == "w:isLgl" else ""))

    def end(self, name: str, place: int) -> None:
        if name == "w:lvl" and self._abstract:
            self.levels.setdefault(self._abstract, {})[self._level] = Level(
                start=_number(self._values.get("w:start", "0")),
                format=self._values.get("w:numFmt", "decimal"),
                text=self._values.get("w:lvlText", ""),
                style=self._values.get("w:pStyle", ""),
                legal=self._values.get("w:isLgl", "0") not in ("0", "false"),
            )

    def text(self, data: str, place: int) -> None:
        pass


class Styles:
    """Collects ``styles.xml``."""

    def __init__(self) -> None:
        self.found: dict[str, Style] = {}
        self._id = ""
        self._inside: list[str] = []
        self._values: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        self._inside.append(name)
        if name == "w:style":
            self._id, self._values = attributes.get("styleId", ""), {}
        elif name == "w:vanish" and self._inside[-2:-1] == ["w:rPr"]:
            self._values[name] = attributes.get("val", "1")
        elif name in ("w:basedOn", "w:numId", "w:ilvl", "w:outlineLvl"):
            self._values[name] = attributes.get("val", "")

    def end(self, name: str, place: int) -> None:
        self._inside.pop()
        if name == "w:style":
            self.found[self._id] = Style(
                based_on=self._values.get("w:basedOn", ""),
                list_id=self._values.get("w:numId", ""),
                level=_number(self._values["w:ilvl"]) if "w:ilvl" in self._values else None,
                outline=_number(self._values["w:outlineLvl"]) if "w:outlineLvl" in self._values else None,
                hidden=is_on(self._values["w:vanish"]) if "w:vanish" in self._values else None,
            )

    def text(self, data: str, place: int) -> None:
        pass

    def lineage(self, style: str) -> list[Style]:
        """Return a style and those it is based on, itself first."""
        found: list[Style] = []
        while style in self.found and len(found) < 20:
            found.append(self.found[style])
            style = found[-1].based_on
        return found


class Numbers:
    """Counts the numbered paragraphs of a document, from its first to its last."""

    def __init__(self, lists: Lists, styles: Styles) -> None:
        self._lists, self._styles = lists, styles
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._places: dict[tuple[str, str, int | None], tuple[str, str, int]] = {}

    def next(self, style: str, list_id: str, level: int | None) -> str:
        """
        Count one more paragraph and return its number; empty for a bullet or a paragraph without one.

        Args:
            style: of the paragraph.
            list_id, level: as the paragraph itself says; empty and None where it leaves that to its style.
        """
        asked = style, list_id, level
        place = self._places.get(asked)
        if place is None:
            place = self._places[asked] = self._place(style, list_id, level)
        abstract, list_id, level = place
        levels = self._lists.levels.get(abstract, {})
        if level not in levels or not 0 <= level < _MOST_LEVELS:
            return ""
        return self._count(abstract, list_id, level, levels)

    def _place(self, style: str, list_id: str, level: int | None) -> tuple[str, str, int]:
        """Return the abstract list, the list and the level of a paragraph, which all that say the same of themselves share."""
        for one in self._styles.lineage(style):
            list_id = list_id or one.list_id
            level = one.level if level is None else level
        abstract = self._lists.lists.get(list_id, "")
        if level is None:
            levels = self._lists.levels.get(abstract, {})
            level = next((place for place, one in levels.items() if style and one.style == style), 0)
        return abstract, list_id, level

    def _count(self, abstract: str, list_id: str, level: int, levels: Mapping[int, Level]) -> str:
        counts = self._counts.setdefault(abstract, [None] * _MOST_LEVELS)
        restart = self._lists.restarts.get(list_id, {}).get(level)
        if restart is not None and (list_id, level) not in self._begun:
            counts[level] = None
            self._begun.add((list_id, level))
        first = restart if restart is not None else levels[level].start
        before = counts[level]
        counts[level] = first if before is None else before + 1
        counts[level + 1 :] = [None] * (_MOST_LEVELS - level - 1)
        if levels[level].format in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at not in levels:
                return ""
            count = counts[at]
            return written(
                levels[at].start if count is None else count, "decimal" if levels[level].legal else levels[at].format
            )

        return re.sub(r"%([1-9])", shown, levels[level].text).strip()


def written(number: int, form: str) -> str:
    """Return a number in one of Word's number formats; in digits where the format is none that contracts use."""
    if not 0 <= number <= 32_767:
        return str(number)
    match form:
        case "lowerLetter" | "upperLetter" if number:
            letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 8)
            return letter if form == "lowerLetter" else letter.upper()
        case "lowerRoman" | "upperRoman" if number:
            return _roman(number) if form == "lowerRoman" else _roman(number).upper()
        case "decimalZero":
            return f"{number:02}"
        case "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCountingThousand":
            return chinese(number)
        case "chineseLegalSimplified" | "ideographLegalTraditional":
            return "".join(
                _LEGAL[_DIGITS.index(c)] if c in _DIGITS else "拾" if c == "十" else c for c in chinese(number)
            )
        case "ideographTraditional" if 1 <= number <= 10:
            return _STEMS[number - 1]
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 1 <= number <= 20:
            return chr(0x2460 + number - 1)
        case _:
            return str(number)


def chinese(number: int) -> str:
    """Return 0 to 9,999 as Chinese counts: 十二, 二十, 一百零五."""
    if number < 10:
        return _DIGITS[number]
    text, zero = "", False
    for size, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + sign
        zero = digit == 0
    return text.removeprefix("一") if 10 <= number < 20 else text


def is_on(value: str) -> bool:
    """Say whether a switch of Word is on: it is unless its value says no."""
    return value.lower() not in ("0", "false", "off")


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * min(count, 40)
    return text


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 6 else 0
