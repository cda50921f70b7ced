"""The look of a house: its own ``reference.docx`` or the look that it picks, else that of the house beneath it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.looks.model import Look
from lotproof.looks.shipped import shipped_look, shipped_looks
from lotproof.messages import Message, say
from lotproof.readers.look.reading import NAME, LookRead, read_look
from lotproof.readers.package import MAX_FILE
from lotproof.templates.folders import HouseFolder, stack


@lru_cache(maxsize=8)
def look_of(folder: Path) -> Look | None:
    """
    Return the look of the house in a folder; None leaves it to the writers. It is read once in a process, for all orders of a batch.

    Raises:
        Refused: as :func:`house_look`; it is no house (LP900, LP901).
    """
    found = house_look(stack(folder))
    return found.look if found is not None else None


def house_look(houses: Sequence[HouseFolder]) -> LookRead | None:
    """
    Return the look of houses that stand on each other, and what was found in it.

    Args:
        houses: the one that ships first, see :func:`lotproof.templates.folders.stack`.

    Raises:
        Refused: a ``reference.docx`` that is refused (:func:`lotproof.readers.look.reading.read_look`) or leads out of the folder (LP902);
            a look that does not ship, or two looks (LP925).
    """
    for house in reversed(houses):
        file = house.path / NAME
        if file.is_symlink() or file.exists():
            if house.look:
                message = say(
                    "the house has a {file} and picks the look {look} besides", file=NAME, look=quoted(house.look)
                )
                hint = say("delete one of the two: the line look in house.toml, or the file")
                raise Refused([_unknown(house, message, hint)])
            return read_look(_content(house, file), f"{house.path.name}/{NAME}")
        if house.look:
            known = shipped_looks()
            if house.look not in known:
                message = say("there is no look {look}", look=quoted(house.look))
                raise Refused([_unknown(house, message, did_you_mean(house.look, known))])
            return LookRead(shipped_look(house.look), ())
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
        return opened.read(MAX_FILE + 1)


def _unknown(house: HouseFolder, message: Message, hint: Message) -> Finding:
    """LP925: which look a house has cannot be said."""
    return Finding(where=f"{house.path.name}/house.toml: look", code="LP925", message=message, hint=hint)
