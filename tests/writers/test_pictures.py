"""Photographs in a document: the file itself, upright, with its words and its relationship."""

from __future__ import annotations

import base64
import io
import re
import zipfile

import pytest
from PIL import Image

from case_folders import photo
from lotproof.cases.pictures import measured
from lotproof.documents.checklist import checklist
from lotproof.documents.nodes import Document, Picture, Pictures
from lotproof.documents.parts import part_text, parts
from lotproof.frozen import replace
from lotproof.writers import WRITERS
from stories import order


def picture(name: str, turn: int = 0, format_: str = "jpeg") -> Picture:
    return Picture(
        format=format_,
        content=photo(name, format_=format_.upper()),
        width=640,
        height=480,
        turn=turn,
        words=((f"{name} & <more>",), (f"{name} 照片",)),
    )


def document(*pictures: Picture) -> Document:
    """The checklist with photographs at its end, in two blocks."""
    plain = checklist(order())
    return replace(plain, protected=False, blocks=(*plain.blocks, Pictures(pictures[:2]), Pictures(pictures[2:])))


FOUR = (picture("one"), picture("two", 90), picture("three", format_="png"), picture("four", 180))


def test_word_holds_each_photograph_as_it_is_and_shows_it_once() -> None:
    with zipfile.ZipFile(io.BytesIO(WRITERS["docx"](document(*FOUR)))) as package:
        xml = package.read("word/document.xml").decode()
        relations = dict(
            re.findall(r'Id="(rIdPhoto\d+)"[^>]*Target="(.*?)"', package.read("word/_rels/document.xml.rels").decode())
        )
        assert re.findall(r'r:embed="(.*?)"', xml) == list(relations)
        assert [package.read(f"word/{target}") for target in relations.values()] == [one.content for one in FOUR]
        assert 'Extension="jpeg" ContentType="image/jpeg"' in package.read("[Content_Types].xml").decode()
        ids = re.findall(r'<wp:docPr id="(\d+)"', xml)
        assert len(ids) == len(set(ids)) == 4
        assert 'descr="one &amp; &lt;more&gt; / one 照片"' in xml


def test_a_turned_photograph_keeps_its_sides() -> None:
    with zipfile.ZipFile(io.BytesIO(WRITERS["docx"](document(*FOUR)))) as package:
        xml = package.read("word/document.xml").decode()
    extents = [tuple(map(int, pair)) for pair in re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)"/><wp:docPr id="10', xml)]
    inner = [
        (m[0], int(m[1]), int(m[2]))
        for m in re.findall(r'<a:xfrm( rot="\d+")?><a:off x="0" y="0"/><a:ext cx="(\d+)" cy="(\d+)"/>', xml)
    ]
    assert [rot for rot, _, _ in inner] == ["", ' rot="5400000"', "", ' rot="10800000"']
    for (across, down), (rot, cx, cy) in zip(extents, inner, strict=True):
        assert (cx, cy) == ((down, across) if "5400000" in rot else (across, down))
        assert cx * 480 == pytest.approx(cy * 640, rel=0.001)


def test_the_words_under_photographs_are_text_of_their_part() -> None:
    laid = document(*FOUR)
    assert "four&<more>four照片" in part_text(laid, parts(laid)[-1])


def test_html_holds_them_and_loads_nothing() -> None:
    page = WRITERS["html"](document(*FOUR)).decode()
    assert [base64.b64decode(m) for m in re.findall(r'<img src="data:image/\w+;base64,(.*?)"', page)] == [
        one.content for one in FOUR
    ]
    assert "img-src data:;" in page


@pytest.mark.parametrize("kind", ["txt", "xlsx"])
def test_other_formats_name_them(kind: str) -> None:
    content = WRITERS[kind](document(*FOUR))
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    assert b"four &" in content


@pytest.mark.parametrize(("orientation", "turn"), [(None, 0), (1, 0), (3, 180), (6, 90), (8, 270), (2, 0)])
def test_size_and_turn_of_a_photograph(orientation: int | None, turn: int) -> None:
    image = Image.new("RGB", (64, 48))
    exif = image.getexif()
    if orientation is not None:
        exif[0x0112] = orientation
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    assert measured(out) == ("jpeg", 64, 48, turn)
    png = io.BytesIO()
    image.save(png, "PNG")
    assert measured(png) == ("png", 64, 48, 0)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xc0\x00\x05\x08\x00",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
    ],
)
def test_what_says_nothing_of_its_size_is_not_printed(content: bytes) -> None:
    assert measured(io.BytesIO(content)) is None
