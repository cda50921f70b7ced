"""Arrival checklists: filled in, saved by Word, Excel and LibreOffice, read back: the same values, and what they say together."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache

import pytest

import beside
from filled import filled
from filling import arrived, cell_of, edited, filled_docx, filled_xlsx
from judged import order_of
from lotproof import api
from lotproof.documents.arrival import arrival
from lotproof.documents.nodes import Document
from lotproof.inspection.inspected import inspect
from lotproof.orders.model import Order
from lotproof.records.arrivals import Arrival, Condition, Sealing
from lotproof.records.model import Kind
from lotproof.records.rows import checks, drawn_units, terms_of
from lotproof.writers import WRITERS
from office import MISSING, NEEDED, saved
from strategies import CATEGORIES

if MISSING and os.environ.get("CI"):
    pytest.fail(NEEDED, pytrace=False)

FEW = ("ceramic_tableware", "garments", "machinery", "pumps")
"""Lots and machines, single and double languages: the categories that LibreOffice saves too."""

NOTES = ("LP806", "LP814", "LP820", "LP821", "LP822", "LP823")
"""Findings that say nothing about how the file was read."""


@dataclass(frozen=True, eq=False)
class Case:
    """An order, and what was typed into its arrival checklist."""

    order: Order
    document: Document
    values: dict[str, str]
    files: dict[str, bytes]


@cache
def case(category: str) -> Case:
    """Every clause of a category, in both languages."""
    order = api.build(filled(category)).order
    document = arrival(order)
    values = arrived(order, document, CATEGORIES.index(category), bad=0.04)
    files = {
        "docx": filled_docx(WRITERS["docx"](document), values, document),
        "xlsx": filled_xlsx(WRITERS["xlsx"](document), values, document),
    }
    return Case(order, document, values, files)


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a few categories as LibreOffice saves them, ``<category>.docx``."""
    if MISSING:
        pytest.skip(NEEDED)
    files = {f"{category}.{kind}": content for category in FEW for kind, content in case(category).files.items()}
    return saved(files, tmp_path_factory.mktemp("saved"))


def assert_read(content: bytes, wanted: Case) -> Arrival:
    """Check that a file gives what was typed and nothing besides, and the verdicts that were worked out beside it."""
    verdict = inspect(content, "filled", wanted.order).verdict
    record = verdict.record
    assert [f for f in verdict.findings if f.code not in NOTES and f.code != "LP809"] == []
    found = {reading.tag: reading for reading in record.readings}
    assert found.keys() == wanted.values.keys()
    for tag, text in wanted.values.items():
        reading = found[tag]
        same = str(reading.value) == text or reading.written == text or float(str(reading.value)) == float(text)
        assert same, (reading, text)
    rows = checks(wanted.order, terms_of(wanted.order, "arrival"))
    expected = {check.tag: beside.row(wanted.order, check, wanted.values) for check in rows}
    assert {row.tag: row.result.outcome.value for row in verdict.rows} == expected
    assert record.kind is Kind.ARRIVAL
    assert record.arrival is not None
    return record.arrival


def assert_taken(arrival: Arrival, wanted: Case) -> None:
    """Check that what stands besides the rows says what was typed."""
    values = wanted.values
    assert (arrival.seal.found, arrival.seal.photo) == (values["header.seal_found"], values["photo.seal"])
    assert arrival.seal.state is Sealing(values["header.seal_intact"])
    assert [one.shown and one.shown.value for one in arrival.indicators] == [
        values[f"header.{key}"] for key in ("shock", "tilt", "humidity")
    ]
    assert arrival.undamaged is (values["header.undamaged"] == "yes")
    assert [one.units for one in arrival.damaged] == [int(values[f"damaged.{i}.units_damaged"]) for i in range(1, 7)]
    assert [one.condition for one in arrival.damaged] == [
        Condition(values[f"damaged.{i}.damage_kind"]) for i in range(1, 7)
    ]
    codes = [values[tag] for tag in values if re.search(r"\.code[0-9]+$", tag)]
    assert [unit.code for unit in arrival.units] == codes
    assert [unit.name for unit in arrival.units] == list(drawn_units(wanted.order))[: len(codes)]


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_filled_arrival_checklist_gives_what_was_typed(category: str, kind: str) -> None:
    assert_taken(assert_read(case(category).files[kind], case(category)), case(category))


