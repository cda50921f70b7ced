"""Checks on what one file says about another: standards, parents, blocks, defects, answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lotproof.catalog.checking.subjects import Catalogue, Subject
from lotproof.findings import Finding, Severity, did_you_mean, quoted
from lotproof.wording.sentences import Program, SentenceError

STANDARD = re.compile(
    r"\b(?:ANSI/(?:ASQ|BIFMA|ASME|IES)|NSF/ANSI|ISO/(?:IEC|CIE|TR|TS)|CEN/T[RS]|ETSI EN|EN ISO|EN IEC|GB/T|GB/Z|QB/T|JB/T|FZ/T|ISO|IEC(?: TR| TS)?"
    r"|EN|DIN|BS|ASTM|OIML|ISTA|GB|MIL-STD|UL|NFPA|ASME|TAPPI|CISPR|CIE|EUROMAP|IDFB|UN|JIS|AATCC|EIA)[ -](?:[A-Z]{1,3}[ -]?)?[0-9][0-9A-Z]*"
    r"(?:[.-][A-Z]?[0-9]+)*(?:/[A-Z][0-9]+[A-Z]?)?(?::[0-9]{4})?",
    re.ASCII,
)
"""The number of a standard as it stands in a sentence, its edition with it."""


def standards_are_known(subject: Subject, catalogue: Catalogue) -> Iterator[Finding]:
    """LP310: a clause cites a standard or an edition that ``standards.toml`` does not list."""
    for path, cited in _cited(subject):
        if not standards(cited, catalogue.standards):
            known = [name for row in catalogue.standards for name in names(row)[:2]]
            yield subject.finding(
                path,
                "LP310",
                f"unknown standard {quoted(cited)}",
                f"add it to standards.toml, or correct it; {did_you_mean(cited, known)}",
            )


def standards_are_in_force(subject: Subject, catalogue: Catalogue) -> Iterator[Finding]:
    """LP311: a clause cites a standard that was withdrawn; a note, since parties may agree on an old edition."""
    for path, cited in _cited(subject):
        found = standards(cited, catalogue.standards)
        if found and all(row.get("status") == "withdrawn" for row in found):
            successor = next((row["successor"] for row in found if row.get("successor")), "")
            hint = {
                "": "name a standard that is in force",
                "none": "nothing took its place: agree on it by its year, or name another one",
            }.get(successor, f"{successor} took its place")
            yield subject.finding(path, "LP311", f"{cited} was withdrawn", hint, Severity.NOTE)


def cited_standards_are_listed(subject: Subject, _catalogue: Catalogue) -> Iterator[Finding]:
    """LP312: the method names a standard that the clause does not list under ``standards``, so no index would find it."""
    listed = {_without_edition(s) for s in subject.data.get("standards", ())}
    for (name, language), sentence in subject.sentences.items():
        if name in ("method", "wording") and not isinstance(sentence, SentenceError):
            for cited in dict.fromkeys(STANDARD.findall(" ".join(_texts(sentence)))):
                if _without_edition(cited) not in listed:
                    yield subject.finding(
                        (name, language),
                        "LP312",
                        f"{cited} is not listed under standards",
                        f'write standards = ["{cited}"]',
                    )


def parents_lead_to_a_root(subject: Subject, catalogue: Catalogue) -> Iterator[Finding]:
    """LP313: the parent of a category does not exist, or a category is its own ancestor."""
    if subject.kind != "category":
        return
    line, name = [subject.id], str(subject.data.get("parent", ""))
    if name and name not in catalogue.categories:
        yield subject.finding(
            ("parent",), "LP313", f"unknown parent {quoted(name)}", did_you_mean(name, catalogue.categories)
        )
    while name in catalogue.categories and name not in line:
        line.append(name)
        name = str(catalogue.categories[name][-1].data.get("parent", ""))
    if name == subject.id and name:
        yield subject.finding(
            ("parent",), "LP313", f"{name} is its own ancestor: {' < '.join((*line, name))}", "name a parent further up"
        )


def blocks_and_defects_exist(subject: Subject, catalogue: Catalogue) -> Iterator[Finding]:
    """LP314: a category names a block without clauses, or a defect that no ``defects.toml`` defines."""
    if subject.kind != "category":
        return
    folders = catalogue.folders - set(catalogue.categories)
    known: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("blocks", "block", {*folders, *catalogue.clauses}),
        ("defects", "defect", catalogue.defects),
    )
    for key, word, names_ in known:
        for index, name in enumerate(subject.data.get(key, ())):
            if name not in names_:
                yield subject.finding(
                    (key, index), "LP314", f"unknown {word} {quoted(name)}", did_you_mean(name, names_)
                )


def named_things_exist(subject: Subject, catalogue: Catalogue) -> Iterator[Finding]:
    """LP315: a minimum item, a condition, a percentage or ``superseded_by`` names a clause or an answer that does not exist."""
    for path, minimum in subject.rows("minimum"):
        for key, known in (("clauses", catalogue.clauses), ("answers", catalogue.answers)):
            for index, name in enumerate(minimum.get(key, ())):
                if name not in known:
                    yield subject.finding(
                        (*path, key, index), "LP315", f"unknown {key[:-1]} {quoted(name)}", did_you_mean(name, known)
                    )
    later = subject.data.get("superseded_by")
    if later is not None and (later not in catalogue.clauses or later == subject.id):
        yield subject.finding(
            ("superseded_by",), "LP315", f"unknown clause {quoted(later)}", did_you_mean(later, catalogue.clauses)
        )
    for path, asked in (*subject.rows("question"), *subject.rows("group"), *subject.rows("group", "question")):
        for name, values in asked.get("when", {}).items():
            yield from _condition(subject, (*path, "when"), name, values, catalogue)
    for path, question in subject.rows("question"):
        for index, name in enumerate(question.get("by", {}).get("tables", ())):
            if name not in catalogue.tables:
                yield subject.finding(
                    (*path, "by", "tables", index),
                    "LP315",
                    f"unknown table {quoted(name)}",
                    did_you_mean(name, catalogue.tables),
                )
        base = question.get("percent_of")
        near = [
            q.get("key", "")
            for q in subject.data.get("question", ())
            if q.get("type") == "quantity" and q is not question
        ]
        if base is not None and base not in near:
            yield subject.finding(
                (*path, "percent_of"),
                "LP315",
                f"no quantity {quoted(base)} is asked here",
                did_you_mean(base, near) if near else "ask for it, or remove percent_of",
            )


def defects_have_a_border(subject: Subject, _catalogue: Catalogue) -> Iterator[Finding]:
    """LP316: a defect says nothing about the border of its class, so two inspectors would class it differently."""
    for path, defect in subject.rows("defect"):
        if not defect.get("border"):
            yield subject.finding(
                path,
                "LP316",
                f"{defect.get('id', 'the defect')} has no border",
                "write border = { en = ..., zh = ... }, with a number that decides",
            )


def names(standard: Mapping[str, Any]) -> tuple[str, ...]:
    """Return how a row of ``standards.toml`` may be cited: with its edition or without."""
    number, edition = str(standard.get("number", "")), standard.get("edition")
    return (number,) if edition is None else (number, f"{number}:{edition}", f"{number}-{edition}")


def standards(cited: str, known: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the rows of ``standards.toml`` that ``cited`` may mean; several where it names no edition."""
    return [row for row in known if cited in names(row)]


