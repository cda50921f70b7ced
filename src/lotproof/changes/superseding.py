"""Whether one order may amend another: the chain of digests, the number, the revision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lotproof.changes.model import Change, Kind
from lotproof.findings import Finding, refuse_if_any
from lotproof.orders.digests import seal
from lotproof.orders.model import Order


def refuse_unless_amended(old: Order, new: Order, changes: Sequence[Change]) -> None:
    """
    Refuse an amendment that would not be one.

    Args:
        changes: between the two orders.

    Raises:
        Refused: with everything that stands in the way (LP710, LP714, LP716).
    """
    refuse_if_any((*_in_the_way(old, new), *_nothing(changes)))


def _in_the_way(old: Order, new: Order) -> Iterator[Finding]:
    digest = seal(old).digest
    if new.header.supersedes != digest:
        said = f"names {new.header.supersedes[:16]}" if new.header.supersedes else "names no order"
        yield Finding(
            where="order.supersedes",
            code="LP710",
            message=f"NEW {said} as the one that it replaces, and OLD has the digest {digest[:16]}",
            hint=f'write supersedes = "{digest}" under [order] in the answers of NEW and build it again',
        )
    if new.header.number != old.header.number:
        yield Finding(
            where="order.number",
            code="LP716",
            message=f"NEW has the number {new.header.number or 'nothing'}, OLD {old.header.number or 'nothing'}",
            hint="an amendment keeps the number of its contract: write the number of OLD, and a revision of its own",
        )
    elif new.header.revision == old.header.revision:
        yield Finding(
            where="order.revision",
            code="LP716",
            message=f"both have the revision {old.header.revision or 'nothing'}",
            hint='write the next revision under [order] in the answers of NEW, such as revision = "B"',
        )


def _nothing(changes: Sequence[Change]) -> Iterator[Finding]:
    if all(change.kind is Kind.HEADER for change in changes):
        yield Finding(
            where="NEW",
            code="LP714",
            message="nothing differs but the head of the contract, so there is nothing to amend",
            hint="change the answers that are to be agreed otherwise, and build NEW again",
        )
