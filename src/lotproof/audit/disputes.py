"""Disputes and languages: which place decides, and which text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lotproof.audit.contract import Contract, Found
from lotproof.audit.model import Hit


def court_and_arbitration(contract: Contract) -> Iterator[Hit]:
    """LP554: both a court and arbitrators are to decide; either may then decline."""
    court, arbitration = _court(contract), _arbitration(contract)
    if court and arbitration:
        unit = contract.unit_at(court.start)
        first, last = sorted((court, arbitration), key=lambda found: found.start)
        if unit.start <= arbitration.start < unit.end and last.end - first.start < 300:
            yield Hit(name="LP554", start=first.start, end=last.end)
        else:
            yield Hit(name="LP554", start=court.start, end=court.end)


def arbitration_without_place(contract: Contract) -> Iterator[Hit]:
    """LP555: arbitration without the institution that appoints the arbitrators, or without its seat."""
    arbitration = _arbitration(contract)
    if arbitration is None:
        return
    if not contract.any("institution"):
        yield Hit(name="LP555", start=arbitration.start, end=arbitration.end)
    elif not contract.any("seat"):
        yield Hit(name="LP555.seat", start=arbitration.start, end=arbitration.end)


def court_at_home(contract: Contract) -> Iterator[Hit]:
    """LP556: a court outside the mainland for a seller whose assets lie there: its judgments are seldom enforced."""
    if not contract.any("mainland") or _arbitration(contract):
        return
    seen = set()
    for court in contract.all("court"):
        start, end = contract.sentence_at(court.start)
        if start in seen or contract.within("no-court", start, end):
            continue
        seen.add(start)
        if contract.within("mainland", start, end) or contract.within("elsewhere", start, end):
            continue
        place = contract.within("home-court", start, end) or contract.within("foreign-place", start, end)
        named = _COURT_OF.search(contract.plain, start, end)
        if place:
            yield Hit(name="LP556", start=min(court.start, place.start), end=max(court.end, place.end))
            return
        if named and named[1] not in _NO_PLACE:
            yield Hit(name="LP556", start=min(court.start, named.start()), end=max(court.end, named.end()))
            return


_COURT_OF = re.compile(r"\b[Cc]ourts?\s(?:of|in|at|located in|sitting in)\s(?:the\s)?([A-Z][a-z]+)")
_NO_PLACE = frozenset(
    ("Justice", "Appeal", "First", "Law", "International", "Arbitration", "Competent", "Seller", "Supplier", "Party")
)
"""Words behind "court of" that name no place abroad."""


def no_controlling_language(contract: Contract) -> Iterator[Hit]:
    """LP558: two languages, and nothing says which of them controls."""
    if contract.is_contract and contract.languages == {"en", "zh"} and not contract.any("controlling-language"):
        equal = next(iter(contract.all("equal-languages")), None)
        yield Hit(name="LP558", start=equal.start, end=equal.end) if equal else Hit(name="LP558")


def _court(contract: Contract) -> Found | None:
    for court in contract.all("court"):
        start, end = contract.sentence_at(court.start)
        if not contract.within("no-court", start, end):
            return court
    return None


def _arbitration(contract: Contract) -> Found | None:
    for arbitration in contract.all("arbitration"):
        start, end = contract.sentence_at(arbitration.start)
        if not contract.within("no-arbitration", start, end):
            return arbitration
    return None
