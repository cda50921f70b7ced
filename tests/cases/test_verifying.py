"""Whatever is done to a case is named: one byte of a file or of the manifest, a file too many or too few, another name."""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from case_folders import NOW, add, codes, contents, filled_case, photo
from lotproof.cases.model import MANIFEST
from lotproof.cases.verifying import Verified, verify_case
from lotproof.findings import Finding, Refused, Severity

FILES = (
    "contract/order.json",
    "inspection/report.pdf",
    "arrival/seal.jpg",
    "messages/mail.eml",
    "claim/claim.txt",
    "arrival/photos/one.jpg",
)
EACH = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case that nobody touches."""
    return filled_case(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def case(whole: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may spoil."""
    shutil.copytree(whole, tmp_path / "case")
    return tmp_path / "case"


def refused(case: Path) -> list[Finding]:
    """Return what is not as it was recorded."""
    return [f for f in verify_case(str(case)).findings if f.severity is Severity.REFUSE]


def named(findings: list[Finding], path: str) -> bool:
    """Say whether one of the findings names a path."""
    return any(path in f"{f.where} {f.message}" for f in findings)


def lines_of(case: Path) -> list[bytes]:
    return (case / MANIFEST).read_bytes().splitlines(keepends=True)


def path_of(line: bytes) -> str:
    return str(json.loads(line).get("path", ""))


def test_a_case_that_nobody_touched_is_intact(whole: Path) -> None:
    before = contents(whole)
    verified = verify_case(str(whole))
    assert verified.intact
    assert verified.files == len(FILES)
    assert verified.bytes == sum((whole / path).stat().st_size for path in FILES)
    assert contents(whole) == before, "verifying writes nothing"


@EACH
@given(st.sampled_from(FILES), st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_one_byte_changed_in_any_file_is_named_by_its_path(whole: Path, path: str, place: float, change: int) -> None:
    content = (whole / path).read_bytes()
    spoilt = bytearray(content)
    spoilt[int(place * len(content))] ^= change
    (whole / path).write_bytes(spoilt)
    try:
        assert [(f.code, f.where) for f in refused(whole) if f.code == "LP833"] == [("LP833", path)]
    finally:
        (whole / path).write_bytes(content)


@EACH
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_one_byte_changed_in_the_manifest_names_its_line(whole: Path, place: float, change: int) -> None:
    content = (whole / MANIFEST).read_bytes()
    position = int(place * len(content))
    spoilt = bytearray(content)
    spoilt[position] ^= change
    (whole / MANIFEST).write_bytes(spoilt)
    try:
        line = content.count(b"\n", 0, position) + 1
        found = [f for f in refused(whole) if f.code in ("LP831", "LP832")]
        assert found
        broken_end = content[position : position + 1] == b"\n"
        split = change ^ content[position] in (10, 13)
        near = {str(n) for n in (line, line + 1)} if broken_end or split else {str(line)}
        places = {f.where.partition(":")[2] for f in found}
        assert places & {*near, ""}, (places, near)
    finally:
        (whole / MANIFEST).write_bytes(content)


@pytest.mark.parametrize("path", FILES)
def test_a_file_that_was_removed_is_named(case: Path, path: str) -> None:
    (case / path).unlink()
    found = refused(case)
    assert ("LP834", path) in [(f.code, f.where) for f in found]


@pytest.mark.parametrize("path", FILES)
def test_a_file_that_was_renamed_is_named_with_both_names(case: Path, path: str) -> None:
    (case / path).rename(case / f"{path}.old")
    found = [f for f in refused(case) if f.code == "LP834"]
    assert [f.where for f in found] == [path]
    assert f"{path}.old" in found[0].message


def test_a_file_in_another_folder_is_named_with_both_paths(case: Path) -> None:
    (case / "arrival" / "seal.jpg").rename(case / "claim" / "seal.jpg")
    (found,) = refused(case)
    assert (found.code, found.where) == ("LP834", "arrival/seal.jpg")
    assert "claim/seal.jpg" in found.message


def test_another_case_of_a_name_is_a_rename(case: Path) -> None:
    (case / "arrival" / "seal.jpg").rename(case / "arrival" / "SEAL.JPG")
    (found,) = refused(case)
    assert (found.code, found.where) == ("LP834", "arrival/seal.jpg")


@pytest.mark.parametrize(
    "path", ["arrival/new.jpg", "new.txt", "arrival/photos/.hidden", "other/deep/file", ".lotproof-x.tmp"]
)
def test_a_file_that_was_put_there_is_named(case: Path, path: str) -> None:
    (case / path).parent.mkdir(parents=True, exist_ok=True)
    (case / path).write_bytes(b"x")
    assert [(f.code, f.where) for f in refused(case)] == [("LP835", path)]


def test_a_lock_that_holds_something_is_named(case: Path) -> None:
    (case / ".lotproof.lock").write_bytes(b"x")
    assert [(f.code, f.where) for f in refused(case)] == [("LP835", ".lotproof.lock")]


def test_two_files_that_changed_places_are_both_named(case: Path) -> None:
    one, other = case / "arrival" / "seal.jpg", case / "messages" / "mail.eml"
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)
    assert {f.where for f in refused(case)} == {"arrival/seal.jpg", "messages/mail.eml"}


