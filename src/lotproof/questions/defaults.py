"""
What a house answers where nobody else does: ``[defaults]`` and ``languages`` of its ``house.toml``::

    languages = "en-zh"

    [defaults]
    profile = "short"
    buyer = "nordkauf"                     # a card of parties/
    "delivery.incoterm" = "FCA"
    payment = { route = "bank_transfer" }  # the same, as a table
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lotproof.catalog.model import Category, Question
from lotproof.findings import Finding, did_you_mean, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.questions.cards import Card, picked
from lotproof.questions.parties import PARTIES
from lotproof.questions.paths import Path, place_of, written
from lotproof.questions.problems import Problem, blank
from lotproof.questions.values import read_value
from lotproof.sources import line_of, show_path
from lotproof.templates import FULL, PROFILES
from lotproof.templates.folders import HouseFolder

PROFILE = "profile"


class Default(Frozen, kw_only=True):
    """
    One answer of a house.

    Attributes:
        path: ``("delivery", "incoterm")``; of a party the group alone; of the profile ``("profile",)``.
        house: id of the house that gives it.
        where: file and line.
    """

    path: Path
    value: Any
    house: str
    where: str


def defaults_of(houses: Sequence[HouseFolder]) -> tuple[Default, ...]:
    """Return the defaults of houses that stand on each other; what a house says stands in the place of what those beneath it say."""
    found: dict[Path, Default] = {}
    for house in houses:
        if not house.defaults:
            continue
        text = (house.path / "house.toml").read_text(encoding="utf-8-sig")
        name = f"{house.path.name}/house.toml"
        for path, keys, value in _flat(house.defaults):
            where = f"{name}:{line_of(text, keys)}"
            found[path] = Default(path=path, value=value, house=house.id, where=where)
    return tuple(found.values())


def profile_of(houses: Sequence[HouseFolder]) -> str:
    """Return the printing of a contract that houses prefer; the full one where they say nothing."""
    given = next((one.value for one in defaults_of(houses) if one.path == (PROFILE,)), FULL)
    return given if given in PROFILES else FULL


def check_defaults(defaults: Sequence[Default], cards: Mapping[str, Card], category: Category) -> Iterator[Finding]:
    """Yield what is wrong with defaults: LP948 for a name that is no answer, LP946 for a party, else the code of the answer."""
    known = [
        f"{group.id}.{question.key}"
        for group in category.groups
        if not group.repeat
        for question in group.questions
        if question.key != "salt"
    ]
    known += [PROFILE, *PARTIES]
    for one in defaults:
        where = f"{one.where}: defaults.{show_path(one.path)}"

        def fault(message: Message, hint: Message, where: str = where) -> Finding:
            return Finding(where=where, code="LP948", message=message, hint=hint)

        if one.path == (PROFILE,):
            if one.value not in PROFILES:
                message = say("{given} is no profile", given=quoted(one.value))
                yield fault(message, say("one of: {known}", known=PROFILES))
            continue
        if len(one.path) == 1 and one.path[0] in PARTIES and isinstance(one.value, str):
            card = picked(one.value, cards, str(one.path[0]))
            if isinstance(card, Problem):
                yield Finding(where=where, code=card.code, message=card.message, hint=card.hint)
            continue
        question = asked(one.path, category)
        if question is None:
            message = say("{name} is no answer that a house can give", name=quoted(written(one.path)))
            yield fault(message, did_you_mean(written(one.path), known))
            continue
        problems: list[Problem] = []
        if blank(one.value, question.type):
            yield fault(say("a default that says nothing"), say("take it out, or write an answer"))
            continue
        read_value(question, one.value, category.units, problems.append)
        for problem in problems:
            yield Finding(
                where=where, code=problem.code, severity=problem.severity, message=problem.message, hint=problem.hint
            )


def asked(path: Path, category: Category) -> Question | None:
    """Return the question that a default answers; goods, requirements and the salt are asked for each order."""
    if len(path) != 2 or path[0] in ("terms", "goods") or path == ("order", "salt"):
        return None
    place = place_of(path, category)
    return place.question if place is not None and not place.language else None


def _flat(defaults: Mapping[str, Any]) -> Iterator[tuple[Path, Path, Any]]:
    """Yield path, keys in the file and value of each default."""
    for key, value in defaults.items():
        if key == LANGUAGES_KEY:
            continue
        if isinstance(value, Mapping):
            yield from (((key, inner), ("defaults", key, inner), one) for inner, one in value.items())
        else:
            yield tuple(key.split(".", 1)), ("defaults", key), value
    if LANGUAGES_KEY in defaults:
        given = defaults[LANGUAGES_KEY]
        joined = "-".join(given) if isinstance(given, list) and all(isinstance(one, str) for one in given) else given
        yield ("order", "languages"), (LANGUAGES_KEY,), joined


LANGUAGES_KEY = "languages"
"""Stands at the top of a ``house.toml``; :class:`HouseFolder` keeps it among the defaults."""
