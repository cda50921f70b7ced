"""An answers file to checked answers: every finding at once, each with its line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from lotproof.catalog.model import Category, Clause, Question
from lotproof.findings import Finding, Refused, Severity, did_you_mean, quoted
from lotproof.questions.answers import Answers
from lotproof.questions.values import Problem, blank, read_value
from lotproof.sources import KeyPath, line_of, parse_toml, show_path

FORMAT = "lotproof-answers/1"
_SALT = re.compile(r"[0-9a-f]{32,64}\Z")
_TOP = ("format", "category", "house", "confirmed", "terms")

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
    data, text = parse_toml(content, name)
    reader = _Reader(data, text, name)
    reader.top()
    if blank(data.get("category")) or not isinstance(data.get("category"), str):
        reader.add(("category",), "LP103", "no category: every order has one", 'write category = "packaging_machines"; lotproof catalog list shows them all')
        raise Refused(reader.findings)
    try:
        category = load(data["category"], reader.where(("category",)))
    except Refused as refused:
        raise Refused((*reader.findings, *refused.findings)) from None
    house = data.get("house", "standard")
    if house not in houses():
        reader.add(("house",), "LP202", f"unknown house {quoted(house)}", did_you_mean(str(house), houses()))
    answers = reader.answers(category, str(house), hashlib.sha256(content).hexdigest())
    if any(f.severity is Severity.REFUSE for f in reader.findings):
        raise Refused(reader.findings)
    return answers, category, tuple(reader.findings)


class _Reader:
    """Walks the file once; collects findings as it goes."""

    def __init__(self, data: Mapping[str, Any], text: str, name: str) -> None:
        self.data, self.text, self.name = data, text, name
        self.findings: list[Finding] = []

    def where(self, path: KeyPath) -> str:
        return f"{self.name}:{line_of(self.text, path)}: {show_path(path)}"

    def add(self, path: KeyPath, code: str, message: str, hint: str, severity: Severity = Severity.REFUSE) -> None:
        self.findings.append(Finding(where=self.where(path), code=code, severity=severity, message=message, hint=hint))

    def report(self, path: Path) -> Callable[[Problem], None]:
        return lambda p: self.add((*path, *p.path), p.code, p.message, p.hint, p.severity)

    def top(self) -> None:
        if self.data.get("format") != FORMAT:
            self.add(("format",), "LP103", f"format is {quoted(self.data.get('format', 'missing'))}, not {FORMAT}", f'write format = "{FORMAT}" at the top')

    def answers(self, category: Category, house: str, digest: str) -> Answers:
        known = {*_TOP, *(g.id for g in category.groups)}
        for key in self.data:
            if key not in known:
                self.add((key,), "LP102", f"unknown key {quoted(key)}", did_you_mean(key, known))
        facts = {"basis": self._basis(category)}
        groups: dict[str, Mapping[str, Any]] = {}
        goods: tuple[Mapping[str, Any], ...] = ()
        for group in category.groups:
            raw = self.data.get(group.id)
            if group.repeat:
                goods = self._goods(group.questions, raw, category, facts)
            elif group.when and not self._holds(group.when, facts):
                if not blank(raw):
                    self.add((group.id,), "LP121", "not asked for this order, so it is not used", f"remove the table; it belongs to {group.when[0]} = {' or '.join(group.when[1])}", Severity.NOTE)
                groups[group.id] = {}
            else:
                groups[group.id] = self._table(group.questions, self._as_table(raw, (group.id,)), (group.id,), facts)
        terms = self._terms(self.data.get("terms"), ("terms",), category)
        self._salt()
        self._languages(groups, goods, terms)
        return Answers(
            name=self.name,
            category=category.id,
            house=house,
            groups=MappingProxyType(groups),
            goods=goods,
            terms=terms,
            confirmed=self._confirmed(category),
            digest=digest,
            text=self.text,
        )

    def _as_table(self, raw: Any, path: Path) -> Mapping[str, Any]:
        if raw is None:
            return {}
        if not isinstance(raw, Mapping):
            self.add(path, "LP103", f"expected a table, found {type(raw).__name__}", f"write [{'.'.join(map(str, path))}] on a line of its own, the answers under it")
            return {}
        return raw

    def _table(self, questions: tuple[Question, ...], raw: Mapping[str, Any], path: Path, facts: Mapping[str, str], extra: tuple[str, ...] = ()) -> Mapping[str, Any]:
        known = {*extra, *(q.key for q in questions)}
        for key in raw:
            if key not in known:
                self.add((*path, key), "LP102", f"unknown key {quoted(key)}", did_you_mean(key, known))
        values: dict[str, Any] = {}
        for question in questions:
            here = (*path, question.key)
            given = raw.get(question.key)
            if question.when and not self._holds(question.when, facts):
                if not blank(given):
                    self.add(here, "LP121", "not asked for this order, so it is not used", f"remove it; it belongs to {question.when[0]} = {' or '.join(question.when[1])}", Severity.NOTE)
                continue
            if blank(given):
                values[question.key] = None
                if not question.optional:
                    self.add(here, "LP120", "not answered yet", self._ask(question), Severity.OPEN)
            else:
                values[question.key] = read_value(question, given, self._units, self.report(here))
        return MappingProxyType(values)

    _units: Mapping[str, Any] = {}

    def _ask(self, question: Question) -> str:
        offers = f" (offered: {', '.join(question.suggest)})" if question.suggest else f" (for example {question.example})" if question.example else ""
        return question.text["en"] + offers

    def _holds(self, condition: tuple[str, tuple[str, ...]], facts: Mapping[str, str]) -> bool:
        name, values = condition
        if name in facts:
            return facts[name] in values
        group, _, key = name.partition(".")
        table = self.data.get(group)
        given = table.get(key) if isinstance(table, Mapping) else None
        return (str(given).lower() if isinstance(given, bool) else given) in values

    def _basis(self, category: Category) -> str:
        if category.basis != "each":
            return category.basis
        goods = self.data.get("goods")
        rows = [g for g in goods if isinstance(g, Mapping)] if isinstance(goods, list) else []
        total = sum(q for g in rows if isinstance(q := g.get("quantity"), int))
        return "each" if total <= category.each_up_to else "lot"

    def _goods(self, questions: tuple[Question, ...], raw: Any, category: Category, facts: Mapping[str, str]) -> tuple[Mapping[str, Any], ...]:
        self._units = category.units
        if blank(raw):
            self.add(("goods",), "LP108", "the order has no goods", "add a table [[goods]] for each item, with item, description, quantity and unit_price")
            return ()
        if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
            self.add(("goods",), "LP103", "goods is not a list of tables", "write [[goods]], with two brackets, before each item")
            return ()
        read: list[Mapping[str, Any]] = []
        seen: dict[str, int] = {}
        for index, row in enumerate(raw):
            path: Path = ("goods", index)
            values = dict(self._table(questions, row, path, facts, ("terms",)))
            item = values.get("item")
            if item is None and blank(row.get("item")):
                self.add((*path, "item"), "LP116", "the item has no code", "give each item its own code: readings are kept by it")
            elif item in seen:
                self.add((*path, "item"), "LP114", f"item {quoted(item)} stands twice", f"goods[{seen[item] + 1}] has this code already")
            elif item is not None:
                seen[item] = index
            values["terms"] = self._terms(row.get("terms"), (*path, "terms"), category)
            read.append(MappingProxyType(values))
        return tuple(read)

    def _terms(self, raw: Any, path: Path, category: Category) -> Mapping[str, Mapping[str, Any]]:
        self._units = category.units
        terms: dict[str, Mapping[str, Any]] = {}
        for clause_id, table in self._flat(self._as_table(raw, path), path):
            clause = category.clauses.get(clause_id)
            here = (*path, clause_id)
            if clause is None:
                self.add(here, "LP102", f"{category.id} has no clause {quoted(clause_id)}", did_you_mean(clause_id, category.clauses))
                continue
            values = self._table(clause.questions, self._as_table(table, here), here, {})
            self._order_of_limits(clause, values, here)
            terms[clause_id] = values
        return MappingProxyType(terms)

    def _flat(self, raw: Mapping[str, Any], path: Path) -> list[tuple[str, Any]]:
        """Take ``[terms.machinery.noise]`` for ``[terms."machinery.noise"]``: people forget the quotes."""
        flat: list[tuple[str, Any]] = []
        for key, table in raw.items():
            if "." not in key and isinstance(table, Mapping) and table and all(isinstance(v, Mapping) for v in table.values()):
                flat += [(f"{key}.{inner}", value) for inner, value in table.items()]
            else:
                flat.append((key, table))
        return flat

    def _order_of_limits(self, clause: Clause, values: Mapping[str, Any], path: Path) -> None:
        tables = [(values, path)]
        tables += [(row, (*path, "entries", i)) for i, row in enumerate(values.get("entries") or ()) if isinstance(row, Mapping)]
        for table, here in tables:
            least, most = table.get("least"), table.get("most")
            if least is not None and most is not None and least > most:
                self.add((*here, "least"), "LP106", f"the least, {least}, is above the most, {most}", "exchange the two")
        parts = values.get("parts")
        if parts and all(p["share"] is not None for p in parts):
            total = sum(p["share"].value for p in parts)
            if total != 100:
                self.add((*path, "parts"), "LP106", f"the shares add up to {total} %, not to 100 %", "state every part of the composition")

    def _salt(self) -> None:
        order = self.data.get("order")
        salt = order.get("salt") if isinstance(order, Mapping) else None
        if salt and isinstance(salt, str) and not _SALT.match(salt):
            self.add(("order", "salt"), "LP117", f"{quoted(salt, 12)} is not a key of 32 to 64 hexadecimal digits", "take the line that lotproof questions prints; never reuse the salt of another order")

    def _languages(self, groups: Mapping[str, Mapping[str, Any]], goods: tuple[Mapping[str, Any], ...], terms: Mapping[str, Mapping[str, Any]]) -> None:
        wanted = str(groups.get("order", {}).get("languages") or "en-zh").split("-")

        def look(value: Any, path: Path) -> None:
            if isinstance(value, Mapping) and value and all(k in ("en", "zh") for k in value) and all(isinstance(v, str) for v in value.values()):
                missing = [w for w in wanted if w not in value]
                if missing and len(missing) < len(wanted):
                    other = next(iter(value))
                    self.add(path, "LP122", f"no {'Chinese' if 'zh' in missing else 'English'} text: the {'Chinese' if 'zh' in missing else 'English'} column will print the {'English' if other == 'en' else 'Chinese'} one", 'write { en = "...", zh = "..." }', Severity.NOTE)
            elif isinstance(value, Mapping):
                for key, inner in value.items():
                    look(inner, (*path, key))
            elif isinstance(value, tuple):
                for index, inner in enumerate(value):
                    if isinstance(inner, Mapping):
                        look(inner.get("label", {}), (*path, index))

        for group, table in groups.items():
            look(table, (group,))
        for index, row in enumerate(goods):
            look(row, ("goods", index))
        look(terms, ("terms",))

    def _confirmed(self, category: Category) -> frozenset[str]:
        raw = self.data.get("confirmed", [])
        if not isinstance(raw, list) or not all(isinstance(c, str) for c in raw):
            self.add(("confirmed",), "LP103", "confirmed is not a list of clause ids", 'write confirmed = ["ceramic_tableware.lead_cadmium_release"]')
            return frozenset()
        for index, clause in enumerate(raw):
            if clause not in category.clauses:
                self.add(("confirmed", index), "LP102", f"{category.id} has no clause {quoted(clause)}", did_you_mean(clause, category.clauses))
        return frozenset(raw)
