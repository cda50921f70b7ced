"""Words are found where they stand as words, in any case, and in time that grows with the text alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof.gate.rules import shipped_rules, words

RULES = shipped_rules()


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("as discussed", "made As  Discussed on Monday", True),
        ("as discussed", "it was discussed", False),
        ("TBD", "colour tbd", True),
        ("TBD", "TBDX-4", False),
        ("maker", "coffee-maker's mark", True),
        ("maker", "watchmakers", False),
        ("微信", "见微信记录", True),
        ("seller's registered address", "the court at the seller\u2019s registered address", True),
    ],
)
def test_a_word_is_found_as_a_word(word: str, text: str, found: bool) -> None:
    assert words([word]).within(text) is found


@given(st.text(max_size=400))
def test_every_place_that_is_found_holds_one_of_the_words(text: str) -> None:
    for match in RULES.outside.find(text):
        assert RULES.outside.pattern.fullmatch(text, *match.span())


@pytest.mark.parametrize("piece", ["a", "a ", "as discussed ", "as  ", "微", "rev ", "1,"])
def test_a_long_text_is_searched_to_its_end(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    found = [
        len(pattern.findall(text))
        for pattern in (RULES.outside.pattern, RULES.seller.pattern, RULES.revisions, RULES.files, RULES.papers.pattern)
    ]
    assert (found[0] > 0) is (piece == "as discussed ")


@pytest.mark.parametrize(
    ("text", "revised"),
    [
        ("HB-M350 rev 2", True),
        ("HB-M350 Rev.B", True),
        ("artwork v3", True),
        ("sealed 2027-01-28", True),
        ("图稿第3版", True),
        ("图纸 版次B", True),
        ("A版", True),
        ("drawing HB-M350", False),
        ("the revision", False),
        ("review of the drawing", False),
        ("前版", False),
    ],
)
def test_a_revision_is_a_word_with_its_number_or_a_date(text: str, revised: bool) -> None:
    assert (RULES.revisions.search(text) is not None) is revised


def test_no_word_is_empty_and_every_pattern_compiles_to_literals() -> None:
    for found in (RULES.inspectors, RULES.seller, RULES.buyer, RULES.outside, RULES.papers):
        assert isinstance(found.pattern, re.Pattern)
        assert found.pattern.search("") is None
