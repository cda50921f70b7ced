"""Can everybody measure what a text of the catalogue says?"""

from __future__ import annotations

from collections.abc import Iterator

from lotproof.catalog.checking.subjects import Catalogue, Subject
from lotproof.findings import Finding
from lotproof.sources import KeyPath
from lotproof.wording.linting import faults


def words_can_be_measured(subject: Subject, _catalogue: Catalogue) -> Iterator[Finding]:
    """LP325: a text that is printed in a contract or a checklist uses vague wording, and gives no reason under ``kept_words``."""
    if subject.kind in ("clause", "category", "defects", "questions", "tables"):
        for fault in faults(subject.data, _is_printed):
            yield subject.finding(fault.path, "LP325", fault.message, fault.hint)


def _is_printed(path: KeyPath) -> bool:
    """Say whether a text goes into a document; advice to the buyer and reasons between clauses do not."""
    if path[0] in ("example", "without", "tighten"):
        return False
    return "question" not in path or "choices" in path
