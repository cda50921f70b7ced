"""Numbers, standards and dates in a text whose signs are in one form; each with its place."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from lotproof.audit.data import Data, folded
from lotproof.audit.sought import sought
from lotproof.frozen import Frozen


class Number(Frozen, kw_only=True):
    """
    A number and the unit behind it.

    Attributes:
        start, end: of the number without its unit.
        value: exact; None where it can be read in two ways.
        unit: id; empty where none follows.
        behind: the character behind the unit, or behind the number where it has none.
    """

    start: int
    end: int
    value: Decimal | None
    unit: str
    behind: int


class Citation(Frozen, kw_only=True):
    """A standard as it is named: ``ISO 6486-1``, its edition ``2019`` or nothing."""

    start: int
    end: int
    number: str
    edition: str


class Date(Frozen, kw_only=True):
    """
    A day as it is written.

    Attributes:
        day: None where the year is missing, or where the calendar has no such day.
        exists: the calendar has it.
    """

    start: int
    end: int
    day: datetime.date | None
    exists: bool


class Spans:
    """Stretches of a text, to ask whether a character lies in one."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends: list[int] = []
        furthest = 0
        for _, end in ordered:
            furthest = max(furthest, end)
            self._ends.append(furthest)

    def cover(self, place: int) -> bool:
        """Say whether a stretch holds the character at ``place``."""
        before = bisect_right(self._starts, place) - 1
        return before >= 0 and place < self._ends[before]


_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+){0,4}")
_DIGIT = re.compile(r"[0-9]")
_CODE_BEFORE = re.compile(r"[A-Za-z_#@№]\Z|[A-Za-z0-9][-_/.]\Z|[0-9]\s?:\Z")
_CODE_AFTER = re.compile(
    r"[-_/][A-Za-z0-9]{0,12}?[A-Za-z][A-Za-z0-9]{0,12}?[0-9]|[A-Za-z]{1,3}[0-9]|:[0-9]|[A-Za-z]?-[A-Z]{1,4}\b"
)


def find_numbers(text: str, known: Data) -> Iterator[Number]:
    """Yield the numbers of a text that stand by themselves, each with the unit behind it; parts of codes are left out."""
    unit = _unit_pattern(known)
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if end - start > 24 or (end - start > 9 and text[end : end + 1].isalpha() and text[end : end + 1].isascii()):
            continue  # a key or a digest
        before = text[max(0, start - 2) : start]
        if _CODE_BEFORE.search(before) and not _is_range(text, start):
            continue
        name, behind = "", end
        found = unit.match(text, end)
        if found and found[1] == '"' and (found[0] != '"' or text[found.end() : found.end() + 1].isalnum()):
            found = None  # a quotation mark
        if found:
            name, behind = known.spellings[folded(found[1])], found.end()
        elif _CODE_AFTER.match(text, end):
            continue
        yield Number(start=start, end=end, value=value_of(match[0]), unit=name, behind=behind)


def value_of(text: str) -> Decimal | None:
    """Read ``1,250``, ``0,5``, ``1.250,00``; None where a comma or a point can be read in two ways."""
    if text.isdigit():
        return Decimal(text)
    commas, points = text.count(","), text.count(".")
    if commas == 0 and points == 1:
        return Decimal(text)
    if points == 0 and commas == 1:
        whole, _, rest = text.partition(",")
        if len(rest) == 3 and whole != "0" and len(whole) <= 3:
            return Decimal(whole + rest)
        return Decimal(f"{whole}.{rest}")
    last = max(text.rfind(","), text.rfind("."))
    whole, rest = text[:last], text[last + 1 :]
    if commas and points:
        return Decimal(whole.replace(",", "").replace(".", "") + "." + rest)
    return Decimal(text.replace(",", "")) if commas else None


