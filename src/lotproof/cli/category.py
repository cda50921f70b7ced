"""A category as ``lotproof catalog show`` prints it: for people, and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from lotproof.catalog.describing import facts, sample, satisfied_by, spoken
from lotproof.catalog.model import Category, Clause, Question

_LABELS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "lineage": "Inherits from",
            "minimum": "Minimum specification",
            "clauses": "Clauses",
            "defects": "Defects",
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
            "source": "source",
            "class": "defect class: {}",
            "minutes": "{} min a unit",
            "evidence": "evidence",
        },
        "zh": {
            "lineage": "继承自",
            "minimum": "最低规格",
            "clauses": "条款",
            "defects": "缺陷",
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
            "source": "来源",
            "class": "缺陷类别：{}",
            "minutes": "每件{}分钟",
            "evidence": "证据",
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
        yield f"  {minimum.title[language]}: {satisfied_by(minimum, category, language)}"
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


def _clause_page(clause: Clause, language: str, category: Category) -> Iterator[str]:
    label = _LABELS[language]
    said = {name: spoken(sentences[language]) for name, sentences in clause.sentences.items()}
    kind = f"{clause.kind} ({clause.unit})" if clause.unit else clause.kind
    yield f"  {clause.id}: {said['title']}"
    time = f"; {label['minutes'].format(clause.minutes)}" if clause.minutes else ""
    yield f"    {kind}; {clause.nature}; {label['class'].format(_class(clause.defect_class, category, language))}{time}"
    brought_by = label[clause.brought_by]
    texts = {
        "duty": said["wording"],
        "method": said["method"],
        "instrument": said["instrument"] + (f" ({brought_by})" if brought_by else ""),
        "sample": sample(clause.sample, language),
        "action": said["action"],
    }
    for name, text in texts.items():
        yield from _wrapped(f"{label[name]}: {text}", "    ")
    for key, value in clause.fixed.items():
        yield from _wrapped(
            f"{label['fixed']}: {key} = {value[language] if isinstance(value, Mapping) else value}", "    "
        )
    for question in clause.questions:
        known = "; ".join(facts(question, language))
        yield from _wrapped(
            f"{label['asks']}: {question.key}: {question.text[language]}" + (f" [{known}]" if known else ""), "    "
        )
        if question.why:
            yield from _wrapped(question.why[language], "      ")
    if clause.evidence:
        yield f"    {label['evidence']}: {', '.join(clause.evidence)}"
    marks = ", ".join(f"{name} {mark}" for name, mark in clause.confidence.items())
    yield from _wrapped(f"{label['source']}: {clause.source} ({marks})", "    ")


def _class(defect_class: str, category: Category, language: str) -> str:
    return category.languages[language].say(f"class.{defect_class}").lower()


def _wrapped(text: str, indent: str) -> Iterator[str]:
    yield from textwrap.wrap(
        text,
        110,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


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
        name: {language: spoken(program, "{{{{ {} }}}}") for language, program in by_language.items()}
        for name, by_language in clause.sentences.items()
    }
    rule = clause.sample
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
            "plan": rule.plan,
            "n": rule.n,
            "per": rule.per,
            "ac": None if rule.by_class else rule.ac,
            "of": dict(rule.of),
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
