"""What is vague, and what is left to another pattern."""

from __future__ import annotations

from lotproof.gate.specification import expressions
from lotproof.gate.texts import Text

VAGUE = Text("goods.A.description", "en", "The goods shall be of good quality.")


def test_a_vague_expression_is_found_with_its_words() -> None:
    assert [found.quote for found in expressions(VAGUE, lambda _: ())] == ["good quality"]


def test_words_that_point_outside_the_contract_belong_to_that_pattern_alone() -> None:
    place = VAGUE.text.index("good quality")
    assert expressions(VAGUE, lambda _: ((place, place + 4),)) == []
    assert expressions(VAGUE, lambda _: ((0, place),)) != []
