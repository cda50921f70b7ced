"""A verdict as ``lotproof inspect`` prints it: 80 columns for people, and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lotproof.cli.columns import wrapped
from lotproof.cli.output import finding_json
from lotproof.documents.verdict import provision_numbers, row_numbers
from lotproof.findings import Severity
from lotproof.orders.model import Order
from lotproof.records import saying
from lotproof.records.model import Outcome, Reading, Result, Verdict
from lotproof.sampling.risk import Bound

FORMAT = "lotproof-verdict/1"

MOST = 40
"""Findings that are printed one by one for people; the report and ``--json`` have all of them."""


def page(order: Order, verdict: Verdict, language: str) -> Iterator[str]:
    """Yield the lines of the report."""
    record = verdict.record
    clauses = provision_numbers(order) if order.salt else {}
    numbers = row_numbers(order, record.form)
    number = " ".join(part for part in (order.header.number or "[____]", order.header.revision) if part)
    round_ = saying.label("round", language, n=record.round) if record.round else ""
    kind = saying.worded("kind", record.kind, language)
    yield saying.label("on", language, number=number, kind=kind, round=round_, file=record.source.name)
    yield ""
    for lot in verdict.lots:
        yield from wrapped(f"{lot.name}: {saying.said(lot.result, language)}", 0)
        next_n = max((one.next_n for one in verdict.classes if one.lot == lot.name), default=0)
        yield from wrapped(saying.advised(lot, next_n, record.round, language), 2)
        for right in lot.rights:
            yield from wrapped(_provision(right, clauses, language), 4)
    if record.arrival is not None:
        from lotproof.cli import arrived

        yield from arrived.lines(order, verdict, numbers, clauses, language)
    if verdict.classes:
        yield ""
        yield saying.label("classes", language)
        for one in verdict.classes:
            labels = order.texts[language].labels if language in order.texts else {}
            name = labels.get(f"class_{one.defect_class}", one.defect_class)
            ac = "#" if one.ac is None else one.ac
            head = f"{one.lot}, {name}: {saying.counted(one, language)}, n {one.n:,}, Ac {ac}, Re {one.re}: "
            yield from wrapped(head + saying.said(one.result, language), 2)
            if said := saying.bounded(one, language):
                yield from wrapped(said, 4)
    yield ""
    yield saying.label("rows", language)
    passed = 0
    for row in verdict.rows:
        if row.result.outcome is Outcome.PASS:
            passed += 1
            continue
        check, place = numbers[row.tag]
        title = _title(order, check.term.id, language)
        yield from wrapped(f"{place} {title}: {saying.said(row.result, language)}", 2)
        if said := saying.measured(row, language):
            yield from wrapped(said, 4)
    if passed:
        yield from wrapped(saying.label("others", language, n=passed), 2)
    yield ""
    yield from wrapped(saying.label("advice", language), 0)


def _provision(right: str, clauses: Mapping[str, str], language: str) -> str:
    heading = saying.worded("provision", right, language)
    if right in clauses:
        return saying.label("provision", language, n=clauses[right], heading=heading)
    return saying.label("provision_by_name", language, heading=heading)


def _title(order: Order, term: str, language: str) -> str:
    texts = order.texts.get(language) or next(iter(order.texts.values()))
    return texts.terms[term].title


def page_json(order: Order, verdict: Verdict, language: str) -> dict[str, Any]:
    """Return the verdict as JSON; numbers that were measured are strings, bounds are in percent."""
    record = verdict.record
    numbers = row_numbers(order, record.form)
    more = {}
    if record.arrival is not None:
        from lotproof.cli import arrived

        more = arrived.as_json(verdict)
    return {
        "format": FORMAT,
        "digest": verdict.digest,
        "result": _result(verdict.result),
        "words": saying.said(verdict.result, language),
        "record": {
            "kind": record.kind.value,
            "round": record.round,
            "earlier": record.earlier,
            "form": record.form,
            "digest": record.digest,
            "number": record.number,
            "revision": record.revision,
            "file": record.source.name,
            "sha256": record.source.sha256,
            "date": record.date.isoformat() if record.date else None,
            "facts": dict(record.facts),
            "completed": list(verdict.completed),
        },
        "lots": [
            {
                "name": lot.name,
                "result": _result(lot.result),
                "counted": _result(lot.counted),
                "ticked": lot.ticked,
                "advice": lot.advice.value,
                "rights": list(lot.rights),
                "rounds": lot.rounds,
            }
            for lot in verdict.lots
        ],
        "sections": [
            {"section": one.section, "result": _result(one.result), "ticked": one.ticked} for one in verdict.sections
        ],
        "classes": [
            {
                "lot": one.lot,
                "class": one.defect_class,
                "aql": one.aql,
                "lot_size": one.lot_size,
                "n": one.n,
                "ac": one.ac,
                "re": one.re,
                "inspected": one.inspected,
                "found": one.found,
                "next_n": one.next_n,
                "result": _result(one.result),
                "at_least": _bound(one.lower),
                "at_most": _bound(one.upper),
            }
            for one in verdict.classes
        ],
        "rows": [
            {
                "tag": row.tag,
                "number": numbers[row.tag][1],
                "term": row.term,
                "lot": row.lot,
                "result": _result(row.result),
                "measured": _result(row.measured),
                "n": row.n,
                "read": row.read,
                "outside": row.outside,
                "failed": list(row.failed),
                "ticked": row.ticked,
                "machines": {name: _result(result) for name, result in row.by_machine.items()},
            }
            for row in verdict.rows
        ],
        "readings": [_reading(reading) for reading in record.readings],
        **more,
        "findings": [finding_json(finding) for finding in verdict.findings],
    }


def _result(result: Result) -> dict[str, Any]:
    return {"outcome": result.outcome.value, "causes": [cause.value for cause in result.causes]}


def _bound(bound: Bound | None) -> dict[str, Any] | None:
    return None if bound is None else {"percent": round(bound.percent, 6), "units": bound.defectives}


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "tag": reading.tag,
        "written": reading.written,
        "value": None if reading.value is None else str(reading.value),
        "unit": reading.unit,
        "fault": reading.fault.value if reading.fault else None,
        "where": reading.where,
        "by": reading.rung.value,
        "term": reading.term,
        "lot": reading.lot,
        "number": reading.number,
    }


def shown(verdict: Verdict) -> tuple[list[Any], int]:
    """Return the findings that are printed for people, those that leave something open first, and how many more there are."""
    ordered = sorted(verdict.findings, key=lambda f: list(Severity).index(f.severity))
    return list(ordered[:MOST]), max(0, len(ordered) - MOST)
