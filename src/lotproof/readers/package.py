"""
Office packages as others send them: a zip looked through before anything in it is used.

Nothing is unpacked to learn what a file would grow to: the directory of the zip says it, and a part that holds more than the
directory says is refused while it is read. Serves Word and Excel files alike.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping

from lotproof.findings import Finding, Refused, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, say

MAX_FILE = 32_000_000
MAX_PARTS = 2_000
MAX_PART = 64_000_000
MAX_TOTAL = 256_000_000
MAX_RATIO = 200
"""A part may grow by no more, once it has more than :data:`SMALL` bytes: text shrinks to a hundredth at best."""
SMALL = 4_000_000

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of the older office formats, and of encrypted files of the newer ones."""

_END, _ENTRY, _LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8


class Entry(Frozen, kw_only=True):
    """
    A part as the directory of the zip lists it.

    Attributes:
        name: with ``/`` between folders.
        size, packed: bytes unpacked and as they lie in the file.
        header: the entry of the directory, byte for byte.
        offset: of the local header.
    """

    name: str
    method: int
    crc: int
    size: int
    packed: int
    header: bytes
    offset: int


class Package:
    """
    A zip that holds nothing unheard-of, its parts by name.

    Args:
        name: what findings call the file.
    """

    def __init__(self, content: bytes, name: str, entries: Mapping[str, Entry]) -> None:
        self.content, self.name, self.entries = content, name, entries

    def __contains__(self, part: object) -> bool:
        return part in self.entries

    def read(self, part: str) -> bytes:
        """
        Return the bytes of a part.

        Raises:
            Refused: it is cut short or damaged (LP501), or holds more than the directory says (LP503).
            KeyError: there is no such part.
        """
        entry = self.entries[part]
        raw = self.raw(part)
        if entry.method == _DEFLATED:
            press = zlib.decompressobj(-15)
            try:
                data = press.decompress(raw, entry.size + 1)
                whole = press.eof or not entry.size
            except zlib.error:
                raise Refused([damaged(self.name, say("{part} cannot be unpacked", part=quoted(part)))]) from None
            if len(data) > entry.size:
                raise Refused(
                    [too_large(self.name, say("{part} holds more than the zip's directory says", part=quoted(part)))]
                )
        else:
            data, whole = raw, True
        if not whole or len(data) != entry.size or zlib.crc32(data) != entry.crc:
            raise Refused(
                [damaged(self.name, say("{part} does not have the checksum that the zip states", part=quoted(part)))]
            )
        return data

    def raw(self, part: str) -> bytes:
        """Return a part as it lies in the file, still packed; refused (LP501) where it is cut short."""
        entry = self.entries[part]
        local = self.content[entry.offset : entry.offset + 30]
        if len(local) < 30 or local[:4] != _LOCAL:
            raise Refused([damaged(self.name, say("{part} does not begin where the zip says", part=quoted(part)))])
        names, extra = struct.unpack("<HH", local[26:30])
        start = entry.offset + 30 + names + extra
        raw = self.content[start : start + entry.packed]
        if len(raw) != entry.packed:
            raise Refused([damaged(self.name, say("{part} is cut short", part=quoted(part)))])
        return raw


def open_package(content: bytes, name: str) -> Package:
    """
    Look a zip through and return it, nothing unpacked yet.

    Args:
        content: the file; one byte above :data:`MAX_FILE` is enough to be refused.
        name: what findings call it.

    Raises:
        Refused: no zip or a damaged one (LP501), encrypted (LP502), too large in bytes, parts, unpacked size or growth (LP503),
            or with names that two programs read differently (LP504).
    """
    if len(content) > MAX_FILE:
        raise Refused([too_large(name, say("more than {most:,} bytes", most=MAX_FILE))])
    if content.startswith(OLE):
        raise Refused([_older(content, name)])
    entries = {entry.name: entry for entry in _looked_through(content, name)}
    return Package(content, name, entries)


def damaged(name: str, why: Message) -> Finding:
    """LP501: a file that is not whole."""
    return Finding(
        where=name,
        code="LP501",
        message=say("the file is damaged: {why}", why=why),
        hint=say(
            "open it in Word and save it again, or ask for it once more; a copy that broke off on the way looks like this"
        ),
    )


