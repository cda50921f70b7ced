"""
How files and their lines in the manifest become part of a case together.

A file is first copied beside its place under a hidden name, ``.lotproof-….tmp``, and is on the disk before anything else happens.
Then the copies are called ``.lotproof-<seq>.part`` after their entries. The one step that makes them part of the case is the renaming
of the new manifest over the old one; after it the copies get their names. Whoever comes later can tell a copy that is waited for
from one that nobody knows, so that a process which is cut short leaves the case as it was or as it was to be.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from lotproof.cases.folder import NO_FOLLOW, items, shown
from lotproof.cases.hashing import hash_file
from lotproof.cases.model import FOLDERS, MANIFEST, STAMPS, Case, Entry
from lotproof.frozen import Frozen

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_FOLLOW
_OWN = re.compile(r"\.lotproof-(?:[0-9a-f]{16}\.tmp|(?P<seq>[0-9]{1,9})\.part)")


class Swept(Frozen, kw_only=True):
    """
    What a process that was cut short had left.

    Attributes:
        finished: files of the manifest that have taken their places now.
        removed: copies that nobody knew, and that are gone.
        stuck: copies of files in whose place something else lies: both are kept.
    """

    finished: tuple[str, ...]
    removed: tuple[str, ...]
    stuck: tuple[str, ...]


def is_part(name: str) -> bool:
    """Say whether a file is a copy of ours that has not taken its place."""
    return _OWN.fullmatch(name) is not None


def part_of(entry: Entry) -> str:
    """Return the path of the copy that waits to take the place of an entry's file."""
    folder, _, _ = entry.path.rpartition("/")
    return f"{folder}/.lotproof-{entry.seq}.part"


def temporary(folder: Path) -> Path:
    """Return a name for a copy that is under way."""
    return folder / f".lotproof-{os.urandom(8).hex()}.tmp"


def create(path: Path) -> BinaryIO:
    """Create a file that only its owner can read; one that is there already is left alone (FileExistsError)."""
    return os.fdopen(os.open(path, _NEW, 0o600), "wb", buffering=0)


def make_folder(root: Path, folder: str) -> Path:
    """
    Make a folder of a case, with those above it, and return it.

    Raises:
        OSError: it cannot be made, or a part of it is a link or no folder.
    """
    place = root
    for name in folder.split("/"):
        place /= name
        with suppress(FileExistsError):
            place.mkdir(mode=0o700)
        if not stat.S_ISDIR(os.lstat(place).st_mode):
            raise NotADirectoryError(20, f"{shown(place.relative_to(root))} is a link or no folder")
    return place


def commit(root: Path, manifest: bytes, placed: Iterable[tuple[Entry, Path | None]]) -> None:
    """
    Make files part of the case: all of them or, whatever happens, none.

    Args:
        manifest: the whole new manifest.
        placed: each new entry with the copy that is to take its place, None where its file lies there already.

    Raises:
        OSError: the manifest could not be written, and the case is as before; or a file could not take its name, and :func:`sweep`
            will give it.
    """
    waited = [(entry, copy) for entry, copy in placed if copy is not None]
    for entry, copy in waited:
        copy.replace(root / part_of(entry))
    for folder in {(root / entry.path).parent for entry, _ in waited}:
        sync_folder(folder)
    write_manifest(root, manifest)
    _finish(root, (entry for entry, _ in waited))


def write_manifest(root: Path, content: bytes) -> None:
    """Replace the manifest in one step."""
    beside = temporary(root)
    try:
        with create(beside) as file:
            write_all(file, content)
            os.fsync(file.fileno())
        beside.replace(root / MANIFEST)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(root)


def sweep(root: Path, case: Case | None) -> Swept:
    """
    Bring a case to rest after a process that was cut short, while it is locked.

    Args:
        case: as the manifest on the disk tells it now.
    """
    left = _left(root)
    if not left:
        return Swept(finished=(), removed=(), stuck=())
    known = {} if case is None else {part_of(entry): entry for entry in case.entries}
    waited = {path: known[path] for path in left if path in known}
    finished = _finish(root, waited.values())
    removed, stuck = [], []
    for path in left:
        entry = waited.get(path)
        if entry is not None and entry.path in finished:
            continue
        if entry is not None and not _holds(root, entry):
            stuck.append(path)
            continue
        (root / path).unlink()
        removed.append(path)
    return Swept(finished=finished, removed=tuple(removed), stuck=tuple(stuck))


def _finish(root: Path, entries: Iterable[Entry]) -> tuple[str, ...]:
    """Give the copies that are waited for their names, and return these; what already lies at a name stays."""
    done = []
    for entry in entries:
        part, target = root / part_of(entry), root / entry.path
        if os.path.lexists(part) and not os.path.lexists(target) and _rename(part, target):
            done.append(entry.path)
    for folder in {(root / path).parent for path in done}:
        sync_folder(folder)
    return tuple(done)


def _rename(part: Path, target: Path) -> bool:
    """Rename, but never over a file that somebody has put there meanwhile."""
    try:
        os.link(part, target, follow_symlinks=False)
    except FileExistsError:
        return False
    except (OSError, NotImplementedError):  # a file system without second names, such as that of a memory card
        if os.path.lexists(target):
            return False
        part.rename(target)
        return True
    part.unlink()
    return True


def _holds(root: Path, entry: Entry) -> bool:
    """Say whether the file of an entry lies in its place."""
    try:
        return hash_file(root / entry.path, size=entry.size) == entry.sha256
    except OSError:
        return False


def _left(root: Path) -> list[str]:
    """Return every copy of ours that lies about."""
    found = []
    with os.scandir(root) as scan:
        found += [entry.name for entry in scan if is_part(entry.name)]
    for name in (*FOLDERS, STAMPS):
        if (root / name).is_dir() and not (root / name).is_symlink():
            found += [f"{name}/{path}" for path in _parts_below(root / name)]
    return found


def _parts_below(folder: Path) -> Iterator[str]:
    return (item.path for item in items(folder) if item.kind == "file" and is_part(item.path.rpartition("/")[2]))


def write_all(file: BinaryIO, content: bytes | memoryview) -> None:
    """Write all of it to a file without a buffer."""
    view = memoryview(content)
    while view:
        view = view[file.write(view) :]


def sync_folder(folder: Path) -> None:
    """Put the names of a folder on the disk; a system that cannot do it goes without."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
