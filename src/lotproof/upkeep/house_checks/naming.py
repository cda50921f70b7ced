"""Names of answers in sentences and conditions, and the values that conditions compare them with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lotproof.findings import Finding, did_you_mean, quoted
from lotproof.messages import Message, say
from lotproof.upkeep.house_checks.answers import Known
from lotproof.upkeep.house_checks.laid import Stacked
from lotproof.wording.conditions import Conditions, said
from lotproof.wording.sentences import Program


def unknown_names(stacked: Stacked, known: Mapping[str, Known]) -> Iterator[Finding]:
    """LP908: a sentence or a condition names what nobody answers, or a value that an answer cannot have."""
    for laid in stacked.own:
        for message, hint in _conditions(laid.when, known):
            yield _finding(laid.place, message, hint)
        for paragraph in laid.paragraphs:
            for message, hint in _conditions(paragraph.when[len(laid.when) :], known):
                yield _finding(paragraph.place, message, hint)
            said_of = set()
            for program in paragraph.programs.values():
                for name in _names(program):
                    if name not in known and name not in said_of:
                        said_of.add(name)
                        message = say("a sentence names {name}, which nobody answers", name=quoted(name))
                        yield _finding(paragraph.place, message, _near(name, known))
                for name, value in _compared(program):
                    allowed = known[name].values if name in known else None
                    if allowed is not None and value not in allowed and f"{name} {value}" not in said_of:
                        said_of.add(f"{name} {value}")
                        yield _finding(paragraph.place, *_no_value(name, value, allowed))


def _conditions(conditions: Conditions, known: Mapping[str, Known]) -> Iterator[tuple[Message, Message]]:
    for name, values in conditions:
        if name not in known:
            yield say("a condition names {name}, which nobody answers", name=quoted(name)), _near(name, known)
            continue
        allowed = known[name].values
        for value in values:
            if allowed is not None and value not in allowed:
                yield _no_value(name, value, allowed)


def _near(name: str, known: Mapping[str, Known]) -> Message:
    """Return the nearest names, of the same group where there is one."""
    group = f"{name.partition('.')[0]}."
    inside = [one for one in known if one.startswith(group)]
    return did_you_mean(name, inside or known)


def _no_value(name: str, value: str, allowed: frozenset[str]) -> tuple[Message, Message]:
    return say("{name} is never {value}", name=name, value=quoted(value)), did_you_mean(value, allowed)


def _names(program: Program) -> Iterator[str]:
    for item in program:
        if isinstance(item, dict) and "v" in item:
            yield ".".join(item["v"])
        elif isinstance(item, dict) and "if" in item:
            yield from _tested(item["if"])
            yield from _names(item["then"])
            yield from _names(item["else"])


def _tested(test: Mapping[str, Any]) -> Iterator[str]:
    if "v" in test:
        yield ".".join(test["v"])
    for key in ("and", "or", "eq", "ne"):
        for side in test.get(key, ()):
            yield from _tested(side)
    if "not" in test:
        yield from _tested(test["not"])


def _compared(program: Program) -> Iterator[tuple[str, str]]:
    """Yield each answer that a sentence compares with a value."""
    for item in program:
        if isinstance(item, dict) and "if" in item:
            yield from _comparisons(item["if"])
            yield from _compared(item["then"])
            yield from _compared(item["else"])


def _comparisons(test: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("eq", "ne"):
        if key in test:
            one, other = test[key]
            for name, value in ((one, other), (other, one)):
                if "v" in name and "c" in value:
                    yield ".".join(name["v"]), said(value["c"])
    for key in ("and", "or"):
        for side in test.get(key, ()):
            yield from _comparisons(side)
    if "not" in test:
        yield from _comparisons(test["not"])


def _finding(where: str, message: Message, hint: Message) -> Finding:
    return Finding(where=where, code="LP908", message=message, hint=hint)
