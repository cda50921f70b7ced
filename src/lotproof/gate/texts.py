"""The free texts of an order: what somebody has written into it, with its place and language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lotproof.frozen import Frozen
from lotproof.orders.model import Order, Term, TermText
from lotproof.requirements import (
    AtLeast,
    AtMost,
    Conforms,
    Count,
    Documented,
    Matches,
    OneOf,
    PerKey,
    Requirement,
    Shares,
    Within,
)
from lotproof.wording.inlines import Blank, plain

OWN = "own."
"""How the ids of a buyer's own terms begin."""

_NOT_TERMS = frozenset({"contact", "report_to", "bank_account", "confirmed_by", "source", "end_client"})
"""Answers that name people, accounts and pages, and agree on nothing."""


class Text(Frozen):
    """
    A free text.

    Attributes:
        where: the answer it was given to: ``goods.MUG.description``, ``terms.all.function``.
        language: its code; empty where it stands in every language.
    """

    where: str
    language: str
    text: str


def of_the_goods(order: Order) -> Iterator[Text]:
    """Yield what describes the goods: descriptions, requirements, conditions, a buyer's own terms, tests and files to hand over."""
    for line in order.goods.lines:
        yield from _texts(f"goods.{line.item}.description", line.description)
    for term in order.spec.terms:
        yield from _of_term(order, term)
    duties = {**order.inspection.duties, **order.commercial.duties}
    for group, keys in (("acceptance_tests", ("product",)), ("installation", ("files", "spares"))):
        for key in keys:
            yield from _texts(f"{group}.{key}", duties.get(group, {}).get(key))


def everywhere(order: Order) -> Iterator[Text]:
    """Yield every free text of an order save those that name people, accounts and pages."""
    yield from of_the_goods(order)
    for line in order.goods.lines:
        yield from _texts(f"goods.{line.item}.drawing", line.drawing)
    groups: dict[str, Mapping[str, Any]] = {
        "buyer": order.parties.buyer,
        "seller": order.parties.seller,
        "delivery": order.commercial.delivery,
        "payment": order.commercial.payment,
        "inspection": order.inspection.answers,
        "notice": order.evidence.notice,
        **{k: v for k, v in order.inspection.duties.items() if k != "acceptance_tests"},
        **{k: v for k, v in order.commercial.duties.items() if k != "installation"},
        **order.evidence.duties,
    }
    for group, answers in groups.items():
        for key, value in answers.items():
            if key not in _NOT_TERMS:
                yield from _texts(f"{group}.{key}", value)


def blanks_in_method(order: Order, term: Term) -> bool:
    """Say whether the method of a term is blank or has a blank in it."""
    for texts in order.texts.values():
        method = texts.terms[term.id].method
        if not plain(method).strip() or any(isinstance(inline, Blank) for inline in method):
            return True
    return False


def no_instrument(order: Order, term: Term) -> bool:
    """Say whether a term needs an instrument and names none."""
    if term.brought_by == "nobody":
        return False
    shown = [texts.terms[term.id].instrument for texts in order.texts.values()]
    return any(not plain(s).strip() or any(isinstance(inline, Blank) for inline in s) for s in shown)


def place(term: Term) -> str:
    """Return where the answers of a term stand, as a key of the answers file."""
    clause, _, item = term.id.partition("@")
    if clause.startswith(OWN):
        return f"own_terms.{clause.removeprefix(OWN)}"
    return f"goods.{item}.terms.{clause}" if item else f"terms.{clause}"


def _of_term(order: Order, term: Term) -> Iterator[Text]:
    where = place(term)
    if term.requirement is not None:
        for value in _in_requirement(term.requirement):
            yield from _texts(where, value)
    printed = [_printed(texts.terms[term.id]) for texts in order.texts.values()]
    for value in term.conditions.values():
        if isinstance(value, str) and not any(value in shown for shown in printed):
            continue  # the key of a choice: the words of the choice are printed instead
        if not (term.clause.startswith(OWN) and isinstance(value, Mapping)):  # printed below, each once
            yield from _texts(where, value)
    if term.clause.startswith(OWN):
        for code in order.header.languages:
            texts = order.texts[code].terms[term.id]
            for inlines in ((texts.title,), texts.method, texts.instrument, texts.action):
                yield from _texts(where, {code: plain([i for i in inlines if not isinstance(i, Blank)])})


def _printed(text: TermText) -> str:
    shown = (text.duty, text.required, *text.entries, text.method, text.instrument, text.action)
    return "\n".join(map(plain, shown))


def _in_requirement(requirement: Requirement) -> Iterator[str | Mapping[str, str]]:
    match requirement:
        case OneOf(options=options):
            yield from options
        case Conforms(to=to):
            yield to
        case Documented(document=document):
            yield document
        case Shares(parts=parts):
            yield from (part.label for part in parts)
        case PerKey(entries=entries):
            for entry in entries:
                yield entry.label
                yield from _in_requirement(entry.requirement)
        case AtMost() | AtLeast() | Within() | Count() | Matches():
            return


def _texts(where: str, value: Any) -> Iterator[Text]:
    if isinstance(value, str) and value.strip():
        yield Text(where, "", value)
    elif isinstance(value, Mapping):
        for language, text in value.items():
            if isinstance(text, str) and text.strip():
                yield Text(where, language, text)
