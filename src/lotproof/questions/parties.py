"""Who sells, who is paid: what the answers about the parties say together."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from lotproof.findings import Severity, quoted
from lotproof.messages import say
from lotproof.questions.problems import Problem
from lotproof.questions.registration import check_character, credit_code, has_number, malformed

Table = Mapping[str, Any]

PARTIES = ("buyer", "seller")
"""The groups whose answers a card of a house can give."""

PARTY = "party"
"""The key by which such a group names a card."""

_NAMES = {
    "mainland": ("name_zh", say("Chinese registered name"), say("only that name identifies a company of the mainland")),
    "taiwan": ("name_zh", say("Chinese registered name"), say("a company of Taiwan is registered under it")),
    "hong_kong": (
        "name_en",
        say("registered name"),
        say("write the English or the Chinese name of the Companies Registry"),
    ),
    "other": ("name_en", say("registered name"), say("write it under name_en as its register has it")),
}


def parties(groups: Mapping[str, Table]) -> Iterator[Problem]:
    """Yield what is wrong with the parties and with who is paid; paths start at the top of the file."""
    seller, payment = groups.get("seller", {}), groups.get("payment", {})
    yield from _name(seller)
    yield from _registration(seller)
    yield from _beneficiary(seller, payment)
    yield from _production_site(seller)


def _name(seller: Table) -> Iterator[Problem]:
    """LP165: the seller has no name that its register knows."""
    seat = seller.get("seat")
    if seat is None:
        return
    key, what, why = _NAMES[seat]
    names = ("name_zh", "name_en") if seat == "hong_kong" else (key,)
    if not any(seller.get(name) for name in names):
        message = say("the seller's {what} is missing", what=what)
        yield Problem(code="LP165", severity=Severity.OPEN, message=message, hint=why, path=("seller", key))


def _registration(seller: Table) -> Iterator[Problem]:
    """LP166: a registration number that cannot be one; LP167: one that is to be looked up."""
    seat, given = seller.get("seat"), seller.get("registration")
    path = ("seller", "registration")
    if not given or seat not in ("mainland", "hong_kong", "taiwan"):
        return
    if seat != "mainland":
        if not has_number(given):
            yield Problem(
                code="LP167",
                severity=Severity.NOTE,
                message=say("{given} holds no number of 7 or 8 digits, as companies there have", given=quoted(given)),
                hint=say("look the company up in the register and write its number"),
                path=path,
            )
        return
    code = credit_code(given)
    reason = malformed(code)
    if reason:
        likely = code.replace("O", "0").replace("I", "1")
        hint = say("copy the 18 characters from the business licence")
        if likely != code and not malformed(likely):
            hint = say("{hint}; is it {likely}?", hint=hint, likely=likely)
        yield Problem(
            code="LP166",
            severity=Severity.OPEN,
            message=say("{code} is no unified social credit code: {reason}", code=quoted(code), reason=reason),
            hint=hint,
            path=path,
        )
        return
    look = say("compare it with the licence and look it up in the public register (gsxt.gov.cn)")
    if code[17] != check_character(code):
        message = say(
            "the check character of {code} would be {character}; a few genuine codes differ too",
            code=code,
            character=check_character(code),
        )
        yield Problem(code="LP167", severity=Severity.NOTE, message=message, hint=look, path=path)
    if code.startswith("92"):
        message = say("{code} is the code of a sole trader: one person, not a company, is the seller", code=code)
        yield Problem(code="LP167", severity=Severity.NOTE, message=message, hint=look, path=path)


def _beneficiary(seller: Table, payment: Table) -> Iterator[Problem]:
    """LP168: money that goes to somebody else than the seller; on a platform order, that does not go to the platform's account."""
    route, named = payment.get("route"), payment.get("beneficiary")
    if not named or route is None:
        return
    names = [_plain(name) for name in (seller.get("name_zh"), seller.get("name_en")) if name]
    is_seller = any(name in _plain(named) for name in names)
    path = ("payment", "beneficiary")
    if route == "trade_assurance" and is_seller:
        yield Problem(
            code="LP168",
            severity=Severity.NOTE,
            message=say(
                "the beneficiary of a Trade Assurance order is the account that its order page shows, not the seller's own"
            ),
            hint=say("pay to no other account: what is paid elsewhere is not covered"),
            path=path,
        )
    if route in ("bank_transfer", "letter_of_credit") and names and not is_seller:
        explained = payment.get("beneficiary_reason")
        yield Problem(
            code="LP168",
            severity=Severity.NOTE if explained else Severity.OPEN,
            message=say("the beneficiary {named} is not the seller", named=quoted(named)),
            hint=say("pay to an account in the seller's registered name")
            if explained
            else say(
                "pay to an account in the seller's registered name, or write payment.beneficiary_reason, which the contract prints"
            ),
            path=path,
        )


def _production_site(seller: Table) -> Iterator[Problem]:
    """LP169: a trading company that names its own address as the factory, or a seller without assets on the mainland."""
    site, address = seller.get("production_site"), seller.get("address")
    if seller.get("trade") == "trader" and site is not None and site == address:
        yield Problem(
            code="LP169",
            severity=Severity.OPEN,
            message=say("a trading company has no factory, and the production site is its own address"),
            hint=say("write name and address of the factory: the inspector goes there"),
            path=("seller", "production_site"),
        )
    if seller.get("seat") in ("hong_kong", "taiwan") and seller.get("trade") == "trader":
        yield Problem(
            code="LP169",
            severity=Severity.NOTE,
            message=say("the seller trades from outside the mainland: a judgement there reaches only what it owns"),
            hint=say("let the factory sign as well, or contract with the factory"),
            path=("seller", "seat"),
        )


def _plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())
