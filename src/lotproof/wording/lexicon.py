"""
The vague-wording lexicon: words that nobody can measure, why, and which number to ask for instead.

The entries are data, ``spec_catalog/lexicon/*.toml``; ``docs/wording.md`` says how to add one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias

from lotproof.frozen import Frozen
from lotproof.shipped import compiled, shipped
from lotproof.wording.finding import Finder, Vocabulary
from lotproof.wording.folding import END, Folded, fold
from lotproof.wording.surroundings import Context, Surroundings


class Expression(Frozen, kw_only=True):
    """
    One entry of the lexicon.

    Attributes:
        id: stable; language and name: ``en.good-quality``.
        language: of the texts in which it is looked for, ``en`` or ``zh``.
        reason: code of the main reason, a key of :func:`reasons`.
        severity: ``error`` (a core term that cannot be enforced), ``warning`` or ``info``.
        why: why nobody can enforce it, by language.
        ask: which number or document to ask for instead, by language.
        source: where the advice comes from.
        confidence: ``V`` seen in the source, ``M`` well known, ``M?`` uncertain, ``typ`` practice of the trade.
    """

    id: str
    language: str
    reason: str
    severity: str
    why: Mapping[str, str]
    ask: Mapping[str, str]
    source: str
    confidence: str


class Vague(Frozen, kw_only=True):
    """
    A vague expression in a text.

    Attributes:
        start, end: characters of the text as it was given.
        quote: the text between them.
    """

    start: int
    end: int
    quote: str
    expression: Expression


def vague(text: str, language: str = "", folded: Folded | None = None) -> tuple[Vague, ...]:
    """
    Return the vague expressions of a text, in the order in which they stand; they never overlap.

    Of two that overlap, the one that is less of a fallback is given, else the longer one. It takes time that grows with the length of
    the text and with nothing else.

    Args:
        text: any characters; one answer, a paragraph or a whole document.
        language: look for the entries of one language only, ``en`` or ``zh``; empty: for those of both.
        folded: the text as :func:`lotproof.wording.folding.fold` has cut it, where that is done already.
    """
    return _shipped().vague(text, language, folded)


def expressions() -> tuple[Expression, ...]:
    """Return every entry, English before Chinese, in the order of the files."""
    return _shipped().expressions


def reasons() -> Mapping[str, Mapping[str, str]]:
    """Return the reasons by code (``R1``), each in one sentence per language."""
    return _shipped().reasons


_Hit: TypeAlias = tuple[int, int, int]
"""First token, token after the last one, number of the expression."""


class Lexicon(Frozen, kw_only=True):
    """
    A lexicon, ready to search.

    Attributes:
        unless: for each expression the contexts that silence it.
        needs: for each expression the contexts of which one has to stand beside it; empty where none is needed.
        fallbacks: for each expression 0, or more where it is given only if none of a lower number is found at the same words.
    """

    expressions: tuple[Expression, ...]
    reasons: Mapping[str, Mapping[str, str]]
    simplified: Mapping[str, str]
    vocabulary: Vocabulary
    finder: Finder
    context_finder: Finder
    contexts: tuple[Context, ...]
    unless: tuple[tuple[int, ...], ...]
    needs: tuple[tuple[int, ...], ...]
    fallbacks: tuple[int, ...]

    def vague(self, text: str, language: str = "", folded: Folded | None = None) -> tuple[Vague, ...]:
        """Return the vague expressions of a text; see :func:`vague`."""
        folded = folded or fold(text, self.simplified)
        symbols = self.vocabulary.symbols([*folded.tokens, END])
        hits = self.finder.find(symbols)
        if language:
            hits = (hit for hit in hits if self.expressions[hit[2]].language == language)
        first = next(hits, None)
        if first is None:
            return ()
        around = Surroundings(text, folded, self.contexts, self.context_finder.find(symbols))
        return tuple(self._chosen(chain((first,), hits), around, folded))

    def _chosen(self, hits: Iterable[_Hit], around: Surroundings, folded: Folded) -> Iterator[Vague]:
        """Yield those of the hits that nothing silences, of two that overlap the better one; in the order of the text."""
        text, (starts, stops), fallbacks = around.text, around.places, self.fallbacks
        ends, taken = _ends(folded.tokens), bytearray(len(folded.tokens))
        for cluster in _clusters(hits):
            chosen = []
            for _, _, start, tag, over in sorted([(fallbacks[t], s - ends[o], s, t, o) for s, o, t in cluster]):
                end = ends[over]
                if taken.find(1, start, end) < 0 and self._is_meant(tag, start, over, end, around):
                    taken[start:end] = b"\1" * (end - start)
                    chosen.append((start, end, tag))
            for start, end, tag in sorted(chosen):
                first, last = starts[start], stops[end - 1]
                yield Vague(start=first, end=last, quote=text[first:last], expression=self.expressions[tag])

    def _is_meant(self, tag: int, start: int, over: int, end: int, around: Surroundings) -> bool:
        """Say whether an expression means what it usually does; ``over`` counts the signs that end it, ``end`` does not."""
        needs = self.needs[tag]
        return not (
            around.stands(self.unless[tag], start, over)
            or (needs and not around.stands(needs, start, over))
            or around.is_no_promise(start, end)
        )


def load_lexicon(data: Mapping[str, Any]) -> Lexicon:
    """Return the lexicon that :func:`lotproof.wording.compiling.compile_lexicon` has compiled."""
    vocabulary = Vocabulary(data["symbols"])
    rows = data["expressions"]
    return Lexicon(
        expressions=tuple(map(_expression, rows)),
        reasons=data["reasons"],
        simplified=data["simplified"],
        vocabulary=vocabulary,
        finder=Finder(data["finder"], vocabulary),
        context_finder=Finder(data["context_finder"], vocabulary),
        contexts=tuple(Context(**c) for c in data["contexts"]),
        unless=tuple(tuple(row["unless"]) for row in rows),
        needs=tuple(tuple(row["needs"]) for row in rows),
        fallbacks=tuple(row["fallback"] for row in rows),
    )


_TRAILING = frozenset((END, ",", "、", ":"))
"""Signs at the end of a pattern say what follows the expression and are no part of it."""


@lru_cache(maxsize=1)
def _shipped() -> Lexicon:
    folder = shipped("spec_catalog") / "lexicon"
    return load_lexicon(compiled("lexicon", lambda: _compile(folder), folder))


def _compile(folder: Path) -> dict[str, Any]:
    from lotproof.wording.compiling import compile_lexicon

    return compile_lexicon(folder)


def _expression(row: Mapping[str, Any]) -> Expression:
    return Expression(
        id=row["id"],
        language=row["id"].partition(".")[0],
        reason=row["reason"],
        severity=row["severity"],
        why=row["why"],
        ask=row["ask"],
        source=row["source"],
        confidence=row["confidence"],
    )


def _ends(tokens: Sequence[str]) -> list[int]:
    """Return for each place between two tokens where an expression ends that reaches to it: before the signs there."""
    ends = [*range(len(tokens) + 1), len(tokens)]
    for i in [i for i, token in enumerate(tokens) if token in _TRAILING]:
        ends[i + 1] = ends[i]
    ends[-1] = ends[-2]
    return ends


def _clusters(hits: Iterable[_Hit]) -> Iterator[Sequence[_Hit]]:
    """Yield the hits in groups of which none overlaps another; they come in the order of their starts."""
    cluster: list[_Hit] = []
    reached = 0
    for hit in hits:
        if hit[0] >= reached and cluster:
            yield cluster
            cluster = []
        cluster.append(hit)
        reached = max(reached, hit[1])
    yield cluster
