"""Orders that state every clause of a category, by the examples of the catalogue."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from lotproof.catalog.loading import load_category
from lotproof.catalog.source import read_source
from lotproof.shipped import shipped
from strategies import to_toml

MUGS = Path(__file__).parents[1] / "examples" / "stoneware-mugs" / "answers.toml"


@cache
def examples() -> dict[str, dict[str, Any]]:
    """Return the answers of the first example of every clause."""
    source = read_source(shipped("spec_catalog"))
    return {file.data["id"]: file.data["example"][0]["answers"] for _, file in source.clauses}


def filled(category: str) -> bytes:
    """Return an answers file that states every clause of a category by its example; parties and payment of the mugs."""
    loaded = load_category(category)
    base = tomllib.loads(MUGS.read_text(encoding="utf-8"), parse_float=Decimal)
    goods = {key: value for key, value in base["goods"][0].items() if key != "terms"}
    data = {
        "format": base["format"],
        "category": category,
        "confirmed": sorted(c.id for c in loaded.clauses.values() if c.unverified),
        **{group.id: base[group.id] for group in loaded.groups if not group.repeat and group.id in base},
        "goods": [goods | {"quantity": 2 if loaded.basis == "each" else 5000}],
        "terms": {clause: examples()[clause] for clause in loaded.clauses},
    }
    return to_toml(data).encode()
