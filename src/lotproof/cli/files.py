"""Reading and writing files: each written whole or not at all, none through a link, none that somebody has edited."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from lotproof.findings import Finding, Refused, refuse_if_any
from lotproof.messages import Message, as_it_stands, say

_ELSEWHERE = say("choose another folder with -o")


_ANSWERS = say(
    "give the path of an answers file; lotproof questions CATEGORY prints a blank one, - reads standard input"
)


def read_file(path: str, hint: Message = _ANSWERS, most: int | None = None) -> bytes:
    """
    Return the content of a regular file; ``-`` reads standard input.

    Args:
        hint: which file to give instead of one that cannot be read.
        most: bytes that are looked at, :data:`lotproof.sources.MAX_BYTES` where None; one more is read, which is enough to see that it
            is too large.

    Raises:
        Refused: it cannot be read (LP401).
    """
    if most is None:
        from lotproof.sources import MAX_BYTES

        most = MAX_BYTES
    if path == "-":
        import sys

        return sys.stdin.buffer.read(most + 1)
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise IsADirectoryError(say("not a regular file"))
        with os.fdopen(handle, "rb") as file:
            return file.read(most + 1)
    except OSError as error:
        message = say("cannot be read: {why}", why=_reason(error))
        raise Refused([Finding(where=_shown(path), code="LP401", message=message, hint=hint)]) from None


def write_files(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> None:
    """
    Write ``files`` into ``folder``, in their order: all are on disk beside their targets before the first takes its name.

    A process that dies on the way leaves each target as it was or as it is to be, and temporary files that the next build
    into the folder removes. Files can be read by their owner alone: drafts carry prices.

    Raises:
        Refused: the folder cannot be written (LP402), it or a target is a link or no regular file (LP403), or a target was
            edited since it was built (LP404); nothing has been written then.
    """
    made = _make(folder)
    written = False
    try:
        with _locked(folder):
            findings = _conflicts(folder, files, force)
            if findings:
                raise Refused(findings)
            _sweep(folder, files)
            _write(folder, files)
            written = True
    except OSError as error:
        raise Refused([_unwritable(folder, error)]) from None
    finally:
        if not written:
            for parent in made:
                _remove_empty(parent)


def refuse_taken(files: Mapping[Path, bytes], hint: Message) -> None:
    """
    Look at all files of several folders before the first of them is written.

    Raises:
        Refused: with each that is there already and holds something else (LP404).
    """
    refuse_if_any(
        Finding(where=_shown(target), code="LP404", message=say("is there already, and is not overwritten"), hint=hint)
        for target, content in files.items()
        if target.exists() and not (target.is_file() and target.read_bytes() == content)
    )


def _make(folder: Path) -> list[Path]:
    """Make the folder; return the folders that were made, innermost first."""
    if folder.is_symlink():
        hint = say(
            "give the folder it points to, {folder}, or {elsewhere}",
            folder=_shown(os.path.realpath(folder)),
            elsewhere=_ELSEWHERE,
        )
        raise Refused(
            [Finding(where=_shown(folder), code="LP403", message=say("is a link, and is left alone"), hint=hint)]
        )
    missing: list[Path] = []
    try:
        for place in (folder, *folder.parents):
            if place.exists():
                break
            missing.append(place)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused([_unwritable(folder, error)]) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Refused([_unwritable(folder, PermissionError(13, "Permission denied"))])
    return missing


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # somebody else has put something there meanwhile
        folder.rmdir()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other builds out of the folder meanwhile; the system lifts the lock when the process ends, however it ends."""
    if os.name == "nt":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BlockingIOError(11, say("another build is writing there at this moment")) from None
        except OSError:  # a file system without locks
            pass
        yield
        os.fsync(handle)
    finally:
        os.close(handle)


def _conflicts(folder: Path, files: Mapping[str, bytes], force: bool) -> list[Finding]:
    """LP403, LP404: targets that are not ours to replace."""
    known = {} if force else _own_files(folder)
    findings = []
    for name, content in files.items():
        target = folder / name
        if target.is_symlink() or (target.exists() and not target.is_file()):
            message = say("is a link, and is left alone")
            if not target.is_symlink():
                message = say("is not a regular file, and is left alone")
            hint = say("remove it, or {elsewhere}", elsewhere=_ELSEWHERE)
            findings.append(Finding(where=_shown(target), code="LP403", message=message, hint=hint))
        elif not force and target.exists() and not _is_own(target, content, known):
            message = say("was not built here as it stands: it may hold somebody's edits")
            hint = say("{elsewhere}, or overwrite it with --force", elsewhere=_ELSEWHERE)
            findings.append(Finding(where=_shown(target), code="LP404", message=message, hint=hint))
    return findings


def _is_own(target: Path, content: bytes, known: Mapping[str, str]) -> bool:
    """Say whether a file is as the last build left it, or already as it is to be: as after a build that was cut short."""
    if target.name == "order.json" and known:
        return True
    there = target.read_bytes()
    return there == content or known.get(target.name) == hashlib.sha256(there).hexdigest()


def _own_files(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file that the last build wrote here."""
    order = folder / "order.json"
    if order.is_symlink() or not order.is_file():
        return {}
    try:
        files = json.loads(order.read_bytes())["provenance"]["files"]
        return {str(name): str(value) for name, value in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _sweep(folder: Path, files: Mapping[str, bytes]) -> None:
    """Remove what builds that were cut short have left."""
    beginnings = tuple(f".{name}." for name in files)
    for left in os.listdir(folder):
        if left.startswith(beginnings) and left.endswith(".tmp"):
            (folder / left).unlink(missing_ok=True)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file of the person's own, whole or not at all; what stood there is replaced."""
    _write(path.parent, {path.name: content})


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    temporary: list[tuple[Path, Path]] = []
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        for name, content in files.items():
            beside = folder / f".{name}.{os.urandom(6).hex()}.tmp"
            handle = os.open(beside, flags, 0o600)
            temporary.append((beside, folder / name))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for beside, target in temporary:
            beside.replace(target)
    finally:
        for beside, _ in temporary:
            beside.unlink(missing_ok=True)


def _unwritable(folder: Path, error: OSError) -> Finding:
    return Finding(
        where=_shown(folder),
        code="LP402",
        message=say("cannot be written: {why}", why=_reason(error)),
        hint=_ELSEWHERE,
    )


def _reason(error: OSError) -> Message:
    """Return why, in our own words where the system's are English and common."""
    if error.errno is not None and error.errno in _REASONS:
        return _REASONS[error.errno]
    said = error.args[-1] if error.args else ""
    return said if isinstance(said, Message) else as_it_stands((error.strerror or str(error)).lower())


_REASONS: Mapping[int, Message] = {
    errno.ENOENT: say("no such file or directory"),
    errno.EACCES: say("permission denied"),
    errno.EISDIR: say("is a directory"),
    errno.ENOTDIR: say("not a directory"),
    errno.ENOSPC: say("no space left on device"),
    errno.EROFS: say("read-only file system"),
}


def _shown(path: object) -> str:
    """Return a path as a message may show it: on one line, whatever its name holds."""
    return "".join(c if c.isprintable() else "?" for c in str(path))
