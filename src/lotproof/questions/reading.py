"""An answers file to checked answers: every finding at once, each with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import Any

from lotproof.catalog.model import Category, Question
from lotproof.findings import Finding, Refused, Severity, did_you_mean, quoted
from lotproof.messages import Message, say
from lotproof.questions import checks
from lotproof.questions.answers import Answers
from lotproof.questions.classing import moved_defects
from lotproof.questions.facts import Facts
from lotproof.questions.naming import resolve
from lotproof.questions.origins import TABLE as ORIGIN
from lotproof.questions.origins import read_origins
from lotproof.questions.own import GROUP as OWN
from lotproof.questions.own import OwnTerm, own_term
from lotproof.questions.parties import PARTIES, PARTY
from lotproof.questions.problems import MAX_ROWS, Report, blank, shown, unanswered
from lotproof.questions.reports import Reports
from lotproof.questions.setting import with_settings
from lotproof.questions.source import Source, toml_source
from lotproof.questions.values import read_value
from lotproof.sources import odd_numbers, show_path
from lotproof.wording.conditions import words_of

FORMAT = "lotproof-answers/1"
HOUSE = "standard"
"""The house of an order that names none."""

MAX_ITEMS = 10_000
"""Longest list of goods, in items."""

REVISIONS = "revisions"
"""The key under which a file keeps the revisions of clauses that it was written with, for a re-order."""

TOP = ("format", "category", "house", "confirmed", "defects", "terms", "left_open", ORIGIN, REVISIONS)
"""The keys of an answers file that are no groups of questions."""

_SALT = re.compile(r"[0-9a-fA-F]{32,64}\Z")

Path = tuple[str | int, ...]


def read_answers(
    content: bytes, name: str, load: Callable[[str, str], Category], houses: Callable[[], list[str]]
) -> tuple[Answers, Category, tuple[Finding, ...]]:
    """
    Read and check an answers file.

    Args:
        content: the file.
        name: what findings call it.
        load: gives the category of an id; the second argument is the place that names it.
        houses: ids of the houses there are.

    Returns:
        the answers, their category, and the findings that stop no draft: blanks, notes.

    Raises:
        Refused: with everything that is wrong, each with file, line, key and mend.
    """
    return read_source(toml_source(content, name), load, houses)


def read_source(
    source: Source,
    load: Callable[[str, str], Category],
    houses: Callable[[], list[str]],
    settings: Sequence[str] = (),
    places_of: Sequence[str] = (),
    salt: str = "",
) -> tuple[Answers, Category, tuple[Finding, ...]]:
    """
    Read and check answers, wherever they came from; arguments and results are those of :func:`read_answers`.

    Args:
        settings: answers that stand in the place of those given, each ``PATH=VALUE`` (:mod:`lotproof.questions.setting`).
        places_of, salt: as for :func:`lotproof.questions.setting.with_settings`.
    """
    if settings or salt:
        source = with_settings(source, settings, category_of(source, load), places_of, salt)
    data, text = source.data, source.text
    reports = Reports(text, source.name, source.places)
    if data.get("format") != FORMAT:
        given = say("missing") if "format" not in data else shown(data["format"])
        reports.add(
            ("format",),
            "LP103",
            say("format is {given}, not {format}", given=given, format=FORMAT),
            say('write format = "{format}" at the top', format=FORMAT),
        )
    house = _house(data.get("house"), houses, reports)
    _salt(data.get("order"), reports)
    category = _category(data.get("category"), load, reports)
    reader = _Reader(data, category, reports)
    groups, goods = reader.groups()
    terms = reader.terms(data.get("terms"), ("terms",))
    own = reader.own()
    goods, terms = _with_own(own, goods, terms)
    confirmed = reader.confirmed()
    reader.left_open()
    reader.revisions()
    moved = moved_defects(data.get("defects"), category, lambda problem: reports.problem(problem, ("defects",)))
    for problem in checks.across(groups, goods, terms, category.currencies):
        reports.problem(problem)
    if client := groups.get("payment", {}).get("end_client"):
        from lotproof.questions.secrecy import told  # most orders name none

        for problem in told(data, (client,)):
            reports.problem(problem)
    origins = read_origins(data.get(ORIGIN), category, lambda problem: reports.problem(problem, (ORIGIN,)))
    for path, literal in odd_numbers(text).items():
        if path not in source.places and not reports.has(path, "LP112"):
            hint = say("write it out in decimal digits, with at most one decimal point")
            reports.add(
                path,
                "LP112",
                say("{number} is a number that reads differently to people and machines", number=quoted(literal)),
                hint,
            )
    if any(f.severity is Severity.REFUSE for f in (*source.findings, *reports.findings())):
        raise Refused((*source.findings, *reports.findings()))
    answers = Answers(
        name=source.name,
        category=category.id,
        house=house,
        groups=MappingProxyType(groups),
        goods=goods,
        terms=terms,
        own=tuple(term.clause for term in own),
        confirmed=confirmed,
        moved=moved,
        digest=source.digest,
        text=text,
        places=source.places,
        origins=MappingProxyType({**origins, **source.origins}),
    )
    return answers, category, (*source.findings, *reports.findings())


def _with_own(
    own: tuple[OwnTerm, ...], goods: tuple[Mapping[str, Any], ...], terms: Mapping[str, Mapping[str, Any]]
) -> tuple[tuple[Mapping[str, Any], ...], Mapping[str, Mapping[str, Any]]]:
    """Return goods and terms with the own requirements among them, each at the items that it is for."""
    general = {term.clause.id: term.values for term in own if not term.items}
    rows = [
        MappingProxyType(
            {**row, "terms": {**row["terms"], **{t.clause.id: t.values for t in own if row.get("item") in t.items}}}
        )
        for row in goods
    ]
    return tuple(rows), MappingProxyType({**terms, **general})


def _house(raw: Any, houses: Callable[[], list[str]], reports: Reports) -> str:
    if blank(raw):
        return HOUSE
    known = houses()
    if isinstance(raw, str) and raw in known:
        return raw
    near = did_you_mean(str(raw), known)
    hint = say("{near}; a house of your own needs its folder: --house DIR", near=near)
    reports.add(("house",), "LP202", say("{given} is no house", given=shown(raw)), hint)
    return HOUSE


def _salt(order: Any, reports: Reports) -> None:
    """LP117: without a key of its own, whoever holds a checklist can guess the price from the digest."""
    salt = order.get("salt") if isinstance(order, Mapping) else None
    mend = say("the line salt = ... that lotproof questions CATEGORY prints, or 32 random hexadecimal digits")
    if blank(salt):
        message = say("no salt: without this random key anyone who holds the checklist can guess the prices")
        reports.add(("order", "salt"), "LP117", message, say("add to [order] {mend}", mend=mend))
    elif isinstance(salt, str) and not _SALT.match(salt):
        hint = say("take {mend}; never reuse the salt of another order", mend=mend)
        reports.add(
            ("order", "salt"),
            "LP117",
            say("{salt} is not a key of 32 to 64 hexadecimal digits", salt=quoted(salt, 12)),
            hint,
        )


def category_of(source: Source, load: Callable[[str, str], Category]) -> Category:
    """
    Return the category that answers name.

    Raises:
        Refused: they name none (LP103), or there is none of that name (LP201).
    """
    return _category(source.data.get("category"), load, Reports(source.text, source.name, source.places))


def _category(raw: Any, load: Callable[[str, str], Category], reports: Reports) -> Category:
    if isinstance(raw, str) and raw:
        try:
            with suppress(Refused):
                return load(raw, "")
            return load(
                raw, reports.where(("category",))
            )  # refused again, with its line, which takes the whole file to find
        except Refused as refused:
            raise Refused((*reports.findings(), *refused.findings)) from None
    found = say("expected the id of a category, found {given}", given=shown(raw))
    if blank(raw):
        found = say("no category: every order has one")
    hint = say('write category = "packaging_machines"; lotproof catalog list shows them all')
    reports.add(("category",), "LP103", found, hint)
    raise Refused(reports.findings())


class _Reader:
    """Reads the tables of one file against the questions of its category."""

    def __init__(self, data: Mapping[str, Any], category: Category, reports: Reports) -> None:
        self.data, self.category, self.reports = data, category, reports
        self.facts = Facts(data, category)

    def groups(self) -> tuple[dict[str, Mapping[str, Any]], tuple[Mapping[str, Any], ...]]:
        """Read the groups of questions, and the goods."""
        self._unknown((), self.data, (*TOP, *(group.id for group in self.category.groups)))
        groups: dict[str, Mapping[str, Any]] = {}
        goods: tuple[Mapping[str, Any], ...] = ()
        for group in self.category.groups:
            raw, path = self._party(group.id, self.data.get(group.id)), (group.id,)
            if group.id == OWN:
                continue  # read after the goods that it names
            if group.repeat:
                goods = self._goods(group.questions, raw)
                continue
            table = self._as_table(raw, path)
            if group.optional and raw is None:
                groups[group.id] = {}
                continue
            if self.facts.hold(group.when):
                groups[group.id] = self._table(group.questions, table, path)
                continue
            if group.when and any(not blank(value) for value in table.values()):
                message = say("not asked for this order, so it is not used")
                hint = say("remove the table; it belongs to {condition}", condition=words_of(group.when))
                self.reports.add(path, "LP121", message, hint, Severity.NOTE)
            with self.reports.only_refusals():
                self._table(group.questions, table, path)
            groups[group.id] = {}
        return groups, goods

    def _party(self, group: str, raw: Any) -> Any:
        """LP946: return the answers of a group without the name of a card, which only a house has."""
        name = raw if isinstance(raw, str) else raw.get(PARTY) if isinstance(raw, Mapping) else None
        if group not in PARTIES or raw == "" or (name is None and not (isinstance(raw, Mapping) and PARTY in raw)):
            return raw
        if not blank(name):
            hint = say("give the house that keeps it: --house DIR; or write name, registration and address themselves")
            path = (group,) if isinstance(raw, str) else (group, PARTY)
            self.reports.add(path, "LP946", say("{given} is no party without a house", given=shown(name)), hint)
        return {key: value for key, value in raw.items() if key != PARTY} if isinstance(raw, Mapping) else None

    def terms(self, raw: Any, path: Path) -> Mapping[str, Mapping[str, Any]]:
        """Read the tables of clauses under ``path``."""
        terms: dict[str, Mapping[str, Any]] = {}
        for clause_id, here, table in self._clause_tables(self._as_table(raw, path), path):
            clause = self.category.clauses[clause_id]
            values = self._table(clause.questions, self._as_table(table, here), here)
            for problem in checks.limits_in_order(values):
                self.reports.problem(problem, here)
            if clause_id in terms:
                message = say("{clause} stands twice, in quotes and without", clause=clause_id)
                self.reports.add(here, "LP114", message, say("put both into one table"))
            terms[clause_id] = values
        return MappingProxyType(terms)

    def own(self) -> tuple[OwnTerm, ...]:
        """Read the buyer's own requirements."""
        questions = next(group.questions for group in self.category.groups if group.id == OWN)
        found: list[OwnTerm] = []
        items = {str(row.get("item")) for row in self._rows("goods")}
        for index, row in enumerate(
            self._rows(OWN, say("write [[own_terms]], with two brackets, before each requirement"))
        ):
            path: Path = (OWN, index)
            made = own_term(self._table(questions, row, path), questions, self.category.units, self._report(path))
            if made is None:
                continue
            if any(term.clause.id == made.clause.id for term in found):
                hint = say("give each requirement its own name")
                self.reports.add((*path, "id"), "LP114", say("{name} stands twice", name=quoted(row["id"])), hint)
                continue
            for item in made.items:
                if item not in items:
                    self.reports.add(
                        (*path, "items"), "LP102", say("no item {item}", item=quoted(item)), did_you_mean(item, items)
                    )
            found.append(made)
        return tuple(found)

    def _rows(self, key: str, hint: Message | None = None) -> list[Mapping[str, Any]]:
        """Return the tables of an array; reports LP103 where it is none and a hint is given."""
        raw = self.data.get(key)
        if blank(raw, "list"):
            return []
        if isinstance(raw, list) and all(isinstance(row, Mapping) for row in raw) and len(raw) <= MAX_ROWS:
            return raw
        if hint:
            self.reports.add(
                (key,),
                "LP103",
                say("expected a table for each, {most} at most, found {given}", most=MAX_ROWS, given=shown(raw)),
                hint,
            )
        return []

    def confirmed(self) -> frozenset[str]:
        """Read the clauses that the buyer confirms."""
        raw = self.data.get("confirmed")
        if blank(raw, "list"):
            return frozenset()
        if not isinstance(raw, list) or not all(isinstance(clause, str) for clause in raw):
            hint = say('write confirmed = ["ceramic_tableware.lead_cadmium_release"]')
            self.reports.add(
                ("confirmed",), "LP103", say("expected a list of clause ids, found {given}", given=shown(raw)), hint
            )
            return frozenset()
        for index, clause in enumerate(raw):
            if clause not in self.category.clauses:
                self._no_clause(clause, ("confirmed", index))
        return frozenset(raw)

    def revisions(self) -> None:
        """LP103: the revisions of clauses that the file was written with; they say nothing about the order."""
        raw = self.data.get(REVISIONS)
        if not blank(raw) and not (isinstance(raw, Mapping) and all(type(number) is int for number in raw.values())):
            hint = say("remove the table: lotproof writes it, and a re-order compares the clauses")
            self.reports.add(
                (REVISIONS,), "LP103", say("expected whole numbers by clause, found {given}", given=shown(raw)), hint
            )

    def left_open(self) -> None:
        """LP103: what ``lotproof new`` has put and what was left open; it says nothing about the order."""
        raw = self.data.get("left_open")
        if not blank(raw, "list") and not (isinstance(raw, list) and all(isinstance(name, str) for name in raw)):
            hint = say("remove the line: lotproof new writes it, so as not to ask again")
            self.reports.add(
                ("left_open",), "LP103", say("expected a list of answers, found {given}", given=shown(raw)), hint
            )

    def _goods(self, questions: tuple[Question, ...], raw: Any) -> tuple[Mapping[str, Any], ...]:
        if blank(raw, "list"):
            hint = say("add a table [[goods]] for each item, with item, description, quantity and unit_price")
            self.reports.add(("goods",), "LP108", say("the order has no goods"), hint)
            return ()
        if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
            message = say("expected a table for each item, found {given}", given=shown(raw))
            self.reports.add(("goods",), "LP103", message, say("write [[goods]], with two brackets, before each item"))
            return ()
        if len(raw) > MAX_ITEMS:
            message = say("{count:,} items, more than the {most:,} of one order", count=len(raw), most=MAX_ITEMS)
            self.reports.add(("goods",), "LP111", message, say("make several orders"))
            return ()
        read: list[Mapping[str, Any]] = []
        first: dict[str, int] = {}
        for index, row in enumerate(raw):
            path: Path = ("goods", index)
            values = dict(self._table(questions, row, path, ("terms",)))
            item = values.get("item")
            if blank(row.get("item")):
                hint = say("give each item its own code: readings are kept by it")
                self.reports.add((*path, "item"), "LP116", say("the item has no code"), hint)
            elif item is not None and first.setdefault(item, index) != index:
                hint = say("give each item its own code: goods[{row}] has this code already", row=first[item] + 1)
                self.reports.add((*path, "item"), "LP114", say("item {item} stands twice", item=quoted(item)), hint)
            values["terms"] = self.terms(row.get("terms"), (*path, "terms"))
            read.append(MappingProxyType(values))
        return tuple(read)

    def _table(
        self, questions: tuple[Question, ...], raw: Mapping[str, Any], path: Path, extra: tuple[str, ...] = ()
    ) -> Mapping[str, Any]:
        self._unknown(path, raw, (*extra, *(question.key for question in questions)))
        values: dict[str, Any] = {}
        for question in questions:
            here, given = (*path, question.key), raw.get(question.key)
            if not self.facts.hold(question.when, raw):
                self._not_asked(question, given, here)
            elif not blank(given, question.type):
                values[question.key] = read_value(question, given, self.category.units, self._report(here))
            else:
                values[question.key] = None
                if not question.optional:
                    self.reports.problem(unanswered(question), here)
        return resolve(
            questions, MappingProxyType(values), self.category.tables, self.category.units, self._report(path)
        )

    def _not_asked(self, question: Question, given: Any, path: Path) -> None:
        if blank(given, question.type):
            return
        hint = say("remove it; it belongs to {condition}", condition=words_of(question.when))
        self.reports.add(path, "LP121", say("not asked for this order, so it is not used"), hint, Severity.NOTE)
        with self.reports.only_refusals():
            read_value(question, given, self.category.units, self._report(path))

    def _report(self, path: Path) -> Report:
        return lambda problem: self.reports.problem(problem, path)

    def _unknown(self, path: Path, given: Iterable[str], known: Iterable[str]) -> None:
        """LP102: keys that nobody asked for."""
        names = frozenset(known)
        for key in (key for key in given if key not in names):
            hint = did_you_mean(key, names) if self.reports.room("LP102") else say("remove it")
            self.reports.add((*path, key), "LP102", say("unknown key {key}", key=quoted(key)), hint)

    def _as_table(self, raw: Any, path: Path) -> Mapping[str, Any]:
        if isinstance(raw, Mapping):
            return raw
        if raw is not None:
            hint = say("write [{path}] on a line of its own, the answers under it", path=show_path(path))
            self.reports.add(path, "LP103", say("expected a table, found {given}", given=shown(raw)), hint)
        return {}

    def _clause_tables(self, raw: Mapping[str, Any], path: Path) -> Iterator[tuple[str, Path, Any]]:
        """Yield clause, path and table; ``[terms.machinery.noise]`` counts as ``[terms."machinery.noise"]``: people forget quotes."""
        clauses = self.category.clauses
        folders: set[str] = set()
        if not clauses.keys() >= raw.keys():
            folders = {clause.partition(".")[0] for clause in clauses}
        for key, table in raw.items():
            if key in clauses:
                yield key, (*path, key), table
            elif key in folders and isinstance(table, Mapping):
                for inner, values in table.items():
                    if (clause := f"{key}.{inner}") in clauses:
                        yield clause, (*path, key, inner), values
                    else:
                        self._no_clause(clause, (*path, key, inner))
            else:
                self._no_clause(key, (*path, key))

    def _no_clause(self, clause: str, path: Path) -> None:
        hint = did_you_mean(clause, self.category.clauses) if self.reports.room("LP102") else say("remove it")
        self.reports.add(
            path,
            "LP102",
            say("{category} has no clause {clause}", category=self.category.id, clause=quoted(clause)),
            hint,
        )
