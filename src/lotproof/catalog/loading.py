"""Compiled catalogue data to values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from lotproof.catalog.model import (
    Category,
    Clause,
    Defect,
    Eased,
    Minimum,
    SampleRule,
    Standard,
    read_group,
    read_question,
)
from lotproof.catalog.tables import read_table
from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.messages import say
from lotproof.quantity import Unit
from lotproof.shipped import compiled, shipped
from lotproof.sources import parse_toml
from lotproof.wording.formats import Formatter
from lotproof.wording.words import Language


def index() -> list[dict[str, Any]]:
    """Return each category of the shipped catalogue: id, parent, title, clause ids; parents before children."""
    data = _compiled("catalog-index", "compile_index")
    rows: list[dict[str, Any]] = data["categories"]
    return rows


def load_category(category: str, where: str = "command line") -> Category:
    """
    Load a category of the shipped catalogue, with everything it inherits.

    Raises:
        Refused: there is no such category (LP201); ``where`` says who asked for it.
    """
    refuse_unknown(category, where, [row["id"] for row in index()])
    return _load(category)


def refuse_unknown(category: str, where: str, known: Sequence[str]) -> None:
    """
    Say whether a category is one of those known.

    Raises:
        Refused: it is not (LP201).
    """
    if category not in known:
        message = say("unknown category {category}", category=quoted(category))
        raise Refused([Finding(where=where, code="LP201", message=message, hint=did_you_mean(category, known))])


@lru_cache(maxsize=1)
def units() -> Mapping[str, Unit]:
    """Return every unit of the shipped catalogue by its id: what readings may be written in, whatever the category."""
    data, _ = parse_toml((shipped("spec_catalog") / "units.toml").read_bytes(), "units.toml")
    return MappingProxyType({u["id"]: _unit(u) for u in data["unit"]})


@lru_cache(maxsize=8)
def _load(category: str) -> Category:
    return build_category(_compiled(f"category-{category}", "compile_category", category))


def _compiled(name: str, function: str, *arguments: str) -> dict[str, Any]:
    folder = shipped("spec_catalog")

    def make() -> dict[str, Any]:
        from lotproof.catalog import compiling, source

        made: dict[str, Any] = getattr(compiling, function)(source.read_source(folder), *arguments)
        return made

    return compiled(name, make, folder)


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
            Defect(
                id=d["id"],
                defect_class=d["class"],
                name=d["name"],
                border=d["border"],
                photo=d.get("photo", True),
                transit=None if d["transit"] is None else tuple(d["transit"]),
            )
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
        first=tuple(data["first"]),
        units=units,
        tables=MappingProxyType({t["id"]: read_table(t) for t in data["tables"]}),
        standards=MappingProxyType({name: _standard(name, row) for name, row in data["standards"].items()}),
        languages=MappingProxyType({entry["language"]: _language(entry, units) for entry in data["languages"]}),
        currencies=data["currencies"],
        fingerprint=data["fingerprint"],
        eased=tuple(Eased(**row) for row in data.get("eased", ())),
    )


def _standard(cited: str, data: Mapping[str, Any]) -> Standard:
    twin = data.get("gb", {})
    seen = twin.get("relation") == "same" and twin.get("confidence") == "V"
    return Standard(title=data["title"], twin=twin.get("number", ""), identical=seen and bool(_YEAR.search(cited)))


_YEAR = re.compile(r"[:-](?:19|20)[0-9]{2}\Z")


def _unit(data: Mapping[str, Any]) -> Unit:
    symbol = {**data["symbol"], **{f"one:{language}": text for language, text in data.get("one", {}).items()}}
    return Unit(
        id=data["id"],
        dimension=data["dimension"],
        factor=Decimal(data["factor"]) if "factor" in data else None,
        symbol=symbol,
        typed=tuple(data.get("typed", ())),
        before=tuple(data.get("before", ())),
        divisor=Decimal(data.get("divisor", 1)),
        zero=Decimal(data.get("zero", 0)),
    )


def _language(data: Mapping[str, Any], units: Mapping[str, Unit]) -> Language:
    symbols = data["symbols"]
    formatter = Formatter(
        language=data["language"],
        decimal=symbols["decimal"],
        group=symbols["group"],
        months=tuple(symbols["months"]),
        date=data["date"],
        units=units,
        comma=data["comma"],
    )
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
            by_class=sample.get("aql") == "class",
            of=sample.get("of", {}),
        ),
        questions=tuple(read_question(q, each) for q in data.get("question", ())),
        sentences=data["sentences"],
    )
