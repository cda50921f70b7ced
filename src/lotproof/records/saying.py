"""The words of a verdict, ``templates/standard/verdict.toml``: outcomes, causes and advice in one language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from lotproof.records.model import Advice, ClassVerdict, LotVerdict, Outcome, Result, RowVerdict
from lotproof.sampling.risk import Bound
from lotproof.shipped import shipped
from lotproof.sources import parse_toml


@cache
def _file() -> Mapping[str, Any]:
    data, _ = parse_toml((shipped("templates") / "standard" / "verdict.toml").read_bytes(), "verdict.toml")
    return data


def label(key: str, language: str, **values: object) -> str:
    """Return a fixed word or sentence in one language, its values filled in."""
    text: str = _file()["label"][key][language]
    return text.format(**values) if values else text


def worded(table: str, key: str, language: str) -> str:
    """Return the words of an outcome, a kind, a cause or a provision; the key itself where there are none."""
    texts: Mapping[str, str] = _file()[table].get(key, {})
    return texts.get(language, key)


def arrived(key: str, language: str, **values: object) -> str:
    """Return a word or sentence on an arrival in one language, its values filled in."""
    text: str = _file()["arrival"][key][language]
    return text.format(**values) if values else text


def said(result: Result, language: str) -> str:
    """Return a result with its causes: ``pending: nothing was written``."""
    outcome = worded("outcome", result.outcome, language)
    if not result.causes:
        return outcome
    lead, join = ("：", "；") if language == "zh" else (": ", "; ")
    return outcome + lead + join.join(worded("cause", cause, language) for cause in result.causes)


def advised(lot: LotVerdict, next_n: int, round_: int, language: str) -> str:
    """
    Return what may follow for a lot.

    Args:
        next_n: units of the next sample, where it is to be drawn.
        round_: number of the re-inspection.
    """
    text: str = _file()["advice"][lot.advice][language]
    text = text.format(n=next_n, round=round_, rounds=lot.rounds)
    unknown = lot.advice is Advice.REWORK and lot.rounds is None
    return text + (worded("advice", "rounds_unknown", language) if unknown else "")


def bounded(one: ClassVerdict, language: str) -> str:
    """Return what the count of a class says about the lot; nothing where it says nothing."""
    if one.upper is None or one.lower is None:
        return ""
    key = "bound" if one.upper.defectives is not None else "bound_each"
    return label(key, language, low=_percent(one.lower), high=_percent(one.upper, up=True), size=f"{one.lot_size:,}")


def counted(one: ClassVerdict, language: str) -> str:
    """Return how many were found among how many."""
    if one.found is None or one.inspected is None:
        return label("not_counted", language)
    return label("of", language, found=f"{one.found:,}", inspected=f"{one.inspected:,}")


def measured(row: RowVerdict, language: str) -> str:
    """Return how many readings of a row there are, and how many lie outside."""
    if row.outside is None:
        return label("read", language, read=row.read, n=row.n) if row.n else ""
    return label("outside", language, outside=row.outside, read=row.read, n=row.n)


def ticked(value: str, language: str) -> str:
    """Return what was ticked."""
    return worded("outcome", value, language) if value in set(Outcome) else label("not_ticked", language)


def _percent(bound: Bound, *, up: bool = False) -> str:
    """Return a bound with two decimals, rounded away from what was found: it stays a bound."""
    hundredths = bound.percent * 100
    whole = int(hundredths)
    if up and hundredths - whole > 1e-9:
        whole += 1
    return f"{whole / 100:.2f}"
