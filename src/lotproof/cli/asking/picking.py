"""Choosing among many: a category out of the tree, some clauses out of a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lotproof.catalog.loading import index
from lotproof.catalog.model import Category
from lotproof.cli.asking.screen import Screen


def pick_category(screen: Screen) -> str:
    """
    Return the id of the category that the person chooses.

    Raises:
        Stopped: the person has stopped.
    """
    rows = index()
    parents = {row["id"]: row["parent"] for row in rows}
    listed = [str(row["id"]) for row in sorted(rows, key=lambda row: _line(str(row["id"]), parents))]
    titles = {row["id"]: row["title"] for row in rows}
    shown = set(listed)
    while True:
        for number, name in enumerate(listed, 1):
            if name in shown:
                depth = len(_line(name, parents)) - 1
                screen.line(f"{number:>3}  {'  ' * depth}{titles[name][screen.language]} ({name})")
        typed = screen.read(screen.say("category"))
        if typed.isascii() and typed.isdigit() and 1 <= int(typed[:4]) <= len(listed):
            return listed[int(typed[:4]) - 1]
        if typed in titles:
            return typed
        found = {name for name in listed if typed.casefold() in f"{name} {' '.join(titles[name].values())}".casefold()}
        if typed and len(found) == 1:
            return found.pop()
        if not found:
            screen.tell("no_match")
        shown = found or set(listed)


def _line(name: str, parents: dict[str, str | None]) -> tuple[str, ...]:
    parent = parents[name]
    return (*_line(parent, parents), name) if parent else (name,)


def speaking_of(category: Category, clauses: tuple[str, ...], trouble: Any) -> tuple[str, ...]:
    """
    Return clauses with those first that speak of what went wrong before.

    Args:
        trouble: somebody's words on it, as TOML holds them, or nothing.
    """
    text = " ".join(map(str, trouble.values())) if isinstance(trouble, Mapping) else str(trouble or "")
    words = {word[:5] for word in re.findall(r"[a-z]{4,}", text.casefold())} | set(
        re.findall(r"[\u4e00-\u9fff]{2}", text)
    )

    def misses(clause: str) -> int:
        sentences = category.clauses[clause].sentences
        programs = [program for name in ("title", "wording") for program in sentences[name].values()]
        said = " ".join(part for program in programs for part in program if isinstance(part, str)).casefold()
        return -sum(word in said for word in words)

    return tuple(sorted(clauses, key=misses))


def numbers(typed: str, most: int) -> list[int]:
    """Read ``1 4 7-9``; empty where it is something else or a number is out of range."""
    found: list[int] = []
    for part in re.split(r"[ ,，、]+", typed.strip()):
        match = re.fullmatch(r"([0-9]{1,4})(?:-([0-9]{1,4}))?", part, re.ASCII)
        if match is None:
            return []
        found += range(int(match[1]), int(match[2] or match[1]) + 1)
    return found if found and all(1 <= number <= most for number in found) else []
