"""Tables of a Word file: what is agreed between thin lines, what is filled in within boxes, and the places to sign."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lotproof.documents.nodes import Cell, Column, Line, Readings, Row, Signatures, Table, Words
from lotproof.wording.inlines import plain
from lotproof.writers.docx.runs import Runs
from lotproof.writers.docx.styles import SETTINGS, SHADE
from lotproof.writers.typography import NO_BREAK
from lotproof.writers.xml import attribute

CHOP = 2551
"""Side of the place for a chop, in twentieths of a point: 45 mm, for a round company chop of up to 42 mm."""

TOGETHER = 14
"""Lines up to which a table stays on one page; a longer one breaks between its rows."""

SPACE = '<w:r><w:t xml:space="preserve">\u2002</w:t></w:r>'
"""Between two languages on one line."""

LOOK = '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'

_STYLE = {"plain": "Cell", "strong": "CellStrong", "muted": "CellMuted", "id": "CellId"}
_KEEP = "<w:keepNext/>"
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.([0-9]+))?\Z")
_EMPTY = '<w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr></w:p>'


class Tables:
    """Writes the tables of a document; widths are in twentieths of a point."""

    def __init__(self, width: int, density: str, runs: Runs) -> None:
        self.width, self.setting, self.runs = width, SETTINGS[density], runs
        self.openings: dict[tuple[str, str], str] = {}

    def table(self, table: Table) -> str:
        """Return a table with its repeated head; without the paragraph that has to follow it."""
        if not table.rows and not table.headed:
            return ""
        total = sum(column.width for column in table.columns)
        widths = [self.width * column.width // total for column in table.columns]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        form = any(not isinstance(part, Line) for row in table.rows for cell in row.cells for part in cell)
        kept = self._short(table, widths)
        rows = [self._head(table, widths)] if table.headed else []
        decimals = [self._decimals(table, place) for place in range(len(widths))]
        for index, row in enumerate(table.rows):
            keep = _KEEP if kept and index < len(table.rows) - 1 else ""
            rows.append(self._row(row, table.columns, widths, decimals, keep))
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{"Grid" if form else "Lines"}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{LOOK}'
            f"<w:tblCaption w:val={attribute(table.caption)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def signatures(self, block: Signatures) -> str:
        """Return the places to sign, on one page: for each party its lines, and beside them the place for its chop."""
        sides = [side for _ in block.parties for side in (self.width // len(block.parties) - CHOP, CHOP)]

        def paragraphs(words: Words, style: str, keep: str = _KEEP) -> str:
            opening = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>'
            return "".join(f"{opening}{self.runs.words(words, place)}</w:p>" for place in range(len(words)))

        def cell(content: str, at: int, span: int = 1, merge: str = "") -> str:
            spread = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            return (
                f'<w:tc><w:tcPr><w:tcW w:w="{sum(sides[at : at + span])}" w:type="dxa"/>{spread}{merge}</w:tcPr>'
                f"{content or _EMPTY}</w:tc>"
            )

        names = "".join(
            cell(paragraphs(role, "CellHead") + (paragraphs(name, "Cell") if any(name) else ""), 2 * place, 2)
            for place, (role, name) in enumerate(block.parties)
        )
        rows = [f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{names}</w:tr>"]
        for index, line in enumerate(block.lines):
            merge = "<w:vMerge/>" if index else '<w:vMerge w:val="restart"/>'
            keep = _KEEP if index < len(block.lines) - 1 else ""
            cells = "".join(
                cell(paragraphs(line, "CellMuted", keep), 2 * place)
                + cell("" if index else paragraphs(block.chop, "CellMuted", keep), 2 * place + 1, merge=merge)
                for place in range(len(block.parties))
            )
            tall = f'<w:trHeight w:val="{CHOP // len(block.lines)}" w:hRule="atLeast"/>'
            rows.append(f"<w:tr><w:trPr><w:cantSplit/>{tall}</w:trPr>{cells}</w:tr>")
        grid = "".join(f'<w:gridCol w:w="{side}"/>' for side in sides)
        caption = " / ".join("".join(plain(inlines) for inlines in role[:1]) for role, _ in block.parties)
        return (
            f'<w:p><w:pPr><w:pStyle w:val="Gap"/>{_KEEP}</w:pPr></w:p><w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{sum(sides)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{LOOK}'
            f"<w:tblCaption w:val={attribute(caption)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    # rows and cells

    def _head(self, table: Table, widths: Sequence[int]) -> str:
        cells = []
        for width, column in zip(widths, table.columns, strict=True):
            opening = self._opening("CellHead", '<w:jc w:val="right"/>' if column.align == "right" else "")
            paragraphs = "".join(
                f"{opening}{self.runs.words(column.words, place)}</w:p>" for place in range(len(column.words))
            )
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/><w:vAlign w:val="bottom"/></w:tcPr>'
                f"{paragraphs or _EMPTY}</w:tc>"
            )
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"

    def _row(
        self, row: Row, columns: Sequence[Column], widths: Sequence[int], decimals: Sequence[int], keep: str
    ) -> str:
        cells = []
        for cell, column, width, most in zip(row.cells, columns, widths, decimals, strict=True):
            right = column.align == "right"
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
                f"{self._cell(cell, keep, width, most if right else None)}</w:tc>"
            )
        form = any(not isinstance(part, Line) for cell in row.cells for part in cell)
        tall = f'<w:trHeight w:val="{self.setting.write}" w:hRule="atLeast"/>' if form else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{tall}</w:trPr>{''.join(cells)}</w:tr>"

    def _cell(self, cell: Cell, keep: str, width: int, decimals: int | None) -> str:
        write = self.runs.inlines
        out = []
        for part in cell:
            if isinstance(part, Line):
                end = "" if decimals is None else self._aligned(part, decimals)
                start = self._opening(_STYLE[part.role], keep + end)
                words = part.words
                if len(words) == 1:
                    out.append(f"{start}{write(words[0], 0)}</w:p>")
                    continue
                said = [write(inlines, place) for place, inlines in enumerate(words)]
                if sum(_narrow(plain(inlines)) + 1 for inlines in words) <= (width - 170) // (5 * self.setting.small):
                    said = [SPACE.join(said)]
                out += [f"{start}{one}</w:p>" for one in said]
            elif isinstance(part, Readings) and len(part.fields) > 1:
                out.append(self._readings(part, keep, width))
            else:
                only = part.fields[0] if isinstance(part, Readings) else part
                out.append(f"{self._opening('Cell', keep)}{self.runs.control(only)}</w:p>")
        return "".join(out) or (self._opening("Cell", keep) + "</w:p>" if keep else _EMPTY)

    def _readings(self, node: Readings, keep: str, width: int) -> str:
        """Return fields beside each other, each with its label before it and a line to write on after it."""
        labels = ["/".join(plain(inlines) for inlines in field.label) for field in node.fields]
        room = width - 170
        step = max(980, max(map(_narrow, labels)) * 5 * self.setting.small + 760)
        across = max(1, room // step)
        step = room // across
        stops = "".join(
            f'<w:tab w:val="left" w:leader="underscore" w:pos="{place * step + step - 113}"/><w:tab w:val="left" w:pos="{place * step + step}"/>'
            for place in range(across)
        )
        opening = f'<w:p><w:pPr><w:pStyle w:val="CellWrite"/>{keep}<w:tabs>{stops}</w:tabs></w:pPr>'
        places = [
            f"{self.runs.inlines((f'{label}:{NO_BREAK}',), 0)}{self.runs.control(field)}<w:r><w:tab/></w:r>"
            for label, field in zip(labels, node.fields, strict=True)
        ]
        return "".join(
            f"{opening}{'<w:r><w:tab/></w:r>'.join(places[at : at + across])}</w:p>"
            for at in range(0, len(places), across)
        )

    def _opening(self, style: str, properties: str) -> str:
        """Return how a paragraph opens; most of a long table open alike."""
        found = self.openings.get((style, properties))
        if found is None:
            found = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'
            self.openings[style, properties] = found
        return found

    # numbers

    def _decimals(self, table: Table, place: int) -> int:
        """Return the digits behind the decimal sign that a column has at most."""
        if table.columns[place].align != "right":
            return 0
        found = (_decimals(part) for row in table.rows for part in row.cells[place] if isinstance(part, Line))
        return max((number for number in found if number), default=0)

    def _aligned(self, line: Line, most: int) -> str:
        """Return the alignment of a number at the right: moved in by the digits that it lacks, so that decimal signs stand under each other."""
        own = _decimals(line) if most else None
        lacking = 0 if own is None else (most - own) * 10 + (5 if own == 0 and most else 0)
        size = self.setting.small - 1 if line.role == "muted" else self.setting.small
        indent = f'<w:ind w:right="{lacking * size // 2}"/>' if lacking else ""
        return f'{indent}<w:jc w:val="right"/>'

    def _short(self, table: Table, widths: Sequence[int]) -> bool:
        """Say whether a table is so short that it stays together."""
        lines = 0
        for row in table.rows:
            lines += max((self._height(cell, width) for cell, width in zip(row.cells, widths, strict=True)), default=1)
            if lines > TOGETHER:
                return False
        return True

    def _height(self, cell: Cell, width: int) -> int:
        """Return about how many lines a cell takes."""
        room = max(1, width // (5 * self.setting.small))
        return sum(
            sum(1 + _narrow(plain(inlines)) // room for inlines in part.words) if isinstance(part, Line) else 2
            for part in cell
        )


def _decimals(line: Line) -> int | None:
    """Return the digits behind the decimal sign of a line that is a number; None where it is none."""
    match = _NUMBER.search(plain(line.words[0])) if line.words else None
    return None if match is None else len(match[1] or "")


def _narrow(text: str) -> int:
    """Return how many narrow characters take the room of a text."""
    return len(text) if text.isascii() else len(text) + sum(character > "\u2e80" for character in text)
