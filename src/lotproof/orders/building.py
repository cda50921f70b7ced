"""Checked answers to a frozen order: terms, lots, money, findings; then every sentence."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from lotproof.catalog.model import CLASSES, PARTS, STAGES, Category, Clause
from lotproof.findings import Finding, Refused, Severity, refuse_if_any
from lotproof.frozen import replace
from lotproof.houses import House
from lotproof.messages import as_data, say
from lotproof.orders import freezing, lacking, lots, requiring
from lotproof.orders.model import (
    AgreedDefect,
    Commercial,
    Evidence,
    Goods,
    GoodsLine,
    Header,
    Inspection,
    Lot,
    Order,
    Parties,
    Private,
    Provenance,
    Spec,
    Term,
)
from lotproof.quantity import Quantity
from lotproof.questions.answers import Answers
from lotproof.questions.paths import written
from lotproof.sampling import NoPlan


def build_order(
    answers: Answers, house: House, found: tuple[Finding, ...] = (), tool: str = ""
) -> tuple[Order, tuple[Finding, ...]]:
    """
    Build the order.

    Args:
        found: findings of the answers, to be kept with the order.
        tool: name and version of the program, for the provenance.

    Returns:
        the order and every finding that stops no draft; it is a draft while one of them is open.

    Raises:
        Refused: the answers contradict each other, or a sentence names a value that does not exist.
    """
    if answers.own:
        clauses = sorted((*house.category.clauses.values(), *answers.own), key=lambda c: STAGES.index(c.stage))
        house = replace(house, category=replace(house.category, clauses={c.id: c for c in clauses}))
    category = house.category
    lines = tuple(
        GoodsLine(
            item=g["item"],
            description=g.get("description"),
            drawing=g.get("drawing"),
            hs_code=g.get("hs_code"),
            quantity=g.get("quantity"),
            unit=g.get("unit"),
        )
        for g in answers.goods
    )
    basis = _basis(category, lines)
    inspection = answers.groups["inspection"]
    findings = list(found)
    try:
        all_lots = lots.lots(lines, basis, inspection)
        terms, values = _terms(answers, category, lines, all_lots, findings)
    except NoPlan as error:
        raise Refused([*findings, lacking.no_plan(answers, error)]) from None
    commercial = _commercial(answers, lines, category)
    findings += lacking.findings(answers, house, terms, all_lots, found)
    refuse_if_any(findings)
    order_group = answers.groups["order"]
    languages = tuple((order_group.get("languages") or "en-zh").split("-"))
    order = Order(
        header=Header(
            number=order_group.get("number"),
            revision=order_group.get("revision"),
            date=order_group.get("date"),
            place=order_group.get("place"),
            category=category.id,
            category_revision=category.revision,
            house=house.templates.id,
            languages=languages,
            controlling=order_group.get("controlling") or (languages[0] if len(languages) == 1 else ""),
            supersedes=order_group.get("supersedes") or "",
        ),
        parties=Parties(buyer=answers.groups["buyer"], seller=answers.groups["seller"]),
        goods=Goods(lines=lines),
        spec=Spec(terms=terms, defects=_defects(answers, category)),
        inspection=Inspection(
            basis=basis, answers=inspection, lots=all_lots, duties=_duties(answers, category, "inspection")
        ),
        commercial=commercial,
        evidence=Evidence(
            notice=answers.groups["notice"],
            window={k: v for k, v in answers.groups.get("window", {}).items() if k != "confirmed_by"},
            duties=_duties(answers, category, "evidence"),
        ),
        private=Private(
            end_client=answers.get("payment.end_client"),
            window_confirmed_by=answers.get("window.confirmed_by"),
            duties=_duties(answers, category, "private"),
        ),
        salt=order_group.get("salt") or "",
        draft=any(f.severity is Severity.OPEN for f in findings),
        texts={},
        provenance=Provenance(
            tool=tool,
            answers=answers.name,
            answers_sha256=answers.digest,
            catalogue_sha256=category.fingerprint,
            house_version=house.templates.version,
            house_sha256=house.templates.fingerprint,
            findings=tuple(map(kept, findings)),
            origins=tuple(
                (written(path), origin.how, origin.on.isoformat() if origin.on else "", origin.by)
                for path, origin in answers.origins.items()
            ),
            houses=house.templates.stacked,
            worded=house.templates.worded,
        ),
    )
    order = order if house.look is None else replace(order, look=house.look)
    return freezing.with_texts(order, answers, house, values), tuple(findings)


def kept(finding: Finding) -> tuple[Any, ...]:
    """Return a finding as the order keeps it: in English, and its sentences with their values for other languages."""
    said = {"message": as_data(finding.message), "hint": as_data(finding.hint)}
    return finding.severity.value, finding.code, str(finding.message), finding.where, str(finding.hint), said


def _basis(category: Category, lines: tuple[GoodsLine, ...]) -> str:
    total = sum(line.quantity or 0 for line in lines)
    return "each" if category.basis == "each" and total <= category.each_up_to else "lot"


# --- terms ---------------------------------------------------------------------------------------------------------------------


def _terms(
    answers: Answers,
    category: Category,
    lines: tuple[GoodsLine, ...],
    all_lots: tuple[Lot, ...],
    findings: list[Finding],
) -> tuple[tuple[Term, ...], dict[str, Mapping[str, Any]]]:
    """Return the terms in contract order, and the answers behind each."""
    needed = _needed(answers, category)
    by_item = {line.item: line for line in lines}
    lot_of = {item: lot for lot in all_lots for item in lot.items}
    basis = _basis(category, lines)
    terms: list[Term] = []
    values: dict[str, Mapping[str, Any]] = {}
    for clause in category.clauses.values():
        for suffix, items, table in _tables(clause, answers, lines, needed, findings):
            made = _term(clause, suffix, tuple(by_item[item] for item in items), table, answers, lot_of, basis)
            terms.append(made)
            values[made.id] = table
    return tuple(terms), values


def _needed(answers: Answers, category: Category) -> frozenset[str]:
    """Return the clauses that stand in the order even unanswered: the first of each minimum item that has none."""
    given = {*answers.terms, *itertools.chain.from_iterable(g["terms"] for g in answers.goods)}
    needed = set()
    for minimum in category.minimum:
        there = [c for c in minimum.clauses if c in category.clauses]
        if there and not given & set(there):
            needed.add(there[0])
    return frozenset(needed)


def _tables(
    clause: Clause, answers: Answers, lines: tuple[GoodsLine, ...], needed: frozenset[str], findings: list[Finding]
) -> Iterator[tuple[str, tuple[str, ...], Mapping[str, Any]]]:
    """Yield suffix, items and answers of each term that the clause gives: one for the items with own values, one for the rest."""
    own = {g["item"]: g["terms"][clause.id] for g in answers.goods if clause.id in g["terms"]}
    rest = tuple(line.item for line in lines if line.item not in own)
    general = answers.terms.get(clause.id)
    for line in lines:
        if line.item in own:
            yield f"@{line.item}", (line.item,), own[line.item]
        elif general is not None and line.item == rest[0]:
            yield "", rest, general
    if general is not None and rest:
        return
    if general is not None:
        findings.append(
            Finding(
                where=answers.where(("terms", clause.id)),
                code="LP123",
                severity=Severity.NOTE,
                message=say("every item has its own values, so these are not used"),
                hint=say("remove the table"),
            )
        )
    elif own and rest and clause not in answers.own:
        findings.append(
            Finding(
                where=answers.where(("goods", next(i for i, line in enumerate(lines) if line.item == rest[0]))),
                code="LP123",
                severity=Severity.OPEN,
                message=say("{clause} is stated for other items, not for {items}", clause=clause.id, items=rest),
                hint=say(
                    'add [goods.terms."{clause}"] to the item, or [terms."{clause}"] for all others', clause=clause.id
                ),
            )
        )
    elif not own and clause.id in needed:
        yield "", rest, {q.key: None for q in clause.questions}


def _term(
    clause: Clause,
    suffix: str,
    covered: tuple[GoodsLine, ...],
    table: Mapping[str, Any],
    answers: Answers,
    lot_of: Mapping[str, Lot],
    basis: str,
) -> Term:
    requirement = requiring.requirement(clause, table, [(line.item, line.quantity, line.unit) for line in covered])
    used = PARTS[clause.kind]  # these stand in the requirement; every other answer is a condition of it
    return Term(
        id=clause.id + suffix,
        clause=clause.id,
        revision=clause.revision,
        items=tuple(line.item for line in covered),
        nature=clause.nature,
        stage=clause.stage,
        where=clause.where,
        requirement=requirement,
        conditions={key: _condition(value) for key, value in table.items() if key not in used and value is not None},
        standards=clause.standards,
        defect_class=clause.defect_class,
        destructive=clause.destructive,
        evidence=clause.evidence,
        brought_by=clause.brought_by,
        minutes=clause.minutes,
        unverified=clause.unverified and clause.id not in answers.confirmed,
        samples=lots.samples(
            clause.sample, clause.defect_class, covered, lot_of, basis=basis, answers=answers.groups["inspection"]
        ),
    )


def _condition(value: Any) -> str | Mapping[str, str]:
    """Return a condition of a term as it was agreed: words per language, or a text such as ``60 min``."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, Quantity):
        return f"{value.value:f} {value.unit}" + (f" ({value.given})" if value.given else "")
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)


