"""Every sentence of an order, in every language of its house, frozen as inlines."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lotproof.catalog.model import Category, Question
from lotproof.findings import Finding, Refused
from lotproof.frozen import replace
from lotproof.houses import House
from lotproof.orders.model import (
    EXHIBITS,
    LanguageTexts,
    Order,
    ProvisionText,
    Sample,
    Term,
    TermText,
)
from lotproof.orders.tables import Tables, stages_words
from lotproof.questions.answers import Answers
from lotproof.requirements import PerKey
from lotproof.templates import Provision
from lotproof.wording.formats import Money
from lotproof.wording.inlines import Blank, Inline, Inlines, Ref, Value
from lotproof.wording.sentences import UnknownName, fill
from lotproof.wording.words import Language, entry_words, words


class Chosen(str):
    """A choice: compares by its value in a sentence's conditions, prints as its words."""

    texts: Mapping[str, str]


def with_texts(order: Order, answers: Answers, house: House, values: Mapping[str, Mapping[str, Any]]) -> Order:
    """
    Return ``order`` with every sentence filled in.

    Args:
        values: the answers behind each term, by term id.

    Raises:
        Refused: a sentence names a value that does not exist (LP203).
    """
    findings: list[Finding] = []
    facts = _facts(order, answers, house.category)
    texts = {
        code: _Freezer(order, house, language, facts, findings).texts(values)
        for code, language in house.category.languages.items()
        if code in house.templates.labels
    }
    if findings:
        raise Refused(findings)
    return replace(order, texts=texts)


def _facts(order: Order, answers: Answers, category: Category) -> dict[str, Any]:
    """Return what a provision may name: each group's answers, and what follows from them."""
    facts: dict[str, Any] = {}
    for group in category.groups:
        if group.repeat:
            continue
        table = answers.groups.get(group.id, {})
        facts[group.id] = {q.key: _fact(q, table.get(q.key)) for q in group.questions}
    currency = answers.get("payment.currency")
    money = order.commercial
    for name in ("total", "deposit", "balance"):
        amount: Decimal | None = getattr(money, name)
        facts[name] = None if amount is None or currency is None else Money(amount, currency)
    percent = answers.get("payment.deposit_percent")
    facts["balance_percent"] = None if percent is None else 100 - percent
    facts["basis"] = order.inspection.basis
    facts["laboratory"] = "yes" if any(term.where == "laboratory" for term in order.spec.terms) else "no"
    return facts


def _fact(question: Question, value: Any) -> Any:
    if question.type == "choice" and value is not None:
        chosen = Chosen(value)
        chosen.texts = dict(question.choices)[value]
        return chosen
    return value


def holds(condition: tuple[str, tuple[str, ...]] | None, facts: Mapping[str, Any]) -> bool:
    """Say whether a condition on the answers is true."""
    if condition is None:
        return True
    value: Any = facts
    for part in condition[0].split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return str(value) in condition[1]


