"""A buyer's own requirements: rows of ``[[own_terms]]`` become clauses of this order alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from lotproof.catalog.model import PARTS, Clause, Question, SampleRule
from lotproof.findings import did_you_mean
from lotproof.frozen import Frozen
from lotproof.messages import reason, say
from lotproof.quantity import Unit, parse_quantity
from lotproof.questions import numbers
from lotproof.questions.problems import Problem, Report, inside

GROUP = "own_terms"
"""The group of questions that makes them."""

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")

_NATURES = {
    "documents": "document",
    "measurement": "dimensional",
    "function": "functional",
    "laboratory": "laboratory",
    "destructive": "functional",
}
"""The nature of what is asked, by the stage of the walk; everything else is looked at."""


class OwnTerm(Frozen):
    """A clause that stands in this order alone, the answers that make its requirement, and the items it is for (all where empty)."""

    clause: Clause
    values: Mapping[str, Any]
    items: tuple[str, ...]


def own_term(
    row: Mapping[str, Any], questions: tuple[Question, ...], units: Mapping[str, Unit], report: Report
) -> OwnTerm | None:
    """
    Build the clause of a row whose answers to ``questions`` have been read; blanks stay blanks.

    Reports LP171 for a row that cannot be told from another or judged: no name, no kind, no sample. LP104, LP105, LP112 for numbers.
    """
    there = inside(report, "id")
    name, kind, sample = row.get("id"), row.get("kind"), row.get("sample")
    if name is None or not _ID.match(name):
        message = say("an own requirement needs a short name of small letters, digits and underscores")
        there(Problem(code="LP171", message=message, hint=say('write id = "zip_pull"')))
        return None
    for key, given in (("kind", kind), ("sample", sample)):
        if given is None:
            message = say("without {key} the requirement cannot be judged", key=key)
            inside(report, key)(
                Problem(
                    code="LP171", message=message, hint=say("write {key} = ...; lotproof questions lists them", key=key)
                )
            )
    if kind is None or sample is None:
        return None
    values = {**row, **_numbers(row, units, report)}
    if kind == "count" and row.get("least") is None and row.get("most") is None:
        message = say("a count needs least or most")
        inside(report, "most")(Problem(code="LP171", message=message, hint=say("write most = 0, for example")))
    unit = next((q.unit for key in ("limit", "nominal") if (q := values.get(key)) is not None), "")
    return OwnTerm(_clause(row, questions, unit), MappingProxyType(values), tuple(row.get("items") or ()))


def _clause(row: Mapping[str, Any], questions: tuple[Question, ...], unit: str) -> Clause:
    stage = row.get("stage") or "unit"
    laboratory = stage == "laboratory" or row.get("brought_by") == "laboratory"
    title = _plain(row.get("title"), "title")
    colon = {"en": ": ", "zh": "："}
    stop = {"en": ".", "zh": "。"}
    return Clause(
        id=f"own.{row['id']}",
        revision=1,
        kind=row["kind"],
        unit="pc" if row["kind"] == "count" else unit,
        statistic="each",
        each={},
        nature=_NATURES.get(stage, "visual"),
        stage=stage,
        where="laboratory" if laboratory else "factory",
        destructive=stage == "destructive",
        defect_class=row.get("class") or "major",
        standards=tuple(row.get("standards") or ()),
        minutes=row.get("minutes") or Decimal(0),
        evidence=("reading", row.get("evidence") or "photo"),
        source="the buyer",
        confidence={},
        brought_by=row.get("brought_by") or "inspector",
        fixed={},
        sample=SampleRule(
            plan=row["sample"], n=row.get("n") or 1, level=row.get("level") or "", ac=row.get("ac") or 0, of={}
        ),
        questions=questions,
        sentences={
            "title": title,
            "wording": {
                code: [*title[code], colon.get(code, ": "), {"v": ["required"]}, stop.get(code, ".")] for code in title
            },
            **{key: _plain(row.get(key), key) for key in ("method", "instrument", "action")},
        },
    )


def _plain(words: Mapping[str, str] | None, key: str) -> dict[str, list[Any]]:
    """Return the program of a text that somebody has written: it is printed as it stands and never parsed; a blank stays one."""
    if words is None:
        return {"en": [{"v": [key]}], "zh": [{"v": [key]}]}
    other = next(iter(words.values()))
    return {code: [words.get(code, other)] for code in ("en", "zh")}


def _numbers(row: Mapping[str, Any], units: Mapping[str, Unit], report: Report) -> dict[str, Any]:
    """Read the quantities of a row; the unit is the one that the limit or the nominal value is written in."""
    read: dict[str, Any] = {}
    unit = ""
    for key in PARTS[row["kind"]]:
        if PARTS[row["kind"]][key] != "quantity" or key not in row:
            continue
        given, there = row.get(key), inside(report, key)
        if given is None:
            read[key] = None
            continue
        unit = unit or _unit(given, units, there)
        if not unit:
            read[key] = None
            continue
        share = "nominal" if key in ("plus", "minus") and unit != "%" else ""
        question = Question(
            key=key,
            type="quantity",
            text={"en": "", "zh": ""},
            why={},
            unit=unit,
            percent_of=share,
            example=f"10 {unit}",
        )
        read[key] = numbers.quantity(question, given, units, there)
    return read


def _unit(given: str, units: Mapping[str, Unit], report: Report) -> str:
    try:
        return parse_quantity(given, units).unit
    except LookupError as error:
        near = did_you_mean(str(error.args[0]), units)
        report(
            Problem(
                code="LP104",
                message=say("unknown unit {unit}", unit=repr(error.args[0])),
                hint=say("write it as the catalogue does: {near}", near=near),
            )
        )
    except ValueError as error:
        report(
            Problem(
                code="LP112",
                message=say("{given}: {why}", given=repr(given), why=reason(error)),
                hint=say('write a number and its unit: "70 N"'),
            )
        )
    return ""