def test_a_file_of_the_same_size_and_time_is_named(case: Path) -> None:
    path = case / "messages" / "mail.eml"
    status = path.stat()
    path.write_bytes(b"X" * status.st_size)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert [(f.code, f.where) for f in refused(case)] == [("LP833", "messages/mail.eml")]


def every_line(whole: Path) -> Iterator[int]:
    yield from range(len(lines_of(whole)))


def test_a_line_that_was_removed_names_the_file_and_the_place(whole: Path) -> None:
    lines = lines_of(whole)
    for number in every_line(whole):
        left = [*lines[:number], *lines[number + 1 :]]
        (whole / MANIFEST).write_bytes(b"".join(left))
        found = refused(whole)
        (whole / MANIFEST).write_bytes(b"".join(lines))
        assert found, number
        if number:
            assert named(found, path_of(lines[number])), number
        if number < len(lines) - 1:
            assert "LP832" in codes(found), number


def test_lines_that_changed_places_are_named(whole: Path) -> None:
    lines = lines_of(whole)
    for one in range(len(lines)):
        for other in range(one + 1, len(lines)):
            swapped = list(lines)
            swapped[one], swapped[other] = lines[other], lines[one]
            (whole / MANIFEST).write_bytes(b"".join(swapped))
            found = [f for f in refused(whole) if f.code == "LP832"]
            (whole / MANIFEST).write_bytes(b"".join(lines))
            assert named(found, path_of(lines[other])), (one, other)
            assert one == 0 or named(found, path_of(lines[one])), (one, other)


def test_a_line_that_was_put_in_is_named(case: Path, tmp_path: Path) -> None:
    other = filled_case(tmp_path / "other")
    (tmp_path / "late.jpg").write_bytes(photo("late"))
    add(other, tmp_path / "late.jpg")
    foreign = lines_of(other)[-1]
    lines = lines_of(case)
    for number in range(len(lines) + 1):
        (case / MANIFEST).write_bytes(b"".join([*lines[:number], foreign, *lines[number:]]))
        found = refused(case)
        assert named(found, "arrival/late.jpg"), number
        assert "LP832" in codes(found) or number == len(lines), number


def test_a_line_that_stands_twice_is_named(case: Path) -> None:
    lines = lines_of(case)
    (case / MANIFEST).write_bytes(b"".join([*lines, lines[2]]))
    assert named([f for f in refused(case) if f.code == "LP832"], path_of(lines[2]))


def test_a_manifest_that_an_editor_has_saved_is_named(case: Path) -> None:
    (case / MANIFEST).write_bytes((case / MANIFEST).read_bytes().replace(b"\n", b"\r\n"))
    assert "LP831" in codes(refused(case))


def test_a_line_with_other_spaces_is_not_as_it_was_written(case: Path) -> None:
    lines = lines_of(case)
    lines[2] = json.dumps(json.loads(lines[2])).encode() + b"\n"
    (case / MANIFEST).write_bytes(b"".join(lines))
    assert [f.where for f in refused(case) if f.code == "LP831"] == [f"{MANIFEST}:3"]


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"{}\n", b"[1]\n", b"\xff\xfe\n", b"{" * 100_000 + b"\n", b'{"a":1e999}\n', b"null\n"]
)
def test_what_is_no_manifest_is_named_and_harms_nothing(case: Path, content: bytes) -> None:
    (case / MANIFEST).write_bytes(content)
    assert not verify_case(str(case)).intact
    with pytest.raises(Refused) as refusal:
        add(case)
    assert {f.code for f in refusal.value.findings} <= {"LP831", "LP832"}


@pytest.mark.parametrize(
    "path",
    ["arrival/../../outside.txt", "/etc/passwd", "arrival", "other/x", "arrival//x", "arrival/a\\b", "arrival/.x"],
)
def test_a_manifest_leads_nowhere_outside(case: Path, tmp_path: Path, path: str) -> None:
    from lotproof.cases.chain import next_line, read_chain
    from lotproof.cases.entries import entry_data

    (tmp_path / "outside.txt").write_bytes(b"x")
    known = read_chain((case / MANIFEST).read_bytes()).case
    assert known is not None
    data = entry_data(what="other", path=path, sha256="0" * 64, size=1)
    line = next_line(known, known.entries[-1].seq + 1, NOW, data)
    (case / MANIFEST).write_bytes((case / MANIFEST).read_bytes() + line)
    assert [f.code for f in refused(case)] == ["LP831"]


