"""From the files of the lexicon to the JSON that a search reads: texts, and the automata of all patterns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lotproof.sources import parse_toml
from lotproof.wording.finding import Builder
from lotproof.wording.patterns import read_pattern

LANGUAGES = ("en", "zh")
"""Each has a file of expressions: ``en.toml``."""

SHARED = ("contexts", "reasons")
"""The files that all languages share."""

_TEXTS = ("id", "reason", "severity", "why", "ask", "source", "confidence")


def compile_lexicon(folder: Path) -> dict[str, Any]:
    """
    Compile the files of a folder to JSON, without the examples.

    Raises:
        Refused: a file that is not TOML.
        PatternError: a pattern that cannot be read; ``catalog check`` says where, as it does for what else may be wrong.
    """

    def read(name: str) -> dict[str, Any]:
        return parse_toml((folder / f"{name}.toml").read_bytes(), f"{name}.toml")[0]

    shared, own = read("contexts"), [read(language) for language in LANGUAGES]
    lists = named_lists([shared, *own])
    rows = [row for data in own for row in data["expression"]]
    contexts = [
        {
            "id": row["id"],
            "side": row.get("side", "both"),
            "within": row.get("within", 8),
            "across": row.get("across", False),
            "reach": row.get("reach"),
        }
        for row in shared["context"]
    ]
    found = [(i, pattern) for i, row in enumerate(shared["context"]) for pattern in row["patterns"]]
    numbers = {context["id"]: i for i, context in enumerate(contexts)}
    always = [i for i, row in enumerate(shared["context"]) if row.get("everywhere")]
    expressions = []
    for row in rows:
        unless = [*always, *(numbers[name] for name in row.get("unless", ()))]
        if row.get("except"):
            unless.append(len(contexts))
            found += [(len(contexts), pattern) for pattern in row["except"]]
            contexts.append({"id": row["id"], "side": "touching", "within": 0, "across": False, "reach": None})
        needs = [numbers[name] for name in row.get("needs", ())]
        fallback = row.get("fallback", 0)
        expressions.append(
            {**{key: row[key] for key in _TEXTS}, "unless": unless, "needs": needs, "fallback": fallback}
        )
    builder = Builder(shared["spelling"], shared["singular"]["only"], shared["adverb"]["exact"])
    sought = [(i, pattern) for i, row in enumerate(rows) for pattern in row["patterns"]]
    return {
        "reasons": read("reasons")["reason"],
        "simplified": dict(zip(shared["traditional"], shared["simplified"], strict=True)),
        "finder": builder.automaton((tag, read_pattern(pattern, lists)) for tag, pattern in sought),
        "context_finder": builder.automaton((tag, read_pattern(pattern, lists)) for tag, pattern in found),
        "symbols": builder.symbols,
        "contexts": contexts,
        "expressions": expressions,
    }


def named_lists(files: list[dict[str, Any]]) -> Mapping[str, list[str]]:
    """Return what ``@name`` stands for in the patterns of these files."""
    return {name: ways for data in files for name, ways in data.get("list", {}).items()}
