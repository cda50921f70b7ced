"""Copying files into a case: read once, hashed on the way, on the disk before anybody relies on them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from lotproof.cases.folder import open_regular, reason
from lotproof.cases.hashing import CHUNK, Stopped, Tick, chunks
from lotproof.cases.model import Picture
from lotproof.cases.pictures import look_at
from lotproof.cases.placing import create, temporary, write_all
from lotproof.findings import Finding, Refused
from lotproof.frozen import Frozen
from lotproof.messages import say


class Copied(Frozen, kw_only=True):
    """
    A file as it was read.

    Attributes:
        copy: where the copy lies; None where the file was only read.
        picture: what it says of itself, where it was looked at as a picture.
    """

    sha256: str
    size: int
    picture: Picture | None
    copy: Path | None


def take(
    source: Path, folder: Path | None, *, picture: bool, tick: Tick, stop: Callable[[], bool], shown: str
) -> Copied:
    """
    Read a file once, and copy it on the way.

    Args:
        folder: where the copy is made under a name that is not its last; None only reads.
        picture: look at it as a picture too.
        shown: what findings call it.

    Raises:
        Refused: it cannot be read, is no regular file, or changed meanwhile (LP844).
        OSError: the copy cannot be written.
        Stopped: ``stop`` said so.
    """
    try:
        file = open_regular(source)
    except OSError as error:
        raise Refused([unreadable(shown, error)]) from None
    with file:
        before = os.fstat(file.fileno())
        copy = temporary(folder) if folder is not None else None
        target = create(copy) if copy is not None else None
        try:
            digest = hashlib.sha256()
            size = 0
            pieces = chunks(file, bytearray(CHUNK))
            while True:
                try:
                    piece = next(pieces, None)
                except OSError as error:
                    raise Refused([unreadable(shown, error)]) from None
                if piece is None:
                    break
                if stop():
                    raise Stopped
                digest.update(piece)
                if target is not None:
                    write_all(target, piece)
                size += len(piece)
                tick(len(piece))
            if target is not None:
                os.fsync(target.fileno())
        finally:
            if target is not None:
                target.close()
        after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or size != after.st_size:
            raise Refused([unreadable(shown, OSError(0, say("it changed while it was read")))])
        try:
            looked = look_at(file) if picture else None
        except OSError as error:
            raise Refused([unreadable(shown, error)]) from None
    return Copied(sha256=digest.hexdigest(), size=size, picture=looked, copy=copy)


def unreadable(where: str, error: OSError) -> Finding:
    """LP844."""
    message = say("cannot be recorded: {why}", why=reason(error))
    hint = say("give the file itself: readable, no link, and not being written to")
    return Finding(where=where, code="LP844", message=message, hint=hint)
