"""What a sentence of a house may name: every answer and every fact, with the values that it can have."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from lotproof.catalog.loading import load_category
from lotproof.catalog.model import Group, Question
from lotproof.frozen import Frozen
from lotproof.orders.model import PRIVATE
from lotproof.wording.conditions import Conditions

YES_NO = frozenset({"yes", "no"})

FACTS: Mapping[str, frozenset[str] | None] = MappingProxyType(
    {
        "total": None,
        "deposit": None,
        "balance": None,
        "retention": None,
        "balance_percent": None,
        "basis": frozenset({"lot", "each"}),
        "has.laboratory": YES_NO,
        "has.drawings": YES_NO,
        "has.packaging": YES_NO,
        "has.documents": YES_NO,
        "has.standards": YES_NO,
        "has.cartons": YES_NO,
        "laboratory": YES_NO,
        "items": frozenset({"one", "several"}),
    }
)
"""What follows from an order besides its answers (:mod:`lotproof.orders.freezing`), with the values that it can have; None for a number."""


class Known(Frozen, kw_only=True):
    """
    A name that a sentence may use.

    Attributes:
        values: that it can have; None where they cannot be counted.
        blank: it may also be missing.
        asked: what has to hold for it to be asked at all.
    """

    values: frozenset[str] | None
    blank: bool
    asked: Conditions


@cache
def known_names() -> Mapping[str, Known]:
    """Return every name that a sentence or a condition of a house may use; the same in all categories."""
    found = {name: Known(values=values, blank=values is None, asked=()) for name, values in FACTS.items()}
    for group in load_category("other").groups:
        if group.repeat:
            continue
        found[f"given.{group.id}"] = Known(values=YES_NO, blank=False, asked=())
        for question in group.questions:
            if group.section != "private" and question.key not in PRIVATE.get(group.id, ()):
                found[f"{group.id}.{question.key}"] = _answer(group, question)
    return found


def _answer(group: Group, question: Question) -> Known:
    there: Conditions = ((f"given.{group.id}", ("yes",)),) if group.optional else ()
    return Known(values=_values(question), blank=True, asked=(*there, *group.when, *question.when))


def _values(question: Question) -> frozenset[str] | None:
    if question.type == "choice":
        return frozenset(value for value, _ in question.choices)
    if question.type == "flag":
        return frozenset({"true", "false"})
    bounds = (question.minimum, question.maximum)
    if question.type == "integer" and None not in bounds:
        least, most = (int(bound) for bound in bounds if bound is not None)
        if most - least < 1_000:
            return frozenset(map(str, range(least, most + 1)))
    return None
