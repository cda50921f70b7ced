"""The scripted edits of files: what each does, and to which file."""

from __future__ import annotations

from edits import Edit
from mutated.book import book_edits
from mutated.data import data_edits
from mutated.frame import frame_edits
from mutated.structure import structure_edits, tracked_edits
from mutated.text import glyph_edits, text_edits
from mutated.unseen import control_edits, hidden_edits


def every_edit() -> list[Edit]:
    """Return all edits."""
    groups = (
        text_edits,
        structure_edits,
        hidden_edits,
        glyph_edits,
        tracked_edits,
        frame_edits,
        control_edits,
        data_edits,
        book_edits,
    )
    return [edit for group in groups for edit in group()]
