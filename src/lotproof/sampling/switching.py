"""
Switching between normal, tightened and reduced inspection, over the lots of one factory, product and defect class.

A pure state machine: :func:`after` takes one lot, :func:`next_severity` a whole history. Lots count as first presented; lots that
were sorted and presented again do not. The inspection level stays as it is when the severity changes.

Sources: ISO 2859-1:1999, 9.3 (switching score) and 9.4 (discontinuation); MIL-STD-105E and ANSI/ASQ Z1.4-2003, switching
procedures (ten lots accepted, limit numbers where they are used).
"""

from __future__ import annotations

from collections.abc import Sequence

from lotproof.findings import Finding, Refused
from lotproof.frozen import Frozen, replace
from lotproof.messages import Message, say
from lotproof.sampling.history import SCORING, Inspected, unknowns
from lotproof.sampling.model import word

SCORE_TO_REDUCED = 30
LOTS_TO_REDUCED = 10
ACCEPTED_TO_NORMAL = 5
NOT_ACCEPTED_TO_STOP = 5


class State(Frozen, kw_only=True):
    """
    Where a series stands between two lots.

    Attributes:
        severity: of :data:`~lotproof.sampling.history.SEVERITIES`, or ``discontinued``.
        run: lots first presented since this severity began: number, and whether it passed.
        score: switching score, under normal inspection by ISO 2859-1.
        why: how the last lot led here, in words.
    """

    severity: str = "normal"
    run: tuple[tuple[str, bool], ...] = ()
    score: int = 0
    why: Message = say("no lot has been inspected yet: inspection starts normal")


class Next(Frozen, kw_only=True):
    """
    What the next lot is to be inspected under.

    Attributes:
        severity: of :data:`~lotproof.sampling.history.SEVERITIES`, or ``discontinued``.
        why: in words.
        score: switching score; None where the standard has none.
        reduced_allowed: the lots alone would allow reduced inspection.
        state: for the lots to come.
    """

    severity: str
    why: Message
    score: int | None
    reduced_allowed: bool
    state: State


def next_severity(
    lots: Sequence[Inspected],
    standard: str,
    *,
    steady: bool = False,
    approved: bool = False,
    limit_numbers_met: bool | None = None,
    start: str = "normal",
) -> Next:
    """
    Return the severity of the next lot, and why.

    Args:
        lots: in the order of production; all since inspection began.
        steady: production is at a steady rate.
        approved: the responsible authority (the buyer) wants reduced inspection.
        limit_numbers_met: the ten lots meet the limit number (MIL-STD-105E, Table VIII); None where it is not used.
        start: severity of the first lot, where the responsible authority has directed another than normal.

    Raises:
        Refused: a lot says something unknown (LP156), or was inspected as the rules do not provide (LP157).
    """
    findings = list(unknowns(lots, standard, start))
    state = (
        State()
        if start == "normal"
        else State(severity=start, why=say("inspection starts {severity}, as directed", severity=word(start)))
    )
    if not findings:
        for number, lot in enumerate(lots, 1):
            entered = _entering(state, lot, standard)
            if entered is None:
                findings.append(_out_of_line(number, lot, state))
                break
            state = after(entered, lot, standard)
    if findings:
        raise Refused(findings)
    allowed = _reduced_allowed(state, standard) and limit_numbers_met is not False
    severity, why = state.severity, state.why
    if allowed and steady and approved:
        severity = "reduced"
        why = say("{why}; production is steady and reduced inspection is approved: reduced", why=why)
    elif allowed:
        conditions = ((say("steady production"), steady), (say("approval"), approved))
        missing = [words for words, there in conditions if not there]
        why = say(
            "{why}: reduced inspection needs {missing: and } besides, until then normal", why=why, missing=missing
        )
    elif _reduced_allowed(state, standard):
        why = say("{why}, but not within the limit number: normal", why=why)
    return Next(
        severity=severity,
        why=why,
        score=state.score if standard in SCORING and severity == "normal" else None,
        reduced_allowed=allowed,
        state=state,
    )


def after(state: State, lot: Inspected, standard: str) -> State:
    """Return the state after a lot that was inspected under the severity of ``state``."""
    if not lot.original:
        why = say(
            "lot {lot} was presented again and does not count: {severity}", lot=lot.lot, severity=word(state.severity)
        )
        return replace(state, why=why)
    run = (*state.run, (lot.lot, lot.accepted))
    match state.severity:
        case "normal":
            return _after_normal(state, run, lot, standard)
        case "tightened":
            return _after_tightened(run)
        case _:
            return _after_reduced(run, lot)


