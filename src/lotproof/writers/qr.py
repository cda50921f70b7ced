"""
QR codes of one size, for the footers: version 3, error correction M, alphanumeric.

One size needs a fraction of what a library brings, and the import of one costs more than a whole build may
(docs/decisions/0015); the tests compare every module with a library and read printed codes back.
"""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

SIZE = 29
"""Modules on a side."""

QUIET = 1
"""Light modules around the picture of a code; the page around it gives the other three that a reader wants."""

LONGEST = 61
"""Characters that a code holds."""

_NONE = 255
_VALUES = bytearray([_NONE] * 256)
for _value, _letter in enumerate(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"):
    _VALUES[_letter] = _value
"""The value of each character of the alphanumeric mode."""

_DATA, _CORRECTION = 44, 26
"""Code words of version 3 at level M: one block."""

_LEFT_OVER = 7
_MODULES = 8 * (_DATA + _CORRECTION) + _LEFT_OVER
"""Modules that hold bits of words, and those that are left over."""

_OPEN = -1
_PLANE = 255

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
    square = _square(text)
    return tuple(square[row : row + SIZE] for row in range(0, SIZE * SIZE, SIZE))


def _square(text: str) -> str:
    """Return the modules of a code in one line, row after row."""
    words = _data(text)
    planes, mask = _frame()
    bits = (words << 8 * _CORRECTION | _correction(words)) << _LEFT_OVER
    shown = f"{bits ^ mask:0{_MODULES}b}01".encode()
    found = 0
    for plane, places in enumerate(planes):
        table = shown[_PLANE * plane : _PLANE * (plane + 1)].ljust(256, b"\0")
        found |= int.from_bytes(places.translate(table), "big")
    return found.to_bytes(SIZE * SIZE, "big").decode()


def png(text: str) -> bytes:
    """Return a code as PNG, two pixels a module; it is stored, so that no version of zlib changes its bytes."""
    shades = _square(text).translate(_SHADES)
    edge = f"{_BEFORE}{'3' * SIZE}{_AFTER}" * 2 * QUIET
    rows = "".join([f"{_BEFORE}{shades[at : at + SIZE]}{_AFTER}" * 2 for at in range(0, SIZE * SIZE, SIZE)])
    digits = edge + rows + edge
    pixels = int(digits, 4).to_bytes(len(digits) // 4, "big")
    stored = b"\x78\x01\x01" + struct.pack("<HH", len(pixels), len(pixels) ^ 0xFFFF) + pixels
    return _HEAD + _chunk(b"IDAT", stored + struct.pack(">I", zlib.adler32(pixels))) + _END


_SHADES = str.maketrans("01", "30")
_BEFORE, _AFTER = "0000" + "3" * QUIET, "3" * QUIET + "0" * (-(SIZE + 2 * QUIET) % 4)
"""What stands around a row of pixels as digits to base 4, one a module: the byte that opens it, light edges, what fills the last byte."""


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


_ACROSS = 2 * (SIZE + 2 * QUIET)
_HEAD = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", _ACROSS, _ACROSS, 1, 0, 0, 0, 0))
_END = _chunk(b"IEND", b"")


def _data(text: str) -> int:
    """Return the data words as one number: mode, length, pairs of characters in 11 bits, padding."""
    values = text.encode("latin-1", "replace").translate(_VALUES)
    if len(values) > LONGEST or _NONE in values:
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
    powers = [1]
    for _ in range(254):
        powers.append(powers[-1] << 1 ^ (0x11D if powers[-1] & 128 else 0))
    place = {power: at for at, power in enumerate(powers)}
    generator = [1]
    for root in range(_CORRECTION):
        times = [powers[(place[coefficient] + root) % 255] for coefficient in generator]
        generator = [one ^ other for one, other in zip([*generator, 0], [0, *times], strict=True)]
    multiples = [0]
    for power in range(8):
        one = int.from_bytes(bytes(powers[(place[c] + power) % 255] for c in generator[1:]), "big")
        multiples += [one ^ other for other in multiples]
    return multiples


@lru_cache(maxsize=1)
def _frame() -> tuple[list[bytes], int]:
    """
    Return where each module of a code, row by row, stands among its bits with ``01`` behind them, and the bits that mask 2 turns.

    Places are given in planes, for ``bytes.translate``: a plane has the place of each module that stands among its
    :data:`_PLANE` bits, and elsewhere :data:`_PLANE` itself. Mask 2 turns every third column.
    """
    square = [_OPEN] * SIZE * SIZE
    dark, light = _MODULES + 1, _MODULES

    def line(row: int, column: int, modules: str, step: int = 1) -> None:
        for at, module in enumerate(modules):
            square[row * SIZE + column + at * step] = dark if module == "1" else light

    far = SIZE - 7
    for place, modules in enumerate(("1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111")):
        line(place, 0, f"{modules}0")
        line(place, far - 1, f"0{modules}")
        line(far + place, 0, f"{modules}0")
    for row, column in ((7, 0), (7, far - 1), (far - 1, 0)):
        line(row, column, "00000000")
    for place, modules in enumerate(("11111", "10001", "10101", "10001", "11111"), SIZE - 9):
        line(place, SIZE - 9, modules)
    line(6, 8, "1010101010101")
    line(8, 6, "1010101010101", SIZE)
    for index in range(15):
        bit = dark if _FORMAT >> index & 1 else light
        square[(index if index < 6 else index + 1 if index < 8 else SIZE - 15 + index) * SIZE + 8] = bit
        square[8 * SIZE + (SIZE - 1 - index if index < 8 else 15 - index if index < 9 else 14 - index)] = bit
    square[(SIZE - 8) * SIZE + 8] = dark
    open_places = [place for place in _zigzag() if square[place] == _OPEN]
    for bit, place in enumerate(open_places):
        square[place] = bit
    mask = int("".join(["0" if place % SIZE % 3 else "1" for place in open_places]), 2)
    starts = range(0, _MODULES + 2, _PLANE)
    return [bytes([at - start if 0 <= at - start < _PLANE else _PLANE for at in square]) for start in starts], mask


def _zigzag() -> list[int]:
    """Return the places of the modules, two columns at a time from the right, upwards and downwards in turn."""
    found: list[int] = []
    for turn, right in enumerate((*range(SIZE - 1, 6, -2), 5, 3, 1)):
        rows = range(right, SIZE * SIZE, SIZE)
        for place in rows if turn % 2 else rows[::-1]:
            found += (place, place - 1)
    return found
