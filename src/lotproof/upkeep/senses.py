"""What a sentence says apart from how it says it: numbers, standards, defect classes, duties, conditions, and the values that it prints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from lotproof.audit.numbers import find_citations
from lotproof.changes.model import Kind
from lotproof.shipped import shipped
from lotproof.sources import parse_toml
from lotproof.wording.sentences import Program
from lotproof.wording.uncompiling import test_of

SENSES = (Kind.NUMBER, Kind.STANDARD, Kind.CLASS, Kind.DUTY, Kind.WHEN, Kind.PRINTED)
"""The kinds of change that a sentence alone can show, in the order in which they are told."""

Senses = Mapping[Kind, Counter[str]]

_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+){0,4}%?")


def senses(program: Program, language: str) -> Senses:
    """Return what a sentence holds of each of :data:`SENSES`, as often as it does."""
    found: dict[Kind, Counter[str]] = {kind: Counter() for kind in SENSES}
    text = "\n".join(_walked(program, found))
    rest = text
    for citation in find_citations(text):
        found[Kind.STANDARD][f"{citation.number}:{citation.edition}".rstrip(":")] += 1
        rest = rest[: citation.start] + " " * (citation.end - citation.start) + rest[citation.end :]
    found[Kind.NUMBER].update(_DIGITS.findall(rest))
    for kind, pattern in _words(language).items():
        found[kind].update(" ".join(match[1].lower().split()) for match in pattern.finditer(rest))
    return found


def differing(old: Senses, new: Senses) -> Iterator[tuple[Kind, Counter[str], Counter[str]]]:
    """Yield each kind in which two sentences differ, with what the old one has more of, and the new one."""
    for kind in SENSES:
        gone, come = old[kind] - new[kind], new[kind] - old[kind]
        if gone or come:
            yield kind, gone, come


def _walked(program: Program, found: Mapping[Kind, Counter[str]]) -> Iterator[str]:
    """Yield the fixed words of a sentence; what it prints and on which condition goes into ``found``."""
    for item in program:
        if isinstance(item, str):
            yield item
        elif "v" in item:
            found[Kind.PRINTED][".".join(item["v"])] += 1
        elif "ref" in item:
            found[Kind.PRINTED][item["ref"]] += 1
        else:
            found[Kind.WHEN][test_of(item["if"])] += 1
            yield from _walked(item["then"], found)
            yield from _walked(item["else"], found)


@cache
def _words(language: str) -> Mapping[Kind, re.Pattern[str]]:
    """Return the words of each sense in a language as one pattern, the longer ones first."""
    patterns = {}
    for name, words in _file().items():
        known = sorted(words.get(language, ()), key=lambda word: (-len(word), word))
        if not known:
            continue
        ways = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in known)
        whole = rf"(?<![A-Za-z])({ways})s?(?![A-Za-z])" if known[0].isascii() else f"({ways})"
        patterns[Kind(name)] = re.compile(whole, re.IGNORECASE)
    return patterns


@cache
def _file() -> Mapping[str, Any]:
    data, _ = parse_toml((shipped("spec_catalog") / "rules" / "changes.toml").read_bytes(), "changes.toml")
    words: Mapping[str, Any] = data["sense"]
    return words
