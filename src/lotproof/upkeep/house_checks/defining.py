"""Defined terms: those that are defined and used nowhere, and those that are used and defined nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lotproof.findings import Finding, Severity, quoted
from lotproof.messages import Message, say
from lotproof.upkeep.house_checks.answers import Known
from lotproof.upkeep.house_checks.contradicting import rules
from lotproof.upkeep.house_checks.laid import LaidParagraph, Stacked
from lotproof.wording.sentences import Program

_DEFINITIONS: Mapping[str, tuple[re.Pattern[str], ...]] = {
    "en": (
        re.compile(r"[\"“]([A-Z][^\"”“]{1,60})[\"”],? (?:means|mean|shall mean|has the meaning|refers to)\b"),
        re.compile(
            r"\((?:hereinafter |hereafter |together |collectively )?(?:the |an? |each,? an? )?[\"“]([A-Z][^\"”“]{1,60})[\"”]\)"
        ),
    ),
    "zh": (
        re.compile(r"[“\"]([^”“\"]{1,30})[”\"](?:系指|是指|意指|指)"),
        re.compile(r"（(?:以下)?(?:简称|统称|合称|下称)(?:为)?[“\"]([^”“\"]{1,30})[”\"]）"),
    ),
}
_USED = re.compile(r"\b(?:the|any|each|all|such|this|these|that|those|its) ((?:[A-Z][a-z]+)(?: [A-Z][a-z]+){0,3})\b")
_WORD = re.compile(r"[A-Za-z0-9'-]+")


def defined_terms(stacked: Stacked, _known: Mapping[str, Known]) -> Iterator[Finding]:
    """LP933: a term is defined and used nowhere. LP934: a term with a capital is used and defined nowhere."""
    texts = {language: tuple(_texts(stacked, language)) for language in _DEFINITIONS}
    definitions: dict[str, dict[str, tuple[LaidParagraph, bool]]] = {language: {} for language in _DEFINITIONS}
    for language, found in texts.items():
        for place, own, text in found:
            for term in _defined(text, language):
                definitions[language].setdefault(term, (place, own))
    for language, found in texts.items():
        mine = {term: place for term, (place, own) in definitions[language].items() if own}
        counted = _counted([text for _, _, text in found], mine, language)
        defining = _counted([m for _, _, text in found for m in _defining(text, language)], mine, language)
        for term, place in mine.items():
            if counted.get(term, 0) <= defining.get(term, 0):
                message = say("{term} is defined and used nowhere", term=quoted(term))
                hint = say("use it in exactly these letters, or leave the definition out")
                yield _finding(f"{place.place}.{language}", "LP933", Severity.NOTE, message, hint)
    yield from _undefined(texts["en"], frozenset(definitions["en"]))


def _undefined(found: tuple[tuple[LaidParagraph, bool, str], ...], defined: frozenset[str]) -> Iterator[Finding]:
    nouns = rules().defined
    elsewhere = {match.group(1) for _, own, text in found if not own for match in _USED.finditer(text)}
    said = set()
    for place, own, text in found:
        for match in _USED.finditer(text) if own else ():
            term = match.group(1)
            last = term.rpartition(" ")[2]
            if term in said or term in elsewhere or not ({term, last} & nouns):
                continue
            if term in defined or _singular(term) in {_singular(one) for one in defined}:
                continue
            said.add(term)
            message = say("{term} is written as a defined term and defined nowhere", term=quoted(term))
            hint = say("define it, as in “{term}” means ..., or write it with a small letter", term=term)
            yield _finding(f"{place.place}.en", "LP934", Severity.OPEN, message, hint)


def _singular(term: str) -> str:
    return term.removesuffix("s")


def _texts(stacked: Stacked, language: str) -> Iterator[tuple[LaidParagraph, bool, str]]:
    """Yield every paragraph, whether the house words it itself, and its text without its values."""
    for laid in stacked.provisions.values():
        for paragraph in laid.paragraphs:
            if language in paragraph.programs:
                yield paragraph, laid.own, _text(paragraph.programs[language])


def _text(program: Program) -> str:
    parts = []
    for item in program:
        if isinstance(item, str):
            parts.append(item)
        elif "if" in item:
            parts += [_text(item["then"]), " ", _text(item["else"])]
        else:
            parts.append("\ufffc")
    return "".join(parts)


def _defined(text: str, language: str) -> Iterator[str]:
    for pattern in _DEFINITIONS[language]:
        for match in pattern.finditer(text):
            yield match.group(1)


def _defining(text: str, language: str) -> Iterator[str]:
    for pattern in _DEFINITIONS[language]:
        for match in pattern.finditer(text):
            yield match.group(0)


def _counted(texts: list[str], terms: Mapping[str, LaidParagraph], language: str) -> dict[str, int]:
    """
    Return how often each term stands in some texts, in time that grows with the texts and not with the number of terms.

    English terms are whole words; Chinese has no borders between words.
    """
    counts: dict[str, int] = {}
    if language == "en":
        split = {tuple(_WORD.findall(term)): term for term in terms}
        lengths = sorted({len(words) for words in split})
        for text in texts:
            words = _WORD.findall(text)
            for start in range(len(words)):
                for length in lengths:
                    term = split.get(tuple(words[start : start + length]))
                    if term is not None:
                        counts[term] = counts.get(term, 0) + 1
        return counts
    lengths = sorted({len(term) for term in terms})
    for text in texts:
        for start in range(len(text)):
            for length in lengths:
                if (part := text[start : start + length]) in terms:
                    counts[part] = counts.get(part, 0) + 1
    return counts


def _finding(where: str, code: str, severity: Severity, message: Message, hint: Message) -> Finding:
    return Finding(where=where, code=code, severity=severity, message=message, hint=hint)
