"""Laws of laying records beside each other, on readings drawn at random."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from filling import complete
from judged import judged, taken
from lotproof.clocks.holidays import Holidays
from lotproof.consistency.model import Agreement, Filled, Record, Records, Story
from lotproof.consistency.story import last_visit, tell
from lotproof.documents.arrival import arrival
from lotproof.documents.checklist import checklist
from lotproof.inspection.inspected import units
from lotproof.orders.digests import seal
from lotproof.records.model import Kind, Outcome
from stories import HEAD, TODAY, order

SHEET, ARRIVED = checklist(order()), arrival(order())
BAD = st.sampled_from([0.0, 0.02, 0.2, 1.0])


def story(before: Mapping[str, str], after: Mapping[str, str]) -> Story:
    """Return the story of two sets of values, without any file."""
    first = judged(order(), taken(order(), before))
    second = judged(order(), taken(order(), after, document=ARRIVED, name="arrived"))
    records = Records(inspections=(Filled("inspection/a", first),), arrivals=(Filled("arrival/b", second),))
    return tell(order(), seal(order()).digest, records, Holidays(), None, TODAY, units=units)


def values(seed: int, bad: float, *, arrived: bool = False) -> dict[str, str]:
    found = complete(order(), ARRIVED if arrived else SHEET, seed, bad=bad)
    return found | HEAD if arrived else found


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), BAD, st.integers(0, 10_000), BAD)
def test_a_claim_is_supported_by_two_failures_alone(one: int, bad: float, other: int, worse: float) -> None:
    told = story(values(one, bad), values(other, worse, arrived=True))
    lines = {line.tag: line for line in told.terms}
    failed = {
        tag
        for tag, line in lines.items()
        if any(s and Outcome.FAIL in (s.result.outcome, s.measured.outcome) for s in (line.inspection, line.arrival))
    }
    assert {claim.line for claim in told.claims if claim.line in lines} == failed
    for claim in told.claims:
        assert not claim.supported  # no photograph shows anything
        for record, seen in (
            (Record.INSPECTION, lines[claim.line].inspection),
            (Record.ARRIVAL, lines[claim.line].arrival),
        ):
            assert (record in claim.by) == (seen is not None and seen.result.outcome is Outcome.FAIL)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), BAD, st.integers(0, 10_000), BAD)
def test_agreement_is_one_certain_outcome_in_both(one: int, bad: float, other: int, worse: float) -> None:
    for line in story(values(one, bad), values(other, worse, arrived=True)).terms:
        outcomes = {s.result.outcome for s in (line.inspection, line.arrival) if s is not None}
        if line.agreement is Agreement.AGREES:
            assert len(outcomes) == 1
            assert Outcome.PENDING not in outcomes
            assert line.inspection is not None
            assert line.arrival is not None
        elif line.agreement is Agreement.DIFFERS:
            assert "C6" in line.codes or outcomes == {Outcome.PASS, Outcome.FAIL}
        else:
            assert line.why is not None


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.data())
def test_whatever_is_left_out_never_becomes_agreement(seed: int, data: st.DataObject) -> None:
    whole = values(seed, 0.0)
    lines = [
        t for t in story(whole, values(seed, 0.0, arrived=True)).terms if t.term and t.inspection and t.inspection.read
    ]
    line = data.draw(st.sampled_from(lines))
    left = {tag: text for tag, text in whole.items() if not tag.startswith(f"{line.tag}.")}
    again = next(t for t in story(left, values(seed, 0.0, arrived=True)).terms if t.tag == line.tag)
    assert again.agreement is not Agreement.AGREES
    assert "C2" in again.codes


def test_the_last_reinspection_counts_and_of_one_visit_the_last_file() -> None:
    first, again, twice = (
        Filled(name, judged(order(), taken(order(), {**values(1, 0.0), **extra}, kind=kind, name=name)))
        for name, kind, extra in (
            ("first", Kind.PRE_SHIPMENT, {}),
            (
                "again",
                Kind.REINSPECTION,
                {"header.service": "reinspection", "header.round": "1", "header.inspection_date": "2027-05-21"},
            ),
            (
                "twice",
                Kind.REINSPECTION,
                {"header.service": "reinspection", "header.round": "2", "header.inspection_date": "2027-05-20"},
            ),
        )
    )
    assert [one.path for one in last_visit([first, twice, again])] == ["twice"]
    assert [one.path for one in last_visit([first, again])] == ["again"]
    assert [one.path for one in last_visit([first, first])] == ["first", "first"]
    assert last_visit([]) == ()
    assert datetime.date(2027, 5, 20) == first.verdict.record.date
