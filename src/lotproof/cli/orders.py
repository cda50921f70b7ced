"""ORDER on the command line: an order.json, the folder that ``build`` made, or an answers file."""

from __future__ import annotations

from pathlib import Path

from lotproof.cli.files import read_file
from lotproof.findings import Finding, Refused
from lotproof.frozen import Frozen
from lotproof.messages import say
from lotproof.orders.model import Order


class Given(Frozen, kw_only=True):
    """
    An order as somebody gave it.

    Attributes:
        findings: what the build has found, now or when the stored order was built.
        folder: the folder that holds the documents of the order; None for an answers file and for standard input.
        stored: the content of its ``order.json``; empty for an answers file.
    """

    order: Order
    findings: tuple[Finding, ...]
    folder: Path | None
    stored: bytes


def read_given(given: str, house: str | None = None) -> Given:
    """
    Return the order that a path names; an answers file is built, and may be a draft.

    Args:
        given: path of an ``order.json``, of the folder that holds one, or of an answers file; ``-`` reads standard input.
        house: folder of the house in whose words an answers file is built.

    Raises:
        Refused: it cannot be read (LP401), or it is no order and no answers file, with every finding.
    """
    path = Path(given)
    if given != "-" and path.is_dir():
        path /= "order.json"
        if not path.exists():
            hint = say("give the folder that lotproof build has written, an order.json, or an answers file")
            raise Refused(
                [Finding(where=given, code="LP401", message=say("the folder holds no order.json"), hint=hint)]
            )
    content = read_file(str(path) if given != "-" else given)
    name = path.name if given != "-" else "standard input"
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        from lotproof.gate.check import findings_of
        from lotproof.orders.stored import read_order

        order = read_order(content, name)
        return Given(
            order=order,
            findings=findings_of(order),
            folder=path.parent if given != "-" else None,
            stored=content,
        )
    from lotproof.api import build

    built = build(content, name, house=Path(house) if house else None)
    return Given(order=built.order, findings=built.findings, folder=None, stored=b"")


def read_given_order(given: str) -> Order:
    """Return the order alone: see :func:`read_given`."""
    return read_given(given).order
