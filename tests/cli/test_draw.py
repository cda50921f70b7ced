"""``lotproof draw`` as a user runs it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from lotproof import sampling
from lotproof.cli import main
from lotproof.findings import Refused


def lotproof(*arguments: str) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, ["draw", *arguments])


def test_the_same_seed_prints_the_same_cartons() -> None:
    first, second = lotproof("200", "--seed", "481516"), lotproof("200", "--seed", " 481516 ")
    assert first.output == second.output
    assert "Open 15 of 200 cartons:" in first.output
    assert first.output.splitlines()[-1] == ", ".join(map(str, sampling.draw("481516", 15, 200)))


def test_without_a_seed_one_is_made_and_printed() -> None:
    found = json.loads(lotproof("200", "--json").output)
    again = json.loads(lotproof("200", "--json", "--seed", found["seed"]).output)
    assert again == found
    assert json.loads(lotproof("200", "--json").output)["seed"] != found["seed"]


def test_items_share_the_cartons_and_each_is_opened() -> None:
    found = json.loads(lotproof("A=200", "B=134", "C=1", "--seed", "x", "--json").output)
    assert [(row["item"], row["open"]) for row in found["drawn"]] == [("A", 11), ("B", 7), ("C", 1)]
    assert all(0 < n <= row["cartons"] for row in found["drawn"] for n in row["numbers"])


def test_a_sample_that_needs_more_cartons_opens_more() -> None:
    assert json.loads(lotproof("200", "--sample", "500", "--per-carton", "24", "--json").output)["open"] == 21
    assert json.loads(lotproof("10", "--sample", "500", "--per-carton", "24", "--json").output)["open"] == 10


@pytest.mark.parametrize(
    ("arguments", "places"),
    [
        (("x",), ["CARTONS"]),
        (("0",), ["CARTONS"]),
        (("5", "6"), ["CARTONS", "CARTONS"]),
        (("A=5", "A=6"), ["CARTONS"]),
        (("A=5", "=6"), ["CARTONS"]),
        (("A=x", "--seed", " ", "--open", "0"), ["CARTONS", "--seed", "--open"]),
        (("20", "--open", "21"), ["--open"]),
        (("99999999999999999999",), ["CARTONS"]),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_the_way_out(arguments: tuple[str, ...], places: list[str]) -> None:
    error = lotproof(*arguments).exception
    assert isinstance(error, Refused)
    assert [f.where for f in error.findings] == places
    assert all(f.code == "LP158" and f.hint for f in error.findings)


def test_sample_and_units_of_a_carton_go_together() -> None:
    assert lotproof("20", "--sample", "5").exit_code == 2
