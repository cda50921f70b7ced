"""Sizes of type, space and page, and about how high a text stands."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from lotproof.documents.nodes import Document
from lotproof.frozen import Frozen, replace
from lotproof.writers.numbered import wide


class Setting(Frozen, kw_only=True):
    """
    How close a document is set.

    Attributes:
        body, small: type of the text and of tables, in points.
        before: space before a heading, in points.
        inset: space above and under the text of a cell, in points.
        margin: at the sides of the page, in millimetres.
        field: height of an empty field, in millimetres.
    """

    body: float
    small: float
    before: float
    inset: float
    margin: float
    field: float


SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        "normal": Setting(body=10, small=8.5, before=13, inset=3, margin=21, field=7),
        "form": Setting(body=9.5, small=8, before=11, inset=3.5, margin=14, field=9),
        "short": Setting(body=9, small=8, before=8, inset=2.5, margin=17, field=6),
    }
)
"""By :attr:`lotproof.documents.nodes.Document.density`."""

_LOOKED = (21, 17, 2268)
"""Of the Word file without a look: text and tables in half points, both margins in twentieths of a point. A look changes ours in proportion."""


def setting_of(document: Document) -> Setting:
    """Return how close a document is set; its look changes type and margins."""
    setting = SETTINGS[document.density]
    if document.look is None:
        return setting
    from lotproof.looks.palette import palette

    said = palette(document.look)
    body, small, sides = (
        given / usual if given else 1.0
        for given, usual in zip((said.size, said.small, said.sides), _LOOKED, strict=True)
    )
    return replace(
        setting,
        body=round(setting.body * body, 1),
        small=round(setting.small * small, 1),
        margin=round(setting.margin * sides, 1),
    )


WIDTH, HEIGHT = 210.0, 297.0
"""A4, in millimetres."""

POINT = 25.4 / 72
"""A point, in millimetres."""

NARROW, BROAD = 0.5, 0.75
"""Width of a narrow character in ems, in the mean and of a broad capital; a Chinese one has one em."""


def height(text: str, width: float, size: float) -> float:
    """Return about how high a text stands, in points, at a width in millimetres; rather too high than too low."""
    broad = wide(text)
    ems = broad + NARROW * (len(text) - broad)
    return math.ceil(1.1 * ems * size * POINT / width) * 1.35 * size
