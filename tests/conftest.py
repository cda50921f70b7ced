"""What all tests share: the examples, the random orders, how thorough a run is, and which tests stay together."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from drawn import Drawn

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
ROOT = HERE.parent

settings.register_profile(
    "ci",
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def mugs() -> bytes:
    """The answers of the example with three mugs and AQL sampling."""
    return (ROOT / "examples" / "stoneware-mugs" / "answers.toml").read_bytes()


@pytest.fixture(scope="session")
def machine() -> bytes:
    """The answers of the example with two packing machines."""
    return (ROOT / "examples" / "vffs-packing-machine" / "answers.toml").read_bytes()


@pytest.fixture
def drawn(request: pytest.FixtureRequest) -> Drawn:
    """A random order of :data:`drawn.ORDERS`; a test that fails shows its answers."""
    from drawn import orders  # once hypothesis knows its profile

    category, number = request.param
    made: Drawn = orders(category)[number]
    print(made.answers.decode())
    return made


FIRST = (
    "test_pages.py",
    "test_round_trip.py",
    "test_arrival.py",
    "test_packaging.py",
    "test_checks.py",
    "test_inheriting.py",
)
"""Files whose tests share what takes long to make: a run of LibreOffice, a wheel, the catalogue prepared for checking."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Let tests that share something run one after another: the files of :data:`FIRST`, the tests of each category, the others.

    A worker of pytest-xdist gets a stretch of them and makes what they share once.
    """

    def place(item: pytest.Item) -> tuple[int, str]:
        values: dict[str, Any] = (
            item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
        )
        category = values["drawn"][0] if "drawn" in values else values.get("category", "")
        return (0 if item.path.name in FIRST else 1 if category else 2, category)

    items.sort(key=place)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--accept`` rewrites transcripts with what is printed now; read the difference before you commit it."""
    parser.addoption("--accept", action="store_true", help="rewrite transcripts and goldens with what is printed now")
