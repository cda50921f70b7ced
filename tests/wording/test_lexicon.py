"""The lexicon finds what nobody can measure, leaves alone what everybody can, and stays quick whatever it is given."""

from __future__ import annotations

import itertools
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotproof.shipped import shipped
from lotproof.wording.lexicon import Vague, expressions, reasons, vague

LANGUAGES = ("en", "zh")
FOLDER = shipped("spec_catalog") / "lexicon"
ROUNDS = sorted((Path(__file__).parent / "labelled").glob("*.toml"))

UNRELATED = {
    "en": ("This contract has two originals.", "The place of signing is Shenzhen."),
    "zh": ("本合同一式两份。", "签订地点为深圳。"),
}
"""Sentences in which nothing is found, and which change nothing beside another one."""


def entries(language: str) -> list[dict[str, Any]]:
    """The entries of a language as they stand in the file."""
    found: list[dict[str, Any]] = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))["expression"]
    return found


def examples(key: str) -> Iterator[tuple[str, str, str]]:
    """Language, id and sentence of every example of a kind."""
    for language in LANGUAGES:
        for row in entries(language):
            for sentence in row[key]:
                yield language, row["id"], sentence


def ids(found: tuple[Vague, ...]) -> list[str]:
    return [one.expression.id for one in found]


FIRES = list(examples("fires"))
SILENT = list(examples("silent"))
IDS = {(language, row["id"]) for language in LANGUAGES for row in entries(language)}


@pytest.mark.parametrize(("language", "name", "sentence"), FIRES)
def test_an_expression_is_found_in_its_examples(language: str, name: str, sentence: str) -> None:
    assert name in ids(vague(sentence, language))
    assert vague(sentence)


@pytest.mark.parametrize(("language", "name", "sentence"), SILENT)
def test_nothing_is_found_in_what_can_be_measured(language: str, name: str, sentence: str) -> None:
    assert ids(vague(sentence, language)) == []


def test_every_entry_of_the_research_is_there() -> None:
    assert len([name for language, name in IDS if language == "en"]) >= 80
    assert len([name for language, name in IDS if language == "zh"]) >= 60


def test_every_expression_says_why_and_what_to_ask_in_both_languages() -> None:
    assert [one.id for one in expressions()] == [row["id"] for language in LANGUAGES for row in entries(language)]
    for one in expressions():
        assert one.language == one.id.partition(".")[0]
        assert one.reason in reasons()
        for texts in (one.why, one.ask, reasons()[one.reason]):
            assert set(texts) == set(LANGUAGES)
            assert all(len(text) > 3 for text in texts.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_labelled_sentences_are_told_apart(language: str) -> None:
    right = wrong = missed = 0
    for file in ROUNDS:
        labelled = tomllib.loads(file.read_text(encoding="utf-8"))[language]
        for sentence in labelled["vague"]:
            found = any(one.expression.severity != "info" for one in vague(sentence))
            right, missed = right + found, missed + (not found)
        wrong += sum(any(one.expression.severity != "info" for one in vague(s)) for s in labelled["precise"])
    assert right + missed >= 400
    assert right / (right + missed) >= 0.95
    assert right / (right + wrong) >= 0.95


# --- places ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "name", "sentence"), FIRES[::7])
def test_a_quote_is_the_text_between_start_and_end(language: str, name: str, sentence: str) -> None:
    before = "㎜ ½ ﬁ\u200b "  # each becomes more characters or none when it is folded
    text = before + sentence
    found = vague(text, language)
    assert name in ids(found)
    for one in found:
        assert text[one.start : one.end] == one.quote
    assert [(o.start - len(before), o.end - len(before), o.expression.id) for o in found] == [
        (o.start, o.end, o.expression.id) for o in vague(sentence, language)
    ]


def test_findings_stand_in_order_and_never_overlap() -> None:
    text = " ".join(sentence for _, _, sentence in FIRES)
    found = vague(text)
    assert len(found) > len(FIRES)
    assert all(one.start < one.end <= other.start for one, other in itertools.pairwise(found))


def test_the_longest_expression_is_given() -> None:
    (one,) = vague("Delivery time: about 30 days after deposit.")
    assert (one.quote, one.expression.id) == ("about 30 days", "en.about-days")


# --- writing ---------------------------------------------------------------------------------------------------------------------

TRADITIONAL = {
    "品质优良": "品質優良",
    "按国家标准": "按國家標準",
    "适合长途运输": "適合長途運輸",
    "质量问题": "質量問題",
}


@pytest.mark.parametrize("simplified", TRADITIONAL)
def test_traditional_characters_and_spaces_between_characters_change_nothing(simplified: str) -> None:
    expected = ids(vague(f"{simplified}。", "zh"))
    assert expected
    assert ids(vague(f"{TRADITIONAL[simplified]}。", "zh")) == expected
    assert ids(vague(" ".join(simplified) + " 。", "zh")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ＧＯＯＤ　ＱＵＡＬＩＴＹ",
        "Good\u00a0quality",
        "good-quality",
        "good\nquality",
        "GOOD QUALITY",
        "go\u200bod qual\u00adity",
        "goods of good qualities",
    ],
)
def test_case_width_hyphens_and_invisible_characters_change_nothing(text: str) -> None:
    assert ids(vague(text)) == ["en.good-quality"]


