"""
A picture from somebody else: PNG or JPEG, looked through piece by piece, and nothing kept but the picture.

What a camera or a program has written into the file about itself is left out, so the same picture gives the same bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from lotproof.looks.model import Logo
from lotproof.messages import Message, say

MOST_BYTES = 200_000
MOST_PIXELS = 4_000_000
"""Bytes of a logo, and pixels: 2000 by 2000, far more than 5 cm of paper can show."""

_PNG = b"\x89PNG\r\n\x1a\n"
_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"IDAT", b"IEND")
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_SIZES = (0xC0, 0xC1, 0xC2)
"""Markers of a JPEG that hold its size: baseline, extended and progressive, which are the ones that every program shows."""


class NoLogo(ValueError):
    """The picture cannot be used; ``why`` says why."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


def read_logo(content: bytes) -> Logo:
    """
    Look a picture through.

    Raises:
        NoLogo: it is too large, of another format, damaged, or holds more than it says.
    """
    if len(content) > MOST_BYTES:
        raise NoLogo(say("it has {n:,} bytes, and {most:,} at most are taken", n=len(content), most=MOST_BYTES))
    if content.startswith(_PNG):
        return _png(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    raise NoLogo(say("it is neither PNG nor JPEG"))


def _png(content: bytes) -> Logo:
    pieces = tuple(_pieces(content))
    if pieces[0][0] != b"IHDR" or len(pieces[0][1]) != 13 or pieces[-1][0] != b"IEND":
        raise NoLogo(_damaged())
    width, height, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", pieces[0][1])
    _measure(width, height)
    if depth not in _DEPTHS.get(colour, ()) or packing or filtering or interlaced > 1:
        raise NoLogo(_damaged())
    rows = height * (1 + (width * _CHANNELS[colour] * depth + 7) // 8)
    room = rows if not interlaced else 2 * rows + 64 * (width + height)
    press = zlib.decompressobj()
    try:
        grown = len(press.decompress(b"".join(data for kind, data in pieces if kind == b"IDAT"), room + 1))
    except zlib.error:
        raise NoLogo(_damaged()) from None
    if grown > room or grown < rows or not press.eof:
        raise NoLogo(_damaged())
    kept = b"".join(_piece(kind, data) for kind, data in pieces if kind in _KEPT)
    return Logo(format="png", content=_PNG + kept, width=width, height=height)


def _pieces(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a PNG up to its end, each with its checksum tried."""
    at = len(_PNG)
    while True:
        head = content[at : at + 8]
        if len(head) < 8:
            raise NoLogo(_damaged())
        length, kind = struct.unpack(">I4s", head)
        data = content[at + 8 : at + 8 + length]
        if _piece(kind, data) != content[at : at + 12 + length] or len(data) != length:
            raise NoLogo(_damaged())
        if kind[0] & 0x20 == 0 and kind not in _KEPT:
            raise NoLogo(_damaged())  # of a kind that no reader may pass over, and none of the standard
        yield kind, data
        at += 12 + length
        if kind == b"IEND":
            return


def _piece(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _jpeg(content: bytes) -> Logo:
    out, at, size = bytearray(content[:2]), 2, (0, 0)
    while True:
        if content[at : at + 1] != b"\xff" or at + 4 > len(content):
            raise NoLogo(_damaged())
        marker, length = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        piece = content[at : at + 2 + length]
        if length < 2 or len(piece) != 2 + length or not 0xC0 <= marker <= 0xFE or 0xD0 <= marker <= 0xD9:
            raise NoLogo(_damaged())
        if marker in _SIZES and length >= 8:
            height, width = struct.unpack(">HH", piece[5:9])
            size = (width, height)
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xCC):
            raise NoLogo(_damaged())
        if marker in (0xE0, 0xEE) or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            out += piece  # the colours' own markers stay, a camera's remarks go
        at += 2 + length
        if marker == 0xDA:
            break
    end = content.rfind(b"\xff\xd9")
    if end < at:
        raise NoLogo(_damaged())
    _measure(*size)
    out += content[at : end + 2]
    return Logo(format="jpeg", content=bytes(out), width=size[0], height=size[1])


def _measure(width: int, height: int) -> None:
    if not 0 < width * height <= MOST_PIXELS:
        raise NoLogo(
            say(
                "it has {width} by {height} pixels, and {most:,} at most are taken",
                width=width,
                height=height,
                most=MOST_PIXELS,
            )
        )


def _damaged() -> Message:
    return say("it is damaged, or not as its format has it")
