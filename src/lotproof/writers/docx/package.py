"""The zip package of a Word file: fixed order, fixed dates, the same bytes for the same parts."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from functools import lru_cache

_DOS_DATE = 0x0021  # 1980-01-01
_FAST, _SMALL = 3, 9
"""Deflate levels: of what is written for each document (half the time of level 6, an eighth larger), and of what is shared."""

_WINDOW = 4096


def pack(parts: Mapping[str, str], fixed: Mapping[str, str]) -> bytes:
    """
    Return a package; ``[Content_Types].xml`` comes first.

    Args:
        parts: XML by part name, made for this document.
        fixed: XML by part name that many documents share; deflated once in a process.
    """
    entries = {name: _deflated(xml.encode()) for name, xml in parts.items()} | {
        name: _fixed(xml) for name, xml in fixed.items()
    }
    first = ("[Content_Types].xml", "_rels/.rels")
    names = [*first, *sorted(name for name in entries if name not in first)]
    out = bytearray()
    directory = bytearray()
    for name in names:
        crc, size, data = entries[name]
        raw = name.encode("ascii")
        common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, _DOS_DATE, crc, len(data), size, len(raw), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + raw
        out += b"PK\x03\x04" + common + raw + data
    end = struct.pack("<HHHHIIH", 0, 0, len(names), len(names), len(directory), len(out), 0)
    return bytes(out + directory + b"PK\x05\x06" + end)


def _deflated(data: bytes) -> tuple[int, int, bytes]:
    if len(data) < _WINDOW:
        press = zlib.compressobj(_SMALL, zlib.DEFLATED, -12, 5)  # a small part needs no large window to be set up
        return zlib.crc32(data), len(data), press.compress(data) + press.flush()
    return zlib.crc32(data), len(data), zlib.compress(data, _FAST, -15)


@lru_cache(maxsize=32)
def _fixed(xml: str) -> tuple[int, int, bytes]:
    data = xml.encode()
    return zlib.crc32(data), len(data), zlib.compress(data, _SMALL, -15)
