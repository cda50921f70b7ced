"""A house and a category together: everything an order is built from, besides its answers."""

from __future__ import annotations

from lotproof.catalog.loading import load_category
from lotproof.catalog.model import Category
from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.frozen import frozen
from lotproof.messages import say
from lotproof.templates import Templates, load_templates, shipped_houses


@frozen
class House:
    """The clauses of one category and the templates of one house."""

    category: Category
    templates: Templates


def load_house(category: str, house: str = "standard", where: str = "command line") -> House:
    """
    Load a category and a house that ship with the program.

    Raises:
        Refused: there is no such category (LP201) or house (LP202); ``where`` says who asked for it.
    """
    if house not in shipped_houses():
        hint = did_you_mean(house, shipped_houses())
        raise Refused(
            [Finding(where=where, code="LP202", message=say("unknown house {house}", house=quoted(house)), hint=hint)]
        )
    return House(load_category(category, where), load_templates(house))
