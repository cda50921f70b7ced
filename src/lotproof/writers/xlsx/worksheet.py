"""A worksheet: its cells, merged areas, widths, heights and rules, as SpreadsheetML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lotproof.writers.xlsx.styles import STYLES
from lotproof.writers.xml import DECLARATION, attribute, escape

MOST = 32_000
"""Characters that a cell holds; Excel takes 32,767."""

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

_STYLED = {name: f's="{index}"' for index, name in enumerate(STYLES)}
_EMPTY = {name: f"{styled}/>" for name, styled in _STYLED.items()}
_BETWEEN = '"/><mergeCell ref="'
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class Strings:
    """The texts of a workbook, each once."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {}

    def index(self, text: str) -> int:
        """Return the place of a text, which is added when it is new."""
        return self._index.setdefault(text, len(self._index))

    def xml(self) -> str:
        """Return ``xl/sharedStrings.xml``."""
        rows = "".join(f'<si><t xml:space="preserve">{_characters(text)}</t></si>' for text in self._index)
        return f'{DECLARATION}<sst xmlns="{NAMESPACE}" uniqueCount="{len(self._index)}">{rows}</sst>'


def _characters(text: str) -> str:
    """Return a text of a cell; ``_x0041_`` stands for itself, not for the character that Excel would read it as."""
    return escape(_ESCAPED.sub("_x005F_", text) if "_x" in text else text)


class Worksheet:
    """One sheet, filled from anywhere and written once."""

    def __init__(self, name: str, strings: Strings) -> None:
        self.name = name
        self._strings = strings
        self.texts: dict[tuple[int, int], str] = {}
        """What stands in each cell that holds something."""
        self._rows: dict[int, dict[int, str]] = {}
        self._heights: dict[int, float] = {}
        self._columns: list[str] = []
        self._merged: list[str] = []
        self._rules: list[str] = []
        self.landscape = False
        self.frozen_rows = 0
        self.hidden = False
        self.footer = ""

    def write(self, row: int, column: int, text: str, style: str) -> None:
        """Write a text, or nothing in a style, into a cell; rows and columns count from 0."""
        cells = self._rows.get(row)
        if cells is None:
            cells = self._rows[row] = {}
        if text:
            self.texts[row, column] = text = text[:MOST]
            cells[column] = f'{_STYLED[style]} t="s"><v>{self._strings.index(text)}</v></c>'
        else:
            cells[column] = _EMPTY[style]

    def merge(self, row: int, column: int, last_row: int, last_column: int, text: str, style: str) -> None:
        """Write a text into the first of some cells that become one."""
        if last_row == row and last_column == column:
            self.write(row, column, text, style)
            return
        empty = dict.fromkeys(range(column, last_column + 1), _EMPTY[style])
        for at in range(row, last_row + 1):
            cells = self._rows.get(at)
            if cells is None:
                self._rows[at] = empty.copy()
            else:
                cells.update(empty)
        self.write(row, column, text, style)
        self._merged.append(f"{letters(column)}{row + 1}:{letters(last_column)}{last_row + 1}")

    def height(self, row: int, points: float) -> None:
        """Set the height of a row, in whole quarters of a point."""
        self._heights[row] = round(points * 4) / 4

    def width(self, first: int, last: int, characters: float) -> None:
        """Set the width of some columns, in characters of the workbook's font."""
        width = int((characters * 7 + 5) / 7 * 256) / 256
        self._columns.append(f'<col min="{first + 1}" max="{last + 1}" width="{width:.7g}" customWidth="1"/>')

    def rule(self, cells: Iterable[tuple[int, int]], attributes: str, formula: str) -> None:
        """Say what may be typed into some cells; ``attributes`` and ``formula`` are XML."""
        places = " ".join(cell(*place) for place in cells)
        self._rules.append(
            f'<dataValidation {attributes} allowBlank="1" showInputMessage="1" showErrorMessage="1" sqref="{places}"><formula1>{formula}</formula1></dataValidation>'
        )

    def xml(self, *, selected: bool) -> str:
        """Return the part; the sheet is protected without a password, columns and rows may be made larger."""
        view = ' tabSelected="1"' if selected else ""
        pane = (
            f'<pane ySplit="{self.frozen_rows}" topLeftCell="A{self.frozen_rows + 1}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>'
            if self.frozen_rows
            else ""
        )
        merged = (
            f'<mergeCells count="{len(self._merged)}"><mergeCell ref="{_BETWEEN.join(self._merged)}"/></mergeCells>'
            if self._merged
            else ""
        )
        rules = (
            f'<dataValidations count="{len(self._rules)}">{"".join(self._rules)}</dataValidations>'
            if self._rules
            else ""
        )
        return (
            f'{DECLARATION}<worksheet xmlns="{NAMESPACE}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView{view} workbookViewId="0">{pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
            f"{'<cols>' + ''.join(self._columns) + '</cols>' if self._columns else ''}<sheetData>{''.join(self._lines())}</sheetData>"
            '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>'
            f'{merged}{rules}<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
            f'<pageSetup paperSize="9" fitToHeight="0" orientation="{"landscape" if self.landscape else "portrait"}"/>'
            f"<headerFooter><oddFooter>{escape(self.footer)}</oddFooter></headerFooter></worksheet>"
        )

    def _lines(self) -> Iterable[str]:
        names = [letters(column) for column in range(1 + max(map(max, filter(None, self._rows.values())), default=0))]
        for row in sorted({*self._rows, *self._heights}):
            height = f' ht="{self._heights[row]:g}" customHeight="1"' if row in self._heights else ""
            cells, number = self._rows.get(row, {}), str(row + 1)
            inside = "".join([f'<c r="{names[column]}{number}" {cells[column]}' for column in sorted(cells)])
            yield f'<row r="{number}"{height}>{inside}</row>'


@lru_cache(maxsize=256)
def letters(column: int) -> str:
    """Return the name of a column, from 0: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell(row: int, column: int) -> str:
    """Return the name of a cell: ``B7``."""
    return f"{letters(column)}{row + 1}"


def prompt(title: str, text: str) -> str:
    """Return the attributes by which a rule says what is wanted, when the cell is chosen."""
    return f"{f'promptTitle={attribute(title[:32])} ' if title else ''}prompt={attribute(text)}"
