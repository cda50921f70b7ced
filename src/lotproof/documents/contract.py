"""The order contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lotproof.documents.nodes import (
    Block,
    Cell,
    Clause,
    Column,
    Document,
    Exhibit,
    Field,
    Heading,
    Line,
    Paragraph,
    Row,
    Signatures,
    Table,
    Words,
)
from lotproof.documents.numbering import term_numbers
from lotproof.documents.speaking import FRAME, Speaker, cell, merged
from lotproof.orders.digests import Seal
from lotproof.orders.inside import Share
from lotproof.orders.model import (
    DOCUMENTS,
    PACKAGING,
    SPECIFICATION,
    Order,
    ProvisionText,
    Sample,
    Term,
    exhibit_of,
)
from lotproof.records.rows import short_tag
from lotproof.templates import FULL

DISCLOSED = ("header", "parties", "goods", "spec", "inspection", "commercial", "evidence")
"""What the seller reads: all but the buyer's private section."""

PLAN_COLUMNS = (
    (220, "lot", "left"),
    (160, "lot_size", "right"),
    (160, "defect_class", "left"),
    (100, "aql", "right"),
    (120, "code_letter", "left"),
    (80, "n", "right"),
    (80, "ac", "right"),
    (80, "re", "right"),
)

SHARE_COLUMNS = ((400, "item", "left"), (300, "quantity", "right"), (300, "units_drawn", "right"))

TABLES = {
    "parties": ((200, "party", "left"), (400, "buyer", "left"), (400, "seller", "left")),
    "goods": (
        (200, "item", "left"),
        (450, "description", "left"),
        (180, "drawing", "left"),
        (170, "quantity", "right"),
    ),
    "prices": (
        (280, "item", "left"),
        (240, "quantity", "right"),
        (240, "unit_price", "right"),
        (240, "amount", "right"),
    ),
    "plan": PLAN_COLUMNS,
    "standards": ((220, "standard", "left"), (480, "about", "left"), (300, "twin", "left")),
    "drawings": ((250, "item", "left"), (450, "description", "left"), (300, "drawing", "left")),
}
"""Columns of the tables that provisions and exhibits carry (:data:`lotproof.templates.TABLES`)."""


PLAN_TABLES = ("sampling", "plan", "shares", "neighbours")
"""The tables of :func:`plan_blocks`."""

COMMON_TERMS = ("title", "entries", "method", "instrument", "samples", "rules", "defect_class")
COMMON_TABLES = ("parties", "goods", *PLAN_TABLES, "defects")
"""What contract and checklist both print of the order's sentences."""

SHARE = Share(
    sections=DISCLOSED,
    provisions=True,
    terms=(COMMON_TERMS, ("duty",)),
    tables=(COMMON_TABLES, ("drawings", "standards", "prices")),
)
"""What a contract carries of its order."""


def contract(
    order: Order, languages: tuple[str, ...] | None = None, sealed: Seal | None = None, profile: str = FULL
) -> Document:
    """
    Lay out the contract.

    Args:
        languages: codes of the order's texts; the order's own languages where None.
        sealed: the order's digests, where they are at hand.
        profile: one of :data:`lotproof.templates.PROFILES`; the order, its digest and its checklist are the same in all.
    """
    say = Speaker(order, languages, sealed)
    number, digest, date = say.heading_facts()
    title = say.label("contract_master" if profile == "master" else "contract")
    labels = {key: say.label(key) for key in FRAME}
    references = say.reference_words() | {"table": tuple(texts.labels["ref_table"] for texts in say.texts)}
    contents = () if profile == "short" else say.label("contents")
    blocks = (
        *_front(say, number, digest),
        *_provisions(say, profile),
        signatures(say),
        *exhibits(say, profile),
    )
    return Document(
        kind="contract",
        title=title,
        number=number,
        digest=digest,
        date=date,
        languages=say.languages,
        labels=labels,
        references=references,
        draft=order.draft,
        landscape=False,
        density="short" if profile == "short" else "normal",
        protected=False,
        data=say.carried("contract", SHARE, profile),
        look=order.look,
        contents=contents,
        blocks=blocks,
    )


def _front(say: Speaker, number: str, digest: str) -> list[Block]:
    blocks: list[Block] = [Paragraph(say.each(lambda t: f"{t.labels['number']} {number}"), "subtitle")]
    if say.order.draft:
        blocks.append(Paragraph(say.label("draft_line"), "warning"))
    controlling = say.order.header.controlling
    if controlling and set(say.languages) != set(say.order.header.languages):
        name = say.order.texts[controlling].name
        blocks.append(Paragraph(say.each(lambda t: t.labels["reading_copy"].format(name)), "warning"))
    return blocks


