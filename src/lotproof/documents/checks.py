"""The rows of a checklist: one for each check, with places for the readings, the result and the photo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from lotproof.documents.contract import entry_lines, item_lines, sample_lines
from lotproof.documents.nodes import Block, Cell, Column, Field, Heading, Line, Readings, Row, Table, Words
from lotproof.documents.numbering import term_numbers
from lotproof.documents.speaking import Speaker, cell, merged
from lotproof.orders.model import ClassPlan, Term
from lotproof.records import rows as kinds
from lotproof.records.rows import RESULTS, Check, asked, checks, field_tag, stage_tags
from lotproof.requirements import Shares


def check_blocks(say: Speaker, terms: Iterable[Term]) -> list[Block]:
    """Return a heading and a table for each stage of the inspector's walk."""
    blocks: list[Block] = []
    all_checks = list(checks(say.order, terms))
    numbers = term_numbers(say.order)
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
        rows = tuple(_check_row(say, c, numbers[c.term.id]) for c in all_checks if c.term.stage == stage)
        blocks.append(
            Table(id=f"checks_{stage}", caption=say.texts[0].labels[f"stage_{stage}"], columns=columns, rows=rows)
        )
    return blocks


def _check_row(say: Speaker, check: Check, number: str) -> Row:
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
        do.append(Line(say.each(lambda t: t.labels["as_row"].format(f"{number}.1"))))
    what.append(Line(say.each(lambda t: f"{t.labels['class']}: {t.terms[term.id].defect_class}"), "muted"))
    what.append(Line(((check.tag,),), "id"))
    do += [part for part in sample_lines(say, term, check.sample) if isinstance(part, Line)]
    if check.first:
        do.append(Line(merged(tuple(t.instrument for t in texts)), "muted"))
    return Row(
        (
            cell(((number + check.place,),), "strong"),
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
    """Return the places for what a row asks for (:func:`lotproof.records.rows.asked`)."""

    def field(name: str, kind: str, label: Words) -> Field:
        return Field(tag=field_tag(check.tag, name), kind=kind, label=label)

    def labelled(*names: str) -> Readings:
        return Readings(tuple(field(name, "number", say.label(_LABELS[name])) for name in names))

    def alone(kind: str, label: str) -> Cell:
        return (Line(say.label(label), "muted"), field("r1", kind, say.label(label)))

    wanted = asked(say.order, check)
    match wanted:
        case kinds.Cells(kind=kind, names=names):
            return (Readings(tuple(field(name, kind, ((f"{i}",),)) for i, name in enumerate(names, 1))),)
        case kinds.Figures(names=names):
            return (Readings(tuple(field(n, "number", _mean(say, unit)) for unit, n in enumerate(names, 1))),)
        case kinds.Extremes():
            return (labelled("lowest", "highest", "outside", "n"),)
        case kinds.Counted():
            return (labelled("n", "d"),)
        case kinds.Found(sampled=sampled):
            return (labelled("n", "r1"),) if sampled else alone("number", "value_found")
        case kinds.Classes(plans=plans):
            each = say.order.inspection.answers.get("counting") == "nonconformities"
            fields = tuple(
                field(tag, "number", _class_label(say, plan, place))
                for plan in plans
                for place, tag in enumerate(stage_tags(plan), 1)
            )
            return (Line(say.label("nonconformities" if each else "nonconforming"), "muted"), Readings(fields))
        case kinds.Composition():
            return (Readings(tuple(_shares(say, check))),)
        case kinds.Paper():
            return alone("text", "document")
        case kinds.Words():
            return alone("text", "value_found")
        case _:
            assert_never(wanted)


_LABELS: Mapping[str, str] = {
    "lowest": "lowest",
    "highest": "highest",
    "outside": "outside",
    "n": "units_checked",
    "d": "nonconforming",
    "r1": "value_found",
}


def _mean(say: Speaker, unit: int) -> Words:
    return say.each(lambda t: f"{t.labels['mean']} {unit}")


def _shares(say: Speaker, check: Check) -> Iterable[Field]:
    """Yield a place for the share of each part of a composition, in %."""
    assert isinstance(check.requirement, Shares)
    for place, part in enumerate(check.requirement.parts, 1):
        words = merged(
            tuple((f"{part.label.get(code) or next(iter(part.label.values()))} %",) for code in say.languages)
        )
        yield Field(tag=field_tag(check.tag, f"s{place}"), kind="number", label=words)


def _class_label(say: Speaker, plan: ClassPlan, place: int) -> Words:
    several = len(plan.stages) > 1

    def words(labels: Mapping[str, str]) -> str:
        name = labels[f"class_{plan.defect_class}"]
        return labels["sample_no"].format(name, place) if several else name

    return say.each(lambda t: words(t.labels))
