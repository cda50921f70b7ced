"""PDF: pages that say what the document says, numbered and held together, tagged, archivable, the same bytes each time."""

from __future__ import annotations

import datetime
import io
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

import pypdf
import pypdfium2
import pytest

from drawn import NAMES, NUMBER, ORDERS, Drawn
from lotproof.documents.nodes import (
    Clause,
    Document,
    Exhibit,
    Heading,
    Line,
    Paragraph,
    Readings,
    Row,
    Signatures,
    Table,
)
from lotproof.documents.parts import part_digest, parts
from lotproof.findings import Refused
from lotproof.wording.inlines import Ref, plain
from lotproof.writers import WRITERS
from lotproof.writers.pdf.fonts import chinese, families, installed
from printed import CASES, HOSTILE, Case, cell, clauses, dense, document, saying, stretches

NEEDED = "no Chinese font is installed; apt-get install fonts-noto-cjk"
MISSING = not chinese(installed("system")[1])

if MISSING and os.environ.get("CI"):
    pytest.fail(NEEDED, pytrace=False)
pytestmark = pytest.mark.skipif(MISSING, reason=NEEDED)

CONTRACTS = [case for case in CASES if case.kind == "contract"]
FORMS = [case for case in CASES if case.kind in ("checklist", "arrival")]


