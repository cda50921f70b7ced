"""SHA-256 of files of any size in memory of a fixed size, several at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

from lotproof.cases.folder import open_regular

CHUNK = 1 << 20
"""Bytes that are read at once."""

WORKERS = min(4, os.cpu_count() or 1)
"""Threads: hashing and reading leave the interpreter free for each other."""

Tick = Callable[[int], None]
"""Told how many bytes were dealt with, from any thread."""

_T = TypeVar("_T")
_R = TypeVar("_R")


class Stopped(Exception):
    """The work was given up, because something went wrong elsewhere."""


def chunks(file: BinaryIO, buffer: bytearray) -> Iterator[memoryview]:
    """Yield the content of a file without a buffer, in pieces that are valid until the next."""
    view = memoryview(buffer)
    while count := file.readinto(view):  # type: ignore[attr-defined]  # files without a buffer have it
        yield view[:count]


def hash_file(
    path: Path, *, size: int, tick: Tick = lambda _: None, stop: Callable[[], bool] = lambda: False
) -> str | None:
    """
    Return the SHA-256 (hex) of a regular file; None where it does not have ``size`` bytes, and no more is read then.

    Raises:
        OSError: it cannot be read, or is no regular file.
        Stopped: ``stop`` said so.
    """
    digest = hashlib.sha256()
    seen = 0
    with open_regular(path) as file:
        if os.fstat(file.fileno()).st_size != size:
            return None
        for chunk in chunks(file, bytearray(min(CHUNK, max(size, 1) + 1))):
            if stop():
                raise Stopped
            digest.update(chunk)
            seen += len(chunk)
            tick(len(chunk))
            if seen > size:
                return None
    return digest.hexdigest() if seen == size else None


def in_parallel(work: Callable[[_T, Callable[[], bool]], _R], given: Iterable[_T]) -> list[_R]:
    """
    Return what ``work`` gives for each, in order. The first error ends the others and is raised; so does an interruption.

    Args:
        work: takes one of ``given`` and a function that says whether to stop, which it asks now and then.
    """
    from concurrent.futures import ThreadPoolExecutor
    from threading import Event

    stopped = Event()
    with ThreadPoolExecutor(WORKERS) as pool:
        try:
            running = [pool.submit(work, one, stopped.is_set) for one in given]
            return [future.result() for future in running]
        except BaseException:
            stopped.set()
            pool.shutdown(cancel_futures=True)
            raise
