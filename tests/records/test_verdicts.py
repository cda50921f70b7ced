"""What a record comes to: each cause, each contradiction, each right."""

from __future__ import annotations

import pytest

from judged import changed, good, judged, order_of, taken
from lotproof.catalog.loading import units
from lotproof.frozen import replace
from lotproof.orders.digests import seal
from lotproof.orders.model import Order
from lotproof.records.model import Added, Advice, Altered, Cause, ClassVerdict, Kind, Outcome, RowVerdict, Verdict
from lotproof.records.verdicts import judge_record, unchanged

MUGS, MACHINE = "stoneware-mugs", "vffs-packing-machine"
DIMENSION = "all.critical_dimensions#1"
DOUBLE = 'inspection.plan="double"'
Values = dict[str, str]


def verdict_of(order: Order, more: Values, *less: str) -> Verdict:
    values = {k: v for k, v in (good(order) | more).items() if k not in less}
    return judged(order, taken(order, values))


def row(verdict: Verdict, tag: str) -> RowVerdict:
    return next(one for one in verdict.rows if one.tag == tag)


def defects(verdict: Verdict, name: str) -> ClassVerdict:
    return next(one for one in verdict.classes if one.defect_class == name)


@pytest.mark.parametrize("example", [MUGS, MACHINE, "cotton-t-shirts", "power-bank", "cnc-lathe"])
def test_a_whole_record_without_a_fault_passes_and_may_be_released(example: str) -> None:
    order = order_of(example)
    verdict = judged(order, taken(order, good(order)))
    assert [(r.tag, r.result) for r in verdict.rows if r.result.outcome is not Outcome.PASS] == []
    assert verdict.result.outcome is Outcome.PASS
    assert {lot.advice for lot in verdict.lots} == {Advice.RELEASE}
    assert [f.code for f in verdict.findings if f.code != "LP814"] == []


def test_a_reading_on_the_limit_passes_and_one_beside_it_fails() -> None:
    order = order_of(MUGS)
    assert row(verdict_of(order, {f"{DIMENSION}.r1": "63.0"}), DIMENSION).result.outcome is Outcome.PASS
    assert row(verdict_of(order, {f"{DIMENSION}.r1": "63.01"}), DIMENSION).result.outcome is Outcome.FAIL


def test_a_reading_in_another_unit_is_converted() -> None:
    order = order_of(MUGS)
    assert row(verdict_of(order, {f"{DIMENSION}.r1": "6.25 cm"}), DIMENSION).result.outcome is Outcome.PASS
    assert row(verdict_of(order, {f"{DIMENSION}.r1": "6.4 cm"}), DIMENSION).result.outcome is Outcome.FAIL


@pytest.mark.parametrize("text", ["62 kg", "1,250", "OK", "62.4 62.5"])
def test_a_reading_that_says_nothing_leaves_the_row_pending(text: str) -> None:
    order = order_of(MUGS)
    verdict = verdict_of(order, {f"{DIMENSION}.r1": text})
    assert row(verdict, DIMENSION).result.causes == (Cause.UNREADABLE,)
    assert [f.code for f in verdict.findings if f.severity.value == "open"] == ["LP804"]


def test_a_reading_that_fails_fails_beside_one_that_cannot_be_read() -> None:
    order = order_of(MUGS)
    verdict = verdict_of(order, {f"{DIMENSION}.r1": "?", f"{DIMENSION}.r2": "70"})
    assert row(verdict, DIMENSION).result.outcome is Outcome.FAIL


