"""Where answers came from is read, kept with the order, and printed nowhere."""

from __future__ import annotations

import datetime
import json

import pytest

from lotproof import api
from lotproof.catalog.loading import load_category
from lotproof.findings import Refused
from lotproof.orders.digests import order_json, seal
from lotproof.orders.stored import read_order
from lotproof.questions.origins import FILE, HOWS, Origin, origin_table, read_origins, said
from lotproof.questions.paths import parsed, written
from lotproof.questions.problems import Problem

DAY = datetime.date(2027, 1, 15)
TABLE = b"""
[origin]
"payment.deposit_percent" = { how = "suggestion", on = 2027-01-15, by = "Jonas Secretperson" }
'terms."ceramic_tableware.capacity".nominal' = { how = "supplier", on = 2027-01-16, by = "Jonas Secretperson" }
"goods[1].quantity" = { how = "typed" }
"""


def test_origins_are_kept_with_the_order_and_read_back(mugs: bytes) -> None:
    order = api.build(mugs + TABLE).order
    kept = (
        ("payment.deposit_percent", "suggestion", "2027-01-15", "Jonas Secretperson"),
        ('terms."ceramic_tableware.capacity".nominal', "supplier", "2027-01-16", "Jonas Secretperson"),
        ("goods[1].quantity", "typed", "", ""),
    )
    assert order.provenance.origins == kept
    assert read_order(order_json(order)).provenance.origins == kept


def test_an_order_stored_before_there_were_origins_is_read(mugs: bytes) -> None:
    data = json.loads(order_json(api.build(mugs).order))
    del data["provenance"]["origins"]
    assert read_order(json.dumps(data).encode()).provenance.origins == ()


def test_origins_change_no_digest_and_stand_in_no_document(mugs: bytes) -> None:
    plain, told = api.build(mugs).order, api.build(mugs + TABLE).order
    assert seal(plain).digest == seal(told).digest
    kinds = tuple(api.FORMATS)
    files = dict(api.render(told, formats=("txt", "json", "xlsx", "docx"), kinds=kinds))
    same = dict(api.render(plain, formats=("txt", "json", "xlsx", "docx"), kinds=kinds))
    assert {n: c for n, c in files.items() if n != "order.json"} == {n: c for n, c in same.items() if n != "order.json"}
    assert "Secretperson" in files["order.json"].decode()


def test_an_answer_without_a_line_came_from_the_file() -> None:
    category = load_category("ceramic_tableware")
    found = read_origins({"payment.route": {"how": "typed"}}, category, lambda _: None)
    assert found == {("payment", "route"): Origin("typed")}
    assert origin_table({("payment", "route"): FILE}) == {}


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ('"payment.deposit_procent" = { how = "typed" }', "origin.payment.deposit_procent"),
        ('"payment..x" = { how = "typed" }', "origin.payment..x"),
        ('"payment.route" = { how = "guessed" }', "origin.payment.route.how"),
        ('"payment.route" = { how = ["typed"] }', "origin.payment.route.how"),
        ('"payment.route" = { how = "typed", on = 5 }', "origin.payment.route.on"),
        ('"payment.route" = { how = "typed", by = 5 }', "origin.payment.route.by"),
        ('"payment.route" = { how = "typed", why = "x" }', "origin.payment.route"),
        ('"payment.route" = "typed"', "origin.payment.route"),
    ],
)
def test_what_is_no_origin_is_refused_at_its_line(mugs: bytes, line: str, where: str) -> None:
    with pytest.raises(Refused) as refused:
        api.build(mugs + f"\n[origin]\n{line}\n".encode())
    (finding,) = refused.value.findings
    number = (mugs.decode() + f"\n[origin]\n{line}\n").splitlines().index(line) + 1
    assert (finding.code, finding.where) == ("LP180", f"answers.toml:{number}: {where}")


def test_an_unknown_answer_is_told_what_was_meant() -> None:
    problems: list[Problem] = []
    read_origins({"payment.deposit_procent": {"how": "typed"}}, load_category("ceramic_tableware"), problems.append)
    assert "payment.deposit_percent" in problems[0].hint


def test_each_origin_has_words() -> None:
    assert said(Origin("supplier", DAY, "Li")) == "supplier, confirmed by buyer on 2027-01-15 (Li)"
    assert all(said(Origin(how)) == words for how, words in HOWS.items())


@pytest.mark.parametrize("text", ["a.b", "goods[1].quantity", 'goods[3].terms."machinery.noise".limit'])
def test_a_path_is_written_as_it_is_read(text: str) -> None:
    assert written(parsed(text)) == text


@pytest.mark.parametrize("text", ["", ".", "a.", "a..b", "a[0]", "a[x]", "a b", '"a', "a[1]b", "x" * 300])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parsed(text)
