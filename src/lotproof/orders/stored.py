"""``order.json`` back to an order: the same value that was written, without catalogue or house."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import sys
import types
import typing
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from lotproof import requirements
from lotproof.findings import Finding, Refused
from lotproof.frozen import fields, is_frozen
from lotproof.messages import reason, say
from lotproof.orders.digests import FORMAT, canonical, seal
from lotproof.orders.model import SECTIONS, Answered, LanguageTexts, Order, Provenance, WordTemplate
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
            raise ValueError(say("format {format}", format=repr(data["format"])))
        order = _order(data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(
            [
                Finding(
                    where=name,
                    code="LP141",
                    message=say("this is no order file of this version: {why}", why=reason(error)),
                    hint=say("give an order.json that lotproof build has written (format {format})", format=FORMAT),
                )
            ]
        ) from None
    stored = (data["digest"], data["texts_digest"], data.get("look_digest"))
    if (seal(order).digest, hashlib.sha256(canonical(data["texts"])).hexdigest(), _look_digest(order)) != stored:
        raise Refused(
            [
                Finding(
                    where=name,
                    code="LP142",
                    message=say("its data does not give the digest it states: it was changed after it was built"),
                    hint=say("build it again from its answers"),
                )
            ]
        )
    return order


def section_of(name: str, data: Any) -> Any:
    """Return a section of the agreed data from its JSON; raises what a shape that is none raises (KeyError, TypeError, ValueError)."""
    return value_of(_hints(Order)[name], data)


def _order(data: Mapping[str, Any]) -> Order:
    sections = {name: section_of(name, data["agreed"][name]) for name in SECTIONS}
    provenance = {
        "origins": [],
        "houses": [],
        "worded": [],
        **{k: v for k, v in data["provenance"].items() if k != "files"},
    }
    return Order(
        **sections,
        salt=data["salt"],
        draft=data["draft"],
        texts={code: value_of(LanguageTexts, texts) for code, texts in data["texts"].items()},
        provenance=value_of(Provenance, provenance),
        look=read_look(data),
        word=_word(data["word"]) if "word" in data else None,
    )


def read_look(data: Mapping[str, Any]) -> Any:
    """Return the look that stands in some data, None where none does; raises ValueError where it is no look."""
    if "look" not in data:
        return None
    from lotproof.looks.data import look_from

    return look_from(data["look"])


def _look_digest(order: Order) -> str | None:
    if order.look is None:
        return None
    from lotproof.looks.data import look_digest

    return look_digest(order.look)


def _word(data: Mapping[str, Any]) -> WordTemplate:
    kept = {"template": data["template"], "values": data["values"]}
    if hashlib.sha256(canonical(kept)).hexdigest() != data["sha256"]:
        raise ValueError(say("its contract.docx is not the one that it was built with"))
    import base64

    base64.b64decode(kept["template"], validate=True)
    return WordTemplate(template=str(kept["template"]), values=kept["values"])


@lru_cache(maxsize=64)
def _hints(cls: type) -> dict[str, Any]:
    """Return the types of a value's fields; ``typing.get_type_hints`` compiles one at a time and checks what mypy has checked."""
    hints = {name: hint for name, hint in cls.__annotations__.items() if name in fields(cls)}
    types_of = eval(f"({', '.join(hints.values())},)", vars(sys.modules[cls.__module__]))  # noqa: S307 - our own annotations
    return dict(zip(hints, types_of, strict=True))


def value_of(hint: Any, data: Any) -> Any:
    """Return plain JSON as a value of the type ``hint``; raises what another shape raises (KeyError, TypeError, ValueError)."""
    return data if data is None else _reader(hint)(data)


@lru_cache(maxsize=512)
def _reader(hint: Any) -> Callable[[Any], Any]:
    """Return what reads a type, made once: an order holds thousands of values of some twenty types."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return lambda data: _one_of(arguments, data)
    if origin is tuple:
        if arguments and _is_inline(arguments[0]):
            return from_json
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            each = _reader(arguments[0])
            return lambda data: tuple([None if item is None else each(item) for item in data])
        return lambda data: tuple(value_of(inner, item) for inner, item in zip(arguments, data, strict=True))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        if arguments[1] is Answered:
            return lambda data: {key: value_of(Answered, item) for key, item in data.items()}
        return lambda data: {key: _answer(key, arguments[1], item) for key, item in data.items()}
    if hint is Decimal:
        return _decimal
    if hint is datetime.date:
        return datetime.date.fromisoformat
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    if is_frozen(hint):
        return _frozen_reader(hint)
    return _as_it_is


def _frozen_reader(cls: type) -> Callable[[Any], Any]:
    hints = _hints(cls)
    readers = {name: _reader(hints[name]) for name in fields(cls)}
    optional = "given" in readers

    def read(data: Any) -> Any:
        found = {}
        for name, reader in readers.items():
            if optional and name == "given" and name not in data:
                continue
            value = data[name]
            found[name] = None if value is None else reader(value)
        return cls(**found)

    return read


def _as_it_is(data: Any) -> Any:
    return data


def _decimal(text: Any) -> Decimal:
    """Return a number as orders hold it: plain digits, so that no exponent makes it print without end."""
    if not isinstance(text, str) or not _PLAIN.match(text):
        raise ValueError(f"{str(text)[:40]!r} is no number of an order")
    return Decimal(text)


_PLAIN = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?\Z", re.ASCII)


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
            return _decimal(data)
    return value_of(hint, data)


def _is_inline(hint: Any) -> bool:
    return Value in typing.get_args(hint)
