"""Who confirmed which clause: stamps in ``spec_catalog/reviews.toml``, each with the fingerprint of the text that was confirmed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from lotproof.catalog.checking.places import tables
from lotproof.catalog.checking.subjects import LANGUAGES
from lotproof.catalog.source import Source
from lotproof.frozen import Frozen


class State(Frozen, kw_only=True):
    """
    What is still to be done about a clause.

    Attributes:
        missing: languages in which one of its texts is not there.
        unverified: it has a mark ``M?``.
        reviewed: ``by`` and ``on`` of the stamp for the text as it stands now; empty where there is none.
        stale: it was confirmed once, and edited since.
    """

    clause: str
    missing: tuple[str, ...]
    unverified: bool
    reviewed: str
    stale: bool


def fingerprint(clause: Mapping[str, Any]) -> str:
    """Return the fingerprint of a clause: SHA-256 over everything in its file, the first 16 hex digits."""
    text = json.dumps(clause, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def states(source: Source, languages: tuple[str, ...] = LANGUAGES) -> Iterator[State]:
    """Yield the state of every clause, in the order of their ids."""
    stamps: dict[str, list[Mapping[str, Any]]] = {}
    for row in source.reviews.data.get("review", ()) if source.reviews else ():
        stamps.setdefault(str(row.get("clause")), []).append(row)
    for _, file in sorted(source.clauses, key=lambda pair: str(pair[1].data.get("id"))):
        data = file.data
        mine = stamps.get(str(data.get("id")), [])
        now = [row for row in mine if row.get("fingerprint") == fingerprint(data)]
        yield State(
            clause=str(data.get("id")),
            missing=tuple(
                language
                for language in languages
                if not all(language in texts for path, texts in tables(data) if path[:1] != ("example",))
            ),
            unverified="M?" in data.get("confidence", {}).values(),
            reviewed=f"{now[-1]['by']}, {now[-1]['on']}" if now else "",
            stale=bool(mine) and not now,
        )
