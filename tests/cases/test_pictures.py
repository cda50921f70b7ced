"""What a picture says of itself is read as the camera wrote it; what it does not say is not known; nothing harms."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from case_folders import PLACE, photo
from lotproof.cases.exif import time_and_place
from lotproof.cases.model import Picture, Place
from lotproof.cases.pictures import look_at

HERE = Place(latitude="53.503472", longitude="-9.983681")


def seen(content: bytes) -> Picture:
    return look_at(io.BytesIO(content))


@pytest.mark.parametrize(("kind", "format_"), [("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp"), ("AVIF", "heif")])
def test_time_and_place_are_read_from_each_format(kind: str, format_: str) -> None:
    found = seen(photo("x", gps=PLACE, format_=kind))
    assert found == Picture(format=format_, taken="2027-06-12T10:03:11", offset="+02:00", place=HERE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_what_is_not_said_is_not_known(kind: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, kind)
    found = seen(out.getvalue())
    assert (found.whole, found.taken, found.offset, found.place) == (True, "", "", None)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_file_that_was_cut_off_is_not_whole(kind: str, share: float) -> None:
    content = photo("x", format_=kind) if kind != "GIF" else _gif()
    assert not seen(content[: int(len(content) * share)]).whole


def _gif() -> bytes:
    out = io.BytesIO()
    Image.frombytes("RGB", (64, 64), bytes(range(256)) * 48).save(out, "GIF")
    return out.getvalue()


def test_a_jpeg_with_something_behind_its_end_is_whole() -> None:
    assert seen(photo() + b"\0" * 200_000).whole, "phones put a film behind"
    assert not seen(photo()[:-2] + b"\0" * 200_000).whole


def test_the_end_of_a_thumbnail_is_not_the_end_of_the_picture() -> None:
    whole = photo()
    app = b"\xff\xe2" + struct.pack(">H", 12) + b"thumb\xff\xd9...."
    assert seen(whole[:2] + app[:14] + whole[2:]).whole
    assert not seen((whole[:2] + app[:14] + whole[2:])[:-2]).whole


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"not a picture at all", b"PK\x03\x04" + bytes(40), b"%PDF-1.7\n", b"\xff\xd8", b"\xff\xd8\xff"],
)
def test_what_is_no_picture_has_no_format(content: bytes) -> None:
    found = seen(content)
    assert not found.whole
    assert found.taken == ""


@pytest.mark.parametrize(
    ("taken", "offset", "expected"),
    [
        ("2027:06:12 10:03:11", "-03:30", ("2027-06-12T10:03:11", "-03:30")),
        ("2027:06:12 10:03:11", "", ("2027-06-12T10:03:11", "")),
        ("2027:06:12 10:03:11", "+99:00", ("2027-06-12T10:03:11", "")),
        ("0000:00:00 00:00:00", "+02:00", ("", "")),
        ("    :  :     :  :  ", "+02:00", ("", "")),
        ("2027:13:12 10:03:11", "+02:00", ("", "")),
        ("1970:01:01 00:00:00", "+00:00", ("", "")),
        ("today", "+02:00", ("", "")),
    ],
)
def test_a_time_that_is_none_is_not_known(taken: str, offset: str, expected: tuple[str, str]) -> None:
    found = seen(photo("x", taken=taken, offset=offset))
    assert (found.taken, found.offset) == expected


@pytest.mark.parametrize(
    "gps",
    [
        {**PLACE, 1: "X"},
        {**PLACE, 2: (91.0, 0.0, 0.0)},
        {**PLACE, 4: (9.0, 61.0, 0.0)},
        {1: "N", 2: (53.0, 30.0, 0.0)},
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {**PLACE, 2: (53.0, 30.0)},
    ],
)
def test_a_place_that_is_none_is_not_known(gps: Mapping[int, Any]) -> None:
    assert seen(photo("x", gps=gps)).place is None


def test_both_orders_of_bytes_and_a_zero_below_are_read() -> None:
    for order in ("<", ">"):
        assert time_and_place(_tiff(order, 12)) == (
            "2027-06-12T10:03:11",
            "",
            Place(latitude="53.500000", longitude="9.500000"),
        )
        assert time_and_place(_tiff(order, 0))[2] is None
        assert seen(_tiff(order, 12)).format == "tiff"


def _tiff(order: str, below: int) -> bytes:
    """Return a structure with a time, and a place whose seconds have ``below`` under them."""
    start = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    first = struct.pack(order + "HHHIIHHIII", 2, 0x8769, 4, 1, 38, 0x8825, 4, 1, 76, 0)
    inner = struct.pack(order + "HHHIII", 1, 0x9003, 2, 20, 56, 0) + b"2027:06:12 10:03:11\0"
    gps = struct.pack(order + "H", 4)
    gps += struct.pack(order + "HHI4s", 1, 2, 2, b"N\0\0\0") + struct.pack(order + "HHII", 2, 5, 3, 130)
    gps += struct.pack(order + "HHI4s", 3, 2, 2, b"E\0\0\0") + struct.pack(order + "HHII", 4, 5, 3, 154)
    gps += struct.pack(order + "I", 0)
    values = struct.pack(order + "6I", 53, 1, 30, 1, 0, below) + struct.pack(order + "6I", 9, 1, 30, 1, 0, below)
    return start + first + inner + gps + values


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content


def film(seconds: int = 3_895_639_200, version: int = 0, point: bytes = b"+53.5034-009.9836/") -> bytes:
    """A film as a phone makes it: its header, its place, its content."""
    times = struct.pack(">IIII" if version == 0 else ">QQIQ", seconds, seconds, 1000, 0)
    mvhd = box(b"mvhd", bytes([version, 0, 0, 0]) + times + bytes(80))
    place = box(b"\xa9xyz", struct.pack(">HH", len(point), 0x15C7) + point)
    return box(b"ftyp", b"isom\0\0\0\0") + box(b"mdat", b"pictures" * 9) + box(b"moov", mvhd + box(b"udta", place))


@pytest.mark.parametrize("version", [0, 1])
def test_a_film_says_when_and_where(version: int) -> None:
    found = seen(film(version=version))
    assert (found.format, found.whole, found.taken, found.offset) == ("mp4", True, "2027-06-12T10:00:00", "+00:00")
    assert found.place == Place(latitude="53.503400", longitude="-9.983600")


def test_a_film_without_a_time_or_that_is_cut_off_says_so() -> None:
    assert (seen(film(0)).taken, seen(film(2**32 - 1)).taken) == ("", "2040-02-06T06:28:15")
    assert seen(film(point=b"nowhere")).place is None
    assert not seen(film()[:-20]).whole
    assert not seen(film()[:60]).whole


class Counting(io.BytesIO):
    """A file that counts what is read of it."""

    read_bytes = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.read_bytes += len(found)
        return found


def test_little_of_a_large_picture_is_read() -> None:
    file = Counting(photo()[:-2] + b"\1" * 40_000_000 + b"\xff\xd9")
    assert look_at(file).whole
    assert file.read_bytes < 200_000


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8" + b"\xff\xe1\x00\x02" * 100_000,
        b"\xff\xd8" + b"\xff" * 400_000,
        b"\x89PNG\r\n\x1a\n" + bytes(12) * 200_000,
        box(b"ftyp", b"heic") + box(b"free", b"") * 100_000,
        box(b"ftyp", b"heic") + box(b"meta", bytes(4) + box(b"free", b"") * 100_000),
        b"RIFF\xff\xff\xff\xffWEBP" + bytes(8) * 100_000,
        photo()[:20] + b"II*\0\x08\0\0\0\xff\xff" + b"\x69\x87\x04\0\x01\0\0\0\x08\0\0\0" * 60_000,
    ],
    ids=["segments", "fill bytes", "chunks", "boxes", "boxes inside", "riff", "directories"],
)
def test_a_file_made_to_keep_us_busy_is_looked_at_in_bounds(content: bytes) -> None:
    file = Counting(content)
    look_at(file)
    assert file.read_bytes < 8_000_000


def _starts() -> Iterator[bytes]:
    for kind in ("JPEG", "PNG", "WEBP", "AVIF"):
        yield photo("x", gps=PLACE, format_=kind)
    yield film()
    yield _tiff("<", 12)


@given(
    st.sampled_from(list(_starts())),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=20),
    st.floats(0, 1),
)
def test_nothing_that_a_file_holds_raises(content: bytes, changes: list[tuple[float, int]], kept: float) -> None:
    spoilt = bytearray(content)
    for place, value in changes:
        spoilt[int(place * len(spoilt))] = value
    found = seen(bytes(spoilt[: int(kept * len(spoilt))]))
    assert found.format in ("", "jpeg", "png", "webp", "heif", "tiff", "mp4", "gif")
    assert len(found.taken) in (0, 19)


@given(st.binary(max_size=400))
def test_no_bytes_raise(content: bytes) -> None:
    for start in (
        b"",
        b"II*\0\x08\0\0\0",
        b"MM\0*\0\0\0\x08",
        b"\xff\xd8\xff\xe1\0\x80Exif\0\0",
        box(b"ftyp", b"heic"),
    ):
        found: Picture = look_at(_file(start + content))
        time_and_place(start + content)
        assert found.place is None or abs(float(found.place.latitude)) <= 90


def _file(content: bytes) -> BinaryIO:
    return io.BytesIO(content)
