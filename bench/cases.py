"""A case of many photographs: recording against copying, verifying against hashing, and the memory that it takes."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from bench.content import MACHINE
from bench.table import Result
from bench.timing import in_turns, median, peaks, ratio
from lotproof import api
from lotproof.cases.beginning import begin_case
from lotproof.orders.digests import order_json

PHOTOS, SIZE = 200, 2_000_000
"""A tenth of the 2,000 photographs of a case, each as large."""

_COPY = """
import os, shutil, sys
for name in sorted(os.listdir(sys.argv[1])):
    with open(os.path.join(sys.argv[1], name), "rb") as a, open(os.path.join(sys.argv[2], name), "wb") as b:
        shutil.copyfileobj(a, b, 1 << 20)
        b.flush()
        os.fsync(b.fileno())
"""

_HASH = """
import hashlib, os, sys
for name in sorted(os.listdir(sys.argv[1])):
    with open(os.path.join(sys.argv[1], name), "rb") as file:
        hashlib.file_digest(file, "sha256")
"""


def results(rounds: int) -> Iterator[Result]:
    """Measure whole processes; every round of recording begins with a new case."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _photos(root / "photos")
        add = (
            sys.executable,
            "-m",
            "lotproof",
            "case",
            "add",
            str(root / "case"),
            str(root / "photos"),
            "--to",
            "arrival",
        )
        sides = {
            "copy": partial(
                _anew, root / "copy", (sys.executable, "-c", _COPY, str(root / "photos"), str(root / "copy"))
            ),
            "add": partial(_anew, root / "case", add),
        }
        taken = in_turns(sides, min(rounds, 5))
        yield _result("lotproof case add over copying each file to the disk", taken, "add", "copy", 2.0)
        _new_case(root / "case")
        memory = peaks({"add": add}, 1, folder)
        verify = (sys.executable, "-m", "lotproof", "case", "verify", str(root / "case"))
        hashing = (sys.executable, "-c", _HASH, str(root / "photos"))
        taken = in_turns({"hash": partial(_run, hashing), "verify": partial(_run, verify)}, min(rounds, 7))
        yield _result("lotproof case verify over hashing each file", taken, "verify", "hash", 2.0)
        memory |= peaks({"verify": verify}, 1, folder)
        for name, kib in memory.items():
            yield Result(
                what=f"peak memory of case {name}, MB",
                measured=median(kib) * 1024 / 1e6,
                detail=f"{PHOTOS} photographs of {SIZE / 1e6:.0f} MB",
                at_most=100,
            )


def _result(what: str, taken: dict[str, list[float]], above: str, below: str, at_most: float) -> Result:
    speeds = ", ".join(f"{name} {PHOTOS * SIZE / 1e6 / median(seconds):,.0f} MB/s" for name, seconds in taken.items())
    return Result(
        what=what,
        measured=ratio(taken, above, below),
        at_most=at_most,
        detail=f"{speeds}, {PHOTOS * SIZE / 1e6:.0f} MB",
    )


def _photos(folder: Path) -> None:
    folder.mkdir()
    content = os.urandom(SIZE - 8)
    for number in range(PHOTOS):
        (folder / f"IMG_{number:04}.jpg").write_bytes(content + number.to_bytes(8, "big"))


def _anew(target: Path, command: Sequence[str]) -> None:
    shutil.rmtree(target, ignore_errors=True)
    if target.name == "case":
        _new_case(target)
    else:
        target.mkdir()
    _run(command)


def _new_case(target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    order = api.build(MACHINE.read_bytes()).order
    now = datetime.datetime(2027, 6, 12, tzinfo=datetime.UTC)
    begin_case(str(target), order, {"order.json": order_json(order)}, now=now, tool="bench")


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)
