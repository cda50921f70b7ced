"""Checking the texts of a house."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lotproof.findings import Finding
from lotproof.messages import as_it_stands
from lotproof.sources import line_of, parse_toml, show_path
from lotproof.wording.linting import faults


def vague_words(folder: Path) -> Iterator[Finding]:
    """
    LP205: a provision, an exhibit or a label uses vague wording, and gives no reason under ``kept_words``.

    Args:
        folder: of a house, with ``contract/``, ``exhibits/`` and ``labels.toml``.

    Raises:
        Refused: a file that is not TOML.
    """
    for path in [
        *sorted((folder / "contract").glob("*.toml")),
        *sorted((folder / "exhibits").glob("*.toml")),
        *(path for path in (folder / "labels.toml",) if path.is_file()),
    ]:
        name = str(path.relative_to(folder.parent.parent))
        data, text = parse_toml(path.read_bytes(), name)
        for fault in faults(data):
            where = f"{name}:{line_of(text, fault.path)}: {show_path(fault.path)}"
            yield Finding(where=where, code="LP205", message=as_it_stands(fault.message), hint=as_it_stands(fault.hint))
