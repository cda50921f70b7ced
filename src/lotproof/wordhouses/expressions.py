"""
The part of Jinja's language that a ``contract.docx`` may use: parsed by Jinja, let through by its syntax tree.

Names, attributes without an underscore, constants, conditions, loops over names and :data:`FILTERS`. No call, no subscript, no arithmetic, no
assignment, nothing that reads another file: what is left can neither run code nor make much out of little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from lotproof.messages import Message, as_it_stands, say

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

MOST_NODES = 60
"""Nodes of the syntax tree of one tag."""

LONGEST = 200
"""Characters of a constant."""

LOOP = frozenset({"first", "last", "index", "index0", "length", "revindex", "revindex0"})
"""What ``loop`` has inside of a loop."""


def _text(value: Any) -> str:
    if not isinstance(value, str | int | Decimal) and not hasattr(value, "shown"):
        raise TypeError("no text")
    return str(getattr(value, "shown", value))


def _joined(value: Any, between: Any) -> str:
    if not isinstance(value, tuple):  # a text joined with a text would grow with every filter
        raise TypeError("no list")
    return _text(between).join(map(_text, value))


_FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "upper": lambda value: _text(value).upper(),
        "lower": lambda value: _text(value).lower(),
        "capitalize": lambda value: _text(value).capitalize(),
        "title": lambda value: _text(value).title(),
        "trim": lambda value: _text(value).strip(),
        "length": len,
        "first": lambda value: value[0] if value else None,
        "last": lambda value: value[-1] if value else None,
        "join": lambda value, between=", ": _joined(value, between),
        "e": lambda value: value,
        "escape": lambda value: value,
    }
)


def is_missing(value: Any) -> bool:
    """Say whether a value is one that nobody has given (:class:`lotproof.wordhouses.values.Missing`)."""
    return getattr(value, "missing", False) is True


def _unless_missing(make: Callable[..., Any]) -> Callable[..., Any]:
    return lambda value, *arguments: value if is_missing(value) else make(value, *arguments)


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType({name: _unless_missing(f) for name, f in _FILTERS.items()})
"""The filters there are; each gives no more than it takes. What is printed is escaped in any case, so ``e`` changes nothing."""


class NotAllowed(ValueError):
    """An expression goes beyond what a contract may use; says why."""

    def __init__(self, why: Message) -> None:
        super().__init__(why)
        self.why = why


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the one Jinja environment: nothing global, undefined names are errors, everything printed is escaped."""
    from jinja2 import StrictUndefined
    from jinja2.runtime import LoopContext
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Strict(ImmutableSandboxedEnvironment):
        """Finds in a table what stands in it and never a method of Python."""

        def getattr(self, obj: Any, attribute: str) -> Any:
            if is_missing(obj):
                return obj
            if isinstance(obj, Mapping) and attribute in obj:
                return obj[attribute]
            if isinstance(obj, LoopContext) and attribute in LOOP:
                return getattr(obj, attribute)
            return self.undefined(obj=obj, name=attribute)

        def getitem(self, obj: Any, argument: Any) -> Any:
            return self.getattr(obj, str(argument))

    made = Strict(autoescape=True, undefined=StrictUndefined)
    made.globals.clear()
    made.tests.clear()
    made.filters.clear()
    made.filters.update(FILTERS)
    return made


def parsed(source: str) -> nodes.Template:
    """
    Return the syntax tree of a piece of a template; nothing is rendered.

    Raises:
        NotAllowed: Jinja cannot parse it.
    """
    from jinja2 import TemplateSyntaxError

    try:
        return environment().parse(source)
    except TemplateSyntaxError as error:
        raise NotAllowed(as_it_stands(str(error.message)[:160])) from None
    except (RecursionError, MemoryError, ValueError, OverflowError):
        raise NotAllowed(say("it cannot be parsed")) from None


def check(node: nodes.Node, most: int = MOST_NODES) -> None:
    """
    Look through a syntax tree.

    Args:
        most: nodes that it may have, of which data between tags is none.

    Raises:
        NotAllowed: at the first thing that is outside of the allowlist.
    """
    left = most
    waiting = [node]
    while waiting:
        one = waiting.pop()
        name = type(one).__name__
        if name != "TemplateData":
            left -= 1
        if left < 0:
            raise NotAllowed(say("it is too long: more than {most} parts", most=most))
        _one(one, name)
        waiting += one.iter_child_nodes()


