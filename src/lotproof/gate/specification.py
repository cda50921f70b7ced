"""A specification that opinion decides: words without a measure, terms without limit, method, sample or instrument."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lotproof.findings import quoted
from lotproof.gate import texts
from lotproof.gate.looking import Looking, gap, say
from lotproof.gate.model import Check, Gap, PendingRow
from lotproof.orders.model import Order, Term
from lotproof.wording.lexicon import Vague, vague

FIRM = ("error", "warning")
"""Severities of the lexicon that stop; the third only informs."""


def specification(looking: Looking) -> Check:
    """LP601: a vague expression; LP602: a term that lacks what it is judged by; and what the build has found in the terms."""
    order = looking.order
    gaps = [*_vague(looking), *_incomplete(order)]
    terms = order.spec.terms
    measured = sum(1 for term in terms if term.requirement is not None)
    return Check(
        id="specification",
        evidence=(
            say("terms", terms=str(len(terms)), limits=str(measured), defects=str(len(order.spec.defects))),
            *(() if any(g.code == "LP601" for g in gaps) else (say("no_vague"),)),
        ),
        gaps=(*gaps, *looking.owned("specification", gaps)),
    )


def minimum(looking: Looking) -> Check:
    """Give what the build has found missing of the category's minimum specification (LP130)."""
    gaps = looking.owned("minimum", ())
    titles = {code: t.title for code, t in looking.order.texts.items()}
    return Check(id="minimum", evidence=() if gaps else (say("minimum_there", category=titles),), gaps=gaps)


def pending(order: Order) -> tuple[PendingRow, ...]:
    """Return the rows that an inspector would have to leave pending on the day, each with its first cause."""
    rows = []
    for term in order.spec.terms:
        causes = list(_causes(order, term))
        if term.where == "laboratory" and not causes:
            rows.append(_row(order, term, "laboratory", "report" if _laboratory_named(order) else "none"))
        elif causes:
            rows.append(_row(order, term, causes[0], "answer"))
    return tuple(rows)


def expressions(text: texts.Text, outside: Callable[[str], tuple[tuple[int, int], ...]]) -> list[Vague]:
    """Return the vague expressions of a text that stop, without those that lie in a phrase about what was agreed elsewhere."""
    spans = outside(text.text)
    return [
        found
        for found in vague(text.text, text.language if text.language in ("en", "zh") else "")
        if found.expression.severity in FIRM and not any(a < found.end and found.start < b for a, b in spans)
    ]


def _vague(looking: Looking) -> Iterator[Gap]:
    def outside(text: str) -> tuple[tuple[int, int], ...]:
        return tuple(m.span() for m in looking.rules.outside.find(text))

    seen = set()
    for text in texts.of_the_goods(looking.order):
        for found in expressions(text, outside):
            if (text.where, found.quote) not in seen:
                seen.add((text.where, found.quote))
                yield gap(
                    "LP601",
                    text.where,
                    "vague",
                    quote=quoted(found.quote).strip("'"),
                    why=found.expression.why,
                    ask=found.expression.ask,
                    where=text.where,
                )


def _incomplete(order: Order) -> Iterator[Gap]:
    for term in order.spec.terms:
        for cause in _causes(order, term):
            where = texts.place(term)
            yield gap("LP602", where, cause, title={code: t.terms[term.id].title for code, t in order.texts.items()})


def _causes(order: Order, term: Term) -> Iterator[str]:
    if term.requirement is None:
        yield "no_limit"
    if texts.blanks_in_method(order, term):
        yield "no_method"
    if not term.samples:
        yield "no_sample"
    if texts.no_instrument(order, term):
        yield "no_instrument"
    if not term.evidence:
        yield "no_evidence"


def _laboratory_named(order: Order) -> bool:
    return bool(order.inspection.answers.get("laboratory"))


def _row(order: Order, term: Term, cause: str, route: str) -> PendingRow:
    title = {code: t.terms[term.id].title for code, t in order.texts.items()}
    return PendingRow(term=term.id, title=title, cause=cause, route=route)
