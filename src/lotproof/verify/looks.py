"""What a reader sees of a run of text: styles resolved as Word resolves them, as far as they hide, strike out or change a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from lotproof.frozen import Frozen
from lotproof.messages import say
from lotproof.readers.numbering import Styles, is_on
from lotproof.readers.xml import Attributes

RUN = frozenset(
    {
        "w:vanish",
        "w:webHidden",
        "w:specVanish",
        "w:color",
        "w:sz",
        "w:szCs",
        "w:cs",
        "w:fitText",
        "w:strike",
        "w:dstrike",
        "w:caps",
        "w:smallCaps",
        "w:vertAlign",
        "w:w",
        "w:spacing",
        "w:position",
        "w:shd",
        "w:highlight",
        "w:rFonts",
        "w:rtl",
        ":noFill",
    }
)
"""Properties of a run that can keep a text from being read as it stands."""

LEAST = 8
"""Half points: smaller text is not read."""

_THIN, FAR = 120, 14_000
"""Twentieths of a point: a line of less height is not read, and text that begins so far from its margin stands on no page."""

_MARGIN = 1_500
"""Twentieths of a point: what a style may leave around the text of a cell."""

_SIDES = ("left", "start", "right", "end", "hanging", "firstLine")

_CONTRAST = 1.5
"""Between text and what lies under it; less is not seen. Light grey on white has 1.6."""

_WHITE = frozenset({"background1", "light1", "background2", "light2"})
_HIGHLIGHTS = {
    "black": "000000",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "darkBlue": "00008B",
    "darkCyan": "008B8B",
    "darkGray": "A9A9A9",
    "darkGreen": "006400",
    "darkMagenta": "8B008B",
    "darkRed": "8B0000",
    "darkYellow": "808000",
    "green": "00FF00",
    "lightGray": "D3D3D3",
    "magenta": "FF00FF",
    "red": "FF0000",
    "white": "FFFFFF",
    "yellow": "FFFF00",
}
_SIGNS = ("symbol", "wingdings", "webdings", "zapf dingbats", "zapfdingbats", "marlett", "mt extra", "opensymbol")
"""Fonts that show other signs than the letters that stand there."""

Properties = Mapping[str, str]


class Look(Frozen):
    """How a text is seen: not at all and why, struck out, in capitals, raised or lowered, in a font of signs."""

    unseen: str = ""
    struck: bool = False
    capitals: bool = False
    raised: str = ""
    signs: str = ""


class Looks(Styles):
    """Collects ``styles.xml``: what :class:`~lotproof.readers.numbering.Styles` takes, and how each style shows its text."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: dict[str, dict[str, str]] = {}
        self.default = ""
        self._placed: dict[str, str] = {}
        self._away: dict[str, str] = {}
        """What :meth:`out_of_sight` has found; paragraphs that ask come after the styles."""
        self._style = ""
        self._defaults: dict[str, str] = {}
        self._into: dict[str, str] | None = None
        self._conditional = False

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        """Take a style or a property of one."""
        super().start(name, attributes, place)
        if name == "w:style":
            self._style = attributes.get("styleId", "")
            self._into = self.runs.setdefault(self._style, {})
            if attributes.get("type") == "paragraph" and is_on(attributes.get("default", "0")):
                self.default = attributes.get("styleId", "")
        elif name in ("w:rPrDefault", "w:pPrDefault"):
            self._into = self._defaults
        elif name == "w:tblStylePr":
            self._conditional = True
        elif name in RUN and self._into is not None and not self._conditional and self._inside[-2:-1] != ["w:tcPr"]:
            self._into[name] = said(name, attributes)
        parent = self._inside[-2] if len(self._inside) > 1 else ""
        why = out_of_sight(name, attributes) if parent == "w:pPr" else _table_away(name, parent, attributes)
        if why and self._into is not None:
            self._placed["" if self._into is self._defaults else self._style] = why

    def end(self, name: str, place: int) -> None:
        """Leave a style."""
        super().end(name, place)
        self._away.clear()
        if name in ("w:style", "w:rPrDefault", "w:pPrDefault"):
            self._into = None
        elif name == "w:tblStylePr":
            self._conditional = False

    def properties(self, styles: tuple[str, ...]) -> dict[str, str]:
        """Return what some styles say together, the last one prevailing, over what they are based on and the defaults."""
        found = dict(self._defaults)
        for style in styles:
            for one in reversed(self._lineage(style)):
                found |= self.runs[one]
        return found

    def out_of_sight(self, style: str) -> str:
        """Return how a style, or what it is based on, takes the text of a paragraph out of sight; empty where it does not."""
        if not self._placed:
            return ""
        found = self._away.get(style)
        if found is None:
            named = (*self._lineage(style), "")
            found = self._away[style] = next((self._placed[one] for one in named if one in self._placed), "")
        return found

    def _lineage(self, style: str) -> list[str]:
        lineage: list[str] = []
        while style in self.runs and style not in lineage and len(lineage) < 20:
            lineage.append(style)
            style = self.found[style].based_on if style in self.found else ""
        return lineage


def said(name: str, attributes: Attributes) -> str:
    """Return what matters of a property of a run, as text."""
    if name == "w:color":
        return "FFFFFF" if attributes.get("themeColor") in _WHITE else attributes.get("val", "auto")
    if name == "w:shd":
        return _shade(attributes)
    if name == "w:rFonts":
        return (
            attributes.get("ascii")
            or attributes.get("hAnsi")
            or attributes.get("cs")
            or attributes.get("eastAsia")
            or ""
        )
    if name == ":noFill":
        return "1"
    return attributes.get("val", "1")


