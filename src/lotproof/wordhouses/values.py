"""
The values of an order by the names that a ``contract.docx`` may use: derived here and nowhere else, from what the contract discloses.

Every answer stands under its group as in the answers file (``payment.deposit_percent``), the goods in a list, what follows from them beside it.
Each is frozen with the order as it is printed in each language, so that the contract prints the same next year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from lotproof.orders.model import PRIVATE

if TYPE_CHECKING:
    from lotproof.catalog.model import Category
    from lotproof.houses import House
    from lotproof.orders.model import Order
    from lotproof.wording.words import Language

BLANK = "[____]"


class Missing:
    """A value that nobody has given: false in a condition, neither above nor below anything, without entries, a blank on the page."""

    shown = BLANK
    missing = True

    def __init__(self, name: str) -> None:
        self.name = name

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Missing) or other is None

    def __hash__(self) -> int:
        return 0

    def __lt__(self, other: object) -> bool:
        return False

    __le__ = __gt__ = __ge__ = __lt__

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __str__(self) -> str:
        return BLANK

    def __html__(self) -> str:
        return BLANK


class Choice(str):
    """A choice: compares by its value, prints as its words."""

    __slots__ = ("shown",)
    shown: str

    def __str__(self) -> str:
        return self.shown

    def __html__(self) -> str:
        return _escaped(self.shown)


class Number(Decimal):
    """A number: compares as one, prints as the language writes it."""

    shown: str

    def __str__(self) -> str:
        return self.shown

    def __html__(self) -> str:
        return _escaped(self.shown)


class Table(dict[str, Any]):
    """A group of values by name."""


def _escaped(text: str) -> str:
    from markupsafe import escape

    return str(escape(text))


def frozen_values(order: Order, house: House) -> dict[str, Any]:
    """
    Return the values of an order in each of its languages, as plain JSON.

    Args:
        house: that the order was built with; it has the words of choices.
    """
    languages = house.category.languages
    return {code: _Freezer(order, house, languages[code]).all() for code in order.header.languages if code in languages}


def context(frozen: Mapping[str, Any]) -> Table:
    """
    Return the values for a template: those of the first language by their plain names, those of each under its code.

    Raises:
        ValueError, KeyError, TypeError: no values as :func:`frozen_values` gives them.
    """
    by_language = {code: _thawed(values, "") for code, values in frozen.items()}
    first = next(iter(by_language.values()))
    return Table({**first, **by_language})


def skeleton(category: Category) -> Table:
    """Return the names that an order of a category has, each without an answer; the list of goods has one entry."""
    groups: dict[str, Any] = {
        group.id: Table({q.key: Missing("") for q in group.questions if q.key not in PRIVATE.get(group.id, ())})
        for group in category.groups
        if not group.repeat and group.id != "order" and group.section != "private"
    }
    plain = Table(
        {
            **groups,
            "order": Table(dict.fromkeys(_ORDER, Missing(""))),
            "goods": (Table(dict.fromkeys(_GOODS, Missing(""))),),
            **dict.fromkeys(_MONEY, Missing("")),
            "basis": Missing(""),
        }
    )
    return Table({**plain, **dict.fromkeys(category.languages, plain)})


_ORDER = ("number", "revision", "date", "place", "goods", "digest")
_GOODS = ("item", "description", "drawing", "hs_code", "quantity", "unit", "price", "amount")
_MONEY = ("total", "deposit", "balance", "retention")


def _thawed(data: Any, name: str) -> Any:
    match data:
        case None | "":
            return Missing(name)
        case str():
            return data
        case {"choice": str(value), "shown": str(shown)}:
            choice = Choice(value)
            choice.shown = shown
            return choice
        case {"number": str(value), "shown": str(shown)}:
            try:
                number = Number(value)
            except InvalidOperation:
                raise ValueError("no number") from None
            number.shown = shown
            return number
        case Mapping():
            return Table({str(key): _thawed(inner, f"{name}.{key}".lstrip(".")) for key, inner in data.items()})
        case list() | tuple():
            return tuple(_thawed(inner, name) for inner in data)
    raise TypeError("no value of an order")


class _Freezer:
    def __init__(self, order: Order, house: House, language: Language) -> None:
        self.order, self.language = order, language
        self.formatter = language.formatter
        self.choices = {
            (group.id, question.key): dict(question.choices)
            for group in house.category.groups
            for question in group.questions
            if question.type == "choice"
        }
        self.groups = house.category.groups
        self.title = house.category.title[language.code]

    def all(self) -> dict[str, Any]:
        order = self.order
        header, money = order.header, order.commercial
        currency = str(money.payment.get("currency") or "")
        answers = dict(self._answers())
        return {
            **answers,
            "order": {
                "number": header.number,
                "revision": header.revision,
                "date": self._leaf("order", "date", header.date),
                "place": self._leaf("order", "place", header.place),
                "goods": self.title,
                "digest": self._digest(),
            },
            "goods": [
                {
                    "item": line.item,
                    "description": self._leaf("goods", "description", line.description),
                    "drawing": line.drawing,
                    "hs_code": line.hs_code,
                    "quantity": self._leaf("goods", "quantity", line.quantity),
                    "unit": self.formatter.unit(line.unit).strip("\u00a0") if line.unit else None,
                    "price": self._money(money.prices.get(line.item), currency),
                    "amount": self._money(money.amounts.get(line.item), currency),
                }
                for line in order.goods.lines
            ],
            **{name: self._money(getattr(money, name), currency) for name in _MONEY},
            "basis": order.inspection.basis,
        }

    def _digest(self) -> str:
        from lotproof.orders.digests import seal

        return seal(self.order).digest

    def _answers(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the answers of each group that a contract discloses; what is not answered or not there is blank."""
        order = self.order
        shown: dict[str, Mapping[str, Any]] = {
            "buyer": order.parties.buyer,
            "seller": order.parties.seller,
            "inspection": order.inspection.answers,
            "payment": order.commercial.payment,
            "delivery": order.commercial.delivery,
            "notice": order.evidence.notice,
            "window": order.evidence.window,
            **order.inspection.duties,
            **order.commercial.duties,
            **order.evidence.duties,
        }
        for group in self.groups:
            if group.repeat or group.id == "order" or group.section == "private":
                continue
            table = shown.get(group.id, {})
            hidden = PRIVATE.get(group.id, ())
            keys = [question.key for question in group.questions if question.key not in hidden]
            yield group.id, {key: self._leaf(group.id, key, table.get(key)) for key in keys}

    def _leaf(self, group: str, key: str, value: Any) -> Any:
        if value is None or value == "":
            return None
        if (group, key) in self.choices and value in self.choices[group, key]:
            return {"choice": str(value), "shown": self.choices[group, key][value][self.language.code]}
        if isinstance(value, int | Decimal):
            return {
                "number": f"{value:f}" if isinstance(value, Decimal) else str(value),
                "shown": self.formatter.show(value),
            }
        return self.formatter.show(value)

    def _money(self, amount: Decimal | None, currency: str) -> Any:
        from lotproof.wording.formats import Money

        if amount is None or not currency:
            return None
        return {"number": f"{amount:f}", "shown": self.formatter.show(Money(amount, currency))}
