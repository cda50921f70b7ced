"""Whole processes, as a user starts them: build, help, verify, peak memory."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.content import MACHINE, MUGS
from bench.table import Result
from bench.timing import Samples, median, peaks, processes, ratio
from lotproof import api

_PACKAGE = Path(api.__file__).parent

OTHER = "LOTPROOF_BENCH_PYTHON"
"""Environment variable: the Python of an environment with lotproof installed from a wheel, measured beside this one."""


def results(rounds: int) -> Iterator[Result]:
    """Measure this Python, which has the checkout or a wheel, and the one that :data:`OTHER` names."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _of(sys.executable, "wheel" if (_PACKAGE / "_shipped").is_dir() else "checkout", rounds, folder)
        other = os.environ.get(OTHER)
        if other:
            yield from _of(other, "wheel", rounds, folder)


def _of(python: str, origin: str, rounds: int, folder: str) -> Iterator[Result]:
    commands = {
        "bare": (python, "-c", "pass"),
        "build": (python, "-m", "lotproof", "build", str(MACHINE), "-o", str(Path(folder) / origin), "--force"),
    }
    taken = processes(commands, rounds, folder)
    yield Result(
        what=f"lotproof build over python -c pass, {origin}",
        measured=ratio(taken, "build", "bare"),
        at_most=15,
        detail=_times(taken),
    )
    taken = processes(
        {"import": (python, "-c", "import click"), "help": (*_script(python), "--help"), "bare": commands["bare"]},
        rounds,
        folder,
    )
    yield Result(
        what=f"lotproof --help over import click, {origin}",
        measured=ratio(taken, "help", "import"),
        at_most=1.5,
        detail=_times(taken),
    )
    contract = Path(folder) / f"{origin}.docx"
    contract.write_bytes(dict(api.render(api.build(MUGS.read_bytes()).order))["contract.docx"])
    taken = processes(
        {"bare": commands["bare"], "verify": (python, "-m", "lotproof", "verify", str(contract))}, rounds, folder
    )
    yield Result(
        what=f"lotproof verify over python -c pass, {origin}",
        measured=ratio(taken, "verify", "bare"),
        at_most=15,
        detail=_times(taken),
    )
    memory = peaks(commands, max(3, rounds // 4), folder)
    if memory:
        kib = ", ".join(f"{name} {median(values):,.0f} KiB" for name, values in memory.items())
        yield Result(
            what=f"peak memory of build over bare, {origin}",
            measured=ratio(memory, "build", "bare"),
            at_most=4,
            detail=kib,
        )


def _script(python: str) -> tuple[str, ...]:
    """Return the console script beside ``python``, which is what users run, or the module where there is none."""
    for name in ("lotproof", "lotproof.exe"):
        script = Path(python).parent / name
        if script.is_file():
            return (str(script),)
    return (python, "-m", "lotproof")


def _times(taken: Samples) -> str:
    return ", ".join(f"{name} {median(values) * 1000:.1f} ms" for name, values in taken.items())
