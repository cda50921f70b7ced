"""Laws of a comparison: nothing differs from itself, the way back is the mirror, and nothing changes silently."""

from __future__ import annotations

import copy
import datetime
import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import pytest

from drawn import NAMES, ORDERS, Drawn, orders
from gate_orders import answers
from lotproof import api
from lotproof.changes.leaves import differences, keyed, uncovered
from lotproof.changes.model import Change, Comparison, Kind, Side, mirrored, side_of
from lotproof.frozen import replace
from lotproof.orders.digests import canonical, encode
from revised import EXAMPLES, REVISIONS, diff, order


def marks(changes: Iterable[Change]) -> list[str]:
    """
    The changes in an order that does not depend on how they were found.

    Titles are those of the newer order, and sentences are counted by their place in it: these are left out.
    """
    return sorted(
        repr(replace(c, title={}, covers=tuple(p for p in c.covers if not p.startswith("texts")))) for c in changes
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_differs_from_itself(name: str) -> None:
    found = diff(answers(name), answers(name))
    assert found.same
    assert found.changes == ()


def assert_laws(old: Any, new: Any) -> Comparison:
    """Assert what holds for any two orders."""
    found, back = api.diff(old, new), api.diff(new, old)
    assert marks(map(mirrored, back.changes)) == marks(found.changes)
    assert all(change.was != change.becomes for change in found.changes)
    before, after = ({name: encode(getattr(o, name)) for name in side_of(o).data} for o in (old, new))
    covers = [place for change in found.changes for place in change.covers]
    assert uncovered(differences(before, after), covers) == []
    assert not [c for c in found.changes if c.kind is Kind.DATA]
    weights = [list(Kind).index(change.kind) for change in found.changes]
    assert weights == sorted(weights)
    return found


@pytest.mark.parametrize("old", [answers(), *REVISIONS.values()], ids=["mugs", *REVISIONS])
@pytest.mark.parametrize("new", [answers(), *REVISIONS.values()], ids=["mugs", *REVISIONS])
def test_the_way_back_is_the_mirror_and_all_that_differs_is_said(old: str, new: str) -> None:
    found = assert_laws(order(old), order(new))
    assert found.same == (old == new)


@pytest.mark.parametrize("name", EXAMPLES[1:])
def test_two_orders_of_different_goods_are_compared_whole(name: str) -> None:
    assert_laws(order(answers()), order(answers(name)))


@pytest.mark.parametrize("drawn", ORDERS, indirect=True, ids=NAMES)
def test_the_laws_hold_for_any_answers(drawn: Drawn, request: pytest.FixtureRequest) -> None:
    category = request.node.callspec.params["drawn"][0]
    assert_laws(orders(category)[0].order, drawn.order)
    assert api.diff(drawn.order, drawn.order).same


# every leaf by itself

SET = {
    "defect_class": ["critical", "major", "minor"],
    "listed": ["critical", "major", "minor"],
    "statistic": ["each", "mean"],
    "unit": ["kg", "mm", "pc"],
    "basis": ["lot", "each"],
}
FIXED = {"kind", "clause"}
"""Leaves that no order changes alone: the kind gives the others their meaning, the clause is the first part of the id."""


def paths(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every leaf of JSON, by keys and places."""
    if isinstance(data, dict) and data:
        for key, value in data.items():
            yield from paths(value, (*path, key))
    elif isinstance(data, list) and data:
        for place, value in enumerate(data):
            yield from paths(value, (*path, place))
    else:
        yield path


def other(value: Any, path: tuple[Any, ...]) -> Any:
    """Another value of the same kind."""
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    if key in SET and "plans" not in path:  # the plans of a lot have one row for each class
        return next(v for v in SET[key] if v != value)
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if value == "zero":
        return "1.0"
    if isinstance(value, str):
        if re.fullmatch(r"-?\d+(\.\d+)?", value) and len(value) < 14:
            return str(Decimal(value) + 1)
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return str(datetime.date.fromisoformat(value) + datetime.timedelta(days=1))
        return f"{value}x"
    return None


def shape(path: tuple[Any, ...], data: Any) -> tuple[Any, ...]:
    """The path without places and ids: one leaf of each shape is enough."""
    kind = ""
    for part in path:
        data = data[part]
        if isinstance(data, dict) and "kind" in data:
            kind = data["kind"]
    return (*("*" if isinstance(part, int) else part for part in path), kind)


def leaves() -> list[tuple[str, tuple[Any, ...]]]:
    """One leaf of each shape in the agreed data of the examples."""
    found: dict[tuple[Any, ...], tuple[str, tuple[Any, ...]]] = {}
    for name in EXAMPLES:
        data = json.loads(canonical(dict(side_of(order(answers(name))).data)))
        for path in paths(data):
            if path[-1] not in FIXED:
                found.setdefault(shape(path, data), (name, path))
    return list(found.values())


def test_every_leaf_of_the_agreed_data_that_changes_is_said() -> None:
    sides = {name: replace(side_of(order(answers(name))), texts={}) for name in EXAMPLES}
    looked = leaves()
    assert len(looked) > 200
    for name, path in looked:
        data = json.loads(canonical(dict(sides[name].data)))
        new = copy.deepcopy(data)
        spot = new
        for part in path[:-1]:
            spot = spot[part]
        changed = other(spot[path[-1]], path)
        if changed is None:
            continue
        spot[path[-1]] = changed
        found = api.compare(sides[name], replace(sides[name], data=new))
        assert found.changes, path
        assert all(change.was != change.becomes for change in found.changes), path
        assert all(change.kind is not Kind.DATA for change in found.changes), path
        places = {place.split("/")[0] for change in found.changes for place in change.covers}
        assert path[0] in places, path


def test_an_unknown_leaf_is_shown_as_it_is() -> None:
    side = replace(side_of(order(answers())), texts={})
    data = json.loads(canonical(dict(side.data)))
    data["commercial"]["payment"]["barter_percent"] = "7"
    found = api.compare(side, replace(side, data=data))
    assert [(c.where, c.was, c.becomes["en"]) for c in found.changes] == [("payment.barter_percent", {}, "7")]
    data["goods"]["colour"] = "blue"
    found = api.compare(side, replace(side, data=data))
    assert [c.becomes["en"] for c in found.changes if c.kind is Kind.DATA] == ['"blue"']


def test_rows_in_another_order_are_said() -> None:
    side = replace(side_of(order(answers())), texts={})
    data = json.loads(canonical(dict(side.data)))
    data["goods"]["lines"].reverse()
    found = api.compare(side, replace(side, data=data))
    assert [c.kind for c in found.changes] == [Kind.ORDER]


def test_what_is_hidden_is_the_same_only_where_its_digest_is() -> None:
    whole = side_of(order(answers()))
    shown = Side(
        name=whole.name,
        data={k: v for k, v in whole.data.items() if k not in ("commercial", "private")},
        digests=whole.digests,
        digest=whole.digest,
        texts={},
    )
    assert api.compare(shown, whole).hidden == {"commercial": True, "private": True}
    assert api.compare(shown, whole).same
    other_digest = replace(shown, digests={**shown.digests, "commercial": "0" * 64})
    found = api.compare(other_digest, whole)
    assert found.changes == ()
    assert not found.same


def test_a_list_without_keys_is_one_leaf() -> None:
    assert keyed([1, 2]) is None
    assert keyed([{"id": "a"}, {"id": "a"}]) is None
    assert list(differences([1, 2], [1, 3], "x")) == ["x"]
    assert list(differences([{"id": "a/b", "v": 1}], [{"id": "a/b", "v": 2}], "x")) == ["x/a~1b/v"]
