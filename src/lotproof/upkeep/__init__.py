"""Looking after catalogue and houses: everything compiled at once, for the wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lotproof.audit.compiling import compile_audit
from lotproof.catalog.compiling import compile_category, compile_index
from lotproof.catalog.source import read_source
from lotproof.templates.compiling import compile_house
from lotproof.templates.folders import stack
from lotproof.wording.compiling import compile_lexicon


def compile_all(catalogue: Path, templates: Path) -> dict[str, dict[str, Any]]:
    """Return every compiled document by name, as :func:`lotproof.shipped.compiled` looks for them."""
    source = read_source(catalogue)
    found: dict[str, dict[str, Any]] = {
        "catalog-index": compile_index(source),
        "lexicon": compile_lexicon(catalogue / "lexicon"),
        "audit": compile_audit(catalogue),
    }
    for file in source.categories:
        name = file.data["id"]
        found[f"category-{name}"] = compile_category(source, name)
    for house in sorted(templates.glob("*/house.toml")):
        found[f"house-{house.parent.name}"] = compile_house(stack(house.parent))
    return found
