"""What was left in a Word file, what its tables say in two languages, and the copy with comments."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotproof import api
from lotproof.audit.auditing import audit
from lotproof.audit.model import Remark
from lotproof.readers import read
from word_packages import W, packed, paragraph, parts, word

HERE = Path(__file__).parent / "contracts"
RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"


def found(body: str, **more: object) -> tuple[Remark, ...]:
    """Return the structural remarks on a document."""
    return tuple(r for r in audit(read(word(body, **more), "c.docx").passages) if r.code != "LP520")


def quotes(body: str) -> list[tuple[str, str]]:
    """Return code and quote of each remark."""
    return [(r.code, r.quote) for r in found(body)]


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of one paragraph a cell; a line end parts paragraphs."""
    cells = ("".join("<w:tc>" + "".join(map(paragraph, cell.split("\n"))) + "</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


# --- what was left in the file ---------------------------------------------------------------------------------------


def test_tracked_changes_are_one_finding_with_their_number() -> None:
    body = (
        '<w:p><w:ins w:id="1">'
        + RUN.format("first")
        + '</w:ins></w:p><w:p><w:del w:id="2"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>'
    )
    (remark,) = found(body)
    assert (remark.code, remark.quote) == ("LP510", "first")
    assert remark.message.startswith("2 tracked changes")


def test_the_vague_word_that_was_deleted_is_not_found_and_the_inserted_one_is() -> None:
    body = (
        '<w:p><w:del w:id="2"><w:r><w:delText>good quality</w:delText></w:r></w:del><w:ins w:id="1">'
        + RUN.format("high quality")
        + "</w:ins></w:p>"
    )
    assert [r.quote for r in audit(read(word(body), "c.docx").passages) if r.code == "LP520"] == ["high quality"]


def test_hidden_text_is_found_and_audited() -> None:
    body = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>TBD by the seller</w:t></w:r></w:p>"
    assert quotes(body) == [("LP512", "TBD by the seller"), ("LP513", "TBD")]


def test_comments_are_no_text_of_the_contract() -> None:
    comments = (
        f"<w:comments xmlns:w='{W}'><w:comment w:id='0'>{paragraph('good quality, TBD')}</w:comment></w:comments>"
    )
    remarks = found(paragraph("x"), more={"word/comments.xml": comments}, links=(("comments", "comments.xml", ""),))
    assert [(r.code, r.severity.value) for r in remarks] == [("LP511", "info")]


# --- two languages ---------------------------------------------------------------------------------------------------

SAME = [
    ("The wall is 2.0 mm thick.", "壁厚为2.0 mm。"),
    ("Paid within 30 days of signing.", "签署后三十日内支付。"),
    ("Two originals are signed.", "正本2份，双方签字。"),
    ("The price is USD 10,000.", "价格为1万美元。"),
    ("Shipped by 14 May 2027.", "于2027年5月14日前装运。"),
    ("Tested per ISO 9227:2022 for 48 h.", "按GB/T 10125-2021试验48 h。"),
    ("100% of the goods are inspected.", "全数检验货物。"),
    ("The sample of thirteen pieces is kept.", "留存13件样品。"),
]
OTHER = [
    ("The wall is 2.0 mm thick.", "壁厚为1.8 mm。", "2.0"),
    ("Paid within 30 days of signing.", "签署后十五日内支付。", "30"),
    ("Shipped by 14 May 2027.", "于2027年5月24日前装运。", "14 May 2027"),
    ("The deposit is 30%.", "定金为20%。", "30"),
    ("The price is USD 10,000.", "价格为10万美元。", "10,000"),
]


@pytest.mark.parametrize(("en", "zh"), SAME)
def test_the_same_numbers_in_two_languages_are_no_finding(en: str, zh: str) -> None:
    for body in (
        table((en, zh)),
        table((f"{en}\n{zh}",)),
        paragraph(en) + paragraph(zh),
        paragraph(f"{en} {zh}"),
        paragraph(f"{en} / {zh}"),
    ):
        assert [q for code, q in quotes(body) if code == "LP579"] == [], body


@pytest.mark.parametrize(("en", "zh", "quote"), OTHER)
def test_other_numbers_in_the_second_language_are_found_wherever_it_stands(en: str, zh: str, quote: str) -> None:
    for body in (table((en, zh)), table((f"{en}\n{zh}",)), paragraph(en) + paragraph(zh), paragraph(f"{en} {zh}")):
        assert [q for code, q in quotes(body) if code == "LP579"] == [quote], body


def test_clauses_of_one_number_in_two_halves_are_compared() -> None:
    english = ["1. The wall is 2.0 mm thick.", "2. The seller pays within 30 days."]
    chinese = ["1. 壁厚为2.0 mm。", "2. 卖方在20天内付款。"]
    assert ("LP579", "30") in quotes("".join(map(paragraph, [*english, *chinese])))


def test_two_languages_without_a_controlling_one_are_found() -> None:
    text = (HERE / "good-en.txt").read_text(encoding="utf-8") + (HERE / "good-zh.txt").read_text(encoding="utf-8")
    codes = {r.code for r in audit(read(text.encode(), "c.txt").passages)}
    assert "LP558" in codes
    text += "\nIf the two differ, the Chinese text controls.\n"
    assert "LP558" not in {r.code for r in audit(read(text.encode(), "c.txt").passages)}


# --- tables ----------------------------------------------------------------------------------------------------------


def test_a_bare_number_in_a_column_that_is_measured_is_found() -> None:
    body = table(("Item", "Thickness"), ("WH-20", "2.0"), ("WH-35", "2.5"))
    assert quotes(body) == [("LP570", "2.0"), ("LP570", "2.5")]


@pytest.mark.parametrize(
    "rows",
    [
        (("Item", "Thickness (mm)"), ("WH-20", "2.0")),
        (("Property", "Unit", "Value"), ("Thickness", "mm", "2.0")),
        (("Item", "Quantity"), ("WH-20", "4800")),
        (("No.", "Item"), ("1", "Hook")),
    ],
)
def test_a_unit_of_its_own_column_or_head_is_enough(rows: tuple[tuple[str, ...], ...]) -> None:
    assert quotes(table(*rows)) == []


def test_a_limit_and_its_method_may_stand_in_two_cells_of_a_row() -> None:
    assert quotes(table(("Property", "Limit", "Method"), ("Noise", "at most 75 dB(A)", "ISO 11202:2010"))) == []
    assert [c for c, _ in quotes(table(("Property", "Limit"), ("Noise", "at most 75 dB(A)")))] == ["LP573"]


# --- the copy with comments ------------------------------------------------------------------------------------------


def annotated(content: bytes, name: str = "c.docx", **more: str) -> tuple[bytes, tuple[Remark, ...]]:
    """Return the copy and what it comments on."""
    audited = api.audit(content, name, **more)
    return api.annotate(content, audited), audited.remarks


def commented(content: bytes) -> dict[str, str]:
    """Return the text that each comment of a document encloses, by its id."""
    root = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))
    open_: dict[str, str] = {}
    closed: dict[str, str] = {}
    for element in root.iter():
        match element.tag.rpartition("}")[2]:
            case "commentRangeStart":
                open_[element.get(f"{{{W}}}id", "")] = ""
            case "commentRangeEnd":
                key = element.get(f"{{{W}}}id", "")
                closed[key] = open_.pop(key)
            case "t":
                open_ = {key: text + (element.text or "") for key, text in open_.items()}
    assert not open_
    return closed


