"""Two documents, or a document and the buyer's own record: of one order, of two revisions of it, or of two orders."""

from __future__ import annotations

from lotproof.frozen import frozen
from lotproof.orders.digests import Seal
from lotproof.orders.inside import Inside
from lotproof.orders.model import SECTIONS, Header, Order


@frozen(kw_only=True)
class Known:
    """What is known of an order: its header, its digests, and whether they were proved."""

    header: Header
    sealed: Seal
    proven: bool


@frozen(kw_only=True)
class Pair:
    """
    What is to be said of two documents.

    Attributes:
        together: they belong to the same order: the same number, revision and digest.
        code: of ``docs/findings.md`` where they do not; else empty.
        message: in one sentence.
    """

    together: bool
    code: str
    message: str


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
        return _apart("nothing can be said of the two: the data of one of them does not give the digest that it states")
    if mine == theirs:
        return Pair(together=True, code="", message=f"they belong together: one order, digest {mine[:16]}")
    if first.number != second.number:
        return _apart(f"they are of two orders: {first.number or 'no number'} and {second.number or 'no number'}")
    for newer, older in ((one, other), (other, one)):
        if newer.header.supersedes and newer.header.supersedes == older.sealed.digest:
            revisions = f"revision {newer.header.revision or '-'} replaces revision {older.header.revision or '-'}"
            return _apart(f"they are of two revisions of order {first.number}: {revisions}")
    if first.revision != second.revision:
        revisions = f"{first.revision or '-'} and {second.revision or '-'}"
        return _apart(f"they are of two revisions of order {first.number}: {revisions}")
    differ = [name for name in SECTIONS if one.sealed.sections[name] != other.sealed.sections[name]]
    what = "every section differs" if len(differ) == len(SECTIONS) else f"what differs: {', '.join(differ)}"
    number = f"number {first.number}, revision {first.revision or '-'}"
    return _apart(f"they state the same {number}, and are of two orders all the same: {what}")


def _apart(message: str) -> Pair:
    return Pair(together=False, code="LP709", message=message)
