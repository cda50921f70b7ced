"""Wording that contradicts what the order has as an answer: figures that were typed, and words that give the inspection away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from lotproof.findings import Finding, Severity, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.shipped import shipped
from lotproof.sources import parse_toml
from lotproof.upkeep.house_checks.answers import Known
from lotproof.upkeep.house_checks.laid import Stacked
from lotproof.wording.sentences import Program

NEAR = 80
"""Characters between a figure and the words that say what it is of."""

BEFORE = 24
"""Characters in front of a figure in which words stand right before it."""

_VALUE, _BREAK = "\ufffc", "\n"
"""What stands for a value, and for the border of a condition, in the text of a sentence."""

_SENTENCE = re.compile(r"(?<=[.;!?])\s+|[。；！？\n]")
_UNITS: Mapping[str, re.Pattern[str]] = {
    "percent": re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3})?\s?(?:%|percent\b|per cent\b)"),
    "days": re.compile(
        r"(?<![\d.])\d{1,4}\s?(?:(?:calendar|working|business|banking)\s)?days?\b|(?<![\d.])\d{1,4}\s?个?(?:工作|自然|日历|银行)?[天日]"
    ),
    "months": re.compile(r"(?<![\d.])\d{1,3}\s?months?\b|(?<![\d.])\d{1,3}\s?个?月"),
    "aql": re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3})?(?![\d%])"),
}
"""How a figure of each unit is written. Figures in words ("thirty days") are not looked for."""


class Figure(Frozen, kw_only=True):
    """
    A figure that belongs to an answer.

    Attributes:
        unit: how it is written.
        near: words near it, per language; one of each group has to be there.
        before: words of which one stands right before it, per language; none where that does not matter.
    """

    code: str
    answer: str
    unit: str
    near: Mapping[str, tuple[tuple[str, ...], ...]]
    before: Mapping[str, tuple[str, ...]]


class Rules(Frozen, kw_only=True):
    """What is looked for: ``spec_catalog/rules/houses.toml``."""

    figures: tuple[Figure, ...]
    giving_away: Mapping[str, tuple[str, ...]]
    denied: Mapping[str, tuple[str, ...]]
    defined: frozenset[str]


@cache
def rules() -> Rules:
    """Return the rules that ship."""
    path = shipped("spec_catalog") / "rules" / "houses.toml"
    data, _ = parse_toml(path.read_bytes(), path.name)
    inspection = data["inspection"]
    return Rules(
        figures=tuple(
            Figure(
                code=row["code"],
                answer=row["answer"],
                unit=row["unit"],
                near={code: tuple(map(tuple, groups)) for code, groups in row["near"].items()},
                before={code: tuple(words) for code, words in row.get("before", {}).items()},
            )
            for row in data["figure"]
        ),
        giving_away={code: tuple(inspection[code]) for code in ("en", "zh")},
        denied={code: tuple(words) for code, words in inspection["denied"].items()},
        defined=frozenset(data["defined"]),
    )


def contradictions(stacked: Stacked, _known: Mapping[str, Known]) -> Iterator[Finding]:
    """LP935 payment, LP936 inspection, LP937 filing window and notice periods: wording that contradicts an answer of the order."""
    for laid in stacked.own:
        for paragraph in laid.paragraphs:
            for language, program in paragraph.programs.items():
                for sentence in _SENTENCE.split(_text(program)):
                    for code, message, hint in _sentence(sentence, language):
                        where = f"{paragraph.place}.{language}"
                        yield Finding(where=where, code=code, severity=Severity.OPEN, message=message, hint=hint)


def _text(program: Program) -> str:
    """Return the text of a sentence, with a mark for each value and a border at each condition."""
    parts = []
    for item in program:
        if isinstance(item, str):
            parts.append(item)
        elif "if" in item:
            parts += [_BREAK, _text(item["then"]), _BREAK, _text(item["else"]), _BREAK]
        else:
            parts.append(_VALUE)
    return "".join(parts)


def _sentence(sentence: str, language: str) -> Iterator[tuple[str, Message, Message]]:
    said = rules()
    lowered = sentence.casefold()
    stated = set()
    for figure in said.figures:
        groups = figure.near.get(language)
        if not groups or not all(any(_at(lowered, word, language) for word in group) for group in groups):
            continue
        for match in _UNITS[figure.unit].finditer(sentence):
            around = lowered[max(0, match.start() - NEAR) : match.end() + NEAR]
            if figure.unit == "aql":
                around = lowered[max(0, match.start() - 6) : match.start()]
            ahead, wanted = lowered[max(0, match.start() - BEFORE) : match.start()], figure.before.get(language, ())
            if wanted and not any(_at(ahead, word, language) for word in wanted):
                continue
            key = (match.group(), figure.code)
            if key not in stated and all(any(_at(around, word, language) for word in group) for group in groups):
                stated.add(key)
                message = say(
                    "says {text} where the order has an answer: {answer}",
                    text=quoted(match.group()),
                    answer=figure.answer,
                )
                hint = say(
                    "write {{{{ {answer} }}}} in its place, so that contract and order agree", answer=figure.answer
                )
                yield figure.code, message, hint
    for phrase in said.giving_away.get(language, ()):
        if _at(lowered, phrase, language) and not _denied(lowered, phrase, said.denied.get(language, ()), language):
            message = say("{text} contradicts the inspection that the order agrees on", text=quoted(phrase))
            hint = say("leave it out: who inspects, when and by which plan are answers of the order")
            yield "LP936", message, hint
            return


def _denied(lowered: str, phrase: str, denials: tuple[str, ...], language: str) -> bool:
    """Say whether a sentence denies a phrase before it comes to it."""
    before = lowered[: lowered.find(phrase.casefold())]
    return any(_at(before, word, language) for word in denials)


def _at(lowered: str, word: str, language: str) -> bool:
    """Say whether a text holds a word; of an English one, the whole word."""
    wanted = word.casefold()
    start = lowered.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if language == "zh" or not (_letter(lowered, start - 1) or _letter(lowered, end)):
            return True
        start = lowered.find(wanted, start + 1)
    return False


def _letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isalpha()
