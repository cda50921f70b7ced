"""Numbers of an order, case by case: quantities, tolerances, samples, money, what stands in the order and what is missing."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from lotproof import api
from lotproof.findings import Refused, Severity
from lotproof.orders.model import Order, Sample, Term
from lotproof.requirements import Count, PerKey, Within
from lotproof.wording.inlines import plain


def edited(source: bytes, *changes: tuple[str, str]) -> bytes:
    """Return answers with some lines changed; each must be there."""
    text = source.decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


def build(source: bytes, *changes: tuple[str, str]) -> Order:
    """Build an order from changed answers."""
    return api.build(edited(source, *changes)).order


def term(order: Order, name: str) -> Term:
    """Return a term by its id."""
    return next(t for t in order.spec.terms if t.id == name)


def sample(order: Order, name: str) -> Sample:
    """Return the only sample of a term."""
    (found,) = term(order, name).samples
    return found


@pytest.mark.parametrize(
    ("quantity", "under", "over", "least", "most"),
    [(4800, "0", "2", 4800, 4896), (1001, "1", "1", 991, 1011), (333, "2.5", "2.5", 325, 341), (7, "5", "5", 7, 7)],
)
def test_a_quantity_range_is_rounded_inwards(
    mugs: bytes, quantity: int, under: str, over: str, least: int, most: int
) -> None:
    order = build(
        mugs, ("quantity = 4800", f"quantity = {quantity}"), ("under = 0\nover = 2", f"under = {under}\nover = {over}")
    )
    requirement = term(order, "all.quantity").requirement
    assert isinstance(requirement, PerKey)
    assert requirement.entries[0].requirement == Count(least=least, most=most, unit="pc")
    assert [e.key for e in requirement.entries] == ["MUG-350-WHT", "MUG-350-BLU", "MUG-250-WHT"]


@pytest.mark.parametrize(
    ("nominal", "tolerance", "absolute"),
    [("350 mL", "3 %", "10.5"), ("385 mL", "2.5 %", "9.625"), ("400 mL", "5 %", "20"), ("350 mL", "12 mL", "12")],
)
def test_a_tolerance_in_percent_is_taken_exactly(mugs: bytes, nominal: str, tolerance: str, absolute: str) -> None:
    order = build(mugs, ('nominal = "350 mL"\ntolerance = "3 %"', f'nominal = "{nominal}"\ntolerance = "{tolerance}"'))
    requirement = term(order, "ceramic_tableware.capacity@MUG-350-WHT").requirement
    assert isinstance(requirement, Within)
    assert (requirement.plus, requirement.minus) == (requirement.minus, requirement.plus)
    assert f"{requirement.plus.value:f}" == absolute
    assert requirement.plus.unit == "mL"


def test_each_item_has_its_own_term_and_the_rest_share_one(mugs: bytes) -> None:
    order = api.build(mugs).order
    own = [t.id for t in order.spec.terms if t.clause == "ceramic_tableware.capacity"]
    assert own == [f"ceramic_tableware.capacity@{item}" for item in ("MUG-350-WHT", "MUG-350-BLU", "MUG-250-WHT")]
    one = re.sub(
        rb'\[goods\.terms\."ceramic_tableware\.capacity"\]\nnominal = "350 mL"\ntolerance = "3 %"\n', b"", mugs
    )
    general = one + b'\n[terms."ceramic_tableware.capacity"]\nnominal = "350 mL"\ntolerance = "3 %"\n'
    shared = [t for t in api.build(general).order.spec.terms if t.clause == "ceramic_tableware.capacity"]
    assert [(t.id, t.items) for t in shared] == [
        ("ceramic_tableware.capacity", ("MUG-350-WHT", "MUG-350-BLU")),
        ("ceramic_tableware.capacity@MUG-250-WHT", ("MUG-250-WHT",)),
    ]
    lacking = api.build(one)
    assert "LP123" in [f.code for f in lacking.open]


def test_a_combined_lot_is_sampled_once_and_items_by_themselves_three_times(mugs: bytes) -> None:
    combined = api.build(mugs).order.inspection.lots
    assert [
        (lot.size, [(p.defect_class, p.aql, p.n, p.stages[0].ac, p.stages[0].re) for p in lot.plans])
        for lot in combined
    ] == [(9600, [("critical", "zero", 200, 0, 1), ("major", "2.5", 200, 10, 11), ("minor", "4.0", 200, 14, 15)])]
    apart = build(mugs, ('lot = "combined"', 'lot = "per_item"')).inspection.lots
    assert [(lot.id, lot.size, [(p.n, p.stages[0].ac) for p in lot.plans]) for lot in apart] == [
        ("MUG-350-WHT", 4800, [(200, 0), (200, 10), (200, 14)]),
        ("MUG-350-BLU", 3200, [(125, 0), (125, 7), (125, 10)]),
        ("MUG-250-WHT", 1600, [(125, 0), (125, 7), (125, 10)]),
    ]


def test_a_fixed_sample_of_the_product_is_never_larger_than_the_lot_but_one_of_cartons_may_be(mugs: bytes) -> None:
    few = [
        ("quantity = 4800", "quantity = 1"),
        ("quantity = 3200", "quantity = 1"),
        ("quantity = 1600", "quantity = 1"),
    ]
    order = build(mugs, *few, ('lot = "combined"', 'lot = "per_item"'))
    assert {s.n for s in term(order, "all.identity").samples} == {1}
    assert {s.n for s in term(order, "packaging.carton_size").samples} == {3}
    assert all(p.n == 1 and p.full for lot in order.inspection.lots for p in lot.plans)


def test_up_to_twenty_machines_are_inspected_one_by_one_and_more_by_lot(machine: bytes) -> None:
    order = api.build(machine).order
    assert order.inspection.basis == "each"
    assert order.inspection.lots[0].plans == ()
    assert sample(order, "machinery.noise").n == 2
    assert (
        sample(order, "packaging_machines.seal_strength").n,
        sample(order, "packaging_machines.seal_strength").per_unit,
    ) == (20, 10)
    assert sample(order, "all.identity").n == 2
    twenty = build(machine, ("quantity = 2\n", "quantity = 20\n"))
    assert (twenty.inspection.basis, sample(twenty, "all.appearance").n) == ("each", 20)
    many = api.build(edited(machine, ("quantity = 2\n", "quantity = 21\n")))
    assert many.order.inspection.basis == "lot"
    assert {f.where.rpartition(": ")[2] for f in many.open} >= {"inspection.level", "inspection.aql_major"}


def test_money_is_rounded_half_up_to_the_currency_and_adds_up(mugs: bytes) -> None:
    order = build(mugs, ("unit_price = 1.42", "unit_price = 1.4215"), ("quantity = 4800", "quantity = 4801"))
    money = order.commercial
    assert money.amounts["MUG-350-WHT"] == Decimal("6824.62")
    assert money.total == sum(a for a in money.amounts.values() if a is not None)
    assert money.deposit is not None
    assert money.balance is not None
    assert money.deposit + money.balance == money.total
    halves = build(mugs, ("unit_price = 1.42", "unit_price = 0.005"), ("quantity = 4800", "quantity = 1")).commercial
    assert halves.amounts["MUG-350-WHT"] == Decimal("0.01")
    yen = build(mugs, ('currency = "USD"', 'currency = "JPY"')).commercial
    assert yen.total == yen.total.quantize(Decimal(1)) if yen.total is not None else False


def test_a_minimum_item_that_is_missing_is_named(machine: bytes) -> None:
    text = machine.decode()
    for clause, words in (
        ("machinery.noise", "noise"),
        ("machinery.warranty", "arranty"),
        ("machinery.throughput", "hroughput"),
        ("machinery.contact_materials", "aterial"),
        ("machinery.power_input", "ower"),
        ("machinery.rated_capacity", "apacity"),
        ("machinery.overall_dimensions", "imension"),
    ):
        start = text.index(f'[terms."{clause}"]')
        end = text.find("\n[terms", start)
        built = api.build((text[:start] + text[end + 1 :]).encode())
        named = [f for f in built.open if f.code == "LP130"]
        assert any(words in f.message for f in named), (clause, [f.message for f in named])
        assert any(t.requirement is None for t in built.order.spec.terms), "it stands in the draft as a blank"
        assert built.order.draft


def test_every_minimum_of_the_brief_is_asked_for(mugs: bytes) -> None:
    built = api.build(
        edited(
            mugs,
            ('level = "II"', 'level = ""'),
            ("aql_major = 2.5", 'aql_major = ""'),
            ('limit = "16 kg"', 'limit = ""'),
        )
    )
    messages = " ".join(f.message for f in built.findings if f.severity is Severity.OPEN)
    assert "inspection.level" in messages
    assert "inspection.aql_major" in messages


def test_an_unverified_clause_stays_open_until_it_is_confirmed() -> None:
    from lotproof.catalog.loading import load_category
    from lotproof.frozen import replace
    from lotproof.houses import House, load_house
    from lotproof.orders.building import build_order
    from lotproof.questions.reading import read_answers
    from lotproof.templates import shipped_houses

    category = load_category("packaging_machines")
    clause = replace(category.clauses["machinery.noise"], confidence={"method": "M?"})
    doubtful = replace(category, clauses={**category.clauses, "machinery.noise": clause})
    source = (Path(__file__).parents[2] / "examples/vffs-packing-machine/answers.toml").read_bytes()
    for text, codes in (
        (source, ["LP131"]),
        (source.replace(b"[order]", b'confirmed = ["machinery.noise"]\n[order]', 1), []),
    ):
        answers, _, found = read_answers(text, "a.toml", lambda *_: doubtful, shipped_houses)
        order, findings = build_order(answers, House(doubtful, load_house("packaging_machines").templates), found)
        assert [f.code for f in findings if f.severity is Severity.OPEN] == codes
        assert order.draft == bool(codes)


def test_an_answer_is_left_out_of_the_conditions_only_where_its_kind_puts_it_into_the_requirement() -> None:
    from lotproof.catalog.loading import load_category
    from lotproof.frozen import replace
    from lotproof.houses import House, load_house
    from lotproof.orders.building import build_order
    from lotproof.questions.reading import read_answers
    from lotproof.templates import shipped_houses

    category = load_category("packaging_machines")
    noise = category.clauses["machinery.noise"]
    question = replace(noise.questions[1], key="document")
    named = replace(
        category, clauses={**category.clauses, noise.id: replace(noise, questions=(*noise.questions, question))}
    )
    source = (Path(__file__).parents[2] / "examples/vffs-packing-machine/answers.toml").read_bytes()
    line = b'limit = "78 dB(A)"\n'
    assert line in source
    source = source.replace(line, line + b'document = { en = "protocol 7", zh = "7\xe5\x8f\xb7" }\n')
    answers, _, found = read_answers(source, "a.toml", lambda *_: named, shipped_houses)
    order, _ = build_order(answers, House(named, load_house("packaging_machines").templates), found)
    assert set(term(order, "machinery.noise").conditions) == {"load", "document"}
    assert set(term(order, "machinery.documents").conditions) == set()


# --- how it is sampled ---------------------------------------------------------------------------------------------------------


def plans(order: Order) -> list[tuple[str, str, list[tuple[int, int | None, int]]]]:
    """Return class, letter and samples of each plan of the first lot."""
    return [
        (p.defect_class, p.plan_letter, [(s.n, s.ac, s.re) for s in p.stages]) for p in order.inspection.lots[0].plans
    ]


SMALL = (
    ("quantity = 4800", "quantity = 30"),
    ("quantity = 3200", "quantity = 20"),
    ("quantity = 1600", "quantity = 10"),
)


def test_classes_are_nested_or_read_at_the_largest_letter_as_the_order_says(mugs: bytes) -> None:
    assert plans(build(mugs, *SMALL)) == [
        ("critical", "F", [(20, 0, 1)]),
        ("major", "F", [(20, 1, 2)]),
        ("minor", "E", [(13, 1, 2)]),
    ]
    largest = build(mugs, *SMALL, ('class_samples = "nested"', 'class_samples = "largest"'))
    assert plans(largest)[2] == ("minor", "F", [(20, 2, 3)])
    said = [" ".join(map(str, p.words)) for provision in largest.texts["en"].provisions for p in provision.paragraphs]
    assert any("read at the code letter of the largest sample" in text for text in said)


def test_double_sampling_has_two_samples_in_every_class_and_zero_stays_zero(mugs: bytes) -> None:
    order = build(mugs, ('plan = "single"', 'plan = "double"'))
    assert plans(order) == [
        ("critical", "L", [(125, 0, 1), (125, 0, 1)]),
        ("major", "L", [(125, 5, 9), (125, 12, 13)]),
        ("minor", "L", [(125, 7, 11), (125, 18, 19)]),
    ]
    rows = [[getattr(c[0], "text", c[0]) for c in row] for row in order.texts["zh"].tables["plan"]]
    assert [row[2] for row in rows][2:4] == ["主要，第1样本", "主要，第2样本"]
    assert sample(order, "all.appearance").n == 125
    assert sum(dict(order.inspection.lots[0].shares).values()) == 125


def test_a_zero_class_may_have_a_sample_of_its_own(mugs: bytes) -> None:
    order = build(mugs, ('aql_critical = "zero"', 'aql_critical = "zero"\nzero_n = 315'))
    assert plans(order)[0] == ("critical", "", [(315, 0, 1)])
    assert sample(order, "all.appearance").n == 315


def test_more_units_than_the_lot_has_are_refused_and_noted_where_another_lot_has_them(mugs: bytes) -> None:
    wanted = ('aql_critical = "zero"', 'aql_critical = "zero"\nzero_n = 315')
    with pytest.raises(Refused) as refused:
        build(mugs, *SMALL, wanted)
    (finding,) = [f for f in refused.value.findings if f.severity is Severity.REFUSE]
    assert (finding.code, finding.hint) == ("LP134", "write 60 or less, or leave it out")
    built = api.build(
        edited(mugs, ("quantity = 1600", "quantity = 60"), ('lot = "combined"', 'lot = "per_item"'), wanted)
    )
    last = built.order.inspection.lots[-1].plans[0]
    assert ([(s.n, s.ac) for s in last.stages], last.full) == ([(60, 0)], True)
    assert [f.severity for f in built.findings if f.code == "LP134"] == [Severity.NOTE]


def test_a_sample_for_zero_classes_without_one_is_said_not_to_be_used(mugs: bytes) -> None:
    built = api.build(edited(mugs, ('aql_critical = "zero"', "aql_critical = 0.65\nzero_n = 315")))
    assert [f.where.partition(": ")[2] for f in built.findings if f.code == "LP121"] == ["inspection.zero_n"]
    assert 315 not in [stage.n for plan in built.order.inspection.lots[0].plans for stage in plan.stages]


def test_a_tolerance_of_a_dimension_may_come_in_percent(mugs: bytes) -> None:
    order = build(mugs, ('nominal = "62 mm", plus = "1.0 mm"', 'nominal = "62 mm", plus = "5 %"'))
    requirement = term(order, "all.critical_dimensions").requirement
    assert isinstance(requirement, PerKey)
    first = requirement.entries[0].requirement
    assert isinstance(first, Within)
    assert (f"{first.plus.value:f}", first.plus.unit) == ("3.1", "mm")


def test_tightened_inspection_and_other_standards_change_the_plan(mugs: bytes) -> None:
    tightened = build(mugs, ('severity = "normal"', 'severity = "tightened"'))
    assert plans(tightened)[1] == ("major", "L", [(200, 8, 9)])
    reduced = build(mugs, ('severity = "normal"', 'severity = "reduced"'), ("ISO 2859-1:1999", "ANSI/ASQ Z1.4-2003"))
    assert plans(reduced)[1] == ("major", "L", [(80, 5, 8)])
    said = " ".join(str(p) for provision in reduced.texts["en"].provisions for p in provision.paragraphs)
    assert "above Ac and below Re" in said
    iso = build(mugs, ('severity = "normal"', 'severity = "reduced"'))
    assert "above Ac and below Re" not in str(iso.texts["en"].provisions)


def test_an_aql_above_ten_needs_nonconformities(mugs: bytes) -> None:
    with pytest.raises(Refused) as refused:
        build(mugs, ("aql_minor = 4.0", "aql_minor = 15"))
    assert [f.code for f in refused.value.findings if f.severity is Severity.REFUSE] == ["LP152"]
    order = build(mugs, ("aql_minor = 4.0", "aql_minor = 15"), ('counting = "units"', 'counting = "nonconformities"'))
    assert plans(order)[2][0] == "minor"
    assert "one unit may have several" in str(order.texts["en"].provisions)


def test_an_edition_without_verified_tables_is_refused_with_its_reason(mugs: bytes) -> None:
    with pytest.raises(Refused) as refused:
        build(mugs, ("ISO 2859-1:1999", "ISO 2859-1:2026"))
    assert any(f.code == "LP113" and "not verified" in f.message for f in refused.value.findings)


def test_a_plan_that_is_not_verified_is_refused(mugs: bytes) -> None:
    changes = (('severity = "normal"', 'severity = "reduced"'), ('plan = "single"', 'plan = "double"'))
    lots = (
        ("quantity = 4800", "quantity = 1000"),
        ("quantity = 3200", "quantity = 400"),
        ("aql_minor = 4.0", "aql_minor = 2.5"),
    )
    with pytest.raises(Refused) as refused:
        build(mugs, *changes, *lots)
    (finding,) = [f for f in refused.value.findings if f.severity is Severity.REFUSE]
    assert finding.code == "LP133"
    assert "take single sampling" in finding.hint


def test_a_combined_lot_says_how_many_of_each_item_are_drawn(mugs: bytes) -> None:
    order = api.build(mugs).order
    assert order.inspection.lots[0].shares == (("MUG-350-WHT", 100), ("MUG-350-BLU", 67), ("MUG-250-WHT", 33))
    assert len(order.texts["en"].tables["shares"]) == 3
    assert build(mugs, ('lot = "combined"', 'lot = "per_item"')).texts["en"].tables["shares"] == ()


# --- defects -------------------------------------------------------------------------------------------------------------------


def with_defects(mugs: bytes, *rows: str) -> bytes:
    """Return answers with tables of moved defects."""
    tables = "".join(f"[[defects]]\n{row}\n" for row in rows)
    return edited(mugs, ("# --- The specification\n", f"{tables}\n# --- The specification\n"))


def test_a_defect_goes_up_at_will_and_down_with_a_reason_that_is_printed(mugs: bytes) -> None:
    reason = 'reason = { en = "sold as seconds", zh = "作为次品销售" }'
    order = api.build(
        with_defects(mugs, 'id = "pinhole"\nclass = "major"', f'id = "warpage_rocking"\nclass = "minor"\n{reason}')
    ).order
    agreed = {d.id: (d.listed, d.defect_class) for d in order.spec.defects}
    assert agreed["pinhole"] == ("minor", "major")
    assert agreed["warpage_rocking"] == ("major", "minor")
    classes = [d.defect_class for d in order.spec.defects]
    assert classes == sorted(classes, key=["critical", "major", "minor"].index)
    rows = {plain(row[1]): (plain(row[0]), plain(row[2])) for row in order.texts["en"].tables["defects"]}
    said = " ".join(border for _, border in rows.values())
    assert "what is Minor by this border counts as Major" in said
    assert "what is Major by this border counts as Minor. Reason: sold as seconds" in said
    assert "理由：作为次品销售" in " ".join(plain(row[2]) for row in order.texts["zh"].tables["defects"])


@pytest.mark.parametrize(
    ("row", "code", "words"),
    [
        ('id = "crack"\nclass = "major"\nreason = "it is small"', "LP135", "critical and cannot be moved down"),
        ('id = "warpage_rocking"\nclass = "minor"', "LP135", "without a reason"),
        ('id = "pinhole"\nclass = "minor"', "LP135", "is minor already"),
        ('id = "pinholes"\nclass = "major"', "LP102", "no defect"),
        ('id = "pinhole"\nclass = "grave"', "LP103", "no class"),
        ('id = "pinhole"\nclass = "major"\nwhy = "x"', "LP102", "unknown key"),
    ],
)
def test_a_defect_that_may_not_move_is_refused(mugs: bytes, row: str, code: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        api.build(with_defects(mugs, row))
    (finding,) = [f for f in refused.value.findings if f.severity is Severity.REFUSE]
    assert (finding.code, words in finding.message) == (code, True)
    assert "defects[1]" in finding.where
