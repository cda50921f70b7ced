"""Pages as LibreOffice lays them out: references, numbers, headers, glyphs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from lotproof import api
from lotproof.documents.nodes import Heading
from lotproof.documents.numbering import numbers
from lotproof.writers import WRITERS

NEEDED = "apt-get install libreoffice-writer libreoffice-calc poppler-utils fonts-noto-cjk"
MISSING = [program for program in ("soffice", "pdftotext", "pdffonts") if shutil.which(program) is None]

if MISSING and os.environ.get("CI"):
    pytest.fail(f"missing: {', '.join(MISSING)}; {NEEDED}", pytrace=False)
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"missing: {', '.join(MISSING)}; {NEEDED}")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, mugs: bytes, machine: bytes) -> dict[str, Path]:
    """PDFs of both documents of both examples and of the workbook."""
    folder = tmp_path_factory.mktemp("pages")
    names = []
    for example, source in (("mugs", mugs), ("machine", machine)):
        for name, content in api.render(api.build(source).order):
            if name != "order.json":
                (folder / f"{example}-{name}").write_bytes(content)
                names.append(folder / f"{example}-{name}")
    for suffix in (".docx", ".xlsx"):
        convert(folder, [path for path in names if path.suffix == suffix], folder / suffix)
    return {path.name: folder / path.suffix / f"{path.stem}.pdf" for path in names}


def convert(folder: Path, files: list[Path], to: Path) -> None:
    """Turn files into PDFs in one run of LibreOffice, whose profile lies in ``folder``."""
    to.mkdir(exist_ok=True)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(to), *map(str, files)], check=True, capture_output=True, timeout=240)


def text(pdf: Path) -> str:
    """Return the text of a PDF, page by page, as laid out."""
    return subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout


def test_every_file_becomes_pages(pages: dict[str, Path]) -> None:
    assert set(pages) == {
        f"{e}-{n}" for e in ("mugs", "machine") for n in ("contract.docx", "checklist.docx", "checklist.xlsx")
    }
    for pdf in pages.values():
        assert len(text(pdf)) > 2000


def test_automatic_numbers_are_the_numbers_that_references_print(pages: dict[str, Path], mugs: bytes) -> None:
    order = api.build(mugs).order
    known = numbers(api.documents(order)["contract"].blocks)
    printed = text(pages["mugs-contract.docx"])
    printed_here = [p for p in order.texts["en"].provisions if "full" in p.profiles]
    assert len(printed_here) > 15
    for provision in printed_here:
        number = known[provision.id]
        assert re.search(rf"^\s*{number}\s+{re.escape(provision.heading)}\b", printed, re.MULTILINE), provision.id
        for place in range(1, sum("full" in p.profiles for p in provision.paragraphs) + 1):
            assert re.search(rf"^\s*{number}\.{place}\s+\w", printed, re.MULTILINE), f"{provision.id} {place}"
    assert "Exhibit A" in printed
    assert "附件 A" in printed or "附件A" in printed


def test_every_page_says_which_page_of_how_many_it_is(pages: dict[str, Path]) -> None:
    for name in ("mugs-contract.docx", "mugs-checklist.docx"):
        sheets = text(pages[name]).rstrip("\f").split("\f")
        for place, sheet in enumerate(sheets, 1):
            assert f"Page {place} of {len(sheets)}" in sheet


def test_no_heading_is_the_last_line_of_a_page(pages: dict[str, Path], mugs: bytes) -> None:
    order = api.build(mugs).order
    for kind in ("contract", "checklist"):
        headings = {b.words[0][0] for b in api.documents(order)[kind].blocks if isinstance(b, Heading)}
        for sheet in text(pages[f"mugs-{kind}.docx"]).split("\f"):
            lines = [line.strip() for line in sheet.splitlines() if line.strip()]
            if len(lines) > 2:
                last = re.sub(r"^\d+\s+", "", lines[-2])
                assert not any(last.startswith(str(h)) for h in headings), last


def test_every_glyph_has_a_font(pages: dict[str, Path]) -> None:
    for name, pdf in pages.items():
        assert "\ufffd" not in text(pdf), name
        fonts = subprocess.run(["pdffonts", str(pdf)], check=True, capture_output=True, text=True).stdout
        assert "CJK" in fonts or "Sim" in fonts or "Song" in fonts, name


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_single_language_prints_nothing_of_the_other(language: str, mugs: bytes, tmp_path: Path) -> None:
    document = api.documents(api.build(mugs).order, (language,))["contract"]
    file = tmp_path / "contract.docx"
    file.write_bytes(WRITERS["docx"](document))
    convert(tmp_path, [file], tmp_path)
    printed = text(tmp_path / "contract.pdf")
    assert ("Inspection by a third party" in printed) == (language == "en")
    assert ("第三方检验" in printed) == (language == "zh")


def test_a_short_contract_has_four_pages_and_its_exhibits_and_signatures_stay_together(
    mugs: bytes, machine: bytes, tmp_path: Path
) -> None:
    files = []
    for example, source in (("mugs", mugs), ("machine", machine)):
        order = api.build(source).order
        for languages in (("en",), ("zh",), ("en", "zh")):
            file = tmp_path / f"{example}-{'-'.join(languages)}.docx"
            file.write_bytes(WRITERS["docx"](api.contract(order, languages, profile="short")))
            files.append(file)
    convert(tmp_path, files, tmp_path)
    for file in files:
        sheets = text(file.with_suffix(".pdf")).split("\f")
        exhibits = next(i for i, sheet in enumerate(sheets) if re.match(r"[^\n]*\n+\s*(?:Exhibit|附件)\s*A\b", sheet))
        assert exhibits <= 4, file.name
        signed = [i for i, sheet in enumerate(sheets) if re.search("Company chop|公司印章", sheet)]
        assert signed == [i for i, sheet in enumerate(sheets) if re.search("Name and title|姓名及职务", sheet)]
        assert signed[0] < exhibits, file.name
