"""Requirements, samples and pass rules in words, per language."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, assert_never

from lotproof.frozen import Frozen
from lotproof.quantity import Quantity
from lotproof.requirements import (
    AtLeast,
    AtMost,
    Conforms,
    Count,
    Documented,
    Matches,
    OneOf,
    PerKey,
    Requirement,
    Shares,
    Single,
    Statistic,
    Within,
)
from lotproof.wording.formats import Formatter
from lotproof.wording.inlines import plain
from lotproof.wording.sentences import Program, fill


class Language(Frozen):
    """
    A language of the catalogue: how it prints values, and its fixed phrases.

    Attributes:
        name: as the language calls itself.
        phrases: compiled sentences by dotted key (``requirement.at_most``).
    """

    code: str
    name: str
    formatter: Formatter
    phrases: Mapping[str, Program]

    def say(self, phrase: str, /, **values: Any) -> str:
        """Return the phrase with its values filled in."""
        return plain(fill(self.phrases[phrase], values, self.formatter.show))


def words(requirement: Requirement, language: Language) -> str:
    """Return the requirement in words: ``at most 78.0 dB(A)``; the entries of a table are said by :func:`entry_words`."""
    if isinstance(requirement, PerKey):
        return language.say("requirement.per_key")
    statistic = getattr(requirement, "statistic", Statistic.EACH)
    said = _single(requirement, language)
    return said if statistic is Statistic.EACH else language.say(f"statistic.{statistic}", required=said)


def entry_words(requirement: PerKey, language: Language) -> tuple[str, ...]:
    """Return one line for each entry of a table of requirements: ``height: 95 ± 1.5 mm (93.5 to 96.5 mm)``."""
    return tuple(
        language.say("requirement.entry", label=dict(e.label), required=words(e.requirement, language))
        for e in requirement.entries
    )


def _single(requirement: Single, language: Language) -> str:
    say, number = language.say, language.formatter.number
    match requirement:
        case AtMost(limit=limit):
            return say("requirement.at_most", limit=limit)
        case AtLeast(limit=limit):
            return say("requirement.at_least", limit=limit)
        case Within():
            return _within(requirement, language)
        case OneOf(options=options):
            return say("requirement.one_of" if len(options) > 1 else "requirement.one_only", options=options)
        case Count():
            return _count(requirement, language)
        case Shares(parts=parts):
            return language.formatter.comma.join(
                say(
                    "requirement.share" if p.tolerance else "requirement.share_exact",
                    share=Quantity(p.share, "%"),
                    name=dict(p.label),
                    tolerance=number(p.tolerance),
                )
                for p in parts
            )
        case Matches(pattern=pattern):
            return say(
                "requirement.matches" if {"#", "@"} & set(pattern) else "requirement.matches_plain", pattern=pattern
            )
        case Conforms(to=to):
            return say("requirement.conforms", to=dict(to))
        case Documented(document=document):
            return say("requirement.documented", document=dict(document))
        case _:
            assert_never(requirement)


def _within(requirement: Within, language: Language) -> str:
    number = language.formatter.number
    nominal, plus, minus = requirement.nominal, requirement.plus, requirement.minus
    if language.code in language.formatter.units[nominal.unit].before and (plus.value or minus.value):
        return _within_before(nominal, plus, minus, language)
    if not plus.value and not minus.value:
        return language.say("requirement.within_exact", nominal=nominal)
    high = Quantity(nominal.value + plus.value, nominal.unit)
    low = number(nominal.value - minus.value)
    if plus == minus:
        return language.say("requirement.within", nominal=_bare(nominal, language), plus=plus, low=low, high=high)
    return language.say(
        "requirement.within_two",
        nominal=_bare(nominal, language),
        plus=_bare(plus, language),
        minus=minus,
        low=low,
        high=high,
    )


def _bare(quantity: Quantity, language: Language) -> str:
    """Return a quantity whose unit stands elsewhere in the sentence."""
    said = language.formatter.number(quantity.value)
    return f"{said} ({quantity.given})" if quantity.given else said


def _within_before(nominal: Quantity, plus: Quantity, minus: Quantity, language: Language) -> str:
    """Say a range whose unit stands once, before its first number: ``pH 6.0 ± 1.5 (pH 4.5 to 7.5)``."""
    phrase = "requirement.within" if plus == minus else "requirement.within_two"
    return language.say(
        phrase,
        nominal=nominal,
        plus=_bare(plus, language),
        minus=_bare(minus, language),
        low=Quantity(nominal.value - minus.value, nominal.unit),
        high=language.formatter.number(nominal.value + plus.value),
    )


def _count(requirement: Count, language: Language) -> str:
    least, most, unit = requirement.least, requirement.most, requirement.unit
    if not least and most == 0:
        return language.say("requirement.count_none")
    if most is None:
        return language.say("requirement.count_least", least=Quantity(Decimal(least or 0), unit))
    if not least:
        return language.say("requirement.count_most", most=Quantity(Decimal(most), unit))
    if least == most:
        return language.say("requirement.count_exact", most=Quantity(Decimal(most), unit))
    return language.say(
        "requirement.count_range", least=language.formatter.number(least), most=Quantity(Decimal(most), unit)
    )
