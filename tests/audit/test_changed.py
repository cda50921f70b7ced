"""A good contract has no finding; with one thing changed it has the finding of that, and no other."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from lotproof.audit.auditing import audit
from lotproof.audit.data import data
from lotproof.audit.model import Remark
from lotproof.readers import read

HERE = Path(__file__).parent / "contracts"
CASES: list[dict[str, Any]] = tomllib.loads((HERE / "changed.toml").read_text(encoding="utf-8"))["case"]


def remarks(text: str, name: str = "contract.txt") -> tuple[Remark, ...]:
    """Return the structural remarks of a text; the lexicon has tests of its own."""
    return tuple(r for r in audit(read(text.encode(), name).passages) if r.code != "LP520")


def changed(case: dict[str, Any]) -> str:
    """Return the contract of a case."""
    text: str = (HERE / case["base"]).read_text(encoding="utf-8")
    old, new = ([one] if isinstance(one, str) else one for one in (case["old"], case["new"]))
    for before, after in zip(old, new, strict=True):
        assert text.count(before) >= 1, before
        text = text.replace(before, after)
    return text


@pytest.mark.parametrize("name", ["good-en.txt", "good-zh.txt"])
def test_a_good_contract_has_no_finding(name: str) -> None:
    assert audit(read((HERE / name).read_bytes(), name).passages) == ()


@pytest.mark.parametrize(
    "case",
    CASES,
    ids=[f"{number}-{case['base'][5:7]}-{'-'.join(case['codes']) or 'none'}" for number, case in enumerate(CASES)],
)
def test_one_change_raises_its_code_and_no_other(case: dict[str, Any]) -> None:
    found = remarks(changed(case))
    assert sorted({r.code for r in found}) == sorted(case["codes"]), [
        (r.code, r.where, r.quote, r.message) for r in found
    ]
    if "quote" in case:
        assert found[0].quote == case["quote"]


def test_every_code_of_an_audit_has_a_contract_that_raises_it() -> None:
    raised = {code for case in CASES for code in case["codes"]}
    elsewhere = {"LP510", "LP511", "LP512", "LP520", "LP525", "LP558", "LP579", "LP599"}  # tests of their own
    assert {name.partition(".")[0] for name in data().texts} == raised | elsewhere