def _cited(subject: Subject) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for index, cited in enumerate(subject.data.get("standards", ())):
        if subject.kind == "clause":
            yield ("standards", index), cited


def _without_edition(cited: str) -> str:
    return cited.split(":", maxsplit=1)[0]


def _texts(program: Program) -> Iterator[str]:
    for item in program:
        if isinstance(item, str):
            yield item
        elif "if" in item:
            yield from _texts(item["then"])
            yield from _texts(item["else"])


FACTS = {"basis": ("lot", "each"), "laboratory": ("yes", "no")}
"""What a condition may name besides answers, and its values."""


def _condition(
    subject: Subject, path: tuple[str | int, ...], name: str, values: list[str | bool], catalogue: Catalogue
) -> Iterator[Finding]:
    if name in FACTS:
        allowed = list(FACTS[name])
    elif name in catalogue.optional_groups:
        allowed = ["yes", "no"]
    elif name in catalogue.answers:
        question = catalogue.answers[name]
        allowed = (
            ["true", "false"]
            if question.get("type") == "flag"
            else [str(c.get("value")) for c in question.get("choices", ())]
        )
    else:
        yield subject.finding(
            path,
            "LP315",
            f"the condition names no answer: {quoted(name)}",
            did_you_mean(name, {*FACTS, *catalogue.optional_groups, *catalogue.answers}),
        )
        return
    for value in values:
        said = str(value).lower() if isinstance(value, bool) else value
        if allowed and said not in allowed:
            yield subject.finding(path, "LP315", f"{name} is never {quoted(said)}", did_you_mean(said, allowed))
