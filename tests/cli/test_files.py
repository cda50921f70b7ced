"""Files are written whole or not at all, never through a link, never over somebody's edits, whatever happens on the way."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lotproof.cli.files import read_file, write_files
from lotproof.findings import Finding, Refused
from lotproof.sources import MAX_BYTES

DOCUMENTS = ("contract.docx", "checklist.docx", "checklist.xlsx")


def build_of(order: str) -> dict[str, bytes]:
    """The files of a build, with an order.json that knows the others."""
    files = {name: f"{name} of {order}\n".encode() * 100 for name in DOCUMENTS}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return {**files, "order.json": json.dumps({"order": order, "provenance": {"files": hashes}}).encode()}


OLD, NEW = build_of("old"), build_of("new")


def there(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def refused(folder: Path, files: dict[str, bytes], *, force: bool = False) -> tuple[Finding, ...]:
    """Write what is refused."""
    with pytest.raises(Refused) as caught:
        write_files(folder, files, force=force)
    return caught.value.findings


def test_files_are_written_and_readable_by_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    write_files(folder, OLD)
    assert there(folder) == OLD
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_build_over_its_own_files_replaces_them(tmp_path: Path) -> None:
    write_files(tmp_path, OLD)
    write_files(tmp_path, NEW)
    write_files(tmp_path, NEW)
    assert there(tmp_path) == NEW


def test_an_edited_contract_is_kept_and_nothing_else_is_written(tmp_path: Path) -> None:
    write_files(tmp_path, OLD)
    (tmp_path / "contract.docx").write_bytes(b"edited by hand")
    (finding,) = refused(tmp_path, NEW)
    assert (finding.code, finding.where) == ("LP404", str(tmp_path / "contract.docx"))
    assert "--force" in finding.hint
    assert there(tmp_path) == OLD | {"contract.docx": b"edited by hand"}


def test_force_overwrites_edits(tmp_path: Path) -> None:
    write_files(tmp_path, OLD)
    (tmp_path / "contract.docx").write_bytes(b"edited by hand")
    write_files(tmp_path, NEW, force=True)
    assert there(tmp_path) == NEW


def test_all_files_that_are_not_ours_are_named_at_once(tmp_path: Path) -> None:
    for name in (*DOCUMENTS, "order.json"):
        (tmp_path / name).write_bytes(b"somebody else's")
    findings = refused(tmp_path, NEW)
    assert [f.code for f in findings] == ["LP404"] * 4
    assert set(there(tmp_path).values()) == {b"somebody else's"}


def test_an_order_file_that_is_broken_owns_nothing(tmp_path: Path) -> None:
    write_files(tmp_path, OLD)
    for broken in (b"", b"{", b"[]", b'{"provenance": 1}', b'{"provenance": {"files": []}}', b"[" * 100_000, b"\xff"):
        (tmp_path / "order.json").write_bytes(broken)
        assert {f.code for f in refused(tmp_path, NEW)} == {"LP404"}


@pytest.mark.parametrize("name", [*DOCUMENTS, "order.json"])
@pytest.mark.parametrize("force", [False, True])
def test_no_target_is_written_through_a_link(tmp_path: Path, name: str, force: bool) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"precious")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / name).symlink_to(elsewhere)
    (finding,) = refused(folder, NEW, force=force)
    assert (finding.code, finding.where) == ("LP403", str(folder / name))
    assert "link" in finding.message
    assert elsewhere.read_bytes() == b"precious"
    assert [path.name for path in folder.iterdir()] == [name]


def test_a_dangling_link_and_a_folder_in_the_place_of_a_target_are_refused(tmp_path: Path) -> None:
    (tmp_path / "contract.docx").symlink_to(tmp_path / "nowhere")
    (tmp_path / "checklist.docx").mkdir()
    os.mkfifo(tmp_path / "checklist.xlsx")
    findings = refused(tmp_path, NEW, force=True)
    assert [f.code for f in findings] == ["LP403"] * 3
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_that_is_a_link_is_left_alone_and_its_place_is_named(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    (finding,) = refused(link, NEW)
    assert finding.code == "LP403"
    assert str(real.resolve()) in finding.hint
    assert not there(real)


@pytest.mark.parametrize("inner", [(), ("sub",), ("sub", "deeper")])
def test_a_folder_below_a_file_cannot_be_written(tmp_path: Path, inner: tuple[str, ...]) -> None:
    (tmp_path / "file").write_bytes(b"x")
    folder = (tmp_path / "file").joinpath(*inner)
    (finding,) = refused(folder, NEW)
    assert (finding.code, finding.where) == ("LP402", str(folder))
    assert "-o" in finding.hint
    assert there(tmp_path) == {"file": b"x"}


def test_folders_made_for_nothing_are_taken_away_again(tmp_path: Path) -> None:
    (finding,) = refused(tmp_path / "a" / "b", {"x" * 300: b""})
    assert finding.code == "LP402"
    assert not there(tmp_path)


def test_while_one_build_writes_another_is_refused(tmp_path: Path) -> None:
    import fcntl

    handle = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        (finding,) = refused(tmp_path, NEW)
    finally:
        os.close(handle)
    assert finding.code == "LP402"
    assert "another build" in finding.message
    write_files(tmp_path, NEW)
    assert there(tmp_path) == NEW


def test_the_order_takes_its_name_last(tmp_path: Path) -> None:
    named = run_dying(tmp_path / "out", "os.rename", 99)
    assert named.stdout.split() == [*DOCUMENTS, "order.json"]


@pytest.mark.parametrize("event", ["open", "os.rename", "os.remove"])
@pytest.mark.parametrize("at", range(1, 6))
@pytest.mark.parametrize("first", [False, True], ids=["over the last build", "into a new folder"])
def test_a_build_that_dies_leaves_whole_files_and_the_next_one_mends_all(
    tmp_path: Path, event: str, at: int, first: bool
) -> None:
    folder = tmp_path / "out"
    if not first:
        write_files(folder, OLD)
    run_dying(folder, event, at)
    left = {
        name: content
        for name, content in (there(folder) if folder.exists() else {}).items()
        if not name.startswith(".")
    }
    for name, content in left.items():
        assert content in (OLD[name], NEW[name])
    if left.get("order.json") == NEW["order.json"]:
        assert left == NEW
    write_files(folder, NEW)
    assert there(folder) == NEW


DYING = """
import hashlib, json, os, sys
from pathlib import Path
sys.path[:0] = json.loads(sys.argv[5])
from lotproof.cli.files import write_files
folder, event, at = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
files = {name: text.encode() for name, text in json.loads(sys.argv[4]).items()}
seen = 0
def hook(name, args):
    global seen
    if name == event and (folder.name + os.sep) in str(args[0]):
        seen += 1
        if name == "os.rename":
            print(Path(os.fsdecode(args[1])).name, flush=True)
        if seen == at:
            os._exit(9)
