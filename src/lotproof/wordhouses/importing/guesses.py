"""
Guesses, and never more: which answer of the order a blank stands for, by the words beside it, and which provision a heading replaces.

The words that answers go by are those of their own questions, so that there is no second list to keep.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from lotproof.frozen import Frozen
from lotproof.wordhouses.importing.items import Blank

_WORD = re.compile(r"[a-z]{3,}|[\u3400-\u9fff]+")
_COMMON = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "from",
        "this",
        "that",
        "which",
        "what",
        "does",
        "into",
        "under",
        "after",
        "before",
        "each",
        "shall",
        "will",
        "must",
        "not",
        "are",
        "has",
        "have",
        "its",
        "any",
        "all",
        "per",
        "than",
        "terms",
        "conditions",
        "general",
        "clause",
        "article",
        "section",
        "contract",
        "agreement",
        "party",
        "parties",
        "condition",
        "provisions",
        "的了",
        "合同",
        "条款",
        "一般",
    ]
)
_LEAST = 4.0
"""What the words beside a blank have to weigh; a single rare word that they share has about that."""

_NUMBER = re.compile(r"[\[\u3010]?\s*[0-9][0-9.,]{0,9}(?=\s*\S)")
_UNITS = (
    (re.compile(r"\s*(?:%|％|per ?cent)"), ("percent",)),
    (
        re.compile(r"\s*(?:\([^)]{1,20}\)\s*)?(?:working |business |calendar )?days?\b|\s*(?:个)?(?:工作)?[天日]"),
        ("days",),
    ),
    (re.compile(r"\s*(?:\([^)]{1,20}\)\s*)?months?\b|\s*个?月"), ("months",)),
)
"""What stands behind a number, and how the keys of its answers end."""


class Known(Frozen, kw_only=True):
    """An answer that a provision may name: ``payment.deposit_percent``, and the words that its question uses."""

    path: str
    own: frozenset[str]
    words: frozenset[str]


@lru_cache(maxsize=1)
def known_answers() -> tuple[Known, ...]:
    """Return every answer that a contract may print."""
    from lotproof.catalog.loading import index, load_category
    from lotproof.wordhouses.values import skeleton

    category = load_category(index()[0]["id"])
    shown = skeleton(category)
    found = []
    for group in category.groups:
        for question in group.questions:
            if (
                group.id not in shown
                or (group.id != "order" and question.key not in shown.get(group.id, {}))
                or group.repeat
            ):
                continue
            if group.id == "order" and question.key not in ("number", "revision", "date", "place"):
                continue
            own = frozenset(tokens(f"{group.id} {question.key}".replace("_", " ")))
            said = " ".join(question.text.values())
            found.append(Known(path=f"{group.id}.{question.key}", own=own, words=frozenset(tokens(said)) | own))
    return tuple(found)


def tokens(text: str) -> Iterator[str]:
    """Yield the words of a text: Latin ones without their plural, Chinese ones as pairs of characters."""
    for word in _WORD.findall(text.casefold()):
        if word[0] >= "\u3400":
            yield from (pair for place in range(len(word) - 1) if (pair := word[place : place + 2]) not in _COMMON)
        elif word not in _COMMON:
            yield word.removesuffix("s") if len(word) > 4 else word


def guess(blank: Blank, heading: str) -> str:
    """Return the answer that a blank may stand for, or nothing where no answer stands out."""
    near = set(tokens(f"{blank.before[-60:]} {blank.after[:30]} {blank.shown}"))
    around = set(tokens(heading))
    rare = _rareness()
    number = _NUMBER.match(blank.shown)  # highlighted words may hold number and unit themselves
    behind = blank.shown[number.end() :] if number else blank.after
    ends = next((ends for pattern, ends in _UNITS if pattern.match(behind)), ())
    scored = []
    for known in known_answers():
        if ends and not known.path.endswith(ends):
            continue
        if not ends and known.path.endswith(("percent", "days", "months")):
            continue
        score = sum(rare[word] * (2 if word in known.own else 1) for word in near & known.words)
        score += sum(rare[word] for word in around & known.own) / 2
        scored.append((score, known.path))
    scored.sort(key=lambda one: (-one[0], one[1]))
    if not scored or scored[0][0] < _LEAST or (len(scored) > 1 and scored[0][0] < 1.2 * scored[1][0]):
        return ""
    return scored[0][1]


@lru_cache(maxsize=1)
def _rareness() -> Mapping[str, float]:
    answers = known_answers()
    counts = Counter(word for known in answers for word in known.words)
    return {word: math.log(len(answers) / count) for word, count in counts.items()}


def replaced(heading: Mapping[str, str], provisions: Sequence[tuple[str, Mapping[str, str]]]) -> str:
    """
    Return the id of the one provision beneath that a heading speaks of, or nothing.

    Args:
        provisions: id and heading of each.
    """
    found = set()
    for id_, other in provisions:
        for language, text in heading.items():
            mine, theirs = set(tokens(text)), set(tokens(other.get(language, "")))
            if mine and theirs and (mine <= theirs or theirs <= mine):
                found.add(id_)
    return found.pop() if len(found) == 1 else ""
