"""The example houses, copied to where a test may change them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples" / "houses"


@pytest.fixture
def houses(tmp_path: Path) -> Path:
    """A folder with the example houses and the answers that use them."""
    folder = tmp_path / "houses"
    shutil.copytree(EXAMPLES, folder)
    return folder
