"""Two orders to the changes between them: of meaning first, then of wording; nothing that differs stays unsaid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lotproof.changes import answers
from lotproof.changes.leaves import ORDER, differences, keyed, uncovered
from lotproof.changes.ledger import Ledger
from lotproof.changes.model import WEIGHTS, Change, Comparison, Direction, Kind, Side, Texts
from lotproof.changes.plans import lot_changes
from lotproof.changes.saying import NOTHING, Voice, phrase
from lotproof.changes.terms import pairs, spec_changes
from lotproof.changes.texts import text_changes
from lotproof.orders.digests import canonical_text
from lotproof.orders.model import SECTIONS
from lotproof.orders.stored import section_of


def compare(old: Side, new: Side, voice: Voice) -> Comparison:
    """
    Compare two orders, or what documents disclose of them.

    Args:
        voice: says values in words; made for the categories of both orders.

    Raises:
        ValueError, KeyError, TypeError: a section has not the shape of an order's.
    """
    shown = [name for name in SECTIONS if name in old.data and name in new.data]
    hidden = {name: old.digests[name] == new.digests[name] for name in SECTIONS if name not in shown}
    ledger = Ledger(voice, {**_titles(old, voice), **_titles(new, voice)})
    sections = [{name: section_of(name, side.data[name]) for name in shown} for side in (old, new)]
    for name in shown:
        if name in _COMPARED:
            _COMPARED[name](ledger, sections[0][name], sections[1][name])
    if "spec" in shown:
        lots = [side["inspection"].lots if "inspection" in side else () for side in sections]
        spec_changes(ledger, sections[0]["spec"], sections[1]["spec"], (lots[0], lots[1]))
    if "inspection" in shown:
        lot_changes(ledger, sections[0]["inspection"].lots, sections[1]["inspection"].lots)
    worded = bool(old.texts and new.texts)
    if worded and "spec" in shown:
        specs = [side["spec"] for side in sections]
        terms = [(a.id, b.id) for a, b in pairs(specs[0].terms, specs[1].terms) if a and b]
        defects = ([d.id for d in specs[0].defects], [d.id for d in specs[1].defects])
        text_changes(ledger, old.texts, new.texts, terms, defects)
    _remaining(ledger, {name: old.data[name] for name in shown}, {name: new.data[name] for name in shown})
    order = sorted(ledger.entries, key=_weight)
    return Comparison(old=old, new=new, changes=tuple(c for _, c in order), hidden=hidden, worded=worded)


def _titles(side: Side, voice: Voice) -> dict[str, Texts]:
    """Return the title that is printed of each term, per language."""
    printed = {code: side.texts[code].terms for code in voice.languages if code in side.texts}
    names = dict.fromkeys(name for terms in printed.values() for name in terms)
    said = {name: {code: terms[name].title for code, terms in printed.items() if name in terms} for name in names}
    return {
        name: {code: titles.get(code) or next(iter(titles.values())) for code in voice.languages}
        for name, titles in said.items()
    }


_COMPARED: Mapping[str, Callable[[Ledger, Any, Any], None]] = {
    "header": answers.header_changes,
    "parties": answers.party_changes,
    "goods": answers.goods_changes,
    "commercial": answers.commercial_changes,
    "evidence": answers.evidence_changes,
    "inspection": answers.inspection_changes,
    "private": answers.private_changes,
}


def _weight(entry: tuple[int, Change]) -> tuple[bool, int, int]:
    rank, change = entry
    return (not change.of_meaning, WEIGHTS[change.kind], rank)


def _remaining(ledger: Ledger, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Note whatever differs and no change speaks of: the order of rows, and data that nobody has given words to."""
    covers = [place for change in ledger.changes for place in change.covers]
    for place in uncovered(differences(old, new), covers):
        sides = [_at(side, place.split("/")) for side in (old, new)]
        if place.endswith(ORDER):
            rows = [list(keyed(_at(side, place.split("/")[:-1])) or ()) for side in (old, new)]
            words = [ledger.voice.listed(tuple(names)) for names in rows]
            where = place.removesuffix("/" + ORDER)
            ledger.add(
                Kind.ORDER, where, phrase("title", "order"), words, [place], Direction.NEITHER, raw=(rows[0], rows[1])
            )
            continue
        words = [
            NOTHING if side is _GONE else dict.fromkeys(ledger.voice.languages, canonical_text(side)) for side in sides
        ]
        ledger.add(Kind.DATA, place, dict.fromkeys(ledger.voice.languages, place), words, [place])


_GONE = object()


def _at(data: Any, parts: list[str]) -> Any:
    """Return what stands at a place, or that nothing does."""
    for part in parts:
        rows = data if isinstance(data, Mapping) else keyed(data) or {}
        name = part.replace("~1", "/").replace("~0", "~")
        if name not in rows:
            return _GONE
        data = rows[name]
    return data
