"""Every sentence of an order, in every language of its house, frozen as inlines."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lotproof.catalog.model import Category, Question
from lotproof.findings import Finding, Refused
from lotproof.frozen import Frozen, replace
from lotproof.houses import House
from lotproof.messages import say
from lotproof.orders.model import (
    DOCUMENTS,
    PACKAGING,
    PRIVATE,
    LanguageTexts,
    Order,
    ParagraphText,
    ProvisionText,
    Sample,
    SlotText,
    Term,
    TermText,
    exhibit_of,
)
from lotproof.orders.tables import Tables, stages_words
from lotproof.requirements import PerKey
from lotproof.templates import PROFILES, Paragraph, Provision
from lotproof.wording.conditions import Conditions, holds
from lotproof.wording.formats import Money
from lotproof.wording.inlines import Blank, Inline, Inlines, Ref, Value
from lotproof.wording.sentences import UnknownName, fill
from lotproof.wording.words import Language, entry_words, words

if TYPE_CHECKING:  # words are made again without answers
    from lotproof.questions.answers import Answers


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


class AgreedWords(Frozen, kw_only=True):
    """What follows for a term from the agreed data alone, in words; see :class:`~lotproof.orders.model.TermText`."""

    required: str
    entries: tuple[str, ...]
    samples: tuple[str, ...]
    rules: tuple[str, ...]
    defect_class: str


def agreed_words(order: Order, house: House, code: str) -> dict[str, AgreedWords]:
    """
    Word the terms of an order again in one language, by term id, to be compared with the sentences that it holds.

    Terms that are blank, and those whose clause the catalogue no longer has, are left out.
    """
    freezer = _Freezer(order, house, house.category.languages[code], {}, [])
    clauses = house.category.clauses
    return {
        term.id: freezer.agreed(term)
        for term in order.spec.terms
        if term.clause in clauses and term.requirement is not None
    }


def _facts(order: Order, answers: Answers, category: Category) -> dict[str, Any]:
    """Return what a provision may name: each group's answers, and what follows from them."""
    given: dict[str, str] = {}
    facts: dict[str, Any] = {"given": given}
    for group in category.groups:
        if group.repeat:
            continue
        table = answers.groups.get(group.id, {})
        given[group.id] = "yes" if table else "no"
        if group.section != "private":
            hidden = PRIVATE.get(group.id, ())
            facts[group.id] = {q.key: _fact(q, table.get(q.key)) for q in group.questions if q.key not in hidden}
    currency = answers.get("payment.currency")
    money = order.commercial
    for name in ("total", "deposit", "balance", "retention"):
        amount: Decimal | None = getattr(money, name)
        facts[name] = None if amount is None or currency is None else Money(amount, currency)
    percent = answers.get("payment.deposit_percent")
    facts["balance_percent"] = (
        None if percent is None else 100 - percent - (answers.get("payment.retention_percent") or 0)
    )
    facts["basis"] = order.inspection.basis
    terms = order.spec.terms
    has = {
        "laboratory": any(term.where == "laboratory" for term in terms),
        "drawings": any(line.drawing for line in order.goods.lines),
        "packaging": any(exhibit_of(term) == PACKAGING for term in terms),
        "documents": any(exhibit_of(term) == DOCUMENTS for term in terms),
        "standards": any(term.standards for term in terms),
        "cartons": any(term.stage == "cartons" for term in terms),
    }
    facts["has"] = {name: "yes" if there else "no" for name, there in has.items()}
    facts["laboratory"] = facts["has"]["laboratory"]
    facts["items"] = "one" if len(order.goods.lines) == 1 else "several"
    return facts


