"""A file that nobody changed is intact, whatever program saved it, and what is filled in by hand is no change."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import edits
from filled import filled
from lotproof import api
from lotproof.catalog.loading import index
from lotproof.documents.checklist import SHARE as CHECKLIST
from lotproof.documents.contract import SHARE as CONTRACT
from lotproof.documents.printing import KINDS
from lotproof.orders.digests import seal
from lotproof.orders.model import SECTIONS
from lotproof.templates import PROFILES
from lotproof.verify.verifying import verify
from lotproof.writers import WRITERS

NEEDED = "apt-get install libreoffice-writer libreoffice-calc"
MISSING = shutil.which("soffice") is None
if MISSING and os.environ.get("CI"):
    pytest.fail(f"missing: soffice; {NEEDED}", pytrace=False)
office = pytest.mark.skipif(MISSING, reason=f"missing: soffice; {NEEDED}")

CATEGORIES = [row["id"] for row in index()]
SPREAD = (
    "batteries",
    "cosmetic_packaging",
    "furniture",
    "garments",
    "injection_moulding",
    "packaging_machines",
    "toys",
)


@pytest.mark.parametrize("category", CATEGORIES)
def test_an_order_read_back_from_its_documents_is_the_order(category: str) -> None:
    order = api.build(filled(category)).order
    sealed = seal(order)
    for name, document in api.documents(order, None, sealed).items():
        report, inside = verify(WRITERS["docx"](document), f"{name}.docx")
        assert report.verdict == "intact"
        for section in SECTIONS:
            if section not in inside.hidden:
                assert getattr(inside.order, section) == getattr(order, section), section
        share = {"contract": CONTRACT, "checklist": CHECKLIST}[inside.printed.kind]
        for language in inside.printed.languages:
            mine, theirs = inside.order.texts[language], order.texts[language]
            assert set(mine.terms) == set(theirs.terms)
            for term, said in theirs.terms.items():
                assert all(getattr(mine.terms[term], name) == getattr(said, name) for g in share.terms for name in g)
            assert mine.tables == {name: theirs.tables[name] for group in share.tables for name in group}
            assert all(theirs.labels[key] == label for key, label in mine.labels.items())
            if share.provisions:
                assert [p.id for p in mine.provisions] == [p.id for p in theirs.provisions if "full" in p.profiles]
        assert inside.sealed.digest == sealed.digest


@pytest.mark.parametrize("languages", [("en",), ("zh",), ("en", "zh"), ("zh", "en")])
def test_every_kind_and_profile_is_intact_in_every_language(languages: tuple[str, ...], mugs: bytes) -> None:
    order = api.build(mugs).order
    for document in api.documents(order, languages, None, PROFILES, tuple(KINDS)).values():
        for form in ("docx", "xlsx") if document.protected else ("docx",):
            report, _ = verify(WRITERS[form](document), f"x.{form}")
            assert (report.verdict, report.kind, report.languages) == ("intact", document.kind, languages)
            assert report.notes == ()


def test_a_draft_is_intact_and_is_called_a_draft(mugs: bytes) -> None:
    order = api.build(mugs.replace(b'limit = "16 kg"', b'limit = ""')).order
    for name, content in api.render(order):
        if name != "order.json":
            report, _ = verify(content, name)
            assert (report.verdict, report.draft) == ("intact", True)


def test_parts_in_another_order_and_packed_otherwise_are_the_same_document() -> None:
    source = edits.source("mugs/contract.docx")
    parts = dict(reversed(list(source.parts.items())))
    report, _ = verify(edits.packed(parts), "x.docx")
    first, _ = verify(edits.packed(source.parts), "x.docx")
    assert report.verdict == "intact"
    assert dict(report.digests)["file"] != dict(first.digests)["file"]
    assert dict(report.digests)["content"] == dict(first.digests)["content"]


def test_what_is_filled_in_is_shown_and_is_no_change() -> None:
    source = edits.source("machine/checklist.docx")
    body = source.parts[edits.BODY]
    for tag, value in (("machinery.noise.r1", "74.5"), ("machinery.noise.result", "Pass 合格"), ("remarks", "none")):
        control = next(c for c in edits.controls(body) if f'w:val="{tag}"' in c)
        body = body.replace(control, control.replace("____", value).replace("<w:showingPlcHdr/>", ""))
    report, _ = verify(edits.packed({**source.parts, edits.BODY: body}), "x.docx")
    assert (report.verdict, report.changes) == ("intact", ())
    assert {(one.tag, one.value) for one in report.filled} == {
        ("machinery.noise.r1", "74.5"),
        ("machinery.noise.result", "Pass 合格"),
        ("remarks", "none"),
    }


def test_a_tracked_value_in_a_field_is_still_a_value() -> None:
    source = edits.source("machine/checklist.docx")
    body = source.parts[edits.BODY]
    control = next(c for c in edits.controls(body) if 'w:val="machinery.noise.r1"' in c)
    (run,) = re.findall(r"<w:r>.*?</w:r>", control)
    typed = f'<w:ins w:id="1" w:author="Li">{edits.run("74.5")}</w:ins>'
    body = body.replace(control, control.replace(run, typed).replace("<w:showingPlcHdr/>", ""))
    report, _ = verify(edits.packed({**source.parts, edits.BODY: body}), "x.docx")
    assert (report.verdict, [one.value for one in report.filled]) == ("intact", ["74.5"])


def test_a_signed_name_is_shown_and_is_no_change() -> None:
    source = edits.source("machine/en/contract.docx")
    body = source.parts[edits.BODY]
    at = body.index(">Name and title<")
    body = body[:at] + ">Name and title: Zhang San, manager<" + body[at + len(">Name and title<") :]
    report, _ = verify(edits.packed({**source.parts, edits.BODY: body}), "x.docx")
    assert report.verdict == "intact"
    assert ["Zhang San, manager" in one.value for one in report.filled] == [True]


def test_cells_of_a_workbook_are_shown_by_the_tags_of_their_fields() -> None:
    source = edits.source("machine/checklist.xlsx")
    place = re.search(
        r"<definedName name=\"lp_machinery.noise.r1_[0-9a-f]+\">'Checks'!\$([A-Z]+)\$([0-9]+)<",
        source.parts["xl/workbook.xml"],
    )
    assert place is not None
    name = checks_sheet(source)
    cell = re.search(rf'<c r="{place[1]}{place[2]}" (s="[0-9]+")/>', source.parts[name])
    assert cell is not None
    sheet = source.parts[name].replace(cell[0], f'<c r="{place[1]}{place[2]}" {cell[1]}><v>74.5</v></c>')
    report, _ = verify(edits.packed({**source.parts, name: sheet}), "x.xlsx")
    assert (report.verdict, report.changes) == ("intact", ())
    assert [(one.tag, one.value) for one in report.filled] == [("machinery.noise.r1", "74.5")]


def checks_sheet(source: edits.Source) -> str:
    """Return the part of the sheet with the checks."""
    number = re.search(r'<sheet name="Checks" sheetId="([0-9]+)"', source.parts["xl/workbook.xml"])
    assert number is not None
    return f"xl/worksheets/sheet{number[1]}.xml"


@office
def test_files_that_libreoffice_has_saved_are_intact_and_give_their_order_back(tmp_path: Path, mugs: bytes) -> None:
    wanted = {}
    for category in SPREAD:
        order = api.build(filled(category)).order
        for name, document in api.documents(order).items():
            wanted[f"{category}-{name}.docx"] = (WRITERS["docx"](document), order)
    order = api.build(mugs).order
    for name, content in api.render(order, None, ("docx", "xlsx"), PROFILES, tuple(KINDS)):
        if name != "order.json":
            wanted[f"mugs-{name}"] = (content, order)
    draft = api.build(mugs.replace(b'limit = "16 kg"', b'limit = ""')).order
    wanted |= {f"draft-{n}": (c, draft) for n, c in api.render(draft) if n != "order.json"}
    saved = saved_again({name: content for name, (content, _) in wanted.items()}, tmp_path)
    for name, (content, order) in wanted.items():
        before, _ = verify(content, name)
        after, inside = verify(saved[name], name)
        assert (after.verdict, after.changes, after.filled) == ("intact", (), ()), name
        assert ["LibreOffice" in note for note in after.notes] == [True]
        assert dict(after.digests)["content"] == dict(before.digests)["content"], name
        for section in SECTIONS:
            if section not in inside.hidden:
                assert getattr(inside.order, section) == getattr(order, section), (name, section)


@office
def test_an_edit_is_still_named_when_libreoffice_has_saved_the_file(tmp_path: Path) -> None:
    source = edits.source("machine/en/contract.docx")
    edited = edits.in_term("machinery.noise", "78", "87")(source)
    saved = saved_again({"x.docx": edits.packed(edited.parts)}, tmp_path)
    report, _ = verify(saved["x.docx"], "x.docx")
    assert [(c.clause, "78" in c.was, "87" in c.now) for c in report.changes] == [("machinery.noise", True, True)]


def saved_again(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """Return files as LibreOffice saves them, all of a kind in one run, since each takes seconds to start."""
    for form in ("docx", "xlsx"):
        names = [name for name in files if name.endswith(form)]
        if not names:
            continue
        for name in names:
            (folder / name).write_bytes(files[name])
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", form]
        paths = [str(folder / name) for name in names]
        subprocess.run(
            [*command, "--outdir", str(folder / "saved"), *paths], check=True, capture_output=True, timeout=240
        )
    return {name: (folder / "saved" / name).read_bytes() for name in files}
