"""Inspection, payment and notice: who looks at the goods, and whether there is still money to withhold afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from lotproof.audit.contract import Contract, Found
from lotproof.audit.model import Hit
from lotproof.audit.numbers import Number, Spans


def no_inspection(contract: Contract) -> Iterator[Hit]:
    """LP540: a contract without a word about inspection."""
    if contract.is_contract and not contract.any("inspection", "inspection-right"):
        yield Hit(name="LP540")


def paid_before_inspection(contract: Contract) -> Iterator[Hit]:
    """LP541: the balance, or the whole price, is due before anybody has inspected the goods."""
    for unit in contract.units if contract.any("before-shipment", "on-completion") else ():
        for start, end in contract.sentences(unit):
            early = contract.within("before-shipment", start, end) or contract.within("on-completion", start, end)
            if early is None or contract.within("after-inspection", unit.start, unit.end):
                continue
            whole = contract.within("everything", start, end)
            due = whole or contract.within("balance", start, end)
            paid = contract.within("pay", start, end) is not None
            if due and (whole or paid or "%" in contract.plain[start:end]):
                yield _paid_early("LP541.whole" if whole else "LP541", due.start, due.end, early)
                break
            most = max(
                (n for n in contract.numbers_within(start, end) if n.unit == "%" and n.value), key=_value, default=None
            )
            if (
                paid
                and most is not None
                and most.value is not None
                and 50 <= most.value <= 100
                and not _counts_goods(contract, start, end)
            ):
                yield _paid_early("LP541", most.start, most.behind, early)
                break


def _paid_early(name: str, start: int, end: int, early: Found) -> Hit:
    return Hit(name=name, start=min(start, early.start), end=max(end, early.end))


def _value(number: Number) -> Decimal:
    return number.value or Decimal(0)


def _counts_goods(contract: Contract, start: int, end: int) -> bool:
    """Say whether a percentage is one of goods that are made, packed or inspected."""
    return (
        re.search(r"produced|packed|finished|inspect|tested|完工|包装|检验|生产", contract.lower[start:end]) is not None
    )


def judged_by_the_seller(contract: Contract) -> Iterator[Hit]:
    """LP542: the seller inspects its own goods, and its word is final, or nobody else inspects."""
    found: set[int] = set()
    for own in contract.all("own-inspection"):
        start, end = contract.sentence_at(own.start)
        final = contract.within("final", start, end)
        if final and start not in found and not contract.within("not", start, end):
            found.add(start)
            yield Hit(name="LP542", start=min(own.start, final.start), end=max(own.end, final.end))
    if not found and contract.is_contract and not _inspected_by_others(contract):
        for own in contract.all("own-inspection")[:1]:
            yield Hit(name="LP542.only", start=own.start, end=own.end)


def no_notice_period(contract: Contract) -> Iterator[Hit]:
    """LP543: no period within which defects can still be notified after arrival."""
    if not contract.is_contract:
        return
    for claim in contract.all("claim"):
        start, end = contract.sentence_at(claim.start)
        if contract.within("period", start, end):
            return
    yield Hit(name="LP543")


def no_filing_window(contract: Contract) -> Iterator[Hit]:
    """LP544: an order on a platform that does not say until when a dispute can be filed there."""
    platform = next(iter(contract.all("platform")), None)
    if contract.is_contract and platform and not contract.any("window"):
        yield Hit(name="LP544", start=platform.start, end=platform.end)


def earnest_above_the_cap(contract: Contract) -> Iterator[Hit]:
    """LP545: an earnest-money deposit (定金) above 20 %: what lies above has no effect as such (PRC Civil Code, article 586)."""
    for earnest in contract.all("earnest"):
        start, end = contract.sentence_at(earnest.start)
        if re.search(r"不是|并非|而非|不属于|\bnot\b", contract.lower[max(start, earnest.start - 40) : earnest.start]):
            continue
        around = contract.numbers_within(max(start, earnest.start - 40), min(end, earnest.start + 40))
        near = [n for n in around if n.unit == "%"]
        if near:
            number = min(near, key=lambda n: abs(n.start - earnest.start))
            if number.value is not None and number.value > 20:
                first, last = min(number.start, earnest.start), max(number.behind, earnest.end)
                yield Hit(name="LP545", start=first, end=last, values={"value": f"{number.value:f}"})


def damages_without_cap(contract: Contract) -> Iterator[Hit]:
    """LP546: damages for delay that grow without an end; a court may cut them, and a seller will not sign them twice."""
    seen = set()
    for late in contract.all("late-damages"):
        unit = contract.unit_at(late.start)
        start, end = contract.sentence_at(late.start)
        if start in seen:
            continue
        seen.add(start)
        rates = [n for n in contract.numbers_within(start, end) if n.unit in ("%", "‰")]
        most = max(rates, key=_value, default=None)
        if most is not None and _value(most) > 30:
            yield Hit(name="LP546.high", start=most.start, end=most.behind, values={"value": f"{_value(most):f}"})
        elif (
            rates
            and re.search(r"\b(?:day|week)|每[^。;]{0,4}[天日周]", contract.lower[start:end])
            and not contract.within("cap", unit.start, unit.end)
        ):
            yield Hit(name="LP546", start=late.start, end=late.end)
            return


def _inspected_by_others(contract: Contract) -> bool:
    """Say whether somebody other than the seller inspects, wherever the contract says so."""
    mine = Spans((own.start, own.end) for own in contract.all("own-inspection"))
    return any(not mine.cover(right.start) for right in contract.all("inspection-right"))
