"""The sentences of the gate, ``templates/standard/gate.toml``: a key and values become a text in one language."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from typing import Any

from lotproof.gate.model import Gate, PendingRow, Saying, Silence, Worded
from lotproof.gate.rules import SilenceRule
from lotproof.messages import in_language
from lotproof.shipped import shipped
from lotproof.sources import parse_toml


@cache
def _file() -> Mapping[str, Any]:
    data, _ = parse_toml((shipped("templates") / "standard" / "gate.toml").read_bytes(), "gate.toml")
    return data


def label(key: str) -> Mapping[str, str]:
    """Return a fixed word or heading, per language."""
    texts: Mapping[str, str] = _file()["label"][key]
    return texts


def labelled(name: str, text: str, language: str) -> str:
    """Return a text behind its name and a colon."""
    return label("labelled")[language].format(name=name, text=text)


def chosen(value: str) -> Mapping[str, str] | str:
    """Return the words of a choice of the answers, per language; a value that is none as it stands."""
    texts: Mapping[str, str] | str = _file()["choice"].get(value, value)
    return texts


def said(saying: Saying, language: str) -> str:
    """Return a sentence in one language, its values filled in."""
    sentence: str = _file()["sentence"][saying.key][language]
    values = {name: worded(value, language) for name, value in saying.values.items()}
    return sentence.format_map(values)


def worded(value: Worded, language: str) -> str:
    """Return a value in one language; a text that stands in other languages alone in the first of those."""
    if isinstance(value, str):
        return in_language(value, language)
    return value.get(language) or next(iter(value.values()), "")


def headline(gate: Gate, language: str) -> str:
    """Return the first line: ready, or how many known gaps stop the payment."""
    stopping = sum(gap.stops for gap in gate.gaps)
    key = "ready" if not stopping else "not_ready_one" if stopping == 1 else "not_ready"
    return label(key)[language].format(n=stopping)


def why_pending(row: PendingRow, language: str) -> str:
    """Return why a row stays pending and how it is released."""
    stop = "；" if language == "zh" else "; "
    return label(f"cause_{row.cause}")[language] + stop + label(f"route_{row.route}")[language]


def applied(silence: Silence, today: datetime.date, as_of: datetime.date, language: str) -> list[tuple[str, str]]:
    """Return what is applied in place of something unsaid: for each rule its text, and its sources with their age and mark."""
    lines = [(rule.text[language], sources(rule, today, as_of, language)) for rule in silence.rules]
    if silence.law != "rule":
        lines.append((label("not_known" if silence.law == "none" else "not_known_law")[language], ""))
    return lines


def sources(rule: SilenceRule, today: datetime.date, as_of: datetime.date, language: str) -> str:
    """Return the sources of a rule, the age of each on a day, and how sure the rule is."""
    parts = []
    for source in rule.sources:
        key, day = ("undated", as_of) if source.dated is None else ("dated", source.dated)
        when = label(key)[language].format(dated=day, as_of=day, age=_age((today - day).days, language))
        parts.append(label("source")[language].format(title=source.title[language], when=when))
    stop = "；" if language == "zh" else "; "
    return stop.join((*parts, label("mark")[language].format(mark=rule.confidence)))


def _age(days: int, language: str) -> str:
    """Return a length of time in words: days below two years, else whole years; 0 days before the day itself."""
    years = days // 365
    key, number = ("years", years) if years > 1 else ("days", max(0, days))
    return label(key)[language].format(n=number)
