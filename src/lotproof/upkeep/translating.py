"""Checking a further language: what is not translated yet, and what says something else than the English text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lotproof.catalog.checking.sentences import BRACES
from lotproof.catalog.source import files
from lotproof.findings import Finding, quoted
from lotproof.messages import say
from lotproof.shipped import shipped
from lotproof.sources import line_of, parse_toml, show_path
from lotproof.templates import house_folder, shipped_houses
from lotproof.translations import LANG, translation_files, translations_of

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PLACE = re.compile(r"\{[^{}]*\}")
_HOUSE = ("contract", "exhibits")


def check_language(language: str) -> Iterator[Finding]:
    """
    Yield what a further language lacks: LP327 for texts without a translation, LP328 where a translation differs, LP329 where none is used.

    Args:
        language: code of the language, the name of its files: ``es``.

    Raises:
        Refused: a file that is not TOML.
    """
    catalogue = shipped("spec_catalog")
    wording = catalogue / "wording" / f"{language}.toml"
    if not wording.is_file():
        yield Finding(
            where=f"spec_catalog/wording/{language}.toml",
            code="LP327",
            message=say("there is no such file: nothing says how a requirement is worded in this language"),
            hint=say("copy spec_catalog/wording/en.toml and translate it"),
        )
    yield from _checked(catalogue, list(files(catalogue)), language)
    for house in shipped_houses():
        folder = house_folder(house)
        parts = [path for part in _HOUSE for path in sorted((folder / part).glob("*.toml"))]
        yield from _checked(folder, [*parts, folder / "labels.toml"], language)


def _checked(folder: Path, paths: list[Path], language: str) -> Iterator[Finding]:
    given: dict[str, str] = {}
    rows = [(file, index, row) for file in translation_files(folder) for index, row in enumerate(file.rows)]
    rows = [(file, index, row) for file, index, row in rows if file.language == language]
    for _, _, row in rows:
        given[row.get("en", "")] = row.get(language, "")
    used: set[str] = set()
    for path in paths:
        if path.parent.name == "wording":
            continue
        name = str(path.relative_to(folder.parent))
        data, text = parse_toml(path.read_bytes(), name)
        lacking = []
        for at, texts in translations_of(data):
            used.add(texts["en"])
            if texts["en"] and not isinstance(texts.get(language), str) and not given.get(texts["en"]):
                lacking.append((at, texts["en"]))
        if lacking:
            at, first = lacking[0]
            yield Finding(
                where=f"{name}:{line_of(text, at)}: {show_path(at)}",
                code="LP327",
                message=say(
                    "texts without {language}: {n}, the first is {text}",
                    language=language,
                    n=len(lacking),
                    text=quoted(first),
                ),
                hint=say(
                    "add [[text]] en = ..., {language} = ... to {file}",
                    language=language,
                    file=f"{folder.name}/{LANG}/{language}.toml",
                ),
            )
    for file, index, row in rows:
        where = f"{file.name}:{line_of(file.text, ('text', index))}"
        english, other = row.get("en", ""), row.get(language, "")
        if english not in used:
            message = say("no text reads {text}", text=quoted(english))
            hint = say("it was changed or dropped: correct the English, or delete the row")
            yield Finding(where=where, code="LP329", message=message, hint=hint)
        elif (differs := _differs(english, other)) and other:
            message = say(
                "{english} and {other} differ: {differs}", english=quoted(english), other=quoted(other), differs=differs
            )
            yield Finding(where=where, code="LP328", message=message, hint=say("say and fill in the same in both"))


def _differs(english: str, other: str) -> str:
    """Say in which value or number two texts differ; empty where they do not."""
    for pattern, texts in (
        (BRACES, (english, other)),
        (_PLACE, tuple(BRACES.sub(" ", text) for text in (english, other))),
        (_NUMBER, tuple(unicodedata.normalize("NFKC", BRACES.sub(" ", text)) for text in (english, other))),
    ):
        one, two = (Counter("".join(found.split()) for found in pattern.findall(text)) for text in texts)
        if one != two:
            return ", ".join(sorted({*(one - two), *(two - one)}))
    return ""
