"""What of a template the other party would not see: its text in white or tiny letters, under something, or beside the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lotproof.characters import forbidden, mixed_words
from lotproof.messages import Message, say
from lotproof.readers.numbering import is_on
from lotproof.readers.package import Package
from lotproof.readers.xml import Attributes
from lotproof.verify.word import read_word

_ASIDE = say("a frame or a text box, which may stand beside the page or under something")
_TURNED = say("text in the other direction")
_THIN, _FAR = 60, 14_000
"""Twentieths of a point: a line, a row or a column of less is not read, and what begins so far from its margin stands on no page."""

_PAPER = (5_000, 34_000)
"""Sides of a page, in twentieths of a point: less than A6, more than A2."""

_WIDEST = 8_500
"""Twentieths of a point: a margin of 150 mm."""

_WHERE: Mapping[str, Message] = MappingProxyType(
    {
        **dict.fromkeys(("w:framePr", "w:txbxContent", "w:tblpPr"), _ASIDE),
        **dict.fromkeys(("w:bdo", "w:dir", "w:rtl"), _TURNED),
        **dict.fromkeys(("w:fitText", "w:cs"), say("letters pressed together, or in a second size")),
        "v:textpath": say("text in a drawing"),
    }
)
_BODY: Mapping[str, Message] = MappingProxyType(
    dict.fromkeys(
        ("wp:anchor", "v:shape", "v:rect", "v:oval", "v:roundrect", "v:line"),
        say("a drawing that floats over the text"),
    )
)
"""In the body; a letterhead lies beneath it."""

_SWITCHES = frozenset({"w:rtl", "w:cs"})
_WHOLE = re.compile(r"-?[0-9]{1,6}")


def hiding(name: str, attributes: Attributes, *, body: bool) -> Message | None:
    """Return by what an element takes text out of sight; None where it does not."""
    if name in _WHERE:
        return None if name in _SWITCHES and not is_on(attributes.get("val", "1")) else _WHERE[name]
    if body and name in _BODY:
        return _BODY[name]

    def less(key: str, least: int) -> bool:
        return key in attributes and not least <= _twentieths(attributes[key])

    def beyond(key: str, low: int, high: int) -> bool:
        return key in attributes and not low <= _twentieths(attributes[key]) <= high

    match name:
        case "w:spacing" if attributes.get("lineRule") == "exact" and less("line", _THIN):
            return say("a line without height")
        case "w:trHeight" if attributes.get("hRule") == "exact" and less("val", _THIN):
            return say("a row without height")
        case "w:tcW" if attributes.get("type") == "dxa" and less("w", _THIN):
            return say("a cell without width")
        case "w:ind" | "w:tblInd":
            sides = ("left", "start", "right", "end", "hanging", "firstLine", "w")
            if any(beyond(side, -_FAR, _FAR) for side in sides):
                return say("text beside the page")
        case "w:pgSz" if beyond("w", *_PAPER) or beyond("h", *_PAPER):
            return say("a page of another size than paper has")
        case "w:pgMar" if any(beyond(side, -_WIDEST, _WIDEST) for side in ("top", "bottom")):
            return say("a margin of more than 150 mm")
        case "w:pgMar" if any(beyond(side, 0, _WIDEST) for side in ("left", "right")):
            return say("a margin of more than 150 mm")
        case "w:sz" | "w:w" | "w:position" if not _WHOLE.fullmatch(attributes.get("val", "0").removesuffix("%")):
            return say("a size that is no whole number")
    return None


def unseen(package: Package) -> Iterator[tuple[Message, str]]:
    """
    Yield what ``lotproof verify`` would say of a contract with the text of a template: how it is kept from its reader, and some of it.

    Raises:
        Refused: it cannot be read.
    """
    for unit in read_word(package).units:
        for mark in unit.marks:
            match mark.kind:
                case "unseen":
                    yield say("text that nobody sees ({how})", how=mark.how), mark.text
                case "glyphs":
                    yield say("a font that shows other signs than the letters: {font}", font=mark.how), mark.text
                case "readings":
                    yield say("a text that another program shows otherwise"), mark.text
                case "struck":
                    yield say("struck text"), mark.text
                case _:
                    pass  # tracked changes are named by their elements


def misleading(text: str) -> Iterator[Message]:
    """Yield what makes a text read otherwise than it is: characters that nobody sees, and words in two alphabets that look alike."""
    for _, character in forbidden(text, newlines=True):
        yield say("a character that nobody sees: {character}", character=character)
        break
    for word in mixed_words(text):
        yield say("letters of two alphabets that look alike: {word}", word=word)


def _twentieths(text: str) -> float:
    """Return a measure in twentieths of a point; one that cannot be read counts as beyond every bound."""
    match = re.fullmatch(r"(-?[0-9]{1,7}(?:\.[0-9]{1,6})?)(mm|cm|in|pt|pc|pi|)", text)
    if match is None:
        return float("nan")
    unit = {"": 1, "pt": 20, "in": 1440, "cm": 1440 / 2.54, "mm": 144 / 2.54, "pc": 240, "pi": 240}
    return float(match[1]) * unit[match[2]]
