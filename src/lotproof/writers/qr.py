"""
QR codes of one size, for the footers: version 3, error correction M, alphanumeric.

One size needs a fraction of what a library brings, and the import of one costs more than a whole build may
(docs/decisions/0012); the tests compare every module with a library and read printed codes back.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache

SIZE = 29
"""Modules on a side."""

QUIET = 1
"""Light modules around the picture of a code; the page around it gives the other three that a reader wants."""

LONGEST = 61
"""Characters that a code holds."""

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_DATA, _CORRECTION = 44, 26
"""Code words of version 3 at level M: one block."""

_FORMAT = 0b101111001111100
"""Level M and mask 2, with their check bits, under the mask of the standard."""


def modules(text: str) -> tuple[bytes, ...]:
    """
    Return the rows of a code from the top, a byte a module: 1 is dark.

    Args:
        text: at most 61 of: digits, capital letters, space and ``$%*+-./:``.

    Raises:
        ValueError: it is longer, or holds another character.
    """
    words = _data(text)
    bits = int.from_bytes(bytes(words + _correction(words)), "big") << 7  # 7 modules are left over
    frame, places = _frame()
    square = bytearray(frame)
    for index, (place, mask) in enumerate(places):
        square[place] = (bits >> len(places) - 1 - index & 1) ^ mask
    return tuple(bytes(square[row * SIZE : row * SIZE + SIZE]) for row in range(SIZE))


def png(text: str) -> bytes:
    """Return a code as PNG, eight pixels a module; it is stored, so that no version of zlib changes its bytes."""
    side = b"\xff" * QUIET
    across = SIZE + 2 * QUIET
    light = b"\xff" * across
    rows = [light] * QUIET + [side + row.translate(_SHADES) + side for row in modules(text)] + [light] * QUIET
    pixels = b"".join((b"\0" + row) * 8 for row in rows)
    stored = b"\x78\x01\x01" + struct.pack("<HH", len(pixels), len(pixels) ^ 0xFFFF) + pixels
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", 8 * across, 8 * across, 1, 0, 0, 0, 0))
        + _chunk(b"IDAT", stored + struct.pack(">I", zlib.adler32(pixels)))
        + _chunk(b"IEND", b"")
    )


_SHADES = bytes([0xFF, 0x00]) + bytes(254)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _data(text: str) -> list[int]:
    """Return the data words: mode, length, pairs of characters in 11 bits, padding."""
    values = [_ALPHABET.find(character) for character in text]
    if len(values) > LONGEST or -1 in values:
        raise ValueError(f"no text for a QR code of version 3: {text!r}")
    bits, length = 0b0010 << 9 | len(values), 13
    for first, second in zip(values[::2], values[1::2], strict=False):
        bits, length = bits << 11 | first * 45 + second, length + 11
    if len(values) % 2:
        bits, length = bits << 6 | values[-1], length + 6
    end = min(4, 8 * _DATA - length)
    length += end
    rest = -length % 8
    words = list((bits << end + rest).to_bytes((length + rest) // 8, "big"))
    return words + [(0xEC, 0x11)[place % 2] for place in range(_DATA - len(words))]


def _correction(words: list[int]) -> list[int]:
    """Return the Reed-Solomon words: the remainder of the data over the generator."""
    powers, logarithms, generator = _field()
    rest = [0] * _CORRECTION
    for word in words:
        factor = word ^ rest[0]
        rest = [*rest[1:], 0]
        if factor:
            at = logarithms[factor]
            rest = [old ^ powers[at + power] for old, power in zip(rest, generator, strict=True)]
    return rest


@lru_cache(maxsize=1)
def _field() -> tuple[list[int], list[int], list[int]]:
    """Return powers and logarithms of GF(256) over x^8+x^4+x^3+x^2+1, and the logarithms of the generator below its first coefficient."""
    powers, logarithms = [1] * 512, [0] * 256
    for place in range(1, 512):
        double = powers[place - 1] << 1
        powers[place] = double ^ 0x11D if double > 255 else double
    for place in range(255):
        logarithms[powers[place]] = place
    generator = [1]
    for root in range(_CORRECTION):
        shifted = [*generator, 0]
        for place, coefficient in enumerate(generator):
            shifted[place + 1] ^= powers[logarithms[coefficient] + root]
        generator = shifted
    return powers, logarithms, [logarithms[coefficient] for coefficient in generator[1:]]


@lru_cache(maxsize=1)
def _frame() -> tuple[bytes, list[tuple[int, int]]]:
    """Return what every code shares, and where its bits go in their order, each with its bit of mask 2 (every third column)."""
    square = bytearray(b"\2" * SIZE * SIZE)

    def put(row: int, column: int, dark: int) -> None:
        if 0 <= row < SIZE and 0 <= column < SIZE:
            square[row * SIZE + column] = dark

    for top, left in ((0, 0), (0, SIZE - 7), (SIZE - 7, 0)):
        for row in range(-1, 8):
            for column in range(-1, 8):
                ring = max(abs(row - 3), abs(column - 3))
                put(top + row, left + column, int(ring in (0, 1, 3)))
    for place in range(8, SIZE - 8):
        put(6, place, 1 - place % 2)
        put(place, 6, 1 - place % 2)
    for row in range(-2, 3):
        for column in range(-2, 3):
            put(22 + row, 22 + column, int(max(abs(row), abs(column)) != 1))
    for index in range(15):
        bit = _FORMAT >> index & 1
        put(index if index < 6 else index + 1 if index < 8 else SIZE - 15 + index, 8, bit)
        put(8, SIZE - 1 - index if index < 8 else 15 - index if index < 9 else 14 - index, bit)
    put(SIZE - 8, 8, 1)
    places = [(place, int(place % SIZE % 3 == 0)) for place in _zigzag() if square[place] == 2]
    return bytes(square), places


def _zigzag() -> Iterator[int]:
    """Yield the places of the modules, two columns at a time from the right, upwards and downwards in turn."""
    for turn, right in enumerate((*range(SIZE - 1, 6, -2), 5, 3, 1)):
        for row in range(SIZE) if turn % 2 else range(SIZE - 1, -1, -1):
            yield row * SIZE + right
            yield row * SIZE + right - 1
