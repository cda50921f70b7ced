"""Pages as LibreOffice lays them out: references, numbers, headers, glyphs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from lotproof import api
from lotproof.documents.nodes import Heading
from lotproof.documents.numbering import numbers
from lotproof.orders.model import Order
from lotproof.writers import WRITERS

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

    Beside them the contract of the mugs in one language, ``mugs-contract-zh``, and every short contract, ``machine-short-en-zh``.
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


KINDS = [
    ("word", {f"{e}-{k}" for e in ("mugs", "machine") for k in ("contract", "checklist")}),
    ("excel", {"mugs-checklist", "machine-checklist"}),
]


@pytest.mark.parametrize(("kind", "names"), KINDS)
def test_every_file_becomes_pages(kind: str, names: set[str], request: pytest.FixtureRequest) -> None:
    pages = request.getfixturevalue(kind)
    assert names <= set(pages)
    assert all(len(pages[name].text) > 2000 for name in pages)


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
