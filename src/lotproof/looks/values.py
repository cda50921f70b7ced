"""What a look may say: an allowlist of styles and properties, each with the values that it may have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lotproof.frozen import Frozen
from lotproof.looks.model import Look, Page, Properties, Value

FACE = ("ascii", "bold", "caps", "colour", "east_asia", "italic", "size", "small_caps", "tracking", "underline")
SPACE = ("after", "align", "before", "line", "rule")
FRAME = ("border_bottom", "border_left", "border_right", "border_top", "shade")
INDENT = ("first", "left", "right")
KEEP = ("keep_lines", "keep_next")

SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
"""Of the borders of a table, in the order of the schema; a paragraph has the first four."""


class Style(Frozen, kw_only=True):
    """
    A style that the Word writer uses.

    Attributes:
        name: as Word shows it, compared without case where none is written so.
        also: under which LibreOffice saves it, where that is another name.
        like: the style whose fonts and colour are taken where a file has not this one.
        matters: a file that lacks it is told so.
        takes: the properties that it takes over.
    """

    name: str
    also: str
    like: str
    matters: bool
    takes: tuple[str, ...]


def _style(name: str, like: str, *takes: tuple[str, ...], matters: bool = False, also: str = "") -> Style:
    return Style(name=name, also=also, like=like, matters=matters, takes=tuple(one for group in takes for one in group))


_NUMBERED = SPACE + FRAME + KEEP
"""Of headings: their indents belong to the numbering."""
_CELL = ("after", "before", "line", "rule")
"""Of cells: which side they stand at is said by the column."""

STYLES: Mapping[str, Style] = MappingProxyType(
    {
        "Normal": _style("Normal", "", FACE, matters=True),
        "Title": _style("Title", "Heading1", FACE, SPACE, FRAME, INDENT, KEEP, matters=True),
        "Subtitle": _style("Subtitle", "Normal", FACE, SPACE, FRAME, INDENT),
        "Warning": _style("Warning", "Normal", ("ascii", "east_asia", "size"), SPACE),
        "ContentsHeading": _style("Contents Heading", "Heading1", FACE, _NUMBERED, also="TOC Heading"),
        "TOC1": _style("toc 1", "Normal", FACE),
        "Heading1": _style("heading 1", "Normal", FACE, _NUMBERED, matters=True),
        "Clause": _style("Clause", "Normal", FACE, SPACE, matters=True),
        "ClauseBeside": _style("Clause Beside", "Clause", FACE, SPACE),
        "BodyText": _style("Body Text", "Normal", FACE, SPACE, INDENT, matters=True),
        "Exhibit": _style("Exhibit Heading", "Heading1", FACE, _NUMBERED, matters=True),
        "Caption": _style("caption", "Heading1", FACE, _NUMBERED, matters=True),
        "Note": _style("Note", "Normal", FACE, SPACE, FRAME, INDENT),
        "Cell": _style("Cell", "Normal", FACE, _CELL, matters=True),
        "CellStrong": _style("Cell Strong", "Cell", FACE, _CELL),
        "CellMuted": _style("Cell Muted", "Cell", FACE, _CELL),
        "CellId": _style("Cell Id", "Cell", FACE, _CELL),
        "CellHead": _style("Cell Head", "Caption", FACE, _CELL, matters=True),
        "CellWrite": _style("Cell Write", "Cell", ("ascii", "colour", "east_asia", "size")),
        "Header": _style("header", "Normal", FACE, SPACE, matters=True),
        "Footer": _style("footer", "Normal", FACE, SPACE, matters=True),
    }
)
"""By the id under which the Word writer knows them. What is technical (gaps, breaks, marks of blanks) is no matter of looks."""

TABLES: Mapping[str, str] = MappingProxyType({"Grid": "Lot Grid", "Lines": "Lot Lines"})
"""Styles of tables by id: what is filled in, and what is agreed."""

TABLE = (*(f"border_{side}" for side in SIDES), "shade")
"""Properties of a table; ``shade`` lies under its head."""

LETTERHEAD = tuple(sorted({*SPACE, *FRAME, *INDENT} - {"rule", "line"}))
"""Properties of a paragraph of a letterhead; a run has those of :data:`FACE`."""

BORDERS = ("none", "single", "double", "thick", "dotted", "dashed")
ALIGNMENTS = ("left", "center", "right", "both")
RULES = ("exact", "atLeast", "auto")

NUMBERS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "size": (10, 96),
        "tracking": (-10, 80),
        "before": (0, 2400),
        "after": (0, 2400),
        "line": (100, 1440),
        "left": (-400, 4000),
        "right": (-400, 4000),
        "first": (-2000, 2000),
    }
)
"""Lowest and highest value: sizes in half points; ``line`` in 240ths of a line where its rule is ``auto``; all else in twentieths of a point."""

_FLAGS = frozenset({"bold", "italic", "caps", "small_caps", "underline", "keep_next", "keep_lines"})
_CHOICES: Mapping[str, tuple[str, ...]] = {"align": ALIGNMENTS, "rule": RULES}
_FONT = re.compile(r"[\w][\w .+'()-]{0,59}\Z")
_COLOUR = re.compile(r"[0-9A-F]{6}\Z")
_BORDER = re.compile(rf"(?:none|(?:{'|'.join(BORDERS[1:])}) ([0-9]{{1,2}}) ([0-9]{{1,2}}) [0-9A-F]{{6}})\Z")
_THINNEST, _WIDEST, _APART = 2, 48, 31

PAGE: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "width": (7900, 17100),
        "height": (11000, 24500),
        "top": (340, 4820),
        "bottom": (340, 4820),
        "left": (340, 3402),
        "right": (340, 3402),
        "header": (170, 2268),
        "footer": (170, 2268),
    }
)
"""Lowest and highest value of a page's measures: paper from A5 to A3, margins from 6 mm to 60 or 85 mm."""

