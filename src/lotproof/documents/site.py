"""The parts of a document that somebody fills in on the spot: order and lot, equipment, photos, defects, conclusion, signatures."""

from __future__ import annotations

from collections.abc import Iterable

from lotproof.catalog.model import CLASSES
from lotproof.documents import speaking
from lotproof.documents.contract import plan_blocks
from lotproof.documents.nodes import (
    Block,
    Cell,
    Column,
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
from lotproof.documents.speaking import Speaker, cell, merged
from lotproof.orders.model import Order, Term
from lotproof.records.rows import RESULTS, SERVICES, SPARE_DEFECTS, instruments, judged, plan_keys, short_tag

FRAME = (*speaking.FRAME, "phone", "phone_note")
"""Labels of the page, and of the sheet for a phone, of a document that is filled in on the spot."""

INDICATED = ("not_fitted", "clear", "triggered")
"""What an indicator shows."""

CHOICES = {
    "service": SERVICES,
    "seal_intact": ("yes", "no_answer", "no_seal"),
    "shock": INDICATED,
    "tilt": INDICATED,
    "humidity": INDICATED,
    "undamaged": ("yes", "no_answer"),
    "damage_cause": ("no_damage", "in_transit", "of_the_goods", "both_causes"),
}
"""What may be chosen on a line."""


def front(say: Speaker, number: str) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(say.each(lambda t: f"{t.labels['number']} {number}. {t.labels['belongs']}"), "subtitle")
    ]
    if say.order.draft:
        blocks.append(Paragraph(say.label("draft_line"), "warning"))
    return blocks


def known(say: Speaker, digest: str) -> list[Block]:
    """Return what the order says of itself: number, parties, place of production, goods, digest."""
    order = say.order
    parties = {
        name: merged(tuple(t.tables["parties"][0][place] for t in say.texts))
        for place, name in ((1, "buyer"), (2, "seller"))
    }
    site = merged(tuple(t.tables["parties"][-1][2] for t in say.texts))
    goods = tuple(line for row in say.rows("goods") for line in (Line(_joined(row.cells)),))
    facts: list[tuple[str, Cell]] = [
        ("number", cell(((order.header.number or "[____]",),))),
        ("revision", cell(((order.header.revision or "[____]",),))),
        ("buyer", cell(parties["buyer"])),
        ("seller_name", cell(parties["seller"])),
        ("production_site", cell(site)),
        ("item", goods),
        ("category", cell(say.each(lambda t: t.title))),
        ("digest", cell(((digest,),), "id")),
    ]
    return [
        Heading(say.label("header"), "checklist.header"),
        Table(
            id="header",
            caption=say.texts[0].labels["header"],
            columns=(Column(180, say.label("order_data")), Column(820, ())),
            rows=tuple(Row((cell(say.label(key), "strong"), value)) for key, value in facts),
            headed=False,
        ),
    ]


def asked(say: Speaker, table: str, keys: tuple[tuple[str, str], ...]) -> Table:
    """Return lines to fill in, two beside each other; each key is its label, and names the field ``header.<key>``; a key with a dot is a name."""
    return Table(
        id=table,
        caption=say.texts[0].labels["to_fill"],
        columns=(Column(180, ()), Column(320, ()), Column(180, ()), Column(320, ())),
        rows=tuple(
            Row(
                tuple(part for key, kind in keys[i : i + 2] for part in _line(say, key, kind))
                + ((), ()) * (2 - len(keys[i : i + 2]))
            )
            for i in range(0, len(keys), 2)
        ),
        headed=False,
    )


def quantities(say: Speaker) -> Table:
    """Return where the machines are named one by one, or the quantities of each lot are written."""
    names = judged(say.order)
    if say.order.inspection.basis == "each":
        keys: tuple[str, ...] = ("serial",)
        kind, heading = "text", "machine"
    else:
        keys = ("finished", "presented", "packed", "cartons", "cartons_opened", "carton_numbers")
        kind, heading = "number", "lot"
    width = 780 // len(keys)
    return Table(
        id="quantities",
        caption=say.texts[0].labels["quantities"],
        columns=(Column(220, say.label(heading)), *(Column(width, say.label(key)) for key in keys)),
        rows=tuple(
            Row(
                (
                    cell(judged_words(say, name), "strong"),
                    *((say.field(f"{name}.{key}", "text" if key == "carton_numbers" else kind, key),) for key in keys),
                )
            )
            for name in names
        ),
    )


