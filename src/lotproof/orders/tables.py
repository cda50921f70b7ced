"""The tables of an order in one language: parties, goods, prices, plans, defects; rows of cells, frozen as inlines."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lotproof import sampling
from lotproof.houses import House
from lotproof.orders.model import Lot, Order
from lotproof.quantity import Quantity
from lotproof.wording.formats import Money
from lotproof.wording.inlines import Blank, Inlines, Value
from lotproof.wording.words import Language

Rows = tuple[tuple[Inlines, ...], ...]


class Tables:
    """Lays out the tables of one order in one language."""

    def __init__(self, order: Order, house: House, language: Language) -> None:
        self.order, self.house, self.language = order, house, language
        self.labels = house.templates.labels[language.code]
        self.code = language.code
        self.lines = {line.item: line for line in order.goods.lines}

    def all(self) -> dict[str, Rows]:
        """Return every table by name."""
        return {
            "parties": self.parties(),
            "goods": self.goods(),
            "prices": self.prices(),
            "plan": self.plan(),
            "neighbours": self.neighbours(),
            "defects": self.defects(),
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

    def plan(self) -> Rows:
        return tuple(row for lot in self.order.inspection.lots for row in self._lot_rows(lot))

    def _lot_rows(self, lot: Lot) -> list[tuple[Inlines, ...]]:
        name: Inlines = (Value(self._lot_name(lot)),)
        size = self._lot_size(lot)
        if not lot.plans:
            every: Inlines = (Value(self.labels["all_units"]),)
            none: Inlines = ("\u2013",)
            return [(name, size, every, none, none, self._cell(lot.size), none, none)]
        return [
            (
                name,
                size,
                (Value(self.language.say(f"class.{p.defect_class}")),),
                (Value(self.labels["zero"] if p.aql == "zero" else p.aql),),
                (
                    Value(
                        f"{p.code_letter} → {p.plan_letter}"
                        if p.plan_letter != p.code_letter
                        else p.code_letter or "\u2013"
                    ),
                ),
                self._cell(p.n),
                self._cell(p.ac),
                self._cell(p.re),
            )
            for p in lot.plans
        ]

    def _lot_name(self, lot: Lot) -> str:
        if len(lot.items) > 1 and len(lot.items) == len(self.order.goods.lines):
            return self.labels["all_items"]
        return self.language.formatter.comma.join(lot.items)

    def _lot_size(self, lot: Lot) -> Inlines:
        units = {self.lines[item].unit for item in lot.items}
        return self._count(lot.size, units.pop() if len(units) == 1 else "pc")

    def neighbours(self) -> Rows:
        """Plans for the lot bands below, at and above each lot: a short presentation changes n by rule."""
        answers = self.order.inspection.answers
        level, standard = answers.get("level"), answers.get("standard")
        if self.order.inspection.basis != "lot" or not isinstance(level, str) or not isinstance(standard, str):
            return ()
        rows = []
        for lot in self.order.inspection.lots:
            if lot.size < 2 or not lot.plans:
                continue
            for low, high, letter in sampling.bands(lot.size, level):
                band = f"{self._show(low)}\u2013{self._show(high)}" if high else f"\u2265\u00a0{self._show(low)}"
                plans = [
                    self._band_plan(low, high, letter, p.aql, p.defect_class, level, standard, lot) for p in lot.plans
                ]
                rows.append(
                    (
                        (Value(self._lot_name(lot)),),
                        (Value(band),),
                        (Value(letter),),
                        *((Value(text),) for text in plans),
                    )
                )
        return tuple(rows)

    def _band_plan(
        self, low: int, high: int | None, letter: str, aql: str, defect_class: str, level: str, standard: str, lot: Lot
    ) -> str:
        size = high or max(low, lot.size)
        major = next((p.aql for p in lot.plans if p.defect_class == "major"), aql)
        if aql == "zero":
            n = sampling.sample_size(letter) if major == "zero" else self._n(size, level, major, standard)
            return f"n = {self._show(n)}, Ac 0, Re 1"
        plan = sampling.plan(lot_size=size, level=level, aql=Decimal(aql), standard=standard)
        stage = plan.stages[0]
        return f"n = {self._show(stage.n)}, Ac {stage.ac}, Re {stage.re}"

    @staticmethod
    def _n(size: int, level: str, aql: str, standard: str) -> int:
        return sampling.plan(lot_size=size, level=level, aql=Decimal(aql), standard=standard).stages[0].n

    def defects(self) -> Rows:
        return tuple(
            (
                (Value(self.language.say(f"class.{d.defect_class}")),),
                (Value(d.name[self.code]),),
                (Value(d.border[self.code]),),
            )
            for c in ("critical", "major", "minor")
            for d in self.house.category.defects
            if d.defect_class == c
        )
