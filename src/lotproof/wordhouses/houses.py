"""The ``contract.docx`` of a house: found, checked, and frozen into an order that is built with it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lotproof.findings import Finding, Refused, Severity
from lotproof.frozen import replace
from lotproof.messages import say
from lotproof.orders.model import Order, WordTemplate
from lotproof.templates.folders import PARTS as FOLDERS
from lotproof.templates.folders import HouseFolder, files, stack
from lotproof.wordhouses.filling import check_names, lacking, walk
from lotproof.wordhouses.found import NAME, template_of
from lotproof.wordhouses.rendering import Template, not_installed, read_template
from lotproof.wordhouses.tags import PARTS

if TYPE_CHECKING:
    from lotproof.houses import House


def with_template(
    order: Order, findings: tuple[Finding, ...], folder: Path, house: House
) -> tuple[Order, tuple[Finding, ...]]:
    """
    Return an order that prints its contract from the ``contract.docx`` of its house, and what was found; unchanged where there is none.

    Raises:
        Refused: the template is wrong, or lacks a part of the contract (LP950 to LP959); docxtpl is not installed (LP960).
    """
    from lotproof.orders.building import kept
    from lotproof.orders.digests import seal
    from lotproof.wordhouses.blocks import own_parts
    from lotproof.wordhouses.values import context, frozen_values

    houses = stack(folder)
    found = template_of(houses)
    if found is None:
        return order, findings
    top, content = found
    name = f"{top.path.name}/{NAME}"
    template = read_template(content, name)
    if find_spec("docxtpl") is None:
        raise Refused([not_installed(name)])
    values = frozen_values(order, house)
    walked = walk(template.nodes, context(values))
    missing = list(lacking(walked.parts, name))
    if missing:
        raise Refused(missing)
    own = own_parts(order, seal(order), walked.parts)
    more = (*walked.findings, *_uncited(own.cited, template, name), *_unprinted(houses, name))
    draft = order.draft or any(finding.severity is Severity.OPEN for finding in more)
    word = WordTemplate(template=base64.b64encode(content).decode(), values=values)
    provenance = replace(order.provenance, findings=(*order.provenance.findings, *map(kept, more)))
    return replace(order, draft=draft, word=word, provenance=provenance), (*findings, *more)


def look_at(houses: tuple[HouseFolder, ...]) -> tuple[Finding, ...]:
    """Return everything that is wrong with the ``contract.docx`` of a house, as far as no order is needed to see it."""
    try:
        found = template_of(houses)
        if found is None:
            return ()
        name = f"{found[0].path.name}/{NAME}"
        template = read_template(found[1], name)
    except Refused as refused:
        return refused.findings
    named = [tag.name for tags in template.tagged.tags.values() for tag in tags if tag.kind == "part"]
    missing = [
        finding
        for part in PARTS
        if part not in named
        for finding in lacking([one for one in PARTS if one != part], name)
    ]
    return (*check_names(template.nodes, _any_order()), *missing, *_unprinted(houses, name))


def _any_order() -> Any:
    """Return the names that every order has, each without an answer; the list of goods has one entry."""
    from lotproof.catalog.loading import index, load_category
    from lotproof.wordhouses.values import skeleton

    return skeleton(load_category(index()[0]["id"]))


def _uncited(cited: tuple[str, ...], template: Template, name: str) -> Iterator[Finding]:
    """LP962: an exhibit refers to a clause that the contract does not have."""
    said = "".join(template.tagged.words.split()).casefold()
    for heading in cited:
        if "".join(heading.split()).casefold() not in said:
            yield Finding(
                where=name,
                code="LP962",
                severity=Severity.OPEN,
                message=say(
                    "the exhibits refer to the clause {heading}, and no text of the contract says that",
                    heading=f"\u201c{heading}\u201d",
                ),
                hint=say("give a clause this heading, or replace the exhibit in the words of this house: exhibits/"),
            )


def _unprinted(houses: tuple[HouseFolder, ...], name: str) -> Iterator[Finding]:
    """LP966: provisions of the house that its contract does not print."""
    own = [path.name for house in houses if house.base for path in files(house, FOLDERS[0])]
    if own:
        yield Finding(
            where=name,
            code="LP966",
            severity=Severity.NOTE,
            message=say(
                "the words of the contract are those of this file: {count} provisions in contract/ are not printed",
                count=len(own),
            ),
            hint=say(
                "keep the words in one place; the gate reads neither, but what was agreed: lotproof audit reads the contract"
            ),
        )
