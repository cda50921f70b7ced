"""
Three sides of each clause: what the base said when a house last looked, what it says now, and what the house says.

Pure: what becomes of a clause follows from the three, and so does what the house has seen afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from enum import StrEnum

from lotproof.changes.model import Change
from lotproof.frozen import Frozen
from lotproof.upkeep.base_lock import Lock, lock_of
from lotproof.upkeep.house_diff import compare_default, compare_label, compare_provisions
from lotproof.upkeep.said import DEFAULT, LABEL, Own, Said, digest_of, provision_of
from lotproof.upkeep.said_catalogue import compare_said
from lotproof.wording.sentences import SentenceError


class Outcome(StrEnum):
    """What becomes of a clause."""

    ARRIVES = "arrives"
    """The base has changed it, and the house says nothing that stands against it."""
    CONFLICT = "conflict"
    """Both have changed it."""
    GONE = "gone"
    """The house replaces it, and the base no longer has it: a conflict."""
    TWICE = "twice"
    """The house has added it, and now the base has a clause of this id too: a conflict."""
    SUPERFLUOUS = "superfluous"
    """What the house says is what the base says by now, or it removes what nobody has."""
    REMOVED = "removed"
    """The house removes it, and the base has changed it: to be known."""
    KEPT = "kept"
    """The house replaces or removes it, and the base has not changed it."""


CONFLICTS = (Outcome.CONFLICT, Outcome.GONE, Outcome.TWICE)


class Clause(Frozen, kw_only=True):
    """
    A clause of a house whose base has moved.

    Attributes:
        where: file and line of the house, or empty where it says nothing itself.
        old, new: what the base said when the house last looked, and says now; None where it had or has none, or its text is not known.
        own: what the house says.
        changes: from old to new, of meaning first; empty where the old text is not known.
    """

    id: str
    outcome: Outcome
    where: str
    old: Said | None
    new: Said | None
    own: Said | None
    changes: tuple[Change, ...]


def three_way(
    seen: Lock, now: Mapping[str, Said], own: Mapping[str, Own], removes: Collection[str], where: str = ""
) -> Iterator[Clause]:
    """
    Yield what becomes of each clause that somebody has touched.

    Args:
        seen: what the house has seen of its base.
        now: what the base says.
        own: what the house says itself.
        removes: ids of what it leaves out; ``where`` is the place that says so.
    """
    for name in dict.fromkeys((*now, *seen.digests, *own, *removes)):
        new, mine = now.get(name), own.get(name)
        changed = seen.digests.get(name) != (None if new is None else digest_of(new))
        old = seen.texts.get(name) if changed else new
        place = mine.where if mine else where if name in removes else ""
        outcome = _outcome(old, new, mine, changed=changed, known=name in seen.digests, removed=name in removes)
        if outcome is Outcome.GONE and name.startswith(DEFAULT):
            outcome = Outcome.KEPT  # it stands by itself
        if outcome is not None:
            changes = _changes(name, old, new) if changed and (old or name not in seen.digests) else ()
            said = mine.said if mine else None
            yield Clause(id=name, outcome=outcome, where=place, old=old, new=new, own=said, changes=changes)


def _outcome(
    old: Said | None, new: Said | None, own: Own | None, *, changed: bool, known: bool, removed: bool
) -> Outcome | None:
    if own is not None and not own.replaces:
        if new is None:
            return None  # its own clause
        return Outcome.SUPERFLUOUS if _same(own.said, new) else Outcome.TWICE
    if own is not None:
        if new is None:
            return Outcome.GONE if known else None  # it replaces what nobody ever had: told by house check
        if _same(own.said, new):
            return Outcome.SUPERFLUOUS
        if not changed or not known:
            return Outcome.KEPT
        fields = [field for field in own.said if old is None or old.get(field) != new.get(field)]
        return Outcome.CONFLICT if any(own.said[field] != new.get(field) for field in fields) else Outcome.ARRIVES
    if removed:
        if new is None:
            return Outcome.SUPERFLUOUS if known else None
        return Outcome.REMOVED if changed and known else Outcome.KEPT
    return Outcome.ARRIVES if changed else None


def _same(own: Said, base: Said) -> bool:
    return all(base.get(field) == value for field, value in own.items())


def _changes(name: str, old: Said | None, new: Said | None) -> tuple[Change, ...]:
    """Return what the base has changed in a clause; nothing where its texts cannot be read."""
    if name.startswith(DEFAULT):
        values = (None if one is None else one.get("value") for one in (old, new))
        return compare_default(name.removeprefix(DEFAULT), *values)
    if name.startswith(LABEL):
        return compare_label(name.removeprefix(LABEL), old or {}, new or {})
    if not any(one is not None and "paragraph" in one for one in (old, new)):
        return compare_said(name, old, new)
    with suppress(SentenceError, KeyError, TypeError, AttributeError):
        return compare_provisions(*(None if one is None else provision_of(name, one) for one in (old, new)))
    return ()


def seen_after(seen: Lock, base: str, version: str, now: Mapping[str, Said], waiting: Collection[str]) -> Lock:
    """Return what the house has seen once it is updated; of a conflict that waits, what it had seen before."""
    new = lock_of(base, version, now)
    digests = {name: digest for name, digest in new.digests.items() if name not in waiting}
    texts = {name: said for name, said in new.texts.items() if name not in waiting}
    return Lock(
        base=new.base,
        version=new.version,
        digests={**digests, **{name: seen.digests[name] for name in waiting if name in seen.digests}},
        texts={**texts, **{name: seen.texts[name] for name in waiting if name in seen.texts}},
    )
