"""The zip package of an Office file: fixed order, fixed dates, the same bytes for the same parts."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from threading import Thread
from types import MappingProxyType
from typing import TypeAlias

from lotproof.writers.xml import DECLARATION

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"

_DOS_DATE = 0x0021  # 1980-01-01
_FAST, _SMALL = 3, 9
"""Deflate levels: of what is written for each document (half the time of level 6, an eighth larger), and of what is shared."""

_STORED, _DEFLATED = 0, 8
"""Methods of the zip format; pictures are stored, as what is deflated in them already is not worth another look."""

_WINDOW, _NARROW = 4096, (-12, 5)
"""A small part needs no large window to be set up: up to how many bytes, and what that is to zlib."""

_LONG = 1 << 15
"""Bytes from which on a part is worth a thread: to start one takes as long as deflating some five thousand."""

_PIECE = 1500
"""Characters from which on a piece is worth a block of its own: one costs as much as deflating two thousand."""

_BLOCK = 0xFFFF
"""Bytes that a block which is not deflated holds at most."""

_LAST = b"\x03\x00"
"""The empty block that ends a deflated stream."""


_PROPERTIES = {
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "/docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}


def opening(main: str, types: Mapping[str, str], *, pictures: Sequence[str] = ()) -> dict[str, str]:
    """
    Return the parts by which a package is opened: content types, relationships, the name of the program.

    Args:
        main: the name of the part that holds the document.
        types: content type by part name with its slash, properties apart.
        pictures: formats of the pictures that it holds, ``png`` and ``jpeg``.
    """
    media = "".join(f'<Default Extension="{kind}" ContentType="image/{kind}"/>' for kind in pictures)
    overrides = "".join(f'<Override PartName="{n}" ContentType="{t}"/>' for n, t in {**types, **_PROPERTIES}.items())
    return {
        "[Content_Types].xml": f'{DECLARATION}<Types xmlns="{PACKAGE}content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{media}{overrides}</Types>',
        "_rels/.rels": relationships(
            (
                ("rId1", "officeDocument", main),
                ("rId2", f"{PACKAGE}relationships/metadata/core-properties", "docProps/core.xml"),
                ("rId3", "extended-properties", "docProps/app.xml"),
                ("rId4", "custom-properties", "docProps/custom.xml"),
            )
        ),
        "docProps/app.xml": f'{DECLARATION}<Properties xmlns="{OFFICE.replace("/relationships/", "/extended-properties")}"><Application>lotproof</Application></Properties>',
    }


def relationships(items: tuple[tuple[str, str, str], ...]) -> str:
    """Return a relationships part: (id, type, target); no target is ever external."""
    rows = "".join(
        f'<Relationship Id="{i}" Type="{t if t.startswith("http") else OFFICE + t}" Target="{target}"/>'
        for i, t, target in items
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}relationships">{rows}</Relationships>'


class Beside(Thread):
    """A part, deflated beside what is written after it where it is long: zlib works without the interpreter's lock."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = data
        self._entry: _Entry | None = None
        if len(data) < _LONG:
            self.run()
            return
        try:
            self.start()
        except RuntimeError:  # no thread is to be had
            self.run()

    def run(self) -> None:
        """Deflate."""
        self._entry = zlib.crc32(self._data), len(self._data), zlib.compress(self._data, _FAST, -15)

    def entry(self) -> _Entry:
        """
        Return the part, once it is deflated.

        Raises:
            MemoryError: there was no room for it.
        """
        if self.ident is not None:
            self.join()
        if self._entry is None:
            raise MemoryError
        return self._entry


def beside(xml: str) -> str | Beside:
    """Return XML as a part to pack: deflated from now on where it is long."""
    return xml if len(xml) < _LONG else Beside(xml.encode())


