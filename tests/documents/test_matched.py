"""Contract and checklist are two printings of the same terms."""

from __future__ import annotations

import re
import tomllib
from collections import Counter

import pytest

from drawn import NAMES, ORDERS, Drawn
from filled import filled
from lotproof import api
from lotproof.catalog.loading import load_category
from lotproof.documents.nodes import Document, Field, Line, Readings, Row, Table
from lotproof.findings import Severity
from lotproof.orders.model import Order
from lotproof.questions.printing import blank_answers
from lotproof.records.rows import checks
from lotproof.requirements import PerKey
from lotproof.wording.inlines import Inline, Value
from strategies import CATEGORIES, SALT


def term_rows(document: Document, order: Order) -> dict[str, list[Row]]:
    """Return the rows of a document that state a term, by term id."""
    ids = {term.id for term in order.spec.terms}
    found: dict[str, list[Row]] = {}
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                if row.key in ids:
                    found.setdefault(row.key, []).append(row)
    return found


def lines(rows: list[Row]) -> set[tuple[tuple[Inline, ...], ...]]:
    """Return every line of text of some rows, in all its languages."""
    return {part.words for row in rows for cell in row.cells for part in cell if isinstance(part, Line)}


def agreed(document: Document, order: Order) -> dict[str, set[tuple[tuple[Inline, ...], ...]]]:
    """Return what a document states of each term: limits, entries, method, samples, rules, in every language."""
    found = {}
    for term_id, rows in term_rows(document, order).items():
        texts = [order.texts[language].terms[term_id] for language in document.languages]
        wanted = set()
        for row in zip(*(t.entries for t in texts), strict=True):
            wanted.add(tuple(row))
        for row in zip(*(t.rules for t in texts), strict=True):
            wanted.add(tuple((w,) for w in row))
        if len(texts[0].samples) == 1:
            wanted.add(tuple((t.samples[0],) for t in texts))
        wanted.add(tuple(t.method for t in texts))
        wanted.add(tuple((t.title,) for t in texts))
        if not texts[0].entries and document.kind == "checklist":
            wanted.add(tuple(t.required for t in texts))
        shown = lines(rows)
        found[term_id] = {w for w in wanted if w in shown or w[:1] in shown}
        assert found[term_id] == wanted, (document.kind, term_id, wanted - found[term_id])
    return found


@pytest.mark.parametrize("drawn", ORDERS, indirect=True, ids=NAMES)
def test_contract_and_checklist_agree_both_ways(drawn: Drawn) -> None:
    order, both = drawn.order, drawn.documents
    assert {f.code for f in drawn.built.open} <= {"LP132"}, "only a lot that its own tests use up is open"
    contract, checklist = (agreed(both[name], order) for name in ("contract", "checklist"))
    ids = {term.id for term in order.spec.terms}
    assert set(contract) == set(checklist) == ids
    assert {check.term.id for check in checks(order)} == ids
    assert both["contract"].digest == both["checklist"].digest
    for term_id in ids:
        common = contract[term_id] & checklist[term_id]
        assert common >= {line for line in contract[term_id] if line in checklist[term_id]}
        assert len(contract[term_id] - checklist[term_id]) == 0, term_id


@pytest.mark.parametrize("drawn", ORDERS, indirect=True, ids=NAMES)
def test_the_checklist_holds_no_price_and_no_client(drawn: Drawn) -> None:
    source = drawn.answers.decode()
    source = re.sub(r"unit_price = .*", "unit_price = 8713.37", source)
    source = re.sub(r"currency = .*", 'currency = "USD"', source)
    source = (
        source.replace("[payment]", '[payment]\nend_client = "Secret Client Ltd"')
        if "end_client" not in source
        else re.sub(r"end_client = .*", 'end_client = "Secret Client Ltd"', source)
    )
    order = api.build(source.encode()).order
    files = dict(api.render(order, None, ("txt", "json")))
    total = order.commercial.total
    assert total is not None
    secrets = {"8713.37", "8,713.37", "Secret Client", f"{total}", f"{total:,}", order.provenance.answers_sha256}
    for name in ("checklist.txt", "checklist.json"):
        shown = files[name].decode()
        for secret in secrets:
            assert secret not in shown, (name, secret)
    assert "8,713.37" in files["contract.txt"].decode()
    assert "Secret Client" not in files["contract.json"].decode()
    assert order.salt not in files["checklist.json"].decode()


