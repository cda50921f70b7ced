"""Checks on the sentences of a clause: what they may use, what they must say, and that both languages say the same."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from lotproof.catalog.checking.places import tables
from lotproof.catalog.checking.relations import STANDARD
from lotproof.catalog.checking.subjects import Catalogue, Subject
from lotproof.findings import Finding, did_you_mean, quoted
from lotproof.wording.sentences import Program, SentenceError, names

GIVEN = ("required", "item")
"""Values that every sentence may use besides the answers of its clause: the requirement in words, the item codes."""

UNFILLED = ("title", "instrument")
"""Sentences that stand where no order is known, in lists and headings, and therefore use no value."""

BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
"""What a sentence has between its words: values and conditions."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def sentences_are_allowed(subject: Subject, _catalogue: Catalogue) -> Iterator[Finding]:
    """LP320: a sentence cannot be parsed, or uses more than names, conditions and references."""
    for key, sentence in subject.sentences.items():
        if isinstance(sentence, SentenceError):
            yield subject.finding(
                key,
                "LP320",
                f"this sentence is not allowed: {sentence}",
                "use {{ name }}, {% if name == 'value' %} ... {% endif %} and 'an.id' | clause",
            )


def sentences_name_what_is_asked(subject: Subject, _catalogue: Catalogue) -> Iterator[Finding]:
    """LP321: a sentence names a value that no question of the clause gives, so it would print nothing."""
    asked = [q["key"] for _, q in subject.rows("question") if "key" in q]
    for key, sentence in _good(subject):
        known = () if key[0] in UNFILLED else (*asked, *GIVEN)
        for name in dict.fromkeys(names(sentence)):
            if name not in known:
                hint = did_you_mean(name, known) if known else f"a {key[0]} uses no values: write it out"
                yield subject.finding(key, "LP321", f"no question gives {quoted(name)}", hint)
        for path in _attributes(sentence):
            yield subject.finding(
                key,
                "LP321",
                f"{quoted(path)} is no value: an answer has no parts",
                f"write {{{{ {path.split('.')[0]} }}}}",
            )


def wording_states_what_is_required(subject: Subject, _catalogue: Catalogue) -> Iterator[Finding]:
    """LP322: a wording without ``{{ required }}``, or with it under a condition only, promises nothing that can be measured."""
    for key, sentence in _good(subject):
        if key[0] == "wording" and not _always(sentence, "required"):
            yield subject.finding(
                key, "LP322", "the sentence never says what is required", "write {{ required }} where the limit belongs"
            )


def languages_say_the_same_numbers(subject: Subject, _catalogue: Catalogue) -> Iterator[Finding]:
    """LP323: English and Chinese differ in a number or in a standard."""
    for path, texts in tables(subject.data):
        if not isinstance(texts.get("en"), str) or not isinstance(texts.get("zh"), str):
            continue
        plain = [
            unicodedata.normalize("NFKC", BRACES.sub(" ", texts[language]).replace("，", " "))
            for language in ("en", "zh")
        ]
        for what, pattern in (("numbers", _NUMBER), ("standards", STANDARD)):
            english, chinese = (Counter(pattern.findall(text)) for text in plain)
            if english != chinese:
                only = [
                    f"{language} alone has {', '.join(more)}"
                    for language, more in (("en", english - chinese), ("zh", chinese - english))
                    if more
                ]
                yield subject.finding(
                    (*path, "zh"),
                    "LP323",
                    f"the {what} differ between the languages: {'; '.join(only)}",
                    "say the same in both",
                )
                break


def languages_fill_the_same_values(subject: Subject, _catalogue: Catalogue) -> Iterator[Finding]:
    """LP324: a value stands in the sentence of one language and not in the other."""
    found = {key: Counter(names(sentence)) for key, sentence in _good(subject)}
    for (name, language), used in found.items():
        english = found.get((name, "en"), used)
        if language != "en" and set(used) != set(english):
            differ = ", ".join(sorted(set(used) ^ set(english)))
            yield subject.finding(
                (name, language), "LP324", f"only one language uses {differ}", "use the same values in both"
            )


def _good(subject: Subject) -> Iterator[tuple[tuple[str, str], Program]]:
    if subject.kind == "clause":
        for key, sentence in subject.sentences.items():
            if not isinstance(sentence, SentenceError):
                yield key, sentence


def _always(program: Program, name: str) -> bool:
    return any(
        item.get("v") == [name] or ("if" in item and _always(item["then"], name) and _always(item["else"], name))
        for item in program
        if isinstance(item, dict)
    )


def _attributes(program: Program) -> Iterator[str]:
    for item in program:
        if isinstance(item, dict):
            if len(item.get("v", ())) > 1:
                yield ".".join(item["v"])
            elif "if" in item:
                yield from _attributes(item["then"])
                yield from _attributes(item["else"])
