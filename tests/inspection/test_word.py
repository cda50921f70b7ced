"""Word files as people and other programs return them: nothing lost, nothing chosen, nothing changed without a word."""

from __future__ import annotations

import re
from functools import cache
from html import escape

import pytest

from filling import SDT, TAG, complete, edited, filled_docx, part, rezipped
from judged import good, order_of
from lotproof.documents.arrival import arrival
from lotproof.documents.checklist import checklist
from lotproof.documents.nodes import Document
from lotproof.findings import Refused
from lotproof.frozen import replace
from lotproof.inspection.inspected import Inspected, inspect
from lotproof.orders.model import Order
from lotproof.records.model import Cause, Fault, Kind, Outcome, Rung
from lotproof.writers.docx import write

BODY = "word/document.xml"
LIMIT = "410 to 430\u00a0mm"
DIMENSION = "all.critical_dimensions#1"


@cache
def form() -> tuple[Order, Document, dict[str, str], bytes]:
    """Return the mugs, their checklist, what is typed into it, and the file."""
    order = order_of("stoneware-mugs")
    document = checklist(order)
    values = good(order)
    return order, document, values, filled_docx(write(document), values, document)


def read(content: bytes) -> Inspected:
    return inspect(content, "checklist.docx", form()[0])


def changed(find: str, put: str) -> bytes:
    """Return the filled file with a piece of its body changed, once."""
    content = form()[3]
    assert find in part(content, BODY)
    return edited(content, BODY, lambda xml: xml.replace(find, put, 1))


def control(tag: str) -> str:
    """Return the control of a field as it stands in the filled file."""
    return next(m[0] for m in SDT.finditer(part(form()[3], BODY)) if f'w:val="{tag}"' in m[1])


def codes(inspected: Inspected) -> set[str]:
    return {f.code for f in inspected.verdict.findings} - {"LP814"}


def outcome(inspected: Inspected, tag: str) -> tuple[Outcome, tuple[Cause, ...]]:
    result = next(row.result for row in inspected.verdict.rows if row.tag == tag)
    return result.outcome, result.causes


def test_a_file_as_word_saves_it_is_read_by_its_tags() -> None:
    inspected = read(form()[3])
    assert codes(inspected) == set()
    assert {r.rung for r in inspected.verdict.record.readings} == {Rung.TAG}
    assert {r.tag for r in inspected.verdict.record.readings} == set(form()[2])


def test_without_tags_it_is_read_by_titles_and_without_titles_by_places() -> None:
    titles = edited(form()[3], BODY, lambda xml: TAG.sub("", xml))
    places = edited(titles, BODY, lambda xml: re.sub(r'<w:alias w:val=".*?"/>', "", xml))
    for content, rung in ((titles, Rung.TITLE), (places, Rung.PLACE)):
        inspected = read(content)
        assert {r.rung for r in inspected.verdict.record.readings} == {rung}
        assert {r.tag: r.written for r in inspected.verdict.record.readings} == {
            r.tag: r.written for r in read(form()[3]).verdict.record.readings
        }
        assert codes(inspected) == set()


def test_without_any_control_values_are_found_between_their_labels() -> None:
    content_of = re.compile(r"<w:sdtContent>(.*)</w:sdtContent>")
    flat = edited(form()[3], BODY, lambda xml: SDT.sub(lambda m: content_of.findall(m[0])[0], xml))
    inspected = read(flat)
    assert {r.tag: r.value for r in inspected.verdict.record.readings} == {
        r.tag: r.value for r in read(form()[3]).verdict.record.readings
    }
    assert inspected.verdict.result.outcome is Outcome.PASS


def test_a_control_moved_into_another_row_belongs_to_neither() -> None:
    one, other = control("all.identity.d"), control("all.sealed_sample.d")
    swapped = edited(form()[3], BODY, lambda xml: xml.replace(one, "@1").replace(other, one).replace("@1", other))
    inspected = read(swapped)
    assert "LP805" in codes(inspected)
    assert outcome(inspected, "all.identity")[0] is Outcome.PENDING
    assert outcome(inspected, "all.sealed_sample")[0] is Outcome.PENDING


