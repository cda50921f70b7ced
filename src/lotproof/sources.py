"""TOML files as people write them: exact numbers, and the line of a key when a finding needs it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from lotproof.findings import Finding, Refused

KeyPath = Sequence[str | int]
"""Where a value stands: ``("goods", 1, "quantity")``; array elements count from 0."""

_KEY = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*""")
_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*\.?""")
MAX_BYTES = 32_000_000


def parse_toml(content: bytes, name: str) -> tuple[dict[str, Any], str]:
    """
    Parse TOML; numbers with a fraction come as exact :class:`~decimal.Decimal`.

    Args:
        content: the file's bytes, UTF-8.
        name: what findings call the file.

    Returns:
        the data, and the text it was read from (for :func:`line_of`).

    Raises:
        Refused: not UTF-8, too large, or not TOML (LP101); names the line.
    """
    if len(content) > MAX_BYTES:
        raise Refused([Finding(where=name, code="LP101", message=f"the file has {len(content):,} bytes, more than any order needs", hint="remove what is not an answer")])
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Refused([Finding(where=f"{name}:{line}", code="LP101", message=f"byte {error.start} is not UTF-8", hint="save the file as UTF-8")]) from None
    try:
        return tomllib.loads(text, parse_float=_exact), text
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        message = str(error) or "nested too deeply"
        at = re.search(r"\(at line (\d+), column (\d+)\)", message)
        where = f"{name}:{at.group(1)}" if at else f"{name}:{text.count(chr(10)) + 1}"
        hint = "each key may stand once in a table; strings need quotes; a table starts with [name]"
        if "overwrite" in message.lower() or "twice" in message.lower() or "already" in message.lower():
            hint = f"remove the second one{_duplicate(text, int(at.group(1))) if at else ''}"
        raise Refused([Finding(where=where, code="LP101", message=f"this is not TOML: {message}", hint=hint)]) from None


def _exact(text: str) -> Decimal:
    try:
        return Decimal(text.replace("_", ""))
    except InvalidOperation as error:  # pragma: no cover - tomllib has checked the form already
        raise ValueError(f"not a number: {text}") from error


def _duplicate(text: str, line: int) -> str:
    lines = text.split("\n")
    key = _KEY.match(lines[line - 1]) if line <= len(lines) else None
    return f" ({key.group(1)})" if key else ""


def show_path(path: KeyPath) -> str:
    """Return ``goods[2].quantity``: elements of arrays count from 1, as people count."""
    shown = ""
    for part in path:
        shown += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if shown else part
    return shown


def line_of(text: str, path: KeyPath) -> int:
    """
    Return the line (from 1) on which the value at ``path`` is written, or of the nearest table around it.

    Reads headers, keys and the rows of arrays of inline tables; runs only when there is a finding to report.
    """
    wanted = tuple(path)
    best, best_line = 0, 1
    prefix: tuple[str | int, ...] = ()
    counts: dict[tuple[str | int, ...], int] = {}
    inside: tuple[tuple[str | int, ...], int] | None = None  # an array that goes on, and its rows so far
    quote = ""
    for number, line in enumerate(text.split("\n"), 1):
        if quote:
            if quote in line:
                quote = ""
            continue
        stripped = line.strip()
        here: tuple[str | int, ...] = ()
        if not stripped or stripped.startswith("#"):
            continue
        if inside is not None:
            key, row = inside
            if stripped.startswith("{"):
                here = (*key, row)
                inside = key, row + 1
            if stripped.startswith("]"):
                inside = None
        elif stripped.startswith("["):
            prefix = here = _header(stripped, counts)
        else:
            match = _KEY.match(line)
            if match and line[match.end() : match.end() + 1] == "=":
                here = (*prefix, *_parts(match.group(1)))
                value = line[match.end() + 1 :].strip()
                for mark in ('"""', "'''"):
                    if value.startswith(mark) and mark not in value[3:]:
                        quote = mark
                if value.startswith("[") and value.count("[") > value.count("]"):
                    inside = here, 0
        common = 0
        for a, b in zip(here, wanted, strict=False):
            if a != b:
                break
            common += 1
        if common > best and common == len(here) or common == len(wanted) > best:
            best, best_line = common, number
            if best == len(wanted):
                break
    return best_line


def _header(line: str, counts: dict[tuple[str | int, ...], int]) -> tuple[str | int, ...]:
    array = line.startswith("[[")
    parts = _parts(line.lstrip("[").split("]")[0])
    path: tuple[str | int, ...] = ()
    for i, part in enumerate(parts):
        path = (*path, part)
        if array and i == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _parts(dotted: str) -> list[str]:
    return [a or b or c for a, b, c in _PART.findall(dotted)]
