"""Plain text and Markdown in every encoding that contracts come in, joined to paragraphs, each line found again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof.findings import Refused
from lotproof.readers import read
from lotproof.readers.places import where

TEXT = "第一条 质量\n1.1 Wall thickness 2.0 mm ± 0.1 mm\n公差：±0.1 mm，温度20 °C\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_each_encoding_gives_the_same_text(encoding: str) -> None:
    plain = read(TEXT.encode(), "c.txt").passages
    assert read(TEXT.encode(encoding), "c.txt").passages == plain
    assert len(plain) == 3


def test_the_western_encoding_of_windows_is_not_taken_for_chinese() -> None:
    text = "The seller’s mark is “HB” – at most 20 °C ± 5 °C, café."
    assert read(text.encode("cp1252"), "c.txt").passages[0].text == text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "LP509"),
        (b"  \n\n", "LP509"),
        (b"abc\x01\x02 not text", "LP508"),
        (b"a\x00\x00b\x00\x00\x00c", "LP508"),
        (bytes(range(128, 256)) * 3, "LP508"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(content, "c.txt")
    assert refused.value.findings[0].code == code


def test_a_sentence_over_several_lines_is_one_passage_and_each_word_has_its_line() -> None:
    text = "Heading\n\nThe goods shall be of a quality that everybody finds\ngood, and shall be packed in cartons that are\nstrong.\nNext: x\n"
    found = read(text.encode(), "c.txt").passages
    assert [p.text.count("\n") for p in found] == [0, 2, 0]
    assert where(found[1], found[1].text.index("strong")) == "line 5"


def test_lines_that_begin_something_new_are_not_joined() -> None:
    text = "1. The seller delivers the goods to the buyer within some\n2. The buyer pays the price to the seller within some\n- an item of a list that is as long as a wrapped line is\nBuyer: a name\n三、质量要求以及检验方法的若干规定和相关的说明以及其他各项有关的内容\n四、其他"
    assert len(read(text.encode(), "c.txt").passages) == 6


def test_a_markdown_table_is_a_table_and_its_marks_are_left_out() -> None:
    text = "# Contract\n\n**Bold** and `code` and [link](https://x.example) snake_case\n\n| Item | Quality |\n|---|:--:|\n| Mug | *good* \\| best |\n"
    found = read(text.encode(), "c.md").passages
    assert [p.text for p in found] == [
        "Contract",
        "Bold and code and link snake_case",
        "Item",
        "Quality",
        "Mug",
        "good | best",
    ]
    assert found[0].kind == "heading"
    assert where(found[-1]) == "table 1, row 2, column Quality, line 7"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=300))
def test_no_text_breaks_a_reader_and_every_word_is_kept(text: str) -> None:
    try:
        found = read(text.encode(), "c.txt").passages
    except Refused:
        return
    assert (
        sum(len("".join(p.text.split())) for p in found) == len("".join(text.rsplit("\ufeff", maxsplit=1)[-1].split()))
        or "\ufeff" in text
    )
