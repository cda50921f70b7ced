"""Checking the texts of a house."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lotproof.findings import Finding
from lotproof.messages import as_it_stands
from lotproof.sources import line_of, show_path
from lotproof.templates.folders import PARTS
from lotproof.templates.shapes import read_words
from lotproof.wording.linting import faults


def vague_words(folder: Path) -> Iterator[Finding]:
    """
    LP205: a provision, an exhibit or a label uses vague wording, and gives no reason under ``kept_words``.

    Args:
        folder: of a house, with ``contract/``, ``exhibits/`` and ``labels.toml``.

    Raises:
        Refused: a file that is not TOML (LP101), or holds values of another kind (LP904, LP306).
    """
    found = (path for part in PARTS for path in sorted((folder / part).glob("*.toml")))
    for path in (*found, folder / "labels.toml"):
        if not path.is_file():
            continue
        name = str(path.relative_to(folder.parent.parent))
        data, text = read_words(path, name, "labels" if path.parent == folder else "provision")
        for fault in faults(data):
            where = f"{name}:{line_of(text, fault.path)}: {show_path(fault.path)}"
            yield Finding(where=where, code="LP205", message=as_it_stands(fault.message), hint=as_it_stands(fault.hint))
