"""TOML files as people write them: exact numbers, and the line of a key when a finding needs it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from lotproof.findings import Finding, Refused, quoted
from lotproof.messages import Message, say

KeyPath = Sequence[str | int]
"""Where a value stands: ``("goods", 1, "quantity")``; array elements count from 0."""

MAX_BYTES = 32_000_000
"""A file may hold one text of 10 million Chinese characters, so that the finding can name it, and not much more."""

MAX_DIGITS = 40
"""A number that is written with more digits than this is a fault of the file, whatever it stands for."""

MAX_PARTS = 64
"""A dotted key has no more parts; to parse one takes time that grows with the square of their number."""

MAX_NESTED = 70
"""Tables and lists within each other: those of a key of :data:`MAX_PARTS` parts, and a few."""

_Path = tuple[str | int, ...]

_BARE = r"[A-Za-z0-9_.-]{1,80}"
_MANY_PARTS = r"""(?<![A-Za-z0-9_-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){65}"""
_LONG_NUMBER = r"(?<![\w.])[0-9][0-9_.]{4000}"
_ODD = r"(?<![\w.])(?:0[xob]|nan\b|inf\b|[0-9][0-9.]*+(?:_|[eE][+-]?[0-9])|[0-9]{41})"


def parse_toml(content: bytes, name: str) -> tuple[dict[str, Any], str]:
    """
    Parse TOML; numbers with a fraction come as exact :class:`~decimal.Decimal`.

    Args:
        content: the file's bytes, UTF-8.
        name: what findings call the file.

    Returns:
        the data, and the text it was read from (for :func:`line_of` and :func:`odd_numbers`).

    Raises:
        Refused: not UTF-8, too large, or not TOML (LP101); names the line, and the key where there is one.
    """
    if len(content) > MAX_BYTES:
        message = say("more than {most:,} bytes, which no order needs", most=MAX_BYTES)
        raise _refused(name, message, say("remove what is not an answer"))
    try:
        text = content.decode().removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = say("byte {number} is not UTF-8", number=error.start + 1)
        raise _refused(f"{name}:{line}", message, say("save the file as UTF-8")) from None
    if re.search(_LONG_NUMBER, text) and (long := _long_number(text, name)):
        raise Refused([long])
    if _dots(text) > MAX_PARTS and re.search(_MANY_PARTS, text) and (walk := _walked(text)).endless:
        where = f"{name}:{walk.last_line}: {show_path(walk.last)}"
        message = say("after this stands a key of more than {most} parts", most=MAX_PARTS)
        raise _refused(where, message, say("put texts between quotes"))
    import tomllib  # which verifying a document does without

    try:
        data = tomllib.loads(text, parse_float=_exact)
    except (ValueError, RecursionError) as error:
        raise Refused(_not_toml(text, name, error)) from None
    if _is_deep(data):
        hint = say("each key may stand once in a table; texts stand between quotes; a table starts with [name]")
        raise _refused(name, say("tables and lists are nested too deeply"), hint)
    return data, text


def _is_deep(data: dict[str, Any]) -> bool:
    """Say whether tables and lists lie deeper in each other than anything needs: the places of what is in them would fill the memory."""
    level: list[Any] = [data]
    for _ in range(MAX_NESTED):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _dots(text: str) -> int:
    """Return how many dots the line has that has most of them; a key has no more parts."""
    return max(line.count(".") for line in text.split("\n")) if text.count(".") > MAX_PARTS else 0


def odd_numbers(text: str) -> Mapping[_Path, str]:
    """
    Return the numbers that TOML reads and a person may misread, as they are written, by path.

    They are ``1e3``, ``nan``, ``inf``, ``0x10``, ``1_42`` and numbers of more than :data:`MAX_DIGITS` digits: once parsed, most
    of them look like any other number.
    """
    return _walked(text).odd if re.search(_ODD, text) else {}


def show_path(path: KeyPath) -> str:
    """Return ``goods[2].quantity``: elements of arrays count from 1, as people count; strange keys are quoted and cut short."""
    shown = ""
    for part in path[:12]:
        if isinstance(part, int):
            shown += f"[{part + 1}]"
        else:
            name = part if re.fullmatch(_BARE, part) else quoted(part, 40)
            shown += f".{name}" if shown else name
    return shown + (" ..." if len(path) > 12 else "")


def line_of(text: str, path: KeyPath) -> int:
    """
    Return the line (from 1) on which the value at ``path`` is written, or of the nearest table around it.

    ``[terms.machinery.noise]`` is found for ``("terms", "machinery.noise")`` and the other way round. The text is read once,
    when the first finding asks, so that many findings cost no more than a few.
    """
    lines, dotted = _walked(text).lines, _walked(text).dotted
    for length in range(len(path), 0, -1):
        wanted = tuple(path[:length])
        apart = _apart(wanted)
        for found in (lines.get(wanted), lines.get(apart), dotted.get(apart)):
            if found is not None:
                return found
    return 1


def _exact(text: str) -> Decimal:
    try:
        return Decimal(text.replace("_", ""))
    except InvalidOperation:  # an exponent beyond all bounds, which odd_numbers shows as it is written
        return Decimal("NaN")


def _refused(where: str, message: Message, hint: Message) -> Refused:
    return Refused([Finding(where=where, code="LP101", message=message, hint=hint)])


def _not_toml(text: str, name: str, error: Exception) -> list[Finding]:
    """LP101: why the text is no TOML; every key that stands twice, else the first fault."""
    walk = _walked(text)
    message = str(error)
    if walk.twice and re.search("overwrite|twice|duplicate|mutate|already", message, re.IGNORECASE):
        return [
            Finding(
                where=f"{name}:{line}: {show_path(path)}",
                code="LP101",
                message=say("this key stands twice: the first is on line {first}", first=first),
                hint=say("keep one of the two"),
            )
            for path, line, first in walk.twice[:100]
        ]
    hint = say("each key may stand once in a table; texts stand between quotes; a table starts with [name]")
    at = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line = int(at.group(1)) if at else walk.last_line
    path = walk.begun_at(line)
    if isinstance(error, RecursionError):
        message = say("tables and lists are nested too deeply")
    row = text.split("\n", line)[line - 1].strip()
    where = f"{name}:{line}: {show_path(path)}" if path else f"{name}:{line}"
    why = say("this is not TOML: {why}", why=message[:200])
    if row:
        why = say("{message}; the line is {line}", message=why, line=quoted(row))
    return [
        Finding(
            where=where,
            code="LP101",
            message=why,
            hint=hint,
        )
    ]


def _long_number(text: str, name: str) -> Finding | None:
    """LP101: a number too long to be parsed in reasonable time and memory."""
    for path, literal in _walked(text).odd.items():
        if len(literal) > 4000:
            where = f"{name}:{line_of(text, path)}: {show_path(path)}"
            message = say("a number of {count:,} digits", count=len(literal))
            return Finding(
                where=where, code="LP101", message=message, hint=say("write the number that was measured or agreed")
            )
    return None


@lru_cache(maxsize=2)
def _walked(text: str) -> _Walk:
    return _Walk(text)


class _Walk:
    """
    One pass over TOML text; stops quietly where it is no TOML.

    Attributes:
        lines: the line of each table, key and array element.
        dotted: the same for paths with a dot inside a part, taken apart at the dots.
        odd: see :func:`odd_numbers`.
        twice: path, line and first line of each key or table that stands twice.
        endless: it stopped at a key of more than :data:`MAX_PARTS` parts.
        last, last_line: the last key that was begun, and where.
    """

    def __init__(self, text: str) -> None:
        self.lines: dict[_Path, int] = {}
        self.dotted: dict[_Path, int] = {}
        self.odd: dict[_Path, str] = {}
        self.twice: list[tuple[_Path, int, int]] = []
        self.endless = False
        self.last: _Path = ()
        self.last_line = 1
        self._text, self._at = text, 0
        self._line, self._counted = 1, 0
        self._named: set[_Path] = set()
        self._arrays: dict[_Path, int] = {}
        self._skip = re.compile(r"(?:[ \t\n]++|#[^\n]*+)*+").match
        self._part = re.compile(r"""[ \t]*+(?:([A-Za-z0-9_-]++)|("(?:[^"\\\n]++|\\.)*+")|('[^'\n]*+'))[ \t]*+""").match
        # Not possessive: Python 3.11.2, which Debian 12 has, never matches a possessive group with a look-ahead in it.
        self._scalar = re.compile(
            r'''"""(?:[^"\\]++|\\[\s\S]|""?(?!"))*"{3,5}'''
            r"""|'''(?:[^']++|''?(?!'))*'{3,5}"""
            r"""|(?!"{3}|'{3})(?:"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+')|[^\s,\]}#"'][^,\]}\n#]*+"""
        ).match
        with suppress(_NoTomlError, RecursionError):
            self._document()

    def begun_at(self, line: int) -> _Path:
        """Return the last key that was begun on a line or before it."""
        before = [(number, order) for order, number in enumerate(self.lines.values()) if number <= line]
        return list(self.lines)[max(before)[1]] if before else ()

    def _document(self) -> None:
        table: _Path = ()
        while self._peek():
            if self._peek() == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> _Path:
        begun = self._at
        array = self._text.startswith("[[", begun)
        self._at += 2 if array else 1
        path: _Path = ()
        parts = self._key()
        for i, part in enumerate(parts, 1):
            path = (*path, part)
            last = i == len(parts)
            if array and last:
                self._mark(path, begun, once=path not in self._arrays)
                self._arrays[path] = self._arrays.get(path, -1) + 1
            if path in self._arrays:
                path = (*path, self._arrays[path])
            self._mark(path, begun, once=last and not array and path in self._named)
        self._named.add(path)
        self._take("]]" if array else "]")
        return path

    def _pair(self, table: _Path) -> None:
        begun = self._at
        parts = self._key()
        for length in range(1, len(parts)):
            self._mark((*table, *parts[:length]), begun)
        path = (*table, *parts)
        self._mark(path, begun, once=True)
        self._take("=")
        self._value(path)

    def _value(self, path: _Path) -> None:
        match self._peek():
            case "[":
                self._take("[")
                index = 0
                while self._peek() != "]":
                    self._mark((*path, index), self._at)
                    self._value((*path, index))
                    index += 1
                    self._comma("]")
                self._take("]")
            case "{":
                self._take("{")
                while self._peek() != "}":
                    self._pair(path)
                    self._comma("}")
                self._take("}")
            case _:
                token = self._scalar(self._text, self._at)
                if token is None:
                    raise _NoTomlError
                self._at = token.end()
                if self._text[token.start()] not in "\"'" and _is_odd(literal := token.group().strip()):
                    self.odd[path] = literal

    def _key(self) -> list[str]:
        parts: list[str] = []
        while True:
            token = self._part(self._text, self._at)
            if token is None:
                raise _NoTomlError
            self._at = token.end()
            bare, basic, literal = token.groups()
            parts.append(bare or (literal[1:-1] if literal else _unescaped(basic)))
            if not self._text.startswith(".", self._at):
                return parts
            self.endless = len(parts) == MAX_PARTS
            if self.endless:
                raise _NoTomlError
            self._at += 1

    def _mark(self, path: _Path, position: int, *, once: bool = False) -> None:
        self._line += self._text.count("\n", self._counted, position)
        self._counted = position
        self.last, self.last_line = path, self._line
        first = self.lines.setdefault(path, self._line)
        if once and (first != self._line or path in self._named):
            self.twice.append((path, self._line, first))
        if once:
            self._named.add(path)
        if (apart := _apart(path)) != path:
            self.dotted.setdefault(apart, self._line)

    def _peek(self) -> str:
        skipped = self._skip(self._text, self._at)
        self._at = skipped.end() if skipped else self._at
        return self._text[self._at : self._at + 1]

    def _take(self, mark: str) -> None:
        self._peek()
        if not self._text.startswith(mark, self._at):
            raise _NoTomlError
        self._at += len(mark)

    def _comma(self, end: str) -> None:
        if self._peek() != end:
            self._take(",")


class _NoTomlError(Exception):
    """The text stops being TOML here."""


def _apart(path: _Path) -> _Path:
    if not any(isinstance(part, str) and "." in part for part in path):
        return path
    return tuple(p for part in path for p in (part.split(".") if isinstance(part, str) else (part,)))


def _is_odd(literal: str) -> bool:
    number = re.fullmatch(r"[+-]?(?:0[xob]\w+|nan|inf|[0-9][0-9_]*+(?:\.[0-9_]++)?(?:[eE][+-]?[0-9_]++)?)", literal)
    return number is not None and (len(literal) > MAX_DIGITS or not literal.strip("+-").replace(".", "", 1).isdecimal())


def _unescaped(token: str) -> str:
    if "\\" not in token:
        return token[1:-1]
    import tomllib

    try:
        return str(tomllib.loads(f"k = {token}")["k"])
    except tomllib.TOMLDecodeError:
        raise _NoTomlError from None
