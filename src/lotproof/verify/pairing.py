"""Two documents, or a document and the buyer's own record: of one order, of two revisions of it, or of two orders."""

from __future__ import annotations

from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.orders.digests import Seal
from lotproof.orders.inside import Inside
from lotproof.orders.model import SECTIONS, Header, Order


class Known(Frozen, kw_only=True):
    """What is known of an order: its header, its digests, and whether they were proved."""

    header: Header
    sealed: Seal
    proven: bool


class Pair(Frozen, kw_only=True):
    """
    What is to be said of two documents.

    Attributes:
        together: they belong to the same order: the same number, revision and digest.
        code: of ``docs/findings.md`` where they do not; else empty.
        message: in one sentence.
    """

    together: bool
    code: str
    message: Message


def known(inside: Inside) -> Known:
    """Return what a document says of its order."""
    return Known(header=inside.order.header, sealed=inside.sealed, proven=inside.proven)


def recorded(order: Order, sealed: Seal) -> Known:
    """Return what the buyer's own record says of an order."""
    return Known(header=order.header, sealed=sealed, proven=True)


def paired(one: Known, other: Known) -> Pair:
    """Say whether two documents belong together."""
    first, second = one.header, other.header
    mine, theirs = one.sealed.digest, other.sealed.digest
    if not (one.proven and other.proven):
        return _apart(
            say("nothing can be said of the two: the data of one of them does not give the digest that it states")
        )
    if mine == theirs:
        message = say("they belong together: one order, digest {digest}", digest=mine[:16])
        return Pair(together=True, code="", message=message)
    nameless = say("no number")
    if first.number != second.number:
        numbers = (first.number or nameless, second.number or nameless)
        return _apart(say("they are of two orders: {numbers: and }", numbers=numbers))
    for newer, older in ((one, other), (other, one)):
        if newer.header.supersedes and newer.header.supersedes == older.sealed.digest:
            return _apart(
                say(
                    "they are of two revisions of order {number}: revision {new} replaces revision {old}",
                    number=first.number or nameless,
                    new=newer.header.revision or "-",
                    old=older.header.revision or "-",
                )
            )
    if first.revision != second.revision:
        revisions = (first.revision or "-", second.revision or "-")
        return _apart(
            say(
                "they are of two revisions of order {number}: {revisions: and }",
                number=first.number or nameless,
                revisions=revisions,
            )
        )
    differ = [name for name in SECTIONS if one.sealed.sections[name] != other.sealed.sections[name]]
    every = len(differ) == len(SECTIONS)
    return _apart(
        say(
            "they state the same number {number}, revision {revision}, and are of two orders all the same: {what}",
            number=first.number or nameless,
            revision=first.revision or "-",
            what=say("every section differs") if every else say("what differs: {sections}", sections=differ),
        )
    )


def _apart(message: Message) -> Pair:
    return Pair(together=False, code="LP709", message=message)
