"""
Further languages of the printed texts, laid over the files that hold English and Chinese side by side.

A folder of texts may have a folder ``lang/`` with files like this one; how requirements are said stands in ``wording/<code>.toml``::

    language = "es"

    [[text]]
    en = "Order contract"
    es = "Contrato de pedido"

The English text is the key: where it changes, its translation is missing again and never out of date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from lotproof.frozen import Frozen
from lotproof.sources import parse_toml

LANG = "lang"
"""The folder of the translations, beside the files that they are laid over."""

Translations: TypeAlias = Mapping[str, Mapping[str, str]]
"""By language, then by the English text."""


class TranslationFile(Frozen, kw_only=True):
    """One file of translations; each row of ``[[text]]`` has its number in the file."""

    name: str
    language: str
    rows: tuple[Mapping[str, str], ...]
    text: str


def translation_files(folder: Path) -> Iterator[TranslationFile]:
    """
    Yield the files of translations of a folder of texts, in a stable order.

    Raises:
        Refused: a file that is not TOML.
    """
    for path in sorted((folder / LANG).glob("*.toml")):
        name = str(path.relative_to(folder.parent))
        data, text = parse_toml(path.read_bytes(), name)
        rows = data.get("text", ())
        yield TranslationFile(
            name=name,
            language=str(data.get("language", path.stem)),
            rows=tuple(row for row in (rows if isinstance(rows, list) else ()) if isinstance(row, Mapping)),
            text=text,
        )


def read_translations(folder: Path) -> Translations:
    """
    Return the translations of a folder of texts; none where it has no ``lang/``.

    Raises:
        Refused: a file that is not TOML.
    """
    found: dict[str, dict[str, str]] = {}
    for file in translation_files(folder):
        texts = found.setdefault(file.language, {})
        for row in file.rows:
            if isinstance(row.get("en"), str) and isinstance(row.get(file.language), str):
                texts[row["en"]] = row[file.language]
    return found


def translated(data: Any, translations: Translations) -> Any:
    """Return data with every text that has an English form in the further languages as well; what stands there already stays."""
    if not translations:
        return data
    if isinstance(data, Mapping):
        here = {key: translated(value, translations) for key, value in data.items()}
        english = here.get("en")
        if isinstance(english, str):
            more = {code: texts[english] for code, texts in translations.items() if english in texts}
            return {**more, **here}
        return here
    if isinstance(data, list | tuple):
        return [translated(value, translations) for value in data]
    return data


def translations_of(
    data: Any, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, Any]]]:
    """Yield every table of languages, those with an English text, with its place."""
    if isinstance(data, Mapping):
        if isinstance(data.get("en"), str):
            yield path, data
        for key, value in data.items():
            yield from translations_of(value, (*path, key))
    elif isinstance(data, list | tuple):
        for index, value in enumerate(data):
            yield from translations_of(value, (*path, index))
