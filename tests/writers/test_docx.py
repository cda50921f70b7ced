"""Word files: valid packages that say what the document says, the same bytes each time."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import pytest

from drawn import NAMES, ORDERS, Drawn
from lotproof import api
from lotproof.documents.nodes import Document, Line, Table
from lotproof.documents.numbering import numbers
from lotproof.orders.digests import proves
from lotproof.wording.inlines import Inline
from lotproof.writers import WRITERS
from lotproof.writers.docx.runs import bookmark_name
from lotproof.writers.typography import hold
from lotproof.writers.xml import attribute, escape
from word_faults import W, faults, parts


def both(source: bytes, languages: tuple[str, ...] = ("en", "zh")) -> list[tuple[Document, bytes]]:
    """Return contract and checklist with their Word files."""
    documents = api.documents(api.build(source).order, languages)
    return [(document, WRITERS["docx"](document)) for document in documents.values()]


def visible(content: bytes) -> str:
    """Return all text of the body, content controls included."""
    body = ET.fromstring(parts(content)["word/document.xml"])
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in body.iter(f"{W}p"))


@pytest.mark.parametrize("drawn", ORDERS, indirect=True, ids=NAMES)
def test_packages_are_sound_for_any_answers(drawn: Drawn) -> None:
    for name in ("contract.docx", "checklist.docx"):  # in the languages that the order drew
        assert faults(drawn.files[name]) == []
        assert docx.Document(io.BytesIO(drawn.files[name])).paragraphs


@pytest.mark.parametrize("drawn", ORDERS, indirect=True, ids=NAMES)
def test_every_line_of_every_table_reaches_the_page(drawn: Drawn) -> None:
    def text(inlines: tuple[Inline, ...]) -> str:
        return hold("".join(i if isinstance(i, str) else getattr(i, "text", "[____]") for i in inlines))

    for document in drawn.documents.values():
        shown = set(visible(WRITERS["docx"](document)).split("\n"))
        for block in document.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    for cell in row.cells:
                        for part in cell:
                            if isinstance(part, Line):
                                said = [text(inlines) for inlines in part.words]
                                assert {*said} <= shown or "\u2002".join(said) in shown


def test_a_draft_shouts_and_a_final_does_not(mugs: bytes) -> None:
    blank = mugs.replace(b'limit = "16 kg"', b'limit = ""')
    (_, draft), (_, final) = both(blank)[0], both(mugs)[0]
    assert b"LotproofDraft" in parts(draft)["word/header1.xml"]
    assert "[____]" in visible(draft)
    assert b"LotproofDraft" not in parts(final)["word/header1.xml"]
    assert "[____]" not in visible(final)
    assert "legal advice" in visible(draft)
    assert "legal advice" not in visible(final)


def test_numbers_come_from_the_list_only(mugs: bytes) -> None:
    for _, content in both(mugs):
        for paragraph in ET.fromstring(parts(content)["word/document.xml"]).iter(f"{W}p"):
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            if style is not None and style.get(f"{W}val") in ("Heading1", "Clause"):
                assert not re.match(r"[\d(（第]", "".join(t.text or "" for t in paragraph.iter(f"{W}t")))


def test_every_document_proves_that_it_belongs_to_the_order(mugs: bytes) -> None:
    import json

    order = api.build(mugs).order
    for document, content in both(mugs):
        item = ET.fromstring(parts(content)["customXml/item1.xml"])
        data = json.loads(item.text or "")
        assert data["digest"] == api.digest(order) == document.digest
        assert proves(data)
        hidden = {name for name, section in data["sections"].items() if "digest" in section}
        assert hidden == ({"private"} if document.kind == "contract" else {"commercial", "evidence", "private"})
        for secret in (b"Kaffeehaus Nord", order.salt.encode()):
            assert all(secret not in part for part in parts(content).values())


def test_no_part_of_a_checklist_holds_a_price(mugs: bytes) -> None:
    files = dict(api.render(api.build(mugs).order))
    for name in ("checklist.docx", "checklist.xlsx"):
        joined = b"".join(parts(files[name]).values())
        for secret in (b"13,696", b"13696", b"1.42", b"4,108", b"Alibaba.com", b"Kaffeehaus"):
            assert secret not in joined, (name, secret)
    assert b"13,696.00" in parts(files["contract.docx"])["word/document.xml"]


def test_bytes_do_not_depend_on_the_process(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "stoneware-mugs" / "answers.toml"
    seen = []
    for place, (seed, zone, language) in enumerate((("0", "UTC", "C"), ("77", "Asia/Shanghai", "de_DE.UTF-8"))):
        folder = tmp_path / f"build {place}"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language}
        subprocess.run(
            [sys.executable, "-m", "lotproof", "build", str(example), "-o", str(folder)],
            check=True,
            env=environment,
            capture_output=True,
        )
        seen.append({p.name: p.read_bytes() for p in folder.iterdir()})
    assert set(seen[0]) == {"contract.docx", "checklist.docx", "checklist.xlsx", "order.json"}
    assert seen[0] == seen[1]


def interpreters() -> list[str]:
    """Return the Pythons from 3.11 on that this machine has and that can run lotproof; this one comes first."""
    places = [*Path.home().glob(".pyenv/versions/3.*/bin/python"), *map(Path, filter(None, map(shutil.which, NAMED)))]
    found = {sys.version_info[:2]: sys.executable}
    for path in places:
        said = subprocess.run([path, "-c", VERSION], capture_output=True, text=True, env=shared(), check=False)
        if said.returncode == 0:
            major, minor = map(int, said.stdout.split())
            found.setdefault((major, minor), str(path))
    return list(found.values())


NAMED = ("python3.11", "python3.12", "python3.13", "python3.14")
VERSION = "import sys, lotproof.api; assert sys.version_info >= (3, 11); print(*sys.version_info[:2])"


def shared() -> dict[str, str]:
    """Return an environment in which another Python finds what this one imports."""
    ours = str(Path(sysconfig.get_path("stdlib")).parent)
    found = [path for path in sys.path if path and ("site-packages" in path or not path.startswith(ours))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(found), "PYTHONDONTWRITEBYTECODE": "1"}


def test_parts_do_not_depend_on_the_python(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "stoneware-mugs" / "answers.toml"
    seen = []
    for place, python in enumerate(interpreters()):
        folder = tmp_path / str(place)
        command = [python, "-m", "lotproof", "build", str(example), "-o", str(folder), "--all"]
        subprocess.run(command, check=True, env=shared(), capture_output=True)
        seen.append({p.name: parts(p.read_bytes()) for p in sorted(folder.iterdir()) if p.suffix in (".docx", ".xlsx")})
    assert len(seen[0]) == 6
    assert all(files == seen[0] for files in seen)


def test_text_is_escaped_and_what_xml_cannot_hold_is_an_error() -> None:
    assert escape("a<b>&\"'") == "a&lt;b&gt;&amp;\"'"
    assert attribute('a"<\n') == '"a&quot;&lt;&#10;"'
    for bad in ("\x00", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800", "\udfff"):
        with pytest.raises(ValueError, match="cannot hold"):
            escape(f"a{bad}b")
    assert escape("tab\tline\nno-break\u00a0\U0001f642") == "tab\tline\nno-break\u00a0\U0001f642"


def test_bookmark_names_fit_word() -> None:
    for anchor in ("contract.goods", "a" * 80, "a" * 79 + "b", "x-y.z"):
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", bookmark_name(anchor))
    assert bookmark_name("a" * 80) != bookmark_name("a" * 79 + "b")


def test_references_print_the_number_of_their_target(mugs: bytes) -> None:
    document, content = both(mugs)[0]
    known = numbers(document.blocks)
    text = visible(content)
    assert f"clause\u00a0{known['contract.inspection']}" in text
    assert f"第{known['contract.inspection']}条" in text
    assert f"Exhibit\u00a0{known['exhibit.specification']}" in text
    assert f"附件{known['exhibit.specification']}" in text
