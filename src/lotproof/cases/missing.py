"""What a case has, what it lacks, and by when: the list of ``spec_catalog/rules/evidence.toml`` against files and clocks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lotproof.cases.folder import shown
from lotproof.cases.looking import shows
from lotproof.cases.model import Case, Entry
from lotproof.cases.rules import Needed, Rules, shipped_rules
from lotproof.clocks.model import Deadline, Event
from lotproof.findings import Finding, Severity
from lotproof.frozen import Frozen
from lotproof.messages import Message, as_it_stands, say
from lotproof.orders.model import Order
from lotproof.records.rows import drawn_units, repeated


class Standing(Frozen, kw_only=True):
    """
    One thing that a case has to hold, as it stands.

    Attributes:
        state: ``there``, ``partly``, ``missing``; ``not needed`` where the order has nothing that asks for it.
        files: paths of the files that count.
        doubtful: paths of the files that do not count: pictures that are none, or are cut off.
        lacking: units or terms without a file, in the order of the order.
        of: how many units or terms there are; 0 where one file is enough.
        due: the day by which it is due; None where no clock says.
        clock: title of the clock; None where the order has none.
        needs: events that have to be entered before a day is known.
        overdue: it is not there, and the day has passed.
        late: it came after every counting of the clock, by the day in UTC on which the last file that counts was recorded.
    """

    needed: Needed
    state: str
    files: tuple[str, ...]
    doubtful: tuple[str, ...]
    lacking: tuple[str, ...]
    of: int
    due: datetime.date | None
    clock: Mapping[str, str] | None
    needs: tuple[str, ...]
    overdue: bool
    late: bool


def standings(
    case: Case, order: Order, clocks: Iterable[Deadline], today: datetime.date, rules: Rules | None = None
) -> tuple[Standing, ...]:
    """
    Return everything that a case has to hold, in the order of its story.

    Args:
        clocks: of the order, with what happened to it: :func:`lotproof.clocks.deadlines.deadlines`.
        today: what is overdue.
        rules: those that ship, where none are given.
    """
    by_id = {clock.id: clock for clock in clocks}
    files = _once(case)
    wanted = _wanted(order)
    return tuple(_standing(needed, files, wanted, by_id, today) for needed in (rules or shipped_rules()).needed)


def _once(case: Case) -> list[Entry]:
    """Return the files that count: of several with one content the first, and those that are declared copies."""
    seen: set[str] = set()
    found = []
    for entry in case.files().values():
        if entry.duplicate_of or entry.sha256 not in seen:
            found.append(entry)
        seen.add(entry.sha256)
    return found


def _wanted(order: Order) -> Mapping[str, tuple[str, ...]]:
    terms = order.spec.terms
    return {
        "": (),
        "units": drawn_units(order),
        "arrival_terms": tuple(
            t.id for t in terms if repeated(t) and t.stage != "laboratory" and "photo" in t.evidence
        ),
        "laboratory_terms": tuple(t.id for t in terms if t.stage == "laboratory"),
        "document_terms": tuple(t.id for t in terms if t.stage == "documents"),
    }


def _standing(
    needed: Needed,
    files: Sequence[Entry],
    wanted: Mapping[str, tuple[str, ...]],
    clocks: Mapping[str, Deadline],
    today: datetime.date,
) -> Standing:
    mine = [
        e for e in files if e.what in needed.any_of and (not needed.folder or e.path.startswith(f"{needed.folder}/"))
    ]
    counting = [entry for entry in mine if shows(entry)]
    one_by_one = wanted[needed.each]
    named = {label for entry in counting for label in (entry.units if needed.each == "units" else entry.terms)}
    if needed.each:
        counting = [e for e in counting if set(e.units if needed.each == "units" else e.terms) & set(one_by_one)]
    lacking = tuple(label for label in one_by_one if label not in named)
    if needed.each and not one_by_one:
        state = "not needed"
    elif needed.each:
        state = "there" if not lacking else "partly" if len(lacking) < len(one_by_one) else "missing"
    else:
        state = "there" if counting else "missing"
    clock = clocks.get(needed.clock)
    due = clock.day if clock else None
    last = max((entry.recorded.date() for entry in counting), default=None)
    latest = max((c.day for c in clock.countings), default=None) if clock else None
    open_ = state in ("missing", "partly")
    return Standing(
        needed=needed,
        state=state,
        files=tuple(entry.path for entry in counting),
        doubtful=tuple(entry.path for entry in mine if not shows(entry)),
        lacking=lacking,
        of=len(one_by_one),
        due=due,
        clock=clock.title if clock else None,
        needs=tuple(need.name for group in clock.needs for need in group if need.kind == "event") if clock else (),
        overdue=open_ and due is not None and due < today and needed.minimum and not needed.if_defective,
        late=state == "there" and last is not None and latest is not None and last > latest,
    )


def faults(case: Case, found: Sequence[Standing], events: Iterable[Event]) -> Iterator[Finding]:
    """LP852: evidence of the minimum that is overdue, or came late; LP853: photographs of the seal that were taken after it was open."""
    for standing in found:
        needed = standing.needed
        if standing.overdue:
            message = say(
                "{title}: {lacks}; it was due on {day}",
                title=needed.title,
                lacks=_lacks(standing),
                day=standing.due or "",
            )
            hint = say("{todo} Late evidence is still evidence", todo=needed.todo)
            yield Finding(where=needed.id, code="LP852", severity=Severity.OPEN, message=message, hint=hint)
        if standing.late:
            message = say(
                "{title}: recorded after {day}, by the latest counting too", title=needed.title, day=standing.due or ""
            )
            hint = say("say in the claim when it was made: its own date, messages and time stamps count")
            yield Finding(where=needed.id, code="LP852", severity=Severity.NOTE, message=message, hint=hint)
    yield from _seals(case, {event.name: event for event in events})


def _lacks(standing: Standing) -> Message:
    if standing.state == "missing":
        return say("nothing of it is there")
    return say("{n} of {of} are missing", n=len(standing.lacking), of=standing.of)


def _seals(case: Case, events: Mapping[str, Event]) -> Iterator[Finding]:
    """LP853: every photograph of the seal was taken later than one of a unit, or than the day of the opening."""
    files = _once(case)
    seals = [e for e in files if e.what == "seal" and _taken(e)]
    units = [e for e in files if e.what in ("unit", "comparison") and _taken(e)]
    opening = events.get("opening")
    if not seals:
        return
    first = min(seals, key=_taken)
    unit = min(units, key=_taken, default=None)
    hint = say(
        "find the photographs from before the opening; without them nobody can exclude that the goods were exchanged in transit"
    )
    if unit is not None and _taken(unit) < _taken(first):
        message = say(
            "the first photograph of the seal was taken on {taken}, after that of a unit: {path} on {day}",
            taken=_taken(first),
            path=shown(unit.path),
            day=_taken(unit),
        )
    elif opening is not None and _taken(first)[:10] > opening.day.isoformat():
        message = say(
            "the first photograph of the seal was taken on {taken}, after the opening on {day}",
            taken=_taken(first),
            day=opening.day,
        )
    else:
        return
    yield Finding(where=shown(first.path), code="LP853", severity=Severity.OPEN, message=message, hint=hint)


def _taken(entry: Entry) -> str:
    """Return the local time of the camera; empty where it is not known."""
    return entry.picture.taken if entry.picture is not None and shows(entry) else ""


def ranges(labels: Sequence[str], most: int = 6) -> Message:
    """Return labels in short: ``1 to 14, 17, 19 to 200``; what is more than ``most`` parts is counted."""
    parts: list[Message] = []
    place = 0
    while place < len(labels):
        end = place
        while end + 1 < len(labels) and _follows(labels[end], labels[end + 1]):
            end += 1
        first, last = labels[place], labels[end]
        parts.append(as_it_stands(first) if end == place else say("{first} to {last}", first=first, last=last))
        place = end + 1
    if len(parts) > most:
        return say("{names} and {n} more", names=parts[:most], n=len(parts) - most)
    return say("{names}", names=parts)


def _follows(one: str, other: str) -> bool:
    return one.isdigit() and other.isdigit() and int(other) == int(one) + 1
