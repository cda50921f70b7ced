"""Every Word file of every category, kind, profile and language is sound; and the checks that say so see what is not."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from filled import filled
from lotproof import api
from lotproof.documents.gate import gate_report
from lotproof.writers import WRITERS
from strategies import CATEGORIES
from word_faults import faults, parts

LANGUAGES = (("en",), ("zh",), ("en", "zh"))
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/answers.toml"))


def word_files(answers: bytes, languages: tuple[str, ...]) -> dict[str, bytes]:
    """Return every Word file that an order can become in some languages."""
    built = api.build(answers)
    gate = api.check(built.order, built.findings, datetime.date(2027, 3, 1))
    documents = api.documents(built.order, languages, None, tuple(api.PROFILES), tuple(api.FORMATS))
    found = {name: WRITERS["docx"](document) for name, document in documents.items()}
    booked = api.booking_files(built.order, {"checklist.docx": "0" * 64}, languages, ("docx",))
    return found | {
        "gate": WRITERS["docx"](gate_report(built.order, gate, languages)),
        "booking": booked["booking.docx"],
    }


def unsound(files: dict[str, bytes]) -> dict[str, list[str]]:
    """Return the faults of those files that have any."""
    assert len(files) >= 2
    return {name: wrong for name, content in files.items() if (wrong := faults(content))}


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_document_of_every_category_is_sound(category: str) -> None:
    files = word_files(filled(category), ("en", "zh"))
    assert len(files) == len(api.FORMATS) + len(api.PROFILES) + 1
    assert unsound(files) == {}


@pytest.mark.parametrize("category", CATEGORIES)
def test_contract_and_checklist_of_every_category_are_sound_in_one_language(category: str) -> None:
    order = api.build(filled(category)).order
    for language in ("en", "zh"):
        assert unsound({name: WRITERS["docx"](d) for name, d in api.documents(order, (language,)).items()}) == {}


@pytest.mark.parametrize("languages", LANGUAGES, ids="-".join)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_document_of_every_example_is_sound_in_every_language(example: Path, languages: tuple[str, ...]) -> None:
    assert unsound(word_files(example.read_bytes(), languages)) == {}


def changed(content: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """Return a package with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for part, data in parts(content).items():
            text = change(data.decode()) if part == name else None
            if text is not None:
                assert text != data.decode(), "the change changes nothing"
            package.writestr(part, data if text is None else text)
    return out.getvalue()


def swap(old: str, new: str) -> Callable[[str], str]:
    """Return a change that replaces the first match of a pattern."""
    return lambda text: re.sub(old, new, text, count=1, flags=re.DOTALL)


BODY, FOOTER, STYLES, SETTINGS = "word/document.xml", "word/footer1.xml", "word/styles.xml", "word/settings.xml"
RELATIONS, NUMBERS, CORE = "word/_rels/document.xml.rels", "word/numbering.xml", "docProps/core.xml"

BROKEN = {
    "bookmarks are not balanced": (BODY, swap(r"<w:bookmarkEnd [^>]*/>", "")),
    "stands twice": (BODY, swap(r'(w:name="lp_contract_goods".*?)w:name="[^"]*"', r'\1w:name="LP_contract_goods"')),
    "which does not exist": (BODY, swap(r" REF lp_\w+ ", " REF lp_nothing ")),
    "a link to lp_nothing": (BODY, swap(r'w:anchor="[^"]*"', 'w:anchor="lp_nothing"')),
    "a field that does not end": (BODY, swap(r'(.*)<w:r><w:fldChar w:fldCharType="end"/></w:r>', r"\1")),
    "out of turn": (FOOTER, swap('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "")),
    "a field INCLUDETEXT": (BODY, swap(r" REF lp_\w+ ", " INCLUDETEXT lp_nothing ")),
    "asks to be updated": (BODY, swap('w:fldCharType="begin"', 'w:fldCharType="begin" w:dirty="true"')),
    "updateFields": (SETTINGS, swap("<w:zoom ", '<w:updateFields w:val="true"/><w:zoom ')),
    "numId 7 is not defined": (STYLES, swap('<w:numId w:val="1"/>', '<w:numId w:val="7"/>')),
    "do not name each other": (NUMBERS, swap('<w:pStyle w:val="Clause"/>', '<w:pStyle w:val="BodyText"/>')),
    "eight hexadecimal digits": (NUMBERS, swap('<w:nsid w:val="[^"]*"/>', '<w:nsid w:val="1A2B"/>')),
    "no style Nobody": (BODY, swap('<w:pStyle w:val="Clause"/>', '<w:pStyle w:val="Nobody"/>')),
    "no East Asian font or language": (STYLES, swap(' w:eastAsia="SimHei"', "")),
    "tag exhibit.arrival.container twice": (BODY, swap(r'<w:tag w:val="[^"]*"/>', '<w:tag w:val="exhibit.arrival.container"/>')),
    "of 70 characters": (BODY, swap(r'<w:tag w:val="[^"]*"/>', f'<w:tag w:val="{"a" * 70}"/>')),
    "finds no node": (BODY, swap("<w:showingPlcHdr/>", '<w:showingPlcHdr/><w:dataBinding w:xpath="/x[1]" w:storeItemID="{0}"/>')),
    "is not in the package": (RELATIONS, swap('Target="styles.xml"', 'Target="https://example.org/s.xml" TargetMode="External"')),
    "no part nowhere.xml": (RELATIONS, swap('Target="header1.xml"', 'Target="nowhere.xml"')),
    "has no relationship": (BODY, swap('r:id="rId5"', 'r:id="rId55"')),
    "a relationship attachedTemplate": (RELATIONS, swap("/relationships/header", "/relationships/attachedTemplate")),
    "a row that may be torn": (BODY, swap("<w:cantSplit/>", "")),
    "another number of cells": (BODY, swap(r"<w:tc>(?:(?!<w:tc>).)*?</w:tc></w:tr>", "</w:tr>")),
    "do not give its width": (BODY, swap(r'<w:tblW w:w="\d+"', '<w:tblW w:w="9"')),
    "two tables that grow into one": (BODY, swap(r'</w:tbl><w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p><w:tbl>', "</w:tbl><w:tbl>")),
    "no title": (CORE, swap("<dc:title>.*</dc:title>", "<dc:title></dc:title>")),
    "a picture without a description": (FOOTER, swap(r'name="Code" descr="[^"]*"', 'name="Code"')),
    "a table without a description": (BODY, swap(r"<w:tblCaption [^>]*/>", "")),
    "empty lines for space": (BODY, swap("<w:body>", "<w:body>" + "<w:p/>" * 4)),
    "spaces that are lost": (BODY, swap('<w:t xml:space="preserve">', "<w:t>")),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_the_checks_see_what_is_wrong(fault: str, mugs: bytes) -> None:
    content = WRITERS["docx"](api.contract(api.build(mugs).order, ("en", "zh")))
    part, change = BROKEN[fault]
    assert faults(content) == []
    assert any(fault in said for said in faults(changed(content, part, change)))
