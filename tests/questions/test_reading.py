"""A whole answers file: every finding at once, each at its place; what is not asked is not used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lotproof.catalog.loading import load_category
from lotproof.catalog.model import Category
from lotproof.findings import Finding, Refused, Severity
from lotproof.messages import as_it_stands
from lotproof.questions.answers import Answers
from lotproof.questions.reading import MAX_ITEMS, read_answers
from lotproof.questions.reports import MAX_FINDINGS, Reports
from lotproof.templates import shipped_houses

EXAMPLES = Path(__file__).parents[2] / "examples"
MUGS = (EXAMPLES / "stoneware-mugs" / "answers.toml").read_text(encoding="utf-8")
MACHINE = (EXAMPLES / "vffs-packing-machine" / "answers.toml").read_text(encoding="utf-8")


def read(text: str, name: str = "answers.toml") -> tuple[Answers, Category, tuple[Finding, ...]]:
    return read_answers(text.encode(), name, load_category, shipped_houses)


def edited(old: str, new: str, text: str = MUGS) -> str:
    """Replace what stands in the file once at least."""
    assert old in text
    return text.replace(old, new, 1)


def found(text: str) -> list[tuple[str, str, str]]:
    """Severity, code and key of every finding."""
    try:
        findings = read(text)[2]
    except Refused as refused:
        findings = refused.findings
    return [(f.severity.value, f.code, re.sub(r"^answers\.toml:\d+: ", "", f.where)) for f in findings]


@pytest.mark.parametrize("text", [MUGS, MACHINE], ids=["mugs", "machine"])
def test_the_examples_have_nothing_to_find(text: str) -> None:
    assert not found(text)


def test_answers_know_their_place() -> None:
    answers, category, _ = read(MUGS)
    assert category.id == answers.category == "ceramic_tableware"
    assert answers.get("payment.currency") == "USD"
    assert answers.get("payment.no_such_key") is None
    line = next(n for n, row in enumerate(MUGS.split("\n"), 1) if row.startswith("currency"))
    assert answers.where(("payment", "currency")) == f"answers.toml:{line}: payment.currency"


def test_a_house_that_is_left_blank_is_the_standard_one() -> None:
    for new in ('house = ""', ""):
        assert read(edited('house = "standard"', new))[0].house == "standard"


def test_a_clause_may_be_written_without_quotes() -> None:
    plain = re.sub(r'terms\."([a-z_]+)\.([a-z_]+)"', r"terms.\1.\2", MUGS)
    assert plain != MUGS
    assert read(plain)[0].terms == read(MUGS)[0].terms
    assert read(plain)[0].goods == read(MUGS)[0].goods
    assert found(edited('height = "610 mm"', "height = 1", plain)) == [
        ("refuse", "LP104", "terms.packaging.carton_drop.height")
    ]


def test_an_unknown_clause_in_a_folder_is_named() -> None:
    assert found(MUGS + "\n[terms.packaging]\ncarton_drip = {}\n") == [
        ("refuse", "LP102", "terms.packaging.carton_drip")
    ]


def test_a_table_that_is_not_asked_is_noted_and_not_used() -> None:
    text = edited('route = "trade_assurance"', 'route = "bank_transfer"')
    assert found(text) == [("note", "LP121", "window"), ("open", "LP168", "payment.beneficiary")]
    assert read(text)[0].groups["window"] == {}


def test_a_fault_in_what_is_not_asked_is_found_all_the_same() -> None:
    text = edited('route = "trade_assurance"', 'route = "bank_transfer"')
    wrong = edited(
        'day_type = "calendar"',
        'day_typ = "calendar"',
        edited("days = 30", 'days = "soon"', text[text.index("[window]") :]),
    )
    codes = found(text[: text.index("[window]")] + wrong)
    assert ("refuse", "LP103", "window.days") in codes
    assert ("refuse", "LP102", "window.day_typ") in codes
    assert not [code for code in codes if code[0] == "open" and code[2].startswith("window")]


def test_an_answer_that_is_not_asked_is_noted_and_not_used() -> None:
    text = edited("notice_days = 10", 'notice_days = 10\nlevel = "II"', MACHINE)
    assert found(text) == [("note", "LP121", "inspection.level")]
    assert "level" not in read(text)[0].groups["inspection"]
    assert ("refuse", "LP113", "inspection.level") in found(edited('level = "II"', 'level = "IV"', text))


def test_many_machines_are_a_lot_and_few_are_not() -> None:
    asked = {"inspection.standard", "inspection.level", "inspection.aql_major", "inspection.lot"}
    many = {key for severity, code, key in found(edited("quantity = 2", "quantity = 500", MACHINE)) if code == "LP120"}
    assert asked <= many


def test_a_salt_may_be_written_in_capitals_and_longer() -> None:
    for salt in ("C2D94B7F0A6E48D3915F7B3C8E1D2A60", "0123456789abcdef" * 4):
        assert not found(edited("c2d94b7f0a6e48d3915f7b3c8e1d2a60", salt))
    for salt in ("0123456789abcdef" * 5, "g" * 32, "0" * 31):
        assert ("refuse", "LP117", "order.salt") in found(edited("c2d94b7f0a6e48d3915f7b3c8e1d2a60", salt))


def test_an_unknown_category_hides_no_fault_that_can_be_seen_without_it() -> None:
    text = edited('"ceramic_tableware"', '"ceramics"', edited('house = "standard"', 'house = "x"'))
    text = edited('salt = "c2d9', 'salt = "', edited("lotproof-answers/1", "", text))
    assert [code for _, code, _ in found(text)] == ["LP103", "LP202", "LP117", "LP201"]


def test_more_items_than_an_order_has_are_refused_as_one() -> None:
    goods = "".join(f'[[goods]]\nitem = "I{n}"\n' for n in range(MAX_ITEMS + 1))
    text = MUGS[: MUGS.index("[[goods]]")] + goods + MUGS[MUGS.index("[delivery]") :]
    assert ("refuse", "LP111", "goods") in found(text)
    assert len(found(text)) < 10


def test_a_name_of_a_file_is_shown_without_what_a_terminal_would_obey() -> None:
    with pytest.raises(Refused) as caught:
        read("x = 1", "a\x1b[31m\n.toml")
    assert all(f.where.isprintable() for f in caught.value.findings)


def test_no_severity_crowds_out_another() -> None:
    reports = Reports("", "answers.toml")
    for number in range(MAX_FINDINGS + 5):
        reports.add(("x", number), "LP120", as_it_stands("open"), as_it_stands("mend"), Severity.OPEN)
    reports.add(("y",), "LP103", as_it_stands("wrong"), as_it_stands("mend"))
    findings = reports.findings()
    assert [f.code for f in findings].count("LP120") == MAX_FINDINGS
    assert [f.code for f in findings][-2:] == ["LP103", "LP100"]
    assert findings[-1].severity is Severity.OPEN
    assert findings[-1].message.startswith("5 findings more")
    with pytest.raises(Refused):
        reports.refuse_if_any()


def test_a_refusal_stands_even_where_it_is_not_listed() -> None:
    reports = Reports("", "answers.toml")
    for number in range(MAX_FINDINGS + 5):
        reports.add(("x", number), "LP103", as_it_stands("wrong"), as_it_stands("mend"))
    with pytest.raises(Refused) as caught:
        reports.refuse_if_any()
    assert {f.severity for f in caught.value.findings} == {Severity.REFUSE}
