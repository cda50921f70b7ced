"""
Under which answers something can be printed at all.

Conditions are looked at as demands on one answer each: that it is one of some values, or none of some. Such demands can be met together where
each answer can meet its own, so no combinations have to be tried. What is no such demand (an ``or`` over two answers) is taken to hold: whatever is
called impossible is impossible.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lotproof.findings import Finding, Severity
from lotproof.frozen import Frozen
from lotproof.messages import say
from lotproof.upkeep.house_checks.answers import Known
from lotproof.upkeep.house_checks.laid import Laid, Stacked
from lotproof.wording.conditions import Conditions, said
from lotproof.wording.sentences import Program


class Demand(Frozen):
    """What an answer has to be: one of ``allowed``, where that is not None, and none of ``excluded``."""

    allowed: frozenset[str] | None
    excluded: frozenset[str]


_FREE = Demand(None, frozenset())


def _with(demand: Demand, values: frozenset[str]) -> Demand:
    """Return a demand that an answer is one of some values besides."""
    allowed = values if demand.allowed is None else demand.allowed & values
    return Demand(allowed, demand.excluded)


class Demands:
    """Demands on answers, all to be met; a value that is added to and never changed in place."""

    def __init__(self, known: Mapping[str, Known], held: Mapping[str, Demand] | None = None) -> None:
        self.known, self.held = known, dict(held or {})

    def when(self, conditions: Conditions) -> Demands:
        """Return these demands with some conditions, and with what has to hold for their answers to be asked."""
        held = dict(self.held)
        waiting = list(conditions)
        seen = set()
        while waiting:
            name, values = waiting.pop()
            if (name, values) not in seen:
                seen.add((name, values))
                held[name] = _with(held.get(name, _FREE), frozenset(values))
                waiting += self.known[name].asked if name in self.known else ()
        return Demands(self.known, held)

    def one_of(self, name: str, values: frozenset[str]) -> Demands:
        """Return these demands with one more: an answer is one of some values."""
        return Demands(self.known, {**self.held, name: _with(self.held.get(name, _FREE), values)})

    def none_of(self, name: str, values: frozenset[str]) -> Demands:
        """Return these demands with one more: an answer is none of some values; a blank is none."""
        before = self.held.get(name, _FREE)
        return Demands(self.known, {**self.held, name: Demand(before.allowed, before.excluded | values)})

    def can_be(self) -> bool:
        """Say whether some answers meet all demands."""
        return all(self._meets(name, demand) for name, demand in self.held.items())

    def _meets(self, name: str, demand: Demand) -> bool:
        known = self.known.get(name)
        if demand.allowed is None:
            values = known.values if known else None
            return values is None or bool(values - demand.excluded) or bool(known and known.blank)
        values = demand.allowed - demand.excluded
        if known and known.values is not None:
            values &= known.values
        return bool(values)

    def surely(self, name: str, values: tuple[str, ...]) -> bool:
        """Say whether an answer is one of some values under all answers that meet the demands."""
        rest = self.none_of(name, frozenset(values))
        return not rest.can_be() or (
            (demand := self.held.get(name)) is not None and demand.allowed is not None and demand.allowed <= set(values)
        )

    def test(self, test: Mapping[str, Any], *, holds: bool) -> Demands:
        """Return these demands with a condition of a sentence that holds, or that does not."""
        match test:
            case {"not": inner}:
                return self.test(inner, holds=not holds)
            case {"and": [left, right]} if holds:
                return self.test(left, holds=True).test(right, holds=True)
            case {"or": [left, right]} if not holds:
                return self.test(left, holds=False).test(right, holds=False)
            case {"or": [left, right]} if (both := _equals(left)) and (other := _equals(right)) and both[0] == other[0]:
                return self.one_of(both[0], both[1] | other[1])
            case {"eq": _} | {"ne": _}:
                found = _compared(test)
                if found is None:
                    return self
                name, values, equal = found
                return self.when(((name, tuple(values)),)) if equal is holds else self.none_of(name, values)
            case {"v": path} if holds:
                known = self.known.get(".".join(path))
                return self.when(known.asked) if known else self
            case _:
                return self


def _equals(test: Mapping[str, Any]) -> tuple[str, frozenset[str]] | None:
    found = _compared(test)
    return (found[0], found[1]) if found and found[2] else None


def _compared(test: Mapping[str, Any]) -> tuple[str, frozenset[str], bool] | None:
    """Return the name, the value and whether they are to be equal, where a test compares an answer with a constant."""
    for key in ("eq", "ne"):
        if key in test:
            sides = test[key]
            for one, other in (sides, reversed(sides)):
                if "v" in one and "c" in other:
                    return ".".join(one["v"]), frozenset({said(other["c"])}), key == "eq"
    return None


def branches(program: Program, demands: Demands) -> Iterator[tuple[Any, Demands]]:
    """Yield each piece of a sentence that can be printed, with what has to hold for it."""
    for item in program:
        if isinstance(item, dict) and "if" in item:
            for branch, holds in (("then", True), ("else", False)):
                inner = demands.test(item["if"], holds=holds)
                if inner.can_be():
                    yield from branches(item[branch], inner)
        else:
            yield item, demands


def never_printed(stacked: Stacked, known: Mapping[str, Known]) -> Iterator[Finding]:
    """LP909: a provision or a paragraph that no answers can print."""
    for laid in stacked.own:
        reached = {p.index: _reached(laid, p.index, known) for p in laid.paragraphs}
        dead = not Demands(known).when(laid.when).can_be() or not laid.profiles
        if dead or (laid.paragraphs and not any(reached.values()) and not laid.bare):
            yield _finding(laid.place, say("{id} can never be printed: no answers meet its conditions", id=laid.id))
            continue
        for paragraph in laid.paragraphs:
            if not reached[paragraph.index]:
                message = say("this paragraph can never be printed: no answers meet its conditions")
                yield _finding(paragraph.place, message)


def _reached(laid: Laid, index: int, known: Mapping[str, Known]) -> bool:
    paragraph = laid.paragraphs[index]
    demands = Demands(known).when(paragraph.when)
    if not paragraph.profiles or not demands.can_be():
        return False
    programs = paragraph.programs.values()
    return not programs or any(any(True for _ in branches(program, demands)) for program in programs)


def _finding(where: str, message: Any) -> Finding:
    hint = say("remove it, or mend its conditions: an answer is asked only where its own conditions hold")
    return Finding(where=where, code="LP909", severity=Severity.OPEN, message=message, hint=hint)
