"""The answers file while it is asked for: read, changed in place, and whole on the disk after every answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit

from lotproof.cli.editing import bring
from lotproof.cli.files import read_file, replace_file
from lotproof.questions.reading import FORMAT
from lotproof.sources import parse_toml

LEFT = "left_open"
"""The key under which a file keeps what was put and left open, so that it is not put again."""


class Draft:
    """
    A TOML file and the answers in it.

    Args:
        path: where it is kept.
        category: of a new file.
        salt: of a new file.
        house: of a new file.

    Raises:
        Refused: a file that is there and cannot be read.
    """

    def __init__(self, path: Path, category: str, salt: str, house: str = "standard") -> None:
        self.path = path
        self.resumed = path.exists()
        if self.resumed:
            content = read_file(str(path))
            self.data, text = parse_toml(content, path.name)
            self._document = tomlkit.parse(text)
        else:
            self.data = {"format": FORMAT, "category": category, "house": house, "confirmed": []}
            self.data["order"] = {"salt": salt}
            self._document = tomlkit.document()
            bring(self._document, self.data)

    def save(self, data: Mapping[str, Any]) -> None:
        """Write the answers, whole or not at all."""
        bring(self._document, data, self.data)
        self.data = dict(data)
        replace_file(self.path, tomlkit.dumps(self._document).encode())
