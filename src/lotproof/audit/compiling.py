"""From ``spec_catalog/audit/`` to the JSON that an audit reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lotproof.sources import parse_toml
from lotproof.wording.finding import Builder
from lotproof.wording.patterns import read_pattern


def compile_audit(catalogue: Path) -> dict[str, Any]:
    """
    Compile concepts, words, texts of findings and the list of standards of a catalogue folder.

    Raises:
        Refused: a file that is not TOML; the checks of ``tests/audit/test_data.py`` say what else may be wrong.
    """

    def read(name: str) -> dict[str, Any]:
        return parse_toml((catalogue / name).read_bytes(), name)[0]

    shared, concepts, units = read("lexicon/contexts.toml"), read("audit/concepts.toml"), read("units.toml")
    builder, rows = Builder(shared["spelling"], shared["singular"]["only"]), concepts["concept"]
    patterns = ((tag, read_pattern(p, concepts["list"])) for tag, row in enumerate(rows) for p in row["patterns"])
    return {
        "finder": builder.automaton(patterns),
        "symbols": builder.symbols,
        "simplified": dict(zip(shared["traditional"], shared["simplified"], strict=True)),
        "concepts": [row["id"] for row in rows],
        "words": read("audit/words.toml"),
        "findings": read("audit/findings.toml")["finding"],
        "subjects": read("audit/subjects.toml")["subject"],
        "units": [
            {
                "id": row["id"],
                "dimension": row["dimension"],
                "factor": row.get("factor", ""),
                "symbols": list(row["symbol"].values()),
            }
            for row in units["unit"]
        ],
        "standards": [
            {key: row.get(key, "") for key in ("number", "edition", "status", "successor")}
            for row in read("standards.toml")["standard"]
        ],
    }
