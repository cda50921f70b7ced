"""A buyer's own requirements stand in contract and checklist like clauses of the catalogue."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from lotproof import api
from lotproof.catalog.loading import load_category
from lotproof.findings import Refused, Severity
from lotproof.orders.digests import order_json
from lotproof.orders.stored import read_order
from lotproof.quantity import Quantity
from lotproof.questions.schema import answers_schema
from lotproof.records.rows import checks
from lotproof.requirements import AtLeast, Count, Within
from lotproof.writers.txt import write as text
from strategies import to_toml

MUGS = Path(__file__).parents[2] / "examples" / "stoneware-mugs" / "answers.toml"

LOAD = {
    "id": "handle_load",
    "title": {"en": "Static load of the handle", "zh": "把手静载"},
    "kind": "at_least",
    "limit": "15 lbf",
    "method": {"en": "hung by the handle for 60 s", "zh": "以把手悬挂60 s"},
    "instrument": {"en": "weights", "zh": "砝码"},
    "brought_by": "inspector",
    "action": {"en": "Hang the mug. Write the load.", "zh": "悬挂杯子。记录载荷。"},
    "stage": "function",
    "sample": "fixed",
    "n": 5,
    "ac": 0,
    "class": "major",
    "evidence": "photo",
    "minutes": 3,
}


def order(*rows: dict[str, Any]) -> bytes:
    """Return the mugs with own requirements."""
    data = tomllib.loads(MUGS.read_text(encoding="utf-8"), parse_float=Decimal)
    return to_toml({**data, "own_terms": list(rows)}).encode()


def findings(*rows: dict[str, Any]) -> set[tuple[str, str]]:
    """Return code and last key of everything that stops a final."""
    try:
        found = api.build(order(*rows)).findings
    except Refused as refused:
        found = refused.findings
    return {(f.code, f.where.rpartition(".")[2]) for f in found if f.severity is not Severity.NOTE}


def without(*keys: str) -> dict[str, Any]:
    """Return the requirement without some of its answers."""
    return {key: value for key, value in LOAD.items() if key not in keys}


def test_it_is_a_term_like_any_other() -> None:
    built = api.build(order(LOAD), final=True)
    (term,) = (t for t in built.order.spec.terms if t.clause == "own.handle_load")
    assert term.requirement == AtLeast(limit=Quantity(Decimal(15), "lbf"))
    assert [(s.n, s.ac, s.re) for s in term.samples] == [(5, 0, 1)]
    assert (term.stage, term.defect_class, term.minutes) == ("function", "major", Decimal(3))
    both = api.documents(built.order)
    for document in both.values():
        printed = text(document).decode()
        assert "at least 15\u00a0lbf" in printed
        assert "不小于15\u00a0lbf" in printed
        assert "Hang the mug. Write the load." in printed or document.kind == "contract"
    assert read_order(order_json(built.order)) == built.order


def test_every_answer_of_it_is_in_the_digest() -> None:
    before = api.digest(api.build(order(LOAD)).order)
    others = {
        "title": {"en": "Load", "zh": "静载"},
        "limit": "16 lbf",
        "method": {"en": "hung", "zh": "悬挂"},
        "instrument": {"en": "scale", "zh": "秤"},
        "brought_by": "factory",
        "action": {"en": "Hang it.", "zh": "悬挂。"},
        "stage": "destructive",
        "n": 6,
        "ac": 1,
        "class": "minor",
        "minutes": 4,
    }
    digests = [api.digest(api.build(order(LOAD | {key: value})).order) for key, value in others.items()]
    assert len({before, *digests}) == len(others) + 1


@pytest.mark.parametrize("key", sorted(set(LOAD) - {"id", "kind", "sample"}))
def test_a_blank_keeps_the_order_a_draft(key: str) -> None:
    assert ("LP120", key) in findings(without(key))
    built = api.build(order(without(key)))
    assert built.order.draft
    assert all(content for _, content in api.render(built.order, None, ("docx", "txt", "xlsx")))


@pytest.mark.parametrize("key", ["id", "kind", "sample"])
def test_without_name_kind_or_sample_it_is_refused(key: str) -> None:
    assert ("LP171", key) in findings(without(key))


def test_a_row_may_be_for_some_items_alone() -> None:
    built = api.build(order(LOAD | {"items": ["MUG-350-WHT", "MUG-250-WHT"]}), final=True)
    found = {t.items for t in built.order.spec.terms if t.clause == "own.handle_load"}
    assert found == {("MUG-350-WHT",), ("MUG-250-WHT",)}
    assert ("LP102", "items") in findings(LOAD | {"items": ["MUG-350-RED"]})


def test_other_kinds_and_units() -> None:
    within = without("limit") | {"id": "gap", "kind": "within", "nominal": "26 mm", "plus": "0.5 mm", "minus": "2 %"}
    count = without("limit") | {"id": "cards", "kind": "count", "most": 0, "sample": "aql"}
    built = api.build(order(within, {k: v for k, v in count.items() if k not in ("n", "ac")}), final=True)
    made = {t.clause: t.requirement for t in built.order.spec.terms if t.clause.startswith("own.")}
    mm = [Quantity(Decimal(v), "mm") for v in ("26", "0.5", "0.52")]
    assert made["own.gap"] == Within(nominal=mm[0], plus=mm[1], minus=mm[2])
    assert made["own.cards"] == Count(most=0, unit="pc")
    assert ("LP104", "limit") in findings(LOAD | {"limit": "15 foo"})
    assert ("LP112", "limit") in findings(LOAD | {"limit": "1,250 N"})
    assert ("LP171", "most") in findings({k: v for k, v in count.items() if k != "most"})


def test_the_rows_stand_on_the_walk_where_their_stage_is() -> None:
    rows = [LOAD | {"id": f"x_{stage}", "stage": stage} for stage in ("destructive", "documents", "cartons")]
    built = api.build(order(*rows))
    stages = list(dict.fromkeys(check.term.stage for check in checks(built.order)))
    assert stages == sorted(
        stages,
        key=[
            "documents",
            "quantity",
            "cartons",
            "packing",
            "unit",
            "measurement",
            "function",
            "laboratory",
            "destructive",
        ].index,
    )


def test_two_of_one_name_and_a_text_instead_of_a_table() -> None:
    assert ("LP114", "id") in findings(LOAD, LOAD)
    with pytest.raises(Refused) as refused:
        api.build(MUGS.read_bytes().replace(b"[order]", b'own_terms = "none"\n[order]', 1))
    assert [f.code for f in refused.value.findings if f.severity is Severity.REFUSE] == ["LP103"]


def test_a_text_of_it_is_never_parsed() -> None:
    tricky = LOAD | {"action": {"en": "Write {{ payment.bank_account }} {% if 1 %}", "zh": "写 {{ x }}"}}
    printed = text(api.documents(api.build(order(tricky)).order)["checklist"]).decode()
    assert "{{ payment.bank_account }} {% if 1 %}" in printed


def test_the_schema_takes_what_reading_takes() -> None:
    from jsonschema import Draft202012Validator

    schema = answers_schema(load_category("ceramic_tableware"))["properties"]["own_terms"]
    assert not list(Draft202012Validator(schema).iter_errors([LOAD]))
    assert list(Draft202012Validator(schema).iter_errors([without("kind")]))
