"""Frozen values behave as frozen dataclasses do."""

from __future__ import annotations

import copy
import inspect
import pickle
import types
from functools import partial
from typing import Any, ClassVar

import pytest

from lotproof.frozen import Frozen, fields, replace
from lotproof.initializers import INITIALIZERS


class Point(Frozen):
    """Two numbers."""

    kind: ClassVar[str] = "point"
    x: int
    y: int = 7

    @property
    def total(self) -> int:
        """Their sum."""
        return self.x + self.y


class Named(Frozen, kw_only=True):
    """Given by name only."""

    x: int
    y: int = 7


def test_fields_are_equal_when_type_and_contents_are() -> None:
    assert Point(1, 2) == Point(1, 2) != Point(1, 3)
    other: object = Named(x=1, y=2)
    assert Point(1, 2) != other
    assert hash(Point(1, 2)) == hash(Point(1, 2))
    assert Point(1).y == 7
    assert Point(1, 2).total == 3
    assert repr(Point(1)) == "Point(x=1, y=7)"


def test_nothing_can_be_changed() -> None:
    point = Point(1, 2)
    with pytest.raises(AttributeError, match="frozen"):
        point.x = 3  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        del point.x
    with pytest.raises(AttributeError):
        point.z = 3  # type: ignore[attr-defined]
    assert point == Point(1, 2)


def test_calls_are_checked_as_those_of_any_function() -> None:
    for call in (lambda: Point(), lambda: Point(1, 2, 3), lambda: Point(1, z=2), lambda: Named(1, 2)):  # type: ignore[call-arg]
        with pytest.raises(TypeError):
            call()


def test_values_copy_pickle_match_and_are_replaced() -> None:
    point = Point(1, 2)
    assert copy.deepcopy(point) == point == pickle.loads(pickle.dumps(point))
    assert replace(point, y=3) == Point(1, 3)
    with pytest.raises(TypeError, match="no field z"):
        replace(point, z=3)
    match point:
        case Point(x, y=y):
            assert (x, y) == (1, 2)
    assert fields(Point) == ("x", "y")
    with pytest.raises(TypeError):
        fields(3)


def test_every_initializer_sets_its_fields_in_their_order() -> None:
    for count, of in enumerate(INITIALIZERS):
        told: list[tuple[int, object, int]] = []
        init = of(*(partial(_tell, told, place) for place in range(count)))
        init("value", *range(100, 100 + count))
        assert told == [(place, "value", 100 + place) for place in range(count)]
        assert len(inspect.signature(init).parameters) == count + 1


def test_a_class_of_more_fields_than_there_are_initializers_is_refused() -> None:
    with pytest.raises(TypeError, match="25 fields, of 24 at most"):
        _class([f"f{n}" for n in range(len(INITIALIZERS))])


def test_a_field_without_a_default_comes_before_those_that_have_one() -> None:
    with pytest.raises(TypeError, match="without a default"):
        _class(["a", "b"], a=1)
    assert _class(["a", "b"], kw_only=True, a=1)(b=2).a == 1


def _tell(told: list[tuple[int, object, int]], place: int, value: object, given: int) -> None:
    told.append((place, value, given))


def _class(names: list[str], *, kw_only: bool = False, **defaults: int) -> Any:
    """Make a frozen class as a class statement makes it."""
    body = {"__annotations__": dict.fromkeys(names, "int"), **defaults}
    return types.new_class(
        "Made", (Frozen,), {"kw_only": kw_only}, lambda space: space.update(body, __qualname__="Made")
    )
