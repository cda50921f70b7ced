"""The order as JSON, and its digests."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from lotproof.orders.model import SECTIONS, Order
from lotproof.wording.inlines import Blank, Ref, Value

FORMAT = "lotproof-order/1"


def encode(value: Any) -> Any:
    """
    Return a frozen value as plain JSON.

    Decimals and dates become strings, a class with a ``kind`` names it, inlines take the form of
    :func:`lotproof.wording.inlines.to_json`.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return value.value if isinstance(value, StrEnum) else str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: encode(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [encode(inner) for inner in value]
    if isinstance(value, Value):
        return {"value": value.text}
    if isinstance(value, Blank):
        return {"blank": value.label}
    if isinstance(value, Ref):
        return {"ref": value.target}
    kind = getattr(type(value), "kind", None)
    data = {"kind": kind} if kind else {}
    for name in _names(type(value)):  # type: ignore[arg-type]
        data[name] = encode(getattr(value, name))
    return data


@lru_cache(maxsize=128)
def _names(cls: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls))


def canonical(data: Any) -> bytes:
    """Return RFC 8785 canonical JSON."""
    import rfc8785

    return bytes(rfc8785.dumps(data))


def agreed(order: Order) -> dict[str, Any]:
    """Return the agreed data, by section."""
    return {name: encode(getattr(order, name)) for name in SECTIONS}


def section_salt(salt: str, section: str) -> str:
    """Return the salt of one section (hex): it goes with the section and says nothing about the others."""
    return hashlib.sha256(f"lotproof/{section}/{salt}".encode()).hexdigest()


def section_digest(section: str, data: Any, salt: str) -> str:
    """Return the SHA-256 (hex) over a section and its own salt, in canonical form."""
    return hashlib.sha256(canonical({"data": data, "salt": salt, "section": section})).hexdigest()


def order_digest(sections: Mapping[str, str]) -> str:
    """Return the digest of an order from the digests of its sections."""
    return hashlib.sha256(canonical({"format": FORMAT, "sections": dict(sections)})).hexdigest()


def digests(order: Order, data: Mapping[str, Any] | None = None) -> tuple[str, dict[str, str]]:
    """Return the order's digest and the digest of each section; ``data`` is :func:`agreed` where it is at hand."""
    known = data or agreed(order)
    sections = {name: section_digest(name, known[name], section_salt(order.salt, name)) for name in SECTIONS}
    return order_digest(sections), sections


def disclosed(order: Order, sections: tuple[str, ...]) -> dict[str, Any]:
    """
    Return what a document may carry of the order: the named sections in full, each with its salt, the others by digest.

    Whoever holds it can prove that the sections belong to the digest, and learns nothing of the hidden ones.
    """
    data = agreed(order)
    digest, by_section = digests(order, data)
    return {
        "format": FORMAT,
        "digest": digest,
        "draft": order.draft,
        "sections": {
            name: {"data": data[name], "salt": section_salt(order.salt, name)} if name in sections else {"digest": by_section[name]}
            for name in SECTIONS
        },
    }


def proves(data: Mapping[str, Any]) -> bool:
    """Say whether disclosed data agrees with its own digest."""
    sections = {
        name: section["digest"] if "digest" in section else section_digest(name, section["data"], section["salt"])
        for name, section in data["sections"].items()
    }
    return bool(order_digest(sections) == data["digest"])


def order_json(order: Order, files: Mapping[str, str] | None = None) -> bytes:
    """
    Return the order as the file ``order.json``; it stays in the buyer's house.

    Args:
        files: SHA-256 of each document written beside it, so that a later build knows its own files again.
    """
    data = agreed(order)
    digest, by_section = digests(order, data)
    texts = encode(order.texts)
    whole = {
        "format": FORMAT,
        "digest": digest,
        "texts_digest": hashlib.sha256(canonical(texts)).hexdigest(),
        "draft": order.draft,
        "section_digests": by_section,
        "salt": order.salt,
        "agreed": data,
        "texts": texts,
        "provenance": {**encode(order.provenance), "files": dict(files or {})},
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
