"""``lotproof deadlines`` as a user runs it."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import icalendar
import pytest
from click.testing import CliRunner, Result

from lotproof import api
from lotproof.cli import main
from lotproof.findings import Refused

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
MUGS = str(EXAMPLES / "stoneware-mugs" / "answers.toml")
COMMON = ("--zone", "Europe/Berlin", "--today", "2027-06-15")


def lotproof(*arguments: str) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, ["deadlines", *arguments])


def shown(*arguments: str) -> Any:
    """Run the command and read its JSON."""
    done = lotproof(*arguments, "--json")
    assert done.exception is None, done.exception
    return json.loads(done.stdout)


def refused(*arguments: str) -> set[tuple[str, str]]:
    """Return where and code of each finding."""
    error = lotproof(*arguments).exception
    assert isinstance(error, Refused), error
    assert all(f.message and f.hint for f in error.findings)
    return {(f.where, f.code) for f in error.findings}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as ``build`` makes it."""
    folder = tmp_path_factory.mktemp("built")
    order = api.build(Path(MUGS).read_bytes()).order
    for name, content in api.render(order, formats=("txt",)):
        (folder / name).write_bytes(content)
    return folder


def test_an_order_is_taken_as_answers_as_a_file_and_as_a_folder(built: Path) -> None:
    arguments = (*COMMON, "--event", "arrival=2027-06-12")
    answers, file, folder = (lotproof(path, *arguments) for path in (MUGS, str(built / "order.json"), str(built)))
    assert answers.exit_code == file.exit_code == folder.exit_code == 0
    assert answers.stdout == file.stdout == folder.stdout
    piped = CliRunner().invoke(main, ["deadlines", "-", *arguments], input=Path(MUGS).read_bytes())
    assert piped.stdout == answers.stdout


def test_the_table_tells_next_past_unknown_and_done_apart() -> None:
    text = lotproof(MUGS, *COMMON, "--event", "shipment=2027-05-16", "--event", "arrival=2027-06-12").stdout
    heads = ("\nNEXT\n", "\nNOT KNOWN\n", "\nNO LONGER RUNNING\n")
    assert [text.index(head) for head in heads] == sorted(text.index(head) for head in heads)
    assert "2027-06-18  in 3 days     Incident report on the goods that arrived\n" in text
    assert "buyer, by 18:00; from arrival 2027-06-12, that day counted" in text
    assert "the latest counting gives 2027-06-19" in " ".join(text.split())
    assert "Until you enter --event opening=DATE:\n    Notice of visible defects\n" in text
    assert "shipment 2027-05-16, 2 days late by the latest counting" in text
    assert "ran until shipment 2027-05-16" in text
    past = lotproof(MUGS, "--zone", "Europe/Berlin", "--today", "2027-06-20", "--event", "arrival=2027-06-12").stdout
    assert "PAST\n2027-06-18  2 days ago    Incident report" in past


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("more", [(), ("--explain", "--published")])
def test_no_line_is_wider_than_80_columns(language: str, more: tuple[str, ...]) -> None:
    events = ("arrival=2027-06-12", "opening=2027-06-13", "shipment=2027-05-12", "complaint=2027-06-14")
    flags = [part for event in events for part in ("--event", event)]
    text = lotproof(MUGS, *COMMON, *flags, "--lang", language, *more).stdout
    for line in text.splitlines():
        assert sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in line) <= 80, line
        assert line == line.rstrip()


def test_explain_says_what_to_do_by_which_rule_and_every_counting() -> None:
    text = lotproof(MUGS, *COMMON, "--event", "arrival=2027-06-12", "--explain").stdout
    assert "Rule: 7 days after: arrival" in text
    assert "first day not counted in Europe/Berlin, from arrival 2027-06-12: 2027-06-19" in text.replace(
        "\n            ", " "
    )
    assert "trade practice; page without a date; typ" in text.replace("\n            ", " ")
    assert "keep damage in transit apart" in text.replace("\n            ", " ")


def test_json_holds_every_counting_anchor_rule_and_source() -> None:
    found = shown(MUGS, *COMMON, "--event", "actual_receipt=2027-06-12", "--buffer", "5")
    assert (found["order"], found["today"], found["zones"]) == (
        "HB-2027-118 B",
        "2027-06-15",
        ["Europe/Berlin", "Asia/Shanghai"],
    )
    assert len(found["digest"]) == 64
    by_id = {row["id"]: row for row in found["deadlines"]}
    w1 = by_id["published.w1"]
    assert (w1["date"], w1["days_left"], w1["status"], w1["code"]) == ("2027-07-11", 26, "ahead", "W1")
    assert w1["driven_by"] == {"anchor": "actual_receipt", "counting": "inclusive", "zone": "Europe/Berlin"}
    assert {(c["zone"], c["counting"], c["date"]) for c in w1["countings"]} == {
        (zone, counting, date)
        for zone in ("Europe/Berlin", "Asia/Shanghai")
        for counting, date in (("inclusive", "2027-07-11"), ("exclusive", "2027-07-12"))
    }
    assert [(s["id"], s["confidence"], s["dated"]) for s in w1["sources"]] == [("A1a", "V", None)]
    assert by_id["platform.cautious"]["date"] == "2027-07-06"
    assert by_id["notice.visible"]["date"] is None
    assert by_id["notice.visible"]["needs"] == [[{"kind": "event", "name": "opening"}]]
    assert by_id["notice.visible"]["sources"][0]["title"]["en"] == "Arrival and notice periods"
    assert found["findings"] == []


