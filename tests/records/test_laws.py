"""What holds for every record: a verdict never becomes better because less is known or because more is wrong."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import beside
from filling import complete
from judged import changed, document_of, good, judged, order_of, taken
from lotproof.records.model import Cause, Outcome, Verdict
from lotproof.records.rows import checks, field_tag

MUGS, MACHINE = "stoneware-mugs", "vffs-packing-machine"
DOUBLE = 'inspection.plan="double"'
LESS = settings(max_examples=30, deadline=None)
SEEDS = st.integers(0, 10_000)
STATEMENTS = (".result", "conclusion.", "header.service")
"""What an inspector states besides what was read: a tick that is taken back is no reading less."""


def outcomes(verdict: Verdict) -> dict[str, Outcome]:
    """Return every outcome by what it is of."""
    return {
        **{f"row {row.tag}": row.result.outcome for row in verdict.rows},
        **{f"class {one.lot} {one.defect_class}": one.result.outcome for one in verdict.classes},
        **{f"lot {lot.name}": lot.result.outcome for lot in verdict.lots},
    }


@pytest.mark.parametrize("example", [MUGS, MACHINE])
def test_no_reading_is_not_a_pass(example: str) -> None:
    order = order_of(example)
    verdict = judged(order, taken(order, {}))
    assert {Outcome.PENDING} == set(outcomes(verdict).values())


@pytest.mark.parametrize("example", [MUGS, MACHINE])
@LESS
@given(seed=SEEDS, bad=st.sampled_from([0.0, 0.02, 0.2]))
def test_every_row_is_what_it_is_beside(example: str, seed: int, bad: float) -> None:
    order = order_of(example)
    values = complete(order, document_of(example), seed, bad=bad)
    draw = random.Random(seed)
    kept = {
        tag: text for tag, text in values.items() if draw.random() > 0.02 or not tag.rpartition(".")[2][1:].isdigit()
    }
    verdict = judged(order, taken(order, kept, document=document_of(example)))
    found = {row.tag: row.result.outcome.value for row in verdict.rows}
    assert found == {check.tag: beside.row(order, check, kept) for check in checks(order)}


@pytest.mark.parametrize("example", [MUGS, MACHINE])
@LESS
@given(seed=SEEDS, bad=st.sampled_from([0.0, 0.05]), data=st.data())
def test_taking_readings_away_makes_nothing_pass(example: str, seed: int, bad: float, data: st.DataObject) -> None:
    order = order_of(example)
    values = complete(order, document_of(example), seed, bad=bad)
    spoil(values, data)
    before = outcomes(judged(order, taken(order, values, document=document_of(example))))
    removable = [t for t in values if not t.endswith(STATEMENTS[0]) and not t.startswith(STATEMENTS[1:])]
    removable = [t for t in removable if not t.startswith(("defect.", "unlisted."))]
    gone = data.draw(st.lists(st.sampled_from(removable), min_size=1, max_size=12))
    after = outcomes(
        judged(order, taken(order, {t: v for t, v in values.items() if t not in gone}, document=document_of(example)))
    )
    assert {name for name in after if after[name] is Outcome.PASS and before[name] is not Outcome.PASS} == set()


def spoil(values: dict[str, str], data: st.DataObject) -> None:
    """Write something into a few fields that is no good value, or is another one."""
    for tag in data.draw(st.lists(st.sampled_from(sorted(values)), max_size=4)):
        values[tag] = data.draw(st.sampled_from(["?", "1,250", "0", "99999", "=1+1", "pass", "2000-01-01"]))


@pytest.mark.parametrize("settings_", [(), (DOUBLE,), ('inspection.counting="nonconformities"',)])
@LESS
@given(seed=SEEDS, data=st.data())
def test_a_defect_more_accepts_nothing(settings_: tuple[str, ...], seed: int, data: st.DataObject) -> None:
    order = changed(MUGS, *settings_)
    values = good(order, seed, bad=data.draw(st.sampled_from([0.0, 0.3])))
    before = outcomes(judged(order, taken(order, values)))
    counted = [f"defect.{defect.id}.found" for defect in order.spec.defects]
    counted += [field_tag("total", lot.id, plan.defect_class) for lot in order.inspection.lots for plan in lot.plans]
    counted += [field_tag("all.appearance", plan.defect_class) for lot in order.inspection.lots for plan in lot.plans]
    for tag in data.draw(st.lists(st.sampled_from(counted), min_size=1, max_size=6)):
        values[tag] = str(int(values.get(tag, "0")) + data.draw(st.integers(1, 3)))
    after = outcomes(judged(order, taken(order, values)))
    assert {name for name in after if after[name] is Outcome.PASS and before[name] is not Outcome.PASS} == set()


@LESS
@given(seed=SEEDS, data=st.data())
def test_the_order_of_what_was_written_does_not_matter(seed: int, data: st.DataObject) -> None:
    order = order_of(MUGS)
    values = complete(order, document_of(MUGS), seed, bad=0.05)
    turned = dict(data.draw(st.permutations(list(values.items()))))
    first, second = (judged(order, taken(order, one, document=document_of(MUGS))) for one in (values, turned))
    assert (first.rows, first.classes, first.lots) == (second.rows, second.classes, second.lots)


@LESS
@given(seed=SEEDS)
def test_whatever_is_pending_says_why_and_nothing_else_does(seed: int) -> None:
    order = order_of(MUGS)
    draw = random.Random(seed)
    values = {t: v for t, v in good(order, seed, bad=0.1).items() if draw.random() > 0.1}
    verdict = judged(order, taken(order, values))
    for result in [
        *(r.result for r in verdict.rows),
        *(c.result for c in verdict.classes),
        *(lot.result for lot in verdict.lots),
    ]:
        assert bool(result.causes) == (result.outcome is Outcome.PENDING)


def test_every_critical_defect_fails_a_class_marked_zero() -> None:
    order = order_of(MUGS)
    critical = next(d.id for d in order.spec.defects if d.defect_class == "critical")
    values = good(order) | {f"defect.{critical}.found": "1", "total.lot.critical": "1", "all.appearance.critical": "1"}
    verdict = judged(order, taken(order, values))
    assert verdict.result.outcome is Outcome.FAIL


def test_a_critical_defect_in_one_place_alone_is_no_pass() -> None:
    order = order_of(MUGS)
    critical = next(d.id for d in order.spec.defects if d.defect_class == "critical")
    for tag in (f"defect.{critical}.found", "total.lot.critical", "all.appearance.critical"):
        found = next(
            c for c in judged(order, taken(order, good(order) | {tag: "1"})).classes if c.defect_class == "critical"
        )
        assert found.result.outcome is not Outcome.PASS
        assert Cause.CONTRADICTION in found.result.causes
