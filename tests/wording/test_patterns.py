"""Patterns match what they say, the longest way, and those that cannot be read are refused with the reason."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotproof.wording.finding import Builder, Finder, Vocabulary
from lotproof.wording.folding import END, fold
from lotproof.wording.patterns import PatternError, read_pattern

LISTS = {"supplier": ["supplier", "seller", "supplying party"], "intensity": ["(very | quite) (much)?"]}
SPELLING = {"colour": "color"}
SINGULAR = ("good",)


def found(pattern: str, text: str) -> list[str]:
    """What a pattern matches in a text: the longest match from each token."""
    builder = Builder(SPELLING, SINGULAR)
    automaton = builder.automaton([(0, read_pattern(pattern, LISTS))])
    vocabulary = Vocabulary(builder.symbols)
    tokens = [*fold(text, {}).tokens, END]
    hits = Finder(automaton, vocabulary).find(vocabulary.symbols(tokens))
    return [" ".join(tokens[start:end]) for start, end, _ in hits]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("good quality", "of good quality", ["good quality"]),
        ("good quality", "good, quality", []),
        ("good quality", "goods quality", []),
        ("carton box", "Cartons boxes", ["Cartons boxes"]),
        ("standard!", "standards standard", ["standard"]),
        ("colour", "color colours colors", ["color", "colours", "colors"]),
        (
            "(good | fine) (enough)? quality",
            "fine quality, good enough quality",
            ["fine quality", "good enough quality"],
        ),
        ("@supplier standard", "supplying party standard", ["supplying party standard"]),
        ("@supplier standard", "the seller's standard", ["seller's standard"]),
        ("@intensity loud", "very much loud", ["very much loud"]),
        ("about #", "about 1,250.5 about five", ["about 1,250.5"]),
        ("a _{0,2} b", "a b a x b a x x b a x x x b", ["a b", "a x b", "a x x b"]),
        ("a _ b", "a , b", []),
        ("a _{0,2} b", "a x. B b", []),
        ("a (b)? (c)?", "a b c", ["a b c"]),
        ("质量(很|非常)?好", "质量好，质 量 很 好", ["质 量 好", "质 量 很 好"]),
        ("等 (, | .)", "螺丝等。等级", ["等 ."]),
        ("\\( a \\)", "(a)", ["( a )"]),
        ("304", "304 3040", ["304"]),
    ],
)
def test_a_pattern_matches_what_it_says(pattern: str, text: str, expected: list[str]) -> None:
    assert found(pattern, text) == expected


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(good | fine", "a bracket is left open"),
        ("good) quality", "a bracket is closed"),
        ("? good", "a question mark follows nothing"),
        ("@nobody", "unknown list @nobody"),
        ("(good)?", "may match nothing"),
        ("_{0,3}", "may match nothing"),
        ("_ good", "begins with a gap"),
        ("(very)? _ good", "begins with a gap"),
        ("@ good", "nothing can be made of"),
        ("", "may match nothing"),
    ],
)
def test_a_pattern_that_cannot_be_read_is_refused(pattern: str, reason: str) -> None:
    with pytest.raises(PatternError, match=reason):
        read_pattern(pattern, LISTS)


def test_lists_that_name_each_other_are_refused() -> None:
    with pytest.raises(PatternError, match="name each other"):
        read_pattern("@a", {"a": ["x @b"], "b": ["y @a"]})


@settings(deadline=None)
@given(st.text(max_size=300))
def test_every_token_stands_where_its_place_says(text: str) -> None:
    folded = fold(text, {"質": "质"})
    starts, ends = folded.places()
    assert len(starts) == len(ends) == len(folded.tokens)
    places = list(zip(starts, ends, strict=True))
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(a[1] <= b[0] or a == b for a, b in itertools.pairwise(places))
    ascii_tokens = [t for t in folded.tokens if t.isascii() and t.isalnum()]
    if text.isascii():
        assert all(token in text for token in ascii_tokens)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("No. 5 is new. Old", ["No", "5", "is", "new", END, "Old"]),
        ("approx. 5 mm", ["approx", "5", "mm"]),
        ("5-10 heavy-duty - x", ["5", "-", "10", "heavy", "duty", "-", "x"]),
        ("the good\nquality\nPacking: box", ["the", "good", "quality", END, "Packing", ":", "box"]),
        ("质量：好；\n包装", ["质", "量", ":", "好", END, END, "包", "装"]),
        ("supplier's 1,250.5 72 dB(A)", ["supplier's", "1,250.5", "72", "dB", "(", "A", ")"]),
    ],
)
def test_a_text_is_cut_into_tokens(text: str, tokens: list[str]) -> None:
    assert list(fold(text, {}).tokens) == tokens
