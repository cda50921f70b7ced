"""
Houses on the disk: a folder each, every one on top of another, each saying only what differs.

``house.toml``::

    format = "lotproof-house/1"
    id = "riverside"
    version = "1.2.0"
    title = { en = "Riverside Sourcing", zh = "河畔采购" }
    base = "standard"            # a house that ships, or a folder beside this one
    base_version = "0.1.0"
    look = "plain"               # a look that ships, where the house has no reference.docx

    [[removes]]
    id = "contract.tooling"
    reason = { en = "we buy no tools", zh = "不采购模具" }

A folder is data from somebody else: it is read below itself alone, within bounds, and nothing in it is run.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from lotproof.characters import forbidden
from lotproof.findings import Finding, Refused, Severity, did_you_mean, quoted
from lotproof.frozen import Frozen
from lotproof.messages import say
from lotproof.shipped import shipped
from lotproof.sources import line_of, parse_toml

FORMAT = "lotproof-house/1"

MOST_BASES = 4
"""Houses that may stand on each other, with the one that ships."""

MOST_FILES, MOST_BYTES = 400, 400_000
"""TOML files of a house, and bytes of each."""

MOST_ENTRIES = 20_000
"""Files and folders of a house, of whatever kind."""

MOST_WHOLE = 4_000_000
"""Bytes of all provisions, or of all exhibits, of a house."""

MOST_FAULTS = 100
"""Findings of a ``house.toml``."""

CATALOGUE = "catalog"
"""Folder of a house that holds clauses and defects, in folders of their own."""

PARTS = ("contract", "exhibits")
"""Folders of a house that hold provisions."""

_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){1,2}")
_KEYS = frozenset(
    {"format", "id", "version", "title", "base", "base_version", "removes", "languages", "defaults", "look"}
)


class Removed(Frozen, kw_only=True):
    """A provision or an exhibit that a house leaves out, and why, per language."""

    id: str
    reason: Mapping[str, str]


class HouseFolder(Frozen, kw_only=True):
    """
    A house as its ``house.toml`` tells it.

    Attributes:
        path: the folder.
        base: id of the house beneath; empty for one that ships.
        base_version: the version of it that this house was written for.
        look: id of a look that ships; empty where the house picks none.
        defaults: what it answers where nobody else does, as its file holds it; ``languages`` stands among them.
    """

    id: str
    version: str
    title: Mapping[str, str]
    path: Path
    base: str
    base_version: str
    look: str
    removes: tuple[Removed, ...]
    defaults: Mapping[str, Any]


def stack(path: Path) -> tuple[HouseFolder, ...]:
    """
    Return a house and everything beneath it, the one that ships first.

    Raises:
        Refused: it is no house, or one beneath it is none (LP900); it stands on itself or too deep (LP901).
    """
    found = [read_house(path)]
    while found[0].base:
        below = found[0]
        beneath = _beneath(below)
        if beneath.id in {house.id for house in found} or len(found) >= MOST_BASES:
            where = f"{below.path.name}/house.toml: base"
            message = say("{id} stands on itself, or on more than {most} houses", id=below.id, most=MOST_BASES - 1)
            raise Refused(
                [
                    _finding(
                        "LP901",
                        where,
                        message,
                        say('name the house that this one was made from, such as base = "standard"'),
                    )
                ]
            )
        found.insert(0, beneath)
    return tuple(found)


def read_house(path: Path) -> HouseFolder:
    """
    Read the ``house.toml`` of a folder.

    Raises:
        Refused: with everything that is wrong with it (LP900, or LP101 where it is no TOML).
    """
    if path.name in ("", ".."):
        path = path.resolve()  # where somebody stands: what lies beside it is found by its name
    file = path / "house.toml"
    name = f"{path.name}/house.toml"
    try:
        if file.is_symlink() or not file.is_file() or file.stat().st_size > MOST_BYTES:
            raise OSError
        content = file.read_bytes()
    except OSError:
        hint = say("give the folder of a house: lotproof house new DIR makes one")
        raise Refused([_finding("LP900", str(path), say("is no house: it holds no house.toml"), hint)]) from None
    data, findings = _told(content, name)
    if findings:
        raise Refused(findings)
    if data.get("base"):
        _refuse_links(path)
    return HouseFolder(
        id=data["id"],
        version=data["version"],
        title=data["title"],
        path=path,
        base=data.get("base", ""),
        base_version=data.get("base_version", ""),
        look=data.get("look", ""),
        removes=tuple(Removed(id=row["id"], reason=row["reason"]) for row in data.get("removes", ())),
        defaults={**data.get("defaults", {}), **({"languages": data["languages"]} if "languages" in data else {})},
    )


@lru_cache(maxsize=16)
def _told(content: bytes, name: str) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """Return what a ``house.toml`` says and what is wrong with it, once for all that ask in a build."""
    data, text = parse_toml(content, name)
    return data, tuple(itertools.islice(_faults(data, text, name), MOST_FAULTS))


def _faults(data: Mapping[str, Any], text: str, name: str) -> Iterator[Finding]:
    """LP900: what is wrong in a ``house.toml``."""

    def fault(key: str, message: Any, hint: Any) -> Finding:
        return _finding("LP900", f"{name}:{line_of(text, (key,))}: {key}", message, hint)

    ships = data.get("id") == "standard" and "format" not in data
    if not ships and data.get("format") != FORMAT:
        yield fault(
            "format",
            say("format is {given}", given=quoted(data.get("format", "missing"))),
            say('write format = "{format}" at the top', format=FORMAT),
        )
    for key in sorted(data.keys() - _KEYS):
        yield fault(key, say("unknown key {key}", key=quoted(key)), did_you_mean(key, _KEYS))
    for key, pattern, example in (("id", _ID, "riverside"), ("version", _VERSION, "1.2.0")):
        value = data.get(key)
        if not isinstance(value, str) or not pattern.fullmatch(value):
            yield fault(
                key,
                say("{key} is {given}", key=key, given=quoted(value if value is not None else "missing")),
                say('write {key} = "{example}"', key=key, example=example),
            )
    if not _texts(data.get("title")):
        yield fault(
            "title",
            say("title is no text in English and Chinese"),
            say('write title = {{ en = "Riverside Sourcing", zh = "河畔采购" }}'),
        )
    base = data.get("base")
    if not ships and (not isinstance(base, str) or not _ID.fullmatch(base)):
        yield fault(
            "base", say("base names no house"), say('write base = "standard", or the name of a folder beside this one')
        )
    look = data.get("look", "")
    if not isinstance(look, str) or (look and not _ID.fullmatch(look)):
        yield fault("look", say("look names no look"), say('write look = "plain" or look = "modern", or leave it out'))
    if not isinstance(data.get("defaults", {}), Mapping):
        hint = say('write [defaults] on a line of its own, and under it answers such as "delivery.incoterm" = "FCA"')
        yield fault("defaults", say("defaults is no table"), hint)
    removes = data.get("removes", [])
    for index, row in enumerate(removes if isinstance(removes, list) else [None]):
        if not isinstance(row, Mapping) or not isinstance(row.get("id"), str) or not _texts(row.get("reason")):
            where = f"{name}:{line_of(text, ('removes', index))}: removes[{index + 1}]"
            hint = say('write id = "contract.tooling" and reason = {{ en = "we buy no tools", zh = "不采购模具" }}')
            yield _finding("LP900", where, say("a removal names no id, or no reason in English and Chinese"), hint)
            continue
        for key in sorted(row.keys() - {"id", "reason"}):
            where = f"{name}:{line_of(text, ('removes', index, key))}: removes[{index + 1}].{key}"
            hint = say("a key of the house itself stands above the first [[removes]]; a removal has id and reason")
            yield _finding("LP900", where, say("unknown key {key}", key=quoted(key)), hint)


def files(house: HouseFolder, part: str) -> Iterator[Path]:
    """
    Yield the TOML files of a part of a house, by name; nothing is followed that leads elsewhere.

    Raises:
        Refused: a link, a file that is too large, or too many files (LP902).
    """
    folder = house.path / part
    if folder.is_symlink():
        raise Refused([_outside(house, folder)])
    found = sorted(folder.glob("*.toml"))
    if len(found) > MOST_FILES:
        message = say("holds more than {most} files", most=MOST_FILES)
        raise Refused([_finding("LP902", f"{house.path.name}/{part}", message, say("leave out what is no provision"))])
    whole = 0
    for path in found:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_BYTES:
            raise Refused([_outside(house, path)])
        whole += path.stat().st_size
        if whole > MOST_WHOLE:
            message = say("has more than {most:,} bytes in all", most=MOST_WHOLE)
            hint = say("leave out what is no provision")
            raise Refused([_finding("LP902", f"{house.path.name}/{part}", message, hint)])
        yield path


def catalogue_files(house: HouseFolder) -> Iterator[Path]:
    """
    Yield the TOML files of the folders in a house's ``catalog/``, by name.

    Raises:
        Refused: as :func:`files`; or a file that lies in no folder there (LP902).
    """
    top = house.path / CATALOGUE
    for path in files(house, CATALOGUE):
        message = say("lies in no folder of the catalogue")
        hint = say(
            "put it into a folder called after its category or block: catalog/ceramic_tableware/{name}", name=path.name
        )
        raise Refused([_finding("LP902", f"{house.path.name}/{CATALOGUE}/{path.name}", message, hint)])
    folders = sorted(path for path in top.iterdir() if path.is_dir()) if top.is_dir() else []
    if len(folders) > MOST_FILES:
        message = say("holds more than {most} files", most=MOST_FILES)
        raise Refused(
            [_finding("LP902", f"{house.path.name}/{CATALOGUE}", message, say("leave out what is no clause"))]
        )
    for folder in folders:
        yield from files(house, f"{CATALOGUE}/{folder.name}")


def _refuse_links(folder: Path) -> None:
    """
    LP902: something in a house that would be read leads elsewhere, is no file, is too large, or there is no end to it.

    Everything is looked through before anything is read: already the hash over a house opens every TOML file in it.
    """
    found: list[Finding] = []
    waiting, seen = [folder], 0
    while waiting:
        for entry in sorted(os.scandir(waiting.pop()), key=lambda entry: entry.name):
            seen += 1
            if seen > MOST_ENTRIES:
                message = say("holds more than {most} files", most=MOST_ENTRIES)
                raise Refused([_finding("LP902", folder.name, message, say("leave out what is no provision"))])
            if next(forbidden(entry.name), None) is not None:
                message = say("{name} is a name that nobody can read", name=quoted(entry.name))
                found.append(_finding("LP902", folder.name, message, say("give it a name of letters and digits")))
            elif entry.name.endswith(".toml"):
                if not entry.is_file(follow_symlinks=False) or entry.stat(follow_symlinks=False).st_size > MOST_BYTES:
                    found.append(_led_out(folder, Path(entry.path)))
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
            elif entry.is_symlink() and entry.is_dir():
                found.append(_led_out(folder, Path(entry.path)))
    if found:
        raise Refused(found)


def _outside(house: HouseFolder, path: Path) -> Finding:
    return _led_out(house.path, path)


def _led_out(house: Path, path: Path) -> Finding:
    where = f"{house.name}/{path.relative_to(house).as_posix()}"
    message = say("is a link, no file, or has more than {most:,} bytes", most=MOST_BYTES)
    return _finding("LP902", where, message, say("put the file itself into the house"))


def _beneath(house: HouseFolder) -> HouseFolder:
    """Return the house that another one stands on: a folder beside it, else one that ships."""
    beside = house.path.parent / house.base
    if beside.is_dir() and not beside.is_symlink():
        return read_house(beside)
    ships = shipped("templates") / house.base
    if (ships / "house.toml").is_file():
        return read_house(ships)
    known = sorted(path.parent.name for path in shipped("templates").glob("*/house.toml"))
    known += sorted(path.parent.name for path in house.path.parent.glob("*/house.toml") if path.parent != house.path)
    where = f"{house.path.name}/house.toml: base"
    message = say("{base} neither ships nor lies beside this house", base=quoted(house.base))
    raise Refused([_finding("LP900", where, message, did_you_mean(house.base, known))])


def _texts(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and {"en", "zh"} <= value.keys()
        and all(isinstance(text, str) and text for text in value.values())
    )


def _finding(code: str, where: str, message: Any, hint: Any) -> Finding:
    return Finding(where=where, code=code, severity=Severity.REFUSE, message=message, hint=hint)
