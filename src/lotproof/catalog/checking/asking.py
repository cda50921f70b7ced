"""Checks on the questions of a clause: do they give its requirement, is each answer used, do the bounds make sense."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lotproof.catalog.checking.subjects import Catalogue, Subject
from lotproof.catalog.model import PARTS
from lotproof.findings import Finding, did_you_mean
from lotproof.wording.sentences import SentenceError, names

FROM_GOODS = {"under": "decimal", "over": "decimal"}
"""The same for a quantity per item, taken from the order."""

RESERVED = frozenset({"item", "required"})
"""What a sentence may name besides the answers of its clause."""

MEASURED = ("at_most", "at_least", "within")
"""Kinds with a unit and a statistic."""


def questions_fit_the_kind(subject: Subject, _catalogue: Catalogue) -> Iterator[Finding]:
    """LP330: the questions and fixed values of a clause do not give the requirement that its kind needs, in its unit."""
    kind, fixed = subject.data.get("kind"), subject.data.get("fixed", {})
    parts = _parts(subject.data)
    if not parts:
        return
    asked = {q["key"]: (path, q) for path, q in subject.rows("question") if "key" in q}
    given = {*asked, *fixed} & set(parts)
    if not _complete(str(kind), given, parts):
        yield subject.finding(
            ("kind",),
            "LP330",
            f"{kind} needs {_needs(str(kind), parts)}, and nothing gives it",
            "ask for it, or state it under [fixed] where that is allowed",
        )
    if {"tolerance", "plus"} <= given or {"tolerance", "minus"} <= given:
        yield subject.finding(
            ("kind",), "LP330", "tolerance stands beside plus and minus", "ask for tolerance, or for plus and minus"
        )
    for key, (path, question) in asked.items():
        if key in parts and question.get("type") != parts[key]:
            yield subject.finding(
                (*path, "type"),
                "LP330",
                f"{key} of {kind} is asked as {question.get('type')}, not as {parts[key]}",
                f'write type = "{parts[key]}"',
            )
        if kind in MEASURED and key in parts and question.get("unit") not in (None, subject.data.get("unit")):
            yield subject.finding(
                (*path, "unit"),
                "LP330",
                f"{key} is asked in {question['unit']}, the clause is judged in {subject.data.get('unit')}",
                "use one unit",
            )
        if key in fixed:
            yield subject.finding(("fixed", key), "LP330", f"{key} is fixed and asked for", "remove one of the two")
    for key in RESERVED & set(asked):
        yield subject.finding(
            (*asked[key][0], "key"), "LP330", f"{key} is what sentences call something else", "give it another key"
        )
    for key in fixed:
        if key not in parts:
            yield subject.finding(("fixed", key), "LP330", f"{kind} has no {key}", did_you_mean(key, parts))
    if kind not in MEASURED and subject.data.get("statistic", "each") != "each":
        yield subject.finding(
            ("statistic",),
            "LP330",
            f"{kind} has no figure of which a {subject.data['statistic']} could be taken",
            "remove statistic",
        )
    if kind != "per_key" and "each" in subject.data:
        yield subject.finding(("each",), "LP330", f"{kind} has no entries", 'remove each, or write kind = "per_key"')
    each = subject.data.get("each", {})
    if each.get("kind") in MEASURED and "unit" not in each:
        yield subject.finding(("each",), "LP330", f"entries of kind {each['kind']} need a unit", "add unit")


def every_answer_is_used(subject: Subject, _catalogue: Catalogue) -> Iterator[Finding]:
    """LP331: a question is asked whose answer is neither part of the limit nor in a sentence."""
    used = set(_parts(subject.data))
    for sentence in subject.sentences.values():
        if isinstance(sentence, SentenceError):
            return  # nobody can say yet: LP320 comes first
        used.update(names(sentence))
    if _parts(subject.data):
        for path, question in subject.rows("question"):
            if "key" in question and question["key"] not in used:
                yield subject.finding(
                    (*path, "key"),
                    "LP331",
                    f"the answer to {question['key']} is never used",
                    "name it in a sentence, or remove the question",
                )


def bounds_are_in_order(subject: Subject, _catalogue: Catalogue) -> Iterator[Finding]:
    """LP332: a least value lies above the most, or a sample accepts as many as it holds."""
    for path, question in (*subject.rows("question"), *subject.rows("group", "question")):
        low, high = question.get("min"), question.get("max")
        if low is not None and high is not None and low > high:
            yield subject.finding((*path, "min"), "LP332", f"min {low} lies above max {high}", "exchange the two")
    fixed = subject.data.get("fixed", {})
    if "least" in fixed and "most" in fixed and fixed["least"] > fixed["most"]:
        yield subject.finding(
            ("fixed", "least"), "LP332", f"least {fixed['least']} lies above most {fixed['most']}", "exchange the two"
        )
    sample = subject.data.get("sample", {})
    if "n" in sample and "ac" in sample and sample["ac"] >= sample["n"]:
        yield subject.finding(
            ("sample", "ac"),
            "LP332",
            f"a sample of {sample['n']} that accepts {sample['ac']} accepts every lot",
            "lower ac, or raise n",
        )


def _parts(data: Mapping[str, Any]) -> Mapping[str, str]:
    if data.get("kind") == "per_key" and data.get("each", {}).get("from") == "goods":
        return FROM_GOODS
    return PARTS.get(str(data.get("kind")), {})


def _complete(kind: str, given: set[str], parts: Mapping[str, str]) -> bool:
    if kind == "within":
        return "nominal" in given and ("tolerance" in given or {"plus", "minus"} <= given)
    if kind == "count":
        return bool(given)
    return given == set(parts)


def _needs(kind: str, parts: Mapping[str, str]) -> str:
    if kind == "within":
        return "nominal and tolerance, or nominal, plus and minus"
    return (" or " if kind == "count" else " and ").join(f"{key} ({of_type})" for key, of_type in parts.items())
