"""The shape of what a house has written: every value is of its kind and every character can be seen, before anything else looks at it."""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, TypeAlias

from lotproof.characters import forbidden, mixed_words
from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.messages import Message, say
from lotproof.sources import KeyPath, line_of, parse_toml, show_path
from lotproof.templates import PROFILES, TABLES

Kind: TypeAlias = Literal["provision", "labels", "reviews"]

LANGUAGES = ("en", "zh")

SLOTS = ("text", "number", "date")
"""Kinds of a line to fill in."""

MOST = 100
"""Findings of a file: who has that many mends some and looks again, and a file made to fail everywhere takes no longer than others."""

LONGEST = 4_000
"""Characters of a heading, a label or another text that is no sentence."""

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}(\.[a-z0-9][a-z0-9_]{0,59}){0,3}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
_FURTHEST = 100_000
_Faults: TypeAlias = Iterator[tuple[KeyPath, Message, Message]]
_Check: TypeAlias = Callable[[Any, KeyPath], _Faults]


def read_words(path: Path, name: str, kind: Kind) -> tuple[dict[str, Any], str]:
    """
    Read a file with words of a house.

    Returns:
        its data, each value of the kind that its key asks for, and its text for places.

    Raises:
        Refused: with everything: it is no TOML (LP101), a value of another kind or an unknown key (LP904), a character that nobody sees (LP306).
    """
    data, text = parse_toml(path.read_bytes(), name)
    findings = [
        Finding(where=_where(name, text, at), code="LP904", message=message, hint=hint)
        for at, message, hint in itertools.islice(_KINDS[kind](data, ()), MOST)
    ]
    findings = findings or list(itertools.islice(hidden_characters(data, name, text), MOST))
    if findings:
        raise Refused(findings)
    return data, text


def missing_languages(data: Mapping[str, Any], text: str, name: str) -> Iterator[Finding]:
    """LP907: the paragraphs of a provision that lack English or Chinese; no contract can be printed from them."""
    for index, row in enumerate(data.get("paragraph", ())):
        missing = [code for code in LANGUAGES if code not in row]
        if missing:
            where = f"{name}:{line_of(text, ('paragraph', index))}: {data.get('id')}"
            message = say("a paragraph has no text in {languages}", languages=missing)
            yield Finding(where=where, code="LP907", message=message, hint=say("write it in both languages"))


def hidden_characters(data: Any, name: str, text: str) -> Iterator[Finding]:
    """LP306: a text holds a character that no reader sees, or a word in two alphabets that look alike: it would read otherwise than it is."""
    for at, one in _strings(data):
        hint = say("delete the text and type it again")
        for position, character in forbidden(one, newlines=True):
            message = say(
                "character {position} is {name}: {text}", position=position + 1, name=character, text=quoted(one)
            )
            yield Finding(where=_where(name, text, at), code="LP306", message=message, hint=hint)
            break
        for word in mixed_words(one):
            message = say("{word} mixes letters of two alphabets that look alike", word=quoted(word))
            yield Finding(where=_where(name, text, at), code="LP306", message=message, hint=hint)


def _where(name: str, text: str, at: KeyPath) -> str:
    return f"{name}:{line_of(text, at)}: {show_path(at)}" if at else f"{name}:1"


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


def _wrong(at: KeyPath, value: Any, wanted: Message, example: str) -> _Faults:
    message = say("{found} is not {wanted}", found=quoted(value), wanted=wanted)
    yield at, message, say("write {example}", example=example)


def _text(example: str) -> _Check:
    def check(value: Any, at: KeyPath) -> _Faults:
        if not isinstance(value, str) or len(value) > LONGEST:
            yield from _wrong(at, value, say("a text of at most {most} characters", most=LONGEST), example)

    return check


def _sentence(value: Any, at: KeyPath) -> _Faults:
    if not isinstance(value, str):  # how long it may be is said when it is compiled
        yield from _wrong(at, value, say("a text"), 'en = "The seller packs the goods."')


def _id(value: Any, at: KeyPath) -> _Faults:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        yield from _wrong(at, value, say("an id"), f'{at[-1]} = "contract.notices"')


def _position(value: Any, at: KeyPath) -> _Faults:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _FURTHEST:
        yield from _wrong(at, value, say("a place from 0 to {most}", most=_FURTHEST), "position = 61")


def _one_of(known: tuple[str, ...], example: str) -> _Check:
    def check(value: Any, at: KeyPath) -> _Faults:
        if value not in known:
            yield from _wrong(at, value, say("one of {known}", known=list(known)), example)

    return check


def _some_of(known: tuple[str, ...], example: str) -> _Check:
    def check(value: Any, at: KeyPath) -> _Faults:
        if not isinstance(value, list) or len(value) > len(known) or not all(one in known for one in value):
            yield from _wrong(at, value, say("a list of {known}", known=list(known)), example)

    return check


