"""An audit: passages of a contract that somebody else wrote, and what is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from lotproof.audit.checks import CHECKS
from lotproof.audit.contract import Contract
from lotproof.audit.minimum import missing_items
from lotproof.audit.model import Hit, Remark
from lotproof.audit.numbers import Spans
from lotproof.audit.vague import vague_wording
from lotproof.catalog.model import Category
from lotproof.readers.model import Passage
from lotproof.readers.places import where

LANGUAGES = ("en", "zh")
MOST = 1_000
"""So many remarks of one code are listed; the rest are counted in one more (LP599)."""
_LONGEST = 160
_ABOUT_THE_FILE = ("LP510", "LP512")
"""What these quote may be vague as well; of the words that another check has named nothing more is said."""


def audit(passages: Sequence[Passage], category: Category | None = None, language: str = "en") -> tuple[Remark, ...]:
    """
    Return what is wrong with a contract, in reading order; what concerns the whole of it comes last.

    Takes time that grows with the length of the text and with nothing else.

    Args:
        passages: of :func:`lotproof.readers.read`.
        category: also ask for its minimum specification, and propose its clauses for vague words.
        language: of the messages, one of :data:`LANGUAGES`.
    """
    if not any(passage.kind != "comment" for passage in passages):
        return ()
    contract = Contract(passages)
    structural = [hit for check in CHECKS for hit in check(contract)]
    said = Spans((hit.start, hit.end) for hit in structural if hit.start >= 0 and hit.name not in _ABOUT_THE_FILE)
    hits = [
        hit for hit in vague_wording(contract, category) if not said.cover(hit.start) and not said.cover(hit.end - 1)
    ]
    if category is not None:
        structural += missing_items(contract, category)
    ordered = sorted([*hits, *structural], key=lambda hit: (hit.start < 0, hit.start))
    return tuple(_remarks(contract, ordered, language))


def _remarks(contract: Contract, hits: Sequence[Hit], language: str) -> Iterator[Remark]:
    counts: Counter[str] = Counter()
    for hit in hits:
        counts[hit.name] += 1
        if counts[hit.name] <= MOST:
            yield _remark(contract, hit, language)
    for name, count in counts.items():
        if count > MOST:
            code = name.partition(".")[0]
            yield _remark(contract, Hit(name="LP599", values={"count": f"{count - MOST:,}", "code": code}), language)


def _remark(contract: Contract, hit: Hit, language: str) -> Remark:
    text = contract.data.texts[hit.name][language]
    values = {key: value[language] if isinstance(value, Mapping) else value for key, value in hit.values.items()}
    passage, start, end = -1, 0, 0
    if hit.start >= 0:
        passage = contract.passage_at(hit.start)
        base = contract.starts[passage]
        length = len(contract.passages[passage].text)
        start, end = hit.start - base, min(hit.end - base, length)
    quote = contract.passages[passage].text[start:end] if passage >= 0 else ""
    return Remark(
        where=where(contract.passages[passage] if passage >= 0 else None, start, language),
        code=hit.name.partition(".")[0],
        quote=_shown(quote),
        message=text.message.format_map(values),
        hint=text.hint.format_map(values),
        severity=hit.weight or contract.data.weights[hit.name],
        passage=passage,
        start=start,
        end=end,
    )


def _shown(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
