"""Houses and batches: what a house adds to a build, how `house check` grows, orders by the hundred on one core and on two."""

from __future__ import annotations

import csv
import re
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench import rivals
from bench.content import MUGS, ROOT
from bench.render import Contract
from bench.table import Result
from bench.timing import in_turns, median, peaks, processes, ratio
from lotproof.upkeep.houses import look

HOUSES = ROOT / "examples" / "houses"
TOP = "riverside-nordkauf"
CHECKED = (50, 200)
"""Provisions of a house that is checked."""

AGAIN = """
import shutil, sys
from lotproof.cli import run
shutil.rmtree(sys.argv[1], ignore_errors=True)
sys.argv[:2] = ["lotproof", "batch", "-o", sys.argv[1]]
run()
"""
"""A batch that finds nothing of an earlier run."""


def results(contract: Contract, warm: int, started: int, orders: int) -> Iterator[Result]:
    """
    Measure both.

    Args:
        contract: that docxtpl prints beside the batch.
        orders: in a batch; a quarter of them for its memory.
    """
    with tempfile.TemporaryDirectory() as folder:
        yield _on_top(folder, started)
    with tempfile.TemporaryDirectory() as folder:
        yield _checked(Path(folder), warm)
    with tempfile.TemporaryDirectory() as folder:
        yield from _batches(Path(folder), contract, max(3, started // 8), orders)


def _on_top(folder: str, rounds: int) -> Result:
    """A build in the words of the client's house, which stands on two, over one of the same answers in those that ship."""
    own = (HOUSES / "order.toml").read_text(encoding="utf-8")
    plain = Path(folder, "plain.toml")
    plain.write_text(re.sub(r"^house = .*$", "", own, flags=re.MULTILINE), encoding="utf-8")
    build = (sys.executable, "-m", "lotproof", "build", "--force", "-o")
    taken = processes(
        {
            "ships": (*build, str(Path(folder, "ships")), str(plain)),
            "house": (*build, str(Path(folder, "house")), str(HOUSES / "order.toml"), "--house", str(HOUSES / TOP)),
        },
        rounds,
        folder,
    )
    return Result(
        what="lotproof build with a house on top of two others, over one without",
        measured=ratio(taken, "house", "ships"),
        at_most=1.15,
        detail=", ".join(f"{name} {median(spent) * 1000:.0f} ms" for name, spent in taken.items()),
    )


def _checked(folder: Path, rounds: int) -> Result:
    houses = {str(count): _house(folder / f"house-{count}", count) for count in CHECKED}
    taken = in_turns({name: partial(look, house) for name, house in houses.items()}, rounds)
    few, many = map(str, CHECKED)
    return Result(
        what=f"house check of {many} provisions over {few}",
        measured=ratio(taken, many, few),
        at_most=1.2 * CHECKED[1] / CHECKED[0],
        detail=", ".join(f"{name} provisions {median(spent) * 1000:.0f} ms" for name, spent in taken.items()),
    )


def _house(folder: Path, count: int) -> Path:
    """Write a house with so many provisions of its own, as long as those of the example."""
    (folder / "contract").mkdir(parents=True)
    head = (HOUSES / "riverside" / "house.toml").read_text(encoding="utf-8").partition("\n[")[0]
    head = re.sub(r"^id = .*$", f'id = "{folder.name}"', head, flags=re.MULTILINE)
    (folder / "house.toml").write_text(head, encoding="utf-8")
    visits = (HOUSES / "riverside" / "contract" / "visits.toml").read_text(encoding="utf-8")
    for number in range(count):
        text = visits.replace("contract.visits", f"contract.visits_{number}").replace(
            "position = ", f"position = {number}"
        )
        (folder / "contract" / f"visits_{number}.toml").write_text(text, encoding="utf-8")
    return folder


def _batches(folder: Path, contract: Contract, rounds: int, orders: int) -> Iterator[Result]:
    few = max(10, orders // 4)
    tables = {count: _table(folder / f"{count}.csv", count) for count in (few, orders)}

    def batch(name: str, count: int, *options: str) -> tuple[str, ...]:
        out = str(folder / name)
        return (sys.executable, "-c", AGAIN, out, str(tables[count]), "--answers", str(MUGS), *options)

    alone = ("--document", "contract", "--format", "docx", "--processes", "2")
    taken = processes(
        {
            "one": batch("one", orders, "--processes", "1"),
            "two": batch("two", orders, "--processes", "2"),
            "contracts": batch("contracts", orders, *alone),
        },
        rounds,
        str(folder),
    )
    yield Result(
        what=f"batch of {orders} orders: rate of two processes over one",
        measured=ratio(taken, "one", "two"),
        at_least=1.7,
        detail=", ".join(f"{name} {orders / median(taken[name]):.1f} orders/s" for name in ("one", "two")),
    )
    context = rivals.context(contract.flat)
    docxtpl = median(in_turns({"docxtpl": lambda: rivals.docxtpl(contract.template, context)}, rounds)["docxtpl"])
    each = median(taken["contracts"]) / orders
    yield Result(
        what=f"batch of {orders} orders, two processes: rate of contracts over docxtpl's",
        measured=docxtpl / each,
        at_least=20,
        detail=f"{each * 1000:.1f} ms an order against {docxtpl * 1000:.0f} ms for rendering a contract of docxtpl's",
    )
    memory = peaks({str(count): batch("memory", count, "--processes", "1") for count in tables}, 1, str(folder))
    if memory:
        yield Result(
            what=f"peak memory of a batch of {orders} orders over {few}",
            measured=ratio(memory, str(orders), str(few)),
            at_most=1.1,
            detail=", ".join(f"{name} orders {median(kib):,.0f} KiB" for name, kib in memory.items()),
        )


def _table(path: Path, count: int) -> Path:
    with open(path, "w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(("order.number", "goods[1].quantity"))
        table.writerows((f"HB-2027-{number:04}", 400 + 10 * number) for number in range(1, count + 1))
    return path
