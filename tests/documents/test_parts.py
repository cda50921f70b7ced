"""Parts of a document: what their digests are taken over is what a reader sees of them, and nothing else."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import NAMES, ORDERS, Drawn
from lotproof import api
from lotproof.documents.nodes import Clause, Document, Exhibit, Paragraph
from lotproof.documents.parts import LETTERS, part_code, part_digest, part_text, parts, text_digest
from lotproof.frozen import replace
from lotproof.writers import WRITERS
from lotproof.writers.qr import LONGEST, modules
from word_faults import W
from word_faults import parts as word_parts


def printed(content: bytes) -> list[str]:
    """
    Return what stands on the pages of each part of a Word file, read from its XML alone: list numbers counted, fields as they show.

    The contents of a document, between its title and the first heading, are left out; so is what stands in content controls.
    """
    root = ET.fromstring(word_parts(content)["word/document.xml"]).find(f"{W}body")
    assert root is not None
    heading = clause = 0
    found, footers = [""], [""]
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else style.get(f"{W}val")
        text = "".join(_texts(paragraph))
        if name == "Heading1":
            heading, clause = heading + 1, 0
            text = f"{heading}{text}"
        elif name == "Clause":
            clause += 1
            text = f"{heading}.{clause}{text}"
        if name not in ("ContentsHeading", "TOC1"):
            found[-1] += text
        section = paragraph.find(f"{W}pPr/{W}sectPr")
        if section is not None:
            found.append("")
            footers.append("")
            footers[-2] = _footer(section)
    last = root[-1]
    footers[-1] = _footer(last)
    joined: dict[str, str] = {}
    for footer, text in zip(footers, found, strict=True):
        joined[footer] = joined.get(footer, "") + text
    return [unicodedata.normalize("NFC", "".join(text.split())) for text in joined.values()]


def _footer(section: ET.Element) -> str:
    return next(
        value for e in section.iter(f"{W}footerReference") for key, value in e.attrib.items() if key.endswith("}id")
    )


def _texts(element: ET.Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}sdt":
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        yield from _texts(child)


@pytest.mark.parametrize("drawn", ORDERS, indirect=True, ids=NAMES)
def test_the_text_of_a_part_is_what_its_pages_show(drawn: Drawn) -> None:
    documents = [
        *drawn.documents.values(),
        api.contract(drawn.order, ("zh",)),
        api.contract(drawn.order, ("en", "zh"), profile="short"),
    ]
    for document in documents:
        content = WRITERS["docx"](document)
        assert [part_text(document, part) for part in parts(document)] == printed(content)
        for part in parts(document):
            footer = word_parts(content)[f"word/footer{part.place}.xml"].decode()
            assert part_digest(document, part) in footer
            assert part_code(document, part, part_digest(document, part)) in footer


@pytest.mark.parametrize("kind", ["contract", "checklist", "arrival", "summary"])
def test_parts_are_whole_and_in_their_order(kind: str, mugs: bytes) -> None:
    document = api.documents(api.build(mugs).order, kinds=(kind,))[kind]
    found = parts(document)
    assert tuple(block for part in found for block in part.blocks) == document.blocks
    assert [part.place for part in found] == list(range(1, len(found) + 1))
    exhibits = sum(isinstance(block, Exhibit) for block in document.blocks)
    assert len(found) == {"contract": 2 + exhibits, "checklist": 3, "arrival": 3, "summary": 1}[kind]


def with_block(document: Document, place: int, **changes: object) -> Document:
    """Return a document with one block changed."""
    block = replace(document.blocks[place], **changes)
    return replace(document, blocks=(*document.blocks[:place], block, *document.blocks[place + 1 :]))


def test_a_changed_word_changes_the_digest_of_its_part_alone(mugs: bytes) -> None:
    document = api.contract(api.build(mugs).order)
    place = next(i for i, block in enumerate(document.blocks) if isinstance(block, Clause) and i > 5)
    clause = document.blocks[place]
    assert isinstance(clause, Clause)
    other = with_block(document, place, words=((*clause.words[0], " not"), *clause.words[1:]))
    before, after = ([part_digest(d, p) for p in parts(d)] for d in (document, other))
    assert [a != b for a, b in zip(before, after, strict=True)] == [True] + [False] * (len(before) - 1)


def test_spaces_and_line_ends_make_no_difference(mugs: bytes) -> None:
    document = api.contract(api.build(mugs).order)
    place = next(i for i, block in enumerate(document.blocks) if isinstance(block, Paragraph) and block.role == "body")
    block = document.blocks[place]
    assert isinstance(block, Paragraph)
    spaced = tuple(
        tuple(i.replace(" ", "\u00a0\n") if isinstance(i, str) else i for i in words) for words in block.words
    )
    other = with_block(document, place, words=spaced)
    assert other != document
    assert [part_digest(document, p) for p in parts(document)] == [part_digest(other, p) for p in parts(other)]


def test_what_is_filled_in_is_no_part_of_the_text(mugs: bytes) -> None:
    document = api.checklist(api.build(mugs).order)
    assert all("____" not in part_text(document, part) for part in parts(document))


@given(st.text())
def test_a_digest_is_ten_unmistakable_letters(text: str) -> None:
    said = text_digest(text.encode(errors="replace").decode())
    assert len(said) == 11 and said[5] == "-"
    assert set(said) - {"-"} <= set(LETTERS)
    assert not set("ILOU") & set(LETTERS)


def test_a_digest_is_the_head_of_sha_256() -> None:
    """SHA-256 of nothing begins e3b0c44298fc1c: its first 50 bits in base 32."""
    bits = f"{0xE3B0C44298FC1C:056b}"[:50]
    assert text_digest("").replace("-", "") == "".join(LETTERS[int(bits[i : i + 5], 2)] for i in range(0, 50, 5))


@pytest.mark.parametrize("languages", [("en",), ("zh",), ("en", "zh")], ids="-".join)
def test_every_code_fits_its_picture(languages: tuple[str, ...], mugs: bytes) -> None:
    for document in api.documents(api.build(mugs).order, languages, kinds=tuple(api.FORMATS)).values():
        for part in parts(document):
            said = part_code(document, part, part_digest(document, part))
            assert len(said) < LONGEST - 4  # a number of parts and names of languages may grow
            assert len(modules(said)) == 29
            assert said.split()[:2] == ["LP1", document.digest[:16].upper()]
