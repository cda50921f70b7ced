"""Lots and samples: how many units are inspected for what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Any

from lotproof import sampling
from lotproof.catalog.model import CLASSES, SampleRule
from lotproof.frozen import replace
from lotproof.orders.model import ClassPlan, GoodsLine, Lot, Sample, Term
from lotproof.sampling import Stage

ZERO = "zero"

Answers = Mapping[str, Any]
"""Answers of the group ``inspection``."""


def lots(lines: Sequence[GoodsLine], basis: str, answers: Answers) -> tuple[Lot, ...]:
    """
    Return the lots of an order, with the plan of each defect class for the ordered quantity.

    Raises:
        NoPlan: the standard has no verified plan for what was answered.
    """
    counted = [line for line in lines if line.quantity]
    if basis == "each" or answers.get("lot") != "per_item":
        groups = [("lot", counted)] if counted else []
    else:
        groups = [(line.item, [line]) for line in counted]
    made = []
    for name, members in groups:
        size = sum(line.quantity or 0 for line in members)
        plans = class_plans(size, answers) if basis == "lot" else ()
        made.append(Lot(id=name, items=tuple(line.item for line in members), size=size, plans=plans, shares=()))
    return tuple(replace(lot, shares=_shares(lot, lines)) for lot in made)


def _shares(lot: Lot, lines: Sequence[GoodsLine]) -> tuple[tuple[str, int], ...]:
    """Return the units of each item in the first sample of a lot that holds several."""
    if len(lot.items) < 2 or not lot.plans:
        return ()
    quantities = {line.item: line.quantity or 0 for line in lines if line.item in lot.items}
    return tuple(sampling.share(first_sample(lot), quantities).items())


def first_sample(lot: Lot) -> int:
    """Return the units that are drawn first: the largest first sample of the classes."""
    return max(plan.stages[0].n for plan in lot.plans)


def class_plans(size: int, answers: Answers) -> tuple[ClassPlan, ...]:
    """
    Return the plan of each defect class for a lot of ``size`` units; none while level or standard is still blank.

    A class without an AQL has no plan yet. A ``zero`` class is no AQL: no unit may have such a defect, on the number of units that the
    answers give it, else on the largest sample of the other classes.

    Raises:
        NoPlan: the standard has no verified plan for what was answered.
    """
    level, standard = answers.get("level"), answers.get("standard")
    if level is None or standard is None:
        return ()
    aqls = {c: aql for c in CLASSES if (aql := answers.get(f"aql_{c}")) is not None}
    graded = {c: aql for c, aql in aqls.items() if isinstance(aql, Decimal)}
    found: dict[str, ClassPlan] = {}
    if size < 2:
        found = {c: _every_unit(c, str(aql), size) for c, aql in graded.items()}
    else:
        plans = sampling.class_plans(
            graded,
            lot_size=size,
            samples=answers.get("class_samples") or "nested",
            level=level,
            severity=answers.get("severity") or "normal",
            kind=answers.get("plan") or "single",
            standard=standard,
        )
        found = {c: _from_table(c, plan) for c, plan in plans.items()}
    zero = _zero_stages(size, level, standard, answers, tuple(found.values()))
    for c in aqls:
        if c not in found:
            found[c] = replace(zero, defect_class=c)
    return tuple(found[c] for c in CLASSES if c in found)


def _every_unit(defect_class: str, aql: str, size: int) -> ClassPlan:
    """Return the plan of a lot of one unit, which no table has."""
    stages = (Stage(n=size, ac=0, re=1),)
    return ClassPlan(defect_class=defect_class, aql=aql, code_letter="", plan_letter="", stages=stages, full=True)


def _from_table(defect_class: str, plan: sampling.Plan) -> ClassPlan:
    whole = (Stage(n=plan.lot_size, ac=plan.ac, re=plan.re),)
    return ClassPlan(
        defect_class=defect_class,
        aql=str(plan.aql),
        code_letter=plan.code_letter,
        plan_letter=plan.plan_letter,
        stages=whole if plan.full_inspection else plan.stages,
        full=plan.full_inspection,
    )


def _zero_stages(size: int, level: str, standard: str, answers: Answers, graded: tuple[ClassPlan, ...]) -> ClassPlan:
    """Return the plan of a class that tolerates nothing; its name is still open."""
    largest = max(graded, key=lambda plan: plan.n, default=None)
    letter, own = "", answers.get("zero_n")
    if own is not None:
        sizes: tuple[int, ...] = (min(own, size),)
    elif largest is not None:
        sizes, letter = tuple(stage.n for stage in largest.stages), largest.plan_letter
    elif size < 2:
        sizes = (size,)
    else:
        letter = sampling.code_letter(size, level)
        sizes = (min(size, sampling.sample_size(letter, standard, answers.get("severity") or "normal")),)
    stages = tuple(Stage(n=n, ac=0, re=1) for n in sizes)
    return ClassPlan(
        defect_class="",
        aql=ZERO,
        code_letter=letter if largest is None else largest.code_letter if letter else "",
        plan_letter=letter,
        stages=stages,
        full=sum(sizes) >= size,
    )


def samples(
    rule: SampleRule,
    defect_class: str,
    covered: Sequence[GoodsLine],
    lot_of: Mapping[str, Lot],
    *,
    basis: str,
    answers: Answers,
) -> tuple[Sample, ...]:
    """
    Return the sample of a term in each lot that holds one of its items.

    Where every unit is inspected (basis ``each``), a sample that is drawn from the product itself is all of it.

    Args:
        defect_class: of the term; its AQL judges a sample of its own level where the clause says so.
        covered: the items of the term.
        lot_of: the lot of each item.

    Raises:
        NoPlan: the standard has no verified plan for what was answered.
    """
    product = not rule.of
    every = basis == "each" and product and rule.plan != "once" and rule.per != "unit"
    used = replace(rule, plan="each") if every else rule
    found: dict[str, tuple[Lot, int]] = {}
    for line in covered:
        if line.item in lot_of:
            lot = lot_of[line.item]
            found[lot.id] = lot, found.get(lot.id, (lot, 0))[1] + (line.quantity or 0)
    return tuple(_sample(used, defect_class, lot, size, answers, product) for lot, size in found.values())


def _sample(rule: SampleRule, defect_class: str, lot: Lot, size: int, answers: Answers, product: bool) -> Sample:
    def sample(
        n: int,
        ac: int | None,
        re: int | None = None,
        *,
        level: str = "",
        letter: str = "",
        aql: str = "",
        per_unit: int = 0,
    ) -> Sample:
        return Sample(
            lot=lot.id,
            plan=rule.plan,
            n=n,
            ac=ac,
            re=re if re is not None or ac is None else ac + 1,
            level=level,
            letter=letter,
            aql=aql,
            full=not per_unit and rule.plan in ("level", "aql") and n >= size,
            per_unit=per_unit,
        )

    match rule.plan:
        case "each":
            return sample(size, 0, per_unit=1)
        case "fixed" if rule.per == "unit":
            return sample(rule.n * size, rule.ac, per_unit=rule.n)
        case "fixed":
            return sample(min(rule.n, size) if product else rule.n, rule.ac)
        case "level":
            if size < 2:
                return sample(size, 0, level=rule.level)
            aql, standard = answers.get(f"aql_{defect_class}"), answers.get("standard")
            if rule.by_class and isinstance(aql, Decimal) and standard is not None:
                plan = sampling.plan(
                    lot_size=size,
                    level=rule.level,
                    aql=aql,
                    severity=answers.get("severity") or "normal",
                    standard=standard,
                )
                n, letter = plan.inspect_quantity, plan.plan_letter
                return sample(n, plan.ac, plan.re, level=rule.level, letter=letter, aql=str(plan.aql))
            letter = sampling.code_letter(size, rule.level)
            return sample(min(size, sampling.sample_size(letter)), rule.ac, level=rule.level, letter=letter)
        case "aql":
            if not lot.plans:
                return sample(size, 0)
            level = answers.get("level") or ""
            return sample(min(first_sample(lot), size), None, level=level, letter=lot.plans[0].code_letter)
        case _:
            return sample(1, 0)


def minutes_on_site(terms: Iterable[Term]) -> int:
    """Return the minutes that the rows tested at the factory take, by the minutes for each unit; a start and an end of the visit come on top."""
    total = sum((t.minutes * sample.n for t in terms if t.where == "factory" for sample in t.samples), Decimal(0))
    return int(total.to_integral_value(ROUND_CEILING))
