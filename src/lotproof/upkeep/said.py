"""What houses say under each id, as plain data that two versions can be compared by and a file can keep."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from lotproof.changes.model import Change
from lotproof.frozen import Frozen
from lotproof.questions.defaults import defaults_of
from lotproof.questions.paths import written
from lotproof.questions.toml_text import toml_text
from lotproof.sources import line_of
from lotproof.templates import PROFILES, Paragraph, Provision, Slot, Templates
from lotproof.templates.folders import PARTS, HouseFolder, files
from lotproof.templates.shapes import read_words
from lotproof.upkeep.house_diff import compare_default
from lotproof.wording.conditions import Conditions, read_conditions
from lotproof.wording.sentences import SentenceError, compile_sentence
from lotproof.wording.uncompiling import reading_of, sentence_of

Said = Mapping[str, Any]
"""
What stands under an id, by field: ``heading``, ``when``, ``profiles``, ``tables``, ``slot`` and ``paragraph`` of a provision or an exhibit, each
language of a label, ``value`` of a default. A sentence is its source; reference, source and position are left out, which no contract prints as words.
"""

LABEL, DEFAULT = "label.", "defaults."
"""Stand before the key of a label and the name of a default, so that they have an id like a clause."""

_OPTIONS = ("when", "profiles")


class Own(Frozen, kw_only=True):
    """
    What a house says itself under an id.

    Attributes:
        said: the fields that it gives; the others are taken over.
        replaces: it stands in the place of what a house beneath it says.
        where: file and line.
    """

    said: Said
    replaces: bool
    where: str


def digest_of(said: Said) -> str:
    """Return the digest of what stands under an id (SHA-256, the first 16 hexadecimal digits)."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: Any) -> str:
    """Return a number or a day as the digest has it: 2.5 and 2.50 are the same."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def said_of(house: Templates) -> dict[str, Said]:
    """Return everything that a house prints with all it stands on, by id."""
    found: dict[str, Said] = {one.id: _provision(one) for one in (*house.provisions, *house.exhibits)}
    for code, labels in sorted(house.labels.items()):
        for key, text in labels.items():
            name = LABEL + key
            found[name] = {**found.get(name, {}), code: text}
    return found


def provision_of(name: str, said: Said) -> Provision:
    """
    Return what stands under an id as a provision, to be compared with another.

    Raises:
        SentenceError: one of its sentences is outside the allowlist.
        KeyError, TypeError, AttributeError: it has not the shape of one.
    """
    return Provision(
        id=name,
        house="",
        file="",
        reference="",
        source="",
        when=read_conditions(said["when"]),
        profiles=tuple(said["profiles"]),
        heading=said["heading"],
        paragraphs=tuple(
            Paragraph(
                read_conditions(row["when"]),
                tuple(row["profiles"]),
                {code: compile_sentence(text) for code, text in row.items() if code not in _OPTIONS},
            )
            for row in said["paragraph"]
        ),
        tables=tuple(said["tables"]),
        slots=tuple(Slot(row["key"], row["kind"], row["label"], read_conditions(row["when"])) for row in said["slot"]),
        reviewed={},
    )


def own_of(house: HouseFolder, base: Mapping[str, Said]) -> dict[str, Own]:
    """
    Return what a house says in its own files, by id.

    Args:
        base: what stands beneath it, from which it takes over what it does not say.

    Raises:
        Refused: a file that is no TOML, or no provision (LP904), or leads out of the house.
    """
    found: dict[str, Own] = {}
    for part in PARTS:
        for path in files(house, part):
            name = f"{house.path.name}/{part}/{path.name}"
            data, text = read_words(path, name, "provision")
            if isinstance(data.get("id"), str):
                replaces = data.get("replaces") == data["id"]
                where = f"{name}:{line_of(text, ('replaces' if replaces else 'id',))}"
                found[data["id"]] = Own(said=_stated(data, base.get(data["id"], {})), replaces=replaces, where=where)
    return {**found, **_labels(house)}


def defaults_said(houses: Sequence[HouseFolder]) -> dict[str, Said]:
    """Return the answers that houses give where nobody else does, by id."""
    return {f"{DEFAULT}{written(one.path)}": {"value": one.value} for one in defaults_of(houses)}


def defaults_own(house: HouseFolder) -> dict[str, Own]:
    """Return the answers that a house gives itself, by id."""
    return {
        f"{DEFAULT}{written(one.path)}": Own(said={"value": one.value}, replaces=True, where=one.where)
        for one in defaults_of([house])
    }


def compare_defaults(old: Sequence[HouseFolder], new: Sequence[HouseFolder]) -> tuple[Change, ...]:
    """Return what changed between the answers that two houses give where nobody else does."""
    before, after = ({written(one.path): one.value for one in defaults_of(side)} for side in (old, new))
    names = dict.fromkeys((*after, *before))
    return tuple(change for name in names for change in compare_default(name, before.get(name), after.get(name)))


def text_of(said: Said | None, language: str) -> str:
    """Return what stands under an id as people read it in a language: the heading where it is given, and the paragraphs; or the label."""
    if said is None:
        return ""
    if "value" in said:
        return said["value"] if isinstance(said["value"], str) else toml_text(said["value"])
    if "paragraph" not in said:
        return str(said.get(language, ""))
    heading = said.get("heading", {}).get(language, "")
    texts = (_reading(row[language], language) for row in said["paragraph"] if row.get(language))
    return " ".join((*([f"{heading}:"] if heading else []), *texts))


def _reading(text: str, language: str) -> str:
    try:
        return reading_of(compile_sentence(text), language)
    except (SentenceError, TypeError):
        return str(text)


def _labels(house: HouseFolder) -> dict[str, Own]:
    path = house.path / "labels.toml"
    if not path.is_file() or path.is_symlink():
        return {}
    name = f"{house.path.name}/labels.toml"
    data, text = read_words(path, name, "labels")
    labels = data.get("label")
    return {
        LABEL + key: Own(said=dict(texts), replaces=True, where=f"{name}:{line_of(text, ('label', key))}")
        for key, texts in (labels.items() if isinstance(labels, Mapping) else ())
        if isinstance(texts, Mapping)
    }


def _provision(one: Provision) -> Said:
    return {
        "heading": dict(one.heading),
        "when": _conditions(one.when),
        "profiles": list(one.profiles),
        "tables": list(one.tables),
        "slot": [
            {"key": s.key, "kind": s.kind, "label": dict(s.label), "when": _conditions(s.when)} for s in one.slots
        ],
        "paragraph": [
            {
                "when": _conditions(row.when),
                "profiles": list(row.profiles),
                **{code: sentence_of(program) for code, program in row.sentences.items()},
            }
            for row in one.paragraphs
        ],
    }


def _stated(data: Mapping[str, Any], below: Said) -> Said:
    """Return the fields that a file gives, in the form of :func:`said_of`; paragraphs are always given: they are replaced as a whole."""
    profiles = list(data.get("profiles", below.get("profiles", PROFILES)))
    stated: dict[str, Any] = {
        "paragraph": [
            {
                "when": _conditions(read_conditions(row.get("when"))),
                "profiles": list(row.get("profiles", profiles)),
                **{code: _canonical(text) for code, text in row.items() if code not in _OPTIONS},
            }
            for row in data.get("paragraph", ())
        ]
    }
    if "slot" in data:
        stated["slot"] = [
            {
                "key": row.get("key"),
                "kind": row.get("kind", "text"),
                "label": row.get("label"),
                "when": _conditions(read_conditions(row.get("when"))),
            }
            for row in data["slot"]
        ]
    if "when" in data:
        stated["when"] = _conditions(read_conditions(data["when"]))
    return {**stated, **{key: data[key] for key in ("heading", "profiles", "tables") if key in data}}


def _canonical(text: Any) -> Any:
    """Return a sentence as :func:`sentence_of` writes it; one that is not allowed stays as it is, and is told elsewhere."""
    try:
        return sentence_of(compile_sentence(text))
    except (SentenceError, TypeError):
        return text


def _conditions(conditions: Conditions) -> dict[str, list[str]]:
    return {name: list(values) for name, values in conditions}


def path_of_lock(house: HouseFolder) -> Path:
    """Return the file in which a house keeps what it has seen of the houses beneath it."""
    return house.path / "base.lock"
