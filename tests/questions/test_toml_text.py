"""What is written as TOML is read back as the same value."""

from __future__ import annotations

import datetime
import tomllib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lotproof import api
from lotproof.catalog.loading import load_category
from lotproof.questions.printing import answers_text
from lotproof.questions.toml_text import key_text, toml_text
from strategies import CATEGORIES, answers

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLAIN = st.one_of(
    TEXT,
    st.booleans(),
    st.integers(-(2**62), 2**62),
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
    st.dates(),
)
VALUE = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3))


@given(VALUE)
def test_a_value_comes_back(value: Any) -> None:
    assert tomllib.loads(f"v = {toml_text(value)}", parse_float=Decimal) == {"v": value}


@given(TEXT)
def test_a_key_comes_back(key: str) -> None:
    assert tomllib.loads(f"{key_text(key)} = 1") == {key: 1}


def test_what_toml_lacks_is_refused() -> None:
    with pytest.raises(TypeError):
        toml_text(None)
    with pytest.raises(TypeError):
        toml_text(1.5)


def test_a_decimal_stays_as_exact_as_it_was() -> None:
    assert (toml_text(Decimal("4.0")), toml_text(Decimal(30)), toml_text(datetime.date(2027, 1, 2))) == (
        "4.0",
        "30.0",
        "2027-01-02",
    )


@pytest.mark.parametrize("category", CATEGORIES[::6])
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_whole_file_printed_again_makes_the_same_order(category: str, data: st.DataObject) -> None:
    content = data.draw(answers(category))
    text = answers_text(load_category(category), tomllib.loads(content.decode(), parse_float=Decimal))
    assert api.digest(api.build(text.encode()).order) == api.digest(api.build(content).order)
