"""QR codes: a reader that we did not write reads every text back, damaged ones too."""

from __future__ import annotations

import io
import zlib

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lotproof.writers.qr import LONGEST, QUIET, SIZE, modules, png

texts = st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", min_size=1, max_size=LONGEST)


def read(rows: list[str]) -> str:
    """Return what a reader finds in a code, with the light edge that it wants."""
    image = Image.new("L", (SIZE + 8, SIZE + 8), 255)
    for y, row in enumerate(rows, 4):
        for x, dark in enumerate(row, 4):
            image.putpixel((x, y), 0 if dark == "1" else 255)
    found = zxingcpp.read_barcodes(image.resize((8 * image.width, 8 * image.height), Image.Resampling.NEAREST))
    assert len(found) == 1
    return str(found[0].text)


@given(texts)
def test_every_text_is_read_back(text: str) -> None:
    assert read(list(modules(text))) == text


@given(texts, st.integers(9, SIZE - 4), st.integers(9, SIZE - 4))
def test_a_blot_is_mended(text: str, top: int, left: int) -> None:
    """A blot of 4 modules square spoils 6 code words at most; 13 can be mended, if the check words are right."""
    rows = list(modules(text))
    for y in range(top, top + 4):
        rows[y] = rows[y][:left] + "1111" + rows[y][left + 4 :]
    assert read(rows) == text


def test_the_picture_shows_the_code_and_is_stored() -> None:
    content = png("LP1 CODE")
    image = Image.open(io.BytesIO(content)).convert("L")
    side = 4 * (SIZE + 2 * QUIET)
    assert image.size == (side, side)
    for y, row in enumerate(modules("LP1 CODE")):
        for x, dark in enumerate(row):
            assert image.getpixel((4 * (x + QUIET) + 2, 4 * (y + QUIET) + 2)) == (0 if dark == "1" else 255)
    at = content.index(b"IDAT") + 4
    assert content[at : at + 3] == b"\x78\x01\x01", "a stored block, whatever zlib is at hand"
    assert len(zlib.decompress(content[at:-16])) == side * (-(-side // 8) + 1)


@pytest.mark.parametrize("text", ["a", "Ä", "A" * 62, "A\n", "一"])
def test_what_a_code_cannot_hold_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="no text for a QR code"):
        modules(text)
