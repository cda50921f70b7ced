"""Lots and samples: how many units are inspected for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from lotproof import sampling
from lotproof.catalog.model import SampleRule
from lotproof.frozen import replace
from lotproof.orders.model import ClassPlan, GoodsLine, Lot, Sample

CLASSES = ("critical", "major", "minor")
ZERO = "zero"


def lots(lines: Sequence[GoodsLine], basis: str, answers: Mapping[str, Any]) -> tuple[Lot, ...]:
    """
    Return the lots of an order, with the plan of each defect class.

    A class without an AQL has no plan yet. The sample of a ``zero`` class is that of the major plan; ISO 2859-1 has no AQL 0.
    """
    counted = [line for line in lines if line.quantity]
    if basis == "each" or answers.get("lot") != "per_item":
        groups = [("lot", counted)] if counted else []
    else:
        groups = [(line.item, [line]) for line in counted]
    return tuple(
        Lot(
            id=name,
            items=tuple(line.item for line in members),
            size=sum(line.quantity or 0 for line in members),
            plans=_plans(sum(line.quantity or 0 for line in members), answers) if basis == "lot" else (),
        )
        for name, members in groups
    )


def _plans(size: int, answers: Mapping[str, Any]) -> tuple[ClassPlan, ...]:
    level, standard = answers.get("level"), answers.get("standard")
    if level is None or standard is None:
        return ()
    found: dict[str, ClassPlan] = {}
    for defect_class in ("major", "critical", "minor"):
        aql = answers.get(f"aql_{defect_class}")
        if aql is None:
            continue
        if isinstance(aql, Decimal):
            found[defect_class] = _plan(defect_class, size, level, aql, standard)
            continue
        like = found.get("major")
        letter = like.plan_letter if like else sampling.code_letter(size, level) if size > 1 else ""
        n = like.n if like else min(size, sampling.sample_size(letter)) if letter else size
        found[defect_class] = ClassPlan(
            defect_class=defect_class, aql=ZERO, code_letter=letter, plan_letter=letter, n=n, ac=0, re=1, full=n >= size
        )
    return tuple(found[c] for c in CLASSES if c in found)


def _plan(defect_class: str, size: int, level: str, aql: Decimal, standard: str) -> ClassPlan:
    if size < 2:
        return ClassPlan(
            defect_class=defect_class, aql=str(aql), code_letter="", plan_letter="", n=size, ac=0, re=1, full=True
        )
    plan = sampling.plan(lot_size=size, level=level, aql=aql, standard=standard)
    return ClassPlan(
        defect_class=defect_class,
        aql=str(plan.aql),
        code_letter=plan.code_letter,
        plan_letter=plan.plan_letter,
        n=plan.inspect_quantity,
        ac=plan.ac,
        re=plan.re,
        full=plan.full_inspection,
    )


def samples(
    rule: SampleRule, covered: Sequence[GoodsLine], lot_of: Mapping[str, Lot], *, basis: str, lot_level: str
) -> tuple[Sample, ...]:
    """
    Return the sample of a term in each lot that holds one of its items.

    Where every unit is inspected (basis ``each``), a sample that is drawn from the product itself is all of it.

    Args:
        covered: the items of the term.
        lot_of: the lot of each item.
        lot_level: the order's general inspection level.
    """
    product = not rule.of
    every = basis == "each" and product and rule.plan != "once" and rule.per != "unit"
    used = replace(rule, plan="each") if every else rule
    found: dict[str, tuple[Lot, int]] = {}
    for line in covered:
        if line.item in lot_of:
            lot = lot_of[line.item]
            found[lot.id] = lot, found.get(lot.id, (lot, 0))[1] + (line.quantity or 0)
    return tuple(_sample(used, lot, size, lot_level, product) for lot, size in found.values())


def _sample(rule: SampleRule, lot: Lot, size: int, lot_level: str, product: bool) -> Sample:
    def sample(n: int, ac: int | None, *, level: str = "", letter: str = "", per_unit: int = 0) -> Sample:
        return Sample(
            lot=lot.id,
            plan=rule.plan,
            n=n,
            ac=ac,
            re=None if ac is None else ac + 1,
            level=level,
            letter=letter,
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
            letter = sampling.code_letter(size, rule.level)
            return sample(min(size, sampling.sample_size(letter)), rule.ac, level=rule.level, letter=letter)
        case "aql":
            if not lot.plans:
                return sample(size, 0)
            return sample(max(p.n for p in lot.plans), None, level=lot_level, letter=lot.plans[0].code_letter)
        case _:
            return sample(1, 0)
