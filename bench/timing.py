"""Clocks: sides taken in turns, each round a pair, and the median of the rounds."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

Side: TypeAlias = Callable[[], object]
Samples: TypeAlias = Mapping[str, Sequence[float]]
"""Seconds, or KiB, of each round, by side; place ``i`` of every side belongs to the same round."""


def in_turns(sides: Mapping[str, Side], rounds: int, *, collector: bool = True) -> dict[str, list[float]]:
    """
    Run every side once in each round, in turn from round to round, and return the seconds; one round before does not count.

    A side starts with no garbage of another.

    Args:
        collector: let it run; every command of ours switches it off, and a program that calls us does not.
    """
    taken: dict[str, list[float]] = {name: [] for name in sides}
    names = list(sides)
    for number in range(-1, rounds):
        for name in names if number % 2 else reversed(names):
            gc.collect()
            if not collector:
                gc.disable()
            started = time.perf_counter()
            sides[name]()
            spent = time.perf_counter() - started
            gc.enable()
            if number >= 0:
                taken[name].append(spent)
    return taken


def repeated(side: Side, times: int) -> Side:
    """Return ``side`` run several times: what takes a millisecond is too short for one look at the clock."""

    def run() -> None:
        for _ in range(times):
            side()

    return run


def processes(commands: Mapping[str, Sequence[str]], rounds: int, folder: str) -> dict[str, list[float]]:
    """
    Return the seconds of whole processes, started in ``folder``, which also keeps their byte code.

    Raises:
        RuntimeError: one ended with an exit code other than 0; with what it wrote to stderr.
    """
    return in_turns({name: _process(command, folder) for name, command in commands.items()}, rounds)


def peaks(commands: Mapping[str, Sequence[str]], rounds: int, folder: str) -> dict[str, list[float]]:
    """
    Return the peak resident memory of whole processes, in KiB; empty where the system does not tell (Windows).

    A process inherits the peak of the one that starts it, so a bare Python without ``site`` stands between.

    Raises:
        RuntimeError: one ended with an exit code other than 0.
    """
    if not hasattr(os, "wait4"):
        return {}
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            told = _run([sys.executable, "-I", "-S", "-c", _WAITER, *command], folder)
            kib = float(told.split()[-1]) / (1024 if sys.platform == "darwin" else 1)
            taken[name].append(kib)
    return taken


def median(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def ratio(samples: Samples, above: str, below: str) -> float:
    """Return the median over the rounds of one side divided by another."""
    return median([a / b for a, b in zip(samples[above], samples[below], strict=True)])


_WAITER = """
import posix, sys
null = posix.open("/dev/null", posix.O_WRONLY)
pid = posix.posix_spawn(sys.argv[1], sys.argv[1:], posix.environ, file_actions=[(posix.POSIX_SPAWN_DUP2, null, 1)])
_, status, usage = posix.wait4(pid, 0)
print(usage.ru_maxrss)
sys.exit(1 if status else 0)
"""


def _process(command: Sequence[str], folder: str) -> Side:
    return lambda: _run(command, folder)


def _run(command: Sequence[str], folder: str) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def _environment(folder: str) -> dict[str, str]:
    """Return the environment of a measured process: byte code is kept, as it is for users, but outside the checkout."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode")}
