"""Pages as LibreOffice lays them out: references, numbers, headers, glyphs."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from lotproof import api
from lotproof.documents.nodes import Clause, Exhibit, Heading
from lotproof.documents.numbering import numbers
from lotproof.documents.parts import part_code, part_digest
from lotproof.documents.parts import parts as document_parts
from lotproof.orders.model import Order
from lotproof.wording.inlines import Ref, plain
from lotproof.writers import WRITERS
from word_faults import parts

NEEDED = "apt-get install libreoffice-writer libreoffice-calc poppler-utils fonts-noto-cjk"
MISSING = [program for program in ("soffice", "pdftotext", "pdffonts") if shutil.which(program) is None]

if MISSING and os.environ.get("CI"):
    pytest.fail(f"missing: {', '.join(MISSING)}; {NEEDED}", pytrace=False)
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"missing: {', '.join(MISSING)}; {NEEDED}")


LANGUAGES = (("en",), ("zh",), ("en", "zh"))


@dataclass(frozen=True)
class Printed:
    """A PDF that LibreOffice made of a file."""

    pdf: Path

    @cached_property
    def text(self) -> str:
        """The text, page by page, as laid out."""
        return self._said("pdftotext", "-layout", str(self.pdf), "-")

    @property
    def raw(self) -> list[str]:
        """The text of each page in the order of its paragraphs."""
        return self._said("pdftotext", str(self.pdf), "-").rstrip("\f").split("\f")

    @cached_property
    def fonts(self) -> str:
        """The list of its fonts."""
        return self._said("pdffonts", str(self.pdf))

    @property
    def sheets(self) -> list[str]:
        """The text of each page."""
        return self.text.rstrip("\f").split("\f")

    def _said(self, *command: str) -> str:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def built(mugs: bytes, machine: bytes) -> dict[str, Order]:
    """The orders of both examples."""
    return {"mugs": api.build(mugs).order, "machine": api.build(machine).order}


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory, built: dict[str, Order]) -> dict[str, Printed]:
    """
    Pages of the Word files of both examples: ``mugs-contract``, ``mugs-checklist``, and those of ``machine``.

    Beside them the contract of the mugs in one language, ``mugs-contract-zh``, and every short contract, ``machine-short-en-zh``;
    ``mugs-uncounted-en`` came with a wrong result in every reference and every counter.
    """
    documents: dict[str, Any] = {}
    for example, order in built.items():
        documents |= {f"{example}-{kind}": document for kind, document in api.documents(order).items()}
        for languages in LANGUAGES:
            short = api.contract(order, languages, profile="short")
            documents[f"{example}-short-{'-'.join(languages)}"] = short
    for language in ("en", "zh"):
        documents[f"mugs-contract-{language}"] = api.contract(built["mugs"], (language,))
    files = {f"{name}.docx": WRITERS["docx"](document) for name, document in documents.items()}
    files["mugs-uncounted-en.docx"] = uncounted(files["mugs-contract-en.docx"])
    return printed(files, tmp_path_factory.mktemp("word"))


@pytest.fixture(scope="module")
def excel(tmp_path_factory: pytest.TempPathFactory, built: dict[str, Order]) -> dict[str, Printed]:
    """Pages of the workbooks of both examples: ``mugs-checklist`` and ``machine-checklist``."""
    checklists = {example: api.documents(order)["checklist"] for example, order in built.items()}
    files = {f"{example}-checklist.xlsx": WRITERS["xlsx"](document) for example, document in checklists.items()}
    return printed(files, tmp_path_factory.mktemp("excel"))


def printed(files: dict[str, bytes], folder: Path) -> dict[str, Printed]:
    """Turn files into PDFs in one run of LibreOffice, since each takes seconds to start; they are called as the files without ending."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    paths = [folder / name for name in files]
    subprocess.run([*command, "--outdir", str(folder), *map(str, paths)], check=True, capture_output=True, timeout=240)
    return {path.stem: Printed(path.with_suffix(".pdf")) for path in paths}


