"""Each of the five patterns that lose a dispute stops the payment, and alone where it is alone."""

from __future__ import annotations

import datetime

import pytest

from gate_orders import EXAMPLES, LATHE, MUGS, SHIRTS, TODAY, answers, changed, check, codes, gate, line_of, stops
from lotproof.gate.model import Inputs, Standing

INSPECTOR = line_of("inspection", "inspector")
WHITE = 'en = "Stoneware mug 350 mL, matt white glaze, Pantone 11-0601"'

ALONE = {
    "specification": (WHITE, 'en = "Stoneware mug 350 mL of good quality, Pantone 11-0601"'),
    "inspection": (INSPECTOR, 'inspector = "Qingshan Ceramics QC department"\n'),
    "destination": (line_of("notice", "latent_months"), ""),
    "outside": ('drawing = "HB-M250 rev 1"', 'drawing = "HB-M250, as discussed, rev 1"'),
    "window": (line_of("window", "confirmed_by"), ""),
}


@pytest.mark.parametrize("example", sorted(path.parent.name for path in EXAMPLES.glob("*/answers.toml")))
def test_a_complete_example_is_ready(example: str) -> None:
    found = gate(answers(example))
    assert found.ready
    assert stops(found) == set()
    assert all(c.standing is Standing.HOLDS for c in (*found.patterns, *found.checks))
    assert all(c.evidence for c in found.patterns), "each pattern says what it found in the order"


@pytest.mark.parametrize("pattern", ALONE)
def test_one_change_makes_an_order_not_ready_by_one_pattern_alone(pattern: str) -> None:
    found = gate(changed(ALONE[pattern]))
    assert not found.ready
    assert stops(found) == {pattern}


def test_the_patterns_stand_in_their_order() -> None:
    assert [c.id for c in gate(answers()).patterns] == list(ALONE)


@pytest.mark.parametrize(
    ("text", "code", "standing"),
    [
        ('"the seller\'s QC"', "LP604", Standing.FAILS),
        ('"潮州市青山示例陶瓷有限公司质检部"', "LP604", Standing.FAILS),
        ('"青山示例陶瓷质检部"', "LP604", Standing.FAILS),
        ('"factory self-inspection"', "LP604", Standing.FAILS),
        ('"SGS, or the factory\'s own QC"', "LP604", Standing.FAILS),
        ('"Chaozhou Qingshan Example Ceramics Co., Ltd."', "LP604", Standing.FAILS),
        ('"Hearth & Bean Homeware GmbH"', "LP605", Standing.FAILS),
        ('"the buyer\'s own engineer"', "LP605", Standing.FAILS),
        ('"an independent third-party inspection company chosen by the buyer"', "LP606", Standing.UNKNOWN),
        ('"买方指定的第三方检验机构"', "LP606", Standing.UNKNOWN),
        ('"Bohai Goods Control Ltd"', "LP606", Standing.HOLDS),
        ('"SGS, independent of the seller, at the seller\'s kilns"', "", Standing.HOLDS),
        ('"Bureau Veritas, at the factory"', "", Standing.HOLDS),
        ('"必维国际检验集团"', "", Standing.HOLDS),
    ],
)
def test_an_inspector_is_a_third_party_that_is_named(text: str, code: str, standing: Standing) -> None:
    found = gate(changed((INSPECTOR, f"inspector = {text}\n")))
    assert check(found, "inspection").standing is standing
    assert codes(found, "inspection") == ({code} if code else set())


def test_the_maker_of_a_trading_company_is_no_inspector() -> None:
    site = line_of("seller", "production_site")
    found = gate(
        changed(
            (site, 'production_site = "Dexing Kiln Works, 3 Taoci Road, Chaozhou"\n'),
            (INSPECTOR, 'inspector = "Dexing Kiln Works"\n'),
        )
    )
    assert codes(found, "inspection") == {"LP604"}


def test_a_blank_inspector_is_not_known() -> None:
    found = gate(changed((INSPECTOR, "")))
    assert check(found, "inspection").standing is Standing.UNKNOWN
    assert codes(found, "inspection") == {"LP603"}, "the blank is not named twice"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (line_of("notice", "visible_days"), "", "LP607"),
        (line_of("notice", "latent_months"), "", "LP607"),
        (line_of("inspection", "laboratory"), "", "LP608"),
        (line_of("notice", "visible_days"), "visible_days = 3\n", "LP610"),
    ],
)
def test_what_is_found_at_the_destination_has_its_periods_and_its_laboratory(old: str, new: str, code: str) -> None:
    found = gate(changed((old, new)))
    assert codes(found, "destination") == {code}
    assert found.ready is (code == "LP610")


