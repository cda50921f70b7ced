"""The wheel holds what the program needs, and works outside the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from lotproof import shipped

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as an installer builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    (found,) = folder.glob("*.whl")
    return found


def test_every_shipped_file_on_disk_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, place in (
        ("src/lotproof", "lotproof"),
        ("templates", "lotproof/_shipped/templates"),
        ("spec_catalog", "lotproof/_shipped/spec_catalog"),
    ):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert f"{place}/{path.relative_to(ROOT / folder).as_posix()}" in names
    assert not [n for n in names if n.startswith(("tests/", "examples/", "bench/")) or n.endswith(".pyc")]


def test_the_wheel_is_compiled_for_every_category_and_house(wheel: Path) -> None:
    package = zipfile.ZipFile(wheel)
    compiled = {n.rpartition("/")[2] for n in package.namelist() if "/compiled/" in n}
    ids = {row["id"] for row in json.loads(package.read("lotproof/_shipped/compiled/catalog-index.json"))["categories"]}
    assert compiled == {
        "catalog-index.json",
        "audit.json",
        "lexicon.json",
        "house-standard.json",
        *(f"category-{name}.json" for name in ids),
    }


def test_the_wheel_builds_an_order_far_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    example = (ROOT / "examples" / "vffs-packing-machine" / "answers.toml").read_bytes()
    (tmp_path / "answers.toml").write_bytes(example)
    code = "import sys, lotproof.shipped as s; assert 'site' in s.__file__, s.__file__; from lotproof.cli import run; run()"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-c", code, "build", "answers.toml", "-o", "out", "--final"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        "contract.docx",
        "checklist.docx",
        "checklist.xlsx",
        "order.json",
    }
    assert not (tmp_path / "cache").exists(), "a wheel compiles nothing"
    from lotproof import api

    here = dict(api.render(api.build(example).order))
    assert all((tmp_path / "out" / name).read_bytes() == content for name, content in here.items())


def test_of_what_is_compiled_the_newest_few_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for number in range(12):
        assert shipped.kept(f"house-own-{number:064x}", lambda: {"is": "made"}) == {"is": "made"}
    assert shipped.kept(f"house-own-more-{1:064x}", lambda: {"of": "another"}) == {"of": "another"}
    left = sorted(path.name for path in (tmp_path / "lotproof").glob("house-own-0*.json"))
    assert len(left) == 8
    assert f"house-own-{11:064x}.json" in left
    assert shipped.kept(f"house-own-{11:064x}", lambda: {"is": "made again"}) == {"is": "made"}