def pack(
    parts: Mapping[str, str | Beside],
    fixed: Mapping[str, str],
    shared: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    pictures: Mapping[str, bytes] = MappingProxyType({}),
    alike: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> bytes:
    """
    Return a package; ``[Content_Types].xml`` comes first.

    Args:
        parts: XML by part name, made for this document.
        fixed: XML by part name that many documents share; deflated once in a process.
        shared: XML by part name in pieces; a long one that documents of an order share is deflated once for all of them.
        pictures: content by part name.
        alike: XML by part name of small parts that differ in a few words: in turn what many of them share, which is deflated once in a
            process, and what is this part's own.
    """
    entries: dict[str, _Entry] = (
        {name: _deflated(xml.encode(), _FAST) for name, xml in parts.items() if isinstance(xml, str)}
        | {name: _fixed(xml) for name, xml in fixed.items()}
        | {name: _pieced(pieces) for name, pieces in shared.items()}
        | {name: (zlib.crc32(picture), len(picture), picture) for name, picture in pictures.items()}
        | {name: _in_turn(pieces) for name, pieces in alike.items()}
        | {name: part.entry() for name, part in parts.items() if isinstance(part, Beside)}
    )
    first = ("[Content_Types].xml", "_rels/.rels")
    names = [*first, *sorted(name for name in entries if name not in first)]
    out = bytearray()
    directory = bytearray()
    for name in names:
        crc, size, data = entries[name]
        raw = name.encode("ascii")
        method = _STORED if name in pictures else _DEFLATED
        common = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, _DOS_DATE, crc, len(data), size, len(raw), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + raw
        out += b"PK\x03\x04" + common + raw + data
    end = struct.pack("<HHHHIIH", 0, 0, len(names), len(names), len(directory), len(out), 0)
    return bytes(out + directory + b"PK\x05\x06" + end)


_Entry: TypeAlias = tuple[int, int, bytes]
"""CRC-32, length, and content as it lies in the package."""


def _deflated(data: bytes, level: int) -> _Entry:
    if len(data) < _WINDOW:
        press = zlib.compressobj(level, zlib.DEFLATED, *_NARROW)
        return zlib.crc32(data), len(data), press.compress(data) + press.flush()
    return zlib.crc32(data), len(data), zlib.compress(data, level, -15)


def _in_turn(pieces: Sequence[str]) -> _Entry:
    """Return a part of pieces that are shared and own in turn; an own one is a block that is not deflated."""
    out: list[bytes] = []
    crc = size = 0
    for place, piece in enumerate(pieces):
        if place % 2:
            data = piece.encode()
            for at in range(0, len(data), _BLOCK):
                block = data[at : at + _BLOCK]
                out += (b"\x00", struct.pack("<HH", len(block), len(block) ^ _BLOCK), block)
        else:
            data, block = _shared(piece)
            out.append(block)
        crc, size = zlib.crc32(data, crc), size + len(data)
    return crc, size, b"".join(out) + _LAST


def _pieced(pieces: tuple[str, ...]) -> _Entry:
    """Return a part of several pieces: deflate blocks may follow each other, each begun with nothing behind it."""
    out: list[bytes] = []
    crc = size = 0
    between: list[str] = []
    for piece in (*pieces, None):
        if piece is not None and len(piece) < _PIECE:
            between.append(piece)
            continue
        found = [_block("".join(between).encode())] if between else []
        between.clear()
        if piece is not None:
            found.append(_shared(piece))
        for data, block in found:
            crc, size = zlib.crc32(data, crc), size + len(data)
            out.append(block)
    return crc, size, b"".join(out) + _LAST


@lru_cache(maxsize=64)
def _shared(piece: str) -> tuple[bytes, bytes]:
    return _block(piece.encode())


def _block(data: bytes) -> tuple[bytes, bytes]:
    press = zlib.compressobj(_FAST, zlib.DEFLATED, *(_NARROW if len(data) < _WINDOW else (-15,)))
    return data, press.compress(data) + press.flush(zlib.Z_SYNC_FLUSH)


@lru_cache(maxsize=128)
def _fixed(xml: str) -> _Entry:
    return _deflated(xml.encode(), _SMALL)
