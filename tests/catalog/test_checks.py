"""The catalogue is clean, and each planted fault is found where it stands."""

from __future__ import annotations

import copy
import datetime
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from checked import findings_of, shipped_subjects
from lotproof.catalog.checking.shape import misfits
from lotproof.catalog.checking.subjects import Catalogue, Subject, subject
from lotproof.catalog.checks import check, code
from lotproof.catalog.source import SourceFile
from lotproof.findings import Finding, Severity
from lotproof.shipped import shipped
from lotproof.upkeep.checking import CHECKS, Checked, check_catalogue

HERE = Path(__file__).parent
BAD = HERE / "bad"
GOOD = HERE / "good"
FILES = sorted(BAD.rglob("*.toml"))
CODES = [code(one) for one in CHECKS]


@pytest.fixture(scope="module")
def bad() -> Checked:
    """Everything that one run over the folder of planted faults finds."""
    return check_catalogue([BAD])


def place(finding: Finding) -> tuple[str, int]:
    """Return file and line of a finding."""
    file, line = re.fullmatch(r"(.+?):(\d+)(?:: .+)?", finding.where).groups()  # type: ignore[union-attr]
    return file, int(line)


def raises(file: Path) -> list[str]:
    """Return the codes that the first line of a bad file names."""
    first = file.read_text(encoding="utf-8").split("\n", maxsplit=1)[0]
    assert first.startswith("# raises LP"), f"{file} does not say what it raises"
    return first.removeprefix("# raises ").split()


def test_the_shipped_catalogue_is_clean() -> None:
    checked = check_catalogue()
    assert checked.clean
    assert {f.code for f in checked.findings} <= {"LP311"}  # a withdrawn standard is named as such
    assert checked.counts["clauses"] >= 450
    assert checked.counts["categories"] == 29


def test_a_shipped_file_is_checked_in_its_own_place() -> None:
    checked = check_catalogue([shipped("spec_catalog") / "machinery" / "noise.toml"])
    assert checked.findings == ()
    assert checked.counts["clauses"] == 1


def test_the_shipped_folder_given_as_a_path_is_clean() -> None:
    assert check_catalogue([shipped("spec_catalog")]).clean


def test_a_folder_of_additions_may_bring_category_block_clause_defect_and_standard() -> None:
    checked = check_catalogue([GOOD])
    assert checked.findings == ()
    assert checked.counts == {"clauses": 1, "categories": 1, "defects": 1, "standards": 1}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(BAD)))
def test_each_planted_fault_is_found_and_nothing_else(file: Path, bad: Checked) -> None:
    found = {finding.code for finding in bad.findings if place(finding)[0] == str(file)}
    assert found == set(raises(file))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(BAD)))
def test_a_fault_is_found_on_its_line(file: Path, bad: Checked) -> None:
    lines = file.read_text(encoding="utf-8").split("\n")
    marked = {number: line.split("# <- ")[1] for number, line in enumerate(lines, 1) if "# <- " in line}
    found = {(place(f)[1], f.code) for f in bad.findings if place(f)[0] == str(file)}
    assert all(1 <= line <= len(lines) for line, _ in found)
    assert set(marked.items()) <= found


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(BAD)))
def test_each_finding_says_how_to_mend_it(file: Path, bad: Checked) -> None:
    mine = [finding for finding in bad.findings if place(finding)[0] == str(file)]
    assert mine
    assert all(finding.message and finding.hint for finding in mine)


def test_each_check_has_a_code_of_its_own_and_they_ascend() -> None:
    assert all(re.fullmatch(r"LP3\d\d", one) for one in CODES)
    assert sorted(set(CODES)) == CODES


@pytest.mark.parametrize("one", CODES)
def test_each_check_has_a_bad_file(one: str) -> None:
    assert any(one in raises(file) for file in FILES)


def test_only_the_named_codes_are_raised(bad: Checked) -> None:
    assert {finding.code for finding in bad.findings} == {*CODES, "LP101"}


def test_a_withdrawn_standard_is_a_note_and_stops_nothing() -> None:
    (finding,) = found = findings_of([BAD / "machinery" / "standard_withdrawn.toml"])
    assert finding.severity is Severity.NOTE
    assert "ISO 22081:2021" in finding.hint
    assert Checked({}, tuple(found)).clean


def test_a_file_that_is_no_toml_stops_no_other() -> None:
    found = findings_of([BAD / "machinery" / "not_toml.toml", BAD / "machinery" / "unit_unknown.toml"])
    assert [finding.code for finding in found] == ["LP101", "LP305"]


def test_every_fault_of_one_file_is_found_in_one_pass(tmp_path: Path) -> None:
    text = (GOOD / "drives" / "play.toml").read_text(encoding="utf-8")
    faults = {
        'id = "drives.play"': 'id = "drives.plays"',
        'unit = "mm"\nnature': 'unit = "mms"\nnature',
        "用塞尺测量3点": "用塞尺测量4点",
        'source = "trade practice"': 'source = "trade practice"\nstandards = ["ISO 99999"]',
    }
    for old, new in faults.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    (tmp_path / "machinery").mkdir()
    (tmp_path / "machinery" / "play.toml").write_text(text, encoding="utf-8")
    found = {finding.code for finding in findings_of([tmp_path])}
    assert {"LP303", "LP305", "LP310", "LP323"} <= found


def test_a_file_named_twice_is_checked_once() -> None:
    file = BAD / "machinery" / "unit_unknown.toml"
    assert len(findings_of([file, file, file.parent / "unit_unknown.toml"])) == 1


# --- no file makes the check itself fail ---------------------------------------------------------------------------------------

ODD: tuple[Any, ...] = (
    "",
    "{{",
    -1,
    True,
    Decimal("nan"),
    datetime.date(2027, 1, 2),
    [1],
    ["x"],
    [{}],
    {},
    {"en": "x"},
)
"""Values that stand somewhere they do not belong."""


def mutants(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every value inside ``data``."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from mutants(value, (*path, key))


def mutated(data: dict[str, Any], path: tuple[str | int, ...], odd: Any) -> dict[str, Any]:
    """Return ``data`` with another value at ``path``."""
    copied = copy.deepcopy(data)
    table: Any = copied
    for part in path[:-1]:
        table = table[part]
    table[path[-1]] = odd
    return copied


SHIPPED = (
    "machinery/noise.toml",
    "all/quantity.toml",
    "consumer_goods/material_composition.toml",
    "consumer_goods/ceramic_tableware/thermal_shock.toml",
    "machinery/category.toml",
)


STEP = 1 if settings().max_examples >= 100 else 3
"""In the profile ``ci`` a place gets every third of the odd values, the next place the next ones; in the others it gets all."""


@pytest.mark.parametrize("name", SHIPPED)
def test_no_value_in_the_wrong_place_makes_the_check_fail(name: str) -> None:
    folder = shipped("spec_catalog")
    data = tomllib.loads((folder / name).read_text(encoding="utf-8"), parse_float=Decimal)
    odd: list[Subject] = [
        subject(SourceFile(folder / name, name, mutated(data, path, value), ""))
        for place, path in enumerate(mutants(data))
        for value in ODD[place % STEP :: STEP]
    ]
    found = list(check(odd, Catalogue((*shipped_subjects(), *odd)), CHECKS))
    assert len(found) > len(odd) / 2
    assert {f.code for f in found} <= set(CODES)


@pytest.mark.parametrize("kind", ["clause", "category", "defects", "standards", "questions"])
def test_an_empty_file_lacks_something(kind: str) -> None:
    assert misfits(kind, {})
