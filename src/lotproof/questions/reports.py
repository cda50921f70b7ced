"""The findings of one answers file: collected as it is read, each with its line, and no flood of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from lotproof.findings import Finding, Refused, Severity
from lotproof.messages import Message, say
from lotproof.questions.problems import Problem
from lotproof.questions.source import where
from lotproof.sources import KeyPath

MAX_FINDINGS = 1000
"""Findings of one severity that are listed one by one; the others are counted."""

MAX_HINTS = 100
"""Findings of one code whose hint is worth a search for what was meant."""


class Reports:
    """
    Collects findings.

    Args:
        text: the file, in which lines are counted.
        name: what findings call it.
        places: where values stand that are on no line of the text.
    """

    def __init__(self, text: str, name: str, places: Mapping[tuple[str | int, ...], str] | None = None) -> None:
        self._text, self._name, self._at = text, name, places or {}
        self._found: list[Finding] = []
        self._places: set[tuple[tuple[str | int, ...], str]] = set()
        self._counts: Counter[Severity] = Counter()
        self._codes: Counter[str] = Counter()
        self._only_refusals = False

    def where(self, path: KeyPath) -> str:
        """Return file, line and key, or the value's own place."""
        return where(self._name, self._text, self._at, path)

    def add(
        self, path: KeyPath, code: str, message: Message, hint: Message, severity: Severity = Severity.REFUSE
    ) -> None:
        """Add a finding about the value at ``path``."""
        if self._only_refusals and severity is not Severity.REFUSE:
            return
        self._counts[severity] += 1
        self._codes[code] += 1
        if self._counts[severity] <= MAX_FINDINGS:
            self._places.add((tuple(path), code))
            self._found.append(
                Finding(where=self.where(path), code=code, severity=severity, message=message, hint=hint)
            )

    def problem(self, problem: Problem, path: KeyPath = ()) -> None:
        """Add a problem with what stands at ``path``."""
        self.add((*path, *problem.path), problem.code, problem.message, problem.hint, problem.severity)

    def has(self, path: KeyPath, code: str) -> bool:
        """Say whether a finding of that code has been listed for the value at ``path``."""
        return (tuple(path), code) in self._places

    def room(self, code: str) -> bool:
        """Say whether there are few findings of that code so far, so that each deserves a hint of its own."""
        return self._codes[code] < MAX_HINTS

    @contextmanager
    def only_refusals(self) -> Iterator[None]:
        """Drop notes and blanks for a while: what is read is not used."""
        before, self._only_refusals = self._only_refusals, True
        try:
            yield
        finally:
            self._only_refusals = before

    def findings(self) -> tuple[Finding, ...]:
        """Return what was found, and how many findings more there are of each severity."""
        more = [
            Finding(
                where=self._name,
                code="LP100",
                severity=severity,
                message=say("{count:,} findings more of this kind are not listed", count=count - MAX_FINDINGS),
                hint=say("mend those that are listed, and run it again"),
            )
            for severity, count in self._counts.items()
            if count > MAX_FINDINGS
        ]
        return (*self._found, *more)

    def refuse_if_any(self) -> None:
        """Raise :class:`~lotproof.findings.Refused` with everything found where something refuses."""
        if self._counts[Severity.REFUSE]:
            raise Refused(self.findings())
