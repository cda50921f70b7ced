"""An order is a frozen value: it can be read back, proved, and printed again without catalogue or house."""

from __future__ import annotations

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from drawn import NAMES, ORDERS, Drawn
from lotproof import api
from lotproof.findings import Refused
from lotproof.orders.digests import canonical, encode, order_json, proves, seal
from lotproof.orders.model import SECTIONS
from lotproof.orders.stored import read_order


@pytest.mark.parametrize("drawn", ORDERS, indirect=True, ids=NAMES)
def test_an_order_read_back_is_the_same_order(drawn: Drawn) -> None:
    order = drawn.order
    stored = order_json(order)
    again = read_order(stored)
    for section in SECTIONS:
        assert getattr(again, section) == getattr(order, section), section
    assert order_json(again) == stored
    assert api.documents(again, ("en", "zh")) == drawn.documents


def test_an_order_read_back_writes_the_same_files(mugs: bytes, machine: bytes) -> None:
    for answers in (mugs, machine):
        order = api.build(answers).order
        files = dict(api.render(order))
        assert dict(api.render(read_order(files["order.json"]))) == files


@pytest.mark.parametrize("drawn", ORDERS, indirect=True, ids=NAMES)
def test_our_canonical_json_is_that_of_rfc_8785(drawn: Drawn) -> None:
    order = drawn.order
    for section in SECTIONS:
        value = encode(getattr(order, section))
        assert canonical(value) == rfc8785.dumps(value)
    texts = encode(order.texts)
    assert canonical(texts) == rfc8785.dumps(texts)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**53) + 1, 2**53 - 1)
        | st.text(st.characters(exclude_categories=["Cs"])),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(max_codepoint=127)), inner),
    )
)
def test_canonical_json_agrees_with_the_reference_on_any_text(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


def test_a_document_proves_its_order_without_the_hidden_sections(mugs: bytes) -> None:
    order = api.build(mugs).order
    sealed = seal(order)
    carried = "".join(sealed.disclosed(("header", "spec")))
    shown = json.loads(carried)
    assert canonical(shown).decode() == carried
    assert shown["digest"] == api.digest(order)
    assert proves(shown)
    assert set(shown["sections"]["commercial"]) == {"digest"}
    shown["sections"]["spec"]["data"]["terms"][0]["defect_class"] = "minor-ish"
    assert not proves(shown)


def test_equal_commercial_terms_under_two_salts_have_two_digests(mugs: bytes) -> None:
    other = mugs.replace(b"c2d94b7f0a6e48d3915f7b3c8e1d2a60", b"00000000000000000000000000000001")
    one, two = (seal(api.build(source).order) for source in (mugs, other))
    assert one.data == two.data
    assert one.sections["commercial"] != two.sections["commercial"]
    assert one.digest != two.digest


def test_no_language_and_no_format_changes_the_digest(mugs: bytes) -> None:
    order = api.build(mugs).order
    wanted = api.digest(order)
    for languages in (("en",), ("zh",), ("en", "zh"), ("zh", "en")):
        for document in api.documents(order, languages).values():
            assert document.digest == wanted
    contract = api.build(
        mugs.replace(b'languages = "en-zh"', b'languages = "en"').replace(b'controlling = "zh"', b"")
    ).order
    assert api.digest(contract) != wanted, "the languages of the contract are agreed"


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["agreed"]["spec"]["terms"][0].update(defect_class="minor"),
        lambda d: d["agreed"]["commercial"].update(total="1.00"),
        lambda d: d["texts"]["en"].update(title="Other"),
        lambda d: d.update(salt="0" * 32),
    ],
)
def test_an_order_file_that_was_changed_is_refused(mugs: bytes, change: object) -> None:
    data = json.loads(order_json(api.build(mugs).order))
    change(data)  # type: ignore[operator]
    with pytest.raises(Refused) as refused:
        read_order(json.dumps(data).encode())
    assert [f.code for f in refused.value.findings] == ["LP142"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"nonsense", b'{"format": "lotproof-order/9"}', b"[" * 100_000])
def test_what_is_no_order_file_is_refused_with_its_reason(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read_order(content)
    assert [f.code for f in refused.value.findings] == ["LP141"]


def test_nothing_that_leaves_the_house_holds_origins(mugs: bytes) -> None:
    order = api.build(mugs, "my-private-file-name.toml").order
    for name, content in api.render(order, None, ("txt", "json")):
        if name != "order.json":
            assert b"my-private-file-name" not in content
            assert order.provenance.answers_sha256.encode() not in content
            assert order.salt.encode() not in content
