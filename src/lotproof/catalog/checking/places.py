"""Checks on where a file lies, what it is called, and the names that it shares with others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lotproof.catalog.checking.subjects import LANGUAGES, Catalogue, Subject, row_name
from lotproof.characters import forbidden, mixed_words
from lotproof.findings import Finding, did_you_mean, quoted
from lotproof.sources import KeyPath


def fits_its_schema(subject: Subject, _catalogue: Catalogue) -> Iterator[Finding]:
    """LP301: a key is missing, unknown, of the wrong type or out of its range; the shape is stated in ``spec_catalog/schema``."""
    for misfit in subject.misfits:
        yield subject.finding(misfit.path, "LP301", misfit.message, misfit.hint)


def texts_stand_in_every_language(subject: Subject, catalogue: Catalogue) -> Iterator[Finding]:
    """LP302: a text stands in one language only, so the other column of the contract would be empty."""
    for path, texts in tables(subject.file.data):
        missing = [language for language in LANGUAGES if language not in texts]
        if missing and path[:1] != ("example",):
            written = quoted(next(text for text in texts.values() if isinstance(text, str)))
            message = f"no text in {missing[0]}: only {written}"
            yield subject.finding(path, "LP302", message, f'add {missing[0]} = "..."')
    if subject.kind == "wording":
        for other in catalogue.subjects:
            if other.kind == "wording" and other is not subject:
                for name in sorted(_phrases(other.data) - _phrases(subject.data)):
                    yield subject.finding(name, "LP302", f"the phrase is missing; {other.file.name} has it", "add it")


def id_matches_its_place(subject: Subject, _catalogue: Catalogue) -> Iterator[Finding]:
    """LP303: a clause is called after its folder and file, a category after its folder; nothing else finds them."""
    stem = subject.file.path.stem
    expected = {"clause": f"{subject.folder}.{stem}", "category": subject.folder}.get(subject.kind)
    if expected and subject.id and subject.id != expected:
        yield subject.finding(
            ("id",),
            "LP303",
            f"the id is {quoted(subject.id)}, but the file lies where {expected} belongs",
            f'write id = "{expected}", or move the file',
        )


def ids_stand_once(subject: Subject, catalogue: Catalogue) -> Iterator[Finding]:
    """LP304: two clauses, categories, defects, units, standards or questions of one table have the same name."""
    same = {"clause": catalogue.clauses, "category": catalogue.categories}.get(subject.kind, {}).get(subject.id, ())
    if subject.id and same and same[0] is not subject:
        message = f"{subject.id} is the id of {same[0].file.name} already"
        yield subject.finding(("id",), "LP304", message, "give it another id; an id is never used twice")
    listed = (("defect", catalogue.defects), ("unit", catalogue.units), ("standard", catalogue.standard_files))
    for array, known in listed:
        seen: set[str] = set()
        for path, row in subject.rows(array):
            name = row_name(row)
            first = known.get(name, (subject,))[0]
            if name and (name in seen or first is not subject):
                message = f"{name} stands in {first.file.name} already"
                yield subject.finding(path, "LP304", message, "remove one, or name it otherwise")
            seen.add(name)
    yield from _twice(subject, "question", "key")
    yield from _twice(subject, "group", "id")
    yield from _twice(subject, "minimum", "id")
    for path, group in subject.rows("group"):
        yield from _twice(subject, "question", "key", path, group)
    for path, question in subject.rows("question"):
        yield from _twice(subject, "choices", "value", path, question)


def units_are_known(subject: Subject, catalogue: Catalogue) -> Iterator[Finding]:
    """LP305: a unit is not in ``units.toml``, so nothing could be printed or judged in it."""
    if subject.kind not in ("clause", "questions"):
        return
    places: list[tuple[KeyPath, Any]] = [
        (("unit",), subject.data.get("unit")),
        (("each", "unit"), subject.data.get("each", {}).get("unit")),
    ]
    for arrays in (("question",), ("group", "question")):
        places += [((*path, "unit"), question.get("unit")) for path, question in subject.rows(*arrays)]
    for path, unit in places:
        if unit and unit not in catalogue.units:
            yield subject.finding(path, "LP305", f"unknown unit {quoted(unit)}", did_you_mean(unit, catalogue.units))


def characters_can_be_read(subject: Subject, _catalogue: Catalogue) -> Iterator[Finding]:
    """LP306: a text holds a character that no reader sees, or a word in two alphabets that look alike."""
    for path, text in strings(subject.data):
        bad = next(forbidden(text, newlines=True), None)
        if bad:
            position, name = bad
            yield subject.finding(
                path,
                "LP306",
                f"character {position + 1} is {name}: {quoted(text)}",
                "delete the text and type it again",
            )
        for word in mixed_words(text):
            yield subject.finding(
                path,
                "LP306",
                f"{quoted(word)} mixes letters of two alphabets that look alike",
                "type the word again in one alphabet",
            )


def clause_is_offered(subject: Subject, catalogue: Catalogue) -> Iterator[Finding]:
    """LP307: a clause lies in a folder that is neither a category nor a block of one, so no order could hold it."""
    if (
        subject.kind == "clause"
        and subject.folder not in catalogue.categories
        and subject.folder not in catalogue.blocks
        and subject.id not in catalogue.blocks
    ):
        known = {*catalogue.categories, *catalogue.blocks}
        yield subject.finding(
            (),
            "LP307",
            f"no category offers the clauses of the folder {quoted(subject.folder)}",
            f"name it under blocks in a category.toml, or move the file; {did_you_mean(subject.folder, known)}",
        )


def tables(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, Any]]]:
    """Yield every table that holds a text in one language or more, with its path."""
    if isinstance(value, Mapping):
        if any(isinstance(value.get(language), str) for language in LANGUAGES):
            yield path, value
        for key, inner in value.items():
            yield from tables(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from tables(inner, (*path, index))


def strings(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every text, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield (*path, key), key
            yield from strings(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from strings(inner, (*path, index))


def _phrases(data: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {(group, key) for group, table in data.items() if isinstance(table, Mapping) for key in table}


def _twice(
    subject: Subject, array: str, key: str, path: tuple[str | int, ...] = (), table: Mapping[str, Any] | None = None
) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, row in enumerate((subject.data if table is None else table).get(array, ())):
        name = str(row.get(key, ""))
        if name and name in seen:
            place = (*path, array, index, key)
            yield subject.finding(place, "LP304", f"{name} stands twice", "remove one, or name it otherwise")
        seen.add(name)
