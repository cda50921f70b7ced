"""Answers with one change, and their gates: what the tests of the gate share."""

from __future__ import annotations

import datetime
import re
from functools import cache
from pathlib import Path

from lotproof import api
from lotproof.gate.check import check_gate
from lotproof.gate.model import Check, Gate, Inputs
from lotproof.orders.model import Order

EXAMPLES = Path(__file__).parent.parent / "examples"
MUGS, LATHE, SHIRTS = "stoneware-mugs", "cnc-lathe", "cotton-t-shirts"
TODAY = datetime.date(2027, 2, 10)


@cache
def answers(name: str = MUGS) -> str:
    """The answers file of an example."""
    return (EXAMPLES / name / "answers.toml").read_text(encoding="utf-8")


def changed(*changes: tuple[str, str], name: str = MUGS) -> str:
    """The answers of an example with some texts replaced, each standing there once at least; a whole line at its start only."""
    text = answers(name)
    for old, new in changes:
        assert old in text, old
        start = "^" if old.endswith("\n") else ""
        text = re.sub(start + re.escape(old), lambda _, new=new: new, text, flags=re.MULTILINE)  # type: ignore[misc]
    return text


def line_of(group: str, key: str, name: str = MUGS) -> str:
    """The line of one answer in a group of an example."""
    section = re.search(rf"^\[{group}\]\n(.*?)(?=^\[|\Z)", answers(name), re.MULTILINE | re.DOTALL)
    assert section
    line = re.search(rf"^{key} = .*\n", section[1], re.MULTILINE)
    assert line
    return line[0]


@cache
def built(text: str) -> api.Built:
    """The order of some answers, a draft or not."""
    return api.build(text.encode())


def gate(text: str, today: datetime.date = TODAY, inputs: Inputs | None = None) -> Gate:
    """The gate of some answers."""
    made = built(text)
    return check_gate(made.order, made.findings, today, inputs=inputs)


def stops(found: Gate) -> set[str]:
    """The checks that stop the payment."""
    return {check.id for check in (*found.patterns, *found.checks) if any(gap.stops for gap in check.gaps)}


def check(found: Gate, name: str) -> Check:
    """One check by its id."""
    return next(c for c in (*found.patterns, *found.checks) if c.id == name)


def codes(found: Gate, name: str = "") -> set[str]:
    """The codes of the gaps, of one check or of all."""
    gaps = check(found, name).gaps if name else found.gaps
    return {gap.code for gap in gaps}


def order(name: str = MUGS) -> Order:
    """The order of an example."""
    return built(answers(name)).order
