"""The arrival checklist: the same terms at the final destination, after the seal, the cartons and the units with their lot codes."""

from __future__ import annotations

from lotproof.documents import site
from lotproof.documents.checklist import SHARE
from lotproof.documents.checks import check_blocks
from lotproof.documents.nodes import (
    Block,
    Column,
    Document,
    Field,
    Heading,
    Paragraph,
    Readings,
    Row,
    Signatures,
    Table,
)
from lotproof.documents.speaking import Speaker, cell
from lotproof.orders.digests import Seal
from lotproof.orders.lots import first_sample
from lotproof.orders.model import Lot, Order
from lotproof.records.rows import judged, short_tag, terms_of

MOST_CODES = 200
"""Units whose lot code has a cell of its own; the order of drawing goes on in the photographs."""

SPARE_CARTONS = 6
"""Lines for damaged cartons."""

CONSIGNMENT = (
    ("container_no", "text"),
    ("transport_no", "text"),
    ("seal_papers", "text"),
    ("seal_found", "text"),
    ("seal_intact", "choice"),
    ("arrived_on", "date"),
    ("opened_on", "date"),
    ("opened_at", "text"),
    ("opening_place", "text"),
    ("carrier_receipt", "text"),
)

REPORT = (
    ("inspector", "text"),
    ("witness", "text"),
    ("report_date", "date"),
    ("damage_cause", "choice"),
)


def arrival(order: Order, languages: tuple[str, ...] | None = None, sealed: Seal | None = None) -> Document:
    """
    Lay out what is looked at when the goods arrive: seal, cartons, units with lot codes, and the rows that can be tested there.

    Row numbers and field names are those of the checklist, so that the two records can be laid beside each other.

    Args:
        languages: codes of the order's texts; the order's own languages where None.
        sealed: the order's digests, where they are at hand.
    """
    say = Speaker(order, languages, sealed)
    number, digest, date = say.heading_facts()
    terms = terms_of(order, "arrival")
    title = say.label("arrival")
    labels = {key: say.label(key) for key in site.FRAME}
    references = say.reference_words()
    blocks = (
        *site.front(say, number),
        *site.known(say, digest),
        *_consignment(say),
        *_cartons(say),
        *_units(say),
        *site.plan(say),
        *site.equipment(say, terms),
        *check_blocks(say, terms),
        *site.tally(say),
        *site.photos(say, PHOTOS),
        *_report(say, tuple(dict.fromkeys(term.stage for term in terms))),
    )
    return Document(
        kind="arrival",
        title=title,
        number=number,
        digest=digest,
        date=date,
        languages=say.languages,
        labels=labels,
        references=references,
        draft=order.draft,
        landscape=True,
        density="form",
        protected=True,
        data=say.carried("arrival", SHARE),
        blocks=blocks,
    )


PHOTOS = ("seal", "doors", "load", "damaged_cartons", "drawn_units", "readings", "failed_units")


def _consignment(say: Speaker) -> list[Block]:
    return [
        Heading(say.label("consignment"), "arrival.consignment"),
        Paragraph(say.label("consignment_rule"), "note"),
        site.asked(say, "consignment", CONSIGNMENT),
    ]


def _cartons(say: Speaker) -> list[Block]:
    keys = ("cartons_counted", "cartons_missing", "cartons_damaged", "cartons_opened")
    rows = tuple(
        Row(
            (
                cell(((name,),), "strong"),
                *((say.field(f"{name}.{key}", "number", key),) for key in keys),
            )
        )
        for name in judged(say.order)
    )
    columns = (Column(240, say.label("lot")), *(Column(190, say.label(key)) for key in keys))
    damage = ("carton_no", "damage", "photo")
    spare = tuple(
        Row((cell(((str(i),),)), *((say.field(f"damaged.{i}.{key}", "text", key),) for key in damage)))
        for i in range(1, SPARE_CARTONS + 1)
    )
    widths = (60, 200, 540, 200)
    return [
        Heading(say.label("stage_cartons"), "arrival.cartons"),
        Table(id="cartons", caption=say.texts[0].labels["stage_cartons"], columns=columns, rows=rows),
        Paragraph(say.label("damaged_rule"), "note"),
        Table(
            id="damaged",
            caption=say.texts[0].labels["cartons_damaged"],
            columns=tuple(Column(width, say.label(key)) for width, key in zip(widths, ("no", *damage), strict=True)),
            rows=spare,
        ),
    ]


def _units(say: Speaker) -> list[Block]:
    """Return a cell for the lot code of each unit that is drawn, in the order of drawing."""
    rows = []
    for name, n in _drawn(say.order):
        fields = tuple(
            Field(tag=short_tag(f"{name}.code{i}"), kind="text", label=((f"{i}",),))
            for i in range(1, min(n, MOST_CODES) + 1)
        )
        rows.append(Row((cell(((name,),), "strong"), cell(((str(n),),)), (Readings(fields),))))
    columns = (Column(180, say.label("lot")), Column(80, say.label("n")), Column(740, say.label("lot_codes")))
    return [
        Heading(say.label("units_drawn"), "arrival.units"),
        Paragraph(say.label("lot_code_rule"), "note"),
        Table(id="units", caption=say.texts[0].labels["lot_codes"], columns=columns, rows=tuple(rows)),
    ]


def drawn_units(order: Order) -> tuple[str, ...]:
    """
    Return the units that are drawn on arrival, in the order of drawing: ``1``, ``2`` of a single lot, ``A/1`` of lot A among
    several, ``HX-420 #2`` where each machine is looked at.
    """
    drawn = _drawn(order)
    if order.inspection.basis == "each":
        return tuple(name for name, _ in drawn)
    several = len(drawn) > 1
    return tuple(f"{name}/{i}" if several else str(i) for name, n in drawn for i in range(1, n + 1))


def _drawn(order: Order) -> list[tuple[str, int]]:
    def first(lot: Lot) -> int:
        return first_sample(lot) if lot.plans else lot.size

    if order.inspection.basis == "each":
        return [(name, 1) for name in judged(order)]
    return [(lot.id, first(lot)) for lot in order.inspection.lots]


def _report(say: Speaker, stages: tuple[str, ...]) -> list[Block]:
    findings = Row((cell(say.label("findings"), "strong"), (say.field("findings", "text", "findings"),)))
    return [
        Heading(say.label("incident_report"), "arrival.report"),
        Paragraph(say.label("incident_rule"), "note"),
        site.sections(say, stages),
        site.asked(say, "report", REPORT),
        Table(
            id="findings",
            caption=say.texts[0].labels["findings"],
            columns=(Column(180, ()), Column(820, ())),
            rows=(findings,),
            headed=False,
        ),
        Signatures(
            parties=((say.label("inspector_signature"), ((),)), (say.label("witness"), ((),))),
            lines=(say.label("signature"), say.label("sign_date")),
            chop=say.label("chop"),
        ),
    ]
