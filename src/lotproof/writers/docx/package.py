"""The zip package of a Word file: fixed order, fixed dates, the same bytes for the same parts."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from functools import lru_cache

_DOS_DATE = 0x0021  # 1980-01-01
_FAST, _SMALL = 3, 9
"""Deflate levels: of what is written for each document (half the time of level 6, an eighth larger), and of what is shared."""

_FORBIDDEN = bytes(c for c in range(32) if c not in b"\t\n\r")


def pack(parts: Mapping[str, str], fixed: Mapping[str, str]) -> bytes:
    """
    Return a package; ``[Content_Types].xml`` comes first.

    Args:
        parts: XML by part name, made for this document.
        fixed: XML by part name that many documents share; deflated once in a process.

    Raises:
        ValueError: a character that XML cannot hold.
    """
    entries = {name: _deflated(encoded(xml)) for name, xml in parts.items()} | {
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


def encoded(xml: str) -> bytes:
    """
    Return ``xml`` as UTF-8.

    Raises:
        ValueError: it holds a character that XML 1.0 cannot hold.
    """
    data = xml.encode("utf-8")
    if len(data.translate(None, _FORBIDDEN)) != len(data) or "\ufffe" in xml or "\uffff" in xml:
        raise ValueError("a character that XML cannot hold")
    return data


def _deflated(data: bytes) -> tuple[int, int, bytes]:
    return zlib.crc32(data), len(data), zlib.compress(data, _FAST, -15)


@lru_cache(maxsize=32)
def _fixed(xml: str) -> tuple[int, int, bytes]:
    data = encoded(xml)
    return zlib.crc32(data), len(data), zlib.compress(data, _SMALL, -15)
