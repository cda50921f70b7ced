"""The catalogue's files on disk: which there are and what stands in them, before anything is checked or compiled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lotproof.frozen import Frozen
from lotproof.sources import parse_toml
from lotproof.translations import LANG, Translations, read_translations, translated


class SourceFile(Frozen):
    """One TOML file of the catalogue: its name for findings, its data and its text."""

    path: Path
    name: str
    data: Mapping[str, Any]
    text: str


class Source(Frozen, kw_only=True):
    """
    A catalogue folder, read.

    Attributes:
        categories: ``category.toml`` files.
        clauses: clause files, each with the folder (category or block) it lies in.
        defects, standards: files of that name; each folder may have its own.
        units, questions, tables, reviews, glossary: the shared files; None where the folder has none.
        languages: ``wording/*.toml``.
    """

    folder: Path
    categories: tuple[SourceFile, ...]
    clauses: tuple[tuple[str, SourceFile], ...]
    defects: tuple[SourceFile, ...]
    standards: tuple[SourceFile, ...]
    units: SourceFile | None
    questions: SourceFile | None
    tables: SourceFile | None
    reviews: SourceFile | None
    glossary: SourceFile | None
    languages: tuple[SourceFile, ...]


LISTS = ("defects.toml", "standards.toml")
"""Lists that any folder may hold: the defects of a category lie beside its clauses."""

SHARED = ("units.toml", "questions.toml", "tables.toml", "reviews.toml", "glossary.toml")
"""Files that stand once, at the top."""


LEXICON, RULES, AUDIT = "lexicon", "rules", "audit"
ELSEWHERE = (LEXICON, RULES, AUDIT, LANG)
"""Folders beside the catalogue that are no part of it: the vague-wording lexicon, the published rules, the data of audits, translations. Each has a reader of its own."""


def files(folder: Path) -> Iterator[Path]:
    """Yield every TOML file of a catalogue folder, in a stable order."""
    yield from sorted(
        path for path in folder.rglob("*.toml") if path.parent not in [folder / name for name in ELSEWHERE]
    )


def read_source(folder: Path) -> Source:
    """
    Read every file of a catalogue folder.

    Raises:
        Refused: a file that is not TOML.
    """
    shared: dict[str, SourceFile] = {}
    lists: dict[str, list[SourceFile]] = {name: [] for name in LISTS}
    categories, clauses, languages = [], [], []
    translations = read_translations(folder)
    for path in files(folder):
        file = read_file(path, str(path.relative_to(folder.parent)), translations)
        if path.parent == folder and path.name in SHARED:
            shared[path.stem] = file
        elif path.name in LISTS:
            lists[path.name].append(file)
        elif path.parent.name == "wording":
            languages.append(file)
        elif path.name == "category.toml":
            categories.append(file)
        else:
            clauses.append((path.parent.name, file))
    return Source(
        folder=folder,
        categories=tuple(categories),
        clauses=tuple(clauses),
        defects=tuple(lists["defects.toml"]),
        standards=tuple(lists["standards.toml"]),
        units=shared.get("units"),
        questions=shared.get("questions"),
        tables=shared.get("tables"),
        reviews=shared.get("reviews"),
        glossary=shared.get("glossary"),
        languages=tuple(languages),
    )


def read_file(path: Path, name: str, translations: Translations = MappingProxyType({})) -> SourceFile:
    """
    Read one TOML file, with its texts in further languages.

    Raises:
        Refused: it is not TOML.
    """
    data, text = parse_toml(path.read_bytes(), name)
    return SourceFile(path, name, translated(data, translations), text)
