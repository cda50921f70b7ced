"""ORDER on the command line: an order.json, the folder that ``build`` made, or an answers file."""

from __future__ import annotations

from pathlib import Path

from lotproof.cli.files import read_file
from lotproof.findings import Finding, Refused
from lotproof.orders.model import Order


def read_given_order(given: str) -> Order:
    """
    Return the order that a path names; an answers file is built, and may be a draft.

    Args:
        given: path of an ``order.json``, of the folder that holds one, or of an answers file; ``-`` reads standard input.

    Raises:
        Refused: it cannot be read (LP401), or it is no order and no answers file, with every finding.
    """
    path = Path(given)
    if given != "-" and path.is_dir():
        path /= "order.json"
        if not path.exists():
            hint = "give the folder that lotproof build has written, an order.json, or an answers file"
            raise Refused([Finding(where=given, code="LP401", message="the folder holds no order.json", hint=hint)])
    content = read_file(str(path) if given != "-" else given)
    name = path.name if given != "-" else "standard input"
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        from lotproof.orders.stored import read_order

        return read_order(content, name)
    from lotproof.api import build

    return build(content, name).order
