"""Everything that a reader of a Word document sees is read, once, with the place where a person finds it."""

from __future__ import annotations

import io

import docx
import pytest

from lotproof.readers import read
from lotproof.readers.model import Passage
from lotproof.readers.numbering import chinese, written
from lotproof.readers.places import where
from word_packages import paragraph, word

RUN = "<w:r><w:t>{}</w:t></w:r>"


def passages(body: str, **more: object) -> tuple[Passage, ...]:
    """Return the passages of a document with a body."""
    return read(word(body, **more), "contract.docx").passages


def texts(body: str, **more: object) -> list[str]:
    """Return their texts."""
    return [passage.text for passage in passages(body, **more)]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (RUN.format("a") + RUN.format("b"), "ab"),
        ('<w:hyperlink r:id="x">' + RUN.format("link") + "</w:hyperlink>", "link"),
        ("<w:sdt><w:sdtContent>" + RUN.format("control") + "</w:sdtContent></w:sdt>", "control"),
        ('<w:fldSimple w:instr=" REF x ">' + RUN.format("4.2") + "</w:fldSimple>", "4.2"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF secret </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + RUN.format("A")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "A",
        ),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a\tb\nc"),
        ('<w:r><w:t>2</w:t><w:sym w:font="Symbol" w:char="F0B1"/><w:t>1</w:t></w:r>', "2±1"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>", "a-b"),
        ("<w:r><w:t>a &lt; b &amp; c&#176;</w:t></w:r>", "a < b & c°"),
        ('<w:smartTag w:element="x">' + RUN.format("tag") + "</w:smartTag>", "tag"),
        (
            "<w:ruby><w:rt>" + RUN.format("han") + "</w:rt><w:rubyBase>" + RUN.format("汉") + "</w:rubyBase></w:ruby>",
            "汉",
        ),
    ],
)
def test_what_a_reader_sees_is_read(inside: str, text: str) -> None:
    assert texts(f"<w:p>{inside}</w:p>") == [text]


BOX = "<w:txbxContent><w:p><w:r><w:t>in the box</w:t></w:r></w:p></w:txbxContent>"


def test_a_text_box_with_a_fallback_counts_once() -> None:
    drawing = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        + BOX
        + "</wps:txbx></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:textbox>" + BOX + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = passages(f"<w:p>{RUN.format('before')}{drawing}{RUN.format('after')}</w:p>")
    assert [(p.kind, p.text) for p in found] == [("paragraph", "beforeafter"), ("text box", "in the box")]
    assert found[1].near >= 0


def test_a_fallback_alone_is_read() -> None:
    inside = (
        "<w:r><mc:AlternateContent><mc:Fallback><w:pict><v:textbox>"
        + BOX
        + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(f"<w:p>{inside}</w:p>") == ["in the box"]


def test_inserted_text_counts_and_deleted_text_does_not() -> None:
    (found,) = passages(
        "<w:p>"
        + RUN.format("The balance is due ")
        + '<w:del w:id="1" w:author="a"><w:r><w:delText>after </w:delText></w:r></w:del>'
        + '<w:ins w:id="2" w:author="a">'
        + RUN.format("before ")
        + "</w:ins>"
        + RUN.format("inspection")
        + "</w:p>"
    )
    assert found.text == "The balance is due before inspection"
    assert [(m.kind, m.text or found.text[m.start : m.end]) for m in found.marks] == [
        ("deleted", "after "),
        ("inserted", "before "),
    ]


def test_moved_text_counts_where_it_went() -> None:
    assert texts(
        "<w:p><w:moveFrom>"
        + RUN.format("gone")
        + "</w:moveFrom></w:p><w:p><w:moveTo>"
        + RUN.format("here")
        + "</w:moveTo></w:p>"
    ) == ["", "here"]


def test_a_formatting_change_is_no_change_of_text() -> None:
    (found,) = passages(
        "<w:p><w:r><w:rPr><w:b/><w:rPrChange w:id='1'><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>x</w:t></w:r></w:p>"
    )
    assert found.marks == ()


@pytest.mark.parametrize(
    ("properties", "hidden"),
    [
        ("<w:vanish/>", True),
        ('<w:vanish w:val="0"/>', False),
        ('<w:rStyle w:val="Gone"/>', True),
        ('<w:rStyle w:val="Child"/>', True),
        ("", False),
    ],
)
def test_hidden_text_counts_and_is_marked(properties: str, hidden: bool) -> None:
    styles = (
        "<w:styles xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:style w:styleId='Gone'><w:rPr><w:vanish/></w:rPr></w:style>"
        "<w:style w:styleId='Child'><w:basedOn w:val='Gone'/></w:style></w:styles>"
    )
    (found,) = passages(
        f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>small print</w:t></w:r></w:p>",
        more={"word/styles.xml": styles},
        links=(("styles", "styles.xml", ""),),
    )
    assert found.text == "small print"
    assert [mark.kind for mark in found.marks] == (["hidden"] if hidden else [])


def test_the_prompt_of_a_form_that_nobody_filled_in_is_marked() -> None:
    (found,) = passages(
        "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + RUN.format("Click here")
        + "</w:sdtContent></w:sdt>"
        + RUN.format("!")
        + "</w:p>"
    )
    assert [(m.kind, m.start, m.end) for m in found.marks] == [("prompt", 0, 10)]


def test_a_cell_is_found_by_table_row_and_the_name_of_its_column() -> None:
    made = docx.Document()
    made.add_paragraph("Before")
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("Item", "Quality", "Mug", "good"), strict=True
    ):
        cell.text = text
    buffer = io.BytesIO()
    made.save(buffer)
    found = read(buffer.getvalue(), "c.docx").passages
    assert where(found[-1]) == "table 1, row 2, column Quality"
    assert where(found[-1], 0, "zh") == "表1，第2行，“Quality”列"


