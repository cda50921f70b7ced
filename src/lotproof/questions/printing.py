"""The blank answers file of a category: every question as a comment, its bounds and what is offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from lotproof.catalog.model import Category, Clause, Group, Question
from lotproof.messages import in_language, say
from lotproof.questions.expecting import condition, facts
from lotproof.questions.origins import TABLE as ORIGIN
from lotproof.questions.parties import PARTIES, PARTY
from lotproof.questions.paths import Path
from lotproof.questions.problems import blank
from lotproof.questions.reading import FORMAT, HOUSE, REVISIONS
from lotproof.questions.toml_text import key_text, toml_text

_WIDTH = 108
_NO_NOTES: Mapping[Path, str] = MappingProxyType({})

EMPTY = '""'
"""A blank, as TOML writes it."""


def blank_answers(category: Category, salt: str, language: str = "en") -> str:
    """
    Return a TOML answers file with nothing answered.

    Clauses of the minimum specification stand ready to be filled in; all others stand behind ``#`` and are taken up by removing it.

    Args:
        salt: a fresh random key of 32 to 64 hexadecimal digits.
        language: of the comments.
    """
    return answers_text(category, nothing_answered(category, salt), language)


def nothing_answered(category: Category, salt: str) -> dict[str, Any]:
    """Return answers that say nothing, with the clauses of the minimum specification ready to be filled in."""
    minimum = {clause for m in category.minimum for clause in m.clauses}
    terms = {clause.id: dict[str, Any]() for clause in category.clauses.values() if clause.id in minimum}
    return {"order": {"salt": salt}, "terms": terms}


def answers_text(
    category: Category, data: Mapping[str, Any], language: str = "en", notes: Mapping[Path, str] = _NO_NOTES
) -> str:
    """
    Return a TOML answers file that says what ``data`` says, with every question as a comment.

    What ``data`` lacks stands behind ``#``: clauses, optional tables; other answers are blank.

    Args:
        data: as TOML holds it, clauses by their whole id; what the category does not ask is left out.
        language: of the comments.
        notes: printed before the answer, the clause or the table at their path.
    """
    page = _Page(category, data, language, notes)
    lines = [
        page.comment(
            say(
                "{title}: answers for lotproof. An empty string is a blank; a final contract has none.",
                title=category.title,
            )
        ),
        page.comment(
            say(
                'Quantities are text with their unit, such as "12.5 mm"; words may be given per language: {{ en = "...", zh = "..." }}.'
            )
        ),
        f'format = "{FORMAT}"',
        f'category = "{category.id}"',
        f"house = {toml_text(data.get('house') or HOUSE)}",
        page.comment(
            say(
                'clauses marked M? that you have checked yourself and confirm for this order: confirmed = ["clause.id"]'
            )
        ),
        *page.noted(("confirmed",)),
        f"confirmed = {toml_text(data.get('confirmed') or [])}",
        "",
    ]
    for group in category.groups:
        lines += page.group(group)
    lines += [*page.defects(), "", page.comment(say("--- The specification: one table for each clause"))]
    for clause in category.clauses.values():
        lines += ["", *page.clause(clause)]
    return "\n".join([*lines, *page.last()]) + "\n"


class _Page:
    """Prints parts of an answers file, line by line."""

    def __init__(self, category: Category, data: Mapping[str, Any], language: str, notes: Mapping[Path, str]) -> None:
        self.category, self.data, self.language, self.notes = category, data, language, notes

    def noted(self, path: Path) -> list[str]:
        """Return the comment that belongs to a place."""
        return (
            [f"# >>> {line}" for line in _wrapped(in_language(self.notes[path], self.language))]
            if path in self.notes
            else []
        )

    def comment(self, text: str) -> str:
        """Return a line of comment, in the language of the page."""
        return f"# {in_language(text, self.language)}"

    def group(self, group: Group) -> Iterator[str]:
        """Yield the table of a group, or those of its rows."""
        yield from ("", f"# --- {group.title[self.language]}")
        if group.optional:
            yield self.comment(_LEAVE_OUT)
        if group.when:
            yield self.comment(condition(group.when))
        raw = self.data.get(group.id)
        prefix = "# " if group.optional and not raw and raw != {} else ""
        rows = raw if isinstance(raw, list) and raw else [raw if isinstance(raw, Mapping) else {}]
        yield from self.noted((group.id,))
        for index, row in enumerate(rows):
            path: Path = (group.id, index) if group.repeat else (group.id,)
            if index:
                yield ""
                yield from self.noted(path)
            yield f"{prefix}[[{group.id}]]" if group.repeat else f"{prefix}[{group.id}]"
            if group.id in PARTIES and PARTY in row:
                yield f"{PARTY} = {toml_text(row[PARTY])}"
            for question in group.questions:
                yield from self._question(question, row, path, prefix, told=not index)
            if not group.repeat or group.optional:
                continue
            if not index:
                yield self.comment(
                    say(
                        'a clause below may be stated for one item alone, after it: [{group}.terms."clause.id"]',
                        group=group.id,
                    )
                )
            for clause_id, answers in row.get("terms", {}).items():
                here = (*path, "terms", clause_id)
                yield from self.noted(here)
                yield f"[{group.id}.terms.{key_text(clause_id)}]"
                for question in self.category.clauses[clause_id].questions:
                    yield from self._question(question, answers, here, "", told=False)

    def clause(self, clause: Clause) -> Iterator[str]:
        """Yield the table of a clause."""
        title = "".join(part for part in clause.sentences["title"][self.language] if isinstance(part, str))
        marks = " ".join(f"{name}: {mark}" for name, mark in clause.confidence.items())
        answers = self.data.get("terms", {}).get(clause.id)
        prefix = "# " if answers is None else ""
        path = ("terms", clause.id)
        yield self.comment(
            say(
                "{title} ({defect}; {marks}; source: {source})",
                title=title,
                defect=clause.defect_class,
                marks=marks,
                source=clause.source,
            )
        )
        yield from self.noted(path)
        yield f'{prefix}[terms."{clause.id}"]'
        for question in clause.questions:
            yield from self._question(question, answers or {}, path, prefix)

    def defects(self) -> Iterator[str]:
        """Yield the defects in another class."""
        yield ""
        yield self.comment(
            say(
                "--- A defect in another class than the catalogue's: up at will, down with a reason, a critical one never"
            )
        )
        yield self.comment(say("the list: lotproof catalog show {category}", category=self.category.id))
        moved = self.data.get("defects") or []
        if not moved:
            yield from (
                "# [[defects]]",
                '# id = "scratch"',
                '# class = "major"',
                '# reason = { en = "...", zh = "..." }',
            )
        for row in moved:
            yield from ("[[defects]]", *(f"{key_text(key)} = {toml_text(value)}" for key, value in row.items()))

    def last(self) -> Iterator[str]:
        """Yield where answers came from, and the revisions of the clauses that have been revised."""
        revised = {c.id: c.revision for c in self.category.clauses.values() if c.revision > 1}
        for name, title, table in (
            (
                REVISIONS,
                say("--- Clauses that have been revised since their first edition; a re-order compares them"),
                revised,
            ),
            (
                ORIGIN,
                say("--- Where answers came from that were not written into this file by hand"),
                self.data.get(ORIGIN),
            ),
        ):
            if table:
                yield from ("", self.comment(title), f"[{name}]")
                yield from (f"{key_text(key)} = {toml_text(value)}" for key, value in table.items())

    def _question(
        self, question: Question, answers: Mapping[str, Any], above: Path, prefix: str, *, told: bool = True
    ) -> Iterator[str]:
        if told:
            for line in _wrapped(question.text[self.language]):
                yield f"{prefix}# {line}"
            for line in _wrapped(question.why[self.language]) if question.why else ():
                yield f"{prefix}#   {line}"
            for line in facts(question, self.language):
                yield f"{prefix}#   {line}"
        yield from self.noted((*above, question.key))
        value = answers.get(question.key)
        many = question.type in ("entries", "list") and above[0] == "terms"
        yield f"{prefix}{question.key} = {('[]' if many else EMPTY) if blank(value, question.type) else toml_text(value)}"


_LEAVE_OUT = say("wanted? take the # away from the lines of this table; left out, its provision is not printed")


def _wrapped(text: str) -> Iterable[str]:
    import textwrap

    return textwrap.wrap(text, _WIDTH) or [text]
