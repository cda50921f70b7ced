"""The rows of a checklist: one for each check, with places for the readings, the result and the photo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from lotproof.documents.contract import entry_lines, item_lines, sample_lines
from lotproof.documents.nodes import Block, Cell, Column, Field, Heading, Line, Readings, Row, Table, Words
from lotproof.documents.numbering import term_numbers
from lotproof.documents.speaking import Speaker, cell, merged, short_tag
from lotproof.frozen import frozen
from lotproof.orders.model import ClassPlan, Order, Sample, Term
from lotproof.requirements import (
    AtLeast,
    AtMost,
    Conforms,
    Count,
    Documented,
    Matches,
    OneOf,
    PerKey,
    Requirement,
    Shares,
    Statistic,
    Within,
)

MOST_CELLS = 60
"""Readings that a row has cells for; a larger sample is recorded by its count."""

RESULTS = ("pass", "fail", "pending")


@frozen
class Check:
    """One row to fill in: a term, in one lot, for one entry of its table of requirements."""

    term: Term
    sample: Sample
    entry: int | None
    requirement: Requirement | None
    number: str
    tag: str
    first: bool
    """The first row of its term: the others say "as in row"."""


def checks(order: Order, terms: Iterable[Term] | None = None) -> Iterator[Check]:
    """Yield every row to fill in for some terms, or for all; each term has one at least."""
    numbers = term_numbers(order)
    for term in order.spec.terms if terms is None else terms:
        rows: list[tuple[int | None, Requirement | None]] = [(None, term.requirement)]
        if isinstance(term.requirement, PerKey):
            rows = [(i, e.requirement) for i, e in enumerate(term.requirement.entries)]
        several = len(term.samples) > 1
        parts = [
            (sample, entry, requirement)
            for sample in term.samples
            for entry, requirement in rows
            if _in_lot(order, term, sample, entry)
        ]
        for place, (sample, entry, requirement) in enumerate(parts, 1):
            number = numbers[term.id] + (f".{place}" if len(parts) > 1 else "")
            tag = term.id + (f"#{entry + 1}" if entry is not None else "") + (f"/{sample.lot}" if several else "")
            yield Check(term, sample, entry, requirement, number, tag, place == 1)


def _in_lot(order: Order, term: Term, sample: Sample, entry: int | None) -> bool:
    """Leave out the quantity of an item that is not in the lot."""
    if entry is None or not isinstance(term.requirement, PerKey):
        return True
    key = term.requirement.entries[entry].key
    items = {item for lot in order.inspection.lots for item in lot.items}
    lot = next(lot for lot in order.inspection.lots if lot.id == sample.lot)
    return not isinstance(term.requirement.entries[entry].requirement, Count) or key not in items or key in lot.items


def check_blocks(say: Speaker, terms: Iterable[Term]) -> list[Block]:
    """Return a heading and a table for each stage of the inspector's walk."""
    blocks: list[Block] = []
    all_checks = list(checks(say.order, terms))
    columns = tuple(
        Column(width, say.label(key))
        for width, key in (
            (45, "no"),
            (285, "to_check"),
            (310, "what_to_do"),
            (210, "readings"),
            (75, "result"),
            (75, "photo"),
        )
    )
    for stage in dict.fromkeys(c.term.stage for c in all_checks):
        blocks.append(
            Heading(say.label(f"stage_{stage}"), f"checklist.{stage}", () if blocks else say.label("part_checks"))
        )
        rows = tuple(_check_row(say, c) for c in all_checks if c.term.stage == stage)
        blocks.append(
            Table(id=f"checks_{stage}", caption=say.texts[0].labels[f"stage_{stage}"], columns=columns, rows=rows)
        )
    return blocks


