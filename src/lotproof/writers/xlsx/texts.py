"""What the cells of a workbook say, and how much room it takes."""

from __future__ import annotations

from functools import lru_cache

from lotproof.documents.nodes import Cell, Field, Line, Readings, Words
from lotproof.wording.inlines import plain
from lotproof.writers.numbered import wide


def all_languages(words: Words) -> str:
    """Return words in all languages, one after the other."""
    return plain(words[0]) if len(words) == 1 else " ".join([plain(inlines) for inlines in words])


def lines(words: Words) -> str:
    """Return words in all languages, one below the other."""
    return plain(words[0]) if len(words) == 1 else "\n".join([plain(inlines) for inlines in words])


def to_sign(role: Words, name: Words) -> str:
    """Return the line on which a party signs."""
    return f"{all_languages(role)} {all_languages(name)}".strip() + "  ____________________"


def said(cell: Cell) -> str:
    """Return the text of a cell, without its fields."""
    if len(cell) == 1 and isinstance(cell[0], Line):  # as most are
        return lines(cell[0].words)
    return "\n".join([lines(part.words) for part in cell if isinstance(part, Line)])


def slots(node: Readings) -> list[Field | str]:
    """Return the cells of some readings, in order: a field whose label is not its number has its label before it."""
    found: list[Field | str] = []
    for index, one in enumerate(node.fields, 1):
        label = lines(one.label)
        found += [one] if label == str(index) else [label, one]
    return found


def columns(line: str) -> int:
    """Return how many columns of a fixed width a line takes; a Chinese character takes two."""
    return len(line) if line.isascii() else len(line) + wide(line)


def height(text: str, width: int) -> int:
    """Return how many lines a text takes in a column of so many characters."""
    return sum([1 + taken // width for taken in _columns(text)])


@lru_cache(maxsize=4096)
def _columns(text: str) -> tuple[int, ...]:
    """Return the columns that each line of a text takes, once: a workbook says most texts on two sheets."""
    if "\n" not in text:
        return (columns(text),)
    return tuple([columns(line) for line in text.split("\n")])
