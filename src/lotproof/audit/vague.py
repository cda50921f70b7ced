"""Vague wording, and the clauses of the catalogue that say the same in numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lotproof.audit.contract import Contract
from lotproof.audit.model import Hit, Weight
from lotproof.catalog.describing import spoken
from lotproof.catalog.model import Category, Clause

BLANK = "____"
_MOST = 2
"""Clauses that are proposed for one expression."""


def vague_wording(contract: Contract, category: Category | None) -> Iterator[Hit]:
    """LP520: words that nobody can measure."""
    from lotproof.wording.lexicon import vague  # reads its own data

    settled = _settled(contract)
    for one in vague(contract.apart, folded=contract.folded):
        if one.expression.id in settled or _is_part(contract.text, one.start, one.end):
            continue
        if contract.is_reference(one.start):
            continue
        if _is_settled_beside(contract, one.expression.id, one.start):
            continue
        proposed = {"en": "", "zh": ""}
        if category is not None:
            around = contract.text[max(0, one.start - 40) : one.end + 40]
            proposed = proposal(clauses_for(one.quote, around, category, contract.data.subjects))
        yield Hit(
            name="LP520",
            start=one.start,
            end=one.end,
            values={"why": one.expression.why, "ask": one.expression.ask, "proposal": proposed},
            weight=Weight.INFO if one.expression.severity == "info" else Weight.SPEC,
        )


def _settled(contract: Contract) -> frozenset[str]:
    """Return the expressions that something in the contract, or in the one it belongs to, makes precise."""
    rows = [row for row in contract.data.words["settled"] if row["in"] == "contract"]
    return frozenset(
        name
        for row in rows
        for name in row["expressions"]
        if contract.belongs or any(word in contract.lower for word in row["words"])
    )


def _is_settled_beside(contract: Contract, expression: str, place: int) -> bool:
    """Say whether something else in the row makes an expression precise."""
    unit = contract.unit_at(place)
    return any(
        contract.lower.find(word, unit.start, min(unit.end, unit.start + 5000)) >= 0
        for row in contract.data.words["settled"]
        if row["in"] == "row" and expression in row["expressions"]
        for word in row["words"]
    )


def _is_part(text: str, start: int, end: int) -> bool:
    """Say whether words are part of a code or of a name in data: ``colour_match#1``, ``045ca76``."""
    if "_" in text[start:end]:
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return (text[start].isascii() and before.isascii() and (before.isalnum() or before == "_")) or (
        text[end - 1].isascii() and after.isascii() and (after.isalnum() or after in ("_", "#") and bool(after))
    )


def clauses_for(quote: str, around: str, category: Category, subjects: Sequence[Mapping[str, Any]]) -> list[Clause]:
    """Return the clauses of a category that measure what some words speak of; those of the quote itself come first."""
    for text in (quote, around):
        found = {
            clause.id: clause for subject in subjects_of(text, subjects) for clause in _measured_by(subject, category)
        }
        if found:
            return list(found.values())[:_MOST]
    return []


def subjects_of(text: str, subjects: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return what a text speaks of."""
    lower = f" {text.lower()}"
    return [subject for subject in subjects if names(lower, subject)]


def names(lower: str, subject: Mapping[str, Any]) -> bool:
    """Say whether a text in lower case names a subject; English words count from their first letter on."""
    return any(word in lower for word in subject["zh"]) or any(
        (place := lower.find(word)) >= 0 and not (lower[place - 1].isalpha() if place else False)
        for word in subject["en"]
    )


def proposal(clauses: Sequence[Clause]) -> dict[str, str]:
    """Return how clauses of the catalogue read with every value left open, per language; empty without clauses."""
    found = {}
    for language, lead, method, closing in (
        (
            "en",
            "From the catalogue",
            "tested by",
            f"Agree on a value for each {BLANK} yourself; none is proposed here.",
        ),
        ("zh", "可采用目录条款", "试验方法", f"每处{BLANK}的数值须由双方商定，此处不作建议。"),
    ):
        texts = []
        for clause in clauses:
            sentence = spoken(clause.sentences["wording"][language], BLANK)
            by = spoken(clause.sentences["method"][language], BLANK)
            unit = f" [{clause.unit or clause.each.get('unit', '')}]".replace(" []", "")
            texts.append(f"{clause.id}{unit}: {sentence} ({method}: {by})")
        found[language] = f" {lead}: {'; '.join(texts)} {closing}" if texts else ""
    return found


def _measured_by(subject: Mapping[str, Any], category: Category) -> Iterator[Clause]:
    """Yield the clauses whose title names a subject, those in its units first."""
    fitting: list[tuple[bool, int, Clause]] = []
    for clause in category.clauses.values():
        title = f" {spoken(clause.sentences['title']['en']).lower()} {spoken(clause.sentences['title']['zh'])}"
        if names(title, subject):
            unit = clause.unit or clause.each.get("unit", "")
            fitting.append((unit not in subject["units"], len(fitting), clause))
    yield from (clause for _, _, clause in sorted(fitting, key=lambda one: one[:2]))
