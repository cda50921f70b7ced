"""Sampling: looking up a plan, drawing an OC curve, importing the package."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal

from bench.table import Result
from bench.timing import in_turns, median, processes, ratio
from lotproof import sampling
from lotproof.sampling.risk import risk

LOOKED_UP = 2000
"""Lots of one round of look-ups."""
AQL = Decimal("2.5")


def results(warm: int, started: int) -> Iterator[Result]:
    """Measure look-ups and the curve in this process, the import as whole processes."""
    yield from _look_up(warm)
    yield _curve(warm)
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "dataclasses, decimal": (sys.executable, "-c", "import dataclasses, decimal"),
            "lotproof.sampling": (sys.executable, "-c", "import lotproof.sampling"),
        }
        taken = processes(commands, started, folder)
    yield Result(
        what="import lotproof.sampling over import dataclasses, decimal",
        measured=ratio(taken, "lotproof.sampling", "dataclasses, decimal"),
        detail=", ".join(f"{name} {median(values) * 1000:.1f} ms" for name, values in taken.items()),
    )


def _look_up(rounds: int) -> Iterator[Result]:
    lots = random.Random(1).choices(range(2, 600_000), k=LOOKED_UP)
    table = {lot: sampling.plan(lot_size=lot, aql=AQL) for lot in lots}
    fresh = itertools.count(1_000_000)

    def dictionary() -> None:
        for lot in lots:
            table[lot]

    def plans() -> None:
        for lot in lots:
            sampling.plan(lot_size=lot, aql=AQL)

    def new_lots() -> None:
        for lot in itertools.islice(fresh, LOOKED_UP):
            sampling.plan(lot_size=lot, aql=AQL)

    taken = in_turns({"dictionary": dictionary, "plan": plans, "new": new_lots}, rounds)
    for name, what, target in (("plan", "warm", 30), ("new", "lots not asked for before", None)):
        each = ", ".join(f"{side} {median(taken[side]) / LOOKED_UP * 1e9:.0f} ns" for side in ("dictionary", name))
        yield Result(
            what=f"look up a plan over a dictionary, {what}",
            measured=ratio(taken, name, "dictionary"),
            at_most=target,
            detail=each,
        )


def _curve(rounds: int) -> Result:
    found = sampling.plan(lot_size=500_000, aql=AQL)

    def bare() -> None:
        subprocess.run([sys.executable, "-c", "pass"], check=True)

    taken = in_turns({"bare": bare, "curve": lambda: risk(found, "hypergeometric").curve(200)}, rounds)
    return Result(
        what="OC curve, 200 points, hypergeometric, lot 500,000, over python -c pass",
        measured=ratio(taken, "curve", "bare"),
        at_most=5,
        detail=f"curve {median(taken['curve']) * 1000:.1f} ms, bare {median(taken['bare']) * 1000:.1f} ms",
    )
