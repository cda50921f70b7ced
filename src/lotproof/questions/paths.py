"""How one answer is named: ``payment.deposit_percent``, ``goods[1].quantity``, ``terms."machinery.noise".limit``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lotproof.catalog.model import Category, Question
from lotproof.frozen import Frozen
from lotproof.messages import say
from lotproof.questions.problems import LANGUAGES

Path = tuple[str | int, ...]

MAX_PATH = 200
"""Longest name of an answer, in characters."""

_PART = re.compile(r"""([A-Za-z0-9_-]+)|"([^"\\]*)"|'([^']*)'""", re.ASCII)
_INDEX = re.compile(r"\[([0-9]{1,6})\]", re.ASCII)
_BARE = re.compile(r"[A-Za-z0-9_-]+\Z", re.ASCII)


class Place(Frozen, kw_only=True):
    """
    Where an answer stands.

    Attributes:
        path: from the top of the answers file, the id of a clause as one part.
        question: what is asked there.
        language: of words given for one language alone, else empty.
    """

    path: Path
    question: Question
    language: str = ""


def written(path: Path) -> str:
    """Return a path as people write it; rows count from 1."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            name = part if _BARE.match(part) else f'"{part}"'
            text += f".{name}" if text else name
    return text


def value_at(data: Any, path: Path) -> Any:
    """Return the value at a path of answers, or None."""
    for part in path:
        if isinstance(part, int):
            data = data[part] if isinstance(data, list) and part < len(data) else None
        else:
            data = data.get(part) if isinstance(data, Mapping) else None
    return data


def parsed(text: str) -> Path:
    """
    Read a path; ``terms.machinery.noise.limit`` gives four parts, which :func:`place_of` puts together.

    Raises:
        ValueError: it is none.
    """
    path: list[str | int] = []
    at = 0
    if len(text) > MAX_PATH:
        raise ValueError(say("more than {most} characters", most=MAX_PATH))
    while True:
        part = _PART.match(text, at)
        if part is None:
            raise ValueError(say("a name is missing"))
        path.append(next(name for name in part.groups() if name is not None))
        at = part.end()
        if index := _INDEX.match(text, at):
            if int(index.group(1)) < 1:
                raise ValueError(say("rows count from 1"))
            path.append(int(index.group(1)) - 1)
            at = index.end()
        if at == len(text):
            return tuple(path)
        if text[at] != ".":
            raise ValueError(say("{text} where a dot or the end belongs", text=repr(text[at])))
        at += 1


def place_of(path: Path, category: Category) -> Place | None:
    """Return where a path leads in the answers of ``category``; None where nothing is asked there."""
    found = _asked(path, category)
    if found is not None:
        return found
    if path and path[-1] in LANGUAGES:
        whole = _asked(path[:-1], category)
        if whole is not None and whole.question.type == "words":
            return Place(path=whole.path, question=whole.question, language=str(path[-1]))
    return None


def known_paths(category: Category) -> tuple[str, ...]:
    """Return every path at which something is asked, of repeated tables the first row."""
    groups = (written((g.id, *((0,) if g.repeat else ()), q.key)) for g in category.groups for q in g.questions)
    terms = (written(("terms", c.id, q.key)) for c in category.clauses.values() for q in c.questions)
    return (*groups, *terms)


def _asked(path: Path, category: Category) -> Place | None:
    match path:
        case ("terms", *rest):
            return _of_clause(("terms",), tuple(rest), category)
        case ("goods", int(row), "terms", *rest):
            return _of_clause(("goods", row, "terms"), tuple(rest), category)
        case (str(group), int(), str(key)):
            return _of_group(path, group, key, category, repeat=True)
        case (str(group), str(key)):
            return _of_group(path, group, key, category, repeat=False)
        case _:
            return None


def _of_group(path: Path, group: str, key: str, category: Category, *, repeat: bool) -> Place | None:
    for known in category.groups:
        if known.id == group and known.repeat == repeat:
            return next((Place(path=path, question=q) for q in known.questions if q.key == key), None)
    return None


def _of_clause(above: Path, rest: Path, category: Category) -> Place | None:
    *names, key = rest or ("",)
    clause = ".".join(map(str, names))
    if clause not in category.clauses:
        return None
    return next(
        (Place(path=(*above, clause, q.key), question=q) for q in category.clauses[clause].questions if q.key == key),
        None,
    )