def uncounted(content: bytes) -> bytes:
    """Return a contract with ``QQ`` as the result of every reference and every counter."""
    pattern = r'( (?:REF|SEQ) [^<]*</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r>(?:<w:rPr>[^Q]*?</w:rPr>)?<w:t>)[^<]+'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts(content).items():
            if name == "word/document.xml":
                text, changed = re.subn(pattern, r"\1QQ", data.decode())
                assert changed > 40
                data = text.encode()
            package.writestr(name, data)
    return out.getvalue()


KINDS = [
    ("word", {f"{e}-{k}" for e in ("mugs", "machine") for k in ("contract", "checklist")}),
    ("excel", {"mugs-checklist", "machine-checklist"}),
]


@pytest.mark.parametrize(("kind", "names"), KINDS)
def test_every_file_becomes_pages(kind: str, names: set[str], request: pytest.FixtureRequest) -> None:
    pages = request.getfixturevalue(kind)
    assert names <= set(pages)
    assert all(len(pages[name].text) > 2000 for name in pages)


def squeezed(sheets: list[str]) -> str:
    """Return the text of pages without spaces, headers and footers."""
    inner = ["\n".join(sheet.split("\n")[1:]) for sheet in sheets]
    return "".join("".join(re.split(r"Contract no\. |合同编号 HB-2027-118 B +·", sheet)[0].split()) for sheet in inner)


@pytest.mark.parametrize("name", ["mugs-contract-en", "mugs-contract-zh", "mugs-uncounted-en"])
def test_every_printed_reference_is_the_number_of_its_target(
    name: str, word: dict[str, Printed], built: dict[str, Order]
) -> None:
    """LibreOffice counts lists, counters and references itself, so that a wrong result of ours would not stay."""
    document = api.contract(built["mugs"], (name[-2:],))
    known = numbers(document.blocks)
    said = {
        target: document.references["exhibit" if target.startswith("exhibit.") else "clause"][0].format(number)
        for target, number in known.items()
    }
    printed = squeezed(word[name].raw)
    assert "QQ" not in printed.replace("JRQQB", "")
    referring = [b for b in document.blocks if isinstance(b, Clause) and any(isinstance(i, Ref) for i in b.words[0])]
    assert len(referring) > 10
    for clause in referring:
        text = "".join(plain(clause.words[0], said).split())
        assert known[clause.anchor] + text in printed


@pytest.mark.parametrize("name", ["mugs-contract-en", "mugs-contract-zh", "mugs-contract"])
def test_the_contents_list_what_stands_in_the_document(
    name: str, word: dict[str, Printed], built: dict[str, Order]
) -> None:
    languages = (name[-2:],) if name[-3] == "-" else ("en", "zh")
    document = api.contract(built["mugs"], languages)
    known = numbers(document.blocks)
    first, others = word[name].sheets[0], "\n".join(word[name].sheets[1:])
    listed = [block for block in document.blocks if isinstance(block, Heading | Exhibit)]
    assert len(listed) > 25
    for block in listed:
        number = known[block.anchor]
        if isinstance(block, Exhibit):
            number = document.references["exhibit"][0].format(rf"\s?{number}").replace(" ", r"\s?") + r"\s\u2013"
        between = r"\s+(?:附件\s?[A-Z]\s\u2013\s)?"
        line = rf"^\s*{number}\s+{between.join(re.escape(plain(words)) for words in block.words)}\s*$"
        assert re.search(line, first, re.MULTILINE), line
        assert re.search(line, others, re.MULTILINE), line


