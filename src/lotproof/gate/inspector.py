"""Who inspects before shipment: a third party that the buyer books, or one of the two sides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from lotproof.findings import quoted
from lotproof.gate.looking import Looking, gap, say
from lotproof.gate.model import Check, Gap, Standing
from lotproof.gate.rules import Rules, shipped_rules
from lotproof.orders.model import Order

_WHERE = "inspection.inspector"
_APART = re.compile(r"[,;/、，；（）()]|\bor\b|\band\b|或|和|及", re.IGNORECASE)
_SELLER = ("name_zh", "name_en", "production_site")
_SHARED_CHINESE = 4
"""Characters of a seller's Chinese name that a name shares with it by more than chance: a place has two or three."""


def inspection(looking: Looking) -> Check:
    """LP603: the inspector is not named; LP604: it is the seller's side; LP605: it is the buyer's side; LP606: it cannot be told."""
    answers = looking.order.inspection.answers
    given = answers.get("inspector")
    shown = given if isinstance(given, Mapping | str) else ""
    gaps = list(_gaps(looking, shown))
    evidence = [say("inspector_is", inspector=shown)] if shown else []
    if not gaps and not any(looking.rules.inspectors.within(text) for text in _texts(shown)):
        gaps.append(gap("LP606", _WHERE, "inspector_unknown", Standing.HOLDS))
    if any(p.id == "contract.inspection" for t in looking.order.texts.values() for p in t.provisions):
        evidence.append(say("buyer_books"))
    return Check(id="inspection", evidence=tuple(evidence), gaps=(*gaps, *looking.owned("inspection", gaps)))


def _gaps(looking: Looking, given: Any) -> Iterator[Gap]:
    rules = looking.rules
    if not given:
        yield gap("LP603", _WHERE, "inspector_blank", Standing.UNKNOWN)
        return
    seller, buyer = looking.order.parties.seller, looking.order.parties.buyer
    for text in _texts(given):
        for name in _names(text):
            if _is_named(rules, name, seller, _SELLER):
                yield gap("LP604", _WHERE, "inspector_seller", name=quoted(name).strip("'"))
                return
            if _is_named(rules, name, buyer, ("name", "principal")):
                yield gap("LP605", _WHERE, "inspector_buyer", name=quoted(name).strip("'"))
                return
        if word := _says_seller(rules, text):
            yield gap("LP604", _WHERE, "inspector_seller", name=word[0])
            return
        if word := rules.buyer.pattern.search(text):
            yield gap("LP605", _WHERE, "inspector_buyer", name=word[0])
            return
        if not rules.inspectors.within(text) and not _names_somebody(rules.generic.pattern.sub(" ", text)):
            yield gap("LP606", _WHERE, "inspector_unnamed", Standing.UNKNOWN, text=quoted(text).strip("'"))
            return


def is_seller(order: Order, text: str, rules: Rules | None = None) -> bool:
    """
    Say whether whoever is named belongs to the seller: bears a name of it or of its factory, or is called the seller's.

    Args:
        rules: those that ship, where none are given.
    """
    known = rules or shipped_rules()
    seller = order.parties.seller
    return (
        any(_is_named(known, name, seller, _SELLER) for name in _names(text)) or _says_seller(known, text) is not None
    )


def _names(text: str) -> list[str]:
    return [part.strip() for part in _APART.split(text) if part.strip()]


def _says_seller(rules: Rules, text: str) -> re.Match[str] | None:
    return rules.seller.pattern.search(rules.seller_silent.pattern.sub(" ", text))


def _is_named(rules: Rules, name: str, party: Mapping[str, Any], keys: tuple[str, ...]) -> bool:
    return not rules.inspectors.within(name) and _is_party(rules, name, party, keys)


def _is_party(rules: Rules, name: str, party: Mapping[str, Any], keys: tuple[str, ...]) -> bool:
    """Say whether a name is one of a party's: contained in it, or alike in what tells companies apart."""
    plain = _plain(name)
    for key in keys:
        for own in _texts(party.get(key)):
            company = re.split(r"[,，;；]", own)[0] if key == "production_site" else own
            if key == "production_site" and rules.seller.within(company):
                continue  # "the seller's own factory" names nobody; the words for the seller are looked for by themselves
            if len(plain) >= _SHARED_CHINESE and (plain in _plain(company) or _plain(company) in plain):
                return True
            if _alike(rules, name, company):
                return True
    return False


def _alike(rules: Rules, name: str, company: str) -> bool:
    """Say whether two names share two telling words, or a run of Chinese characters longer than a place has."""
    if len(_telling(rules, name) & _telling(rules, company)) > 1:
        return True
    chinese, other = _chinese(name), _chinese(company)
    runs = (chinese[i : i + _SHARED_CHINESE] for i in range(len(chinese) - _SHARED_CHINESE + 1))
    return any(run in other and not run.endswith(("有限公司", "限公司")) for run in runs)


def _telling(rules: Rules, name: str) -> set[str]:
    return {w for w in re.findall(r"[a-z]{4,}", name.casefold()) if w not in rules.common}


def _chinese(text: str) -> str:
    return "".join(c for c in text if "\u4e00" <= c <= "\u9fff")


def _names_somebody(rest: str) -> bool:
    return any(c.isalnum() for c in rest)


def _plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        return tuple(str(text) for text in value.values())
    return (str(value),) if value else ()
