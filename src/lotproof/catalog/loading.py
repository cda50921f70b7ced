"""Compiled catalogue data to values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from lotproof.catalog.model import Category, Clause, Defect, Minimum, SampleRule, read_group, read_question
from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.quantity import Unit
from lotproof.shipped import compiled, shipped
from lotproof.wording.formats import Formatter
from lotproof.wording.words import Language


def index() -> list[dict[str, Any]]:
    """Return each category of the shipped catalogue: id, parent, title, clause ids; parents before children."""
    from lotproof.catalog import compiling, source

    folder = shipped("spec_catalog")
    data = compiled("catalog-index", lambda: compiling.compile_index(source.read_source(folder)), lambda: source.files(folder))
    rows: list[dict[str, Any]] = data["categories"]
    return rows


def load_category(category: str, where: str = "command line") -> Category:
    """
    Load a category of the shipped catalogue, with everything it inherits.

    Raises:
        Refused: there is no such category (LP201); ``where`` says who asked for it.
    """
    known = [row["id"] for row in index()]
    if category not in known:
        raise Refused(
            [Finding(where=where, code="LP201", message=f"unknown category {quoted(category)}", hint=did_you_mean(category, known))]
        )
    from lotproof.catalog import compiling, source

    folder = shipped("spec_catalog")
    data = compiled(
        f"category-{category}",
        lambda: compiling.compile_category(source.read_source(folder), category),
        lambda: source.files(folder),
    )
    return build_category(data)


def build_category(data: Mapping[str, Any]) -> Category:
    """Build a category from compiled data."""
    units = MappingProxyType({u["id"]: _unit(u) for u in data["units"]})
    return Category(
        id=data["id"],
        revision=data["revision"],
        title=data["title"],
        lineage=tuple(data["lineage"]),
        basis=data["basis"],
        each_up_to=data["each_up_to"],
        clauses=MappingProxyType({c["id"]: _clause(c) for c in data["clauses"]}),
        defects=tuple(
            Defect(id=d["id"], defect_class=d["class"], name=d["name"], border=d["border"], photo=d.get("photo", True))
            for d in data["defects"]
        ),
        minimum=tuple(
            Minimum(
                id=m["id"],
                category=m["category"],
                title=m["title"],
                clauses=tuple(m.get("clauses", ())),
                answers=tuple(m.get("answers", ())),
                every_term=m.get("every_term", ""),
                defect_list=m.get("defect_list", False),
            )
            for m in data["minimum"]
        ),
        groups=tuple(map(read_group, data["groups"])),
        units=units,
        languages=MappingProxyType({entry["language"]: _language(entry, units) for entry in data["languages"]}),
        fingerprint=hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest(),
    )


def _unit(data: Mapping[str, Any]) -> Unit:
    symbol = {**data["symbol"], **{f"one:{language}": text for language, text in data.get("one", {}).items()}}
    return Unit(
        id=data["id"], dimension=data["dimension"], factor=Decimal(data["factor"]) if "factor" in data else None, symbol=symbol
    )


def _language(data: Mapping[str, Any], units: Mapping[str, Unit]) -> Language:
    formatter = Formatter(data["language"], data["locale"], units, data["comma"], (data["brackets"][0], data["brackets"][1]))
    return Language(data["language"], data["name"], formatter, data["phrases"])


def _clause(data: Mapping[str, Any]) -> Clause:
    sample = data["sample"]
    each = data.get("each", {})
    return Clause(
        id=data["id"],
        revision=data["revision"],
        kind=data["kind"],
        unit=data.get("unit", ""),
        statistic=data.get("statistic", "each"),
        each=each,
        nature=data["nature"],
        stage=data["stage"],
        where=data["where"],
        destructive=data.get("destructive", False),
        defect_class=data["defect_class"],
        standards=tuple(data.get("standards", ())),
        minutes=Decimal(str(data.get("minutes", 0))),
        evidence=tuple(data.get("evidence", ())),
        source=data["source"],
        confidence=data["confidence"],
        brought_by=data["brought_by"],
        fixed=data.get("fixed", {}),
        sample=SampleRule(
            plan=sample["plan"],
            n=sample.get("n", 0),
            per=sample.get("per", "lot"),
            level=sample.get("level", ""),
            ac=sample.get("ac", 0),
            of=sample.get("of", {}),
        ),
        questions=tuple(read_question(q, each) for q in data.get("question", ())),
        sentences=data["sentences"],
    )
