"""
The rows that an inspector fills in, and the names of their fields: what a checklist prints and what a record answers.

A name is ``<row>.<what>``: a row is a term, with ``#2`` for an entry of its table of requirements and ``/<lot>`` where its sample is drawn from
several lots. The names are for good: files that were filled in years ago are read by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from lotproof.frozen import Frozen
from lotproof.orders.lots import first_sample
from lotproof.orders.model import ClassPlan, LanguageTexts, Lot, Order, Sample, Term
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
    Statistic,
    Within,
)

MOST_CELLS = 60
"""Readings that a row has cells for; a larger sample is recorded by its count."""

RESULTS = ("pass", "fail", "pending")
"""What may be ticked."""

SPARE_DEFECTS = 6
"""Lines for defects that are in no list."""

SERVICES = (
    "pre_shipment",
    "reinspection",
    "in_production",
    "first_article",
    "loading",
    "factory_acceptance",
    "site_acceptance",
    "laboratory_report",
)
"""Kinds of inspection that a checklist offers to choose from."""


class Check(Frozen):
    """One row to fill in: a term, in one lot, for one entry of its table of requirements."""

    term: Term
    sample: Sample
    entry: int | None
    requirement: Requirement | None
    place: str
    """Its place among the rows of its term: ``.2``; empty where there is one."""
    tag: str
    first: bool
    """The first row of its term: the others say "as in row"."""


def checks(order: Order, terms: Iterable[Term] | None = None) -> Iterator[Check]:
    """Yield every row to fill in for some terms, or for all; each term has one at least."""
    for term in order.spec.terms if terms is None else terms:
        rows: list[tuple[int | None, Requirement | None]] = [(None, term.requirement)]
        if isinstance(term.requirement, PerKey):
            rows = [(i, e.requirement) for i, e in enumerate(term.requirement.entries)]
        several = len(term.samples) > 1
        parts = [
            (sample, entry, requirement)
            for sample in term.samples
            for entry, requirement in rows
            if _in_lot(order, term, sample, entry)
        ]
        for number, (sample, entry, requirement) in enumerate(parts, 1):
            place = f".{number}" if len(parts) > 1 else ""
            tag = term.id + (f"#{entry + 1}" if entry is not None else "") + (f"/{sample.lot}" if several else "")
            yield Check(term, sample, entry, requirement, place, tag, number == 1)


def repeated(term: Term) -> bool:
    """Say whether a term is looked at again on arrival: whatever is no paper of the factory."""
    return term.stage not in ("documents", "quantity")


def terms_of(order: Order, form: str) -> tuple[Term, ...]:
    """Return the terms that a form asks for: ``checklist`` all of them, ``arrival`` those that are looked at again."""
    return tuple(term for term in order.spec.terms if form != "arrival" or repeated(term))


def _in_lot(order: Order, term: Term, sample: Sample, entry: int | None) -> bool:
    """Leave out the quantity of an item that is not in the lot."""
    if entry is None or not isinstance(term.requirement, PerKey):
        return True
    key = term.requirement.entries[entry].key
    items = {item for lot in order.inspection.lots for item in lot.items}
    lot = next(lot for lot in order.inspection.lots if lot.id == sample.lot)
    return not isinstance(term.requirement.entries[entry].requirement, Count) or key not in items or key in lot.items


# fields of a row


class Cells(Frozen):
    """Fields ``<row>.<name>`` for one value each, of the kind ``number`` or ``text``."""

    kind: str
    names: tuple[str, ...]


class Figures(Frozen):
    """Fields for a figure that was worked out of the readings: of each machine, or of the sample."""

    names: tuple[str, ...]


class Extremes(Frozen):
    """``lowest``, ``highest``, ``outside`` the limit and ``n`` of a sample too large for cells."""


class Counted(Frozen):
    """``d`` nonconforming among ``n`` units."""


class Found(Frozen):
    """One count ``r1``, over ``n`` units where ``sampled``."""

    sampled: bool


class Classes(Frozen):
    """A count for each sample of each defect class, named as :func:`stage_tags` gives it."""

    plans: tuple[ClassPlan, ...]


class Composition(Frozen):
    """A share in % for each part: ``s1``, ``s2``."""

    parts: int


class Paper(Frozen):
    """``r1``: what the document is called or numbered."""


class Words(Frozen):
    """``r1``: whatever was found, where no limit is agreed."""


Asked = Cells | Figures | Extremes | Counted | Found | Classes | Composition | Paper | Words
"""What a row asks for, besides its result, photograph and document."""


def asked(order: Order, check: Check) -> Asked:
    """Return what a row asks for."""
    sample = check.sample
    if sample.ac is None and check.requirement is not None:
        return Classes(tuple(p for lot in order.inspection.lots if lot.id == sample.lot for p in lot.plans))
    match check.requirement:
        case AtMost() | AtLeast() | Within():
            if sample.plan == "once":
                return Cells("number", ("r1",))
            if check.requirement.statistic in (Statistic.MEAN, Statistic.STDEV):
                units = sample.n // sample.per_unit if sample.per_unit else 1
                return Figures(tuple(f"mean{unit}" for unit in range(1, units + 1)))
            return Extremes() if sample.n > MOST_CELLS else Cells("number", _numbered(sample.n))
        case OneOf():
            return Counted() if sample.n > MOST_CELLS else Cells("text", _numbered(max(1, sample.n)))
        case Count():
            if sample.per_unit and 1 < sample.n <= MOST_CELLS:
                return Cells("number", _numbered(sample.n))
            return Found(sample.plan != "once")
        case Conforms() | Matches():
            return Counted()
        case Documented():
            return Paper()
        case Shares(parts=parts):
            return Composition(len(parts))
        case None:
            return Words()
        case PerKey():
            raise AssertionError("a table of requirements has a row for each entry")
        case _:
            assert_never(check.requirement)


def names(wanted: Asked) -> tuple[str, ...]:
    """Return the names of the fields of what a row asks for."""
    match wanted:
        case Cells(names=found) | Figures(names=found):
            return found
        case Extremes():
            return ("lowest", "highest", "outside", "n")
        case Counted():
            return ("n", "d")
        case Found(sampled=sampled):
            return ("n", "r1") if sampled else ("r1",)
        case Classes(plans=plans):
            return tuple(tag for plan in plans for tag in stage_tags(plan))
        case Composition(parts=parts):
            return tuple(f"s{i}" for i in range(1, parts + 1))
        case Paper() | Words():
            return ("r1",)
        case _:
            assert_never(wanted)


def sections_of(order: Order, terms: Iterable[Term]) -> tuple[str, ...]:
    """Return the parts of the walk that have a line of their own in the conclusion: ``stage_unit`` ... and ``tally``."""
    stages = dict.fromkeys(f"stage_{term.stage}" for term in terms)
    return (*stages, *(("tally",) if order.spec.defects else ()))


def _numbered(n: int) -> tuple[str, ...]:
    return tuple(f"r{i}" for i in range(1, n + 1))


def stage_tags(plan: ClassPlan) -> list[str]:
    """Return the name of each sample of a class: the class, and from the second sample on its number."""
    return [stage_tag(plan.defect_class, place) for place, _ in enumerate(plan.stages, 1)]


def stage_tag(defect_class: str, place: int) -> str:
    """Return the name of a sample of a class, counted from 1."""
    return defect_class if place == 1 else f"{defect_class}.{place}"


def plan_keys(order: Order) -> list[str]:
    """Return the name of each row of the plan: lot, class and, from the second one on, the sample."""
    return [
        f"{lot.id}.{name}"
        for lot in order.inspection.lots
        for name in ([tag for plan in lot.plans for tag in stage_tags(plan)] or ["all"])
    ]


# what the rest of a form names


def judged(order: Order) -> list[str]:
    """Return what passes or fails by itself: each machine, or each lot."""
    if order.inspection.basis == "each":
        return [name for name, _ in machines(order)]
    return [lot.id for lot in order.inspection.lots]


def machines(order: Order) -> list[tuple[str, str]]:
    """Return name and item of each machine of an order in which each is judged by itself, in the order of their numbers."""
    return [
        (f"{line.item} #{unit}", line.item) for line in order.goods.lines for unit in range(1, (line.quantity or 0) + 1)
    ]


def lot_of(order: Order, name: str) -> Lot | None:
    """Return the lot that holds what is judged under a name of :func:`judged`; None where there is none."""
    lots = order.inspection.lots
    if order.inspection.basis != "each":
        return next((lot for lot in lots if lot.id == name), None)
    item = dict(machines(order)).get(name)
    return next((lot for lot in lots if item in lot.items), None)


def accepted(order: Order, size: int, items: Sequence[str]) -> tuple[int, int | None]:
    """
    Return the least and the most units of a lot that the order accepts; None for no end.

    Args:
        size: of the lot: nothing less and nothing more, where no term says otherwise of all its items.
    """
    for term in order.spec.terms:
        if term.stage == "quantity" and isinstance(term.requirement, PerKey):
            counts = {e.key: e.requirement for e in term.requirement.entries if isinstance(e.requirement, Count)}
            known = [counts[item] for item in items if item in counts]
            least = [one.least for one in known if one.least is not None]
            most = [one.most for one in known if one.most is not None]
            if len(least) == len(items):
                return sum(least), sum(most) if len(most) == len(items) else None
    return size, size


def instruments(
    order: Order, languages: Sequence[str], terms: Iterable[Term]
) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    """
    Return each line of the list of equipment: who brings the instrument, and the terms that need it.

    Args:
        languages: in which the form was printed: terms whose instruments read the same there share a line.
    """
    texts: list[LanguageTexts] = [order.texts[language] for language in languages]
    seen: dict[tuple[object, ...], list[Term]] = {}
    for term in terms:
        if term.brought_by in ("inspector", "factory"):
            seen.setdefault(tuple(t.terms[term.id].instrument for t in texts), []).append(term)
    return tuple((needed[0].brought_by, tuple(needed)) for needed in seen.values())


def short_tag(tag: str) -> str:
    """Return a field's tag within Word's 64 characters; a longer one keeps its start and a hash of the whole."""
    if len(tag) <= 64:
        return tag
    import hashlib

    return f"{tag[:51]}~{hashlib.sha256(tag.encode()).hexdigest()[:12]}"


def field_tag(*parts: str) -> str:
    """Return the tag of a field from its parts: ``("machinery.noise", "r1")`` gives ``machinery.noise.r1``."""
    return short_tag(".".join(parts))


# what an arrival names besides

MOST_CODES = 200
"""Units whose lot code has a cell of its own; the order of drawing goes on in the photographs."""

SPARE_CARTONS = 6
"""Lines for damaged cartons."""

DAMAGED = ("carton_no", "damage_kind", "damage", "units_damaged", "photo")
"""What a line of the list of damaged cartons states, in its order: the names of its fields."""

DAMAGES = ("crushed", "wet", "torn", "open")
"""What may be wrong with a carton."""


def drawn_units(order: Order) -> tuple[str, ...]:
    """
    Return the units that are drawn on arrival, in the order of drawing: ``1``, ``2`` of a single lot, ``A/1`` of lot A among
    several, ``HX-420 #2`` where each machine is looked at.
    """
    return tuple(unit_name(order, name, i) for name, n in drawn(order) for i in range(1, n + 1))


def unit_name(order: Order, name: str, number: int) -> str:
    """Return how a unit is called, by its lot or machine and its number in the order of drawing, from 1."""
    if order.inspection.basis == "each":
        return name
    return f"{name}/{number}" if len(order.inspection.lots) > 1 else str(number)


def drawn(order: Order) -> list[tuple[str, int]]:
    """Return how many units of each lot, or each machine, are drawn on arrival."""

    def first(lot: Lot) -> int:
        return first_sample(lot) if lot.plans else lot.size

    if order.inspection.basis == "each":
        return [(name, 1) for name in judged(order)]
    return [(lot.id, first(lot)) for lot in order.inspection.lots]
