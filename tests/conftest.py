"""What all tests share: the folder of examples, and the strategies on the path."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
ROOT = HERE.parent


@pytest.fixture(scope="session")
def mugs() -> bytes:
    """The answers of the example with three mugs and AQL sampling."""
    return (ROOT / "examples" / "stoneware-mugs" / "answers.toml").read_bytes()


@pytest.fixture(scope="session")
def machine() -> bytes:
    """The answers of the example with two packing machines."""
    return (ROOT / "examples" / "vffs-packing-machine" / "answers.toml").read_bytes()


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--accept`` rewrites transcripts with what is printed now; read the difference before you commit it."""
    parser.addoption("--accept", action="store_true", help="rewrite transcripts and goldens with what is printed now")
