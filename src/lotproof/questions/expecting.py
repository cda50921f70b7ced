"""What an answer may be, in words: its form, its bounds, its choices, what is offered, and when it is asked at all."""

from __future__ import annotations

from collections.abc import Iterator

from lotproof.catalog.model import Question
from lotproof.messages import Message, in_language, say
from lotproof.questions.entries import row_questions
from lotproof.wording.conditions import Conditions, words_of


def facts(question: Question, language: str = "en") -> Iterator[str]:
    """Yield what an answer may be: form, bounds, choices, what is offered."""
    yield from (in_language(fact, language) for fact in _facts(question))


def _facts(question: Question) -> Iterator[Message]:
    form = _form(question)
    if form:
        yield say("{form}, may stay empty", form=form) if question.optional else form
    elif question.optional and question.key != "salt":
        yield say("may stay empty")
    low, high = question.minimum, question.maximum
    if low is not None and high is not None:
        if question.unit:
            yield say("between {low} and {high} {unit}", low=low, high=high, unit=question.unit)
        else:
            yield say("between {low} and {high}", low=low, high=high)
    elif low is not None:
        yield say("at least {low}", low=low)
    elif high is not None:
        yield say("at most {high}", high=high)
    if question.choices:
        choices = [say("{value} ({words})", value=value, words=words) for value, words in question.choices]
        yield say("one of: {choices:; }", choices=choices)
    if question.suggest:
        yield say("offered: {offers}", offers=question.suggest)
    elif question.example:
        yield say("for example: {example}", example=question.example)
    if question.when:
        yield condition(question.when)


def _form(question: Question) -> Message | None:
    match question.type:
        case "quantity":
            return say("{ways: or }", ways=list(_quantities(question)))
        case "integer":
            return say("a whole number, without quotes")
        case "decimal" | "money":
            return say("a number, without quotes")
        case "date":
            return say("a date such as 2027-01-15, without quotes")
        case "flag":
            return say("true or false")
        case "list":
            return say('a list such as ["...", "..."]')
        case "aql":
            return say("zero, or a value of the series such as 2.5")
        case "pattern":
            return say("# stands for a digit, @ for a capital letter")
        case "entries":
            columns = [f"{column.key} = {_sample(column)}" for column in row_questions(question)]
            return say('rows such as {{ key = "...", zh = "...", {columns} }}', columns=columns)
        case _:
            return None


def _quantities(question: Question) -> Iterator[str]:
    """Yield the ways to write a quantity."""
    yield f'"... {question.unit}"'
    if question.percent_of:
        yield '"... %"'
    if question.by:
        yield say(
            "the name of a table that gives it from {other} ({tables})", other=question.by[1], tables=question.by[0]
        )


def condition(when: Conditions) -> Message:
    """Say when something is asked."""
    known = [_FACTS[name] for name, _ in when if name in _FACTS]
    asked = tuple(condition for condition in when if condition[0] not in _FACTS)
    if asked:
        known.append(say("only where {condition}", condition=words_of(asked)))
    return say("{facts:; }", facts=known)


_FACTS = {
    "basis": say("only for goods that are inspected by sampling (machines: more than 20 of them)"),
    "laboratory": say("only where a clause below is tested in a laboratory"),
}
"""What is not answered but follows from other answers."""


def _sample(question: Question) -> str:
    return '["..."]' if question.type == "list" else "1" if question.type == "integer" else f'"1 {question.unit}"'
