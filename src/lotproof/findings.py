"""Findings: what is wrong with somebody's data, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from lotproof.frozen import Frozen
from lotproof.messages import Message, say


class Severity(StrEnum):
    """How far a finding stops the work."""

    REFUSE = "refuse"
    """Cannot be built: contradictory, malformed or hostile."""
    OPEN = "open"
    """A blank or an unconfirmed value: a draft is made, a final is not."""
    NOTE = "note"
    """Worth knowing; stops nothing."""


class Finding(Frozen, kw_only=True):
    """
    One thing that is wrong.

    Attributes:
        where: file, line and key (``answers.toml:12: goods[1].quantity``).
        code: stable, ``LP`` and three digits, explained in ``docs/findings.md``.
        severity: see :class:`Severity`.
        message: what is wrong, in one sentence.
        hint: how to mend it, in the imperative.

    Both are English texts that can be said in another language (:func:`lotproof.messages.in_language`).
    """

    where: str
    code: str
    severity: Severity = Severity.REFUSE
    message: Message
    hint: Message


class Refused(Exception):
    """The one exception raised on purpose: carries every finding of the stage that refused."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{f.where}: {f.code} {f.message}" for f in self.findings))


def refuse_if_any(findings: Iterable[Finding]) -> None:
    """Raise :class:`Refused` with all ``findings`` where at least one of them refuses."""
    found = tuple(findings)
    if any(f.severity is Severity.REFUSE for f in found):
        raise Refused(found)


def did_you_mean(word: str, known: Iterable[str]) -> Message:
    """Return a hint that names the nearest known words, or lists what there is."""
    from difflib import get_close_matches  # only ever needed once something is wrong

    names = sorted(set(known))
    near = get_close_matches(word[:80], names, n=2, cutoff=0.6)
    if near:
        return say("did you mean {names: or }?", names=near)
    more = len(names) > 12
    return say("known: {names} ...", names=names[:12]) if more else say("known: {names}", names=names)


def quoted(value: object, limit: int = 60) -> Message:
    """Show somebody's value inside a message: short, on one line, invisible characters spelt out."""
    text = value if isinstance(value, str) else str(value)
    shown = "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text[:limit])
    if len(text) > limit:
        return say("'{text}' ... ({length:,} characters)", text=shown, length=len(text))
    return say("'{text}'", text=shown)
