"""
Which house is meant: a folder, a house that ships, or one version of either.

``houses/riverside@1.0.0`` is the folder of that name beside ``houses/riverside``, where somebody has kept or checked out an earlier version
(``git worktree add``, ``git archive``); or ``houses/riverside`` itself, where that is its version.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.messages import say
from lotproof.templates import house_folder, shipped_houses
from lotproof.templates.folders import HouseFolder, read_house


def house_at(given: str) -> Path:
    """
    Return the folder of the house that somebody means.

    Raises:
        Refused: there is none (LP940), or a ``house.toml`` on the way is wrong (LP900).
    """
    found = _standing(given)
    if found is not None:
        return found
    name, at, version = given.rpartition("@")
    there = _standing(name) if at else None
    if there is not None and read_house(there).version == version:
        return there
    message = say("{given} is no house", given=quoted(given))
    hint = did_you_mean(given, _known(Path(name if at else given)))
    if there is not None:
        message = say(
            "{name} is at version {there}, and no folder {given} holds version {version}",
            name=name,
            there=read_house(there).version,
            given=quoted(given),
            version=version,
        )
        hint = say(
            "keep the earlier version beside it in a folder of that name, or give the folder where it was checked out"
        )
    raise Refused([Finding(where=given, code="LP940", message=message, hint=hint)])


def version_beside(house: HouseFolder, version: str) -> Path | None:
    """Return the folder that holds another version of a house: ``NAME@VERSION`` beside it, or none."""
    if house.version == version:
        return house.path
    beside = house.path.parent / f"{house.path.name}@{version}"
    return beside if (beside / "house.toml").is_file() and read_house(beside).version == version else None


def _standing(given: str) -> Path | None:
    path = Path(given)
    if (path / "house.toml").is_file():
        return path
    return house_folder(given) if given in shipped_houses() else None


def _known(path: Path) -> Iterator[str]:
    yield from shipped_houses()
    parent = path.parent
    if parent.is_dir():
        yield from (str(parent / one.parent.name) for one in sorted(parent.glob("*/house.toml"))[:200])