@pytest.mark.parametrize("example", ["mugs-contract", "mugs-checklist", "machine-checklist", "mugs-short-en-zh"])
def test_a_scan_of_a_page_says_what_its_part_says(
    example: str, word: dict[str, Printed], built: dict[str, Order], tmp_path: Path
) -> None:
    """A page at 150 dots per inch, as an office copier scans, read by a reader of codes."""
    name, kind = example.split("-")[:2]
    order = built[name]
    document = api.contract(order, profile="short") if kind == "short" else api.documents(order)[kind]
    digests = {part_code(document, part, part_digest(document, part)): part for part in document_parts(document)}
    subprocess.run(["pdftoppm", "-r", "150", "-gray", str(word[example].pdf), str(tmp_path / "p")], check=True)
    pages = sorted(tmp_path.glob("p-*.pgm"))
    found = [[code.text for code in zxingcpp.read_barcodes(Image.open(page))] for page in pages]
    assert all(len(codes) == 1 for codes in found)
    assert {codes[0] for codes in found} == set(digests)
    for (code,), sheet in zip(found, word[example].sheets, strict=True):
        digest = part_digest(document, digests[code])
        assert digest in sheet
        assert document.digest[:16] in sheet


def test_automatic_numbers_are_the_numbers_that_references_print(
    word: dict[str, Printed], built: dict[str, Order]
) -> None:
    order = built["mugs"]
    known = numbers(api.documents(order)["contract"].blocks)
    printed = word["mugs-contract"].text
    printed_here = [p for p in order.texts["en"].provisions if "full" in p.profiles]
    assert len(printed_here) > 15
    for provision in printed_here:
        number = known[provision.id]
        assert re.search(rf"^\s*{number}\s+{re.escape(provision.heading)}\b", printed, re.MULTILINE), provision.id
        for place in range(1, sum("full" in p.profiles for p in provision.paragraphs) + 1):
            assert re.search(rf"^\s*{number}\.{place}\s+\w", printed, re.MULTILINE), f"{provision.id} {place}"
    assert "Exhibit A" in printed
    assert "附件 A" in printed or "附件A" in printed


def test_every_page_says_which_page_of_how_many_it_is(word: dict[str, Printed]) -> None:
    for name in ("mugs-contract", "mugs-checklist"):
        sheets = word[name].sheets
        for place, sheet in enumerate(sheets, 1):
            assert f"Page {place} of {len(sheets)}" in sheet


def test_no_heading_is_the_last_line_of_a_page(word: dict[str, Printed], built: dict[str, Order]) -> None:
    order = built["mugs"]
    for kind in ("contract", "checklist"):
        headings = {b.words[0][0] for b in api.documents(order)[kind].blocks if isinstance(b, Heading)}
        for sheet in word[f"mugs-{kind}"].sheets:
            lines = [line.strip() for line in sheet.splitlines() if line.strip()]
            if len(lines) > 2:
                last = re.sub(r"^\d+\s+", "", lines[-2])
                assert not any(last.startswith(str(h)) for h in headings), last


@pytest.mark.parametrize(("kind", "names"), KINDS)
def test_every_glyph_has_a_font(kind: str, names: set[str], request: pytest.FixtureRequest) -> None:
    pages = request.getfixturevalue(kind)
    for name in names:
        assert "\ufffd" not in pages[name].text, name
        fonts = pages[name].fonts
        assert "CJK" in fonts or "Sim" in fonts or "Song" in fonts, name


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_single_language_prints_nothing_of_the_other(language: str, word: dict[str, Printed]) -> None:
    printed = word[f"mugs-contract-{language}"].text
    assert ("Inspection by a third party" in printed) == (language == "en")
    assert ("第三方检验" in printed) == (language == "zh")


@pytest.mark.parametrize("languages", ["-".join(languages) for languages in LANGUAGES])
@pytest.mark.parametrize("example", ["mugs", "machine"])
def test_a_short_contract_has_four_pages_and_its_exhibits_and_signatures_stay_together(
    example: str, languages: str, word: dict[str, Printed]
) -> None:
    sheets = word[f"{example}-short-{languages}"].sheets
    exhibits = next(i for i, sheet in enumerate(sheets) if re.match(r"[^\n]*\n+\s*(?:Exhibit|附件)\s*A\b", sheet))
    assert exhibits <= 4
    signed = [i for i, sheet in enumerate(sheets) if re.search("Company chop|公司印章", sheet)]
    assert signed == [i for i, sheet in enumerate(sheets) if re.search("Name and title|姓名及职务", sheet)]
    assert signed[0] < exhibits