@pytest.mark.parametrize("category", FEW)
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_libreoffice_loses_nothing_of_an_arrival(category: str, kind: str, libreoffice: dict[str, bytes]) -> None:
    assert_taken(assert_read(libreoffice[f"{category}.{kind}"], case(category)), case(category))


def test_rows_added_for_damaged_cartons_and_defects_are_taken() -> None:
    order = order_of("stoneware-mugs")
    document = arrival(order, ("en",))
    values = {f"damaged.6.{key}": "" for key in ("carton_no",)} | {"damaged.6.carton_no": "116"}
    content = filled_docx(WRITERS["docx"](document), values, document)
    content = edited(content, "word/document.xml", lambda xml: _with_rows(xml))
    verdict = inspect(content, "arrival.docx", order).verdict
    assert verdict.record.arrival is not None
    assert [(one.line, one.number, one.condition, one.units) for one in verdict.record.arrival.damaged] == [
        (6, "116", None, None),
        (7, "117", Condition.WET, 4),
    ]
    lines = [(one.subject, one.found, one.damaged_cartons) for one in verdict.origins if one.subject[0] == "u"]
    assert lines == [("unlisted.7", 2, False), ("unlisted.7", 5, True)]
    assert [f for f in verdict.findings if f.code in ("LP810", "LP811", "LP812")] == []


def _with_rows(xml: str) -> str:
    """Add a row below the last damaged carton, and one below the last spare line of the tally."""
    added = {
        "damaged.6.carton_no": ("7", "117", "wet", "one side", "4", "IMG_7"),
        "unlisted.6.class": ("Major", "dent", "3 mm", "factory or transit", "2", "5", "IMG_8"),
    }
    for tag, cells in added.items():
        end = xml.index("</w:tr>", xml.index(f'w:val="{tag}"')) + len("</w:tr>")
        row = "".join(f"<w:tc><w:tcPr/><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in cells)
        xml = f"{xml[:end]}<w:tr>{row}</w:tr>{xml[end:]}"
    return xml


def test_rows_added_in_a_workbook_are_taken_too() -> None:
    order = order_of("stoneware-mugs")
    document = arrival(order, ("en",))
    content = filled_xlsx(WRITERS["xlsx"](document), {"damaged.6.carton_no": "116"}, document)
    cells = {
        "damaged.6.carton_no": "117",
        "damaged.6.damage_kind": "crushed",
        "damaged.6.units_damaged": "4",
        "unlisted.6.class": "Major",
        "unlisted.6.defect": "dent",
        "unlisted.6.damaged": "5",
    }
    for tag, text in cells.items():
        content = _below(content, tag, text)
    verdict = inspect(content, "arrival.xlsx", order).verdict
    assert verdict.record.arrival is not None
    assert [(one.line, one.number, one.condition, one.units) for one in verdict.record.arrival.damaged] == [
        (6, "116", None, None),
        (7, "117", Condition.CRUSHED, 4),
    ]
    lines = [(one.subject, one.found, one.damaged_cartons) for one in verdict.origins if one.subject[0] == "u"]
    assert lines == [("unlisted.7", 5, True)]
    assert [f for f in verdict.findings if f.code in ("LP810", "LP811", "LP812")] == []


def _below(content: bytes, tag: str, text: str) -> bytes:
    """Write a text into the cell below that of a field, which is empty or not there yet."""
    part, cell = cell_of(content, tag)
    letters, row = re.match(r"([A-Z]+)([0-9]+)", cell).groups()  # type: ignore[union-attr]
    place, number = f"{letters}{int(row) + 1}", int(row) + 1
    written = f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'

    def change(xml: str) -> str:
        if f'<row r="{number}"' not in xml:
            return xml.replace("</sheetData>", f'<row r="{number}"></row></sheetData>', 1).replace(
                f'<row r="{number}"></row>', f'<row r="{number}">{written}</row>', 1
            )
        xml = re.sub(rf'<c r="{place}"[^>]*/>', "", xml)
        return re.sub(rf'(<row r="{number}"[^>]*>)', rf"\g<1>{written}", xml, count=1)

    return edited(content, part, change)
