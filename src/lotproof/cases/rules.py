"""What the files of a case show and what a case has to hold, read from ``spec_catalog/rules/evidence.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from lotproof.frozen import Frozen
from lotproof.shipped import shipped
from lotproof.sources import parse_toml

Texts = Mapping[str, str]


class Kind(Frozen, kw_only=True):
    """
    What a file shows.

    Attributes:
        picture: only a picture or a film shows it.
        folders: where such files belong; the first is offered.
    """

    id: str
    picture: bool
    folders: tuple[str, ...]
    title: Texts


class Needed(Frozen, kw_only=True):
    """
    Something that a case has to hold.

    Attributes:
        any_of: kinds of which one is enough.
        folder: where it has to lie; empty for anywhere.
        each: what it is needed for one by one: ``units``, ``arrival_terms``, ``laboratory_terms``, ``document_terms``; else empty.
        clock: id of the clock that says when it is due, or empty.
        minimum: without it a dispute is hard to win.
        if_defective: it is needed only where something is wrong with the goods.
    """

    id: str
    any_of: tuple[str, ...]
    folder: str
    each: str
    clock: str
    minimum: bool
    if_defective: bool
    title: Texts
    todo: Texts


class Rules(Frozen):
    """All kinds by id, and everything that is needed, in the order of the file."""

    kinds: Mapping[str, Kind]
    needed: tuple[Needed, ...]


@cache
def shipped_rules() -> Rules:
    """Return the rules that ship with the program."""
    data, _ = parse_toml((shipped("spec_catalog") / "rules" / "evidence.toml").read_bytes(), "evidence.toml")
    return Rules(
        kinds={row["id"]: _kind(row) for row in data["kind"]},
        needed=tuple(_needed(row) for row in data["item"]),
    )


def _kind(row: Mapping[str, Any]) -> Kind:
    return Kind(id=row["id"], picture=row.get("picture", False), folders=tuple(row["folders"]), title=row["title"])


def _needed(row: Mapping[str, Any]) -> Needed:
    return Needed(
        id=row["id"],
        any_of=tuple(row["any_of"]),
        folder=row["folder"],
        each=row.get("each", ""),
        clock=row["clock"],
        minimum=row["minimum"],
        if_defective=row.get("if_defective", False),
        title=row["title"],
        todo=row["todo"],
    )
