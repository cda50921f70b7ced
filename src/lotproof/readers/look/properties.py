"""Properties of runs, paragraphs and borders of a Word file as values of a look; what the allowlist does not have is named and left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lotproof.looks.model import Value
from lotproof.looks.values import is_value
from lotproof.messages import Message, say
from lotproof.readers.numbering import is_on
from lotproof.readers.xml import Attributes

Said = dict[str, Value]
"""Properties by name, in the making."""

Leave = Callable[[Message], None]
"""Takes what is left out, in words."""

MOST_NOTES = 200


class LeftOut:
    """
    Keeps what is left out, each once and :data:`MOST_NOTES` at most, however often a file says it.

    Attributes:
        found: in the order in which it was met.
    """

    def __init__(self) -> None:
        self.found: dict[Message, None] = {}

    def __call__(self, what: Message) -> None:
        if len(self.found) < MOST_NOTES:
            self.found[what] = None


Fonts = Mapping[str, str]
"""The fonts of a theme by their names there: ``minorHAnsi``."""

_FLAGS = {"w:b": "bold", "w:i": "italic", "w:caps": "caps", "w:smallCaps": "small_caps"}
_KEEPS = {"w:keepNext": "keep_next", "w:keepLines": "keep_lines"}
_ALIGNED = {
    "start": "left",
    "end": "right",
    "distribute": "both",
    "lowKashida": "both",
    "mediumKashida": "both",
    "highKashida": "both",
}
_RUN_SILENT = frozenset(
    [
        "w:lang",
        "w:bCs",
        "w:iCs",
        "w:szCs",
        "w:kern",
        "w:rStyle",
        "w:noProof",
        "w:rtl",
        "w:cs",
        "w:snapToGrid",
        "w:webHidden",
        "w:eastAsianLayout",
        "w:specVanish",
        ":ligatures",
        ":numForm",
    ]
)
"""What says nothing that is seen, or is the writer's own."""
_PARAGRAPH_SILENT = frozenset(
    [
        "w:pStyle",
        "w:widowControl",
        "w:numPr",
        "w:outlineLvl",
        "w:tabs",
        "w:suppressLineNumbers",
        "w:contextualSpacing",
        "w:snapToGrid",
        "w:overflowPunct",
        "w:kinsoku",
        "w:wordWrap",
        "w:topLinePunct",
        "w:autoSpaceDE",
        "w:autoSpaceDN",
        "w:bidi",
        "w:textAlignment",
        "w:suppressAutoHyphens",
        "w:mirrorIndents",
        "w:adjustRightInd",
        "w:rPr",
        "w:sectPr",
        "w:pPrChange",
        "w:suppressOverlap",
        "w:divId",
        "w:cnfStyle",
    ]
)
_BORDER_STYLES = {
    "nil": "none",
    "none": "none",
    "single": "single",
    "double": "double",
    "thick": "thick",
    "dotted": "dotted",
    "dashed": "dashed",
}


def run_property(name: str, attributes: Attributes, fonts: Fonts, said: Said, leave: Leave) -> None:
    """Take a property of a run, an element of ``w:rPr``."""
    value = attributes.get("val", "")
    if name in _FLAGS:
        said[_FLAGS[name]] = is_on(attributes.get("val", "1"))
    elif name == "w:rFonts":
        for key, own, theme in (
            ("ascii", ("ascii", "hAnsi"), ("asciiTheme", "hAnsiTheme")),
            ("east_asia", ("eastAsia",), ("eastAsiaTheme",)),
        ):
            chosen = next((fonts[attributes[t]] for t in theme if attributes.get(t) in fonts), "")
            _keep(said, key, chosen or next((attributes[o] for o in own if attributes.get(o)), ""), leave)
    elif name == "w:sz":
        _keep(said, "size", _number(value), leave)
    elif name == "w:spacing":
        _keep(said, "tracking", _number(value), leave)
    elif name == "w:color":
        _keep(said, "colour", "000000" if value == "auto" else value.upper(), leave)
    elif name == "w:u":
        said["underline"] = value != "none"
        if value not in ("single", "none", ""):
            leave(say("an underline of the kind {kind}, which becomes a single one", kind=value))
    elif (
        name not in _RUN_SILENT and is_on(attributes.get("val", "1")) and value not in ("none", "baseline", "0", "100")
    ):
        leave(say("{element} of a text", element=name))


def paragraph_property(name: str, attributes: Attributes, said: Said, leave: Leave) -> None:
    """Take a property of a paragraph, an element of ``w:pPr``."""
    if name in _KEEPS:
        said[_KEEPS[name]] = is_on(attributes.get("val", "1"))
    elif name == "w:spacing":
        for key in ("before", "after"):
            _keep(said, key, _number(attributes.get(key, "")), leave)
        if "line" in attributes:
            _keep(said, "line", _number(attributes["line"]), leave)
            _keep(said, "rule", attributes.get("lineRule", "auto"), leave)
    elif name == "w:jc":
        value = attributes.get("val", "")
        _keep(said, "align", _ALIGNED.get(value, value), leave)
    elif name == "w:ind":
        _keep(said, "left", _number(attributes.get("left", attributes.get("start", ""))), leave)
        _keep(said, "right", _number(attributes.get("right", attributes.get("end", ""))), leave)
        hanging = _number(attributes.get("hanging", ""))
        first = -hanging if isinstance(hanging, int) else hanging or _number(attributes.get("firstLine", ""))
        _keep(said, "first", first, leave)
    elif name == "w:shd":
        said["shade"] = shade(attributes)
        if said["shade"] and not is_value("shade", said["shade"]):
            del said["shade"]
    elif name not in _PARAGRAPH_SILENT and is_on(attributes.get("val", "1")):
        leave(say("{element} of a paragraph", element=name))


def shade(attributes: Attributes) -> str:
    """Return the colour of a shading, empty where it has none."""
    fill = attributes.get("fill", "auto").upper()
    return "" if fill == "AUTO" else fill


def border(attributes: Attributes, leave: Leave) -> str:
    """Return a border as a look has it: ``single 4 0 9AA5B1``, or ``none``."""
    kind = attributes.get("val", "none")
    style = _BORDER_STYLES.get(kind)
    if style is None:
        leave(say("a line of the kind {kind}, which becomes a single one", kind=kind))
        style = "single"
    if style == "none":
        return "none"
    colour = attributes.get("color", "auto").upper()
    weight, space = _number(attributes.get("sz", "4")), _number(attributes.get("space", "0"))
    made = f"{style} {weight} {space} {'000000' if colour == 'AUTO' else colour}"
    if is_value("border_top", made):
        return made
    leave(say("a line {line}: its weight or colour is out of bounds", line=made[:40]))
    return "none"


def _keep(said: Said, key: str, value: str | int, leave: Leave) -> None:
    if value == "":
        return
    if is_value(key, value):
        said[key] = value
    else:
        leave(say("{key} {value}, which is out of bounds", key=key, value=str(value)[:40]))


def _number(text: str) -> int | str:
    """Return a whole number; the text itself where it is none, and nothing for nothing."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 8 else text[:40]
