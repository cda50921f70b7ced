"""The gate before the deposit moves: every check of an order, the rows that stay pending, and what fills its silence."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lotproof.findings import Finding, Severity
from lotproof.gate import trade
from lotproof.gate.destination import destination
from lotproof.gate.inspector import inspection
from lotproof.gate.looking import Looking
from lotproof.gate.model import Check, Gate, Inputs
from lotproof.gate.outside import outside
from lotproof.gate.rules import Rules, shipped_rules
from lotproof.gate.silence import silence
from lotproof.gate.specification import minimum, pending, specification
from lotproof.gate.window import window
from lotproof.messages import as_it_stands, from_data, say
from lotproof.orders.model import Order

PATTERNS: tuple[Callable[[Looking], Check], ...] = (specification, inspection, destination, outside, window)
"""The five patterns that lose a dispute, in the order of the report."""


def _open(looking: Looking) -> Check:
    """Give what the build has found open and no other check owns: blanks, words in two alphabets, wording that nobody has read."""
    return Check(id="open", evidence=(), gaps=looking.owned("open", ()))


CHECKS: tuple[Callable[[Looking], Check], ...] = (
    minimum,
    trade.parties,
    trade.law,
    trade.payment,
    trade.time,
    _open,
)
"""Everything else that is looked at."""


def check_gate(
    order: Order,
    findings: Sequence[Finding],
    today: datetime.date,
    rules: Rules | None = None,
    inputs: Inputs | None = None,
) -> Gate:
    """
    Judge an order before money moves.

    Args:
        findings: what the build of this order has found (:func:`findings_of` for a stored one).
        today: the day of the judgement.
        rules: those that ship, where none are given.
        inputs: what the buyer knows besides.
    """
    looking = Looking(
        order=order,
        findings=tuple(findings),
        today=today,
        rules=rules or shipped_rules(),
        inputs=inputs or Inputs(),
    )
    return Gate(
        today=today,
        patterns=tuple(check(looking) for check in PATTERNS),
        checks=tuple(check(looking) for check in CHECKS),
        pending=pending(order),
        silence=silence(looking),
    )


def findings_of(order: Order) -> tuple[Finding, ...]:
    """Return what a stored order says was found when it was built; older files name no place and no remedy."""
    return tuple(map(_finding, order.provenance.findings))


def _finding(row: Sequence[Any]) -> Finding:
    if len(row) < 5:
        hint = say("build the order again from its answers to see the place and the remedy")
        return Finding(
            severity=Severity(row[0]), code=row[1], message=as_it_stands(row[2]), where="order.json", hint=hint
        )
    severity, code, message, where, hint, *said = row
    kept = said[0] if said and isinstance(said[0], Mapping) else {}
    return Finding(
        severity=Severity(severity),
        code=code,
        message=from_data(message, kept.get("message")),
        where=where,
        hint=from_data(hint, kept.get("hint")),
    )
