"""
The JSON Schema (2020-12) of the answers of a category, for editors and for the tests of :mod:`lotproof.questions.reading`.

It states the shape: keys, types, choices, lengths, bounds of plain numbers. What reading accepts, the schema accepts; what
depends on several answers, on characters or on the bounds of a quantity, reading alone decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from lotproof import sampling
from lotproof.catalog.model import CLASSES, Category, Clause, Group, Question
from lotproof.quantity import Unit
from lotproof.questions.entries import MAX_KEY, row_questions
from lotproof.questions.expecting import facts
from lotproof.questions.numbers import ZERO
from lotproof.questions.origins import HOWS, MAX_BY
from lotproof.questions.origins import TABLE as ORIGIN
from lotproof.questions.parties import PARTIES, PARTY
from lotproof.questions.problems import LANGUAGES, MAX_ROWS
from lotproof.questions.reading import FORMAT, MAX_ITEMS, REVISIONS
from lotproof.questions.texts import MAX_CODE

Schema = dict[str, Any]
Units: TypeAlias = Mapping[str, Unit]

_BLANK: Schema = {"const": ""}
_NUMBER = r"[+\-\u2212]?[0-9]+(\.[0-9]+)?"
_SPACE = r"[ \u00a0\u202f]*"
_MICRO, _OHM = "[\u00b5\u03bc]", "[\u03a9\u2126]"


def answers_schema(category: Category, language: str = "en") -> Schema:
    """
    Return the JSON Schema of an answers file of ``category``.

    An empty string is a blank and allowed for every answer but the salt. TOML dates are strings here, as editors see them.

    Args:
        language: of titles and descriptions.
    """
    clauses = category.clauses
    properties: Schema = {
        "format": {"const": FORMAT},
        "category": {"const": category.id},
        "house": {
            "type": "string",
            "description": "The house whose sentences are printed; empty for the standard ones.",
        },
        "confirmed": {
            "description": "Clauses that the buyer has confirmed for use though the catalogue marks them as unverified.",
            **_any({"type": "array", "items": {"enum": list(clauses)}}, _BLANK),
        },
        "defects": _any({"type": "array", "items": _defect(category), "maxItems": MAX_ROWS}, _BLANK),
        "terms": {"$ref": "#/$defs/terms"},
        ORIGIN: _origins(),
        REVISIONS: _any({"type": "object", "additionalProperties": {"type": "integer"}}, _BLANK),
    }
    properties |= {group.id: _group(group, language, category.units) for group in category.groups}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:lotproof:schema:answers:{category.id}:{category.revision}",
        "title": category.title[language],
        "type": "object",
        "additionalProperties": False,
        "required": ["format", "category", "order", "goods"],
        "properties": properties,
        "$defs": {"terms": _terms(clauses), **{c.id: _clause(c, language, category.units) for c in clauses.values()}},
    }


def _defect(category: Category) -> Schema:
    """Return the schema of a defect that changes its class."""
    reason: Schema = {"type": "string", "maxLength": 400}
    table = {"type": "object", "additionalProperties": False, "properties": dict.fromkeys(LANGUAGES, reason)}
    properties: Schema = {
        "id": {"enum": [d.id for d in category.defects]},
        "class": {"enum": list(CLASSES)},
        "reason": _any(reason, table),
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "class"],
        "properties": properties,
        "description": "A defect in another class than the catalogue's: down only with a reason, a critical one never.",
    }


def _origins() -> Schema:
    """Return the schema of where answers came from."""
    properties: Schema = {
        "how": {"enum": list(HOWS)},
        "on": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "by": {"type": "string", "maxLength": MAX_BY},
    }
    row = {"type": "object", "additionalProperties": False, "required": ["how"], "properties": properties}
    return _any({"type": "object", "additionalProperties": row, "description": "Where answers came from."}, _BLANK)


def _group(group: Group, language: str, units: Units) -> Schema:
    table = _table(group.questions, language, units)
    if group.id in PARTIES:
        described = (
            "The name of a card that the house keeps; answers beside it stand in the place of those of the card."
        )
        table["properties"][PARTY] = {"type": "string", "description": described}
    if group.id == "order":
        table["properties"]["salt"] |= {"anyOf": [{"type": "string", "pattern": "^[0-9a-fA-F]{32,64}$"}]}
        table["required"] = ["salt"]
    if not group.repeat:
        return {"title": group.title[language], **table}
    if group.optional:
        table["required"] = ["id", "kind", "sample"]
        return {"title": group.title[language], **_any({"type": "array", "maxItems": MAX_ROWS, "items": table}, _BLANK)}
    table["properties"]["terms"] = {"$ref": "#/$defs/terms"}
    table["required"] = ["item"]
    return {"title": group.title[language], "type": "array", "minItems": 1, "maxItems": MAX_ITEMS, "items": table}


def _terms(clause_ids: Iterable[str]) -> Schema:
    """Return the schema of tables by clause; ``[terms.machinery.noise]`` counts as ``[terms."machinery.noise"]``."""
    whole: Schema = {}
    folders: dict[str, Schema] = {}
    for clause in clause_ids:
        folder, _, inner = clause.partition(".")
        reference = {"$ref": f"#/$defs/{clause}"}
        whole[clause] = reference
        folders.setdefault(folder, {})[inner] = reference
    nested = {
        name: {"type": "object", "additionalProperties": False, "properties": inner} for name, inner in folders.items()
    }
    return {"type": "object", "additionalProperties": False, "properties": nested | whole}


def _clause(clause: Clause, language: str, units: Units) -> Schema:
    title = "".join(part for part in clause.sentences["title"][language] if isinstance(part, str))
    return {"title": title, **_table(clause.questions, language, units)}


def _table(questions: Iterable[Question], language: str, units: Units) -> Schema:
    properties = {question.key: _question(question, language, units) for question in questions}
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _question(question: Question, language: str, units: Units) -> Schema:
    notes = "; ".join(facts(question, language))
    why = question.why.get(language, "")
    description = "\n".join(part for part in (question.text[language], why, notes) if part)
    return {"description": description, **_value(question, units)}


def _value(question: Question, units: Units) -> Schema:
    text: Schema = {"type": "string", "maxLength": question.max_length}
    match question.type:
        case "text":
            return text
        case "words":
            table = {"type": "object", "additionalProperties": False, "properties": dict.fromkeys(LANGUAGES, text)}
            return _any(text, table)
        case "identifier":
            limit = min(question.max_length, MAX_CODE)
            return _any({"type": "string", "maxLength": limit, "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$"}, _BLANK)
        case "pattern":
            return {"type": "string", "maxLength": MAX_CODE, "pattern": "^[ -~]*$"}
        case "choice":
            return {"enum": [*(value for value, _ in question.choices), ""]}
        case "flag":
            return _any({"type": "boolean"}, _BLANK)
        case "integer":
            return _any({"type": "integer", **_bounds(question)}, _BLANK)
        case "decimal" | "money":
            return _any({"type": "number", **_bounds(question)}, _written_number(), _BLANK)
        case "quantity":
            return _any(_written_quantity(question, units), *_tables(question), _BLANK)
        case "date":
            return _any({"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}, _BLANK)
        case "aql":
            series = [_plain(value) for value in (Decimal(0), *sampling.aqls())]
            return _any({"enum": [*series, ZERO]}, _written_number(), _BLANK)
        case "list":
            return _any({"type": "array", "items": text, "maxItems": MAX_ROWS, "uniqueItems": True}, _BLANK)
        case "entries":
            return _any({"type": "array", "items": _row(question, units), "maxItems": MAX_ROWS}, _BLANK)
        case _:
            raise ValueError(f"no question is of type {question.type}")


def _row(question: Question, units: Units) -> Schema:
    names: Schema = {
        "key": {"type": "string", "minLength": 1, "maxLength": MAX_KEY},
        "zh": {"type": "string", "maxLength": MAX_KEY},
    }
    columns = {column.key: _value(column, units) for column in row_questions(question)}
    return {"type": "object", "additionalProperties": False, "required": ["key"], "properties": names | columns}


def _bounds(question: Question) -> Schema:
    bounds = {"minimum": question.minimum, "maximum": question.maximum}
    return {name: _plain(bound) for name, bound in bounds.items() if bound is not None}


def _written_number() -> Schema:
    return {"type": "string", "pattern": f"^ *{_NUMBER} *$"}


def _written_quantity(question: Question, units: Units) -> Schema:
    """Return what a quantity looks like: a number, and the unit asked for or another one that converts into it."""
    asked = units[question.unit]
    same = [u.id for u in units.values() if u.dimension == asked.dimension and u.factor is not None]
    wanted = dict.fromkeys(
        [question.unit, *(same if asked.factor is not None else ()), *("%" if question.percent_of else "")]
    )
    one_of = "|".join(map(_escaped, wanted))
    return {"type": "string", "pattern": f"^ *{_NUMBER}{_SPACE}({one_of}){_SPACE}$"}


def _tables(question: Question) -> Iterator[Schema]:
    """Yield the names of tables that may stand instead of a number."""
    if question.by:
        one_of = "|".join(map(_escaped, question.by[0]))
        yield {"type": "string", "pattern": f"^ *({one_of})( +[^ ]+)? *$"}


def _escaped(text: str) -> str:
    escaped = re.sub(r"([^\w%/ ²³·′″-])", r"\\\1", text)
    return re.sub(_MICRO, _MICRO, re.sub(_OHM, _OHM, escaped))


def _plain(number: Decimal) -> int | float:
    """Return a number as JSON writes it; the digits of catalogue bounds and of the AQL series survive it."""
    return int(number) if number == number.to_integral_value() else float(number)


def _any(*schemas: Schema) -> Schema:
    return {"anyOf": list(schemas)}
