"""Where two pieces of agreed data differ: every leaf by its place, so that no change can stay unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lotproof.orders.digests import encode

_KEYS = ("id", "item", "lot", "key", "name", "defect_class")
"""What tells the rows of a list apart, the first that all of them have."""

ORDER = "~#"
"""The place of the order in which the rows of a list stand."""


def differences(old: Any, new: Any, place: str = "") -> Iterator[str]:
    """
    Yield the place of every leaf that differs, is gone or is new.

    Args:
        old, new: JSON without floats.
        place: of both; places are joined by ``/``, and rows of a list are named by their key (``spec/terms/all.function/minutes``).
    """
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in dict.fromkeys((*old, *new)):
            yield from _each(old, new, name, below(place, name))
        return
    before, after = keyed(old), keyed(new)
    if before is not None and after is not None:
        for name in dict.fromkeys((*before, *after)):
            yield from _each(before, after, name, below(place, name))
        if reordered(before, after):
            yield below(place, ORDER)
        return
    yield place


def _each(old: Mapping[str, Any], new: Mapping[str, Any], name: str, place: str) -> Iterator[str]:
    if name in old and name in new:
        yield from differences(old[name], new[name], place)
    else:
        yield from _leaves(old[name] if name in old else new[name], place)


def _leaves(data: Any, place: str) -> Iterator[str]:
    rows = data if isinstance(data, Mapping) else keyed(data)
    if rows:
        for name, value in rows.items():
            yield from _leaves(value, below(place, name))
    else:
        yield place


def below(place: str, name: str) -> str:
    """Return the place of something inside another; a key may hold any character but the one that joins them."""
    shown = name if name == ORDER else str(name).replace("~", "~0").replace("/", "~1")
    return f"{place}/{shown}" if place else shown


def differ(old: Any, new: Any) -> bool:
    """Say whether two values are written otherwise: ``4.0`` and ``4.00`` are one number and two agreements about its digits."""
    return bool(encode(old) != encode(new))


def keyed(data: Any) -> dict[str, Any] | None:
    """Return the rows of a list by their key; None where it is no list of rows that can be told apart."""
    if not isinstance(data, list | tuple) or not all(isinstance(row, Mapping) for row in data):
        return None
    if not data:
        return {}
    for key in _KEYS:
        if all(isinstance(row.get(key), str) for row in data):
            rows = {row[key]: row for row in data}
            return rows if len(rows) == len(data) else None
    return None


def reordered(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Say whether the rows that both have stand in another order."""
    return [name for name in old if name in new] != [name for name in new if name in old]


def uncovered(places: Iterator[str], covers: Sequence[str]) -> list[str]:
    """Return the places that lie in none of ``covers``."""
    known = set(covers)

    def is_covered(place: str) -> bool:
        parts = place.split("/")
        return any("/".join(parts[:end]) in known for end in range(1, len(parts) + 1))

    return [place for place in places if not is_covered(place)]
