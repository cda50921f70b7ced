"""What is checked: catalogue files one by one, and beside them everything they may name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeAlias

from lotproof.catalog.checking.shape import Misfit, misfits, without
from lotproof.catalog.compiling import SENTENCES
from lotproof.catalog.source import LISTS, SHARED, SourceFile, files, read_file
from lotproof.findings import Finding, Refused, Severity
from lotproof.messages import as_it_stands, say
from lotproof.sources import KeyPath, line_of, show_path
from lotproof.wording.sentences import Program, SentenceError, compile_sentence

Kind: TypeAlias = Literal[
    "clause", "category", "defects", "units", "standards", "questions", "tables", "reviews", "glossary", "wording"
]

LANGUAGES = ("en", "zh")
"""The languages that stand inline in every file; further ones are overlays."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Subject:
    """
    One file under check.

    Attributes:
        kind: what the file holds, by its name.
        folder: the folder it lies in: a category or a block.
        data: the file without the values that have a wrong type, so that every other check may trust the types it meets.
        misfits: where the file does not fit its schema.
        sentences: compiled, or why they cannot be: of a clause by name and language, of a language by group and phrase.
    """

    kind: Kind
    folder: str
    file: SourceFile
    data: Mapping[str, Any]
    misfits: tuple[Misfit, ...]
    sentences: Mapping[tuple[str, str], Program | SentenceError]

    @property
    def id(self) -> str:
        """The id that the file states; empty where it states none."""
        return str(self.data.get("id", ""))

    def rows(self, *arrays: str) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, Any]]]:
        """Yield path and table of each row of an array of tables; ``rows("group", "question")`` goes two deep."""
        yield from _rows((), self.data, arrays)

    def finding(
        self, path: KeyPath, code: str, message: str, hint: str, severity: Severity = Severity.REFUSE
    ) -> Finding:
        """Return a finding at ``path`` of this file, with its line."""
        key = f": {show_path(path)}" if path else ""
        where = f"{self.file.name}:{line_of(self.file.text, path)}{key}"
        return Finding(
            where=where, code=code, severity=severity, message=as_it_stands(message), hint=as_it_stands(hint)
        )


