"""What a house keeps for whoever answers: its parties to pick from, and its defaults as suggestions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lotproof.findings import Refused
from lotproof.questions.cards import ROLES, Card, answers_of, picked, read_cards
from lotproof.questions.defaults import defaults_of
from lotproof.questions.parties import PARTIES, PARTY
from lotproof.questions.problems import blank
from lotproof.questions.steps import Step
from lotproof.templates.folders import stack

Data = Mapping[str, Any]


class Kept:
    """
    The cards and defaults of a house.

    A file of answers names a card; while it is asked for, the answers of the card stand in it as if they had been typed.

    Attributes:
        house: id of the house.

    Raises:
        Refused: the house is none, or a card of it is wrong (LP900, LP947).
    """

    def __init__(self, folder: Path) -> None:
        houses = stack(folder)
        self.house = houses[-1].id
        self._cards, faults = read_cards(houses)
        if faults:
            raise Refused(faults)
        self._defaults = {one.path: one.value for one in defaults_of(houses)}
        self._put: set[str] = set()

    def offered(self, step: Step, data: Data) -> tuple[Card, ...]:
        """Return the cards to pick from before the first question of a party, once, and only while nothing is answered of it."""
        group = str(step.path[0])
        if group not in PARTIES or group in self._put or len(step.path) != 2:
            return ()
        table = data.get(group)
        if isinstance(table, Mapping) and not all(blank(value, "words") for value in table.values()):
            return ()
        self._put.add(group)
        return tuple(card for card in self._cards.values() if ROLES[card.role][0] == group)

    def named(self, name: str, step: Step) -> Card | None:
        """Return the card of a name, or None."""
        found = picked(name, self._cards, str(step.path[0]))
        return found if isinstance(found, Card) else None

    def taken(self, data: Data, step: Step, card: Card) -> Data:
        """Return answers with a card in them."""
        return {**data, str(step.path[0]): {PARTY: card.id, **answers_of(card)}}

    def answers(self, step: Step) -> tuple[Any, ...]:
        """Return what the house suggests for a question: its default, its end clients."""
        if step.id == "payment.end_client":
            return tuple(card.id for card in self._cards.values() if card.role == "end_client")
        value = self._defaults.get(step.path)
        return () if value is None else (value,)

    def unfolded(self, data: Data) -> dict[str, Any]:
        """Return the answers of a file with those of the cards that it names."""
        whole = dict(data)
        for group in PARTIES:
            table = whole.get(group)
            named = {PARTY: table} if isinstance(table, str) else table
            if isinstance(named, Mapping) and isinstance(named.get(PARTY), str):
                card = picked(named[PARTY], self._cards, group)
                if isinstance(card, Card):
                    given = {key: value for key, value in named.items() if not blank(value, "words")}
                    whole[group] = {**answers_of(card), **given}
        return whole

    def folded(self, data: Data) -> dict[str, Any]:
        """Return answers as a file keeps them: beside the name of a card, only what is not on it."""
        short = dict(data)
        for group in PARTIES:
            table = short.get(group)
            card = self._cards.get(str(table.get(PARTY))) if isinstance(table, Mapping) else None
            if isinstance(table, Mapping) and card is not None:
                said = answers_of(card)
                short[group] = {key: value for key, value in table.items() if key not in said or value != said[key]}
        return short
