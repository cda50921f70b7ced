"""A reference file is read as data: what it says in the allowlist is taken, the rest is named, and what runs or fetches is refused."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from looked import changed, house, lettered, packed, parts, swap, whole
from lotproof.findings import Refused, Severity
from lotproof.frozen import replace
from lotproof.looks.data import look_from, look_json
from lotproof.looks.logo import MOST_BYTES
from lotproof.looks.model import Look, Place, Run
from lotproof.looks.shipped import beginning_look, shipped_looks
from lotproof.looks.values import STYLES, TABLES
from lotproof.readers.look.housed import house_look, look_of
from lotproof.readers.look.reading import LookRead, read_look
from lotproof.readers.package import MAX_FILE
from lotproof.templates.folders import stack
from lotproof.writers.docx.reference import reference

BODY, STYLE, HEADER = "word/document.xml", "word/styles.xml", "word/header2.xml"
RELATION = (
    '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="{}" TargetMode="External"/></Relationships>'
)
FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def into_header(xml: str) -> Callable[[str], str]:
    return swap("</w:p></w:hdr>", f"{xml}</w:p></w:hdr>")


def field(*pieces: str) -> str:
    return FIELD.format("".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces))


NESTED = FIELD.format("<w:r><w:instrText>IF 1 = 1 </w:instrText></w:r>" + field("INCLUDEPICTURE x"))
"""A field that fetches within one that does not."""


def external(kind: str, target: str) -> Callable[[str], str]:
    return swap("</Relationships>", RELATION.format(kind, target))


def codes(caught: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.code for finding in caught.value.findings}


def left_out(read: LookRead) -> str:
    return "\n".join(str(finding.message) for finding in read.findings)


@pytest.fixture(scope="module")
def look() -> Look:
    return read_look(whole()).look


# what is read


@pytest.mark.parametrize("name", shipped_looks())
def test_a_look_that_ships_comes_back_from_its_own_file(name: str) -> None:
    given = beginning_look(name, "Riverside & Söhne <河畔>")
    read = read_look(reference(given, "look"))
    assert read.findings == ()
    assert read.look.page == given.page
    styles, tables = dict(read.look.styles), dict(read.look.tables)
    assert set(styles) == set(STYLES)
    for found, said in ((styles, given.styles), (tables, given.tables)):
        assert all(set(properties) <= set(found[key]) for key, properties in said)


@pytest.mark.parametrize("name", shipped_looks())
def test_a_look_that_was_read_is_the_same_when_it_was_written_and_read_again(name: str) -> None:
    once = read_look(reference(beginning_look(name, "Riverside"), "look")).look
    again = read_look(reference(once, "look")).look
    assert replace(again, sha256=once.sha256) == once


def test_the_letterhead_is_read_with_its_logo_and_its_tabs(look: Look) -> None:
    given = lettered()
    assert look.logo == given.logo
    assert look.first is not None
    assert given.first is not None
    for read, wrote in zip(
        (*look.first, look.header, look.footer), (*given.first, given.header, given.footer), strict=True
    ):
        assert [line.tabs for line in read] == [line.tabs for line in wrote]
        texts = [[run if isinstance(run, Place) else run.text for run in line.runs] for line in read]
        assert texts == [[run if isinstance(run, Place) else run.text for run in line.runs] for line in wrote]
    size = [dict(run.properties)["size"] for line in look.footer for run in line.runs if isinstance(run, Run)]
    assert size == [14]


def test_a_look_is_the_same_after_its_json(look: Look) -> None:
    assert look_from(json.loads(look_json(look))) == look


def test_another_font_of_normal_becomes_the_font_of_what_has_none_of_its_own() -> None:
    styles = dict(
        read_look(changed({STYLE: lambda xml: xml.replace('w:ascii="Arial"', 'w:ascii="Garamond"', 2)})).look.styles
    )
    assert {dict(styles[name])["ascii"] for name in ("Normal", "Clause", "Cell", "Heading1", "Footer")} == {"Garamond"}


def test_the_fonts_of_a_theme_are_those_that_it_names() -> None:
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme><a:minorFont>'
        '<a:latin typeface="Georgia"/><a:ea typeface=""/><a:font script="Hans" typeface="KaiTi"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
    )
    relation = RELATION.replace(' TargetMode="External"', "").format("theme", "theme1.xml")
    read = read_look(
        changed(
            {
                "word/theme1.xml": theme.encode(),
                "word/_rels/document.xml.rels": swap("</Relationships>", relation),
                STYLE: lambda xml: xml.replace(
                    'w:ascii="Arial"', 'w:ascii="Arial" w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia"'
                ),
            }
        )
    )
    clause = dict(dict(read.look.styles)["Clause"])
    assert (clause["ascii"], clause["east_asia"]) == ("Georgia", "KaiTi")


def test_styles_that_matter_are_named_where_they_are_missing_and_no_others() -> None:
    read = read_look(
        changed(
            {
                STYLE: lambda xml: xml.replace('w:val="Clause"', 'w:val="Klausel"').replace(
                    'w:val="Note"', 'w:val="Notiz"'
                )
            }
        )
    )
    assert [(f.code, f.severity) for f in read.findings] == [("LP921", Severity.OPEN)]
    assert "Clause" in str(read.findings[0].message)
    styles = dict(read.look.styles)
    assert styles["Clause"] == (("ascii", "Arial"), ("east_asia", "Microsoft YaHei"))


def test_every_style_that_matters_is_named_in_a_file_without_styles() -> None:
    bare = '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    read = read_look(changed({STYLE: bare.encode()}))
    said = left_out(read)
    assert all(f"style {style.name}:" in said for style in STYLES.values() if style.matters)
    assert all(f"style {name}:" in said for name in TABLES.values())


@pytest.mark.parametrize(
    ("change", "named", "style", "key"),
    [
        (swap('<w:sz w:val="40"/>', '<w:sz w:val="400"/>'), "size 400", "Title", "size"),
        (swap("<w:b/>", '<w:b/><w:effect w:val="blinkBackground"/>'), "w:effect", "", ""),
        (swap("<w:b/>", "<w:b/><w:vanish/>"), "w:vanish", "", ""),
        (swap('w:val="0B5563"/>', 'w:val="FEFEFE"/>'), "FEFEFE on FFFFFF cannot be read", "Title", "colour"),
        (swap('w:ascii="Arial"', 'w:ascii="&lt;w:p/&gt;"'), "ascii <w:p/>", "", ""),
        (swap('<w:jc w:val="left"/>', '<w:jc w:val="middle"/>'), "align middle", "", ""),
    ],
)
def test_what_is_outside_the_allowlist_is_left_out_and_named(
    change: Callable[[str], str], named: str, style: str, key: str
) -> None:
    read = read_look(changed({STYLE: change}))
    assert named in left_out(read)
    assert {finding.code for finding in read.findings} == {"LP922"}
    if style:
        assert dict(dict(read.look.styles)[style]).get(key) not in (400, "FEFEFE", "middle")


def test_a_dark_head_needs_a_light_text() -> None:
    read = read_look(changed({STYLE: lambda xml: xml.replace('w:val="FFFFFF"', 'w:val="111111"')}))
    assert "111111 on 0B5563 cannot be read" in left_out(read)
    assert "shade" not in dict(dict(read.look.tables)["Lines"])


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (swap('w:w="11906"', 'w:w="1190"'), "width"),
        (swap('w:left="1077"', 'w:left="9000"'), "left"),
        (swap('w:top="1304"', 'w:top="9000"'), "top"),
        (swap('w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906"'), "lies on its side"),
    ],
)
def test_a_page_out_of_bounds_is_left_to_the_writer(change: Callable[[str], str], named: str) -> None:
    read = read_look(changed({BODY: change}))
    assert named in left_out(read)
    assert read.look.page is None or read.look.page.width < read.look.page.height


@pytest.mark.parametrize(
    ("xml", "named"),
    [
        (field("PAGE") + "<w:r><w:t>7</w:t></w:r>", "a field PAGE"),
        ('<w:fldSimple w:instr="DATE"><w:r><w:t>1 May</w:t></w:r></w:fldSimple>', "a field DATE"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>", ""),
        ("<w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del>", ""),
        ("<w:r><w:t>a\u202eb</w:t></w:r>", "a character that nobody sees"),
        ('<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>white</w:t></w:r>', "cannot be read"),
        (f"<w:r><w:t>{'x' * 3000}</w:t></w:r>", "text beyond"),
        (
            "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
            "the text of a box",
        ),
    ],
)
def test_of_a_letterhead_text_is_taken_and_nothing_else(xml: str, named: str) -> None:
    read = read_look(changed({HEADER: into_header(xml)}))
    assert named in left_out(read)
    assert read.look.first is not None
    text = "".join(run.text for line in read.look.first[0] for run in line.runs if isinstance(run, Run))
    assert not any(word in text for word in ("hidden", "gone", "\u202e", "xxx", "1 May", "box"))
    assert all(
        dict(run.properties)["colour"] != "FFFFFF"
        for line in read.look.first[0]
        for run in line.runs
        if isinstance(run, Run)
    )


@given(st.data())
def test_whatever_an_attribute_says_a_look_is_whole_or_refused(data: st.DataObject) -> None:
    part = data.draw(st.sampled_from([STYLE, BODY, HEADER]))
    xml = parts()[part].decode()
    places = [match.span(1) for match in re.finditer(r' (?:w|r|a|wp):[A-Za-z]+="([^"]*)"', xml)]
    values = (
        st.text(max_size=12) | st.integers().map(str) | st.sampled_from(["-1", "0", "auto", "none", "٣", "1e9", "１"])
    )
    for start, end in sorted(data.draw(st.lists(st.sampled_from(places), max_size=12, unique=True)), reverse=True):
        xml = xml[:start] + escape(data.draw(values), {'"': "&quot;"}) + xml[end:]
    try:
        look = read_look(changed({part: xml.encode("utf-8", "replace")})).look
    except Refused:
        return
    assert look_from(json.loads(look_json(look))) == look


# what is refused


@pytest.mark.parametrize(
    "change",
    [
        {"word/_rels/header2.xml.rels": external("image", "https://example.org/logo.png")},
        {"word/_rels/header2.xml.rels": external("hyperlink", "https://example.org")},
        {"word/_rels/document.xml.rels": external("attachedTemplate", "https://example.org/t.dotm")},
        {"word/_rels/document.xml.rels": external("attachedTemplate", r"\\server\t.dotm")},
        {"word/_rels/document.xml.rels": external("frame", "http://example.org/")},
        {"word/_rels/document.xml.rels": external("aFChunk", "a.html")},
        {HEADER: into_header(field("INCLUDEPICTURE https://example.org/x.png"))},
        {HEADER: into_header(field("INCLUDE", "TEXT C:\\x.docx"))},
        {BODY: swap("</w:p>", field("DDEAUTO cmd x") + "</w:p>")},
        {BODY: swap("</w:p>", field(*[" "] * 1000, "DDE", "AUTO cmd x") + "</w:p>")},
        {BODY: swap("</w:p>", field(" link Excel.Sheet.12 x") + "</w:p>")},
        {BODY: swap("</w:p>", NESTED + "</w:p>")},
        {BODY: swap("</w:p>", '<w:fldSimple w:instr=" HYPERLINK &quot;http://example.org&quot;"/></w:p>')},
        {BODY: swap("</w:p>", "<w:r><w:instrText>INCLUDEPICTURE x</w:instrText></w:r></w:p>")},
        {BODY: swap("</w:p>", "<w:r><w:object/></w:r></w:p>")},
        {BODY: swap("</w:p>", '<w:r><w:control r:id="rId1"/></w:r></w:p>')},
        {BODY: swap("<w:sectPr>", '<w:altChunk r:id="rId1"/><w:sectPr>')},
        {BODY: swap("</w:p>", '<w:subDoc r:id="rId1"/></w:p>')},
        {"word/vbaProject.bin": b"x"},
        {"word/embeddings/oleObject1.bin": b"x"},
        {"word/activeX/activeX1.xml": b"<x/>"},
        {"word/vbaData.xml": b"<x/>"},
        {
            "[Content_Types].xml": swap(
                "wordprocessingml.document.main+xml", "wordprocessingml.document.macroEnabled.main+xml"
            )
        },
    ],
)
def test_what_fetches_runs_or_is_embedded_is_refused_with_its_place(
    change: dict[str, bytes | Callable[[str], str]],
) -> None:
    with pytest.raises(Refused) as caught:
        read_look(changed(change), "agency/reference.docx")
    assert codes(caught) == {"LP920"}
    assert all(finding.where.startswith("agency/reference.docx: ") for finding in caught.value.findings)
    assert all(len(finding.where) > len("agency/reference.docx: ") for finding in caught.value.findings)


def test_a_template_on_the_own_disk_and_a_link_within_the_file_are_no_reason() -> None:
    own = external("attachedTemplate", "file:///C:/Users/a/Normal.dotm")
    inside = '<w:fldSimple w:instr=" HYPERLINK \\l mark"/></w:p>'
    read = read_look(changed({"word/_rels/document.xml.rels": own, BODY: swap("</w:p>", inside)}))
    assert read.findings == ()


def bomb() -> bytes:
    """Return a file with a part that unpacks to 200 million bytes."""
    made = io.BytesIO(whole())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as package, package.open("word/media/x.xml", "w") as part:
        for _ in range(200):
            part.write(b" " * 1_000_000)
    return made.getvalue()


def encrypted() -> bytes:
    content = bytearray(whole())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def doubled() -> bytes:
    return packed({**parts(), "word/STYLES.xml": b"<x/>"})


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (bomb, "LP503"),
        (lambda: b"PK" + bytes(MAX_FILE), "LP503"),
        (lambda: whole()[: len(whole()) // 2], "LP501"),
        (lambda: b"", "LP501"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "LP500"),
        (encrypted, "LP502"),
        (doubled, "LP504"),
        (lambda: changed({STYLE: lambda xml: xml.replace("?>", f"?>{DOCTYPE}", 1)}), "LP505"),
        (lambda: changed({STYLE: lambda xml: xml[:-20]}), "LP501"),
        (lambda: changed({STYLE: swap("</w:styles>", "<w:a>" * 500)}), "LP503"),
        (lambda: changed({BODY: swap("<w:sectPr>", "<w:p/>" * 500_000 + "<w:sectPr>")}), "LP923"),
        (lambda: changed({BODY: swap("<w:sectPr>", "".join(map(str, range(1_500_000))) + "<w:sectPr>")}), "LP923"),
        (lambda: changed({STYLE: swap("</w:styles>", '<w:style w:styleId="x"/>' * 5_000 + "</w:styles>")}), "LP501"),
        (
            lambda: changed(
                {"[Content_Types].xml": swap("wordprocessingml.document.main", "presentationml.presentation.main")}
            ),
            "LP923",
        ),
    ],
)
def test_a_file_that_is_damaged_hostile_or_too_large_is_refused(content: Callable[[], bytes], code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_look(content())
    assert codes(caught) == {code}


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(width: int, height: int, data: bytes, *more: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"".join((b"\x89PNG\r\n\x1a\n", header, *more, chunk(b"IDAT", zlib.compress(data)), chunk(b"IEND", b"")))


LOGO = "word/media/logo.png"


@pytest.mark.parametrize(
    "content",
    [
        b"GIF89a" + bytes(100),
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        picture(2, 2, bytes(6))[:-8],
        picture(2, 2, bytes(6)).replace(b"IDAT", b"IDAU"),
        picture(2, 2, bytes(5)),
        picture(2, 2, bytes(10_000_000)),
        picture(100_000, 100_000, b""),
        picture(0, 2, b""),
        b"\xff\xd8\xff\xe0" + bytes(20),
        b"\xff\xd8\xff\xda\x00\x08" + bytes(6) + b"\xff\xd9",
        b"\x89PNG\r\n\x1a\n" + bytes(MOST_BYTES),
    ],
)
def test_a_logo_that_is_no_sound_picture_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read_look(changed({LOGO: content}))
    assert codes(caught) == {"LP924"}


def test_what_a_program_wrote_into_a_picture_is_left_out() -> None:
    remarks = chunk(b"tEXt", b"Author\x00somebody"), chunk(b"eXIf", b"MM\x00*")
    read = read_look(changed({LOGO: picture(2, 2, bytes(6), *remarks) + b"trailing"}))
    assert read.look.logo is not None
    assert read.look.logo.content == picture(2, 2, bytes(6))


def test_a_jpeg_keeps_its_picture_and_loses_what_the_camera_said() -> None:
    def segment(marker: int, data: bytes) -> bytes:
        return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data

    size = segment(0xC0, bytes((8, 0, 4, 0, 6, 1, 1, 17, 0)))
    scan = segment(0xDA, bytes((1, 1, 0, 0, 63, 0))) + b"\x12\x34\xff\x00\x56\xff\xd9"
    read = read_look(
        changed(
            {
                LOGO: b"\xff\xd8"
                + segment(0xE1, b"Exif\0\0 where it was taken")
                + size
                + segment(0xFE, b"remark")
                + scan
                + b"more"
            }
        )
    )
    assert read.look.logo is not None
    assert (read.look.logo.format, read.look.logo.width, read.look.logo.height) == ("jpeg", 6, 4)
    assert read.look.logo.content == b"\xff\xd8" + size + scan


# which look a house has


def test_a_house_takes_the_look_of_the_one_beneath_unless_it_has_its_own(tmp_path: Path) -> None:
    house(tmp_path / "agency", whole())
    client = house(tmp_path / "client", base="agency")
    own = house(tmp_path / "own", base="agency", more='look = "plain"')
    assert look_of(client) == look_of(tmp_path / "agency") == read_look(whole()).look
    found = look_of(own)
    assert found is not None
    assert found.name == "plain"
    assert look_of(house(tmp_path / "none")) is None


def test_the_example_house_brings_a_letterhead_with_a_logo() -> None:
    folder = Path(__file__).parents[2] / "examples" / "houses" / "riverside"
    read = house_look(stack(folder))
    assert read is not None
    assert read.findings == ()
    assert read.look.logo is not None
    assert look_of(folder.with_name("riverside-nordkauf")) == read.look


@pytest.mark.parametrize(
    ("content", "more", "code"),
    [
        (b"", 'look = "modren"', "LP925"),
        (whole(), 'look = "plain"', "LP925"),
        (b"", "look = 3", "LP900"),
        (b"", 'look = "../plain"', "LP900"),
    ],
)
def test_a_house_has_one_look_that_there_is(tmp_path: Path, content: bytes, more: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        look_of(house(tmp_path / "agency", content, more=more))
    assert codes(caught) == {code}


def test_a_reference_that_leads_out_of_the_house_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.docx").write_bytes(whole())
    folder = house(tmp_path / "agency")
    (folder / "reference.docx").symlink_to(tmp_path / "elsewhere.docx")
    with pytest.raises(Refused) as caught:
        look_of(folder)
    assert codes(caught) == {"LP902"}


@pytest.mark.parametrize(
    ("indents", "taken"),
    [
        ('w:left="360" w:right="360" w:hanging="360"', True),
        ('w:left="0" w:hanging="2000"', False),
        ('w:left="4000" w:right="4000"', False),
        ('w:left="-400"', False),
        ('w:left="1500" w:right="1500" w:firstLine="900"', False),
    ],
)
def test_no_indent_takes_the_text_off_the_paper(indents: str, taken: bool) -> None:
    body = 'w:styleId="BodyText"><w:name w:val="Body Text"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>'
    read = read_look(changed({STYLE: swap(body, f"{body}<w:ind {indents}/>")}))
    have = dict(dict(read.look.styles)["BodyText"])
    assert bool({"left", "right", "first"} & have.keys()) is taken
    assert ("its indents leave the text no room" in left_out(read)) is not taken
    data = json.loads(look_json(read.look))
    assert look_from(data) == read.look
    data["styles"]["BodyText"] |= {"left": 0, "first": -2000}
    with pytest.raises(ValueError, match="no room"):
        look_from(data)
