"""A printed sentence beside the sentence it was filled from: which values it printed, and which of its conditions held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from lotproof.frozen import Frozen
from lotproof.wording.inlines import Blank, Inline, Ref, Value
from lotproof.wording.sentences import Program

MOST_STATES = 200_000
"""Places of the two sentences that are compared; no sentence that people read comes near."""


class Step(Frozen, kw_only=True):
    """
    A piece of a sentence that was printed.

    Attributes:
        place: number of the piece in the sentence as it is written, counted through all its branches.
        kind: ``text``, ``value`` or ``ref``.
        name: of the value (``payment.deposit_days``), or the id referred to; empty for text.
        text: what is printed; of a blank its label, of a reference its id.
    """

    place: int
    kind: str
    name: str
    text: str


class Trace(Frozen):
    """How a sentence was printed: its pieces in order, and each condition that was asked with what it came to."""

    steps: tuple[Step, ...]
    tests: tuple[tuple[Mapping[str, Any], bool], ...]


_Node: TypeAlias = tuple[str, Any, int, int]
"""Kind, what it holds, and the nodes after it; for ``if`` the one where it holds and the one where it does not."""


def trace(program: Program, inlines: Sequence[Inline]) -> Trace | None:
    """
    Say how ``program`` gave ``inlines``; None where it did not, or where that takes too long to find out.

    Where two ways lead to the same words, the way through conditions that hold is taken.
    """
    nodes: list[_Node] = [("end", None, 0, 0)]
    try:
        start = _link(program, 0, nodes)
    except RecursionError:
        return None
    first = (start, 0, 0)
    came: dict[tuple[int, int, int], tuple[tuple[int, int, int], Step | tuple[Mapping[str, Any], bool] | None]] = {}
    waiting = [first]
    seen = {first}
    while waiting and len(seen) < MOST_STATES:
        state = waiting.pop()
        if nodes[state[0]][0] == "end":
            if state[1] == len(inlines):
                return _way(came, state, first)
            continue
        for after, what in _steps(nodes, state, inlines):
            if after not in seen:
                seen.add(after)
                came[after] = (state, what)
                waiting.append(after)
    return None


def texts(program: Program) -> tuple[tuple[int, str], ...]:
    """Return the texts of a sentence with their places (:attr:`Step.place`), as they are written, whatever its conditions are."""
    nodes: list[_Node] = [("end", None, 0, 0)]
    _link(program, 0, nodes)
    return tuple((place, held) for place, (kind, held, *_) in reversed(list(enumerate(nodes))) if kind == "text")


def _link(program: Program, after: int, nodes: list[_Node]) -> int:
    """Append the nodes of a program, the last first; return the one to begin with."""
    for item in reversed(program):
        if isinstance(item, str):
            node: _Node = ("text", item, after, after)
        elif "v" in item:
            node = ("value", ".".join(item["v"]), after, after)
        elif "ref" in item:
            node = ("ref", item["ref"], after, after)
        else:
            otherwise = _link(item["else"], after, nodes)
            node = ("if", item["if"], _link(item["then"], after, nodes), otherwise)
        nodes.append(node)
        after = len(nodes) - 1
    return after


def _steps(nodes: list[_Node], state: tuple[int, int, int], inlines: Sequence[Inline]) -> list[Any]:
    """Return where a state leads to; the last is tried first."""
    place, index, offset = state
    kind, held, after, otherwise = nodes[place]
    if kind == "if":
        return [((otherwise, index, offset), (held, False)), ((after, index, offset), (held, True))]
    there = inlines[index] if index < len(inlines) else None
    if kind == "text":
        before = inlines[index - 1] if index and not offset else None
        if isinstance(before, Value) and before.text.endswith(".") and held.startswith((".", "\u3002")):
            held = held[1:]  # the value has ended the sentence already, see sentences.fill
        if not held:
            return [((after, index, offset), Step(place=place, kind="text", name="", text=""))]
        if not isinstance(there, str) or not there.startswith(held, offset):
            return []
        end = offset + len(held)
        step = Step(place=place, kind="text", name="", text=held)
        return [((after, index + 1, 0) if end == len(there) else (after, index, end), step)]
    if offset:
        return []
    match there:
        case Value(text) if kind == "value":
            shown = text
        case Blank(label) if kind == "value":
            shown = label
        case Ref(target) if kind == "ref" and target == held:
            shown = target
        case _:
            return []
    return [((after, index + 1, 0), Step(place=place, kind=kind, name=held, text=shown))]


def _way(came: Mapping[Any, Any], state: tuple[int, int, int], first: tuple[int, int, int]) -> Trace:
    steps: list[Step] = []
    tests: list[tuple[Mapping[str, Any], bool]] = []
    while state != first:
        state, what = came[state]
        if isinstance(what, Step):
            steps.append(what)
        elif what is not None:
            tests.append(what)
    return Trace(tuple(reversed(steps)), tuple(reversed(tests)))
