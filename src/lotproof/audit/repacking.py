"""A package again, some of its parts changed: the others stay what they are, packed byte for byte."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

from lotproof.readers.package import Package

_DOS_DATE = 0x0021  # 1980-01-01
_UTF8 = 0x800


def repack(package: Package, changed: Mapping[str, bytes]) -> bytes:
    """
    Return a zip with the parts of a package in their order, then the new ones.

    Args:
        changed: parts that replace others of their name, or are new.
    """
    out, directory, count = bytearray(), bytearray(), 0
    for name in [*package.entries, *(name for name in changed if name not in package.entries)]:
        if name in changed:
            data = changed[name]
            press = zlib.compressobj(6, zlib.DEFLATED, -15)
            packed, method, crc, size = press.compress(data) + press.flush(), 8, zlib.crc32(data), len(data)
        else:
            entry = package.entries[name]
            packed, method, crc, size = package.raw(name), entry.method, entry.crc, entry.size
        raw = name.encode()
        flags = 0 if name.isascii() else _UTF8
        common = struct.pack("<HHHHHIIIHH", 20, flags, method, 0, _DOS_DATE, crc, len(packed), size, len(raw), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + raw
        out += b"PK\x03\x04" + common + raw + packed
        count += 1
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(out), 0)
    return bytes(out + directory + b"PK\x05\x06" + end)