@pytest.mark.parametrize(
    ("more", "less", "tag", "cause"),
    [
        ({}, (f"{DIMENSION}.r8",), DIMENSION, Cause.SAMPLE_TOO_SMALL),
        ({}, tuple(f"{DIMENSION}.r{i}" for i in range(1, 9)), DIMENSION, Cause.NO_READING),
        ({}, ("equipment.9.number",), DIMENSION, Cause.INSTRUMENT_MISSING),
        ({}, ("equipment.9.calibrated",), DIMENSION, Cause.INSTRUMENT_MISSING),
        ({"equipment.9.calibrated": "2027-05-19"}, (), DIMENSION, Cause.OUT_OF_CALIBRATION),
        ({}, ("header.inspection_date",), DIMENSION, Cause.DATE_MISSING),
        ({}, ("all.identity.n",), "all.identity", Cause.SAMPLE_TOO_SMALL),
        ({"all.identity.n": "2"}, (), "all.identity", Cause.SAMPLE_TOO_SMALL),
        ({"all.identity.d": "1,250"}, (), "all.identity", Cause.UNREADABLE),
        ({"all.identity.d": "0.5"}, (), "all.identity", Cause.UNREADABLE),
        ({"all.identity.d": "7"}, (), "all.identity", Cause.CONTRADICTION),
        ({"all.identity.result": "fail"}, (), "all.identity", Cause.CONTRADICTION),
        ({"all.identity.result": "pending"}, (), "all.identity", Cause.JUDGEMENT),
        ({"all.identity.d": "1", "all.identity.result": "pass"}, (), "all.identity", Cause.CONTRADICTION),
        ({}, ("ceramic_tableware.lead_cadmium_hollowware.document",), "", Cause.DOCUMENT_AWAITED),
        ({}, ("consumer_goods.material_composition.s1",), "consumer_goods.material_composition", Cause.NO_READING),
        ({"consumer_goods.material_composition.s1": "140"}, (), "consumer_goods.material_composition", Cause.CONTRADICTION),
    ],
)  # fmt: skip
def test_whatever_is_doubtful_is_pending_with_its_cause(
    more: Values, less: tuple[str, ...], tag: str, cause: Cause
) -> None:
    order = order_of(MUGS)
    if not tag:  # the first row that a laboratory reports
        tag = next(t for t in good(order) if t.endswith(".document")).removesuffix(".document")
        less = (f"{tag}.document",)
    verdict = verdict_of(order, more, *less)
    assert row(verdict, tag).result.outcome is Outcome.PENDING
    assert cause in row(verdict, tag).result.causes
    assert verdict.result.outcome is Outcome.PENDING
    assert verdict.lots[0].advice is Advice.COMPLETE


def test_a_row_without_a_limit_is_never_decided() -> None:
    order = order_of(MUGS)
    first, *others = order.spec.terms
    blank = replace(order, spec=replace(order.spec, terms=(replace(first, requirement=None), *others)))
    verdict = judged(blank, taken(blank, good(blank)))
    assert verdict.rows[0].result.causes[0] is Cause.LIMIT_MISSING


def test_a_row_whose_printed_text_was_changed_is_pending() -> None:
    order = order_of(MUGS)
    altered = (Altered(row=DIMENSION, printed="62 ± 1.0", found="62 ± 4.0", where="filled"),)
    verdict = judged(order, taken(order, good(order), altered=altered))
    assert row(verdict, DIMENSION).result.causes == (Cause.ALTERED,)


# defects


def test_ten_major_defects_pass_and_eleven_fail() -> None:
    order = order_of(MUGS)
    line = next(f"defect.{d.id}.found" for d in order.spec.defects if d.defect_class == "major")
    for found, outcome in (("10", Outcome.PASS), ("11", Outcome.FAIL)):
        more = {"total.lot.major": found, "all.appearance.major": found, line: found}
        assert defects(verdict_of(order, more), "major").result.outcome is outcome


def test_a_unit_with_two_defects_counts_once_and_a_nonconformity_each_time() -> None:
    lines = [d.id for d in order_of(MUGS).spec.defects if d.defect_class == "minor"][:2]
    more = {f"defect.{one}.found": "3" for one in lines}
    more |= {"total.lot.minor": "4", "all.appearance.minor": "4"}
    assert defects(verdict_of(order_of(MUGS), more), "minor").result.outcome is Outcome.PASS
    each = changed(MUGS, 'inspection.counting="nonconformities"')
    assert defects(verdict_of(each, more), "minor").result.causes == (Cause.CONTRADICTION,)


def test_fewer_units_than_the_sample_accept_nothing_and_may_reject() -> None:
    order = order_of(MUGS)
    small = {"inspected.lot.major": "80"}
    assert defects(verdict_of(order, small), "major").result.causes == (Cause.SAMPLE_TOO_SMALL,)
    line = next(f"defect.{d.id}.found" for d in order.spec.defects if d.defect_class == "major")
    many = small | {"total.lot.major": "12", "all.appearance.major": "12", line: "12"}
    assert defects(verdict_of(order, many), "major").result.outcome is Outcome.FAIL


