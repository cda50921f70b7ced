"""What the gate says of an order: for each check its standing, the evidence in the order, the gaps and how to mend them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from lotproof.frozen import Frozen
from lotproof.gate.rules import SilenceRule, Topic

Worded: TypeAlias = str | Mapping[str, str]
"""A text that is the same in all languages, or one per language."""


class Standing(StrEnum):
    """Whether the order is protected where a check looks."""

    HOLDS = "holds"
    FAILS = "does not hold"
    UNKNOWN = "not known"


class Saying(Frozen):
    """A sentence of ``templates/standard/gate.toml`` by its key, and the values that it names."""

    key: str
    values: Mapping[str, Worded]


class Gap(Frozen, kw_only=True):
    """
    Something that a dispute could be lost by.

    Attributes:
        code: of the gate (LP6xx), or of the finding that ``build`` has given.
        where: the answer or the term: ``inspection.inspector``, ``terms.machinery.noise``.
        standing: fails or not known, which stop; holds, which is a note.
    """

    code: str
    where: str
    standing: Standing
    says: Saying
    mend: Saying

    @property
    def stops(self) -> bool:
        """Whether the order is not ready to be paid because of it."""
        return self.standing is not Standing.HOLDS


class Check(Frozen, kw_only=True):
    """One thing that was looked at: ``id`` names it, ``evidence`` says what stands in the order about it."""

    id: str
    evidence: tuple[Saying, ...]
    gaps: tuple[Gap, ...]

    @property
    def standing(self) -> Standing:
        """Fails where one gap fails, not known where one is not known, else holds."""
        found = {gap.standing for gap in self.gaps}
        return next((s for s in (Standing.FAILS, Standing.UNKNOWN) if s in found), Standing.HOLDS)


class PendingRow(Frozen, kw_only=True):
    """
    A row that an inspector would have to leave pending on the day.

    Attributes:
        title: of the term, per language.
        cause: ``no_limit``, ``no_method``, ``no_sample``, ``no_instrument``, ``laboratory``.
        route: how it comes to be released: ``answer`` it, wait for the ``report`` of the laboratory, or ``none``.
    """

    term: str
    title: Mapping[str, str]
    cause: str
    route: str


class Silence(Frozen, kw_only=True):
    """
    Something that the order leaves unsaid, and what is applied in its place.

    Attributes:
        wheres: the answers or terms that are blank; empty where the order has no such thing at all.
        rules: those that apply, the platform's before the law's.
        law: ``rule`` where one of them is a rule of law; else ``blank`` while it is not answered which law governs, or ``none``
            where the rules file has nothing of it: the report then says "not known".
    """

    topic: Topic
    wheres: tuple[str, ...]
    rules: tuple[SilenceRule, ...]
    law: str


class Inputs(Frozen):
    """
    What the buyer knows besides the order; None where nothing was said.

    Attributes:
        transit_days: calendar days from shipment to the goods in the buyer's hands, 1 to 365.
        production_days: calendar days that the seller needs from the advance payment to goods ready for inspection, 1 to 730.
    """

    transit_days: int | None = None
    production_days: int | None = None


class Gate(Frozen, kw_only=True):
    """
    The judgement before money moves.

    Attributes:
        patterns: the five ways in which disputes are lost, in fixed order.
        checks: everything else that was looked at.
        pending: rows that an inspector would leave pending.
        silence: what is applied in place of what is unsaid.
    """

    today: datetime.date
    patterns: tuple[Check, ...]
    checks: tuple[Check, ...]
    pending: tuple[PendingRow, ...]
    silence: tuple[Silence, ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Every gap and note, patterns first."""
        return tuple(gap for check in (*self.patterns, *self.checks) for gap in check.gaps)

    @property
    def ready(self) -> bool:
        """Whether nothing stops the payment. It says that no known gap is left, and nothing more."""
        return not any(gap.stops for gap in self.gaps)
