"""
What the pages of a contract say that was printed from a house's ``contract.docx``, as the contract carries it beside its order.

Such a contract cannot be laid out again from its order: its words are the house's. So it carries what a reader saw of it when it was written,
paragraph by paragraph, and the order's data hold the SHA-256 of that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lotproof.documents.numbering import term_numbers
from lotproof.documents.parts import squeezed
from lotproof.findings import Finding, Refused
from lotproof.messages import say
from lotproof.orders.digests import canonical_text, encode
from lotproof.orders.inside import MAX_DATA
from lotproof.orders.model import Order
from lotproof.readers.package import Package
from lotproof.readers.xml import Attributes, utf8, visit
from lotproof.verify.model import Change, Control, Line, Seen, Unit
from lotproof.verify.naming import FRONT, Name
from lotproof.wording.inlines import plain

ROOT = "lp:page"
PART = "customXml/item2.xml"


def page_of(seen: Seen) -> str:
    """Return what the pages of a file say, as canonical JSON."""
    units = [
        {
            "part": unit.part,
            "cells": [[[line.number, line.text] for line in cell] for cell in unit.cells],
            "controls": [encode(control) for control in unit.controls],
            "calculated": list(unit.calculated),
            "things": list(unit.things),
        }
        for unit in seen.units
    ]
    return canonical_text({"protection": list(seen.protection), "units": units})


def page_digest(page: str) -> str:
    """Return the SHA-256 (hex) of what the pages say."""
    return hashlib.sha256(page.encode()).hexdigest()


def page_inside(package: Package) -> str:
    """
    Return what a contract carries of its pages.

    Raises:
        Refused: it was taken out, or stands there twice (LP967).
    """
    found = []
    for name in package.entries:
        if name.startswith("customXml/") and name.endswith(".xml") and name.count("/") == 1:
            part = _Page()
            visit(utf8(package.read(name)), part, package.name, name)
            if part.is_page:
                found.append("".join(part.texts))
    different = set(found)
    if len(different) != 1:
        raise Refused([_lost(package.name)])
    return found[0]


def seen_of(page: str, seen: Seen, name: str) -> Seen:
    """
    Return a file as its readers saw it when it was written.

    Args:
        page: as :func:`page_of` gives it.
        seen: the file as it is, for what pages do not say.

    Raises:
        Refused: it is no such text (LP967).
    """
    try:
        if len(page) > MAX_DATA:
            raise ValueError
        data: Mapping[str, Any] = json.loads(page)
        units = tuple(map(_unit, data["units"]))
        protection = tuple(map(str, data["protection"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused([_lost(name)]) from None
    return Seen(
        format="docx",
        units=units,
        comments=(),
        data=seen.data,
        protection=protection,
        program=seen.program,
        stated=seen.stated,
    )


def word_names(units: Sequence[Unit], terms: Mapping[str, str]) -> tuple[Name, ...]:
    """
    Return the name of each unit of a contract whose words are a house's: the term of a row, else the paragraph by its place.

    Args:
        terms: id of each term by its printed number (``A7``).
    """
    names: list[Name] = []
    heading, count = "", 0
    for unit in units:
        if unit.part != "body":
            names.append(Name(unit.part))
            continue
        count += 1
        first = unit.cells[0][0] if unit.cells and unit.cells[0] else Line(number="", text="")
        if first.text in terms:
            names.append(Name(terms[first.text], first.text))
            continue
        heading = first.number or heading
        names.append(Name(f"paragraph {count}" if count else FRONT, first.number or heading))
    return tuple(names)


_PRINTED = ("goods", "plan", "shares")
"""The tables that every such contract prints."""


def unsaid(units: Sequence[Unit], order: Order, languages: Sequence[str]) -> Iterator[Change]:
    """
    Yield the terms and rows of tables of an order that stand nowhere in a contract's own text: whoever rewrites that text has to rewrite
    the sentences that the order carries too, and those are compared with what was agreed.

    Args:
        units: what the contract says that it said.
    """
    said = [
        [squeezed("".join(line.text for line in cell)) for cell in unit.cells] for unit in units if unit.part == "body"
    ]
    rows: dict[str, str] = {}
    for cells in said:
        if cells:
            rows[cells[0]] = rows.get(cells[0], "") + "".join(cells)
    texts = [order.texts[language] for language in languages]
    for term, number in term_numbers(order).items():
        row = rows.get(number, "")
        wanted = [
            s for t in texts for s in (plain(t.terms[term].duty), plain(t.terms[term].method), *t.terms[term].rules)
        ]
        missing = next((sentence for sentence in wanted if squeezed(sentence) not in row), None)
        if missing is not None:
            yield _unsaid(term, number, missing)
    for table in _PRINTED:
        for place, alike in enumerate(zip(*(t.tables[table] for t in texts), strict=True), 1):
            row_wanted = [{squeezed(plain(cell)) for cell in cells} for cells in zip(*alike, strict=True)]
            if not any(len(cells) == len(row_wanted) and _holds(cells, row_wanted) for cells in said):
                yield _unsaid(f"{table}.{place}", "", " ".join(plain(cell) for cell in alike[0]))


def _holds(cells: Sequence[str], wanted: Sequence[set[str]]) -> bool:
    return all(all(text in cell for text in texts) for cell, texts in zip(cells, wanted, strict=True))


def _unsaid(clause: str, number: str, was: str) -> Change:
    about = say("what the file says that it said is not what its own data print")
    return Change(code="LP704", kind="data", clause=clause, number=number, was=was, now="", about=about)


def _unit(data: Mapping[str, Any]) -> Unit:
    return Unit(
        part=str(data["part"]),
        cells=tuple(tuple(Line(number=str(n), text=str(t)) for n, t in cell) for cell in data["cells"]),
        controls=tuple(
            Control(
                tag=str(one["tag"]),
                title=str(one["title"]),
                path=str(one["path"]),
                kind=str(one["kind"]),
                value=str(one["value"]),
                prompt=bool(one["prompt"]),
                choices=tuple(map(str, one["choices"])),
            )
            for one in data["controls"]
        ),
        calculated=tuple(map(str, data["calculated"])),
        things=tuple(map(str, data["things"])),
    )


class _Page:
    """Takes a custom XML part: whether its root says that it is the text of pages, and that text."""

    def __init__(self) -> None:
        self.is_page = False
        self.texts: list[str] = []
        self._depth = 0

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        if not self._depth:
            self.is_page = name == ROOT
        self._depth += 1

    def end(self, name: str, place: int) -> None:
        self._depth -= 1

    def text(self, data: str, place: int) -> None:
        if self.is_page:
            self.texts.append(data)


def _lost(name: str) -> Finding:
    """LP967: what a contract said when it was written is not in it any more."""
    return Finding(
        where=name,
        code="LP967",
        message=say(
            "this contract was printed from a house's contract.docx, and what it said then was taken out of it"
        ),
        hint=say("verify it against the order that was kept: lotproof verify {name} order.json", name=name),
    )
