"""Where the paragraphs of a story stand, and tags written whole into the run in which they begin."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from lotproof.wordhouses.trees import W

if TYPE_CHECKING:
    from lxml.etree import _Element

ENDS: Mapping[str, str] = MappingProxyType({"{{": "}}", "{%": "%}", "{#": "#}"})
"""How a tag begins, and how it ends."""


def rewritten(texts: list[_Element], whole: str, spans: list[tuple[int, int]], tags: list[str]) -> list[_Element]:
    """Write each tag into the run in which it begins, and take the rest of it out of the runs behind; return those elements."""
    owners: list[_Element] = []
    bounds, at = [], 0
    for text in texts:
        bounds.append((at, at + len(text.text or "")))
        at = bounds[-1][1]
    begins = dict(zip((begin for begin, _ in spans), tags, strict=True))
    inside = iter([*spans, (len(whole), len(whole))])
    begin, end = next(inside)
    for text, (first, last) in zip(texts, bounds, strict=True):
        kept, place = "", first
        while place < last:
            if place < begin:
                stop = min(begin, last)
                kept += whole[place:stop]
                place = stop
            else:
                if place == begin:
                    kept += begins[begin]
                    owners.append(text)
                place = min(end, last)
                if place == end:
                    begin, end = next(inside)
        text.text = kept
        if kept != kept.strip():
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return owners


def above(element: _Element, tag: str) -> _Element | None:
    """Return the nearest element of a name around another one."""
    outer = element.getparent()
    while outer is not None and outer.tag != tag:
        outer = outer.getparent()
    return outer


def without_tags(text: str) -> str:
    """Return a text without the tags in it."""
    for mark, end in ENDS.items():
        while (begin := text.find(mark)) >= 0 and (stop := text.find(end, begin)) >= 0:
            text = text[:begin] + text[stop + 2 :]
    return text


def places(root: _Element) -> dict[int, str]:
    """
    Return where each paragraph of a story stands, by its identity: counted outside of tables, by table, row and cell within.

    Args:
        root: of the story; whoever asks holds its elements, as an identity is theirs only as long.
    """
    found: dict[int, str] = {}
    tables = {id(table): place for place, table in enumerate(root.iter(f"{W}tbl"), 1)}
    counted: dict[int, int] = {}
    for holder, held in ((f"{W}tbl", f"{W}tr"), (f"{W}tr", f"{W}tc")):
        so_far: dict[int, int] = {}
        for element in root.iter(held):
            within = id(above(element, holder))
            counted[id(element)] = so_far[within] = so_far.get(within, 0) + 1
    count = 0
    for paragraph in root.iter(f"{W}p"):
        cell = above(paragraph, f"{W}tc")
        if cell is None:
            count += 1
            found[id(paragraph)] = f"paragraph {count}"
            continue
        row, table = above(cell, f"{W}tr"), above(cell, f"{W}tbl")
        found[id(paragraph)] = (
            f"table {tables.get(id(table), 0)}, row {counted.get(id(row), 0)}, cell {counted[id(cell)]}"
        )
    return found


def short(text: str) -> str:
    """Return a text on one line, of 60 characters at most."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "\u2026"
