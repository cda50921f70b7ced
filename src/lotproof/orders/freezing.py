"""Every sentence of an order, in every language of its house, frozen as inlines."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lotproof import sampling
from lotproof.catalog.model import Category, Question
from lotproof.findings import Finding, Refused
from lotproof.frozen import replace
from lotproof.houses import House
from lotproof.orders.model import (
    EXHIBITS,
    LanguageTexts,
    Lot,
    Order,
    ProvisionText,
    Sample,
    Term,
    TermText,
)
from lotproof.quantity import Quantity
from lotproof.questions.answers import Answers
from lotproof.requirements import PerKey
from lotproof.templates import Provision
from lotproof.wording.formats import Money
from lotproof.wording.inlines import Blank, Inline, Inlines, Ref, Value
from lotproof.wording.sentences import UnknownName, fill
from lotproof.wording.words import Language, entry_words, words

Rows = tuple[tuple[Inlines, ...], ...]


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
            tables={
                "parties": self._parties(),
                "goods": self._goods(),
                "prices": self._prices(),
                "plan": self._plan(),
                "neighbours": self._neighbours(),
                "defects": self._defects(),
            },
        )

    # values

    def show(self, value: Any) -> str:
        if isinstance(value, Chosen):
            return value.texts[self.code]
        return self.language.formatter.show(value)

    def cell(self, value: Any, label: str = "") -> Inlines:
        return (Blank(label),) if value is None or value == "" else (Value(self.show(value)),)

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
        return "; ".join(say("rule.class", name=say(f"class.{p.defect_class}"), n=p.n, ac=p.ac, re=p.re) for p in plans)

    def _unit_id(self, term: Term) -> str:
        return next((unit for item in term.items if (unit := self.lines[item].unit)), "pc")

    def _unit_of(self, term: Term) -> str:
        return self.language.formatter.unit(self._unit_id(term)).strip("\u00a0")

    # tables

    def _parties(self) -> Rows:
        buyer, seller = self.order.parties.buyer, self.order.parties.seller
        rows = [
            ("name", buyer.get("name"), seller.get("name_zh")),
            ("name_en", "", seller.get("name_en") or ""),
            ("registration", buyer.get("registration"), seller.get("registration")),
            ("address", buyer.get("address"), seller.get("address")),
            ("representative", "", seller.get("representative")),
            ("contact", buyer.get("contact"), seller.get("contact")),
            ("production_site", "", seller.get("production_site")),
        ]

        def cell(value: Any, label: str) -> Inlines:
            return ("\u2013",) if value == "" else self.cell(value, label)

        return tuple(
            ((self.labels[key],), cell(b, f"buyer.{key}"), cell(s, f"seller.{key}"))
            for key, b, s in rows
            if b or s or key != "name_en"
        )

    def _goods(self) -> Rows:
        return tuple(
            (
                (Value(line.item),),
                self.cell(line.description, "description"),
                self.cell(line.drawing, "drawing") if line.drawing else ("\u2013",),
                self._count(line.quantity, line.unit),
            )
            for line in self.order.goods.lines
        )

    def _count(self, quantity: int | None, unit: str | None) -> Inlines:
        return self.cell(None if quantity is None or unit is None else Quantity(Decimal(quantity), unit), "quantity")

    def _prices(self) -> Rows:
        money = self.order.commercial
        currency = money.payment.get("currency")

        def amount(value: Decimal | None) -> Inlines:
            if value is None or not isinstance(currency, str):
                return self.cell(None, "price")
            digits = Decimal(1).scaleb(-self.house.category.currencies[currency])
            exact = value.quantize(digits) if value == value.quantize(digits) else value  # 18650 prints as 18,650.00
            return self.cell(Money(exact, currency), "price")

        rows = [
            (
                (Value(line.item),),
                self._count(line.quantity, line.unit),
                amount(money.prices.get(line.item)),
                amount(money.amounts.get(line.item)),
            )
            for line in self.order.goods.lines
        ]
        return (*rows, ((self.labels["total"],), (), (), amount(money.total)))

    def _plan(self) -> Rows:
        return tuple(row for lot in self.order.inspection.lots for row in self._lot_rows(lot))

    def _lot_rows(self, lot: Lot) -> list[tuple[Inlines, ...]]:
        name: Inlines = (Value(self._lot_name(lot)),)
        size = self._lot_size(lot)
        if not lot.plans:
            every: Inlines = (Value(self.labels["all_units"]),)
            none: Inlines = ("\u2013",)
            return [(name, size, every, none, none, self.cell(lot.size), none, none)]
        return [
            (
                name,
                size,
                (Value(self.language.say(f"class.{p.defect_class}")),),
                (Value(self.labels["zero"] if p.aql == "zero" else p.aql),),
                (
                    Value(
                        f"{p.code_letter} → {p.plan_letter}"
                        if p.plan_letter != p.code_letter
                        else p.code_letter or "\u2013"
                    ),
                ),
                self.cell(p.n),
                self.cell(p.ac),
                self.cell(p.re),
            )
            for p in lot.plans
        ]

    def _lot_name(self, lot: Lot) -> str:
        if len(lot.items) > 1 and len(lot.items) == len(self.order.goods.lines):
            return self.labels["all_items"]
        return self.language.formatter.comma.join(lot.items)

    def _lot_size(self, lot: Lot) -> Inlines:
        units = {self.lines[item].unit for item in lot.items}
        return self._count(lot.size, units.pop() if len(units) == 1 else "pc")

    def _neighbours(self) -> Rows:
        """Plans for the lot bands below, at and above each lot: a short presentation changes n by rule."""
        answers = self.order.inspection.answers
        level, standard = answers.get("level"), answers.get("standard")
        if self.order.inspection.basis != "lot" or not isinstance(level, str) or not isinstance(standard, str):
            return ()
        rows = []
        for lot in self.order.inspection.lots:
            if lot.size < 2 or not lot.plans:
                continue
            for low, high, letter in sampling.bands(lot.size, level):
                band = f"{self.show(low)}\u2013{self.show(high)}" if high else f"\u2265\u00a0{self.show(low)}"
                plans = [
                    self._band_plan(low, high, letter, p.aql, p.defect_class, level, standard, lot) for p in lot.plans
                ]
                rows.append(
                    (
                        (Value(self._lot_name(lot)),),
                        (Value(band),),
                        (Value(letter),),
                        *((Value(text),) for text in plans),
                    )
                )
        return tuple(rows)

    def _band_plan(
        self, low: int, high: int | None, letter: str, aql: str, defect_class: str, level: str, standard: str, lot: Lot
    ) -> str:
        size = high or max(low, lot.size)
        major = next((p.aql for p in lot.plans if p.defect_class == "major"), aql)
        if aql == "zero":
            n = sampling.sample_size(letter) if major == "zero" else self._n(size, level, major, standard)
            return f"n = {self.show(n)}, Ac 0, Re 1"
        plan = sampling.plan(lot_size=size, level=level, aql=Decimal(aql), standard=standard)
        stage = plan.stages[0]
        return f"n = {self.show(stage.n)}, Ac {stage.ac}, Re {stage.re}"

    @staticmethod
    def _n(size: int, level: str, aql: str, standard: str) -> int:
        return sampling.plan(lot_size=size, level=level, aql=Decimal(aql), standard=standard).stages[0].n

    def _defects(self) -> Rows:
        return tuple(
            (
                (Value(self.language.say(f"class.{d.defect_class}")),),
                (Value(d.name[self.code]),),
                (Value(d.border[self.code]),),
            )
            for c in ("critical", "major", "minor")
            for d in self.house.category.defects
            if d.defect_class == c
        )
