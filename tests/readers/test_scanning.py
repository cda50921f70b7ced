"""Parts that are looked through by a pattern give what a parser gives, however they are written."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filling import complete, filled_docx, filled_xlsx
from judged import order_of
from lotproof.documents.checklist import checklist
from lotproof.findings import Refused
from lotproof.readers.controls import WANTED as CONTROLS
from lotproof.readers.grid import WANTED as SHEETS
from lotproof.readers.grid import Grid
from lotproof.readers.scanning import Wanted, attributes_of, is_plain, one_of, scan, settled, told
from lotproof.readers.xml import TRANSITIONAL, Attributes, visit
from lotproof.writers import WRITERS

W = f'xmlns:w="{TRANSITIONAL}"'
WANTED = Wanted(("w:r", "w:tab", "w:tag"), ("w:t",))


class Heard:
    """Notes what it is told of the wanted elements, pieces of one text together."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted, self.said = wanted, list[tuple[str, ...]]()
        self._open = 0

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        self._open += name in self.wanted.texts
        if name in (*self.wanted.names, *self.wanted.texts):
            self.said.append(("start", name, repr(sorted(attributes.items()))))

    def end(self, name: str, place: int) -> None:
        self._open -= name in self.wanted.texts
        if name in (*self.wanted.names, *self.wanted.texts):
            self.said.append(("end", name))

    def text(self, data: str, place: int) -> None:
        if self._open:
            before = self.said.pop()[1] if self.said[-1][0] == "text" else ""
            self.said.append(("text", before + data))


def both(content: bytes, wanted: Wanted = WANTED) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return what a scan tells, and what a parser tells."""
    scanned, parsed = Heard(wanted), Heard(wanted)
    scan(content, scanned, wanted, "file", "part")
    visit(content, parsed, "file", "part")
    return scanned.said, parsed.said


BODIES = [
    "<w:r><w:t>a</w:t></w:r>",
    '<w:r w:rsidR="1"><w:t xml:space="preserve"> a &lt;b&gt; &amp; &#8364;&#x4E2D; </w:t><w:tab/></w:r>',
    "<w:r><w:t/><w:tab></w:tab></w:r>",
    "<w:r><w:t></w:t></w:r>",
    "<w:tag w:val=\"a &gt; > 'b' &quot;c&quot;\"/>",
    "<w:tag w:val='a > \"b\"'/>",
    '<w:tag w:val = "a"\n w:other="b"/>',
    "<w:r><w:tabs><w:tab/></w:tabs><w:tbl/><w:tr></w:tr></w:r>",
    "<w:r><w:t>one\r\ntwo\rthree</w:t></w:r>",
    '<w:tag w:val="one\ntwo&#10;three"/>',
]


@pytest.mark.parametrize("body", BODIES)
def test_a_part_as_programs_write_it_is_told_as_parsed(body: str) -> None:
    content = f"<?xml version='1.0' encoding='UTF-8'?><w:x {W}>{body}</w:x>".encode()
    assert is_plain(content, WANTED)
    scanned, parsed = both(content)
    assert scanned == parsed
    assert parsed


OTHERWISE = [
    f"<w:x {W}><!-- <w:tab/> --><w:r><w:t>a</w:t></w:r></w:x>",
    f"<w:x {W}><w:r><w:t><![CDATA[<w:tab/> & a]]></w:t></w:r></w:x>",
    f"<w:x {W}><?pi <w:tab/> ?><w:r><w:t>a</w:t></w:r></w:x>",
    f'<v:x xmlns:v="{TRANSITIONAL}"><v:r><v:t>a</v:t></v:r></v:x>',
    f'<x xmlns="{TRANSITIONAL}"><r><t>a</t></r></x>',
    f'<w:x {W}><w:r xmlns:w="urn:other"><w:t>a</w:t></w:r><w:tab/></w:x>',
    f'<w:x {W} xmlns:v="{TRANSITIONAL}"><v:tab/><w:tab/></w:x>',
    f"<w:x xmlns:w = '{TRANSITIONAL}'><w:r><w:t>a</w:t></w:r></w:x>",
    '<w:x xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:r><w:t>a</w:t></w:r></w:x>',
    '<w:x xmlns:w="urn:other"><w:r><w:t>a</w:t></w:r></w:x>',
]


@pytest.mark.parametrize("text", OTHERWISE)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_that_is_written_otherwise_is_told_as_parsed(text: str, encoding: str) -> None:
    scanned, parsed = both(text.encode(encoding))
    assert scanned == parsed


def test_elements_within_a_text_do_not_cut_it() -> None:
    scanned, parsed = both(f"<w:x {W}><w:r><w:t>a<w:y/>b</w:t></w:r></w:x>".encode())
    assert [one for one in scanned if one[0] == "text"] == [("text", "ab")]
    assert scanned == parsed


@given(st.lists(st.tuples(st.sampled_from(BODIES + OTHERWISE), st.booleans()), max_size=6))
def test_any_pieces_together_are_told_as_parsed(pieces: list[tuple[str, bool]]) -> None:
    inside = "".join(text if not text.startswith("<?xml") else "" for text, _ in pieces)
    scanned, parsed = both(f"<w:x {W}>{inside}</w:x>".encode())
    assert scanned == parsed


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (f"<w:x {W}><w:r></w:x>", "LP501"),
        (f"<w:x {W}>&other;</w:x>", "LP501"),
        (f"<!DOCTYPE w:x [<!ENTITY a 'b'>]><w:x {W}>&a;</w:x>", "LP505"),
        (f"<w:x {W}><w:r><w:t>a</w:t></w:r>", "LP501"),
    ],
)
def test_what_is_no_xml_is_refused_all_the_same(content: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        scan(content.encode(), Heard(WANTED), WANTED, "file", "part")
    assert [finding.code for finding in caught.value.findings] == [code]


@cache
def package(kind: str) -> dict[str, bytes]:
    """Return the large parts of a filled checklist."""
    order = order_of("stoneware-mugs")
    document = checklist(order)
    fill = {"docx": filled_docx, "xlsx": filled_xlsx}[kind]
    content = fill(WRITERS[kind](document), complete(order, document, 1), document)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        wanted = r"word/document\.xml|xl/worksheets/.*\.xml"
        return {name: parts.read(name) for name in parts.namelist() if re.fullmatch(wanted, name)}


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_our_own_parts_are_told_as_parsed(kind: str) -> None:
    wanted = CONTROLS if kind == "docx" else SHEETS[Grid]
    for content in package(kind).values():
        assert is_plain(content, wanted)
        scanned, parsed = both(content, wanted)
        assert scanned == parsed
        again, _ = both(
            f'<w:x {W} xmlns="x">'.encode() + settled(content, wanted, "f", "p").encode() + b"</w:x>", wanted
        )
        assert kind == "xlsx" or again == parsed


@given(
    st.lists(st.text("abct:", min_size=1, max_size=5), min_size=1, max_size=12, unique=True),
    st.text("abct:", max_size=6),
)
def test_a_pattern_of_names_finds_these_and_no_others(names: list[str], other: str) -> None:
    pattern = re.compile(one_of(names))
    assert all(pattern.fullmatch(name) for name in names)
    assert bool(pattern.fullmatch(other)) == (other in names)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20))
def test_characters_and_attributes_are_read_as_they_were_written(text: str) -> None:
    from lotproof.writers.xml import attribute, escape

    try:
        written, value = escape(text), attribute(text)
    except ValueError:
        return
    assert told(written) == text
    assert attributes_of(f" w:val={value}")["val"] == text