def judged_words(say: Speaker, name: str) -> Words:
    """Return the name of a lot or machine; of the one lot of an order, that it holds all items."""
    lots = say.order.inspection.lots
    return say.label("all_items") if name == "lot" and len(lots) == 1 and len(lots[0].items) > 1 else ((name,),)


def _line(say: Speaker, key: str, kind: str) -> tuple[Cell, Cell]:
    choices = CHOICES.get(key, ()) if kind == "choice" else ()
    tag, label = (key, key.replace(".", "_")) if "." in key else (f"header.{key}", key)
    return cell(say.label(label), "strong"), (say.field(tag, kind, label, choices),)


def _joined(cells: tuple[Cell, ...]) -> Words:
    """Return the words of a row of cells on one line."""
    words = [part.words for c in cells for part in c if isinstance(part, Line)]
    width = max(len(w) for w in words)
    return merged(tuple(tuple(i for w in words for i in (*(w[k] if len(w) > 1 else w[0]), "  ")) for k in range(width)))


def plan(say: Speaker) -> list[Block]:
    """Return the plan as the contract has it."""
    return [Heading(say.label("plan"), "checklist.plan"), *plan_blocks(say)]


def equipment(say: Speaker, terms: Iterable[Term]) -> list[Block]:
    """Return every instrument of some terms once, who brings it, and places for its number and calibration."""
    rows = tuple(
        Row(
            (
                cell(merged(tuple(t.terms[needed[0].id].instrument for t in say.texts))),
                cell(say.label(f"by_{by}")),
                (say.field(f"equipment.{place}.number", "text", "instrument_no"),),
                (say.field(f"equipment.{place}.calibrated", "date", "calibrated_until"),),
            )
        )
        for place, (by, needed) in enumerate(instruments(say.order, say.languages, terms), 1)
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


def photos(say: Speaker, wanted: tuple[str, ...]) -> list[Block]:
    """Return the photographs that belong to no row, each with a place for the file number that the camera gave it."""
    rows = tuple(
        Row(
            (
                cell(((str(place),),), "strong"),
                cell(say.label(f"photo_{name}")),
                (say.field(f"photo.{name}", "text", "photo"),),
            )
        )
        for place, name in enumerate(wanted, 1)
    )
    columns = ((60, "no"), (640, "photo_of"), (300, "photo"))
    return [
        Heading(say.label("photos"), "checklist.photos", () if say.order.spec.defects else say.label("part_close")),
        Paragraph(say.label("photo_rule"), "note"),
        Table(
            id="photos",
            caption=say.texts[0].labels["photos"],
            columns=tuple(Column(width, say.label(key)) for width, key in columns),
            rows=rows,
        ),
    ]


def tally(say: Speaker, *, arrived: bool = False) -> list[Block]:
    """
    Return the defect list with places for what was found, and the totals against Ac and Re.

    Args:
        arrived: beside what was found on the units drawn, ask for what lies in damaged cartons, and say where each may come from.
    """
    if not say.order.spec.defects:
        return []
    origins = say.rows("origins") if arrived else tuple(Row(()) for _ in say.order.spec.defects)
    rows = [
        Row(
            (
                *row.cells,
                *origin.cells,
                *_counted(say, f"defect.{defect}", arrived=arrived),
                (say.field(f"defect.{defect}.photo", "text", "photo"),),
            ),
            f"defect.{defect}",
        )
        for row, origin, defect in zip(say.rows("defects"), origins, _defects(say.order), strict=True)
    ]
    rows += _unlisted(say, arrived=arrived)
    found = found_label(say.order)
    columns: tuple[tuple[int, str], ...] = (
        (100, "class"),
        (200, "defect"),
        (460, "border"),
        (120, found),
        (120, "photo"),
    )
    if arrived:
        columns = (
            (85, "class"),
            (165, "defect"),
            (360, "border"),
            (110, "may_come_from"),
            (90, found),
            (90, "found_damaged"),
            (100, "photo"),
        )
    blocks: list[Block] = [
        Heading(say.label("tally"), "checklist.tally", say.label("part_close")),
        Paragraph(say.label("classification"), "note"),
        Paragraph(say.label("unlisted_rule"), "note"),
        *([Paragraph(say.each(lambda t: t.labels["tally_rule"].format(t.labels[found])), "note")] if arrived else []),
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
                (say.field(f"inspected.{place}", "number", "units_checked"),),
                (say.field(f"total.{place}", "number", "sum"),),
            )
        )
        for row, place in zip(say.rows("plan"), plan_keys(say.order), strict=True)
    ]
    total_columns = (
        (260, "lot"),
        (180, "defect_class"),
        (80, "n"),
        (80, "ac"),
        (80, "re"),
        (160, "units_checked"),
        (160, found),
    )
    blocks.append(
        Table(
            id="totals",
            caption=say.texts[0].labels["sum"],
            columns=tuple(Column(w, say.label(k)) for w, k in total_columns),
            rows=tuple(totals),
        )
    )
    return blocks


