"""
What houses say on top of the catalogue: clauses and defects of their own, and what they ask of a category.

A house's ``catalog/`` holds folders, each called after a category or a block:

- ``catalog/<folder>/<clause>.toml``, a clause as those that ship are written. One that is there already needs ``replaces``
  with its id; what it does not say is taken over.
- ``catalog/<folder>/defects.toml``, defects; one that is there already needs ``replaces`` likewise.
- ``catalog/<category>/category.toml``, for a category that is there: what the house asks of it and of all beneath it (``tighten``,
  ``without`` with a reason, ``defects``, ``minimum``, ``blocks``), after everything that the catalogue says. Of another id: a category of the house's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from lotproof.catalog.checking.inheriting import looser
from lotproof.catalog.checking.laid_over import as_category, refuse_misfits
from lotproof.catalog.compiling import compile_category, lineage, tightened
from lotproof.catalog.model import Eased
from lotproof.catalog.source import Source, SourceFile
from lotproof.findings import Finding, Refused, Severity, did_you_mean, quoted
from lotproof.frozen import Frozen, fields, replace
from lotproof.messages import say
from lotproof.sources import KeyPath, line_of

What: TypeAlias = Literal["added", "replaced", "tightened", "removed", "loosened"]


class Layer(Frozen, kw_only=True):
    """What one house says on top: the files of its ``catalog/``, each named as findings show it."""

    house: str
    files: tuple[SourceFile, ...]


class Change(Frozen, kw_only=True):
    """
    What a house changes of the catalogue.

    Attributes:
        id: of a clause, a defect or an entry of a minimum specification.
        where: file and line in the house.
        why: of what was loosened: in which way.
        of: the category that something was left out of.
    """

    what: What
    id: str
    house: str
    where: str
    why: str = ""
    of: str = ""


class Overlaid(Frozen, kw_only=True):
    """
    The catalogue with the houses on top.

    Attributes:
        source: clauses, defects and categories as they hold now.
        asked: the files in which houses ask something of a category that is there.
        beneath: what comes after everything that the catalogue says, the lowest house first: each with the category that it is asked of,
            or none, and as a further category of a line would say it.
        own: the files of the houses in ``source``.
    """

    source: Source
    asked: tuple[SourceFile, ...]
    beneath: tuple[tuple[str, Mapping[str, Any]], ...]
    own: tuple[SourceFile, ...]
    changes: tuple[Change, ...]


def overlaid(source: Source, layers: Sequence[Layer]) -> Overlaid:
    """
    Lay what houses say over the catalogue.

    Raises:
        Refused: a file does not fit its schema (LP301); something is redefined unsaid, or replaces what is not there (LP903).
    """
    findings: list[Finding] = []
    asked: list[SourceFile] = []
    beneath: list[tuple[str, Mapping[str, Any]]] = []
    own: list[SourceFile] = []
    changes: list[Change] = []
    for layer in layers:
        for file in layer.files:
            try:
                if file.path.name == "category.toml":
                    above = next((one for one in source.categories if one.data["id"] == file.data.get("id")), None)
                    if above is not None:
                        refuse_misfits("category", file, as_category(file.data, above.data))
                        asked.append(file)
                        changes += _asked(source, beneath, layer, file)
                        beneath.append((file.data["id"], file.data))
                        continue
                    refuse_misfits("category", file, file.data)
                    source = replace(source, categories=(*source.categories, file))
                    made = file
                elif file.path.name == "defects.toml":
                    made, found = _defects(source, layer, file)
                    source, changes = replace(source, defects=(*source.defects, made)), [*changes, *found]
                else:
                    made, found = _clause(source, beneath, layer, file)
                    others = tuple(one for one in source.clauses if one[1].data["id"] != made.data.get("id"))
                    source = replace(source, clauses=(*others, (file.path.parent.name, made)))
                    beneath.append(("", _stated(file)))
                    changes += found
                own.append(made)
            except Refused as refused:
                findings += refused.findings
    if findings:
        raise Refused(findings)
    return Overlaid(source=source, asked=tuple(asked), beneath=tuple(beneath), own=tuple(own), changes=tuple(changes))


def compile_overlaid(over: Overlaid, category: str) -> dict[str, Any]:
    """
    Return one category as :func:`lotproof.catalog.compiling.compile_category` does, with what the houses ask of it.

    Raises:
        SentenceError, KeyError: what ``house check`` would have refused.
    """
    line = lineage(over.source, category)
    compiled = compile_category(over.source, category, [data for of, data in over.beneath if of in ("", *line)])
    held = {row["id"] for what in ("clauses", "defects") for row in compiled[what]}
    changes = [one for one in over.changes if (one.of in line if one.what == "removed" else one.id in held)]
    eased = [{name: getattr(one, name) for name in fields(Eased)} for one in eased_by(changes)]
    return {**compiled, "eased": eased} if eased else compiled


def eased_by(changes: Iterable[Change]) -> Iterator[Eased]:
    """Yield what is asked less of, or not at all any more."""
    for one in changes:
        if one.what in ("loosened", "removed"):
            yield Eased(id=one.id, house=one.house, where=one.where, why=one.why)


def _stated(file: SourceFile) -> dict[str, Any]:
    """Return what a house says of a clause itself as it would ask it of a category: it decides, whatever categories and houses beneath it have tightened."""
    row = {key: file.data[key] for key in ("defect_class", "sample") if key in file.data}
    questions = {question["key"]: question for question in file.data.get("question", ())}
    return {"id": "", "tighten": [{"clause": file.data.get("id"), **row, "question": questions}]}


def _place(file: SourceFile, path: KeyPath) -> str:
    return f"{file.name}:{line_of(file.text, path)}"


def _laid_over(
    file: SourceFile, path: KeyPath, data: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, Any], Mapping[str, Any] | None]:
    """
    LP903: return a clause or a defect with what it takes over, and what it replaces.

    Raises:
        Refused: it is there already and that is not said; it replaces what is not there.
    """
    own = dict(data)
    replaces, id_ = own.pop("replaces", None), str(data.get("id", ""))
    before = known.get(id_)
    if before is not None and replaces != id_:
        where = _place(file, (*path, "replaces" if replaces is not None else "id"))
        hint = say('write replaces = "{id}" if that is meant, or another id', id=id_)
        message = say("{id} is defined by {house} already", id=quoted(id_), house=say("the catalogue"))
        raise Refused([_finding("LP903", where, message, hint)])
    if before is None and replaces is not None:
        message = say("replaces {id}, which no house beneath it has", id=quoted(replaces))
        raise Refused(
            [_finding("LP903", _place(file, (*path, "replaces")), message, did_you_mean(str(replaces), known))]
        )
    return {**(before or {}), **own}, before


_Beneath: TypeAlias = Sequence[tuple[str, Mapping[str, Any]]]


def _asked_so_far(clause: Mapping[str, Any], beneath: _Beneath) -> Mapping[str, Any]:
    """Return a clause with everything that the houses beneath ask of it, of whichever category."""
    return tightened(clause, [data for _, data in beneath])


def _clause(source: Source, beneath: _Beneath, layer: Layer, file: SourceFile) -> tuple[SourceFile, list[Change]]:
    known = {one.data["id"]: one.data for _, one in source.clauses}
    data, before = _laid_over(file, (), file.data, known)
    refuse_misfits("clause", file, data)
    made = SourceFile(file.path, file.name, data, file.text)
    stood = None if before is None else _asked_so_far(before, beneath)
    return made, list(_changed(layer, file, (), stood, data))


def _defects(source: Source, layer: Layer, file: SourceFile) -> tuple[SourceFile, list[Change]]:
    known = {row["id"]: row for one in source.defects for row in one.data["defect"]}
    refuse_misfits("defects", file, file.data, types_alone=True)
    rows, changes, findings = [], list[Change](), list[Finding]()
    for at, row in enumerate(file.data.get("defect", ())):
        try:
            data, before = _laid_over(file, ("defect", at), row, known)
        except Refused as refused:
            findings += refused.findings
            continue
        rows.append(data)
        lighter = {"defect_class": before["class"]} if before else None
        changes += _changed(layer, file, ("defect", at), lighter, {"id": data["id"], "defect_class": data.get("class")})
    if findings:
        raise Refused(findings)
    made = {**file.data, "defect": rows}
    refuse_misfits("defects", file, made)
    return SourceFile(file.path, file.name, made, file.text), changes


def _changed(
    layer: Layer, file: SourceFile, path: KeyPath, before: Mapping[str, Any] | None, data: Mapping[str, Any]
) -> Iterator[Change]:
    """Yield that something is new or replaced, and by what it asks less than before."""
    where, id_ = _place(file, (*path, "id")), str(data.get("id", ""))
    yield Change(what="replaced" if before is not None else "added", id=id_, house=layer.house, where=where)
    if before is None:
        return
    asked = {q["key"]: q for q in before.get("question", ())}
    row = {key: data[key] for key in ("defect_class", "sample") if key in data and data[key] != before.get(key)}
    row["question"] = {q["key"]: q for q in data.get("question", ()) if q.get("key") in asked}
    open_ended = [
        f"{bound} {asked[key][bound]} is left out"
        for key, question in row["question"].items()
        for bound in ("min", "max")
        if bound in asked[key] and bound not in question
    ]
    for why in (*(why for _, why in looser(before, row)), *open_ended):
        yield Change(what="loosened", id=id_, house=layer.house, where=where, why=why)


def _asked(source: Source, beneath: _Beneath, layer: Layer, file: SourceFile) -> Iterator[Change]:
    """Yield what a house asks of a category that is there; a key that says something else is refused by the schema."""
    clauses = {one.data["id"]: one.data for _, one in source.clauses}
    for at, row in enumerate(file.data.get("tighten", ())):
        where, id_ = _place(file, ("tighten", at)), str(row.get("clause", ""))
        found = list(looser(_asked_so_far(clauses.get(id_, {}), beneath), row)) if id_ in clauses else []
        for _, why in found:
            yield Change(what="loosened", id=id_, house=layer.house, where=where, why=why)
        if not found:
            yield Change(what="tightened", id=id_, house=layer.house, where=where)
    for at, row in enumerate(file.data.get("without", ())):
        for key in ("clauses", "defects", "minimum"):
            for id_ in row.get(key, ()):
                where = _place(file, ("without", at))
                yield Change(what="removed", id=str(id_), house=layer.house, where=where, of=str(file.data["id"]))
    known = {row["id"] for one in source.defects for row in one.data["defect"]}
    for id_ in file.data.get("defects", ()):
        if id_ in known:  # one of the house's own is named where it is defined
            where = _place(file, ("defects",))
            yield Change(what="added", id=str(id_), house=layer.house, where=where)


def _finding(code: str, where: str, message: Any, hint: Any) -> Finding:
    return Finding(where=where, code=code, severity=Severity.REFUSE, message=message, hint=hint)
