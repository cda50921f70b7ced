"""The check that a word of the trade has one translation everywhere, so that a term and a defect are known again by their name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from lotproof.catalog.checking.places import tables
from lotproof.catalog.checking.sentences import BRACES
from lotproof.catalog.checking.subjects import Catalogue, Subject
from lotproof.findings import Finding, quoted


def fixed_words_are_translated_alike(subject: Subject, catalogue: Catalogue) -> Iterator[Finding]:
    """LP326: the English has a word of ``glossary.toml`` and the Chinese beside it has none of its translations."""
    if subject.kind in ("glossary", "wording"):
        return
    for path, texts in tables(subject.data):
        english, chinese = texts.get("en"), texts.get("zh")
        if isinstance(english, str) and isinstance(chinese, str):
            english = BRACES.sub(" ", english)
            folded = english.casefold()
            for word in catalogue.glossary:
                if not any(form.casefold() in folded for form in word["en"]):
                    continue  # of nearly every word; to search for it as a word takes ten times as long
                if says(word, english) and not any(form in chinese for form in word["zh"]):
                    message = f"the English says {quoted(word['en'][0])}, and the Chinese has no {word['zh'][0]}"
                    hint = f"write {' or '.join(word['zh'])}, or another English word if something else is meant"
                    yield subject.finding((*path, "zh"), "LP326", message, hint)


def says(word: Mapping[str, Any], text: str) -> bool:
    """Say whether a text has the word in one of its forms, outside the phrases in which it means something else."""
    if not _pattern(tuple(word["en"])).search(text):
        return False
    unless = tuple(word.get("unless", ()))
    return not unless or bool(_pattern(tuple(word["en"])).search(_pattern(unless).sub(" ", text)))


@lru_cache(maxsize=512)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds one of some forms as whole words."""
    words = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