def test_a_cell_that_spans_columns_moves_the_next_ones_on() -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr>" + paragraph("{}") + "</w:tc>"
    row = "<w:tr>" + cell.format('<w:gridSpan w:val="2"/>', "wide") + cell.format("", "third") + "</w:tr>"
    assert [p.cell.column for p in passages(f"<w:tbl>{row}</w:tbl>") if p.cell] == [1, 3]


def test_a_table_in_a_table_is_a_table_of_its_own() -> None:
    inner = "<w:tbl><w:tr><w:tc>" + paragraph("inner") + "</w:tc></w:tr></w:tbl>"
    found = passages("<w:tbl><w:tr><w:tc>" + paragraph("outer") + inner + paragraph("after") + "</w:tc></w:tr></w:tbl>")
    assert [(p.text, p.cell.table if p.cell else 0) for p in found] == [("outer", 1), ("inner", 2), ("after", 1)]


LISTS = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
</w:numbering>"""


def numbered(*levels: tuple[int, int]) -> list[tuple[str, str]]:
    """Return number and place of paragraphs of lists: list and level of each."""
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>{RUN.format("x")}</w:p>'
        for number, level in levels
    )
    found = passages(body, more={"word/numbering.xml": LISTS}, links=(("numbering", "numbering.xml", ""),))
    return [(passage.number, where(passage)) for passage in found]


def test_numbers_are_counted_as_word_counts_them() -> None:
    found = numbered((1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (1, 2), (1, 2), (1, 1))
    assert [number for number, _ in found] == ["1.", "1.1", "1.2", "2.", "2.1", "(a)", "(b)", "2.2"]
    assert [place for _, place in found][4:7] == ["clause 2.1", "clause 2.1 (a)", "clause 2.1 (b)"]


def test_a_list_may_begin_anew_and_a_bullet_has_no_number() -> None:
    assert [number for number, _ in numbered((1, 0), (4, 0), (4, 0), (2, 0), (2, 0), (3, 0))] == [
        "1.",
        "7.",
        "8.",
        "第一条",
        "第二条",
        "",
    ]


def test_a_typed_number_names_the_clause_as_well() -> None:
    found = passages(paragraph("4.2 The seller pays.") + paragraph("It pays soon.") + paragraph("第五条 质量"))
    assert [where(p) for p in found] == ["clause 4.2", "clause 4.2", "第五条"]


@pytest.mark.parametrize(
    "text", ["30 days after signing", "2.5 mm thick", "12.05.2027 Shenzhen", "5月14日前装运", "100% cotton"]
)
def test_a_measure_at_the_beginning_is_no_number_of_a_clause(text: str) -> None:
    assert where(passages(paragraph(text))[0]) == "paragraph 1"


def test_headers_footers_and_notes_are_read_and_comments_apart() -> None:
    open_, shut = "<w:{0} xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>", "</w:{0}>"
    note = '<w:{0} w:id="{1}">' + paragraph("{2}") + "</w:{0}>"

    def part(name: str, inside: str) -> str:
        return open_.format(name) + inside + shut.format(name)

    found = passages(
        '<w:p><w:r><w:t>Text</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
        more={
            "word/header1.xml": part("hdr", paragraph("Head")),
            "word/footer1.xml": part("ftr", paragraph("Foot")),
            "word/footnotes.xml": part("footnotes", note.format("footnote", 2, "approx. 5%")),
            "word/endnotes.xml": part("endnotes", note.format("endnote", 2, "End")),
            "word/comments.xml": part("comments", note.format("comment", 0, "Really?")),
        },
        links=tuple(
            (kind, f"{kind}{number}.xml", "")
            for kind, number in (("header", 1), ("footer", 1), ("footnotes", ""), ("endnotes", ""), ("comments", ""))
        ),
    )
    assert [(p.kind, p.text) for p in found] == [
        ("paragraph", "Text"), ("header", "Head"), ("footer", "Foot"), ("footnote", "approx. 5%"), ("endnote", "End"), ("comment", "Really?"),
    ]  # fmt: skip
    assert found[3].near >= 0
    assert where(found[3]) == "footnote 2"


def test_pictures_are_counted_as_not_read() -> None:
    picture = '<w:r><w:drawing><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"/></w:drawing></w:r>'
    assert read(word(f"<w:p>{picture}{picture}</w:p>" + paragraph("x")), "c.docx").unread == (("picture", 2),)


def test_the_strict_namespace_is_read_as_well() -> None:
    from word_packages import W, packed, parts

    named = {
        name: text.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
        for name, text in parts(paragraph("strict")).items()
    }
    assert [p.text for p in read(packed(named), "c.docx").passages] == ["strict"]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [(3, "lowerRoman", "iii"), (19, "upperRoman", "XIX"), (27, "upperLetter", "AA"), (7, "decimalZero", "07"), (12, "chineseCounting", "十二"), (3, "chineseLegalSimplified", "叁"), (2, "ideographTraditional", "乙"), (5, "decimalEnclosedCircle", "⑤"), (0, "lowerLetter", "0"), (99_999, "lowerRoman", "99999")],
)  # fmt: skip
def test_numbers_are_written_in_the_formats_of_word(number: int, form: str, text: str) -> None:
    assert written(number, form) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(10, "十"), (20, "二十"), (21, "二十一"), (105, "一百零五"), (110, "一百一十"), (1001, "一千零一")],
)
def test_chinese_counting(number: int, text: str) -> None:
    assert chinese(number) == text
