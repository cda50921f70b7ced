"""Orders and what became of them: what the tests of changes, redlines and amendments share."""

from __future__ import annotations

import re
from functools import cache

from gate_orders import LATHE, MUGS, SHIRTS, answers, built, changed
from lotproof import api
from lotproof.changes.model import Change, Comparison, Kind
from lotproof.orders.model import Order

MACHINE, BANK = "vffs-packing-machine", "power-bank"
EXAMPLES = (MUGS, MACHINE, LATHE, SHIRTS, BANK)

WARRANTY = '\n[warranty]\nmonths = 24\nstart = "opening"\nreply_days = 2\nrepair_days = 15\nspares_years = 5\n'

REVISIONS: dict[str, str] = {
    "limit and money": changed(
        ('limit = "16 kg"', 'limit = "15 kg"'),
        ("deposit_percent = 30", "deposit_percent = 20"),
        ("unit_price = 1.42", "unit_price = 1.50"),
        ('revision = "B"', 'revision = "C"'),
    ),
    "plan and quantity": changed(("aql_major = 2.5", "aql_major = 1.5"), ("quantity = 4800", "quantity = 9000")),
    "provision added": answers() + WARRANTY,
    "words": changed(
        ("Stoneware mug 350 mL, matt white glaze", "Stoneware mug 350 mL, satin white glaze"),
        ("350 mL炻瓷马克杯，哑光白釉", "350 mL炻瓷马克杯，丝光白釉"),
    ),
    "a draft": changed(('limit = "16 kg"', 'limit = ""'), ("visible_days = 30", "")),
}
"""Revisions of the example with mugs, each with several kinds of changes."""


@cache
def order(text: str) -> Order:
    """The order of some answers."""
    return built(text).order


def diff(old: str, new: str) -> Comparison:
    """What differs between the orders of two answers files."""
    return api.diff(order(old), order(new))


def only(found: Comparison, kind: Kind, where: str = "") -> Change:
    """The one change of a kind, at a place where one is named."""
    there = [c for c in found.changes if c.kind is kind and where in ("", c.where)]
    assert len(there) == 1, [(c.kind.value, c.where, c.was.get("en"), c.becomes.get("en")) for c in found.changes]
    return there[0]


def superseding(old: str, new: str) -> str:
    """The newer answers, naming the older order as the one that they replace, with the revision Z."""
    digest = api.digest(order(old))
    new = re.sub(r"^revision = .*$", f'revision = "Z"\nsupersedes = "{digest}"', new, count=1, flags=re.MULTILINE)
    return re.sub(r'^supersedes = ""$', "", new, flags=re.MULTILINE)
