"""``order.json`` back to an order: the same value that was written, without catalogue or house."""

from __future__ import annotations

import datetime
import hashlib
import json
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from lotproof import requirements
from lotproof.findings import Finding, Refused
from lotproof.frozen import fields, is_frozen
from lotproof.orders.digests import FORMAT, canonical, seal
from lotproof.orders.model import SECTIONS, Answered, LanguageTexts, Order, Provenance
from lotproof.wording.inlines import Value, from_json

_KINDS: Mapping[str, type] = {
    cls.kind: cls
    for cls in (
        requirements.AtMost,
        requirements.AtLeast,
        requirements.Within,
        requirements.OneOf,
        requirements.Count,
        requirements.Shares,
        requirements.PerKey,
        requirements.Matches,
        requirements.Conforms,
        requirements.Documented,
    )
}
_DATES = frozenset({"ship_date", "confirmed_on", "sealed_by", "present_by"})
_DECIMALS = frozenset(
    {
        "late_percent_per_week",
        "late_cap_percent",
        "deposit_percent",
        "retention_percent",
        "reduction_percent",
        "percent",
        "cap_percent",
        "cost",
        "day_damages",
        "damages",
        "insurance",
        "packed_percent",
        "aql_critical",
        "aql_major",
        "aql_minor",
    }
)


def read_order(content: bytes, name: str = "order.json") -> Order:
    """
    Read an order file.

    Raises:
        Refused: it is no order file of a format this version reads (LP141), or its data does not give its digest (LP142).
    """
    try:
        data = json.loads(content)
        if data["format"] != FORMAT:
            raise ValueError(f"format {data['format']!r}")
        order = _order(data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(
            [
                Finding(
                    where=name,
                    code="LP141",
                    message=f"this is no order file of this version: {error}",
                    hint=f"give an order.json that lotproof build has written (format {FORMAT})",
                )
            ]
        ) from None
    stored = (data["digest"], data["texts_digest"])
    if (seal(order).digest, hashlib.sha256(canonical(data["texts"])).hexdigest()) != stored:
        raise Refused(
            [
                Finding(
                    where=name,
                    code="LP142",
                    message="its data does not give the digest it states: it was changed after it was built",
                    hint="build it again from its answers",
                )
            ]
        )
    return order


def section_of(name: str, data: Any) -> Any:
    """Return a section of the agreed data from its JSON; raises what a shape that is none raises (KeyError, TypeError, ValueError)."""
    return value_of(_hints(Order)[name], data)


def _order(data: Mapping[str, Any]) -> Order:
    sections = {name: section_of(name, data["agreed"][name]) for name in SECTIONS}
    provenance = {"origins": [], **{k: v for k, v in data["provenance"].items() if k != "files"}}
    return Order(
        **sections,
        salt=data["salt"],
        draft=data["draft"],
        texts={code: value_of(LanguageTexts, texts) for code, texts in data["texts"].items()},
        provenance=value_of(Provenance, provenance),
    )


@lru_cache(maxsize=64)
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def value_of(hint: Any, data: Any) -> Any:
    """Return plain JSON as a value of the type ``hint``; raises what another shape raises (KeyError, TypeError, ValueError)."""
    if data is None or hint is Any:
        return data
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _one_of(arguments, data)
    if origin is tuple:
        if arguments and _is_inline(arguments[0]):
            return from_json(data)
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(value_of(arguments[0], item) for item in data)
        return tuple(value_of(inner, item) for inner, item in zip(arguments, data, strict=True))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        if arguments[1] is Answered:
            return {key: value_of(Answered, item) for key, item in data.items()}
        return {key: _answer(key, arguments[1], item) for key, item in data.items()}
    if hint is Decimal:
        return Decimal(data)
    if hint is datetime.date:
        return datetime.date.fromisoformat(data)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(data)
    if is_frozen(hint):
        hints = _hints(hint)
        return hint(
            **{name: value_of(hints[name], data[name]) for name in fields(hint) if name in data or name != "given"}
        )
    return data


def _one_of(arguments: tuple[Any, ...], data: Any) -> Any:
    if isinstance(data, Mapping) and "kind" in data:
        return value_of(_KINDS[data["kind"]], {k: v for k, v in data.items() if k != "kind"})
    known = [a for a in arguments if a is not type(None)]
    if len(known) == 1:
        return value_of(known[0], data)
    return dict(data) if isinstance(data, Mapping) else data


def _answer(key: str, hint: Any, data: Any) -> Any:
    """Return one answer of a section; its key says what a string stands for."""
    if isinstance(data, str) and typing.get_origin(hint) in (types.UnionType, typing.Union):
        if key in _DATES:
            return datetime.date.fromisoformat(data)
        if key in _DECIMALS and data != "zero":
            return Decimal(data)
    return value_of(hint, data)


def _is_inline(hint: Any) -> bool:
    return Value in typing.get_args(hint)
