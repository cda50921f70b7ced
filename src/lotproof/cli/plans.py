"""Sampling plans as ``lotproof aql`` prints them: for people, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from lotproof.sampling import Explanation, Plan, Stage
from lotproof.sampling.isolated import IsolatedPlan
from lotproof.sampling.risk import risk, whole
from lotproof.sampling.sentences import LANGUAGES, sentence, shown
from lotproof.sampling.switching import Next


def plan_json(plan: Plan, model: str) -> dict[str, Any]:
    """Return a plan and its risks as JSON; the AQL as text, risks as shares of 1, qualities in percent or per 100 units."""
    chances = risk(plan, model)
    series = risk(plan, "poisson" if model == "poisson" else "binomial")
    known = model == "hypergeometric"
    return {
        "standard": plan.standard,
        "lot_size": plan.lot_size,
        "level": plan.level,
        "aql": str(plan.aql),
        "severity": plan.severity,
        "plan": plan.kind,
        "used_plan": plan.used_kind,
        "code_letter": plan.code_letter,
        "plan_letter": plan.plan_letter,
        "stages": [{"n": s.n, "ac": s.ac, "re": s.re} for s in plan.stages],
        "full_inspection": plan.full_inspection,
        "inspect_quantity": plan.inspect_quantity,
        "confidence": plan.confidence,
        "model": model,
        "counting": "nonconformities" if model == "poisson" else "units",
        "nonconforming_at_aql": whole(plan.lot_size, plan.aql) if known else None,
        "probability_of_acceptance_at_aql": chances.accepts(plan.aql),
        "producers_risk": chances.producers_risk(plan.aql),
        "lq_10": chances.lq(0.10),
        "lq_5": chances.lq(0.05),
        "average_sample_number_at_aql": chances.asn(plan.aql),
        "series": {
            "model": series.model,
            "probability_of_acceptance_at_aql": series.accepts(plan.aql),
            "lq_10": series.lq(0.10),
            "lq_5": series.lq(0.05),
            "aoql": series.aoql(),
        },
        "sentence": {language: sentence(plan, language, model=model) for language in LANGUAGES},
    }


def switching_json(due: Next) -> dict[str, Any]:
    """Return what the next lot is inspected under, and why, as JSON."""
    return {"severity": due.severity, "why": due.why, "score": due.score, "reduced_allowed": due.reduced_allowed}


def plan_page(plans: Sequence[Plan], model_of: dict[Decimal, str]) -> Iterator[str]:
    """Yield the lines for people: the table of all plans, then what each lets through."""
    first = plans[0]
    yield (
        f"Lot of {first.lot_size:,} units, level {first.level}, {first.severity} inspection, {first.kind} sampling, "
        f"{first.standard}"
    )
    yield ""
    rows = [("AQL", "letter", "sample", "n", "in all", "Ac", "Re")]
    for plan in plans:
        for number, (stage, drawn) in enumerate(zip(plan.stages, plan.cumulative, strict=True), 1):
            ac = "-" if stage.ac is None else str(stage.ac)
            start = (str(plan.aql), plan.plan_letter) if number == 1 else ("", "")
            rows.append((*start, str(number), str(stage.n), str(drawn), ac, str(stage.re)))
    yield from aligned(rows)
    for plan in plans:
        yield ""
        yield f"AQL {plan.aql}"
        for line in _said(plan, model_of[plan.aql]):
            yield f"  {line}"


def compare_json(plan: Plan, model: str, minutes: Decimal | None) -> dict[str, Any]:
    """Return a row of the comparison as JSON."""
    chances = risk(plan, model)
    row = {
        "level": plan.level,
        "aql": str(plan.aql),
        "plan_letter": plan.plan_letter,
        "stages": [{"n": s.n, "ac": s.ac, "re": s.re} for s in plan.stages],
        "inspect_quantity": plan.inspect_quantity,
        "model": model,
        "producers_risk": chances.producers_risk(plan.aql),
        "lq_10": chances.lq(0.10),
        "lq_5": chances.lq(0.05),
    }
    return row if minutes is None else row | {"minutes": str(minutes * plan.inspect_quantity)}


def compare_page(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield the comparison for people: a line a plan."""
    timed = "minutes" in rows[0]
    header = ("level", "AQL", "letter", "n", "Ac/Re", "good lot fails", "passes 1 in 10", "passes 1 in 20")
    table = [(*header, "minutes") if timed else header]
    for row in rows:
        unit = "/100 units" if row["model"] == "poisson" else " %"
        stages = row["stages"]
        cells = (
            row["level"],
            row["aql"],
            row["plan_letter"],
            "+".join(str(s["n"]) for s in stages),
            ", ".join(f"{'-' if s['ac'] is None else s['ac']}/{s['re']}" for s in stages),
            f"{shown(100 * row['producers_risk'])} %",
            *("never" if row[key] is None else f"{shown(row[key])}{unit}" for key in ("lq_10", "lq_5")),
        )
        table.append((*cells, row["minutes"]) if timed else cells)
    yield from aligned(table)
    yield "good lot: exactly at its AQL; passes 1 in 10: the quality at which a lot still passes one time in ten"