def _defects(answers: Answers, category: Category) -> tuple[AgreedDefect, ...]:
    """Return the defect list, in the classes that the buyer gives, the gravest first."""
    moved = {m.id: m for m in answers.moved}
    agreed = [
        AgreedDefect(
            id=d.id,
            defect_class=moved[d.id].defect_class if d.id in moved else d.defect_class,
            listed=d.defect_class,
            reason=moved[d.id].reason if d.id in moved else {},
        )
        for d in category.defects
    ]
    return tuple(sorted(agreed, key=lambda d: CLASSES.index(d.defect_class)))


# --- money ---------------------------------------------------------------------------------------------------------------------


def _duties(answers: Answers, category: Category, section: str) -> dict[str, Mapping[str, Any]]:
    """Return the answers of the groups that a section of the agreed data keeps as they are."""
    return {g.id: answers.groups[g.id] for g in category.groups if g.section == section and answers.groups[g.id]}


def _commercial(answers: Answers, lines: tuple[GoodsLine, ...], category: Category) -> Commercial:
    payment = dict(answers.groups["payment"])
    payment.pop("end_client", None)
    prices = {g["item"]: g.get("unit_price") for g in answers.goods}
    unit = Decimal(1).scaleb(-category.currencies.get(payment.get("currency") or "", 2))
    amounts = {
        line.item: None
        if (price := prices[line.item]) is None or line.quantity is None
        else _rounded(price * line.quantity, unit)
        for line in lines
    }
    known = [a for a in amounts.values() if a is not None]
    total = sum(known, Decimal(0)) if known and len(known) == len(amounts) else None

    def share(percent: Decimal | None) -> Decimal | None:
        return None if total is None or percent is None else _rounded(total * percent / 100, unit)

    deposit, retention = share(payment.get("deposit_percent")), share(payment.get("retention_percent"))
    return Commercial(
        prices=prices,
        amounts=amounts,
        total=total,
        deposit=deposit,
        balance=None if total is None or deposit is None else total - deposit - (retention or 0),
        retention=retention,
        payment=payment,
        delivery=answers.groups["delivery"],
        duties=_duties(answers, category, "commercial"),
    )


def _rounded(amount: Decimal, unit: Decimal) -> Decimal:
    return amount.quantize(unit, ROUND_HALF_UP)
