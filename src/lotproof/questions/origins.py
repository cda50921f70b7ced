"""
Where each answer came from: the table ``[origin]`` of an answers file.

A line for each answer that came otherwise than by the file itself::

    [origin]
    "payment.deposit_percent" = { how = "suggestion", on = 2027-01-15, by = "Jonas Petersen" }
    'terms."machinery.noise".limit' = { how = "supplier", on = 2027-01-20, by = "Jonas Petersen" }

Origins are no part of what is agreed: they stand in the order's provenance, without a digest, and in no document.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from lotproof.catalog.model import Category
from lotproof.findings import did_you_mean, quoted
from lotproof.frozen import Frozen
from lotproof.messages import say
from lotproof.questions.paths import Path, known_paths, parsed, place_of, written
from lotproof.questions.problems import Problem, Report, blank, inside, shown
from lotproof.questions.texts import read_text

TABLE = "origin"
"""The key of the table."""

HOWS: Mapping[str, str] = MappingProxyType(
    {
        "typed": "typed",
        "file": "from the answers file",
        "house": "default of the house",
        "card": "card of the house",
        "suggestion": "suggestion, confirmed",
        "flag": "given on the command line",
        "supplier": "supplier, confirmed by buyer",
    }
)
"""How an answer can have come, and how that is said."""

MAX_BY = 80
"""Longest name of whoever gave or confirmed an answer, in characters."""

_MAX_LINES = 20_000


class Origin(Frozen):
    """
    Where an answer came from.

    Attributes:
        how: of :data:`HOWS`.
        on: the day on which it was given or confirmed, where that is known.
        by: who gave or confirmed it.
    """

    how: str
    on: datetime.date | None = None
    by: str = ""


FILE = Origin("file")
"""The origin of an answer that the table does not name."""


def said(origin: Origin) -> str:
    """Return an origin in words: ``supplier, confirmed by buyer on 2027-01-20 (Jonas Petersen)``."""
    on = f" on {origin.on.isoformat()}" if origin.on else ""
    return f"{HOWS[origin.how]}{on}" + (f" ({origin.by})" if origin.by else "")


def origin_table(origins: Mapping[Path, Origin]) -> dict[str, dict[str, Any]]:
    """Return origins as the table of an answers file holds them; those of the file itself are left out."""
    return {
        written(path): {
            "how": origin.how,
            **({"on": origin.on} if origin.on else {}),
            **({"by": origin.by} if origin.by else {}),
        }
        for path, origin in origins.items()
        if origin != FILE
    }


def read_origins(raw: Any, category: Category, report: Report) -> Mapping[Path, Origin]:
    """
    Return the origin of each answer that the table names.

    Reports LP180, at the place inside the table, for a name that is no answer and for a row that is no origin.
    """
    if blank(raw):
        return MappingProxyType({})
    if not isinstance(raw, Mapping) or len(raw) > _MAX_LINES:
        report(
            Problem(
                code="LP180", message=say("expected a table of origins, found {given}", given=shown(raw)), hint=_EXAMPLE
            )
        )
        return MappingProxyType({})
    return MappingProxyType(dict(_read(raw, category, report)))


_EXAMPLE = say('write "payment.deposit_percent" = {{ how = "suggestion", on = 2027-01-15, by = "Jonas Petersen" }}')


def _read(raw: Mapping[str, Any], category: Category, report: Report) -> Iterator[tuple[Path, Origin]]:
    for name, row in raw.items():
        there = inside(report, name)
        try:
            place = place_of(parsed(name), category)
        except ValueError:
            place = None
        if place is None:
            hint = say("{near} The whole name stands between quotes", near=did_you_mean(name, known_paths(category)))
            there(
                Problem(
                    code="LP180",
                    message=say("{name} is no answer of {category}", name=quoted(name), category=category.id),
                    hint=hint,
                )
            )
            continue
        origin = _origin(row, there)
        if origin is not None:
            yield place.path, origin


def _origin(row: Any, report: Report) -> Origin | None:
    if not isinstance(row, Mapping) or not set(row) <= {"how", "on", "by"}:
        report(
            Problem(code="LP180", message=say("expected how, on and by, found {row}", row=shown(row)), hint=_EXAMPLE)
        )
        return None
    how, on, by = row.get("how"), row.get("on"), row.get("by", "")
    if not isinstance(how, str) or how not in HOWS:
        hint = say("one of: {known}", known=tuple(HOWS))
        inside(report, "how")(Problem(code="LP180", message=say("{how} is no origin", how=shown(how)), hint=hint))
        return None
    if on is not None and (not isinstance(on, datetime.date) or isinstance(on, datetime.datetime)):
        message, hint = say("expected a day, found {on}", on=shown(on)), say("write on = 2027-01-15, without quotes")
        inside(report, "on")(Problem(code="LP180", message=message, hint=hint))
        return None
    if not isinstance(by, str):
        message, hint = say("expected a name, found {by}", by=shown(by)), say('write by = "Jonas Petersen"')
        inside(report, "by")(Problem(code="LP180", message=message, hint=hint))
        return None
    read = read_text(by, MAX_BY, inside(report, "by")) if by else ""
    return None if read is None else Origin(how, on, read)