def _after_normal(state: State, run: tuple[tuple[str, bool], ...], lot: Inspected, standard: str) -> State:
    failed = [i for i in range(max(0, len(run) - 5), len(run)) if not run[i][1]]
    if len(failed) >= 2:
        why = say(
            "2 of {count} consecutive lots not accepted ({lots}): tightened",
            count=failed[-1] - failed[0] + 1,
            lots=[run[i][0] for i in failed],
        )
        return State(severity="tightened", why=why)
    if standard in SCORING:
        points = _points(lot)
        score = state.score + points if points else 0
        what = (
            say("lot {lot} adds {points}", lot=lot.lot, points=points)
            if points
            else say("lot {lot} sets it back", lot=lot.lot)
        )
        why = say("switching score {score} of {wanted} ({what})", score=score, wanted=SCORE_TO_REDUCED, what=what)
        return State(run=run, score=score, why=why)
    series = _accepted_in_a_row(run)
    why = say(
        "{count} of {wanted} consecutive lots accepted under normal inspection", count=series, wanted=LOTS_TO_REDUCED
    )
    return State(run=run, why=why)


def _points(lot: Inspected) -> int:
    """Return what a lot adds to the switching score; 0 sets it back (ISO 2859-1:1999, 9.3.3.2)."""
    if not lot.accepted:
        return 0
    if lot.kind == "single":
        if lot.ac is not None and lot.ac >= 2:
            return 3 if lot.passes_tighter else 0
        return 2
    return 3 if lot.decided_on <= (1 if lot.kind == "double" else 3) else 0


def _after_tightened(run: tuple[tuple[str, bool], ...]) -> State:
    failed = [name for name, accepted in run if not accepted]
    series = _accepted_in_a_row(run)
    if len(failed) >= NOT_ACCEPTED_TO_STOP:
        why = say(
            "{count} lots not accepted under tightened inspection ({lots}); inspection resumes, tightened, once the supplier has acted and the buyer agrees that it will work",
            count=len(failed),
            lots=failed,
        )
        return State(severity="discontinued", why=why)
    if series >= ACCEPTED_TO_NORMAL:
        return State(why=say("{count} consecutive lots accepted under tightened inspection: normal", count=series))
    why = say(
        "{count} of {wanted} consecutive lots accepted, {failed} of {most} not accepted: tightened",
        count=series,
        wanted=ACCEPTED_TO_NORMAL,
        failed=len(failed),
        most=NOT_ACCEPTED_TO_STOP,
    )
    return State(severity="tightened", run=run, why=why)


def _after_reduced(run: tuple[tuple[str, bool], ...], lot: Inspected) -> State:
    if not lot.accepted:
        return State(why=say("lot {lot} was not accepted under reduced inspection: normal", lot=lot.lot))
    if lot.between:
        return State(why=say("lot {lot} passed with more than Ac and fewer than Re: normal", lot=lot.lot))
    if lot.irregular:
        why = say("production was irregular, or other conditions called for it, after lot {lot}: normal", lot=lot.lot)
        return State(why=why)
    why = say("lot {lot} was accepted and production is steady: reduced", lot=lot.lot)
    return State(severity="reduced", run=run, why=why)


def _accepted_in_a_row(run: tuple[tuple[str, bool], ...]) -> int:
    return next((i for i, (_, accepted) in enumerate(reversed(run)) if not accepted), len(run))


def _reduced_allowed(state: State, standard: str) -> bool:
    if state.severity != "normal":
        return False
    if standard in SCORING:
        return state.score >= SCORE_TO_REDUCED
    return _accepted_in_a_row(state.run) >= LOTS_TO_REDUCED


def _entering(state: State, lot: Inspected, standard: str) -> State | None:
    """Return the state under which a lot was rightly inspected; None where the rules do not provide for it."""
    if not lot.original or lot.severity == state.severity:
        return None if lot.resumed else state
    match state.severity, lot.severity:
        case "normal", "reduced" if _reduced_allowed(state, standard):
            return State(severity="reduced")
        case "reduced", "normal":
            return State()
        case "discontinued", "tightened" if lot.resumed:
            return State(severity="tightened")
        case _:
            return None


def _out_of_line(number: int, lot: Inspected, state: State) -> Finding:
    """LP157: a lot was inspected as the rules do not provide."""
    if lot.resumed and state.severity != "discontinued":
        message = say("lot {lot} is said to resume inspection, which had not been discontinued", lot=lot.lot)
        hint = say("leave out resumed, or record the lots before it")
    elif state.severity == "discontinued":
        message = say(
            "lot {lot} was inspected {severity} after inspection had been discontinued: {why}",
            lot=lot.lot,
            severity=word(lot.severity),
            why=state.why,
        )
        hint = say("resume with tightened inspection, marked resumed, once action has been agreed and taken")
    else:
        message = say(
            "lot {lot} was inspected {severity}, where {due} was due: {why}",
            lot=lot.lot,
            severity=word(lot.severity),
            due=word(state.severity),
            why=state.why,
        )
        hint = say("judge the lot by the severity that was due, or add the lots that are missing before it")
    return Finding(where=f"lots[{number}]", code="LP157", message=message, hint=hint)
