"""
Frozen values, made quickly.

What ``dataclasses.dataclass(frozen=True, slots=True)`` gives, at a fifth of its cost when a module is imported: the standard
decorator compiles six functions for each class, which for the classes of one build takes three times as long as starting Python.
``docs/decisions/0004-frozen-values.md`` has the figures.
"""

from __future__ import annotations

from typing import Any, TypeVar, dataclass_transform, overload

_T = TypeVar("_T")
_C = TypeVar("_C", bound=type)


@overload
def frozen(cls: _C, /) -> _C: ...
@overload
def frozen(*, kw_only: bool = ...) -> Any: ...
@dataclass_transform(frozen_default=True)
def frozen(cls: Any = None, /, *, kw_only: bool = False) -> Any:
    """
    Make a class a frozen value with slots: its annotations are its fields, equal when type and fields are equal.

    Args:
        kw_only: fields are given by name only.
    """
    return _make(cls, kw_only) if cls is not None else lambda given: _make(given, kw_only)


def fields(value: Any) -> tuple[str, ...]:
    """
    Return the names of the fields of a frozen value or class.

    Raises:
        TypeError: it is none.
    """
    cls = value if isinstance(value, type) else type(value)
    if not issubclass(cls, _Frozen):
        raise TypeError(f"{cls.__name__} is no frozen value")
    return cls.__match_args__


def is_frozen(cls: Any) -> bool:
    """Say whether ``cls`` is a class made by :func:`frozen`."""
    return isinstance(cls, type) and issubclass(cls, _Frozen)


def replace(value: _T, /, **changes: Any) -> _T:
    """Return ``value`` with other contents in some of its fields."""
    given = {name: getattr(value, name) for name in fields(value)}
    unknown = changes.keys() - given.keys()
    if unknown:
        raise TypeError(f"{type(value).__name__} has no field {', '.join(sorted(unknown))}")
    return type(value)(**given | changes)


class _Frozen:
    __slots__ = ()
    __match_args__: tuple[str, ...] = ()

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be removed")

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self is other or all(getattr(self, name) == getattr(other, name) for name in self.__match_args__)

    def __hash__(self) -> int:
        return hash((self.__class__, *(getattr(self, name) for name in self.__match_args__)))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__qualname__}({shown})"

    def __reduce__(self) -> Any:
        return _again, (type(self), tuple(getattr(self, name) for name in self.__match_args__))


def _again(cls: type[Any], values: tuple[Any, ...]) -> Any:
    return cls(**dict(zip(fields(cls), values, strict=True)))


def _make(cls: type[Any], kw_only: bool) -> type[Any]:
    names = tuple(n for n, hint in cls.__dict__.get("__annotations__", {}).items() if "ClassVar" not in str(hint))
    body = {key: value for key, value in cls.__dict__.items() if key not in ("__dict__", "__weakref__", *names)}
    made = type(cls.__name__, (_Frozen,), {**body, "__slots__": names, "__match_args__": names})
    defaults = {n: cls.__dict__[n] for n in names if n in cls.__dict__}
    scope: dict[str, Any] = {f"_d_{n}": value for n, value in defaults.items()}
    scope |= {f"_s_{n}": made.__dict__[n].__set__ for n in names}
    arguments = ", ".join(f"{n}=_d_{n}" if n in defaults else n for n in names)
    star = "*, " if kw_only and names else ""
    steps = "; ".join(f"_s_{n}(self, {n})" for n in names) or "pass"
    exec(f"def __init__(self, {star}{arguments}): {steps}", scope)  # noqa: S102 - field names of our own classes
    scope["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"
    setattr(made, "__init__", scope["__init__"])  # noqa: B010 - mypy knows no other way
    return made
