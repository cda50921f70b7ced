"""The package of an Office file, read back by the standard library."""

from __future__ import annotations

import io
import zipfile

import pytest

from lotproof.writers.package import Beside, pack

OPENING = {"[Content_Types].xml": "<Types/>", "_rels/.rels": "<Relationships/>"}


def read(package: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        return archive.read(name)


@pytest.mark.parametrize("length", [0, 1, 0xFFFF, 0x10000, 200_000])
def test_what_is_a_parts_own_may_be_of_any_length(length: int) -> None:
    own = "\u4e2d" * length
    assert read(pack({}, OPENING, alike={"a.xml": ("<a>", own, "</a>")}), "a.xml") == f"<a>{own}</a>".encode()


@pytest.mark.parametrize("length", [0, 100, 1 << 15, 1 << 20])
def test_a_part_deflated_beside_is_the_part(length: int) -> None:
    data = bytes(range(97, 123)) * (length // 26)
    assert read(pack({"a.xml": Beside(data)}, OPENING), "a.xml") == data


def test_a_picture_is_stored_as_it_is() -> None:
    package = pack({}, OPENING, pictures={"a.png": b"\x89PNG"})
    assert read(package, "a.png") == b"\x89PNG"
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.getinfo("a.png").compress_type == zipfile.ZIP_STORED
