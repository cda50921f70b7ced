"""Cases that the house beneath words and a house that replaces the provision does not: an order of that case would print nothing of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lotproof.findings import Finding, Severity
from lotproof.messages import say
from lotproof.upkeep.house_checks.answers import Known
from lotproof.upkeep.house_checks.laid import Laid, Stacked
from lotproof.wording.conditions import Conditions


def lost_cases(stacked: Stacked, _known: Mapping[str, Known]) -> Iterator[Finding]:
    """LP974: values of an answer under which a replaced provision had a paragraph, and has none now."""
    for laid in stacked.own:
        before = stacked.beneath.get(laid.id)
        if before is None:
            continue
        had = _cases(paragraph.when for paragraph in before.paragraphs)
        has = _cases(paragraph.when for paragraph in laid.paragraphs)
        inside = {
            name for paragraph in laid.paragraphs for program in paragraph.programs.values() for name in _named(program)
        }
        for answer, values in had.items():
            lost = sorted(values - has.get(answer, set()))
            if lost and answer not in inside:
                example = f'when = {{ "{answer}" = ["{lost[0]}"] }}'
                yield Finding(
                    where=_place(laid),
                    code="LP974",
                    severity=Severity.NOTE,
                    message=say(
                        "{id} says nothing of its own for {answer} = {values: or }, and {house} does",
                        id=laid.id,
                        answer=answer,
                        values=lost,
                        house=before.house,
                    ),
                    hint=say("add a paragraph with {example}, where this house has such orders", example=example),
                )


def _cases(all_conditions: Iterator[Conditions]) -> dict[str, set[str]]:
    """Return by answer the values that some paragraph is for."""
    found: dict[str, set[str]] = {}
    for conditions in all_conditions:
        for answer, values in conditions:
            found.setdefault(answer, set()).update(values)
    return found


def _named(program: Any) -> Iterator[str]:
    """Yield the whole name of each answer that a compiled sentence prints or asks."""
    waiting = [program]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            if "v" in item:
                yield ".".join(item["v"])
            waiting += item.values()


def _place(laid: Laid) -> str:
    return f"{laid.source.name}:1: {laid.id}"
