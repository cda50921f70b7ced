"""Files checked as additions to the shipped catalogue, which takes seconds to read and is read once in a process."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from lotproof.catalog.checking.subjects import Catalogue, Subject, read_additions, read_subjects
from lotproof.catalog.checks import check
from lotproof.findings import Finding
from lotproof.shipped import shipped
from lotproof.upkeep.checking import CHECKS


@cache
def shipped_subjects() -> tuple[Subject, ...]:
    """Return every file of the shipped catalogue."""
    findings: list[Finding] = []
    found = read_subjects(shipped("spec_catalog"), findings)
    assert not findings
    return found


def findings_of(paths: Sequence[Path]) -> list[Finding]:
    """Return what is wrong with new files, as ``check_catalogue`` finds it."""
    unread: list[Finding] = []
    additions = read_additions(paths, unread)
    return [*unread, *check(additions, Catalogue((*shipped_subjects(), *additions)), CHECKS)]
