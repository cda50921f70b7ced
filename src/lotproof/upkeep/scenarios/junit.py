"""The outcomes of scenarios as JUnit XML, which the programs that run an agency's checks read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lotproof.upkeep.scenarios.mutating import Mutated
from lotproof.upkeep.scenarios.running import Failure, HouseOutcomes, Outcome


def junit(tested: Sequence[HouseOutcomes], mutated: Sequence[Mutated] = ()) -> bytes:
    """
    Return a report: a suite for each house with a case for each scenario, and one more for the mutations of each.

    Args:
        mutated: of the houses of ``tested``, in the same order; none at all where nothing was mutated.
    """
    suites = [(one.house.id, [_case(one, outcome) for outcome in one.outcomes]) for one in tested]
    suites += [_mutations(one, of) for one, of in zip(tested, mutated, strict=False)]
    counts = _counts(case for _, cases in suites for case in cases)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites {counts}>"]
    for name, cases in suites:
        lines.append(f'  <testsuite name="{escaped(name)}" {_counts(cases)}>')
        lines += [line for case in cases for line in case.lines()]
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>", ""]).encode()


class _Case:
    def __init__(self, suite: str, name: str, file: str, seconds: float, failures: tuple[Failure, ...]) -> None:
        self.suite, self.name, self.file, self.seconds, self.failures = suite, name, file, seconds, failures

    @property
    def error(self) -> bool:
        return any(failure.kind == "error" for failure in self.failures)

    def lines(self) -> Iterator[str]:
        head = f'    <testcase classname="{escaped(self.suite)}" name="{escaped(self.name)}"'
        head += f' file="{escaped(self.file)}" time="{self.seconds:.3f}"'
        if not self.failures:
            yield f"{head}/>"
            return
        yield f"{head}>"
        tag = "error" if self.error else "failure"  # readers take one of a case
        message = "; ".join(str(failure.message) for failure in self.failures)
        said = [line for failure in self.failures for line in (f"{failure.kind}: {failure.message}", *failure.lines)]
        kind = escaped(self.failures[0].kind)
        yield f'      <{tag} type="{kind}" message="{escaped(message[:1_000])}">{escaped(chr(10).join(said), text_node=True)}</{tag}>'
        yield "    </testcase>"


def _case(tested: HouseOutcomes, outcome: Outcome) -> _Case:
    scenario = outcome.scenario
    return _Case(tested.house.id, scenario.name, scenario.file, outcome.seconds, outcome.failures)


def _mutations(tested: HouseOutcomes, mutated: Mutated) -> tuple[str, list[_Case]]:
    name = f"{tested.house.id}.mutations"
    if not mutated.unnoticed:
        return name, [_Case(name, f"{mutated.tried} mutations are noticed", tested.house.path.name, 0, ())]
    cases = [
        _Case(name, f"{one.id}: {one.what}", tested.house.path.name, 0, (Failure(kind="unnoticed", message=one.what),))
        for one in mutated.unnoticed
    ]
    return name, cases


def _counts(cases: Iterable[_Case]) -> str:
    every = list(cases)
    errors = sum(case.error for case in every)
    failures = sum(bool(case.failures) for case in every) - errors
    seconds = sum(case.seconds for case in every)
    return f'tests="{len(every)}" failures="{failures}" errors="{errors}" skipped="0" time="{seconds:.3f}"'


def escaped(text: str, *, text_node: bool = False) -> str:
    """
    Return a text as XML 1.0 takes it; what that cannot hold is spelt out: ``<U+001B>``.

    Args:
        text_node: between two tags, where a line end stays one; else inside an attribute.
    """
    return "".join(_character(c, text_node) for c in text)


def _character(c: str, text_node: bool) -> str:
    if c in _ENTITIES:
        return _ENTITIES[c]
    if c == "\n" and text_node:
        return c
    if c in "\t\n\r":
        return f"&#{ord(c)};"
    code = ord(c)
    allowed = 0x20 <= code <= 0xD7FF and not 0x7F <= code <= 0x9F or 0xE000 <= code <= 0xFFFD or code >= 0x10000
    return c if allowed and code & 0xFFFE != 0xFFFE else f"&lt;U+{code:04X}&gt;"


_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
