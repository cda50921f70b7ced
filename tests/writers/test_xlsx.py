"""Workbooks: every field a named, unlocked cell; nothing that calculates, links or runs."""

from __future__ import annotations

import io
import itertools
import json
import re
import zipfile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from drawn import NAMES, ORDERS, Drawn
from lotproof import api
from lotproof.documents.fields import PHONE, field_name
from lotproof.documents.nodes import Document, Field, Readings, Table
from lotproof.orders.digests import proves
from lotproof.wording.inlines import plain
from lotproof.writers.xlsx import write
from lotproof.writers.xlsx.phone import PHONE_CELLS
from workbooks import opened


def fields(document: Document) -> list[Field]:
    """Return every field of a document."""
    return [
        field
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
        for part in cell
        for field in (part.fields if isinstance(part, Readings) else (part,))
        if isinstance(field, Field)
    ]


@pytest.mark.parametrize("drawn", ORDERS, indirect=True, ids=NAMES)
def test_every_field_is_a_named_cell_that_can_be_filled_in(drawn: Drawn) -> None:
    document = drawn.documents["checklist"]
    book, hidden = opened(write(document))
    cells = set()
    for place, sheet_kind in itertools.product(fields(document), ("", PHONE)):
        ((sheet, coordinate),) = book.defined_names[field_name(place.tag, sheet_kind)].destinations
        cell = book[sheet][coordinate.replace("$", "")]
        assert (sheet, cell.coordinate) not in hidden
        assert cell.value is None
        assert not cell.protection.locked
        assert book[sheet].protection.sheet
        assert (sheet == "Phone") == (sheet_kind == PHONE)
        cells.add((sheet, coordinate))
    assert len(cells) == 2 * len(fields(document))
    phone = book["Phone"]
    assert max(phone.column_dimensions[letter].width for letter in "ABCDE") * 5 < 80
    assert phone.max_column <= 1 + PHONE_CELLS
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)


def test_a_workbook_carries_the_order_and_nothing_active(mugs: bytes) -> None:
    order = api.build(mugs).order
    content = write(api.documents(order)["checklist"])
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert not [
            n for n in package.namelist() if "vba" in n.lower() or "external" in n.lower() or "embed" in n.lower()
        ]
    book = openpyxl.load_workbook(io.BytesIO(content))
    text = "".join(str(row[0].value) for row in book["lotproof"].iter_rows() if row[0].value)
    data = json.loads(text)
    assert data["digest"] == api.digest(order)
    assert proves(data)
    assert "commercial" in data["sections"] and "data" not in data["sections"]["commercial"]


def test_formulas_typed_by_somebody_stay_text(mugs: bytes) -> None:
    source = mugs.replace(b"Stoneware mug 350 mL, matt white glaze", b"=cmd|'/c calc'!A1")
    book = openpyxl.load_workbook(io.BytesIO(write(api.documents(api.build(source).order)["checklist"])))
    found = [
        c for sheet in book for row in sheet.iter_rows() for c in row if isinstance(c.value, str) and "=cmd|" in c.value
    ]
    assert found
    assert all(c.data_type == "s" for c in found)


@pytest.mark.parametrize("kind", ["checklist", "arrival"])
def test_the_sheet_for_a_phone_says_all_that_the_other_sheets_say(kind: str, mugs: bytes) -> None:
    document = api.documents(api.build(mugs).order, kinds=(kind,))[kind]
    book, _ = opened(write(document))

    def lines(sheets: list[Worksheet]) -> set[str]:
        found = (c.value for s in sheets for row in s.iter_rows() for c in row if isinstance(c.value, str))
        return {line.strip() for text in found for line in re.split(r"\n|  ", text) if line.strip()}

    wide = [sheet for sheet in book if sheet.title not in ("Phone", "lotproof")]
    repeated = {plain(c.words[0]) for b in document.blocks if isinstance(b, Table) for c in b.columns if c.words}
    translated = {
        plain(c.words[1]) for b in document.blocks if isinstance(b, Table) for c in b.columns if len(c.words) > 1
    }
    assert len(lines(wide)) > 200
    assert lines(wide) - lines([book["Phone"]]) - repeated - translated == set()
