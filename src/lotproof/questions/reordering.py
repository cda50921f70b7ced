"""A new order like an earlier one: what stays, what is new each time, and what the catalogue has changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lotproof.catalog.model import Category, Question
from lotproof.findings import Finding, Refused, Severity, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.questions.facts import Facts
from lotproof.questions.origins import TABLE as ORIGIN
from lotproof.questions.parties import PARTIES, PARTY
from lotproof.questions.paths import Path, parsed, place_of, value_at, written
from lotproof.questions.problems import Problem, blank
from lotproof.questions.reading import FORMAT, MAX_ITEMS, REVISIONS, TOP
from lotproof.questions.toml_text import toml_text
from lotproof.questions.values import read_value

Data = Mapping[str, Any]

EACH_ORDER = say("new for each order")
STILL = say("kept from the earlier order: is it still so?")
ADDED = say("not in the earlier file")
OPEN = say("left blank in the earlier file")
MINIMUM = say("part of the minimum specification, and not in the earlier file")
AGAIN = say("what was confirmed counted for the earlier order alone: confirm it again")
REWORDED = say("the Chinese wording of the provisions was edited since it was confirmed")


class Asked(Frozen):
    """What a re-order asks: an answer, a clause or a table, and why."""

    path: Path
    why: Message


class Withdrawn(Frozen):
    """What the earlier file says and nobody asks any more: its name, and what was answered."""

    name: str
    answer: str


class Reorder(Frozen):
    """The answers of a new order, as an answers file holds them, what is to be asked, and what was withdrawn."""

    data: Data
    asked: tuple[Asked, ...]
    withdrawn: tuple[Withdrawn, ...]


def reorder(old: Data, category: Category, *, salt: str, wording: str, where: str = "the earlier file") -> Reorder:
    """
    Start an order from the answers of an earlier one.

    Parties, specification and remedies stay. Number, dates and the confirmation of the filing window are emptied; quantities and
    prices are kept and asked again; origins are kept for the answers that are.

    Args:
        old: as TOML holds it.
        salt: a fresh random key: that of the earlier order is never used again.
        wording: the fingerprint of the Chinese wording of the house, as it is now.
        where: what findings call the earlier file.

    Raises:
        Refused: it is no answers file (LP103), or one of another category (LP194).
    """
    _refuse_other(old, category, where)
    return _Reorder(old, category).made(salt, wording)


def _refuse_other(old: Data, category: Category, where: str) -> None:
    if old.get("format") != FORMAT:
        hint = say('give a file with format = "{format}", as lotproof questions prints it', format=FORMAT)
        raise Refused([Finding(where=where, code="LP103", message=say("this is no answers file"), hint=hint)])
    if old.get("category") != category.id:
        named = quoted(old.get("category"))
        message = say("the earlier order is one of {named}, not of {category}", named=named, category=category.id)
        hint = say("name the category of the earlier order, or begin with a blank file")
        raise Refused([Finding(where=where, code="LP194", message=message, hint=hint)])


class _Reorder:
    """Carries answers over, table by table."""

    def __init__(self, old: Data, category: Category) -> None:
        self.old, self.category = old, category
        self.asked: list[Asked] = []
        self.withdrawn: list[Withdrawn] = []
        self.facts = Facts(old, category)

    def made(self, salt: str, wording: str) -> Reorder:
        data: dict[str, Any] = {"format": FORMAT, "category": self.category.id}
        if isinstance(self.old.get("house"), str):
            data["house"] = self.old["house"]
        known = {*TOP, *(group.id for group in self.category.groups)}
        self._gone((), {key: value for key, value in self.old.items() if key not in known})
        for group in self.category.groups:
            raw = self.old.get(group.id)
            if group.repeat:
                rows = [row for row in raw if isinstance(row, Mapping)][:MAX_ITEMS] if isinstance(raw, list) else []
                data[group.id] = [self._row(group.id, index, row, group.questions) for index, row in enumerate(rows)]
            elif group.id in PARTIES and (card := _card(raw)):
                beside = {key: value for key, value in raw.items() if key != PARTY} if isinstance(raw, Mapping) else {}
                data[group.id] = {PARTY: card, **self._table((group.id,), beside, group.questions, asked=False)}
            elif isinstance(raw, Mapping) or not group.optional:
                table = raw if isinstance(raw, Mapping) else {}
                data[group.id] = self._table((group.id,), table, group.questions, asked=self.facts.hold(group.when))
        data["order"] = {**data["order"], "salt": salt}
        self._wording(data, wording)
        data["terms"] = self._terms(("terms",), self.old.get("terms"))
        self._minimum(data)
        if isinstance(self.old.get("defects"), list):
            data["defects"] = [row for row in self.old["defects"] if isinstance(row, Mapping)]
        if not blank(self.old.get("confirmed"), "list"):
            self.asked.append(Asked(("confirmed",), AGAIN))
        if origins := self._origins(data):
            data[ORIGIN] = origins
        return Reorder(
            {key: value for key, value in data.items() if value != []}, tuple(self.asked), tuple(self.withdrawn)
        )

    def _row(self, group: str, index: int, row: Data, questions: tuple[Question, ...]) -> dict[str, Any]:
        path: Path = (group, index)
        table = self._table(path, {k: v for k, v in row.items() if k != "terms"}, questions, row=row)
        terms = self._terms((*path, "terms"), row.get("terms")) if group == "goods" else {}
        return {**table, "terms": terms} if terms else table

    def _table(
        self,
        path: Path,
        table: Data,
        questions: tuple[Question, ...],
        *,
        row: Data | None = None,
        asked: bool = True,
    ) -> dict[str, Any]:
        keys = {question.key for question in questions}
        self._gone(path, {key: value for key, value in table.items() if key not in keys})
        kept: dict[str, Any] = {}
        for question in questions:
            here, raw = (*path, question.key), table.get(question.key)
            why, stays = self._why(question, raw, table)
            if stays and not blank(raw, question.type):
                kept[question.key] = raw
            if why and asked and self.facts.hold(question.when, row if row is not None else table):
                self.asked.append(Asked(here, why))
        return kept

    def _why(self, question: Question, raw: Any, table: Data) -> tuple[Message | None, bool]:
        """Return why a question is asked (None where it is not), and whether its answer stays."""
        if question.key == "salt":
            return None, False
        if question.again == "empty":
            return (None if question.optional else EACH_ORDER), False
        if blank(raw, question.type):
            return (None if question.optional else OPEN if question.key in table else ADDED), False
        problems: list[Problem] = []
        read_value(question, raw, self.category.units, problems.append)
        refused = [problem for problem in problems if problem.severity is Severity.REFUSE]
        if refused:
            return say("no answer any more: {message}", message=refused[0].message), False
        return (STILL if question.again == "ask" else None), True

    def _terms(self, path: Path, raw: Any) -> dict[str, Any]:
        terms: dict[str, Any] = {}
        for clause_id, table in self._clauses(path, raw):
            clause = self.category.clauses[clause_id]
            before, now = self._revision(clause_id), clause.revision
            if before != now:
                self.asked.append(
                    Asked(
                        (*path, clause_id),
                        say("the clause was revised, from {before} to {now}: read it", before=before, now=now),
                    )
                )
            terms[clause_id] = self._table((*path, clause_id), table, clause.questions)
        return terms

    def _clauses(self, path: Path, raw: Any) -> Iterator[tuple[str, Data]]:
        """Yield the tables of clauses that there still are; the others are withdrawn."""
        clauses = self.category.clauses
        folders = {clause.partition(".")[0] for clause in clauses}
        for name, table in raw.items() if isinstance(raw, Mapping) else ():
            if name in clauses and isinstance(table, Mapping):
                yield name, table
            elif name in folders and isinstance(table, Mapping):
                for inner, answers in table.items():
                    if f"{name}.{inner}" in clauses and isinstance(answers, Mapping):
                        yield f"{name}.{inner}", answers
                    else:
                        self._gone(path, {f"{name}.{inner}": answers})
            else:
                self._gone(path, {name: table})

    def _minimum(self, data: Data) -> None:
        """Ask for what the minimum specification has and the earlier order had not."""
        given = {*data["terms"], *(clause for row in data.get("goods", ()) for clause in row.get("terms", {}))}
        for minimum in self.category.minimum:
            there = [clause for clause in minimum.clauses if clause in self.category.clauses]
            if there and not given & set(there):
                self.asked.append(Asked(("terms", there[0]), MINIMUM))

    def _revision(self, clause: str) -> int:
        """Return the revision that a clause had; a file says so only of those that had been revised."""
        recorded = self.old.get(REVISIONS)
        number = recorded.get(clause, 1) if isinstance(recorded, Mapping) else 1
        return number if isinstance(number, int) else 1

    def _wording(self, data: dict[str, Any], now: str) -> None:
        """Keep who has confirmed the Chinese wording while that is still the same."""
        table = data.get("wording")
        if table and table.get("fingerprint") != now:
            data["wording"] = {}
            self.asked.append(Asked(("wording",), REWORDED))

    def _origins(self, data: Data) -> dict[str, Any]:
        """Return the origins of the answers that stay."""
        table = self.old.get(ORIGIN)
        kept: dict[str, Any] = {}
        for name, origin in table.items() if isinstance(table, Mapping) else ():
            try:
                place = place_of(parsed(name), self.category)
            except ValueError:
                continue
            if place is not None and value_at(data, place.path) is not None:
                kept[name] = origin
        return kept

    def _gone(self, path: Path, answers: Data) -> None:
        for key, value in answers.items():
            if not blank(value, "list"):
                self.withdrawn.append(Withdrawn(written((*path, key)), _shown(value)))


def _card(raw: Any) -> str:
    """Return the name of the card that a group of answers names, which answers what stands beside it open."""
    name = raw.get(PARTY) if isinstance(raw, Mapping) else raw
    return name if isinstance(name, str) else ""


def _shown(value: Any) -> str:
    text = " ".join(toml_text(value).split())
    return text if len(text) <= 120 else f"{text[:117]}..."
