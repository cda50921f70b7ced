"""What readings come to, worked out in another way than the program does: a little calculation to compare its verdicts with."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from lotproof.orders.model import Order, Sample
from lotproof.records.rows import Check, field_tag
from lotproof.requirements import AtLeast, AtMost, Count, Matches, OneOf, Requirement, Shares, Statistic, Within

Values = Mapping[str, str]


def meets(requirement: Requirement, text: str) -> bool:
    """Say whether one reading, in the unit of the requirement, meets it."""
    match requirement:
        case AtMost():
            return Fraction(text) <= Fraction(requirement.limit.value)
        case AtLeast():
            return Fraction(text) >= Fraction(requirement.limit.value)
        case Within():
            nominal, plus, minus = (
                Fraction(q.value) for q in (requirement.nominal, requirement.plus, requirement.minus)
            )
            return nominal - minus <= Fraction(text) <= nominal + plus
        case Count():
            least, most = requirement.least or 0, requirement.most
            return least <= int(text) and (most is None or int(text) <= most)
        case OneOf():
            return text in requirement.options
        case _:
            raise AssertionError(requirement)


def row(order: Order, check: Check, values: Values) -> str:
    """Return ``pass``, ``fail`` or ``pending`` of a row whose papers, photographs and instruments are all there."""

    def typed(name: str) -> str:
        return values.get(field_tag(check.tag, name), "")

    requirement, sample = check.requirement, check.sample
    if requirement is None:
        return "pending"
    if isinstance(requirement, Shares):
        shares = [typed(f"s{i}") for i in range(1, len(requirement.parts) + 1)]
        off = [
            abs(Fraction(text) - Fraction(part.share)) > Fraction(part.tolerance)
            for text, part in zip(shares, requirement.parts, strict=True)
            if text
        ]
        return "fail" if any(off) else "pass" if all(shares) else "pending"
    if sample.ac is None:
        return worst([defects(order, sample.lot, name, values) for name in classes(order, sample.lot)])
    if type(requirement).__name__ == "Documented":
        ticked = typed("result")
        return "fail" if ticked == "fail" else "pass" if ticked == "pass" and typed("r1") else "pending"
    counted = type(requirement).__name__ == "Conforms" or isinstance(requirement, Matches)
    if counted or (isinstance(requirement, OneOf) and sample.n > 60):
        return against(sample, typed("d"), typed("n"))
    if isinstance(requirement, Count) and not typed("r2") and sample.per_unit * sample.n < 2:
        return _one_count(requirement, sample, typed("r1"), typed("n"))
    if isinstance(requirement, Count) and not (sample.per_unit and 1 < sample.n <= 60):
        return _one_count(requirement, sample, typed("r1"), typed("n"))
    if sample.n > 60 and isinstance(requirement, AtMost | AtLeast | Within) and sample.plan != "once":
        if requirement.statistic in (Statistic.EACH, Statistic.SHARE):
            return against(sample, typed("outside"), typed("n"))
    return _each(requirement, sample, values, check.tag)


def _one_count(requirement: Count, sample: Sample, found: str, n: str) -> str:
    if not found:
        return "pending"
    if not meets(requirement, found):
        return "fail"
    return "pass" if sample.plan == "once" or (n and int(n) >= sample.n) else "pending"


def against(sample: Sample, found: str, n: str) -> str:
    """Judge a number of nonconforming units against Ac and Re."""
    assert sample.ac is not None and sample.re is not None
    if not found:
        return "pending"
    if int(found) >= sample.re:
        return "fail"
    return "pass" if n and int(n) >= sample.n and int(found) <= sample.ac else "pending"


def _each(requirement: Requirement, sample: Sample, values: Values, tag: str) -> str:
    statistic = getattr(requirement, "statistic", Statistic.EACH)
    figures = statistic in (Statistic.MEAN, Statistic.STDEV) and sample.plan != "once"
    if figures:
        needed, ac, names = (sample.n // sample.per_unit if sample.per_unit else 1), 0, "mean"
    else:
        needed, ac, names = (1, 0, "r") if sample.plan == "once" else (sample.n, sample.ac or 0, "r")
    found = [text for i in range(1, needed + 1) if (text := values.get(field_tag(tag, f"{names}{i}"), ""))]
    bad = sum(not meets(requirement, text) for text in found)
    return "fail" if bad > ac else "pass" if len(found) == needed else "pending"


def classes(order: Order, lot: str) -> list[str]:
    """Return the classes that have a plan in a lot."""
    return [plan.defect_class for one in order.inspection.lots if one.id == lot for plan in one.plans]


def defects(order: Order, lot: str, name: str, values: Values) -> str:
    """Judge one class of defects by the totals of a single sample."""
    plan = next(p for one in order.inspection.lots if one.id == lot for p in one.plans if p.defect_class == name)
    found, n = values.get(field_tag("total", lot, name), ""), values.get(field_tag("inspected", lot, name), "")
    stage = plan.stages[0]
    if found and int(found) >= stage.re:
        return "fail"
    if not found or not n or int(n) < stage.n or not values.get(field_tag("all.appearance", name), found):
        return "pending"
    return "pass"


def worst(outcomes: list[str]) -> str:
    """Return the outcome of a whole."""
    return "fail" if "fail" in outcomes else "pending" if "pending" in outcomes or not outcomes else "pass"
