"""The inspection order that the buyer sends to the company that inspects: one page, no price of goods, bank, client or filing window."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_CEILING, Decimal

from lotproof.catalog.model import STAGES
from lotproof.documents.checklist import DISCLOSED
from lotproof.documents.contract import PLAN_COLUMNS
from lotproof.documents.nodes import (
    Block,
    Cell,
    Column,
    Document,
    Field,
    Heading,
    Line,
    Paragraph,
    Row,
    Signatures,
    Table,
    Words,
)
from lotproof.documents.speaking import FRAME, Speaker, cell, merged
from lotproof.gate.rules import Rules, shipped_rules
from lotproof.gate.saying import label
from lotproof.orders.digests import Seal
from lotproof.orders.lots import minutes_on_site
from lotproof.orders.model import LanguageTexts, Order, Term
from lotproof.orders.tables import SAMPLING
from lotproof.wording.inlines import plain


def booking(
    order: Order,
    attached: Mapping[str, str],
    languages: tuple[str, ...] | None = None,
    sealed: Seal | None = None,
    *,
    date: datetime.date | None = None,
    price: str = "",
    company: str = "",
    rules: Rules | None = None,
) -> Document:
    """
    Lay out the inspection order.

    Args:
        attached: SHA-256 (hex) of each document that goes along, by file name.
        languages: codes of the order's texts; the order's own languages where None.
        sealed: the order's digests, where they are at hand.
        date: the day that the buyer wants; a field to fill in where None.
        price: what buyer and inspection company have agreed for the service, as the buyer wrote it; a field to fill in where empty.
        company: to whom it goes; the inspector that the order names where empty.
        rules: for the length of a man-day; those that ship where None.
    """
    say = Speaker(order, languages, sealed)
    number, digest, made = say.heading_facts()
    page = _Page(say, (rules or shipped_rules()).usual.man_day_minutes)
    return Document(
        kind="booking",
        title=page.label("booking"),
        number=number,
        digest=digest,
        date=made,
        languages=say.languages,
        labels={key: say.label(key) for key in FRAME},
        references=say.reference_words(),
        draft=order.draft,
        landscape=False,
        density="short",
        protected=False,
        data=say.sealed.disclosed(DISCLOSED),
        blocks=tuple(page.blocks(attached, date, price, company)),
    )


def man_days(minutes: int, man_day: int) -> Decimal:
    """Return minutes as man-days, rounded up to half a day; half a day at least."""
    halves = (Decimal(2 * minutes) / man_day).to_integral_value(ROUND_CEILING)
    return max(halves, Decimal(1)) / 2


class _Page:
    """Says what the page holds in its languages."""

    def __init__(self, say: Speaker, man_day: int) -> None:
        self.say, self.order, self.man_day = say, say.order, man_day

    def label(self, key: str, **values: str) -> Words:
        return merged(tuple((label(key)[lang].format(**values),) for lang in self.say.languages))

    def each(self, get: Callable[[LanguageTexts, str], str]) -> Words:
        pairs = zip(self.say.texts, self.say.languages, strict=True)
        return merged(tuple((get(texts, language),) for texts, language in pairs))

    def blocks(
        self, attached: Mapping[str, str], date: datetime.date | None, price: str, company: str
    ) -> Iterator[Block]:
        if self.order.draft:
            yield Paragraph(self.say.label("draft_line"), "warning")
        yield self._facts(attached, date, price, company)
        yield Heading(self.label("booking_plan"), "booking.plan")
        yield from self._plan()
        yield Heading(self.label("booking_scope"), "booking.scope")
        yield self._scope()
        yield Signatures(
            parties=((self.label("booking_signature"), ((),)), (self.label("booking_confirmed"), ((),))),
            lines=(self.say.label("signature"), self.say.label("sign_date")),
            chop=self.say.label("chop"),
        )

    def _facts(self, attached: Mapping[str, str], date: datetime.date | None, price: str, company: str) -> Table:
        buyer, seller = self.order.parties.buyer, self.order.parties.seller
        minutes = minutes_on_site(self.order.spec.terms)
        days = man_days(minutes, self.man_day)
        time = {"minutes": f"{minutes:,}", "days": f"{days.normalize():f}", "man_day": str(self.man_day)}
        files = tuple(
            Line(self.label("booking_file", name=name.replace("{", "").replace("}", ""), sha=sha))
            for name, sha in attached.items()
        )
        facts: list[tuple[str, Cell]] = [
            ("booking_to", cell(self._shown(company or self.order.inspection.answers.get("inspector")))),
            ("booking_from", (Line(self._shown(buyer.get("name"))), Line(self._shown(buyer.get("contact"))))),
            ("booking_service", cell(self.label("booking_service_is"))),
            ("booking_seller", (Line(self._seller()), Line(self._shown(seller.get("contact"))))),
            ("booking_site", cell(self._shown(seller.get("production_site")))),
            ("booking_goods", self._goods()),
            ("booking_date", cell(((date.isoformat(),),)) if date else self._to_fill("booking.date", "date")),
            ("booking_ready", cell(self._ready())),
            ("booking_time", cell(self.label("booking_time_is", **time))),
            ("booking_price", cell(((price,),)) if price else self._to_fill("booking.price", "text")),
            ("booking_report", cell(self.label("booking_report_is"))),
            ("booking_integrity", cell(self.label("booking_integrity_is"))),
            ("booking_documents", (*files, Line(self._digest(), "id"))),
        ]
        return Table(
            id="booking",
            caption=label("booking")[self.say.languages[0]],
            columns=(Column(190, ()), Column(810, ())),
            rows=tuple(Row((cell(self.label(key), "strong"), value), key) for key, value in facts),
            headed=False,
        )

    def _digest(self) -> Words:
        return self.each(lambda texts, _: f"{texts.labels['digest']} {self.say.sealed.digest}")

    def _to_fill(self, tag: str, kind: str) -> Cell:
        return (Field(tag=tag, kind=kind, label=self.label("booking_blank")),)

    def _shown(self, value: object) -> Words:
        if isinstance(value, Mapping):
            return merged(tuple((str(value.get(lang) or next(iter(value.values()))),) for lang in self.say.languages))
        return ((str(value) if value else "[____]",),)

    def _seller(self) -> Words:
        seller = self.order.parties.seller
        return ((" / ".join(str(n) for n in (seller.get("name_zh"), seller.get("name_en")) if n) or "[____]",),)

    def _goods(self) -> Cell:
        rows = zip(*(texts.tables["goods"] for texts in self.say.texts), strict=True)
        return tuple(
            Line(
                merged(tuple((f"{plain(code)}: {plain(text)}, {plain(quantity)}",) for code, text, _, quantity in row))
            )
            for row in rows
        )

    def _ready(self) -> Words:
        answers = self.order.inspection.answers
        packed, notice = answers.get("packed_percent"), answers.get("notice_days")
        values = {"notice": "[____]" if notice is None else str(notice)}
        if self.order.inspection.basis == "each":
            return self.label("booking_ready_each", **values)
        return self.label("booking_ready_is", packed="[____]" if packed is None else f"{packed}", **values)

    def _plan(self) -> Iterator[Block]:
        if self.order.inspection.basis == "each":
            total = sum(line.quantity or 0 for line in self.order.goods.lines)
            yield Paragraph(self.label("booking_each", n=str(total)))
            return
        keys = ("standard", "level", "severity", "plan")
        by_label = {key: place for place, key in enumerate(SAMPLING)}

        def read(texts: LanguageTexts, _: str) -> str:
            rows = texts.tables["sampling"]
            return (
                "; ".join(f"{plain(rows[by_label[k]][0])}: {plain(rows[by_label[k]][1])}" for k in keys) if rows else ""
            )

        yield Paragraph(self.each(read), "note")
        yield self.say.table("plan", PLAN_COLUMNS)

    def _titles(self, terms: list[Term]) -> Words:
        return self.each(lambda texts, _: "; ".join(dict.fromkeys(texts.terms[t.id].title for t in terms)))

    def _scope(self) -> Table:
        stages: dict[str, list[Term]] = {}
        for term in self.order.spec.terms:
            stages.setdefault(term.stage, []).append(term)
        rows = []
        for stage in sorted(stages, key=STAGES.index):
            terms = stages[stage]
            titles = self._titles(terms)
            minutes = minutes_on_site(terms)
            rows.append(
                Row(
                    (
                        cell(self.say.label(f"stage_{stage}"), "strong"),
                        cell(titles),
                        cell(((str(len(terms)),),)),
                        cell(((f"{minutes:,}" if minutes else "\u2013",),)),
                    ),
                    stage,
                )
            )
        brought = [t for t in self.order.spec.terms if t.brought_by == "inspector"]
        if brought:
            names = self.each(
                lambda texts, _: "; ".join(dict.fromkeys(plain(texts.terms[t.id].instrument) for t in brought))
            )
            rows.append(Row((cell(self.label("booking_bring"), "strong"), cell(names), cell(((),)), cell(((),)))))
        return Table(
            id="scope",
            caption=label("booking_scope")[self.say.languages[0]],
            columns=(
                Column(180, self.label("booking_part")),
                Column(640, self.label("booking_what")),
                Column(80, self.label("booking_rows"), "right"),
                Column(100, self.label("booking_minutes"), "right"),
            ),
            rows=tuple(rows),
        )
