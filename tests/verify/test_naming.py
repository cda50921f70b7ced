"""Every clause of a document has its name: what is changed in it is said under its id and its printed number."""

from __future__ import annotations

import pytest

from filled import filled
from lotproof import api
from lotproof.catalog.loading import index
from lotproof.documents.nodes import Clause, Exhibit, Heading
from lotproof.documents.numbering import term_numbers
from lotproof.readers.package import open_package
from lotproof.verify.naming import Name, names
from lotproof.verify.verifying import read_seen
from lotproof.writers import WRITERS


@pytest.mark.parametrize("category", [row["id"] for row in index()])
def test_every_term_and_every_clause_has_a_row_or_a_paragraph_of_its_name(category: str) -> None:
    order = api.build(filled(category)).order
    numbers = term_numbers(order)
    wanted = {Name(term.id, numbers[term.id]) for term in order.spec.terms}
    for kind, document in api.documents(order).items():
        for form in ("docx", "xlsx") if document.protected else ("docx",):
            seen = read_seen(open_package(WRITERS[form](document), "x"))
            found = names(seen.units, document, order)
            assert len(found) == len(seen.units)
            assert wanted <= set(found), (kind, form)
            anchors = {block.anchor for block in document.blocks if isinstance(block, Heading | Clause | Exhibit)}
            assert anchors - {""} <= {name.clause for name in found} | {""} or form == "xlsx", (kind, form)


def test_a_row_that_states_a_term_is_called_by_it(mugs: bytes) -> None:
    order = api.build(mugs).order
    for document in api.documents(order).values():
        seen = read_seen(open_package(WRITERS["docx"](document), "x"))
        found = dict.fromkeys(names(seen.units, document, order))
        for unit, name in zip(seen.units, names(seen.units, document, order), strict=True):
            for term in order.spec.terms:
                if name.number and unit.words and unit.words[0] == (name.number,):
                    assert name.clause in {t.id for t in order.spec.terms}
                if unit.words and term.id in (text for cell in unit.words for text in cell):
                    assert name.clause == term.id
        assert found
