"""The transcripts of the examples: each command is run as it stands, and prints what stands under it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/README.md"))


def blocks(readme: str) -> list[tuple[str, str, int]]:
    """Return each command of a transcript with what it prints and its exit code (a line ``? 1``; 0 where none stands)."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            code = re.search(r"^\? (\d+)\n\Z", output, re.MULTILINE)
            found.append((command, output[: code.start()] if code else output, int(code.group(1)) if code else 0))
    return found


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda p: p.name)
def test_a_transcript_prints_what_it_says(example: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    folder = tmp_path / example.name
    shutil.copytree(example, folder)
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "lotproof").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lotproof "$@"\n')
    (programs / "lotproof").chmod(0o755)
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    readme = (example / "README.md").read_text(encoding="utf-8")
    seen = []
    for command, _, _ in blocks(readme):
        done = subprocess.run(
            ["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        seen.append((command, done.stderr + done.stdout, done.returncode))
    if request.config.getoption("--accept"):
        (example / "README.md").write_text(accepted(readme, seen), encoding="utf-8")
    wanted = blocks((example / "README.md").read_text(encoding="utf-8"))
    assert wanted
    assert seen == wanted


def accepted(readme: str, seen: list[tuple[str, str, int]]) -> str:
    """Return the README with what its commands really print."""
    left = iter(seen)

    def again(match: re.Match[str]) -> str:
        parts = []
        for _ in re.findall(r"^\$ ", match.group(1), re.MULTILINE):
            command, output, code = next(left)
            parts.append(f"$ {command}\n{output}" + (f"? {code}\n" if code else ""))
        return f"```console\n{''.join(parts)}```"

    return re.sub(r"^```console\n(.*?)^```$", again, readme, flags=re.MULTILINE | re.DOTALL)


def test_every_example_has_answers_and_a_transcript() -> None:
    folders = [path for path in (ROOT / "examples").iterdir() if path.is_dir()]
    assert {p.name for p in folders} == {p.name for p in EXAMPLES}
    for folder in folders:
        assert any((folder / name).is_file() for name in ("answers.toml", "order.toml"))