class _Freezer:
    """Fills the sentences of one order in one language."""

    def __init__(
        self, order: Order, house: House, language: Language, facts: Mapping[str, Any], findings: list[Finding]
    ) -> None:
        self.order, self.house, self.language, self.facts, self.findings = order, house, language, facts, findings
        self.labels = house.templates.labels[language.code]
        self.code = language.code
        self.lots = {lot.id: lot for lot in order.inspection.lots}
        self.lines = {line.item: line for line in order.goods.lines}

    def texts(self, values: Mapping[str, Mapping[str, Any]]) -> LanguageTexts:
        printed = [p for p in self.house.templates.provisions if holds(p.when, self.facts)]
        self.targets = {*EXHIBITS, *(p.id for p in printed)}
        return LanguageTexts(
            name=self.language.name,
            labels=self.labels,
            title=self.house.category.title[self.code],
            provisions=tuple(map(self._provision, printed)),
            terms={term.id: self._term(term, values[term.id]) for term in self.order.spec.terms},
            tables=Tables(self.order, self.house, self.language, self.facts).all(),
        )

    # values

    def show(self, value: Any) -> str:
        if isinstance(value, Chosen):
            return value.texts[self.code]
        return self.language.formatter.show(value)

    def fill(self, program: Any, values: Mapping[str, Any], where: str) -> Inlines:
        try:
            inlines = fill(program, values, self.show)
        except UnknownName as error:
            hint = f"known: {', '.join(sorted(values))}"
            self.findings.append(
                Finding(where=where, code="LP203", message=f"a sentence names an unknown value, {error}", hint=hint)
            )
            return ()
        for inline in inlines:
            if isinstance(inline, Ref) and inline.target not in self.targets:
                message = f"a sentence refers to {inline.target}, which this contract does not print"
                hint = "put the reference behind the condition of what it refers to"
                self.findings.append(Finding(where=where, code="LP204", message=message, hint=hint))
        return inlines

    # provisions

    def _provision(self, provision: Provision) -> ProvisionText:
        return ProvisionText(
            id=provision.id,
            reference=provision.reference,
            heading=provision.heading[self.code],
            paragraphs=tuple(
                filled
                for p in provision.paragraphs
                if holds(p.when, self.facts)
                and (filled := self.fill(p.sentences[self.code], self.facts, f"{provision.id}.{self.code}"))
            ),
            table=provision.table,
        )

    # terms

    def _term(self, term: Term, answers: Mapping[str, Any]) -> TermText:
        clause = self.house.category.clauses[term.clause]
        requirement = term.requirement
        required: Inline = (
            Blank(f"{term.id}.limit") if requirement is None else Value(words(requirement, self.language))
        )
        facts: dict[str, Any] = {
            **{q.key: _fact(q, answers.get(q.key)) for q in clause.questions},
            "required": required if requirement is None else words(requirement, self.language),
            "item": self.language.formatter.comma.join(term.items),
        }

        def sentence(name: str) -> Inlines:
            return self.fill(clause.sentences[name][self.code], facts, f"{term.id}.{name}.{self.code}")

        by_defect = any(sample.plan == "aql" and sample.ac is None for sample in term.samples)
        title = "".join(p for p in clause.sentences["title"][self.code] if isinstance(p, str))
        return TermText(
            title=title,
            duty=sentence("wording"),
            required=(required,),
            entries=tuple((Value(line),) for line in entry_words(requirement, self.language))
            if isinstance(requirement, PerKey)
            else (),
            method=sentence("method"),
            instrument=sentence("instrument"),
            action=sentence("action"),
            samples=tuple(self._sample(s, term, clause.sample.of) for s in term.samples),
            rules=tuple(map(self._rule, term.samples)),
            defect_class=self.labels["by_defect"] if by_defect else self.language.say(f"class.{term.defect_class}"),
        )

    def _sample(self, sample: Sample, term: Term, of: Mapping[str, str]) -> str:
        say = self.language.say
        drawn = of.get(self.code) or self._unit_of(term)
        if sample.full:
            text = say("sample.full", of=drawn, n=sample.n)
        elif sample.plan == "fixed" and sample.per_unit:
            text = say("sample.fixed_unit", of=drawn, n=sample.per_unit, total=sample.n)
        elif sample.plan == "fixed":
            text = say("sample.fixed_lot", of=drawn, n=sample.n)
        elif sample.aql:
            text = say(
                "sample.level_aql", of=drawn, n=sample.n, level=sample.level, letter=sample.letter, aql=sample.aql
            )
        elif sample.plan in ("level", "aql") and sample.level:
            text = say(f"sample.{sample.plan}", of=drawn, n=sample.n, level=sample.level, letter=sample.letter)
        elif sample.plan == "once":
            text = say("sample.once")
        else:
            one = self.language.formatter.unit(self._unit_id(term), one=True).strip("\u00a0")
            text = say("sample.each", of=one, n=sample.n)
        return text

    def _rule(self, sample: Sample) -> str:
        say = self.language.say
        if sample.ac is not None:
            return say("rule.whole") if sample.plan == "once" else say("rule.ac", ac=sample.ac, re=sample.re)
        plans = self.lots[sample.lot].plans
        return "; ".join(
            say("rule.class", name=say(f"class.{p.defect_class}"), stages=stages_words(p.stages, self.language))
            for p in plans
        )

    def _unit_id(self, term: Term) -> str:
        return next((unit for item in term.items if (unit := self.lines[item].unit)), "pc")

    def _unit_of(self, term: Term) -> str:
        return self.language.formatter.unit(self._unit_id(term)).strip("\u00a0")
