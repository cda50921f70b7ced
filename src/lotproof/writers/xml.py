"""XML of an Office file: the one escaping function, attributes, the declaration."""

from __future__ import annotations

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_CONTROLS = bytes(code for code in range(32) if chr(code) not in "\t\n\r")


def escape(text: str) -> str:
    """
    Return ``text`` as XML character data; the only way text gets into a part.

    Raises:
        ValueError: it holds a character that XML 1.0 cannot hold.
    """
    if not text.isprintable():
        _refuse(text)
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def _refuse(text: str) -> None:
    """Raise where a text holds a character that XML cannot hold; without a pattern, which would take longer to compile than all texts to check."""
    data = text.encode(errors="replace")
    lone = len(data) != len(
        text.encode(errors="surrogatepass")
    )  # a surrogate without its other half became a question mark
    if lone or len(data) != len(data.translate(None, _CONTROLS)) or "\ufffe" in text or "\uffff" in text:
        raise ValueError("a character that XML cannot hold")


def attribute(text: str) -> str:
    """Return ``text`` as an XML attribute value, quotes included."""
    return '"' + escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;") + '"'
