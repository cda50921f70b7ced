"""
QR codes of one size, for the footers: version 3, error correction M, alphanumeric.

One size needs a fraction of what a library brings, and the import of one costs more than a whole build may
(docs/decisions/0015); the tests compare every module with a library and read printed codes back.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import itemgetter

SIZE = 29
"""Modules on a side."""

QUIET = 1
"""Light modules around the picture of a code; the page around it gives the other three that a reader wants."""

LONGEST = 61
"""Characters that a code holds."""

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_DATA, _CORRECTION = 44, 26
"""Code words of version 3 at level M: one block."""

_LEFT_OVER = 7
_MODULES = 8 * (_DATA + _CORRECTION) + _LEFT_OVER
"""Modules that hold bits of words, and those that are left over."""

_OPEN = -1

_FORMAT = 0b101111001111100
"""Level M and mask 2, with their check bits, under the mask of the standard."""


def modules(text: str) -> tuple[str, ...]:
    """
    Return the rows of a code from the top, a character a module: ``1`` is dark, ``0`` light.

    Args:
        text: at most 61 of: digits, capital letters, space and ``$%*+-./:``.

    Raises:
        ValueError: it is longer, or holds another character.
    """
    words = _data(text)
    order, mask = _frame()
    bits = (words << 8 * _CORRECTION | _correction(words)) << _LEFT_OVER
    square = "".join(order(f"{bits ^ mask:0{_MODULES}b}01"))
    return tuple(square[row : row + SIZE] for row in range(0, SIZE * SIZE, SIZE))


def png(text: str) -> bytes:
    """Return a code as PNG, four pixels a module; it is stored, so that no version of zlib changes its bytes."""
    across = SIZE + 2 * QUIET
    side = "0" * QUIET
    light = ("0" * across,) * QUIET
    end = "0" * (across % 2)
    lines = "\n".join([f"..{row}{end}" for row in (*light, *(side + row + side for row in modules(text)), *light)])
    pixels = bytes.fromhex("".join([line * 4 for line in lines.translate(_SHADES).split("\n")]))
    stored = b"\x78\x01\x01" + struct.pack("<HH", len(pixels), len(pixels) ^ 0xFFFF) + pixels
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", 4 * across, 4 * across, 1, 0, 0, 0, 0))
        + _chunk(b"IDAT", stored + struct.pack(">I", zlib.adler32(pixels)))
        + _chunk(b"IEND", b"")
    )


_SHADES = str.maketrans("01.", "f00")
"""Four pixels of a module as a hexadecimal digit; the dots are the byte before each row."""


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _data(text: str) -> int:
    """Return the data words as one number: mode, length, pairs of characters in 11 bits, padding."""
    values = [_ALPHABET.find(character) for character in text]
    if len(values) > LONGEST or -1 in values:
        raise ValueError(f"no text for a QR code of version 3: {text!r}")
    bits, length = 0b0010 << 9 | len(values), 13
    for first, second in zip(values[::2], values[1::2], strict=False):
        bits, length = bits << 11 | first * 45 + second, length + 11
    if len(values) % 2:
        bits, length = bits << 6 | values[-1], length + 6
    end = min(4, 8 * _DATA - length)
    end += -(length + end) % 8
    padding = 8 * _DATA - length - end
    return bits << end + padding | _PADDING >> 8 * _DATA - padding


_PADDING = int.from_bytes(b"\xec\x11" * (_DATA // 2), "big")


def _correction(words: int) -> int:
    """Return the Reed-Solomon words as one number: the remainder of the data over the generator."""
    multiples = _multiples()
    rest, top, low = 0, 8 * (_CORRECTION - 1), (1 << 8 * (_CORRECTION - 1)) - 1
    for word in words.to_bytes(_DATA, "big"):
        rest = (rest & low) << 8 ^ multiples[word ^ rest >> top]
    return rest


@lru_cache(maxsize=1)
def _multiples() -> list[int]:
    """Return each multiple of the generator below its first coefficient, in GF(256) over x^8+x^4+x^3+x^2+1."""
    generator, root = [1], 1
    for _ in range(_CORRECTION):
        shifted = [*generator, 0]
        for place, coefficient in enumerate(generator):
            shifted[place + 1] ^= _times(coefficient, root)
        generator, root = shifted, _times(root, 2)
    multiples = [0]
    for power in range(8):
        one = int.from_bytes(bytes(_times(coefficient, 1 << power) for coefficient in generator[1:]), "big")
        multiples += [one ^ other for other in multiples]
    return multiples


def _times(one: int, other: int) -> int:
    """Return a product in the field."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one = one << 1 ^ (0x11D if one & 128 else 0)
        other >>= 1
    return product


@lru_cache(maxsize=1)
def _frame() -> tuple[Callable[[str], tuple[str, ...]], int]:
    """
    Return what takes the modules of a code, row by row, out of its bits with ``01`` behind them, and the bits that mask 2 turns.

    Mask 2 turns every third column.
    """
    square = [_OPEN] * SIZE * SIZE

    def put(row: int, column: int, dark: int) -> None:
        if 0 <= row < SIZE and 0 <= column < SIZE:
            square[row * SIZE + column] = _MODULES + dark

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
    mask = 0
    for bit, place in enumerate(place for place in _zigzag() if square[place] == _OPEN):
        square[place] = bit
        mask = mask << 1 | (place % SIZE % 3 == 0)
    take: Callable[[str], tuple[str, ...]] = itemgetter(*square)
    return take, mask


def _zigzag() -> Iterator[int]:
    """Yield the places of the modules, two columns at a time from the right, upwards and downwards in turn."""
    for turn, right in enumerate((*range(SIZE - 1, 6, -2), 5, 3, 1)):
        for row in range(SIZE) if turn % 2 else range(SIZE - 1, -1, -1):
            yield row * SIZE + right
            yield row * SIZE + right - 1
