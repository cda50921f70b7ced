"""However a command ends, the case is as it was or as it was to be; and two that run at once lose nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest

from case_folders import add, codes, contents, new_case, photos, process, run
from lotproof.cases.chain import read_chain
from lotproof.cases.model import MANIFEST
from lotproof.cases.verifying import verify_case
from lotproof.findings import Refused, Severity

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")

DIES = """
import os, signal, sys
case, when = sys.argv[1], int(sys.argv[2])
seen = 0
def look(event, arguments):
    global seen
    if event in ("open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.scandir") and any(
        isinstance(a, (str, bytes, os.PathLike)) and os.fsdecode(a).startswith(case) for a in arguments
    ):
        seen += 1
        if seen == when:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(look)
from lotproof.cli import run
run(sys.argv[3:])
"""
"""A program that runs lotproof and kills itself when it is about to touch the case for the n-th time."""


def test_killed_at_any_step_of_adding_the_case_is_as_before_or_as_after(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    first = photos(tmp_path / "first", 1)
    add(case, *first)
    added = photos(tmp_path / "photos", 2)
    before = contents(case)
    states: list[bool] = []
    for when in range(1, 200):
        shutil.rmtree(case)
        _put(case, before)
        done = run(case, str(when), "case", "add", case, tmp_path / "photos", "--to", "arrival", code=DIES)
        killed = done.returncode == -signal.SIGKILL
        assert killed or done.returncode == 0, done.stderr
        verified = verify_case(str(case))
        assert verified.intact, (when, verified.findings)
        add(case)
        paths = set(contents(case))
        if paths == set(before):
            assert contents(case) == before, "as before, to the byte"
            states.append(False)
        else:
            assert paths == {*before, "arrival/photos/IMG_0001.jpg", "arrival/photos/IMG_0002.jpg"}, when
            for path in added:
                assert (case / "arrival" / "photos" / path.name).read_bytes() == path.read_bytes()
            assert (case / MANIFEST).read_bytes().startswith(before[MANIFEST])
            states.append(True)
        clean = verify_case(str(case))
        assert clean.intact
        assert "LP846" not in codes(clean.findings)
        if not killed:
            break
    assert states == sorted(states), "once it is as after, it stays so"
    assert states.count(False) > 5
    assert states.count(True) > 3
    assert states[-1]


def test_killed_at_any_step_of_beginning_there_is_a_whole_case_or_none(tmp_path: Path) -> None:
    order = tmp_path / "out"
    order.mkdir()
    source = new_case(tmp_path / "source")
    shutil.copy(source / "contract" / "order.json", order / "order.json")
    target = tmp_path / "cases" / "one"
    states = []
    for when in range(1, 100):
        shutil.rmtree(tmp_path / "cases", ignore_errors=True)
        done = run(tmp_path / "cases", str(when), "case", "init", target, "--order", order, code=DIES)
        states.append(target.exists())
        if target.exists():
            assert verify_case(str(target)).intact
        else:
            assert done.returncode == -signal.SIGKILL
            assert verify_case(str(new_case(target))).intact
        assert [path.name for path in (tmp_path / "cases").iterdir()] == ["one"], when
        if done.returncode == 0:
            break
    assert states == sorted(states)
    assert states[-1]
    assert states.count(False) > 5


def test_killed_at_any_moment_while_large_files_are_copied(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    sources = []
    for number in range(4):
        path = tmp_path / f"film{number}.bin"
        path.write_bytes(os.urandom(1 << 20) * 24)
        sources.append(path)
    before = contents(case)
    for delay in (0.25, 0.4, 0.6, 0.8):
        running = process("case", "add", case, *sources, "--to", "arrival")
        time.sleep(delay)
        running.kill()
        running.communicate()
        assert verify_case(str(case)).intact
        add(case)
        now = contents(case)
        if now.keys() != before.keys():
            assert {path for path in now if path.endswith(".bin")} == {f"arrival/{path.name}" for path in sources}
            break
        assert now == before


def test_what_was_cut_short_is_said_and_tidied_up(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    (case / "arrival" / ".lotproof-0123456789abcdef.tmp").write_bytes(b"half")
    verified = verify_case(str(case))
    assert verified.intact
    (found,) = [f for f in verified.findings if f.code == "LP846"]
    assert found.severity is Severity.NOTE
    assert "arrival/.lotproof-0123456789abcdef.tmp" in found.message
    (told,) = add(case).findings
    assert (told.code, "removed" in told.message) == ("LP846", True)
    assert list((case / "arrival").iterdir()) == []


def test_a_copy_that_waits_is_kept_where_something_else_lies_in_its_place(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    (path,) = photos(tmp_path / "photos", 1)
    (entry,) = add(case, path).entries
    target, part = case / entry.path, case / "arrival" / f".lotproof-{entry.seq}.part"
    target.rename(part)
    assert verify_case(str(case)).intact, "it is there, under the name that it had on the way"
    target.write_bytes(b"something else")
    assert "LP846" in codes(add(case).findings)
    assert part.read_bytes() == path.read_bytes()
    target.unlink()
    add(case)
    assert target.read_bytes() == path.read_bytes()
    assert not part.exists()


def test_processes_that_add_at_once_lose_nothing(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    wanted = {}
    running = []
    for number in range(5):
        for path in photos(tmp_path / f"p{number}", 6):
            wanted[f"arrival/p{number}/{path.name}"] = path.read_bytes()
        running.append(process("case", "add", case, tmp_path / f"p{number}", "--to", "arrival"))
    for one in running:
        _, errors = one.communicate()
        assert one.returncode == 0, errors
    verified = verify_case(str(case))
    assert verified.intact
    assert verified.case is not None
    assert {path: (case / path).read_bytes() for path in verified.case.files() if path.startswith("arrival")} == wanted


def test_processes_that_add_the_same_file_at_once_record_it_once(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    (path,) = photos(tmp_path / "photos", 1)
    running = [process("case", "add", case, path, "--to", "arrival", "--json") for _ in range(4)]
    recorded = [len(json.loads(one.communicate()[0])["recorded"]) for one in running]
    assert sorted(recorded) == [0, 0, 0, 1]
    assert verify_case(str(case)).intact


HOLDS = """
import sys, time
from pathlib import Path
from lotproof.cases.locking import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_lock_goes_with_the_process_that_was_killed(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    (path,) = photos(tmp_path / "photos", 1)
    holder = process(case, code=HOLDS)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    waiting = process("case", "add", case, path, "--to", "arrival")
    assert waiting.stderr is not None
    assert "waiting" in waiting.stderr.readline()
    assert waiting.poll() is None
    assert len(_entries(case)) == 1
    holder.kill()
    holder.communicate()
    assert waiting.wait() == 0
    waiting.communicate()
    assert len(_entries(case)) == 2


def test_readers_do_not_wait_for_each_other_and_patience_ends(tmp_path: Path) -> None:
    from lotproof.cases.locking import locked, undisturbed

    case = new_case(tmp_path / "case")
    with (
        undisturbed(case),
        undisturbed(case, patience=0),
        pytest.raises(Refused, match="LP845"),
        locked(case, patience=0),
    ):
        pass
    with locked(case), pytest.raises(Refused, match="LP845"), undisturbed(case, patience=0):
        pass


def test_interrupted_by_the_person_nothing_is_left(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    path = tmp_path / "film.bin"
    with path.open("wb") as file:
        file.truncate(3 << 30)  # larger than can be hashed before the signal comes
    before = contents(case)
    running = process("case", "add", case, path, "--to", "arrival")
    copying = case / "arrival"
    while not any(copying.iterdir()):
        time.sleep(0.01)
        assert running.poll() is None
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate()
    assert running.returncode == 130, errors
    assert "nothing was left half written" in errors
    assert contents(case) == before


def test_a_disk_without_room_leaves_the_case_as_it_was(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    small = photos(tmp_path / "photos", 2)
    before = contents(case)
    limited = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from lotproof.cli import run
run(sys.argv[1:])
"""
    done = run("case", "add", case, *small, "--to", "arrival", code=limited)
    assert done.returncode == 1
    assert "LP845" in done.stderr
    assert contents(case) == before


def _entries(case: Path) -> tuple[object, ...]:
    known = read_chain((case / MANIFEST).read_bytes()).case
    assert known is not None
    return known.entries


def _put(folder: Path, files: dict[str, bytes]) -> None:
    for name in ("contract", "inspection", "arrival", "messages", "claim"):
        (folder / name).mkdir(parents=True)
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


PEAK = """
import re, resource, sys
from lotproof.cli import run
try: run(sys.argv[1:])
except SystemExit as ended: assert not ended.code, ended.code
if sys.platform == "linux": print(re.search("VmHWM:\\s+([0-9]+)", open("/proc/self/status").read())[1])
else: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1))
"""
"""The peak in kibibytes. What Linux counts as ``ru_maxrss`` begins with what the process was forked from, which here is a large one."""


def test_a_film_of_200_mb_takes_no_more_memory_than_a_small_one(tmp_path: Path) -> None:
    """Kibibytes: the film is twice as large as what the whole program may take."""
    case = new_case(tmp_path / "case")
    with (tmp_path / "film.bin").open("wb") as file:
        file.truncate(200_000_000)
    for arguments in (("add", case, tmp_path / "film.bin", "--to", "arrival"), ("verify", case)):
        done = run("case", *arguments, code=PEAK)
        assert done.returncode == 0, done.stderr
        assert int(done.stdout.split()[-1]) < 100_000
