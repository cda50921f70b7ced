"""Changes of what was answered: head, parties, goods, money, delivery, inspection, notice, duties."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from lotproof.changes.leaves import below, differ
from lotproof.changes.ledger import Ledger
from lotproof.changes.model import Direction, Good, Kind, Texts
from lotproof.changes.rules import Sense
from lotproof.changes.saying import NOTHING, phrase
from lotproof.frozen import fields
from lotproof.orders.model import Commercial, Evidence, Goods, GoodsLine, Header, Inspection, Parties, Private

Answers = Mapping[str, Any]

_UNKNOWN = Sense(kind=Kind.DUTY, more="", ranks=(), plain=False)


def header_changes(ledger: Ledger, old: Header, new: Header) -> None:
    """Note what differs in the head."""
    before, after = ({name: getattr(side, name) for name in fields(Header)} for side in (old, new))
    _group(ledger, "order", "header", before, after)


def party_changes(ledger: Ledger, old: Parties, new: Parties) -> None:
    """Note what differs in the parties."""
    _group(ledger, "buyer", "parties/buyer", old.buyer, new.buyer)
    _group(ledger, "seller", "parties/seller", old.seller, new.seller)


def goods_changes(ledger: Ledger, old: Goods, new: Goods) -> None:
    """Note what differs in the items."""
    voice = ledger.voice
    before, after = {line.item: line for line in old.lines}, {line.item: line for line in new.lines}
    for item in dict.fromkeys((*before, *after)):
        one, other = before.get(item), after.get(item)
        where, place = f"goods.{item}", below("goods/lines", item)
        title: Texts = dict.fromkeys(voice.languages, item)
        if one is None or other is None:
            words = (NOTHING if line is None else _line(ledger, line) for line in (one, other))
            ledger.add(Kind.GOODS, where, title, words, [place])
            continue
        for name in ("description", "drawing", "hs_code", "quantity", "unit"):
            values = [getattr(line, name) for line in (one, other)]
            if not differ(*values):
                continue
            sense = ledger.rules.answers[f"goods.{name}"]
            if name == "quantity":
                words = (voice.count(line.quantity, line.unit) for line in (one, other))
            else:
                words = (voice.show(v, "goods.unit" if name == "unit" else "") for v in values)
            direction, good = direction_of(sense, *values)
            named = voice.sentence("condition", title=title, condition=voice.answer(f"goods.{name}"))
            ledger.add(sense.kind, where, named, words, [below(place, name)], direction, good=good, raw=tuple(values))


def _line(ledger: Ledger, line: GoodsLine) -> Texts:
    voice = ledger.voice
    return voice.joined([voice.show(line.description), voice.count(line.quantity, line.unit)])


def commercial_changes(ledger: Ledger, old: Commercial, new: Commercial) -> None:
    """Note what differs in prices, payment and delivery; amounts that follow from them are said together."""
    voice = ledger.voice
    _group(ledger, "payment", "commercial/payment", old.payment, new.payment)
    _group(ledger, "delivery", "commercial/delivery", old.delivery, new.delivery)
    _duties(ledger, "commercial/duties", old.duties, new.duties)
    currencies = [side.payment.get("currency") for side in (old, new)]

    def money(amount: Decimal | None, place: int) -> Texts:
        return voice.money(amount, str(currencies[place]) if currencies[place] else None)

    sense = ledger.rules.answers["goods.unit_price"]
    for item in dict.fromkeys((*old.prices, *new.prices)):
        there = [item in side.prices for side in (old, new)]
        values = (old.prices.get(item), new.prices.get(item))
        if differ(*values) or there[0] != there[1]:
            words = (money(v, place) if there[place] else NOTHING for place, v in enumerate(values))
            direction, good = direction_of(sense, *values)
            named = voice.sentence("entry", title=voice.answer("goods.unit_price"), entry=item)
            covers = [below("commercial/prices", item)]
            ledger.add(sense.kind, f"goods.{item}", named, words, covers, direction, good=good, raw=values)
    _amounts(ledger, old, new, money)


def _amounts(ledger: Ledger, old: Commercial, new: Commercial, money: Callable[[Decimal | None, int], Texts]) -> None:
    """Note the amounts that differ, as one change: they follow from prices, quantities and shares."""
    voice = ledger.voice
    covers: list[str] = []
    said: tuple[list[Texts], list[Texts]] = ([], [])
    moved = {
        item
        for item in (*old.amounts, *new.amounts)
        if differ((item in old.amounts, old.amounts.get(item)), (item in new.amounts, new.amounts.get(item)))
    }
    totals = [
        key for key in ("total", "deposit", "balance", "retention") if differ(getattr(old, key), getattr(new, key))
    ]
    for place, side in enumerate((old, new)):
        for item in side.amounts:
            if item in moved:
                covers.append(below("commercial/amounts", item))
                said[place].append(voice.sentence("named", name=item, value=money(side.amounts[item], place)))
        for key in totals:
            covers.append(f"commercial/{key}")
            amount = money(getattr(side, key), place)
            value = _with_share(ledger, amount, side) if key == "balance" else amount
            said[place].append(voice.sentence("named", name=phrase("title", key), value=value))
    if covers:
        words = (voice.joined(parts) for parts in said)
        ledger.add(Kind.AMOUNT, "commercial", phrase("kind", "amount"), words, covers, Direction.NEITHER)


def _with_share(ledger: Ledger, amount: Texts, side: Commercial) -> Texts:
    """Return the balance with its share of the total."""
    deposit, kept = side.payment.get("deposit_percent"), side.payment.get("retention_percent")
    if not isinstance(deposit, Decimal):
        return amount
    share = 100 - deposit - (kept if isinstance(kept, Decimal) else 0)
    return ledger.voice.sentence("percent", amount=amount, percent=ledger.voice.show(share))


def inspection_changes(ledger: Ledger, old: Inspection, new: Inspection) -> None:
    """Note what differs in how it is inspected, lots and plans apart."""
    _group(ledger, "inspection", "inspection/answers", old.answers, new.answers)
    if old.basis != new.basis:
        sense = ledger.rules.answers["inspection.basis"]
        title = ledger.voice.answer("inspection.basis")
        words = (ledger.voice.value("basis", side.basis) for side in (old, new))
        ledger.add(sense.kind, "inspection.basis", title, words, ["inspection/basis"])
    _duties(ledger, "inspection/duties", old.duties, new.duties)


def evidence_changes(ledger: Ledger, old: Evidence, new: Evidence) -> None:
    """Note what differs in notice periods and the filing window."""
    _group(ledger, "notice", "evidence/notice", old.notice, new.notice)
    _optional(ledger, "window", "evidence/window", old.window, new.window, Kind.WINDOW)
    _duties(ledger, "evidence/duties", old.duties, new.duties)


def private_changes(ledger: Ledger, old: Private, new: Private) -> None:
    """Note what differs in what the buyer keeps to itself."""
    before, after = (
        {name: getattr(side, name) for name in ("end_client", "window_confirmed_by")} for side in (old, new)
    )
    _group(ledger, "private", "private", before, after)
    _duties(ledger, "private/duties", old.duties, new.duties)


def _duties(ledger: Ledger, place: str, old: Mapping[str, Answers], new: Mapping[str, Answers]) -> None:
    for name in dict.fromkeys((*old, *new)):
        kind = Kind.PRIVATE if place.startswith("private") else Kind.DUTY
        _optional(ledger, name, below(place, name), old.get(name) or {}, new.get(name) or {}, kind)


def _optional(ledger: Ledger, name: str, place: str, old: Answers, new: Answers, kind: Kind) -> None:
    """Note a group that came or went as one change, else what differs in it."""
    if bool(old) == bool(new):
        _group(ledger, name, place, old, new)
        return
    effect = ledger.rules.groups.get(name, "")
    direction = {"tightens": Direction.TIGHTENED, "plain": Direction.NEITHER}.get(effect, Direction.UNKNOWN)
    if not new and direction is Direction.TIGHTENED:
        direction = Direction.LOOSENED
    words = (_whole(ledger, name, side) if side else NOTHING for side in (old, new))
    ledger.add(kind, name, ledger.voice.group(name), words, [place], direction)


def _whole(ledger: Ledger, group: str, answers: Answers) -> Texts:
    voice = ledger.voice
    return voice.joined(
        [
            voice.sentence("named", name=voice.answer(f"{group}.{key}"), value=voice.show(value, f"{group}.{key}"))
            for key, value in answers.items()
        ]
    )


def _group(ledger: Ledger, group: str, place: str, old: Answers, new: Answers) -> None:
    """Note each answer that differs; one that was not asked is nothing, one that is blank is a blank."""
    for key in dict.fromkeys((*old, *new)):
        there = (key in old, key in new)
        values = (old.get(key), new.get(key))
        if not differ(*values) and there[0] == there[1]:
            continue
        name = f"{group}.{key}"
        sense = ledger.rules.answers.get(name, _UNKNOWN)
        words = (
            _said(ledger, name, value) if is_there else NOTHING for value, is_there in zip(values, there, strict=True)
        )
        direction, good = direction_of(sense, *values)
        covers = [below(place, key)]
        ledger.add(sense.kind, name, ledger.voice.answer(name), words, covers, direction, good=good, raw=values)


def _said(ledger: Ledger, name: str, value: Any) -> Texts:
    if isinstance(value, tuple):
        return ledger.voice.listed(value, "languages" if name == "order.languages" else "")
    return ledger.voice.show(value, name)


def direction_of(sense: Sense, old: Any, new: Any) -> tuple[Direction, Good]:
    """Say what the step from one answer to another does, and for whom that is good."""
    if sense.plain:
        return Direction.NEITHER, Good.NEITHER
    more = _is_more(sense, old, new)
    if more is None or not sense.more:
        return Direction.UNKNOWN, Good.UNKNOWN
    if more == 0:
        return Direction.NEITHER, Good.NEITHER
    if sense.more in ("tightens", "loosens"):
        tightened = (more > 0) == (sense.more == "tightens")
        return (Direction.TIGHTENED, Good.BUYER) if tightened else (Direction.LOOSENED, Good.SELLER)
    return Direction.NEITHER, Good.BUYER if (more > 0) == (sense.more == "buyer") else Good.SELLER


def _is_more(sense: Sense, old: Any, new: Any) -> int | None:
    """Return 1 where the new answer is more, -1 where it is less, 0 where it is as much, None where nobody can say."""
    if sense.ranks:
        if old not in sense.ranks or new not in sense.ranks:
            return None
        return _sign(sense.ranks.index(new), sense.ranks.index(old))
    old, new = (Decimal(0) if value == "zero" else value for value in (old, new))
    if isinstance(old, datetime.date) and isinstance(new, datetime.date):
        return _sign(new.toordinal(), old.toordinal())
    if isinstance(old, int | Decimal) and isinstance(new, int | Decimal):
        return _sign(Decimal(new), Decimal(old))
    return None


def _sign(new: Any, old: Any) -> int:
    return int(new > old) - int(new < old)
