"""
docxtpl's own test templates: what passes the allowlist is rendered as docxtpl renders it, everything else is refused with place and reason.

It is no part of the suite, as the templates are not ours: ``nox -s docxtpl -- FOLDER`` runs it on the folder ``tests/templates`` of a checkout of
python-docx-template, and prints what became of each.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from lotproof.findings import Refused
from lotproof.wordhouses.rendering import read_template
from rendered import differing

TEMPLATES = sorted(Path(os.environ["DOCXTPL_TEMPLATES"]).glob("*.docx"))
PLACE = re.compile(r"paragraph \d+|row \d+, cell \d+|\.docx: \S+|\.docx$")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_rendered_as_docxtpl_renders_it_or_refused_by_its_place(path: Path) -> None:
    try:
        template = read_template(path.read_bytes(), path.name)
    except Refused as refused:
        for finding in refused.findings:
            assert PLACE.search(finding.where), finding
            assert finding.message
        first = refused.findings[0]
        print(f"{path.name}: refused ({len(refused.findings)}): {first.where}: {first.code} {first.message}")
        return
    assert differing(path.read_bytes(), template) == []
    print(f"{path.name}: the same, {sum(len(tags) for tags in template.tagged.tags.values())} tags")


def test_the_folder_holds_templates() -> None:
    assert TEMPLATES
