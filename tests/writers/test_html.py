"""HTML: a page that needs nothing else, says what the document says, and takes no text for markup."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from drawn import NAMES, ORDERS, Drawn
from lotproof.documents.nodes import Document, Exhibit, Field, Heading, Readings, Table
from lotproof.orders.digests import proves
from lotproof.writers import WRITERS
from printed import CASES, HOSTILE, Case, clauses, dense, saying, stretches

FORMS = [case for case in CASES if case.kind in ("checklist", "arrival")]


def page(document: Document) -> ET.Element:
    """Return the page as a tree; it is well-formed XML besides."""
    content = WRITERS["html"](document).decode()
    assert content.startswith("<!DOCTYPE html>\n<html lang=")
    return ET.fromstring(content.partition("\n")[2])


def shown(element: ET.Element) -> str:
    """Return the text that a reader sees under an element."""
    return "".join(_shown(element))


def _shown(element: ET.Element) -> Iterator[str]:
    hidden = element.tag in ("script", "style", "nav", "footer") or element.get("class") in (
        "hidden",
        "draft",
        "status",
    )
    if not hidden:
        yield element.text or ""
        for inner in element:
            yield from _shown(inner)
    yield element.tail or ""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_says_what_the_document_says_in_its_order(case: Case) -> None:
    document = case.document
    said = dense(shown(page(document)))
    for stretch in stretches(document):
        assert stretch in said
    for number, text in clauses(document):
        assert dense(number + text.replace(" | ", "")) in said, number


@pytest.mark.parametrize("drawn", ORDERS, ids=NAMES, indirect=True)
def test_a_random_order_is_a_page_with_all_its_clauses(drawn: Drawn) -> None:
    for document in drawn.documents.values():
        root = page(document)
        said = dense(shown(root))
        for number, text in clauses(document):
            assert dense(number) in said
            assert all(dense(words) in said for words in text.split(" | ")), number
        check_whole(root)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_needs_nothing_else_and_its_links_arrive(case: Case) -> None:
    check_whole(page(case.document))


def check_whole(root: ET.Element) -> None:
    """Assert that nothing is loaded or run, that ids are unique, and that each link has its target."""
    scripts = list(root.iter("script"))
    assert [script.get("type") for script in scripts] == ["application/json"]
    for element in root.iter():
        assert not {
            name for name in element.attrib if name.startswith("on") or name in ("src", "style", "action", "srcset")
        }
        assert element.tag not in ("img", "iframe", "object", "embed", "form", "link", "base", "video", "audio")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = [element.get("href") or "" for element in root.iter("a")]
    assert all(target.startswith("#") and target[1:] in ids for target in targets)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_policy_allows_the_style_of_the_page_and_nothing_besides(case: Case) -> None:
    root = page(case.document)
    policy = next(m.get("content") or "" for m in root.iter("meta") if m.get("http-equiv") == "Content-Security-Policy")
    (style,) = root.iter("style")
    known = base64.b64encode(hashlib.sha256((style.text or "").encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{known}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in (style.text or "")
    assert "@import" not in (style.text or "")


def test_the_data_of_the_order_can_be_read_back_and_proves_itself() -> None:
    for case in CASES:
        (script,) = page(case.document).iter("script")
        data = json.loads(script.text or "")
        assert data == json.loads("".join(case.document.data))
        assert proves(data)
        assert data["digest"] == case.document.digest


def test_no_answer_is_taken_for_markup() -> None:
    document = saying(*HOSTILE)
    content = WRITERS["html"](document).decode()
    root = page(document)
    check_whole(root)
    said = dense(shown(root))
    for text in HOSTILE:
        assert said.count(dense(text)) >= 5, text
    (script,) = root.iter("script")
    assert json.loads(script.text or "") == {"a": "</script><b>&amp;"}
    assert content.count("<script") == content.count("</script") == 1
    assert {e.tag for e in root.iter()} <= {e.tag for e in page(saying("plain", "words")).iter()}


def test_each_language_is_named_for_readers_who_hear_the_page() -> None:
    for case in CASES:
        root = page(case.document)
        assert root.get("lang") == ("zh-CN" if case.languages[0] == "zh" else "en-GB")
        for element in root.iter():
            own = element.text or ""
            if (
                case.languages[0] == "en"
                and element.tag in ("p", "span", "div")
                and re.match("[\u4e00-\u9fff]{3}", own)
            ):
                assert element.get("lang") == "zh-CN", own


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_headings_and_tables_are_headings_and_tables(case: Case) -> None:
    document, root = case.document, page(case.document)
    assert len(list(root.iter("h1"))) == 1
    headings = [b for b in document.blocks if isinstance(b, Heading | Exhibit)]
    assert [h.get("id") for h in root.iter("h2") if h.get("id") != "contents"] == [b.anchor for b in headings]
    tables = [b for b in document.blocks if isinstance(b, Table) and (b.rows or b.headed)]
    found = list(root.iter("table"))
    assert len(found) == len(tables)
    for table, element in zip(tables, found, strict=True):
        assert len(element.findall("caption")) == 1
        heads = element.findall("thead/tr/th")
        assert len(heads) == (len(table.columns) if table.headed else 0)
        assert all(head.get("scope") == "col" for head in heads)
        rows = [row for row in element.findall("tbody/tr") if row.get("class") != "list"]
        assert [len(row) for row in rows] == [len(row.cells) for row in table.rows]
        assert all(head.get("scope") == "row" for head in element.findall("tbody/tr/th"))


@pytest.mark.parametrize("case", FORMS, ids=lambda case: case.name)
def test_every_place_to_fill_in_is_there_and_has_a_name(case: Case) -> None:
    wanted = set()
    for block in case.document.blocks:
        if isinstance(block, Table):
            for part in (part for row in block.rows for cell in row.cells for part in cell):
                if isinstance(part, Field | Readings):
                    wanted |= {f.tag for f in (part.fields if isinstance(part, Readings) else (part,))}
    found = {
        e.get("id"): e.get("aria-label") for e in page(case.document).iter("span") if "field" in (e.get("class") or "")
    }
    assert set(found) == wanted
    assert all(found.values())


def test_a_draft_says_so_and_a_final_does_not() -> None:
    for case in CASES:
        final = page(case.document)
        assert not [e for e in final.iter() if e.get("class") in ("draft", "status")]
    drafted = page(saying("x"))
    assert not [e for e in drafted.iter() if e.get("class") in ("draft", "status")]


def test_blanks_are_marked_and_say_what_is_missing() -> None:
    (mark,) = page(saying("x")).iter("mark")
    assert mark.text == "[____]"
    assert mark.get("title") == "terms.x"


def test_the_same_bytes_in_another_place_and_with_another_hash_seed(tmp_path: Path) -> None:
    code = (
        "import hashlib, sys; sys.path.insert(0, 'tests')\n"
        "from printed import CASES\n"
        "from lotproof.writers import WRITERS\n"
        "print(hashlib.sha256(b''.join(WRITERS['html'](case.document) for case in CASES)).hexdigest())"
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