sys.addaudithook(hook)
write_files(folder, files)
"""


def run_dying(folder: Path, event: str, at: int) -> subprocess.CompletedProcess[str]:
    """Write the new build in a process that dies at the ``at``-th ``event``, as by a power cut."""
    files = json.dumps({name: content.decode() for name, content in NEW.items()})
    command = [sys.executable, "-c", DYING, str(folder), event, str(at), files, json.dumps(sys.path)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


# --- reading -------------------------------------------------------------------------------------------------------


def test_a_file_is_read_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "answers.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\n\x00")
    assert read_file(str(path)) == b"\xef\xbb\xbfa = 1\r\n\x00"


def test_no_more_is_read_than_shows_that_it_is_too_much(tmp_path: Path) -> None:
    path = tmp_path / "answers.toml"
    with path.open("wb") as file:
        file.truncate(10**12)
    assert len(read_file(str(path))) == MAX_BYTES + 1


def test_a_fifo_a_folder_a_device_and_a_missing_file_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    for path in (tmp_path / "fifo", tmp_path, Path("/dev/zero"), tmp_path / "missing", tmp_path / ("x" * 300)):
        with pytest.raises(Refused) as caught:
            read_file(str(path))
        (finding,) = caught.value.findings
        assert (finding.code, finding.where) == ("LP401", str(path))
        assert "answers file" in finding.hint


def test_a_path_is_shown_without_what_a_terminal_would_obey(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read_file(str(tmp_path / "\x1b[31m\n\u202eanswers"))
    assert caught.value.findings[0].where.isprintable()
