"""Dates, money and delivery terms."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import lru_cache

from lotproof.audit.contract import Contract
from lotproof.audit.data import Data
from lotproof.audit.model import Hit


def impossible_dates(contract: Contract) -> Iterator[Hit]:
    """LP580: a day that the calendar does not have, or a shipment before the contract."""
    for date in contract.dates:
        if not date.exists:
            yield Hit(name="LP580", start=date.start, end=date.end)
    if not contract.is_contract:
        return
    made = _first_date(contract, "contract-date", "shipment-date")
    shipped = _first_date(contract, "shipment-date", "contract-date")
    if made and shipped and shipped[0] < made[0]:
        yield Hit(
            name="LP580.order",
            start=shipped[1],
            end=shipped[2],
            values={"shipped": str(shipped[0]), "made": str(made[0])},
        )


def _first_date(contract: Contract, concept: str, other: str) -> tuple[datetime.date, int, int] | None:
    """Return the first day of the calendar behind a concept, in a sentence of that concept alone."""
    dates = [date for date in contract.dates if date.day]
    for date in dates:
        start, end = contract.sentence_at(date.start)
        named = contract.within(concept, max(start, date.start - 80), date.start) or contract.within(
            concept, start, min(end, date.end + 12)
        )
        if named and not contract.within(other, start, end) and date.day:
            return date.day, date.start, date.end
    return None


_MONEY_WORDS = re.compile(
    r"\b(?:unit price|total(?: price| amount| value)?|contract (?:price|value)|price|amount)\b[^\n|]{0,20}|单价|总价|总金额|合同金额|金额|价款|货款"
)


def currency(contract: Contract) -> Iterator[Hit]:
    """LP581: prices without a currency, or in several without a rate between them."""
    if not contract.is_contract:
        return
    found: dict[str, tuple[int, int]] = {}
    for match in _stated(contract):
        found.setdefault(_same(contract.data, match[0]), match.span())
    if not found:
        for match in _MONEY_WORDS.finditer(contract.lower):
            numbers = [n for n in contract.numbers_within(match.start(), match.end() + 30) if not n.unit]
            if numbers and contract.unit_at(match.start()).end > numbers[0].start:
                yield Hit(name="LP581", start=match.start(), end=numbers[0].end)
                return
        return
    amounts = {name: span for name, span in found.items() if _beside_a_number(contract, name)}
    if len(amounts) > 1 and not re.search(
        r"exchange rate|equivalent|conver(?:t|sion)|汇率|折合|折算|换算", contract.lower
    ):
        first, second = sorted(amounts.items(), key=lambda item: item[1])[:2]
        yield Hit(name="LP581.two", start=second[1][0], end=second[1][1], values={"one": first[0], "other": second[0]})


def _stated(contract: Contract) -> Iterator[re.Match[str]]:
    """Yield the currencies of the text; a header or footer states none, but letters of a digest may look like one."""
    for match in _currencies(contract.data).finditer(contract.plain):
        if contract.passages[contract.passage_at(match.start())].kind not in ("header", "footer"):
            yield match


def _beside_a_number(contract: Contract, name: str) -> bool:
    """Say whether an amount is stated in a currency, and not only its name."""
    for match in _stated(contract):
        if _same(contract.data, match[0]) == name:
            near = (
                contract.plain[max(0, match.start() - 4) : match.start()]
                + "|"
                + contract.plain[match.end() : match.end() + 4]
            )
            if re.search(r"[0-9]\s?\|", near) or re.search(r"\|\s?[0-9]", near):
                return True
    return False


_TITLE = re.compile(r"(?<![0-9,.])(?:1[06]|2[19]|4[079]) \Z")
"""Titles of the Code of Federal Regulations of the United States, which is cited as 21 CFR."""
_PLACE = re.compile(r"\s{0,2}(?:\([^()\n]{0,30}\)|[:,·/-])?\s{0,2}([A-Za-z][A-Za-z.'-]*|[\u3400-\u9fff]{1,12})")


def delivery_terms(contract: Contract) -> Iterator[Hit]:
    """LP582: a delivery term without a named place or without its edition, or one that was abolished."""
    if contract.belongs:
        return
    words = contract.data.words["incoterms"]
    if not any(rule in contract.plain for rule in words["rules"]):
        return
    edition = re.search(
        r"incoterms\W{0,3}\s?(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}年?(?:版|国际贸易术语|\s?edition)|国际贸易术语[^\n]{0,12}(?:19|20)[0-9]{2}|incoterms[^\n.]{0,24}(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}\s?incoterms",
        contract.lower,
    )
    places: dict[str, bool] = {}
    first: dict[str, re.Match[str]] = {}
    for match in _rules(contract.data).finditer(contract.plain):
        rule = match[1]
        if rule == "CFR" and _TITLE.search(contract.plain, max(0, match.start() - 4), match.start()):
            continue
        first.setdefault(rule, match)
        places[rule] = places.get(rule, False) or _has_place(contract, match)
    for rule, match in first.items():
        named = _PLACE.match(contract.plain, match.end())
        end = named.end() if named and not places[rule] else match.end()
        if rule in words["old"]:
            yield Hit(
                name="LP582.old", start=match.start(), end=match.end(), values={"rule": rule, "new": words["old"][rule]}
            )
        elif not places[rule]:
            yield Hit(name="LP582", start=match.start(), end=end, values={"rule": rule})
        elif not edition:
            yield Hit(name="LP582.edition", start=match.start(), end=match.end(), values={"rule": rule})


def _has_place(contract: Contract, match: re.Match[str]) -> bool:
    """Say whether a delivery term is followed by a town, a port, an address."""
    words = contract.data.words["incoterms"]["no_place"]
    place = match.end()
    for _ in range(5):
        found = _PLACE.match(contract.plain, place)
        if found is None:
            return False
        word = found[1]
        if word.lower() not in words and not any(
            word == w or word.removesuffix(w) == "" for w in words if not w.isascii()
        ):
            chinese = not word.isascii()
            stripped = re.sub("|".join(w for w in words if not w.isascii()), "", word) if chinese else word
            if (chinese and len(stripped) >= 2) or (not chinese and word[0].isupper() and len(word) > 2):
                return True
        place = found.end()
    return False


@lru_cache(maxsize=4)
def _rules(known: Data) -> re.Pattern[str]:
    rules = sorted(known.words["incoterms"]["rules"], key=len, reverse=True)
    return re.compile(rf"(?<![A-Za-z&])({'|'.join(map(re.escape, rules))})(?![A-Za-z&])(?!\s?(?:part|[0-9§]))")


@lru_cache(maxsize=4)
def _currencies(known: Data) -> re.Pattern[str]:
    words = known.words["currency"]
    codes = "|".join(words["codes"])
    signs = "|".join(map(re.escape, sorted(words["signs"], key=len, reverse=True)))
    return re.compile(rf"(?<![A-Za-z])(?:{codes})(?![A-Za-z])|{signs}")


def _same(known: Data, written: str) -> str:
    for group in known.words["currency"]["same"]:
        if written in group:
            return str(group[0])
    return "USD" if written in ("$", "dollars") else written
