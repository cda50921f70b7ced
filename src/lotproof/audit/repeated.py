"""The same thing said twice, with two values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from lotproof.audit.contract import Contract, Unit
from lotproof.audit.model import Hit
from lotproof.frozen import Frozen


class _Stated(Frozen, kw_only=True):
    """What is stated, its value and in which dimension: ``net weight``, ``385``, ``mass``."""

    label: str
    value: str
    dimension: str
    start: int
    end: int


_LINE = re.compile(
    r"[\s\d.)、(a-z-]{0,8}?([A-Za-z\u3400-\u9fff][A-Za-z\u3400-\u9fff ()/&'-]{1,44}?)\s?:\s?([^\n]{1,120})"
)
_ANY_ITEM = re.compile(
    r"(?:qty|quantity|amount|price|unit price|sub ?total|total|no|number|date|page|item|note|remark|tel|fax|phone|model|size|colou?r|packing|"
    r"数量|金额|单价|小计|合计|总计|编号|日期|备注|型号|规格|颜色|电话|传真)\b",
    re.IGNORECASE,
)
"""Labels that stand once for each item of a contract."""
_TOTAL = re.compile(
    r"(?:total (?:contract )?(?:price|value)|contract (?:price|value)|(?:the )?total price|合同(?:总价|总金额|价款)|总价|总金额)\Z",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{1,5}-?[0-9]{1,6}(?![0-9A-Za-z.])")
_SPECIFIC = (
    "net weight", "gross weight", "rated power", "power consumption", "input power", "noise level", "wall thickness", "coating thickness",
    "净重", "毛重", "额定功率", "输入功率", "壁厚", "涂层厚度", "镀层厚度",
)  # fmt: skip
"""Measures that a thing has one of: stated in a sentence and again in an exhibit, they have one value."""
_CONNECTED = re.compile(
    r"(?:\s(?:of|is|are|shall be|must be)|\s?[:=]|为|应为|是)?(?:\s(?:each|the|every|per|one|of|a|an|piece|unit|product|machine|carton|is|shall|be|at|most|least|max\.?)){0,8}\s{0,2}\Z"
)


def two_values(contract: Contract) -> Iterator[Hit]:
    """LP563: the same thing with two values: the seller will keep to the one that suits it."""
    stated: dict[tuple[str, str], list[_Stated]] = {}
    for unit in contract.units:
        for one in (*_in_a_line(contract, unit), *_in_a_sentence(contract, unit)):
            stated.setdefault((one.label, one.dimension), []).append(one)
    for group in stated.values():
        if len({one.value for one in group}) == 2 and len(group) <= 4:
            first = group[0]
            other = next(one for one in group if one.value != first.value)
            yield _hit(contract, other.start, other.end, first.start, first.end)
    yield from _two_deposits(contract)


def _hit(contract: Contract, start: int, end: int, first: int, last: int) -> Hit:
    values = {"one": contract.text[first:last], "other": contract.text[start:end]}
    return Hit(name="LP563", start=start, end=end, values=values)


def _in_a_line(contract: Contract, unit: Unit) -> Iterator[_Stated]:
    """Yield what a line or a row states: one label, one value; a row is known by all its words."""
    if unit.party:
        return
    if unit.table:
        cells = contract.cell_texts(unit)
        if re.search(r"[0-9]", cells.get(1, "0")):
            return
        label = " ".join(" ".join(text for text in cells.values() if not re.search(r"[0-9]", text)).lower().split())
    else:
        match = _LINE.fullmatch(contract.plain[unit.start : min(unit.end, unit.start + 200)])
        label = " ".join(match[1].lower().split()) if match else ""
    if not 2 <= len(label) <= 60:
        return
    numbers = contract.numbers_within(unit.start, unit.end)
    dates = [date for date in contract.dates_within(unit.start, unit.end) if date.day]
    if _TOTAL.search(label) and len(numbers) == 1 and numbers[0].value is not None and not numbers[0].unit:
        number = numbers[0]
        yield _Stated(label="total", value=_plain(number.value), dimension="money", start=number.start, end=number.end)
    elif len(dates) == 1 and not numbers and contract.within("shipment-date", unit.start, unit.end):
        date = dates[0]
        yield _Stated(label="shipment", value=str(date.day), dimension="day", start=date.start, end=date.end)
    elif _ANY_ITEM.match(label) or label in _SPECIFIC:
        return
    elif len(numbers) == 1 and not dates and numbers[0].value is not None and numbers[0].unit:
        yield _measured(contract, label, numbers[0].start)


def _in_a_sentence(contract: Contract, unit: Unit) -> Iterator[_Stated]:
    """Yield measures that a sentence names: ``the net weight of each piece is 385 g``; none where an item has a code."""
    if unit.party or not any(name in contract.lower[unit.start : unit.end] for name in _SPECIFIC):
        return
    if _CODE.search(contract.plain, unit.start, unit.end):
        return
    for number in contract.numbers_within(unit.start, unit.end):
        if not number.unit or number.value is None:
            continue
        start = max(unit.start, number.start - 70)
        joint = _CONNECTED.search(contract.lower, start, number.start)
        before = contract.lower[start : joint.start()] if joint else ""
        name = next((name for name in _SPECIFIC if before.endswith(name)), "")
        if name:
            yield _measured(contract, name, number.start)


def _measured(contract: Contract, label: str, start: int) -> _Stated:
    (number,) = contract.numbers_within(start, start + 1)
    known = contract.data.units[number.unit]
    value = number.value * known.factor if known.factor is not None and number.value is not None else number.value
    dimension = known.dimension if known.factor is not None else number.unit
    return _Stated(label=label, value=_plain(value), dimension=dimension, start=number.start, end=number.behind)


def _plain(value: Decimal | None) -> str:
    return f"{value.normalize():f}" if value is not None else ""


_BEFORE = re.compile(
    r"([0-9]{1,3}(?:\.[0-9]{1,2})?)\s?%\s?(?:(?:as|t/t|tt|of|the|in|an?|total|contract|price|amount|value|advance|的|总价|货款|合同)[\s/]{0,2}){0,6}\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:\s?(?:of|is|:|\(|为|比例|=|being|amounts to|in the amount of)\s?){1,2}([0-9]{1,3}(?:\.[0-9]{1,2})?)\s?%",
    re.IGNORECASE,
)


def _two_deposits(contract: Contract) -> Iterator[Hit]:
    """Two percentages for one payment."""
    for concept in ("deposit", "balance"):
        found: list[tuple[Decimal, int, int]] = []
        for place in contract.all(concept):
            before = _BEFORE.search(contract.plain, max(0, place.start - 48), place.start)
            after = None if before else _AFTER.match(contract.plain, place.end)
            if before:
                found.append((Decimal(before[1]), before.start(), place.end))
            elif after:
                found.append((Decimal(after[1]), place.start, after.end()))
        if len(Counter(value for value, _, _ in found)) == 2:
            _, start, end = next(one for one in found if one[0] != found[0][0])
            yield _hit(contract, start, end, found[0][1], found[0][2])
