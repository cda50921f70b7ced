"""Two documents belong together, or it is said why not; the buyer's own record is the stronger witness."""

from __future__ import annotations

import json

import pytest

import edits
from lotproof import api
from lotproof.orders.digests import order_json, seal
from lotproof.orders.model import Order
from lotproof.orders.stored import read_order
from lotproof.verify.pairing import Pair, known, paired, recorded
from lotproof.verify.verifying import verify
from mutated.data import rewritten
from mutated.targets import NOISE


def files(answers: bytes) -> dict[str, bytes]:
    """Return the files of an order."""
    return dict(api.render(api.build(answers).order))


def pair(one: bytes, other: bytes) -> Pair:
    """Return what is said of two files."""
    return paired(*(known(verify(content, "x")[1]) for content in (one, other)))


@pytest.mark.parametrize("other", ["checklist.docx", "checklist.xlsx", "contract.docx"])
def test_files_of_one_build_belong_together(mugs: bytes, other: str) -> None:
    made = files(mugs)
    assert pair(made["contract.docx"], made[other]).together
    assert pair(made[other], made["contract.docx"]).together


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'number = "HB-2027-118"', b'number = "HB-2027-119"', "two orders: HB-2027-118 and HB-2027-119"),
        (b'revision = "B"', b'revision = "C"', "two revisions of order HB-2027-118: B and C"),
        (b'limit = "16 kg"', b'limit = "17 kg"', "the same number HB-2027-118, revision B"),
        (b"c2d94b7f0a6e48d3915f7b3c8e1d2a60", b"00000000000000000000000000000001", "every section differs"),
    ],
)
def test_files_of_two_orders_do_not_belong_together(mugs: bytes, old: bytes, new: bytes, words: str) -> None:
    assert old in mugs
    said = pair(files(mugs)["contract.docx"], files(mugs.replace(old, new))["checklist.docx"])
    assert (said.together, said.code) == (False, "LP709")
    assert words in said.message


def test_only_the_sections_that_differ_are_named(mugs: bytes) -> None:
    said = pair(
        files(mugs)["contract.docx"], files(mugs.replace(b'limit = "16 kg"', b'limit = "17 kg"'))["checklist.docx"]
    )
    assert said.message.endswith("what differs: spec")


def test_a_revision_that_replaces_the_other_is_said_to(mugs: bytes) -> None:
    order = api.build(mugs).order
    later = mugs.replace(b'revision = "B"', f'revision = "C"\nsupersedes = "{seal(order).digest}"'.encode())
    said = pair(dict(api.render(order))["contract.docx"], files(later)["contract.docx"])
    assert "revision C replaces revision B" in said.message


def test_data_that_does_not_prove_its_digest_belongs_to_nothing() -> None:
    source = edits.source("machine/en/contract.docx")
    forged = edits.in_data(lambda d: d["sections"]["header"]["data"].update(number="X"), "")(source)
    said = pair(edits.packed(source.parts), edits.packed(forged.parts))
    assert not said.together
    assert "nothing can be said" in said.message


@pytest.fixture(scope="module")
def record() -> Order:
    """The machines' order as the buyer keeps it."""
    order = edits.source("machine/en/contract.docx").order
    return read_order(order_json(order))


def test_the_buyers_record_and_an_untouched_file_belong_together(record: Order) -> None:
    report, inside = verify(edits.packed(edits.source("machine/en/contract.docx").parts), "x.docx", record)
    assert report.verdict == "intact"
    assert paired(recorded(record, seal(record)), known(inside)).together


def test_a_sentence_rewritten_on_the_page_and_inside_is_found_by_the_record(record: Order) -> None:
    source = edits.source("machine/en/contract.docx")
    old, new = "valid only when it is signed and chopped by the seller", "valid when the seller has sent a message"
    forged = edits.packed(rewritten(old, new)(source).parts)
    alone, _ = verify(forged, "x.docx")
    report, _ = verify(forged, "x.docx", record)
    assert {c.clause for c in alone.changes} == {"footer"}, "alone, only the code of the part gives it away"
    assert ("contract.payment.5", True, True) in [(c.clause, old in c.was, new in c.now) for c in report.changes]


def test_an_order_rewritten_as_a_whole_has_another_digest_than_the_record(record: Order) -> None:
    answers = (edits.ROOT / "examples" / "vffs-packing-machine" / "answers.toml").read_bytes()
    assert b'limit = "78 dB(A)"' in answers
    forged = files(answers.replace(b'limit = "78 dB(A)"', b'limit = "87 dB(A)"'))["contract.docx"]
    report, inside = verify(forged, "x.docx", record)
    assert report.verdict == "intact", "it is another order, and true to itself"
    assert not paired(recorded(record, seal(record)), known(inside)).together


def test_data_with_its_digests_recomputed_is_not_the_digest_on_the_page() -> None:
    source = edits.source("machine/en/contract.docx")

    def forge(data: dict[str, object]) -> None:
        from lotproof.orders.digests import order_digest, section_digests

        edits.term_in(data, NOISE)["requirement"]["limit"]["value"] = "87"
        data["digest"] = order_digest(section_digests(data))

    report, _ = verify(edits.packed(edits.in_data(forge, NOISE)(source).parts), "x.docx")
    assert report.verdict != "intact"
    assert any(c.clause == NOISE and "78" in c.was and "87" in c.now for c in report.changes)
    digest = json.loads(order_json(source.order))["digest"]
    assert any(digest in c.now for c in report.changes), "the page still prints the digest of what was agreed"
