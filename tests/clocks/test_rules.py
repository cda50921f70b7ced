"""The rules that ship: complete, in both languages, and about answers and events that exist."""

from __future__ import annotations

import json
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from clock_orders import TODAY, example
from lotproof.clocks.counting import UNITS
from lotproof.clocks.deadlines import deadlines
from lotproof.clocks.facts import BEHIND
from lotproof.clocks.happened import read_happened
from lotproof.clocks.holidays import Holidays
from lotproof.clocks.rules import Clock, build_rules, shipped_rules
from lotproof.shipped import shipped

FOLDER = shipped("spec_catalog")
RULES = shipped_rules()
CLOCKS = {clock.id: clock for clock in RULES.clocks}
GROUPS = tomllib.loads((FOLDER / "questions.toml").read_text(encoding="utf-8"))["group"]
ANSWERS = {f"{group['id']}.{question['key']}" for group in GROUPS for question in group["question"]}
OPTIONAL = {f"given.{group['id']}" for group in GROUPS if group.get("optional")}
CHOICES = {"choice.buffer_days", "choice.lead_days"}
HOUSE = shipped("templates") / "standard"


@pytest.mark.parametrize("name", ["clocks", "events"])
def test_the_files_have_the_shape_of_their_schema(name: str) -> None:
    schema = json.loads((FOLDER / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    data = tomllib.loads((FOLDER / "rules" / f"{name}.toml").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    plain = json.loads(json.dumps(data, default=str))
    assert [e.json_path + ": " + e.message for e in Draft202012Validator(schema).iter_errors(plain)] == []


def test_ids_are_unique() -> None:
    data = tomllib.loads((FOLDER / "rules" / "clocks.toml").read_text(encoding="utf-8"))
    events = tomllib.loads((FOLDER / "rules" / "events.toml").read_text(encoding="utf-8"))
    for rows in (data["clock"], data["source"], events["event"], events["date"]):
        assert len({row["id"] for row in rows}) == len(rows)
    used = set(chain.from_iterable(row.get("source", ()) for row in data["clock"]))
    assert used == {row["id"] for row in data["source"]}, "no source without a rule"


@pytest.mark.parametrize("clock", RULES.clocks, ids=CLOCKS)
def test_a_rule_names_what_exists(clock: Clock) -> None:
    facts = {*ANSWERS, *OPTIONAL, *CHOICES, *BEHIND}
    named = [name for name, _ in chain(clock.when, *(start.when for start in clock.start))]
    named += [*clock.confirm, *clock.only_while_blank, *([clock.less] if clock.less else [])]
    for start in clock.start:
        assert start.anchor in RULES.events or (start.anchor in RULES.dates and start.anchor in ANSWERS)
        named += [step.count for step in start.add if isinstance(step.count, str)]
        assert all(step.of in UNITS or step.of in ANSWERS for step in start.add)
    assert set(named) <= facts
    assert {clock.done_by, *clock.ended_by} <= {"", *RULES.events}
    assert clock.provision or clock.sources, "who says so?"
    if clock.provision:
        kind, _, name = clock.provision.partition(".")
        assert (HOUSE / {"contract": "contract", "exhibit": "exhibits"}[kind] / f"{name}.toml").is_file()


def test_every_published_window_and_both_versions_of_the_dispute_clock_are_there() -> None:
    assert {clock.code for clock in RULES.clocks} >= {f"W{number}" for number in range(1, 11)}
    assert {"complaint.automatic_a", "complaint.automatic_b"} <= CLOCKS.keys()


def test_published_rules_have_a_source_and_a_mark_and_contract_rules_a_provision() -> None:
    for clock in RULES.clocks:
        if clock.published:
            assert clock.sources, clock.id
            assert clock.confidence in ("V", "M", "M?", "typ"), clock.id
            assert not clock.provision, clock.id


def test_events_that_follow_each_other_exist_and_lead_in_no_circle() -> None:
    for kind in RULES.events.values():
        seen, left = set(), list(kind.after)
        while left:
            name = left.pop()
            assert name in RULES.events
            assert name != kind.id
            if name not in seen:
                seen.add(name)
                left += RULES.events[name].after


def test_the_days_of_the_incident_report_are_those_that_the_contract_prints() -> None:
    printed = (HOUSE / "exhibits" / "arrival.toml").read_text(encoding="utf-8")
    (step,) = CLOCKS["arrival.incident"].start[0].add
    assert f"Within {step.count} days of arrival" in printed


def test_a_rule_that_is_changed_in_the_data_changes_the_date() -> None:
    files = [
        tomllib.loads((FOLDER / "rules" / f"{name}.toml").read_text(encoding="utf-8")) for name in ("clocks", "events")
    ]
    changed = next(row for row in files[0]["clock"] if row["id"] == "published.w1")
    changed["start"][0]["add"][0]["count"] += 1
    happened = read_happened(["actual_receipt=2026-03-04"], zone="Europe/Berlin")
    order = example("stoneware-mugs")
    dates = []
    for rules in (RULES, build_rules(files[0], files[1])):
        found = deadlines(order, happened.events, Holidays(), happened.zone, TODAY, rules=rules)
        dates.append(str(next(d for d in found if d.id == "published.w1").day))
    assert dates == ["2026-04-02", "2026-04-03"]


def test_every_clock_has_a_row_in_its_page() -> None:
    page = (Path(__file__).parents[2] / "docs" / "deadlines.md").read_text(encoding="utf-8")
    assert [name for name in CLOCKS if f"`{name}`" not in page] == []
