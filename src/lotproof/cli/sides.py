"""A and B on the command line: an ORDER, or one of our own Word files, which discloses a part of it."""

from __future__ import annotations

from pathlib import Path

from lotproof.changes.model import Side, side_of
from lotproof.cli.files import read_file
from lotproof.cli.orders import read_given_order
from lotproof.findings import Finding, Refused
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.orders.model import Order


class GivenSide(Frozen):
    """A side as somebody gave it, and the whole order where it was given."""

    side: Side
    order: Order | None


def read_side(given: str) -> GivenSide:
    """
    Return what a path names.

    Args:
        given: a contract or checklist of ours in Word, or what :func:`lotproof.cli.orders.read_given` takes.

    Raises:
        Refused: it cannot be read (LP401, LP501 to LP505), it is no order and no answers file, or it is a document that carries
            no order (LP711, LP712).
    """
    if Path(given).suffix.lower() == ".docx":
        from lotproof.readers.inside import side_inside

        content = read_file(
            given, say("give a contract.docx or checklist.docx that lotproof build wrote, or an order.json")
        )
        return GivenSide(side_inside(content, Path(given).name), None)
    order = read_given_order(given)
    return GivenSide(side_of(order), order)


def whole(given: GivenSide, where: str, what: Message) -> Order:
    """Return the order itself. LP713: a document does not hold enough of it."""
    if given.order is not None:
        return given.order
    message = say("a document does not hold the whole order, which {what} needs", what=what)
    hint = say("give the order.json, the folder that lotproof build has written, or the answers file")
    raise Refused([Finding(where=where, code="LP713", message=message, hint=hint)])
