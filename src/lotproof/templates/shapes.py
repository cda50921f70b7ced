"""What the files of a house have to look like before anything is made of them: a house is written by hand, by somebody else."""

from __future__ import annotations

import itertools
import math
import re
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from lotproof.characters import forbidden, mixed_words
from lotproof.findings import Finding, did_you_mean, quoted
from lotproof.messages import Message, say
from lotproof.sources import KeyPath, line_of, show_path
from lotproof.templates import PROFILES, TABLES

MOST = 100
"""Findings of a file."""

_LANGUAGE = re.compile(r"[a-z]{2}")
LANGUAGES = ("en", "zh")
_KINDS = ("text", "number", "date")
_TEXTS = ("id", "replaces", "reference", "source")
_PROVISION = (*_TEXTS, "position", "heading", "when", "profiles", "tables", "paragraph", "slot", "kept_words")
_PARAGRAPH = ("when", "profiles", "en", "zh", "kept_words")
_REVIEW = ("provision", "language", "fingerprint", "by")
_SLOT = ("key", "kind", "label", "when", "kept_words")


def _shape_faults(data: Mapping[str, Any], text: str, name: str) -> Iterator[Finding]:
    """
    LP904: what in a provision or an exhibit has not the shape that it needs; keys that are missing are another matter.

    Args:
        text, name: of its file, for places.
    """
    for path, message, hint in _provision(data):
        where = f"{name}:{line_of(text, path)}: {show_path(path)}"
        yield Finding(where=where, code="LP904", message=message, hint=hint)


def missing_languages(data: Mapping[str, Any], text: str, name: str) -> Iterator[Finding]:
    """LP907: the paragraphs of a provision that lack English or Chinese; no contract can be printed from them."""
    for index, row in enumerate(data.get("paragraph", ())):
        missing = [code for code in LANGUAGES if code not in row]
        if missing:
            where = f"{name}:{line_of(text, ('paragraph', index))}: {data.get('id')}"
            message = say("a paragraph has no text in {languages}", languages=missing)
            yield Finding(where=where, code="LP907", message=message, hint=say("write it in both languages"))


def _label_faults(data: Mapping[str, Any], text: str, name: str) -> Iterator[Finding]:
    """LP904: what in a ``labels.toml`` is no label with its words per language."""
    for key in data.keys() - {"label", "kept_words"}:
        where = f"{name}:{line_of(text, (key,))}: {key}"
        hint = say("write [label] on a line of its own, and the labels under it")
        yield Finding(where=where, code="LP904", message=say("unknown key {key}", key=quoted(key)), hint=hint)
    labels = data.get("label", {})
    rows = labels.items() if isinstance(labels, Mapping) else [("", labels)]
    for key, texts in rows:
        if not _are_texts(texts):
            path = ("label", key) if key else ("label",)
            where = f"{name}:{line_of(text, path)}: {show_path(path)}"
            hint = say('write it per language: contract = {{ en = "Purchase contract", zh = "采购合同" }}')
            yield Finding(where=where, code="LP904", message=say("is no text per language"), hint=hint)


def review_faults(data: Mapping[str, Any], text: str, name: str) -> Iterator[Finding]:
    """LP904: what in a ``reviews.toml`` says not who confirmed which wording."""
    for index, row in _rows(data, "review"):
        if not isinstance(row, Mapping) or not all(isinstance(row.get(key), str) for key in _REVIEW) or "on" not in row:
            where = f"{name}:{line_of(text, ('review', index))}: {show_path(('review', index))}"
            hint = say("write provision, language, fingerprint, by and on under [[review]]")
            yield Finding(where=where, code="LP904", message=say("is no review"), hint=hint)


def provision_faults(data: Mapping[str, Any], text: str, name: str) -> Iterator[Finding]:
    """LP904, LP306: what in a provision or an exhibit has not the shape that it needs, or reads otherwise than it is; :data:`MOST` at most."""
    found = list(itertools.islice(_shape_faults(data, text, name), MOST))
    yield from found or itertools.islice(hidden_characters(data, name, text), MOST)


def hidden_characters(data: Any, name: str, text: str) -> Iterator[Finding]:
    """LP306: a text holds a character that no reader sees, or a word in two alphabets that look alike: it would read otherwise than it is."""
    for at, one in _strings(data):
        hint = say("delete the text and type it again")
        for position, character in forbidden(one, newlines=True):
            message = say(
                "character {position} is {name}: {text}", position=position + 1, name=character, text=quoted(one)
            )
            yield Finding(
                where=f"{name}:{line_of(text, at)}: {show_path(at)}", code="LP306", message=message, hint=hint
            )
            break
        for word in mixed_words(one):
            message = say("{word} mixes letters of two alphabets that look alike", word=quoted(word))
            yield Finding(
                where=f"{name}:{line_of(text, at)}: {show_path(at)}", code="LP306", message=message, hint=hint
            )


