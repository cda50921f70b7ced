"""The order as JSON, and its digests."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeAlias

from lotproof.frozen import Frozen, fields
from lotproof.orders.model import SECTIONS, Hidden, LanguageTexts, Order, Provenance
from lotproof.wording.inlines import Blank, Ref, Value

FORMAT = "lotproof-order/1"

Pieces: TypeAlias = tuple[str, ...]
"""A long text in parts, of which several documents share some: each part is packed once for all of them."""


def encode(value: Any) -> Any:
    """
    Return a frozen value as plain JSON.

    Decimals and dates become strings, a class with a ``kind`` names it, inlines take the form of
    that :func:`lotproof.wording.inlines.from_json` reads.
    """
    cls = value.__class__
    if cls is str:
        return value
    if cls is tuple or cls is list:
        return [inner if inner.__class__ is str else encode(inner) for inner in value]
    make = _ENCODERS.get(cls)
    return make(value) if make is not None else _frozen(value)


def _frozen(value: Any) -> Any:
    """Return a value of a class that was not met before; what is learned of it serves the next one."""
    cls = type(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {key: encode(inner) for key, inner in value.items()}
    kind = getattr(cls, "kind", None)
    names = tuple(name for name in fields(cls) if name != "given")
    given = "given" in fields(cls)

    def make(one: Any) -> Any:
        data = {"kind": kind} if kind else {}
        for name in names:
            data[name] = encode(getattr(one, name))
        if given and one.given:  # few quantities were given otherwise than they are agreed
            data["given"] = encode(one.given)
        return data

    _ENCODERS[cls] = make
    return make(value)


def _mapping(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: encode(inner) for key, inner in value.items()}


_ENCODERS: dict[type, Callable[[Any], Any]] = {
    bool: lambda value: value,
    int: lambda value: value,
    type(None): lambda value: value,
    Decimal: lambda value: format(value, "f"),
    datetime.date: lambda value: value.isoformat(),
    Value: lambda value: {"value": value.text},
    Blank: lambda value: {"blank": value.label},
    Ref: lambda value: {"ref": value.target},
    dict: _mapping,
    MappingProxyType: _mapping,
}


def canonical(data: Any) -> bytes:
    """
    Return RFC 8785 canonical JSON of what :func:`encode` gives.

    That holds no floats, and its keys are ASCII, which is the part of RFC 8785 where the standard library agrees with it
    byte for byte (tests compare the two).
    """
    return canonical_text(data).encode()


def canonical_text(data: Any) -> str:
    """Return the same as text."""
    return _CANONICAL(data)


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Said:
    """An order's sentences as JSON, each language encoded when it is first asked for, once for all documents."""

    def __init__(self, texts: Mapping[str, LanguageTexts]) -> None:
        self._texts = texts
        self._encoded: dict[str, Any] = {}
        self._pieces: dict[tuple[object, ...], str] = {}

    def language(self, code: str) -> Any:
        """Return the sentences of one language as plain JSON."""
        if code not in self._encoded:
            self._encoded[code] = encode(self._texts[code])
        return self._encoded[code]

    def piece(self, code: str, what: tuple[object, ...], pick: Callable[[Any], Any]) -> str:
        """
        Return some of the sentences of a language in canonical form, put together once for all documents that carry them.

        Args:
            what: names what is picked; the same name always picks the same.
            pick: takes the sentences of the language.
        """
        key = (code, *what)
        if key not in self._pieces:
            self._pieces[key] = canonical_text(pick(self.language(code)))
        return self._pieces[key]

    def all(self) -> dict[str, Any]:
        """Return the sentences of every language."""
        return {code: self.language(code) for code in self._texts}


class Seal(Frozen, kw_only=True):
    """
    An order's agreed data with its digests, taken once for all its documents.

    Attributes:
        data: the agreed data, by section; nothing of a section that is hidden.
        texts: the same in canonical form.
        salts: the salt of each section that is not hidden.
        sections: the digest of each section (hex).
        digest: of the order (hex).
        said: the order's sentences.
    """

    data: Mapping[str, Any]
    texts: Mapping[str, str]
    salts: Mapping[str, str]
    sections: Mapping[str, str]
    digest: str
    draft: bool
    said: Said

    def disclosed(self, sections: tuple[str, ...], more: Iterable[str] = ()) -> Pieces:
        """
        Return what a document may carry of the order: the named sections in full, each with its salt, the others by digest.

        Whoever holds it can prove that the sections belong to the digest, and learns nothing of the hidden ones.
        Together the pieces are canonical JSON.

        Args:
            more: further members in canonical form, each after a comma; their names come after ``sections``.
        """
        draft = "true" if self.draft else "false"
        pieces = [f'{{"digest":"{self.digest}","draft":{draft},"format":"{FORMAT}","sections":{{']
        for place, name in enumerate(sorted(SECTIONS)):
            comma = "," if place else ""
            if name in sections:
                pieces += [f'{comma}"{name}":{{"data":', self.texts[name], f',"salt":"{self.salts[name]}"}}']
            else:
                pieces.append(f'{comma}"{name}":{{"digest":"{self.sections[name]}"}}')
        return (*pieces, "}", *more, "}")


