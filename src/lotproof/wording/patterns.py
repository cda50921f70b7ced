"""
Patterns over tokens, and a finder of all of them in one pass.

A pattern is written as people read it::

    (good | fine) (enough)? quality      words; alternatives; what may be missing
    as per @supplier standard!           @supplier: a named list; !: this form only, no plural
    about # (@unit)?                     #: a number
    quality _{0,3} good                  up to three words or numbers, but no sign and no end of a sentence
    质量 (很 | 非常)? 好                   Chinese characters stand for themselves, one by one
    等 (, | .)                           a sign; the full stop is the end of a sentence, whatever sign it has

A word matches in British and American spelling and, unless marked ``!``, in the plural. Lower and upper case are the same, and
hyphens count as spaces. There is no repetition without a bound: a match is at most some tokens long, so finding all patterns
takes time that grows with the text and with nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from lotproof.frozen import frozen

WORD, NUMBER, SIGN = 0, 1, 2
"""The symbols of tokens that no pattern names, by their kind."""

_ANY = -1
_MOST_NODES = 50_000

_PIECE = re.compile(
    r"\s*(?:(?P<list>@[a-z_]+)|(?P<gap>_(?:\{(?P<least>[0-9]),(?P<most>[0-9]{1,2})\})?)"
    r"|(?P<word>[A-Za-z\u00c0-\u024f\u0370-\u03ff]+!?)|(?P<number>[0-9]+(?:[.,][0-9]+)*)"
    r"|(?P<mark>[()|?])|(?P<sign>\\?[^\s\w@]|[\u3400-\u9fff]))"
)


class PatternError(ValueError):
    """A pattern that cannot be read; the message says why."""


@frozen
class Gap:
    """Any words or numbers, ``least`` to ``most`` of them."""

    least: int
    most: int


@frozen
class OneOf:
    """One of several ways of saying it; None: or nothing at all."""

    ways: tuple[tuple[Piece, ...] | None, ...]


Piece: TypeAlias = "str | Gap | OneOf"
"""What a pattern is made of: a token as it is looked up, ``#`` for a number, a gap, alternatives."""


class Vocabulary:
    """The tokens that patterns name, each with its symbol (a small number); the other tokens have a symbol by their kind."""

    def __init__(self, spelling: Mapping[str, str], singular: Iterable[str] = ()) -> None:
        """``spelling``: British words with their American form; ``singular``: words whose plural is another word."""
        self._spelling, self._singular = spelling, frozenset(singular)
        self._symbols: dict[str, int] = {}
        self.kinds: list[int] = [WORD, NUMBER, SIGN]

    def symbols(self, tokens: Sequence[str]) -> list[int]:
        """Return the symbol of each token of a text."""
        known = {token: self._symbol(token) for token in set(tokens)}
        return list(map(known.__getitem__, tokens))

    def forms(self, word: str) -> tuple[int, ...]:
        """Return the symbols of every form in which a word of a pattern may stand in a text."""
        exact, word = word.endswith("!") and len(word) > 1, word.lower().rstrip("!") or word
        spelt = {word, self._spelling.get(word, word)}
        if not exact and word not in self._singular and word.isalpha() and word.isascii() and len(word) > 2:
            spelt |= {plural for one in spelt for plural in _plurals(one)}
        return tuple(self._symbols.setdefault(one, self._new(one)) for one in sorted(spelt))

    def _new(self, token: str) -> int:
        if token not in self._symbols:
            self.kinds.append(_kind(token))
            return len(self.kinds) - 1
        return self._symbols[token]

    def _symbol(self, token: str) -> int:
        lower = token.lower()
        found = self._symbols.get(lower)
        if found is None and lower.endswith("'s"):
            lower = lower[:-2]
            found = self._symbols.get(lower)
        return _kind(token) if found is None else found


@dataclass(slots=True, eq=False)
class _Node:
    """A state of the search: what may follow, and what has matched so far."""

    states: frozenset[int]
    tags: tuple[int, ...]
    following: dict[int, _Node] = field(default_factory=dict)


