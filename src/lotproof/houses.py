"""A house and a category together: everything an order is built from, besides its answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lotproof.catalog.loading import load_category
from lotproof.catalog.model import Category
from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.frozen import frozen
from lotproof.messages import say
from lotproof.templates import Templates, load_folder, load_templates, shipped_houses

if TYPE_CHECKING:
    from lotproof.looks.model import Look


@frozen
class House:
    """The clauses of one category, the templates of one house, and how it looks where it has a look of its own."""

    category: Category
    templates: Templates
    look: Look | None = None


def load_house(
    category: str,
    house: str = "standard",
    where: str = "command line",
    folder: Path | None = None,
    look: Look | None = None,
) -> House:
    """
    Load a category that ships with the program, and a house: one that ships, or the one in a folder.

    Args:
        where: who asked for it.
        folder: of a house; ``house`` is its id then.
        look: of the house in a folder (:func:`lotproof.readers.look.housed.look_of`).

    Raises:
        Refused: there is no such category (LP201) or house (LP202); what is wrong with a folder (LP900 to LP904).
    """
    if folder is not None:
        return House(load_category(category, where), load_folder(folder), look)
    if house not in shipped_houses():
        hint = did_you_mean(house, shipped_houses())
        raise Refused(
            [Finding(where=where, code="LP202", message=say("unknown house {house}", house=quoted(house)), hint=hint)]
        )
    return House(load_category(category, where), load_templates(house))
