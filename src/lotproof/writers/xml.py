"""XML of an Office file: the one escaping function, attributes, the declaration."""

from __future__ import annotations

import re

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escape(text: str) -> str:
    """
    Return ``text`` as XML character data; the only way text gets into a part.

    Raises:
        ValueError: it holds a character that XML 1.0 cannot hold.
    """
    if not text.isprintable() and _FORBIDDEN.search(text):
        raise ValueError("a character that XML cannot hold")
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def attribute(text: str) -> str:
    """Return ``text`` as an XML attribute value, quotes included."""
    return '"' + escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;") + '"'
