"""Documents by their kind, from an order or from what another document carries of it."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from lotproof.documents.nodes import Document
from lotproof.findings import Finding, Refused, quoted
from lotproof.orders.inside import Inside

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
    kind, printed = inside.printed.kind, inside.printed
    if kind not in KINDS:
        raise Refused([_unprintable(name, inside, f"this version prints no {quoted(kind)}")])
    layout = getattr(importlib.import_module(KINDS[kind]), kind)
    more: dict[str, Any] = {"profile": printed.profile} if kind == "contract" else {}
    try:
        document: Document = layout(inside.order, printed.languages, inside.sealed, **more)
    except (KeyError, IndexError, ValueError, AttributeError, TypeError, StopIteration) as error:
        raise Refused([_unprintable(name, inside, f"{type(error).__name__}: {error}")]) from None
    return document


def _unprintable(name: str, inside: Inside, why: str) -> Finding:
    """LP703: what is inside is not enough to print the document again."""
    return Finding(
        where=name,
        code="LP703",
        message=f"the document cannot be printed again from the data inside ({why[:120]}); {inside.printed.tool[:40]} printed it",
        hint="verify it with the version of lotproof that printed it, or against order.json; if it is that version, the data was changed",
    )
