"""Characters that look alike, and those that nobody sees, are called by their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof.verify.glyphs import invisible, skeleton, told_apart


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        ("noise", "n\u043eise", "U+043E CYRILLIC SMALL LETTER O where 'o' U+006F LATIN SMALL LETTER O stood"),
        ("78", "7\u200b8", "U+200B ZERO WIDTH SPACE, which nobody sees"),
        ("\u22123", "-3", "U+002D HYPHEN-MINUS where '\u2212' U+2212 MINUS SIGN stood"),
        ("78\u00a0dB", "78 dB", "U+0020 SPACE where U+00A0 NO-BREAK SPACE stood"),
        ("at most", "\u202eat most", "U+202E RIGHT-TO-LEFT OVERRIDE, which nobody sees"),
        ("10", "1O", "LATIN CAPITAL LETTER O where '0' U+0030 DIGIT ZERO stood"),
        ("\uff17", "7", "DIGIT SEVEN where '\uff17' U+FF17 FULLWIDTH DIGIT SEVEN stood"),
    ],
)
def test_a_character_that_looks_alike_is_named(was: str, now: str, words: str) -> None:
    assert words in told_apart(was, now)


@pytest.mark.parametrize(("was", "now"), [("78", "87"), ("at most", "at least"), ("", "new"), ("same", "same")])
def test_what_a_reader_sees_anyway_is_not_explained(was: str, now: str) -> None:
    assert told_apart(was, now) == ""


@given(st.text(max_size=30))
def test_texts_that_are_equal_look_alike_and_need_no_words(text: str) -> None:
    assert skeleton(text) == skeleton(text)
    assert told_apart(text, text) == ""


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=10))
def test_letters_and_digits_are_seen_but_for_those_that_print_nothing(text: str) -> None:
    assert all(not invisible(c) for c in text if c not in "\u115f\u1160\u3164\uffa0")
