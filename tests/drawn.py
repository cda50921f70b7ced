"""Whole random orders, drawn and built once in a process for every test that states a law about orders."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from hypothesis import HealthCheck, Phase, given, settings

from lotproof import api
from lotproof.documents.nodes import Document
from lotproof.orders.model import Order
from strategies import CATEGORIES, answers

NUMBER = max(2, settings().max_examples // 30)
"""How many orders of a category are drawn; the profile of hypothesis says how thorough a run is, see ``conftest.py``."""

ORDERS = [(category, number) for category in CATEGORIES for number in range(NUMBER)]
"""Category and number of each order, to parametrise the fixture ``drawn`` with."""

NAMES = [f"{category}-{number}" for category, number in ORDERS]
"""What the tests call them."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """An answers file that was drawn, and what becomes of it, each made when the first test asks; nobody changes any of it."""

    answers: bytes

    @cached_property
    def built(self) -> api.Built:
        """The order, with what was found."""
        return api.build(self.answers)

    @property
    def order(self) -> Order:
        """The order alone."""
        return self.built.order

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Contract and checklist in both languages."""
        return api.documents(self.order, ("en", "zh"))

    @cached_property
    def files(self) -> dict[str, bytes]:
        """The files that a build writes."""
        return dict(api.render(self.order))


@cache
def orders(category: str) -> tuple[Drawn, ...]:
    """Draw orders of a category: the plainest, then random ones, the same each time where the profile is ``ci``."""
    found: list[Drawn] = []

    @settings(
        max_examples=NUMBER,
        database=None,
        deadline=None,
        phases=[Phase.generate],  # nothing fails here; whole orders take too many draws to shrink in useful time
        suppress_health_check=list(HealthCheck),
    )
    @given(answers(category))
    def draw(content: bytes) -> None:
        found.append(Drawn(content))

    draw()
    return tuple(found)
