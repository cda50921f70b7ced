"""References from one provision to another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lotproof.findings import Finding, Severity, did_you_mean, quoted
from lotproof.messages import say
from lotproof.upkeep.house_checks.answers import Known
from lotproof.upkeep.house_checks.laid import Laid, LaidParagraph, Stacked
from lotproof.upkeep.house_checks.reaching import Demands, branches

_TYPED = (
    re.compile(
        r"\b(?:clause|section|paragraph|article)s? [0-9]{1,3}(?:\.[0-9]{1,3}){0,3}"
        r"(?= (?:of this contract|of this agreement|above|below|hereof)\b)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:under|in|to|see|by|with|from) clauses? [0-9]{1,3}(?:\.[0-9]{1,3}){0,3}\b"
        r"(?!\.[0-9]|,? (?:of|above|below|hereof|in|as in)\b|,? (?-i:[A-Z]{2,}))",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:Exhibit|Annex|Appendix) [A-Z0-9]\b(?= (?:of this contract|hereto)\b)"),
    re.compile(r"[按依见据照至，。；（]第[0-9]{1,3}\.[0-9]{1,3}条"),
    re.compile(r"(?:本合同|本协议|上述|前述)第[0-9一二三四五六七八九十]{1,4}条(?:第[0-9一二三四五六七八九十]{1,3}款)?"),
)
"""A number that was typed where a reference belongs; articles of a statute and clauses of a standard have its name beside them and are none."""


def broken_references(stacked: Stacked, known: Mapping[str, Known]) -> Iterator[Finding]:
    """LP932: a reference to what is not there, or not under the same answers; a number of a clause that was typed."""
    for laid in stacked.provisions.values():
        for paragraph in laid.paragraphs:
            yield from _paragraph(stacked, laid, paragraph, known)


def _paragraph(stacked: Stacked, laid: Laid, paragraph: LaidParagraph, known: Mapping[str, Known]) -> Iterator[Finding]:
    demands = Demands(known).when(paragraph.when)
    said = set()
    for program in paragraph.programs.values():
        for item, there in branches(program, demands) if demands.can_be() else ():
            if isinstance(item, dict) and "ref" in item and item["ref"] not in said:
                finding = _reference(stacked, laid, paragraph, item["ref"], there)
                if finding is not None:
                    said.add(item["ref"])
                    yield finding
            if isinstance(item, str) and laid.own:
                for match in (m for pattern in _TYPED for m in pattern.finditer(item)):
                    message = say(
                        "{text} is a number that was typed: it stays when clauses move", text=quoted(match.group())
                    )
                    hint = say("refer by the id: {{{{ 'contract.inspection' | clause }}}}")
                    yield _finding(paragraph.place, Severity.OPEN, message, hint)


def _reference(stacked: Stacked, laid: Laid, paragraph: LaidParagraph, target: str, demands: Demands) -> Finding | None:
    there = stacked.provisions.get(target)
    if there is None:
        if target in stacked.removed and not laid.own:
            if stacked.removed[target] != stacked.house.id:
                return None  # said of the house that removes it
            message = say(
                "removes {target}, which {id} of {house} refers to", target=target, id=laid.id, house=laid.house
            )
            hint = say('word {id} without the reference too: replaces = "{id}"', id=laid.id)
            return _finding(f"{stacked.house.path.name}/house.toml: removes", Severity.REFUSE, message, hint)
        if not laid.own:
            return None
        message = say("refers to {target}, which this house does not have", target=quoted(target))
        return _finding(paragraph.place, Severity.REFUSE, message, did_you_mean(target, stacked.provisions))
    if not (laid.own or there.own):
        return None
    where = paragraph.place if laid.own else there.place
    missing = [name for name, values in there.when if not demands.surely(name, values)]
    if missing:
        message = say(
            "{id} refers to {target} also where {target} is not printed: {names}",
            id=laid.id,
            target=target,
            names=missing,
        )
        hint = say("put the reference behind the condition of what it refers to")
        return _finding(where, Severity.OPEN, message, hint)
    profiles = {p for one in there.paragraphs for p in one.profiles} or set(there.profiles)
    lacking = [p for p in paragraph.profiles if p not in profiles]
    if lacking:
        message = say(
            "{id} refers to {target}, which a contract of this profile does not print: {names}",
            id=laid.id,
            target=target,
            names=lacking,
        )
        hint = say("write profiles = {profiles} for this paragraph", profiles=sorted(profiles))
        return _finding(where, Severity.OPEN, message, hint)
    return None


def _finding(where: str, severity: Severity, message: Any, hint: Any) -> Finding:
    return Finding(where=where, code="LP932", severity=severity, message=message, hint=hint)
