"""The look of a house: its own ``reference.docx`` or the look that it picks, else that of the house beneath it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.looks.data import look_from, look_json
from lotproof.looks.model import NAME, Look
from lotproof.looks.shipped import shipped_look, shipped_looks
from lotproof.messages import Message, say
from lotproof.shipped import content_key, kept
from lotproof.templates.folders import HouseFolder, stack

if TYPE_CHECKING:
    from lotproof.readers.look.reading import LookRead

_ENOUGH = 1 << 26
"""Bytes: more than any file that is read has."""


def look_of(folder: Path) -> Look | None:
    """
    Return the look of the house in a folder; None leaves it to the writers. A file is read once, and what it says is kept for later orders.

    Raises:
        Refused: as :func:`house_look`; it is no house (LP900, LP901).
    """
    found = _found(stack(folder))
    if isinstance(found, Look) or found is None:
        return found
    return _read(*found)


@lru_cache(maxsize=4)
def _read(name: str, content: bytes) -> Look:
    def make() -> dict[str, Any]:
        from lotproof.readers.look.reading import read_look

        made: dict[str, Any] = json.loads(look_json(read_look(content, name).look))
        return made

    return look_from(kept(f"look-{content_key(content, *_READ_BY)}", make))


_READ_BY = tuple(
    f"{folder}/{module}.py"
    for folder, modules in (
        ("looks", ("data", "logo", "model", "palette", "values")),
        ("readers/look", ("letterhead", "properties", "reading", "refusing", "styles")),
    )
    for module in modules
)
"""What a look depends on besides its file."""


def house_look(houses: Sequence[HouseFolder]) -> LookRead | None:
    """
    Return the look of houses that stand on each other, and what was found in it.

    Args:
        houses: the one that ships first, see :func:`lotproof.templates.folders.stack`.

    Raises:
        Refused: a ``reference.docx`` that is refused (:func:`lotproof.readers.look.reading.read_look`) or leads out of the folder (LP902);
            a look that does not ship, or two looks (LP925).
    """
    from lotproof.readers.look.reading import LookRead, read_look

    found = _found(houses)
    if isinstance(found, Look):
        return LookRead(found, ())
    return None if found is None else read_look(found[1], found[0])


def _found(houses: Sequence[HouseFolder]) -> Look | tuple[str, bytes] | None:
    """Return the look that the topmost house with one picks, or the name and content of its ``reference.docx``."""
    for house in reversed(houses):
        file = house.path / NAME
        if file.is_symlink() or file.exists():
            if house.look:
                message = say(
                    "the house has a {file} and picks the look {look} besides", file=NAME, look=quoted(house.look)
                )
                hint = say("delete one of the two: the line look in house.toml, or the file")
                raise Refused([_unknown(house, message, hint)])
            return f"{house.path.name}/{NAME}", _content(house, file)
        if house.look:
            known = shipped_looks()
            if house.look not in known:
                message = say("there is no look {look}", look=quoted(house.look))
                raise Refused([_unknown(house, message, did_you_mean(house.look, known))])
            return shipped_look(house.look)
    return None


def _content(house: HouseFolder, file: Path) -> bytes:
    """Return what a file holds, and of one that is too large as much as it takes to refuse it."""
    if file.is_symlink() or not file.is_file():
        message = say("is a link, or no file")
        where = f"{house.path.name}/{NAME}"
        raise Refused(
            [Finding(where=where, code="LP902", message=message, hint=say("put the file itself into the house"))]
        )
    with file.open("rb") as opened:
        return opened.read(_ENOUGH)


def _unknown(house: HouseFolder, message: Message, hint: Message) -> Finding:
    """LP925: which look a house has cannot be said."""
    return Finding(where=f"{house.path.name}/house.toml: look", code="LP925", message=message, hint=hint)