@pytest.mark.parametrize(
    ("phrase", "caught"),
    [
        ("colour as discussed", True),
        ("colour per WeChat of Monday", True),
        ("colour see our e-mail", True),
        ("colour same as last order", True),
        ("颜色按之前沟通", True),
        ("颜色见聊天记录", True),
        ("colour Pantone 11-0601", False),
        ("discussed nowhere, Pantone 11-0601", False),
    ],
)
def test_a_term_that_stands_elsewhere_is_found(phrase: str, caught: bool) -> None:
    text = changed((WHITE, f'en = "Stoneware mug 350 mL, {phrase}"'))
    assert ("LP611" in codes(gate(text), "outside")) is caught


def test_an_address_for_messages_is_no_term() -> None:
    contact = line_of("buyer", "contact")
    assert gate(changed((contact, 'contact = "Jonas Petersen, WeChat jonas-hb, jonas@hearth-bean.example"\n'))).ready


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('drawing = "HB-M250 rev 1"', 'drawing = "HB-M250"'),
        ("artwork HB-CTN-118.pdf revision 3", "artwork HB-CTN-118.pdf"),
        ("图稿HB-CTN-118.pdf第3版", "图稿HB-CTN-118.pdf"),
    ],
)
def test_a_paper_without_its_revision_is_found(old: str, new: str) -> None:
    found = gate(changed((old, new)))
    assert "LP612" in codes(found, "outside")
    assert not found.ready


def window(**new: str) -> str:
    """The answers with other lines in the window; an empty text takes the line out."""
    return changed(*((line_of("window", key), f"{key} = {value}\n" if value else "") for key, value in new.items()))


@pytest.mark.parametrize("key", ["days", "day_type", "anchor"])
def test_a_window_that_is_not_answered_is_not_ready(key: str) -> None:
    found = gate(window(**{key: ""}))
    assert stops(found) == {"window"}
    assert codes(found, "window") == {"LP613"}
    assert check(found, "window").standing is Standing.UNKNOWN


@pytest.mark.parametrize("key", ["source", "confirmed_on", "confirmed_by"])
def test_a_window_that_is_not_confirmed_is_not_ready(key: str) -> None:
    found = gate(window(**{key: ""}))
    assert stops(found) == {"window"}
    assert codes(found, "window") == {"LP614"}


def test_a_window_that_was_read_tomorrow_is_not_confirmed() -> None:
    assert codes(gate(answers(), today=datetime.date(2027, 2, 4)), "window") == {"LP614"}
    assert gate(answers(), today=datetime.date(2027, 2, 5)).ready


def test_a_window_that_was_read_long_ago_is_a_note() -> None:
    found = gate(answers(), today=datetime.date(2027, 5, 7))
    assert codes(found, "window") == {"LP616"}
    assert "window" not in stops(found)
    assert codes(gate(answers(), today=datetime.date(2027, 5, 6)), "window") == set()


@pytest.mark.parametrize(
    ("transit", "standing"),
    [(None, Standing.UNKNOWN), (29, Standing.HOLDS), (30, Standing.FAILS), (45, Standing.FAILS)],
)
def test_a_window_from_shipment_has_to_outlast_the_transit(transit: int | None, standing: Standing) -> None:
    found = gate(window(anchor='"shipment"'), inputs=Inputs(transit_days=transit))
    assert check(found, "window").standing is standing
    assert codes(found, "window") == {"LP615"}


def test_a_window_from_receipt_needs_no_days_of_transit() -> None:
    assert gate(window(anchor='"actual_receipt"')).ready


def test_an_order_outside_a_platform_has_no_window() -> None:
    found = gate(answers(SHIRTS))
    assert check(found, "window").evidence[0].key == "no_platform"
    assert check(found, "window").gaps == ()


@pytest.mark.parametrize("name", [MUGS, LATHE])
def test_the_same_order_on_the_same_day_has_the_same_gate(name: str) -> None:
    assert gate(answers(name), TODAY) == gate(answers(name), TODAY)
