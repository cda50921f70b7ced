"""What the codes mean and the words of the report, ``spec_catalog/rules/consistency.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from lotproof.frozen import Frozen
from lotproof.gate.rules import Words, words
from lotproof.shipped import shipped
from lotproof.sources import parse_toml

Texts = Mapping[str, str]


class Code(Frozen, kw_only=True):
    """One of C1 to C11: what it is called, why it weakens a claim, what mends it in time."""

    id: str
    title: Texts
    means: Texts
    mend: Texts


class Rules(Frozen, kw_only=True):
    """
    Everything that the file says.

    Attributes:
        labels: words of the report, by key and language.
        accepts: passages that read as if a deviation was accepted; denied: words that take it back, before it in the sentence.
    """

    codes: Mapping[str, Code]
    labels: Mapping[str, Texts]
    accepts: Words
    denied: Words


@cache
def shipped_rules() -> Rules:
    """Return the rules that ship with the program."""
    data, _ = parse_toml((shipped("spec_catalog") / "rules" / "consistency.toml").read_bytes(), "consistency.toml")
    codes = {
        row["id"]: Code(id=row["id"], title=row["title"], means=row["means"], mend=row["mend"]) for row in data["code"]
    }
    return Rules(
        codes=codes,
        labels=data["label"],
        accepts=words(data["accepts"]["words"]),
        denied=words(data["accepts"]["denied"]),
    )


def label(key: str, language: str, **values: object) -> str:
    """Return a word or a sentence of the report in one language, its values filled in."""
    text = shipped_rules().labels[key][language]
    return text.format(**values) if values else text


_SENTENCES = re.compile(r"[^.!?;。！？；\n]+")


def acceptance(text: str) -> str:
    """Return the first sentence of a message that reads as if a deviation was accepted; empty where there is none."""
    rules = shipped_rules()
    for sentence in _SENTENCES.finditer(text):
        found = rules.accepts.find(sentence[0])
        if found and not rules.denied.within(sentence[0][: found[0].start()]):
            return " ".join(sentence[0].split())[:200]
    return ""


@cache
def evidence_titles() -> Mapping[str, Texts]:
    """Return the title of each kind of evidence, ``spec_catalog/rules/evidence.toml``."""
    data, _ = parse_toml((shipped("spec_catalog") / "rules" / "evidence.toml").read_bytes(), "evidence.toml")
    return {row["id"]: row["title"] for row in data["kind"]}
