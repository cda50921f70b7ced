"""Orders with other answers, events as people write them, and one deadline of an order: what the tests of the clocks share."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lotproof import api
from lotproof.clocks.deadlines import deadlines
from lotproof.clocks.happened import read_happened
from lotproof.clocks.holidays import Holidays
from lotproof.clocks.model import Choices, Deadline
from lotproof.frozen import replace
from lotproof.orders.model import Commercial, Evidence, Order

EXAMPLES = Path(__file__).parent.parent / "examples"
TODAY = datetime.date(2026, 1, 1)


@cache
def example(name: str) -> Order:
    """The order of an example."""
    return api.build((EXAMPLES / name / "answers.toml").read_bytes()).order


def order_with(answers: Mapping[str, Any] | None = None, name: str = "stoneware-mugs") -> Order:
    """The order of an example with other answers, by ``group.key``; a group alone with None takes an optional group out."""
    order = example(name)
    for key, value in (answers or {}).items():
        order = _changed(order, *key.partition(".")[::2], value)
    return order


def _changed(order: Order, group: str, key: str, value: Any) -> Order:
    commercial, evidence = order.commercial, order.evidence
    match group:
        case "payment" | "delivery":
            return replace(order, commercial=replace(commercial, **{group: {**getattr(commercial, group), key: value}}))
        case "notice":
            return replace(order, evidence=replace(evidence, notice={**evidence.notice, key: value}))
        case "window" if key == "confirmed_by":
            return replace(order, private=replace(order.private, window_confirmed_by=value))
        case "window":
            return replace(order, evidence=replace(evidence, window={**evidence.window, key: value}))
        case _:
            return _with_duty(order, group, key, value)


def _with_duty(order: Order, group: str, key: str, value: Any) -> Order:
    section: Commercial | Evidence = order.evidence if group in ("warranty", "epidemic") else order.commercial
    duties = dict(section.duties)
    if not key and value is None:
        duties.pop(group, None)
    else:
        duties[group] = {**duties.get(group, {}), key: value}
    changed = replace(section, duties=duties)
    return replace(order, **{"evidence" if isinstance(section, Evidence) else "commercial": changed})


def all_of(
    order: Order,
    events: Sequence[str] = (),
    zone: str | None = "Europe/Berlin",
    holidays: Holidays | None = None,
    choices: Choices | None = None,
    today: datetime.date = TODAY,
) -> dict[str, Deadline]:
    """Every deadline of an order by its id."""
    happened = read_happened(events, zone=zone)
    place = ZoneInfo(zone) if zone else None
    found = deadlines(order, happened.events, holidays or Holidays(), place, today, choices)
    return {deadline.id: deadline for deadline in found}
