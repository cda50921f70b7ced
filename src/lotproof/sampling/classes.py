"""Several classes of defects judged on one lot: each on a sample of its own size, or all at the largest code letter."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from lotproof.sampling.model import Plan
from lotproof.sampling.plans import plan, reread
from lotproof.sampling.tables import LETTERS

SAMPLES = ("nested", "largest")
"""
How classes with different sample sizes share one drawing.

``nested``: the largest sample is drawn, its units are numbered in the order of drawing, and each class is judged on the first n of its
own plan. ``largest``: the letter of the largest sample serves for all classes, and their Ac and Re are read again at that letter.
"""


def class_plans(
    aqls: Mapping[str, Decimal],
    *,
    lot_size: int,
    samples: str = "nested",
    level: str = "II",
    severity: str = "normal",
    kind: str = "single",
    standard: str = "ISO 2859-1:1999",
) -> dict[str, Plan]:
    """
    Return the plan of each class.

    With ``largest``, a class whose cell at that letter holds an arrow takes the plan that the arrow points to. An arrow to a larger
    sample makes that letter the one for all; an arrow to a smaller one leaves the class a smaller n, and it is judged on the
    first n units. The Ac of a smaller sample never goes with a larger n.

    Args:
        aqls: AQL of each class, by its name.
        samples: one of :data:`SAMPLES`.

    Raises:
        NoPlan: as :func:`lotproof.sampling.plan`, of any class.
        ValueError: ``samples`` is neither.
    """
    if samples not in SAMPLES:
        raise ValueError(f"unknown way to share samples {samples!r}: known are {', '.join(SAMPLES)}")
    found = {
        name: plan(lot_size=lot_size, aql=aql, level=level, severity=severity, kind=kind, standard=standard)
        for name, aql in aqls.items()
    }
    if samples == "nested" or len(found) < 2:
        return found
    letter = _largest(found)
    while True:
        found = {name: reread(one, letter) for name, one in found.items()}
        largest = _largest(found)
        if largest == letter or LETTERS.index(largest) < LETTERS.index(letter):
            return found
        letter = largest


def _largest(found: Mapping[str, Plan]) -> str:
    """Return the last code letter in use; S stands in no column of its own, so the letters end with R."""
    return min(max((one.plan_letter for one in found.values()), key=LETTERS.index), LETTERS[-2], key=LETTERS.index)
