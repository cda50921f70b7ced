"""With a category: what its minimum specification lacks, and clauses proposed in place of vague words, their values left open."""

from __future__ import annotations

from pathlib import Path

import pytest

from lotproof import api
from lotproof.audit.model import Remark

HERE = Path(__file__).parent / "contracts"
MACHINE = """Technical data of the machine
Rated capacity: at least 1,200 units/h; throughput 1,100 units/h, counted over 60 min.
Overall dimensions 2200 x 1100 x 1800 mm, each ± 10 mm, measured with a tape.
Power consumption at most 4.5 kW, measured with a power meter.
Noise at most 75 dB(A), measured per ISO 11202:2010.
Contact parts: stainless steel 1.4301.
Warranty: 12 months from the acceptance test.
Appearance: visual check at 500 mm, no scratch longer than 5 mm.
Function: test run of 60 min without a stop.
Sample: every unit, n = 1. Pass: at most the limits above.
Critical, major and minor defects are listed in the defect list.
"""


def remarks(text: str, category: str, language: str = "en") -> tuple[Remark, ...]:
    """Return the remarks on a text."""
    return api.audit(text.encode(), "contract.txt", category=category, language=language).remarks


def missing(text: str, category: str) -> list[str]:
    """Return the messages about missing items."""
    return [r.message for r in remarks(text, category) if r.code == "LP525"]


def test_what_states_every_item_lacks_none() -> None:
    assert missing(MACHINE, "machinery") == []


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("Noise", "Operating noise"),
        ("Power consumption", "Power consumption"),
        ("Warranty", "Warranty period and scope"),
        ("Contact parts", "Materials of construction"),
    ],
)
def test_an_item_that_is_taken_out_is_missing(line: str, item: str) -> None:
    text = "\n".join(row for row in MACHINE.split("\n") if not row.startswith(line))
    (message,) = missing(text, "machinery")
    assert f"'{item}'" in message


def test_an_item_that_is_named_without_its_number_is_said_to_be() -> None:
    (message,) = missing(
        MACHINE.replace("Noise at most 75 dB(A), measured per ISO 11202:2010.", "Noise low."), "machinery"
    )
    assert "is mentioned, but no limit" in message


def test_chinese_words_state_an_item_as_well() -> None:
    text = MACHINE.replace(
        "Noise at most 75 dB(A), measured per ISO 11202:2010.", "运行噪声不大于75 dB(A)，按ISO 11202:2010测量。"
    )
    assert missing(text, "machinery") == []


def test_a_vague_word_is_answered_with_a_clause_whose_values_are_open() -> None:
    (remark,) = [r for r in remarks("The machine has a low noise.", "machinery") if r.code == "LP520"]
    assert "machinery.noise [dB(A)]" in remark.hint
    assert "____" in remark.hint
    assert "ISO 11202" in remark.hint
    (chinese,) = [r for r in remarks("The machine has a low noise.", "machinery", "zh") if r.code == "LP520"]
    assert "发射声压级____" in chinese.hint


def test_without_a_category_nothing_of_the_catalogue_is_said() -> None:
    audited = api.audit(b"The machine has a low noise.", "contract.txt")
    assert [r.code for r in audited.remarks] == ["LP520"]
    assert "machinery" not in audited.remarks[0].hint


def test_no_number_is_proposed_as_if_it_were_agreed() -> None:
    for category in ("machinery", "ceramic_tableware", "led_lighting"):
        for remark in remarks("Low noise, strong handle, long life, waterproof, bright light, good quality.", category):
            proposed = remark.hint.partition("From the catalogue")[2]
            if proposed:
                assert "____" in proposed
                assert "none is proposed here" in proposed
