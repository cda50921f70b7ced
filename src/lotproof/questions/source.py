"""Answers as they were given, before anything is checked: tables, and where each value stands."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from lotproof.findings import Finding
from lotproof.frozen import Frozen
from lotproof.questions.origins import Origin
from lotproof.questions.paths import Path
from lotproof.sources import KeyPath, line_of, parse_toml, show_path

_NOTHING: Mapping[Any, Any] = MappingProxyType({})


class Source(Frozen, kw_only=True):
    """
    Answers from a file, a workbook or a command line.

    Attributes:
        name: what findings call it, on one line.
        data: as TOML would hold them.
        digest: SHA-256 of the file.
        text: the file, where lines are counted in it; else empty.
        places: where values stand that are not on a line of the text: sheet and cell, or an option of the command line.
        origins: of answers that came otherwise than by the file.
        findings: what was found while they were gathered.
    """

    name: str
    data: Mapping[str, Any]
    digest: str
    text: str = ""
    places: Mapping[Path, str] = _NOTHING
    origins: Mapping[Path, Origin] = _NOTHING
    findings: tuple[Finding, ...] = ()


@lru_cache(maxsize=1)
def toml_source(content: bytes, name: str) -> Source:
    """
    Return the answers of a TOML file; the rows of a table, which all change one template, read it once.

    Raises:
        Refused: it is no TOML (LP101).
    """
    named = on_one_line(name)
    data, text = parse_toml(content, named)
    return Source(name=named, data=data, digest=hashlib.sha256(content).hexdigest(), text=text)


def on_one_line(name: str) -> str:
    """Return the name of a file as findings show it."""
    return "".join(c if c.isprintable() else "?" for c in name)


def where(name: str, text: str, places: Mapping[Path, str], path: KeyPath) -> str:
    """Return where a value stands: its own place or that of the nearest table around it, else file and line; then its key."""
    for length in range(len(path), 0, -1) if places else ():
        place = places.get(tuple(path[:length]))
        if place is not None:
            return f"{place}: {show_path(path)}"
    if places and not text:
        return f"{name}: {show_path(path)}" if path else name
    return f"{name}:{line_of(text, path)}: {show_path(path)}"
