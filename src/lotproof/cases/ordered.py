"""The order of a case."""

from __future__ import annotations

from pathlib import Path

from lotproof.cases.folder import read_small, reason
from lotproof.cases.model import ORDER_FILE, Case
from lotproof.findings import Finding, Refused
from lotproof.messages import Message, say
from lotproof.orders.digests import seal
from lotproof.orders.model import Order
from lotproof.orders.stored import read_order
from lotproof.sources import MAX_BYTES


def read_case_order(path: Path, case: Case | None = None) -> Order:
    """
    Return the order that lies in a case.

    Args:
        case: as its manifest tells it; the order has to be the one that it names.

    Raises:
        Refused: it cannot be read or is another one (LP851), or its data does not give its digest.
    """
    try:
        content = read_small(path, MAX_BYTES)
    except OSError as error:
        raise Refused([_finding(say("cannot be read: {why}", why=reason(error)))]) from None
    order = read_order(content, ORDER_FILE)
    if case is not None and seal(order).digest != case.digest:
        message = say("is not the order of the case: the manifest names the digest {digest}", digest=case.digest[:16])
        raise Refused([_finding(message)])
    return order


def _finding(message: Message) -> Finding:
    hint = say("put the order.json back with which the case was made")
    return Finding(where=ORDER_FILE, code="LP851", message=message, hint=hint)
