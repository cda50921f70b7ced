"""The arrival checklist: the same terms at the final destination, after the seal, the cartons and the units with their lot codes."""

from __future__ import annotations

from lotproof.documents import site
from lotproof.documents.checklist import DISCLOSED
from lotproof.documents.checks import check_blocks
from lotproof.documents.contract import COMMON_TABLES, COMMON_TERMS
from lotproof.documents.nodes import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Signatures,
    Table,
)
from lotproof.documents.speaking import Speaker, cell
from lotproof.orders.digests import Seal
from lotproof.orders.inside import Share
from lotproof.orders.model import Order
from lotproof.records.rows import DAMAGES, MOST_CODES, SPARE_CARTONS, drawn, judged, terms_of

SHARE = Share(
    sections=DISCLOSED,
    provisions=False,
    terms=(COMMON_TERMS, ("required", "action")),
    tables=(COMMON_TABLES, ("origins",)),
)
"""What an arrival checklist carries of its order: what the checklist does, and where its defects may come from."""

CONSIGNMENT = (
    ("container_no", "text"),
    ("transport_no", "text"),
    ("seal_papers", "text"),
    ("seal_found", "text"),
    ("photo.seal", "text"),
    ("seal_intact", "choice"),
    ("shock", "choice"),
    ("tilt", "choice"),
    ("humidity", "choice"),
    ("carrier_receipt", "text"),
    ("arrived_on", "date"),
    ("opened_on", "date"),
    ("opened_at", "text"),
    ("opening_place", "text"),
)
"""Before anything is opened, then when and where it was."""

BESIDE = 3
"""Units in a row of the list of units."""

DRAWING = (("undamaged", "choice"),)

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
        *site.tally(say, arrived=True),
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
        look=order.look,
        blocks=blocks,
    )


PHOTOS = ("doors", "load", "damaged_cartons", "drawn_units", "readings", "performance", "material", "failed_units")
"""Those of the visit, after the seal; those that compare a row with its limit have a place in the row too."""


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
                cell(site.judged_words(say, name), "strong"),
                *((say.field(f"{name}.{key}", "number", key),) for key in keys),
            )
        )
        for name in judged(say.order)
    )
    columns = (Column(240, say.label("lot")), *(Column(190, say.label(key)) for key in keys))
    damage = (
        (160, "carton_no", "text", ()),
        (140, "damage_kind", "choice", DAMAGES),
        (320, "damage", "text", ()),
        (140, "units_damaged", "number", ()),
        (190, "photo", "text", ()),
    )
    spare = tuple(
        Row(
            (
                cell(((str(i),),)),
                *((say.field(f"damaged.{i}.{key}", kind, key, choices),) for _, key, kind, choices in damage),
            )
        )
        for i in range(1, SPARE_CARTONS + 1)
    )
    damaged = (Column(50, say.label("no")), *(Column(width, say.label(key)) for width, key, _, _ in damage))
    return [
        Heading(say.label("stage_cartons"), "arrival.cartons"),
        Table(id="cartons", caption=say.texts[0].labels["stage_cartons"], columns=columns, rows=rows),
        Paragraph(say.label("damaged_rule"), "note"),
        Table(
            id="damaged",
            caption=say.texts[0].labels["cartons_damaged"],
            columns=damaged,
            rows=spare,
        ),
    ]


def _units(say: Speaker) -> list[Block]:
    """Return a place for the lot code, and one for the carton, of each unit that is drawn, in the order of drawing."""
    each = say.order.inspection.basis == "each"
    return [
        Heading(say.label("units_drawn"), "arrival.units"),
        Paragraph(say.label("lot_code_rule"), "note"),
        site.asked(say, "drawing", DRAWING),
        *([_machines(say)] if each else (_of_lot(say, name, n) for name, n in drawn(say.order))),
    ]


def _machines(say: Speaker) -> Table:
    rows = tuple(
        Row((cell(((name,),), "strong"), (say.field(f"{name}.code1", "text", "lot_code"),)))
        for name, _ in drawn(say.order)
    )
    columns = (Column(300, say.label("machine")), Column(700, say.label("lot_code")))
    return Table(id="units", caption=say.texts[0].labels["lot_codes"], columns=columns, rows=rows)


def _of_lot(say: Speaker, lot: str, n: int) -> Table:
    """Return the units of a lot, :data:`BESIDE` of them beside each other."""

    def unit(number: int) -> tuple[Cell, ...]:
        if number > places:
            return (), (), ()
        tags = ((f"{lot}.{what}{number}", label) for what, label in (("code", "lot_code"), ("carton", "carton_no")))
        return (cell(((str(number),),), "strong"), *((say.field(tag, "text", label),) for tag, label in tags))

    places = min(n, MOST_CODES)
    several = len(say.order.inspection.lots) > 1
    rows = tuple(
        Row(tuple(part for number in range(first, first + BESIDE) for part in unit(number)))
        for first in range(1, places + 1, BESIDE)
    )
    columns = tuple(Column(w, say.label(key)) for w, key in ((53, "no"), (160, "lot_code"), (120, "carton_no")))
    return Table(
        id=f"units.{lot}" if several else "units",
        caption=say.texts[0].labels["lot_codes"],
        title=say.each(lambda t: f"{t.labels['lot_codes']}: {lot}") if several else (),
        columns=columns * BESIDE,
        rows=rows,
    )


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
