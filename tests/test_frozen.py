"""Frozen values behave as frozen dataclasses do."""

from __future__ import annotations

import copy
import pickle
from typing import ClassVar

import pytest

from lotproof.frozen import fields, frozen, replace


@frozen
class Point:
    """Two numbers."""

    kind: ClassVar[str] = "point"
    x: int
    y: int = 7

    @property
    def total(self) -> int:
        """Their sum."""
        return self.x + self.y


@frozen(kw_only=True)
class Named:
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
