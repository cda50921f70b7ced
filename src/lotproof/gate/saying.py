"""The sentences of the gate, ``templates/standard/gate.toml``: a key and values become a text in one language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from lotproof.gate.model import Saying, Worded
from lotproof.shipped import shipped
from lotproof.sources import parse_toml


@cache
def _file() -> Mapping[str, Any]:
    data, _ = parse_toml((shipped("templates") / "standard" / "gate.toml").read_bytes(), "gate.toml")
    return data


def label(key: str) -> Mapping[str, str]:
    """Return a fixed word or heading, per language."""
    texts: Mapping[str, str] = _file()["label"][key]
    return texts


def labels(language: str) -> Mapping[str, str]:
    """Return every fixed word in one language."""
    return {key: texts[language] for key, texts in _file()["label"].items()}


def chosen(value: str) -> Mapping[str, str] | str:
    """Return the words of a choice of the answers, per language; a value that is none as it stands."""
    texts: Mapping[str, str] | str = _file()["choice"].get(value, value)
    return texts


def said(saying: Saying, language: str) -> str:
    """Return a sentence in one language, its values filled in."""
    sentence: str = _file()["sentence"][saying.key][language]
    values = {name: worded(value, language) for name, value in saying.values.items()}
    return sentence.format_map(values)


def worded(value: Worded, language: str) -> str:
    """Return a value in one language; a text that stands in other languages alone in the first of those."""
    if isinstance(value, str):
        return value
    return value.get(language) or next(iter(value.values()), "")
