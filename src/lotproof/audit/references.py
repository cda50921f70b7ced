"""What a contract refers to: exhibits, defined terms, and the same thing said twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from lotproof.audit.contract import Contract, Unit
from lotproof.audit.model import Hit
from lotproof.frozen import frozen

_LABEL = re.compile(
    r"(?:\b(?P<en>exhibit|annex|appendix|schedule|attachment|addendum)s?\s{1,2}(?:no\.?\s?)?(?P<id>[A-Z](?![A-Za-z0-9'-])|[0-9]{1,2}(?![0-9.]*[0-9])|[IVX]{1,4}(?![A-Za-z]))"
    r"|(?P<zh>附件|附录|附表)\s?(?P<zid>[A-Z](?![A-Za-z])|[0-9]{1,2}(?![0-9])|[一二三四五六七八九十]{1,2}))",
    re.IGNORECASE,
)
_OF_A_LAW = re.compile(
    r"directive|regulation|reach(?![a-z])|rohs|machinery|指令|法规|条例|(?<![a-z])(?:iso|iec|astm)(?![a-z])|\ben \d|gb/?t?\s?\d|standard|标准",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|shall|forms|states|lists|will|of this contract|applies|for|to)\b|为本|构成|应|是|组成|以及|所列|所示"
)
_UNNAMED = re.compile(
    r"\b(?:as per|see|per|according to|in|to) (?:the )?(?:attached|enclosed) (?:specification|drawing|list|sheet|annex|exhibit|file|document|table|quotation|artwork)s?\b|"
    r"(?:详见|见|参见|按照?|依据)(?:所附的?|随附的?)?附件(?!\s?[A-Z0-9一二三四五六七八九十])",
    re.IGNORECASE,
)
_CHINESE = {c: str(n) for n, c in enumerate("一二三四五六七八九十", 1)}


def absent_exhibits(contract: Contract) -> Iterator[Hit]:
    """LP560: an exhibit is referred to, and nothing in the file is that exhibit."""
    references: dict[str, re.Match[str]] = {}
    headings: list[tuple[int, str]] = []
    for match in _LABEL.finditer(contract.plain):
        if match["en"] and match["en"].lower() == "schedule" and match["id"].isdigit() and int(match["id"]) > 20:
            continue
        around = (
            contract.plain[max(0, match.start() - 28) : match.start()] + contract.plain[match.end() : match.end() + 28]
        )
        if _OF_A_LAW.search(around):
            continue
        if _is_heading(contract, match):
            headings.append((contract.unit_number(match.start()), _key(match)))
        else:
            references.setdefault(_key(match), match)
    present = {_number_key(p.number) for p in contract.passages if p.number} | _with_content(headings)
    for key, match in references.items():
        if key not in present:
            yield Hit(
                name="LP560",
                start=match.start(),
                end=match.end(),
                values={"name": contract.text[match.start() : match.end()]},
            )
    unnamed = _UNNAMED.search(contract.plain)
    if unnamed and not present and not references:
        yield Hit(name="LP560.unnamed", start=unnamed.start(), end=unnamed.end())


def _is_heading(contract: Contract, match: re.Match[str]) -> bool:
    """Say whether a label begins a passage that is a title and no sentence."""
    number = contract.passage_at(match.start())
    start = contract.starts[number]
    end = start + len(contract.passages[number].text)
    if match.start() - start > 12 or end - match.end() > 120:
        return False
    return _BEFORE_LABEL.fullmatch(contract.plain, start, match.start()) is not None and not _VERB.search(
        contract.plain, match.end(), min(end, match.end() + 80)
    )


_BEFORE_LABEL = re.compile(r"[\s\d.)、#*|(\[-]{0,12}")


def _with_content(headings: list[tuple[int, str]]) -> set[str]:
    """Return the labels that are followed by something: three and more one after another are a list of exhibits."""
    found: set[str] = set()
    run: dict[str, int] = {}
    last = -9
    for unit, key in [*headings, (-9, "")]:
        if not 0 <= unit - last <= 1:
            found |= run.keys() if len(run) < 3 else set()
            run = {}
        run[key], last = unit, unit
    return found


def _key(match: re.Match[str]) -> str:
    name = (match["id"] or match["zid"]).upper()
    return _CHINESE.get(name, name)


def _number_key(number: str) -> str:
    found = _LABEL.match(number)
    return _key(found) if found else ""


_DEFINED = (
    re.compile(r'"([A-Z][^"\n]{1,40})"\s{0,3}(?:means|shall mean|refers? to|is defined|has the meaning)'),
    re.compile(
        r'\((?:(?:the|each,? an?|collectively,?|together,?|hereinafter|hereafter|referred to as|called|or|and|as)[ ,]{1,2}){0,5}"([A-Z][^"\n]{1,40})"\)',
        re.IGNORECASE,
    ),
    re.compile(r'here(?:in)?after\s(?:[a-z]{2,10}\s){0,4}"([A-Z][^"\n]{1,40})"', re.IGNORECASE),
    re.compile(r'(?:以下)?(?:简称|称)为?"([^"\n]{1,14})"'),
    re.compile(r'"([\u3400-\u9fff]{1,14})"\s?(?:是指|系指|指)'),
)

_MOST = 100
"""No contract defines more terms in one way."""


def unused_definitions(contract: Contract) -> Iterator[Hit]:
    """LP561: a defined term that the contract never uses."""
    for term, start, end in _definitions(contract):
        if contract.lower.count(term.lower()) < 2:
            yield Hit(name="LP561", start=start, end=end, values={"term": term})


def undefined_terms(contract: Contract) -> Iterator[Hit]:
    """LP562: a term with a capital that reads as if it had been defined, and was not."""
    if not contract.is_contract:
        return
    defined = {term.lower().rstrip("s") for term, _, _ in _definitions(contract)}
    seen = set()
    for match in _terms(contract).finditer(contract.plain):
        name = match[1]
        key = name.lower().rstrip("s")
        behind = contract.plain[match.end() : match.end() + 14]
        if (
            key in seen
            or key in defined
            or re.match(r"\s?(?:no\b|nr\b|#|[A-Z]*[-0-9]|\(|of (?:Exhibit|Annex|Appendix|Clause))", behind)
        ):
            continue
        seen.add(key)
        stem = re.escape(key)
        said = rf"(?:the|an?)\s{stem}s?\s(?:is|are|means|shall mean|consists? of)\b|(?:^|\n|\| ?)[\s\d.)]{{0,8}}(?:(?:exhibit|annex|appendix|schedule)\s\w{{1,3}}\W{{0,4}})?{stem}s?\b|\({stem}s?\)"
        if not re.search(said, contract.text.lower()):
            yield Hit(name="LP562", start=match.start(1), end=match.end(1), values={"term": name})


def _definitions(contract: Contract) -> Iterator[tuple[str, int, int]]:
    for pattern in _DEFINED:
        for match in islice(pattern.finditer(contract.plain), _MOST):
            yield match[1].strip(), match.start(1), match.end(1)


def _terms(contract: Contract) -> re.Pattern[str]:
    names = sorted(contract.data.words["terms"]["names"], key=len, reverse=True)
    return re.compile(
        rf"\b(?i:the|with|to|per|of|such|all|in|under|by|following)\s(?:the\s)?({'|'.join(map(re.escape, names))})\b"
    )


@frozen(kw_only=True)
class _Stated:
    """A label and the one value behind it."""

    label: str
    value: tuple[str, str]
    start: int
    end: int
    passage: int


_LINE = re.compile(
    r"[\s\d.)、(a-z-]{0,8}?([A-Za-z\u3400-\u9fff][A-Za-z\u3400-\u9fff ()/&'-]{1,44}?)\s?:\s?([^\n]{1,120})"
)
_ANY_ITEM = re.compile(
    r"^(?:qty|quantity|amount|price|unit price|sub ?total|total|no|number|date|page|item|note|remark|tel|fax|phone|model|size|colou?r|packing|"
    r"数量|金额|单价|小计|合计|总计|编号|日期|备注|型号|规格|颜色|电话|传真)\b",
    re.IGNORECASE,
)


def two_values(contract: Contract) -> Iterator[Hit]:
    """LP563: the same thing with two values: the seller will keep to the one that suits it."""
    stated: dict[tuple[str, str], list[_Stated]] = {}
    for unit in contract.units:
        for one in _stated(contract, unit):
            stated.setdefault((one.label, one.value[1]), []).append(one)
    for group in stated.values():
        values = {one.value[0] for one in group}
        if len(values) == 2 and len(group) <= 3:
            first = group[0]
            other = next(one for one in group if one.value[0] != first.value[0])
            yield Hit(
                name="LP563",
                start=other.start,
                end=other.end,
                values={
                    "label": other.label,
                    "one": contract.text[first.start : first.end],
                    "other": contract.text[other.start : other.end],
                },
            )
    yield from _two_deposits(contract)


def _stated(contract: Contract, unit: Unit) -> Iterator[_Stated]:
    """Yield what a line or a row states: one label, one value; a row is known by all its words."""
    if unit.party:
        return
    if unit.table:
        cells = contract.cell_texts(unit)
        if re.search(r"[0-9]", cells.get(1, "0")):
            return
        labels = [text for text in cells.values() if not re.search(r"[0-9]", text)]
        label = " ".join(" ".join(labels).lower().split())
    else:
        match = _LINE.fullmatch(contract.plain[unit.start : min(unit.end, unit.start + 200)])
        label = " ".join(match[1].lower().split()) if match else ""
    if not 2 <= len(label) <= 60 or _ANY_ITEM.match(label):
        return
    numbers = contract.numbers_within(unit.start, unit.end)
    if len(numbers) == 1 and numbers[0].value is not None and numbers[0].unit:
        number = numbers[0]
        known = contract.data.units[number.unit]
        value = number.value * known.factor if known.factor is not None and number.value is not None else number.value
        dimension = known.dimension if known.factor is not None else number.unit
        yield _Stated(
            label=label,
            value=(f"{_plain(value)}", dimension),
            start=number.start,
            end=number.behind,
            passage=unit.first,
        )


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
        counts = Counter(value for value, _, _ in found)
        if len(counts) == 2:
            value, start, end = next(one for one in found if one[0] != found[0][0])
            first = contract.text[found[0][1] : found[0][2]]
            yield Hit(
                name="LP563",
                start=start,
                end=end,
                values={"label": contract.text[start:end], "one": first, "other": f"{value:f}%"},
            )
