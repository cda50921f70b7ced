"""By what a defect can come about on the way, read from ``spec_catalog/rules/origins.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from lotproof.shipped import shipped
from lotproof.sources import parse_toml

CAUSES = ("crushed", "wet", "open")
"""What may happen to a carton on the way; a torn one counts as crushed."""


def read_origins(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """
    Return what can make each defect, by its id: of :data:`CAUSES`, in their order; nothing where no transit makes it.

    A defect that is not there may have either origin: nobody has said.

    Args:
        folder: of a catalogue; one without such a file has none.
    """
    path = folder / "rules" / "origins.toml"
    if not path.is_file():
        return MappingProxyType({})
    lists = parse_toml(path.read_bytes(), path.name)[0]["transit"]
    causes: dict[str, list[str]] = {defect: [] for defect in lists["none"]}
    for cause in CAUSES:
        for defect in lists[cause]:
            causes.setdefault(defect, []).append(cause)
    return MappingProxyType({defect: tuple(found) for defect, found in causes.items()})


@cache
def shipped_origins() -> Mapping[str, tuple[str, ...]]:
    """Return what the rules that ship with the program say, see :func:`read_origins`."""
    return read_origins(shipped("spec_catalog"))