def out_of_sight(name: str, attributes: Attributes) -> str:
    """Return how a property of a paragraph takes its text out of sight; empty where it does not."""
    if name == "w:spacing" and attributes.get("lineRule") == "exact":
        if measure(attributes.get("line", ""), _THIN) < _THIN:
            return say("a line without height")
    elif name == "w:ind":
        if too_far(attributes, _SIDES):
            return say("text beside the page")
    elif name == "w:framePr":
        return say("text in a frame")
    return ""


def _table_away(name: str, parent: str, attributes: Attributes) -> str:
    """Return how a property of a style of tables takes their text out of sight; empty where it does not."""
    if parent in ("w:tblCellMar", "w:tcMar") and not 0 <= measure(attributes.get("w", ""), 0) <= _MARGIN:
        return say("text beside the page")
    if name == "w:tblInd" and too_far(attributes, ("w",)):
        return say("text beside the page")
    return ""


def too_far(attributes: Attributes, sides: tuple[str, ...]) -> bool:
    """Say whether something is moved so far that it stands on no page."""
    return any(abs(measure(attributes.get(side, ""), 0)) > FAR for side in sides)


def measure(text: str, otherwise: float) -> float:
    """Return a measure in twentieths of a point; ``otherwise`` for what is none."""
    return _number(text, otherwise, per_point=20)


def _shade(attributes: Attributes) -> str:
    """Return the colour that a reader sees of a shading: of its two colours together where it is a pattern."""
    pattern, fill = attributes.get("val", "clear"), attributes.get("fill", "auto")
    if pattern in ("clear", "nil", ""):
        return "" if pattern == "nil" else fill
    percent = pattern.removeprefix("pct")
    share = 100 if pattern == "solid" else int(percent) if percent.isascii() and percent.isdigit() else 50
    above, under = _colour(attributes.get("color", "")) or "000000", _colour(fill) or "FFFFFF"
    mixed = (
        (int(above[at : at + 2], 16) * min(share, 100) + int(under[at : at + 2], 16) * (100 - min(share, 100))) // 100
        for at in (0, 2, 4)
    )
    return "".join(f"{part:02X}" for part in mixed)


@lru_cache(maxsize=512)
def look_of(properties: tuple[tuple[str, str], ...], beneath: str) -> Look:
    """
    Return how a text is seen.

    Args:
        properties: of the run, everything inherited in them.
        beneath: the colour that lies under it (``EDF1F5``), or empty for white.
    """
    have = dict(properties)

    def on(name: str) -> bool:
        return is_on(have.get(name, "0"))

    font = have.get("w:rFonts", "").lower()
    return Look(
        unseen=_unseen(have, beneath, on("w:vanish") or on("w:specVanish")),
        struck=on("w:strike") or on("w:dstrike"),
        capitals=on("w:caps") or on("w:smallCaps"),
        raised=have.get("w:vertAlign", "").removesuffix("script").replace("baseline", ""),
        signs=font if font.startswith(_SIGNS) else "",
    )


def _unseen(have: Properties, beneath: str, hidden: bool) -> str:
    if hidden:
        return say("hidden text")
    if have.get(":noFill"):
        return say("letters without a colour")
    size = _number(have.get("w:szCs" if is_on(have.get("w:cs", "0")) else "w:sz", ""), 24)
    if size < LEAST:
        return say("text of {size} point", size=f"{size / 2:g}")
    if (
        "w:fitText" in have
        or _number(have.get("w:w", ""), 100) < 25
        or _number(have.get("w:spacing", ""), 0, per_point=20) < -60
    ):
        return say("letters pressed together")
    if abs(_number(have.get("w:position", ""), 0)) > 100:
        return say("letters moved off their line")
    colour = have.get("w:color", "auto")
    under = (
        _HIGHLIGHTS.get(have.get("w:highlight", ""), "")
        or _colour(have.get("w:shd", ""))
        or _colour(beneath)
        or "FFFFFF"
    )
    if _colour(colour) and _contrast(colour, under) < _CONTRAST:
        if under != "FFFFFF":
            return say("text in the colour of what lies under it")
        return say("white text") if colour.upper() == "FFFFFF" else say("text too pale to be read")
    return ""


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=256)
def _luminance(colour: str) -> float:
    """Return relative luminance as WCAG 2 defines it, from six hexadecimal digits."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colour(text: str) -> str:
    """Return six hexadecimal digits, or nothing where a colour is left to the program."""
    return text if len(text) == 6 and all(c in "0123456789abcdefABCDEF" for c in text) else ""


def _number(text: str, otherwise: float, *, per_point: int = 2) -> float:
    """Return a whole number, or a measure with its unit in such parts of a point."""
    match = re.fullmatch(_MEASURE, text)
    if match is None:
        return otherwise
    return float(match[1]) * (_POINTS[match[2]] * per_point if match[2] else 1)


_MEASURE = r"(-?[0-9]{1,6}(?:\.[0-9]{1,6})?)(?:%|(pt|mm|cm|in|pc|pi)|)"
_POINTS = {"pt": 1, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72, "pc": 12, "pi": 12}
