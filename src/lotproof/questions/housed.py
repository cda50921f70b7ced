"""
Answers beside what a house knows already: the cards of its parties, and its defaults.

An answer that was given stands. What is left open comes from the card of the party that the answers name, then from the defaults of the house;
each keeps its own place and its own origin.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lotproof.catalog.model import Category
from lotproof.findings import Finding, Refused, Severity
from lotproof.frozen import replace
from lotproof.messages import Message, say
from lotproof.questions.cards import BANK, ROLES, Card, answers_of, picked, read_cards
from lotproof.questions.defaults import Default, asked, defaults_of
from lotproof.questions.facts import Facts
from lotproof.questions.given import toml_value
from lotproof.questions.origins import Origin
from lotproof.questions.parties import PARTIES, PARTY
from lotproof.questions.paths import Path
from lotproof.questions.problems import Problem, blank
from lotproof.questions.secrecy import told
from lotproof.questions.setting import with_settings
from lotproof.questions.source import Source, where
from lotproof.questions.toml_text import toml_text
from lotproof.templates.folders import HouseFolder

OWN_ACCOUNT = ("bank_transfer", "letter_of_credit")
"""The routes of payment that end on an account of the seller."""


def with_house(
    source: Source,
    houses: Sequence[HouseFolder],
    category: Category,
    settings: Sequence[str] = (),
    places_of: Sequence[str] = (),
    salt: str = "",
) -> Source:
    """
    Return answers with what a house adds.

    Args:
        houses: the one that ships first.
        settings, places_of, salt: as for :func:`lotproof.questions.setting.with_settings`; ``buyer=nordkauf`` names a party instead of
            whoever stands in the file.

    Raises:
        Refused: a setting that cannot be read (LP181), a party that no card is for (LP946), a card that is wrong (LP947), or an end client whose
            name would reach the factory (LP949).
    """
    parties, rest, rest_places = _settled(settings, places_of)
    source = _named(source, parties)
    source = with_settings(source, rest, category, rest_places, salt)
    defaults = defaults_of(houses)
    source = _with_default_parties(source, defaults)
    source = _with_defaults(source, defaults, category)
    if not _wanted(source.data):
        return source
    cards, faults = read_cards(houses)
    return _Cards(source, cards, faults, houses).taken()


def _settled(
    settings: Sequence[str], places_of: Sequence[str]
) -> tuple[list[tuple[str, str, str, bool]], list[str], list[str]]:
    """Return the settings that name a party (group, name, place, whether it is the whole group), and the others with their places."""
    parties: list[tuple[str, str, str, bool]] = []
    rest: list[str] = []
    places: list[str] = []
    for number, setting in enumerate(settings):
        key, sign, text = setting.partition("=")
        here = places_of[number] if number < len(places_of) else "--set"
        group, _, inner = key.strip().partition(".")
        if sign and group in PARTIES and inner in ("", PARTY):
            parties.append((group, _text(text.strip()), here, not inner))
        else:
            rest.append(setting)
            places.append(here)
    return parties, rest, places


def _text(text: str) -> str:
    if text[:1] in ('"', "'"):
        try:
            return str(toml_value(text))
        except ValueError:
            return text
    return text


def _named(source: Source, parties: Sequence[tuple[str, str, str, bool]]) -> Source:
    """Return answers with ``buyer = "nordkauf"`` as ``buyer.party``, wherever it was said; a setting of a whole party replaces the one of the file."""
    data, places = dict(source.data), dict(source.places)
    for group in PARTIES:
        if isinstance(data.get(group), str):
            at = where(source.name, source.text, source.places, (group,))
            places[group, PARTY] = at.removesuffix(f": {group}")
            data[group] = {PARTY: data[group]}
    for group, name, here, whole in parties:
        table = data.get(group)
        data[group] = {**(table if isinstance(table, Mapping) and not whole else {}), PARTY: name}
        places[group, PARTY] = here
    return replace(source, data=data, places=places)


def _with_default_parties(source: Source, defaults: Sequence[Default]) -> Source:
    """Return answers with the parties of the house where the answers say nothing of theirs."""
    data, places = dict(source.data), dict(source.places)
    for one in defaults:
        group = str(one.path[0])
        if len(one.path) > 1 or group not in PARTIES or not isinstance(one.value, str):
            continue
        table = data.get(group)
        if table is None or (isinstance(table, Mapping) and all(blank(value, "words") for value in table.values())):
            data[group] = {PARTY: one.value}
            places[group, PARTY] = one.where
    return replace(source, data=data, places=places)


def _with_defaults(source: Source, defaults: Sequence[Default], category: Category) -> Source:
    """Return answers with the defaults of the house in what was left open and is asked for this order."""
    by_path: dict[Path, Default] = {one.path: one for one in defaults if len(one.path) == 2}
    if not by_path:
        return source
    data, places, origins = dict(source.data), dict(source.places), dict(source.origins)
    for group in category.groups:
        table = data.get(group.id)
        if group.repeat or (group.optional and table is None) or not (table is None or isinstance(table, Mapping)):
            continue
        for question in group.questions:
            path: Path = (group.id, question.key)
            one = by_path.get(path)
            if one is None or asked(path, category) is None:
                continue
            facts = Facts(data, category)
            given = data.get(group.id) or {}
            if blank(given.get(question.key), question.type) and facts.hold(group.when) and facts.hold(question.when):
                data[group.id] = {**given, question.key: one.value}
                places[path] = one.where
                origins[path] = Origin("house", by=one.house)
    return replace(source, data=data, places=places, origins=origins)


def _wanted(data: Mapping[str, Any]) -> bool:
    """Say whether answers name a party, or an end client that may have a card."""
    tables = [data.get(group) for group in (*PARTIES, "payment")]
    named = [table.get(PARTY) for table in tables[:-1] if isinstance(table, Mapping)]
    client = tables[-1].get("end_client") if isinstance(tables[-1], Mapping) else None
    return any(isinstance(one, str) and one for one in (*named, client))


class _Cards:
    """Puts cards into answers."""

    def __init__(
        self, source: Source, cards: Mapping[str, Card], faults: Sequence[Finding], houses: Sequence[HouseFolder]
    ) -> None:
        self.source, self.cards, self.faults, self.houses = source, cards, faults, houses
        self.data, self.places, self.origins = dict(source.data), dict(source.places), dict(source.origins)
        self.findings: list[Finding] = []

    def taken(self) -> Source:
        """Return the answers with their cards."""
        for group in PARTIES:
            self._party(group)
        self._end_client()
        if self.findings:
            raise Refused([*self.findings, *self.faults])
        return replace(self.source, data=self.data, places=self.places, origins=self.origins)

    def _party(self, group: str) -> None:
        table = self.data.get(group)
        if not isinstance(table, Mapping) or PARTY not in table:
            return
        given = {key: value for key, value in table.items() if key != PARTY}
        name = table[PARTY]
        if isinstance(name, str) and name:
            card = self._picked(name, group, (group, PARTY))
            if card is not None:
                given = self._beside(group, given, card, answers_of(card))
                self._bank(card)
        self.data[group] = given

    def _beside(self, group: str, given: Mapping[str, Any], card: Card, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answers of a group: those that were given, a card's where nobody or only the house has answered."""
        taken = dict(given)
        for key, value in answers.items():
            path: Path = (group, key)
            origin = self.origins.get(path)
            if blank(value, "words") or not (
                blank(given.get(key), "words") or (origin is not None and origin.how == "house")
            ):
                continue
            taken[key] = value
            self.places[path] = card.where(key) if key in card.said else card.where("role")
            self.origins[path] = Origin("card", by=card.id)
        return taken

    def _bank(self, card: Card) -> None:
        """Take the account of a supplier where the buyer pays to one."""
        payment = self.data.get("payment")
        if isinstance(payment, Mapping) and payment.get("route") in OWN_ACCOUNT:
            account = {key: card.said[key] for key in BANK if key in card.said}
            self.data["payment"] = self._beside("payment", payment, card, account)

    def _end_client(self) -> None:
        """Take the name of an end client from its card; LP949: it, or another name on the card, would reach the factory."""
        payment = self.data.get("payment")
        name = payment.get("end_client") if isinstance(payment, Mapping) else None
        if not isinstance(payment, Mapping) or not isinstance(name, str) or not name:
            return
        card = picked(name, {c.id: c for c in self.cards.values() if c.role == "end_client"}, "payment")
        if isinstance(card, Problem):
            return  # somebody of whom the house keeps no card
        path: Path = ("payment", "end_client")
        self.data["payment"] = {**payment, "end_client": card.names[0]}
        self.origins[path] = Origin("card")
        for problem in told(self.data, card.names[1:]):
            self.findings.append(self._finding(problem, problem.path))
        self.findings += named_in_house(card, self.houses)

    def _picked(self, name: str, group: str, path: Path) -> Card | None:
        card = picked(name, self.cards, group)
        if isinstance(card, Card):
            return card
        self.findings.append(self._finding(card, path))
        return None

    def _finding(self, problem: Problem, path: Path) -> Finding:
        at = where(self.source.name, self.source.text, self.places, path)
        return Finding(
            where=at, code=problem.code, severity=problem.severity, message=problem.message, hint=problem.hint
        )


