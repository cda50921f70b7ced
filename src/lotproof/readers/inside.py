"""
What one of our own Word files discloses of its order, as one side of a comparison.

The one place where `lotproof diff` looks into a document: whoever reads more out of documents replaces :func:`side_inside`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from lotproof.changes.model import Side, named
from lotproof.findings import Finding, Refused
from lotproof.messages import say
from lotproof.orders.digests import FORMAT, proves, section_digest
from lotproof.orders.model import SECTIONS
from lotproof.orders.stored import section_of
from lotproof.readers.package import Package, open_package
from lotproof.readers.xml import Attributes, visit

_HINT = say("give the file as lotproof build wrote it, or the order.json")


def side_inside(content: bytes, name: str) -> Side:
    """
    Return the sections that a contract or checklist of ours carries; it carries no sentences as data.

    Args:
        name: what findings call the file.

    Raises:
        Refused: it cannot be read, or should not be (LP501 to LP505); it carries no order (LP711), or one whose data does not
            give the digest that it states (LP712).
    """
    package = open_package(content, name)
    for part in sorted(package.entries):
        if part.startswith("customXml/item") and part.endswith(".xml") and "Props" not in part:
            text = _order_text(package, part, name)
            if text:
                return _side(text, name)
    message = say("carries no order that could be compared")
    raise Refused([Finding(where=name, code="LP711", message=message, hint=_HINT)])


class _Text:
    """Takes the text of a part whose root is called ``order``."""

    def __init__(self) -> None:
        self.root = ""
        self.parts: list[str] = []

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        self.root = self.root or name

    def end(self, name: str, place: int) -> None:
        pass

    def text(self, data: str, place: int) -> None:
        self.parts.append(data)


def _order_text(package: Package, part: str, name: str) -> str:
    found = _Text()
    visit(package.read(part), found, name, part)
    return "".join(found.parts) if found.root.endswith(":order") else ""


def _side(text: str, name: str) -> Side:
    try:
        data: Mapping[str, Any] = json.loads(text)
        if data["format"] != FORMAT or set(data["sections"]) != set(SECTIONS):
            raise ValueError("another format")
        shown = {key: one["data"] for key, one in data["sections"].items() if "data" in one}
        for key, one in shown.items():
            section_of(key, one)
        digests = {
            key: section_digest(key, one["data"], one["salt"]) if "data" in one else str(one["digest"])
            for key, one in data["sections"].items()
        }
        side = Side(
            name=named(shown["header"]),
            data={key: shown[key] for key in SECTIONS if key in shown},
            digests=digests,
            digest=str(data["digest"]),
            texts={},
        )
        proven = proves(data)
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        message = say("carries no order that this version reads: {error}", error=str(error)[:160])
        raise Refused([Finding(where=name, code="LP711", message=message, hint=_HINT)]) from None
    if not proven:
        message = say("the data in it does not give the digest that it states: it was changed after it was built")
        raise Refused([Finding(where=name, code="LP712", message=message, hint=_HINT)])
    return side