NARROWEST = 6236
"""Width of the text at least, in twentieths of a point: 110 mm, for two languages beside each other."""

INK, SHADE, PAPER = "1F2933", "EDF1F5", "FFFFFF"
"""The writers' own colour of text and of the head of a table, and white."""

CONTRAST = 3.0
"""Between a text and what lies under it at least, as WCAG 2 counts it for large text: what is agreed can be read."""

MOST_LINES, MOST_TEXT, MOST_TABS = 24, 2000, 8
"""Paragraphs of a header or footer, characters of all of them, tab stops of one paragraph."""

LARGEST = (7_200_000, 1_800_000)
"""Width and height of a logo on paper at most, in English metric units: 20 cm and 5 cm."""


def is_value(name: str, value: Value) -> bool:
    """Say whether a property may have a value."""
    if name in _FLAGS:
        return isinstance(value, bool)
    if name in NUMBERS:
        low, high = NUMBERS[name]
        return type(value) is int and low <= value <= high
    if not isinstance(value, str):
        return False
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name in ("ascii", "east_asia"):
        return _FONT.match(value) is not None
    if name in ("colour", "shade"):
        return _COLOUR.match(value) is not None
    found = _BORDER.match(value) if name.startswith("border_") else None
    if found is None:
        return False
    return found[1] is None or (_THINNEST <= int(found[1]) <= _WIDEST and int(found[2]) <= _APART)


def page_faults(page: Page) -> Iterator[str]:
    """Yield the measures of a page that are out of bounds; ``width`` also where too little room is left for the text."""
    for name, (low, high) in PAGE.items():
        if not low <= getattr(page, name) <= high:
            yield name
    if page.width - page.left - page.right < NARROWEST or page.width > page.height:
        yield "width"
    if page.top + page.bottom > page.height // 2:
        yield "top"


def unreadable(look: Look) -> Iterator[tuple[str, str, str]]:
    """Yield style, colour and what lies under it where a text of a style cannot be read."""
    styles, tables = dict(look.styles), dict(look.tables)
    for style, properties in styles.items():
        have = dict(properties)
        for beneath in _beneath(style, have, tables):
            if contrast(str(have.get("colour", INK)), beneath) < CONTRAST:
                yield style, str(have.get("colour", INK)), beneath
    if "CellHead" not in styles:
        for beneath in _beneath("CellHead", {}, tables):
            if contrast(INK, beneath) < CONTRAST:
                yield "CellHead", INK, beneath


def beside_the_page(look: Look) -> Iterator[str]:
    """Yield the styles whose indents would put text over the edge of the paper, or leave less than half of the narrowest text for it."""
    for style, properties in look.styles:
        left, right, first = (int(dict(properties).get(key, 0)) for key in ("left", "right", "first"))
        narrowed = max(left, 0) + max(right, 0) + max(first, 0)
        if min(left, left + first, right) < -PAGE["left"][0] or narrowed > NARROWEST // 2:
            yield style


def _beneath(style: str, have: Mapping[str, Value], tables: Mapping[str, Properties]) -> tuple[str, ...]:
    if style == "CellHead":
        return tuple(str(dict(tables.get(table, ())).get("shade", SHADE)) for table in TABLES)
    return (str(have.get("shade", PAPER)),)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
