"""An end client stays out of every file that the factory reads: its name may stand in no other answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lotproof.messages import say
from lotproof.questions.paths import Path
from lotproof.questions.problems import Problem

_PRIVATE = frozenset({("payment", "end_client"), ("window", "confirmed_by"), ("order", "trouble")})
_NOT_PRINTED = frozenset({"origin", "revisions", "left_open", "format"})
_LEAST_LETTERS, _LEAST_HAN = 4, 2


class Sought:
    """Names that are looked for in texts; false where there is none that can be."""

    def __init__(self, names: Iterable[str]) -> None:
        found = [(_plain(name), _pattern(name)) for name in dict.fromkeys(names)]
        self._patterns = [(name, pattern) for name, pattern in found if pattern is not None]

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def stands_in(self, text: str) -> bool:
        """Say whether a text holds one of the names."""
        plain = _plain(text)
        return any(name in plain and pattern.search(plain) is not None for name, pattern in self._patterns)


def told(data: Mapping[str, Any], names: Iterable[str]) -> Iterator[Problem]:
    """
    LP949: an answer that the factory reads holds a name that is to stay unknown to it; paths start at the top of the file.

    Case, width and spaces make no difference; a name of fewer than four letters, or two Chinese characters, is not looked for.
    """
    sought = Sought(names)
    for path, text in _texts(data, ()) if sought else ():
        if sought.stands_in(text):
            yield Problem(
                code="LP949",
                message=say("the name of the end client stands here, and the factory reads it"),
                hint=say("write it without that name, or leave payment.end_client empty if the factory may know it"),
                path=path,
            )


def _pattern(name: str) -> re.Pattern[str] | None:
    plain = _plain(name)
    if sum("\u3400" <= c <= "\u9fff" for c in plain) < _LEAST_HAN and sum(c.isalnum() for c in plain) < _LEAST_LETTERS:
        return None
    before = r"(?<![^\W_])" if plain[0].isascii() and plain[0].isalnum() else ""
    after = r"(?![^\W_])" if plain[-1].isascii() and plain[-1].isalnum() else ""
    return re.compile(f"{before}{re.escape(plain)}{after}")


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    match value:
        case str():
            yield path, value
        case Mapping():
            for key, inner in value.items():
                here = (*path, key)
                if here not in _PRIVATE and not (len(here) == 1 and key in _NOT_PRINTED):
                    yield from _texts(inner, here)
        case list() | tuple():
            for index, inner in enumerate(value):
                yield from _texts(inner, (*path, index))