def _provisions(say: Speaker, profile: str) -> list[Block]:
    provisions = [t.provisions for t in say.texts]
    elsewhere = {table for e in say.texts[0].exhibits if profile in e.profiles for table in e.tables}
    printed = [texts for texts in zip(*provisions, strict=True) if profile in texts[0].profiles]
    blocks: list[Block] = []
    for texts in printed:
        heading = merged(tuple((t.heading,) for t in texts))
        signed = texts is printed[-1] and profile != "short"  # a short contract has no page to spare for its signatures
        part = heading if signed else ()
        blocks.append(Heading(heading, texts[0].id, part))
        blocks += [
            Clause(words, f"{texts[0].id}.{place}") for place, words in enumerate(_paragraphs(texts, profile), 1)
        ]
        blocks += [say.table(table, TABLES[table]) for table in texts[0].tables if table not in elsewhere]
        blocks += _form(say, texts)
    return blocks


def _paragraphs(texts: tuple[ProvisionText, ...], profile: str) -> list[Words]:
    return [
        merged(tuple(p.words for p in row))
        for row in zip(*(t.paragraphs for t in texts), strict=True)
        if profile in row[0].profiles
    ]


def _form(say: Speaker, texts: tuple[ProvisionText, ...]) -> list[Block]:
    """Return the lines of a provision or an exhibit that are completed by hand."""
    rows = []
    for slots in zip(*(t.slots for t in texts), strict=True):
        label = merged(tuple((slot.label,) for slot in slots))
        field = Field(tag=short_tag(f"{texts[0].id}.{slots[0].key}"), kind=slots[0].kind, label=label)
        rows.append(Row((cell(label, "strong"), (field,))))
    if not rows:
        return []
    columns = (Column(360, ()), Column(640, ()))
    return [Table(id=f"{texts[0].id}.form", caption=texts[0].heading, columns=columns, rows=tuple(rows), headed=False)]


def exhibits(say: Speaker, profile: str) -> list[Block]:
    """Return every exhibit; what is agreed in it stands under its paragraphs, what is completed by hand comes last."""
    stated: Mapping[str, Callable[[Speaker], list[Block]]] = {
        SPECIFICATION: lambda say: [_terms(say, SPECIFICATION)],
        PACKAGING: lambda say: [_terms(say, PACKAGING)],
        DOCUMENTS: lambda say: [_terms(say, DOCUMENTS)],
        "exhibit.sampling": plan_blocks,
        "exhibit.defects": _defects,
        "exhibit.checklist": _checklist,
    }
    blocks: list[Block] = []
    for texts in zip(*(t.exhibits for t in say.texts), strict=True):
        if profile not in texts[0].profiles:
            continue
        blocks.append(Exhibit(merged(tuple((t.heading,) for t in texts)), texts[0].id))
        blocks += [Paragraph(words, "body") for words in _paragraphs(texts, profile)]
        blocks += [say.table(table, TABLES[table]) for table in texts[0].tables]
        if texts[0].id in stated:
            blocks += stated[texts[0].id](say)
        blocks += _form(say, texts)
    return blocks


def _terms(say: Speaker, exhibit: str) -> Table:
    """Return the terms that an exhibit states."""
    columns = (
        Column(60, say.label("no")),
        Column(320, say.label("characteristic")),
        Column(310, say.label("test_method")),
        Column(220, say.label("sample")),
        Column(90, say.label("class")),
    )
    known = term_numbers(say.order)
    rows = tuple(_term_row(say, term, known[term.id]) for term in say.order.spec.terms if exhibit_of(term) == exhibit)
    name = exhibit.partition(".")[2]
    return Table(id=name, caption=say.texts[0].labels[name], columns=columns, rows=rows, title=say.label(name))


def _term_row(say: Speaker, term: Term, number: str) -> Row:
    term_id = term.id
    texts = [t.terms[term_id] for t in say.texts]

    def line(get: str, role: str = "plain") -> Line:
        return Line(merged(tuple(v if isinstance(v := getattr(t, get), tuple) else (v,) for t in texts)), role)

    what: list[Line] = [line("title", "strong")]
    what += item_lines(say, term)
    what.append(line("duty"))
    what += entry_lines(say, term_id)
    if term.unverified:
        what.append(Line(say.label("confirm"), "strong"))
    return Row(
        (
            (Line(((number,),), "strong"),),
            tuple(what),
            (line("method"), line("instrument", "muted")),
            sample_lines(say, term),
            (line("defect_class"),),
        ),
        term_id,
    )


