"""The rules of the gate, read from ``spec_catalog/rules/``: words to look for, and what is applied in place of what is unsaid."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from lotproof.frozen import Frozen
from lotproof.shipped import shipped
from lotproof.sources import parse_toml

Texts = Mapping[str, str]


class Source(Frozen, kw_only=True):
    """Where a rule stands; ``dated`` is None where the page bears no date."""

    id: str
    title: Texts
    where: str
    dated: datetime.date | None


class Topic(Frozen):
    """Something that an order may leave unsaid."""

    id: str
    title: Texts


class SilenceRule(Frozen, kw_only=True):
    """What is applied to a topic under a regime: ``platform``, ``prc`` or ``cisg``."""

    topic: str
    regime: str
    text: Texts
    sources: tuple[Source, ...]
    confidence: str


class Words(Frozen):
    """Words to look for; compiled once, linear in the text: an alternative of literals with blanks of bounded width."""

    pattern: re.Pattern[str]

    def find(self, text: str) -> tuple[re.Match[str], ...]:
        """Return every place where one of the words stands, in order, none overlapping another."""
        return tuple(self.pattern.finditer(text))

    def within(self, text: str) -> bool:
        """Say whether one of the words stands in a text."""
        return self.pattern.search(text) is not None


class Court(Frozen, kw_only=True):
    """Words that name courts of a place, and why a judgement of them reaches assets there."""

    place: str
    words: Words
    source: str
    confidence: str


class Usual(Frozen, kw_only=True):
    """Numbers of practice, from the file; ``deposit_percent`` and the others as they stand there."""

    deposit_percent: int
    incident_days: int
    window_age_days: int
    man_day_minutes: int
    confidence: str


class Rules(Frozen, kw_only=True):
    """
    All rules.

    Attributes:
        as_of: day on which the silence rules were put together.
        inspectors, seller, seller_silent, buyer, generic: words about who inspects.
        common: words in names of companies that say nothing about which one it is.
        outside, papers, files, revisions: words about what was agreed elsewhere.
    """

    as_of: datetime.date
    topics: tuple[Topic, ...]
    silence: tuple[SilenceRule, ...]
    inspectors: Words
    seller: Words
    seller_silent: Words
    buyer: Words
    generic: Words
    common: frozenset[str]
    outside: Words
    papers: Words
    files: re.Pattern[str]
    revisions: re.Pattern[str]
    courts: tuple[Court, ...]
    usual: Usual


@cache
def shipped_rules() -> Rules:
    """Return the rules that ship with the program."""
    folder = shipped("spec_catalog") / "rules"
    gate, _ = parse_toml((folder / "gate.toml").read_bytes(), "gate.toml")
    silence, _ = parse_toml((folder / "silence.toml").read_bytes(), "silence.toml")
    return build_rules(gate, silence)


def build_rules(gate: Mapping[str, Any], silence: Mapping[str, Any]) -> Rules:
    """
    Build rules from data of the shape of ``gate.toml`` and ``silence.toml``.

    Raises:
        KeyError: a key that every rule has is missing, or a source is not listed.
    """
    inspector, outside = gate["inspector"], gate["outside"]
    sources = {row["id"]: _source(row) for row in silence["source"]}
    return Rules(
        as_of=silence["as_of"],
        topics=tuple(Topic(row["id"], row["title"]) for row in silence["topic"]),
        silence=tuple(
            SilenceRule(
                topic=row["topic"],
                regime=row["regime"],
                text=row["text"],
                sources=tuple(sources[name] for name in row["source"]),
                confidence=row["confidence"],
            )
            for row in silence["rule"]
        ),
        inspectors=words(inspector["known"]),
        seller=words(inspector["seller"]),
        seller_silent=words(inspector["seller_silent"]),
        buyer=words(inspector["buyer"]),
        generic=words(inspector["generic"]),
        common=frozenset(inspector["common"]),
        outside=words(outside["phrases"]),
        papers=words(outside["papers"]),
        files=re.compile(rf"\.(?:{'|'.join(outside['endings'])})(?![A-Za-z0-9])", re.IGNORECASE),
        revisions=_revisions(outside["revisions"]),
        courts=tuple(
            Court(place=row["place"], words=words(row["words"]), source=row["source"], confidence=row["confidence"])
            for row in gate["court"]
        ),
        usual=Usual(
            **{key: gate["usual"][key] for key in ("deposit_percent", "incident_days", "window_age_days")},
            man_day_minutes=gate["usual"]["man_day_minutes"],
            confidence=gate["usual"]["confidence"],
        ),
    )


def words(given: Iterable[str]) -> Words:
    """Return words to look for: in any case, at word boundaries where they are Latin, blanks of 1 to 8 characters between them."""
    longest_first = sorted(given, key=len, reverse=True)
    return Words(re.compile("|".join(map(_literal, longest_first)), re.IGNORECASE))


def _literal(word: str) -> str:
    pattern = r"\s{1,8}".join(re.escape(part).replace("'", "['\u2019]") for part in word.split())
    before = r"(?<![A-Za-z0-9])" if word[0].isascii() else ""
    after = r"(?![A-Za-z0-9])" if word[-1].isascii() else ""
    return f"{before}{pattern}{after}"


def _revisions(given: Iterable[str]) -> re.Pattern[str]:
    """Return what says which issue of a paper is meant: a word of revision with a number or letter, or a date."""
    latin = "|".join(re.escape(word) for word in given if word.isascii())
    wide = "|".join(re.escape(word) for word in given if not word.isascii())
    number = r"(?:\.?[\s:_.-]{1,3}|\.?(?=[0-9]))(?:[0-9]|[A-Z](?![A-Za-z]))"
    return re.compile(
        rf"(?<![A-Za-z])(?:(?:{latin}){number}|v[0-9]|dated\s{{1,3}}[A-Z]{{3,9}}\.?\s{{1,3}}[0-9])"
        rf"|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|(?:{wide})\s?[A-Z0-9一二三四五六七八九十]|[A-Z0-9]\s?版",
        re.IGNORECASE,
    )


def _source(row: Mapping[str, Any]) -> Source:
    return Source(id=row["id"], title=row["title"], where=row["where"], dated=row.get("dated"))
