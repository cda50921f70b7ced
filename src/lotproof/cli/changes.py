"""Changes as ``lotproof diff`` prints them: 80 columns for people, and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from lotproof.changes.model import Change, Comparison, Direction, Texts
from lotproof.changes.saying import phrase
from lotproof.cli.columns import padded, wrapped

_LEAD = 5
"""Columns of *was* and *is* with the blanks after them."""


def page(found: Comparison, language: str) -> Iterator[str]:
    """Yield the lines of the report."""

    def label(key: str, **values: object) -> str:
        return phrase("label", key)[language].format(**values)

    old, new = (f"{side.name} ({side.digest[:16]})" for side in (found.old, found.new))
    yield label("heading", old=old, new=new)
    meaning = [change for change in found.changes if change.of_meaning]
    wording = [change for change in found.changes if not change.of_meaning]
    if found.changes:
        yield from wrapped(label("counted", n=len(meaning), words=len(wording)), 0)
    else:
        yield from wrapped(label("same" if found.same else "same_shown"), 0)
    for key, changes in (("meaning", meaning), ("wording", wording)):
        if changes:
            yield ""
            yield label(key)
            for change in changes:
                yield from _change(change, language)
    yield from _unseen(found, language)


def _change(change: Change, language: str) -> Iterator[str]:
    head = phrase("kind", change.kind)[language].upper()
    if change.of_meaning:
        words = [] if change.direction is Direction.NEITHER else [phrase("direction", change.direction)[language]]
        if change.direction is not Direction.UNKNOWN:
            words.append(phrase("good", change.good)[language])
        head += (": " if language == "en" else "：") + (", " if language == "en" else "，").join(words)
    yield from wrapped(head, 2)
    yield from wrapped(f"{change.title[language]} [{change.where}]", 4)
    yield from _sides(change, language, 6)


def house_page(old: str, new: str, changes: Sequence[Change], language: str) -> Iterator[str]:
    """Yield the lines of a report on two houses; several changes of one sentence stand over it together."""
    yield phrase("label", "heading")[language].format(old=old, new=new)
    meaning = [change for change in changes if change.of_meaning]
    wording = [change for change in changes if not change.of_meaning]
    counted = phrase("label", "counted")[language].format(n=len(meaning), words=len(wording))
    yield from wrapped(counted if changes else phrase("label", "house_same")[language], 0)
    for key, found in (("meaning", meaning), ("house_wording", wording)):
        if found:
            yield ""
            yield from wrapped(phrase("label", key)[language], 0)
            yield from house_changes(found, language, 2)


def house_changes(changes: Iterable[Change], language: str, indent: int) -> Iterator[str]:
    """Yield the lines of changes of a house: whether they are good, and for whom, nobody can say of a sentence."""
    for _, same in groupby(changes, key=lambda change: (change.where, change.was, change.becomes)):
        several = list(same)
        for change in several:
            head = phrase("kind", change.kind)[language].upper()
            yield from wrapped(f"{head}  {change.title[language]} [{change.where}]", indent)
        yield from _sides(several[0], language, indent + 2)


def _sides(change: Change, language: str, indent: int) -> Iterator[str]:
    for key, texts in (("was", change.was), ("is", change.becomes)):
        lead = padded(phrase("label", key)[language], _LEAD)
        lines = list(wrapped(_said(texts, language), indent + _LEAD))
        yield " " * indent + lead + lines[0].lstrip(" ")
        yield from lines[1:]


def _said(texts: Texts, language: str) -> str:
    return " ".join(texts[language].split("\n")) if texts.get(language) else phrase("label", "nothing")[language]


def _unseen(found: Comparison, language: str) -> Iterator[str]:
    """Yield what could not be compared."""
    stop = "、" if language == "zh" else ", "
    for key, same in (("hidden_same", True), ("hidden_unknown", False)):
        names = [phrase("section", name)[language] for name, is_same in found.hidden.items() if is_same is same]
        if names:
            yield ""
            yield from wrapped(phrase("label", key)[language].format(sections=stop.join(names)), 0)
    if not found.worded:
        yield ""
        yield from wrapped(phrase("label", "no_texts")[language], 0)


def page_json(found: Comparison, language: str) -> dict[str, Any]:
    """Return the report as JSON."""
    return {
        "same": found.same,
        "old": {"number": found.old.name, "digest": found.old.digest},
        "new": {"number": found.new.name, "digest": found.new.digest},
        "changes": [change_json(change, language) for change in found.changes],
        "hidden": [{"section": name, "same": same} for name, same in found.hidden.items()],
        "wording_compared": found.worded,
        "findings": [],
    }


def change_json(change: Change, language: str) -> dict[str, Any]:
    """Return a change as JSON."""
    return {
        "kind": change.kind.value,
        "of_meaning": change.of_meaning,
        "where": change.where,
        "title": change.title[language],
        "was": change.was.get(language),
        "is": change.becomes.get(language),
        "direction": change.direction.value,
        "good_for": change.good.value,
        "data": list(change.covers),
    }
