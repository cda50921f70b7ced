"""From the files of a house to the compiled JSON that a build reads: sentences compiled, review stamps compared with the text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.frozen import Frozen
from lotproof.messages import as_it_stands, say
from lotproof.sources import line_of
from lotproof.templates import PROFILES
from lotproof.templates.folders import PARTS, HouseFolder, files
from lotproof.templates.shapes import missing_languages, read_words
from lotproof.translations import Translations, read_translations, translated
from lotproof.wording.sentences import Program, SentenceError, compile_sentence

_OPTIONS = ("when", "profiles")
"""The keys of a paragraph that are no language."""


def compile_house(houses: Sequence[HouseFolder]) -> dict[str, Any]:
    """
    Compile houses that stand on each other to JSON: ``labels.toml``, ``contract/``, ``exhibits/`` and ``reviews.toml`` of each.

    Args:
        houses: the one that ships first, see :func:`lotproof.templates.folders.stack`.

    Raises:
        Refused: with everything that is wrong: a file that is not TOML, a sentence outside the allowlist (LP203), what a house redefines without saying
            so, or removes and nobody has (LP903), a provision that lacks a key or has one of another kind (LP904), hidden characters (LP306).
    """
    from lotproof.shipped import fingerprint

    findings: list[Finding] = []
    labels: dict[str, dict[str, str]] = {}
    reviews: list[Mapping[str, Any]] = []
    sources: dict[str, dict[str, Source]] = {part: {} for part in PARTS}
    gone: list[dict[str, Any]] = []
    for house in houses:
        translations = read_translations(house.path)
        _merge_labels(labels, house, translations, findings)
        for part in PARTS:
            merge(sources[part], house, part, translations, findings)
        for removed in house.removes:
            there = [found.pop(removed.id) for found in sources.values() if removed.id in found]
            for source in there:
                core = "when" not in source.data
                gone.append({"id": removed.id, "house": house.id, "core": core, "reason": dict(removed.reason)})
            if not there:
                known = [known for found in sources.values() for known in found]
                message = say("removes {id}, which no house beneath it has", id=quoted(removed.id))
                findings.append(
                    Finding(
                        where=f"{house.path.name}/house.toml: removes",
                        code="LP903",
                        message=message,
                        hint=did_you_mean(removed.id, known),
                    )
                )
        reviews += _reviews(house, findings)
    languages = sorted({language for texts in labels.values() for language in texts})
    parts = {
        part: sorted(
            (_provision(source, languages, reviews, findings) for source in found.values()), key=lambda p: p["position"]
        )
        for part, found in sources.items()
    }
    if findings:
        raise Refused(findings)
    written = [source.data for found in sources.values() for source in found.values()]
    top = houses[-1]
    return {
        "id": top.id,
        "version": top.version,
        "houses": [[house.id, house.version] for house in houses],
        "removed": gone,
        "fingerprint": fingerprint(*(str(house.path) for house in houses), compilers=False),
        **parts,
        "labels": {language: {key: texts.get(language, "") for key, texts in labels.items()} for language in languages},
        "wording": {language: wording_fingerprint(written, language) for language in languages},
    }


class Source(Frozen, kw_only=True):
    """
    A provision as a house has written it.

    Attributes:
        data: with what it takes over from the provision that it replaces.
        text, name: of its file, for places.
        file: the same from the folder of the house on.
        house: id of the house that has written it.
    """

    data: Mapping[str, Any]
    text: str
    name: str
    file: str
    house: str


def merge(
    found: dict[str, Source], house: HouseFolder, part: str, translations: Translations, findings: list[Finding]
) -> None:
    """LP903, LP904: lay the provisions of a house over those beneath it."""
    for path in files(house, part):
        name = path.name if not house.base else f"{house.path.name}/{part}/{path.name}"
        try:
            data, text = read_words(path, name, "provision")
        except Refused as refused:
            findings += refused.findings
            continue
        findings += missing_languages(data, text, name) if house.base else ()
        own = translated(data, translations)
        id_, replaces = own.get("id"), own.pop("replaces", None) if isinstance(own, dict) else None
        before = found.get(str(id_))
        if before is not None and replaces != id_:
            hint = say('write replaces = "{id}" if that is meant, or another id', id=str(id_))
            findings.append(
                Finding(
                    where=f"{name}:{line_of(text, ('replaces' if replaces else 'id',))}",
                    code="LP903",
                    message=say("{id} is defined by {house} already", id=quoted(id_), house=before.house),
                    hint=hint,
                )
            )
        elif before is None and replaces is not None:
            message = say("replaces {id}, which no house beneath it has", id=quoted(replaces))
            findings.append(
                Finding(
                    where=f"{name}:{line_of(text, ('replaces',))}",
                    code="LP903",
                    message=message,
                    hint=did_you_mean(str(replaces), found),
                )
            )
            continue
        if before is not None:
            own = {**{key: before.data[key] for key in _TAKEN if key in before.data}, **own}
        missing = [key for key in _NEEDED if key not in own]
        if missing:
            hint = say("write them as the provisions of the standard house do: templates/standard/contract/")
            findings.append(
                Finding(where=f"{name}:1", code="LP904", message=say("lacks {keys}", keys=missing), hint=hint)
            )
            continue
        found[own["id"]] = Source(
            data=own, text=text, name=name, file=f"{house.path.name}/{part}/{path.name}", house=house.id
        )


_NEEDED = ("id", "reference", "source", "position", "heading")
_TAKEN = ("reference", "source", "position", "heading", "when", "profiles", "tables", "slot")
"""What a provision takes over from the one that it replaces, where it does not say otherwise."""


def _merge_labels(
    labels: dict[str, dict[str, str]], house: HouseFolder, translations: Translations, findings: list[Finding]
) -> None:
    """LP903: lay the labels of a house over those beneath it; a label that nobody prints is a mistake."""
    path = house.path / "labels.toml"
    if not path.is_file():
        return
    name = f"{house.path.name}/labels.toml" if house.base else "labels.toml"
    try:
        data, text = read_words(path, name, "labels")
    except Refused as refused:
        findings += refused.findings
        return
    for key, texts in translated(data, translations).get("label", {}).items():
        if house.base and key not in labels:
            where = f"{name}:{line_of(text, ('label', key))}: label.{key}"
            findings.append(
                Finding(
                    where=where,
                    code="LP903",
                    message=say("{key} is a label that nothing prints", key=quoted(key)),
                    hint=did_you_mean(key, labels),
                )
            )
            continue
        labels[key] = {**labels.get(key, {}), **texts}


def _reviews(house: HouseFolder, findings: list[Finding]) -> list[Mapping[str, Any]]:
    """LP904: read who has confirmed which wording of a house."""
    path = house.path / "reviews.toml"
    if not path.is_file():
        return []
    name = f"{house.path.name}/reviews.toml" if house.base else "reviews.toml"
    try:
        return list(read_words(path, name, "reviews")[0].get("review", ()))
    except Refused as refused:
        findings += refused.findings
        return []


def wording_fingerprint(provisions: Iterable[Mapping[str, Any]], language: str) -> str:
    """Return the fingerprint of some provisions in one language: SHA-256, the first 16 hex digits."""
    texts = [
        [data["id"], data["heading"].get(language), [p.get(language) for p in data.get("paragraph", ())]]
        for data in sorted(provisions, key=lambda data: str(data["id"]))
    ]
    return hashlib.sha256(json.dumps(texts, ensure_ascii=False).encode()).hexdigest()[:16]


def _provision(
    written: Source, languages: Iterable[str], reviews: Iterable[Mapping[str, Any]], findings: list[Finding]
) -> dict[str, Any]:
    data, text, name = written.data, written.text, written.name
    profiles = data.get("profiles", PROFILES)
    paragraphs = []
    for index, paragraph in enumerate(data.get("paragraph", ())):
        sentences: dict[str, Program] = {}
        for language, source in paragraph.items():
            if language in _OPTIONS:
                continue
            try:
                sentences[language] = compile_sentence(source)
            except SentenceError as error:
                where = f"{name}:{line_of(text, ('paragraph', index, language))}: {data['id']}.{language}"
                findings.append(
                    Finding(
                        where=where,
                        code="LP203",
                        message=as_it_stands(f"this sentence is not allowed: {error}"),
                        hint=as_it_stands("use {{ name }}, {% if name == 'value' %} and 'an.id' | clause"),
                    )
                )
        paragraphs.append(
            {
                "when": paragraph.get("when", {}),
                "profiles": paragraph.get("profiles", profiles),
                "sentences": sentences,
            }
        )
    now = {language: wording_fingerprint([data], language) for language in languages}
    return {
        "id": data["id"],
        "house": written.house,
        "file": written.file,
        "reference": data["reference"],
        "source": data["source"],
        "position": data["position"],
        "when": data.get("when", {}),
        "profiles": profiles,
        "heading": data["heading"],
        "paragraphs": paragraphs,
        "tables": data.get("tables", []),
        "slots": [{"when": {}, "kind": "text", **slot} for slot in data.get("slot", ())],
        "reviewed": {
            row["language"]: f"{row['by']}, {row['on']}"
            for row in reviews
            if row["provision"] == data["id"] and row["fingerprint"] == now.get(row["language"])
        },
    }
