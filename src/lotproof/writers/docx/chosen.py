"""With which measures, paper and styles a document is printed: ours, or those of a look, which is loaded where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lotproof.writers.docx.styles import SETTINGS, Setting, Sheet, sheet, styles

if TYPE_CHECKING:
    from lotproof.looks.model import Look


def setting_of(density: str, look: Look | None) -> Setting:
    """Return how close a document is set."""
    if look is None:
        return SETTINGS[density]
    from lotproof.writers.docx.looking import looked_setting

    return looked_setting(density, look)


def sheet_of(density: str, look: Look | None, *, landscape: bool) -> Sheet:
    """Return the paper of a document: A4, where no look says otherwise."""
    if look is not None:
        from lotproof.writers.docx.looking import looked_sheet

        return looked_sheet(density, look, landscape=landscape)
    return sheet(density, landscape=landscape)


def styles_of(density: str, look: Look | None) -> str:
    """Return the styles of a density, with a look where there is one."""
    if look is None:
        return styles(density)
    from lotproof.writers.docx.looking import looked_styles

    return looked_styles(density, look)