def seal(order: Order) -> Seal:
    """
    Return the order's agreed data and digests.

    Raises:
        ValueError: some of it is hidden, so that its digest cannot be taken again.
    """
    if any(isinstance(getattr(order, name), Hidden) for name in SECTIONS):
        raise ValueError("an order with hidden sections comes with its seal")
    data = {name: encode(getattr(order, name)) for name in SECTIONS}
    texts = {name: canonical_text(value) for name, value in data.items()}
    salts = {name: section_salt(order.salt, name) for name in SECTIONS}
    sections = {name: canonical_digest(name, texts[name], salts[name]) for name in SECTIONS}
    return Seal(
        data=data,
        texts=texts,
        salts=salts,
        sections=sections,
        digest=order_digest(sections),
        draft=order.draft,
        said=Said(order.texts),
    )


def section_salt(salt: str, section: str) -> str:
    """Return the salt of one section (hex): it goes with the section and says nothing about the others."""
    return hashlib.sha256(f"lotproof/{section}/{salt}".encode()).hexdigest()


def section_digest(section: str, data: Any, salt: str) -> str:
    """Return the SHA-256 (hex) over a section and its own salt, in canonical form."""
    return canonical_digest(section, canonical_text(data), salt)


def canonical_digest(section: str, text: str, salt: str) -> str:
    """Return the SHA-256 (hex) over a section that is in canonical form already."""
    return hashlib.sha256(f'{{"data":{text},"salt":"{salt}","section":"{section}"}}'.encode()).hexdigest()


def order_digest(sections: Mapping[str, str]) -> str:
    """Return the digest of an order from the digests of its sections."""
    return hashlib.sha256(canonical({"format": FORMAT, "sections": dict(sections)})).hexdigest()


def proves(data: Mapping[str, Any]) -> bool:
    """Say whether disclosed data agrees with its own digest."""
    return bool(order_digest(section_digests(data)) == data["digest"])


def section_digests(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the digest of each section of disclosed data: of a hidden one as it stands there, of the others taken again."""
    return {
        name: section_digest(name, section["data"], section["salt"]) if "data" in section else section["digest"]
        for name, section in data["sections"].items()
    }


def order_json(order: Order, sealed: Seal | None = None, files: Mapping[str, str] | None = None) -> bytes:
    """
    Return the order as the file ``order.json``; it stays in the buyer's house.

    Args:
        sealed: :func:`seal` of the order, where it is at hand.
        files: SHA-256 of each document written beside it, so that a later build knows its own files again.
    """
    sealed = sealed or seal(order)
    texts = {code: _canonical_items(said) for code, said in sorted(sealed.said.all().items())}
    said = ",".join([_PLAIN(code) + ":{" + ",".join(items) + "}" for code, items in texts.items()])
    whole = {
        "format": FORMAT,
        "digest": sealed.digest,
        "texts_digest": hashlib.sha256(f"{{{said}}}".encode()).hexdigest(),
        "draft": order.draft,
        "section_digests": sealed.sections,
        "salt": order.salt,
        "agreed": sealed.data,
        "texts": {code: _Lined("{\n" + ",\n".join(items) + "\n}") for code, items in texts.items()},
        **_looked(order),
        "provenance": {**_provenance(order.provenance), "files": dict(files or {})},
    }
    if order.word is not None:
        word = encode(order.word)
        whole["word"] = {"sha256": hashlib.sha256(canonical(word)).hexdigest(), **word}
    return (_lines(whole, 3) + "\n").encode()


class _Lined(str):
    """JSON that is in its lines already."""

    __slots__ = ()


def _canonical_items(data: Mapping[str, Any]) -> list[str]:
    """Return the members of an object in canonical form: encoded once, for the digest and for the file."""
    return [f"{_PLAIN(key)}:{canonical_text(value)}" for key, value in sorted(data.items())]


def _looked(order: Order) -> dict[str, Any]:
    """Return the look of an order that has one, and its digest; nothing else, so that an order without one stays as it was."""
    if order.look is None:
        return {}
    from lotproof.looks.data import look_digest, look_json

    return {"look_digest": look_digest(order.look), "look": json.loads(look_json(order.look))}


def _provenance(provenance: Provenance) -> dict[str, Any]:
    """Return the provenance as JSON; what only an order in words of somebody's own has is not there in others."""
    data: dict[str, Any] = encode(provenance)
    return {key: value for key, value in data.items() if value or key not in ("houses", "worded")}


def _lines(data: Any, depth: int) -> str:
    """Return JSON with a line for each entry of the outer levels: fit for a diff, and no slower than none."""
    if isinstance(data, _Lined):
        return data
    if depth == 0 or not data or not isinstance(data, dict | list):
        return _PLAIN(data)
    if isinstance(data, dict):
        return "{\n" + ",\n".join(f"{_PLAIN(k)}: {_lines(v, depth - 1)}" for k, v in data.items()) + "\n}"
    return "[\n" + ",\n".join(_lines(item, depth - 1) for item in data) + "\n]"


_PLAIN = json.JSONEncoder(ensure_ascii=False).encode
