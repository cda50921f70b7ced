"""One process at a time writes into a case; readers wait for it."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lotproof.cases.folder import NO_FOLLOW, reason, shown, unwritable
from lotproof.cases.model import LOCK
from lotproof.findings import Finding, Refused
from lotproof.messages import say

PATIENCE = 600.0
"""Seconds to wait for another process that writes into the case."""


@contextmanager
def locked(root: Path, *, patience: float = PATIENCE, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """
    Keep other processes from writing into the case meanwhile; those that wait get their turn.

    The system lifts the lock when a process ends, however it ends, so no lock is ever stale.

    Args:
        waiting: called once, when the lock is not free at once.

    Raises:
        Refused: it was not free within ``patience`` seconds, the case cannot be written, or its file system has no locks (LP845).
    """
    try:
        handle = os.open(root / LOCK, os.O_RDWR | os.O_CREAT | NO_FOLLOW, 0o600)
    except OSError as error:
        raise unwritable(root, error) from None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise unwritable(root, OSError(22, say("{name} is not a regular file", name=LOCK)))
        try:
            _wait(handle, root, shared=False, patience=patience, waiting=waiting)
        except OSError as error:
            message = say("the file system of the case has no locks: {why}", why=reason(error))
            hint = say("keep the case on a disk of this machine, and copy it from there")
            raise Refused([Finding(where=shown(root), code="LP845", message=message, hint=hint)]) from None
        yield
    finally:
        os.close(handle)


@contextmanager
def undisturbed(
    root: Path, *, patience: float = PATIENCE, waiting: Callable[[], None] = lambda: None
) -> Iterator[None]:
    """
    Wait until nobody writes into the case, and keep it so while it is read; readers do not keep each other out.

    A case that came without its lock file, or whose file system has no locks, is read as it is.

    Raises:
        Refused: somebody has been writing for ``patience`` seconds (LP845).
    """
    try:
        handle = os.open(root / LOCK, os.O_RDONLY | NO_FOLLOW)
    except OSError:
        yield
        return
    try:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            with suppress(OSError):
                _wait(handle, root, shared=True, patience=patience, waiting=waiting)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, root: Path, *, shared: bool, patience: float, waiting: Callable[[], None]) -> None:
    until = time.monotonic() + patience
    told = False
    while not _try_lock(handle, shared=shared):
        if time.monotonic() >= until:
            message = say("another lotproof has been writing into the case for {n} seconds", n=round(patience))
            hint = say("wait until it is done, or end it; its lock goes with it")
            raise Refused([Finding(where=shown(root), code="LP845", message=message, hint=hint)])
        if not told:
            waiting()
            told = True
        time.sleep(0.05)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int, *, shared: bool) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int, *, shared: bool) -> bool:
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
