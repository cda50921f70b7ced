"""
Sentences of clauses and provisions: a small part of Jinja's language, compiled ahead.

:func:`compile_sentence` parses with Jinja and lets through an allowlist of its syntax tree: names, attributes, constants,
``if``/``elif``/``else``, comparisons, ``and``/``or``/``not`` and the filter ``clause`` (a reference by id). The result is plain
JSON that :func:`fill` reads without Jinja. A filled-in value is never parsed, so nothing that a supplier is called can act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lotproof.wording.inlines import Blank, Inline, Inlines, Ref, Value

Program = list[Any]
"""A compiled sentence: strings, ``{"v": [name, ...]}``, ``{"ref": id}``, ``{"if": test, "then": Program, "else": Program}``."""


LONGEST, MOST_TAGS, LONGEST_TAG = 20_000, 400, 1_000
"""Characters of a sentence, tags in it, and characters of a tag; the longest that ships has a tenth of each."""

MOST_NESTED = 150
"""Lists and tables of a compiled sentence that lie in each other: some fifty conditions. What reads it goes down by calls."""

_NESTED = "conditions are nested too deeply"


class SentenceError(ValueError):
    """The sentence uses something outside the allowlist, or cannot be parsed."""


class UnknownName(LookupError):
    """The sentence names a value that does not exist there."""


def compile_sentence(source: str) -> Program:
    """
    Compile ``source``; needs Jinja, so it runs when data is compiled and not in each build.

    Raises:
        SentenceError: with the reason.
    """
    if len(source) > LONGEST:
        raise SentenceError(f"it has more than {LONGEST:,} characters")
    if "{" not in source:
        return [source]
    _refuse_long_tags(source)
    from jinja2 import Environment, TemplateSyntaxError, nodes

    try:
        tree = Environment(autoescape=False).parse(source)  # only parsed, never rendered
        program = _body(tree.body, nodes)
    except TemplateSyntaxError as error:
        raise SentenceError(str(error)) from None
    except (RecursionError, OverflowError):
        raise SentenceError(_NESTED) from None
    if _depth(program) > MOST_NESTED:
        raise SentenceError(_NESTED)
    return program


def _depth(value: Any) -> int:
    """Return how deep lists and tables lie in each other, without going down by calls."""
    depth, level = 0, [value]
    while level:
        depth += 1
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
    return depth


def _refuse_long_tags(source: str) -> None:
    """Refuse what Jinja would need long to parse, or could not parse at all."""
    begins = source.count("{{") + source.count("{%") + source.count("{#")
    if begins > MOST_TAGS:
        raise SentenceError(f"it has more than {MOST_TAGS} places to fill in and conditions")
    at = 0
    while (at := source.find("{", at) + 1) > 0:
        if source[at : at + 1] not in ("{", "%", "#"):
            continue
        ends = [end for mark in ("}}", "%}", "#}") if (end := source.find(mark, at)) >= 0]
        if min(ends, default=len(source)) - at > LONGEST_TAG:
            raise SentenceError(f"{source[at - 1 : at + 20]!r} has more than {LONGEST_TAG:,} characters")


def names(program: Program) -> Iterator[str]:
    """Yield the first part of each name that ``program`` uses."""
    for item in program:
        if isinstance(item, dict):
            if "v" in item:
                yield item["v"][0]
            elif "if" in item:
                yield from _test_names(item["if"])
                yield from names(item["then"])
                yield from names(item["else"])


def references(program: Program) -> Iterator[str]:
    """Yield the id of each reference in ``program``."""
    for item in program:
        if isinstance(item, dict):
            if "ref" in item:
                yield item["ref"]
            elif "if" in item:
                yield from references(item["then"])
                yield from references(item["else"])


def fill(program: Program, values: Mapping[str, Any], show: Callable[[Any], str]) -> Inlines:
    """
    Fill a compiled sentence.

    Args:
        values: by name; None prints as a blank.
        show: prints a value in the language of the sentence.

    Raises:
        UnknownName: ``values`` has no such name.
    """
    inlines: list[Inline] = []
    _fill(program, values, show, inlines)
    return tuple(inlines)


def _fill(program: Program, values: Mapping[str, Any], show: Callable[[Any], str], out: list[Inline]) -> None:
    for item in program:
        if isinstance(item, str):
            if out and isinstance(out[-1], str):
                out[-1] += item
            elif out and item.startswith((".", "\u3002")) and isinstance(out[-1], Value) and out[-1].text.endswith("."):
                out.extend([item[1:]] if item[1:] else [])  # "Co., Ltd." ends its sentence too
            else:
                out.append(item)
        elif "v" in item:
            value = _lookup(item["v"], values)
            if isinstance(value, Blank):
                out.append(value)
            else:
                out.append(Blank(".".join(item["v"])) if value is None or value == "" else Value(show(value)))
        elif "ref" in item:
            out.append(Ref(item["ref"]))
        else:
            _fill(item["then"] if _true(item["if"], values) else item["else"], values, show, out)


def _lookup(path: list[str], values: Mapping[str, Any]) -> Any:
    value: Any = values
    try:
        for part in path:
            value = value[part]
    except (KeyError, TypeError):
        raise UnknownName(".".join(path)) from None
    return value


def _true(test: dict[str, Any], values: Mapping[str, Any]) -> bool:
    match test:
        case {"not": inner}:
            return not _true(inner, values)
        case {"and": [left, right]}:
            return _true(left, values) and _true(right, values)
        case {"or": [left, right]}:
            return _true(left, values) or _true(right, values)
        case {"eq": [left, right]}:
            return bool(_operand(left, values) == _operand(right, values))
        case {"ne": [left, right]}:
            return bool(_operand(left, values) != _operand(right, values))
        case _:
            return bool(_operand(test, values))


def _operand(node: dict[str, Any], values: Mapping[str, Any]) -> Any:
    if "c" in node:
        return node["c"]
    return _lookup(node["v"], values)


def _test_names(test: dict[str, Any]) -> Iterator[str]:
    if "v" in test:
        yield test["v"][0]
    for key in ("and", "or", "eq", "ne"):
        for side in test.get(key, ()):
            yield from _test_names(side)
    if "not" in test:
        yield from _test_names(test["not"])


# --- from Jinja's tree to a program --------------------------------------------------------------------------------------------


def _body(statements: list[Any], nodes: Any) -> Program:
    program: Program = []
    for statement in statements:
        if isinstance(statement, nodes.Output):
            program.extend(_output(node, nodes) for node in statement.nodes)
        elif isinstance(statement, nodes.If):
            program.append(_if(statement, nodes))
        else:
            raise SentenceError(f"{type(statement).__name__.lower()} is not allowed in a sentence")
    return program


def _if(statement: Any, nodes: Any) -> dict[str, Any]:
    otherwise: Program = _body(statement.else_, nodes)
    for branch in reversed(statement.elif_):
        otherwise = [{"if": _test(branch.test, nodes), "then": _body(branch.body, nodes), "else": otherwise}]
    return {"if": _test(statement.test, nodes), "then": _body(statement.body, nodes), "else": otherwise}


def _output(node: Any, nodes: Any) -> str | dict[str, Any]:
    if isinstance(node, nodes.TemplateData):
        return str(node.data)
    if isinstance(node, nodes.Filter):
        if (
            node.name == "clause"
            and isinstance(node.node, nodes.Const)
            and isinstance(node.node.value, str)
            and not node.args
        ):
            return {"ref": node.node.value}
        raise SentenceError(f"the filter {node.name!r} is not allowed, only 'an.id' | clause")
    return {"v": _path(node, nodes)}


def _path(node: Any, nodes: Any) -> list[str]:
    if isinstance(node, nodes.Name):
        return [node.name]
    if isinstance(node, nodes.Getattr):
        return [*_path(node.node, nodes), node.attr]
    raise SentenceError(f"only names are allowed between braces, not {type(node).__name__.lower()}")


def _test(node: Any, nodes: Any) -> dict[str, Any]:
    if isinstance(node, nodes.Not):
        return {"not": _test(node.node, nodes)}
    if isinstance(node, nodes.And):
        return {"and": [_test(node.left, nodes), _test(node.right, nodes)]}
    if isinstance(node, nodes.Or):
        return {"or": [_test(node.left, nodes), _test(node.right, nodes)]}
    if isinstance(node, nodes.Compare):
        if len(node.ops) == 1 and node.ops[0].op in ("eq", "ne"):
            return {node.ops[0].op: [_test(node.expr, nodes), _test(node.ops[0].expr, nodes)]}
        raise SentenceError("only == and != compare in a sentence")
    if isinstance(node, nodes.Const) and isinstance(node.value, str | int | bool):
        return {"c": node.value}
    return {"v": _path(node, nodes)}
