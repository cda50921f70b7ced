"""The tables of an order in one language: parties, goods, prices, plans, defects; rows of cells, frozen as inlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from lotproof import sampling
from lotproof.houses import House
from lotproof.orders import lots
from lotproof.orders.model import AgreedDefect, ClassPlan, Lot, Order
from lotproof.quantity import Quantity
from lotproof.sampling import Stage
from lotproof.wording.formats import Money
from lotproof.wording.inlines import Blank, Inlines, Value
from lotproof.wording.words import Language

SAMPLING = (
    "standard",
    "level",
    "severity",
    "plan",
    "counting",
    "class_samples",
    "lot",
    "lot_quantity",
    "draw",
)
"""The answers that say how the plan was read, in the order in which they are printed."""

NONE: Inlines = ("\u2013",)

Rows = tuple[tuple[Inlines, ...], ...]


class Tables:
    """Lays out the tables of one order in one language."""

    def __init__(self, order: Order, house: House, language: Language, facts: Mapping[str, Any]) -> None:
        self.order, self.house, self.language, self.facts = order, house, language, facts
        self.labels = house.templates.labels[language.code]
        self.code = language.code
        self.lines = {line.item: line for line in order.goods.lines}

    def all(self) -> dict[str, Rows]:
        """Return every table by name."""
        return {
            "parties": self.parties(),
            "goods": self.goods(),
            "drawings": self.drawings(),
            "standards": self.standards(),
            "prices": self.prices(),
            "sampling": self.sampling(),
            "plan": self.plan(),
            "shares": self.shares(),
            "neighbours": self.neighbours(),
            "defects": self.defects(),
            "origins": self.origins(),
            "summary": self.summary(),
        }

    def _show(self, value: Any) -> str:
        return self.language.formatter.show(value)

    def _cell(self, value: Any, label: str = "") -> Inlines:
        return (Blank(label),) if value is None or value == "" else (Value(self._show(value)),)

    def parties(self) -> Rows:
        buyer, seller = self.order.parties.buyer, self.order.parties.seller
        rows = [
            ("name", buyer.get("name"), seller.get("name_zh")),
            ("name_en", "", seller.get("name_en") or ""),
            ("registration", buyer.get("registration"), seller.get("registration")),
            ("address", buyer.get("address"), seller.get("address")),
            ("representative", "", seller.get("representative")),
            ("contact", buyer.get("contact"), seller.get("contact")),
            ("production_site", "", seller.get("production_site")),
        ]

        def cell(value: Any, label: str) -> Inlines:
            return ("\u2013",) if value == "" else self._cell(value, label)

        return tuple(
            ((self.labels[key],), cell(b, f"buyer.{key}"), cell(s, f"seller.{key}"))
            for key, b, s in rows
            if b or s or key != "name_en"
        )

    def goods(self) -> Rows:
        return tuple(
            (
                (Value(line.item),),
                self._cell(line.description, "description"),
                self._cell(line.drawing, "drawing") if line.drawing else ("\u2013",),
                self._count(line.quantity, line.unit),
            )
            for line in self.order.goods.lines
        )

    def drawings(self) -> Rows:
        """The items with a drawing, and what it is called."""
        return tuple(
            ((Value(line.item),), self._cell(line.description, "description"), self._cell(line.drawing))
            for line in self.order.goods.lines
            if line.drawing
        )

    def standards(self) -> Rows:
        """The standards that terms and plan cite, what each is about, and its Chinese twin; the number cited is the one that counts."""
        cited = [name for term in self.order.spec.terms for name in term.standards]
        if self.order.inspection.lots:
            cited.append(str(self.order.inspection.answers.get("standard") or ""))
        rows = []
        for name in sorted(filter(None, dict.fromkeys(cited))):
            known = self.house.category.standards.get(name)
            twin = "" if known is None else known.twin
            relation = self.labels["twin_identical" if known and known.identical else "twin_reference"]
            rows.append(
                (
                    (Value(name),),
                    (known.title[self.code],) if known else NONE,
                    (relation.format(twin),) if twin else NONE,
                )
            )
        return tuple(rows)

    def _count(self, quantity: int | None, unit: str | None) -> Inlines:
        return self._cell(None if quantity is None or unit is None else Quantity(Decimal(quantity), unit), "quantity")

    def prices(self) -> Rows:
        money = self.order.commercial
        currency = money.payment.get("currency")

        def amount(value: Decimal | None) -> Inlines:
            if value is None or not isinstance(currency, str):
                return self._cell(None, "price")
            digits = Decimal(1).scaleb(-self.house.category.currencies[currency])
            exact = value.quantize(digits) if value == value.quantize(digits) else value  # 18650 prints as 18,650.00
            return self._cell(Money(exact, currency), "price")

        rows = [
            (
                (Value(line.item),),
                self._count(line.quantity, line.unit),
                amount(money.prices.get(line.item)),
                amount(money.amounts.get(line.item)),
            )
            for line in self.order.goods.lines
        ]
        return (*rows, ((self.labels["total"],), (), (), amount(money.total)))

    def summary(self) -> Rows:
        """What the buyer looks up most: goods, money, dates, periods; blanks stay blanks."""
        order, say = self.order, self.language.say
        money, pay = order.commercial, order.commercial.payment
        delivery, notice, window = money.delivery, order.evidence.notice, order.evidence.window
        currency = pay.get("currency")

        def cell(*values: Any) -> Inlines:
            parts: list[Any] = []
            for value in values:
                parts += [" \u00b7 "] if parts else []
                parts.append(Blank("summary") if value in (None, "") else Value(self._chosen(value)))
            return tuple(parts)

        def amount(value: Decimal | None) -> Any:
            return None if value is None or not isinstance(currency, str) else Money(value, currency)

        def count(value: Any, unit: str) -> Any:
            return None if value is None else say(f"count.{unit}", n=value)

        rows = [
            ("seller", cell(order.parties.seller.get("name_zh") or order.parties.seller.get("name_en"))),
            ("production_site", cell(order.parties.seller.get("production_site"))),
            *(
                ("item", (*cell(line.item, line.description), " \u00b7 ", *self._count(line.quantity, line.unit)))
                for line in order.goods.lines
            ),
            ("total", cell(amount(money.total))),
            ("advance_payment", cell(amount(money.deposit), count(pay.get("deposit_days"), "days_signing"))),
            ("balance_due", cell(amount(money.balance), count(pay.get("balance_days"), "days_release"))),
            *([("retention", cell(amount(money.retention)))] if money.retention else []),
            ("ship_date", cell(delivery.get("ship_date"), delivery.get("incoterm"), delivery.get("place"))),
            ("inspector", cell(order.inspection.answers.get("inspector"))),
            ("answer_report", cell(count(pay.get("release_days"), "days_report"))),
            ("time_on_site", cell(count(lots.minutes_on_site(self.order.spec.terms), "minutes"))),
            ("notice_visible", cell(count(notice.get("visible_days"), "days_opening"))),
            ("notice_latent", cell(count(notice.get("latent_months"), "months_opening"))),
            *(
                [
                    (
                        "window_days",
                        cell(count(window.get("days"), "days"), window.get("source"), window.get("confirmed_on")),
                    )
                ]
                if window
                else []
            ),
        ]
        return tuple(((self.labels[key],), value) for key, value in rows)

    def _chosen(self, value: Any) -> str:
        texts = getattr(value, "texts", None)
        return texts[self.code] if texts else self._show(value)

    def sampling(self) -> Rows:
        """What the plan was read by: standard with its edition, level, severity, and how lots and defects are counted."""
        if self.order.inspection.basis != "lot":
            return ()
        facts = self.facts["inspection"]

        def words(key: str) -> Inlines:
            value = facts.get(key)
            texts = getattr(value, "texts", None)
            return self._cell(texts[self.code] if texts else value, f"inspection.{key}")

        return tuple(((self.labels[f"sampling_{key}"],), words(key)) for key in SAMPLING)

    def plan(self) -> Rows:
        return tuple(row for lot in self.order.inspection.lots for row in self._lot_rows(lot))

    def _lot_rows(self, lot: Lot) -> list[tuple[Inlines, ...]]:
        name: Inlines = (Value(self._lot_name(lot)),)
        size = self._lot_size(lot)
        if not lot.plans:
            every: Inlines = (Value(self.labels["all_units"]),)
            return [(name, size, every, NONE, NONE, self._cell(lot.size), NONE, NONE)]
        return [
            (
                name,
                size,
                (Value(self._class_name(p, place)),),
                (Value(self.labels["zero"] if p.aql == "zero" else p.aql),),
                (Value(f"{p.code_letter} → {p.plan_letter}"),)
                if p.plan_letter != p.code_letter
                else self._cell(p.code_letter)
                if p.code_letter
                else NONE,
                self._cell(stage.n),
                NONE if stage.ac is None else self._cell(stage.ac),
                self._cell(stage.re),
            )
            for p in lot.plans
            for place, stage in enumerate(p.stages, 1)
        ]

    def _class_name(self, plan: ClassPlan, stage: int) -> str:
        name = self.language.say(f"class.{plan.defect_class}")
        return name if len(plan.stages) == 1 else self.labels["sample_no"].format(name, stage)

    def shares(self) -> Rows:
        """The units of each item in a sample of a lot that holds several."""
        return tuple(
            (
                (Value(item),),
                self._count(self.lines[item].quantity, self.lines[item].unit),
                self._cell(units),
            )
            for lot in self.order.inspection.lots
            for item, units in lot.shares
        )

    def _lot_name(self, lot: Lot) -> str:
        if len(lot.items) > 1 and len(lot.items) == len(self.order.goods.lines):
            return self.labels["all_items"]
        return self.language.formatter.comma.join(lot.items)

    def _lot_size(self, lot: Lot) -> Inlines:
        units = {self.lines[item].unit for item in lot.items}
        return self._count(lot.size, units.pop() if len(units) == 1 else "pc")

    def neighbours(self) -> Rows:
        """Plans for the lot bands below, at and above each lot: a short presentation changes n by rule."""
        level = self.order.inspection.answers.get("level")
        if self.order.inspection.basis != "lot" or not isinstance(level, str):
            return ()
        rows = []
        for lot in self.order.inspection.lots:
            if lot.size < 2 or not lot.plans:
                continue
            for low, high, letter in sampling.bands(lot.size, level):
                band = f"{self._show(low)}\u2013{self._show(high)}" if high else f"\u2265\u00a0{self._show(low)}"
                plans = self._band_plans(high or max(low, lot.size))
                rows.append(
                    (
                        (Value(self._lot_name(lot)),),
                        (Value(band),),
                        (Value(letter),),
                        *(plans.get(p.defect_class, NONE) for p in lot.plans),
                    )
                )
        return tuple(rows)

    def _band_plans(self, largest: int) -> dict[str, Inlines]:
        """Return the plan of each class for the lots of a band; none where the standard has no verified one."""
        try:
            plans = lots.class_plans(largest, self.order.inspection.answers)
        except sampling.NoPlan:
            return {}

        def words(plan: ClassPlan) -> str:
            if plan.full:
                return self.labels["every_unit"].format(plan.stages[0].ac, plan.stages[0].re)
            return stages_words(plan.stages, self.language)

        return {plan.defect_class: (Value(words(plan)),) for plan in plans}

    def defects(self) -> Rows:
        known = {d.id: d for d in self.house.category.defects}
        return tuple(
            (
                (Value(self.language.say(f"class.{agreed.defect_class}")),),
                (Value(known[agreed.id].name[self.code]),),
                (Value(known[agreed.id].border[self.code]), *self._moved(agreed)),
            )
            for agreed in self.order.spec.defects
        )

    def origins(self) -> Rows:
        """Return where each defect may come from, in the order of the defect list; the arrival checklist prints it."""
        transit = {d.id: d.transit for d in self.house.category.defects}

        def said(causes: tuple[str, ...] | None) -> str:
            if causes is None:
                return self.labels["origin_unsaid"]
            if not causes:
                return self.labels["origin_factory"]
            join = "、" if self.code == "zh" else ", "
            return self.labels["origin_either"].format(join.join(self.labels[cause] for cause in causes))

        return tuple(((said(transit[agreed.id]),),) for agreed in self.order.spec.defects)

    def _moved(self, agreed: AgreedDefect) -> Inlines:
        """Return what a change of class does to the border that the catalogue gives."""
        if agreed.defect_class == agreed.listed:
            return ()
        listed, now = (self.language.say(f"class.{c}") for c in (agreed.listed, agreed.defect_class))
        said = self.labels["defect_moved"].format(listed, now)
        reason = (self.labels["defect_reason"], Value(self._show(agreed.reason))) if agreed.reason else ()
        return (said, *reason)


def stages_words(stages: Sequence[Stage], language: Language) -> str:
    """Return the samples of a plan in words: n, Ac and Re of each."""
    return "; ".join(
        language.say("rule.stage_open", n=stage.n, re=stage.re)
        if stage.ac is None
        else language.say("rule.stage", n=stage.n, ac=stage.ac, re=stage.re)
        for stage in stages
    )
