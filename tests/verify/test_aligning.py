"""Two sequences laid beside each other: nothing is lost, nothing is told apart that is equal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lotproof.verify.aligning import LEAST, aligned

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=14)


def alike(one: str, other: str) -> float:
    """Say that neighbours in the alphabet are alike."""
    return 1.0 if one == other else 0.5 if abs(ord(one) - ord(other)) == 1 else 0.0


@given(WORDS, WORDS)
def test_each_place_stands_in_one_pair_and_in_its_order(before: list[str], after: list[str]) -> None:
    pairs = aligned(before, after, alike)
    assert [mine for mine, _ in pairs if mine is not None] == list(range(len(before)))
    assert [theirs for _, theirs in pairs if theirs is not None] == list(range(len(after)))


@given(WORDS)
def test_equal_sequences_are_paired_place_by_place(words: list[str]) -> None:
    assert aligned(words, words, alike) == [(place, place) for place in range(len(words))]


@given(st.lists(st.integers(0, 10**6), unique=True, min_size=2, max_size=20), st.data())
def test_one_that_is_taken_out_is_the_one_without_a_pair(numbers: list[int], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(numbers) - 1))
    shorter = numbers[:place] + numbers[place + 1 :]
    gone = [mine for mine, theirs in aligned(numbers, shorter, lambda _a, _b: 0.0) if theirs is None]
    assert gone == [place]


@given(WORDS, WORDS)
def test_what_is_paired_is_alike_unless_it_stands_alone(before: list[str], after: list[str]) -> None:
    pairs = aligned(before, after, alike)
    for place, (mine, theirs) in enumerate(pairs):
        if mine is not None and theirs is not None and alike(before[mine], after[theirs]) < LEAST:
            beside = [pair for pair in pairs[max(0, place - 1) : place + 2] if pair != (mine, theirs)]
            assert all(None not in pair for pair in beside), "only one against one is paired without likeness"


def test_a_gap_without_end_is_paired_without_comparing_each_with_each() -> None:
    compared = 0

    def counted(_one: int, _other: int) -> float:
        nonlocal compared
        compared += 1
        return 0.0

    before, after = list(range(30_000)), [-1 - n for n in range(30_000)]
    pairs = aligned(before, after, counted)
    assert len(pairs) == 30_000
    assert compared == 0, "a gap without end is not compared one by one"
