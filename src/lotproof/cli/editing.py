"""An answers file brought to say something else; comments, order and layout of what stays are kept."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from lotproof.findings import Refused
from lotproof.questions.toml_text import toml_text
from lotproof.sources import parse_toml

_ON_A_LINE = ({"en", "zh"}, {"how", "on", "by"})
"""Keys of the tables that stand on one line: words, and where an answer came from."""

_CELLS = frozenset({"key", "zh", "nominal", "limit", "share", "least", "options"})
"""Keys of a row of entries, which stands in its answer and not in a table of its own."""


def edited(text: str, wanted: Mapping[str, Any]) -> str | None:
    """Return TOML text that says ``wanted``; None where it cannot be edited so."""
    try:
        document = tomlkit.parse(text)
        bring(document, wanted)
        made = tomlkit.dumps(document)
        return made if parse_toml(made.encode(), "answers")[0] == wanted else None
    except (TOMLKitError, Refused, KeyError, TypeError, ValueError, IndexError):
        return None


def bring(table: Any, data: Mapping[str, Any], last: Mapping[str, Any] | None = None) -> None:
    """
    Make a table of a document say what ``data`` says, and touch nothing else in it.

    Args:
        last: what it says already; what is the same object there is not looked at.
    """
    last = last or {}
    for key in [key for key in table if key not in data]:
        del table[key]
    for key, value in data.items():
        there, before = table.get(key), last.get(key)
        if before is value and there is not None:
            continue
        if isinstance(value, Mapping) and isinstance(there, Table):
            bring(there, value, before if isinstance(before, Mapping) else None)
        elif isinstance(there, AoT) and _is_rows(value):
            _bring_rows(there, value, before if isinstance(before, list) else [])
        elif there is None or not _same(there, value):
            table[key] = _item(value)


def _bring_rows(rows: AoT, values: list[Mapping[str, Any]], last: list[Any]) -> None:
    while len(rows) > len(values):
        rows.pop()
    for index, value in enumerate(values):
        if index < len(rows):
            bring(rows[index], value, last[index] if index < len(last) and isinstance(last[index], Mapping) else None)
        else:
            rows.append(_table(value))


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _same(there: Any, value: Any) -> bool:
    """Say whether a value in the document reads as ``value`` does, digit for digit."""
    return str(parse_toml(tomlkit.dumps({"x": there}).encode(), "x")[0]["x"]) == str(value)


def _item(value: Any) -> Any:
    if isinstance(value, Mapping) and not (value and any(set(value) <= keys for keys in _ON_A_LINE)):
        return _table(value)
    if _is_rows(value) and not any(set(row) & _CELLS for row in value):
        rows = tomlkit.aot()
        for row in value:
            rows.append(_table(row))
        return rows
    written = f"{value:f}" if isinstance(value, Decimal) else toml_text(value)  # 30 stays 30: its digits are agreed
    return tomlkit.parse(f"x = {written}")["x"]


def _table(value: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for key, inner in value.items():
        table[key] = _item(inner)
    return table
