"""Reading and writing files: each written whole or not at all, none through a link, none that somebody has edited."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from lotproof.findings import Finding, Refused


def read_file(path: str) -> bytes:
    """
    Return the content of a regular file; ``-`` reads standard input.

    Raises:
        Refused: it cannot be read (LP401).
    """
    if path == "-":
        import sys

        return sys.stdin.buffer.read()
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise IsADirectoryError("not a regular file")
            return file.read()
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused(
            [Finding(where=path, code="LP401", message=f"cannot be read: {reason.lower()}", hint="give the path of an answers file")]
        ) from None


def write_files(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> None:
    """
    Write ``files`` into ``folder``, in their order: all are on disk beside their targets before the first takes its name.

    Raises:
        Refused: the folder cannot be written (LP402), a target is a link or no regular file (LP403), or was edited since it
            was built (LP404); nothing has been written then.
    """
    _make(folder)
    known = _own_files(folder)
    findings = [found for name in files for found in _check(folder / name, name, known, force)]
    if findings:
        raise Refused(findings)
    temporary: list[tuple[Path, Path]] = []
    try:
        for name, content in files.items():
            beside = folder / f".{name}.{os.getpid()}.tmp"
            temporary.append((beside, folder / name))
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for beside, target in temporary:
            os.replace(beside, target)
        _sync(folder)
    except OSError as error:
        raise Refused([_unwritable(folder, error)]) from None
    finally:
        for beside, _ in temporary:
            beside.unlink(missing_ok=True)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused([_unwritable(folder, error)]) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Refused([_unwritable(folder, PermissionError(13, "Permission denied"))])


def _unwritable(folder: Path, error: OSError) -> Finding:
    reason = (error.strerror or str(error)).lower()
    return Finding(where=str(folder), code="LP402", message=f"cannot be written: {reason}", hint="choose another folder with -o")


def _check(target: Path, name: str, known: Mapping[str, str], force: bool) -> list[Finding]:
    if target.is_symlink() or (target.exists() and not target.is_file()):
        what = "a link" if target.is_symlink() else "not a regular file"
        return [Finding(where=str(target), code="LP403", message=f"is {what}, and is left alone", hint="remove it, or choose another folder with -o")]
    if force or not target.exists() or name == "order.json" and known:
        return []
    if known.get(name) == hashlib.sha256(target.read_bytes()).hexdigest():
        return []
    return [
        Finding(
            where=str(target),
            code="LP404",
            message="was not built here as it stands: it may hold somebody's edits",
            hint="choose another folder with -o, or overwrite it with --force",
        )
    ]


def _own_files(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file that the last build wrote here."""
    order = folder / "order.json"
    if order.is_symlink() or not order.is_file():
        return {}
    try:
        data = json.loads(order.read_bytes())
        files = data["provenance"]["files"]
        return {str(name): str(value) for name, value in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
