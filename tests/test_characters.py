"""What a reader cannot see does not stand in an answer; what spelling needs does."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof.characters import forbidden, has_chinese, mixed_words, normal_form


@pytest.mark.parametrize(
    "text",
    [
        'plain, 12.5 % & <b> "q" {{ 7*7 }} {% if %}',
        "Ünïcödé Łódź Ñandú",
        "佛山市恒信（示例）包装机械有限公司，第一车间。",
        "東京カメラ 한국 주식회사",
        "شركة النور للتجارة",
        "مى\u200cخواهم",
        "אור תעשיות בע״מ",
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3 \u0dbd\u0d82\u0d9a\u0dcf",
        "🙂 👨‍👩‍👧‍👦 👩🏽‍🔬 🏳️‍🌈 ❤️ 1️⃣ ™️",
        "葛\U000e0100飾",
        "5 µm, 3 MΩ, ΔE ≤ 2, 20 °C",
    ],
)
def test_honest_text_of_any_language_is_let_through(text: str) -> None:
    assert not list(forbidden(text))
    assert not mixed_words(text)


@pytest.mark.parametrize(
    "hidden",
    [
        *"\x00\x07\x08\x1b\x7f\x85\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029",
        *"\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2066\u2067\u2068\u2069\u206f\u2800\u3164\ufe00\ufe0f\ufeff\uffa0\ufff9\ufffc",
        *"\ue000\ufdd0\uffff\U000e0001\U000e0041\U000e0100\U0010ffff\ud800",
    ],
)
def test_what_cannot_be_seen_is_named_with_its_position(hidden: str) -> None:
    ((position, name),) = forbidden(f"steel{hidden}304")
    assert position == len("steel")
    assert name.startswith(f"U+{ord(hidden):04X} ")


@given(st.text())
def test_nothing_of_the_hidden_categories_comes_through_unless_spelling_needs_it(text: str) -> None:
    found = {position for position, _ in forbidden(text)}
    for position, character in enumerate(text):
        category = unicodedata.category(character)
        hidden = category in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") or (
            category == "Cf" and character not in "\u200c\u200d"
        )
        assert not hidden or position in found


@given(st.text(st.characters(categories=["L", "N", "P", "Sc", "Sm", "Zs"], max_codepoint=0x2FF)))
def test_visible_latin_text_is_never_refused(text: str) -> None:
    visible = text.replace("\u00ad", "")
    assert not list(forbidden(visible))


@pytest.mark.parametrize("at", [0, 1])
def test_a_joiner_needs_something_on_both_sides(at: int) -> None:
    assert list(forbidden(["\u200d🙂", "🙂\u200d"][at]))
    assert list(forbidden(["\u200cم", "م\u200c"][at]))


def test_newline_and_tab_pass_only_where_they_are_asked_for() -> None:
    assert len(list(forbidden("a\n\tb"))) == 2
    assert not list(forbidden("a\n\tb", newlines=True))
    assert len(list(forbidden("a\r\x0bb", newlines=True))) == 2


@pytest.mark.parametrize(
    "word",
    [
        "p\u0430yment",
        "\u0440\u0430\u0443pal",
        "st\u03b5\u03b5l",
        "\u0391BC",
        "ste\u0435l304",
        "p\u0430\u0301yment",
        "\uff30ayment",
        "pay\u05d0",
        "\u03c1aypal",
        "\U0001d41bank",
    ],
)
def test_words_of_two_alphabets_are_named(word: str) -> None:
    (found,) = mixed_words(f"the {word} of goods")
    assert found[:3] == word[:3]


@pytest.mark.parametrize(
    "text", ["不锈钢steel304", "ABC株式会社", "T恤", "5µm", "ΔE", "MΩ", "αβ", "steel сталь", "naïve", "10ª"]
)
def test_scripts_that_stand_side_by_side_are_not_named(text: str) -> None:
    assert not mixed_words(text)


@given(st.text())
def test_normal_form_is_final(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)
    assert unicodedata.is_normalized("NFC", normal_form(text))


def test_chinese_is_recognised() -> None:
    assert has_chinese("mug 马克杯")
    assert has_chinese("\U00020bb7")
    assert not has_chinese("mug アルバム 한국")
