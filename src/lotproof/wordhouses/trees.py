"""Parts of a package as trees, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parsed(raw: bytes) -> Any:
    """Return a part as a tree; our own readers have seen before that it declares no entity and is not too deep."""
    from lxml import etree

    return etree.fromstring(
        raw, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    )


def tostring(element: Any) -> bytes:
    """Return a tree as the bytes of a part."""
    from lxml import etree

    return bytes(etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True))


def without_relations(raw: bytes, kinds: Sequence[str]) -> bytes:
    """
    Return a part of relationships without some of them.

    Args:
        kinds: the last words of their types.
    """
    root = parsed(raw)
    for relation in list(root):
        if str(relation.get("Type")).rpartition("/")[2] in kinds:
            root.remove(relation)
    return tostring(root)