@pytest.mark.parametrize(
    ("british", "american"),
    [("nice colours", "nice colors"), ("customised", "customized"), ("best endeavours", "best endeavors")],
)
def test_british_and_american_spelling_are_the_same(british: str, american: str) -> None:
    assert ids(vague(british)) == ids(vague(american)) != []


def test_a_text_in_both_languages_is_read_in_both() -> None:
    text = "Packing: standard export carton 包装：标准出口纸箱"
    assert {one.expression.language for one in vague(text)} == {"en", "zh"}
    assert {one.expression.language for one in vague(text, "en")} == {"en"}
    assert {one.expression.language for one in vague(text, "zh")} == {"zh"}


# --- what stands around ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The seller is Best Quality Import & Export Co., Ltd., Ningbo.",
        "收款人：宁波优质进出口贸易有限公司。",
        "See https://example.com/good-quality/index.html for the way to the warehouse.",
        "Reports go to good-quality@northwind.example.",
        "7. Reasonable Endeavours",
        "第七条 质量问题",
        'The word "reasonable" is not used in this contract.',
        "本合同不使用“大约”字样。",
        "Heavy-duty castor: load 150 N for 10 000 cycles.",
        "AQL 2.5 and 4.0 to ISO 2859-1:1999, level II.",
    ],
)
def test_names_headings_quotations_and_numbers_silence_a_word(text: str) -> None:
    assert vague(text) == ()


def test_a_number_in_another_sentence_silences_nothing() -> None:
    assert ids(vague("The hinge is heavy-duty. The door weighs 12 kg.")) == ["en.strong"]
    assert vague("The hinge is heavy-duty and carries 12 kg.") == ()


def test_a_word_of_the_law_is_for_information_only() -> None:
    (one,) = vague("The buyer may visit the factory upon reasonable notice.")
    assert one.expression.severity == "info"


# --- any text ----------------------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from([sentence for _, _, sentence in FIRES + SILENT])
TEXTS = st.text(max_size=200) | st.lists(WORDS | st.text(max_size=5), max_size=4).map("".join)


@settings(deadline=None)
@given(TEXTS, st.sampled_from(["", "en", "zh"]))
def test_any_text_is_read_and_every_quote_stands_in_it(text: str, language: str) -> None:
    found = vague(text, language)
    assert all(text[one.start : one.end] == one.quote and one.quote for one in found)
    assert all(one.start < one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(language in ("", one.expression.language) for one in found)


@settings(deadline=None)
@given(st.sampled_from(FIRES), st.sampled_from([0, 1]), st.sampled_from([0, 1]))
def test_unrelated_sentences_around_keep_what_is_found(example: tuple[str, str, str], before: int, after: int) -> None:
    language, _, sentence = example
    ending = "" if unicodedata.category(sentence[-1]).startswith("P") else "."
    text = f"{UNRELATED[language][before]}\n\n{sentence}{ending}\n\n{UNRELATED[language][after]}"
    assert ids(vague(text, language)) == ids(vague(sentence + ending, language))


@settings(deadline=None)
@given(TEXTS)
def test_both_languages_together_find_what_each_finds_alone(text: str) -> None:
    apart = [*vague(text, "en"), *vague(text, "zh")]
    assert {(one.start, one.end) for one in vague(text)} <= {(one.start, one.end) for one in apart}


@pytest.mark.parametrize(
    "piece", ["a", "a ", "good ", "1", "1 ", "质", "约", "\n", ". ", "The good quality is about 5. "]
)
def test_a_megabyte_on_one_line_is_read_to_its_end(piece: str) -> None:
    text = piece * (1_000_000 // len(piece)) + "; Good quality."
    assert vague(text)[-1].quote == "Good quality"