@dataclass(frozen=True, eq=False)
class Printed:
    """A PDF, read back."""

    content: bytes

    @cached_property
    def reader(self) -> pypdf.PdfReader:
        """Its objects."""
        return pypdf.PdfReader(io.BytesIO(self.content))

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page, without white space."""
        with pypdfium2.PdfDocument(self.content) as pdf:
            texts = [page.get_textpage().get_text_bounded() for page in pdf]
        return [dense(text.replace("\x02", "-")) for text in texts]  # a hyphen at the end of a line

    @property
    def root(self) -> Any:
        """Its catalogue."""
        return self.reader.trailer["/Root"]


@cache
def printed(case: Case) -> Printed:
    """Return the PDF of a document of an example."""
    return Printed(WRITERS["pdf"](case.document))


def of(given: Document) -> Printed:
    """Return the PDF of a document."""
    return Printed(WRITERS["pdf"](given))


def head(given: Document) -> str:
    """Return what each page begins with."""
    return dense(f"{' '.join(plain(w) for w in given.title)} {given.number}")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_pages_say_what_the_document_says_in_its_order(case: Case) -> None:
    given = case.document
    pages = [body(page, given) for page in printed(case).pages]
    said = "".join(pages[1 if given.contents else 0 :])
    for place, stretch in enumerate(stretches(given)):
        if place == 0 and given.contents:  # the title stands over the contents
            first = next(i for i, block in enumerate(given.blocks) if not isinstance(block, Paragraph))
            front = dense(plain_front(given, first))
            assert pages[0].startswith(front)
            stretch = stretch.removeprefix(front)
        assert stretch in said
    for number, text in clauses(given):
        assert dense(number + text.replace(" | ", "")) in said, number


def plain_front(given: Document, first: int) -> str:
    """Return the text of the title and the paragraphs before the contents."""
    lines = [given.title, *(block.words for block in given.blocks[:first] if isinstance(block, Paragraph))]
    return "".join(plain(inlines) for words in lines for inlines in words)


def body(page: str, given: Document) -> str:
    """Return the text of a page without its header and footer; none of a header that a table repeats."""
    assert page.startswith(head(given))
    words, footer, _ = page.removeprefix(head(given)).rpartition(
        dense(f"{label(given, 'number')} {given.number}") + "\u00b7"
    )
    assert footer
    for block in given.blocks:
        if isinstance(block, Table) and block.headed:
            repeated = dense("".join(plain(inlines) for column in block.columns for inlines in column.words))
            words = words.removeprefix(repeated) if words.startswith(repeated) else words
    return words


def label(given: Document, key: str) -> str:
    """Return a label in all languages."""
    return " ".join(plain(inlines) for inlines in given.labels[key])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_page_says_which_it_is_and_what_it_belongs_to(case: Case) -> None:
    given, found = case.document, printed(case)
    known = [part_digest(given, part) for part in parts(given)]
    seen = []
    for number, page in enumerate(found.pages, 1):
        for place in range(len(case.languages)):
            words = {
                key: given.labels[key][min(place, len(given.labels[key]) - 1)] for key in ("page", "of", "page_end")
            }
            counted = f"{plain(words['page'])}{number}{plain(words['of'])}{len(found.pages)}{plain(words['page_end'])}"
            assert dense(counted) in page
        assert given.digest[:16] in page
        seen.append(next(digest for digest in known if dense(digest) in page.rpartition("\u00b7")[2]))
    assert sorted(seen, key=known.index) == seen
    assert list(dict.fromkeys(seen)) == known


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_part_starts_a_page(case: Case) -> None:
    given, found = case.document, printed(case)
    starts = [
        block for block in given.blocks if isinstance(block, Exhibit) or (isinstance(block, Heading) and block.part)
    ]
    opened = [body(page, given) for page in found.pages]
    for block in starts:
        words = dense(plain(block.words[0]))
        assert any(words in page[: len(words) + 14] for page in opened), block.anchor


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_row_does_not_break_and_a_table_that_does_repeats_its_headings(case: Case) -> None:
    given, found = case.document, printed(case)
    broken = 0
    for table in (block for block in given.blocks if isinstance(block, Table)):
        places = set()
        for row in table.rows:
            words = [
                dense("".join(plain(i) for i in part.words)) for c in row.cells for part in c if isinstance(part, Line)
            ]
            on = [place for place, page in enumerate(found.pages) if all(word in page for word in words)]
            assert on, words
            places |= set(on if len(on) == 1 else ())
        headings = dense("".join(plain(i) for column in table.columns for i in column.words))
        if headings and len(places) > 1:
            broken += 1
            assert all(headings in found.pages[place] for place in places)
    assert broken or case.kind not in ("contract", "checklist")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_signatures_stand_on_one_page_with_what_they_sign_under(case: Case) -> None:
    given, found = case.document, printed(case)
    for before, block in pairwise(given.blocks):
        if not isinstance(block, Signatures):
            continue
        above = before.rows[-1].cells[0][0] if isinstance(before, Table) else before
        words = [dense("".join(plain(i) for i in w)) for w in (*block.lines, block.chop)]
        on = [page for page in found.pages if all(page.count(w) >= len(block.parties) for w in words)]
        assert len(on) == 1
        assert isinstance(above, Clause | Paragraph | Line)
        assert dense(plain(above.words[0])) in on[0] or any(isinstance(i, Ref) for i in above.words[0])


@pytest.mark.parametrize("case", CONTRACTS, ids=lambda case: case.name)
def test_the_contents_name_the_page_of_each_heading(case: Case) -> None:
    given, found = case.document, printed(case)
    outline = [item for item in found.reader.outline if not isinstance(item, list)]
    headings = [block for block in given.blocks if isinstance(block, Heading | Exhibit)]
    assert len(outline) == len(headings)
    entries = ""
    for item, block in zip(outline, headings, strict=True):
        page = found.reader.get_destination_page_number(item)
        assert page is not None
        title = str(item.title)
        assert all(dense(plain(i)) in dense(title) for i in block.words)
        assert all(dense(plain(i)) in found.pages[page] for i in block.words)
        entries += dense(title.replace("\u2013", "", 1) if isinstance(block, Exhibit) else title) + str(page + 1)
    assert entries in found.pages[0]


@pytest.mark.parametrize("case", CONTRACTS, ids=lambda case: case.name)
def test_each_reference_is_a_link(case: Case) -> None:
    given, found = case.document, printed(case)
    wanted = sum(
        isinstance(inline, Ref)
        for block in given.blocks
        if isinstance(block, Clause | Paragraph)
        for inlines in block.words
        for inline in inlines
    )
    links = [
        annotation.get_object()
        for page in found.reader.pages[1:]
        for annotation in page.get("/Annots", [])
        if annotation.get_object()["/Subtype"] == "/Link"
    ]
    assert len(links) >= wanted > 0  # one that breaks over two lines is two
    assert all("/Dest" in link or link["/A"]["/S"] == "/GoTo" for link in links)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_file_is_tagged_archivable_and_named(case: Case) -> None:
    given, found = case.document, printed(case)
    root = found.root
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712, an object of pypdf
    assert root["/Lang"] == ("zh-CN" if case.languages[0] == "zh" else "en-GB")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712, an object of pypdf
    metadata = root["/Metadata"].get_data().decode()
    for claim in ("<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        assert claim in metadata
    information = found.reader.metadata
    assert information is not None
    assert dense(str(information.title)) == head(given)
    assert information.creation_date == datetime.datetime.fromisoformat(given.date).replace(tzinfo=datetime.UTC)
    kinds = tags(root["/StructTreeRoot"])
    assert {"/H1", "/Table", "/TR", "/TD", "/P"} <= kinds or case.kind == "summary"
    assert all(font == "/Type0" for font in fonts(found.reader)), "every font is embedded, with its characters"


def tags(node: Any) -> set[str]:
    """Return the kinds of structure elements."""
    found: set[str] = set()
    todo = [node]
    while todo:
        inner = todo.pop()
        inner = inner.get_object() if hasattr(inner, "get_object") else inner
        if isinstance(inner, list):
            todo += inner
        elif isinstance(inner, dict):
            if "/S" in inner:
                found.add(str(inner["/S"]))
            todo += [inner["/K"]] if "/K" in inner else []
    return found


def fonts(reader: pypdf.PdfReader) -> set[str]:
    """Return the subtypes of the fonts of all pages."""
    found = set()
    for page in reader.pages:
        resources: Any = page.get("/Resources", {})
        for font in resources.get("/Font", {}).values():
            found.add(str(font.get_object()["/Subtype"]))
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_file_carries_the_order_and_nothing_that_acts(case: Case) -> None:
    found = printed(case)
    assert {name: b"".join(c) for name, c in found.reader.attachments.items()} == {
        "order.json": "".join(case.document.data).encode()
    }
    assert b"/JavaScript" not in found.content
    assert b"/Launch" not in found.content
    assert b"/URI" not in found.content
    assert "/OpenAction" not in found.root
    assert "/AA" not in found.root


def test_a_draft_says_so_on_each_page_and_a_final_on_none() -> None:
    blocks = tuple(Exhibit(((f"Part {n}",),), f"exhibit.{n}") for n in range(3))
    drafted = of(document(*blocks, draft=True))
    assert [page.count("DRAFT") for page in drafted.pages] == [2, 2, 2, 2]
    assert all("DRAFT" not in page for page in of(document(*blocks)).pages)


def test_no_answer_is_taken_for_markup() -> None:
    found = of(saying(*HOSTILE))
    said = "".join(found.pages)
    for text in HOSTILE:
        assert said.count(dense(text)) >= 5, text
    assert "root:" not in said
    assert found.reader.attachments["order.json"] == [b'{"a":"</script><b>&amp;"}']


def test_a_word_longer_than_its_column_breaks_and_loses_nothing() -> None:
    long = "ABCDEFGHIJ" * 12
    columns = tuple(saying("x").blocks[-1].columns)  # type: ignore[union-attr]
    table = Table(id="t", caption="t", columns=columns, rows=(Row((cell(long), cell(long))),))
    found = of(document(table, Clause(((long,),))))
    assert "".join(found.pages).count(long) == 5
    with pypdfium2.PdfDocument(found.content) as pdf:
        page = pdf[0]
        right = max(page.get_textpage().get_charbox(i)[2] for i in range(page.get_textpage().count_chars()))
        assert right < page.get_width() - 50


def test_a_row_higher_than_a_page_breaks_and_loses_nothing() -> None:
    words = [f"word{n}" for n in range(3000)]
    columns = tuple(saying("x").blocks[-1].columns)  # type: ignore[union-attr]
    table = Table(
        id="t",
        caption="t",
        columns=columns,
        rows=(
            Row(
                (
                    cell("a"),
                    (
                        Line(
                            ((" ".join(words),),),
                        ),
                    ),
                )
            ),
        ),
    )
    pages = of(document(table)).pages
    said = "".join(body(page, document()).removeprefix("xWhat") for page in pages)
    assert len(pages) > 2
    assert "".join(words) in said


def test_a_list_goes_on_under_its_row_however_long_it_is() -> None:
    columns = tuple(saying("x").blocks[-1].columns)  # type: ignore[union-attr]
    for count in (3, 400):
        listed = tuple(Line(((f"line{n}",),), listed=True) for n in range(count))
        row = Row(((Line((("first",),)), *listed), (Line((("second",),)),)))
        last = Row(((Line((("third",),)),), (Line((("fourth",),)), *listed)))
        table = Table(id="t", caption="t", columns=columns, rows=(row, last))
        pages = of(document(table)).pages
        said = "".join(body(page, document()).removeprefix("xWhat") for page in pages)
        lines = "".join(f"line{n}" for n in range(count))
        assert f"firstsecond{lines}thirdfourth{lines}" in said
        assert len(pages) == 1 or count == 400


def test_a_character_without_a_font_is_a_finding_that_names_it() -> None:
    with pytest.raises(Refused) as refused:
        of(saying("a \U0001fae8 b", "\u1234"))
    (finding,) = refused.value.findings
    assert finding.code == "LP421"
    assert finding.where == "contract.pdf"
    assert "U+1FAE8" in finding.message
    assert "U+1234 ethiopic syllable see" in finding.message
    assert "apt-get install" in finding.hint


def test_chinese_without_a_chinese_font_is_a_finding_and_no_boxes(tmp_path: Any) -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from lotproof.findings import Refused\nfrom lotproof.writers import WRITERS\nfrom lotproof.writers.pdf import fonts\n"
        "from printed import saying\nfonts.FOLDERS = ()\n"
        "print(len(WRITERS['pdf'](saying('plain'))) > 1000)\n"
        "try: WRITERS['pdf'](saying('合同'))\n"
        "except Refused as refused: print([(f.code, f.message) for f in refused.findings])\n"
    )
    # an empty configuration: the system has no fonts then
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>")
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "FONTCONFIG_FILE": str(config)},
    )
    assert done.stdout.splitlines() == [
        "True",
        "[('LP421', 'no font that is installed has these characters: 合 (U+5408), 同 (U+540C)')]",
    ]


def test_without_typst_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests'); sys.modules['typst'] = None\n"
        "from lotproof.findings import Refused\nfrom lotproof.writers import WRITERS\nfrom printed import saying\n"
        "try: WRITERS['pdf'](saying('plain'))\n"
        "except Refused as refused: print([(f.code, f.hint) for f in refused.findings])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "LP420" in done.stdout
    assert "pip install 'lotproof[pdf]'" in done.stdout


def test_each_language_is_set_in_fonts_of_its_own_and_english_asks_the_latin_one_first() -> None:
    known = frozenset({"Libertinus Serif", "SimSun", "DejaVu Sans"})
    assert families("en", known)[0] == "Libertinus Serif"
    assert families("zh", known)[:2] == [{"name": "Libertinus Serif", "covers": "latin-in-cjk"}, "SimSun"]
    assert "Noto Serif CJK SC" not in families("zh", known)


def test_the_same_bytes_in_another_place_and_with_another_hash_seed() -> None:
    code = (
        "import hashlib, sys; sys.path.insert(0, 'tests')\n"
        "from printed import CASES\n"
        "from lotproof.writers import WRITERS\n"
        "for case in CASES[2::6]: print(hashlib.sha256(WRITERS['pdf'](case.document)).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, **changed}
        ).stdout
        for changed in (
            {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
            {"TZ": "America/Anchorage", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "77"},
        )
    }
    assert len(found) == 1
    assert len(next(iter(found)).splitlines()) == 4


@pytest.mark.parametrize("case", FORMS, ids=lambda case: case.name)
def test_a_checklist_has_a_numbered_box_for_each_reading(case: Case) -> None:
    given = case.document
    said = "".join(body(page, given) for page in printed(case).pages)
    boxes = 0
    for table in (block for block in given.blocks if isinstance(block, Table)):
        for readings in (part for row in table.rows for c in row.cells for part in c if isinstance(part, Readings)):
            if len(readings.fields) > 1:
                boxes += len(readings.fields)
                assert dense("".join(plain(i) for field in readings.fields for i in field.label)) in said
    assert boxes > 20


@pytest.mark.parametrize("drawn", ORDERS[1 :: 5 * NUMBER], ids=NAMES[1 :: 5 * NUMBER], indirect=True)
def test_a_random_order_becomes_pages_with_all_its_clauses_or_names_what_has_no_font(drawn: Drawn) -> None:
    for given in drawn.documents.values():
        try:
            found = of(given)
        except Refused as refused:
            (finding,) = refused.findings
            assert finding.code == "LP421"
            assert "U+1F642" in finding.message, "the one sign of the random texts that few fonts have"
            continue
        said = "".join(body(page, given) for page in found.pages)
        for number, text in clauses(given):
            assert all(dense(words) in said for words in text.split(" | ")), number
