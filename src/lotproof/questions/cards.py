"""
Cards: buyers, suppliers, agents and end clients that a house keeps once, a file each, in ``parties/``::

    # parties/nordkauf.toml
    role = "buyer"
    name = { en = "Nordkauf GmbH", zh = "诺德卡夫有限公司" }
    registration = "HRB 123456, Amtsgericht Hamburg"
    address = { en = "Speicherstrasse 4, 20457 Hamburg, Germany", zh = "..." }
    contact = "J. Petersen, sourcing@nordkauf.example"

The keys are those of the answers. A card is named by its file, or by a registered name of it.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from lotproof.catalog.model import Category
from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.questions.checks import between_languages
from lotproof.questions.problems import Problem, blank
from lotproof.questions.values import read_value
from lotproof.sources import line_of, parse_toml, show_path
from lotproof.templates.folders import MOST_FAULTS, HouseFolder, files

FOLDER = "parties"

_BUYER = ("name", "registration", "address", "contact")
_SELLER = (
    "seat",
    "trade",
    "name_zh",
    "name_en",
    "registration",
    "address",
    "representative",
    "contact",
    "production_site",
)
BANK = ("beneficiary", "bank_account")
"""The keys of a supplier that answer questions of ``payment``."""

ROLES: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "buyer": ("buyer", _BUYER),
        "agent": ("buyer", (*_BUYER, "principal")),
        "supplier": ("seller", (*_SELLER, *BANK)),
        "end_client": ("payment", _BUYER),
    }
)
"""The roles of a card: the group that it answers, and its keys."""

_NAMES = ("name", "name_zh", "name_en")
_STEM = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}", re.ASCII)
_EXAMPLE = say('write role = "buyer", "agent", "supplier" or "end_client"')


class Card(Frozen, kw_only=True):
    """
    One party.

    Attributes:
        id: the name of its file without the ending.
        said: its answers, as TOML holds them.
        file, text: for places.
    """

    id: str
    role: str
    said: Mapping[str, Any]
    file: str
    text: str

    def where(self, *path: str) -> str:
        """Return file and line of a key."""
        return f"{self.file}:{line_of(self.text, path)}"

    @property
    def names(self) -> tuple[str, ...]:
        """The registered names, in every language that has one."""
        given = (self.said.get(key) for key in _NAMES)
        texts = (text for one in given for text in (one.values() if isinstance(one, Mapping) else (one,)))
        return tuple(dict.fromkeys(text for text in texts if isinstance(text, str) and text))


def read_cards(houses: Sequence[HouseFolder]) -> tuple[dict[str, Card], tuple[Finding, ...]]:
    """
    Return the cards of houses that stand on each other, by id, and what is wrong with them (LP101, LP902, LP947).

    A card of a house stands in the place of one of the same id beneath it.
    """
    cards: dict[str, Card] = {}
    findings: list[Finding] = []
    for house in houses:
        try:
            places = list(files(house, FOLDER))
        except Refused as refused:
            findings += refused.findings
            continue
        for path in places:
            name = f"{house.path.name}/{FOLDER}/{path.name}"
            try:
                data, text = parse_toml(path.read_bytes(), name)
            except Refused as refused:
                findings += refused.findings
                continue
            role = data.get("role")
            said = {key: value for key, value in data.items() if key != "role"}
            card = Card(id=path.stem, role=role if isinstance(role, str) else "", said=said, file=name, text=text)
            wrong = list(itertools.islice(_faults(card), MOST_FAULTS))
            findings += wrong
            if not wrong:
                cards[card.id] = card
    return dict(sorted(cards.items())), tuple(findings)


def digest_of_cards(houses: Sequence[HouseFolder]) -> str:
    """Return the SHA-256 (hex) over the cards of houses: what an order depends on that names one."""
    cards, _ = read_cards(houses)
    digest = hashlib.sha256()
    for card in cards.values():
        digest.update(f"{card.file}\0{len(card.text)}\0{card.text}".encode())
    return digest.hexdigest()


def _faults(card: Card) -> Iterator[Finding]:
    """LP947: what is wrong with the shape of a card."""

    def fault(key: str, message: Message, hint: Message) -> Finding:
        where = f"{card.where(key)}: {show_path((key,))}"
        return Finding(where=where, code="LP947", message=message, hint=hint)

    if not _STEM.fullmatch(card.id):
        hint = say("call the file by a short name in small letters, digits and hyphens, such as nordkauf.toml")
        yield Finding(
            where=card.file, code="LP947", message=say("{name} is no name for a card", name=quoted(card.id)), hint=hint
        )
    if card.role not in ROLES:
        yield fault("role", say("the card has no role that there is"), _EXAMPLE)
        return
    _, keys = ROLES[card.role]
    for key in card.said:
        if key not in keys:
            yield fault(key, say("unknown key {key}", key=quoted(key)), did_you_mean(key, keys))
    if not card.names:
        hint = say("write the name as the register has it")
        yield fault("name", say("the card has no registered name"), hint)


def check_cards(cards: Iterable[Card], category: Category) -> Iterator[Finding]:
    """Yield what is wrong with the answers on cards, each by the code of the answer, at file and line of the card."""
    groups = {group.id: {question.key: question for question in group.questions} for group in category.groups}
    for card in cards:
        group, _ = ROLES[card.role]
        for key, raw in card.said.items():
            of = "payment" if key in BANK else "buyer" if group == "payment" else group
            question = groups[of].get(key)
            if question is None or blank(raw, question.type):
                continue
            problems: list[Problem] = []
            read_value(question, raw, category.units, problems.append)
            problems += (one for one in between_languages(raw, (), ()) if one.code == "LP125")
            for one in problems:
                where = f"{card.where(key)}: {show_path((key, *one.path))}"
                yield Finding(where=where, code=one.code, severity=one.severity, message=one.message, hint=one.hint)


def picked(name: str, cards: Mapping[str, Card], group: str) -> Card | Problem:
    """
    Return the card that a name means: its id, or a registered name of it, in any spelling of case and spaces.

    Returns:
        the card; or LP946: there is none, several, or it is of another role.
    """
    found = (
        [cards[name]] if name in cards else [card for card in cards.values() if _plain(name) in map(_plain, card.names)]
    )
    fitting = [card for card in found if ROLES[card.role][0] == group]
    known = {card.id for card in cards.values() if ROLES[card.role][0] == group}
    if len(fitting) == 1:
        return fitting[0]
    if len(fitting) > 1:
        message = say("{name} is on several cards", name=quoted(name))
        return Problem(code="LP946", message=message, hint=say("one of: {known}", known=[c.id for c in fitting]))
    if found:
        message = say("{name} is the card of {role}, which does not stand here", name=quoted(name), role=found[0].role)
        return Problem(code="LP946", message=message, hint=did_you_mean(name, known))
    if not known:
        hint = say("put a card into {folder}/ of the house, or write the answers themselves", folder=FOLDER)
        return Problem(code="LP946", message=say("the house has no card for {name}", name=quoted(name)), hint=hint)
    names = [text for card in cards.values() if card.id in known for text in card.names]
    return Problem(
        code="LP946",
        message=say("the house has no card for {name}", name=quoted(name)),
        hint=did_you_mean(name, (*known, *names)),
    )


def answers_of(card: Card) -> dict[str, Any]:
    """Return what a card answers of the questions of its group."""
    group, _ = ROLES[card.role]
    answers = {key: value for key, value in card.said.items() if key not in BANK}
    return {"role": "agent" if card.role == "agent" else "principal", **answers} if group == "buyer" else answers


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
