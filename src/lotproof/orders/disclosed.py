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
from lotproof.orders.model import Order, ProvisionText, WordTemplate
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
    own = {id_ for id_, *_ in order.provenance.worded}  # the others are answers, and words of the house that ships
    every: list[tuple[str, str]] = []
    for code, one in order.texts.items():
        worded = [p for p in (*one.provisions, *one.exhibits) if p.id in own]
        for name, value in (("labels", one.labels), ("title", one.title), ("terms", one.terms), ("tables", one.tables)):
            _walk(value, f"texts.{code}.{name}", every)
        _walk(worded, f"texts.{code}", every)
    _walk(order.look, "look", every)
    _walk(order.word, "contract.docx", every)
    if not sought.stands_in("\n".join(text for _, text in every)):  # read once; which one it is costs more
        return ()
    places = dict.fromkeys(where for where, text in every if sought.stands_in(text))
    message = say("the words of the house name the end client, and the factory reads them")
    hint = say("write them without that name")
    return tuple(Finding(where=where, code="LP949", message=message, hint=hint) for where in places)


def _walk(value: Any, where: str, found: list[tuple[str, str]]) -> None:
    """Gather every text with its place; a sentence is one text, whatever it is made of."""
    if value.__class__ is str:
        if value:
            found.append((where, _TAG.sub("", value) if "<" in value else value))
    elif isinstance(value, tuple | list):
        if value and all(one.__class__ in _INLINES for one in value):
            found.append((where, plain(value)))
        else:
            for inner in value:
                _walk(inner, where, found)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            _walk(inner, f"{where}.{key}", found)
    elif isinstance(value, WordTemplate):
        found += ((f"{where}: {name}", text) for name, text in _parts(value.template))
    elif isinstance(value, ProvisionText):
        there: list[tuple[str, str]] = []
        _walk([getattr(value, name) for name in fields(value)], "", there)
        place = f"{value.id} ({where.split('.')[1]})"
        found += ((place, text) for _, text in there)
    elif is_frozen(value.__class__):
        for name in fields(value):
            _walk(getattr(value, name), f"{where}.{name}", found)


_INLINES = frozenset({str, Value, Blank, Ref})


def _parts(template: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of the parts of a Word file; its readers have looked at its size already."""
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(template))) as package:
        for part in package.infolist():
            if part.filename.endswith(".xml") and part.file_size <= _MOST_BYTES:
                yield part.filename, _TAG.sub("", package.read(part).decode("utf-8", "replace"))
