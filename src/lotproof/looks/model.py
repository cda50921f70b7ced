"""The look of a house as a frozen value: page, styles, tables, letterhead and logo. Nothing in it is markup."""

from __future__ import annotations

from typing import TypeAlias

from lotproof.frozen import Frozen

Value: TypeAlias = str | int | bool

Properties: TypeAlias = tuple[tuple[str, Value], ...]
"""Names of :data:`lotproof.looks.values.PROPERTIES` and what they are, by name."""


NAME = "reference.docx"
"""The file of a house that says how its documents look."""


class Page(Frozen, kw_only=True):
    """
    Size and margins of an upright page, in twentieths of a point.

    Attributes:
        header, footer: from the edge of the paper to the header and to the footer.
    """

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    header: int
    footer: int


class Logo(Frozen, kw_only=True):
    """
    The one picture of a letterhead.

    Attributes:
        format: ``png`` or ``jpeg``.
        content: the file, cleaned of everything but the picture.
        width, height: in pixels.
    """

    format: str
    content: bytes
    width: int
    height: int


class Run(Frozen):
    """A piece of text of a letterhead; a tab and a line end count as text."""

    text: str
    properties: Properties = ()


class Place(Frozen):
    """Where the logo stands in the text of a letterhead, and how large, in English metric units."""

    width: int
    height: int


class Line(Frozen, kw_only=True):
    """
    A paragraph of a letterhead.

    Attributes:
        tabs: (``left``, ``center`` or ``right``; twentieths of a point from the margin).
    """

    properties: Properties
    tabs: tuple[tuple[str, int], ...]
    runs: tuple[Run | Place, ...]


Lines: TypeAlias = tuple[Line, ...]


class Look(Frozen, kw_only=True):
    """
    How documents look, as far as it is not as the writers have it.

    Attributes:
        name: ``reference.docx``, or the id of a look that ships.
        sha256: of the file that it was read from (hex).
        page: None leaves it to the writers.
        styles: properties of a paragraph style of :data:`lotproof.looks.values.STYLES`, by its id; for the density ``normal``,
            the others follow in proportion.
        tables: of :data:`lotproof.looks.values.TABLES`, by id.
        header, footer: of every page; the contract number, digests and page numbers are printed beside them in any case.
        first: header and footer of the first page, where it has its own.
        logo: which :class:`Place` prints.
    """

    name: str
    sha256: str
    page: Page | None
    styles: tuple[tuple[str, Properties], ...]
    tables: tuple[tuple[str, Properties], ...]
    header: Lines
    footer: Lines
    first: tuple[Lines, Lines] | None
    logo: Logo | None