def test_the_quantity_presented_gives_the_plan() -> None:
    order = order_of(MUGS)
    fewer = {f"lot.{key}": "3000" for key in ("finished", "presented", "packed")}
    found = defects(verdict_of(order, fewer), "major")
    assert (found.lot_size, found.n, found.ac, found.re) == (3000, 125, 7, 8)
    assert verdict_of(order, fewer).lots[0].result.causes == (Cause.NOT_READY,)


def test_nothing_presented_gives_no_plan() -> None:
    order = order_of(MUGS)
    found = defects(verdict_of(order, {}, "lot.presented"), "major")
    assert found.result.outcome is Outcome.PENDING


def test_eighty_in_a_hundred_packed_are_enough_and_fewer_are_not() -> None:
    order = order_of(MUGS)
    assert verdict_of(order, {"lot.packed": "7680"}).result.outcome is Outcome.PASS
    assert verdict_of(order, {"lot.packed": "7679"}).result.causes == (Cause.NOT_READY,)


def test_a_line_of_the_tally_alone_fails_a_class_and_passes_none() -> None:
    order = order_of(MUGS)
    critical = next(f"defect.{d.id}.found" for d in order.spec.defects if d.defect_class == "critical")
    less = ("total.lot.critical", "all.appearance.critical")
    assert defects(verdict_of(order, {critical: "1"}, *less), "critical").result.outcome is Outcome.FAIL
    assert defects(verdict_of(order, {critical: "0"}, *less), "critical").result.causes == (Cause.NO_READING,)


@pytest.mark.parametrize(
    ("more", "cause"),
    [
        ({"lot.presented": "9000", "lot.packed": "9000"}, Cause.NOT_READY),
        ({"lot.presented": "9700"}, Cause.CONTRADICTION),
        ({"lot.packed": "9700"}, Cause.CONTRADICTION),
        ({"lot.finished": ""}, Cause.NO_READING),
    ],
)
def test_a_lot_that_is_not_there_as_a_whole_is_not_released(more: Values, cause: Cause) -> None:
    verdict = verdict_of(order_of(MUGS), more)
    assert verdict.result.outcome is Outcome.PENDING
    assert cause in verdict.result.causes


def test_double_sampling_says_whether_the_second_sample_is_drawn() -> None:
    order = changed(MUGS, DOUBLE)
    plan = next(p for p in order.inspection.lots[0].plans if p.defect_class == "major")
    first, second = plan.stages
    assert first.ac is not None
    line = next(f"defect.{d.id}.found" for d in order.spec.defects if d.defect_class == "major")

    def found(one: int, two: int | None = None) -> ClassVerdict:
        more = {"total.lot.major": str(one), "all.appearance.major": str(one), line: str(one + (two or 0))}
        if two is not None:
            more |= {"total.lot.major.2": str(two), "all.appearance.major.2": str(two)}
            more |= {"inspected.lot.major.2": str(second.n)}
        return defects(verdict_of(order, more), "major")

    assert found(first.ac).result.outcome is Outcome.PASS
    assert found(first.re).result.outcome is Outcome.FAIL
    between = found(first.ac + 1)
    assert (between.result.causes, between.next_n) == ((Cause.NEXT_SAMPLE,), second.n)
    assert second.ac is not None
    assert found(first.ac + 1, second.ac - first.ac - 1).result.outcome is Outcome.PASS
    assert found(first.ac + 1, second.re - first.ac - 1).result.outcome is Outcome.FAIL
    verdict = verdict_of(
        order,
        {"total.lot.major": str(first.ac + 1), "all.appearance.major": str(first.ac + 1), line: str(first.ac + 1)},
    )
    assert verdict.lots[0].advice is Advice.NEXT_SAMPLE


