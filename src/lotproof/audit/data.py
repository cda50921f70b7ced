"""The data of an audit, ready to use: concepts as a finder, units by their spellings, texts of findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lotproof.audit.model import Weight
from lotproof.frozen import Frozen
from lotproof.shipped import compiled, shipped
from lotproof.wording.finding import Finder, Vocabulary


class Text(Frozen, kw_only=True):
    """What a finding says in one language, with ``{names}`` of values in it."""

    message: str
    hint: str


class Unit(Frozen, kw_only=True):
    """A unit as an audit knows it; no factor: it converts into nothing."""

    id: str
    dimension: str
    factor: Decimal | None


class Standard(Frozen, kw_only=True):
    """A row of ``standards.toml``: its number, the edition the catalogue names, and what became of it."""

    number: str
    edition: str
    withdrawn: bool
    successor: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Data:
    """
    Everything that is data; there is one of it in a process, and patterns are kept for it.

    Attributes:
        concepts: names, by the tag of :attr:`finder`.
        spellings: how units are written, folded, to their ids.
        texts: by code and form (``LP531``, ``LP531.edition``), then by language.
        weights: by code and form.
        subjects: words of what is measured, by name.
    """

    simplified: Mapping[str, str]
    vocabulary: Vocabulary
    finder: Finder
    concepts: tuple[str, ...]
    words: Mapping[str, Any]
    units: Mapping[str, Unit]
    spellings: Mapping[str, str]
    texts: Mapping[str, Mapping[str, Text]]
    weights: Mapping[str, Weight]
    subjects: Sequence[Mapping[str, Any]]
    standards: tuple[Standard, ...]


@lru_cache(maxsize=1)
def data() -> Data:
    """Return the shipped data, read once."""
    folder = shipped("spec_catalog")

    def make() -> dict[str, Any]:
        from lotproof.audit.compiling import compile_audit

        return compile_audit(folder)

    return ready(compiled("audit", make, folder))


def ready(raw: Mapping[str, Any]) -> Data:
    """Build the data from its compiled form."""
    vocabulary = Vocabulary(raw["symbols"])
    units = {
        row["id"]: Unit(
            id=row["id"], dimension=row["dimension"], factor=Decimal(row["factor"]) if row["factor"] else None
        )
        for row in raw["units"]
    }
    spellings = {folded(symbol): row["id"] for row in raw["units"] for symbol in (row["id"], *row["symbols"])}
    for name, written in raw["words"]["units"].items():
        units.setdefault(name, Unit(id=name, dimension=name, factor=None))
        spellings |= {folded(one): name for one in written if folded(one) not in spellings}
    return Data(
        simplified=raw["simplified"],
        vocabulary=vocabulary,
        finder=Finder(raw["finder"], vocabulary),
        concepts=tuple(raw["concepts"]),
        words=raw["words"],
        units=units,
        spellings=spellings,
        texts={
            _name(row): {
                language: Text(message=row[language]["message"], hint=row[language]["hint"])
                for language in ("en", "zh")
            }
            for row in raw["findings"]
        },
        weights={_name(row): Weight(row["severity"]) for row in raw["findings"]},
        subjects=raw["subjects"],
        standards=tuple(
            Standard(
                number=row["number"],
                edition=row["edition"],
                withdrawn=row["status"] == "withdrawn",
                successor=row["successor"],
            )
            for row in raw["standards"]
        ),
    )


def folded(unit: str) -> str:
    """Return the spelling of a unit as it is looked up: words of three letters and more in lower case."""
    unit = unit.replace("\u00b5", "\u03bc").replace("\u2126", "\u03a9").rstrip("!")
    return unit.lower() if len(unit) >= 3 and unit.replace(" ", "").isalpha() else unit


def _name(row: Mapping[str, Any]) -> str:
    return f"{row['code']}.{row['form']}" if row.get("form") else str(row["code"])