@pytest.mark.parametrize(
    "inside",
    [
        RUN.format("The goods are of high quality."),
        RUN.format("The goods are of hi") + RUN.format("gh qua") + RUN.format("lity."),
        RUN.format("high quality"),
        RUN.format("A &amp; B &lt; high quality &gt; C"),
        "<w:r><w:rPr><w:b/></w:rPr><w:t>of high quality here</w:t><w:tab/><w:t>x</w:t></w:r>",
        "<w:hyperlink r:id='x'>" + RUN.format("of high") + "</w:hyperlink>" + RUN.format(" quality"),
        '<w:ins w:id="9">' + RUN.format("of high quality now") + "</w:ins>",
        "<w:sdt><w:sdtContent>" + RUN.format("all high quality") + "</w:sdtContent></w:sdt>",
        RUN.format("质量 high quality 质量"),
    ],
)
def test_a_comment_encloses_the_quote_across_runs_and_leaves_the_text_alone(inside: str) -> None:
    content = word(f"<w:p>{inside}</w:p>")
    before = [p.text for p in read(content, "c.docx").passages]
    copy, remarks = annotated(content)
    assert [p.text for p in read(copy, "c.docx").passages if p.kind != "comment"] == before
    wanted = [r.quote for r in remarks if r.code == "LP520"]
    assert wanted == ["high quality"]
    assert set(wanted) <= set(commented(copy).values())


