"""Scripted edits of files: each is named by its clause, with what stood there and what stands there now; none passes."""

from __future__ import annotations

import pytest

import edits
import mutated
from lotproof.findings import Refused
from lotproof.verify.model import Change
from lotproof.verify.verifying import verify

EDITS = mutated.every_edit()


def named(change: Change, wanted: edits.Edited) -> bool:
    """Say whether a change is the one that was made."""
    return (
        any(one in change.clause for one in wanted.clause.split("|"))
        and any(one in change.was + change.about for one in wanted.was.split("|"))
        and wanted.now in change.now + change.about
    )


@pytest.mark.parametrize("edit", EDITS, ids=[edit.name for edit in EDITS])
def test_an_edit_is_named_by_its_clause_with_old_and_new(edit: edits.Edit) -> None:
    made = edit.change(edits.source(edit.file))
    suffix = edit.file.rpartition(".")[2]
    try:
        report, _ = verify(edits.packed(made.parts), f"returned.{suffix}")
    except Refused as refused:
        assert [f.code for f in refused.findings] == [made.clause], "only a file without its data is not compared"
        return
    assert report.verdict != "intact"
    assert any(named(change, made) for change in report.changes), report.changes


def test_there_are_at_least_a_hundred_edits_of_every_kind() -> None:
    print(f"{len(EDITS)} edits")
    assert len(EDITS) >= 150
    assert len({edit.name for edit in EDITS}) == len(EDITS)
    assert {edit.file.rpartition("/")[2] for edit in EDITS} == {"contract.docx", "checklist.docx", "checklist.xlsx"}


@pytest.mark.parametrize("file", sorted({edit.file for edit in EDITS}))
def test_the_file_is_intact_before_it_is_edited(file: str) -> None:
    report, _ = verify(edits.packed(edits.source(file).parts), file)
    assert (report.verdict, report.changes, report.filled) == ("intact", (), ())
