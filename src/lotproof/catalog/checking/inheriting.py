"""Checks on what a category changes of what it inherits: stricter where it says so, left out with a reason, never looser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lotproof.catalog.checking.subjects import Catalogue, Subject
from lotproof.catalog.model import CLASSES
from lotproof.findings import Finding, did_you_mean, quoted
from lotproof.sampling import LEVELS
from lotproof.sources import KeyPath


def inherited_things_are_left_out_by_name(subject: Subject, catalogue: Catalogue) -> Iterator[Finding]:
    """LP333: a category leaves out or tightens what it does not inherit."""
    if subject.kind != "category":
        return
    above = _above(subject, catalogue)
    offered = [name for name in _offered((*above, subject), catalogue) if name.split(".")[0] != subject.id]
    known = {
        "clauses": set(offered),
        "minimum": {m.get("id", "") for s in above for _, m in s.rows("minimum")},
        "defects": {d for s in above for d in s.data.get("defects", ())},
    }
    for path, row in subject.rows("without"):
        for key, names in known.items():
            for index, name in enumerate(row.get(key, ())):
                if name not in names:
                    message = f"{quoted(name)} is not inherited, so it cannot be left out"
                    yield subject.finding((*path, key, index), "LP333", message, did_you_mean(name, names))
    for path, row in subject.rows("tighten"):
        name = str(row.get("clause", ""))
        if name not in offered:
            message = f"{quoted(name)} is not inherited, so it cannot be tightened"
            yield subject.finding((*path, "clause"), "LP333", message, did_you_mean(name, offered))


def nothing_is_loosened(subject: Subject, catalogue: Catalogue) -> Iterator[Finding]:
    """LP334: a category makes an inherited clause looser: a lighter class, a wider bound, a smaller or more lenient sample."""
    if subject.kind != "category":
        return
    for path, row in subject.rows("tighten"):
        found = catalogue.clauses.get(str(row.get("clause", "")), ())
        if not found:
            continue
        clause = found[0].data
        for key, why in looser(clause, row):
            yield subject.finding((*path, *key), "LP334", why, "make it stricter, or leave it as it is inherited")


def looser(clause: Mapping[str, Any], row: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """Yield by what a row (class, sample, bounds of questions) asks no more of a clause than it asks already, with its place in the row."""
    old, new = clause.get("defect_class"), row.get("defect_class")
    if new in CLASSES and old in CLASSES and CLASSES.index(new) >= CLASSES.index(old):
        yield ("defect_class",), f"{new} is not graver than the inherited {old}"
    if "sample" in row and not _larger(clause.get("sample", {}), row["sample"]):
        yield ("sample",), "the sample is not larger or stricter than the inherited one, or the two cannot be compared"
    asked = {q.get("key"): q for q in clause.get("question", ())}
    for key, changes in row.get("question", {}).items():
        if key not in asked:
            yield ("question", key), f"the clause asks no {quoted(key)}"
            continue
        for bound in ("min", "max"):
            there, wanted = asked[key].get(bound), changes.get(bound)
            if wanted is None or there is None:
                continue
            if (wanted < there) if bound == "min" else (wanted > there):
                yield ("question", key, bound), f"{bound} {wanted} is wider than the inherited {there}"


def _larger(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Say whether a sample is at least as strict, and not the same."""
    if new == old or new.get("ac", 0) > old.get("ac", 0) or new.get("of") != old.get("of"):
        return False
    plans = (old.get("plan"), new.get("plan"))
    if plans[1] == "each":
        return plans[0] != "once"
    if plans == ("level", "level"):
        return LEVELS.index(new["level"]) >= LEVELS.index(old["level"]) and new.get("aql") == old.get("aql")
    if plans == ("fixed", "fixed"):
        return bool(new["n"] >= old["n"]) and new.get("per") == old.get("per")
    return False


def _above(subject: Subject, catalogue: Catalogue) -> Sequence[Subject]:
    """Return the ancestors of a category, as far as they lead."""
    found: list[Subject] = []
    name = str(subject.data.get("parent", ""))
    while name in catalogue.categories and catalogue.categories[name][-1] not in found:
        found.append(catalogue.categories[name][-1])
        name = str(found[-1].data.get("parent", ""))
    return found


def _offered(categories: Sequence[Subject], catalogue: Catalogue) -> list[str]:
    """Return the ids of the clauses that categories offer, with those of their blocks."""
    named = {name for s in categories for name in (s.id, *s.data.get("blocks", ()))}
    return [name for name in catalogue.clauses if name in named or name.split(".")[0] in named]
