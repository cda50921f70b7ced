"""Risks of plans: against exact fractions, against each other, and as promises."""

from __future__ import annotations

import io
import itertools
import math
import xml.etree.ElementTree as ET
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lotproof import sampling
from lotproof.sampling import NoPlan, Plan, Stage, plan
from lotproof.sampling.drawing import SCALE, png, svg
from lotproof.sampling.picture import HEIGHT, WIDTH, Line, picture
from lotproof.sampling.risk import Risk, lower_bound, model_of, risk, risk_of, upper_bound
from lotproof.sampling.sentences import sentence, shown

PERCENT = [aql for aql in sampling.aqls() if aql <= 10]
FARTHEST, TYPICAL = 0.10, 0.05
"""How far double and multiple plans lie from their single plan's curve, up to AQL 10 under normal and tightened inspection: all of
them, and half of them. Letter C (double) and E (multiple), whose samples together differ most from the single one, lie farthest."""


@st.composite
def plans(draw: st.DrawFn, kind: str | None = None) -> Plan:
    """Plans of the tables, of any kind; grades without a plan are passed over."""
    while True:
        try:
            return plan(
                lot_size=draw(st.integers(2, 20_000)),
                aql=draw(st.sampled_from(sampling.aqls())),
                level=draw(st.sampled_from(sampling.LEVELS)),
                severity=draw(st.sampled_from(sampling.SEVERITIES)),
                kind=kind or draw(st.sampled_from(sampling.KINDS)),
                standard=draw(st.sampled_from(sampling.STANDARDS)),
            )
        except NoPlan:
            continue


def exactly(stages: tuple[Stage, ...], lot: int, bad: int) -> Fraction:
    """Return the probability of acceptance by going through every outcome of every stage, in fractions."""
    passing, going, drawn = Fraction(0), {0: Fraction(1)}, 0
    for number, stage in enumerate(stages, 1):
        after: dict[int, Fraction] = {}
        for so_far, chance in going.items():
            good = lot - drawn - (bad - so_far)
            for new in range(max(0, stage.n - good), min(stage.n, bad - so_far) + 1):
                ways = math.comb(bad - so_far, new) * math.comb(good, stage.n - new)
                part, d = chance * Fraction(ways, math.comb(lot - drawn, stage.n)), so_far + new
                if d < stage.re if number == len(stages) else stage.ac is not None and d <= stage.ac:
                    passing += part
                elif d < stage.re:
                    after[d] = after.get(d, Fraction(0)) + part
        going, drawn = after, drawn + stage.n
    return passing


@given(plans(), st.data())
@settings(max_examples=60, deadline=None)
def test_every_kind_of_plan_agrees_with_exact_fractions(found: Plan, data: st.DataObject) -> None:
    lot = min(found.lot_size, 400)
    if found.total > lot or found.total > 100:
        return
    bad = data.draw(st.integers(0, lot))
    chances = risk_of(found.stages, model="hypergeometric", lot_size=lot)
    assert chances.accepts_lot(bad) == pytest.approx(float(exactly(found.stages, lot, bad)), abs=1e-12)


@pytest.mark.parametrize(
    ("lot", "n", "ac", "bad"),
    [
        (500_000, 800, 14, 9_300),
        (500_000, 1250, 21, 8_000),
        (500_000, 50_000, 60, 600),
        (3_000, 2_999, 0, 1),
        (9, 9, 2, 3),
    ],
)
def test_large_lots_agree_with_exact_fractions(lot: int, n: int, ac: int, bad: int) -> None:
    ways = sum(math.comb(n, k) * math.comb(lot - n, bad - k) for k in range(ac + 1))
    exact = Fraction(ways, math.comb(lot, bad))
    chances = risk_of((Stage(n=n, ac=ac, re=ac + 1),), model="hypergeometric", lot_size=lot)
    assert chances.accepts_lot(bad) == pytest.approx(float(exact), abs=1e-12)


