"""A pattern that waits for its words finds what it would find without them, and hostile text costs it nothing."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from lotproof import audit
from lotproof.audit.sought import Sought, sought

MODULES = sorted(path.stem for path in Path(audit.__path__[0]).glob("*.py") if path.stem != "__init__")
FOUND = {
    f"{module}.{name}": pattern
    for module in MODULES
    for name, value in vars(importlib.import_module(f"lotproof.audit.{module}")).items()
    for pattern in (value if isinstance(value, tuple) else (value,))
    if isinstance(pattern, Sought)
}
CONTRACTS = [path.read_text(encoding="utf-8") for path in (Path(__file__).parent / "contracts").iterdir()]
EXAMPLES = """
Price: USD [____]; [insert date]; <name of buyer>; date ..........; AQL 2.5 (A.Q.L. 4.0); Ac = 5, Re = 6; lot size N = 1,200; batch of 500;
sample size n = 80; n=32; 样本量为50；批量1200；总数量 500；每批300；抽取20；Unified Social Credit Code: 91330200MA2XXXXX1U; registration no. 12345678;
business licence no.: 33020000001; 税号：91330200MA2000001U；注册号: 330200000001; beneficiary: Ningbo Trading Ltd; account name: X Y Z Co; 收款人：宁波贸易;
Seller: Ningbo Works; Party B: Other Works; 供应商：宁波工厂有限公司；Exhibit A; Annex 2; Schedule IV; 附件三；附录1；附表二；as per attached drawing; 详见附件;
thickness ≤ 2 mm; at most mm; not exceeding 5; 不大于 ; 公差 +2 mm; tolerance: +0.5; 2027-03-15; 15 March 2027; March 15, 2027; 15.3.2027; 3月15日;
"""


@pytest.mark.parametrize("name", FOUND)
def test_whatever_a_pattern_matches_holds_one_of_its_words(name: str) -> None:
    pattern = FOUND[name]
    matches = [match[0] for text in (*CONTRACTS, EXAMPLES) for match in pattern.pattern.finditer(text)]
    assert all(pattern.may_match(match.lower()) for match in matches)
    assert all(word == word.lower() != "" for word in pattern.words)


def test_every_pattern_is_tried_on_something_that_it_matches() -> None:
    text = "\n".join((*CONTRACTS, EXAMPLES))
    silent = [
        name
        for name, one in FOUND.items()
        if not list(one.each(text.lower(), text.lower())) and not one.first(text, text.lower())
    ]
    assert len(FOUND) >= 12
    assert silent == []


def test_a_pattern_is_not_tried_without_its_words() -> None:
    pattern = sought(r"[a-z]+ed\b", "shipped|packed", re.IGNORECASE)
    assert pattern.first("Goods shipped", "goods shipped") is not None
    assert pattern.first("Goods finished", "goods finished") is None
    assert [match[0] for match in pattern.each("PACKED, finished", "packed, finished")] == ["PACKED", "finished"]