def _check_row(say: Speaker, check: Check) -> Row:
    term = check.term
    texts = [t.terms[term.id] for t in say.texts]
    what: list[Line] = [Line(merged(tuple((t.title,) for t in texts)), "strong")]
    if len(term.samples) > 1:
        what.append(Line(((check.sample.lot,),), "strong"))
    else:
        what += item_lines(say, term)
    if check.entry is None:
        what.append(Line(merged(tuple(t.required for t in texts)), "strong"))
    else:
        what.append(Line(entry_lines(say, term.id)[check.entry].words, "strong"))
    do: list[Line] = []
    if check.first:
        do += [Line(merged(tuple(t.action for t in texts)))]
        what.append(Line(merged(tuple(t.method for t in texts)), "muted"))
    else:
        do.append(Line(say.each(lambda t: t.labels["as_row"].format(check.number.rpartition(".")[0] + ".1"))))
    what.append(Line(say.each(lambda t: f"{t.labels['class']}: {t.terms[term.id].defect_class}"), "muted"))
    what.append(Line(((check.tag,),), "id"))
    do += [part for part in sample_lines(say, term, check.sample) if isinstance(part, Line)]
    if check.first:
        do.append(Line(merged(tuple(t.instrument for t in texts)), "muted"))
    return Row(
        (
            cell(((check.number,),), "strong"),
            tuple(what),
            tuple(do),
            _readings(say, check),
            (say.field(f"{check.tag}.result", "choice", "result", RESULTS),),
            tuple(
                say.field(f"{check.tag}.{kind}", "text", kind)
                for kind in ("photo", "document")
                if kind in term.evidence
            ),
        ),
        term.id,
    )


def _readings(say: Speaker, check: Check) -> Cell:
    requirement = check.requirement
    n = check.sample.n
    match requirement:
        case AtMost() | AtLeast() | Within():
            if check.sample.plan == "once":
                n = 1
            elif requirement.statistic in (Statistic.MEAN, Statistic.STDEV):
                return _figures(say, check, n // check.sample.per_unit if check.sample.per_unit else 1)
            return _cells(say, check, "number", n)
        case OneOf():
            return _cells(say, check, "text", max(1, min(n, MOST_CELLS)))
        case Count():
            return (
                Line(say.label("value_found"), "muted"),
                Field(tag=short_tag(f"{check.tag}.r1"), kind="number", label=say.label("value_found")),
            )
        case Conforms() if check.sample.ac is None:
            plans = [p for lot in say.order.inspection.lots if lot.id == check.sample.lot for p in lot.plans]
            each = say.order.inspection.answers.get("counting") == "nonconformities"
            return (
                Line(say.label("nonconformities" if each else "nonconforming"), "muted"),
                Readings(
                    tuple(
                        Field(tag=short_tag(f"{check.tag}.{tag}"), kind="number", label=_class_label(say, plan, place))
                        for plan in plans
                        for place, tag in enumerate(stage_tags(plan), 1)
                    )
                ),
            )
        case Conforms() | Matches():
            return (
                Line(say.label("nonconforming"), "muted"),
                Field(tag=short_tag(f"{check.tag}.d"), kind="number", label=say.label("nonconforming")),
            )
        case Documented() | Shares():
            return (
                Line(say.label("document"), "muted"),
                Field(tag=short_tag(f"{check.tag}.r1"), kind="text", label=say.label("document")),
            )
        case None:
            return (Field(tag=short_tag(f"{check.tag}.r1"), kind="text", label=say.label("value_found")),)
        case PerKey():
            raise AssertionError("a table of requirements has a row for each entry")
        case _:
            assert_never(requirement)


def _cells(say: Speaker, check: Check, kind: str, n: int) -> Cell:
    if n > MOST_CELLS:
        return (
            Readings(tuple(say.field(f"{check.tag}.{name}", kind, name) for name in ("lowest", "highest", "outside"))),
        )
    return (
        Readings(
            tuple(Field(tag=short_tag(f"{check.tag}.r{i}"), kind=kind, label=((f"{i}",),)) for i in range(1, n + 1))
        ),
    )


def _figures(say: Speaker, check: Check, units: int) -> Cell:
    """Return a place for the figure of each machine, or for the one of the sample."""

    def labelled(unit: int) -> Words:
        return say.each(lambda t: f"{t.labels['mean']} {unit}")

    tags = ((short_tag(f"{check.tag}.mean{unit}"), labelled(unit)) for unit in range(1, units + 1))
    return (Readings(tuple(Field(tag=tag, kind="number", label=label) for tag, label in tags)),)


def stage_tags(plan: ClassPlan) -> list[str]:
    """Return the name of each sample of a class: the class, and from the second sample on its number."""
    return [
        plan.defect_class if place == 1 else f"{plan.defect_class}.{place}" for place, _ in enumerate(plan.stages, 1)
    ]


def _class_label(say: Speaker, plan: ClassPlan, place: int) -> Words:
    several = len(plan.stages) > 1

    def words(labels: Mapping[str, str]) -> str:
        name = labels[f"class_{plan.defect_class}"]
        return labels["sample_no"].format(name, place) if several else name

    return say.each(lambda t: words(t.labels))
