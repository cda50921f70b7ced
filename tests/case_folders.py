"""Cases, pictures and whole processes: what the tests of the case folder share."""

from __future__ import annotations

import datetime
import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from lotproof import api
from lotproof.cases.adding import Added, add_files
from lotproof.cases.beginning import begin_case
from lotproof.cases.labels import Labels
from lotproof.orders.digests import order_json
from lotproof.orders.model import Order

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime.datetime(2027, 6, 12, 9, 0, tzinfo=datetime.UTC)


@cache
def order() -> Order:
    """The order of the mugs."""
    return api.build((ROOT / "examples" / "stoneware-mugs" / "answers.toml").read_bytes()).order


@cache
def order_file() -> bytes:
    """Its ``order.json``."""
    return order_json(order())


def new_case(folder: Path) -> Path:
    """Make a case with its order and nothing else."""
    begin_case(str(folder), order(), {"order.json": order_file()}, now=NOW, tool="tests")
    return folder


def add(
    case: Path, *files: Path, now: datetime.datetime = NOW, name: str = "", to: str | None = "arrival", **labels: Any
) -> Added:
    """Record files."""
    return add_files(str(case), list(map(str, files)), Labels(folder=to, **labels), now=now, name=name)


def filled_case(folder: Path) -> Path:
    """Make a case with a file in each folder, two in one of them, and one in a folder further in."""
    case = new_case(folder / "case")
    sources = folder / "sources"
    (sources / "photos").mkdir(parents=True)
    for name in ("report.pdf", "seal.jpg", "mail.eml", "claim.txt", "photos/one.jpg"):
        (sources / name).write_bytes(photo(name) if name.endswith("jpg") else f"content of {name}".encode())
    for to, name in (
        ("inspection", "report.pdf"),
        ("arrival", "seal.jpg"),
        ("messages", "mail.eml"),
        ("claim", "claim.txt"),
    ):
        add(case, sources / name, to=to)
    add(case, sources / "photos")
    return case


def photo(
    seed: str = "",
    *,
    taken: str = "2027:06:12 10:03:11",
    offset: str = "+02:00",
    gps: Mapping[int, Any] | None = None,
    format_: str = "JPEG",
) -> bytes:
    """A small picture as a camera makes it; another one for each seed."""
    colour = hashlib.sha256(seed.encode()).digest()
    image = Image.frombytes("RGB", (8, 8), colour * 6)
    exif = Image.Exif()
    inner: dict[int, Any] = {}
    if taken:
        inner[0x9003] = taken
    if offset:
        inner[0x9011] = offset
    exif[0x8769] = inner
    if gps:
        exif[0x8825] = dict(gps)
    out = io.BytesIO()
    image.save(out, format_, exif=exif)
    return out.getvalue()


PLACE = {1: "N", 2: (53.0, 30.0, 12.5), 3: "W", 4: (9.0, 59.0, 1.25)}
"""A place as a camera writes it."""


def photos(folder: Path, count: int, prefix: str = "IMG_") -> list[Path]:
    """Write different pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{prefix}{number:04}.jpg" for number in range(1, count + 1)]
    for path in paths:
        path.write_bytes(photo(f"{folder}{path.name}"))
    return paths


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, but for the lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lotproof.lock"
    }


def process(*arguments: str | Path, code: str = "") -> subprocess.Popen[str]:
    """Start ``lotproof`` as a process of its own, or a program that runs it."""
    program = [sys.executable, "-c", code] if code else [sys.executable, "-m", "lotproof"]
    return subprocess.Popen(
        [*program, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=_environment()
    )


def run(*arguments: str | Path, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run ``lotproof`` as a process of its own to its end."""
    with process(*arguments, code=code) as running:
        out, errors = running.communicate()
    return subprocess.CompletedProcess(running.args, running.returncode, out, errors)


def _environment() -> dict[str, str]:
    return {**os.environ, "NO_COLOR": "1"}


def codes(findings: Sequence[Any]) -> list[str]:
    """Return the codes of findings."""
    return [finding.code for finding in findings]
