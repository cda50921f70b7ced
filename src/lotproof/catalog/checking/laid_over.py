"""What houses say on top of the catalogue, checked as the catalogue is: shapes before anything is laid over, the rest before anything is built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from lotproof.catalog.checking import asking, places, relations, sentences
from lotproof.catalog.checking.shape import misfits
from lotproof.catalog.checking.subjects import Catalogue, Check, Subject, neighbour, subject
from lotproof.catalog.source import SHARED, SourceFile
from lotproof.findings import Finding, Refused, Severity
from lotproof.messages import as_it_stands
from lotproof.sources import line_of, show_path

if TYPE_CHECKING:
    from lotproof.catalog.overlay import Overlaid

ASKED = frozenset({"id", "tighten", "without", "defects", "minimum", "blocks"})
"""Keys by which a house asks more of a category that is there."""

_NEEDED: tuple[Check, ...] = (
    places.texts_stand_in_every_language,
    places.ids_stand_once,
    places.units_are_known,
    places.characters_can_be_read,
    relations.parents_lead_to_a_root,
    relations.blocks_and_defects_exist,
    relations.named_things_exist,
    relations.defects_have_a_border,
    sentences.sentences_are_allowed,
    sentences.sentences_name_what_is_asked,
    asking.questions_fit_the_kind,
    asking.bounds_are_in_order,
)
"""What has to hold for an order to be built; wording and style are for ``house check`` to say."""


def refuse_misfits(kind: str, file: SourceFile, data: Mapping[str, Any], *, types_alone: bool = False) -> None:
    """
    Refuse a file of a house that does not fit the schema of its kind.

    Args:
        data: of the file, with what it takes over.
        types_alone: let pass what is missing: it may be taken over.

    Raises:
        Refused: with every place (LP301).
    """
    found = [one for one in misfits(kind, unreplaced(data)) if one.wrong_type or not types_alone]
    if found:
        raise Refused(
            [
                Finding(
                    where=f"{file.name}:{line_of(file.text, one.path)}"
                    + (f": {show_path(one.path)}" if one.path else ""),
                    code="LP301",
                    message=as_it_stands(one.message),
                    hint=as_it_stands(one.hint),
                )
                for one in found[:100]
            ]
        )


def unreplaced(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a clause or a list of defects without what says that it stands in the place of another."""
    rows = data.get("defect")
    bare = {key: value for key, value in data.items() if key != "replaces"}
    if isinstance(rows, list):
        bare["defect"] = [unreplaced(row) if isinstance(row, Mapping) else row for row in rows]
    return bare


def refuse_unbuildable(over: Overlaid) -> None:
    """
    Refuse what no order could be built of.

    Raises:
        Refused: with everything, as ``house check`` says it.
    """
    catalogue = Catalogue(tuple(beside(over)))
    own = {file.path for file in over.own}
    looked = [one for one in catalogue.subjects if one.file.path in own]
    looked += [asked_of(file, over) for file in over.asked]
    findings = [
        finding
        for one in looked
        for check in _NEEDED
        for finding in check(one, catalogue)
        if finding.severity is Severity.REFUSE
    ]
    if findings:
        raise Refused(findings)


def beside(over: Overlaid) -> Iterator[Subject]:
    """Yield every file of the catalogue as it holds with the houses on top: a defect that is replaced stands once."""
    source = over.source
    own = {file.path for file in over.own}
    replaced = {row["id"] for file in over.own for row in file.data.get("defect", ())}
    shared = (getattr(source, name.removesuffix(".toml")) for name in SHARED)
    clauses = (file for _, file in source.clauses)
    for file in (*clauses, *source.categories, *source.standards, *source.languages, *filter(None, shared)):
        yield subject(file) if file.path in own else neighbour(file)
    for file in source.defects:
        if file.path in own:
            yield subject(file)
        else:
            rows = [row for row in file.data["defect"] if row["id"] not in replaced]
            yield neighbour(SourceFile(file.path, file.name, {**file.data, "defect": rows}, file.text))


def asked_of(file: SourceFile, over: Overlaid) -> Subject:
    """Return what a house asks of a category that is there as a category beneath it would be written."""
    above = next(one for one in over.source.categories if one.data["id"] == file.data["id"])
    return subject(SourceFile(file.path, file.name, as_category(file.data, above.data), file.text))


def as_category(data: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a house asks of the category ``above`` with the keys that a category of its own would have."""
    return {
        **{key: value for key, value in data.items() if key in ASKED},
        "id": f"{above['id'][:24]}_here",
        "revision": 1,
        "title": above["title"],
        "parent": above["id"],
    }
