"""Orders built on a Dask cluster: one scheduler and one worker, which see nothing of this disk but their own folders."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "examples" / "houses" / "order.toml"
HOUSE = ROOT / "examples" / "houses" / "riverside-nordkauf"


@pytest.fixture(scope="session")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    quiet: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    dask = (sys.executable, "-m", "dask")
    chief = subprocess.Popen(
        (*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)),
        **quiet,
    )
    worker = subprocess.Popen(
        (*dask, "worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny", "--no-dashboard"), **quiet
    )
    try:
        until = time.monotonic() + 60
        while not file.is_file() or not file.stat().st_size:
            assert time.monotonic() < until, "no scheduler after a minute"
            time.sleep(0.1)
        yield json.loads(file.read_text())["address"]
    finally:
        for one in (worker, chief):
            one.terminate()
        for one in (worker, chief):
            one.wait(timeout=30)


def batch(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    orders = folder / "orders.csv"
    folder.mkdir(parents=True, exist_ok=True)
    orders.write_text("order.number,goods[1].quantity\nNK-1,3000\nNK-2,many\nNK-3,5000\n", encoding="utf-8")
    command = ("batch", str(orders), "--answers", str(TEMPLATE), "--house", str(HOUSE), "-o", str(folder / "built"))
    return subprocess.run(
        (sys.executable, "-m", "lotproof", *command, *options),
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1"},
    )


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.*")) if path.is_file()}


def test_a_cluster_gives_the_same_bytes_and_the_same_findings(scheduler: str, tmp_path: Path) -> None:
    alone = batch(tmp_path / "here", "--processes", "1")
    away = batch(tmp_path / "away", "--scheduler", scheduler)
    assert (away.returncode, away.stderr) == (alone.returncode, alone.stderr)
    assert away.returncode == 1
    assert "B3: goods[1].quantity" in away.stderr
    assert away.stdout.splitlines()[0] == "2 of 3 orders built, 2 of them drafts, 0 by an earlier run; 1 not built"
    assert content(tmp_path / "away" / "built") == content(tmp_path / "here" / "built")
    again = batch(tmp_path / "away", "--scheduler", scheduler)
    assert again.stdout.splitlines()[0] == "2 of 3 orders built, 2 of them drafts, 2 by an earlier run; 1 not built"


def test_a_scheduler_that_does_not_answer_is_told(tmp_path: Path) -> None:
    done = batch(tmp_path, "--scheduler", "127.0.0.1:1")
    assert done.returncode == 1
    assert "LP912" in done.stderr
    assert "tcp://10.0.0.5:8786" in done.stderr
    assert not (tmp_path / "built" / "summary.csv").exists()
