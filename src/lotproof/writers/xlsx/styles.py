"""The styles of a workbook: few, and the same in every one."""

from __future__ import annotations

from lotproof.writers.xml import DECLARATION

STYLES = ("none", "title", "plain", "warning", "heading", "head", "cell", "strong", "text", "number", "date", "choice")
"""Names of the styles of a cell, in the order of their indices; the last four are fields, which are not locked."""

_INK, _ALARM = "FF1F2933", "FF9B1C1C"
_FONTS = ((9, False, _INK), (14, True, _INK), (9, True, _ALARM), (11, True, _INK), (9, True, _INK))
"""Size in points, bold, colour."""

_FILLS = ("FFEDF1F5", "FFFFFDF0")
_DATE = 164
"""The number of our own format of a date; 49 is text as it was typed."""

_CELLS = {
    "none": (0, 0, 0, 0),
    "title": (1, 0, 0, 0),
    "plain": (0, 0, 0, 0),
    "warning": (2, 0, 0, 0),
    "heading": (3, 0, 0, 0),
    "head": (4, 2, 1, 0),
    "cell": (0, 0, 1, 0),
    "strong": (4, 0, 1, 0),
    "text": (0, 3, 1, 49),
    "number": (0, 3, 1, 0),
    "date": (0, 3, 1, _DATE),
    "choice": (0, 3, 1, 0),
}
"""Font, fill, border and number format of each style."""


def styles() -> str:
    """Return ``xl/styles.xml``."""
    fonts = "".join(
        f'<font>{"<b/>" if bold else ""}<sz val="{size}"/><color rgb="{colour}"/><name val="Arial"/><family val="2"/></font>'
        for size, bold, colour in _FONTS
    )
    fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor indexed="64"/></patternFill></fill>'
        for colour in _FILLS
    )
    edges = "".join(
        f'<{edge} style="thin"><color rgb="FF9AA5B1"/></{edge}>' for edge in ("left", "right", "top", "bottom")
    )
    cells = "".join(_cell(name) for name in STYLES)
    return (
        f'{DECLARATION}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<numFmts count="1"><numFmt numFmtId="{_DATE}" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        f'<fonts count="{len(_FONTS)}">{fonts}</fonts>'
        f'<fills count="{len(_FILLS) + 2}"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>{fills}</fills>'
        f'<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>{edges}<diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(STYLES)}">{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _cell(name: str) -> str:
    font, fill, border, number = _CELLS[name]
    wrapped = "" if name in ("none", "title", "heading") else ' wrapText="1"'
    field = name in STYLES[-4:]
    return (
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyNumberFormat="1" applyFont="1" '
        f'applyFill="1" applyBorder="1" applyAlignment="1"{" applyProtection=" + chr(34) + "1" + chr(34) if field else ""}>'
        f'<alignment vertical="top"{wrapped}/>{"<protection locked=" + chr(34) + "0" + chr(34) + "/>" if field else ""}</xf>'
    )
