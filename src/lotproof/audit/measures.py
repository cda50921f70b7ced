"""Numbers with their units, limits with their methods."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from lotproof.audit.contract import Contract, Unit
from lotproof.audit.data import Data, folded
from lotproof.audit.model import Hit
from lotproof.audit.numbers import Citation, Number
from lotproof.audit.sought import sought

_CONNECTED = re.compile(
    r"(?:\s{0,2}(?:of|is|are|shall be|must be|should be|to be|will be|not to exceed|not exceed(?:ing)?|shall not exceed|max\.?|min\.?|maximum|minimum|at least|at most|"
    r"no more than|not more than|not less than|:|=|≤|≥|<|>|±|应为|应|为|不大于|不小于|不超过|不低于|不少于)\s{0,2}|\s){1,4}\Z"
)
"""What may stand between the name of a measure and its number."""
_JOIN = re.compile(r"\s{0,2}(?:-|~|±|\+/-|\+|x|×|\*|to\b|and\b|or\b|至|到|或)\s{0,2}(?=[0-9])")
_STOP = re.compile(r"\s*(?:[.;,|)。；，、](?![0-9])|\n|\Z)|\s*\Z")
_COUNTED = frozenset(
    (
        "pc",
        "set",
        "pair",
        "carton",
        "machine",
        "pack",
        "day",
        "week",
        "month",
        "year",
        "cycles",
        "dozen",
        "ply",
        "defect",
        "%",
        "D",
        "in",
        "°",
        "t",
        "m",
        "s",
        "h",
        "A",
        "V",
        "L",
        "g",
        "min",
    )
)
"""Units that are also words or letters, or that count: no sign that a limit was meant."""


def number_without_unit(contract: Contract) -> Iterator[Hit]:
    """LP570: a measure without its unit: ``thickness: 2``."""
    words = contract.data.words["measurand"]
    names = tuple(sorted({*words["en"], *words["zh"]} - set(words["plain"]), key=len, reverse=True))
    for number in contract.numbers:
        if number.unit:
            continue
        unit = contract.unit_at(number.start)
        behind = max(unit.start, number.start - 70)
        connected = _CONNECTED.search(contract.lower, max(behind, number.start - 40), number.start)
        what = _ends_with(contract.lower[behind : connected.start()], names) if connected else ""
        last = _last_of_chain(contract, number.start) if what else None
        if (
            connected
            and last is not None
            and not last.unit
            and _STOP.match(contract.text, last.end)
            and not _unit_in_cells(contract, unit)
        ):
            yield Hit(name="LP570", start=connected.start() - len(what), end=last.end, values={"what": what})
    yield from _bare_cells(contract)


_COMPARED = sought(
    r"≤|≥|<|>|±|\b(?:max\.?|min\.?|at most|at least|not more than|no more than|not less than|not exceed(?:ing)?)|不大于|不小于|不超过|不低于|:",
    "≤|≥|<|>|±|max|min|at most|at least|not more|no more|not less|not exceed|不大于|不小于|不超过|不低于|:",
    re.IGNORECASE,
)


def unit_without_number(contract: Contract) -> Iterator[Hit]:
    """LP571: a limit whose number was left out: ``at most mm``."""
    words = contract.data.words["measurand"]
    names = tuple(sorted((*words["en"], *words["zh"]), key=len, reverse=True))
    bare = _bare_unit(contract.data)
    for match in contract.each(_COMPARED):
        found = bare.match(contract.plain, match.end())
        if not found:
            continue
        unit = contract.unit_at(match.start())
        start = match.start()
        if match[0] == ":":
            what = _ends_with(contract.lower[max(unit.start, start - 40) : start].rstrip(), names)
            start -= len(what)
            if not what or (unit.table and unit.row == 1):
                continue
        yield Hit(name="LP571", start=start, end=found.end())


def _ends_with(text: str, names: tuple[str, ...]) -> str:
    """Return the name that a text ends with, as a word of its own; empty where it is none."""
    for name in names:
        if text.endswith(name) and not (name.isascii() and text[: -len(name)][-1:].isalpha()):
            return name
    return ""


def method_without_limit(contract: Contract) -> Iterator[Hit]:
    """LP572: a test method is named, and no result that it has to give."""
    for unit in contract.units:
        cited = [c for c in contract.cited_within(unit.start, unit.end) if not _tests_nothing(contract, c)]
        if not cited or not contract.within("test", unit.start, unit.end) or _has_limit(contract, unit):
            continue
        text = contract.lower[unit.start : unit.end]
        if re.search(r"report|certificat|declaration|laborator|accredit|报告|证书|声明|实验室|认可", text) or _is_title(
            contract, unit
        ):
            continue
        if not _limit_beside(contract, unit) and not contract.is_reference(cited[0].start):
            yield Hit(
                name="LP572",
                start=cited[0].start,
                end=cited[0].end,
                values={"method": contract.text[cited[0].start : cited[0].end]},
            )


def limit_without_method(contract: Contract) -> Iterator[Hit]:
    """LP573: a limit that depends on how it is measured, and nothing says how."""
    wanted = frozenset(contract.data.words["method"]["units"])
    units: dict[str, dict[int, Number]] = {}
    for number in contract.numbers:
        if number.unit in wanted:
            units.setdefault(number.unit, {}).setdefault(contract.unit_number(number.start), number)
    for places in units.values():
        first = next(iter(places.values()))
        if not any(_says_how(contract, contract.units[place]) for place in places):
            yield Hit(
                name="LP573",
                start=first.start,
                end=first.behind,
                values={"limit": contract.text[first.start : first.behind]},
            )


_PLUS = re.compile(r"\s?\(?\s?\+\s?([0-9]+(?:\.[0-9]+)?)\s?")
_MINUS_NEAR = re.compile(
    r"[^A-Za-z\u3400-\u9fff]{0,8}(?:mm|cm|m|g|kg|ml|%|°C|in|℃)?[^A-Za-z\u3400-\u9fff]{0,6}?[-−]\s?[0-9]"
)
_TOLERANCE = sought(
    r"(?:tolerances?|deviations?|公差|允差|偏差)\s?(?:of|is|:|=|为)?\s?\+\s?[0-9]+(?:\.[0-9]+)?\s?(?:mm|cm|%|g|kg|m|ml|µm|°C)?",
    "+",
    re.IGNORECASE,
)


def one_sided_tolerance(contract: Contract) -> Iterator[Hit]:
    """LP574: a tolerance upwards that says nothing about downwards."""
    seen = set()
    for number in contract.numbers:
        plus = _PLUS.match(contract.plain, number.behind)
        if not plus or not number.unit or number.unit in ("pc", "day", "month", "year", "week", "set"):
            continue
        tolerance = next((n for n in contract.numbers_within(plus.start(1), plus.start(1) + 1)), None)
        small = (
            tolerance is not None
            and None not in (tolerance.value, number.value)
            and bool(tolerance.unit)
            and _less(tolerance, number)
        )
        start, end = contract.sentence_at(number.start)
        if (
            small
            and tolerance
            and not _MINUS_NEAR.match(contract.plain, tolerance.end)
            and not contract.within("pay", start, end)
        ):
            seen.add(plus.start())
            yield Hit(name="LP574", start=number.start, end=tolerance.behind)
    for match in contract.each(_TOLERANCE):
        if not any(match.start() <= place < match.end() for place in seen) and not _MINUS_NEAR.match(
            contract.plain, match.end()
        ):
            yield Hit(name="LP574", start=match.start(), end=match.end())


def _less(tolerance: Number, nominal: Number) -> bool:
    return (
        tolerance.value is not None
        and nominal.value is not None
        and (tolerance.unit == "%" or tolerance.value * 2 < nominal.value)
    )


_FROM_TO = re.compile(r"\s?(?:-|~|--|to|至|到)\s?")
_AND = re.compile(r"\s(?:and)\s|\s?(?:和|与)\s?")
_LOWER = re.compile(
    r"(?:at least|min(?:imum)?\.?|not less than|no less than|≥|>=|不小于|不低于|不少于|最小|最低)\s{0,2}(?:of|is|:|为)?\s{0,2}\Z",
    re.IGNORECASE,
)
_UPPER = re.compile(
    r"(?:at most|max(?:imum)?\.?|not more than|no more than|not exceed(?:ing)?|≤|<=|不大于|不超过|不高于|最大|最高)\s{0,2}(?:of|is|:|为)?\s{0,2}\Z",
    re.IGNORECASE,
)

_NO_RANGE = frozenset(("pc", "set", "day", "month", "year", "grade"))
"""What is counted downwards as well, and grades, of which the best may have the greatest number."""


def reversed_range(contract: Contract) -> Iterator[Hit]:
    """LP575: a range whose lower end lies above its upper end."""
    numbers = contract.numbers
    for one, other in pairwise(numbers):
        if (
            other.start - one.behind > 60
            or one.value is None
            or other.value is None
            or one.value <= other.value
            or not other.unit
        ):
            continue
        between = contract.plain[one.behind : other.start]
        start, _ = contract.sentence_at(one.start)
        before = contract.lower[max(start, one.start - 24) : one.start]
        joined = _FROM_TO.fullmatch(between) or (
            _AND.fullmatch(between) and re.search(r"between\s{0,2}\Z|在\s?\Z", before)
        )
        if joined and one.unit in ("", other.unit) and other.unit not in _NO_RANGE and one.value < 20 * other.value:
            if (
                not re.search(r"-\s?\Z|/\Z", before)
                and not contract.within("change", start, one.start)
                and not _is_payment(contract, one, other)
            ):
                yield Hit(name="LP575", start=one.start, end=other.behind)
        elif (
            one.unit
            and one.unit == other.unit
            and " / " not in between
            and _LOWER.search(before)
            and _UPPER.search(between.lower())
        ):
            if contract.sentence_at(one.start) == contract.sentence_at(other.start) and contract.passage_at(
                one.start
            ) == contract.passage_at(other.start):
                yield Hit(name="LP575", start=one.start, end=other.behind)


def mixed_units(contract: Contract) -> Iterator[Hit]:
    """LP578: two systems of units for one kind of measure, without a conversion beside it."""
    for pair in contract.data.words["mixed"]:
        few = [n for n in contract.numbers if n.unit in pair["one"] and not _converted(contract, n, pair["other"])]
        many = [n for n in contract.numbers if n.unit in pair["other"]]
        alone = [n for n in many if not _converted(contract, n, pair["one"])]
        if few and alone:
            one, other = few[0], alone[0]
            yield Hit(
                name="LP578",
                start=one.start,
                end=one.behind,
                values={
                    "one": contract.text[one.start : one.behind],
                    "other": contract.text[other.start : other.behind],
                },
            )


def _converted(contract: Contract, number: Number, units: Sequence[str]) -> bool:
    """Say whether the same measure stands beside it in one of ``units``, as in ``3 in (76.2 mm)``."""
    around = contract.numbers_within(number.start - 40, number.behind + 40)
    return any(n.unit in units for n in around)


def _is_payment(contract: Contract, one: Number, other: Number) -> bool:
    start, end = contract.sentence_at(one.start)
    return other.unit == "%" and contract.within("pay", start, end) is not None


def _last_of_chain(contract: Contract, start: int) -> Number | None:
    """Return the last number of ``20 x 30 ± 2``, whose unit holds for all."""
    numbers = contract.numbers_within(start, start + 120)
    if not numbers or numbers[0].start != start:
        return None
    last = numbers[0]
    for number in numbers[1:]:
        joint = _JOIN.match(contract.plain, last.behind)
        if joint is None or joint.end() != number.start:
            break
        last = number
        if last.unit:
            break
    return last


def _unit_in_cells(contract: Contract, unit: Unit) -> bool:
    """Say whether a row gives a unit in a cell of its own, or a column names it."""
    if not unit.table:
        return False
    known = contract.data.spellings
    return any(
        folded(part) in known
        for text in contract.cell_texts(unit).values()
        for part in re.split(r"[()\s,/]", text)
        if part
    )


def _bare_cells(contract: Contract) -> Iterator[Hit]:
    """Cells that hold a bare number, in a row or a column of something that is measured."""
    words = contract.data.words["measurand"]
    plain = frozenset(words["plain"])
    names = (frozenset(words["en"]) | frozenset(words["zh"])) - plain
    heads: dict[int, dict[int, str]] = {}
    for unit in contract.units:
        if not unit.table:
            continue
        cells = contract.cell_texts(unit)
        if unit.row == 1:
            heads[unit.table] = {column: " ".join(text.lower().split()) for column, text in cells.items()}
        label = " ".join(cells.get(1, "").lower().split())
        for number in range(unit.first, unit.last + 1):
            passage = contract.passages[number]
            if passage.cell is None or not re.fullmatch(
                r"\s*[±≤≥<>]?\s?[0-9]+(?:\.[0-9]+)?(?:\s?±\s?[0-9]+(?:\.[0-9]+)?)?\s*", passage.text
            ):
                continue
            head = heads.get(unit.table, {}).get(passage.cell.column, "")
            named = head in names and unit.row > 1 or (label in names and passage.cell.column == 2 and len(cells) == 2)
            if named and not _unit_in_cells(contract, unit):
                start = contract.starts[number]
                yield Hit(
                    name="LP570",
                    start=start,
                    end=start + len(passage.text),
                    values={"what": head if head in names else label},
                )


def _tests_nothing(contract: Contract, citation: Citation) -> bool:
    numbers = contract.data.words["no_test"]["numbers"]
    return any(re.search(rf"(?<![0-9]){re.escape(number)}(?![0-9])", citation.number) for number in numbers)


def _has_limit(contract: Contract, unit: Unit) -> bool:
    if contract.within("criterion", unit.start, unit.end):
        return True
    return any(
        n.unit or unit.table for n in contract.numbers_within(unit.start, unit.end) if n.unit not in ("day", "week")
    )


def _is_title(contract: Contract, unit: Unit) -> bool:
    return contract.passages[unit.first].kind in ("heading", "header", "footer")


_LIMIT_LABEL = re.compile(
    r"\s*(?:limit|requirement|criterion|criteria|result|acceptance|要求|限值|判定|合格标准)\s?:", re.IGNORECASE
)


def _limit_beside(contract: Contract, unit: Unit) -> bool:
    at = contract.unit_number(unit.start)
    return any(
        _LIMIT_LABEL.match(contract.plain, near.start)
        for near in contract.units[max(0, at - 1) : at + 2]
        if near is not unit
    )


_DISTANCE = re.compile(
    r"\bat (?:a distance of )?[0-9.]{1,6} ?(?:m|cm|mm)\b|距[^\n]{0,8}[0-9.]{1,6} ?(?:m|cm|mm|米)|[0-9.]{1,6} ?(?:m|米)处"
)


def _says_how(contract: Contract, unit: Unit) -> bool:
    return (
        bool(contract.cited_within(unit.start, unit.end))
        or contract.within("method", unit.start, unit.end) is not None
        or _DISTANCE.search(contract.plain, unit.start, unit.end) is not None
    )


@lru_cache(maxsize=4)
def _bare_unit(known: Data) -> re.Pattern[str]:
    strict = sorted(
        (s for s, unit in known.spellings.items() if unit not in _COUNTED and len(s) < 9), key=len, reverse=True
    )
    units = "|".join(
        re.escape(s) + (r"(?![A-Za-z0-9/·²³])" if s[-1].isalnum() and s[-1].isascii() else "") for s in strict
    )
    return re.compile(rf"\s{{0,2}}(?:{units})(?=\s*(?:[.;,|)。；，]|\n|$))", re.MULTILINE)