def item_lines(say: Speaker, term: Term) -> list[Line]:
    """Return the line that names the items of a term; none where it covers the whole order."""
    if len(term.items) == len(say.order.goods.lines):
        return []
    return [Line(say.each(lambda t: f"{t.labels['for_item']}: {', '.join(term.items)}"))]


def entry_lines(say: Speaker, term_id: str) -> list[Line]:
    """Return the rows of a table of requirements, one line each."""
    entries = [t.terms[term_id].entries for t in say.texts]
    return [Line(merged(tuple(row)), listed=True) for row in zip(*entries, strict=True)]


def sample_lines(say: Speaker, term: Term, only: Sample | None = None) -> Cell:
    """Return sample and pass rule of a term, equal ones said once with their lots; or those of one sample alone."""
    texts = [t.terms[term.id] for t in say.texts]
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for place, sample in enumerate(term.samples):
        if only is None or sample == only:
            said = tuple(t.samples[place] for t in texts), tuple(t.rules[place] for t in texts)
            groups.setdefault(said, []).append(sample.lot)
    lines: list[Line] = []
    for (samples, rules), lots in groups.items():
        if only is None and len(term.samples) > 1:
            every = len(lots) == len(say.order.inspection.lots)
            samples = tuple(
                t.labels["lot_prefix"].format(t.labels["each_item"] if every else "\u00a0\u00b7 ".join(lots), s)
                for t, s in zip(say.texts, samples, strict=True)
            )
        lines.append(Line(merged(tuple((s,) for s in samples))))
        lines.append(Line(merged(tuple((r,) for r in rules)), "strong"))
    return tuple(lines)


def plan_blocks(say: Speaker) -> list[Block]:
    """Return how it is sampled, the plan, the share of each item, and the plans for the lot bands beside it."""
    blocks: list[Block] = []
    if say.texts[0].tables["sampling"]:
        caption = say.texts[0].labels["how_sampled"]
        two = (Column(300, ()), Column(700, ()))
        title = say.label("how_sampled")
        rows = say.rows("sampling")
        blocks.append(Table(id="sampling", caption=caption, columns=two, rows=rows, headed=False, title=title))
    blocks.append(say.table("plan", PLAN_COLUMNS))
    if say.texts[0].tables["shares"]:
        blocks.append(say.table("shares", SHARE_COLUMNS))
    if say.texts[0].tables["neighbours"]:
        plans = len(say.texts[0].tables["neighbours"][0]) - 3
        classes = [p.defect_class for p in say.order.inspection.lots[0].plans]
        columns = (
            Column(220, say.label("lot")),
            Column(180, say.label("lot_band"), "right"),
            Column(120, say.label("code_letter")),
            *(Column(480 // plans, _class(say, c)) for c in classes),
        )
        blocks.append(
            Table(
                id="neighbours",
                caption=say.texts[0].labels["lot_band"],
                columns=columns,
                rows=say.rows("neighbours"),
                title=say.label("neighbours"),
            )
        )
    return blocks


def _class(say: Speaker, defect_class: str) -> Words:
    return say.each(lambda t: t.labels[f"class_{defect_class}"])


def _defects(say: Speaker) -> list[Block]:
    return [
        Paragraph(say.label("classification"), "body"),
        say.table("defects", ((140, "class", "left"), (260, "defect", "left"), (600, "border", "left"))),
    ]


def _checklist(say: Speaker) -> list[Block]:
    """Return what ties the checklist to the contract: number, revision and digest, the same on both."""
    header = say.order.header
    rows = [
        ("number", ((header.number or "[____]",),), "plain"),
        ("revision", ((header.revision or "[____]",),), "plain"),
        ("digest", ((say.sealed.digest,),), "id"),
    ]
    return [
        Table(
            id="checklist",
            caption=say.texts[0].labels["checklist"],
            columns=(Column(220, ()), Column(780, ())),
            rows=tuple(Row((cell(say.label(key), "strong"), cell(words, role))) for key, words, role in rows),
            headed=False,
        )
    ]


def signatures(say: Speaker) -> Signatures:
    """Return the places where both parties sign and chop."""

    def name(row_index: int, column: int) -> tuple[tuple[object, ...], ...]:
        return merged(tuple(t.tables["parties"][row_index][column] for t in say.texts))

    return Signatures(
        parties=((say.label("buyer"), name(0, 1)), (say.label("seller"), name(0, 2))),  # type: ignore[arg-type]
        lines=(say.label("signatory"), say.label("signature"), say.label("sign_date")),
        chop=say.label("chop"),
    )
