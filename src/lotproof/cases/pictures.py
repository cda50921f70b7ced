"""What a picture or film says of itself, found by looking at a few thousand bytes of it: format, whether it is whole, time, place."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from lotproof.cases import boxes
from lotproof.cases.exif import time_and_place, turn
from lotproof.cases.model import Picture

ENDINGS: Mapping[str, str] = {
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".png": "png",
    ".heic": "heif",
    ".heif": "heif",
    ".avif": "heif",
    ".gif": "gif",
    ".webp": "webp",
    ".tif": "tiff",
    ".tiff": "tiff",
    ".mp4": "mp4",
    ".mov": "mp4",
    ".m4v": "mp4",
    ".3gp": "mp4",
}
"""Endings of pictures and films, and their formats."""

MOST_SEGMENTS = 200
"""Segments, chunks or boxes that are looked at before the picture itself begins."""

MOST_CHUNKS = 100_000
"""Chunks of a PNG file that are looked at: a writer makes them of some thousand bytes."""

MOST_BLOCK = 1 << 18
"""Bytes of EXIF data that are read."""

MOST_PIXELS = 65_535
"""Pixels of a side, as in JPEG."""

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a frame, which says how large the picture is (ITU-T T.81, table B.1)."""

_TAIL = 1 << 16
_NOTHING = ("", "", None)
_EXIF = b"Exif\0\0"


def ending_of(name: str) -> str:
    """Return the ending of a file's name in small letters, with its dot; empty where there is none."""
    return os.path.splitext(name)[1].lower()


def look_at(file: BinaryIO) -> Picture:
    """
    Return what a picture says of itself; its format is empty where the file is none.

    Args:
        file: at any place; left at any place. Reading and seeking may raise OSError.
    """
    file.seek(0)
    start = _read(file, 0, 32)
    size = file.seek(0, os.SEEK_END)
    for format_, fits, look in _FORMATS:
        if fits(start):
            whole, (taken, offset, place) = look(file, size)
            return Picture(format=format_, whole=whole, taken=taken, offset=offset, place=place)
    return Picture(format="", whole=False)


def measured(file: BinaryIO) -> tuple[str, int, int, int] | None:
    """
    Return format, width and height in pixels, and the degrees by which a picture is turned clockwise to stand upright.

    None for what is neither JPEG nor PNG, or says nothing of its size.
    """
    if _read(file, 0, 8) == b"\x89PNG\r\n\x1a\n":
        head = _read(file, 16, 8)
        found = struct.unpack(">II", head) if len(head) == 8 else (0, 0)
        return ("png", *found, 0) if all(0 < side <= MOST_PIXELS for side in found) else None
    if _read(file, 0, 3) != b"\xff\xd8\xff":
        return None
    turned = 0
    for marker, place, length in _segments(file):
        if marker == 0xE1 and _read(file, place, 6) == _EXIF:
            turned = turn(_read(file, place + 6, min(length - 6, MOST_BLOCK)))
        if marker in _FRAMES:
            head = _read(file, place + 1, 4)
            tall, wide = struct.unpack(">HH", head) if len(head) == 4 else (0, 0)
            return ("jpeg", wide, tall, turned) if wide and tall else None
        if marker == 0xDA:
            return None
    return None


_Looked = tuple[bool, boxes.TimeAndPlace]


def _jpeg(file: BinaryIO, size: int) -> _Looked:
    """Walk the segments (ITU-T T.81, annex B) up to the picture; it is whole where an end follows."""
    found: boxes.TimeAndPlace = _NOTHING
    for marker, place, length in _segments(file):
        if marker == 0xE1 and found == _NOTHING and _read(file, place, 6) == _EXIF:
            found = time_and_place(_read(file, place + 6, min(length - 6, MOST_BLOCK)))
        if marker == 0xDA:
            return _ends(file, place + length, size, b"\xff\xd9"), found
    return False, found


