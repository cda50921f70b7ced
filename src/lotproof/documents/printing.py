"""Documents by their kind, from an order or from what another document carries of it."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from lotproof.documents.nodes import Document
from lotproof.findings import Finding, Refused, quoted
from lotproof.messages import Message, as_it_stands, say
from lotproof.orders.digests import Seal
from lotproof.orders.inside import Inside, Printed
from lotproof.orders.model import Order

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "contract": "lotproof.documents.contract",
        "checklist": "lotproof.documents.checklist",
        "arrival": "lotproof.documents.arrival",
        "summary": "lotproof.documents.summary",
    }
)
"""Each kind of document that an order alone is enough for: the module whose function of that name lays it out."""


def print_again(inside: Inside, name: str) -> Document:
    """
    Lay out a document again from what it carries: the same document that was written, down to its bytes.

    Args:
        name: what findings call the file.

    Raises:
        Refused: it was printed by a version that lays it out otherwise, or its sentences were taken out (LP703).
    """
    shows = importlib.import_module(KINDS[inside.printed.kind]).SHARE.sections if inside.printed.kind in KINDS else ()
    missing = [section for section in shows if section in inside.hidden]
    if missing:
        why = say(
            "a {kind} shows the section {section}, which is not there", kind=inside.printed.kind, section=missing[0]
        )
        raise Refused([unprintable(name, inside.printed, why)])
    return print_of(inside.order, inside.sealed, inside.printed, name)


def print_of(order: Order, sealed: Seal, printed: Printed, name: str) -> Document:
    """
    Lay out a document of an order as another was printed.

    Raises:
        Refused: the order does not hold what that takes, see :func:`print_again` (LP703).
    """
    if printed.page:
        raise Refused([unprintable(name, printed, say("its words are those of a house's contract.docx"))])
    if printed.kind not in KINDS:
        raise Refused([unprintable(name, printed, say("this version prints no {kind}", kind=quoted(printed.kind)))])
    layout = getattr(importlib.import_module(KINDS[printed.kind]), printed.kind)
    more: dict[str, Any] = {"profile": printed.profile} if printed.kind == "contract" else {}
    try:
        document: Document = layout(order, printed.languages, sealed, **more)
    except (KeyError, IndexError, ValueError, AttributeError, TypeError, StopIteration) as error:
        raise Refused([unprintable(name, printed, as_it_stands(f"{type(error).__name__}: {error}"[:120]))]) from None
    return document


def unprintable(name: str, printed: Printed, why: Message) -> Finding:
    """LP703: what is inside is not enough to print the document again."""
    return Finding(
        where=name,
        code="LP703",
        message=say(
            "the document cannot be printed again from the data inside ({why}); {tool} printed it",
            why=why,
            tool=printed.tool[:40],
        ),
        hint=say(
            "verify it with the version of lotproof that printed it, or against order.json; if it is that version, the data was changed"
        ),
    )
