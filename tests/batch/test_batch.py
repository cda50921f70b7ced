"""Many orders: the same bytes as one by one, a bad row by its cell, and nothing built twice."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from case_folders import process, run
from lotproof import api
from lotproof.batch.building import STATE, Done, Wanted, build_all, here
from lotproof.batch.cluster import pack
from lotproof.batch.jobs import Job, jobs_of_folder, jobs_of_table, refuse_misnamed
from lotproof.findings import Refused
from terminal import lotproof

TEMPLATE = (Path(__file__).parents[2] / "examples" / "stoneware-mugs" / "answers.toml").read_bytes()
HEAD = ("order.number", "goods[1].quantity", "goods[1].unit_price")
ROWS: list[tuple[str, ...]] = [
    ("HB-1", "480", "1.40"),
    ("HB-2", "1200", "1.38"),
    ("HB-3", "many", "1.38"),
    ("HB-4", "2400", "1.30"),
    ("HB-1", "960", "1.39"),
]
TEXT = Wanted(formats=("txt",))


def table(rows: list[tuple[str, ...]] = ROWS, head: tuple[str, ...] = HEAD) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode()


def workbook(rows: list[tuple[str, ...]] = ROWS) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def built(jobs: tuple[Job, ...], folder: Path, processes: int = 1, wanted: Wanted = TEXT) -> list[Done]:
    return list(build_all(jobs, folder, wanted, here(processes)))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and p.name != STATE
    }


def test_what_became_of_the_orders_is_said_in_chinese_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTPROOF_LANG", "zh")
    (tmp_path / "orders.csv").write_bytes(table(ROWS[:1]))
    (tmp_path / "usual.toml").write_bytes(TEMPLATE)
    at = [str(tmp_path / name) for name in ("orders.csv", "usual.toml", "out")]
    done = lotproof("batch", at[0], "--answers", at[1], "-o", at[2], "--format", "txt", "--processes", "1")
    assert done.stdout.decode().startswith("共1份订单，已生成1份")


def test_what_is_wrong_in_the_template_is_told_by_its_own_line(tmp_path: Path) -> None:
    """A table of five rows has no line 240."""
    template = TEMPLATE.replace(b"visible_days = 30", b'visible_days = "thirty"')
    assert template != TEMPLATE
    done = built(jobs_of_table(table(ROWS[:1]), "orders.csv", template, "usual.toml"), tmp_path)
    line = template[: template.index(b"thirty")].count(b"\n") + 1
    assert f"usual.toml:{line}: notice.visible_days" in {f.where for f in done[0].findings}


def test_a_bad_row_is_told_by_its_cell_and_stops_no_other(tmp_path: Path) -> None:
    done = built(jobs_of_table(table(), "orders.csv", TEMPLATE), tmp_path)
    assert [(d.name, d.status) for d in done] == [
        ("HB-1", "final"),
        ("HB-2", "final"),
        ("HB-3", "failed"),
        ("HB-4", "final"),
        ("HB-1-2", "final"),
    ]
    assert {f.where.partition(": goods")[0] for f in done[2].findings if f.severity == "refuse"} == {"orders.csv: B4"}
    assert not (tmp_path / "HB-3").exists()
    assert "4,800" not in (tmp_path / "HB-1" / "contract.txt").read_text(encoding="utf-8")
    assert "HB-4" in (tmp_path / "HB-4" / "contract.txt").read_text(encoding="utf-8")


def test_several_processes_and_a_workbook_give_the_same_bytes(tmp_path: Path) -> None:
    built(jobs_of_table(table(), "orders.csv", TEMPLATE), tmp_path / "one")
    built(jobs_of_table(workbook(), "orders.csv", TEMPLATE), tmp_path / "two", processes=2)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_each_order_has_a_salt_of_its_own(tmp_path: Path) -> None:
    jobs = jobs_of_table(table(), "orders.csv", TEMPLATE)
    assert len({job.salt for job in jobs}) == len(jobs)
    assert jobs == jobs_of_table(table(), "orders.csv", TEMPLATE)
    other = jobs_of_table(table(), "orders.csv", TEMPLATE.replace(b"c2d9", b"c2d8"))
    assert not {job.salt for job in jobs} & {job.salt for job in other}


def test_what_is_built_is_not_built_again_and_what_changed_is(tmp_path: Path) -> None:
    built(jobs_of_table(table(), "orders.csv", TEMPLATE), tmp_path)
    before = contents(tmp_path)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("order.json")}
    again = built(jobs_of_table(table(), "orders.csv", TEMPLATE), tmp_path)
    assert all(one.again for one in again)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("order.json")} == times
    assert contents(tmp_path) == before
    changed = [*ROWS[:3], ("HB-4", "2500", "1.30"), ROWS[4]]
    assert [d.name for d in built(jobs_of_table(table(changed), "orders.csv", TEMPLATE), tmp_path) if not d.again] == [
        "HB-4"
    ]


def test_a_folder_that_was_lost_is_built_again_and_a_line_that_was_cut_off_counts_for_nothing(tmp_path: Path) -> None:
    jobs = jobs_of_table(table(), "orders.csv", TEMPLATE)
    built(jobs, tmp_path)
    (tmp_path / "HB-2" / "order.json").unlink()
    state = (tmp_path / STATE).read_bytes()
    (tmp_path / STATE).write_bytes(state[:-40])
    assert [d.name for d in built(jobs, tmp_path) if not d.again] == ["HB-2", "HB-1-2"]


def test_a_command_that_is_killed_and_run_again_ends_as_one_that_was_not(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_bytes(table([(f"K-{n}", str(480 + n), "1.40") for n in range(12)]))
    (tmp_path / "template.toml").write_bytes(TEMPLATE)
    arguments = (
        "batch",
        tmp_path / "orders.csv",
        "--answers",
        tmp_path / "template.toml",
        "--format",
        "txt",
        "--processes",
        "1",
    )
    first = process(*arguments, "-o", tmp_path / "cut")
    state = tmp_path / "cut" / STATE
    while first.poll() is None and not (state.exists() and state.read_bytes().count(b"\n") > 2):
        pass
    first.kill()
    first.communicate()
    assert run(*arguments, "-o", tmp_path / "cut").returncode == 0
    assert run(*arguments, "-o", tmp_path / "whole").returncode == 0
    assert contents(tmp_path / "cut") == contents(tmp_path / "whole")
    names = [json.loads(line)["name"] for line in state.read_bytes().splitlines()]
    assert sorted(names) == sorted({f"K-{n}" for n in range(12)})


def test_the_command_says_how_many_and_names_the_cell(tmp_path: Path) -> None:
    (tmp_path / "orders.xlsx").write_bytes(workbook())
    (tmp_path / "template.toml").write_bytes(TEMPLATE)
    done = run(
        "batch",
        tmp_path / "orders.xlsx",
        "--answers",
        tmp_path / "template.toml",
        "--format",
        "txt",
        "-o",
        tmp_path / "out",
    )
    assert done.returncode == 1
    assert "orders.xlsx: B4" in done.stderr
    assert done.stdout.startswith("4 of 5 orders built, 0 of them drafts, 0 by an earlier run; 1 not built")
    summary = list(csv.DictReader(io.StringIO((tmp_path / "out" / "summary.csv").read_text(encoding="utf-8"))))
    assert [row["status"] for row in summary] == ["final", "final", "failed", "final", "final"]


def test_a_cell_that_is_calculated_fails_its_row_alone(tmp_path: Path) -> None:
    done = built(jobs_of_table(workbook([*ROWS[:1], ("HB-2", "=1+1", "1.38")]), "orders.xlsx", TEMPLATE), tmp_path)
    assert [d.status for d in done] == ["final", "failed"]
    assert [(f.code, f.where) for f in done[1].findings] == [("LP911", "orders.xlsx: B3")]


def test_a_folder_of_answers(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.toml").write_bytes(TEMPLATE)
    (tmp_path / "in" / "b.toml").write_bytes(b"format = 3")
    done = built(jobs_of_folder(tmp_path / "in"), tmp_path / "out")
    assert [(d.name, d.status) for d in done] == [("a", "final"), ("b", "failed")]
    assert done[0].digest == api.digest(api.build(TEMPLATE).order)


@pytest.mark.parametrize("content", [b"", b"order.number\n", b"\xff\xfe\x00", b'a,b\n"open'])
def test_a_table_that_is_none(content: bytes) -> None:
    with pytest.raises(Refused) as caught:
        jobs_of_table(content, "orders.csv", TEMPLATE)
    assert [f.code for f in caught.value.findings] == ["LP910"]


def test_a_column_that_nobody_knows_is_named(tmp_path: Path) -> None:
    done = built(
        jobs_of_table(table([("HB-1", "480", "x")], (*HEAD[:2], "goods[1].colour")), "orders.csv", TEMPLATE), tmp_path
    )
    assert [(f.code, f.where) for f in done[0].findings] == [("LP181", "orders.csv: C2")]


def test_no_two_orders_have_one_folder_whatever_they_are_called() -> None:
    table = b"order.number\nX\nx\nx-2\nX-2\nx\n../x\n"
    names = [job.name.casefold() for job in jobs_of_table(table, "orders.csv", b"")]
    assert len(set(names)) == len(names) == 6
    assert not any("/" in name or name.startswith(".") for name in names)


def test_a_house_on_its_way_is_measured_before_it_is_read(tmp_path: Path) -> None:
    house = tmp_path / "agency"
    house.mkdir()
    head = 'format = "lotproof-house/1"\nid = "agency"\nversion = "1.0"\ntitle = { en = "A", zh = "代" }\nbase = "standard"\nbase_version = "0.1.0"\n'
    (house / "house.toml").write_text(head, encoding="utf-8")
    with open(house / "reference.docx", "wb") as large:
        large.truncate(1 << 40)
    with pytest.raises(Refused) as caught:
        pack(house)
    assert [found.code for found in caught.value.findings] == ["LP912"]


def test_a_column_that_names_no_answer_is_told_once_and_nothing_is_built(tmp_path: Path) -> None:
    table = b"order.number,goods[1].quantty,buyer.phon\nA-1,500,1\nA-2,600,\n"
    jobs = jobs_of_table(table, "orders.csv", TEMPLATE)
    with pytest.raises(Refused) as caught:
        refuse_misnamed(jobs, None)
    assert [(f.code, f.where) for f in caught.value.findings] == [
        ("LP181", "orders.csv: B1"),
        ("LP181", "orders.csv: C1"),
    ]
    refuse_misnamed(jobs_of_table(table.splitlines()[0] + b"\n,,\nA-3,,\n", "orders.csv", TEMPLATE), None)
