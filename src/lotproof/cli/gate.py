"""The gate as ``lotproof check`` prints it: 80 columns for people, and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lotproof.cli.columns import wrapped
from lotproof.cli.output import finding_json
from lotproof.documents.gate import STANDINGS
from lotproof.findings import Finding, Severity
from lotproof.gate.model import Check, Gap, Gate
from lotproof.gate.rules import shipped_rules
from lotproof.gate.saying import applied, headline, label, labelled, said, why_pending
from lotproof.messages import as_it_stands


def page(gate: Gate, number: str, digest: str, language: str) -> Iterator[str]:
    """Yield the lines of the report."""
    yield headline(gate, language)
    looked = label("on")[language].format(number=number, today=gate.today)
    yield label("printed")[language].format(on=looked, digest=digest[:16])
    for name, checks in (("patterns", gate.patterns), ("checks", gate.checks)):
        yield ""
        yield label(name)[language]
        for check in checks:
            if check.evidence or check.gaps:
                yield from _check(check, language)
    if gate.pending:
        yield ""
        yield label("pending")[language]
        for row in gate.pending:
            yield from wrapped(row.title[language], 2)
            yield from wrapped(why_pending(row, language), 4)
    yield ""
    yield label("silence" if gate.silence else "silence_none")[language]
    for silence in gate.silence:
        where = f" ({', '.join(silence.wheres)})" if silence.wheres else ""
        yield from wrapped(silence.topic.title[language] + where, 2)
        for text, source in applied(silence, gate.today, shipped_rules().as_of, language):
            yield from wrapped(text, 4)
            if source:
                yield from wrapped(f"[{source}]", 6)
    yield ""
    yield from wrapped(label("advice")[language], 0)


def _check(check: Check, language: str) -> Iterator[str]:
    standing = label(STANDINGS[check.standing])[language].upper()
    yield from wrapped(labelled(standing, label(check.id)[language], language), 2)
    for gap in sorted(check.gaps, key=lambda g: not g.stops):
        yield from wrapped(f"{gap.code} {said(gap.says, language)}", 4)
        lead = label("mend" if gap.stops else "note")[language]
        yield from wrapped(labelled(lead, said(gap.mend, language), language), 6)
    for evidence in check.evidence:
        yield from wrapped(said(evidence, language), 4)


def page_json(gate: Gate, language: str) -> dict[str, Any]:
    """Return the report as JSON; gaps stand under ``findings`` once more, as every command gives them."""
    return {
        "ready": gate.ready,
        "headline": headline(gate, language),
        "today": gate.today.isoformat(),
        "patterns": [_check_json(check, language) for check in gate.patterns],
        "checks": [_check_json(check, language) for check in gate.checks],
        "pending": [
            {
                "term": row.term,
                "title": row.title[language],
                "cause": row.cause,
                "route": row.route,
                "words": why_pending(row, language),
            }
            for row in gate.pending
        ],
        "silence": [
            {
                "topic": silence.topic.id,
                "title": silence.topic.title[language],
                "where": list(silence.wheres),
                "law": "known" if silence.law == "rule" else "not known",
                "applied": [
                    {
                        "regime": rule.regime,
                        "text": rule.text[language],
                        "confidence": rule.confidence,
                        "as_of": shipped_rules().as_of.isoformat(),
                        "sources": [
                            {
                                "id": source.id,
                                "title": source.title[language],
                                "where": source.where,
                                "dated": source.dated and source.dated.isoformat(),
                                "age_days": (gate.today - (source.dated or shipped_rules().as_of)).days,
                            }
                            for source in rule.sources
                        ],
                    }
                    for rule in silence.rules
                ],
            }
            for silence in gate.silence
        ],
        "findings": [finding_json(_finding(gap, language)) for gap in gate.gaps],
    }


def _check_json(check: Check, language: str) -> dict[str, Any]:
    return {
        "id": check.id,
        "title": label(check.id)[language],
        "standing": check.standing.value,
        "evidence": [said(evidence, language) for evidence in check.evidence],
        "gaps": [
            {"stops": gap.stops, "standing": gap.standing.value, **finding_json(_finding(gap, language))}
            for gap in check.gaps
        ],
    }


def _finding(gap: Gap, language: str) -> Finding:
    return Finding(
        where=gap.where,
        code=gap.code,
        severity=Severity.OPEN if gap.stops else Severity.NOTE,
        message=as_it_stands(said(gap.says, language)),
        hint=as_it_stands(said(gap.mend, language)),
    )
