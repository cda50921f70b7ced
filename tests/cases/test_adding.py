"""What is recorded, under which names, and what is refused before anything is touched."""

from __future__ import annotations

import datetime
import hashlib
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_folders import NOW, PLACE, add, codes, contents, new_case, order, photo, photos
from lotproof.cases.chain import read_chain
from lotproof.cases.labels import read_units
from lotproof.cases.model import MANIFEST, Case
from lotproof.cases.names import MOST_IN_NAME, fault_of, folded, is_kept_path
from lotproof.cases.verifying import verify_case
from lotproof.findings import Refused, Severity
from lotproof.records.rows import drawn_units


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with its order alone."""
    return new_case(tmp_path / "case")


def known(case: Path) -> Case:
    """Return what the manifest says."""
    chain = read_chain((case / MANIFEST).read_bytes())
    assert chain.sound
    assert chain.case is not None
    return chain.case


def refusal(case: Path, *files: Path, **labels: object) -> list[str]:
    """Return the codes of a refusal that leaves the case as it was."""
    before = contents(case)
    with pytest.raises(Refused) as refused:
        add(case, *files, **labels)  # type: ignore[arg-type]
    assert all(f.hint and f.message for f in refused.value.findings)
    assert contents(case) == before
    return [f.code for f in refused.value.findings if f.severity is Severity.REFUSE]


def test_a_file_is_copied_and_recorded_with_hash_size_time_and_labels(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "seal.jpg"
    path.write_bytes(photo("seal", gps=PLACE))
    added = add(case, path, what="seal", note="door side", terms=("all.appearance",), units=("7",))
    (entry,) = added.entries
    assert (case / "arrival" / "seal.jpg").read_bytes() == path.read_bytes()
    assert entry.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (entry.size, entry.recorded, entry.what) == (path.stat().st_size, NOW, "seal")
    assert (entry.units, entry.terms, entry.note) == (("7",), ("all.appearance",), "door side")
    assert entry.picture is not None
    assert entry.picture.place is not None
    assert (entry.picture.taken, entry.picture.offset) == ("2027-06-12T10:03:11", "+02:00")
    assert (entry.picture.place.latitude, entry.picture.place.longitude) == ("53.503472", "-9.983681")
    assert known(case).entries[-1] == entry
    assert known(case).head == entry.hash == added.head
    assert added.findings == ()


def test_the_time_of_recording_is_kept_in_utc_whatever_the_zone(case: Path, tmp_path: Path) -> None:
    zone = datetime.timezone(datetime.timedelta(hours=8))
    (path,) = photos(tmp_path / "p", 1)
    add(case, path, now=datetime.datetime(2027, 6, 13, 4, 0, tzinfo=zone))
    assert b'"recorded":"2027-06-12T20:00:00Z"' in (case / MANIFEST).read_bytes()


def test_files_can_be_read_by_their_owner_alone(case: Path, tmp_path: Path) -> None:
    add(case, *photos(tmp_path / "p", 1))
    assert {path.stat().st_mode & 0o777 for path in case.rglob("*") if path.is_file()} == {0o600}


def test_a_folder_keeps_its_tree_and_leaves_out_what_browsers_left(case: Path, tmp_path: Path) -> None:
    photos(tmp_path / "day 1" / "doors", 2)
    photos(tmp_path / "day 1", 1)
    (tmp_path / "day 1" / ".DS_Store").write_bytes(b"x")
    (tmp_path / "day 1" / "Thumbs.db").write_bytes(b"x")
    added = add(case, tmp_path / "day 1")
    assert [entry.path for entry in added.entries] == [
        "arrival/day 1/IMG_0001.jpg",
        "arrival/day 1/doors/IMG_0001.jpg",
        "arrival/day 1/doors/IMG_0002.jpg",
    ]
    (left_out,) = [f for f in added.findings if f.code == "LP844"]
    assert ".DS_Store" in left_out.message
    assert "Thumbs.db" in left_out.message


def test_what_lies_in_the_case_is_recorded_where_it_is(case: Path) -> None:
    (case / "arrival" / "by hand").mkdir()
    (case / "arrival" / "by hand" / "a.jpg").write_bytes(photo("a"))
    (case / "messages" / "mail.txt").write_bytes(b"hello")
    added = add(case, case / "arrival", case / "messages" / "mail.txt", to=None)
    assert [entry.path for entry in added.entries] == ["arrival/by hand/a.jpg", "messages/mail.txt"]
    assert verify_case(str(case)).intact


def test_a_case_given_through_a_link_is_the_same_case(case: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(case)
    (case / "arrival" / "a.jpg").write_bytes(photo("a"))
    added = add(tmp_path / "link", tmp_path / "link" / "arrival" / "a.jpg", to=None)
    assert [entry.path for entry in added.entries] == ["arrival/a.jpg"]


def test_the_same_file_again_is_no_new_entry(case: Path, tmp_path: Path) -> None:
    (path,) = photos(tmp_path / "p", 1)
    add(case, path, what="seal")
    before = contents(case)
    added = add(case, path)
    assert (added.entries, codes(added.findings)) == ((), ["LP843"])
    assert contents(case) == before


def test_other_labels_for_a_recorded_file_are_a_new_line_and_the_last_count(case: Path, tmp_path: Path) -> None:
    (path,) = photos(tmp_path / "p", 1)
    add(case, path, note="first")
    added = add(case, case / "arrival" / path.name, to=None, what="unit", units=("3",))
    (entry,) = added.entries
    assert (entry.what, entry.units, entry.note) == ("unit", ("3",), "first")
    assert known(case).files()[entry.path] == entry
    assert len(known(case).entries) == 3
    assert verify_case(str(case)).intact


def test_another_content_under_a_recorded_name_is_refused(case: Path, tmp_path: Path) -> None:
    (path,) = photos(tmp_path / "p", 1)
    add(case, path)
    path.write_bytes(photo("other"))
    assert refusal(case, path) == ["LP842"]
    add(case, path, name="IMG_0001-later.jpg")
    assert (case / "arrival" / "IMG_0001-later.jpg").read_bytes() == path.read_bytes()


def test_a_file_that_lies_there_unrecorded_is_not_overwritten(case: Path, tmp_path: Path) -> None:
    (path,) = photos(tmp_path / "p", 1)
    (case / "arrival" / path.name).write_bytes(b"somebody's")
    assert refusal(case, path) == ["LP842"]


@pytest.mark.parametrize(
    "pair", [("a.jpg", "A.JPG"), ("é.jpg", unicodedata.normalize("NFD", "É.jpg")), ("straße.jpg", "STRASSE.jpg")]
)
def test_names_that_some_system_takes_for_the_same_are_refused(
    case: Path, tmp_path: Path, pair: tuple[str, str]
) -> None:
    paths = []
    for number, name in enumerate(pair):
        (tmp_path / str(number)).mkdir()
        paths.append(tmp_path / str(number) / name)
        paths[-1].write_bytes(photo(name))
    assert refusal(case, *paths) == ["LP841"]
    add(case, paths[0])
    assert refusal(case, paths[1]) == ["LP842"]


@pytest.mark.parametrize(
    "name",
    [
        "CON",
        "nul.jpg",
        "LPT1.txt",
        "a:b.jpg",
        "a?.jpg",
        "end. ",
        "dot.",
        " lead.jpg",
        ".hidden",
        "a\u202egpj.exe",
        "x\x07.jpg",
        "y" * 181,
        "tab\t.txt",
        "zero\u200bwidth.jpg",
    ],
)
def test_a_name_that_is_not_safe_everywhere_is_refused_and_can_be_given_another(
    case: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(photo(name))
    assert refusal(case, path) == ["LP841"]
    (entry,) = add(case, path, name="safe.jpg").entries
    assert entry.path == "arrival/safe.jpg"


def test_a_name_that_is_no_text_is_refused(case: Path, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/bad\xff.jpg"
    with open(path, "wb") as file:
        file.write(photo("bad"))
    assert refusal(case, Path(os.fsdecode(path))) == ["LP841"]


@given(st.text(max_size=200))
def test_a_name_that_is_let_through_names_one_file_below(name: str) -> None:
    if not fault_of(name):
        assert is_kept_path(f"arrival/{name}")
        assert os.path.normpath(f"arrival/{name}") == f"arrival/{name}"
        assert len(name.encode()) <= MOST_IN_NAME
        assert folded(name) == folded(unicodedata.normalize("NFD", name))
    elif "/" not in name:
        assert not is_kept_path(f"arrival/{name}")


def test_a_path_with_dots_on_the_way_is_taken_by_its_name(case: Path, tmp_path: Path) -> None:
    photos(tmp_path / "p", 1)
    (entry,) = add(case, tmp_path / "p" / ".." / "p" / "IMG_0001.jpg").entries
    assert entry.path == "arrival/IMG_0001.jpg"


def test_links_fifos_devices_and_what_is_not_there_are_refused_at_once(case: Path, tmp_path: Path) -> None:
    photos(tmp_path / "p", 1)
    (tmp_path / "link.jpg").symlink_to(tmp_path / "p" / "IMG_0001.jpg")
    os.mkfifo(tmp_path / "pipe")
    files = [tmp_path / "link.jpg", tmp_path / "pipe", Path("/dev/zero"), tmp_path / "nowhere.jpg", tmp_path / "p\0q"]
    assert refusal(case, *files) == ["LP844"] * 5
    (tmp_path / "p" / "inner.jpg").symlink_to("/etc/passwd")
    assert refusal(case, tmp_path / "p") == ["LP844"]


def test_a_folder_of_the_case_that_is_a_link_is_not_written_through(case: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (case / "claim").rmdir()
    (case / "claim").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="LP845"):
        add(case, *photos(tmp_path / "p", 1), to="claim")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_one_that_cannot_be_recorded_keeps_all_from_it(case: Path, tmp_path: Path) -> None:
    paths = photos(tmp_path / "p", 3)
    unreadable = tmp_path / "link"
    unreadable.symlink_to(paths[0])
    assert refusal(case, *paths, unreadable) == ["LP844"]


def test_a_file_outside_needs_a_folder(case: Path, tmp_path: Path) -> None:
    assert refusal(case, *photos(tmp_path / "p", 1), to=None) == ["LP847"]


@pytest.mark.parametrize(
    ("labels", "hint"),
    [
        ({"what": "seel"}, "seal"),
        ({"what": "notice"}, "--to messages"),
        ({"terms": ("ceramic_tableware.capacity",)}, "ceramic_tableware.capacity@"),
        ({"units": ("201",)}, "1 to 200"),
        ({"units": ("1", "2", "3")}, "one for each"),
        ({"note": "a" * 2_001}, "shorter"),
        ({"note": "a\u202eb"}, "again"),
    ],
)
def test_labels_that_mean_nothing_are_refused_with_what_is_known(
    case: Path, tmp_path: Path, labels: dict[str, object], hint: str
) -> None:
    paths = photos(tmp_path / "p", 2)
    with pytest.raises(Refused) as refused:
        add(case, *paths, **labels)  # type: ignore[arg-type]
    (found,) = refused.value.findings
    assert found.code == "LP847"
    assert hint in found.hint


def test_units_are_given_one_each_in_the_order_of_the_files(case: Path, tmp_path: Path) -> None:
    added = add(case, *photos(tmp_path / "p", 3), what="unit", units=read_units(["4-6"]))
    assert [entry.units for entry in added.entries] == [("4",), ("5",), ("6",)]
    (one,) = add(case, *photos(tmp_path / "q", 1, "Q"), what="unit", units=read_units(["7-9", "11"])).entries
    assert one.units == ("7", "8", "9", "11")


@pytest.mark.parametrize("text", ["5-4", "0-3", "1-99999999"])
def test_a_range_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="LP847"):
        read_units([text])


def test_units_are_those_that_the_order_draws() -> None:
    assert drawn_units(order()) == tuple(map(str, range(1, 201)))


def test_an_undeclared_copy_is_said_and_a_declared_one_is_not(case: Path, tmp_path: Path) -> None:
    (path,) = photos(tmp_path / "p", 1)
    add(case, path)
    added = add(case, path, name="again.jpg", what="unit")
    (found,) = [f for f in added.findings if f.code == "LP838"]
    assert (found.where, "arrival/IMG_0001.jpg" in found.message) == ("arrival/again.jpg", True)
    assert "LP838" in codes(verify_case(str(case)).findings)
    (entry,) = add(case, case / "arrival" / "again.jpg", to=None, duplicate=True).entries
    assert entry.duplicate_of == "arrival/IMG_0001.jpg"
    assert "LP838" not in codes(verify_case(str(case)).findings)


def test_two_files_of_one_content_in_one_command_are_said(case: Path, tmp_path: Path) -> None:
    one, other = photos(tmp_path / "p", 2)
    other.write_bytes(one.read_bytes())
    assert [f.where for f in add(case, one, other).findings if f.code == "LP838"] == ["arrival/IMG_0002.jpg"]


def test_a_copy_of_nothing_is_refused(case: Path, tmp_path: Path) -> None:
    assert refusal(case, *photos(tmp_path / "p", 1), duplicate=True) == ["LP838"]


def test_a_clock_that_runs_backwards_is_said_and_stops_nothing(case: Path, tmp_path: Path) -> None:
    paths = photos(tmp_path / "p", 2)
    add(case, paths[0])
    added = add(case, paths[1], now=NOW - datetime.timedelta(days=1))
    assert [f.severity for f in added.findings if "backwards" in f.message] == [Severity.NOTE]
    verified = verify_case(str(case))
    assert verified.intact
    assert any("backwards" in f.message for f in verified.findings)


def test_a_picture_from_the_future_is_said(case: Path, tmp_path: Path) -> None:
    paths = {
        "day.jpg": ("2027:06:13 12:00:00", "+00:00"),
        "zone.jpg": ("2027:06:12 22:00:00", ""),
        "no.jpg": ("2027:06:12 23:30:00", ""),
    }
    for name, (taken, offset) in paths.items():
        (tmp_path / name).write_bytes(photo(name, taken=taken, offset=offset))
    added = add(case, *(tmp_path / name for name in paths))
    assert [f.where for f in added.findings if f.code == "LP837"] == ["arrival/day.jpg", "arrival/no.jpg"]


def test_a_photograph_that_is_none_is_recorded_and_said(case: Path, tmp_path: Path) -> None:
    whole = photo("whole")
    files = {"text.jpg": b"no picture", "cut.jpg": whole[:-4], "empty.jpg": b"", "seal.bin": b"x" * 50, "is.png": whole}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    added = add(case, *(tmp_path / name for name in files), what="seal")
    said = {f.where: f.severity for f in added.findings if f.code == "LP839"}
    assert said == {f"arrival/{name}": Severity.OPEN for name in files if name != "is.png"} | {
        "arrival/is.png": Severity.NOTE
    }
    assert verify_case(str(case)).intact


def test_pictures_without_time_and_place_are_counted_and_originals_asked_for(case: Path, tmp_path: Path) -> None:
    (tmp_path / "chat.jpg").write_bytes(photo("chat", taken="", offset=""))
    (tmp_path / "camera.jpg").write_bytes(photo("camera", gps=PLACE))
    added = add(case, tmp_path / "chat.jpg", tmp_path / "camera.jpg", what="seal")
    (found,) = [f for f in added.findings if f.code == "LP840"]
    assert "1 of 2 do not say when" in found.message
    assert "1 of 2 do not say where" in found.message
    assert "chat program" in found.hint


def test_what_nobody_labelled_is_said(case: Path, tmp_path: Path) -> None:
    assert "LP855" in codes(add(case, *photos(tmp_path / "p", 1)).findings)


def test_a_broken_manifest_takes_no_more(case: Path, tmp_path: Path) -> None:
    content = (case / MANIFEST).read_bytes()
    (case / MANIFEST).write_bytes(content.replace(b'"size":', b'"size" :'))
    assert refusal(case, *photos(tmp_path / "p", 1)) == ["LP831"]


def test_five_thousand_photographs_are_recorded_and_verified(case: Path, tmp_path: Path) -> None:
    content = photo("many")
    (tmp_path / "many").mkdir()
    for number in range(5_000):
        (tmp_path / "many" / f"{number:04}.jpg").write_bytes(content + str(number).encode())
    added = add(case, tmp_path / "many", what="carton")
    assert len(added.entries) == 5_000
    verified = verify_case(str(case))
    assert verified.intact
    assert verified.files == 5_001


def test_no_case_is_made_where_something_lies(tmp_path: Path, case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for folder in (case, tmp_path / "full", tmp_path / "link", tmp_path / "full" / "x", Path()):
        with pytest.raises(Refused, match="LP830"):
            new_case(folder)
    new_case(tmp_path / "empty")
    assert verify_case(str(tmp_path / "empty")).intact
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case", "empty", "full", "here", "link"]
