"""
Patterns over tokens, as the lexicon writes them.

A pattern is written as people read it::

    (good | fine) (enough)? quality      words; alternatives; what may be missing
    as per @supplier standard!           @supplier: a named list; !: this form only, no plural
    about # (@unit)?                     #: a number
    *ly sewn                             *ly: an adverb that is named nowhere else
    be *ed                               *ed: a participle
    quality _{0,3} good                  up to three words or numbers, but no sign and no end of a sentence
    质量 (很 | 非常)? 好                   Chinese characters stand for themselves, one by one
    等 (, | .)                           a sign; the full stop is the end of a sentence, whatever sign it has

A word matches in British and American spelling, with ``'s`` and, unless marked ``!``, in the plural. Lower and upper case are the same, and
hyphens count as spaces. There is no repetition without a bound.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from lotproof.frozen import Frozen

_PIECE = re.compile(
    r"\s*(?:(?P<list>@[a-z_]+)|(?P<gap>_(?:\{(?P<least>[0-9]),(?P<most>[0-9]{1,2})\})?)"
    r"|(?P<ending>\*(?:ly|ed)\b)|(?P<word>[A-Za-z\u00c0-\u024f\u0370-\u03ff]+(?:'[a-z]+)?!?)|(?P<number>[0-9]+(?:[.,][0-9]+)*)"
    r"|(?P<mark>[()|?])|(?P<sign>\\?[^\s\w@]|[\u3400-\u9fff]))"
)


class PatternError(ValueError):
    """A pattern that cannot be read; the message says why."""


class Gap(Frozen):
    """Any words or numbers, ``least`` to ``most`` of them."""

    least: int
    most: int


class OneOf(Frozen):
    """One of several ways of saying it; None: or nothing at all."""

    ways: tuple[tuple[Piece, ...] | None, ...]


Piece: TypeAlias = "str | Gap | OneOf"
"""What a pattern is made of: a token as it is looked up, ``#`` for a number, ``*ly`` and ``*ed`` for words so ending, a gap, alternatives."""


def read_pattern(pattern: str, lists: Mapping[str, Sequence[str]]) -> tuple[Piece, ...]:
    """
    Read one pattern.

    Args:
        lists: what ``@name`` stands for: patterns.

    Raises:
        PatternError: a sign that stands for nothing, an unknown list, a bracket left open, a pattern that may match nothing, or
            one that begins with a gap.
    """
    pieces = _read(pattern, lists, 0)
    if _may_be_empty(pieces):
        raise PatternError("it may match nothing at all")
    if _may_begin_with_gap(pieces):
        raise PatternError("it begins with a gap")
    return pieces


def _read(pattern: str, lists: Mapping[str, Sequence[str]], depth: int) -> tuple[Piece, ...]:
    if depth > 8:
        raise PatternError("lists name each other")
    stack: list[list[list[Piece]]] = [[[]]]
    place, text = 0, pattern.rstrip()
    while place < len(text):
        found = _PIECE.match(text, place)
        if found is None:
            raise PatternError(f"nothing can be made of {text[place:][:20]!r}")
        place = found.end()
        match found.lastgroup, found.group(found.lastgroup or 0):
            case "mark", "(":
                stack.append([[]])
            case "mark", ")":
                if len(stack) == 1:
                    raise PatternError("a bracket is closed that was never opened")
                ways = stack.pop()
                stack[-1][-1].append(OneOf(tuple(map(tuple, ways))))
            case "mark", "|":
                stack[-1].append([])
            case "mark", _:
                if not stack[-1][-1]:
                    raise PatternError("a question mark follows nothing")
                stack[-1][-1][-1] = OneOf(((stack[-1][-1][-1],), None))
            case "list", name:
                if name[1:] not in lists:
                    raise PatternError(f"unknown list {name}")
                stack[-1][-1].append(OneOf(tuple(_read(one, lists, depth + 1) for one in lists[name[1:]])))
            case (("gap" | "most"), _):
                least, most = found.group("least"), found.group("most")
                stack[-1][-1].append(Gap(int(least or 1), int(most or 1)))
            case "sign", sign:
                stack[-1][-1].append(sign.removeprefix("\\"))
            case _, word:
                stack[-1][-1].append(word)
    if len(stack) > 1:
        raise PatternError("a bracket is left open")
    if len(stack[0]) > 1:
        return (OneOf(tuple(map(tuple, stack[0]))),)
    return tuple(stack[0][0])


def _may_be_empty(pieces: Sequence[Piece]) -> bool:
    return all(
        (isinstance(piece, Gap) and piece.least == 0)
        or (isinstance(piece, OneOf) and any(way is None or _may_be_empty(way) for way in piece.ways))
        for piece in pieces
    )


def _may_begin_with_gap(pieces: Sequence[Piece]) -> bool:
    for piece in pieces:
        if isinstance(piece, Gap):
            return True
        if isinstance(piece, OneOf) and any(way is not None and _may_begin_with_gap(way) for way in piece.ways):
            return True
        if not _may_be_empty((piece,)):
            break
    return False
