"""What contract and checklist of both examples say, and an arrival checklist, as text; ``--accept`` rewrites it, and the difference is read before it is committed."""

from __future__ import annotations

from pathlib import Path

import pytest

from lotproof import api

HERE = Path(__file__).parent / "goldens"
CASES = [
    *(
        (example, kind, language)
        for example in ("stoneware-mugs", "vffs-packing-machine")
        for kind in ("contract", "checklist")
        for language in ("en", "zh")
    ),
    ("stoneware-mugs", "arrival", "en"),
    ("stoneware-mugs", "arrival", "zh"),
]


@pytest.mark.parametrize(("example", "kind", "language"), CASES)
def test_a_document_says_what_it_said(example: str, kind: str, language: str, request: pytest.FixtureRequest) -> None:
    answers = (Path(__file__).parents[2] / "examples" / example / "answers.toml").read_bytes()
    files = dict(api.render(api.build(answers).order, (language,), ("txt",), kinds=(kind,)))
    golden = HERE / f"{example}-{kind}-{language}.txt"
    if request.config.getoption("--accept"):
        golden.write_bytes(files[f"{kind}.txt"])
    assert files[f"{kind}.txt"].decode() == golden.read_text(encoding="utf-8")
