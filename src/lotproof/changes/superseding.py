"""Whether one order may amend another: the chain of digests, the number, the revision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lotproof.changes.model import Change, Kind
from lotproof.findings import Finding, refuse_if_any
from lotproof.messages import say
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
        named = new.header.supersedes[:16]
        yield Finding(
            where="order.supersedes",
            code="LP710",
            message=say(
                "NEW names {named} as the one that it replaces, and OLD has the digest {digest}",
                named=named or say("no order"),
                digest=digest[:16],
            ),
            hint=say(
                'write supersedes = "{digest}" under [order] in the answers of NEW and build it again', digest=digest
            ),
        )
    if new.header.number != old.header.number:
        yield Finding(
            where="order.number",
            code="LP716",
            message=say(
                "NEW has the number {new}, OLD {old}",
                new=new.header.number or say("nothing"),
                old=old.header.number or say("nothing"),
            ),
            hint=say(
                "an amendment keeps the number of its contract: write the number of OLD, and a revision of its own"
            ),
        )
    elif new.header.revision == old.header.revision:
        yield Finding(
            where="order.revision",
            code="LP716",
            message=say("both have the revision {revision}", revision=old.header.revision or say("nothing")),
            hint=say('write the next revision under [order] in the answers of NEW, such as revision = "B"'),
        )


def _nothing(changes: Sequence[Change]) -> Iterator[Finding]:
    if all(change.kind is Kind.HEADER for change in changes):
        yield Finding(
            where="NEW",
            code="LP714",
            message=say("nothing differs but the head of the contract, so there is nothing to amend"),
            hint=say("change the answers that are to be agreed otherwise, and build NEW again"),
        )
