"""A category in words for people who read the catalogue: used by ``catalog show`` and by the manual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lotproof.catalog.model import Category, Minimum, Question, SampleRule
from lotproof.wording.sentences import Program

_LABELS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "list": "the defect list",
            "every": "every clause",
            "offered": "offered",
            "example": "for example",
            "optional": "may stay empty",
            "each": "every unit",
            "aql": "the AQL plan of the order",
            "once": "once for the lot",
            "lot": "for each lot",
            "unit": "for each machine",
            "level": "inspection level {}, {}",
            "by_class": "Ac by the AQL of its class",
        },
        "zh": {
            "list": "缺陷清单",
            "every": "每个条款",
            "offered": "备选",
            "example": "例如",
            "optional": "可留空",
            "each": "逐件",
            "aql": "订单的AQL方案",
            "once": "每批一次",
            "lot": "每批",
            "unit": "每台机器",
            "level": "检验水平{}，{}",
            "by_class": "Ac按其缺陷类别的AQL",
        },
    }
)


def satisfied_by(minimum: Minimum, category: Category, language: str, form: str = "{}") -> str:
    """Return what states an item of the minimum: clauses, answers, or every clause; each name in ``form``."""
    label = _LABELS[language]
    if minimum.defect_list:
        return label["list"]
    if minimum.every_term:
        return label["every"]
    names = minimum.answers or tuple(c for c in minimum.clauses if c in category.clauses)
    return ", ".join(map(form.format, names))


def sample(rule: SampleRule, language: str) -> str:
    """Return how many are inspected."""
    label = _LABELS[language]
    of = f"{rule.of[language]}, " if rule.of else ""
    match rule.plan:
        case "fixed":
            return f"{of}n = {rule.n} {label[rule.per]}, Ac {rule.ac}"
        case "level":
            return of + label["level"].format(rule.level, label["by_class"] if rule.by_class else f"Ac {rule.ac}")
        case _:
            return of + label[rule.plan]


def facts(question: Question, language: str) -> Iterator[str]:
    """Yield bounds, unit, choices, and what is offered for an answer."""
    label = _LABELS[language]
    low, high = ("" if bound is None else f"{bound:f}" for bound in (question.minimum, question.maximum))
    if low or high:
        yield f"{low} .. {high} {question.unit}".strip()
    elif question.unit:
        yield question.unit
    if question.choices:
        yield " / ".join(text[language] for _, text in question.choices)
    if question.suggest:
        yield f"{label['offered']}: {', '.join(question.suggest)}"
    elif question.example:
        yield f"{label['example']}: {question.example}"
    if question.optional:
        yield label["optional"]


def spoken(program: Program, form: str = "<{}>") -> str:
    """Return a sentence with the names of its values in place, each in ``form``; of a condition, both sides."""
    parts = []
    for item in program:
        if isinstance(item, str):
            parts.append(item)
        elif "v" in item:
            parts.append(form.format(".".join(item["v"])))
        elif "ref" in item:
            parts.append(item["ref"])
        else:
            parts.append(" / ".join(s for branch in ("then", "else") if (s := spoken(item[branch], form))))
    return "".join(parts)