def test_a_limit_that_was_changed_is_named_and_its_row_is_pending() -> None:
    inspected = read(changed(LIMIT, LIMIT.replace("410", "400")))
    found = next(f for f in inspected.verdict.findings if f.code == "LP810")
    assert "packaging.carton_size#1" in found.message
    assert "410" in found.message
    assert "400" in found.message
    assert outcome(inspected, "packaging.carton_size#1") == (Outcome.PENDING, (Cause.ALTERED,))


def test_a_plan_that_was_changed_passes_no_class() -> None:
    xml = part(form()[3], BODY)
    at = xml.index("Lot size")
    place = xml.index("<w:t>10</w:t>", at)
    content = edited(form()[3], BODY, lambda x: x[:place] + "<w:t>21</w:t>" + x[place + len("<w:t>10</w:t>") :])
    inspected = read(content)
    assert "LP810" in codes(inspected)
    assert inspected.verdict.result.outcome is not Outcome.PASS


def test_a_row_that_was_taken_out_is_named_and_pending() -> None:
    rows = re.findall(r"<w:tr>.*?</w:tr>", part(form()[3], BODY), re.DOTALL)
    gone = next(r for r in rows if 'w:val="all.identity.d"' in r)
    inspected = read(changed(gone, ""))
    assert {"LP810", "LP813"} <= codes(inspected)
    assert outcome(inspected, "all.identity")[0] is Outcome.PENDING


def test_a_defect_in_a_row_that_was_added_counts() -> None:
    rows = re.findall(r"<w:tr>.*?</w:tr>", part(form()[3], BODY), re.DOTALL)
    last = next(r for r in rows if 'w:val="unlisted.6.found"' in r)
    cells = ("Critical 致命", "crack at the handle", "12 mm", "2", "IMG_9")
    row = "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>" for c in cells) + "</w:tr>"
    inspected = read(changed(last, last + row))
    added = inspected.verdict.record.defects[-1]
    assert (added.defect_class, added.found, added.words) == ("critical", 2, "crack at the handle 12 mm")
    assert codes(inspected) == {"LP809"}  # the totals do not count it
    assert inspected.verdict.result.outcome is Outcome.PENDING


def test_a_spare_row_copied_with_its_controls_is_a_row_more_and_not_the_same_again() -> None:
    document, values = form()[1], dict(form()[2])
    values |= {"unlisted.6.class": "minor", "unlisted.6.defect": "haze", "unlisted.6.found": "1"}
    content = filled_docx(write(document), values, document)
    rows = re.findall(r"<w:tr>.*?</w:tr>", part(content, BODY), re.DOTALL)
    last = next(r for r in rows if 'w:val="unlisted.6.found"' in r)
    copy = last.replace("haze", "scratch")
    record = inspect(
        edited(content, BODY, lambda xml: xml.replace(last, last + copy, 1)), "f", form()[0]
    ).verdict.record
    assert [d.words for d in record.defects if not d.defect] == ["haze", "scratch"]


@pytest.mark.parametrize(
    ("run", "fault"),
    [
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>62</w:t></w:r>", Fault.STRUCK),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>62</w:t></w:r>", Fault.HIDDEN),
        ("<w:r><w:t>1,250</w:t></w:r>", Fault.AMBIGUOUS),
    ],
)
def test_what_nobody_sees_or_somebody_struck_out_is_no_reading(run: str, fault: Fault) -> None:
    tag = f"{DIMENSION}.r1"
    old = control(tag)
    inspected = read(changed(old, re.sub(r"<w:r>.*</w:r>", lambda _: run, old)))
    reading = next(r for r in inspected.verdict.record.readings if r.tag == tag)
    assert (reading.value, reading.fault) == (None, fault)
    assert outcome(inspected, DIMENSION) == (Outcome.PENDING, (Cause.UNREADABLE,))


def test_text_that_is_marked_as_a_prompt_is_no_answer() -> None:
    tag = "consumer_goods.labels.d"
    prompt = control(tag).replace("</w:sdtPr>", "<w:showingPlcHdr/></w:sdtPr>")
    assert outcome(read(changed(control(tag), prompt)), "consumer_goods.labels")[0] is Outcome.PENDING
    empty = re.sub(r"<w:t [^>]*>.*?</w:t>", "<w:t>Click or tap here to enter text.</w:t>", prompt)
    inspected = read(changed(control(tag), empty))
    assert tag in inspected.verdict.record.blank


