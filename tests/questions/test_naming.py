"""Answers that name a table instead of a number."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal

import pytest

from lotproof import api
from lotproof.catalog.loading import load_category
from lotproof.catalog.tables import Table
from lotproof.findings import Refused, Severity
from lotproof.quantity import Quantity
from lotproof.requirements import PerKey, Within
from lotproof.wording.inlines import plain

TABLES = load_category("all").tables


@pytest.mark.parametrize(
    ("name", "size", "gives"),
    [
        ("ISO 2768-1 m", "0.5", "0.1 mm"),
        ("ISO 2768-1 m", "0.49", None),
        ("ISO 2768-1 m", "3", "0.1 mm"),
        ("ISO 2768-1 c", "3", "0.2 mm"),
        ("ISO 2768-1 c", "3.001", "0.3 mm"),
        ("ISO 2768-1 m", "125", "0.5 mm"),
        ("ISO 2768-1 f", "2000", "0.5 mm"),
        ("ISO 2768-1 f", "2001", None),
        ("ISO 2768-1 v", "4000", "8 mm"),
        ("ISO 2768-1 v", "4000.1", None),
        ("ISO 2768-1 v", "2", None),
        ("ISO 2768-1 edges c", "5", "1 mm"),
        ("ISO 2768-1 angles m", "40", "30 ′"),
        ("ISTA 1A", "9.99", "760 mm"),
        ("ISTA 1A", "10", "610 mm"),
        ("ISTA 1A", "68", "200 mm"),
        ("ISTA 1A", "68.1", None),
        ("ISTA 2A", "18.99", "810 mm"),
        ("TNE", "50", "9 %"),
        ("TNE", "50.1", "4.5 g"),
        ("TNE", "500", "3 %"),
        ("TNE", "10000", "1.5 %"),
    ],
)
def test_a_table_gives_what_its_row_says(name: str, size: str, gives: str | None) -> None:
    table = max((t for t in TABLES.values() if name.startswith(t.id)), key=lambda t: len(t.id))
    found = table.find(name, Decimal(size))
    assert (f"{found.value:f} {found.unit}" if found else None) == gives
    assert found is None or found.given == name


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.id)
def test_the_rows_of_a_table_join_without_gap_or_overlap(table: Table) -> None:
    for before, after in itertools.pairwise(table.rows):
        assert before.high == after.low
        assert before.to_high != after.from_low


def edited(mugs: bytes, *changes: tuple[str, str]) -> bytes:
    """Return answers with some lines changed; each must be there."""
    text = mugs.decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


FOOT = 'nominal = "62 mm", plus = "1.0 mm", minus = "1.0 mm"'


def test_a_dimension_takes_its_general_tolerance_and_the_contract_prints_both(mugs: bytes) -> None:
    named = edited(mugs, (FOOT, 'nominal = "125 mm", plus = "ISO 2768-1 m", minus = " ISO  2768-1 m"'))
    order = api.build(named).order
    term = next(t for t in order.spec.terms if t.id == "all.critical_dimensions")
    assert isinstance(term.requirement, PerKey)
    first = term.requirement.entries[0].requirement
    assert isinstance(first, Within)
    assert first.plus == Quantity(Decimal("0.5"), "mm", "ISO 2768-1 m")
    said = order.texts["en"].terms[term.id].entries[0][0]
    assert "125 ± 0.5\u00a0mm (ISO 2768-1 m) (124.5 to 125.5\u00a0mm)" in getattr(said, "text", "")


def test_a_drop_height_follows_from_the_weight_in_any_unit(mugs: bytes) -> None:
    order = api.build(edited(mugs, ('height = "610 mm"', 'weight = "35 lb"\nheight = "ISTA 1A"'))).order
    term = next(t for t in order.spec.terms if t.id == "packaging.carton_drop")
    assert term.conditions["height"] == "610 mm (ISTA 1A)"
    assert "35\u00a0lb" in plain(order.texts["en"].terms[term.id].method)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ('nominal = "0.4 mm", plus = "ISO 2768-1 m", minus = "0.1 mm"', "gives nothing for 0.4 mm"),
        ('nominal = "4 mm", plus = "ISO 2768-1 k", minus = "0.1 mm"', "no table"),
        ('nominal = "", plus = "ISO 2768-1 m", minus = "0.1 mm"', "without nominal"),
    ],
)
def test_a_table_that_gives_nothing_is_refused_in_its_place(mugs: bytes, changed: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        api.build(edited(mugs, (FOOT, changed)))
    (finding,) = [f for f in refused.value.findings if f.severity is Severity.REFUSE]
    assert finding.code == "LP128"
    assert words in finding.message
    assert re.search(r"entries\[1\]\.plus", finding.where)


def test_a_converted_quantity_survives_the_order_file(mugs: bytes) -> None:
    from lotproof.orders.digests import order_json
    from lotproof.orders.stored import read_order

    order = api.build(edited(mugs, (FOOT, 'nominal = "2.5 in", plus = "ISO 2768-1 m", minus = "0.1 mm"'))).order
    assert read_order(order_json(order)) == order
