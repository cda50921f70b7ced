"""A category as ``lotproof catalog show`` prints it: for people, and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from lotproof.catalog.model import Category, Clause, Minimum, Question, SampleRule
from lotproof.wording.sentences import Program

_LABELS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "lineage": "Inherits from",
            "minimum": "Minimum specification",
            "clauses": "Clauses",
            "defects": "Defects",
            "list": "the defect list",
            "every": "every clause",
            "duty": "duty",
            "method": "method",
            "instrument": "instrument",
            "inspector": "brought by the inspector",
            "factory": "brought by the factory",
            "laboratory": "at the laboratory",
            "nobody": "",
            "action": "inspector",
            "sample": "sample",
            "asks": "asks",
            "fixed": "fixed",
            "offered": "offered",
            "example": "for example",
            "optional": "may stay empty",
            "source": "source",
            "each": "every unit",
            "aql": "the AQL plan of the order",
            "once": "once for the lot",
            "lot": "for each lot",
            "unit": "for each machine",
            "level": "inspection level {}, {}",
            "by_class": "Ac by the AQL of its class",
            "class": "defect class: {}",
        },
        "zh": {
            "lineage": "继承自",
            "minimum": "最低规格",
            "clauses": "条款",
            "defects": "缺陷",
            "list": "缺陷清单",
            "every": "每个条款",
            "duty": "约定",
            "method": "方法",
            "instrument": "仪器",
            "inspector": "由检验员自带",
            "factory": "由工厂提供",
            "laboratory": "实验室",
            "nobody": "",
            "action": "检验员",
            "sample": "样本",
            "asks": "提问",
            "fixed": "固定值",
            "offered": "备选",
            "example": "例如",
            "optional": "可留空",
            "source": "来源",
            "each": "逐件",
            "aql": "订单的AQL方案",
            "once": "每批一次",
            "lot": "每批",
            "unit": "每台机器",
            "level": "检验水平{}，{}",
            "by_class": "Ac按其缺陷等级的AQL",
            "class": "缺陷等级：{}",
        },
    }
)


def category_page(category: Category, language: str) -> Iterator[str]:
    """Yield the lines that ``catalog show`` prints: minimum specification, clauses with their questions, defects."""
    label = _LABELS[language]
    yield f"{category.title[language]} ({category.id})"
    if category.lineage[:-1]:
        yield f"{label['lineage']}: {' > '.join(category.lineage[:-1])}"
    yield ""
    yield f"{label['minimum']} ({len(category.minimum)})"
    for minimum in category.minimum:
        yield f"  {minimum.title[language]}: {_satisfied_by(minimum, category, label)}"
    yield ""
    yield f"{label['clauses']} ({len(category.clauses)})"
    for clause in category.clauses.values():
        yield ""
        yield from _clause_page(clause, language, category)
    yield ""
    yield f"{label['defects']} ({len(category.defects)})"
    for defect in category.defects:
        yield f"  {defect.id}: {defect.name[language]} ({_class(defect.defect_class, category, language)})"
        yield from _wrapped(defect.border[language], "    ")


def _satisfied_by(minimum: Minimum, category: Category, label: Mapping[str, str]) -> str:
    if minimum.defect_list:
        return label["list"]
    if minimum.every_term:
        return label["every"]
    return ", ".join(minimum.answers or (c for c in minimum.clauses if c in category.clauses))


def _clause_page(clause: Clause, language: str, category: Category) -> Iterator[str]:
    label = _LABELS[language]
    said = {name: _spoken(sentences[language]) for name, sentences in clause.sentences.items()}
    kind = f"{clause.kind} ({clause.unit})" if clause.unit else clause.kind
    yield f"  {clause.id}: {said['title']}"
    yield f"    {kind}; {clause.nature}; {label['class'].format(_class(clause.defect_class, category, language))}"
    brought_by = label[clause.brought_by]
    texts = {
        "duty": said["wording"],
        "method": said["method"],
        "instrument": said["instrument"] + (f" ({brought_by})" if brought_by else ""),
        "sample": _sample(clause.sample, label, language),
        "action": said["action"],
    }
    for name, text in texts.items():
        yield from _wrapped(f"{label[name]}: {text}", "    ")
    for key, value in clause.fixed.items():
        yield from _wrapped(
            f"{label['fixed']}: {key} = {value[language] if isinstance(value, Mapping) else value}", "    "
        )
    for question in clause.questions:
        facts = "; ".join(_facts(question, language))
        yield from _wrapped(
            f"{label['asks']}: {question.key}: {question.text[language]}" + (f" [{facts}]" if facts else ""), "    "
        )
    marks = ", ".join(f"{name} {mark}" for name, mark in clause.confidence.items())
    yield from _wrapped(f"{label['source']}: {clause.source} ({marks})", "    ")


def _class(defect_class: str, category: Category, language: str) -> str:
    return category.languages[language].say(f"class.{defect_class}").lower()


def _sample(rule: SampleRule, label: Mapping[str, str], language: str) -> str:
    of = f"{rule.of[language]}, " if rule.of else ""
    match rule.plan:
        case "fixed":
            return f"{of}n = {rule.n} {label[rule.per]}, Ac {rule.ac}"
        case "level":
            ac = label["by_class"] if rule.by_class else f"Ac {rule.ac}"
            return of + label["level"].format(rule.level, ac)
        case _:
            return of + label[rule.plan]


def _facts(question: Question, language: str) -> Iterator[str]:
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


def _wrapped(text: str, indent: str) -> Iterator[str]:
    yield from textwrap.wrap(
        text,
        110,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _spoken(program: Program, form: str = "<{}>") -> str:
    """Return a sentence with the names of its values in place; of a condition, both sides."""
    parts = []
    for item in program:
        if isinstance(item, str):
            parts.append(item)
        elif "v" in item:
            parts.append(form.format(".".join(item["v"])))
        elif "ref" in item:
            parts.append(item["ref"])
        else:
            parts.append(" / ".join(side for branch in ("then", "else") if (side := _spoken(item[branch], form))))
    return "".join(parts)


def category_json(category: Category) -> dict[str, Any]:
    """Return a category as JSON, in every language; numbers as strings, sentences as they stand in their files."""
    return {
        "id": category.id,
        "revision": category.revision,
        "title": dict(category.title),
        "lineage": list(category.lineage),
        "basis": category.basis,
        "each_up_to": category.each_up_to,
        "minimum": [
            {
                "id": m.id,
                "category": m.category,
                "title": dict(m.title),
                "clauses": list(m.clauses),
                "answers": list(m.answers),
                "every_term": m.every_term,
                "defect_list": m.defect_list,
            }
            for m in category.minimum
        ],
        "clauses": [_clause_json(clause) for clause in category.clauses.values()],
        "defects": [
            {"id": d.id, "class": d.defect_class, "name": dict(d.name), "border": dict(d.border), "photo": d.photo}
            for d in category.defects
        ],
    }


def _clause_json(clause: Clause) -> dict[str, Any]:
    sentences = {
        name: {language: _spoken(program, "{{{{ {} }}}}") for language, program in by_language.items()}
        for name, by_language in clause.sentences.items()
    }
    sample = clause.sample
    return {
        "id": clause.id,
        "revision": clause.revision,
        **sentences,
        "kind": clause.kind,
        "unit": clause.unit,
        "statistic": clause.statistic,
        "each": dict(clause.each),
        "fixed": dict(clause.fixed),
        "nature": clause.nature,
        "stage": clause.stage,
        "where": clause.where,
        "destructive": clause.destructive,
        "defect_class": clause.defect_class,
        "brought_by": clause.brought_by,
        "sample": {
            "plan": sample.plan,
            "n": sample.n,
            "per": sample.per,
            "level": sample.level,
            "ac": None if sample.by_class else sample.ac,
            "aql": "class" if sample.by_class else None,
            "of": dict(sample.of),
        },
        "standards": list(clause.standards),
        "minutes": str(clause.minutes),
        "evidence": list(clause.evidence),
        "source": clause.source,
        "confidence": dict(clause.confidence),
        "questions": [_question_json(question) for question in clause.questions],
    }


def _question_json(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "type": question.type,
        "text": dict(question.text),
        "why": dict(question.why),
        "unit": question.unit,
        "percent_of": question.percent_of,
        "min": None if question.minimum is None else str(question.minimum),
        "max": None if question.maximum is None else str(question.maximum),
        "suggest": list(question.suggest),
        "choices": [{"value": value, "text": dict(text)} for value, text in question.choices],
        "optional": question.optional,
        "example": question.example,
    }
