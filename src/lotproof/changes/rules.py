"""What a change of an answer means, read from ``spec_catalog/rules/changes.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from lotproof.changes.model import Kind
from lotproof.frozen import Frozen
from lotproof.shipped import shipped
from lotproof.sources import parse_toml


class Sense(Frozen, kw_only=True):
    """
    What a change of one answer does; the head of the file says what each key means.

    Attributes:
        more: ``tightens``, ``loosens``, ``buyer``, ``seller``, or empty where two values cannot be compared.
        ranks: the choices, from less to more.
        plain: a fact that is good for nobody.
    """

    kind: Kind
    more: str
    ranks: tuple[str, ...]
    plain: bool


class Rules(Frozen):
    """Senses of answers by ``group.key``; what an optional group does by being there: ``tightens``, ``plain`` or nothing."""

    answers: Mapping[str, Sense]
    groups: Mapping[str, str]


@cache
def shipped_rules() -> Rules:
    """Return the rules that ship with the program."""
    data, _ = parse_toml((shipped("spec_catalog") / "rules" / "changes.toml").read_bytes(), "changes.toml")
    return Rules(
        {
            name: Sense(
                kind=Kind(row["kind"]),
                more=row.get("more", ""),
                ranks=tuple(row.get("ranks", ())),
                plain=row.get("plain", False),
            )
            for name, row in data["answer"].items()
        },
        data["group"],
    )
