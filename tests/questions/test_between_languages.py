"""What stands in the English and in the Chinese words of one answer is compared."""

from __future__ import annotations

import pytest

from lotproof import api
from lotproof.findings import Refused, Severity


def found(mugs: bytes, english: str, chinese: str) -> list[str]:
    """Return the codes of what is open once the sealed sample is described in these words."""
    start = mugs.index(b'to = { en = "sealed sample set')
    end = mugs.index(b"\n", start)
    line = f'to = {{ en = "{english}", zh = "{chinese}" }}'.encode()
    return [f.code for f in api.build(mugs[:start] + line + mugs[end:]).findings if f.severity is Severity.OPEN]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("sample 118 of 2027-01-28", "2027-01-28\u7684\u6837\u54c1118"),
        ("1,250 pieces", "1250\u4ef6"),
        ("within 4.0 mm", "4.0 mm\u4ee5\u5185"),
        ("no number", "\u6ca1\u6709\u6570\u5b57"),
    ],
)
def test_the_same_numbers_in_any_order_agree(mugs: bytes, english: str, chinese: str) -> None:
    assert found(mugs, english, chinese) == []


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("reply within 48 h", "84 h\u5185\u7b54\u590d"),
        ("3 of 5", "3"),
        ("4.0 mm", "4 mm"),
        ("two pieces", "2\u4ef6"),
    ],
)
def test_other_numbers_in_the_other_language_are_open(mugs: bytes, english: str, chinese: str) -> None:
    assert found(mugs, english, chinese) == ["LP125"]


def test_a_final_refuses_them(mugs: bytes) -> None:
    with pytest.raises(Refused) as refused:
        api.build(mugs.replace(b"2 pieces stack", b"3 pieces stack"), final=True)
    assert "LP125" in [f.code for f in refused.value.findings]
