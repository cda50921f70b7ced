"""What the gate looks at besides the five patterns: minimum, parties, law, payment, time, rows that stay pending."""

from __future__ import annotations

import datetime

import pytest

from gate_orders import MUGS, SHIRTS, answers, built, changed, check, codes, gate, line_of, order, stops
from lotproof import api
from lotproof.gate.check import check_gate, findings_of
from lotproof.gate.model import Inputs, Standing
from lotproof.orders.stored import read_order

LIMIT = '[terms."ceramic_tableware.water_absorption"]\nlimit = "3.0 %"\n'
DISPUTES = (
    line_of("law", "disputes")
    + line_of("law", "institution")
    + line_of("law", "seat")
    + line_of("law", "arbitrators")
    + line_of("law", "proceedings")
)


def court(words: str) -> str:
    """The answers with a court instead of arbitration."""
    return changed((DISPUTES, f'disputes = "court"\ncourt = "{words}"\n'))


def test_a_row_without_a_limit_is_pending_and_stops() -> None:
    found = gate(changed((LIMIT, LIMIT.partition("limit")[0])))
    rows = {row.term: row for row in found.pending}
    assert rows["ceramic_tableware.water_absorption"].cause == "no_limit"
    assert rows["ceramic_tableware.water_absorption"].route == "answer"
    assert "specification" in stops(found)
    assert "LP602" in codes(found, "specification")


def test_rows_of_a_laboratory_are_predicted_as_the_build_notes_them() -> None:
    made = built(answers(SHIRTS))
    noted = next(f.message for f in made.findings if f.code == "LP136").partition(": ")[2].split("; ")
    assert [row.title["en"] for row in gate(answers(SHIRTS)).pending] == noted
    assert {(row.cause, row.route) for row in gate(answers(SHIRTS)).pending} == {("laboratory", "report")}


def test_rows_of_a_laboratory_that_nobody_names_are_released_by_nothing() -> None:
    found = gate(changed((line_of("inspection", "laboratory"), "")))
    assert {row.route for row in found.pending} == {"none"}


def test_a_missing_item_of_the_minimum_stops() -> None:
    found = gate(changed(('[terms."all.function"]\n' + _line("to = ", "all.function"), "")))
    assert "minimum" in stops(found)
    assert codes(found, "minimum") == {"LP130"}


def _line(start: str, clause: str) -> str:
    """The line of a term that begins with ``start``."""
    rest = answers().partition(f'[terms."{clause}"]\n')[2]
    assert rest.startswith(start)
    return rest.partition("\n")[0] + "\n"


@pytest.mark.parametrize(
    ("words", "standing", "code"),
    [
        ("the courts of Hamburg", Standing.FAILS, "LP620"),
        ("Landgericht Hamburg", Standing.FAILS, "LP620"),
        ("the High Court of Hong Kong", Standing.HOLDS, "LP621"),
        ("the People's Court at the registered address of the seller", Standing.HOLDS, ""),
        ("潮州市中级人民法院", Standing.HOLDS, ""),
    ],
)
def test_a_home_court_does_not_reach_a_mainland_factory(words: str, standing: Standing, code: str) -> None:
    found = gate(court(words))
    assert check(found, "law").standing is standing
    assert codes(found, "law") == ({code} if code else set())


def test_a_court_elsewhere_against_a_seller_elsewhere_is_not_known() -> None:
    text = court("the courts of Hamburg").replace('seat = "mainland"', 'seat = "other"')
    assert codes(gate(text), "law") == {"LP621"}


@pytest.mark.parametrize(("percent", "code", "ready"), [(100, "LP622", False), (60, "LP623", True), (50, "", True)])
def test_money_waits_for_the_inspection(percent: int, code: str, ready: bool) -> None:
    found = gate(changed(("deposit_percent = 30", f"deposit_percent = {percent}")))
    assert codes(found, "payment") == ({code} if code else set())
    assert found.ready is ready


@pytest.mark.parametrize(
    ("today", "production", "code", "ready"),
    [
        ("2027-02-10", None, "", True),
        ("2027-02-10", 80, "LP625", True),
        ("2027-02-10", 81, "LP624", False),
        ("2027-04-20", None, "LP625", True),
        ("2027-05-02", None, "LP624", False),
        ("2027-05-14", None, "LP624", False),
    ],
)
def test_the_days_until_shipment_hold_or_do_not(today: str, production: int | None, code: str, ready: bool) -> None:
    found = gate(answers(), datetime.date.fromisoformat(today), Inputs(production_days=production))
    assert codes(found, "time") == ({code} if code else set())
    assert ("time" not in stops(found)) is ready


def test_a_sample_that_falls_due_after_shipment_is_found() -> None:
    extra = '\n[sealed_sample]\ncopies = 3\nholders = "buyer, seller, inspector"\nsealed_by = 2027-05-14\n'
    assert codes(gate(changed(("\n[notice]\n", extra + "\n[notice]\n"))), "time") == {"LP626"}


@pytest.mark.parametrize(
    ("old", "new", "owner", "code"),
    [
        (line_of("seller", "name_zh"), "", "parties", "LP165"),
        ('seat = "mainland"\ntrade = "maker"', 'seat = "mainland"\ntrade = "trader"', "", ""),
        ("91445100MA0000XX7D", "91445100MA00000Y1Z", "parties", "LP166"),
        (line_of("remedies", "plan_days"), "", "open", "LP120"),
        (line_of("wording", "confirmed_by"), "", "open", "LP120"),
        (line_of("delivery", "ship_date"), "", "time", "LP120"),
        (line_of("law", "cisg"), "", "law", "LP120"),
    ],
)
def test_what_the_build_found_has_its_place_and_stops(old: str, new: str, owner: str, code: str) -> None:
    found = gate(changed((old, new)))
    assert stops(found) == ({owner} if owner else set())
    if owner:
        assert code in codes(found, owner)


def test_every_open_finding_of_a_build_stops_somewhere() -> None:
    blank = "\n".join(
        line for line in answers().splitlines() if line.startswith(("[", "format", "category", "salt", "item"))
    )
    made = api.build(blank.encode())
    found = check_gate(made.order, made.findings, datetime.date(2027, 2, 10))
    assert len(made.open) > 20
    named = {(gap.code, gap.where) for gap in found.gaps if gap.stops}
    wheres = [where for _, where in named]
    for finding in made.open:
        key = finding.where.rpartition(": ")[2]
        own = any(where == key or key.startswith(f"{where}.") for where in wheres)
        assert (finding.code, key) in named or own, finding


@pytest.mark.parametrize("text", [answers(MUGS), changed((line_of("notice", "visible_days"), ""))])
def test_a_stored_order_has_the_gate_of_its_answers(text: str) -> None:
    made = built(text)
    content = dict(api.render(made.order, formats=()))["order.json"]
    stored = read_order(content)
    today = datetime.date(2027, 2, 10)
    assert check_gate(stored, findings_of(stored), today) == check_gate(made.order, made.findings, today)


def test_an_older_file_that_names_no_place_still_stops() -> None:
    from lotproof.frozen import replace

    made = built(changed((line_of("remedies", "plan_days"), ""))).order
    old = replace(
        made, provenance=replace(made.provenance, findings=tuple(row[:3] for row in made.provenance.findings))
    )
    found = check_gate(old, findings_of(old), datetime.date(2027, 2, 10))
    assert not found.ready


def test_a_term_says_what_it_is_judged_by() -> None:
    assert all(not row.cause.startswith("no_") for row in gate(answers()).pending)
    assert all(term.samples for term in order().spec.terms)