def _fact(question: Question, value: Any) -> Any:
    if question.type == "choice" and value is not None:
        chosen = Chosen(value)
        chosen.texts = dict(question.choices)[value]
        return chosen
    return value


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
        templates = self.house.templates
        contract, exhibits = (
            tuple(p for p in parts if self.holds(p.when, p.id)) for parts in (templates.provisions, templates.exhibits)
        )
        self.targets = {
            p.id: {profile for s in self.paragraphs(p) or (p,) for profile in s.profiles}
            for p in (*contract, *exhibits)
        }
        return LanguageTexts(
            name=self.language.name,
            labels=self.labels,
            title=self.house.category.title[self.code],
            provisions=tuple(map(self._provision, contract)),
            exhibits=tuple(map(self._provision, exhibits)),
            terms={term.id: self._term(term, values[term.id]) for term in self.order.spec.terms},
            tables=Tables(self.order, self.house, self.language, self.facts).all(),
        )

    # values

    def show(self, value: Any) -> str:
        if isinstance(value, Chosen):
            return value.texts[self.code]
        return self.language.formatter.show(value)

    def holds(self, conditions: Conditions, where: str) -> bool:
        try:
            return holds(conditions, self.facts)
        except UnknownName as error:
            self._unknown(error, self.facts, where)
            return False

    def _unknown(self, error: UnknownName, values: Mapping[str, Any], where: str) -> None:
        hint = say("known: {names}", names=sorted(values))
        self.findings.append(
            Finding(
                where=where,
                code="LP203",
                message=say("a sentence names an unknown value, {name}", name=str(error)),
                hint=hint,
            )
        )

    def fill(
        self, program: Any, values: Mapping[str, Any], where: str, profiles: tuple[str, ...] = PROFILES
    ) -> Inlines:
        try:
            inlines = fill(program, values, self.show)
        except UnknownName as error:
            self._unknown(error, values, where)
            return ()
        for inline in inlines:
            if isinstance(inline, Ref) and not self.targets.get(inline.target, set()).issuperset(profiles):
                message = say("a sentence refers to {target}, which this contract does not print", target=inline.target)
                hint = say("put the reference behind the condition of what it refers to")
                self.findings.append(Finding(where=where, code="LP204", message=message, hint=hint))
        return inlines

    # provisions

    def paragraphs(self, provision: Provision) -> tuple[Paragraph, ...]:
        """Return the paragraphs of a provision that this order prints."""
        return tuple(p for p in provision.paragraphs if self.holds(p.when, provision.id))

    def _provision(self, provision: Provision) -> ProvisionText:
        where = f"{provision.id}.{self.code}"
        return ProvisionText(
            id=provision.id,
            reference=provision.reference,
            heading=provision.heading[self.code],
            profiles=tuple(p for p in PROFILES if p in self.targets[provision.id]),
            paragraphs=tuple(
                ParagraphText(filled, p.profiles)
                for p in self.paragraphs(provision)
                if (filled := self.fill(p.sentences[self.code], self.facts, where, p.profiles))
            ),
            tables=provision.tables,
            slots=tuple(
                SlotText(s.key, s.kind, s.label[self.code]) for s in provision.slots if self.holds(s.when, provision.id)
            ),
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
            samples=self._samples(term),
            rules=tuple(map(self._rule, term.samples)),
            defect_class=self._class(term),
        )

    def agreed(self, term: Term) -> AgreedWords:
        requirement = term.requirement
        entries = entry_words(requirement, self.language) if isinstance(requirement, PerKey) else ()
        return AgreedWords(
            required="" if requirement is None else words(requirement, self.language),
            entries=entries,
            samples=self._samples(term),
            rules=tuple(map(self._rule, term.samples)),
            defect_class=self._class(term),
        )

    def _class(self, term: Term) -> str:
        by_defect = any(sample.plan == "aql" and sample.ac is None for sample in term.samples)
        return self.labels["by_defect"] if by_defect else self.language.say(f"class.{term.defect_class}")

    def _samples(self, term: Term) -> tuple[str, ...]:
        of = self.house.category.clauses[term.clause].sample.of
        return tuple(self._sample(sample, term, of) for sample in term.samples)

    def _sample(self, sample: Sample, term: Term, of: Mapping[str, str]) -> str:
        phrase = self.language.say
        drawn = of.get(self.code) or self._unit_of(term)
        if sample.full:
            text = phrase("sample.full", of=drawn, n=sample.n)
        elif sample.plan == "fixed" and sample.per_unit:
            text = phrase("sample.fixed_unit", of=drawn, n=sample.per_unit, total=sample.n)
        elif sample.plan == "fixed":
            text = phrase("sample.fixed_lot", of=drawn, n=sample.n)
        elif sample.aql:
            text = phrase(
                "sample.level_aql", of=drawn, n=sample.n, level=sample.level, letter=sample.letter, aql=sample.aql
            )
        elif sample.plan in ("level", "aql") and sample.level:
            text = phrase(f"sample.{sample.plan}", of=drawn, n=sample.n, level=sample.level, letter=sample.letter)
        elif sample.plan == "once":
            text = phrase("sample.once")
        else:
            one = self.language.formatter.unit(self._unit_id(term), one=True).strip("\u00a0")
            text = phrase("sample.each", of=one, n=sample.n)
        return text

    def _rule(self, sample: Sample) -> str:
        phrase = self.language.say
        if sample.ac is not None:
            return phrase("rule.whole") if sample.plan == "once" else phrase("rule.ac", ac=sample.ac, re=sample.re)
        plans = self.lots[sample.lot].plans
        return "; ".join(
            phrase("rule.class", name=phrase(f"class.{p.defect_class}"), stages=stages_words(p.stages, self.language))
            for p in plans
        )

    def _unit_id(self, term: Term) -> str:
        return next((unit for item in term.items if (unit := self.lines[item].unit)), "pc")

    def _unit_of(self, term: Term) -> str:
        return self.language.formatter.unit(self._unit_id(term)).strip("\u00a0")