def test_a_defect_in_a_spare_line_and_one_in_a_row_that_was_added_count() -> None:
    order = order_of(MUGS)
    spare = {"unlisted.1.class": "critical", "unlisted.1.defect": "glass splinter", "unlisted.1.found": "1"}
    assert defects(verdict_of(order, spare), "critical").result.outcome is not Outcome.PASS
    added = (Added(table="tally", cells=("Critical 致命", "glass splinter", "4 mm", "1", ""), where="filled"),)
    verdict = judged(order, taken(order, good(order), added=added))
    assert defects(verdict, "critical").result.outcome is not Outcome.PASS
    assert verdict.record.defects[-1].words == "glass splinter 4 mm"


def test_a_defect_without_a_class_leaves_every_class_open() -> None:
    order = order_of(MUGS)
    verdict = verdict_of(order, {"unlisted.1.defect": "odd smell", "unlisted.1.found": "2"})
    assert {one.result.causes for one in verdict.classes} == {(Cause.CLASS_MISSING,)}


def test_a_row_that_cannot_be_counted_is_told_and_accepts_nothing() -> None:
    order = order_of(MUGS)
    added = (Added(table="tally", cells=("big", "scratch", "3 cm", "some", ""), where="filled"),)
    verdict = judged(order, taken(order, good(order), added=added))
    assert "LP812" in {f.code for f in verdict.findings}
    assert verdict.result.outcome is Outcome.PENDING


def test_the_bounds_are_those_of_the_count() -> None:
    found = defects(verdict_of(order_of(MUGS), {}), "critical")
    assert found.found == 0
    assert found.upper is not None
    assert found.upper.defectives == 141
    assert found.lower is not None
    assert found.lower.defectives == 0


# conclusions and rights


def test_a_conclusion_against_the_rows_is_pending() -> None:
    order = order_of(MUGS)
    verdict = verdict_of(order, {"all.identity.d": "3", "conclusion.lot": "pass"})
    assert verdict.lots[0].counted.outcome is Outcome.FAIL
    assert verdict.result.causes[0] is Cause.CONTRADICTION
    assert "LP808" in {f.code for f in verdict.findings}


def test_a_section_ticked_against_its_rows_passes_no_lot() -> None:
    verdict = verdict_of(order_of(MUGS), {"section.stage_unit.result": "fail"})
    assert verdict.result.causes == (Cause.CONTRADICTION,)


def test_a_failure_gives_rework_until_the_last_re_inspection_gives_rejection() -> None:
    order = order_of(MUGS)
    bad = good(order) | {"all.identity.d": "3"}
    rounds = order.commercial.duties["remedies"]["rounds"]
    assert judged(order, taken(order, bad)).lots[0].advice is Advice.REWORK
    again = bad | {"header.service": "reinspection", "header.round": "1"}
    assert judged(order, taken(order, again)).lots[0].advice is Advice.REWORK
    last = judged(order, taken(order, again | {"header.round": str(rounds)}))
    assert (last.lots[0].advice, last.lots[0].rights) == (Advice.REJECT, ("contract.acceptance", "contract.remedies"))


def test_a_laboratory_report_completes_what_it_was_awaited_for() -> None:
    order = order_of(MUGS)
    values = good(order)
    laboratory = {r.tag for r in taken(order, values).readings if r.term and _where(order, r.term) == "laboratory"}
    first = taken(order, {t: v for t, v in values.items() if t not in laboratory})
    assert judged(order, first).result.outcome is Outcome.PENDING
    report = taken(order, {t: v for t, v in values.items() if t in laboratory}, kind=Kind.LABORATORY, name="lab")
    verdict = judged(order, first, report)
    assert (verdict.result.outcome, verdict.completed) == (Outcome.PASS, ("lab",))


def test_a_laboratory_report_against_the_record_decides_nothing() -> None:
    order = order_of(MUGS)
    report = taken(order, {f"{DIMENSION}.r1": "70"}, kind=Kind.LABORATORY, name="lab")
    verdict = judged(order, taken(order, good(order)), report)
    assert row(verdict, DIMENSION).result.outcome is Outcome.PENDING
    assert "LP817" in {f.code for f in verdict.findings}


