"""The blank answers file of a category: every question as a comment, its bounds and what is offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lotproof.catalog.model import Category, Clause, Question
from lotproof.questions.reading import FORMAT
from lotproof.questions.values import row_questions
from lotproof.wording.conditions import Conditions, words_of

_WIDTH = 108


def blank_answers(category: Category, salt: str, language: str = "en") -> str:
    """
    Return a TOML answers file with nothing answered.

    Clauses of the minimum specification stand ready to be filled in; all others stand behind ``#`` and are taken up by removing it.

    Args:
        salt: a fresh random key of 32 to 64 hexadecimal digits.
        language: of the comments.
    """
    minimum = {clause for m in category.minimum for clause in m.clauses}
    lines = [
        f"# {category.title[language]}: answers for lotproof. An empty string is a blank; a final contract has none.",
        '# Quantities are text with their unit, such as "12.5 mm"; words may be given per language: { en = "...", zh = "..." }.',
        f'format = "{FORMAT}"',
        f'category = "{category.id}"',
        'house = "standard"',
        '# clauses marked M? that you have checked yourself and confirm for this order: confirmed = ["clause.id"]',
        "confirmed = []",
        "",
    ]
    for group in category.groups:
        prefix = "# " if group.optional else ""
        lines += ["", f"# --- {group.title[language]}"]
        if group.optional:
            lines.append(f"# {_LEAVE_OUT}")
        if group.when:
            lines.append(f"# {_condition(group.when)}")
        lines.append(f"{prefix}[[{group.id}]]" if group.repeat else f"{prefix}[{group.id}]")
        for question in group.questions:
            value = f'"{salt}"' if question.key == "salt" else '""'
            lines += _question(question, value, prefix, language)
        if group.repeat and not group.optional:
            lines.append(f'# a clause below may be stated for one item alone, after it: [{group.id}.terms."clause.id"]')
    lines += [
        "",
        "# --- A defect in another class than the catalogue's: up at will, down with a reason, a critical one never",
        f"# the list: lotproof catalog show {category.id}",
        "# [[defects]]",
        '# id = "scratch"',
        '# class = "major"',
        '# reason = { en = "...", zh = "..." }',
        "",
        "# --- The specification: one table for each clause",
    ]
    for clause in category.clauses.values():
        lines += ["", *_clause(clause, "" if clause.id in minimum else "# ", language)]
    return "\n".join(lines) + "\n"


def _clause(clause: Clause, prefix: str, language: str) -> Iterator[str]:
    title = "".join(part for part in clause.sentences["title"][language] if isinstance(part, str))
    marks = " ".join(f"{name}: {mark}" for name, mark in clause.confidence.items())
    yield f"# {title} ({clause.defect_class}; {marks}; source: {clause.source})"
    yield f'{prefix}[terms."{clause.id}"]'
    for question in clause.questions:
        yield from _question(question, "[]" if question.type in ("entries", "list") else '""', prefix, language)


def _question(question: Question, value: str, prefix: str, language: str) -> Iterator[str]:
    for line in _wrapped(question.text[language]):
        yield f"{prefix}# {line}"
    if question.why:
        for line in _wrapped(question.why[language]):
            yield f"{prefix}#   {line}"
    for line in facts(question, language):
        yield f"{prefix}#   {line}"
    yield f"{prefix}{question.key} = {value}"


def facts(question: Question, language: str = "en") -> Iterator[str]:
    """Yield what an answer may be: form, bounds, choices, what is offered."""
    form = {
        "quantity": " or ".join(_quantities(question)),
        "integer": "a whole number, without quotes",
        "decimal": "a number, without quotes",
        "money": "a number, without quotes",
        "date": "a date such as 2027-01-15, without quotes",
        "flag": "true or false",
        "list": 'a list such as ["...", "..."]',
        "aql": "zero, or a value of the series such as 2.5",
        "pattern": "# stands for a digit, @ for a capital letter",
    }.get(question.type)
    if question.type == "entries":
        columns = ", ".join(f"{c.key} = {_sample(c)}" for c in row_questions(question))
        form = f'rows such as {{ key = "...", zh = "...", {columns} }}'
    if form:
        yield form + (", may stay empty" if question.optional else "")
    elif question.optional and question.key != "salt":
        yield "may stay empty"
    if question.minimum is not None or question.maximum is not None:
        low, high = (f"{b:f}" if b is not None else "" for b in (question.minimum, question.maximum))
        yield (
            f"between {low} and {high} {question.unit}".rstrip()
            if low and high
            else f"at least {low}"
            if low
            else f"at most {high}"
        )
    if question.choices:
        yield "one of: " + "; ".join(f"{value} ({text[language]})" for value, text in question.choices)
    if question.suggest:
        yield "offered: " + ", ".join(question.suggest)
    elif question.example:
        yield f"for example: {question.example}"
    if question.when:
        yield _condition(question.when)


def _quantities(question: Question) -> Iterator[str]:
    yield f'"... {question.unit}"'
    if question.percent_of:
        yield '"... %"'
    if question.by:
        yield f"the name of a table that gives it from {question.by[1]} ({', '.join(question.by[0])})"


def _condition(when: Conditions) -> str:
    facts = [_FACTS[name] for name, _ in when if name in _FACTS]
    asked = tuple(condition for condition in when if condition[0] not in _FACTS)
    return "; ".join([*facts, *([f"only where {words_of(asked)}"] if asked else [])])


_LEAVE_OUT = "wanted? take the # away from the lines of this table; left out, its provision is not printed"

_FACTS = {
    "basis": "only for goods that are inspected by sampling (machines: more than 20 of them)",
    "laboratory": "only where a clause below is tested in a laboratory",
}
"""What is not answered but follows from other answers."""


def _sample(question: Question) -> str:
    return '["..."]' if question.type == "list" else "1" if question.type == "integer" else f'"1 {question.unit}"'


def _wrapped(text: str) -> Iterable[str]:
    import textwrap

    return textwrap.wrap(text, _WIDTH) or [text]