_BODIES = (
    r"ISO/IEC|ISO/TS|ISO/TR|ISO|IEC|DIN EN ISO|DIN EN|DIN ISO|DIN|EN ISO|EN IEC|EN|BS EN ISO|BS EN|BS|ASTM|ANSI/ASQC?|ANSI/ASME|ANSI/IES|ANSI/BIFMA|"
    r"ANSI|ASQC?|ASME|AATCC|JIS|UL|GB/T|GB|QB/T|JB/T|HG/T|FZ/T|YY/T|CJ/T|JJF|QB|JB|HG|FZ|MIL-STD|MIL STD|ISTA|TAPPI|AS/NZS|CPSC|IES|BIFMA|CSA|NSF|SAE|API|AWS"
)
_CITATION = re.compile(
    rf"(?<![A-Za-z0-9])(?!(?<=[0-9] )GB )({_BODIES})[ -]{{0,2}}((?:[A-Z]{{1,4}}[ -]?)?[0-9]{{1,6}}[A-Z]?(?:\.[0-9]{{1,3}})?(?:/[A-Z][0-9]{{1,4}}[A-Z]?)?"
    r"(?:-[0-9A-Z]{1,3}(?![0-9A-Za-z])){0,3})(?:\s?[:-]\s?((?:19|20)[0-9]{2})"
    r"(?:\s?\+\s?A[0-9]{1,2}(?::(?:19|20)[0-9]{2})?){0,3}|\s?[(]((?:19|20)[0-9]{2})[)])?(?![0-9])"
)
_CAPITAL = re.compile(r"[A-Z]")
_SHORT_YEARS = ("ASTM", "AATCC", "ASME", "NSF", "UL", "IES", "ANSI/IES", "ANSI/BIFMA", "BIFMA", "ANSI/ASME")
"""Bodies that write the year of an edition with two digits behind the number."""


def find_citations(text: str) -> Iterator[Citation]:
    """Yield the standards that a text names, each with its edition where it has one."""
    for match in _CITATION.finditer(text) if _DIGIT.search(text) and _CAPITAL.search(text) else ():
        if match[1] == "BS" and match[0][2] != " ":
            continue  # the postal code of Bristol
        number, edition = match[2], match[3] or match[4] or ""
        if not edition and match[1] in _SHORT_YEARS and (year := re.search(r"-([0-9]{2})\Z", number)):
            number, edition = number[: year.start()], year[1]
        name = re.sub(r"MIL.STD ", "MIL-STD-", f"{match[1]} {number}")
        yield Citation(start=match.start(), end=match.end(), number=name, edition=edition)


_MONTHS = {
    name[:length]: number
    for number, name in enumerate(
        (
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ),
        1,
    )
    for length in {3, len(name)}
} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH_BEGINS = "|".join(sorted({name[:3] for name in _MONTHS}))
_DATES = (
    sought(
        r"(?<![0-9A-Za-z-])(?P<y>20[0-9]{2})\s?[-/.年]\s?(?P<m>[0-9]{1,2})\s?[-/.月]\s?(?P<d>[0-9]{1,2})(?:\s?[日号])?(?![0-9A-Za-z-])",
        "20",
    ),
    sought(
        rf"(?<![0-9A-Za-z])(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?\s?(?:of\s)?[ -]?(?P<n>{_MONTH})\b\.?,?[ -]?\s?(?P<y>20[0-9]{{2}})(?![0-9])",
        _MONTH_BEGINS,
    ),
    sought(
        rf"\b(?P<n>{_MONTH})\.?\s(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}(?P<y>20[0-9]{{2}})(?![0-9])",
        _MONTH_BEGINS,
    ),
    sought(r"(?<![0-9A-Za-z.])(?P<d>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<y>20[0-9]{2})(?![0-9])", ".20"),
    sought(r"(?<![0-9年])(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})[日号]", "月"),
)


def find_dates(text: str) -> Iterator[Date]:
    """Yield the days that a text names, in the forms whose order of day and month is certain."""
    if _DIGIT.search(text) is None:
        return
    lower = text.lower()
    if len(lower) != len(text):  # a letter whose small form is two
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    found = []
    for form in _DATES:
        for match in form.each(lower, lower):
            names = match.groupdict()
            month = _MONTHS[names["n"]] if "n" in names else int(names["m"])
            year = names.get("y")
            day = _day(int(year or 2000), month, int(names["d"]))
            found.append(Date(start=match.start(), end=match.end(), day=day if year else None, exists=day is not None))
    yield from sorted(found, key=lambda date: date.start)


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _is_range(text: str, start: int) -> bool:
    """Say whether a number behind a hyphen is the upper end of a range: ``50-60 mm``, ``2.5/4.0``."""
    return text[start - 1] in "-/" and start >= 2 and text[start - 2].isdigit()


@lru_cache(maxsize=4)
def _unit_pattern(known: Data) -> re.Pattern[str]:
    ways = []
    for spelling in sorted(known.spellings, key=len, reverse=True):
        way = re.escape(spelling)
        if spelling == "in":
            way += r"(?!\s+(?!(?:wide|long|high|thick|deep|dia|in diameter|x|by)\b)[a-z0-9])"  # the preposition
        if len(spelling) >= 3 and spelling.replace(" ", "").isalpha() and spelling.isascii():
            way = f"(?i:{way})"
        if spelling[-1].isascii() and spelling[-1].isalnum():
            way += r"(?![A-Za-z0-9²³/])" if spelling[-1].isalpha() else r"(?![0-9])"
        ways.append(way)
    return re.compile(rf"\s?({'|'.join(ways)})")
