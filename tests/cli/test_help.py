"""Help comes fast, has examples, and is there for each command."""

from __future__ import annotations

import subprocess
import sys

import pytest

from lotproof.cli import COMMANDS


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a whole process."""
    return subprocess.run([sys.executable, "-m", "lotproof", *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "command",
    [[], *([name] for name in COMMANDS), ["catalog", "list"], ["catalog", "show"], ["catalog", "check"]]
    + [["house", name] for name in ("check", "diff", "explain", "import", "new", "test", "update")],
)
def test_each_command_has_help_with_an_example(command: list[str]) -> None:
    done = run(*command, "--help")
    assert done.returncode == 0
    assert " ".join(["lotproof", *command]) in done.stdout
    assert "Example" in done.stdout
    assert done.stderr == ""


def test_help_imports_no_heavy_library() -> None:
    code = (
        "import sys; from lotproof.cli import run\n"
        "try: run(['--help'])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('docx', 'jinja2', 'jsonschema', 'babel', 'lotproof.api') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_build_needs_neither_jinja_nor_jsonschema_nor_babel_once_compiled(tmp_path: object) -> None:
    code = (
        "import sys; from lotproof import api; api.render\n"
        "built = api.build(open('examples/stoneware-mugs/answers.toml', 'rb').read())\n"
        "dict(api.render(built.order))\n"
        "print([m for m in ('docx', 'jinja2', 'jsonschema', 'babel') if m in sys.modules])"
    )
    for _ in range(2):  # the first may compile
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["biuld"], "did you mean build?"),
        (["build"], "Missing argument"),
        (["build", "x.toml", "--lang", "fr"], "fr"),
        (["build", "x.toml", "--nonsense"], "No such option"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_is_right(arguments: list[str], words: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stdout == ""


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert version("lotproof") in run("--version").stdout