def _unlisted(say: Speaker, *, arrived: bool) -> list[Row]:
    """Return spare lines: class, what it is, its measure, how many, photo."""
    origin: tuple[Cell, ...] = (cell(say.label("origin_unsaid")),) if arrived else ()
    classes = tuple((name, say.label(f"class_{name}")) for name in CLASSES)
    return [
        Row(
            (
                (Field(tag=f"unlisted.{place}.class", kind="choice", label=say.label("class"), choices=classes),),
                (say.field(f"unlisted.{place}.defect", "text", "unlisted"),),
                (say.field(f"unlisted.{place}.measure", "text", "unlisted_measure"),),
                *origin,
                *_counted(say, f"unlisted.{place}", arrived=arrived),
                (say.field(f"unlisted.{place}.photo", "text", "photo"),),
            )
        )
        for place in range(1, SPARE_DEFECTS + 1)
    ]


def found_label(order: Order) -> str:
    """Return the label of what is counted: units, or each nonconformity."""
    return "found_each" if order.inspection.answers.get("counting") == "nonconformities" else "found"


def _counted(say: Speaker, line: str, *, arrived: bool) -> tuple[Cell, ...]:
    """Return the places for the number found: on the units drawn and, on arrival, in damaged cartons."""
    return tuple(_found(say, f"{line}.{what}") for what in (("found", "damaged") if arrived else ("found",)))


def _found(say: Speaker, tag: str) -> Cell:
    """Return a place for the units found; one for each machine or lot where there are several."""
    names = judged(say.order)
    if len(names) < 2:
        return (say.field(tag, "number", "found"),)
    return (Readings(tuple(Field(tag=short_tag(f"{tag}.{name}"), kind="number", label=((name,),)) for name in names)),)


def _defects(order: Order) -> list[str]:
    return [d.id for d in order.spec.defects]


def sections(say: Speaker, stages: Iterable[str]) -> Table:
    """Return a line for each part of the walk and for the defects, with its result and what to look at."""
    keys = [*(f"stage_{stage}" for stage in stages), *(["tally"] if say.order.spec.defects else [])]
    return Table(
        id="sections",
        caption=say.texts[0].labels["sections"],
        columns=(
            Column(300, say.label("sections")),
            Column(200, say.label("result")),
            Column(500, say.label("attention")),
        ),
        rows=tuple(
            Row(
                (
                    cell(say.label(key), "strong"),
                    (say.field(f"section.{key}.result", "choice", "result", RESULTS),),
                    (say.field(f"section.{key}.attention", "text", "attention"),),
                )
            )
            for key in keys
        ),
    )


def conclusion(say: Speaker, stages: Iterable[str]) -> list[Block]:
    """Return the result of each part, of each lot or machine, the remarks, and the places to sign."""
    results = [
        Row(
            (
                cell(judged_words(say, name), "strong"),
                (say.field(f"conclusion.{name}", "choice", "lot_result", RESULTS),),
            )
        )
        for name in judged(say.order)
    ]
    return [
        Heading(say.label("conclusion"), "checklist.conclusion"),
        sections(say, stages),
        Paragraph(say.label("conclusion_rule"), "note"),
        Table(
            id="conclusion",
            caption=say.texts[0].labels["conclusion"],
            columns=(
                Column(300, say.label("machine" if say.order.inspection.basis == "each" else "lot")),
                Column(700, say.label("lot_result")),
            ),
            rows=(*results, Row((cell(say.label("remarks"), "strong"), (say.field("remarks", "text", "remarks"),)))),
        ),
        Paragraph(say.label("independence"), "body"),
        Signatures(
            parties=((say.label("inspector_signature"), ((),)), (say.label("factory_representative"), ((),))),
            lines=(say.label("signature"), say.label("sign_date")),
            chop=say.label("chop"),
        ),
    ]
