"""Compiled sentences as people write them: the way back from :mod:`lotproof.wording.sentences`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lotproof.wording.sentences import Program


def sentence_of(program: Program) -> str:
    """Return a sentence that compiles to ``program``: ``{{ payment.currency }}``, ``{% if deposit != 0 %}...{% endif %}``."""
    return "".join(_piece(item, _written) for item in program)


def reading_of(program: Program, language: str) -> str:
    """Return a sentence as somebody reads it who compares two: ``[payment.currency]``, ``[if deposit ≠ 0: ...]``."""
    says = _SAYS.get(language, _SAYS["en"])

    def shown(kind: str, *parts: str) -> str:
        then, otherwise = parts[1:] if kind == "if" else ("", "")
        return says["else" if otherwise else kind].format(parts[0], then, otherwise)

    return "".join(_piece(item, shown) for item in program)


_SAYS: Mapping[str, Mapping[str, str]] = {
    "en": {"v": "[{0}]", "ref": "[{0}]", "if": "[if {0}: {1}]", "else": "[if {0}: {1}; if not: {2}]"},
    "zh": {"v": "[{0}]", "ref": "[{0}]", "if": "[若{0}：{1}]", "else": "[若{0}：{1}；否则：{2}]"},
}


def _piece(item: Any, shown: Callable[..., str]) -> str:
    if isinstance(item, str):
        return item
    if "v" in item:
        return shown("v", ".".join(item["v"]))
    if "ref" in item:
        return shown("ref", item["ref"])
    then, otherwise = ("".join(_piece(inner, shown) for inner in item[part]) for part in ("then", "else"))
    return shown("if", test_of(item["if"]), then, otherwise)


def _written(kind: str, *parts: str) -> str:
    match kind:
        case "v":
            return f"{{{{ {parts[0]} }}}}"
        case "ref":
            return f"{{{{ {parts[0]!r} | clause }}}}"
        case _:
            between = f"{{% else %}}{parts[2]}" if parts[2] else ""
            return f"{{% if {parts[0]} %}}{parts[1]}{between}{{% endif %}}"


def test_of(test: Mapping[str, Any]) -> str:
    """Return a condition as a sentence has it between ``{% if`` and ``%}``."""
    match test:
        case {"v": path}:
            return ".".join(path)
        case {"c": value}:
            return str(value).lower() if isinstance(value, bool) else repr(value)
        case {"not": inner}:
            return f"not {_bracketed(inner)}"
        case {"eq": [left, right]}:
            return f"{test_of(left)} == {test_of(right)}"
        case {"ne": [left, right]}:
            return f"{test_of(left)} != {test_of(right)}"
        case {"and": [left, right]}:
            return f"{_bracketed(left)} and {_bracketed(right)}"
        case {"or": [left, right]}:
            return f"{_bracketed(left)} or {_bracketed(right)}"
        case _:
            raise ValueError(f"no condition: {test!r}")


def _bracketed(test: Mapping[str, Any]) -> str:
    return f"({test_of(test)})" if test.keys() & {"and", "or", "not", "eq", "ne"} else test_of(test)
