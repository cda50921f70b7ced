"""What an order prints besides its answers, searched for a name that no file for the factory may hold."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lotproof.findings import Finding
from lotproof.frozen import fields, is_frozen
from lotproof.messages import say
from lotproof.orders.model import Order, WordTemplate
from lotproof.questions.secrecy import Sought
from lotproof.wording.inlines import Blank, Ref, Value, plain

_TAG = re.compile(r"<[^<>]{0,4000}>")
_MOST_BYTES = 20_000_000


def told_in_words(order: Order, names: Iterable[str]) -> tuple[Finding, ...]:
    """
    LP949: a sentence, a label, the letterhead or the Word file of a house holds the name of the end client.

    Args:
        names: every name that the end client has.
    """
    sought = Sought(names)
    if not sought:
        return ()
    texts = [item for code, one in order.texts.items() for item in _walked(one, f"texts.{code}")]
    further = [*_walked(order.look, "look"), *_walked(order.word, "contract.docx")]
    places = dict.fromkeys(where for where, text in (*texts, *further) if sought.stands_in(text))
    message = say("the words of the house name the end client, and the factory reads them")
    hint = say("write them without that name")
    return tuple(Finding(where=where, code="LP949", message=message, hint=hint) for where in places)


def _walked(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Yield every text with its place; a sentence is one text, whatever it is made of."""
    if isinstance(value, str):
        yield where, _TAG.sub("", value) if "<" in value else value
    elif isinstance(value, WordTemplate):
        yield from ((f"{where}: {name}", text) for name, text in _parts(value.template))
    elif isinstance(value, tuple) and value and all(isinstance(one, str | Value | Blank | Ref) for one in value):
        yield where, plain(value)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _walked(inner, f"{where}.{key}")
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _walked(inner, where)
    elif is_frozen(type(value)):
        named = "id" in fields(value)  # a provision: its id says where, and what is inside has no other place
        for name in fields(value):
            there = f"{value.id} ({where.split('.')[1]})" if named else f"{where}.{name}"
            inner = getattr(value, name)
            yield from ((there if named else place, text) for place, text in _walked(inner, there))


def _parts(template: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of the parts of a Word file; its readers have looked at its size already."""
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(template))) as package:
        for part in package.infolist():
            if part.filename.endswith(".xml") and part.file_size <= _MOST_BYTES:
                yield part.filename, _TAG.sub("", package.read(part).decode("utf-8", "replace"))
