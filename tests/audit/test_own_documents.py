"""What lotproof writes itself: an audit finds nothing in it."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

import pytest

from filled import filled
from lotproof import api
from lotproof.orders.model import Order
from strategies import CATEGORIES

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/answers.toml"))
KINDS = tuple(api.FORMATS)
LANGUAGES = (("en",), ("zh",), ("en", "zh"))


@cache
def order(category: str) -> Order:
    """Return an order that states every clause of a category."""
    return api.build(filled(category)).order


def findings(
    made: Order, languages: tuple[str, ...], form: str, profiles: tuple[str, ...] = (api.FULL,)
) -> list[tuple[str, ...]]:
    """Return what an audit finds in all documents of an order."""
    found: list[tuple[str, ...]] = []
    for name, content in api.render(made, languages, (form,), profiles, KINDS):
        if name.endswith(form):
            found += [(name, r.where, r.code, r.quote, r.message) for r in api.audit(content, name).remarks]
    return found


@pytest.mark.parametrize("form", ["docx", "txt"])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_have_no_finding(example: Path, form: str) -> None:
    made = api.build((example / "answers.toml").read_bytes()).order
    for languages in LANGUAGES:
        assert findings(made, languages, form, api.PROFILES if form == "docx" else (api.FULL,)) == []


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_with_every_clause_has_no_finding(category: str) -> None:
    assert findings(order(category), ("en", "zh"), "docx") == []


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_gate_report_of_a_category_has_no_finding(category: str) -> None:
    built = api.build(filled(category))
    found: list[tuple[str, ...]] = []
    for language in ("en", "zh"):
        gate = api.check(built.order, built.findings, datetime.date(2027, 1, 5))
        for name, content in api.gate_files(built.order, gate, language, ("docx", "txt")).items():
            found += [(name, language, r.where, r.code, r.quote) for r in api.audit(content, name).remarks]
    assert found == []
