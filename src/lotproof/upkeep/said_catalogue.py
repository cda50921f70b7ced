"""What houses say on top of the catalogue, as plain data by id, and what changed in it: clauses, defects, what is asked of a category."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from lotproof.catalog.checking.laid_over import refuse_misfits
from lotproof.catalog.source import SourceFile
from lotproof.changes.model import Change, Kind, Texts
from lotproof.changes.saying import NOTHING
from lotproof.houses import has_catalogue, overlay_of
from lotproof.questions.toml_text import toml_text
from lotproof.sources import line_of, parse_toml
from lotproof.templates.folders import HouseFolder, catalogue_files
from lotproof.upkeep.house_diff import LANGUAGES, change_of, sentence_changes
from lotproof.upkeep.said import Own, Said
from lotproof.wording.sentences import Program, SentenceError, compile_sentence

DEFECT, CATEGORY = "defect.", "category."
"""Stand before the id of a defect and of a category; that of a clause is its own."""

_UNSAID = frozenset({"id", "replaces", "revision", "source", "confidence", "example", "kept_words"})
"""Keys that no contract or checklist prints."""

_SPOKEN = ("title", "wording", "action", "name")
"""Keys that hold sentences."""

_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "kind": Kind.REQUIREMENT,
        "unit": Kind.REQUIREMENT,
        "fixed": Kind.LIMIT,
        "statistic": Kind.STATISTIC,
        "method": Kind.METHOD,
        "standards": Kind.STANDARD,
        "instrument": Kind.INSTRUMENT,
        "sample": Kind.SAMPLE,
        "defect_class": Kind.CLASS,
        "class": Kind.CLASS,
        "border": Kind.BORDER,
        "evidence": Kind.EVIDENCE,
        "question": Kind.CONDITION,
    }
)
"""What a change of each key is about; of another one, how it is checked."""


def catalogue_said(houses: tuple[HouseFolder, ...], also: Collection[str] = ()) -> dict[str, Said]:
    """
    Return what holds with some houses on top of the catalogue, by id: of everything that they touch.

    Args:
        also: ids of which it is wanted too, as the catalogue has it.

    Raises:
        Refused: a file is no TOML or lies elsewhere (LP101, LP902), or something is redefined unsaid (LP903).
    """
    if not has_catalogue(houses) and not also:
        return {}
    over = overlay_of(houses)
    touched = {*also, *(name for file in over.own for name, _ in _named(file))}
    clauses = {str(file.data["id"]): _printed(file.data) for _, file in over.source.clauses}
    defects = {DEFECT + row["id"]: _printed(row) for file in over.source.defects for row in file.data["defect"]}
    categories = {CATEGORY + str(file.data["id"]): _printed(file.data) for file in over.own if _is_category(file)}
    found = {name: said for name, said in {**clauses, **defects, **categories}.items() if name in touched}
    for file in over.asked:
        name = CATEGORY + str(file.data["id"])
        found[name] = {"asked": [*found.get(name, {}).get("asked", ()), _printed(file.data)]}
    return found


def catalogue_own(house: HouseFolder) -> dict[str, Own]:
    """
    Return the clauses and defects of a house's own files, by id; what it asks of a category stands beside what others ask, and against nothing.

    Raises:
        Refused: a file is no TOML, or lies elsewhere (LP101, LP902), or holds values of another kind (LP301).
    """
    found: dict[str, Own] = {}
    for path in catalogue_files(house):
        name = f"{house.path.name}/{path.relative_to(house.path).as_posix()}"
        data, text = parse_toml(path.read_bytes(), name)
        file = SourceFile(path, name, data, text)
        if not _is_category(file):
            kind = "defects" if path.name == "defects.toml" else "clause"
            refuse_misfits(kind, file, data, types_alone=True)
        for id_, (row, at) in _named(file):
            if not _is_category(file):
                replaces = row.get("replaces") == row.get("id")
                found[id_] = Own(said=_printed(row), replaces=replaces, where=f"{name}:{line_of(text, at)}")
    return found


def compare_said(name: str, old: Said | None, new: Said | None) -> tuple[Change, ...]:
    """Return what changed in a clause, a defect or what is asked of a category; one that a side does not have is whole."""
    either = new or old or {}
    title = _each(either.get("title") or either.get("name") or {}) or dict.fromkeys(LANGUAGES, name)
    if old is None or new is None:
        kind = Kind.PROVISION_ADDED if old is None else Kind.PROVISION_REMOVED
        shown = (NOTHING if side is None else dict.fromkeys(LANGUAGES, shown_said(side)) for side in (old, new))
        return (change_of(kind, name, title, *shown),)
    keys = [key for key in dict.fromkeys((*new, *old)) if old.get(key) != new.get(key)]
    return tuple(change for key in keys for change in _key(name, title, key, old.get(key), new.get(key)))


def compare_catalogues(old: tuple[HouseFolder, ...], new: tuple[HouseFolder, ...]) -> tuple[Change, ...]:
    """
    Return what changed between what two houses say on top of the catalogue.

    Raises:
        Refused: as :func:`catalogue_said`.
    """
    if not has_catalogue((*old, *new)):
        return ()
    touched = {*catalogue_said(old), *catalogue_said(new)}
    before, after = (catalogue_said(side, touched) for side in (old, new))
    names = (name for name in sorted(touched) if before.get(name) != after.get(name))
    return tuple(change for name in names for change in compare_said(name, before.get(name), after.get(name)))


def shown_said(said: Said, language: str = "") -> str:
    """Return what stands under an id on one line; texts in one language alone where one is given."""
    return "; ".join(f"{key} = {_shown(value, language)}" for key, value in said.items())


def _key(where: str, title: Texts, key: str, old: Any, new: Any) -> Iterator[Change]:
    named = {code: f"{text}: {key}" for code, text in title.items()}
    if key in _SPOKEN and isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from sentence_changes(where, named, _programs(old), _programs(new))
        return
    sides: list[Texts] = [
        NOTHING if side is None else {code: _shown(side, code) for code in LANGUAGES} for side in (old, new)
    ]
    yield change_of(_KINDS.get(key, Kind.CHECK), where, named, sides[0], sides[1])


def _shown(value: Any, language: str) -> str:
    if language and isinstance(value, Mapping) and language in value:
        rest = {key: inner for key, inner in value.items() if key not in LANGUAGES}
        return str(value[language]) + (f" {toml_text(rest)}" if rest else "")
    return " ".join(toml_text(value).split())


def _programs(texts: Mapping[str, Any]) -> dict[str, Program]:
    return {code: _compiled(str(texts[code])) for code in LANGUAGES if code in texts}


def _compiled(text: str) -> Program:
    try:
        return compile_sentence(text)
    except SentenceError:
        return [text]


def _each(texts: Mapping[str, Any]) -> Texts:
    return {code: str(texts[code]) for code in LANGUAGES if code in texts} if len(texts) > 1 else {}


def _named(file: SourceFile) -> Iterator[tuple[str, tuple[Mapping[str, Any], tuple[str | int, ...]]]]:
    """Yield id, data and place of everything in a file."""
    if file.path.name == "defects.toml":
        for at, row in enumerate(file.data.get("defect", ())):
            yield DEFECT + str(row.get("id")), (row, ("defect", at))
    else:
        prefix = CATEGORY if _is_category(file) else ""
        yield prefix + str(file.data.get("id")), (file.data, ("id",))


def _is_category(file: SourceFile) -> bool:
    return file.path.name == "category.toml"


def _printed(data: Mapping[str, Any]) -> Said:
    return {key: value for key, value in data.items() if key not in _UNSAID}
