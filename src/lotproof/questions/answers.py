"""Answers as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lotproof.catalog.model import Clause
from lotproof.frozen import frozen
from lotproof.questions.classing import Moved
from lotproof.sources import KeyPath, line_of, show_path

Table = Mapping[str, Any]
"""Answers by key; a key that is not there, or None, was left blank."""


@frozen(kw_only=True)
class Answers:
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

    def get(self, dotted: str) -> Any:
        """Return the answer ``group.key``, or None."""
        group, _, key = dotted.partition(".")
        return self.groups.get(group, {}).get(key)

    def where(self, path: KeyPath) -> str:
        """Return file, line and key of a value, for findings."""
        return f"{self.name}:{line_of(self.text, path)}: {show_path(path)}"
