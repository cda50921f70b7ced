"""Whether a house gives its contract as a Word file; apart, as most houses do not, and then nothing else of this package is wanted."""

from __future__ import annotations

import hashlib
from pathlib import Path

from lotproof.findings import Finding, Refused
from lotproof.messages import say
from lotproof.templates.folders import HouseFolder, stack

NAME = "contract.docx"

MOST_BYTES = 4_000_000
"""Bytes of the file."""


def template_of(houses: tuple[HouseFolder, ...]) -> tuple[HouseFolder, bytes] | None:
    """
    Return the topmost house that gives a ``contract.docx``, and its bytes; None where none does.

    Raises:
        Refused: it is a link, no file, or too large (LP902).
    """
    for house in reversed(houses):
        path = house.path / NAME
        if not path.is_symlink() and not path.exists():
            continue
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_BYTES:
            message = say("is a link, no file, or has more than {most:,} bytes", most=MOST_BYTES)
            hint = say("put the file itself into the house")
            raise Refused([Finding(where=f"{house.path.name}/{NAME}", code="LP902", message=message, hint=hint)])
        return house, path.read_bytes()
    return None


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 (hex) of the ``contract.docx`` of a house; empty where it has none."""
    found = template_of(stack(folder))
    return hashlib.sha256(found[1]).hexdigest() if found else ""
