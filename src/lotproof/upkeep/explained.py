"""What `house explain` says: values."""

from __future__ import annotations

from collections.abc import Mapping

from lotproof.frozen import Frozen
from lotproof.templates import Templates
from lotproof.templates.folders import HouseFolder
from lotproof.wording.conditions import Conditions


class Words(Frozen, kw_only=True):
    """
    The houses that an order may have been printed from.

    Attributes:
        houses: the one that ships first.
        templates: of each, in the same order; the last are those of the order.
    """

    houses: tuple[HouseFolder, ...]
    templates: tuple[Templates, ...]


class Sentence(Frozen, kw_only=True):
    """
    A printed paragraph.

    Attributes:
        number: as printed; empty in an exhibit.
        text: per language.
        place: of the paragraph in its file, from 1; 0 where the house at hand gives no such words.
        where: file and line; empty like ``place``.
        when: under which answers it is printed.
        tests: conditions inside the sentence, each with what it came to.
        answers: name of each answer that it prints, with the words per language.
    """

    number: str
    text: Mapping[str, str]
    place: int
    where: str
    when: Conditions
    tests: tuple[tuple[str, bool], ...]
    answers: tuple[tuple[str, Mapping[str, str]], ...]


class Replaced(Frozen, kw_only=True):
    """The words of a house beneath that are printed no more: its id and version, the file, and each paragraph per language."""

    house: str
    version: str
    file: str
    paragraphs: tuple[Mapping[str, str], ...]


class Explained(Frozen, kw_only=True):
    """
    A provision or an exhibit of an order, and where its words came from.

    Attributes:
        house, version, file: empty where neither the order nor a house at hand says.
        moved: the house at hand has another version than the order was printed from.
        when: under which answers the provision is there at all.
        replaced: the words that it took the place of, where the houses are at hand.
    """

    id: str
    number: str
    heading: Mapping[str, str]
    reference: str
    house: str
    version: str
    file: str
    moved: bool
    when: Conditions
    sentences: tuple[Sentence, ...]
    replaced: Replaced | None


class Term(Frozen, kw_only=True):
    """
    A term of the specification: the clause of the catalogue with its revision, and what is printed.

    Attributes:
        file: of a house at hand that has worded the clause; empty for one of the catalogue that ships.
    """

    id: str
    number: str
    clause: str
    revision: int
    file: str
    text: Mapping[str, str]
