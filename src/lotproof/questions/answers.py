"""Answers as values."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from lotproof.catalog.model import Clause
from lotproof.frozen import Frozen
from lotproof.questions.classing import Moved
from lotproof.questions.origins import FILE, Origin
from lotproof.questions.paths import Path
from lotproof.questions.source import where
from lotproof.sources import KeyPath

Table = Mapping[str, Any]
"""Answers by key; a key that is not there, or None, was left blank."""


class Answers(Frozen, kw_only=True):
    """
    What was answered, checked and typed.

    Attributes:
        name: the file's name, for findings.
        category: id of the category.
        house: id of the house.
        groups: answers of each group that does not repeat.
        goods: answers of each item; its own terms stand under ``terms``.
        terms: for all goods: answers by clause id, then key.
        own: the clauses of the buyer's own requirements; their answers stand among the terms.
        confirmed: clause ids that the buyer has confirmed for use though the catalogue marks them as unverified.
        moved: defects in another class than the catalogue's.
        digest: SHA-256 of the file.
        text: the file, in which the lines of findings are counted.
        places: where answers stand that are on no line of the file.
        origins: where answers came from, by path; the others came from the file.
    """

    name: str
    category: str
    house: str
    groups: Mapping[str, Table]
    goods: tuple[Table, ...]
    terms: Mapping[str, Table]
    own: tuple[Clause, ...]
    confirmed: frozenset[str]
    moved: tuple[Moved, ...]
    digest: str
    text: str = ""
    places: Mapping[Path, str] = MappingProxyType({})
    origins: Mapping[Path, Origin] = MappingProxyType({})

    def get(self, dotted: str) -> Any:
        """Return the answer ``group.key``, or None."""
        group, _, key = dotted.partition(".")
        return self.groups.get(group, {}).get(key)

    def where(self, path: KeyPath) -> str:
        """Return file, line and key of a value, for findings."""
        return where(self.name, self.text, self.places, path)

    def origin(self, path: Path) -> Origin:
        """Return where an answer came from."""
        return self.origins.get(path, FILE)