def _segments(file: BinaryIO) -> Iterator[tuple[int, int, int]]:
    """Yield marker, place of the content and its length for each segment."""
    place = 2
    for _ in range(MOST_SEGMENTS):
        head = _read(file, place, 4)
        if len(head) < 4 or head[0] != 0xFF:
            return
        if head[1] == 0xFF:  # a fill byte
            place += 1
            continue
        length = int.from_bytes(head[2:], "big")
        if length < 2:
            return
        yield head[1], place + 4, length - 2
        place += 2 + length


def _ends(file: BinaryIO, after: int, size: int, end: bytes) -> bool:
    """Say whether ``end`` stands after a place: nearly always in the last bytes, else somewhere before what a phone has put behind."""
    tail = max(after, size - _TAIL)
    if tail < size and end in _read(file, tail, _TAIL):
        return True
    before = b""
    for place in range(after, tail, 1 << 20):
        piece = before + _read(file, place, min(1 << 20, tail - place))
        if end in piece:
            return True
        before = piece[-len(end) + 1 :]
    return False


def _png(file: BinaryIO, size: int) -> _Looked:
    """Walk the chunks (PNG third edition, 5.3); the chunk eXIf holds EXIF data."""
    found: boxes.TimeAndPlace = _NOTHING
    place = 8
    for _ in range(MOST_CHUNKS):
        length, kind = struct.unpack(">I4s", _read(file, place, 8).ljust(8, b"\0"))
        if kind == b"eXIf" and found == _NOTHING:
            found = time_and_place(_read(file, place + 8, min(length, MOST_BLOCK)))
        place += 12 + length
        if kind == b"IEND":
            return place <= size, found
        if place + 12 > size:
            break
    return False, found


def _webp(file: BinaryIO, size: int) -> _Looked:
    """Walk the chunks of RIFF; the chunk EXIF may begin like that of a JPEG file."""
    whole = int.from_bytes(_read(file, 4, 4), "little") + 8 <= size
    place = 12
    for _ in range(MOST_SEGMENTS):
        kind, length = struct.unpack("<4sI", _read(file, place, 8).ljust(8, b"\0"))
        if kind == b"EXIF":
            return whole, time_and_place(_read(file, place + 8, min(length, MOST_BLOCK)).removeprefix(_EXIF))
        place += 8 + length + length % 2
        if place + 8 > size:
            break
    return whole, _NOTHING


def _gif(file: BinaryIO, size: int) -> _Looked:
    return _read(file, size - 1, 1) == b"\x3b", _NOTHING


def _tiff(file: BinaryIO, size: int) -> _Looked:
    start = _read(file, 0, MOST_BLOCK)
    first = int.from_bytes(start[4:8], "little" if start[:2] == b"II" else "big")
    return 8 <= first < size, time_and_place(start)


def _heif(file: BinaryIO, size: int) -> _Looked:
    whole, block = boxes.exif_of_heif(file, size, MOST_BLOCK)
    return whole, time_and_place(block)


def _read(file: BinaryIO, place: int, size: int) -> bytes:
    file.seek(place)
    found = bytearray()
    while len(found) < size and (piece := file.read(size - len(found))):
        found += piece
    return bytes(found)


_FORMATS: tuple[tuple[str, Callable[[bytes], bool], Callable[[BinaryIO, int], _Looked]], ...] = (
    ("jpeg", lambda start: start[:3] == b"\xff\xd8\xff", _jpeg),
    ("png", lambda start: start[:8] == b"\x89PNG\r\n\x1a\n", _png),
    ("heif", boxes.is_heif, _heif),
    ("mp4", boxes.is_film, boxes.film),
    ("webp", lambda start: start[:4] == b"RIFF" and start[8:12] == b"WEBP", _webp),
    ("gif", lambda start: start[:6] in (b"GIF87a", b"GIF89a"), _gif),
    ("tiff", lambda start: start[:4] in (b"II*\0", b"MM\0*"), _tiff),
)