def test_binomial_and_poisson_agree_with_their_formulas() -> None:
    single = (Stage(n=125, ac=7, re=8),)
    share = Fraction(37, 1000)
    binomial = sum(math.comb(125, k) * share**k * (1 - share) ** (125 - k) for k in range(8))
    assert risk_of(single, model="binomial", lot_size=None).accepts(3.7) == pytest.approx(float(binomial), abs=1e-12)
    poisson = sum(math.exp(-4.625) * 4.625**k / math.factorial(k) for k in range(8))
    assert risk_of(single, model="poisson", lot_size=None).accepts(3.7) == pytest.approx(poisson, abs=1e-12)


@given(plans())
@settings(max_examples=80, deadline=None)
def test_a_perfect_lot_passes_and_a_worse_one_passes_less_often(found: Plan) -> None:
    chances = risk(found)
    curve = chances.curve(40)
    assert curve[0] == (0, 1)
    assert all(0 <= later <= earlier + 1e-12 for (_, earlier), (_, later) in itertools.pairwise(curve))


@given(plans())
@settings(max_examples=80, deadline=None)
def test_the_lq_is_the_least_quality_that_passes_so_rarely(found: Plan) -> None:
    chances = risk(found)
    if chances.model == "hypergeometric":
        worst = chances.defectives_at_lq()
        assert worst is None or chances.accepts_lot(worst) <= 0.1 + 1e-9 < chances.accepts_lot(worst - 1) + 2e-9
    else:
        lq = chances.lq()
        assert lq is not None
        assert chances.accepts(lq) == pytest.approx(0.1, abs=1e-9)


def test_a_tie_with_the_risk_asked_for_counts_as_met() -> None:
    nine_of_ten = risk_of((Stage(n=9, ac=0, re=1),), model="hypergeometric", lot_size=10)
    assert nine_of_ten.defectives_at_lq(0.10) == 1


