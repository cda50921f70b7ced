"""
All patterns in one pass over the tokens of a text.

Patterns become a finite automaton when the lexicon is compiled. While a text is searched, its deterministic states are worked out
where the text first needs them, and kept: from then on a token costs one look into a table. A pattern is at most some tokens long,
so a search takes time that grows with the text and with nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from lotproof.wording.patterns import Gap, OneOf, Piece

WORD, NUMBER, SIGN, ADVERB, PARTICIPLE = 0, 1, 2, 3, 4
"""The symbols of tokens that no pattern names, by their kind."""

_ANY, _ANY_NUMBER, _ANY_ADVERB, _ANY_PARTICIPLE = 0, 1, 2, 3
"""Labels of arcs that every word or number, every number, every adverb that no pattern names, or every word in -ed may take."""

_KINDS = {"#": _ANY_NUMBER, "*ly": _ANY_ADVERB, "*ed": _ANY_PARTICIPLE}
"""What a pattern writes for any token of a kind."""

_MOST_NODES = 50_000
_NONE: frozenset[int] = frozenset()


class Vocabulary:
    """
    The tokens that patterns name, each with its symbol (a small number); the other tokens have a symbol by their kind.

    Args:
        symbols: by token, from 5.
    """

    def __init__(self, symbols: Mapping[str, int]) -> None:
        self._symbols = symbols
        self.kinds = [WORD, NUMBER, SIGN, ADVERB, PARTICIPLE, *map(_kind, symbols)]

    def symbols(self, tokens: Sequence[str]) -> list[int]:
        """Return the symbol of each token of a text."""
        known = {token: self._symbol(token) for token in set(tokens)}
        return list(map(known.__getitem__, tokens))

    def _symbol(self, token: str) -> int:
        lower = token.lower()
        found = self._symbols.get(lower)
        if found is None and lower.endswith("'s"):
            lower = lower[:-2]
            found = self._symbols.get(lower)
        if found is None:
            found = ADVERB if len(lower) > 4 and lower.endswith("ly") else _kind(lower)
        return found


@dataclass(slots=True, eq=False)
class _Node:
    """A state of the search: what may follow, and which tags have matched here."""

    states: frozenset[int]
    tags: tuple[int, ...]
    following: dict[int, _Node] = field(default_factory=dict)
    leaving: dict[int, list[int]] = field(default_factory=dict)
    """The states to which the arcs lead, by label; filled when it is first asked for."""


class Finder:
    """
    Many patterns, each with a tag (a number), found together.

    Args:
        automaton: of :meth:`Builder.automaton`.
        vocabulary: with the symbols of the same builder.
    """

    def __init__(self, automaton: Mapping[str, Any], vocabulary: Vocabulary) -> None:
        self._kinds = vocabulary.kinds
        self._labels = [frozenset(symbols) for symbols in automaton["labels"]]
        self._arcs: list[list[int]] = automaton["arcs"]
        self._tags: list[list[int]] = automaton["tags"]
        self._first: dict[int, list[int]] = {}
        self._labels[_ANY_ADVERB] = frozenset({ADVERB})
        for label, wanted in ((_ANY_NUMBER, NUMBER), (_ANY_PARTICIPLE, PARTICIPLE)):
            self._labels[label] = frozenset(symbol for symbol, kind in enumerate(self._kinds) if kind == wanted)
        bearing: dict[int, list[int]] = {}
        for label, symbols in enumerate(self._labels):
            for symbol in symbols:
                bearing.setdefault(symbol, []).append(label)
        self._bearing = {symbol: frozenset(found) for symbol, found in bearing.items()}
        for label, state in _pairs(self._arcs[0]):
            for symbol in self._labels[label]:
                self._first.setdefault(symbol, []).append(state)
        self._forget()

    def find(self, symbols: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        """
        Yield start, end and tag of each match, in the order of the starts: for one start and one tag the longest.

        Args:
            symbols: of :meth:`Vocabulary.symbols`.
        """
        few = set(symbols)
        if len(few) ** 2 < len(symbols) // 100 and not self._alive(product(few, (*few, SIGN))):
            return  # a long text of few words, in which no two of them begin anything
        step, read = self._step, [*symbols, SIGN]  # no pattern goes on with an unknown sign
        alive = self._alive(set(zip(symbols, read[1:], strict=True)))
        if not alive:
            return
        for start in [i for i, pair in enumerate(zip(symbols, read[1:], strict=True)) if pair in alive]:
            symbol = read[start]
            node = self._root.following.get(symbol) or step(self._root, symbol)
            place = start + 1
            ends: dict[int, int] = {}
            while node.states:
                for tag in node.tags:
                    ends[tag] = place
                symbol = read[place]
                node = node.following.get(symbol) or step(node, symbol)
                place += 1
            for tag, end in ends.items():
                yield start, end, tag

    def _alive(self, pairs: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        """Return the pairs of symbols with which something begins; where a text has none of them, nothing can be found in it."""
        found = []
        for one, other in pairs:
            if one in self._first:
                node = self._root.following.get(one) or self._step(self._root, one)
                if node.tags or (node.following.get(other) or self._step(node, other)).states:
                    found.append((one, other))
        return frozenset(found)

    def _step(self, node: _Node, symbol: int) -> _Node:
        if node is self._root:
            states = set(self._first.get(symbol, ()))
        else:
            leaving = node.leaving
            if not leaving:
                for state in node.states:
                    for label, to in _pairs(self._arcs[state]):
                        leaving.setdefault(label, []).append(to)
            states = set()
            for label in leaving.keys() & self._bearing.get(symbol, _NONE):
                states.update(leaving[label])
            if self._kinds[symbol] != SIGN:
                states.update(leaving.get(_ANY, ()))
        if len(self._nodes) >= _MOST_NODES:  # somebody has written a text to fill the memory
            self._forget()
        following = self._node(frozenset(states))
        node.following[symbol] = following
        return following

    def _node(self, states: frozenset[int]) -> _Node:
        if states not in self._nodes:
            self._nodes[states] = _Node(states, tuple(sorted({tag for state in states for tag in self._tags[state]})))
        return self._nodes[states]

    def _forget(self) -> None:
        self._nodes: dict[frozenset[int], _Node] = {}
        self._root = self._node(frozenset({0}))


class Builder:
    """
    Makes automata that share a vocabulary, as JSON.

    Args:
        spelling: British words with their American form.
        singular: words whose plural is another word: it is not looked for.
        exact: words in -ly that ``*ly`` passes by.
    """

    def __init__(self, spelling: Mapping[str, str], singular: Iterable[str], exact: Iterable[str] = ()) -> None:
        self._spelling, self._singular = spelling, frozenset(singular)
        self.symbols = {word: number for number, word in enumerate(exact, PARTICIPLE + 1)}

    def automaton(self, patterns: Iterable[tuple[int, tuple[Piece, ...]]]) -> dict[str, Any]:
        """
        Return the automaton of tagged patterns.

        ``labels`` are sets of symbols that an arc may take, ``arcs`` has for each state label and target by turns, ``tags`` what
        has been read when a state is reached.
        """
        made = _Made(self)
        for tag, pieces in patterns:
            for end in made.sequence(pieces, {0}):
                made.tags[end].append(tag)
        return {"labels": [list(symbols) for symbols in made.labels], "arcs": made.arcs, "tags": made.tags}

    def forms(self, word: str) -> set[int]:
        """Return the symbols of every form in which a word of a pattern may stand in a text."""
        exact, word = word.endswith("!") and len(word) > 1, word.lower().rstrip("!") or word
        spelt = {word, self._spelling.get(word, word)}
        if not exact and word not in self._singular and word.isalpha() and word.isascii() and len(word) > 2:
            spelt |= {_plural(one) for one in spelt}
        return {self.symbols.setdefault(one, len(self.symbols) + PARTICIPLE + 1) for one in sorted(spelt)}


class _Made:
    """An automaton while it is being built."""

    def __init__(self, builder: Builder) -> None:
        self.labels: list[tuple[int, ...]] = [()] * (_ANY_PARTICIPLE + 1)
        self.arcs: list[list[int]] = [[]]
        self.tags: list[list[int]] = [[]]
        self._builder = builder
        self._known: dict[tuple[int, ...], int] = {}

    def sequence(self, pieces: Sequence[Piece], ends: set[int]) -> set[int]:
        """Add a sequence behind each of some states; return the states in which it has been read."""
        for piece in pieces:
            match piece:
                case str():
                    ends = {self._arc(ends, self._label([piece]))}
                case Gap():
                    ends = self._gap(piece, ends)
                case OneOf():
                    words, ways, optional = _apart(piece)
                    after = set(ends) if optional else set()
                    if words:
                        after.add(self._arc(ends, self._label(words)))
                    for way in ways:
                        after |= self.sequence(way, set(ends))
                    ends = after
        return ends

    def _gap(self, gap: Gap, ends: set[int]) -> set[int]:
        reached = set(ends) if gap.least == 0 else set()
        for count in range(1, gap.most + 1):
            ends = {self._arc(ends, _ANY)}
            if count >= gap.least:
                reached |= ends
        return reached

    def _label(self, words: Sequence[str]) -> int:
        if words[0] in _KINDS:
            return _KINDS[words[0]]
        symbols = tuple(sorted(set().union(*map(self._builder.forms, words))))
        if symbols not in self._known:
            self._known[symbols] = len(self.labels)
            self.labels.append(symbols)
        return self._known[symbols]

    def _arc(self, ends: Iterable[int], label: int) -> int:
        self.arcs.append([])
        self.tags.append([])
        new = len(self.arcs) - 1
        for end in ends:
            self.arcs[end] += (label, new)
        return new


def _pairs(arcs: list[int]) -> Iterator[tuple[int, int]]:
    return zip(arcs[::2], arcs[1::2], strict=True)


def _apart(choice: OneOf) -> tuple[list[str], list[tuple[Piece, ...]], bool]:
    """Return the single words of a choice, its longer ways, and whether it may be left out."""
    words: list[str] = []
    ways: list[tuple[Piece, ...]] = []
    optional = False
    for way in choice.ways:
        if way is None or not way:
            optional = True
        elif len(way) > 1 or isinstance(way[0], Gap) or way[0] in _KINDS:
            ways.append(way)
        elif isinstance(way[0], str):
            words.append(way[0])
        else:
            more, longer, left_out = _apart(way[0])
            words += more
            ways += longer
            optional = optional or left_out
    return words, ways, optional


def _kind(token: str) -> int:
    if token[0].isalpha():
        return PARTICIPLE if len(token) > 4 and token.endswith("ed") else WORD
    return NUMBER if token[0].isdecimal() else SIGN


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return f"{word}es"
    return f"{word}s"
