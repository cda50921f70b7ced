"""Templates: the provisions, exhibits and labels of a house, loaded as values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from lotproof.frozen import Frozen
from lotproof.shipped import compiled, kept, key_of, shipped
from lotproof.wording.conditions import Conditions, read_conditions
from lotproof.wording.sentences import Program

PROFILES = ("short", "full", "master")
"""How much of a contract is printed: what decides a dispute, everything, or a frame with call-off orders."""

FULL = "full"
"""The profile that is printed where none is asked for."""

TABLES = ("parties", "goods", "prices", "plan", "drawings", "standards")
"""Tables of the order that a provision or an exhibit may carry under its paragraphs."""


class Paragraph(Frozen):
    """Compiled sentences per language, printed where ``when`` holds, in contracts of these profiles."""

    when: Conditions
    profiles: tuple[str, ...]
    sentences: Mapping[str, Program]


class Slot(Frozen):
    """A line that people complete by hand after the contract is made: no part of what is agreed, and of no digest."""

    key: str
    kind: str
    label: Mapping[str, str]
    when: Conditions


class Provision(Frozen, kw_only=True):
    """
    A legal section of the contract, or an exhibit of it.

    Attributes:
        id: ``contract.inspection``, ``exhibit.drawings``.
        house: id of the house that has written it.
        file: that it stands in, from the folder of that house on.
        reference: place in the list of provisions (``K17 K18``).
        source: where the rule comes from; the wording is the house's own.
        when: printed only where these hold.
        profiles: the contracts that print it.
        heading: per language.
        tables: of :data:`TABLES`, under the paragraphs.
        slots: a form under the tables.
        reviewed: who confirmed the wording as it stands, and when, by language.
    """

    id: str
    house: str
    file: str
    reference: str
    source: str
    when: Conditions
    profiles: tuple[str, ...]
    heading: Mapping[str, str]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[str, ...]
    slots: tuple[Slot, ...]
    reviewed: Mapping[str, str]


class Left(Frozen, kw_only=True):
    """
    A provision or an exhibit that a house leaves out.

    Attributes:
        core: every contract prints it otherwise.
        reason: why, per language.
    """

    id: str
    house: str
    core: bool
    reason: Mapping[str, str]


class Templates(Frozen, kw_only=True):
    """
    Everything a house prints.

    Attributes:
        houses: id and version of each house that it stands on, the one that ships first, and its own last.
        removed: what one of them leaves out.
        provisions, exhibits: in the order of the contract.
        labels: by language, then key.
        wording: by language, the fingerprint of all its provisions and exhibits in it: what somebody confirms who confirms it.
    """

    id: str
    version: str
    fingerprint: str
    houses: tuple[tuple[str, str], ...]
    removed: tuple[Left, ...]
    provisions: tuple[Provision, ...]
    exhibits: tuple[Provision, ...]
    labels: Mapping[str, Mapping[str, str]]
    wording: Mapping[str, str]

    @property
    def stacked(self) -> tuple[tuple[str, str], ...]:
        """The houses that it stands on, where there is more than the one that ships."""
        return self.houses if len(self.houses) > 1 else ()

    @property
    def worded(self) -> tuple[tuple[str, str, str], ...]:
        """Id, house and file of every provision and exhibit that is not in the words of the house that ships."""
        ships = self.houses[0][0]
        return tuple((p.id, p.house, p.file) for p in (*self.provisions, *self.exhibits) if p.house != ships)


def house_folder(house: str) -> Path:
    """Return the folder of a house that ships with the program."""
    return shipped("templates") / house


def shipped_houses() -> list[str]:
    """Return the ids of the houses that ship with the program."""
    return sorted(path.parent.name for path in shipped("templates").glob("*/house.toml"))


@lru_cache(maxsize=4)
def load_templates(house: str) -> Templates:
    """
    Load a shipped house; ``house`` is one of :func:`shipped_houses`.

    Raises:
        Refused: a file that is not TOML, or a sentence outside the allowlist (LP203).
    """
    return _templates(compiled(f"house-{house}", lambda: _compile(house_folder(house)), house_folder(house)))


def load_folder(path: Path) -> Templates:
    """
    Load a house from its folder, on top of everything that it stands on.

    Raises:
        Refused: with everything that is wrong with it: LP101, LP203, LP900 to LP904.
    """
    from lotproof.templates.folders import stack

    stacked = [house.path for house in stack(path)]
    return _loaded(path, key_of(*stacked))


@lru_cache(maxsize=4)
def _loaded(path: Path, key: str) -> Templates:
    """Load a house once for all orders of a batch, as long as its files are the same."""
    return _templates(kept(f"house-{path.resolve().name}-{key}", lambda: _compile(path)))


def _templates(data: Mapping[str, Any]) -> Templates:
    return Templates(
        id=data["id"],
        version=data["version"],
        fingerprint=data["fingerprint"],
        houses=tuple((id_, version) for id_, version in data["houses"]),
        removed=tuple(Left(**left) for left in data["removed"]),
        provisions=tuple(map(_provision, data["contract"])),
        exhibits=tuple(map(_provision, data["exhibits"])),
        labels=data["labels"],
        wording=data["wording"],
    )


def _compile(folder: Path) -> dict[str, Any]:
    from lotproof.templates.compiling import compile_house
    from lotproof.templates.folders import stack

    return compile_house(stack(folder))


def _provision(data: Mapping[str, Any]) -> Provision:
    return Provision(
        id=data["id"],
        house=data["house"],
        file=data["file"],
        reference=data["reference"],
        source=data["source"],
        when=read_conditions(data["when"]),
        profiles=tuple(data["profiles"]),
        heading=data["heading"],
        paragraphs=tuple(
            Paragraph(read_conditions(p["when"]), tuple(p["profiles"]), p["sentences"]) for p in data["paragraphs"]
        ),
        tables=tuple(data["tables"]),
        slots=tuple(Slot(s["key"], s["kind"], s["label"], read_conditions(s["when"])) for s in data["slots"]),
        reviewed=data["reviewed"],
    )
