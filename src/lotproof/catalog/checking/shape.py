"""Does a file have the shape that its JSON Schema states?"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from lotproof.findings import did_you_mean, quoted
from lotproof.shipped import shipped

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

SCHEMAS = ("category", "clause", "defect", "expression", "group", "question", "review", "standard", "table", "word")
"""``spec_catalog/schema/<name>.schema.json``."""

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """
    One place where a file does not fit its schema.

    Attributes:
        path: of the value, or of the table that lacks one.
        wrong_type: the value cannot even be looked at by another check.
    """

    path: Path
    message: str
    hint: str
    wrong_type: bool = False


def misfits(kind: str, data: Mapping[str, Any]) -> tuple[Misfit, ...]:
    """
    Return everything in ``data`` that does not fit the schema of its kind, in the order of the file's keys.

    Two things are left to checks of their own: a text that stands in one language only, and a defect without border.
    Units and phrases have no schema.
    """
    endless = [_endless(path, value) for path, value in _numbers(data, ()) if not value.is_finite()]
    validator = _validators().get(kind)
    if validator is None:
        return tuple(endless)
    errors = validator.iter_errors(without(data, [m.path for m in endless]))
    found = [misfit for error in errors for misfit in _explain(error)]
    return (*endless, *sorted(found, key=lambda m: [str(part) for part in m.path]))


def without(data: Mapping[str, Any], paths: Sequence[Path]) -> Mapping[str, Any]:
    """Return ``data`` without the values at ``paths``; where one stands in an array, the whole array goes."""
    if not paths:  # of nearly every file
        return data
    kept: dict[str, Any] = copy.deepcopy(dict(data))
    for path in paths:
        while path and isinstance(path[-1], int):
            path = path[:-1]
        if not path:
            return {}
        table: Any = kept
        for part in path[:-1]:
            try:
                table = table[part]
            except LookupError:  # an array around it has gone already
                break
        else:
            table.pop(path[-1], None)
    return kept


@cache
def _validators() -> Mapping[str, Draft202012Validator]:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    folder = shipped("spec_catalog") / "schema"
    schemas = {
        name: json.loads((folder / f"{name}.schema.json").read_text(encoding="utf-8"), parse_float=Decimal)
        for name in SCHEMAS
    }
    registry: Registry[Any] = Registry().with_resources((s["$id"], Resource.from_contents(s)) for s in schemas.values())
    ids = {name: s["$id"] for name, s in schemas.items()}
    shapes = {
        "clause": {"$ref": ids["clause"]},
        "category": {"$ref": ids["category"]},
        "defects": _list_of("defect", {"$ref": ids["defect"]}),
        "standards": _list_of("standard", {"$ref": ids["standard"]}),
        "reviews": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"review": {"type": "array", "items": {"$ref": ids["review"]}}},
        },
        "glossary": _list_of("word", {"$ref": ids["word"]}),
        "tables": _list_of("table", {"$ref": ids["table"]}),
        "questions": {
            "type": "object",
            "additionalProperties": False,
            "required": ["group"],
            "properties": {
                "first": {"type": "array", "items": {"type": "string", "pattern": "^[a-z_]+\\.[a-z_]+$"}},
                "group": {"type": "array", "items": {"$ref": ids["group"]}},
            },
        },
        "lexicon": {"type": "object", **_array("expression", {"$ref": ids["expression"]})},
    }
    return {kind: Draft202012Validator(shape, registry=registry) for kind, shape in shapes.items()}


def _list_of(array: str, item: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, **_array(array, item)}


def _array(name: str, item: Mapping[str, Any]) -> dict[str, Any]:
    return {"required": [name], "properties": {name: {"type": "array", "minItems": 1, "items": item}}}


def _numbers(value: Any, path: Path) -> Iterator[tuple[Path, Decimal]]:
    if isinstance(value, Decimal):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _numbers(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _numbers(inner, (*path, index))


def _endless(path: Path, value: Decimal) -> Misfit:
    return Misfit(
        path=path, message=f"{value} is not a number that can be agreed", hint="write a decimal number", wrong_type=True
    )


def _explain(error: Any) -> Iterator[Misfit]:
    """Say in words what one ``jsonschema.ValidationError`` means."""
    path, wanted, found = tuple(error.absolute_path), error.validator_value, error.instance
    match error.validator:
        case "required":
            missing = next(name for name in wanted if error.message.startswith(repr(name)))
            if (missing in ("en", "zh") and {"en", "zh"} & set(found)) or missing == "border":
                return
            yield Misfit(path=path, message=f"{missing} is missing", hint=f"add {missing}{_described(error, missing)}")
        case "additionalProperties":
            known = list(error.schema.get("properties", ()))
            for key in found:
                if key not in known:
                    yield Misfit(path=(*path, key), message=f"unknown key {quoted(key)}", hint=did_you_mean(key, known))
        case "type":
            names = " or ".join([wanted] if isinstance(wanted, str) else wanted)
            yield Misfit(
                path=path,
                message=f"expected {names}, found {quoted(found)}",
                hint=f"write {_EXAMPLES.get(names, names)}",
                wrong_type=True,
            )
        case "enum" | "const":
            choices = [str(w) for w in wanted] if error.validator == "enum" else [str(wanted)]
            yield Misfit(
                path=path, message=f"{quoted(found)} is not a value of this key", hint=did_you_mean(str(found), choices)
            )
        case "pattern":
            yield Misfit(
                path=path,
                message=f"{quoted(found)} has not the form {wanted}",
                hint="lower case letters, digits and underscores",
            )
        case "minimum" | "maximum":
            side = "below" if error.validator == "minimum" else "above"
            yield Misfit(path=path, message=f"{found} is {side} {wanted}", hint=f"the {error.validator} is {wanted}")
        case "minLength" | "minItems" | "minProperties":
            yield Misfit(
                path=path, message=f"{quoted(found)} holds less than {wanted}", hint="fill it in, or remove the key"
            )
        case "maxLength" | "maxItems" | "maxProperties":
            yield Misfit(path=path, message=f"{quoted(found)} holds more than {wanted}", hint="shorten it")
        case "uniqueItems":
            twice = next(item for item in found if found.count(item) > 1)
            yield Misfit(path=path, message=f"{quoted(twice)} stands twice", hint="remove one")
        case _:
            yield Misfit(path=path, message=error.message, hint="see the schema")


_EXAMPLES: Mapping[str, str] = {
    "string": "text between quotes",
    "integer": "a whole number without quotes",
    "number": "a number without quotes",
    "boolean": "true or false, without quotes",
    "array": "a list: [ ... ]",
    "object": "a table: { key = ... }",
}


def _described(error: Any, name: str) -> str:
    description: str = error.schema.get("properties", {}).get(name, {}).get("description", "")
    return f": {description}" if description else ""
