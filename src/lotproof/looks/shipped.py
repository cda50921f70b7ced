"""The looks that ship: ``templates/looks/<id>.toml``, written as :mod:`lotproof.looks.data` stores a look."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from lotproof.frozen import replace
from lotproof.looks.data import FORMAT, look_from
from lotproof.looks.model import Look
from lotproof.shipped import shipped
from lotproof.sources import parse_toml

_FOLDER = "looks"


def shipped_looks() -> list[str]:
    """Return the ids of the looks that ship."""
    return sorted(path.stem for path in (shipped("templates") / _FOLDER).glob("*.toml"))


def look_source(name: str) -> Mapping[str, Any]:
    """Return what the file of a look says: ``title`` and ``letterhead`` (for :func:`beginning_look`) besides the look."""
    return parse_toml(_content(name), f"{name}.toml")[0]


def shipped_look(name: str) -> Look:
    """
    Return a look that ships; it has no letterhead.

    Raises:
        ValueError: its file is none.
    """
    said = {key: value for key, value in look_source(name).items() if key not in ("title", "letterhead")}
    return look_from({**said, "name": name, "sha256": hashlib.sha256(_content(name)).hexdigest()})


def beginning_look(name: str, title: str) -> Look:
    """
    Return a look that ships with the letterhead that a new house begins with.

    Args:
        title: what the house is called; it stands on the first page.

    Raises:
        ValueError: its file is none.
    """
    lines = look_source(name)["letterhead"]["first"]
    said = [
        {**line, "runs": [{**run, "text": run["text"].replace("{title}", title)} for run in line["runs"]]}
        for line in lines
    ]
    own = look_from({"format": FORMAT, "name": name, "sha256": "0" * 64, "first": {"header": said}})
    return replace(shipped_look(name), first=own.first)


def _content(name: str) -> bytes:
    return (shipped("templates") / _FOLDER / f"{name}.toml").read_bytes()