def test_without_a_zone_a_note_says_that_only_china_was_counted() -> None:
    done = lotproof(MUGS, "--today", "2027-06-15")
    assert done.exit_code == 0
    assert "LP410" in done.stderr
    assert "LP410" not in done.stdout
    assert [f["code"] for f in shown(MUGS, "--today", "2027-06-15")["findings"]] == ["LP410"]


def test_published_windows_are_printed_when_they_are_asked_for(tmp_path: Path) -> None:
    arguments = (MUGS, *COMMON, "--event", "actual_receipt=2027-06-12")
    assert "(W1)" not in lotproof(*arguments).stdout
    assert "(W1)" in lotproof(*arguments, "--published").stdout
    for more, there in (((), False), (("--published",), True)):
        target = tmp_path / f"{there}.ics"
        assert lotproof(*arguments, *more, "--ics", str(target)).exit_code == 0
        entries = icalendar.Calendar.from_ical(target.read_bytes()).walk("VEVENT")
        assert any("30 days after you receive" in str(entry["SUMMARY"]) for entry in entries) == there


def test_events_and_holidays_come_from_files(tmp_path: Path) -> None:
    (tmp_path / "events.toml").write_text(
        'format = "lotproof-events/1"\nzone = "Europe/Berlin"\nlead_days = 7\n[events]\nrelease = 2027-05-07\n'
    )
    (tmp_path / "holidays.toml").write_text('format = "lotproof-holidays/1"\n[seller]\nholidays = [2027-05-10]\n')
    (tmp_path / "buyer.ics").write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270511\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    files = ("--events", str(tmp_path / "events.toml"), "--holidays", str(tmp_path / "holidays.toml"))
    found = shown(MUGS, *files, "--holidays", f"buyer={tmp_path / 'buyer.ics'}", "--today", "2027-05-08")
    by_id = {row["id"]: row for row in found["deadlines"]}
    assert by_id["payment.balance"]["date"] == "2027-05-17"
    assert by_id["inspection.booking"]["date"] == "2027-04-23"


def test_the_calendar_is_written_whole_and_not_over_another_file(tmp_path: Path) -> None:
    target = tmp_path / "deadlines.ics"
    arguments = (MUGS, *COMMON, "--event", "arrival=2027-06-12", "--ics", str(target))
    done = lotproof(*arguments)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1] == str(target)
    first = target.read_bytes()
    assert lotproof(*arguments).exit_code == 0, "the same content is no conflict"
    assert refused(*arguments, "--event", "opening=2027-06-13") == {(str(target), "LP404")}
    assert target.read_bytes() == first
    assert lotproof(*arguments, "--event", "opening=2027-06-13", "--force").exit_code == 0
    assert target.read_bytes() != first


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    found = refused(
        str(tmp_path), "--zone", "Europe/Berln", "--event", "arrivel=2027-06-12", "--today", "soon",
        "--buffer", "400", "--holidays", str(tmp_path / "none.toml"), "--events", MUGS,
    )  # fmt: skip
    assert found >= {
        ("--zone", "LP407"),
        ("--event 'arrivel'", "LP405"),
        ("--today", "LP409"),
        ("--buffer", "LP409"),
        (str(tmp_path / "none.toml"), "LP401"),
        (str(tmp_path), "LP401"),
        ("answers.toml:2: format", "LP405"),
    }


@pytest.mark.parametrize("today", ["2027-13-01", "20270615", "2027-W24-2", "1999-12-31", "9999-12-31", "", "today"])
def test_a_day_that_is_none_is_refused(today: str) -> None:
    assert refused(MUGS, "--today", today) == {("--today", "LP409")}


@pytest.mark.parametrize(
    ("content", "code"),
    [("{}", "LP141"), ('{"format": "lotproof-order/1"}', "LP141"), ("[[", "LP101"), ("", "LP103")],
)
def test_what_is_no_order_is_refused(tmp_path: Path, content: str, code: str) -> None:
    (tmp_path / "order").write_text(content)
    assert code in {found for _, found in refused(str(tmp_path / "order"))}


def test_help_lists_every_event() -> None:
    from lotproof.clocks.rules import shipped_rules

    text = lotproof("--help").stdout
    assert all(f"\n  {name} " in text for name in shipped_rules().events)


def test_a_draft_has_clocks_too(tmp_path: Path) -> None:
    bare = Path(MUGS).read_text(encoding="utf-8").replace("ship_date = 2027-05-14\n", "")
    (tmp_path / "answers.toml").write_text(bare, encoding="utf-8")
    text = lotproof(str(tmp_path / "answers.toml"), *COMMON).stdout
    assert "Until you enter the answer delivery.ship_date:" in text
