"""The amendment: every printed difference and nothing else, old beside new; the checklist's own changes without a price."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from drawn import orders
from gate_orders import answers
from lotproof import api
from lotproof.documents.amendment import amendment, changed_units, checklist_changes
from lotproof.documents.nodes import Document, Line, Table
from lotproof.documents.printed import Unit, pairs, same, units
from lotproof.findings import Refused
from lotproof.orders.model import Order
from lotproof.wording.inlines import plain
from lotproof.writers import WRITERS
from revised import EXAMPLES, REVISIONS, WARRANTY, order, superseding
from strategies import CATEGORIES

SEALED = (
    '\n[sealed_sample]\ncopies = 3\nholders = { en = "buyer, seller, inspector", zh = "买方、卖方、检验员" }\n'
    "sealed_by = 2027-03-01\n"
)


def amended(text: str, new: str) -> tuple[Order, Order]:
    """An order and the one that supersedes it."""
    return order(text), order(superseding(text, new))


def contracts(old: Order, new: Order, languages: tuple[str, ...] = ("en", "zh")) -> tuple[Document, Document]:
    """The contracts of both."""
    return api.contract(old, languages), api.contract(new, languages)


def rows(document: Document, name: str = "changes") -> list[list[str]]:
    """The cells of a table as text in the first language."""
    table = next((b for b in document.blocks if isinstance(b, Table) and b.id == name), None)
    if table is None:
        return []
    return [
        ["\n".join(plain(p.words[0]) for p in cell if isinstance(p, Line)) for cell in row.cells] for row in table.rows
    ]


def said(unit: Unit) -> tuple[str, ...]:
    """What a unit says in every language, references by their targets."""
    return tuple(plain(inlines) for words in unit.lines for inlines in words)


@pytest.mark.parametrize("new", [*REVISIONS.values(), answers() + SEALED], ids=[*REVISIONS, "sealed samples"])
def test_the_old_contract_with_the_listed_changes_is_the_new_one(new: str) -> None:
    old_one, new_one = contracts(*amended(answers(), new))
    before, after = (units(c, ("checklist",)) for c in (old_one, new_one))
    found = pairs(before, after)
    assert [a for a, _ in found if a] == list(before) or sorted(map(repr, before)) == sorted(
        repr(a) for a, _ in found if a
    )
    assert sorted(map(repr, after)) == sorted(repr(b) for _, b in found if b)
    listed = changed_units(old_one, new_one)
    kept = [b for a, b in found if a and b and same(a, b)]
    assert sorted(map(said, [*kept, *(b for _, b in listed if b)])) == sorted(map(said, after))


@pytest.mark.parametrize("new", [*REVISIONS.values(), answers() + SEALED], ids=[*REVISIONS, "sealed samples"])
def test_every_new_sentence_stands_in_the_amendment(new: str) -> None:
    old, made = amended(answers(), new)
    text = WRITERS["txt"](amendment(old, made, ("en",))).decode()
    before, after = (WRITERS["txt"](c).decode() for c in contracts(old, made, ("en",)))
    known = set(sentences(before))
    come = [sentence for sentence in sentences(after) if sentence not in known]
    assert come
    for sentence in come:
        head = "HB-2027-118" in sentence or sentence.startswith("Order contract")
        if not head and "[____]" not in sentence and "clause" not in sentence and "Exhibit" not in sentence:
            assert sentence in text, (
                sentence
            )  # numbers and digests are stated by themselves, references by their numbers


def sentences(text: str) -> list[str]:
    """The lines and cells of a printed text, without the numbers that they have."""
    parts = [part.strip() for line in text.split("\n") for cell in line.split(" ; ") for part in cell.split(" / ")]
    return [sentence for part in parts if len(sentence := re.sub(r"^[A-Z]?[0-9.]+  ", "", part)) > 12]


def test_only_what_changed_is_listed() -> None:
    old, new = amended(answers(), REVISIONS["limit and money"])
    found = rows(amendment(old, new))
    places = [row[0].split("\n")[0] for row in found]
    assert places == ["clause 7.1", "clause 7.3", "clause 7.4", "clause 7", "clause 7", "row F1"]
    assert found[-1][1:] == [
        "Characteristic and duty\nThe gross weight of each master carton is at most 16\u00a0kg.",
        "Characteristic and duty\nThe gross weight of each master carton is at most 15\u00a0kg.",
    ]
    assert "USD\u00a01.42" in found[3][1] and "USD\u00a01.50" in found[3][2]


def test_a_new_provision_is_new_and_the_others_keep_their_words_under_other_numbers() -> None:
    old, new = amended(answers(), answers() + WARRANTY)
    document = amendment(old, new)
    found = rows(document)
    assert all(row[1] == "(new)" for row in found)
    assert found[0][0].startswith("clause 15\n")
    numbers = rows(document, "numbers")
    assert numbers[0] == ["15 \u2013 15.2", "16 \u2013 16.2"]
    assert numbers[-1] == ["21 \u2013 21.2", "22 \u2013 22.2"]


def test_a_reference_has_the_number_of_its_own_contract() -> None:
    early = REVISIONS["limit and money"] + SEALED
    old, new = amended(answers(), early)
    row = next(r for r in rows(amendment(old, new)) if "The release follows the inspection report" in r[2])
    assert "inspection report of clause 9:" in row[1]
    assert "inspection report of clause 10:" in row[2]


def test_both_contracts_are_named_by_their_digests() -> None:
    old, new = amended(answers(), REVISIONS["words"])
    facts = {row[0]: row[1:] for row in rows(amendment(old, new), "amended")}
    assert facts["Digest"] == [api.digest(old), api.digest(new)]
    assert facts["Revision"] == ["B", "Z"]
    assert amendment(old, new).digest == api.digest(new)


def test_an_amendment_of_a_draft_is_a_draft() -> None:
    old, new = amended(answers(), REVISIONS["a draft"])
    assert new.draft
    assert amendment(old, new).draft
    assert not amendment(*amended(answers(), REVISIONS["words"])).draft


def test_the_inspector_reads_no_price() -> None:
    old, new = amended(answers(), REVISIONS["limit and money"])
    document = checklist_changes(old, new)
    text = WRITERS["txt"](document).decode()
    assert "USD" not in text
    assert [(r[0].split("\n")[0], r[1]) for r in rows(document)] == [("row F1", "Changed")]
    shown = {name for name, one in json.loads("".join(document.data))["sections"].items() if "data" in one}
    assert shown == {"header", "parties", "goods", "spec", "inspection"}


def test_rows_that_come_and_go_are_named_so() -> None:
    start = answers().index('[terms."packaging.carton_gross_weight"]')
    end = answers().index("\n[", start + 1)
    without = answers()[:start] + answers()[end + 1 :]
    kinds = {row[1] for row in rows(checklist_changes(*amended(answers(), without)))}
    assert "Removed" in kinds
    assert "Added" in {row[1] for row in rows(checklist_changes(*amended(without, answers())))}


def test_a_checklist_of_which_no_row_changes_says_so() -> None:
    old, new = amended(answers(), answers() + WARRANTY)
    document = checklist_changes(old, new)
    assert rows(document) == []
    assert "No row of the checklist changes" in WRITERS["txt"](document).decode()


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (lambda _: REVISIONS["limit and money"], ["LP710"]),
        (lambda text: superseding(text, REVISIONS["words"]).replace(api.digest(order(text)), "0" * 64), ["LP710"]),
        (lambda text: superseding(text, text), ["LP714"]),
        (lambda text: superseding(text, REVISIONS["words"]).replace('revision = "Z"', 'revision = "B"'), ["LP716"]),
        (lambda text: superseding(text, REVISIONS["words"]).replace('"HB-2027-118"', '"HB-2027-119"'), ["LP716"]),
        (lambda text: text, ["LP710", "LP716", "LP714"]),
    ],
)
def test_what_is_no_amendment_is_refused_with_how_to_mend_it(change: Callable[[str], str], codes: list[str]) -> None:
    new = order(change(answers()))
    with pytest.raises(Refused) as refused:
        api.amendment_files(order(answers()), new)
    assert [f.code for f in refused.value.findings] == codes
    if codes[0] == "LP710":
        assert api.digest(order(answers())) in refused.value.findings[0].hint


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_amended_in_each_language(name: str) -> None:
    old, new = amended(answers(name), answers(name) + (WARRANTY if "[warranty]" not in answers(name) else SEALED))
    for languages in (("en",), ("zh",), ("en", "zh")):
        files = api.amendment_files(old, new, languages=languages)
        assert sorted(files) == [
            "amendment.docx",
            "amendment.txt",
            "checklist-changes.docx",
            "checklist-changes.txt",
        ]
        assert files == api.amendment_files(old, new, languages=languages)


@pytest.mark.parametrize("category", CATEGORIES)
def test_units_of_any_two_orders_are_paired_once_and_in_order(category: str) -> None:
    old, new = (drawn.order for drawn in orders(category)[:2])
    before, after = (units(c, ("checklist",)) for c in contracts(old, new, ("en",)))
    found = pairs(before, after)
    assert sorted(map(repr, before)) == sorted(repr(a) for a, _ in found if a)
    assert sorted(map(repr, after)) == sorted(repr(b) for _, b in found if b)
