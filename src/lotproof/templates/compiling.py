"""From the files of a house to the compiled JSON that a build reads: sentences compiled, review stamps compared with the text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from lotproof.findings import Finding, Refused
from lotproof.messages import as_it_stands
from lotproof.sources import line_of, parse_toml
from lotproof.templates import PROFILES
from lotproof.translations import read_translations, translated
from lotproof.wording.sentences import Program, SentenceError, compile_sentence

_OPTIONS = ("when", "profiles")
"""The keys of a paragraph that are no language."""


def compile_house(folder: Path) -> dict[str, Any]:
    """
    Compile a house's folder to JSON: ``house.toml``, ``labels.toml``, ``contract/``, ``exhibits/`` and ``reviews.toml``.

    Raises:
        Refused: a file that is not TOML, or a sentence outside the allowlist (LP203).
    """
    from lotproof.shipped import fingerprint

    findings: list[Finding] = []
    house, _ = parse_toml((folder / "house.toml").read_bytes(), "house.toml")
    translations = read_translations(folder)
    labels = translated(parse_toml((folder / "labels.toml").read_bytes(), "labels.toml")[0], translations)
    reviews: dict[str, Any] = {}
    if (folder / "reviews.toml").is_file():
        reviews, _ = parse_toml((folder / "reviews.toml").read_bytes(), "reviews.toml")
    languages = sorted({language for texts in labels["label"].values() for language in texts})
    sources = {
        part: [
            (translated(data, translations), text, path.name)
            for path in sorted((folder / part).glob("*.toml"))
            for data, text in (parse_toml(path.read_bytes(), path.name),)
        ]
        for part in ("contract", "exhibits")
    }
    parts = {
        part: sorted(
            (_provision(*source, languages, reviews.get("review", ()), findings) for source in found),
            key=lambda p: p["position"],
        )
        for part, found in sources.items()
    }
    if findings:
        raise Refused(findings)
    written = [data for found in sources.values() for data, *_ in found]
    return {
        "id": house["id"],
        "version": house["version"],
        "fingerprint": fingerprint(str(folder)),
        **parts,
        "labels": {
            language: {key: texts.get(language, "") for key, texts in labels["label"].items()} for language in languages
        },
        "wording": {language: wording_fingerprint(written, language) for language in languages},
    }


def wording_fingerprint(provisions: Iterable[Mapping[str, Any]], language: str) -> str:
    """Return the fingerprint of some provisions in one language: SHA-256, the first 16 hex digits."""
    texts = [
        [data["id"], data["heading"].get(language), [p.get(language) for p in data.get("paragraph", ())]]
        for data in sorted(provisions, key=lambda data: str(data["id"]))
    ]
    return hashlib.sha256(json.dumps(texts, ensure_ascii=False).encode()).hexdigest()[:16]


def _provision(
    data: Mapping[str, Any],
    text: str,
    name: str,
    languages: Iterable[str],
    reviews: Iterable[Mapping[str, Any]],
    findings: list[Finding],
) -> dict[str, Any]:
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
