"""Each code that the program can raise has its section in ``docs/findings.md``, and no section outlives its code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lotproof.audit.model import Weight
from lotproof.findings import Severity

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^## (LP[0-9]{3})\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)


def codes_in_source() -> set[str]:
    """Return every code that stands in a module of the package."""
    files = sorted((ROOT / "src").rglob("*.py"))
    return {code for file in files for code in re.findall(r"\bLP[0-9]{3}\b", file.read_text(encoding="utf-8"))}


def test_each_code_has_a_section_and_each_section_a_code() -> None:
    assert {code for code, _ in SECTIONS} == codes_in_source()


def test_each_code_has_one_section_and_they_ascend() -> None:
    codes = [code for code, _ in SECTIONS]
    assert codes == sorted(set(codes))


@pytest.mark.parametrize(("code", "text"), SECTIONS, ids=[code for code, _ in SECTIONS])
def test_a_section_says_what_it_means_how_grave_it_is_and_how_to_mend_it(code: str, text: str) -> None:
    meaning, _, rest = text.partition("- Severity: ")
    assert meaning.strip(), f"{code} does not say what it means"
    severity, _, rest = rest.partition("\n- Example: `")
    known = [*Severity, *Weight]
    assert any(re.search(rf"\b{s.value}\b", severity) for s in known) or code == "LP100"
    example, _, mend = rest.partition("`\n- Mend: ")
    assert example
    assert mend.strip().endswith(".")