def client_names(name: str, houses: Sequence[HouseFolder]) -> tuple[str, ...]:
    """Return every name of the end client that is called ``name``: those on its card, where a house keeps one."""
    cards, _ = read_cards(houses)
    known = [card.names for card in cards.values() if card.role == "end_client" and name in card.names]
    return (name, *(one for names in known for one in names))


def named_in_house(card: Card, houses: Sequence[HouseFolder]) -> Iterator[Finding]:
    """LP949: a house is called after an end client, and its id stands in every document."""
    names = {_letters(name) for name in (card.id, *card.names)}
    for house in houses:
        if any(len(name) > 2 and name in _letters(house.id) for name in names):
            yield Finding(
                where=f"{house.path.name}/house.toml: id",
                code="LP949",
                severity=Severity.REFUSE,
                message=say("the id of the house names its end client, and every document prints it"),
                hint=say(
                    "call the house otherwise, such as {id}", id=f"{houses[1].id if len(houses) > 1 else 'house'}-27"
                ),
            )


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def offered(
    data: Mapping[str, Any], houses: Sequence[HouseFolder], category: Category
) -> tuple[dict[str, Any], dict[Path, Message]]:
    """
    Return answers to begin with that name the house, and what it offers at the place of each answer.

    Raises:
        Refused: a card of the house is wrong (LP947).
    """
    cards, faults = read_cards(houses)
    if faults:
        raise Refused(faults)
    notes: dict[Path, Message] = {}
    begun: dict[str, Any] = {**data, "house": houses[-1].id}
    for group in PARTIES:
        known = [f"{card.id} ({card.names[0]})" for card in cards.values() if ROLES[card.role][0] == group]
        table = begun.get(group)
        if known:
            begun[group] = {PARTY: "", **(table if isinstance(table, Mapping) else {})}
            notes[group,] = say("party names a card of the house, which answers what stays open: {known}", known=known)
    clients = [card.id for card in cards.values() if card.role == "end_client"]
    if clients:
        notes["payment", "end_client"] = say("the house keeps: {known}", known=clients)
    for one in defaults_of(houses):
        if len(one.path) == 2 and asked(one.path, category) is not None:
            notes[one.path] = say("left open, the house answers {value}", value=toml_text(one.value))
        elif one.path[0] in PARTIES:
            notes[one.path[0],] = say(
                "{notes}; left open, the house answers {value}",
                notes=notes.get((one.path[0],), ""),
                value=str(one.value),
            )
    return begun, notes
