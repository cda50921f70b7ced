"""Checking a catalogue as a whole: every file, every check, all findings in one pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lotproof.catalog import checks
from lotproof.catalog.checking.subjects import Catalogue, Check, Subject, read_additions, read_subjects
from lotproof.catalog.source import LEXICON
from lotproof.findings import Finding, Severity
from lotproof.shipped import shipped
from lotproof.templates import house_folder, shipped_houses
from lotproof.templates.checking import vague_words
from lotproof.upkeep import examples
from lotproof.upkeep.lexicon import check_lexicon

CHECKS: tuple[Check, ...] = (*checks.CHECKS, *examples.CHECKS)
"""Every check of the catalogue, in the order of their codes."""


@dataclass(frozen=True, slots=True)
class Checked:
    """
    What a check of the catalogue found.

    Attributes:
        counts: how many clauses, categories, defects and standards were looked at.
        findings: in the order of the files.
    """

    counts: Mapping[str, int]
    findings: tuple[Finding, ...]

    @property
    def clean(self) -> bool:
        """Nothing has to be mended; notes may stand."""
        return all(f.severity is Severity.NOTE for f in self.findings)


def check_catalogue(paths: Sequence[Path] = ()) -> Checked:
    """
    Check the shipped catalogue, or files beside it.

    Args:
        paths: clause files, ``category.toml`` files, or folders of them, checked as additions to the shipped catalogue; a file
            of the shipped catalogue itself is checked in its place. Without any, everything that ships; the wording of the houses
            and the lexicon beside it.
    """
    findings: list[Finding] = []
    folder = shipped("spec_catalog")
    own = read_subjects(folder, findings)
    if not paths:
        findings += (finding for house in shipped_houses() for finding in vague_words(house_folder(house)))
        findings += check_lexicon(folder / LEXICON)
        return _checked(own, Catalogue(own), findings)
    findings.clear()  # the shipped files are not what was asked for
    additions = read_additions(paths, findings)
    added = {subject.file.path.resolve() for subject in additions}
    catalogue = Catalogue((*(s for s in own if s.file.path.resolve() not in added), *additions))
    return _checked(additions, catalogue, findings)


def _checked(subjects: Sequence[Subject], catalogue: Catalogue, unread: Sequence[Finding]) -> Checked:
    counts = Counter({"clauses": 0, "categories": 0, "defects": 0, "standards": 0})
    for subject in subjects:
        counts["clauses"] += subject.kind == "clause"
        counts["categories"] += subject.kind == "category"
        counts["defects"] += sum(1 for _ in subject.rows("defect"))
        counts["standards"] += sum(1 for _ in subject.rows("standard"))
    return Checked(dict(counts), (*unread, *checks.check(subjects, catalogue, CHECKS)))