def _strings(data: Any) -> Iterator[tuple[KeyPath, str]]:
    """Yield every key and every text, without going down by calls."""
    waiting: deque[tuple[tuple[str | int, ...], Any]] = deque([((), data)])
    while waiting:
        at, value = waiting.popleft()
        if isinstance(value, str):
            yield at, value
        elif isinstance(value, Mapping):
            for key, inner in value.items():
                yield (*at, key), key
                waiting.append(((*at, key), inner))
        elif isinstance(value, list):
            waiting += (((*at, index), inner) for index, inner in enumerate(value))


def label_faults(data: Mapping[str, Any], text: str, name: str) -> Iterator[Finding]:
    """LP904, LP306: what in a ``labels.toml`` is no label with its words per language, or reads otherwise than it is; :data:`MOST` at most."""
    found = list(itertools.islice(_label_faults(data, text, name), MOST))
    yield from found or itertools.islice(hidden_characters(data, name, text), MOST)


_Fault = tuple[KeyPath, Message, Message]


def _provision(data: Mapping[str, Any]) -> Iterator[_Fault]:
    yield from _unknown(data, (), _PROVISION)
    for key in _TEXTS:
        if key in data and not isinstance(data[key], str):
            yield (key,), say("is no text"), say("put it between quotes")
    position = data.get("position", 0)
    if isinstance(position, bool) or not isinstance(position, int | float) or not math.isfinite(position):
        hint = say("write the place in the contract as a number: position = 61 stands after 60")
        yield ("position",), say("is no number"), hint
    if "heading" in data and not _are_both(data["heading"]):
        hint = say('write [heading] on a line of its own, and under it en = "Notices" and zh = "通知"')
        yield ("heading",), say("is no text in English and Chinese"), hint
    yield from _options(data, ())
    yield from _listed(data, ("tables",), TABLES)
    for index, row in _rows(data, "paragraph"):
        path = ("paragraph", index)
        if not isinstance(row, Mapping):
            hint = say('write [[paragraph]] on a line of its own, and under it en = "..." and zh = "..."')
            yield path, say("is no paragraph"), hint
            continue
        yield from _options(row, path)
        for key, value in row.items():
            if key not in _PARAGRAPH and not _LANGUAGE.fullmatch(key):
                yield (*path, key), say("unknown key {key}", key=quoted(key)), did_you_mean(key, _PARAGRAPH)
            elif key not in ("when", "profiles", "kept_words") and not isinstance(value, str):
                yield (*path, key), say("is no text"), say("put it between quotes")
    for index, row in _rows(data, "slot"):
        path = ("slot", index)
        if not isinstance(row, Mapping) or not isinstance(row.get("key"), str) or not _are_both(row.get("label")):
            hint = say('write key = "signed" and label = {{ en = "Signature", zh = "签字" }} under [[slot]]')
            yield path, say("is no line to fill in"), hint
            continue
        yield from _unknown(row, path, _SLOT)
        yield from _options(row, path)
        if row.get("kind", "text") not in _KINDS:
            yield (
                (*path, "kind"),
                say("unknown {value}", value=quoted(row["kind"])),
                did_you_mean(str(row["kind"]), _KINDS),
            )


def _unknown(data: Mapping[str, Any], path: KeyPath, known: tuple[str, ...]) -> Iterator[_Fault]:
    for key in data:
        if key not in known:
            yield (*path, key), say("unknown key {key}", key=quoted(key)), did_you_mean(key, known)


def _options(data: Mapping[str, Any], path: KeyPath) -> Iterator[_Fault]:
    """What a provision, a paragraph and a line to fill in are printed under."""
    when = data.get("when", {})
    if not isinstance(when, Mapping) or not all(_are_values(values) for values in when.values()):
        hint = say('write the answer and its values in a list: when = {{ "payment.route" = ["escrow"] }}')
        yield (*path, "when"), say("is no condition"), hint
    yield from _listed(data, (*path, "profiles"), PROFILES)


def _listed(data: Mapping[str, Any], path: KeyPath, known: tuple[str, ...]) -> Iterator[_Fault]:
    values = data.get(str(path[-1]), [])
    if not isinstance(values, list):
        hint = say(
            "write a list of some of {known}: {key} = {example}", known=known, key=path[-1], example=f'["{known[1]}"]'
        )
        yield path, say("is no list"), hint
        return
    for value in values:
        if value not in known:
            yield path, say("unknown {value}", value=quoted(value)), did_you_mean(str(value), known)


def _rows(data: Mapping[str, Any], key: str) -> Iterator[tuple[int, Any]]:
    rows = data.get(key, [])
    yield from enumerate(rows if isinstance(rows, list) else [None])


def _are_values(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(value, str | bool | int) for value in values)


def _are_texts(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value) and all(isinstance(text, str) for text in value.values())


def _are_both(value: Any) -> bool:
    return _are_texts(value) and value.keys() >= set(LANGUAGES)
