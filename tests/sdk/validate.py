"""
The Word and Excel files of the examples, against the validator of Microsoft's Open XML SDK.

It is no part of the suite, as it comes from npm: ``nox -s sdk`` installs it and runs this module.
"""

from __future__ import annotations

import datetime
import json
import os
import subprocess
from pathlib import Path

import pytest

from lotproof import api
from lotproof.catalog.loading import load_category
from lotproof.questions.buyer_form import answers_form
from lotproof.writers.xlsx.form import write_form

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/answers.toml"))
LANGUAGES = (("en",), ("zh",), ("en", "zh"))
VALIDATOR = os.environ["OOXML_VALIDATOR"]
"""Path of ``ooxml-validator``."""


def faults(content: bytes, place: Path) -> list[str]:
    """Return what the validator says of a file."""
    place.write_bytes(content)
    found = subprocess.run(
        [VALIDATOR, str(place)], stdin=subprocess.DEVNULL, check=False, capture_output=True, text=True
    )
    report = json.loads(found.stdout)
    return [f"{place.name}: {error}" for error in report["errors"]] + ([] if report["ok"] else [place.name])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_every_file_of_an_example_is_valid(example: Path, tmp_path: Path) -> None:
    built = api.build((example / "answers.toml").read_bytes())
    order = built.order
    gate = api.check(order, built.findings, datetime.date(2027, 1, 5))
    files = api.gate_files(order, gate, "zh", ("docx",)) | api.booking_files(order, {}, ("en", "zh"), ("docx",))
    found = [fault for name, content in files.items() for fault in faults(content, tmp_path / name)]
    for languages in LANGUAGES if example.name == "stoneware-mugs" else LANGUAGES[2:]:
        for name, content in api.render(order, languages, ("docx", "xlsx"), api.PROFILES, tuple(api.FORMATS)):
            if not name.endswith(".json"):
                found += faults(content, tmp_path / name)
    assert found == []


def test_the_pages_for_buyer_and_inspector_are_valid(tmp_path: Path) -> None:
    built = api.build((ROOT / "examples" / "stoneware-mugs" / "answers.toml").read_bytes())
    gate = api.check(built.order, built.findings, datetime.date(2027, 3, 1))
    files = api.gate_files(built.order, gate, "en", ("docx",))
    files |= api.booking_files(built.order, {"checklist.docx": "0" * 64}, ("en", "zh"), ("docx",))
    assert [fault for name, content in files.items() for fault in faults(content, tmp_path / name)] == []


def test_the_form_for_answers_is_valid(tmp_path: Path) -> None:
    form = write_form(answers_form(load_category("machinery"), {"order": {"salt": "x"}, "terms": {}}, "en", None))
    assert faults(form, tmp_path / "answers.xlsx") == []