@pytest.mark.parametrize(
    "picture",
    [
        {"format": "jpeg", "whole": True, "taken": "2027-06-12T10:03:11", "offset": "*02:00"},
        {"format": "jpeg", "whole": True, "taken": "2027-99-12T10:03:11"},
        {"format": "jpeg", "whole": "yes"},
        {"format": "jpeg", "whole": True, "place": {"latitude": "91.000000", "longitude": "0.000000"}},
        {"format": "jpeg", "whole": True, "place": {"latitude": "1e5", "longitude": "0.000000"}},
        {"format": 7, "whole": True},
        {"format": "\u001b[2J", "whole": False},
        [],
    ],
)
def test_a_picture_that_nobody_could_have_taken_makes_no_line_of_ours(case: Path, picture: object) -> None:
    from lotproof.cases.chain import next_line, read_chain

    known = read_chain((case / MANIFEST).read_bytes()).case
    assert known is not None
    data = {"what": "seal", "path": "arrival/x.jpg", "sha256": "0" * 64, "size": 1, "picture": picture}
    line = next_line(known, known.entries[-1].seq + 1, NOW, data)
    (case / MANIFEST).write_bytes((case / MANIFEST).read_bytes() + line)
    assert [f.code for f in refused(case)] == ["LP831"]


def test_what_a_manifest_holds_reaches_no_terminal_as_it_is(case: Path) -> None:
    from lotproof.cases.chain import first_line, read_chain

    found = read_chain(first_line("HB\x1b[2J", "B\n", "0" * 64, NOW, "x")).case
    assert found is not None
    assert (found.number + found.revision).isprintable()


def test_links_fifos_and_sockets_are_named_and_not_followed(case: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes((case / "arrival" / "seal.jpg").read_bytes())
    (case / "arrival" / "seal.jpg").unlink()
    (case / "arrival" / "seal.jpg").symlink_to(tmp_path / "secret")
    os.mkfifo(case / "messages" / "pipe")
    (case / "claim" / "loop").symlink_to(case)
    short = Path(os.path.relpath(case / "claim" / "s"))
    with socket.socket(socket.AF_UNIX) as listening:
        if len(os.fsencode(short)) < 100:
            listening.bind(str(short))
        found = refused(case)
    assert {"arrival/seal.jpg", "messages/pipe", "claim/loop"} <= {f.where for f in found if f.code == "LP836"}
    assert {f.code for f in found} == {"LP836"}


def test_a_manifest_that_is_a_link_is_refused(case: Path, tmp_path: Path) -> None:
    (case / MANIFEST).rename(tmp_path / "elsewhere")
    (case / MANIFEST).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="LP830"):
        verify_case(str(case))


def test_an_order_that_was_exchanged_is_named(case: Path) -> None:
    (case / "contract" / "order.json").write_bytes(b"{}")
    found = refused(case)
    assert ("LP833", "contract/order.json") in [(f.code, f.where) for f in found]


def test_a_head_from_elsewhere_is_found_or_missed(case: Path) -> None:
    heads = [json.loads(line)["hash"] for line in lines_of(case)]
    for head in (heads[0], heads[3].upper(), heads[-1]):
        assert verify_case(str(case), head=head).intact
    cut = lines_of(case)[:-1]
    (case / MANIFEST).write_bytes(b"".join(cut))
    shutil.rmtree(case / "arrival" / "photos")
    assert verify_case(str(case)).intact, "what was cut off cleanly shows only against the head"
    assert [f.code for f in verify_case(str(case), head=heads[-1]).findings if f.severity is Severity.REFUSE] == [
        "LP854"
    ]


def test_what_a_file_browser_leaves_is_a_note(case: Path) -> None:
    (case / "arrival" / "Thumbs.db").write_bytes(b"x")
    verified: Verified = verify_case(str(case))
    assert verified.intact
    assert [(f.code, f.severity) for f in verified.findings if f.where.endswith("Thumbs.db")] == [
        ("LP835", Severity.NOTE)
    ]


def test_a_case_on_a_medium_that_cannot_be_written_is_read(case: Path) -> None:
    (case / ".lotproof.lock").unlink()
    case.chmod(0o500)
    try:
        assert verify_case(str(case)).intact
        assert not (case / ".lotproof.lock").exists()
    finally:
        case.chmod(0o700)
