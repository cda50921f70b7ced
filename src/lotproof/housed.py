"""An order in the words of a house in a folder: everything that a build takes from one stands here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lotproof.findings import Finding, Refused
from lotproof.houses import categories_of, load_house
from lotproof.orders.building import build_order
from lotproof.orders.disclosed import told_in_words
from lotproof.orders.model import Order
from lotproof.questions.cards import digest_of_cards
from lotproof.questions.housed import client_names, with_house
from lotproof.questions.reading import category_of, read_source
from lotproof.questions.source import Source
from lotproof.readers.look.housed import look_of
from lotproof.templates import load_folder
from lotproof.templates.folders import stack
from lotproof.wordhouses.found import fingerprint as word_fingerprint
from lotproof.wordhouses.found import template_of


def build_housed(
    folder: Path, given: Source, settings: Sequence[str], places_of: Sequence[str], salt: str, tool: str
) -> tuple[Order, tuple[Finding, ...]]:
    """
    Build an order with the cards, defaults, clauses, words, look and Word contract of a house.

    Args:
        settings, places_of, salt: see :func:`lotproof.api.build`.
        tool: program and version.

    Raises:
        Refused: with every finding of the answers or of the house; the house names the end client in what the factory reads (LP949).
    """
    houses = stack(folder)
    load = categories_of(folder)
    answered = with_house(given, houses, category_of(given, load), settings, places_of, salt)
    read, category, found = read_source(answered, load, lambda: [one.id for one in houses])
    house = load_house(category.id, read.house, folder=folder, look=look_of(folder))
    order, findings = build_order(read, house, found, tool)
    if template_of(houses) is not None:
        from lotproof.wordhouses.houses import with_template

        order, findings = with_template(order, findings, folder, house)
    if order.private.end_client and (told := told_in_words(order, client_names(order.private.end_client, houses))):
        raise Refused(told)
    return order, findings


def fingerprint_of(folder: Path) -> str:
    """Return what an order depends on in a house, as one text: its words and clauses, its cards, its look, its Word contract."""
    look = look_of(folder)
    return "".join(
        (
            load_folder(folder).fingerprint,
            digest_of_cards(stack(folder)),
            look.sha256 if look else "",
            word_fingerprint(folder),
        )
    )
