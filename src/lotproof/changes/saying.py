"""The words of changes: ``templates/standard/changes.toml``, and values as the catalogue prints them in each language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from lotproof.catalog.model import Category, Clause
from lotproof.changes.model import Texts
from lotproof.quantity import Quantity
from lotproof.requirements import PerKey, Requirement
from lotproof.shipped import shipped
from lotproof.sources import parse_toml
from lotproof.wording.formats import Money
from lotproof.wording.inlines import BLANK
from lotproof.wording.words import Language, entry_words, words

NOTHING: Texts = {}
"""In place of a value that was not there."""


@cache
def _file() -> Mapping[str, Any]:
    data, _ = parse_toml((shipped("templates") / "standard" / "changes.toml").read_bytes(), "changes.toml")
    return data


def phrase(table: str, key: str) -> Texts:
    """Return fixed words per language: ``label``, ``kind``, ``direction``, ``good``, ``title``, ``section``, ``answer``."""
    texts: Texts = _file()[table][key]
    return texts


def answer_name(name: str) -> Texts:
    """Return what an answer is called, in the languages of the file; its key where nobody has named it."""
    texts: Texts | None = _file()["answer"].get(name)
    return texts or dict.fromkeys(phrase("label", "same"), name)


def sentence(key: str, languages: Iterable[str], **values: object) -> Texts:
    """Return a sentence in some languages with its values filled in; a value may be words per language."""
    patterns = _file()["sentence"][key]
    return {
        code: patterns[code].format_map({n: v[code] if isinstance(v, Mapping) else v for n, v in values.items()})
        for code in languages
    }


class Voice:
    """
    Says values in each language of the catalogue.

    Args:
        categories: whose answers, choices, clauses and defects are named; the first that knows one names it.
    """

    def __init__(self, *categories: Category) -> None:
        self.languages: Mapping[str, Language] = {
            code: language for code, language in categories[0].languages.items() if code in phrase("label", "same")
        }
        self._clauses: dict[str, Clause] = {}
        self._choices: dict[str, Mapping[str, Texts]] = {}
        self._groups: dict[str, Texts] = {}
        self._defects: dict[str, Texts] = {}
        for category in reversed(categories):
            self._clauses |= category.clauses
            self._groups |= {group.id: group.title for group in category.groups}
            self._defects |= {defect.id: defect.name for defect in category.defects}
            for group in category.groups:
                for question in group.questions:
                    name = f"{group.id}.{question.key}"
                    self._choices[name] = {**self._choices.get(name, {}), **dict(question.choices)}

    def each(self, say: Callable[[Language], str]) -> Texts:
        """Return what ``say`` gives, per language."""
        return {code: say(language) for code, language in self.languages.items()}

    def joined(self, parts: list[Texts], separator: Mapping[str, str] | None = None) -> Texts:
        """Return several texts as one; nothing where there are none."""
        if not parts:
            return NOTHING
        between = separator or {"zh": "；"}
        return {code: between.get(code, "; ").join(part[code] for part in parts) for code in self.languages}

    def sentence(self, key: str, **values: object) -> Texts:
        """Return a sentence with its values filled in; a value may be words per language."""
        return sentence(key, self.languages, **values)

    # names

    def answer(self, name: str) -> Texts:
        """Return what an answer is called; its key where nobody has named it."""
        texts: Texts | None = _file()["answer"].get(name)
        return texts or dict.fromkeys(self.languages, name)

    def group(self, name: str) -> Texts:
        """Return the title of a group of answers."""
        return self._groups.get(name) or dict.fromkeys(self.languages, name)

    def named(self, name: str) -> Texts:
        """Return an id as it stands."""
        return dict.fromkeys(self.languages, name)

    def clause(self, clause: str) -> Texts:
        """Return the title of a clause; nothing where the catalogue does not have it."""
        known = self._clauses.get(clause)
        if known is None:
            return NOTHING
        return self.each(lambda lang: "".join(p for p in known.sentences["title"][lang.code] if isinstance(p, str)))

    def condition(self, clause: str, key: str) -> Texts:
        """Return what a condition of a clause is called: its question, without the question mark."""
        known = self._clauses.get(clause)
        texts = next((q.text for q in known.questions if q.key == key), None) if known else None
        if texts is None:
            return dict.fromkeys(self.languages, key)
        return {code: texts[code].rstrip("?？ ") for code in self.languages}

    def defect(self, name: str) -> Texts:
        """Return the name of a defect."""
        return self._defects.get(name) or dict.fromkeys(self.languages, name)

    def defect_class(self, name: str) -> Texts:
        """Return the name of a class of defects."""
        return self.each(lambda lang: lang.say(f"class.{name}") if f"class.{name}" in lang.phrases else name)

    # values

    def show(self, value: Any, of: str = "") -> Texts:
        """
        Return a value in words; a blank as such.

        Args:
            of: the answer it was given to, which says what a choice means.
        """
        if value is None or value in ("", {}):
            return dict.fromkeys(self.languages, BLANK)
        if isinstance(value, str):
            texts = self._choices.get(of, {}).get(value) or _file()["value"].get(value if not of else f"{of}.{value}")
            if texts is None and of.startswith("inspection.aql_"):
                texts = _file()["value"].get(value)
            return texts or dict.fromkeys(self.languages, value)
        if isinstance(value, bool):
            return phrase("value", "yes" if value else "no")
        if isinstance(value, Mapping):
            return self._own_words(value)
        return self.each(lambda lang: lang.formatter.show(value))

    def value(self, kind: str, value: str) -> Texts:
        """Return an id of the order's model in words: ``stage``, ``where``, ``nature``, ``brought_by``, ``evidence``, ``plan``."""
        texts: Texts | None = _file()["value"].get(f"{kind}.{value}")
        return texts or dict.fromkeys(self.languages, value)

    def money(self, amount: Decimal | None, currency: str | None) -> Texts:
        """Return an amount with its currency."""
        if amount is None or not currency:
            return self.show(amount)
        return self.each(lambda lang: lang.formatter.show(Money(amount, currency)))

    def count(self, number: int | None, unit: str | None) -> Texts:
        """Return a quantity of goods."""
        if number is None or unit is None:
            return self.show(number)
        return self.each(lambda lang: lang.formatter.quantity(Quantity(Decimal(number), unit)))

    def requirement(self, requirement: Requirement | None) -> Texts:
        """Return a requirement in words, with all rows of a table."""
        if requirement is None:
            return dict.fromkeys(self.languages, BLANK)
        if isinstance(requirement, PerKey):
            return self.each(lambda lang: "; ".join(entry_words(requirement, lang)))
        return self.each(lambda lang: words(requirement, lang))

    def listed(self, values: tuple[str, ...], kind: str = "") -> Texts:
        """Return ids as a list in words; nothing where there are none."""
        said = [self.value(kind, v) if kind else dict.fromkeys(self.languages, v) for v in values]
        return self.joined(said, {code: language.formatter.comma for code, language in self.languages.items()})

    def _own_words(self, texts: Mapping[str, str]) -> Texts:
        """Return somebody's own words; where a language has none, those of the first that has."""
        first = next(iter(texts.values()))
        return {code: texts.get(code) or first for code in self.languages}
