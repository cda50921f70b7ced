"""What a plan is: its stages, and the refusal where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from lotproof.frozen import Frozen
from lotproof.messages import Message, as_it_stands, say


class NoPlan(ValueError):
    """
    There is no such plan.

    Attributes:
        message: why.
        hint: the way out, where there is one.
    """

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(f"{message}: {hint}" if hint else str(message))
        self.message, self.hint = message, hint


class Stage(Frozen, kw_only=True):
    """
    One sample of a plan.

    Attributes:
        n: sample size of this stage alone, in units.
        ac: acceptance number of this and all earlier stages together: so many nonconforming still pass.
            None where the table prints ``#``: the lot cannot be accepted at this stage.
        re: rejection number of this and all earlier stages together.
    """

    n: int
    ac: int | None
    re: int


class Plan(Frozen, kw_only=True):
    """
    A sampling plan, as the table gives it.

    Between ``ac`` and ``re`` of a stage the next sample is drawn. At the last stage of reduced inspection after ANSI/ASQ Z1.4 and
    MIL-STD-105E there is a gap as well: a lot in it passes, and the next one is inspected under normal inspection.

    Attributes:
        standard: standard and edition (``ISO 2859-1:1999``).
        lot_size: units in the lot, 2 or more.
        level: inspection level.
        aql: acceptance quality limit, one of :func:`lotproof.sampling.aqls`.
        severity: ``normal``, ``tightened`` or ``reduced``.
        kind: as asked: ``single``, ``double`` or ``multiple``.
        used_kind: of the stages: ``single`` where the table of the kind asked for says to use the single plan, ``double`` where the
            table for multiple sampling says to use the double plan; else the same as ``kind``.
        code_letter: from Table 1.
        plan_letter: of the plan that is used, after arrows.
        stages: one :class:`Stage` for a single plan, 2 for a double, 5 (ISO) or 7 for a multiple one.
        confidence: grade of the cell in the tables here, ``A`` (best) to ``C``; empty for single sampling, which is not graded.
        full_inspection: the samples together are not below the lot size, so every unit is inspected.
        inspect_quantity: units to inspect at most: :attr:`total`, or the whole lot.
    """

    standard: str
    lot_size: int
    level: str
    aql: Decimal
    severity: str
    kind: str
    used_kind: str
    code_letter: str
    plan_letter: str
    stages: tuple[Stage, ...]
    confidence: str
    full_inspection: bool
    inspect_quantity: int

    @property
    def ac(self) -> int:
        """Acceptance number of the last stage, which always has one."""
        ac = self.stages[-1].ac
        if ac is None:
            raise AssertionError("a last stage without an acceptance number")
        return ac

    @property
    def re(self) -> int:
        """Rejection number of the last stage."""
        return self.stages[-1].re

    @property
    def total(self) -> int:
        """All stages together, in units: the largest sample that the plan can ask for."""
        return sum(stage.n for stage in self.stages)

    @property
    def cumulative(self) -> tuple[int, ...]:
        """Units drawn up to and with each stage."""
        return tuple(sum(stage.n for stage in self.stages[: i + 1]) for i in range(len(self.stages)))


class Arrow(Frozen, kw_only=True):
    """
    An arrow of a master table, followed to the plan it points to.

    Attributes:
        direction: ``down`` (to a larger sample) or ``up``.
        start: code letter whose cell holds the arrow.
        end: code letter of the plan.
        passed: code letters between them, whose cells hold the same arrow.
    """

    direction: str
    start: str
    end: str
    passed: tuple[str, ...]


class Explanation(Frozen, kw_only=True):
    """
    How a plan was found, step by step.

    Attributes:
        lot_min, lot_max: the lot size band of Table 1 that holds the lot; no upper end for the last one.
        letter_table: the table of code letters, as the standard numbers it: ``Table 1``.
        code_letter: of that band at the level.
        plan_table: the master table of the kind asked for and the severity: ``Table 2-A``.
        arrows: none where the letter has a plan of its own.
        used_table: the master table the stages come from; another one where ``plan.used_kind`` is not ``plan.kind``.
        plan: what the steps lead to.
    """

    lot_min: int
    lot_max: int | None
    letter_table: str
    code_letter: str
    plan_table: str
    arrows: tuple[Arrow, ...]
    used_table: str
    plan: Plan


_WORDS: Mapping[str, Message] = MappingProxyType(
    {
        "normal": say("normal"),
        "tightened": say("tightened"),
        "reduced": say("reduced"),
        "discontinued": say("discontinued"),
        "single": say("single"),
        "double": say("double"),
        "multiple": say("multiple"),
    }
)


def word(name: str) -> Message:
    """Return the word for a severity or a kind of sampling, as messages use it."""
    return _WORDS.get(name) or as_it_stands(name)
