"""From catalogue files to the compiled JSON that a build reads: one document a category, sentences compiled, inheritance resolved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from lotproof.catalog.model import STAGES
from lotproof.catalog.origins import read_origins
from lotproof.catalog.source import Source
from lotproof.wording.locales import compile_currencies, compile_locale
from lotproof.wording.sentences import compile_sentence

SENTENCES = ("title", "method", "instrument", "wording", "action")


def compile_index(source: Source) -> dict[str, Any]:
    """Return what ``catalog list`` needs: each category with its parent, titles and clause ids, parents first."""
    rows = []
    by_id = {file.data["id"]: file.data for file in source.categories}
    lines = {name: lineage(source, name) for name in by_id}
    for name in sorted(by_id, key=lambda name: (len(lines[name]), name)):
        data = by_id[name]
        rows.append(
            {
                "id": data["id"],
                "parent": data.get("parent"),
                "title": data["title"],
                "clauses": [clause["id"] for clause in _clauses(source, [by_id[one] for one in lines[name]])],
            }
        )
    return {"categories": rows}


def compile_category(source: Source, category: str, beneath: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """
    Return one category with everything it inherits, as plain JSON.

    Args:
        beneath: what houses ask of it besides, as further categories of its line would.

    Raises:
        SentenceError: a sentence outside the allowlist; ``catalog check`` names its place.
        KeyError: an unknown category, or data that ``catalog check`` would have refused.
    """
    line = lineage(source, category)
    by_id = {file.data["id"]: file.data for file in source.categories}
    own = by_id[category]
    chain = [*(by_id[name] for name in line), *beneath]
    assert source.units and source.questions
    known_defects = {d["id"]: d for file in source.defects for d in file.data["defect"]}
    transit = read_origins(source.folder)
    clauses = _clauses(source, chain)
    compiled: dict[str, Any] = _plain(
        {
            "id": category,
            "revision": own["revision"],
            "title": own["title"],
            "lineage": line,
            "basis": next((c["basis"] for c in reversed(chain) if "basis" in c), "lot"),
            "each_up_to": next((c["each_up_to"] for c in reversed(chain) if "each_up_to" in c), 0),
            "clauses": [_clause(clause) for clause in clauses],
            "defects": [{**known_defects[d], "transit": transit.get(d)} for d in defects(chain)],
            "minimum": [
                {**m, "category": c["id"]}
                for place, c in reversed([*enumerate(chain)])
                for m in c.get("minimum", ())
                if m["id"] not in _dropped(chain[place + 1 :], "minimum")
            ],
            "groups": source.questions.data["group"],
            "first": source.questions.data.get("first", []),
            "units": source.units.data["unit"],
            "tables": source.tables.data["table"] if source.tables else [],
            "standards": _standards(source, clauses),
            "languages": [_language(file.data) for file in source.languages],
            "currencies": compile_currencies(),
        }
    )
    compiled["fingerprint"] = hashlib.sha256(
        json.dumps(compiled, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()
    return compiled


def defects(chain: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the ids of the defects of a line of categories, from the root down, each once."""
    dropped = _dropped(chain, "defects")
    return [d for d in dict.fromkeys(d for c in chain for d in c.get("defects", ())) if d not in dropped]


def _dropped(chain: Sequence[Mapping[str, Any]], what: str) -> set[str]:
    return {name for c in chain for row in c.get("without", ()) for name in row.get(what, ())}


def lineage(source: Source, category: str) -> list[str]:
    """
    Return the ids from the root to ``category``.

    Raises:
        KeyError: the category, or one of its parents, is not there.
        ValueError: a parent that is its own child.
    """
    by_id = {file.data["id"]: file.data for file in source.categories}
    line: list[str] = []
    name: str | None = category
    while name is not None:
        if name in line:
            raise ValueError(f"{name} is its own parent")
        line.insert(0, name)
        name = by_id[name].get("parent")
    return line


def _clauses(source: Source, chain: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the clauses of a line of categories, from the root down."""
    folders = [folder for c in chain for folder in (*c.get("blocks", ()), c["id"])]
    dropped = _dropped(chain, "clauses")
    found = [
        tightened(file.data, chain)
        for folder, file in source.clauses
        if (folder in folders or file.data["id"] in folders) and file.data["id"] not in dropped
    ]
    return sorted(
        found,
        key=lambda c: (
            STAGES.index(c["stage"]),
            folders.index(c["id"].split(".")[0]) if c["id"].split(".")[0] in folders else 99,
            c["id"],
        ),
    )


def tightened(clause: Mapping[str, Any], chain: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return a clause as the categories of a line ask for it: each may make it stricter."""
    for row in (row for c in chain for row in c.get("tighten", ()) if row["clause"] == clause["id"]):
        changed = row.get("question", {})
        questions = [{**q, **changed.get(q["key"], {})} for q in clause.get("question", ())]
        kept = {key: row[key] for key in ("defect_class", "sample") if key in row}
        clause = {**clause, **kept, **({"question": questions} if questions else {})}
    return clause


def _standards(source: Source, clauses: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what is printed of each standard that a clause or a plan may cite, by the name by which it is cited."""
    rows = [row for file in source.standards for row in file.data["standard"]]
    known = {name: row for row in reversed(rows) for name in standard_names(row)}
    assert source.questions
    cited = {name for clause in clauses for name in clause.get("standards", ())} | {
        choice["value"]
        for group in source.questions.data["group"]
        for question in group.get("question", ())
        for choice in question.get("choices", ())
    }
    return {
        name: {"title": known[name]["title"], **({"gb": known[name]["gb"]} if "gb" in known[name] else {})}
        for name in sorted(cited & set(known))
    }


def standard_names(standard: Mapping[str, Any]) -> tuple[str, ...]:
    """Return how a row of ``standards.toml`` may be cited: with its edition or without."""
    number, edition = str(standard.get("number", "")), standard.get("edition")
    return (number,) if edition is None else (number, f"{number}:{edition}", f"{number}-{edition}")


def _clause(data: Mapping[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in data.items() if k not in (*SENTENCES, "example")}
    kept["brought_by"] = data["instrument"]["brought_by"]
    kept["sentences"] = {
        name: {language: compile_sentence(text) for language, text in data[name].items() if language != "brought_by"}
        for name in SENTENCES
    }
    return kept


def _language(data: Mapping[str, Any]) -> dict[str, Any]:
    phrases = {
        f"{group}.{key}": compile_sentence(text)
        for group, table in data.items()
        if isinstance(table, Mapping)
        for key, text in table.items()
    }
    plain = {k: v for k, v in data.items() if not isinstance(v, Mapping)}
    return {**plain, "symbols": compile_locale(data["locale"]), "phrases": phrases}


def _plain(value: Any) -> Any:
    """Return TOML data as JSON: decimals as strings."""
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return str(value) if isinstance(value, Decimal) else value
