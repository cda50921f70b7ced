"""The answers file while it is asked for: read, changed in place, and whole on the disk after every answer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import AoT, Table

from lotproof.questions.reading import FORMAT
from lotproof.sources import parse_toml

LEFT = "left_open"
"""The key under which a file keeps what was put and left open, so that it is not put again."""


class Draft:
    """
    A TOML file and the answers in it; comments and the order of what somebody wrote by hand stay.

    Args:
        path: where it is kept.
        category: of a new file.
        salt: of a new file.
    """

    def __init__(self, path: Path, category: str, salt: str) -> None:
        self.path = path
        self.resumed = path.exists()
        if self.resumed:
            text = path.read_text(encoding="utf-8")
            self.data, _ = parse_toml(text.encode(), path.name)
            self._document = tomlkit.parse(text)
        else:
            self.data = {"format": FORMAT, "category": category, "house": "standard", "confirmed": []}
            self.data["order"] = {"salt": salt}
            self._document = tomlkit.document()
            _bring(self._document, self.data, {})

    def save(self, data: Mapping[str, Any]) -> None:
        """Write the answers, whole or not at all."""
        _bring(self._document, data, self.data)
        self.data = dict(data)
        beside = self.path.with_name(f".{self.path.name}.{os.urandom(6).hex()}.tmp")
        try:
            with beside.open("x", encoding="utf-8", newline="\n") as file:
                file.write(tomlkit.dumps(self._document))
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.path)
        finally:
            beside.unlink(missing_ok=True)


def _bring(table: Any, data: Mapping[str, Any], last: Mapping[str, Any]) -> None:
    """Make a table say what ``data`` says, and touch nothing else in it; what is the same object as in ``last`` stands there already."""
    for key in [key for key in table if key not in data]:
        del table[key]
    for key, value in data.items():
        there, before = table.get(key), last.get(key)
        if before is value and there is not None:
            continue
        if isinstance(value, Mapping) and isinstance(there, Table):
            _bring(there, value, before if isinstance(before, Mapping) else {})
        elif isinstance(there, AoT) and _is_rows(value):
            _bring_rows(there, value, before if isinstance(before, list) else [])
        elif there is None or not _same(there, value):
            table[key] = _item(value, top=not isinstance(table, AoT))


def _bring_rows(rows: AoT, values: list[Mapping[str, Any]], last: list[Any]) -> None:
    while len(rows) > len(values):
        rows.pop()
    for index, value in enumerate(values):
        if index < len(rows):
            _bring(rows[index], value, last[index] if index < len(last) and isinstance(last[index], Mapping) else {})
        else:
            rows.append(_table(value))


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _same(there: Any, value: Any) -> bool:
    """Say whether a value in the file reads as ``value`` does, digit for digit."""
    written = tomlkit.dumps({"x": there}), tomlkit.dumps({"x": _item(value, top=False)})
    parsed = [parse_toml(text.encode(), "x")[0] for text in written]
    return str(parsed[0]) == str(parsed[1])


def _item(value: Any, *, top: bool) -> Any:
    match value:
        case Decimal():
            return tomlkit.value(f"{value:f}")
        case Mapping() if top and (not value or not any(set(value) <= keys for keys in _INLINE)):
            return _table(value)
        case Mapping():
            inline = tomlkit.inline_table()
            for key, inner in value.items():
                inline[key] = _item(inner, top=False)
            return inline
        case list() if top and _is_rows(value) and not any(set(row) & _CELLS for row in value):
            rows = tomlkit.aot()
            for row in value:
                rows.append(_table(row))
            return rows
        case list() | tuple():
            array = tomlkit.array()
            for inner in value:
                array.append(_item(inner, top=False))
            return array.multiline(len(value) > 1 and _is_rows(list(value)))
        case _:
            return tomlkit.item(value)


_INLINE = ({"en", "zh"}, {"how", "on", "by"})
"""Keys of the tables that stand on one line: words, and where an answer came from."""

_CELLS = frozenset({"key", "zh", "nominal", "limit", "share", "least", "options"})
"""Keys of a row of entries, which stands in its answer and not in a table of its own."""


def _table(value: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for key, inner in value.items():
        table[key] = _item(inner, top=True)
    return table
