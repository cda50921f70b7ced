"""Auditing a contract that somebody else wrote: a whole process, and how its time grows with the length of the contract."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.table import Result
from bench.timing import in_turns, median, processes, ratio
from lotproof import api
from lotproof.audit.auditing import audit
from lotproof.readers import read

ROOT = Path(__file__).resolve().parent.parent
CONTRACT = ROOT / "tests" / "audit" / "contracts" / "good-en.txt"
PAGE = 3_000
_PROCESS = "from lotproof.cli import run\ntry: run(['audit', {!r}, '--json'])\nexcept SystemExit: pass  # findings make its exit code 1"
"""Characters of a page of a contract."""
LINES = {
    "one letter": "a" * 1_000_000,
    "a and a space": "a " * 500_000,
    "digits": "1" * 1_000_000,
    "one Chinese character": "质" * 1_000_000,
}


def results(warm: int, started: int) -> Iterator[Result]:
    """Measure the growth and the hostile lines in this process, the command as a whole process."""
    yield from _growth(warm)
    yield _hostile(warm)
    yield _whole(started)


def pages(count: int) -> str:
    """Return a contract of some pages, each with other numbers and a few faults, so that nothing is found twice for free."""
    text = CONTRACT.read_text(encoding="utf-8")
    body = text[text.index("1. Goods") :]
    made, number = [text[: text.index("1. Goods")]], 0
    while sum(map(len, made)) < count * PAGE:
        number += 1
        made.append(body.replace("WH-", f"W{number}-").replace("2.0 mm", f"{number}.0 mm"))
        made.append(f"The surface of item {number} is smooth and of good quality, thickness: {number}.\n")
    return "".join(made)


def _growth(rounds: int) -> Iterator[Result]:
    contracts = {f"{size}x": read(pages(60 * size).encode(), "c.txt").passages for size in (1, 4, 16)}
    audit(contracts["1x"])
    taken = in_turns({name: partial(audit, passages) for name, passages in contracts.items()}, min(rounds, 5))
    for name, target in (("4x", 4.8), ("16x", 19.2)):
        yield Result(
            what=f"audit of {60 * int(name[:-1])} pages over 60 pages",
            measured=ratio(taken, name, "1x"),
            detail=", ".join(f"{side} {median(taken[side]) * 1000:.0f} ms" for side in ("1x", name)),
            at_most=target,
        )


def _hostile(rounds: int) -> Result:
    taken = in_turns({name: partial(api.audit, text.encode(), "c.txt") for name, text in LINES.items()}, min(rounds, 3))
    slowest = max(LINES, key=lambda name: median(taken[name]))
    return Result(
        what="audit of a line of 1 MB, seconds, the slowest of four",
        measured=median(taken[slowest]),
        detail=", ".join(f"{name} {median(taken[name]) * 1000:.0f} ms" for name in LINES),
        at_most=1.0,
    )


def _whole(rounds: int) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contract.txt"
        path.write_text(pages(60), encoding="utf-8")
        commands = {
            "pass": (sys.executable, "-c", "pass"),
            "audit": (sys.executable, "-c", _PROCESS.format(str(path))),
        }
        taken = processes(commands, min(rounds, 9), folder)
    return Result(
        what="lotproof audit, 60 pages, seconds as a whole process",
        measured=median(taken["audit"]),
        detail=", ".join(f"{name} {median(values) * 1000:.0f} ms" for name, values in taken.items()),
        at_most=2.0,
    )
