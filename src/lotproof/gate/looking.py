"""What every check of the gate looks at, and the gaps that the findings of a build become."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from lotproof.findings import Finding, Severity
from lotproof.frozen import Frozen
from lotproof.gate.model import Gap, Inputs, Saying, Standing, Worded
from lotproof.gate.rules import Rules
from lotproof.orders.model import Order


class Looking(Frozen, kw_only=True):
    """An order, what was found when it was built, the day, the rules, and what the buyer knows besides."""

    order: Order
    findings: tuple[Finding, ...]
    today: datetime.date
    rules: Rules
    inputs: Inputs

    @property
    def law(self) -> Mapping[str, Any]:
        """Return the answers about law and disputes."""
        return self.order.commercial.duties.get("law", {})

    @property
    def platform(self) -> bool:
        """Say whether the order is paid through the platform."""
        return self.order.commercial.payment.get("route") == "trade_assurance"

    def owned(self, check: str, already: Iterable[Gap]) -> tuple[Gap, ...]:
        """
        Return what the build has found that belongs to a check, as gaps.

        Args:
            already: gaps that the check has found itself; a blank that is among them is not named twice.
        """
        named = tuple(gap.where for gap in already)
        return tuple(
            gap
            for finding in self.findings
            if owner(finding) == check
            for gap in (_gap(finding),)
            if not (finding.code == "LP120" and any(gap.where == n or gap.where.startswith(f"{n}.") for n in named))
        )


def say(key: str, /, **values: Worded) -> Saying:
    """Return a sentence of the gate with its values."""
    return Saying(key, values)


def gap(code: str, where: str, key: str, standing: Standing = Standing.FAILS, /, **values: Worded) -> Gap:
    """Return a gap whose sentence is ``key`` and whose mend is ``key_mend``."""
    return Gap(code=code, where=where, standing=standing, says=say(key, **values), mend=say(f"{key}_mend", **values))


def key_of(finding: Finding) -> str:
    """Return the key of the answer that a finding is about, with the items by number as findings name them; else an empty text."""
    return finding.where.rpartition(": ")[2] if ": " in finding.where else ""


def owner(finding: Finding) -> str:
    """Return the check that a finding of a build belongs to; empty for one that the gate says in its own words."""
    if finding.code in ("LP121", "LP122", "LP118", "LP126", "LP127", "LP136"):
        return ""  # about the file and not the order, or predicted by the gate itself
    if finding.severity is Severity.NOTE and finding.code not in _NOTES:
        return ""
    if finding.code in _BY_CODE:
        return _BY_CODE[finding.code]
    key = key_of(finding)
    group = key.partition(".")[0].partition("[")[0]
    if group == "goods" and ".terms" in key:
        group = "terms"
    return _BY_KEY.get(key) or _BY_GROUP.get(group, "open")


_BY_CODE: Mapping[str, str] = {
    "LP123": "specification",
    "LP130": "minimum",
    "LP131": "specification",
    "LP165": "parties",
    "LP166": "parties",
    "LP167": "parties",
    "LP168": "parties",
    "LP169": "parties",
    "LP175": "open",
    "LP905": "open",
    "LP971": "specification",
    "LP972": "specification",
}
_NOTES = frozenset({"LP167", "LP168", "LP169", "LP170", "LP905", "LP971", "LP972"})
_BY_KEY: Mapping[str, str] = {"inspection.inspector": "inspection", "inspection.laboratory": "destination"}
_BY_GROUP: Mapping[str, str] = {
    "terms": "specification",
    "own_terms": "specification",
    "notice": "destination",
    "window": "window",
    "buyer": "parties",
    "seller": "parties",
    "law": "law",
    "payment": "payment",
    "delivery": "time",
    "inspection": "inspection",
}


def _gap(finding: Finding) -> Gap:
    return Gap(
        code=finding.code,
        where=key_of(finding) or finding.where,
        standing=Standing.HOLDS
        if finding.severity is Severity.NOTE
        else Standing.UNKNOWN
        if finding.code in _UNKNOWN
        else Standing.FAILS,
        says=say("found", message=finding.message, where=key_of(finding) or finding.where),
        mend=say("found_mend", hint=finding.hint),
    )


_UNKNOWN = frozenset({"LP120", "LP131", "LP175"})
"""Findings that say that nobody knows yet, and not that something is wrong."""
