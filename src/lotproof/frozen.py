"""
Frozen values, made quickly.

What ``dataclasses.dataclass(frozen=True, slots=True)`` gives, at a twentieth of its cost when a module is imported: the standard
decorator compiles six functions for each class and makes it twice, which for the classes of one build takes three times as long as starting
Python. ``docs/decisions/0004-frozen-values.md`` has the figures.
"""

from __future__ import annotations

from typing import Any, TypeVar, dataclass_transform

from lotproof.initializers import INITIALIZERS

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True)
class _Maker(type):
    """Makes the classes that stand under :class:`Frozen`, which are plain ones: asking whether something is one of them stays cheap."""

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any], *, kw_only: bool = False) -> Any:
        if not bases:
            return super().__new__(mcs, name, bases, body)
        names = tuple([n for n, hint in body.get("__annotations__", {}).items() if "ClassVar" not in hint])
        defaults = {n: body.pop(n) for n in names if n in body}
        wanted = len(names) - len(defaults)
        if not kw_only and any(n in defaults for n in names[:wanted]):
            raise TypeError(f"{name}: a field without a default follows one that has a default")
        if len(names) >= len(INITIALIZERS):
            raise TypeError(f"{name}: {len(names)} fields, of {len(INITIALIZERS) - 1} at most")
        body["__slots__"] = body["__match_args__"] = names
        made = type(name, (_Frozen,), body)
        init = INITIALIZERS[len(names)](*[made.__dict__[n].__set__ for n in names])
        init.__qualname__ = f"{body['__qualname__']}.__init__"
        if kw_only:
            init.__kwdefaults__ = defaults
            init.__code__ = init.__code__.replace(
                co_argcount=1, co_kwonlyargcount=len(names), co_varnames=("self", *names)
            )
        else:
            init.__defaults__ = tuple(defaults.values())
            init.__code__ = init.__code__.replace(co_varnames=("self", *names))
        setattr(made, "__init__", init)  # noqa: B010 - mypy knows no other way
        return made


class Frozen(metaclass=_Maker):
    """
    Stands over a class that is to be a frozen value with slots: its annotations are its fields, equal when type and fields are equal.

    With ``kw_only=True`` fields are given by name only. A value stands under no other, and has 24 fields at most.
    """


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
    """Say whether ``cls`` is a class that stands under :class:`Frozen`."""
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
