"""The inspection checklist: the same terms in the order an inspector walks, one action a row, with places for what was found."""

from __future__ import annotations

from lotproof.documents import site
from lotproof.documents.checks import check_blocks
from lotproof.documents.contract import COMMON_TABLES, COMMON_TERMS
from lotproof.documents.nodes import Document, Paragraph
from lotproof.documents.speaking import Speaker
from lotproof.orders.digests import Seal
from lotproof.orders.inside import Share
from lotproof.orders.model import Order

DISCLOSED = ("header", "parties", "goods", "spec", "inspection")
"""What an inspector reads: no price, payment, bank, client or platform window."""

SHARE = Share(
    sections=DISCLOSED,
    provisions=False,
    terms=(COMMON_TERMS, ("required", "action")),
    tables=(COMMON_TABLES,),
)
"""What a checklist carries of its order, and the arrival checklist too."""


def checklist(order: Order, languages: tuple[str, ...] | None = None, sealed: Seal | None = None) -> Document:
    """
    Lay out what the inspector has to do.

    Args:
        languages: codes of the order's texts; the order's own languages where None.
        sealed: the order's digests, where they are at hand.
    """
    say = Speaker(order, languages, sealed)
    number, digest, date = say.heading_facts()
    terms = order.spec.terms
    title = say.label("checklist")
    labels = {key: say.label(key) for key in site.FRAME}
    references = say.reference_words()
    blocks = (
        *site.front(say, number),
        *site.known(say, digest),
        Paragraph(say.label("to_fill"), "note"),
        site.quantities(say),
        site.asked(say, "site", ASKED),
        *site.plan(say),
        *site.equipment(say, terms),
        *check_blocks(say, terms),
        *site.tally(say),
        *site.photos(say, _photos(order)),
        *site.conclusion(say, dict.fromkeys(term.stage for term in terms)),
    )
    return Document(
        kind="checklist",
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
        data=say.carried("checklist", SHARE),
        look=order.look,
        blocks=blocks,
    )


ASKED = (
    ("report_no", "text"),
    ("service", "choice"),
    ("inspector", "text"),
    ("inspector_id", "text"),
    ("inspection_firm", "text"),
    ("inspection_date", "date"),
    ("time_in", "text"),
    ("time_out", "text"),
    ("site_position", "text"),
    ("shipping_marks", "text"),
    ("earlier_report", "text"),
    ("round", "number"),
    ("container_no", "text"),
    ("seal_put_on", "text"),
)
"""What the head of a report states besides the order; container and seal where the visit sees the loading."""


def _photos(order: Order) -> tuple[str, ...]:
    """Return the photographs of the visit; those of a check stand in its row."""
    terms = order.spec.terms
    found = ["gate", "licence", "goods"]
    if any(term.stage == "cartons" for term in terms):
        found += ["carton_marks", "cartons_opened"]
    found += ["product", "labels"]
    if any(term.where == "laboratory" for term in terms):
        found.append("laboratory_samples")
    return (*found, "signed")
