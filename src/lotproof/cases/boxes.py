"""Boxes of ISO/IEC 14496-12: films (MP4, MOV) and the pictures of phones that are kept in the same way (HEIC, AVIF)."""

from __future__ import annotations

import datetime
import re
import struct
from collections.abc import Iterator
from decimal import Decimal
from typing import BinaryIO, TypeAlias

from lotproof.cases.exif import degrees
from lotproof.cases.model import Place

TimeAndPlace: TypeAlias = tuple[str, str, Place | None]

MOST_BOXES = 2_000
"""Boxes that are looked at in one file."""

MOST_ITEMS = 4_000
"""Items of a picture that are looked at."""

MOST_META = 1 << 22
"""Bytes of the description of a picture, or of a film, that are read."""

_PICTURES = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"})
_EPOCH = datetime.datetime(1904, 1, 1, tzinfo=datetime.UTC)
_ISO_6709 = re.compile(r"([+-][0-9]{1,2}(?:\.[0-9]{1,8})?)([+-][0-9]{1,3}(?:\.[0-9]{1,8})?)")


def is_heif(start: bytes) -> bool:
    """Say whether a file begins as a picture in boxes."""
    return start[4:8] == b"ftyp" and start[8:12] in _PICTURES


def is_film(start: bytes) -> bool:
    """Say whether a file begins as a film in boxes."""
    return start[4:8] in (b"ftyp", b"moov", b"wide", b"mdat") and not is_heif(start)


def film(file: BinaryIO, size: int) -> tuple[bool, TimeAndPlace]:
    """Return whether a film is whole, and the time and place of its header: ``mvhd`` is in UTC, ``©xyz`` a point of ISO 6709."""
    whole, top = _top(file, size)
    place, length = top.get(b"moov", (0, 0))
    if not length:
        return False, ("", "", None)
    moov = _read(file, place, min(length, MOST_META))
    taken, where = "", None
    for kind, content in _inner(moov):
        if kind == b"mvhd":
            taken = _created(content)
        if kind == b"udta":
            where = next((_point(inner) for name, inner in _inner(content) if name == b"\xa9xyz"), where)
    return whole and b"mdat" in top, (taken, "+00:00" if taken else "", where)


def exif_of_heif(file: BinaryIO, size: int, most: int) -> tuple[bool, bytes]:
    """Return whether a picture is whole, and its EXIF block (ISO/IEC 23008-12, annex A); empty where it has none."""
    whole, top = _top(file, size)
    place, length = top.get(b"meta", (0, 0))
    meta = dict(reversed(list(_inner(_read(file, place + 4, min(max(length - 4, 0), MOST_META))))))
    item = _exif_item(meta.get(b"iinf", b""))
    extent = _extent(meta.get(b"iloc", b""), item) if item is not None else None
    whole = whole and bool(meta)
    if extent is None or not 0 <= extent[0] < size:
        return whole, b""
    start, count = extent
    block = _read(file, start, min(count, most))
    skipped = 4 + int.from_bytes(block[:4], "big")
    return whole, block[skipped:] if 4 <= skipped < 64 else b""


def _top(file: BinaryIO, size: int) -> tuple[bool, dict[bytes, tuple[int, int]]]:
    """Return whether every box on top ends inside the file, and the first of each kind: place and length of its content."""
    found: dict[bytes, tuple[int, int]] = {}
    place = 0
    for _ in range(MOST_BOXES):
        head = _read(file, place, 16)
        if len(head) < 8:
            return not head, found
        length, kind = struct.unpack(">I4s", head[:8])
        start = 8
        if length == 1 and len(head) == 16:
            length, start = int.from_bytes(head[8:], "big"), 16
        elif length == 0:
            length = size - place
        if length < start:
            return False, found
        found.setdefault(kind, (place + start, length - start))
        place += length
        if place > size:
            return False, found
    return True, found


def _inner(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and content of each box inside another."""
    place = 0
    for _ in range(MOST_BOXES):
        if place + 8 > len(content):
            return
        length, kind = struct.unpack_from(">I4s", content, place)
        if length < 8:
            return
        yield kind, content[place + 8 : place + length]
        place += length


def _created(mvhd: bytes) -> str:
    version = mvhd[:1]
    seconds = int.from_bytes(mvhd[4:12] if version == b"\1" else mvhd[4:8], "big")
    try:
        moment = _EPOCH + datetime.timedelta(seconds=seconds)
    except OverflowError:
        return ""
    return moment.replace(tzinfo=None).isoformat() if 1990 <= moment.year < 2200 else ""


def _point(content: bytes) -> Place | None:
    match = _ISO_6709.match(content[4:64].decode("ascii", "replace"))
    if match is None:
        return None
    latitude, longitude = degrees(Decimal(match[1]), 90), degrees(Decimal(match[2]), 180)
    return Place(latitude=latitude, longitude=longitude) if latitude and longitude else None


def _exif_item(iinf: bytes) -> int | None:
    """Return the number of the item of the type ``Exif``."""
    for kind, content in _inner(iinf[8 if iinf[:1] != b"\0" else 6 :]):
        if kind == b"infe" and content[:1] in (b"\2", b"\3"):
            wide = 4 if content[:1] == b"\3" else 2
            if content[6 + wide : 10 + wide] == b"Exif":
                return int.from_bytes(content[4 : 4 + wide], "big")
    return None


def _extent(iloc: bytes, item: int) -> tuple[int, int] | None:
    """Return place and length of an item that lies in one piece in the file."""
    if len(iloc) < 8:
        return None
    version = iloc[0]
    offset_size, length_size, base_size, index_size = iloc[4] >> 4, iloc[4] & 15, iloc[5] >> 4, iloc[5] & 15
    wide = 4 if version == 2 else 2
    reader = _Bytes(iloc, 6)
    count = min(reader.number(wide), MOST_ITEMS)
    for _ in range(count):
        number = reader.number(wide)
        method = reader.number(2) & 15 if version in (1, 2) else 0
        reader.number(2)
        base = reader.number(base_size)
        extents = reader.number(2)
        if number == item:
            reader.number(index_size if version in (1, 2) else 0)
            start, length = base + reader.number(offset_size), reader.number(length_size)
            return (start, length) if (method, extents) == (0, 1) and not reader.short else None
        step = (index_size if version in (1, 2) else 0) + offset_size + length_size
        reader.place += extents * step
        if reader.short:
            return None
    return None


class _Bytes:
    """Numbers out of bytes, one after the other; 0 behind the end."""

    def __init__(self, content: bytes, place: int) -> None:
        self.content, self.place = content, place

    @property
    def short(self) -> bool:
        return self.place > len(self.content)

    def number(self, size: int) -> int:
        self.place += size
        return (
            int.from_bytes(self.content[self.place - size : self.place], "big")
            if self.place <= len(self.content)
            else 0
        )


def _read(file: BinaryIO, place: int, size: int) -> bytes:
    file.seek(place)
    found = bytearray()
    while len(found) < size and (piece := file.read(size - len(found))):
        found += piece
    return bytes(found)
