"""
A house whose base has changed: three-way, clause by clause.

What the house does not say itself arrives, because it stands on its base. What it says itself stays, and where the base has changed the same clause
the three texts are put beside each other until somebody decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from lotproof.findings import Finding, Refused, Severity, did_you_mean, quoted
from lotproof.frozen import Frozen
from lotproof.messages import say
from lotproof.sources import parse_toml
from lotproof.templates import Templates, load_folder
from lotproof.templates.folders import HouseFolder, read_house, stack
from lotproof.upkeep.base_lock import Lock, lock_of, lock_text, read_lock
from lotproof.upkeep.house_versions import version_beside
from lotproof.upkeep.said import DEFAULT, Said, defaults_own, defaults_said, own_of, path_of_lock, said_of
from lotproof.upkeep.said_catalogue import catalogue_own, catalogue_said
from lotproof.upkeep.three_way import CONFLICTS, Clause, Outcome, seen_after, three_way


class Update(Frozen, kw_only=True):
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
    on_top = {**catalogue_own(house), **defaults_own(house)}
    now = {**said_of(templates), **_beside(beneath.path, on_top)}
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


def first_lock(base: Templates, touched: Collection[str], folder: Path | None = None) -> bytes:
    """Return the lock of a house that begins on top of ``base``; ``folder`` is that of the base, where it does not ship."""
    said = {**said_of(base), **(_beside(folder, {}) if folder is not None else {})}
    return lock_text(lock_of(base.id, base.version, said), touched).encode()


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
        raise Refused([Finding(where=houses[-1].id, code="LP942", message=message, hint=hint)])
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
            said = {**said_of(load_folder(earlier)), **_beside(earlier, also)}
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


def _beside(folder: Path, also: Collection[str]) -> dict[str, Said]:
    """Return what a house says besides its provisions, with everything that it stands on."""
    houses = stack(folder)
    clauses = [name for name in also if not name.startswith(DEFAULT)]
    return {**catalogue_said(houses, clauses), **defaults_said(houses)}


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
