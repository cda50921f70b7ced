"""Conditions on answers, as data: which question is asked, which paragraph is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from lotproof.messages import Message, say
from lotproof.wording.sentences import UnknownName

Conditions: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Names of answers or facts, each with the values that fit; all have to hold, and none at all always holds."""


def read_conditions(data: Mapping[str, Sequence[Any]] | None) -> Conditions:
    """Build conditions: the name of each answer and the values that make it true; flags as ``true`` and ``false``."""
    return tuple((name, tuple(map(said, values))) for name, values in (data or {}).items())


def said(value: Any) -> str:
    """Return how a condition names a value."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def words_of(conditions: Conditions) -> Message:
    """Say what has to be answered: ``payment.route = trade_assurance or escrow``."""
    each = [say("{name} = {values: or }", name=name, values=values) for name, values in conditions]
    return say("{conditions: and }", conditions=each)


def holds(conditions: Conditions, facts: Mapping[str, Any]) -> bool:
    """
    Say whether all conditions are true.

    Args:
        facts: by name; those of a group by the group's id, then key.

    Raises:
        UnknownName: a condition names no fact.
    """
    return all(said(_fact(name, facts)) in values for name, values in conditions)


def _fact(name: str, facts: Mapping[str, Any]) -> Any:
    value: Any = facts
    for part in name.split("."):
        if not isinstance(value, Mapping) or part not in value:
            raise UnknownName(name)
        value = value[part]
    return value
