"""Templates: the provisions and labels of a house, compiled once and loaded as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lotproof.findings import Finding, Refused
from lotproof.frozen import frozen
from lotproof.shipped import compiled, shipped
from lotproof.sources import line_of, parse_toml
from lotproof.wording.sentences import Program, SentenceError, compile_sentence

TABLES = ("parties", "goods", "prices", "plan")
"""Tables that a provision may carry under its paragraphs."""


@frozen
class Paragraph:
    """A numbered paragraph: compiled sentences per language, printed where ``when`` holds."""

    when: tuple[str, tuple[str, ...]] | None
    sentences: Mapping[str, Program]


@frozen(kw_only=True)
class Provision:
    """
    A legal section of the contract.

    Attributes:
        id: ``contract.inspection``.
        reference: place in the list of provisions (``K17 K18``).
        when: printed only where the named answer has one of these values.
        table: one of :data:`TABLES`, or empty.
    """

    id: str
    reference: str
    when: tuple[str, tuple[str, ...]] | None
    heading: Mapping[str, str]
    paragraphs: tuple[Paragraph, ...]
    table: str


@frozen(kw_only=True)
class Templates:
    """Everything a house prints: its provisions in the order of the contract, and its labels per language."""

    id: str
    version: str
    fingerprint: str
    provisions: tuple[Provision, ...]
    labels: Mapping[str, Mapping[str, str]]


def house_folder(house: str) -> Path:
    """Return the folder of a house that ships with the program."""
    return shipped("templates") / house


def shipped_houses() -> list[str]:
    """Return the ids of the houses that ship with the program."""
    return sorted(path.parent.name for path in shipped("templates").glob("*/house.toml"))


def load_templates(house: str) -> Templates:
    """
    Load a shipped house; ``house`` is one of :func:`shipped_houses`.

    Raises:
        Refused: a file that is not TOML, or a sentence outside the allowlist (LP203).
    """
    folder = house_folder(house)
    data = compiled(f"house-{house}", lambda: compile_house(folder), folder)
    return Templates(
        id=data["id"],
        version=data["version"],
        fingerprint=data["fingerprint"],
        provisions=tuple(
            Provision(
                id=p["id"],
                reference=p["reference"],
                when=_condition(p["when"]),
                heading=p["heading"],
                paragraphs=tuple(Paragraph(_condition(s["when"]), s["sentences"]) for s in p["paragraphs"]),
                table=p["table"],
            )
            for p in data["provisions"]
        ),
        labels=data["labels"],
    )


def compile_house(folder: Path) -> dict[str, Any]:
    """
    Compile a house's folder to JSON.

    Raises:
        Refused: a file that is not TOML, or a sentence outside the allowlist (LP203).
    """
    from lotproof.shipped import fingerprint

    findings: list[Finding] = []
    house, _ = parse_toml((folder / "house.toml").read_bytes(), "house.toml")
    labels, _ = parse_toml((folder / "labels.toml").read_bytes(), "labels.toml")
    provisions = [
        compiled for path in sorted((folder / "contract").glob("*.toml")) for compiled in _provision(path, findings)
    ]
    if findings:
        raise Refused(findings)
    languages = sorted({language for texts in labels["label"].values() for language in texts})
    return {
        "id": house["id"],
        "version": house["version"],
        "fingerprint": fingerprint(str(folder)),
        "provisions": sorted(provisions, key=lambda p: p["position"]),
        "labels": {
            language: {key: texts.get(language, "") for key, texts in labels["label"].items()} for language in languages
        },
    }


def _provision(path: Path, findings: list[Finding]) -> Iterator[dict[str, Any]]:
    data, text = parse_toml(path.read_bytes(), path.name)
    paragraphs = []
    for index, paragraph in enumerate(data["paragraph"]):
        sentences: dict[str, Program] = {}
        for language, source in paragraph.items():
            if language == "when":
                continue
            try:
                sentences[language] = compile_sentence(source)
            except SentenceError as error:
                where = f"{path.name}:{line_of(text, ('paragraph', index, language))}: {data['id']}.{language}"
                findings.append(
                    Finding(
                        where=where,
                        code="LP203",
                        message=f"this sentence is not allowed: {error}",
                        hint="use {{ name }}, {% if name == 'value' %} and 'an.id' | clause",
                    )
                )
        paragraphs.append({"when": paragraph.get("when"), "sentences": sentences})
    yield {
        "id": data["id"],
        "reference": data["reference"],
        "position": data["position"],
        "when": data.get("when"),
        "heading": data["heading"],
        "paragraphs": paragraphs,
        "table": data.get("table", ""),
    }


def _condition(data: Mapping[str, list[str]] | None) -> tuple[str, tuple[str, ...]] | None:
    if not data:
        return None
    ((name, values),) = data.items()
    return name, tuple(values)
