"""Our own sentences under the lexicon: what a clause or a provision may not say, unless it gives a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from lotproof.findings import quoted
from lotproof.frozen import Frozen
from lotproof.sources import KeyPath

LANGUAGES = ("en", "zh")

KEPT = "kept_words"
"""The key under which a clause, a category, a defect or a provision names the vague words that have to stand, each with its reason."""

_REFERENCE = re.compile(r"\{\{\s*'[^']*'\s*\|\s*clause\s*\}\}")
_VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_CONDITION = re.compile(r"\{%.*?%\}", re.DOTALL)


class Fault(Frozen, kw_only=True):
    """A vague word, or a reason for one that stands nowhere."""

    path: KeyPath
    message: str
    hint: str


def faults(data: Mapping[str, Any], wanted: Callable[[KeyPath], bool] = lambda _path: True) -> Iterator[Fault]:
    """
    Yield the vague words in the texts of a file, in the order of the file; those of severity ``info`` are let pass.

    Args:
        data: a file; its texts are the values of ``en`` and ``zh``.
        wanted: says of the path of a text whether it is looked at.
    """
    from lotproof.wording.lexicon import vague

    kept = dict.fromkeys(_kept(data), False)
    for path, text in _texts(data):
        for one in vague(spoken(text), str(path[-1])) if wanted(path) else ():
            if one.expression.severity == "info":
                continue
            words = one.quote.lower()
            reasons = [(at, kept_words) for at, kept_words in kept if kept_words == words and path[: len(at)] == at]
            if reasons:
                kept |= dict.fromkeys(reasons, True)
                continue
            why, ask = one.expression.why["en"], one.expression.ask["en"]
            message = f"{quoted(one.quote)} cannot be measured ({one.expression.id}): {why}"
            yield Fault(path=path, message=message, hint=ask)
    for (path, words), used in kept.items():
        if not used:
            message = f"{quoted(words)} stands nowhere as a vague word, so it needs no reason"
            yield Fault(path=(*path, KEPT), message=message, hint="remove the row")


def spoken(sentence: str) -> str:
    """Return a sentence with something that can be measured in place of each value: what is agreed has a number."""
    text = _VALUE.sub(" no. 1 (5 mm) ", _REFERENCE.sub(" Exhibit A ", sentence))
    return _CONDITION.sub(" ", text)


def _texts(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for key, inner in _inner(value):
        if isinstance(inner, str):
            if key in LANGUAGES:
                yield (*path, key), inner
        else:
            yield from _texts(inner, (*path, key))


def _kept(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for key, inner in _inner(value):
        if key == KEPT:
            for _, row in _inner(inner):
                if isinstance(row, Mapping):
                    yield path, str(row.get("words", "")).lower()
        else:
            yield from _kept(inner, (*path, key))


def _inner(value: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(value, Mapping):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()