def test_what_was_deleted_with_changes_tracked_is_gone_and_what_was_inserted_counts() -> None:
    tag = f"{DIMENSION}.r1"
    old = control(tag)
    runs = "<w:del><w:r><w:delText>99</w:delText></w:r></w:del><w:ins><w:r><w:t>62.1</w:t></w:r></w:ins>"
    inspected = read(changed(old, re.sub(r"<w:r>.*</w:r>", lambda _: runs, old)))
    assert next(r for r in inspected.verdict.record.readings if r.tag == tag).written == "62.1"


def test_a_value_in_several_runs_is_one_value() -> None:
    tag = f"{DIMENSION}.r1"
    old = control(tag)
    runs = "<w:r><w:t>62</w:t></w:r><w:r><w:t>.1</w:t></w:r>"
    inspected = read(changed(old, re.sub(r"<w:r>.*</w:r>", lambda _: runs, old)))
    assert next(r for r in inspected.verdict.record.readings if r.tag == tag).written == "62.1"


def test_something_typed_beside_a_field_is_told() -> None:
    old = control("all.identity.d")
    inspected = read(changed(old, old + "<w:r><w:t>about</w:t></w:r>"))
    assert "LP810" in codes(inspected)
    assert outcome(inspected, "all.identity") == (Outcome.PENDING, (Cause.ALTERED,))


def test_a_form_whose_order_was_changed_is_refused() -> None:
    content = edited(form()[3], "customXml/item1.xml", lambda xml: xml.replace('"value":"62"', '"value":"64"', 1))
    assert content != form()[3]
    with pytest.raises(Refused) as refused:
        read(content)
    assert [f.code for f in refused.value.findings] == ["LP803"]


def test_a_form_without_its_order_is_refused() -> None:
    content = rezipped(form()[3], lambda name, data: None if name.startswith("customXml/item1.xml") else data)
    with pytest.raises(Refused) as refused:
        read(content)
    assert [f.code for f in refused.value.findings] == ["LP800"]


def test_a_form_of_another_order_is_refused_and_one_of_another_revision_gets_no_verdict() -> None:
    other = order_of("power-bank")
    with pytest.raises(Refused) as refused:
        inspect(form()[3], "checklist.docx", other)
    assert [f.code for f in refused.value.findings] == ["LP801"]


def test_half_a_file_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read(form()[3][: len(form()[3]) // 2])
    assert [f.code for f in refused.value.findings] == ["LP501"]


def test_a_contract_is_no_filled_form() -> None:
    from lotproof.documents.contract import contract

    with pytest.raises(Refused) as refused:
        read(write(contract(form()[0])))
    assert [f.code for f in refused.value.findings] == ["LP800"]


def test_markup_that_somebody_types_is_text() -> None:
    values = dict(form()[2]) | {"header.inspector": "<w:t>&amp; {{ 7*7 }}", "remarks": "a\u202eb ]]> '\"="}
    content = filled_docx(write(form()[1]), values, form()[1])
    facts = {r.tag: r.written for r in read(content).verdict.record.readings}
    assert facts["header.inspector"] == "<w:t>&amp; {{ 7*7 }}"
    assert escape(facts["remarks"]) == escape(values["remarks"])


def test_sentences_that_only_the_form_knows_are_no_agreement() -> None:
    """A method changed alike on the page and in the data, with digests of its own: the buyer's order says otherwise."""
    order, _, values, _ = form()
    term = "packaging.shipping_marks"
    texts = {
        code: replace(one, terms={**one.terms, term: replace(one.terms[term], method=("by eye, from afar",))})
        for code, one in order.texts.items()
    }
    forged = checklist(replace(order, texts=texts))
    content = filled_docx(write(forged), values, forged)
    assert "LP810" not in {f.code for f in inspect(content, "f").verdict.findings}
    inspected = read(content)
    assert "LP810" in codes(inspected)
    assert outcome(inspected, term) == (Outcome.PENDING, (Cause.ALTERED,))


def test_an_arrival_checklist_is_read_and_judged_like_a_checklist() -> None:
    order = form()[0]
    document = arrival(order)
    values = complete(order, document, 7)
    verdict = inspect(filled_docx(write(document), values, document), "arrival.docx", order).verdict
    assert {r.tag for r in verdict.record.readings} == set(values)
    assert verdict.record.kind is Kind.ARRIVAL
    assert verdict.result.outcome is Outcome.PASS
