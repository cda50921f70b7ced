"""What the comparison of two orders gives: changes, each with its kind, its place, what was and what is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from lotproof.frozen import Frozen, replace
from lotproof.orders.digests import Seal, seal
from lotproof.orders.model import SECTIONS, LanguageTexts, Order

Texts = Mapping[str, str]


class Kind(StrEnum):
    """What a change is about, the weightiest first."""

    PARTIES = "parties"
    TERM_REMOVED = "term_removed"
    TERM_ADDED = "term_added"
    REQUIREMENT = "requirement"
    BLANK = "blank"
    LIMIT = "limit"
    NOMINAL = "nominal"
    TOLERANCE = "tolerance"
    STATISTIC = "statistic"
    OPTIONS = "options"
    COUNT = "count"
    COMPOSITION = "composition"
    PATTERN = "pattern"
    REFERENCE = "reference"
    DOCUMENT = "document"
    ITEMS = "items"
    METHOD = "method"
    CONDITION = "condition"
    STANDARD = "standard"
    INSTRUMENT = "instrument"
    AQL = "aql"
    LEVEL = "level"
    PLAN = "plan"
    SAMPLE = "sample"
    CLASS = "class"
    DEFECT_REMOVED = "defect_removed"
    DEFECT_ADDED = "defect_added"
    BORDER = "border"
    EVIDENCE = "evidence"
    CHECK = "check"
    PRICE = "price"
    QUANTITY = "quantity"
    GOODS = "goods"
    PAYMENT = "payment"
    DELIVERY = "delivery"
    INSPECTION = "inspection"
    NOTICE = "notice"
    WINDOW = "window"
    DUTY = "duty"
    NUMBER = "number"
    WHEN = "when"
    PRINTED = "printed"
    LAW = "law"
    LANGUAGE = "language"
    PROVISION_REMOVED = "provision_removed"
    PROVISION_ADDED = "provision_added"
    DATA = "data"
    AMOUNT = "amount"
    PRIVATE = "private"
    HEADER = "header"
    ORDER = "order"
    WORDING = "wording"


WEIGHTS: Mapping[Kind, int] = {kind: place for place, kind in enumerate(Kind)}

MIRRORED: Mapping[Kind, Kind] = {
    Kind.TERM_REMOVED: Kind.TERM_ADDED,
    Kind.TERM_ADDED: Kind.TERM_REMOVED,
    Kind.DEFECT_REMOVED: Kind.DEFECT_ADDED,
    Kind.DEFECT_ADDED: Kind.DEFECT_REMOVED,
    Kind.PROVISION_REMOVED: Kind.PROVISION_ADDED,
    Kind.PROVISION_ADDED: Kind.PROVISION_REMOVED,
}
"""Kinds that become another one when old and new change places."""


class Direction(StrEnum):
    """What a change does to what the seller owes, the buyer's protection with it."""

    TIGHTENED = "tightened"
    """Whatever meets the new one meets the old one."""
    LOOSENED = "loosened"
    """Whatever meets the old one meets the new one."""
    NEITHER = "neither"
    """It has nothing to do with strictness."""
    UNKNOWN = "unknown"
    """The two cannot be compared."""


class Good(StrEnum):
    """For whom a change is good."""

    BUYER = "buyer"
    SELLER = "seller"
    NEITHER = "neither"
    UNKNOWN = "unknown"


OPPOSITE: Mapping[Direction, Direction] = {
    Direction.TIGHTENED: Direction.LOOSENED,
    Direction.LOOSENED: Direction.TIGHTENED,
    Direction.NEITHER: Direction.NEITHER,
    Direction.UNKNOWN: Direction.UNKNOWN,
}

_OTHER: Mapping[Good, Good] = {
    Good.BUYER: Good.SELLER,
    Good.SELLER: Good.BUYER,
    Good.NEITHER: Good.NEITHER,
    Good.UNKNOWN: Good.UNKNOWN,
}

GOOD_FOR: Mapping[Direction, Good] = {
    Direction.TIGHTENED: Good.BUYER,
    Direction.LOOSENED: Good.SELLER,
    Direction.NEITHER: Good.NEITHER,
    Direction.UNKNOWN: Good.UNKNOWN,
}
"""For whom a change of what the seller owes is good."""


class Change(Frozen, kw_only=True):
    """
    One thing that differs.

    Attributes:
        where: id of the term (``clause@item``), ``goods.ITEM``, ``group.key`` of an answer, or id of a provision.
        title: what differs, for people, per language.
        was, becomes: old and new in words, per language; empty where there was or is nothing.
        covers: the places in the agreed data that it speaks of, as :func:`lotproof.changes.leaves.differences` names them;
            a place covers all below it.
    """

    kind: Kind
    where: str
    title: Texts
    was: Texts
    becomes: Texts
    direction: Direction
    good: Good
    covers: tuple[str, ...]

    @property
    def of_meaning(self) -> bool:
        """It changes what was agreed, and not how it is written."""
        return self.kind not in (Kind.WORDING, Kind.ORDER)


def mirrored(change: Change) -> Change:
    """Return the change that the other way round would be."""
    return replace(
        change,
        kind=MIRRORED.get(change.kind, change.kind),
        was=change.becomes,
        becomes=change.was,
        direction=OPPOSITE[change.direction],
        good=_OTHER[change.good],
    )


class Side(Frozen, kw_only=True):
    """
    One of the two orders, or as much of it as a document discloses.

    Attributes:
        name: number and revision, for people.
        data: the disclosed sections of the agreed data, as JSON.
        digests: of every section (hex).
        digest: of the order (hex).
        texts: the sentences by language; empty where a document carries none.
    """

    name: str
    data: Mapping[str, Any]
    digests: Mapping[str, str]
    digest: str
    texts: Mapping[str, LanguageTexts]


def side_of(order: Order, sealed: Seal | None = None) -> Side:
    """Return a whole order as a side."""
    sealed = sealed or seal(order)
    return Side(
        name=named(sealed.data["header"]),
        data={name: sealed.data[name] for name in SECTIONS},
        digests=sealed.sections,
        digest=sealed.digest,
        texts=order.texts,
    )


def named(header: Mapping[str, Any]) -> str:
    """Return number and revision of a header section."""
    return " ".join(part for part in (header.get("number") or "[____]", header.get("revision")) if part)


class Comparison(Frozen, kw_only=True):
    """
    Two orders compared.

    Attributes:
        changes: those of meaning by weight, then those of wording; none where nothing differs.
        hidden: sections that one side or both do not show, and whether their digests prove them the same.
        worded: the sentences were compared too.
    """

    old: Side
    new: Side
    changes: tuple[Change, ...]
    hidden: Mapping[str, bool]
    worded: bool

    @property
    def same(self) -> bool:
        """Nothing differs, and nothing that could differ was hidden."""
        return not self.changes and all(self.hidden.values())
