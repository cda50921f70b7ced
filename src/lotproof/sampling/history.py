"""The history of a series of lots, as switching between severities takes it: reading it, and what in it is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.frozen import Frozen, fields
from lotproof.messages import Message, say
from lotproof.sampling.model import word

SEVERITIES = ("normal", "tightened", "reduced")
SCORING = ("ISO 2859-1:1999",)
"""Standards that lead to reduced inspection by a switching score."""
TEN_LOTS = ("ANSI/ASQ Z1.4-2003", "MIL-STD-105E")
"""Standards that lead to reduced inspection by ten accepted lots."""
STAGES: Mapping[str, int] = MappingProxyType({"single": 1, "double": 2, "multiple": 7})
"""Kinds of plans, with the samples that each has at most."""


class Inspected(Frozen, kw_only=True):
    """
    What one lot adds to the history.

    Attributes:
        lot: its number; each stands once as first presented.
        severity: of :data:`SEVERITIES`, as it was used.
        accepted: the lot passed.
        ac: Ac of the single plan used; None for double and multiple.
        kind: ``single``, ``double`` or ``multiple``, as it was used.
        decided_on: the sample after which it was decided: 1, 2, ...
        passes_tighter: it would have passed with the AQL one step tighter too; None where nobody asked.
        between: under reduced inspection, it passed with more than Ac and fewer than Re.
        original: first presented; False for a lot presented again.
        irregular: production was irregular, delayed, or otherwise gave reason to end reduced inspection after this lot.
        resumed: inspection had been discontinued, and action was agreed and taken before this lot.
    """

    lot: str
    severity: str
    accepted: bool
    ac: int | None = None
    kind: str = "single"
    decided_on: int = 1
    passes_tighter: bool | None = None
    between: bool = False
    original: bool = True
    irregular: bool = False
    resumed: bool = False


def read_history(rows: Sequence[Any]) -> tuple[Inspected, ...]:
    """
    Read the lots of a history file (JSON or TOML, parsed): one table a lot, its keys the attributes of :class:`Inspected`.

    Raises:
        Refused: a key is unknown or missing, or a value is of another type (LP156), all at once.
    """
    findings = [finding for number, row in enumerate(rows, 1) for finding in _misread(row, f"lots[{number}]")]
    if findings:
        raise Refused(findings)
    return tuple(Inspected(**row) for row in rows)


def unknowns(lots: Sequence[Inspected], standard: str, start: str) -> Iterator[Finding]:
    """LP156: the history says something unknown, leaves out what a rule asks for, or contradicts itself."""
    if standard not in SCORING + TEN_LOTS:
        yield _finding(
            "standard",
            say("no switching rules for {standard}", standard=quoted(standard)),
            did_you_mean(standard, SCORING + TEN_LOTS),
        )
    if start not in SEVERITIES:
        yield _finding(
            "start", say("unknown severity {severity}", severity=quoted(start)), did_you_mean(start, SEVERITIES)
        )
    seen: set[str] = set()
    for number, lot in enumerate(lots, 1):
        where = f"lots[{number}]"
        for message, hint in _contradictions(lot, standard):
            yield _finding(where, message, hint)
        if lot.original and lot.lot in seen:
            hint = say("give each lot its own number; mark a lot presented again with original = false")
            yield _finding(where, say("lot {lot} stands twice as first presented", lot=quoted(lot.lot)), hint)
        seen.add(lot.lot)


def _misread(row: Any, where: str) -> Iterator[Finding]:
    if not isinstance(row, Mapping):
        yield _finding(
            where, say("a lot is a table of keys and values"), say("write lot, severity and accepted at least")
        )
        return
    for key in row.keys() - set(fields(Inspected)):
        yield _finding(where, say("unknown key {key}", key=quoted(key)), did_you_mean(str(key), fields(Inspected)))
    for key in ("lot", "severity", "accepted"):
        if key not in row:
            yield _finding(
                where, say("{key} is missing", key=key), say("write lot, severity and accepted for each lot")
            )
    for key, value in row.items():
        wanted = _TYPES.get(key)
        if wanted and type(value) is not wanted and not (value is None and key in ("ac", "passes_tighter")):
            yield _finding(
                f"{where}.{key}",
                say("expected {wanted}, found {value}", wanted=_NAMES[wanted], value=quoted(value)),
                say("correct the value"),
            )


def _contradictions(lot: Inspected, standard: str) -> Iterator[tuple[Message, Message]]:
    if lot.severity not in SEVERITIES:
        yield say("unknown severity {severity}", severity=quoted(lot.severity)), did_you_mean(lot.severity, SEVERITIES)
    if lot.kind not in STAGES:
        yield say("unknown kind of plan {kind}", kind=quoted(lot.kind)), did_you_mean(lot.kind, STAGES)
    elif not 1 <= lot.decided_on <= STAGES[lot.kind]:
        yield (
            say("a {kind} plan is not decided on sample {number}", kind=word(lot.kind), number=lot.decided_on),
            say("give a sample from 1 to {most}", most=STAGES[lot.kind]),
        )
    if lot.ac is not None and lot.ac < 0:
        yield say("Ac {ac} is below 0", ac=lot.ac), say("give the Ac of the plan that was used")
    if lot.passes_tighter and not lot.accepted:
        message = say("a lot that was not accepted cannot pass a tighter AQL")
        yield message, say("correct accepted or passes_tighter")
    if lot.between and (not lot.accepted or lot.severity != "reduced"):
        yield say("only a lot accepted under reduced inspection lies between Ac and Re"), say("correct between")
    elif lot.between and standard in SCORING:
        message = say("{standard} has no plan with a gap between Ac and Re", standard=standard)
        yield message, say("correct between, or the standard")
    if standard in SCORING and lot.severity == "normal" and lot.original and lot.kind == "single":
        if lot.ac is None:
            yield say("the switching score needs the Ac of the plan that was used"), say("write ac")
        elif lot.ac >= 2 and lot.accepted and lot.passes_tighter is None:
            hint = say("write passes_tighter = true where what was found also passes with the Ac of the next lower AQL")
            message = say(
                "with Ac {ac} the switching score needs to know whether the lot passes one AQL tighter", ac=lot.ac
            )
            yield message, hint


def _finding(where: str, message: Message, hint: Message) -> Finding:
    return Finding(where=where, code="LP156", message=message, hint=hint)


_TYPES: Mapping[str, type] = MappingProxyType(
    {
        "lot": str,
        "severity": str,
        "accepted": bool,
        "ac": int,
        "kind": str,
        "decided_on": int,
        "passes_tighter": bool,
        "between": bool,
        "original": bool,
        "irregular": bool,
        "resumed": bool,
    }
)
_NAMES: Mapping[type, Message] = MappingProxyType(
    {str: say("a text"), bool: say("true or false"), int: say("a whole number")}
)