@pytest.mark.parametrize("standard", sampling.STANDARDS)
@pytest.mark.parametrize("kind", ["double", "multiple"])
@pytest.mark.parametrize("severity", ["normal", "tightened"])
def test_double_and_multiple_plans_lie_near_the_curve_of_their_single_plan(
    severity: str, kind: str, standard: str
) -> None:
    apart = []
    for lot in (8, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000, 500_001):
        for aql in PERCENT:
            try:
                one, other = (
                    plan(lot_size=lot, aql=aql, kind=k, severity=severity, standard=standard) for k in ("single", kind)
                )
            except NoPlan:
                continue
            if other.used_kind != kind or other.plan_letter != one.plan_letter:
                continue
            mine, theirs = (risk_of(p.stages, model="binomial", lot_size=None) for p in (one, other))
            apart.append(max(abs(pa - theirs.accepts(q)) for q, pa in mine.curve(30)))
    assert len(apart) > 40
    assert max(apart) < FARTHEST
    assert sorted(apart)[len(apart) // 2] < TYPICAL


@given(plans())
@settings(max_examples=60, deadline=None)
def test_the_average_sample_lies_between_the_first_and_all(found: Plan) -> None:
    chances = risk(found)
    asn = chances.asn(found.aql)
    assert chances.drawn[0] - 1e-9 <= asn <= chances.drawn[-1] + 1e-9
    if len(found.stages) == 1:
        assert asn == min(found.total, found.lot_size)


def test_a_gap_counts_as_accepted() -> None:
    gap = (Stage(n=50, ac=1, re=4),)
    closed = (Stage(n=50, ac=3, re=4),)
    assert [risk_of(s, model="binomial", lot_size=None).accepts(5.0) for s in (gap, closed)] == pytest.approx(
        [0.7604079610, 0.7604079610], abs=1e-9
    )


def test_outgoing_quality_has_a_limit_that_no_quality_exceeds() -> None:
    chances = risk(plan(lot_size=3000, aql=Decimal("2.5")), "binomial")
    limit = chances.aoql()
    assert limit == pytest.approx(max(chances.aoq(q / 100) for q in range(1, 2000)), abs=1e-4)
    assert all(chances.aoq(q / 10) <= limit + 1e-12 for q in range(1, 400))
    with pytest.raises(NoPlan, match="binomial"):
        risk(plan(lot_size=3000, aql=Decimal("2.5"))).aoq(1.0)


@given(st.integers(1, 300), st.data())
@settings(max_examples=60, deadline=None)
def test_the_bound_of_a_known_lot_covers(lot: int, data: st.DataObject) -> None:
    n, bad = data.draw(st.integers(1, lot)), data.draw(st.integers(0, lot))
    missed = Fraction(0)
    for found in range(max(0, n + bad - lot), min(n, bad) + 1):
        bound = upper_bound(found, n, lot_size=lot)
        assert bound.defectives is not None
        assert found <= bound.defectives <= lot - (n - found)
        if bound.defectives < bad:
            missed += Fraction(math.comb(bad, found) * math.comb(lot - bad, n - found), math.comb(lot, n))
    assert missed <= Fraction(1, 20) + Fraction(1, 10**9)


def test_the_bound_of_a_process_is_that_of_clopper_and_pearson() -> None:
    assert upper_bound(0, 59).percent == pytest.approx(100 * (1 - 0.05 ** (1 / 59)), abs=1e-9)
    assert upper_bound(5, 5).percent == 100
    assert upper_bound(0, 100, model="poisson").percent == pytest.approx(-math.log(0.05), abs=1e-9)


@pytest.mark.parametrize(
    ("found", "n", "lot", "confidence"), [(3, 2, None, 0.95), (-1, 5, None, 0.95), (0, 9, 8, 0.95), (0, 5, 9, 1.0)]
)
def test_what_no_inspection_gives_is_refused(found: int, n: int, lot: int | None, confidence: float) -> None:
    with pytest.raises(NoPlan):
        upper_bound(found, n, lot_size=lot, confidence=confidence)


def test_above_aql_10_only_poisson_counts() -> None:
    found = plan(lot_size=3000, aql=Decimal(15))
    assert model_of(found) == risk(found).model == "poisson"
    for model in ("hypergeometric", "binomial"):
        with pytest.raises(NoPlan, match="per 100 units"):
            risk(found, model)
    with pytest.raises(NoPlan, match="unknown model"):
        risk(found, "normal")


def test_a_curve_of_a_small_lot_has_a_point_for_each_lot_that_there_can_be() -> None:
    chances = risk(plan(lot_size=30, aql=Decimal("2.5")))
    assert chances.curve(upto=100) == [(100 * d / 30, chances.accepts_lot(d)) for d in range(31)]
    assert len(risk(plan(lot_size=500_000, aql=Decimal("1.0"))).curve()) == 200


@pytest.mark.parametrize(
    ("arguments", "defect_class", "english", "chinese"),
    [
        (
            (3000, "2.5", "single"),
            "major",
            "A lot with 9.2 % major defects still passes one time in ten.",
            "主要缺陷率为9.2%的批，每10批中仍约有1批通过。",
        ),
        (
            (3000, "25", "single"),
            "",
            "A lot with 56.4 nonconformities per 100 units still passes one time in ten.",
            "每百单位不合格数为56.4的批，每10批中仍约有1批通过。",
        ),
        (
            (20, "0.65", "single"),
            "major",
            "Every unit is inspected: the lot passes with at most 0 nonconforming, and fails with 1 or more.",
            "逐件检验：不合格品不超过0件时该批通过，达到1件时不通过。",
        ),
    ],
)
def test_the_risk_in_plain_words(
    arguments: tuple[int, str, str], defect_class: str, english: str, chinese: str
) -> None:
    lot, aql, kind = arguments
    found = plan(lot_size=lot, aql=Decimal(aql), kind=kind)
    assert sentence(found, "en", defect_class) == english
    assert sentence(found, "zh", defect_class) == chinese


@given(plans())
@settings(max_examples=60, deadline=None)
def test_every_plan_has_a_sentence(found: Plan) -> None:
    for language in ("en", "zh"):
        said = sentence(found, language)
        assert said.endswith((".", "。"))
        assert "nan" not in said
        assert "one time in one" not in said


@pytest.mark.parametrize(
    ("percent", "text"), [(9.1667, "9.2"), (37.0, "37"), (0.0186, "0.019"), (100, "100"), (0, "0")]
)
def test_qualities_are_shown_with_the_digits_that_people_read(percent: float, text: str) -> None:
    assert shown(percent) == text


def line(lot: int, aql: str, model: str = "") -> Line:
    """Return a plan as a line of the picture."""
    found = plan(lot_size=lot, aql=Decimal(aql))
    return Line(label=f"AQL {aql} <&>", risk=risk(found, model), aql=found.aql)


def drawn_as_svg(title: str, *lines: Line) -> str:
    """Return the picture of plans as SVG."""
    return svg(title, picture(title, lines), (WIDTH, HEIGHT)).decode()


def test_the_picture_as_png_has_the_same_curves() -> None:
    shapes = picture("t", [line(200, "2.5"), line(200, "0.65")])
    content = png(shapes, (WIDTH, HEIGHT))
    image = Image.open(io.BytesIO(content)).convert("RGB")
    assert image.size == (WIDTH * SCALE, HEIGHT * SCALE)
    colours = {colour for _, colour in image.getcolors(1 << 20) or []}
    assert {(0x1F, 0x4E, 0x9C), (0xB3, 0x40, 0x1F)} <= colours
    assert png(shapes, (WIDTH, HEIGHT)) == content


def test_the_picture_marks_aql_lq_and_each_lot_that_there_can_be() -> None:
    drawn = ET.fromstring(drawn_as_svg("Lots & <plans>", line(200, "2.5"), line(200, "0.65")))
    words = "".join(drawn.itertext())
    for expected in ("AQL 2.5", "AQL 0.65", "LQ 15.5 %", "LQ 10.5 %", "percent nonconforming", "Lots & <plans>"):
        assert expected in words
    name = "{http://www.w3.org/2000/svg}"
    curves = [p for p in drawn.findall(f"{name}polyline") if len(p.attrib["points"].split()) > 3]
    assert len(curves) == 2
    curve: list[tuple[float, float]] = line(200, "2.5").risk.curve()
    assert len(drawn.findall(f"{name}circle")) > len(curve)


def test_the_picture_stays_inside_its_frame() -> None:
    drawn = ET.fromstring(drawn_as_svg("t", line(3000, "40")))
    for circle in drawn.iter("{http://www.w3.org/2000/svg}circle"):
        assert 0 < float(circle.attrib["cx"]) < 760
        assert 0 < float(circle.attrib["cy"]) < 480
    assert "per 100 units" in "".join(drawn.itertext())


def test_a_risk_knows_its_own_model() -> None:
    process: Risk = risk(plan(lot_size=3000, aql=Decimal("2.5")), "binomial")
    with pytest.raises(NoPlan, match="knows no lot"):
        process.accepts_lot(3)
    with pytest.raises(NoPlan, match="0 to 100"):
        process.accepts(101)
    with pytest.raises(NoPlan, match="cannot hold"):
        risk(plan(lot_size=30, aql=Decimal("2.5"))).accepts_lot(31)


@given(st.integers(1, 40), st.data())
def test_the_lower_bound_of_a_known_lot_is_the_least_that_is_not_too_rare(lot: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(1, lot))
    found = data.draw(st.integers(0, n))

    def as_many(bad: int) -> Fraction:
        ways = sum(math.comb(bad, k) * math.comb(lot - bad, n - k) for k in range(found, min(n, bad) + 1))
        return Fraction(ways, math.comb(lot, n))

    least = next(bad for bad in range(lot + 1) if as_many(bad) > Fraction(1, 20))
    bound = lower_bound(found, n, lot_size=lot)
    assert bound.defectives == (least if found else 0)
    upper = upper_bound(found, n, lot_size=lot)
    assert upper.defectives is not None
    assert bound.defectives <= upper.defectives


def test_the_lower_bound_of_a_process_is_that_of_clopper_and_pearson() -> None:
    assert lower_bound(5, 5).percent == pytest.approx(100 * 0.05 ** (1 / 5), abs=1e-9)
    assert lower_bound(0, 59).percent == 0
    assert lower_bound(1, 100, model="poisson").percent == pytest.approx(-math.log(0.95), abs=1e-9)


@pytest.mark.parametrize(("found", "n", "lot"), [(3, 2, 10), (1, 0, 10), (-1, 5, 10), (1, 12, 10)])
def test_a_lower_bound_of_what_no_inspection_gives_is_refused(found: int, n: int, lot: int) -> None:
    with pytest.raises(NoPlan):
        lower_bound(found, n, lot_size=lot)
