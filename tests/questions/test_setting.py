"""Answers given on the command line: typed by their question, at their own place in findings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from lotproof import api
from lotproof.catalog.loading import load_category
from lotproof.findings import Finding, Refused
from lotproof.questions.answers import Answers
from lotproof.questions.reading import read_source
from lotproof.questions.source import toml_source
from lotproof.templates import shipped_houses


def read(content: bytes, *settings: str) -> Answers:
    return read_source(toml_source(content, "answers.toml"), load_category, shipped_houses, settings)[0]


def refused(content: bytes, *settings: str) -> tuple[Finding, ...]:
    with pytest.raises(Refused) as error:
        read(content, *settings)
    return error.value.findings


@pytest.mark.parametrize(
    ("setting", "path", "value"),
    [
        ("payment.deposit_percent=25", "payment.deposit_percent", Decimal(25)),
        ("payment.deposit_percent = 25.50", "payment.deposit_percent", Decimal("25.50")),
        ('payment.deposit_percent="25.5"', "payment.deposit_percent", Decimal("25.5")),
        ("payment.balance_days=9", "payment.balance_days", 9),
        ("payment.end_client=A = B", "payment.end_client", "A = B"),
        ("payment.end_client='it is \"quoted\"'", "payment.end_client", 'it is "quoted"'),
        ("inspection.aql_major=zero", "inspection.aql_major", "zero"),
        ("inspection.lot=each item by itself", "inspection.lot", "per_item"),
        ("delivery.place=深圳", "delivery.place", {"zh": "深圳"}),
        ('delivery.place={ en = "Yantian", zh = "盐田" }', "delivery.place", {"en": "Yantian", "zh": "盐田"}),
    ],
)
def test_a_setting_is_typed_by_its_question(mugs: bytes, setting: str, path: str, value: Any) -> None:
    answers = read(mugs, setting)
    assert answers.get(path) == value
    assert answers.origin(tuple(path.split("."))).how == "flag"


def test_rows_clauses_and_single_languages_are_set(mugs: bytes, machine: bytes) -> None:
    before = read(mugs)
    answers = read(mugs, "goods[2].quantity=5000", "goods[1].description.zh=白色釉杯 350 mL")
    assert answers.goods[1]["quantity"] == 5000
    assert answers.goods[0]["description"] == {**before.goods[0]["description"], "zh": "白色釉杯 350 mL"}
    for name in ('terms."machinery.noise".limit', "terms.machinery.noise.limit"):
        assert str(read(machine, f"{name}=71 dB(A)").terms["machinery.noise"]["limit"].value) == "71"


def test_a_clause_without_quotes_in_the_file_is_set_where_it_stands(machine: bytes) -> None:
    source = machine.replace(b'[terms."machinery.noise"]', b"[terms.machinery.noise]")
    assert source != machine
    assert str(read(source, "terms.machinery.noise.limit=71 dB(A)").terms["machinery.noise"]["limit"].value) == "71"


def test_nothing_given_is_changed(mugs: bytes) -> None:
    source = toml_source(mugs, "answers.toml")
    before = repr(source.data)
    read_source(source, load_category, shipped_houses, ("goods[1].quantity=5000",))
    assert repr(source.data) == before


def test_what_is_wrong_with_a_setting_is_found_at_the_setting(mugs: bytes) -> None:
    (finding,) = refused(mugs, "payment.deposit_percent=300")
    assert (finding.code, finding.where) == ("LP105", "--set: payment.deposit_percent")


def test_a_setting_mends_what_the_file_has_wrong(mugs: bytes) -> None:
    source = mugs.replace(b"deposit_percent = 30", b"deposit_percent = 3e1")
    assert source != mugs
    assert refused(source)[0].code == "LP112"
    assert read(source, "payment.deposit_percent=30").get("payment.deposit_percent") == 30


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("payment.deposit_procent=30", "payment.deposit_percent"),
        ("goods[1].quantitty=30", "goods[1].quantity"),
        ("goods[9].quantity=30", "no row 9"),
        ("goods.quantity=30", "no answer"),
        ("payment.deposit_percent", "PATH=VALUE"),
        ("=30", "PATH=VALUE"),
        ("order.salt=00000000000000000000000000000000", "salt"),
        ("category=toys", "no answer"),
        ('payment.route="x', "no value"),
        ('payment.route="x"\nhouse="y"', "more than one"),
    ],
)
def test_what_cannot_be_set_is_refused_with_what_was_meant(mugs: bytes, setting: str, words: str) -> None:
    (finding,) = refused(mugs, setting)
    assert finding.code == "LP181"
    assert words in finding.message + finding.hint


def test_all_settings_are_judged_at_once_and_none_twice(mugs: bytes) -> None:
    found = refused(mugs, "a=1", "b=2", "payment.deposit_percent=1", "payment.deposit_percent=2")
    assert [f.code for f in found] == ["LP181"] * 3


def test_the_order_keeps_what_came_from_a_flag(mugs: bytes) -> None:
    built = api.build(mugs, settings=("payment.deposit_percent=25",))
    assert built.order.commercial.payment["deposit_percent"] == 25
    assert built.order.provenance.origins == (("payment.deposit_percent", "flag", "", ""),)
