"""What writers other than Word's take of a look: a few colours, sizes and fonts."""

from __future__ import annotations

from lotproof.frozen import Frozen
from lotproof.looks.model import Look, Properties
from lotproof.looks.values import CONTRAST, INK, PAPER, SHADE, contrast

_MUTED = "52606D"


class Palette(Frozen, kw_only=True):
    """
    The colours of a look (six hexadecimal digits) and what else is simple in it.

    Attributes:
        ink, muted: of the text, and of what matters less.
        title, heading: of the title, and of headings.
        shade, head: what lies under the head of a table, and its text.
        centred: the title stands in the middle.
        fonts: of the text, for Latin and for Chinese; empty where the look says nothing.
        heads: of headings, likewise.
        size: of the text, in half points; ``small`` that of tables; 0 where the look says nothing.
        sides: margins at the left and at the right together, in twentieths of a point; 0 where the look says nothing.
    """

    ink: str
    muted: str
    title: str
    heading: str
    shade: str
    head: str
    centred: bool
    fonts: tuple[str, str]
    heads: tuple[str, str]
    size: int
    small: int
    sides: int


def palette(look: Look) -> Palette:
    """Return the palette of a look."""
    styles, tables = dict(look.styles), dict(look.tables)

    def of(style: str, key: str, otherwise: str) -> str:
        return str(dict(styles.get(style, ())).get(key, otherwise))

    def on_paper(style: str, otherwise: str) -> str:
        """Return the colour of a style; what needs the ground that Word prints under it is as the text."""
        colour = of(style, "colour", otherwise)
        return colour if contrast(colour, PAPER) >= CONTRAST else otherwise

    ink = on_paper("Clause", INK)
    shade = str(dict(tables.get("Lines", ())).get("shade", SHADE))
    return Palette(
        ink=ink,
        muted=on_paper("CellMuted", _MUTED),
        title=on_paper("Title", ink),
        heading=on_paper("Heading1", ink),
        shade=shade,
        head=of("CellHead", "colour", ink),
        centred=of("Title", "align", "center") == "center",
        fonts=(of("Clause", "ascii", ""), of("Clause", "east_asia", "")),
        heads=(of("Heading1", "ascii", ""), of("Heading1", "east_asia", "")),
        size=_size(styles.get("Clause", ())),
        small=_size(styles.get("Cell", ())),
        sides=look.page.left + look.page.right if look.page is not None else 0,
    )


def _size(properties: Properties) -> int:
    return int(dict(properties).get("size", 0))
