"""Redlines: accepting all gives the newer contract, rejecting all the older one, exactly."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree as ET

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn import orders
from gate_orders import answers
from lotproof import api
from lotproof.changes.aligning import Piece, align
from lotproof.changes.tokens import tokens
from lotproof.documents.nodes import Block, Clause, Document, Heading, Line, Paragraph, Row, Table
from lotproof.frozen import replace
from lotproof.orders.model import Order
from lotproof.wording.inlines import Ref, Value
from lotproof.writers import WRITERS
from lotproof.writers.docx.redline.package import redline
from revised import EXAMPLES, REVISIONS, order
from settling import W, accepted, plain, rejected, stories
from strategies import CATEGORIES

SEALED = (
    '\n[sealed_sample]\ncopies = 3\nholders = { en = "buyer, seller, inspector", zh = "买方、卖方、检验员" }\n'
    "sealed_by = 2027-03-01\n"
)
LANGUAGES = [("en",), ("zh",), ("en", "zh")]
DAY = "2027-02-08"


def contract(made: Order, languages: tuple[str, ...], profile: str = "full") -> bytes:
    """The contract of an order in Word."""
    return WRITERS["docx"](api.contract(made, languages, None, profile))


def assert_exact(old: bytes, new: bytes) -> bytes:
    """Assert that a redline gives both files back, and return it."""
    made = redline(old, new, "J. Petersen", DAY)
    assert accepted(made) == plain(new)
    assert rejected(made) == plain(old)
    assert_sound(made)
    return made


def assert_sound(content: bytes) -> None:
    """Assert what Word relies on."""
    for root in stories(content).values():
        marks = [node for node in root.iter() if f"{W}author" in node.attrib]
        assert {node.get(f"{W}author") for node in marks} <= {"J. Petersen"}
        assert {node.get(f"{W}date") for node in marks} <= {f"{DAY}T00:00:00Z"}
        starts = list(root.iter(f"{W}bookmarkStart"))
        ends = [b.get(f"{W}id", "") for b in root.iter(f"{W}bookmarkEnd")]
        ids = [node.get(f"{W}id") for node in (*marks, *starts)]
        assert len(ids) == len(set(ids))
        assert sorted(ends) == sorted(b.get(f"{W}id", "") for b in starts)
        names = [b.get(f"{W}name") for b in starts]
        assert len(names) == len(set(names))
        tags = [t.get(f"{W}val") for t in root.iter(f"{W}tag")]
        assert len(tags) == len(set(tags))
        fields = [f.get(f"{W}fldCharType") for f in root.iter(f"{W}fldChar")]
        assert fields.count("begin") == fields.count("separate") == fields.count("end")
        for deleted in root.iter(f"{W}del"):
            assert not [n for n in deleted.iter() if n.tag in (f"{W}t", f"{W}instrText")]
        for row in root.iter(f"{W}tr"):
            goes = [m.tag for m in row.findall(f"{W}trPr/*") if m.tag in (f"{W}ins", f"{W}del")]
            for cell in row.findall(f"{W}tc"):
                assert cell[-1].tag == f"{W}p"
                mark = [m.tag for m in cell[-1].findall(f"{W}pPr/{W}rPr/*") if m.tag in (f"{W}ins", f"{W}del")]
                assert mark == goes  # nobody can delete the last mark of a cell but with its row
    assert docx.Document(io.BytesIO(content)).paragraphs


@pytest.mark.parametrize("languages", LANGUAGES, ids="-".join)
@pytest.mark.parametrize("revision", REVISIONS)
def test_each_revision_and_its_way_back(revision: str, languages: tuple[str, ...]) -> None:
    old, new = contract(order(answers()), languages), contract(order(REVISIONS[revision]), languages)
    assert_exact(old, new)
    assert_exact(new, old)


@pytest.mark.parametrize(("place", "names"), list(enumerate(pairwise((*EXAMPLES, EXAMPLES[0])))))
def test_contracts_that_have_little_in_common(place: int, names: tuple[str, str]) -> None:
    old, new = (contract(order(answers(name)), LANGUAGES[-place % 3]) for name in names)
    assert_exact(old, new)


@pytest.mark.parametrize("profile", ["short", "master"])
def test_the_other_printings(profile: str) -> None:
    old, new = (contract(order(t), ("en", "zh"), profile) for t in (answers(), REVISIONS["provision added"]))
    assert_exact(old, new)


@pytest.mark.parametrize(("place", "category"), list(enumerate(CATEGORIES)), ids=CATEGORIES)
def test_orders_of_any_answers(place: int, category: str) -> None:
    old, new = (contract(drawn.order, LANGUAGES[place % 3]) for drawn in orders(category)[:2])
    assert_exact(old, new)


def test_nothing_is_marked_where_nothing_differs() -> None:
    same = contract(order(answers()), ("en", "zh"))
    made = redline(same, same, "J. Petersen", DAY)
    assert not [node for root in stories(made).values() for node in root.iter() if f"{W}author" in node.attrib]
    assert accepted(made) == plain(same)


def test_a_value_is_struck_out_as_a_whole() -> None:
    made = assert_exact(contract(order(answers()), ("en",)), contract(order(REVISIONS["limit and money"]), ("en",)))
    gone = {
        "".join(t.text or "" for t in d.iter(f"{W}delText")) for d in stories(made)["word/document.xml"].iter(f"{W}del")
    }
    assert {"USD\u00a01.42", "16\u00a0kg", "30%"} <= gone


def test_chinese_is_struck_out_by_its_characters_and_not_by_paragraphs() -> None:
    made = assert_exact(contract(order(answers()), ("zh",)), contract(order(REVISIONS["words"]), ("zh",)))
    body = stories(made)["word/document.xml"]
    gone = ["".join(t.text or "" for t in d.iter(f"{W}delText")) for d in body.iter(f"{W}del")]
    assert "哑" in gone
    assert all(len(text) < 8 or text.isascii() for text in gone)  # a digest is one word


def test_a_provision_that_comes_moves_the_numbers_of_references() -> None:
    made = assert_exact(contract(order(answers()), ("en",)), contract(order(answers() + SEALED), ("en",)))
    body = stories(made)["word/document.xml"]
    assert len([p for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}rPr/{W}ins") is not None]) >= 5
    gone = [c.text.split()[0] for c in body.iter(f"{W}delInstrText") if c.text]
    assert {"REF", "SEQ"} <= set(gone)


def test_a_heading_keeps_its_bookmark_around_what_it_says_before_and_after() -> None:
    sealed = answers() + SEALED
    made = assert_exact(contract(order(answers()), ("en",)), contract(order(sealed), ("en",)))
    inside: dict[str, str] = {}
    for paragraph in stories(made)["word/document.xml"].iter(f"{W}p"):
        names: dict[str | None, str] = {}
        for node in paragraph.iter():
            if node.tag == f"{W}bookmarkStart":
                names[node.get(f"{W}id")] = node.get(f"{W}name", "")
                inside[names[node.get(f"{W}id")]] = ""
            elif node.tag == f"{W}bookmarkEnd":
                names.pop(node.get(f"{W}id"), None)
            elif node.tag in (f"{W}t", f"{W}delText"):
                for name in names.values():
                    inside[name] += node.text or ""
    assert inside["lp_exhibit_change_form"] == "IJ"  # the letter that goes, and the one that comes


def test_the_same_files_give_the_same_bytes_and_the_date_is_that_of_the_order() -> None:
    sides = order(answers()), order(REVISIONS["words"])
    made = api.redline(*sides)
    assert made == api.redline(*sides)
    dates = set(re.findall(rb'w:date="([^"]+)"', _part(made, "word/document.xml")))
    assert dates == {b"2027-02-08T00:00:00Z"}
    later = api.redline(*sides, author="A & B", date=datetime.date(2027, 3, 1))
    assert b'w:author="A &amp; B" w:date="2027-03-01T00:00:00Z"' in _part(later, "word/document.xml")


def test_the_file_says_that_it_is_a_redline() -> None:
    made = api.redline(order(answers()), order(REVISIONS["words"]))
    properties = ET.fromstring(_part(made, "docProps/custom.xml"))
    kinds = [p[0].text for p in properties if p.get("name") == "lotproof.kind"]
    assert kinds == ["redline"]


def _part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


# documents of any shape

WORDS = st.lists(st.sampled_from(["red", "blue 5\u00a0mm", "(a)", "白", "不合格", ",", "4.0", "x."]), max_size=6).map(
    " ".join
)
TEXT = st.lists(st.one_of(WORDS, WORDS.map(Value), st.just(Ref("h1"))), max_size=3).map(tuple)
LINE = TEXT.map(lambda inlines: Line((inlines,)))
CELL = st.lists(LINE, max_size=3).map(tuple)


def table(columns: int) -> st.SearchStrategy[Table]:
    """A table of some columns."""
    from lotproof.documents.nodes import Column

    return st.lists(st.tuples(*[CELL] * columns), max_size=3).map(
        lambda rows: Table(
            id="t",
            caption="t",
            columns=tuple(Column(100, ((str(n),),)) for n in range(columns)),
            rows=tuple(Row(row) for row in rows),
        )
    )


BLOCKS = st.lists(
    st.one_of(
        TEXT.map(lambda t: Clause((t,))),
        TEXT.map(lambda t: Paragraph((t,))),
        table(2),
        table(3),
    ),
    max_size=6,
)


@cache
def frame() -> Document:
    """A document to put blocks into."""
    return replace(api.contract(order(answers()), ("en",)), data="{}")


def written(blocks: list[Block]) -> bytes:
    """Some blocks in Word, under a heading that they may refer to."""
    return WRITERS["docx"](replace(frame(), blocks=(Paragraph((("Front",),)), Heading((("Head",),), "h1"), *blocks)))


@settings(deadline=None)
@given(BLOCKS, BLOCKS)
def test_documents_of_any_shape(old: list[Block], new: list[Block]) -> None:
    assert_exact(written(old), written(new))


@settings(deadline=None)
@given(BLOCKS, st.data())
def test_documents_with_a_block_moved_taken_or_put_in(old: list[Block], data: st.DataObject) -> None:
    new = list(old)
    for _ in range(data.draw(st.integers(1, 3))):
        kind = data.draw(st.sampled_from(["move", "take", "put"]))
        if kind == "put" or not new:
            new.insert(data.draw(st.integers(0, len(new))), data.draw(BLOCKS.filter(bool))[0])
        else:
            taken = new.pop(data.draw(st.integers(0, len(new) - 1)))
            if kind == "move":
                new.insert(data.draw(st.integers(0, len(new))), taken)
    assert_exact(written(old), written(new))


# words and their order


@given(st.text(st.sampled_from('ab 白,.()[]\u00a05\n"中'), max_size=30))
def test_words_are_the_text_again(text: str) -> None:
    assert "".join(tokens(text)) == text
    assert "" not in list(tokens(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("at most 72\u00a0dB(A).", ["at", " ", "most", " ", "72\u00a0dB(A)", "."]),
        ("(USD\u00a04,108.80),", ["(", "USD\u00a04,108.80", ")", ","]),
        ("不超过16\u00a0kg。", ["不", "超", "过", "16\u00a0kg", "。"]),
    ],
)
def test_a_number_and_its_unit_are_one_word(text: str, words: list[str]) -> None:
    assert list(tokens(text)) == words


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_every_piece_is_aligned_once_and_in_order(old: list[str], new: list[str]) -> None:
    sides = [[Piece(key=k, kind="", text=k) for k in side] for side in (old, new)]
    found = align(*sides)
    assert [i for i, _ in found if i is not None] == list(range(len(old)))
    assert [j for _, j in found if j is not None] == list(range(len(new)))
