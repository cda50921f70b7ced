"""From the files of the lexicon to the JSON that a search reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lotproof.sources import parse_toml

LANGUAGES = ("en", "zh")


def compile_lexicon(folder: Path) -> dict[str, Any]:
    """
    Compile ``reasons.toml``, ``contexts.toml``, ``en.toml`` and ``zh.toml`` of a folder to JSON, without the examples.

    Raises:
        Refused: a file that is not TOML; what else may be wrong, ``catalog check`` says.
    """

    def read(name: str) -> dict[str, Any]:
        return parse_toml((folder / name).read_bytes(), name)[0]

    shared, own = read("contexts.toml"), [read(f"{language}.toml") for language in LANGUAGES]
    return {
        "reasons": read("reasons.toml")["reason"],
        "spelling": shared["spelling"],
        "singular": shared["singular"]["only"],
        "simplified": dict(zip(shared["traditional"], shared["simplified"], strict=True)),
        "lists": {name: ways for data in (shared, *own) for name, ways in data.get("list", {}).items()},
        "contexts": [
            {
                "id": row["id"],
                "side": row.get("side", "both"),
                "within": row.get("within", 8),
                "everywhere": row.get("everywhere", False),
                "across": row.get("across", False),
                "patterns": row["patterns"],
            }
            for row in shared["context"]
        ],
        "expressions": [
            {
                "id": row["id"],
                "reason": row["reason"],
                "severity": row["severity"],
                "why": row["why"],
                "ask": row["ask"],
                "source": row["source"],
                "confidence": row["confidence"],
                "patterns": row["patterns"],
                "unless": row.get("unless", []),
                "except": row.get("except", []),
                "needs": row.get("needs", []),
            }
            for data in own
            for row in data["expression"]
        ],
    }
