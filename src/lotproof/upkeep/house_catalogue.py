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
from lotproof.catalog.overlay import Change, Overlaid, eased_by
from lotproof.catalog.source import SourceFile
from lotproof.findings import Finding, Refused, Severity, did_you_mean, quoted
from lotproof.houses import has_catalogue, overlay_of
from lotproof.messages import say
from lotproof.orders.lacking import eased
from lotproof.sources import line_of
from lotproof.templates.folders import MOST_FAULTS, HouseFolder

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
    findings += (eased(one, Severity.OPEN) for one in eased_by(over.changes) if one.house == top.id and one.why)
    return tuple(findings)


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


def _finding(code: str, where: str, message: Any, hint: Any) -> Finding:
    return Finding(where=where, code=code, severity=Severity.REFUSE, message=message, hint=hint)
