"""
A look as JSON and back: what an order stores, what a document carries, and how the looks that ship are written.

JSON is canonical as in RFC 8785: whole numbers, texts and flags, keys in order. Reading back checks every value as strictly as reading
a Word file does, for a document may come from anybody.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from lotproof.characters import forbidden
from lotproof.frozen import fields
from lotproof.looks.logo import MOST_BYTES, read_logo
from lotproof.looks.model import Line, Lines, Logo, Look, Page, Place, Properties, Run
from lotproof.looks.values import (
    CONTRAST,
    FACE,
    INK,
    LARGEST,
    LETTERHEAD,
    MOST_LINES,
    MOST_TABS,
    MOST_TEXT,
    PAPER,
    STYLES,
    TABLE,
    TABLES,
    beside_the_page,
    contrast,
    is_value,
    page_faults,
    unreadable,
)

FORMAT = "lotproof-look/1"

_PAGE_KEYS = fields(Page)
_KEYS = frozenset({"format", "name", "sha256", "page", "styles", "tables", "header", "footer", "first", "logo"})
_NAME = re.compile(r"[a-z][a-z0-9.-]{0,39}\Z")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_TAB_END = 20_000


@lru_cache(maxsize=4)
def look_json(look: Look) -> str:
    """Return a look as canonical JSON."""
    return json.dumps(_data(look), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=4)
def look_digest(look: Look) -> str:
    """Return the SHA-256 (hex) over the canonical JSON of a look."""
    return hashlib.sha256(look_json(look).encode()).hexdigest()


def _data(look: Look) -> dict[str, Any]:
    data: dict[str, Any] = {"format": FORMAT, "name": look.name, "sha256": look.sha256}
    if look.page is not None:
        data["page"] = {name: getattr(look.page, name) for name in _PAGE_KEYS}
    data["styles"] = {style: dict(properties) for style, properties in look.styles}
    data["tables"] = {table: dict(properties) for table, properties in look.tables}
    data["header"], data["footer"] = _lines(look.header), _lines(look.footer)
    if look.first is not None:
        data["first"] = {"header": _lines(look.first[0]), "footer": _lines(look.first[1])}
    if look.logo is not None:
        content = base64.b64encode(look.logo.content).decode()
        data["logo"] = {"format": look.logo.format, "content": content}
    return data


def _lines(lines: Lines) -> list[dict[str, Any]]:
    return [
        {
            **dict(line.properties),
            **({"tabs": [list(tab) for tab in line.tabs]} if line.tabs else {}),
            "runs": [
                {"logo": [run.width, run.height]}
                if isinstance(run, Place)
                else {"text": run.text, **dict(run.properties)}
                for run in line.runs
            ],
        }
        for line in lines
    ]


def look_from(data: Any) -> Look:
    """
    Return a look from its JSON.

    Raises:
        ValueError: it is no look of this format, or one of its values is not allowed.
    """
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise ValueError(f"no look of the format {FORMAT}")
    if data.keys() - _KEYS:
        raise ValueError(f"a look has no {min(data.keys() - _KEYS)!r}")
    name, digest = data.get("name"), data.get("sha256")
    if not isinstance(name, str) or not _NAME.match(name) or not isinstance(digest, str) or not _SHA256.match(digest):
        raise ValueError("a look does not say where it was read from")
    first = data.get("first")
    header, footer = _read_lines(data.get("header", [])), _read_lines(data.get("footer", []))
    own = None if first is None else (_read_lines(first.get("header", [])), _read_lines(first.get("footer", [])))
    look = Look(
        name=name,
        sha256=digest,
        page=_page(data["page"]) if "page" in data else None,
        styles=tuple(
            (style, properties(one, STYLES[style].takes)) for style, one in _ordered(data.get("styles", {}), STYLES)
        ),
        tables=tuple((table, properties(one, TABLE)) for table, one in _ordered(data.get("tables", {}), TABLES)),
        header=header,
        footer=footer,
        first=own,
        logo=_logo(data["logo"]) if "logo" in data else None,
    )
    refuse_unreadable(look)
    return look


def refuse_unreadable(look: Look) -> None:
    """Raise ValueError where a text of a look cannot be read, or where a letterhead prints a logo that is not there."""
    for style, colour, beneath in unreadable(look):
        raise ValueError(f"{colour} on {beneath} cannot be read in {style}")
    for style in beside_the_page(look):
        raise ValueError(f"the indents of {style} leave its text no room")
    every = (*look.header, *look.footer, *(line for lines in look.first or () for line in lines))
    if look.logo is None and any(isinstance(run, Place) for line in every for run in line.runs):
        raise ValueError("a letterhead prints a logo that is not there")


def properties(data: Any, takes: Sequence[str]) -> Properties:
    """
    Return properties in their order.

    Raises:
        ValueError: one of them is not in ``takes`` or has a value that it may not have.
    """
    if not isinstance(data, Mapping):
        raise ValueError("properties are no table")
    for name, value in data.items():
        if name not in takes or not is_value(name, value):
            raise ValueError(f"{name} is {str(value)[:40]!r}")
    return tuple(sorted(data.items()))


def _ordered(data: Any, known: Mapping[str, Any]) -> list[tuple[str, Any]]:
    if not isinstance(data, Mapping) or data.keys() - known.keys():
        raise ValueError("a look names a style that there is not")
    return [(name, data[name]) for name in known if name in data]


def _page(data: Any) -> Page:
    if not isinstance(data, Mapping) or set(data) != set(_PAGE_KEYS):
        raise ValueError("a page does not have the measures of a page")
    if any(type(value) is not int for value in data.values()):
        raise ValueError("a measure of a page is no whole number")
    page = Page(**data)
    for name in page_faults(page):
        raise ValueError(f"the page's {name} is {getattr(page, name)}")
    return page


def _logo(data: Any) -> Logo:
    content = data.get("content") if isinstance(data, Mapping) else None
    if not isinstance(content, str) or len(content) > 2 * MOST_BYTES:
        raise ValueError("a logo is no text of base64")
    try:
        logo = read_logo(base64.b64decode(content, validate=True))
    except binascii.Error:
        raise ValueError("a logo is no text of base64") from None
    if logo.format != data.get("format"):
        raise ValueError("a logo is of another format than is said")
    return logo


def _read_lines(data: Any) -> Lines:
    if not isinstance(data, Sequence) or len(data) > MOST_LINES:
        raise ValueError("a letterhead has too many lines")
    lines = tuple(map(_line, data))
    if sum(len(run.text) for line in lines for run in line.runs if isinstance(run, Run)) > MOST_TEXT:
        raise ValueError("a letterhead has too much text")
    return lines


def _line(data: Any) -> Line:
    own = {name: value for name, value in data.items() if name not in ("runs", "tabs")}
    have = properties(own, LETTERHEAD)
    tabs = tuple((str(kind), place) for kind, place in data.get("tabs", ()))
    if len(tabs) > MOST_TABS or any(
        k not in ("left", "center", "right") or type(p) is not int or not 0 < p < _TAB_END for k, p in tabs
    ):
        raise ValueError("a letterhead has a tab stop that is none")
    beneath = str(dict(have).get("shade", PAPER))
    return Line(properties=have, tabs=tabs, runs=tuple(_run(run, beneath) for run in data["runs"]))


def _run(data: Any, beneath: str) -> Run | Place:
    if "logo" in data:
        width, height = data["logo"]
        if any(type(v) is not int or not 0 < v <= most for v, most in zip((width, height), LARGEST, strict=True)):
            raise ValueError("a logo is larger than paper")
        return Place(width, height)
    text = data["text"]
    if not isinstance(text, str) or next(forbidden(text, newlines=True), None) is not None:
        raise ValueError("a letterhead holds a character that nobody sees")
    have = properties({name: value for name, value in data.items() if name != "text"}, FACE)
    if contrast(str(dict(have).get("colour", INK)), beneath) < CONTRAST:
        raise ValueError("a letterhead cannot be read")
    return Run(text, have)
