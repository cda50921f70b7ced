"""What a house says on top of the catalogue: everything that is wrong in it, and what it changes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from lotproof.catalog import checks
from lotproof.catalog.checking import inheriting, measurable, places, relations, sentences
from lotproof.catalog.checking.laid_over import ASKED, asked_of, beside
from lotproof.catalog.checking.subjects import Catalogue, Check
from lotproof.catalog.overlay import Change, Overlaid
from lotproof.catalog.source import SourceFile
from lotproof.findings import Finding, Refused, Severity, did_you_mean, quoted
from lotproof.houses import overlay_of
from lotproof.messages import say
from lotproof.sources import line_of
from lotproof.templates.folders import CATALOGUE, MOST_FAULTS, HouseFolder

_ASKED_CHECKS: tuple[Check, ...] = (
    places.fits_its_schema,
    places.texts_stand_in_every_language,
    places.characters_can_be_read,
    relations.blocks_and_defects_exist,
    sentences.languages_say_the_same_numbers,
    measurable.words_can_be_measured,
    inheriting.inherited_things_are_left_out_by_name,
)
"""Checks of what a house asks of a category that is there; what it loosens is a finding of its own."""


def changes_of(houses: tuple[HouseFolder, ...]) -> tuple[Change, ...]:
    """Return what the houses change of the catalogue; nothing where one of them cannot be laid over it."""
    with suppress(Refused):
        if has_catalogue(houses):
            return overlay_of(houses).changes
    return ()


def look_at_catalogue(houses: tuple[HouseFolder, ...]) -> tuple[Finding, ...]:
    """Return everything that is wrong in what the topmost of some houses says on top of the catalogue."""
    if not has_catalogue(houses):
        return ()
    try:
        over = overlay_of(houses)
    except Refused as refused:
        return refused.findings
    top = houses[-1]
    catalogue = Catalogue(tuple(beside(over)))
    own = [one for one in catalogue.subjects if _of(top, one.file)]
    findings = [*checks.check(own, catalogue)]
    for file in over.asked:
        if _of(top, file):
            findings += itertools.islice(_asked(file, over, catalogue), MOST_FAULTS)
    findings += (_loosened(change) for change in over.changes if change.what == "loosened" and change.house == top.id)
    return tuple(findings)


def has_catalogue(houses: tuple[HouseFolder, ...]) -> bool:
    """Say whether one of some houses says anything on top of the catalogue."""
    return any((house.path / CATALOGUE).is_dir() for house in houses if house.base)


def _of(house: HouseFolder, file: SourceFile) -> bool:
    return file.path.is_relative_to(house.path)


def _asked(file: SourceFile, over: Overlaid, catalogue: Catalogue) -> Iterator[Finding]:
    """LP970: what a house asks of a category that is there, checked as a category beneath it would be."""
    for key in sorted(file.data.keys() - ASKED):
        message = say("{key} cannot be changed of a category that ships", key=quoted(key))
        where = f"{file.name}:{line_of(file.text, (key,))}: {key}"
        yield _finding("LP970", where, message, did_you_mean(key, ASKED))
    one = asked_of(file, over)
    yield from checks.check([one], catalogue, _ASKED_CHECKS)


def _loosened(change: Change) -> Finding:
    """LP971: a house asks less than the catalogue or the house beneath it."""
    return Finding(
        where=change.where,
        code="LP971",
        severity=Severity.OPEN,
        message=say("{id} is loosened: {why}", id=change.id, why=change.why),
        hint=say(
            "ask for as much as the catalogue does, or more; if less is meant, the gate report of each order says so"
        ),
    )


def _finding(code: str, where: str, message: Any, hint: Any) -> Finding:
    return Finding(where=where, code=code, severity=Severity.REFUSE, message=message, hint=hint)