def explanation_lines(steps: Explanation) -> Iterator[str]:
    """Yield each step from the lot size to the plan."""
    plan = steps.plan
    band = f"{steps.lot_min:,} to {steps.lot_max:,}" if steps.lot_max else f"{steps.lot_min:,} or more"
    yield f"{steps.letter_table}: {band} units at level {plan.level} is code letter {steps.code_letter}."
    at = f"AQL {plan.aql}"
    for arrow in steps.arrows:
        passed = f", past {', '.join(arrow.passed)}," if arrow.passed else ""
        yield (
            f"{steps.plan_table}: letter {arrow.start} at {at} holds an arrow {arrow.direction}{passed} to letter {arrow.end}, "
            "whose whole plan is used: n, Ac and Re."
        )
    if not steps.arrows:
        yield f"{steps.plan_table}: letter {steps.code_letter} at {at} holds a plan; no arrow is taken."
    if plan.used_kind != plan.kind:
        yield f"There is no {plan.kind} plan there; its {plan.used_kind} plan is used: {steps.used_table}."
    yield f"Plan: {'; then '.join(map(_stage, plan.stages))}."
    if plan.full_inspection:
        yield f"The plan asks for {plan.total:,} units or more than the lot has: all {plan.lot_size:,} may be inspected."


def accept_zero_json(plan: IsolatedPlan) -> dict[str, Any]:
    """Return an accept-zero plan as JSON."""
    return {
        "lot_size": plan.lot_size,
        "lq": str(plan.lq),
        "n": plan.n,
        "ac": plan.ac,
        "re": plan.ac + 1,
        "full_inspection": plan.full_inspection,
        "model": plan.model,
        "consumers_risk": plan.consumers_risk,
    }


def accept_zero_line(plan: IsolatedPlan) -> str:
    """Return an accept-zero plan in words."""
    units = f"all {plan.n:,} units" if plan.full_inspection else f"{plan.n:,} units"
    return (
        f"Accept-zero for LQ {plan.lq} %: inspect {units}; one nonconforming unit fails the lot. "
        f"A lot with {plan.lq} % passes {shown(100 * plan.consumers_risk)} % of the time."
    )


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as columns, as wide as their widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _said(plan: Plan, model: str) -> Iterator[str]:
    chances = risk(plan, model)
    what = "nonconformities" if model == "poisson" else "nonconforming units"
    fails = chances.producers_risk(plan.aql)
    if len(plan.stages) > 1:
        yield (
            f"Inspect {plan.stages[0].n:,} units first and {plan.inspect_quantity:,} at most; {shown(chances.asn(plan.aql))} on "
            "average where the lot is at the AQL. Each Ac and Re counts all samples so far."
        )
    elif plan.full_inspection:
        yield f"Inspect all {plan.lot_size:,} units: the plan's sample of {plan.total:,} is not below the lot."
    else:
        good = (
            f"At most {_counted(plan.re - 1, what)}"
            if plan.re > 1
            else "None nonconforming"
            if model != "poisson"
            else "No nonconformity"
        )
        yield f"Inspect {plan.inspect_quantity:,} units. {good}: the lot passes; {plan.re} or more: it fails."
    if plan.re > plan.ac + 1:
        yield f"More than {plan.ac} and fewer than {plan.re}: the lot passes, and the next one is inspected under normal inspection."
    yield sentence(plan, "en", model=model)
    number = whole(plan.lot_size, plan.aql)
    counted = f" ({_counted(number, what)})" if model == "hypergeometric" else ""
    yield f"A lot at the AQL{counted} {f'fails {shown(100 * fails)} % of the time' if fails > 1e-9 else 'always passes'}."
    yield f"Risks: {model}{', exact for this lot' if model == 'hypergeometric' else ''}."


def _counted(number: int, what: str) -> str:
    one = what.removesuffix("ies") + "y" if what.endswith("ies") else what.removesuffix("s")
    return f"{number:,} {one if number == 1 else what}"


def _stage(stage: Stage) -> str:
    ac = "no acceptance yet" if stage.ac is None else f"Ac {stage.ac}"
    return f"n {stage.n}, {ac}, Re {stage.re}"
