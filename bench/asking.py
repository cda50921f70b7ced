"""The question flow: the first question as a whole process, the next one with few and with many answers."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator

from bench.content import ROOT
from bench.table import Result
from bench.timing import Side, in_turns, median, processes, ratio, repeated
from lotproof.catalog.loading import load_category
from lotproof.frozen import replace
from lotproof.questions import flow
from lotproof.questions.steps import Flow
from lotproof.sources import parse_toml

FEW, MANY = 30, 300
TIMES = 10

FIRST = """
import builtins, datetime, os, pathlib, sys
from lotproof.catalog.loading import load_category
from lotproof.cli.asking.dialogue import Dialogue
from lotproof.cli.asking.draft import Draft
from lotproof.cli.asking.screen import Screen
def stop(prompt):
    raise EOFError
builtins.input = stop
path = pathlib.Path(sys.argv[1]) / f"{os.getpid()}.toml"
Dialogue(Screen("en"), Draft(path, "ceramic_tableware", "0" * 32), load_category("ceramic_tableware"), datetime.date(2027, 1, 5)).run()
"""
"""Everything that `lotproof new` does up to the first question, which nobody answers."""


def results(warm: int, started: int) -> Iterator[Result]:
    """Measure both."""
    with tempfile.TemporaryDirectory() as folder:
        commands = {"bare": (sys.executable, "-c", "pass"), "first": (sys.executable, "-c", FIRST, folder)}
        taken = processes(commands, started, folder)
    yield Result(
        what="first question of lotproof new over python -c pass",
        measured=ratio(taken, "first", "bare"),
        at_most=25,
        detail=", ".join(f"{name} {median(values) * 1000:.0f} ms" for name, values in taken.items()),
    )
    sides = {f"{answered} answers": _next(answered) for answered in (FEW, MANY)}
    times = in_turns({name: repeated(side, TIMES) for name, side in sides.items()}, warm)
    few, many = sides
    yield Result(
        what=f"next question with {MANY} answers over that with {FEW}",
        measured=ratio(times, many, few),
        at_most=1.5,
        detail=", ".join(f"{name} {median(values) / TIMES / FEW * 1e6:.0f} µs" for name, values in times.items()),
    )


def _next(answered: int) -> Side:
    """Return a look for the next question behind each of the last 30 of so many answers to the questions on T-shirts."""
    data, _ = parse_toml((ROOT / "examples" / "cotton-t-shirts" / "answers.toml").read_bytes(), "answers.toml")
    category = load_category(data["category"])
    asked = Flow(category)
    state = flow.begin(category, data)
    steps = [step for step in flow.steps(asked, state) if step.kind == "answer"]
    for step in steps[answered:]:
        state = replace(state, data=flow.with_value(state.data, step.path, ""))
    states = [replace(state, at=(step.section, step.path)) for step in steps[answered - FEW : answered]]

    def look() -> None:
        for one in states:
            flow.next_question(asked, one)

    return look
