"""A file that is hostile, damaged or of another kind is refused, with the reason, before anything in it is used."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from lotproof.findings import Refused
from lotproof.readers import read
from word_packages import document, packed, paragraph, parts, word

GOOD = word(paragraph("The wall is 2.0 mm thick."))


def code(content: bytes, name: str = "contract.docx") -> str:
    """Return the code with which a file is refused."""
    with pytest.raises(Refused) as refused:
        read(content, name)
    (finding,) = refused.value.findings
    assert finding.where == name
    assert finding.hint
    return finding.code


def bomb(size: int) -> bytes:
    """Return a package whose main part would unpack to ``size`` bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts("").items():
            if name != "word/document.xml":
                package.writestr(name, content)
        with package.open("word/document.xml", "w", force_zip64=False) as part:
            for _ in range(size // 1_000_000):
                part.write(b" " * 1_000_000)
    return made.getvalue()


def patched(content: bytes, **changes: int) -> bytes:
    """Return a zip with other numbers in its closing record: ``count`` of parts, ``size`` of the directory."""
    end = content.rindex(b"PK\x05\x06")
    values = list(struct.unpack("<HHHHIIH", content[end + 4 : end + 22]))
    if "count" in changes:
        values[2] = values[3] = changes["count"]
    if "size" in changes:
        values[4] = changes["size"]
    return content[: end + 4] + struct.pack("<HHHHIIH", *values) + content[end + 22 :]


def test_a_good_file_is_read() -> None:
    assert [passage.text for passage in read(GOOD, "contract.docx").passages] == ["The wall is 2.0 mm thick."]


@pytest.mark.parametrize("cut", [1, 10, 100, len(GOOD) // 2, len(GOOD) - 1])
def test_a_file_that_is_cut_short_is_damaged(cut: int) -> None:
    assert code(GOOD[:cut]) in ("LP501", "LP500")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"not a zip at all", "LP501"),
        (b"PK\x03\x04" + b"\0" * 100, "LP501"),
        (b"PK\x05\x06" + b"\0" * 18, "LP501"),
        (patched(GOOD, count=60_000), "LP503"),
        (patched(GOOD, size=2**31), "LP501"),
        (patched(GOOD, count=40), "LP501"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "LP500"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "LP502"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 40, "LP501"),
        (packed({"content.xml": "<x/>", "mimetype": "application/vnd.oasis.opendocument.text"}), "LP500"),
        (packed({"a.txt": "no document"}), "LP501"),
    ],
)
def test_what_is_no_word_document_is_refused(content: bytes, expected: str) -> None:
    assert code(content) == expected


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"{\\rtf1 text}", "contract.rtf"),
        (b"\xff\xd8\xff\xe0", "scan.jpg"),
        (b"<!DOCTYPE html><p>x</p>", "contract.txt"),
        (b"x", "a.pdf"),
    ],
)
def test_other_formats_are_refused_with_what_to_save_them_as(content: bytes, name: str) -> None:
    assert code(content, name) == "LP500"


def test_more_than_a_contract_can_be_is_refused() -> None:
    assert code(b"PK\x03\x04" + b"\0" * 32_000_001) == "LP503"
    assert code(b"a" * 32_000_001, "contract.txt") == "LP503"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    content = bomb(60_000_000)
    tracemalloc.start()
    assert code(content) == "LP503"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000


def test_a_part_that_holds_more_than_the_directory_says_is_refused() -> None:
    content = bytearray(bomb(3_000_000))
    entry = content.rindex(b"PK\x01\x02")
    while content[entry + 46 : entry + 63] != b"word/document.xml":
        entry = content.rindex(b"PK\x01\x02", 0, entry)
    content[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    assert code(bytes(content)) == "LP503"


def test_a_part_whose_checksum_is_wrong_is_damaged() -> None:
    content = bytearray(GOOD)
    place = content.index(b"word/document.xml") + 40
    content[place] ^= 0xFF
    assert code(bytes(content)) == "LP501"


@pytest.mark.parametrize("name", ["word/Document.xml", "word/../evil.xml", "word\\evil.xml", "/evil.xml", "C:evil.xml"])
def test_names_that_two_programs_read_differently_are_refused(name: str) -> None:
    assert code(packed(parts(paragraph("x"), more={name: "<x/>"}))) == "LP504"


@pytest.mark.parametrize(
    "head",
    [
        "<!DOCTYPE w:document>",
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
@pytest.mark.parametrize("part", ["word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"])
def test_a_document_type_is_refused_in_every_part(head: str, part: str) -> None:
    named = parts(paragraph("x"))
    assert code(packed({**named, part: head + named[part]})) == "LP505"


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "http://evil.example/t.dotm"),
        ("attachedTemplate", "\\\\server\\share\\t.dotm"),
        ("image", "http://evil.example/pixel.png"),
        ("oleObject", "file:///c:/x.doc"),
        ("frame", "http://evil.example/"),
        ("hyperlink", "file://server/share/x"),
        ("hyperlink", "\\\\server\\share"),
        ("hyperlink", "javascript:alert(1)"),
    ],
)
def test_what_would_be_fetched_from_outside_is_refused(kind: str, target: str) -> None:
    assert code(word(paragraph("x"), links=((kind, target, "External"),))) == "LP506"


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("hyperlink", "https://www.example.com/a?b=1"),
        ("hyperlink", "mailto:a@example.com"),
        ("hyperlink", "Annex%201.docx"),
        ("attachedTemplate", "file:///C:\\Users\\Li\\Normal.dotm"),
        ("attachedTemplate", "Normal.dotm"),
    ],
)
def test_links_to_click_and_the_template_of_the_author_are_no_reason_to_refuse(kind: str, target: str) -> None:
    assert read(word(paragraph("x"), links=((kind, target, "External"),)), "contract.docx").passages


@pytest.mark.parametrize(
    "more",
    [
        {"more": {"word/vbaProject.bin": "x"}},
        {"more": {"word/activeX/activeX1.xml": "<x/>"}},
        {"types": '<Override PartName="/x" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'},
        {"links": (("aFChunk", "chunk.html", ""),)},
    ],
)
def test_what_runs_or_is_imported_is_refused(more: dict[str, object]) -> None:
    assert code(word(paragraph("x"), **more)) == "LP507"


def test_depth_is_bounded() -> None:
    assert code(word("<w:sdt>" * 5000 + "</w:sdt>" * 5000)) == "LP503"
    assert code(packed({**parts(""), "word/document.xml": "<w:p"})) == "LP501"


def test_two_hundred_megabytes_are_not_even_read(tmp_path: Path) -> None:
    from lotproof.cli.files import read_file

    path = tmp_path / "large.docx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(200_000_000)
    content = read_file(str(path))
    assert len(content) < 33_000_000
    assert code(content, str(path)) == "LP503"


def test_utf16_is_read_and_its_document_type_seen() -> None:
    xml = '<?xml version="1.0" encoding="UTF-16"?>' + document(paragraph("壁厚 2.0 mm"))
    named: dict[str, str | bytes] = {**parts(""), "word/document.xml": xml.encode("utf-16")}
    assert [p.text for p in read(packed(named), "c.docx").passages] == ["壁厚 2.0 mm"]
    named["word/document.xml"] = ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x>' + document("")).encode("utf-16")
    assert code(packed(named)) == "LP505"
