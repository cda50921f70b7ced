"""Keeping a house: say everything that is wrong in it at once."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from lotproof.findings import Finding, Refused, Severity, did_you_mean
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.sources import line_of
from lotproof.templates import load_folder
from lotproof.templates.checking import vague_words
from lotproof.templates.folders import CATALOGUE, PARTS, HouseFolder, files, stack
from lotproof.templates.shapes import read_words
from lotproof.upkeep.house_catalogue import changes_of, look_at_catalogue
from lotproof.upkeep.house_checks.checks import check_words

_NUMBERS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_PLACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


class Looked(Frozen, kw_only=True):
    """
    What was found in a house.

    Attributes:
        houses: the one that ships first.
        changed: provisions that the house replaces, adds or removes: (what, id, house).
    """

    houses: tuple[HouseFolder, ...]
    changed: tuple[tuple[str, str, str], ...]
    findings: tuple[Finding, ...]


def look(folder: Path) -> Looked:
    """
    Say everything that is wrong in a house; what refuses keeps a contract from being built with it.

    Raises:
        Refused: it is no house at all (LP900), or stands on none (LP901).
    """
    houses = stack(folder)
    findings: list[Finding] = []
    templates = None
    try:
        templates = load_folder(folder)
    except Refused as refused:
        findings += refused.findings
    top = houses[-1]
    if top.base:
        with suppress(Refused):  # a file that is no TOML: said above
            findings += vague_words(top.path)
        findings += _languages(top)
        findings += check_words(houses, templates)
        findings += _older(houses)
        findings += _look(houses)
        findings += (finding for finding in _undecided(houses) if templates is not None or finding.code == "LP941")
        findings += _answers(houses)
        findings += look_at_catalogue(houses)
        findings += _scenarios(top)
    from lotproof.wordhouses.houses import look_at

    findings += look_at(houses)
    findings += _unread(top)
    changed = (*_changed(houses), *((one.what, one.id, one.house) for one in changes_of(houses)))
    findings += (_removed(top, id_) for what, id_, house in changed if what == "core removed" and house == top.id)
    return Looked(houses=houses, changed=changed, findings=tuple(dict.fromkeys(findings)))


def _look(houses: tuple[HouseFolder, ...]) -> Iterator[Finding]:
    """Yield what is wrong with the look of a house (LP920 to LP925, and what reading a Word file refuses)."""
    from lotproof.readers.look.housed import house_look

    try:
        found = house_look(houses)
    except Refused as refused:
        yield from refused.findings
        return
    yield from found.findings if found is not None else ()


_FOLDERS = (*PARTS, CATALOGUE, "lang", "parties", "scenarios")
_FILES = ("house.toml", "labels.toml", "reviews.toml", "base.lock", "mapping.toml", "reference.docx", "contract.docx")


def _unread(house: HouseFolder) -> Iterator[Finding]:
    """LP973: what lies in a house as if it were read, and is not: a folder or a file whose name was mistyped."""
    kinds = (".toml", ".docx")
    for path in sorted(house.path.iterdir()) if house.base else ():
        if path.is_dir() and path.name not in _FOLDERS and not path.name.startswith(".") and any(path.glob("*.toml")):
            yield _not_read(house, path, did_you_mean(path.name, _FOLDERS))
        elif path.suffix.lower() in kinds and path.name not in _FILES and path.is_file():
            yield _not_read(house, path, did_you_mean(path.name, _FILES))
    for part in (*PARTS, "parties", "scenarios"):
        folder = house.path / part
        for path in sorted(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else ():
            if path.suffix != ".toml" and path.suffix.lower() in (".toml", ".tml") and path.is_file():
                yield _not_read(house, path, say("call it {name}", name=f"{path.stem}.toml"))


def _not_read(house: HouseFolder, path: Path, hint: Message) -> Finding:
    where = f"{house.path.name}/{path.relative_to(house.path).as_posix()}"
    message = say("nothing reads this: it is no part of a house")
    return Finding(where=where, code="LP973", severity=Severity.NOTE, message=message, hint=hint)


def _sources(house: HouseFolder) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for part in PARTS:
        for path in files(house, part):
            name = f"{house.path.name}/{part}/{path.name}"
            try:
                data, text = read_words(path, name, "provision")
            except Refused:
                continue  # what is wrong with it is said by what compiles it
            yield name, text, data


def _changed(houses: tuple[HouseFolder, ...]) -> Iterator[tuple[str, str, str]]:
    known: dict[str, Mapping[str, Any]] = {}
    for house in houses:
        for _, _, data in _sources(house):
            id_ = str(data.get("id"))
            if house.base:
                yield ("replaced" if id_ in known else "added"), id_, house.id
            known[id_] = data
        for removed in house.removes:
            core = "when" not in known.pop(removed.id, {"when": ()})
            yield ("core removed" if core else "removed"), removed.id, house.id


def _removed(house: HouseFolder, id_: str) -> Finding:
    """LP905: a provision that the standard contract always prints is gone."""
    return Finding(
        where=f"{house.path.name}/house.toml: removes",
        code="LP905",
        severity=Severity.OPEN,
        message=say("{id} is removed, which every contract prints", id=id_),
        hint=say('keep it in words of your own: replaces = "{id}"', id=id_),
    )


def _older(houses: tuple[HouseFolder, ...]) -> Iterator[Finding]:
    """LP906: the house was written for another version of the house beneath it."""
    for below, house in itertools.pairwise(houses):
        if house.base_version != below.version:
            yield Finding(
                where=f"{house.path.name}/house.toml: base_version",
                code="LP906",
                severity=Severity.NOTE,
                message=say(
                    "{house} was written for {base} {old}, which is now {new}",
                    house=house.id,
                    base=below.id,
                    old=house.base_version or "?",
                    new=below.version,
                ),
                hint=say("bring it in: lotproof house update {folder}", folder=str(house.path)),
            )


def _scenarios(house: HouseFolder) -> Iterator[Finding]:
    """LP930, LP931: a scenario that cannot be read, and so says nothing of what the house prints."""
    from lotproof.upkeep.scenarios.reading import read_scenarios

    try:
        read_scenarios(house)
    except Refused as refused:
        yield from refused.findings


def _undecided(houses: tuple[HouseFolder, ...]) -> Iterator[Finding]:
    """LP944, LP945: what an update has left to decide; a house beneath that cannot be read was said above."""
    from lotproof.upkeep.house_updates import undecided

    try:
        yield from undecided(houses)
    except Refused as refused:
        yield from (finding for finding in refused.findings if finding.code == "LP941")


def _answers(houses: tuple[HouseFolder, ...]) -> Iterator[Finding]:
    """LP946 to LP949: the cards of parties, and what the houses answer themselves; every category asks the same of both."""
    from lotproof.catalog.loading import index, load_category
    from lotproof.questions.cards import check_cards, read_cards
    from lotproof.questions.defaults import check_defaults, defaults_of
    from lotproof.questions.housed import named_in_house

    cards, faults = read_cards(houses)
    category = load_category(index()[0]["id"])
    yield from faults
    yield from check_cards(cards.values(), category)
    yield from check_defaults(defaults_of(houses), cards, category)
    for card in cards.values():
        if card.role == "end_client":
            yield from named_in_house(card, houses)


def _languages(house: HouseFolder) -> Iterator[Finding]:
    """LP907: the numbers of a paragraph differ between two languages."""
    for name, text, data in _sources(house):
        for index, paragraph in enumerate(data.get("paragraph", ())):
            said = {
                code: words
                for code, words in paragraph.items()
                if code not in ("when", "profiles") and isinstance(words, str)
            }
            where = f"{name}:{line_of(text, ('paragraph', index))}: {data.get('id')}"
            if not {"en", "zh"} <= said.keys():
                continue  # said when it was read
            numbers = {code: sorted(_NUMBERS.findall(_PLACES.sub(" ", words))) for code, words in said.items()}
            if numbers["en"] != numbers["zh"]:
                message = say(
                    "English has the numbers {en}, Chinese {zh}",
                    en=numbers["en"] or ["none"],
                    zh=numbers["zh"] or ["none"],
                )
                yield _finding(where, message, say("write the same numbers in both"))


def _finding(where: str, message: Any, hint: Any) -> Finding:
    return Finding(where=where, code="LP907", message=message, hint=hint)
