"""One answer at a time: from what TOML holds to a typed value, or a problem that says how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lotproof.catalog.model import Question
from lotproof.quantity import Unit
from lotproof.questions import entries, numbers, texts
from lotproof.questions.entries import row_questions
from lotproof.questions.numbers import ZERO
from lotproof.questions.problems import MAX_ROWS, Problem, Report, blank

__all__ = ["MAX_ROWS", "ZERO", "Problem", "Report", "blank", "read_value", "row_questions"]


def read_value(question: Question, raw: Any, units: Mapping[str, Unit], report: Report) -> Any:
    """
    Return the typed value of ``raw``, or None after reporting why there is none.

    Types: text, identifier, pattern, choice -> str; words -> texts per language; integer -> int; decimal, money -> Decimal;
    quantity -> Quantity; date -> date; flag -> bool; list -> tuple of str; aql -> Decimal or :data:`ZERO`; entries -> tuple of
    tables with ``key``, ``label`` and the values of the row.

    Raises:
        ValueError: the question is of no known type: the catalogue is broken.
    """
    match question.type:
        case "text":
            return texts.text(question, raw, report)
        case "words":
            return texts.words(question, raw, report)
        case "identifier":
            return texts.identifier(question, raw, report)
        case "pattern":
            return texts.pattern(question, raw, report)
        case "choice":
            return texts.choice(question, raw, report)
        case "flag":
            return texts.flag(question, raw, report)
        case "date":
            return texts.date(question, raw, report)
        case "list":
            return texts.texts(question, raw, report)
        case "integer":
            return numbers.integer(question, raw, report)
        case "decimal" | "money":
            return numbers.decimal(question, raw, report)
        case "quantity":
            return numbers.quantity(question, raw, units, report)
        case "aql":
            return numbers.aql(question, raw, report)
        case "entries":
            return entries.entries(question, raw, units, report)
        case _:
            raise ValueError(f"no question is of type {question.type}")
