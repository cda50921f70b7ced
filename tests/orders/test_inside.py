"""What a document carries: its own sentences and sections and no others, enough to print it again."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from drawn import NAMES, ORDERS, Drawn
from lotproof import api
from lotproof.documents.checklist import SHARE as CHECKLIST
from lotproof.documents.contract import SHARE as CONTRACT
from lotproof.documents.printing import KINDS, print_again
from lotproof.findings import Refused
from lotproof.orders.digests import canonical, seal
from lotproof.orders.inside import MAX_DATA, order_inside
from lotproof.orders.model import SECTIONS, Hidden
from lotproof.templates import PROFILES

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/answers.toml"))


def carried(document: Any) -> str:
    """Return the JSON that a document carries."""
    return "".join(document.data)


@pytest.mark.parametrize("drawn", ORDERS, indirect=True, ids=NAMES)
def test_a_document_printed_again_from_what_it_carries_is_the_same_document(drawn: Drawn) -> None:
    documents = api.documents(drawn.order, None, None, PROFILES, tuple(KINDS))
    for name, document in (*documents.items(), *drawn.documents.items()):
        inside = order_inside(carried(document), name)
        assert inside.proven
        assert inside.texts_proven
        assert print_again(inside, name) == document


@pytest.mark.parametrize("drawn", ORDERS, indirect=True, ids=NAMES)
def test_what_a_document_carries_is_canonical_and_holds_its_sections_alone(drawn: Drawn) -> None:
    for name, document in drawn.documents.items():
        data = json.loads(carried(document))
        assert canonical(data).decode() == carried(document)
        share = CONTRACT if name == "contract" else CHECKLIST
        assert {section for section, one in data["sections"].items() if "data" in one} == set(share.sections)
        assert set(data["texts"]) == {"en", "zh"}


def test_a_language_that_is_not_printed_is_not_carried(mugs: bytes) -> None:
    order = api.build(mugs).order
    for language, other in (("en", "zh"), ("zh", "en")):
        for name, document in api.documents(order, (language,)).items():
            texts = json.loads(carried(document))["texts"]
            named = {other: {"name": order.texts[other].name}} if (name, other) == ("contract", "zh") else {}
            assert {code: said for code, said in texts.items() if code != language} == named


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
def test_a_checklist_carries_no_sentence_with_price_bank_or_end_client(example: Path) -> None:
    order = api.build(example.read_bytes()).order
    documents = api.documents(order, None, None, PROFILES, tuple(KINDS))
    commercial, client = order.commercial, order.private.end_client
    money = {f"{m:,}" for m in (commercial.total, commercial.deposit, commercial.balance) if m}
    sellers = {str(name) for name in order.parties.seller.values()}
    secrets = {str(commercial.payment.get(key)) for key in ("beneficiary", "bank_account")} - sellers - {"None"}
    secrets |= money | {f"{price:f}" for price in commercial.prices.values() if price}
    assert len(secrets) > 2
    for kind in ("checklist", "arrival"):
        data = carried(documents[kind])
        assert not [secret for secret in secrets if secret in data], kind
        assert not re.search(r"bank transfer|银行转账|单价|总价|[Uu]nit price|deposit|balance of|定金|预付", data), kind
        assert client is None or client not in data
    assert all(secret in carried(documents["contract"]) for secret in money)
    assert client is None or client not in carried(documents["contract"])


@pytest.mark.parametrize("drawn", ORDERS, indirect=True, ids=NAMES)
def test_no_sentence_of_a_provision_is_in_a_checklist(drawn: Drawn) -> None:
    data = carried(drawn.documents["checklist"])
    for texts in drawn.order.texts.values():
        for provision in texts.provisions:
            for paragraph in provision.paragraphs:
                said = max((i for i in paragraph.words if isinstance(i, str)), key=len, default="")
                assert len(said) < 25 or canonical(said).decode()[1:-1] not in data


def test_a_short_contract_carries_no_sentence_of_the_full_one(mugs: bytes) -> None:
    order = api.build(mugs).order
    short = carried(api.contract(order, ("en",), profile="short"))
    only = [
        p.words[0]
        for provision in order.texts["en"].provisions
        for p in provision.paragraphs
        if "short" not in p.profiles and isinstance(p.words[0], str) and len(p.words[0]) > 30
    ]
    assert only
    assert not [said for said in only if canonical(said).decode()[1:-1] in short]


def test_a_hidden_section_is_known_by_its_digest_and_tells_nothing(mugs: bytes) -> None:
    order = api.build(mugs).order
    inside = order_inside(carried(api.checklist(order)), "x")
    assert inside.hidden == ("commercial", "evidence", "private")
    commercial = inside.order.commercial
    assert isinstance(commercial, Hidden)
    assert commercial.digest == seal(order).sections["commercial"]
    with pytest.raises(AttributeError, match="commercial"):
        _ = commercial.total
    with pytest.raises(ValueError, match="hidden"):
        seal(inside.order)
    assert all(getattr(inside.order, name) == getattr(order, name) for name in SECTIONS if name not in inside.hidden)


def changed(text: str, edit: Any) -> str:
    """Return the JSON after an edit."""
    data = json.loads(text)
    edit(data)
    return json.dumps(data, ensure_ascii=False)


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: d.pop("texts"),
        lambda d: d.pop("shown"),
        lambda d: d["sections"].pop("spec"),
        lambda d: d["sections"].update(other={"digest": ""}),
        lambda d: d["shown"].update(languages=[]),
        lambda d: d.update(format="lotproof-order/9"),
        lambda d: d["sections"]["spec"]["data"]["terms"][0].update(requirement={"kind": "nonsense"}),
        lambda d: d["sections"]["spec"]["data"].update(terms="x"),
        lambda d: d["sections"]["spec"]["data"]["terms"][0].update(minutes="1e999999999"),
        lambda d: (
            d["sections"]["inspection"]["data"].update(basis="each"),
            d["sections"]["goods"]["data"]["lines"][0].update(quantity=10**9),
        ),
    ],
)
def test_data_of_another_shape_is_refused(mugs: bytes, edit: Any) -> None:
    text = carried(api.checklist(api.build(mugs).order))
    with pytest.raises(Refused) as refused:
        order_inside(changed(text, edit), "x.docx")
    assert [(f.code, f.where) for f in refused.value.findings] == [("LP702", "x.docx")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        "nonsense",
        "[" * 100_000,
        '{"a":1,"a":2}',
        '{"format":NaN}',
        '{"format":1e5}',
        " " * (MAX_DATA + 1),
    ],
)
def test_what_is_no_data_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        order_inside(text, "x.docx")
    assert [f.code for f in refused.value.findings] == ["LP702"]


def test_a_document_whose_sentences_were_taken_out_cannot_be_printed_again(mugs: bytes) -> None:
    text = carried(api.contract(api.build(mugs).order))
    inside = order_inside(changed(text, lambda d: d["texts"]["en"].update(terms=[])), "x.docx")
    assert not inside.texts_proven
    with pytest.raises(Refused) as refused:
        print_again(inside, "x.docx")
    assert [f.code for f in refused.value.findings] == ["LP703"]
