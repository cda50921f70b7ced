"""
Time and place out of the EXIF data of a picture, with hard limits.

The structure is that of TIFF 6.0 (directories of twelve-byte entries); the tags are those of Exif 2.32. Whatever does not fit is
not known: nothing raises, and nothing is guessed.
"""

from __future__ import annotations

import datetime
import re
import struct
from collections.abc import Mapping
from decimal import Decimal

from lotproof.cases.model import Place

MOST_ENTRIES = 400
"""Entries of a directory that are looked at."""

_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_ORIENTATION = 0x0112
_TAKEN, _OFFSET = 0x9003, 0x9011
_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE = 1, 2, 3, 4
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}
_TIME = re.compile(r"([0-9]{4})[:-]([0-9]{2})[:-]([0-9]{2})[ T]([0-9]{2}):([0-9]{2}):([0-9]{2})")
_ZONE = re.compile(r"[+-](?:0[0-9]|1[0-4]):[0-5][0-9]")
_MILLIONTH = Decimal("0.000001")

Directory = Mapping[int, tuple[int, int, bytes]]
"""By tag: type, count, and the bytes of the value."""


def time_and_place(block: bytes) -> tuple[str, str, Place | None]:
    """
    Return when and where a picture was taken.

    Args:
        block: a TIFF structure, as it stands after ``Exif`` and two zero bytes.

    Returns:
        local time, its offset from UTC, and the place; empty or None where they are not known.
    """
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None or len(block) < 8:
        return "", "", None
    first = _directory(block, order, struct.unpack_from(order + "I", block, 4)[0])
    inner = _directory(block, order, _pointer(first, order, _EXIF_IFD))
    gps = _directory(block, order, _pointer(first, order, _GPS_IFD))
    taken = read_time(_ascii(inner, _TAKEN))
    offset = _ascii(inner, _OFFSET)
    return taken, offset if taken and is_offset(offset) else "", _place(gps, order)


def read_time(text: str) -> str:
    """Return a time of EXIF, ``2027:06:12 10:03:11``, as ISO 8601; empty where it is none."""
    match = _TIME.fullmatch(text)
    if match is None:
        return ""
    try:
        moment = datetime.datetime(*map(int, match.groups()))  # type: ignore[arg-type]  # six numbers
    except ValueError:
        return ""
    return moment.isoformat() if moment.year >= 1990 else ""


def is_offset(text: str) -> bool:
    """Say whether a text is an offset from UTC, such as ``+02:00``."""
    return _ZONE.fullmatch(text) is not None


def degrees(value: Decimal, most: int) -> str:
    """Return decimal degrees with six places; empty where they lie outside."""
    return format(value.quantize(_MILLIONTH), "f") if abs(value) <= most else ""


def turn(block: bytes) -> int:
    """Return by how many degrees a picture is turned clockwise to stand upright: 0 where nothing says, or where it is mirrored."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None or len(block) < 8:
        return 0
    kind, count, value = _directory(block, order, struct.unpack_from(order + "I", block, 4)[0]).get(
        _ORIENTATION, (0, 0, b"")
    )
    if (kind, count) != (3, 1) or len(value) < 2:
        return 0
    return {3: 180, 6: 90, 8: 270}.get(struct.unpack_from(order + "H", value)[0], 0)


def _directory(block: bytes, order: str, start: int) -> Directory:
    if not 8 <= start <= len(block) - 2:
        return {}
    count = min(struct.unpack_from(order + "H", block, start)[0], MOST_ENTRIES)
    found: dict[int, tuple[int, int, bytes]] = {}
    for place in range(start + 2, min(start + 2 + 12 * count, len(block) - 11), 12):
        tag, kind, number = struct.unpack_from(order + "HHI", block, place)
        size = _SIZES.get(kind, 0) * number
        if not 0 < size <= 256:
            continue
        where = place + 8 if size <= 4 else struct.unpack_from(order + "I", block, place + 8)[0]
        value = block[where : where + size]
        if len(value) == size:
            found.setdefault(tag, (kind, number, value))
    return found


def _pointer(directory: Directory, order: str, tag: int) -> int:
    kind, number, value = directory.get(tag, (0, 0, b""))
    return int(struct.unpack(order + "I", value)[0]) if (kind, number) == (4, 1) else 0


def _ascii(directory: Directory, tag: int) -> str:
    kind, _, value = directory.get(tag, (0, 0, b""))
    return value.split(b"\0")[0].decode("ascii", "replace").strip() if kind == 2 else ""


def _place(gps: Directory, order: str) -> Place | None:
    latitude = _angle(gps, order, _LATITUDE, _LATITUDE_REF, "NS", 90)
    longitude = _angle(gps, order, _LONGITUDE, _LONGITUDE_REF, "EW", 180)
    if (
        not latitude or not longitude or Decimal(latitude) == Decimal(longitude) == 0
    ):  # a camera that has found no satellite
        return None
    return Place(latitude=latitude, longitude=longitude)


def _angle(gps: Directory, order: str, tag: int, ref: int, sides: str, most: int) -> str:
    kind, number, value = gps.get(tag, (0, 0, b""))
    side = _ascii(gps, ref)
    if (kind, number) != (5, 3) or side not in tuple(sides):
        return ""
    parts = struct.unpack(order + "6I", value)
    if not all(parts[1::2]):
        return ""
    whole, minutes, seconds = (Decimal(a) / Decimal(b) for a, b in zip(parts[::2], parts[1::2], strict=True))
    if minutes >= 60 or seconds >= 60:
        return ""
    angle = whole + minutes / 60 + seconds / 3600
    return degrees(-angle if side == sides[1] else angle, most)
