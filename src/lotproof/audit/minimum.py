"""The minimum specification of a category: what a contract of it has to state, and does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lotproof.audit.contract import Contract
from lotproof.audit.model import Hit
from lotproof.audit.vague import names, proposal, subjects_of
from lotproof.catalog.describing import spoken
from lotproof.catalog.model import Category, Clause, Minimum


def missing_items(contract: Contract, category: Category) -> Iterator[Hit]:
    """LP525: an item of the category's minimum specification that the contract does not state with its limit."""
    for minimum in category.minimum:
        subjects = _subjects(minimum, category, contract)
        stated = [state(contract, subject) for subject in subjects]
        if "stated" in stated:
            continue
        clauses = [category.clauses[name] for name in minimum.clauses if name in category.clauses]
        yield Hit(
            name="LP525.open" if "named" in stated else "LP525",
            values={"item": minimum.title, "proposal": proposal(clauses[:1])},
        )


def state(contract: Contract, subject: Mapping[str, Any]) -> str:
    """Return ``stated`` where a subject stands with what it needs, ``named`` where it stands without, else nothing."""
    named = ""
    for unit in contract.units:
        lower = f" {contract.lower[unit.start : unit.end]}"
        if not names(lower, subject):
            continue
        named = "named"
        numbers = contract.numbers_within(unit.start, unit.end)
        match subject["needs"]:
            case "word":
                return "stated"
            case "measure":
                if any(n.unit and _fits(contract, n.unit, subject["units"]) for n in numbers):
                    return "stated"
            case _:
                if (
                    numbers
                    or contract.cited_within(unit.start, unit.end)
                    or re.search(r"[A-Z]{2,}-?[0-9]|[0-9]", lower.upper())
                ):
                    return "stated"
    return named


def _fits(contract: Contract, unit: str, units: list[str]) -> bool:
    """Say whether a unit is one of some, or of the dimension of one."""
    known = contract.data.units
    return unit in units or any(
        known[one].dimension == known[unit].dimension and known[one].factor is not None for one in units if one in known
    )


def _subjects(minimum: Minimum, category: Category, contract: Contract) -> list[Mapping[str, Any]]:
    """Return what answers a minimum item: the subjects that list it, else those its title speaks of, else its own words."""
    listed = [subject for subject in contract.data.subjects if minimum.id in subject["minimum"]]
    if listed:
        return listed
    text = f"{minimum.title['en']} {minimum.title['zh']}"
    return subjects_of(text, contract.data.subjects) or [
        {
            "en": [word.lower() for word in re.findall(r"[A-Za-z]{5,}", minimum.title["en"])],
            "zh": [minimum.title["zh"]],
            "units": [unit for name in minimum.clauses if (unit := _unit(category.clauses.get(name)))],
            "needs": "detail",
        }
    ]


def _unit(clause: Clause | None) -> str:
    return (clause.unit or clause.each.get("unit", "")) if clause else ""


def _title(clause: Clause, language: str) -> str:
    return spoken(clause.sentences["title"][language])