def _one(node: Any, name: str) -> None:
    match name:
        case "Template" | "Output" | "TemplateData" | "If" | "And" | "Or" | "Not" | "Compare":
            pass
        case "For":
            if type(node.target).__name__ != "Name":
                raise NotAllowed(say("a loop has one name: {{% for item in goods %}}"))
            if node.recursive or node.test is not None:
                raise NotAllowed(say("a loop is neither recursive nor filtered"))
            if not _is_path(node.iter):
                raise NotAllowed(say("a loop goes over a name, such as goods"))
        case "Name":
            if node.name.startswith("_") or node.name in ("self", "super", "caller", "varargs", "kwargs"):
                raise NotAllowed(say("{name} is no name of a value", name=node.name[:40]))
        case "Getattr":
            if node.attr.startswith("_"):
                raise NotAllowed(say("{name} begins with an underscore", name=node.attr[:40]))
            if not _is_path(node):
                raise NotAllowed(say("only a name has attributes: buyer.address"))
        case "Const":
            if not isinstance(node.value, str | int | float | None):
                raise NotAllowed(say("a constant is a text or a number"))
            if len(str(node.value)) > LONGEST:
                raise NotAllowed(say("a constant has {most} characters at most", most=LONGEST))
        case "Operand":
            if node.op not in ("eq", "ne", "lt", "lteq", "gt", "gteq"):
                raise NotAllowed(say("{operator} does not compare here", operator=node.op))
        case "CondExpr":
            if node.expr2 is None:
                raise NotAllowed(say("it lacks what is printed otherwise: {{{{ a if b else c }}}}"))
        case "Filter":
            if node.name not in FILTERS:
                raise NotAllowed(
                    say(
                        "{name} is no filter of a contract; there are {known}",
                        name=node.name[:40],
                        known=sorted(FILTERS),
                    )
                )
            if node.kwargs or node.dyn_args is not None or node.dyn_kwargs is not None:
                raise NotAllowed(say("a filter takes no named values"))
            if len(node.args) > (node.name == "join") or any(type(a).__name__ != "Const" for a in node.args):
                raise NotAllowed(say("a filter takes nothing but what it stands behind; join takes one text"))
        case _:
            raise NotAllowed(_WHY.get(name) or say("{name} is not allowed in a contract", name=name.lower()))


_WHY: Mapping[str, Message] = MappingProxyType(
    {
        "Call": say("it calls something; a contract only prints values"),
        "CallBlock": say("it calls something; a contract only prints values"),
        "Getitem": say("it uses square brackets; write a name with its attributes, buyer.address"),
        "Assign": say("it sets a value; a contract only prints values"),
        "AssignBlock": say("it sets a value; a contract only prints values"),
        **dict.fromkeys(("Include", "Import", "FromImport", "Extends"), say("it reads another file")),
        **dict.fromkeys(
            ("Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow", "Neg", "Pos", "Concat"),
            say("it calculates; a contract prints the numbers of the order"),
        ),
    }
)


def _is_path(node: Any) -> bool:
    while type(node).__name__ == "Getattr":
        node = node.node
    return type(node).__name__ == "Name"


def path_of(node: Any) -> tuple[str, ...]:
    """Return the names of a path: ``("buyer", "address")``."""
    names: list[str] = []
    while type(node).__name__ == "Getattr":
        names.append(node.attr)
        node = node.node
    return (node.name, *reversed(names))


def paths(node: Any) -> Iterator[tuple[str, ...]]:
    """Yield every path that an expression names."""
    name = type(node).__name__
    if name in ("Name", "Getattr"):
        yield path_of(node)
        return
    for child in node.iter_child_nodes():
        yield from paths(child)


def evaluate(node: Any, lookup: Callable[[tuple[str, ...]], Any]) -> Any:
    """
    Return what an expression gives that :func:`check` has let through, without rendering anything.

    Args:
        lookup: gives the value of a path.
    """
    match type(node).__name__:
        case "Name" | "Getattr":
            return lookup(path_of(node))
        case "Const":
            return node.value
        case "And":
            return evaluate(node.left, lookup) and evaluate(node.right, lookup)
        case "Or":
            return evaluate(node.left, lookup) or evaluate(node.right, lookup)
        case "Not":
            return not evaluate(node.node, lookup)
        case "CondExpr":
            chosen = node.expr1 if evaluate(node.test, lookup) else node.expr2
            return "" if chosen is None else evaluate(chosen, lookup)
        case "Compare":
            left, holds = evaluate(node.expr, lookup), True
            for operand in node.ops:
                right = evaluate(operand.expr, lookup)
                holds = holds and _compared(operand.op, left, right)
                left = right
            return holds
        case "Filter":
            return _filtered(node.name, evaluate(node.node, lookup), [argument.value for argument in node.args])
    raise NotAllowed(say("{name} is not allowed in a contract", name=type(node).__name__.lower()))


def _filtered(name: str, value: Any, arguments: list[Any]) -> Any:
    try:
        return FILTERS[name](value, *arguments)
    except (TypeError, ValueError, KeyError, IndexError):
        raise NotAllowed(say("{name} does not fit what it stands behind", name=name)) from None


def _compared(operator: str, left: Any, right: Any) -> bool:
    try:
        match operator:
            case "eq":
                return bool(left == right)
            case "ne":
                return bool(left != right)
            case "lt":
                return bool(left < right)
            case "lteq":
                return bool(left <= right)
            case "gt":
                return bool(left > right)
            case _:
                return bool(left >= right)
    except TypeError:
        raise NotAllowed(say("a text and a number are neither above nor below each other")) from None
