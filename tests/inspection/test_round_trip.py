"""Every category of the catalogue: built, filled in with drawn readings, saved by Word, Excel and LibreOffice, read back and judged."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import pytest

import beside
from filled import filled
from filling import complete, filled_docx, filled_xlsx
from lotproof import api
from lotproof.catalog.loading import load_category
from lotproof.documents.checklist import checklist
from lotproof.documents.nodes import Document
from lotproof.inspection.inspected import inspect
from lotproof.orders.model import Order
from lotproof.records.rows import checks
from lotproof.writers import WRITERS
from office import MISSING, NEEDED, saved
from strategies import CATEGORIES, to_toml

if MISSING and os.environ.get("CI"):
    pytest.fail(NEEDED, pytrace=False)


@dataclass(frozen=True, eq=False)
class Case:
    """An order, and what was typed into its checklist."""

    order: Order
    document: Document
    values: dict[str, str]
    files: dict[str, bytes]


def filled_in(answers: bytes, languages: tuple[str, ...] | None, seed: int) -> Case:
    """Build an order, and fill its checklist in as Word and as Excel."""
    order = api.build(answers).order
    document = checklist(order, languages)
    values = complete(order, document, seed, bad=0.04)
    files = {
        "docx": filled_docx(WRITERS["docx"](document), values, document),
        "xlsx": filled_xlsx(WRITERS["xlsx"](document), values, document),
    }
    return Case(order, document, values, files)


@cache
def whole(category: str) -> Case:
    """Every clause of a category, in both languages."""
    return filled_in(filled(category), None, CATEGORIES.index(category))


@cache
def small(category: str) -> Case:
    """The minimum specification of a category, in one language: every second one in Chinese; LibreOffice takes seconds for a long form."""
    data = tomllib.loads(filled(category).decode(), parse_float=Decimal)
    wanted = {"all.quantity", "all.appearance", *(c for m in load_category(category).minimum for c in m.clauses[:1])}
    data["terms"] = {clause: answers for clause, answers in data["terms"].items() if clause in wanted}
    data["confirmed"] = [clause for clause in data["confirmed"] if clause in wanted]
    number = CATEGORIES.index(category)
    return filled_in(to_toml(data).encode(), (("en", "zh")[number % 2],), number)


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every file as LibreOffice saves it, ``<category>.docx``."""
    if MISSING:
        pytest.skip(NEEDED)
    files = {
        f"{category}.{kind}": content for category in CATEGORIES for kind, content in small(category).files.items()
    }
    return saved(files, tmp_path_factory.mktemp("saved"))


NOTES = ("LP806", "LP814", "LP820")
"""Findings that say nothing about what was filled in."""


def assert_read(content: bytes, wanted: Case) -> None:
    """Check that a file gives the same readings and nothing besides, and the verdicts that were worked out beside it."""
    verdict = inspect(content, "filled", wanted.order).verdict
    record = verdict.record
    assert [f for f in verdict.findings if f.code not in NOTES] == []
    found = {reading.tag: reading.value for reading in record.readings}
    assert found.keys() == wanted.values.keys()
    for reading in record.readings:
        text = wanted.values[reading.tag]
        same = str(reading.value) == text or reading.written == text or float(str(reading.value)) == float(text)
        assert same, (reading, text)
    expected = {check.tag: beside.row(wanted.order, check, wanted.values) for check in checks(wanted.order)}
    assert {row.tag: row.result.outcome.value for row in verdict.rows} == expected
    by_class = {(one.lot, one.defect_class): one.result.outcome.value for one in verdict.classes if one.aql}
    assert by_class == {key: beside.defects(wanted.order, *key, wanted.values) for key in by_class}
    if wanted.order.inspection.basis == "lot":
        assert verdict.result.outcome.value == beside.worst([*expected.values(), *by_class.values()])


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_filled_form_gives_its_readings_and_their_verdicts(category: str, kind: str) -> None:
    assert_read(whole(category).files[kind], whole(category))


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_libreoffice_loses_no_reading_and_changes_no_verdict(
    category: str, kind: str, libreoffice: dict[str, bytes]
) -> None:
    assert_read(libreoffice[f"{category}.{kind}"], small(category))
