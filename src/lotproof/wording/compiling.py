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

    shared = read("contexts.toml")
    return {
        "reasons": read("reasons.toml")["reason"],
        "spelling": shared["spelling"],
        "simplified": dict(zip(shared["traditional"], shared["simplified"], strict=True)),
        "lists": shared["list"],
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
            for language in LANGUAGES
            for row in read(f"{language}.toml")["expression"]
        ],
    }
