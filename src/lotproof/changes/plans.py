"""Changes of sampling: the samples of terms, the lots and the plan of each class."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lotproof.changes.leaves import below
from lotproof.changes.ledger import Ledger
from lotproof.changes.model import Direction, Kind, Texts
from lotproof.changes.saying import NOTHING, phrase
from lotproof.orders.model import ClassPlan, Lot, Sample, Term
from lotproof.sampling import Stage


def sample_changes(
    ledger: Ledger,
    where: str,
    title: Texts,
    terms: tuple[Term, Term],
    lots: tuple[Sequence[Lot], Sequence[Lot]],
    covers: Callable[..., list[str]],
) -> None:
    """
    Note what differs in the samples of a term.

    Where the plans of a lot give the sample and have changed, their change speaks for it: it is not said once more in every row.
    """
    voice = ledger.voice
    old, new = ({s.lot: s for s in term.samples} for term in terms)
    before, after = ({lot.id: lot for lot in side} for side in lots)
    follows = all(_follows(s) for s in (*old.values(), *new.values()))
    if old.keys() != new.keys():
        if follows and before.keys() != after.keys():
            ledger.followers.setdefault("", []).extend(covers("samples"))
            ledger.touched |= {term.id for term in terms}
            return
        words = (voice.joined([_in_lot(ledger, s) for s in side.values()]) for side in (old, new))
        ledger.add(Kind.SAMPLE, where, title, words, covers("samples"), raw=(list(old), list(new)))
        return
    for lot, sample in old.items():
        other = new[lot]
        if sample == other:
            continue
        if follows and lot in before and lot in after and before[lot].plans != after[lot].plans:
            ledger.followers.setdefault(lot, []).extend(covers("samples", lot))
            ledger.touched |= {term.id for term in terms}
            continue
        words = (_sample(ledger, s) if len(old) == 1 else _in_lot(ledger, s) for s in (sample, other))
        ledger.add(
            Kind.SAMPLE,
            where,
            title,
            words,
            covers("samples", lot),
            _sample_direction(sample, other),
            raw=(sample, other),
        )


def note_followers(ledger: Ledger, terms: tuple[Term, Term], lots: tuple[Sequence[Lot], Sequence[Lot]]) -> None:
    """Note that the pass rules of a term are printed otherwise because the plans of its lot have changed."""
    old, new = ({lot.id: lot.plans for lot in side} for side in lots)
    followed = {sample.lot for term in terms for sample in term.samples if _follows(sample)}
    if any(old.get(lot) != new.get(lot) for lot in followed):
        ledger.touched |= {term.id for term in terms}


def _follows(sample: Sample) -> bool:
    return sample.plan == "aql" and sample.ac is None


def _sample_direction(old: Sample, new: Sample) -> Direction:
    """More units of which no more may fail are stricter, whatever the quality of the lot."""
    if old.plan != new.plan and not (old.full or new.full):
        return Direction.UNKNOWN
    if (old.ac is None) != (new.ac is None):
        return Direction.UNKNOWN
    if old.ac is None or new.ac is None:
        return Direction.NEITHER if old.n == new.n else Direction.UNKNOWN
    return _accepting((old.n, old.ac), (new.n, new.ac))


def _accepting(old: tuple[int, int], new: tuple[int, int]) -> Direction:
    tighter = new[0] >= old[0] and new[1] <= old[1]
    looser = new[0] <= old[0] and new[1] >= old[1]
    if tighter and looser:
        return Direction.NEITHER
    return Direction.TIGHTENED if tighter else Direction.LOOSENED if looser else Direction.UNKNOWN


def _sample(ledger: Ledger, sample: Sample) -> Texts:
    voice = ledger.voice
    parts = [voice.sentence("full") if sample.full else voice.value("plan", sample.plan)]
    if sample.ac is None or sample.re is None:
        parts.append(voice.sentence("sample_n", n=sample.n))
    else:
        parts.append(voice.sentence("stage", n=sample.n, ac=sample.ac, re=sample.re))
    if sample.per_unit:
        parts.append(voice.sentence("per_unit", n=sample.per_unit))
    if sample.level:
        parts.append(voice.sentence("sample_level", level=sample.level, letter=sample.letter or "\u2013"))
    if sample.aql:
        parts.append(_aql(ledger, sample.aql))
    return voice.joined(parts, {"zh": "，", "en": ", "})


def _in_lot(ledger: Ledger, sample: Sample) -> Texts:
    return ledger.voice.sentence("in_lot", lot=sample.lot, what=_sample(ledger, sample))


def lot_changes(ledger: Ledger, old: Sequence[Lot], new: Sequence[Lot]) -> None:
    """Note what differs in the lots; call it after the terms, whose samples follow from them."""
    voice = ledger.voice
    before, after = {lot.id: lot for lot in old}, {lot.id: lot for lot in new}
    places = ledger.followers.get("", [])
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name), after.get(name)
        title = phrase("title", "the_lot") if name == "lot" else voice.sentence("lot", lot=name)
        place = below("inspection/lots", name)
        if one is None or other is None:
            words = (NOTHING if lot is None else _lot(ledger, lot) for lot in (one, other))
            ledger.add(Kind.PLAN, f"inspection.lots.{name}", title, words, [place, *places])
        elif one != other:
            _changed(ledger, one, other, title, place)


def _changed(ledger: Ledger, old: Lot, new: Lot, title: Texts, place: str) -> None:
    voice, where = ledger.voice, f"inspection.lots.{old.id}"

    def named(key: str) -> Texts:
        return voice.sentence("condition", title=title, condition=phrase("title", key))

    if old.items != new.items:
        words = (voice.listed(lot.items) for lot in (old, new))
        ledger.add(Kind.PLAN, where, named("lot_items"), words, [below(place, "items")], raw=(old.items, new.items))
    if old.size != new.size:
        words = (voice.show(lot.size) for lot in (old, new))
        ledger.add(Kind.QUANTITY, where, named("lot_size"), words, [below(place, "size")], Direction.NEITHER)
    followers = ledger.followers.get(old.id, [])
    plans = [{p.defect_class: p for p in lot.plans} for lot in (old, new)]
    for name in dict.fromkeys((*plans[0], *plans[1])):
        one, other = plans[0].get(name), plans[1].get(name)
        if one == other:
            continue
        words = (NOTHING if p is None else _plan(ledger, p) for p in (one, other))
        direction = Direction.UNKNOWN if one is None or other is None else plan_direction(one, other)
        spot = below(below(place, "plans"), name)
        heading = voice.sentence("condition", title=title, condition=voice.defect_class(name))
        ledger.add(Kind.PLAN, where, heading, words, [spot, *followers], direction, raw=(one, other))
    if old.shares != new.shares:
        words = (voice.joined([_share(ledger, s) for s in lot.shares]) for lot in (old, new))
        covers = [below(place, "shares")]
        ledger.add(Kind.SAMPLE, where, named("shares"), words, covers, Direction.NEITHER, raw=(old.shares, new.shares))


def _share(ledger: Ledger, share: tuple[str, int]) -> Texts:
    return ledger.voice.sentence("named", name=share[0], value=ledger.voice.show(share[1]))


def plan_direction(old: ClassPlan, new: ClassPlan) -> Direction:
    """
    Compare two plans by what they let through.

    As many stages, each with no fewer units in all and no larger Ac and Re: no lot passes more easily, whatever its quality.
    Nothing is said of plans of which each is stricter in something, even where the AQL is lower: AQLs are no order of plans.
    """
    if len(old.stages) != len(new.stages):
        return Direction.UNKNOWN
    if len(old.stages) == 1 and None not in (old.stages[0].ac, new.stages[0].ac):
        before, after = old.stages[0], new.stages[0]
        assert before.ac is not None and after.ac is not None
        return _accepting((before.n, before.ac), (after.n, after.ac))
    if [s.n for s in old.stages] != [s.n for s in new.stages]:
        return Direction.UNKNOWN  # with stages a larger n may end the inspection earlier or later
    tighter = all(_stage_tighter(b, a) for b, a in zip(old.stages, new.stages, strict=True))
    looser = all(_stage_tighter(a, b) for b, a in zip(old.stages, new.stages, strict=True))
    if tighter and looser:
        return Direction.NEITHER
    return Direction.TIGHTENED if tighter else Direction.LOOSENED if looser else Direction.UNKNOWN


def _stage_tighter(old: Stage, new: Stage) -> bool:
    return new.re <= old.re and (new.ac is None or (old.ac is not None and new.ac <= old.ac))


def _lot(ledger: Ledger, lot: Lot) -> Texts:
    voice = ledger.voice
    parts = [
        voice.listed(lot.items),
        voice.sentence("named", name=phrase("title", "lot_size"), value=voice.show(lot.size)),
    ]
    parts += [
        voice.sentence("named", name=voice.defect_class(p.defect_class), value=_plan(ledger, p)) for p in lot.plans
    ]
    return voice.joined(parts)


def _plan(ledger: Ledger, plan: ClassPlan) -> Texts:
    voice = ledger.voice
    parts = [
        voice.sentence("stage_open", n=s.n, re=s.re)
        if s.ac is None
        else voice.sentence("stage", n=s.n, ac=s.ac, re=s.re)
        for s in plan.stages
    ]
    if plan.full:
        parts.insert(0, voice.sentence("full"))
    if plan.code_letter:
        parts.append(voice.sentence("letters", code=plan.code_letter, plan=plan.plan_letter))
    return voice.sentence("plan", aql=_aql(ledger, plan.aql), stages=voice.joined(parts))


def _aql(ledger: Ledger, aql: str) -> Texts:
    return ledger.voice.show(aql) if aql == "zero" else ledger.voice.sentence("aql", aql=aql)
