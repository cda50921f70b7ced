"""The printed number of everything that can be referred to; one counting for all writers and all documents of an order."""

from __future__ import annotations

from collections.abc import Iterable

from lotproof.documents.nodes import Block, Clause, Exhibit, Heading, Table
from lotproof.orders.model import Order, exhibit_of


def numbers(blocks: Iterable[Block]) -> dict[str, str]:
    """Return the number of each anchor: ``6`` for a heading, ``6.2`` for a clause, ``B`` for an exhibit, ``3`` for ``table.<id>``."""
    found: dict[str, str] = {}
    heading = clause = exhibit = table = 0
    for block in blocks:
        match block:
            case Heading(anchor=anchor):
                heading, clause = heading + 1, 0
                found[anchor] = str(heading)
            case Clause(anchor=anchor):
                clause += 1
                if anchor:
                    found[anchor] = f"{heading}.{clause}"
            case Exhibit(anchor=anchor):
                found[anchor] = letter(exhibit)
                exhibit += 1
            case Table(id=name, title=title) if title:
                table += 1
                found[f"table.{name}"] = str(table)
            case _:
                pass
    return found


def letter(index: int) -> str:
    """Return the letter of the exhibit with this index, from 0."""
    return chr(ord("A") + index)


def term_numbers(order: Order) -> dict[str, str]:
    """Return the number of each term, the same in every document: its place in the exhibit that states it (``A7``)."""
    letters = {exhibit.id: letter(place) for place, exhibit in enumerate(next(iter(order.texts.values())).exhibits)}
    counted: dict[str, int] = {}
    found = {}
    for term in order.spec.terms:
        exhibit = exhibit_of(term)
        counted[exhibit] = counted.get(exhibit, 0) + 1
        found[term.id] = f"{letters[exhibit]}{counted[exhibit]}"
    return found
