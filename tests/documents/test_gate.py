"""The gate report and the inspection order: one page, nothing that is confidential or vague, no claim that nobody can keep."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO

import pytest

from gate_orders import EXAMPLES, MUGS, answers, built, changed, gate, line_of, order
from lotproof import api
from lotproof.documents.booking import booking, man_days
from lotproof.documents.gate import MOST, gate_report
from lotproof.gate.rules import shipped_rules
from lotproof.orders.digests import proves
from lotproof.orders.model import Order
from lotproof.shipped import shipped
from lotproof.wording.lexicon import vague
from lotproof.writers import WRITERS

NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/answers.toml"))
FORBIDDEN = re.compile(r"enforceable|guarantee|court-proof|可强制执行|保证胜诉|担保胜诉|法律保障", re.IGNORECASE)
ATTACHED = {"checklist.docx": "ab" * 32, "contract.docx": "cd" * 32}


def text(name: str, language: str) -> str:
    """The gate report of an example as plain text."""
    report = gate_report(order(name), gate(answers(name)), (language,))
    return WRITERS["txt"](report).decode()


def lines(page: str) -> Iterator[str]:
    """The cells of a page, one by one."""
    for line in page.splitlines():
        for cell in line.split(" ; "):
            yield from cell.split(" / ")


def firm(words: str, language: str) -> list[str]:
    """Vague expressions that stop, the names of arbitration institutions aside."""
    return [
        v.quote
        for v in vague(words, language)
        if v.expression.severity in ("error", "warning") and v.quote != "Economic and"
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", NAMES)
def test_the_report_of_an_example_is_neither_vague_nor_promises_too_much(name: str, language: str) -> None:
    page = text(name, language)
    assert [found for line in lines(page) for found in firm(line, language)] == []
    assert FORBIDDEN.search(page) is None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_word_of_the_gate_is_vague_or_promises_too_much(language: str) -> None:
    data = tomllib.loads((shipped("templates") / "standard" / "gate.toml").read_text(encoding="utf-8"))
    for section in ("label", "choice", "sentence"):
        for key, texts in data[section].items():
            assert firm(texts[language], language) == [], key
            assert FORBIDDEN.search(texts[language]) is None, key
    for rule in shipped_rules().silence:
        assert FORBIDDEN.search(rule.text[language]) is None


def test_each_sentence_stands_in_every_language_and_names_the_same_values() -> None:
    data = tomllib.loads((shipped("templates") / "standard" / "gate.toml").read_text(encoding="utf-8"))
    for section in ("label", "sentence"):
        for key, texts in data[section].items():
            named = [sorted(set(re.findall(r"\{(\w+)\}", texts[language]))) for language in ("en", "zh")]
            assert named[0] == named[1], key


def test_each_gap_has_its_mend() -> None:
    data = tomllib.loads((shipped("templates") / "standard" / "gate.toml").read_text(encoding="utf-8"))["sentence"]
    mended = {key.removesuffix("_mend") for key in data if key.endswith("_mend")}
    assert mended <= set(data)
    assert len(mended) > 30


def test_many_gaps_are_counted_on_the_page_and_listed_by_the_command() -> None:
    blank = re.sub(r"^(limit|nominal|load|cycles|height|delta) = .*\n", "", answers(), flags=re.MULTILINE)
    found = gate(blank)
    page = WRITERS["txt"](gate_report(built(blank).order, found, ("en",))).decode()
    gaps = next(c for c in found.patterns if c.id == "specification").gaps
    assert len(gaps) > MOST
    assert f"and {len(gaps) - MOST} more" in page


def test_the_report_says_ready_or_how_many_gaps_are_known() -> None:
    assert "READY TO PAY: no known gap is left" in text(MUGS, "en")
    draft = changed((line_of("notice", "visible_days"), ""))
    page = WRITERS["txt"](gate_report(built(draft).order, gate(draft), ("en",))).decode()
    assert "NOT READY TO PAY: 1 known gap\n" in page


def everything(document: bytes) -> str:
    """Every part of a Word file as one text."""
    package = zipfile.ZipFile(BytesIO(document))
    return "\n".join(package.read(name).decode(errors="replace") for name in package.namelist())


def secrets_of(made: Order) -> list[str]:
    """What no inspector may read: prices, amounts, bank, client, window."""
    money = made.commercial
    found = [
        f"{a:f}"
        for a in (*money.prices.values(), *money.amounts.values(), money.total, money.deposit, money.balance)
        if a
    ]
    found += [str(money.payment.get(key)) for key in ("beneficiary", "bank_account") if money.payment.get(key)]
    found += [made.private.end_client] if made.private.end_client else []
    found += [str(made.evidence.window["source"])] if made.evidence.window.get("source") else []
    return found


@pytest.mark.parametrize("languages", [("en",), ("zh",), ("en", "zh")])
@pytest.mark.parametrize("name", NAMES)
def test_the_inspection_order_holds_nothing_confidential(name: str, languages: tuple[str, ...]) -> None:
    made = order(name)
    document = booking(made, {"checklist.docx": "ab" * 32}, languages)
    shown = everything(WRITERS["docx"](document)) + WRITERS["txt"](document).decode()
    seller_in_parties = str(made.parties.seller.get("name_zh"))
    for secret in secrets_of(made):
        if secret == seller_in_parties:
            continue  # a beneficiary that is the seller himself stands among the parties
        pattern = rf"(?<![0-9.,]){re.escape(secret)}(?![0-9])"
        assert re.search(pattern, shown) is None, secret
    data = json.loads("".join(document.data))
    assert proves(data)
    assert {key for key, section in data["sections"].items() if "data" not in section} == {
        "commercial",
        "evidence",
        "private",
    }


def test_the_inspection_order_names_the_checklists_with_their_digests_and_no_contract() -> None:
    files = api.booking_files(order(), ATTACHED, ("en",), ("txt",))
    page = files["booking.txt"].decode()
    assert f"checklist.docx, SHA-256 {'ab' * 32}" in page
    assert "contract.docx" not in page
    assert api.digest(order()) in page


def test_the_price_of_an_inspection_is_what_the_buyer_wrote() -> None:
    page = WRITERS["txt"](booking(order(), {}, ("en",), price="320 USD", date=datetime.date(2027, 5, 2))).decode()
    assert "Price agreed ; 320 USD" in page
    assert "Day wanted ; 2027-05-02" in page
    assert "USD" not in WRITERS["txt"](booking(order(), {}, ("en",))).decode()


def test_the_plan_and_the_place_are_those_of_the_order() -> None:
    page = WRITERS["txt"](booking(order(), {}, ("en",))).decode().replace("\u00a0", " ")
    assert "all items ; 9,600 pieces ; Major ; 2.5 ; L ; 200 ; 10 ; 11" in page
    assert "21 Fengchun Road" in page
    each = WRITERS["txt"](booking(order("cnc-lathe"), {}, ("en",))).decode()
    machines = sum(line.quantity or 0 for line in order("cnc-lathe").goods.lines)
    assert f"Each machine is inspected by itself: {machines} in all." in each


@pytest.mark.parametrize(
    ("minutes", "days"), [(0, "0.5"), (1, "0.5"), (210, "0.5"), (211, "1"), (420, "1"), (421, "1.5"), (797, "2")]
)
def test_man_days_are_rounded_up_to_half_a_day(minutes: int, days: str) -> None:
    assert man_days(minutes, 420) == Decimal(days)
