"""Sampling plans that a contract names: whole, and possible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from lotproof import sampling
from lotproof.audit.contract import Contract
from lotproof.audit.model import Hit
from lotproof.audit.sought import sought

_AQL = sought(
    r"(?<![A-Za-z])(?:A\.Q\.L\.?|AQLs?)(?![A-Za-z])",
    "aql|a.q.l",
    re.IGNORECASE,
)
_STEP = re.compile(
    r"\s{0,3}(?:(?P<n>[0-9]{1,4}(?:\.[0-9]{1,4})?)(?P<pc>\s?%)?(?![0-9A-Za-z.]*[A-Za-z]{2}[0-9])|[,，、;:=/|()+&-]|"
    r"(?:of|is|are|at|value|values|level|levels|for|general|inspection|normal|single|and|to|the|critical|major|minor|defects?|cr|ma|mi|maj|min|crit|"
    r"ii|iii|i|zero|nil|acceptable|quality|limit|standard|defective|class|not|allowed|accepted|值|为|按|严重|致命|主要|次要|轻微|缺陷|重|轻|和|及|级|的|标准)(?![A-Za-z]))",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})?)\s?%?\s?\Z")
_ACRE = sought(
    r"(?<![A-Za-z])Ac\s{0,2}[=:]?\s{0,2}([0-9]{1,4})\s{0,2}[,，、;/|&]?\s{0,2}(?:and\s|和|\|\s)?\s?Re\s{0,2}[=:]?\s{0,2}([0-9]{1,4})",
    "ac",
    re.IGNORECASE,
)
_LOT = sought(
    r"(?:lot(?: size)?|batch(?: size)?|批量|批次数量|总数量|每批)\s{0,2}(?:of|is|=|:|为|N\s?=)?\s{0,2}(?:N\s?=\s?)?([0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,7})(?![0-9.,-]*[0-9])",
    "lot|batch|批|总数量",
    re.IGNORECASE,
)
_SAMPLE = sought(
    r"(?:sample size|sample|samples of|样本量|抽样数量?|抽检数量?|抽取)\s{0,2}(?:of|is|=|:|为|n\s?=)?\s{0,2}(?:n\s?=\s?)?([0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,7})(?![0-9.,-]*[0-9])|"
    r"(?<![A-Za-z])n\s?=\s?([0-9]{1,7})(?![0-9.])",
    "sample|样|抽|n =|n=",
    re.IGNORECASE,
)


def aql_without_level(contract: Contract) -> Iterator[Hit]:
    """LP530: an AQL, and nowhere an inspection level: no sample size follows from it."""
    first = _first_value(contract)
    if first and not contract.any("level") and not contract.first(_SAMPLE):
        yield Hit(name="LP530", start=first[0], end=first[1])


def aql_without_edition(contract: Contract) -> Iterator[Hit]:
    """LP531: an AQL without the sampling standard whose tables are meant, or without its edition."""
    first = _first_value(contract)
    if first is None:
        return
    cited = list(_standards(contract))
    if not cited:
        yield Hit(name="LP531", start=first[0], end=first[1])
    elif not any(dated for _, _, dated in cited):
        yield Hit(name="LP531.edition", start=cited[0][0], end=cited[0][1])


def aql_out_of_series(contract: Contract) -> Iterator[Hit]:
    """LP532: a value that no table of the standard has a column for."""
    known = {*sampling.aqls(), Decimal(0)}
    for start, end, value, percent in _values(contract):
        if value not in known and not _is_misuse(value, percent):
            below = max((a for a in known if a < value), default=None)
            above = min((a for a in known if a > value), default=None)
            near = " / ".join(f"{a:f}" for a in (below, above) if a is not None)
            yield Hit(name="LP532", start=start, end=end, values={"near": near})


def aql_as_pass_rate(contract: Contract) -> Iterator[Hit]:
    """LP533: ``AQL 98%``: an AQL counts what is bad, so this lets nearly everything through."""
    for start, end, value, percent in _values(contract):
        if _is_misuse(value, percent):
            yield Hit(
                name="LP533",
                start=start,
                end=end,
                values={"value": f"{value:f}", "rest": f"{100 - value:f}" if value < 100 else "0"},
            )


def sample_larger_than_lot(contract: Contract) -> Iterator[Hit]:
    """LP534: more units in the sample than in the lot."""
    sizes: dict[int, re.Match[str]] = {}
    for match in contract.each(_LOT):
        sizes.setdefault(contract.unit_number(match.start()), match)
    for number, lot in sizes.items():
        unit = contract.units[number]
        sample = _SAMPLE.pattern.search(contract.plain, unit.start, unit.end)
        if sample and not lot.start() <= sample.start() < lot.end():
            size, n = _whole(lot[1]), _whole(sample[1] or sample[2])
            if n > size and contract.sentence_at(lot.start()) == contract.sentence_at(sample.start()):
                yield Hit(name="LP534", start=sample.start(), end=sample.end(), values={"n": str(n), "lot": str(size)})


def acceptance_reaches_rejection(contract: Contract) -> Iterator[Hit]:
    """LP535: Ac is not below Re, so the same lot would be accepted and rejected."""
    for match in contract.each(_ACRE):
        if int(match[1]) >= int(match[2]):
            yield Hit(name="LP535", start=match.start(), end=match.end(), values={"ac": match[1], "re": match[2]})


def _is_misuse(value: Decimal, percent: bool) -> bool:
    return value <= 100 and (value >= 50 or (percent and value > sampling.LARGEST_PERCENT_AQL))


def _values(contract: Contract) -> Iterator[tuple[int, int, Decimal, bool]]:
    """Yield every AQL that is stated: where, its value, and whether a per cent sign follows."""
    for match in contract.each(_AQL):
        before = _BEFORE.search(contract.plain, max(0, match.start() - 10), match.start())
        if before and "%" in before[0] and not contract.plain[max(0, before.start() - 1)].isalnum():
            yield before.start(), match.end(), Decimal(before[1]), True
            continue
        place = match.end()
        for _ in range(40):
            step = _STEP.match(contract.plain, place)
            if step is None:
                break
            if step["n"] and not _is_counted(contract, step):
                yield match.start(), step.end(), Decimal(step["n"]), step["pc"] is not None
            place = step.end()


def _is_counted(contract: Contract, step: re.Match[str]) -> bool:
    """Say whether a number behind an AQL is another thing: a count with its unit, a clause, part of a standard."""
    if any(c.start <= step.start("n") < c.end for c in contract.cited_within(step.start("n") - 30, step.end())):
        return True
    behind = contract.plain[step.end() : step.end() + 12].lstrip()
    return bool(re.match(r"[A-Za-z]{3,}|[个件天日只次台]|\.[0-9]", behind)) and not re.match(
        r"(?:and|for|critical|major|minor|level|in|or|per|with|as|under|general|defects?|normal|shall|is|are|unless|\.)",
        behind,
        re.IGNORECASE,
    )


def _first_value(contract: Contract) -> tuple[int, int] | None:
    """Return where the first AQL stands that is one."""
    return next(
        ((start, end) for start, end, value, percent in _values(contract) if not _is_misuse(value, percent)), None
    )


def _standards(contract: Contract) -> Iterator[tuple[int, int, bool]]:
    """Yield each sampling standard that is named: where, and whether its edition is."""
    words = contract.data.words["sampling"]
    for name in words["standards"]:
        if name.lower() not in contract.lower:
            continue
        for match in re.finditer(re.escape(name) + r"(?![0-9])", contract.plain, re.IGNORECASE):
            dated = name in words["dated"] or re.match(
                r"[0-9.]{0,3}\s?(?:[-:]\s?|\(|\s|,\s?|edition\s|版\s?)((?:19|20)[0-9]{2})",
                contract.plain[match.end() : match.end() + 16],
            )
            yield match.start(), match.end(), bool(dated)


def _whole(text: str) -> int:
    return int(text.replace(",", ""))