def too_large(name: str, why: Message) -> Finding:
    """LP503: a file, or what it unpacks to, is larger than any contract."""
    return Finding(
        where=name,
        code="LP503",
        message=say("the file is larger than any contract: {why}", why=why),
        hint=say("save the contract without pictures and other files in it, or copy its text into a new document"),
    )


def _older(content: bytes, name: str) -> Finding:
    """LP500, LP502: what the older container holds."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Finding(
            where=name,
            code="LP502",
            message=say("the file is encrypted with a password"),
            hint=say(
                "open it with its password in Word, then File, Info, Protect Document, Encrypt with Password, and empty the field"
            ),
        )
    return Finding(
        where=name,
        code="LP500",
        message=say("this is a file of the older kind (.doc, .xls, .wps), which is not read"),
        hint=say("open it in Word, WPS or LibreOffice and save it as .docx"),
    )


def _looked_through(content: bytes, name: str) -> Iterator[Entry]:
    """Yield the entries of the zip's directory, each checked before the next is read."""
    total, seen = 0, set()
    for entry, flags in _directory(content, name):
        if flags & 1:
            hint = say("unpack it with its password, and give the document itself")
            raise Refused([Finding(where=name, code="LP502", message=say("the zip is encrypted"), hint=hint)])
        if entry.method not in (_STORED, _DEFLATED) or entry.offset >= len(content):
            raise Refused(
                [damaged(name, say("{name} is packed in a way that Word does not know", name=quoted(entry.name)))]
            )
        total += entry.size
        grows = entry.size > SMALL and entry.size > MAX_RATIO * max(entry.packed, 1)
        if entry.size > MAX_PART or total > MAX_TOTAL or grows:
            raise Refused(
                [
                    too_large(
                        name, say("{name} would unpack to {size:,} bytes", name=quoted(entry.name), size=entry.size)
                    )
                ]
            )
        folded = entry.name.casefold()
        if folded in seen or not _is_plain(entry.name):
            why = say("{name} stands twice", name=quoted(entry.name))
            if folded not in seen:
                why = say("{part} is no name of a part", part=quoted(entry.name))
            raise Refused([_two_readings(name, why)])
        seen.add(folded)
        yield entry


def _directory(content: bytes, name: str) -> Iterator[tuple[Entry, int]]:
    end = content.rfind(_END, max(0, len(content) - 22 - 65_535))
    if end < 0 or len(content) < end + 22:
        cut = content.startswith(_LOCAL)
        raise Refused([damaged(name, say("it is cut short") if cut else say("it is no zip, as every .docx is"))])
    _, _, _, count, size, start, _ = struct.unpack("<HHHHIIH", content[end + 4 : end + 22])
    if count > MAX_PARTS:
        raise Refused(
            [
                too_large(
                    name,
                    say("it holds {count:,} parts", count=count) if count < 0xFFFF else say("it holds too many parts"),
                )
            ]
        )
    place, stop = start, start + size
    if stop > end:
        raise Refused([damaged(name, say("its directory does not lie in it"))])
    for _ in range(count):
        if place + 46 > stop or content[place : place + 4] != _ENTRY:
            raise Refused([damaged(name, say("its directory is cut short"))])
        flags, method, _, crc, packed, unpacked, names, extra, comment = struct.unpack(
            "<HHIIIIHHH", content[place + 8 : place + 34]
        )
        offset = struct.unpack("<I", content[place + 42 : place + 46])[0]
        length = 46 + names + extra + comment
        raw = content[place + 46 : place + 46 + names]
        entry = Entry(
            name=raw.decode("utf-8" if flags & 0x800 else "cp437", "replace"),
            method=method,
            crc=crc,
            size=unpacked,
            packed=packed,
            header=content[place : place + length],
            offset=offset,
        )
        yield entry, flags
        place += length


def _is_plain(name: str) -> bool:
    parts = name.rstrip("/").split("/")
    return name.isprintable() and "\\" not in name and ":" not in name and all(p not in ("", ".", "..") for p in parts)


def _two_readings(name: str, why: Message) -> Finding:
    """LP504: what two programs would read differently."""
    return Finding(
        where=name,
        code="LP504",
        message=say("two programs would read different texts in this file: {why}", why=why),
        hint=say("open it in Word, check that you see the whole contract, and save it again"),
    )