def test_a_cdata_section_is_not_cut() -> None:
    copy, _ = annotated(word("<w:p><w:r><w:t><![CDATA[of high quality & more]]></w:t></w:r></w:p>"))
    assert commented(copy) == {"0": "of high quality & more"}


def test_every_other_part_is_kept_byte_for_byte() -> None:
    content = packed(
        {**parts(paragraph("high quality")), "word/media/x.bin": bytes(range(256)) * 9, "customXml/item1.xml": "<a/>"}
    )
    copy, _ = annotated(content)
    old, new = zipfile.ZipFile(io.BytesIO(content)), zipfile.ZipFile(io.BytesIO(copy))
    changed = {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert set(new.namelist()) == {*old.namelist(), "word/comments.xml"}
    assert all(old.read(name) == new.read(name) for name in old.namelist() if name not in changed)
    assert new.testzip() is None


def test_comments_that_are_there_stay_and_ids_do_not_clash() -> None:
    comments = (
        f"<w:comments xmlns:w='{W}'><w:comment w:id='7' w:author='a'>{paragraph('mine')}</w:comment></w:comments>"
    )
    content = word(
        paragraph("high quality"), more={"word/comments.xml": comments}, links=(("comments", "comments.xml", ""),)
    )
    copy, remarks = annotated(content)
    ids = re.findall(rb'<w:comment [^>]*w:id=["\'](\d+)', zipfile.ZipFile(io.BytesIO(copy)).read("word/comments.xml"))
    assert [int(i) for i in ids] == list(range(7, 8 + len(remarks)))


def test_remarks_on_text_boxes_notes_and_the_whole_contract_have_a_place_too() -> None:
    box = "<w:r><w:drawing><w:txbxContent>" + paragraph("high quality") + "</w:txbxContent></w:drawing></w:r>"
    note = f"<w:footnotes xmlns:w='{W}'><w:footnote w:id='2'>{paragraph('good quality')}</w:footnote></w:footnotes>"
    content = word(
        f"<w:p>{RUN.format('Head')}</w:p><w:p>{RUN.format('a')}{box}{RUN.format('b')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>",
        more={"word/footnotes.xml": note},
        links=(("footnotes", "footnotes.xml", ""),),
    )
    copy, remarks = annotated(content, category="machinery")
    assert len(commented(copy)) == len(remarks) > 2
    assert commented(copy)["0"] == "high quality"


def test_the_copy_opens_in_python_docx_with_every_comment() -> None:
    made = docx.Document()
    made.add_heading("Contract", 1)
    made.add_paragraph("The goods are of ").add_run("high quality").bold = True
    cell = made.add_table(rows=1, cols=2).rows[0].cells
    cell[0].text, cell[1].text = "Surface", "smooth"
    buffer = io.BytesIO()
    made.save(buffer)
    copy, remarks = annotated(buffer.getvalue())
    again = docx.Document(io.BytesIO(copy))
    assert len(list(again.comments)) == len(remarks)
    assert again.paragraphs[1].text == "The goods are of high quality"


@pytest.mark.parametrize("name", ["good-en.txt", "traps.txt"])
def test_of_a_text_file_a_document_with_its_text_is_made(name: str) -> None:
    content = ((HERE / name).read_text(encoding="utf-8") + "\nAll of high quality.\n").encode()
    audited = api.audit(content, name)
    copy = api.annotate(content, audited)
    passages = [p for p in read(copy, "c.docx").passages if p.kind != "comment"]
    assert [p.text for p in passages] == [p.text for p in audited.reading.passages]
    assert "high quality" in commented(copy).values()
    assert docx.Document(io.BytesIO(copy)).paragraphs


def test_the_same_contract_gives_the_same_copy() -> None:
    content = word(paragraph("high quality") + paragraph("TBD"))
    assert annotated(content)[0] == annotated(content)[0]


WORDS = st.sampled_from(["high quality", "TBD", "a & b", "<x>", "质量好", " ", "steel", "\t", "\n", "é", "🙂", "5 mm"])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=6))
def test_comments_never_change_what_is_read(texts: list[list[str]]) -> None:
    made = docx.Document()
    for runs in texts:
        line = made.add_paragraph()
        for text in runs:
            line.add_run(text)
    buffer = io.BytesIO()
    made.save(buffer)
    before = [p.text for p in read(buffer.getvalue(), "c.docx").passages]
    copy, remarks = annotated(buffer.getvalue())
    assert [p.text for p in read(copy, "c.docx").passages if p.kind != "comment"] == before
    assert len(commented(copy)) == len(remarks)
