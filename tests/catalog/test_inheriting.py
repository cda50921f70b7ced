"""What a category makes of what it inherits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checked import findings_of
from lotproof.catalog.compiling import compile_category
from lotproof.catalog.source import Source, SourceFile, read_source
from lotproof.frozen import replace
from lotproof.shipped import shipped

WHY = {"en": "reason", "zh": "原因"}


@pytest.fixture(scope="module")
def source() -> Source:
    """The shipped catalogue."""
    return read_source(shipped("spec_catalog"))


def compiled(source: Source, **more: Any) -> dict[str, Any]:
    """Compile a child of machinery."""
    data = {"id": "presses", "revision": 1, "parent": "machinery", "title": {"en": "Presses", "zh": "压机"}, **more}
    child = SourceFile(Path("category.toml"), "category.toml", data, "")
    return compile_category(replace(source, categories=(*source.categories, child)), "presses")


def clause(data: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a compiled clause."""
    found: dict[str, Any] = next(c for c in data["clauses"] if c["id"] == name)
    return found


def test_a_child_inherits_clauses_minimum_and_defects(source: Source) -> None:
    data, parent = compiled(source), compile_category(source, "machinery")
    for key in ("clauses", "minimum", "defects"):
        assert [row["id"] for row in data[key]] == [row["id"] for row in parent[key]]


def test_what_is_left_out_is_gone_and_nothing_else(source: Source) -> None:
    gone = {"clauses": ["machinery.noise"], "minimum": ["noise"], "defects": ["rust"], "why": WHY}
    data, parent = compiled(source, without=[gone]), compile_category(source, "machinery")
    for key in ("clauses", "minimum", "defects"):
        left = [row["id"] for row in parent[key] if row["id"] not in gone[key]]
        assert [row["id"] for row in data[key]] == left
        assert len(left) == len(parent[key]) - 1


def test_a_clause_is_tightened_in_the_child_alone(source: Source) -> None:
    stricter = {
        "clause": "machinery.noise",
        "why": WHY,
        "defect_class": "critical",
        "question": {"limit": {"max": 80, "suggest": ["70 dB(A)"]}},
    }
    tight = clause(compiled(source, tighten=[stricter]), "machinery.noise")
    loose = clause(compile_category(source, "machinery"), "machinery.noise")
    assert (tight["defect_class"], loose["defect_class"]) == ("critical", "major")
    assert (tight["question"][0]["max"], loose["question"][0]["max"]) == (80, 120)
    assert tight["question"][0]["suggest"] == ["70 dB(A)"]
    assert tight["question"][1:] == loose["question"][1:]
    assert tight["sentences"] == loose["sentences"]


@pytest.mark.parametrize(
    ("sample", "right"),
    [
        ("plan = 'fixed', n = 9, per = 'lot'", True),
        ("plan = 'each'", True),
        ("plan = 'fixed', n = 9, per = 'lot', ac = 1", False),
        ("plan = 'fixed', n = 3, per = 'lot'", False),
        ("plan = 'level', level = 'S-2'", False),
    ],
)
def test_a_sample_may_only_grow(tmp_path: Path, sample: str, right: bool) -> None:
    folder = tmp_path / "bowls"
    folder.mkdir()
    (folder / "category.toml").write_text(
        'id = "bowls"\nrevision = 1\nparent = "ceramic_tableware"\ntitle = { en = "Bowls", zh = "碗" }\n'
        '[[tighten]]\nclause = "ceramic_tableware.thermal_shock"\nwhy = { en = "reason", zh = "原因" }\n'
        f"sample = {{ {sample} }}\n",
        encoding="utf-8",
    )
    found = [f.code for f in findings_of([folder])]
    assert found == ([] if right else ["LP334"])
