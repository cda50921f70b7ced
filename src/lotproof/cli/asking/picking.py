"""Choosing a category: the tree, with a search."""

from __future__ import annotations

from lotproof.catalog.loading import index
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
