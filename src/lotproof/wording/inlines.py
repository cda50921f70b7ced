"""What a sentence is made of once it is filled: boilerplate, agreed values, blanks, references."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from lotproof.frozen import Frozen


class Value(Frozen):
    """An agreed value, as printed in this language; kept apart from boilerplate."""

    text: str


class Blank(Frozen):
    """A value that is still missing; ``label`` says which (``terms.machinery.noise.limit``)."""

    label: str


class Ref(Frozen):
    """A reference to the provision or exhibit with the id ``target``; prints as its number."""

    target: str


Inline: TypeAlias = str | Value | Blank | Ref
Inlines: TypeAlias = tuple[Inline, ...]

BLANK = "[____]"
"""How a blank looks in plain text."""


def plain(inlines: Sequence[Inline], number: dict[str, str] | None = None) -> str:
    """Return the text a reader sees; ``number`` gives the printed number of each reference's target."""
    if len(inlines) == 1:  # as most are
        only = inlines[0]
        if isinstance(only, str):
            return only
        if isinstance(only, Value):
            return only.text
    parts = []
    for inline in inlines:
        match inline:
            case str():
                parts.append(inline)
            case Value(text):
                parts.append(text)
            case Blank():
                parts.append(BLANK)
            case Ref(target):
                parts.append((number or {}).get(target, target))
    return "".join(parts)


def from_json(data: Sequence[Any]) -> Inlines:
    """
    Read inlines from JSON: a string, or an object with one key ``value``, ``blank`` or ``ref``.

    Raises:
        ValueError: an item of another shape.
    """
    read: list[Inline] = []
    for item in data:
        match item:
            case str():
                read.append(item)
            case {"value": str(text)}:
                read.append(Value(text))
            case {"blank": str(label)}:
                read.append(Blank(label))
            case {"ref": str(target)}:
                read.append(Ref(target))
            case _:
                raise ValueError(f"not an inline: {item!r}")
    return tuple(read)
