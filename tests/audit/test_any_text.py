"""An audit of any text ends with remarks, wherever the text breaks off."""

from __future__ import annotations

import tomllib
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lotproof import api
from lotproof.audit.auditing import audit
from lotproof.readers.model import Passage
from lotproof.shipped import shipped

SENTENCES = [
    sentence
    for language in ("en", "zh")
    for row in tomllib.loads((shipped("spec_catalog") / "lexicon" / f"{language}.toml").read_text(encoding="utf-8"))[
        "expression"
    ]
    for sentence in (*row["fires"], *row["silent"])
]
SIGNS = st.text("，。、；：,.;:!?()\"'|/-–%°±…_[]<>{}\n\r\t \u3000\u200bİſ①½㎜", max_size=6)
TEXTS = st.lists(st.sampled_from(SENTENCES) | st.text(max_size=12) | SIGNS, max_size=5).map("".join)


@settings(deadline=None)
@given(st.lists(TEXTS, max_size=3), SIGNS)
def test_the_audit_of_any_text_never_fails_and_quotes_what_stands_there(texts: list[str], end: str) -> None:
    passages = [Passage(place=(), text=text + end) for text in texts if text + end]
    for remark in audit(passages):
        assert remark.message
        if remark.passage >= 0:
            assert 0 <= remark.start <= remark.end <= len(passages[remark.passage].text)


@settings(deadline=None)
@given(st.sampled_from(SENTENCES), st.integers(1, 6), SIGNS)
def test_a_sentence_may_break_off_anywhere(sentence: str, cut: int, end: str) -> None:
    text = sentence[:-cut] + end
    for remark in audit([Passage(place=(), text=text)] if text else []):
        assert text[remark.start : remark.end] or remark.passage < 0


def test_nothing_is_found_in_what_only_looks_like_a_fault() -> None:
    traps = (Path(__file__).parent / "contracts" / "traps.txt").read_bytes()
    assert api.audit(traps, "traps.txt").remarks == ()
