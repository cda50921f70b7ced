"""The buyer's own page: what was agreed, what falls due when, and what the plan lets through. It leaves the house in no file."""

from __future__ import annotations

from lotproof.documents.nodes import Block, Column, Document, Paragraph, Row, Table
from lotproof.documents.speaking import FRAME, Speaker, cell
from lotproof.orders.digests import Seal
from lotproof.orders.inside import Share
from lotproof.orders.model import SECTIONS, Order
from lotproof.sampling.risk import risk_of

SHARES = (1, 2, 5, 10)
"""Nonconforming units in 100 for which the chance of passing is shown."""


SHARE = Share(sections=SECTIONS, provisions=False, terms=(), tables=(("summary",),))
"""What the buyer's own page carries of its order: all that was agreed."""


def summary(order: Order, languages: tuple[str, ...] | None = None, sealed: Seal | None = None) -> Document:
    """
    Lay out the order on one page for the buyer.

    Args:
        languages: codes of the order's texts; the order's own languages where None.
        sealed: the order's digests, where they are at hand.
    """
    say = Speaker(order, languages, sealed)
    number, digest, date = say.heading_facts()
    title = say.label("summary")
    labels = {key: say.label(key) for key in FRAME}
    references = say.reference_words()
    blocks = (Paragraph(say.label("summary_note"), "warning"), _facts(say), *_risk(say))
    return Document(
        kind="summary",
        title=title,
        number=number,
        digest=digest,
        date=date,
        languages=say.languages,
        labels=labels,
        references=references,
        draft=order.draft,
        landscape=False,
        density="normal",
        protected=False,
        data=say.carried("summary", SHARE),
        look=order.look,
        blocks=blocks,
    )


def _facts(say: Speaker) -> Table:
    columns = (Column(260, ()), Column(740, ()))
    caption = say.texts[0].labels["summary"]
    return Table(id="summary", caption=caption, columns=columns, rows=say.rows("summary"), headed=False)


def _risk(say: Speaker) -> list[Block]:
    """Return how many lots in 100 each class lets pass, for some shares of nonconforming units (hypergeometric, without replacement)."""
    rows = []
    for lot in say.order.inspection.lots:
        for plan in lot.plans:
            one = risk_of(plan.stages, model="hypergeometric", lot_size=lot.size)
            chances = (f"{round(100 * one.accepts(share))}" for share in SHARES)
            name = say.label(f"class_{plan.defect_class}")
            first = ", ".join(f"{stage.n} / {stage.ac} / {stage.re}" for stage in plan.stages)
            rows.append(Row((cell(((lot.id,),)), cell(name), cell(((first,),)), *(cell(((c,),)) for c in chances))))
    if not rows:
        return []
    columns = (
        Column(220, say.label("lot")),
        Column(180, say.label("defect_class")),
        Column(200, say.label("n_ac_re")),
        *(Column(100, ((f"{share} %",),), "right") for share in SHARES),
    )
    return [
        Paragraph(say.label("risk_note"), "note"),
        Table(id="risk", caption=say.texts[0].labels["risk_note"], columns=columns, rows=tuple(rows)),
    ]
