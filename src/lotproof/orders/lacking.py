"""What is wrong with an order as a whole: minimum items that are missing, clauses to confirm, samples that the lots do not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lotproof.catalog.model import Category, Eased, Minimum
from lotproof.findings import Finding, Severity
from lotproof.houses import House
from lotproof.messages import Message, say
from lotproof.orders.model import Lot, Term
from lotproof.questions.answers import Answers
from lotproof.sampling import NoPlan
from lotproof.templates import Templates


def findings(
    answers: Answers, house: House, terms: tuple[Term, ...], lots: tuple[Lot, ...], found: tuple[Finding, ...]
) -> Iterator[Finding]:
    """
    Yield what is wrong with the terms and lots of an order together.

    Args:
        found: findings of the answers; a blank that is named there is not named twice.
    """
    category, templates = house.category, house.templates
    yield from _missing_minimum(answers, category, terms, found)
    yield from _unread_wording(answers, templates)
    yield from _unverified(answers, terms)
    yield from _used_up(answers, category, terms, lots)
    yield from _larger_than_the_lot(answers, category, terms, lots)
    yield from _pending_on_the_day(answers, category, terms)
    yield from _removed(templates)
    yield from (eased(one, Severity.NOTE) for one in category.eased)


def no_plan(answers: Answers, error: NoPlan) -> Finding:
    """LP133: the sampling standard has no verified plan for what was answered."""
    return Finding(
        where=answers.where(("inspection", "plan")),
        code="LP133",
        message=error.message,
        hint=error.hint or say("choose single sampling, normal inspection, or another AQL"),
    )


def _missing_minimum(
    answers: Answers, category: Category, terms: tuple[Term, ...], found: tuple[Finding, ...]
) -> Iterator[Finding]:
    """LP130: the order lacks an item of the minimum specification of its category."""
    for minimum in category.minimum:
        lacking = _lacks(minimum, answers, category, terms, found)
        if lacking:
            yield Finding(
                where=answers.where(("terms",)),
                code="LP130",
                severity=Severity.OPEN,
                message=say(
                    "minimum specification of {category}: {title} is missing ({lacking})",
                    category=minimum.category,
                    title=minimum.title,
                    lacking=lacking,
                ),
                hint=say("answer it")
                if not minimum.clauses
                else say('fill in [terms."{clause}"]', clause=minimum.clauses[0]),
            )


def eased(one: Eased, severity: Severity) -> Finding:
    """LP971, LP972: a house asks less of something than the catalogue, or leaves it out: a matter of its own in a house, and a note of each order."""
    if one.why:
        message = say("{id} is loosened: {why}", id=one.id, why=one.why)
    else:
        message = say("{house} leaves out {id}, which the catalogue offers", house=one.house, id=one.id)
    hint = say(
        "ask for as much as the catalogue does, or more; if less is meant, the gate report of each order says so"
    )
    return Finding(where=one.where, code="LP971" if one.why else "LP972", severity=severity, message=message, hint=hint)


def _removed(templates: Templates) -> Iterator[Finding]:
    """LP905: a house leaves out what every contract prints otherwise; ``house check`` says so too, and the order keeps it."""
    for left in templates.removed:
        if left.core:
            yield Finding(
                where=f"{left.house}/house.toml",
                code="LP905",
                severity=Severity.NOTE,
                message=say(
                    "{house} removes {id}, which every contract prints: {reason}",
                    house=left.house,
                    id=left.id,
                    reason=left.reason.get("en") or next(iter(left.reason.values())),
                ),
                hint=say('keep it in words of your own: replaces = "{id}"', id=left.id),
            )


def _pending_on_the_day(answers: Answers, category: Category, terms: tuple[Term, ...]) -> Iterator[Finding]:
    """LP136: rows that an inspector must leave pending: no limit to judge by, or a laboratory that reports later."""
    for rows, cause, hint in (
        ([t for t in terms if t.requirement is None], say("no limit is agreed"), say("answer the limit of each")),
        (
            [t for t in terms if t.requirement is not None and t.where == "laboratory"],
            say("the laboratory reports later"),
            say("send the laboratory samples ahead of the inspection, or release on its report"),
        ),
    ):
        if rows:
            titles = {term.clause: _title(category, term) for term in rows}
            yield Finding(
                where=answers.where(("terms",)),
                code="LP136",
                severity=Severity.NOTE,
                message=say(
                    "an inspector leaves pending, as {cause}: {titles:; }", cause=cause, titles=tuple(titles.values())
                ),
                hint=hint,
            )


def _title(category: Category, term: Term) -> Mapping[str, str]:
    programs = category.clauses[term.clause].sentences["title"]
    return {code: "".join(part for part in program if isinstance(part, str)) for code, program in programs.items()}


def _lacks(
    minimum: Minimum, answers: Answers, category: Category, terms: tuple[Term, ...], found: tuple[Finding, ...]
) -> Message | None:
    if minimum.clauses:
        stated = any(t.clause in minimum.clauses and t.requirement is not None for t in terms)
        there = [c for c in minimum.clauses if c in category.clauses]
        return None if stated else say("no limit in {clauses: or }", clauses=there)
    if minimum.answers:
        return _named([a for a in minimum.answers if answers.get(a) is None])
    if minimum.defect_list:
        return None if category.defects else say("the defect list is empty")
    match minimum.every_term:
        case "sample":
            without = [t.id for t in terms if not t.samples]
        case "requirement":
            blanks = " ".join(
                f.where for f in found if f.code == "LP120"
            )  # a blank that is named already is not named twice
            asked = {c for m in category.minimum for c in m.clauses}
            without = [
                t.id for t in terms if t.requirement is None and t.clause not in blanks and t.clause not in asked
            ]
        case _:
            without = []  # method and defect class are mandatory in each clause
    return _named(without)


def _named(names: Sequence[str]) -> Message | None:
    return say("{names}", names=names) if names else None


def _unread_wording(answers: Answers, templates: Templates) -> Iterator[Finding]:
    """LP175: nobody is named who has read the Chinese wording of the provisions as it stands."""
    languages = (answers.get("order.languages") or "en-zh").split("-")
    printed = (*templates.provisions, *templates.exhibits)
    if "zh" not in languages or all("zh" in p.reviewed for p in printed):
        return
    now = templates.wording["zh"]
    confirmed = answers.groups.get("wording") or {}
    if not confirmed:
        message = say("nobody is named who has confirmed the Chinese wording of the provisions ({now})", now=now)
        key = "confirmed_by"
    elif confirmed.get("fingerprint") not in (None, now):
        message = say(
            "the Chinese wording was confirmed as {before} and is {now} now: it was edited since",
            before=confirmed["fingerprint"],
            now=now,
        )
        key = "fingerprint"
    else:
        return
    yield Finding(
        where=answers.where(("wording", key)),
        code="LP175",
        severity=Severity.OPEN,
        message=message,
        hint=say(
            'let a lawyer who reads Chinese read it, then add [wording] with confirmed_by, confirmed_on and fingerprint = "{now}"',
            now=now,
        ),
    )


def _used_up(
    answers: Answers, category: Category, terms: tuple[Term, ...], all_lots: tuple[Lot, ...]
) -> Iterator[Finding]:
    """LP132: the tests that destroy their samples take the whole lot."""
    used: dict[str, int] = {}
    for term in terms:
        if term.destructive and not category.clauses[term.clause].sample.of:
            for sample in term.samples:
                used[sample.lot] = used.get(sample.lot, 0) + sample.n
    for lot in all_lots:
        if used.get(lot.id, 0) >= lot.size:
            yield Finding(
                where=answers.where(("terms",)),
                code="LP132",
                severity=Severity.OPEN,
                message=say(
                    "destructive tests use up {used} of the {size} units of {items}",
                    used=used[lot.id],
                    size=lot.size,
                    items=lot.items,
                ),
                hint=say("leave out a test for this item, order more, or make one lot with other items"),
            )


def _larger_than_the_lot(
    answers: Answers, category: Category, terms: tuple[Term, ...], all_lots: tuple[Lot, ...]
) -> Iterator[Finding]:
    """LP134: a fixed number of units is asked for from a lot that has fewer; every unit of it is then inspected."""
    own = answers.get("inspection.zero_n")
    short = [lot for lot in all_lots if lot.plans and own is not None and own > lot.size]
    if short:
        largest = max(lot.size for lot in all_lots)
        yield Finding(
            where=answers.where(("inspection", "zero_n")),
            code="LP134",
            severity=Severity.NOTE if own <= largest else Severity.REFUSE,
            message=say(
                "{own} units are to be inspected for a class marked zero, and {lot} has {size}",
                own=own,
                lot=short[0].id,
                size=short[0].size,
            ),
            hint=say("nothing to do: every unit of it is inspected")
            if own <= largest
            else say("write {largest} or less, or leave it out", largest=largest),
        )
    for term in terms:
        rule = category.clauses[term.clause].sample
        few = [s for s in term.samples if s.plan == "fixed" and not s.per_unit and not rule.of and s.n < rule.n]
        if few:
            yield Finding(
                where=answers.where(("terms", term.clause)),
                code="LP134",
                severity=Severity.NOTE,
                message=say(
                    "{term} takes {wanted} units, and {lot} has {there} of them",
                    term=term.id,
                    wanted=rule.n,
                    lot=few[0].lot,
                    there=few[0].n,
                ),
                hint=say("nothing to do: every one of them is inspected"),
            )


def _unverified(answers: Answers, terms: tuple[Term, ...]) -> Iterator[Finding]:
    """LP131: the catalogue marks a clause as uncertain and nobody has confirmed it for this order."""
    for clause in dict.fromkeys(t.clause for t in terms if t.unverified):
        yield Finding(
            where=answers.where(("terms", clause)),
            code="LP131",
            severity=Severity.OPEN,
            message=say("{clause} is not verified: confirm its method before use", clause=clause),
            hint=say('check it with the laboratory, then add "{clause}" to confirmed = [...]', clause=clause),
        )
