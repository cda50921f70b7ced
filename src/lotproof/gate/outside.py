"""What was agreed outside the contract: words that send the reader elsewhere, papers that may be exchanged."""

from __future__ import annotations

from collections.abc import Iterator

from lotproof.gate import texts
from lotproof.gate.looking import Looking, gap, say
from lotproof.gate.model import Check, Gap

_FORM = "contract.notices"
"""The provision that says how a change is made."""


def outside(looking: Looking) -> Check:
    """LP611: a term that stands somewhere else, or nowhere yet; LP612: a drawing or another paper without its revision."""
    gaps = [*_elsewhere(looking), *_unrevised(looking)]
    evidence = [] if gaps else [say("all_inside")]
    if any(p.id == _FORM for t in looking.order.texts.values() for p in t.provisions):
        evidence.append(say("change_form"))
    return Check(id="outside", evidence=tuple(evidence), gaps=tuple(gaps))


def _elsewhere(looking: Looking) -> Iterator[Gap]:
    seen = set()
    for text in texts.everywhere(looking.order):
        for found in looking.rules.outside.find(text.text):
            if (text.where, found[0]) not in seen:
                seen.add((text.where, found[0]))
                yield gap("LP611", text.where, "elsewhere", quote=found[0], where=text.where)


def _unrevised(looking: Looking) -> Iterator[Gap]:
    rules = looking.rules
    for line in looking.order.goods.lines:
        if line.drawing and not rules.revisions.search(line.drawing):
            yield gap("LP612", f"goods.{line.item}.drawing", "unrevised", paper=line.drawing)
    seen = set()
    for text in texts.of_the_goods(looking.order):
        paper = rules.files.search(text.text) or rules.papers.pattern.search(text.text)
        if paper and text.where not in seen and not rules.revisions.search(text.text):
            seen.add(text.where)
            yield gap("LP612", text.where, "unrevised", paper=_around(text.text, paper.start()))


def _around(text: str, place: int) -> str:
    start = max(0, place - 30)
    return text[start : start + 60].strip()
