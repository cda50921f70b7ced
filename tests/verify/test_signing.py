"""Between the signatures stand names, positions, places and days; a sentence there is one of the contract."""

from __future__ import annotations

import pytest

from filling import edited
from judged import order_of
from lotproof import api
from lotproof.verify.model import Report
from lotproof.verify.signing import is_signing


@pytest.mark.parametrize(
    "text",
    [
        "Jonas Petersen",
        "J. Petersen, Managing Director",
        "Zhang San, manager",
        "Lin Xiaoyan (Head of Sales)",
        "2027-02-10",
        "10 February 2027",
        "Hamburg, 10.02.2027",
        "林晓燕 总经理",
        "2027年2月10日 潮州",
        "",
    ],
)
def test_what_a_signer_writes(text: str) -> None:
    assert is_signing(text)


@pytest.mark.parametrize(
    "text",
    [
        "Clause 6 does not apply.",
        "Clause 6 void",
        "The seller may deviate.",
        "except as agreed by mail",
        "AQL 4.0",
        "USD 12,000",
        "质保条款不适用",
        "买方同意卖方可以在发货之前不经检验直接出货",
        "Signed By The Parties Subject To Several Other Things That Stand Elsewhere",
    ],
)
def test_what_is_a_sentence_of_the_contract(text: str) -> None:
    assert not is_signing(text)


def _signed(said: str) -> Report:
    """Verify the contract of the machines with a paragraph put in under the seller's name, between the signatures."""
    content = dict(api.render(order_of("vffs-packing-machine"), kinds=("contract",), formats=("docx",)))[
        "contract.docx"
    ]

    def put_in(xml: str) -> str:
        end = xml.rindex("Northwind Rice Mills Ltd")
        at = xml.index("</w:p>", end) + len("</w:p>")
        return f'{xml[:at]}<w:p><w:r><w:t xml:space="preserve">{said}</w:t></w:r></w:p>{xml[at:]}'

    return api.verify(edited(content, "word/document.xml", put_in), "contract.docx")


def test_a_name_between_the_signatures_is_filled_in_and_a_sentence_is_put_in() -> None:
    name = _signed("Chen Guodong, General Manager")
    assert not name.changes
    assert [one.value for one in name.filled] == ["Chen Guodong, General Manager"]
    sentence = _signed("Clause 6 does not apply.")
    assert [(c.kind, c.clause, c.now) for c in sentence.changes] == [
        ("added", "signatures", "Clause 6 does not apply.")
    ]
