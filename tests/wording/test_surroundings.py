"""What stands around a word is looked for inside the text, also where the text ends with the word."""

from __future__ import annotations

import pytest

from lotproof.wording.lexicon import vague

ENDS_WITH_THE_WORD = [
    "The zinc coating is at least 8 µm thick",
    "The plate is 3.0 mm ± 0.1 mm thick",
    "耐热200 °C、2 h不变形",
    "裂纹长度大于5 mm的计为主要缺陷",
]
"""The number stands in the last part of the sentence, and no sign behind the word."""


@pytest.mark.parametrize("text", ENDS_WITH_THE_WORD)
@pytest.mark.parametrize("end", ["", ".", ",", "\n", "。", "；\n"])
def test_a_number_silences_the_last_word_of_a_text(text: str, end: str) -> None:
    assert vague(text + end) == ()


def test_what_was_done_to_the_piece_silences_what_it_must_not_do() -> None:
    assert vague("施加90 N拉力10 s，不得脱落。") == ()
    (found,) = vague("零件不得脱落。")
    assert found.quote == "不得脱落"
    assert vague("零件不得脱落。施加90 N拉力。") != ()
