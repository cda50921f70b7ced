"""Running the examples of the catalogue: each clause shows answers, the words they give, and readings that pass and fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from lotproof.catalog.checking.asking import questions_fit_the_kind
from lotproof.catalog.checking.subjects import LANGUAGES, Catalogue, Check, Subject, row_name
from lotproof.catalog.compiling import SENTENCES, compile_category
from lotproof.catalog.loading import build_category
from lotproof.catalog.model import Category, Clause, Question, read_question
from lotproof.catalog.source import Source, SourceFile
from lotproof.findings import Finding, Severity, quoted
from lotproof.orders.requiring import Goods, requirement
from lotproof.quantity import Unit, parse_number, parse_quantity
from lotproof.questions.naming import resolve
from lotproof.questions.values import Problem, blank, read_value
from lotproof.requirements import Fail, Pass, Pending, PerKey, Reading, Requirement, Shares, judge
from lotproof.wording.words import words

ORDERED: Goods = (("A1", 1000, "pc"),)
"""The goods against which an example of a quantity per item is read: item A1, 1,000 pieces."""

KeyPath: TypeAlias = tuple[str | int, ...]


def offers_can_be_answered(subject: Subject, catalogue: Catalogue) -> Iterator[Finding]:
    """LP340: a value that a question offers or shows as its example is one that the question itself refuses."""
    each = subject.data.get("each", {})
    for path, row in (*subject.rows("question"), *subject.rows("group", "question")):
        if not any(m.path[: len(path)] == path for m in subject.misfits):
            question = read_question(row, each if each.get("kind") else None)
            offers = [((*path, "suggest", i), value) for i, value in enumerate(row.get("suggest", ()))]
            if "example" in row and question.type != "entries":
                offers.append(((*path, "example"), row["example"]))
            for place, value in offers:
                for problem in _problems(question, value, _category(catalogue).units):
                    yield subject.finding(
                        place, "LP340", f"{question.key} offers what it refuses: {problem.message}", problem.hint
                    )


def example_answers_can_be_read(subject: Subject, catalogue: Catalogue) -> Iterator[Finding]:
    """LP341: an example answers a question that is not asked, leaves one open, or answers it wrongly."""
    clause = _clause(subject, catalogue)
    if clause is None:
        return
    asked = {question.key: question for question in clause.questions}
    for path, example in subject.rows("example"):
        answers = example.get("answers", {})
        for key, question in asked.items():
            if blank(answers.get(key)) and not question.optional:
                yield subject.finding(
                    (*path, "answers"), "LP341", f"the example does not answer {key}", f"add {key} = ..."
                )
        for key, value in answers.items():
            if key not in asked:
                yield subject.finding(
                    (*path, "answers", key), "LP341", f"{key} is not asked", "remove it, or ask for it"
                )
                continue
            for problem in _problems(asked[key], value, _category(catalogue).units):
                yield subject.finding((*path, "answers", key, *problem.path), "LP341", problem.message, problem.hint)
        for problem in _values(clause, answers, catalogue)[1]:
            yield subject.finding((*path, "answers", *problem.path), "LP341", problem.message, problem.hint)


def examples_print_what_they_say(subject: Subject, catalogue: Catalogue) -> Iterator[Finding]:
    """LP342: the words of an example are not those that a contract would print for its answers."""
    for path, example, made in _examples(subject, catalogue):
        for code, language in _category(catalogue).languages.items():
            printed, written = words(made, language), example.get("required", {}).get(code)
            if written is not None and printed != written:
                yield subject.finding(
                    (*path, "required", code),
                    "LP342",
                    f"the example says {quoted(written, 200)}, a contract prints {quoted(printed, 200)}",
                    "correct the example; between a number and its unit stands \\u00A0",
                )


def example_readings_are_judged_so(subject: Subject, catalogue: Catalogue) -> Iterator[Finding]:
    """LP343: a reading that an example calls a pass fails, or one that it calls a fail passes, or nobody could judge it."""
    units = _category(catalogue).units
    for path, example, made in _examples(subject, catalogue):
        for key, expected in (("passes", Pass), ("fails", Fail)):
            for index, raw in enumerate(example.get(key, ())):
                place = (*path, key, index)
                try:
                    verdict = judge(made, _readings(made, raw, units))
                except (ValueError, LookupError, TypeError) as error:
                    yield subject.finding(
                        place,
                        "LP343",
                        f"{quoted(raw)} is no reading of this clause: {error}",
                        "write it as an inspector would: a number with its unit, a count, true or false",
                    )
                    continue
                if not isinstance(verdict, expected):
                    said = (
                        f"stays pending ({verdict.cause})"
                        if isinstance(verdict, Pending)
                        else "passes"
                        if isinstance(verdict, Pass)
                        else "fails"
                    )
                    yield subject.finding(
                        place,
                        "LP343",
                        f"{quoted(raw)} stands under {key}, but {said}",
                        "correct the reading or the limit",
                    )


CHECKS: tuple[Check, ...] = (
    offers_can_be_answered,
    example_answers_can_be_read,
    examples_print_what_they_say,
    example_readings_are_judged_so,
)
"""The checks that need the reader of answers and the judge."""


def _examples(subject: Subject, catalogue: Catalogue) -> Iterator[tuple[KeyPath, Mapping[str, Any], Requirement]]:
    """Yield path, table and requirement of each example whose answers can be read; none where LP330 says that they cannot fit."""
    clause = _clause(subject, catalogue)
    if clause is None or any(questions_fit_the_kind(subject, catalogue)):
        return
    for path, example in subject.rows("example"):
        raw = example.get("answers", {})
        values = _values(clause, raw, catalogue)[0]
        made = requirement(clause, values, ORDERED)
        if made is not None:
            yield path, example, made


def _values(clause: Clause, raw: Mapping[str, Any], catalogue: Catalogue) -> tuple[Mapping[str, Any], list[Problem]]:
    """Return the answers of an example, and what is wrong with names of tables among them."""
    category, found = _category(catalogue), list[Problem]()
    values = {q.key: _answer(q, raw.get(q.key), category.units)[0] for q in clause.questions}
    return resolve(clause.questions, values, category.tables, category.units, found.append), found


def _problems(question: Question, raw: Any, units: Mapping[str, Unit]) -> list[Problem]:
    """Return what is wrong with a value; one in another unit than it is asked in would be understood, and is not offered."""
    found = _answer(question, raw, units)[1]
    return [problem for problem in found if problem.severity is not Severity.NOTE or problem.code == "LP127"]


def _answer(question: Question, raw: Any, units: Mapping[str, Unit]) -> tuple[Any, list[Problem]]:
    """Read an answer: its value and what is wrong with it; nothing of both where LP305 says that its unit does not exist."""
    unit = question.each[1] if question.each else question.unit
    if blank(raw) or ((unit or question.type == "quantity") and unit not in units):
        return None, []
    found: list[Problem] = []
    return read_value(question, raw, units, found.append), found


def _readings(
    made: Requirement, raw: Any, units: Mapping[str, Unit]
) -> Sequence[Reading] | Mapping[str, Sequence[Reading]]:
    """Read what stands under ``passes`` or ``fails``: one reading, or a list of them, or a table of lists for a table of limits."""
    if isinstance(made, PerKey):
        if not isinstance(raw, Mapping):
            raise TypeError("a table of lists is needed, a list for each entry")
        of_entry = {entry.key: entry.requirement for entry in made.entries}
        return {
            key: [_reading(of_entry.get(key, made.entries[0].requirement), one, units) for one in _list(many)]
            for key, many in raw.items()
        }
    return [_reading(made, one, units) for one in _list(raw)]


def _list(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else [raw]


def _reading(made: Requirement, raw: Any, units: Mapping[str, Unit]) -> Reading:
    if isinstance(made, Shares):
        if not isinstance(raw, Mapping):
            raise TypeError("a table of shares by name is needed")
        return {name: parse_number(str(share)) for name, share in raw.items()}
    if hasattr(made, "statistic"):
        return parse_quantity(str(raw), units)
    if isinstance(raw, Decimal):
        raise TypeError("a whole number, true or false, or text is needed")
    reading: Reading = raw
    return reading


# --- values: built by the same functions that build a category ----------------------------------------------------------------


@lru_cache(maxsize=4)
def _category(catalogue: Catalogue) -> Category:
    """Return every clause that fits its schema, under the number of its file, with the units and the languages to print it."""
    units: dict[str, Mapping[str, Any]] = {}
    languages: dict[str, SourceFile] = {}
    clauses: list[tuple[str, SourceFile]] = []
    for number, subject in enumerate(catalogue.subjects):
        for _, row in subject.rows("unit"):
            units.setdefault(row_name(row), row)
        if subject.kind == "wording" and subject.file.path.stem in LANGUAGES:
            languages.setdefault(subject.file.path.stem, subject.file)
        if subject.kind == "clause" and not subject.misfits:
            clauses.append(("all", _made({**_unspoken(subject.data), "id": f"all.n{number}"})))
    source = Source(
        folder=Path(),
        categories=(_made({"id": "all", "revision": 1, "title": {}}),),
        clauses=tuple(clauses),
        defects=(),
        units=_made({"unit": list(units.values())}),
        standards=(),
        questions=_made({"group": []}),
        tables=_made({"table": [row for subject in catalogue.subjects for _, row in subject.rows("table")]}),
        reviews=None,
        glossary=None,
        languages=tuple(languages.values()),
    )
    return build_category(compile_category(source, "all"))


def _made(data: Mapping[str, Any]) -> SourceFile:
    return SourceFile(Path(), "", data, "")


def _clause(subject: Subject, catalogue: Catalogue) -> Clause | None:
    """Return the clause of a file as a value; None where the file is none, or LP301 has said why it cannot become one."""
    return _category(catalogue).clauses.get(f"all.n{catalogue.subjects.index(subject)}")


def _unspoken(clause: Mapping[str, Any]) -> dict[str, Any]:
    """Return a clause without its sentences, so that one that cannot be parsed hides nothing else."""
    brought_by = clause["instrument"]["brought_by"]
    return {**clause, **{name: {} for name in SENTENCES}, "instrument": {"brought_by": brought_by}}