@pytest.mark.parametrize("drawn", ORDERS, indirect=True, ids=NAMES)
def test_every_row_has_a_place_for_what_was_found_and_for_the_result(drawn: Drawn) -> None:
    order, document = drawn.order, drawn.documents["checklist"]
    tags: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                fields = [
                    f
                    for cell in row.cells
                    for part in cell
                    for f in (part.fields if isinstance(part, Readings) else (part,))
                    if isinstance(f, Field)
                ]
                tags += [f.tag for f in fields]
                if row.key in {t.id for t in order.spec.terms}:
                    kinds = [f.kind for f in fields]
                    assert "choice" in kinds
                    assert len(kinds) >= 3
    assert len(tags) == len(set(tags))
    assert max(map(len, tags)) <= 64


@pytest.mark.parametrize("drawn", ORDERS, indirect=True, ids=NAMES)
def test_both_languages_print_the_same_numbers(drawn: Drawn) -> None:
    order = drawn.order

    def digits(inlines: tuple[Inline, ...]) -> list[str]:
        return sorted(re.findall(r"\d+(?:[.,]\d+)*", "".join(i.text for i in inlines if isinstance(i, Value))))

    for term in order.spec.terms:
        en, zh = (order.texts[language].terms[term.id] for language in ("en", "zh"))
        assert digits(en.required) == digits(zh.required)
        assert re.findall(r"\d+", " ".join(en.samples + en.rules)) == re.findall(
            r"\d+", " ".join(zh.samples + zh.rules)
        )
        if isinstance(term.requirement, PerKey):
            assert [digits(e) for e in en.entries] == [digits(e) for e in zh.entries]


@pytest.mark.parametrize("drawn", ORDERS, indirect=True, ids=NAMES)
def test_a_sample_of_the_product_never_exceeds_the_lot(drawn: Drawn) -> None:
    order = drawn.order
    quantities = {line.item: line.quantity or 0 for line in order.goods.lines}
    members = {lot.id: lot.items for lot in order.inspection.lots}
    for lot in order.inspection.lots:
        assert all(0 < stage.n <= lot.size for plan in lot.plans for stage in plan.stages)
        assert all((stage.ac or 0) < stage.re for plan in lot.plans for stage in plan.stages)
    for term in order.spec.terms:
        for sample in term.samples:
            size = sum(quantities[item] for item in members[sample.lot] if item in term.items)
            if sample.plan == "level":
                assert 0 < sample.n <= size
                assert sample.full == (sample.n >= size)


@pytest.mark.parametrize("drawn", ORDERS, indirect=True, ids=NAMES)
def test_a_term_has_one_number_in_both_documents(drawn: Drawn) -> None:
    order = drawn.order
    both = api.documents(order, ("en",))

    def first(row: Row) -> str:
        line = row.cells[0][0]
        assert isinstance(line, Line)
        return str(line.words[0][0])

    contract = {term: [first(row) for row in rows] for term, rows in term_rows(both["contract"], order).items()}
    checklist = {term: [first(row) for row in rows] for term, rows in term_rows(both["checklist"], order).items()}
    letters = dict(zip((e.id for e in order.texts["en"].exhibits), "ABCDEFGHIJKL", strict=False))
    counted: Counter[str] = Counter()
    for term_ in order.spec.terms:
        exhibit = {"cartons": "packaging", "packing": "packaging", "documents": "documents"}.get(
            term_.stage, "specification"
        )
        counted[exhibit] += 1
        assert contract[term_.id] == [f"{letters[f'exhibit.{exhibit}']}{counted[exhibit]}"]
    for term, (number,) in contract.items():
        rows = checklist[term]
        assert rows == ([number] if len(rows) == 1 else [f"{number}.{i}" for i in range(1, len(rows) + 1)])


# --- every clause at once, by the examples of the catalogue ------------------------------------------------------------


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_filled_with_its_examples_gives_both_documents_in_every_language(category: str) -> None:
    built = api.build(filled(category))
    order = built.order
    ids = {term.id for term in order.spec.terms}
    assert ids == set(load_category(category).clauses)
    assert {f.code for f in built.findings if f.severity is Severity.OPEN} <= {"LP122", "LP125", "LP132"}
    for languages in (("en",), ("zh",), ("en", "zh")):
        both = api.documents(order, languages)
        contract, checklist = (agreed(both[name], order) for name in ("contract", "checklist"))
        assert set(contract) == set(checklist) == ids
        assert all(not contract[term] - checklist[term] for term in ids)
    assert all(content for _, content in api.render(order, None, ("docx",)))


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_blank_answers_of_a_category_name_every_clause(category: str) -> None:
    blank = blank_answers(load_category(category), SALT)
    assert tomllib.loads(blank)["category"] == category
    assert all(f'[terms."{clause}"]' in blank for clause in load_category(category).clauses)
