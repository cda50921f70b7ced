"""Collects the changes while two orders are walked through side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lotproof.changes.model import GOOD_FOR, Change, Direction, Good, Kind, Texts
from lotproof.changes.rules import Rules, shipped_rules
from lotproof.changes.saying import Voice
from lotproof.orders.digests import canonical_text, encode


class Ledger:
    """
    What has been found so far.

    Attributes:
        rank: gravity of what is looked at, 0 the gravest; orders changes of one kind.
        followers: places that a change of a lot's plans speaks for, by lot.
        titles: printed titles of terms, for those that the catalogue does not have.
        touched: ids of terms of which something was found to differ.
    """

    def __init__(self, voice: Voice, titles: Mapping[str, Texts] | None = None, rules: Rules | None = None) -> None:
        self.voice = voice
        self.titles = titles or {}
        self.rules = rules or shipped_rules()
        self.entries: list[tuple[int, Change]] = []
        self.rank = 9
        self.followers: dict[str, list[str]] = {}
        self.touched: set[str] = set()

    @property
    def changes(self) -> list[Change]:
        """The changes in the order in which they were found."""
        return [change for _, change in self.entries]

    def add(
        self,
        kind: Kind,
        where: str,
        title: Texts,
        words: Iterable[Texts],
        covers: Iterable[str],
        direction: Direction = Direction.UNKNOWN,
        *,
        good: Good | None = None,
        raw: tuple[Any, Any] = (None, None),
    ) -> None:
        """
        Note a change.

        Args:
            words: old and new, in words.
            good: where it does not follow from the direction.
            raw: old and new data, shown as they are where the words of both happen to be the same.
        """
        was, becomes = words
        if was == becomes:
            was, becomes = (self._bare(said, data) for said, data in zip((was, becomes), raw, strict=True))
        change = Change(
            kind=kind,
            where=where,
            title=title,
            was=was,
            becomes=becomes,
            direction=direction,
            good=good or GOOD_FOR[direction],
            covers=tuple(sorted(set(covers))),
        )
        self.entries.append((self.rank, change))

    def _bare(self, said: Texts, data: Any) -> Texts:
        shown = canonical_text(encode(data))
        return {code: f"{said.get(code, '')} {shown}".strip() for code in self.voice.languages}