def test_another_revision_gives_no_verdict_and_compares_what_did_not_change() -> None:
    before, after = order_of(MUGS), changed(MUGS, 'order.revision="C"', "inspection.packed_percent=90")
    record = taken(before, good(before))
    verdict = judge_record(after, seal(after).digest, record, units, (), unchanged(after, before))
    assert verdict.lots[0].result.causes == (Cause.OTHER_REVISION,)
    assert row(verdict, DIMENSION).result.outcome is Outcome.PASS
    assert len(verdict.record.readings) == len(record.readings)


# machines


def test_a_machine_that_fails_fails_alone() -> None:
    order = order_of(MACHINE)
    assert order.inspection.basis == "each"
    values = good(order)
    names = [lot.name for lot in judged(order, taken(order, values)).lots]
    assert len(names) > 1
    defect = next(d.id for d in order.spec.defects if d.defect_class == "major")
    verdict = judged(order, taken(order, values | {f"defect.{defect}.found.{names[0]}": "1"}))
    assert [lot.result.outcome for lot in verdict.lots] == [Outcome.FAIL, *[Outcome.PASS] * (len(names) - 1)]


def test_a_minor_defect_of_a_machine_is_listed_and_corrected() -> None:
    order = order_of(MACHINE)
    name = judged(order, taken(order, good(order))).lots[0].name
    defect = next(d.id for d in order.spec.defects if d.defect_class == "minor")
    verdict = judged(order, taken(order, good(order) | {f"defect.{defect}.found.{name}": "2"}))
    assert verdict.result.outcome is Outcome.PASS


def _where(order: Order, term: str) -> str:
    return next(one.where for one in order.spec.terms if one.id == term)


# large samples


def large() -> tuple[Order, str]:
    """Return an order in which one row is recorded by its lowest and highest reading: 80 units, Ac 1."""
    order = order_of(MUGS)
    terms = tuple(
        replace(term, samples=tuple(replace(s, n=80, ac=1, re=2) for s in term.samples))
        if term.id == "all.critical_dimensions"
        else term
        for term in order.spec.terms
    )
    return replace(order, spec=replace(order.spec, terms=terms)), DIMENSION


@pytest.mark.parametrize(
    ("lowest", "highest", "outside", "n", "outcome", "cause"),
    [
        ("61.2", "62.9", "0", "80", Outcome.PASS, None),
        ("61.2", "63.4", "1", "80", Outcome.PASS, None),
        ("61.2", "63.4", "2", "80", Outcome.FAIL, None),
        ("61.2", "63.4", "0", "80", Outcome.PENDING, Cause.CONTRADICTION),
        ("61.2", "62.9", "1", "80", Outcome.PENDING, Cause.CONTRADICTION),
        ("62.9", "61.2", "0", "80", Outcome.PENDING, Cause.CONTRADICTION),
        ("61.2", "62.9", "0", "79", Outcome.PENDING, Cause.SAMPLE_TOO_SMALL),
        ("61.2", "62.9", "0", "", Outcome.PENDING, Cause.SAMPLE_TOO_SMALL),
        ("61.2", "62.9", "", "80", Outcome.PENDING, Cause.NO_READING),
        ("61.2", "", "0", "80", Outcome.PENDING, Cause.NO_READING),
        ("61.2", "?", "0", "80", Outcome.PENDING, Cause.UNREADABLE),
        ("60", "63.4", "", "80", Outcome.FAIL, None),
    ],
)
def test_a_large_sample_is_judged_by_its_ends_and_its_count(
    lowest: str, highest: str, outside: str, n: str, outcome: Outcome, cause: Cause | None
) -> None:
    order, tag = large()
    more = {f"{tag}.lowest": lowest, f"{tag}.highest": highest, f"{tag}.outside": outside, f"{tag}.n": n}
    found = row(judged(order, taken(order, good(order) | more)), tag).result
    assert found.outcome is outcome
    assert (cause is None) == (not found.causes)
    assert cause is None or cause in found.causes


def test_a_later_tick_against_an_earlier_one_decides_nothing() -> None:
    order = order_of(MUGS)
    first = taken(order, good(order) | {"all.identity.result": "pass"})
    later = taken(order, {"all.identity.result": "fail"}, kind=Kind.LABORATORY)
    assert row(judged(order, first, later), "all.identity").result.causes == (Cause.JUDGEMENT,)
