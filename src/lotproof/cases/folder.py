"""The folder of a case on the disk: what lies in it, opened and listed without following anything that leads elsewhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from lotproof.cases.chain import MOST_BYTES, Chain, read_chain
from lotproof.cases.model import MANIFEST
from lotproof.findings import Finding, Refused, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, as_it_stands, say

MOST_ITEMS = 200_000
"""Files and folders that are looked at."""

MOST_DEPTH = 32

NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Flags with which files are opened: a link is not followed, a FIFO is not waited for."""

_NO_CASE = say("give the folder that lotproof case init has made, or make one: lotproof case init CASE --order out")
_KINDS: Mapping[str, Message] = MappingProxyType(
    {
        "link": say("a link"),
        "fifo": say("a FIFO"),
        "socket": say("a socket"),
        "device": say("a device"),
        "folder": say("a folder"),
        "file": say("a file"),
        "unreadable": say("something that cannot be read"),
    }
)


class Item(Frozen, kw_only=True):
    """
    Something that lies in the folder of a case.

    Attributes:
        path: below the folder, with ``/``.
        kind: ``file``, ``folder``, ``link``, ``fifo``, ``device``, ``socket``, or ``unreadable``.
        size: of a file, in bytes.
    """

    path: str
    kind: str
    size: int


def real_folder(given: str) -> Path:
    """
    Return the folder of a case.

    Raises:
        Refused: it is none (LP830).
    """
    root = Path(os.path.realpath(given))
    if not root.is_dir():
        raise Refused([no_case(given, say("is no folder"))])
    if not os.path.lexists(root / MANIFEST):
        raise Refused([no_case(given, say("is no case: it holds no {manifest}", manifest=MANIFEST))])
    return root


def no_case(where: object, message: Message, hint: Message = _NO_CASE) -> Finding:
    """LP830."""
    return Finding(where=shown(where), code="LP830", message=message, hint=hint)


def open_regular(path: Path) -> BinaryIO:
    """
    Open a regular file for reading.

    Raises:
        OSError: it cannot be read, or is no regular file.
    """
    handle = os.open(path, os.O_RDONLY | NO_FOLLOW)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(22, say("not a regular file"))
        return os.fdopen(handle, "rb", buffering=0)
    except BaseException:
        os.close(handle)
        raise


def read_small(path: Path, most: int) -> bytes:
    """
    Return the content of a regular file.

    Raises:
        OSError: it cannot be read, is no regular file, or has more than ``most`` bytes.
    """
    with open_regular(path) as file:
        content = bytearray()
        while len(content) <= most and (chunk := file.read(min(1 << 20, most + 1 - len(content)))):
            content += chunk
    if len(content) > most:
        raise OSError(27, say("has more than {most:,} bytes", most=most))
    return bytes(content)


def read_manifest(root: Path) -> tuple[bytes, Chain]:
    """
    Return the manifest and what it says.

    Raises:
        Refused: it cannot be read (LP830).
    """
    try:
        content = read_small(root / MANIFEST, MOST_BYTES)
    except OSError as error:
        raise Refused([no_case(MANIFEST, say("cannot be read: {why}", why=reason(error)))]) from None
    return content, read_chain(content)


def items(root: Path) -> Iterator[Item]:
    """
    Yield everything below the folder of a case, in the order of the paths; links are named and not followed.

    Raises:
        Refused: there is more than any case holds (LP845).
    """
    count = 0
    waiting = [("", 0)]
    while waiting:
        folder, depth = waiting.pop()
        try:
            with os.scandir(root / folder) as scan:
                found = sorted(scan, key=lambda entry: entry.name)
        except OSError:
            yield Item(path=folder, kind="unreadable", size=0)
            continue
        inner = []
        for entry in found:
            count += 1
            if count > MOST_ITEMS or depth > MOST_DEPTH:
                message = say(
                    "holds more than {most:,} files, or folders deeper than {depth}", most=MOST_ITEMS, depth=MOST_DEPTH
                )
                hint = say("give the folder of one case")
                raise Refused([Finding(where=shown(root), code="LP845", message=message, hint=hint)])
            path = f"{folder}/{entry.name}" if folder else entry.name
            item = _item(path, entry)
            yield item
            if item.kind == "folder":
                inner.append((path, depth + 1))
        waiting.extend(reversed(inner))


def _item(path: str, entry: os.DirEntry[str]) -> Item:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return Item(path=path, kind="unreadable", size=0)
    mode = status.st_mode
    kinds = (
        (stat.S_ISREG, "file"),
        (stat.S_ISDIR, "folder"),
        (stat.S_ISLNK, "link"),
        (stat.S_ISFIFO, "fifo"),
        (stat.S_ISSOCK, "socket"),
    )
    kind = next((name for test, name in kinds if test(mode)), "device")
    if getattr(entry, "is_junction", bool)():
        kind = "link"
    return Item(path=path, kind=kind, size=status.st_size if kind == "file" else 0)


def unwritable(root: Path, error: OSError) -> Refused:
    """Return what to raise where the case cannot be written (LP845)."""
    message = say("the case cannot be written: {why}", why=reason(error))
    hint = say("see that there is room and that the folder is yours; the case is as it was")
    return Refused([Finding(where=shown(root), code="LP845", message=message, hint=hint)])


def reason(error: OSError) -> Message:
    """Return what the system says, or what was raised with a message."""
    said: object = error.strerror
    return said if isinstance(said, Message) else as_it_stands((error.strerror or str(error)).lower())


def kind_named(kind: str) -> Message:
    """Return what an :class:`Item` of a kind is called."""
    return _KINDS[kind]


def some(paths: Sequence[str]) -> Message:
    """Return the first three of some paths, and how many more there are."""
    names = [shown(path) for path in paths[:3]]
    return say("{names} and {n} more", names=names, n=len(paths) - 3) if len(paths) > 3 else say("{names}", names=names)


def shown(path: object) -> str:
    """Return a path as a message may show it: on one line, whatever its name holds."""
    return quoted(str(path), 400)[1:-1]
