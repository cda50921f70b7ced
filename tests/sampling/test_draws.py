"""Shares of items in a sample, and the cartons that are opened."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof.sampling import cartons_to_open, draw, share

QUANTITIES = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 5000), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("n", "quantities", "expected"),
    [
        (200, {"a": 4800, "b": 3200, "c": 1600}, {"a": 100, "b": 67, "c": 33}),
        (10, {"a": 100, "b": 1, "c": 1}, {"a": 8, "b": 1, "c": 1}),
        (2, {"a": 5, "b": 9, "c": 5}, {"a": 1, "b": 1, "c": 0}),
        (3, {"a": 0, "b": 3}, {"a": 0, "b": 3}),
        (7, {"a": 10, "b": 10}, {"a": 4, "b": 3}),
        (0, {"a": 4}, {"a": 0}),
    ],
)
def test_a_sample_is_shared_in_proportion(n: int, quantities: dict[str, int], expected: dict[str, int]) -> None:
    assert share(n, quantities) == expected


@given(quantities=QUANTITIES, data=st.data())
def test_shares_add_up_and_every_item_is_seen_where_there_are_enough(
    quantities: dict[str, int], data: st.DataObject
) -> None:
    n = data.draw(st.integers(0, sum(quantities.values())))
    shares = share(n, quantities)
    there = [item for item, quantity in quantities.items() if quantity]
    assert list(shares) == list(quantities)
    assert sum(shares.values()) == n
    assert all(0 <= shares[item] <= quantities[item] for item in quantities)
    assert n < len(there) or all(shares[item] for item in there)


@given(quantities=st.lists(st.integers(1, 5000), min_size=1, max_size=8), data=st.data())
def test_a_larger_item_never_gives_fewer(quantities: list[int], data: st.DataObject) -> None:
    shares = share(data.draw(st.integers(0, sum(quantities))), {str(i): q for i, q in enumerate(quantities)})
    for i, more in enumerate(quantities):
        assert all(shares[str(i)] >= shares[str(j)] for j, less in enumerate(quantities) if more > less)


@pytest.mark.parametrize(("n", "quantities"), [(5, {"a": 4}), (-1, {"a": 4}), (0, {"a": -1})])
def test_more_than_there_is_cannot_be_shared(n: int, quantities: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        share(n, quantities)


@pytest.mark.parametrize(
    ("cartons", "opened"), [(0, 0), (1, 1), (2, 2), (4, 2), (5, 3), (100, 10), (101, 11), (401, 21)]
)
def test_the_square_root_of_the_cartons_is_rounded_up(cartons: int, opened: int) -> None:
    assert cartons_to_open(cartons) == opened


@given(seed=st.text(min_size=1).filter(str.strip), population=st.integers(1, 3000), data=st.data())
def test_a_draw_spreads_over_the_pile(seed: str, population: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, population))
    numbers = draw(seed, count, population)
    assert len(set(numbers)) == count
    assert list(numbers) == sorted(numbers)
    for place, number in enumerate(numbers):
        assert place * population // count < number <= (place + 1) * population // count
    assert draw(f" {seed} ", count, population) == numbers


def test_the_rule_can_be_computed_by_anybody() -> None:
    """The second of four ranges of 1 to 10 is 3 to 5: three numbers."""
    assert 10 // 4 == 2
    number = int(hashlib.sha256(b"lotproof-draw/1|481516|4|10|2").hexdigest(), 16)
    assert draw("481516", 4, 10)[1] == 3 + number % 3


def test_another_seed_gives_other_numbers() -> None:
    assert len({draw(f"2027-05-02 {i}", 15, 200) for i in range(50)}) == 50


@pytest.mark.parametrize(("seed", "count", "population"), [("", 1, 5), ("  ", 1, 5), ("x", 6, 5), ("x", -1, 5)])
def test_a_draw_without_seed_or_beyond_the_pile_is_refused(seed: str, count: int, population: int) -> None:
    with pytest.raises(ValueError, match=r"seed|cannot be drawn"):
        draw(seed, count, population)