class Finder:
    """
    Many patterns, each with a tag (a number), found together.

    The patterns make a finite automaton; its states are worked out when a text first needs them, and kept.
    """

    def __init__(self, patterns: Iterable[tuple[int, tuple[Piece, ...]]], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._arcs: list[dict[int, list[int]]] = [{}]
        self._tags: list[list[int]] = [[]]
        for tag, pieces in patterns:
            for end in self._sequence(pieces, {0}):
                self._tags[end].append(tag)
        self._starts = frozenset(self._arcs[0])
        self._forget()

    def find(self, symbols: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        """
        Yield start, end and tag of each match: for one start and one tag the longest.

        Args:
            symbols: of :meth:`Vocabulary.symbols`.
        """
        starts, step, last = self._starts, self._step, len(symbols)
        for start in [i for i, symbol in enumerate(symbols) if symbol in starts]:
            node, place = self._root, start
            ends: dict[int, int] = {}
            while node.states and place < last:
                symbol = symbols[place]
                node = node.following.get(symbol) or step(node, symbol)
                place += 1
                for tag in node.tags:
                    ends[tag] = place
            for tag, end in ends.items():
                yield start, end, tag

    def _step(self, node: _Node, symbol: int) -> _Node:
        kind = self._vocabulary.kinds[symbol]
        labels = {WORD: (symbol, _ANY), NUMBER: (symbol, NUMBER, _ANY), SIGN: (symbol,)}[kind]
        states = {
            to for state in node.states for label in dict.fromkeys(labels) for to in self._arcs[state].get(label, ())
        }
        if len(self._nodes) >= _MOST_NODES:  # somebody has written a text to fill the memory
            self._forget()
        following = self._node(frozenset(states))
        node.following[symbol] = following
        return following

    def _node(self, states: frozenset[int]) -> _Node:
        if states not in self._nodes:
            tags = tuple(sorted({tag for state in states for tag in self._tags[state]}))
            self._nodes[states] = _Node(states, tags)
        return self._nodes[states]

    def _forget(self) -> None:
        self._nodes: dict[frozenset[int], _Node] = {}
        self._root = self._node(frozenset({0}))

    def _sequence(self, pieces: Sequence[Piece], ends: set[int]) -> set[int]:
        """Add a sequence behind each of some states; return the states in which it has been read."""
        for piece in pieces:
            match piece:
                case str():
                    labels = (NUMBER,) if piece == "#" else self._vocabulary.forms(piece)
                    ends = {self._arc(ends, labels)}
                case Gap():
                    ends = self._gap(piece, ends)
                case OneOf():
                    ends = set().union(*(ends if way is None else self._sequence(way, set(ends)) for way in piece.ways))
        return ends

    def _gap(self, gap: Gap, ends: set[int]) -> set[int]:
        reached = set(ends) if gap.least == 0 else set()
        for count in range(1, gap.most + 1):
            ends = {self._arc(ends, (_ANY,))}
            if count >= gap.least:
                reached |= ends
        return reached

    def _arc(self, ends: Iterable[int], labels: Iterable[int]) -> int:
        self._arcs.append({})
        self._tags.append([])
        new = len(self._arcs) - 1
        for end in ends:
            for label in labels:
                self._arcs[end].setdefault(label, []).append(new)
        return new


def read_pattern(pattern: str, lists: Mapping[str, Sequence[str]]) -> tuple[Piece, ...]:
    """
    Read one pattern.

    Args:
        lists: what ``@name`` stands for: patterns.

    Raises:
        PatternError: a sign that stands for nothing, an unknown list, a bracket left open, or a pattern that may match nothing.
    """
    pieces = _read(pattern, lists, 0)
    if _may_be_empty(pieces):
        raise PatternError("this pattern may match nothing at all")
    if _may_begin_with_gap(pieces):
        raise PatternError("a pattern does not begin with a gap")
    return pieces


def _read(pattern: str, lists: Mapping[str, Sequence[str]], depth: int) -> tuple[Piece, ...]:
    if depth > 8:
        raise PatternError("lists that name each other")
    stack: list[list[list[Piece]]] = [[[]]]
    place, text = 0, pattern.rstrip()
    while place < len(text):
        found = _PIECE.match(text, place)
        if found is None:
            raise PatternError(f"nothing is known about {text[place:][:20]!r}")
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


def _plurals(word: str) -> tuple[str, ...]:
    if word.endswith("y") and word[-2] not in "aeiou":
        return (f"{word[:-1]}ies",)
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return (f"{word}es",)
    return (f"{word}s",)


def _kind(token: str) -> int:
    if token[0].isalpha():
        return WORD
    return NUMBER if token[0].isdecimal() else SIGN
