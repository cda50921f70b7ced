"""An answers file with some answers changed, comments and order kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lotproof.findings import Refused
from lotproof.questions.paths import Path
from lotproof.questions.toml_text import toml_text
from lotproof.sources import parse_toml


def edited(text: str, changes: Mapping[Path, Any], wanted: Mapping[str, Any]) -> str | None:
    """
    Return TOML text with other values in some places; None where it cannot be edited so that it says ``wanted``.

    Args:
        wanted: what the new text has to say, as a whole.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        for path, value in changes.items():
            table: Any = document
            for part in path[:-1]:
                if isinstance(part, str) and part not in table:
                    table[part] = tomlkit.table()
                table = table[part]
            table[path[-1]] = tomlkit.parse(f"value = {toml_text(value)}")["value"]
        made = tomlkit.dumps(document)
        return made if parse_toml(made.encode(), "answers")[0] == wanted else None
    except (TOMLKitError, Refused, KeyError, TypeError, ValueError, IndexError):
        return None
