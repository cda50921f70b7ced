"""The inspection checklist: the same terms in the order an inspector walks, one action a row, with places for what was found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from lotproof.documents.contract import entry_lines, plan_blocks, sample_lines
from lotproof.documents.nodes import (
    Block,
    Cell,
    Column,
    Document,
    Field,
    Heading,
    Line,
    Paragraph,
    Readings,
    Row,
    Signatures,
    Table,
    Words,
)
from lotproof.documents.numbering import term_numbers
from lotproof.documents.speaking import Speaker, cell, merged, short_tag
from lotproof.frozen import frozen
from lotproof.orders.digests import Seal, seal
from lotproof.orders.model import Order, Sample, Term
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

DISCLOSED = ("header", "parties", "goods", "spec", "inspection")
"""What an inspector reads: no price, payment, bank, client or platform window."""

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


def checklist(order: Order, languages: tuple[str, ...] | None = None, sealed: Seal | None = None) -> Document:
    """
    Lay out what the inspector has to do.

    Args:
        languages: codes of the order's texts; the order's own languages where None.
        sealed: the order's digests, where they are at hand.
    """
    say = Speaker(order, languages or order.header.languages, sealed or seal(order))
    number, digest, date = say.heading_facts()
    return Document(
        kind="checklist",
        title=say.label("checklist"),
        number=number,
        digest=digest,
        date=date,
        languages=say.languages,
        labels={key: say.label(key) for key in ("number", "draft", "page", "of", "page_end", "digest")},
        references=say.reference_words(),
        draft=order.draft,
        landscape=True,
        protected=True,
        data=say.sealed.disclosed(DISCLOSED),
        blocks=(
            *_front(say, number),
            *_header(say, digest),
            *_plan(say),
            *_equipment(say),
            *_checks(say),
            *_tally(say),
            *_conclusion(say),
        ),
    )


def checks(order: Order) -> Iterator[Check]:
    """Yield every row to fill in; each term has one at least."""
    numbers = term_numbers(order)
    for term in order.spec.terms:
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


# --- the parts -----------------------------------------------------------------------------------------------------------------


def _front(say: Speaker, number: str) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(say.each(lambda t: f"{t.labels['number']} {number}. {t.labels['belongs']}"), "subtitle")
    ]
    if say.order.draft:
        blocks.append(Paragraph(say.label("draft_line"), "warning"))
    return blocks


def _header(say: Speaker, digest: str) -> list[Block]:
    order = say.order
    parties = {
        name: merged(tuple(t.tables["parties"][0][place] for t in say.texts))
        for place, name in ((1, "buyer"), (2, "seller"))
    }
    site = merged(tuple(t.tables["parties"][-1][2] for t in say.texts))
    goods = tuple(line for row in say.rows("goods") for line in (Line(_joined(row.cells)),))
    known: list[tuple[str, Cell]] = [
        ("number", cell(((order.header.number or "[____]",),))),
        ("revision", cell(((order.header.revision or "[____]",),))),
        ("buyer", cell(parties["buyer"])),
        ("seller_name", cell(parties["seller"])),
        ("production_site", cell(site)),
        ("item", goods),
        ("category", cell(say.each(lambda t: t.title))),
        ("digest", cell(((digest,),), "id")),
    ]
    asked: list[tuple[str, str]] = [
        ("inspector", "text"),
        ("inspection_firm", "text"),
        ("inspection_date", "date"),
        ("time_in", "text"),
        ("time_out", "text"),
        ("finished", "number"),
        ("presented", "number"),
        ("packed", "number"),
        ("cartons", "number"),
        ("cartons_opened", "number"),
        ("carton_numbers", "text"),
    ]
    return [
        Heading(say.label("header"), "checklist.header"),
        Table(
            id="header",
            caption=say.texts[0].labels["header"],
            columns=(Column(180, say.label("order_data")), Column(820, ())),
            rows=tuple(Row((cell(say.label(key), "strong"), value)) for key, value in known),
            headed=False,
        ),
        Paragraph(say.label("to_fill"), "note"),
        Table(
            id="site",
            caption=say.texts[0].labels["to_fill"],
            columns=(Column(180, ()), Column(320, ()), Column(180, ()), Column(320, ())),
            rows=tuple(
                Row(
                    tuple(part for pair in asked[i : i + 2] for part in _asked(say, *pair))
                    + ((), ()) * (2 - len(asked[i : i + 2]))
                )
                for i in range(0, len(asked), 2)
            ),
            headed=False,
        ),
    ]


def _asked(say: Speaker, key: str, kind: str) -> tuple[Cell, Cell]:
    return cell(say.label(key), "strong"), (say.field(f"header.{key}", kind, key),)


def _joined(cells: tuple[Cell, ...]) -> Words:
    """Return the words of a row of cells on one line."""
    words = [part.words for c in cells for part in c if isinstance(part, Line)]
    width = max(len(w) for w in words)
    return merged(tuple(tuple(i for w in words for i in (*(w[k] if len(w) > 1 else w[0]), "  ")) for k in range(width)))


def _plan(say: Speaker) -> list[Block]:
    return [Heading(say.label("plan"), "checklist.plan"), *plan_blocks(say)]


def _equipment(say: Speaker) -> list[Block]:
    seen: dict[tuple[object, ...], str] = {}
    for term in say.order.spec.terms:
        if term.brought_by in ("inspector", "factory"):
            seen.setdefault(tuple(t.terms[term.id].instrument for t in say.texts), term.brought_by)
    rows = tuple(
        Row(
            (
                cell(merged(words)),  # type: ignore[arg-type]
                cell(say.label(f"by_{by}")),
                (say.field(f"equipment.{place}.number", "text", "instrument_no"),),
                (say.field(f"equipment.{place}.calibrated", "date", "calibrated_until"),),
            )
        )
        for place, (words, by) in enumerate(seen.items(), 1)
    )
    columns = ((460, "instrument"), (140, "brought_by"), (200, "instrument_no"), (200, "calibrated_until"))
    return [
        Heading(say.label("equipment"), "checklist.equipment"),
        Table(
            id="equipment",
            caption=say.texts[0].labels["equipment"],
            columns=tuple(Column(width, say.label(key)) for width, key in columns),
            rows=rows,
        ),
    ]


def _checks(say: Speaker) -> list[Block]:
    blocks: list[Block] = []
    all_checks = list(checks(say.order))
    columns = tuple(
        Column(width, say.label(key))
        for width, key in (
            (50, "no"),
            (270, "to_check"),
            (290, "what_to_do"),
            (230, "readings"),
            (80, "result"),
            (80, "photo"),
        )
    )
    for stage in dict.fromkeys(c.term.stage for c in all_checks):
        blocks.append(Heading(say.label(f"stage_{stage}"), f"checklist.{stage}"))
        rows = tuple(_check_row(say, c) for c in all_checks if c.term.stage == stage)
        blocks.append(
            Table(id=f"checks_{stage}", caption=say.texts[0].labels[f"stage_{stage}"], columns=columns, rows=rows)
        )
    return blocks


def _check_row(say: Speaker, check: Check) -> Row:
    term = check.term
    texts = [t.terms[term.id] for t in say.texts]
    what: list[Line] = [Line(merged(tuple((t.title,) for t in texts)), "strong")]
    if len(term.items) < len(say.order.goods.lines):
        what.append(Line(say.each(lambda t: f"{t.labels['for_item']}: {', '.join(term.items)}")))
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
    place = term.samples.index(check.sample)
    do.append(Line(merged(tuple((t.samples[place],) for t in texts))))
    do += [part for part in sample_lines(say, term.id)[len(term.samples) :] if isinstance(part, Line)]
    if check.first:
        do.append(Line(merged(tuple(t.instrument for t in texts)), "muted"))
    return Row(
        (
            cell(((check.number,),), "strong"),
            tuple(what),
            tuple(do),
            _readings(say, check),
            (say.field(f"{check.tag}.result", "choice", "result", RESULTS),),
            (say.field(f"{check.tag}.photo", "text", "photo"),)
            if "photo" in term.evidence
            else (say.field(f"{check.tag}.document", "text", "document"),),
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
            elif requirement.statistic is Statistic.SHARE:
                n = max(1, n)
            return _cells(say, check, "number", n)
        case OneOf():
            return _cells(say, check, "text", max(1, min(n, MOST_CELLS)))
        case Count():
            return (
                Line(say.label("value_found"), "muted"),
                Field(tag=short_tag(f"{check.tag}.r1"), kind="number", label=say.label("value_found")),
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


def _tally(say: Speaker) -> list[Block]:
    if not say.order.spec.defects:
        return []
    rows = [
        Row(
            (
                *row.cells,
                (say.field(f"defect.{defect}.found", "number", "found"),),
                (say.field(f"defect.{defect}.photo", "text", "photo"),),
            ),
            f"defect.{defect}",
        )
        for row, defect in zip(say.rows("defects"), _defects_by_class(say.order), strict=True)
    ]
    columns = ((100, "class"), (200, "defect"), (460, "border"), (120, "found"), (120, "photo"))
    blocks: list[Block] = [
        Heading(say.label("tally"), "checklist.tally"),
        Paragraph(say.label("classification"), "note"),
        Table(
            id="tally",
            caption=say.texts[0].labels["tally"],
            columns=tuple(Column(w, say.label(k)) for w, k in columns),
            rows=tuple(rows),
        ),
    ]
    totals = [
        Row(
            (
                *row.cells[:1],
                *row.cells[2:3],
                *row.cells[5:8],
                (say.field(f"total.{lot}.{defect_class}", "number", "sum"),),
            )
        )
        for row, (lot, defect_class) in zip(say.rows("plan"), _plan_keys(say.order), strict=True)
    ]
    total_columns = ((300, "lot"), (200, "defect_class"), (100, "n"), (100, "ac"), (100, "re"), (200, "found"))
    blocks.append(
        Table(
            id="totals",
            caption=say.texts[0].labels["sum"],
            columns=tuple(Column(w, say.label(k)) for w, k in total_columns),
            rows=tuple(totals),
        )
    )
    return blocks


def _defects_by_class(order: Order) -> list[str]:
    return [d for c in ("critical", "major", "minor") for d, defect_class in order.spec.defects if defect_class == c]


def _plan_keys(order: Order) -> list[tuple[str, str]]:
    return [
        (lot.id, p) for lot in order.inspection.lots for p in ([plan.defect_class for plan in lot.plans] or ["all"])
    ]


def _conclusion(say: Speaker) -> list[Block]:
    lots = [
        Row(
            (
                cell(((lot.id if len(say.order.inspection.lots) > 1 else "1",),), "strong"),
                (say.field(f"conclusion.{lot.id}", "choice", "lot_result", RESULTS),),
            )
        )
        for lot in say.order.inspection.lots
    ]
    return [
        Heading(say.label("conclusion"), "checklist.conclusion"),
        Table(
            id="conclusion",
            caption=say.texts[0].labels["conclusion"],
            columns=(Column(300, say.label("lot")), Column(700, say.label("lot_result"))),
            rows=(*lots, Row((cell(say.label("remarks"), "strong"), (say.field("remarks", "text", "remarks"),)))),
        ),
        Paragraph(say.label("independence"), "body"),
        Signatures(
            parties=((say.label("inspector_signature"), ((),)), (say.label("factory_representative"), ((),))),
            lines=(say.label("signature"), say.label("sign_date")),
            chop=say.label("chop"),
        ),
    ]
