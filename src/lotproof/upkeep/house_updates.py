"""
A house whose base has changed: three-way, clause by clause.

What the house does not say itself arrives, because it stands on its base. What it says itself stays, and where the base has changed the same clause
the three texts are put beside each other until somebody decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from lotproof.changes.model import Change
from lotproof.findings import Finding, Refused, Severity, did_you_mean, quoted
from lotproof.frozen import frozen
from lotproof.messages import say
from lotproof.sources import parse_toml
from lotproof.templates import Templates, load_folder
from lotproof.templates.folders import HouseFolder, read_house, stack
from lotproof.upkeep.base_lock import Lock, lock_of, lock_text, read_lock
from lotproof.upkeep.house_diff import compare_label, compare_provisions
from lotproof.upkeep.house_versions import version_beside
from lotproof.upkeep.said import LABEL, Own, Said, digest_of, own_of, path_of_lock, provision_of, said_of
from lotproof.upkeep.said_catalogue import catalogue_own, catalogue_said, compare_said
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


@frozen(kw_only=True)
class Clause:
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


@frozen(kw_only=True)
class Update:
    """
    What an update brings, and the files that it writes.

    Attributes:
        base: id of the house beneath.
        old, new: its versions.
        clauses: those that are told, in the order of the contract.
        files: name and content of each file that differs from what stands there, in the order of writing.
    """

    house: HouseFolder
    base: str
    old: str
    new: str
    clauses: tuple[Clause, ...]
    files: Mapping[str, bytes]

    @property
    def conflicts(self) -> tuple[Clause, ...]:
        """The clauses that wait for a decision."""
        return tuple(one for one in self.clauses if one.outcome in CONFLICTS)


def update(folder: Path, base: Path | None = None, before: Path | None = None, decided: Collection[str] = ()) -> Update:
    """
    Compare a house with its base as it is now.

    Args:
        base: the base, where it is not the one that the house stands on as it lies.
        before: the base as the house was written for it, where the house keeps no lock.
        decided: ids of conflicts in which the words of the house stay.

    Raises:
        Refused: a house is none (LP900, LP901), its lock was edited, or nobody knows the earlier base (LP941), ``base`` is another house, or
            not the version that the house stands on (LP942), ``decided`` names no conflict (LP943).
    """
    house, beneath = _beneath(folder, base)
    templates = load_folder(beneath.path)
    on_top = catalogue_own(house)
    now = {**said_of(templates), **catalogue_said(stack(beneath.path), on_top)}
    seen = _seen(house, beneath, now, before, on_top)
    own = {**own_of(house, now), **on_top}
    removes = [one.id for one in house.removes]
    clauses = tuple(three_way(seen, now, own, removes, f"{house.path.name}/house.toml: removes"))
    _known(decided, clauses)
    clauses = tuple(one for one in clauses if one.id not in decided)
    waiting = {one.id for one in clauses if one.outcome in CONFLICTS}
    lock = seen_after(seen, beneath.id, templates.version, now, waiting)
    touched = {*own, *removes}
    files = _files(house, templates.version, lock_text(lock, touched))
    return Update(house=house, base=beneath.id, old=seen.version, new=templates.version, clauses=clauses, files=files)


def first_lock(base: Templates, touched: Collection[str]) -> bytes:
    """Return the lock of a house that begins on top of ``base``."""
    return lock_text(lock_of(base.id, base.version, said_of(base)), touched).encode()


def undecided(houses: tuple[HouseFolder, ...]) -> Iterator[Finding]:
    """LP944, LP945: conflicts that wait for a decision in the topmost house, and what it says for nothing; only where it keeps a lock."""
    house = houses[-1]
    if len(houses) < 2 or read_lock(house) is None:
        return
    for one in update(house.path).clauses:
        if one.outcome in CONFLICTS:
            yield Finding(
                where=one.where,
                code="LP944",
                severity=Severity.OPEN,
                message=say("{id} was changed here and in {base}", id=one.id, base=houses[-2].id),
                hint=say("read the three texts: lotproof house update {folder}", folder=str(house.path)),
            )
        elif one.outcome is Outcome.SUPERFLUOUS:
            yield Finding(
                where=one.where,
                code="LP945",
                severity=Severity.NOTE,
                message=say("{id} says what {base} says by now", id=one.id, base=houses[-2].id),
                hint=say("take it out of this house"),
            )


# the three sides


def _beneath(folder: Path, base: Path | None) -> tuple[HouseFolder, HouseFolder]:
    """LP942: return a house, and the one beneath it."""
    houses = stack(folder)
    if len(houses) < 2:
        message, hint = say("stands on no house"), say("give a house that has a base")
        raise Refused([Finding(where=str(folder), code="LP942", message=message, hint=hint)])
    house, stands_on = houses[-1], houses[-2]
    if base is None:
        return house, stands_on
    given = read_house(base)
    if given.id != stands_on.id:
        message = say(
            "{given} is not the base of {house}, which is {base}", given=given.id, house=house.id, base=stands_on.id
        )
        hint = say("give a version of {base}", base=stands_on.id)
        raise Refused([Finding(where=str(base), code="LP942", message=message, hint=hint)])
    return house, given


def unlike(folder: Path, base: Path | None) -> tuple[Finding, ...]:
    """LP942: the base that was given is not the one with which the house is built, so that nothing may be written."""
    house, given = _beneath(folder, base)
    stands_on = stack(folder)[-2]
    if (
        given.path.resolve() == stands_on.path.resolve()
        or load_folder(given.path).fingerprint == load_folder(stands_on.path).fingerprint
    ):
        return ()
    message = say(
        "{house} is built with {base} {version} in {folder}, which is not the one given",
        house=house.id,
        base=stands_on.id,
        version=stands_on.version,
        folder=str(stands_on.path),
    )
    hint = say("put the new version there first, or look only: --check")
    return (Finding(where="--base", code="LP942", message=message, hint=hint),)


def _seen(
    house: HouseFolder, beneath: HouseFolder, now: Mapping[str, Said], before: Path | None, also: Collection[str]
) -> Lock:
    """LP941: return what the house has seen: its lock, or the earlier base itself."""
    lock = read_lock(house)
    version = lock.version if lock else house.base_version
    earlier = before or version_beside(beneath, version)
    found = None
    if earlier is not None:
        said = now
        if earlier != beneath.path:
            said = {**said_of(load_folder(earlier)), **catalogue_said(stack(earlier), also)}
        found = lock_of(beneath.id, read_house(earlier).version, said)
    if lock is None and found is None:
        message = say("nobody knows what {base} {version} said", base=beneath.id, version=version or "?")
        hint = say(
            "give the folder of that version: --from DIR, or keep it beside {folder} as {name}",
            folder=str(beneath.path),
            name=f"{beneath.path.name}@{version or '1.0.0'}",
        )
        raise Refused([Finding(where=f"{house.path.name}/house.toml", code="LP941", message=message, hint=hint)])
    if lock is None or found is None:
        return lock or found or lock_of(beneath.id, version, now)
    known = {name: said for name, said in found.texts.items() if lock.digests.get(name) == found.digests[name]}
    return Lock(base=lock.base, version=lock.version, digests=lock.digests, texts={**known, **lock.texts})


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
    if name.startswith(LABEL):
        return compare_label(name.removeprefix(LABEL), old or {}, new or {})
    if not any(one is not None and "paragraph" in one for one in (old, new)):
        return compare_said(name, old, new)
    with suppress(SentenceError, KeyError, TypeError, AttributeError):
        return compare_provisions(*(None if one is None else provision_of(name, one) for one in (old, new)))
    return ()


def _known(decided: Collection[str], clauses: tuple[Clause, ...]) -> None:
    """LP943: what was decided is no conflict, or one that only another file decides."""
    findings = []
    open_ = {one.id: one for one in clauses if one.outcome in CONFLICTS}
    for name in decided:
        one = open_.get(name)
        if one is None:
            message, hint = say("{id} is no conflict", id=quoted(name)), did_you_mean(name, open_)
        elif one.outcome is Outcome.GONE:
            message = say("{id} replaces what the base no longer has", id=name)
            hint = say("make it a clause of this house's own, without replaces and with all keys, or take it out")
        elif one.outcome is Outcome.TWICE:
            message = say("{id} is a clause of the base now", id=name)
            hint = say('write replaces = "{id}", give it another id, or take it out', id=name)
        else:
            continue
        findings.append(Finding(where="--decided", code="LP943", message=message, hint=hint))
    if findings:
        raise Refused(findings)


# what is written


def _files(house: HouseFolder, version: str, lock: str) -> dict[str, bytes]:
    """Return the files that change, ``house.toml`` first: who is stopped between the two is told everything again."""
    place = house.path / "house.toml"
    content = place.read_bytes()
    wanted = {"house.toml": content, path_of_lock(house).name: lock.encode()}
    if house.base_version != version:
        wanted["house.toml"] = _with_version(content, version)
    return {
        name: text
        for name, text in wanted.items()
        if not (house.path / name).is_file() or (house.path / name).read_bytes() != text
    }


def _with_version(content: bytes, version: str) -> bytes:
    """Return a ``house.toml`` with another ``base_version``, everything else as it stands."""
    import tomlkit

    _, text = parse_toml(content, "house.toml")
    document = tomlkit.parse(text)
    document["base_version"] = version
    return tomlkit.dumps(document).encode()