def _conditions(value: Any, at: KeyPath) -> _Faults:
    fits = isinstance(value, Mapping) and all(
        isinstance(values, list) and all(isinstance(one, str | int | Decimal) and not _endless(one) for one in values)
        for values in value.values()
    )
    if not fits:
        yield from _wrong(
            at, value, say("a table of answers and their values"), 'when = { "payment.route" = ["escrow"] }'
        )


def _endless(value: Any) -> bool:
    return isinstance(value, Decimal) and not value.is_finite()


def _words(example: str) -> _Check:
    """Return the check of a table of texts by language."""

    def check(value: Any, at: KeyPath) -> _Faults:
        if not isinstance(value, Mapping) or not value:
            yield from _wrong(at, value, say("a text per language"), example)
            return
        for code, one in value.items():
            if not _LANGUAGE.fullmatch(code):
                yield (
                    (*at, code),
                    say("{code} is no language", code=quoted(code)),
                    say("write {example}", example=example),
                )
            else:
                yield from _text(example)(one, (*at, code))

    return check


def _both(example: str) -> _Check:
    """Return the check of a table of texts that has English and Chinese."""

    def check(value: Any, at: KeyPath) -> _Faults:
        if not isinstance(value, Mapping) or not value.keys() >= set(LANGUAGES):
            yield from _wrong(at, value, say("a text in English and Chinese"), example)
            return
        yield from _words(example)(value, at)

    return check


def _table(keys: Mapping[str, _Check], others: _Check | None = None) -> _Check:
    """Return the check of a table; ``others`` looks at the values of the languages in it."""

    def check(value: Any, at: KeyPath) -> _Faults:
        if not isinstance(value, Mapping):
            yield from _wrong(at, value, say("a table"), f"{{ {next(iter(keys))} = ... }}")
            return
        for key, inner in value.items():
            if key in keys:
                yield from keys[key](inner, (*at, key))
            elif others is not None and _LANGUAGE.fullmatch(key):
                yield from others(inner, (*at, key))
            else:
                yield (*at, key), say("unknown key {key}", key=quoted(key)), did_you_mean(key, keys)

    return check


def _list(row: _Check, needed: tuple[str, ...] = ()) -> _Check:
    def check(value: Any, at: KeyPath) -> _Faults:
        if not isinstance(value, list):
            yield from _wrong(at, value, say("a list of tables"), f"[[{at[-1]}]]")
            return
        for index, inner in enumerate(value):
            yield from row(inner, (*at, index))
            missing = [key for key in needed if isinstance(inner, Mapping) and key not in inner]
            if missing:
                hint = say("write them as the provisions of the standard house do: templates/standard/contract/")
                yield (*at, index), say("lacks {keys}", keys=missing), hint

    return check


_PROFILES = _some_of(PROFILES, 'profiles = ["full", "master"]')
_KEPT = _list(
    _table({"words": _text('words = "reasonable"'), "reason": _text('reason = "the word of the statute"')}),
    ("words", "reason"),
)
_PARAGRAPH = _table({"when": _conditions, "profiles": _PROFILES, "kept_words": _KEPT}, _sentence)
_SLOT = _table(
    {
        "key": _id,
        "kind": _one_of(SLOTS, 'kind = "date"'),
        "label": _both('label = { en = "Signed on", zh = "签署日期" }'),
        "when": _conditions,
    }
)
_PROVISION = _table(
    {
        "id": _id,
        "replaces": _id,
        "reference": _text('reference = "K17"'),
        "source": _text('source = "own wording of the house"'),
        "position": _position,
        "heading": _both('heading = { en = "Notices", zh = "通知" }'),
        "when": _conditions,
        "profiles": _PROFILES,
        "tables": _some_of(TABLES, 'tables = ["goods"]'),
        "paragraph": _list(_PARAGRAPH),
        "slot": _list(_SLOT, ("key", "label")),
        "kept_words": _KEPT,
    }
)


def _labels(data: Any, at: KeyPath) -> _Faults:
    yield from _table({"label": lambda value, place: _named_words(value, place), "kept_words": _KEPT})(data, at)


def _named_words(value: Any, at: KeyPath) -> _Faults:
    example = 'contract = { en = "Purchase contract", zh = "采购合同" }'
    if not isinstance(value, Mapping):
        yield from _wrong(at, value, say("a table"), example)
        return
    for key, texts in value.items():
        yield from _words(example)(texts, (*at, key))


_REVIEW = _table({key: _text(f'{key} = "..."') for key in ("provision", "language", "fingerprint", "by", "on", "note")})
_KINDS: Mapping[Kind, _Check] = {
    "provision": _PROVISION,
    "labels": _labels,
    "reviews": _table({"review": _list(_REVIEW, ("provision", "language", "fingerprint", "by", "on"))}),
}
