"""Values as TOML writes them."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+\Z", re.ASCII)


def toml_text(value: Any) -> str:
    """
    Return a value on one line, a list of tables with a line for each row; what it gives is read back as the same value.

    Raises:
        TypeError: TOML has no such value.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return quoted_text(value)
        case int():
            return str(value)
        case Decimal():
            return (
                (f"{value:f}" if "." in f"{value:f}" else f"{value:f}.0") if value.is_finite() else str(value).lower()
            )
        case datetime.date() | datetime.time():
            return value.isoformat()
        case Mapping():
            return f"{{ {', '.join(f'{key_text(key)} = {toml_text(inner)}' for key, inner in value.items())} }}"
        case list() | tuple():
            if value and all(isinstance(item, Mapping) for item in value):
                return "[\n" + "".join(f"  {toml_text(item)},\n" for item in value) + "]"
            return f"[{', '.join(map(toml_text, value))}]"
        case _:
            raise TypeError(f"TOML has no {type(value).__name__}")


def quoted_text(text: str) -> str:
    """Return a text between quotes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def key_text(key: str) -> str:
    """Return a key, between quotes where it needs them."""
    return key if _BARE.match(key) else quoted_text(key)