Check: TypeAlias = "Callable[[Subject, Catalogue], Iterator[Finding]]"
"""A check looks at one file and yields what is wrong with it; its docstring begins with its code."""


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Everything that stands beside a file: the shipped catalogue and the files that are checked as additions to it."""

    subjects: tuple[Subject, ...]

    @cached_property
    def clauses(self) -> Mapping[str, tuple[Subject, ...]]:
        """Clause files by id."""
        return _by_id(s for s in self.subjects if s.kind == "clause")

    @cached_property
    def categories(self) -> Mapping[str, tuple[Subject, ...]]:
        """Category files by id."""
        return _by_id(s for s in self.subjects if s.kind == "category")

    @cached_property
    def folders(self) -> frozenset[str]:
        """Folders that hold clauses."""
        return frozenset(s.folder for s in self.subjects if s.kind == "clause")

    @cached_property
    def blocks(self) -> frozenset[str]:
        """Blocks that a category names."""
        return frozenset(b for found in self.categories.values() for s in found for b in s.data.get("blocks", ()))

    @cached_property
    def defects(self) -> Mapping[str, tuple[Subject, ...]]:
        """Files that define a defect, by its id."""
        return self._named("defects", "defect")

    @cached_property
    def units(self) -> Mapping[str, tuple[Subject, ...]]:
        """Files that define a unit, by its id."""
        return self._named("units", "unit")

    @cached_property
    def tables(self) -> frozenset[str]:
        """Tables of values that follow from a size or a weight, by id."""
        return frozenset(str(row.get("id")) for s in self.subjects for _, row in s.rows("table"))

    @cached_property
    def standards(self) -> tuple[Mapping[str, Any], ...]:
        """Rows of ``standards.toml``."""
        return tuple(row for s in self.subjects if s.kind == "standards" for _, row in s.rows("standard"))

    @cached_property
    def glossary(self) -> tuple[Mapping[str, Any], ...]:
        """Rows of ``glossary.toml``."""
        return tuple(row for s in self.subjects if s.kind == "glossary" for _, row in s.rows("word"))

    @cached_property
    def answers(self) -> Mapping[str, Mapping[str, Any]]:
        """Questions that every order is asked, by ``group.key``."""
        return {
            f"{group.get('id')}.{question.get('key')}": question
            for s in self.subjects
            if s.kind == "questions"
            for _, group in s.rows("group")
            for question in group.get("question", ())
        }

    @cached_property
    def optional_groups(self) -> frozenset[str]:
        """What a condition may name to ask whether an optional group is given: ``given.tooling``."""
        rows = (group for s in self.subjects if s.kind == "questions" for _, group in s.rows("group"))
        return frozenset(f"given.{group.get('id')}" for group in rows if group.get("optional"))

    @cached_property
    def standard_files(self) -> Mapping[str, tuple[Subject, ...]]:
        """Files that list a standard, by its number and edition."""
        return self._named("standards", "standard")

    def _named(self, kind: Kind, array: str) -> Mapping[str, tuple[Subject, ...]]:
        found: dict[str, tuple[Subject, ...]] = {}
        for subject in self.subjects:
            if subject.kind == kind:
                for _, row in subject.rows(array):
                    found[row_name(row)] = (*found.get(row_name(row), ()), subject)
        return found


def row_name(row: Mapping[str, Any]) -> str:
    """Return what a defect, a unit or a standard is called: its id, or its number with its edition."""
    return str(row.get("id", "")) or ":".join(str(row[key]) for key in ("number", "edition") if key in row)


def read_subjects(folder: Path, findings: list[Finding], but: frozenset[Path] = frozenset()) -> tuple[Subject, ...]:
    """
    Read every file of a catalogue folder; a file that cannot be read or is no TOML becomes a finding and stops no other.

    Args:
        folder: of the catalogue.
        findings: takes what is found.
        but: resolved paths of files to pass over.
    """
    wanted = [path for path in files(folder) if not but or path.resolve() not in but]
    return _read([(path, str(path.relative_to(folder.parent))) for path in wanted], findings)


def read_additions(paths: Sequence[Path], findings: list[Finding]) -> tuple[Subject, ...]:
    """Read single files and whole folders, each file once, in the order given; findings as in :func:`read_subjects`."""
    found = {file.resolve(): file for path in paths for file in (files(path) if path.is_dir() else (path,))}
    return _read([(path, str(path)) for path in found.values()], findings)


def _read(places: Iterable[tuple[Path, str]], findings: list[Finding]) -> tuple[Subject, ...]:
    subjects = []
    for path, name in places:
        try:
            subjects.append(subject(read_file(path, name)))
        except Refused as refused:
            findings += refused.findings
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            findings.append(
                Finding(
                    where=name,
                    code="LP401",
                    message=say("cannot be read: {why}", why=reason),
                    hint=say("give the path of a TOML file"),
                )
            )
    return tuple(subjects)


def subject(file: SourceFile) -> Subject:
    """Take a file for what its name says it is, and prepare what the checks share."""
    kind = _kind(file.path)
    found = misfits(kind, file.data)
    data = without(file.data, [m.path for m in found if m.wrong_type])
    return Subject(
        kind=kind,
        folder=file.path.resolve().parent.name,
        file=file,
        data=data,
        misfits=found,
        sentences=_sentences(kind, data),
    )


def neighbour(file: SourceFile) -> Subject:
    """Take a file that ships, and is not looked at itself, as something that others may name."""
    folder = file.path.resolve().parent.name
    return Subject(kind=_kind(file.path), folder=folder, file=file, data=file.data, misfits=(), sentences={})


def _kind(path: Path) -> Kind:
    if path.name == "category.toml":
        return "category"
    if path.resolve().parent.name == "wording":
        return "wording"
    shared: Mapping[str, Kind] = {
        "defects.toml": "defects",
        "units.toml": "units",
        "questions.toml": "questions",
        "tables.toml": "tables",
        "reviews.toml": "reviews",
        "glossary.toml": "glossary",
        "standards.toml": "standards",
    }
    assert set(shared) == {*LISTS, *SHARED}
    return shared.get(path.name, "clause")


def _sentences(kind: Kind, data: Mapping[str, Any]) -> Mapping[tuple[str, str], Program | SentenceError]:
    groups = (
        SENTENCES
        if kind == "clause"
        else [name for name in data if isinstance(data[name], Mapping)]
        if kind == "wording"
        else ()
    )
    compiled: dict[tuple[str, str], Program | SentenceError] = {}
    for name in groups:
        for key, text in data.get(name, {}).items():
            if key != "brought_by":
                try:
                    compiled[name, key] = compile_sentence(text)
                except SentenceError as error:
                    compiled[name, key] = error
    return compiled


def _rows(
    path: tuple[str | int, ...], table: Mapping[str, Any], arrays: Sequence[str]
) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, Any]]]:
    found = table.get(arrays[0], ())
    for index, row in enumerate(found if isinstance(found, list) else ()):
        here = (*path, arrays[0], index)
        if not isinstance(row, Mapping):
            continue
        if len(arrays) == 1:
            yield here, row
        else:
            yield from _rows(here, row, arrays[1:])


def _by_id(subjects: Iterable[Subject]) -> Mapping[str, tuple[Subject, ...]]:
    found: dict[str, tuple[Subject, ...]] = {}
    for one in subjects:
        found[one.id] = (*found.get(one.id, ()), one)
    return found
